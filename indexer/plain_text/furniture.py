"""Page furniture inside a text: galleries, players, links, credits and headlines of other articles that came along with it.

The text stays as it came. Such stretches become regions, and what is analysed is the same text with blanks in their
place, so that every offset stays right: `mark_furniture`, then `readable_text`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import takewhile

from indexer.metadata.boilerplate import credit_start, is_dropped, reports_speech
from indexer.metadata.phrases import compile_phrases
from search.model import Attribution, Document, Region, RegionRole, Span
from search.provenance import DocumentFlag

# Code points. Longer lines are the article's words, but for a form's, which lists its countries.
_MAX_LINE_CHARS, _MAX_INVITATION_CHARS, _MAX_CREDITED_CHARS = 240, 4000, 700
_SENTENCE_CHARS = 120  # a longer line that ends like a sentence is one
_INVITED_CHARS = 300  # at the beginning of a paragraph, within which an invitation stands
# The caption of one picture; the title of one film; the headlines beside a name, the longest seen having 640.
_MAX_CAPTION_CHARS, _MAX_FILM_CHARS, _MAX_BLOCK_CHARS = 2000, 400, 900
# A shorter paragraph may be said twice ("Thank you very much."); a shorter title may stand in any sentence.
_MIN_REPEATED_CHARS, _MIN_TITLE_WORDS = 40, 3
# The name of a section before a headline has so many words at most, with the credit of a picture so many code points.
_MAX_KICKER_WORDS, _MAX_KICKER_CHARS = 5, 120
_MAX_DOUBLED_CHARS, _MAX_PLAYER_CHARS = 400, 30
_MIN_SHOUTED_WORDS = 5  # fewer are a heading of the article's own
_HEADLINE_LINES = 4  # non-empty lines at the beginning among which a headline may stand with what is glued to it

# Patterns that are looked for everywhere begin with their own letters: the scan leaps from one such letter to the next.
_MAX_CUTS = 100  # stretches cut out of one quotation, which make as many pieces of it

_LINE = re.compile(r"[^\n\r\u2028\u2029]+")
_FURNITURE_LINE = compile_phrases("furniture", "line", r"^\W*", r"\W*$")
_LABEL = compile_phrases("furniture", "label", "", r"(?=\s+[\"“‘]?[A-ZÀ-Þ0-9])", re.NOFLAG)
# A headline begins with a capital: "(read: you and me)" is the author's.
_ASIDE = compile_phrases(
    "furniture", "aside", r"[(\[]\s*(?i:", r")\s*:\s*[\"'“‘]?[A-ZÀ-Þ0-9][^()\[\]\n]{1,240}[)\]]", re.NOFLAG
)
_COUNTER = compile_phrases("furniture", "counter", r"\b", r"(?!\d)")
# The end of any counter, which is much rarer than the letters that one begins with.
_COUNT = re.compile(r"\d (?:of|von|de|sur|/) \d{1,3}")
_MAX_COUNTER_CHARS = 60
_PLAYER = compile_phrases("furniture", "player", "", r"\b", re.NOFLAG)
_OFFER = compile_phrases("furniture", "offer", r"\b", r"\b", re.NOFLAG)
_LENGTH = re.compile(r"\s*\d{1,2}:\d\d(?::\d\d)?\b")  # of a film: 02:54
_BLOCK_END = compile_phrases("furniture", "block", "", r"(?!\w|:)", re.NOFLAG)
# A name, then the full name with the same last word, to which the first headline is glued unless it was parted later.
_NAME_TWICE = (
    r"\b(?P<last>[A-ZÀ-Þ][\w'’.-]+(?:,? (?:Jr|Sr)\.)?) "
    r"(?P<rest>(?:(?:[A-ZÀ-Þ(\"“][\w.()'’\"”-]*|d[aeio]s?|de la|v[ao]n(?: de[rn])?|al?|bin|el|la) ){0,6}(?P=last))"
)
_NAME_GLUED, _NAME_PARTED = re.compile(_NAME_TWICE + r"(?=[A-ZÀ-Þ0-9'‘’])"), re.compile(_NAME_TWICE + r"(?= )")
_INVITATION = compile_phrases("furniture", "invitation", "", r"\b", re.NOFLAG)
_INVITED = compile_phrases("furniture", "invited", r"\b", r"\b")
_ADDRESS_VALUE = re.compile(r"=\"https?://[^\"\s]{1,400}\"")  # of an attribute that was left of a tag
_ATTRIBUTE = re.compile(r"[a-z][a-z-]{2,12}$")
_SAID_MARKS = re.compile(r"[“”\"«»„]")
_SAID_AT_ONCE = frozenset('“”"«»„')
_ENDS = re.compile(r"[.!?:]\s")


def mark_furniture(document: Document) -> Document:
    """Return the document with a region over each stretch that is not the article's, and a flag if there is any."""
    stretches = furniture_spans(document.text, document.title)
    if not stretches or any(region.role == RegionRole.COMMENT for region in document.regions):
        return document
    regions = (*document.regions, *(Region(span, RegionRole.FURNITURE) for span in stretches))
    flags = tuple(dict.fromkeys((*document.flags, DocumentFlag.FURNITURE)))
    return replace(document, regions=regions, flags=flags)


def readable_text(document: Document) -> str:
    """Return the text with blanks for its furniture, of the same length; line ends stay, as paragraphs do."""
    pieces: list[str] = []
    at = 0
    for span in _merged(region.span for region in document.regions if region.role == RegionRole.FURNITURE):
        pieces.append(document.text[at : span.start])
        pieces.append(re.sub(r"[^\n\r\u2028\u2029]", " ", span.of(document.text)))
        at = span.end
    text = "".join([*pieces, document.text[at:]])
    return _parted_headline(text, document.title)


def readable(document: Document) -> Document:
    """Return the document as it is to be analysed: with `readable_text`."""
    text = readable_text(document)
    return document if text == document.text else replace(document, text=text)


def cut_furniture(attributions: Iterable[Attribution], document: Document) -> tuple[Attribution, ...]:
    """Return attributions without the furniture that stands inside their words, which their pieces then stop short of."""
    furniture = _merged(region.span for region in document.regions if region.role == RegionRole.FURNITURE)
    ends = [span.end for span in furniture]
    return tuple(_cut(each, furniture, ends, document.text) for each in attributions)


def _cut(attribution: Attribution, furniture: Sequence[Span], ends: Sequence[int], text: str) -> Attribution:
    first = bisect_right(ends, attribution.start)
    inside = list(takewhile(lambda span: span.start < attribution.end, furniture[first : first + _MAX_CUTS]))
    # Between the parts of a name that are apart on the page there are as many blanks as furniture.
    tidy = replace(attribution, speaker=_tidied(attribution.speaker), mention=_tidied(attribution.mention))
    if not inside:
        return tidy
    pieces = [piece for content in attribution.contents for piece in _outside(content, inside, text)]
    return replace(tidy, contents=tuple(pieces)) if pieces else tidy


def furniture_spans(text: str, title: str | None = None) -> tuple[Span, ...]:
    """Return the stretches of a text that are furniture by their shape, ascending and apart."""
    stretches = [*_galleries(text), *_films(text), *_blocks(text), *_lines(text, title)]
    stretches += [Span(*match.span()) for match in _ASIDE.finditer(text)]
    return _merged([*stretches, *_attributes(text)])


def _lines(text: str, title: str | None) -> Iterator[Span]:
    """Yield whole lines that are furniture, a paragraph's second print, and what is glued to a line's ends."""
    printed: set[str] = set()
    heads = 0
    shouts: bool | None = None
    for match in _LINE.finditer(text):
        line = match.group().strip()
        if not line:
            continue
        start = match.start() + len(match.group()) - len(match.group().lstrip())
        shouted = heads > 0 and _is_shouted(line)
        if shouted and shouts is None:
            shouts = sum(map(str.isupper, text)) > sum(map(str.islower, text))
        if (shouted and not shouts) or line in printed or is_furniture_line(line) or _is_doubled(line):
            yield Span(start, start + len(line))
            continue
        if len(line) >= _MIN_REPEATED_CHARS:
            printed.add(line)
        if label := _LABEL.match(line):
            yield Span(start, start + label.end())
        if len(line) <= _MAX_CREDITED_CHARS and (credit := credit_start(line)) is not None:
            yield Span(start + credit, start + len(line))
        if heads < _HEADLINE_LINES:
            heads += 1
            yield from (Span(start + a, start + b) for a, b in _beside_headline(line, title))


def is_furniture_line(line: str) -> bool:
    """Return whether a line, without blanks at its ends, is a link, a button, an invitation or a notice."""
    # Somebody's words, which may begin like a link, stand in double marks.
    if line[:1] in _SAID_AT_ONCE:
        return False
    is_sentence = len(line) > _SENTENCE_CHARS and line[-1] in '.!?”"'
    if len(line) <= _MAX_LINE_CHARS and not is_sentence and (_FURNITURE_LINE.match(line) or is_dropped(line)):
        return True
    invitation = _INVITATION.search(line, 0, _INVITED_CHARS) if len(line) <= _MAX_INVITATION_CHARS else None
    return (
        invitation is not None
        and (invitation.start() == 0 or not line[invitation.start() - 1].isalnum())
        and bool(_INVITED.search(line))
        and not _SAID_MARKS.search(line)
        and not reports_speech(line)
    )


def _is_shouted(line: str) -> bool:
    """Return whether a line is the headline of another article as some papers set it between paragraphs: in capitals."""
    return (
        line == line.upper()
        and len(line) <= _MAX_LINE_CHARS
        and len(line.split()) >= _MIN_SHOUTED_WORDS
        and line != line.lower()
        and not line.endswith((".", "!", "?", "”", '"'))
    )


def _beside_headline(line: str, title: str | None) -> Iterator[tuple[int, int]]:
    """Yield what stands before a headline on its line, a credit or the name of a section."""
    words = (title or "").strip()
    at = line.find(words) if len(words.split()) >= _MIN_TITLE_WORDS else -1
    if at < 0:
        return
    before = line[:at]
    bar = before.rfind("|")
    if bar >= 0 and at - bar <= _MAX_KICKER_CHARS:
        yield bar, at
    elif before.strip() and len(before.split()) <= _MAX_KICKER_WORDS and not _ENDS.search(before):
        yield 0, at


def _is_doubled(line: str) -> bool:
    """Return whether a line is a headline printed twice, with a section before it and its player behind ("Listen · 7:25")."""
    at, headline = _doubled(line) if len(line) <= _MAX_DOUBLED_CHARS else (-1, "")
    rest = line[line.rfind(headline) + len(headline) :] if at >= 0 else ""
    return at >= 0 and not _SAID_MARKS.search(line) and len(rest) <= _MAX_PLAYER_CHARS


def _doubled(line: str) -> tuple[int, str]:
    """Return where a headline begins that is printed twice in a row, after at most two words, and its words; else -1."""
    starts = [0, *(match.end() for match in re.finditer(r"\s+", line[:60]))][:3]
    for start in starts:
        head = line[start : start + 24]
        again = line.find(head, start + 24) if len(head) == 24 else -1
        headline = line[start:again].strip()
        if again > 0 and line.startswith(headline, again) and not _SAID_MARKS.search(headline):
            return start, headline
    return -1, ""


def _galleries(text: str) -> Iterator[Span]:
    """Yield the captions of a gallery with their counters: from the line's beginning, or the last counter, to the counter."""
    last = -1
    for count in _COUNT.finditer(text):
        counter = _COUNTER.search(text, max(last, count.start() - _MAX_COUNTER_CHARS, 0), count.end())
        if counter is None:
            continue
        line = text.rfind("\n", 0, counter.start()) + 1
        near = last >= 0 and counter.start() - last <= _MAX_CAPTION_CHARS
        yield Span(last if near and last <= line else max(line, last), counter.end())
        last = counter.end()


def _films(text: str) -> Iterator[Span]:
    """Yield what a player prints: the title of a film, its buttons, the title again and its length."""
    at = 0
    while found := _PLAYER.search(text, at):
        at = found.end()
        offer = _OFFER.search(text, at, at + _MAX_FILM_CHARS)
        if offer is None or "\n" in text[at : offer.start()]:
            continue
        line_end = text.find("\n", offer.end())
        line_end = len(text) if line_end < 0 else line_end
        length = _LENGTH.search(text, offer.end(), min(line_end, offer.end() + _MAX_FILM_CHARS))
        at = length.end() if length else min(line_end, offer.end() + _MAX_FILM_CHARS)
        yield Span(found.start(), at)


def _blocks(text: str) -> Iterator[Span]:
    """Yield the full name and the headlines that are set behind somebody's name, to the button that ends them."""
    last = 0
    for end in _BLOCK_END.finditer(text):
        if text[max(0, end.start() - 1) : end.start()].isupper():
            continue
        first = max(last, text.rfind("\n", 0, end.start()) + 1, end.start() - _MAX_BLOCK_CHARS)
        name = _NAME_GLUED.search(text, first, end.end()) or _parted_name(text, first, end.start())
        if name and name.end() <= end.start():
            yield Span(name.start("rest"), end.end())
        # No block holds the end of another, so that each stretch of the text is looked through once.
        last = end.end()


def _attributes(text: str) -> Iterator[Span]:
    """Yield the attributes with an address that were left of a tag: `poster="https://..."`."""
    for value in _ADDRESS_VALUE.finditer(text):
        name = _ATTRIBUTE.search(text, max(0, value.start() - 14), value.start())
        yield Span(name.start() if name else value.start(), value.end())


def _parted_name(text: str, first: int, last: int) -> re.Match[str] | None:
    """Return the name that is printed twice: in "Ann Lee Ann Mary Lee" the second "Lee" ends it, not the second "Ann"."""
    name = _NAME_PARTED.search(text, first, last)
    longer = name and _NAME_PARTED.search(text, name.start() + 1, last)
    return longer if name and longer and longer.start() < name.end() else name


def _parted_headline(text: str, title: str | None) -> str:
    """Return a text in which the headline stands on a line of its own, by line ends in place of the blanks beside it."""
    words = (title or "").strip()
    at = text.find(words, 0, 2000) if len(words.split()) >= _MIN_TITLE_WORDS else -1
    end = at + len(words)
    # What stands before it on its line is blanks, furniture most likely; a sentence that begins like it goes on small.
    if at < 0 or text[max(0, at - 2) : at].strip(" \n") or not re.match(r" [A-ZÀ-Þ\"“‘]", text[end : end + 2]):
        return text
    before = f"{text[: at - 1]}\n" if at else ""
    return f"{before}{words}\n{text[end + 1 :]}"


def _outside(content: Span, furniture: list[Span], text: str) -> Iterator[Span]:
    """Yield the pieces of a span that no furniture covers, without the blanks at their ends."""
    at = content.start
    for span in [*furniture, Span(content.end, content.end)]:
        words = text[at : max(at, min(span.start, content.end))]
        if words.strip():
            start = at + len(words) - len(words.lstrip())
            yield Span(start, start + len(words.strip()))
        at = max(at, min(span.end, content.end))


def _tidied(words: str | None) -> str | None:
    return words and " ".join(words.split())


def _merged(stretches: Iterator[Span] | list[Span]) -> tuple[Span, ...]:
    """Return the stretches in order, those that touch or overlap as one."""
    merged: list[Span] = []
    for span in sorted(stretches):
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        elif span.start < span.end:
            merged.append(span)
    return tuple(merged)
