"""Lines that begin with who speaks, as transcripts of hearings, interviews, broadcasts, meetings and chats print them.

`HOLT:`, `KAY DUNNE, NEWS12 ANCHOR:`, `Ann Lee (Northport) (Lab):`, `Mr. LEE.`, `>> LEE:`, `[00:01:02] Ann Lee:`, `Q.`, or a name with
or without a time on a line of its own. One line alone proves little (`Price: nine crowns`), so a text is judged as a whole.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from indexer.metadata.month_names import month_number
from indexer.word_lists import word_list

_MAX_LABEL = 160  # code points: a name, an office and a constituency
_MAX_NAME_WORDS, _MAX_NAME, _MAX_ROLE = 6, 48, 90
_QUESTION, _NOT_SPEAKERS = word_list("question_labels"), word_list("not_speaker_labels")
_PARTICLES = frozenset(
    "al and at bin da de del della den der di do dos du e el i la le of pro tempore the und van von y zu".split()
)
_CLOCK = (
    r"(?:\d{1,4}[./-]\d{1,2}[./-]\d{2,4},?\s{1,2})?\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?(?:\s?[AaPp]\.?[Mm]\.?)?"
)
# What may stand before a label: the sign of a new speaker, a dash, a time, marks of Markdown.
_PREFIX = re.compile(
    rf"(?P<arrow>>{{2,3}}\s{{0,3}})|(?P<time>[\[(]?{_CLOCK}[\])]?(?:\s{{0,2}}[-–—|:](?=\s))?\s{{0,3}})|[-–—•*]\s+|\*\*|__"
)
_COLON = re.compile(r"([^:：\n]{1,130}?)(?:\*\*|__)?\s{0,2}[:：](?:\*\*|__)?(?:\s+|$|(?=[^\x00-\x7f]))")
# The Congressional Record and Hansard end a label with a full stop: "Mr. LEE. Madam Speaker", "The PRESIDENT. We".
_RECORD = re.compile(
    r"((?:Mr|Mrs|Ms|Miss|Dr|Madam|The|Sen|Rep|Senator|Chairman|Chairwoman)\.?\s(?:[A-Z][A-Z'’-]{2,24}\s?){1,4}(?:pro tempore)?)"
    r"(?:\s?(?:of|from)\s[A-Z]\w{1,20}(?:\s[A-Z]\w{1,20})?)?\s?(?:\([^()\n]{1,60}\))?\.\s+(?=\S)"
)
_LETTER = re.compile(r"(\w)(?:\.|\s?[-–—)])\s+(?=\S)")
_AFTER_NAME = re.compile(rf"(.{{2,48}}?)\s+[\[(]?{_CLOCK}[\])]?$")
_BRACKETS = re.compile(r"\s?[(\[]([^()\[\]\n]{1,80})[)\]]")
_PERSON = re.compile(r"(?:[^\W\d_a-z][\w.'’-]{0,24}\s){1,4}[^\W\d_a-z][\w.'’-]{1,24}$")
_DISTRICT = re.compile(r"[A-Z]{1,4}-\d")
# "TRUMP WARNS ERDOGAN IN LETTER" is a headline.
_IN_HEADINGS = frozenset("AS AT BY FOR FROM IN IS ARE ON OUT TO WITH WITHOUT WANTS".split())
_ROLE = re.compile(r"\s?[,،、|/]\s?|\s[-–—]\s")
_NOT_IN_NAME = re.compile(r"[\"“”„«»?!;=<>@#{}()\[\]…]|://|\.\s\w{3,}\s\w|\d{5}")
_SENTENCE = re.compile(r"[.?!…؟。！？][\"”’»)\]]{0,2}$")
_STAGE = re.compile(
    r"^(?:\(.{0,300}\)|\[.{0,300}\]|\*[^*]{1,100}\*|♪.{0,300}|[-–—_*=#](?:\s?[-–—_*=#]){2,40}.{0,40})\.?$"
)
_LEAST_SURE, _LEAST_NAMED = 3, 4  # lines with labels that make a transcript
_MIN_SHARE = 0.25  # of a text's lines have a label in mixed case, where these alone make it a transcript
_MAX_SPEAKERS = 14


class LabelKind(StrEnum):
    """How much a label says for itself: `SURE` by capitals or "Q", `TIMED` by a time, `NAMED` in mixed case, `ALONE` on its own line."""

    SURE = "sure"
    TIMED = "timed"
    NAMED = "named"
    ALONE = "alone"


@dataclass(frozen=True, slots=True)
class LineLabel:
    """The label of one line: the name and the office that it gives, and where the words after it begin (code points of the line).

    An empty name is a label that names nobody: words on a screen, music.
    """

    name: str
    role: str | None
    start: int
    kind: LabelKind

    @property
    def key(self) -> str:
        """Return what two labels of one speaker have in common: the last word of the name, or all of "WITNESS 10"."""
        words = self.name.casefold().split()
        return words[-1] if words and not words[-1].isdigit() else " ".join(words)


def is_stage_direction(line: str) -> bool:
    """Return whether a line is nobody's words: "(Laughter.)", "[Applause]", music, a rule."""
    return bool(_STAGE.match(line.strip()))


def parse_line_label(line: str) -> LineLabel | None:
    """Return the label that a line may begin with; whether it is one, the other lines tell."""
    at, is_arrowed, is_timed = len(line) - len(line.lstrip()), False, False
    for _ in range(4):
        prefix = _PREFIX.match(line, at)
        if prefix is None:
            break
        is_arrowed, is_timed = is_arrowed or bool(prefix.group("arrow")), is_timed or bool(prefix.group("time"))
        at = prefix.end()
    record = _RECORD.match(line, at)
    if record:
        return LineLabel(record.group(1).strip(), None, record.end(), LabelKind.SURE)
    letter = _LETTER.match(line, at)
    if letter and letter.group(1).isupper() | (not letter.group(1).islower()) and letter.group(1).lower() in _QUESTION:
        return LineLabel(letter.group(1), None, letter.end(), LabelKind.SURE)
    head = _COLON.match(line, at, at + _MAX_LABEL)
    if head:
        label = _label(head.group(1), head.end())
        if label is None:
            return None
        is_sure = is_arrowed or _is_sure(label.name)
        kind = LabelKind.SURE if is_sure else LabelKind.TIMED if is_timed else label.kind
        return LineLabel(label.name, label.role, label.start, kind)
    # "12:20 Walk-out" is the heading of an entry in a live blog.
    return None if is_timed else _label_alone(line, at, is_arrowed)


def begins_with_time(line: str) -> bool:
    """Return whether a line begins with the time of day, as the entries of a live blog do."""
    prefix = _PREFIX.match(line, len(line) - len(line.lstrip()))
    return prefix is not None and bool(prefix.group("time"))


def _label_alone(line: str, at: int, is_marked: bool) -> LineLabel | None:
    """The label that is all of a line: a name, or a name and a time."""
    rest = line[at:].rstrip(" *_")
    if not rest or len(rest) > _MAX_LABEL or _SENTENCE.search(rest):
        return None
    timed = _AFTER_NAME.match(rest)
    label = _label(timed.group(1) if timed else rest, len(line))
    if label is None or (label.role and not label.name.isupper() and not timed):
        return None
    kind = LabelKind.TIMED if timed else LabelKind.SURE if is_marked else LabelKind.ALONE
    return LineLabel(label.name, label.role, label.start, kind)


def _is_sure(name: str) -> bool:
    return name == "" or name.lower() in _QUESTION or (name.isupper() and len(name) > 2)


def _label(head: str, start: int) -> LineLabel | None:
    """The name and the office before a colon, if that is what stands there."""
    head = head.strip(" *_")
    asides = [found.group(1) for found in _BRACKETS.finditer(head)]
    name = _BRACKETS.sub("", head).strip()
    part = _ROLE.search(name)
    role = name[part.end() :] if part else (asides[0] if asides else None)
    name = name[: part.start()].strip() if part else name
    if name.startswith(("The ", "Der ", "Die ", "Le ", "La ", "El ")) and asides and _PERSON.match(asides[0]):
        name, role = asides[0], name  # "The Minister for Roads (Ann Lee)"
    if not name or len(name) > _MAX_NAME or _NOT_IN_NAME.search(name) or (role and len(role) > _MAX_ROLE):
        return None
    words = name.split()
    first = words[0].lower().strip(".")
    if first in _NOT_SPEAKERS or name.lower() in _NOT_SPEAKERS:
        return LineLabel("", None, start, LabelKind.SURE) if name.isupper() else None
    is_heading = len(words) > 2 and name.isupper() and any(word in _IN_HEADINGS for word in words)
    if words[0] in ("THE", "SEE", "The", "See", "FACT", "Fact") and words[-1].lower() in _NOT_SPEAKERS:
        return LineLabel("", None, start, LabelKind.SURE)
    is_day = len(words) == 2 and words[1].isdigit() and month_number(words[0]) is not None  # "April 8"
    if is_heading or is_day or _DISTRICT.match(name):
        return None
    if len(words) > _MAX_NAME_WORDS or not all(_is_name_word(word, index) for index, word in enumerate(words)):
        return None
    return LineLabel(name, role, start, LabelKind.NAMED)


def _is_name_word(word: str, index: int) -> bool:
    letters = word.lstrip("'’(.")
    first = letters[:1]
    if first.isalpha():
        return not first.islower() or (index > 0 and word.lower() in _PARTICLES)
    return index > 0 and letters.strip(".#_-").isdigit()


def are_carried_on(labels: Mapping[int, LineLabel]) -> bool:
    """Return whether a line without a label goes on with the one before: not where only the answers or the sections have one."""
    counts = Counter(label.key for label in labels.values() if label.name)
    again = sum(count for count in counts.values() if count >= 2)
    return len(counts) >= 2 and 2 * again >= sum(counts.values())


def find_labels(lines: Sequence[str]) -> dict[int, LineLabel]:
    """Return the labels of a transcript by the number of their line; none when the lines are no transcript."""
    parsed = {number: label for number, line in enumerate(lines) if (label := parse_line_label(line))}
    counts = Counter(label.key for label in parsed.values() if label.name)
    letters = {number for number, label in parsed.items() if len(label.name) == 1 and counts[label.key] < 2}
    timed = [label for label in parsed.values() if label.kind is LabelKind.TIMED]
    # Times that stand before names again and again are those of a recording.
    recorded = (
        len(timed) >= _LEAST_SURE and 2 * len(timed) >= len(parsed) and len({label.key for label in timed}) < len(timed)
    )
    certain = (LabelKind.SURE, LabelKind.TIMED) if recorded else (LabelKind.SURE,)
    sure = {n: label for n, label in parsed.items() if label.kind in certain and n not in letters}
    spoken = [label for label in sure.values() if label.name]
    if len(spoken) >= _LEAST_SURE:
        known = {label.key for label in spoken}
        alone = _alternating(
            {n: label for n, label in parsed.items() if label.kind is LabelKind.ALONE and label.name.isupper()}
        )
        named = {
            n: label
            for n, label in parsed.items()
            if label.kind is LabelKind.NAMED and (label.key in known or counts[label.key] >= _LEAST_SURE)
        }
        return dict(sorted((sure | named | {n: label for n, label in alone.items() if label.key in known}).items()))
    named = {n: label for n, label in parsed.items() if label.kind is LabelKind.NAMED or n in sure}
    if _are_speakers(lines, named):
        return named
    return _alternating({n: label for n, label in parsed.items() if label.kind is LabelKind.ALONE or n in sure}, lines)


def _are_speakers(lines: Sequence[str], named: Mapping[int, LineLabel]) -> bool:
    """Whether labels in mixed case are those of speakers: a few that come again and again, before words that are speech."""
    counts = Counter(label.key for label in named.values() if label.name)
    again = sum(1 for count in counts.values() if count >= 2)
    whole = len(named) == sum(1 for line in lines if line.strip())
    if len(named) < (_LEAST_SURE if whole else _LEAST_NAMED) or len(counts) < 2 or len(counts) > _MAX_SPEAKERS:
        return False
    if again < (1 if sum(counts.values()) <= 2 * len(counts) else 2) or again * 2 < len(counts) or _is_form(named):
        return False
    said = [lines[n][label.start :].strip() for n, label in named.items()]
    sentences = sum(1 for words in said if _SENTENCE.search(words) or not words)
    return sentences * 2 >= len(said) and len(named) >= _MIN_SHARE * len(lines)


def _is_form(named: Mapping[int, LineLabel]) -> bool:
    """Whether the labels come round in one order three times or more, as the entries of a list do (Cast: … Length: …)."""
    keys = [label.key for label in named.values()]
    size = len(set(keys))
    return size > 2 and len(keys) >= 3 * size and all(key == keys[n % size] for n, key in enumerate(keys))


def _alternating(alone: Mapping[int, LineLabel], lines: Sequence[str] | None = None) -> dict[int, LineLabel]:
    """The labels on lines of their own, when two or more of them come twice or more, each above words of its own."""
    counts = Counter(label.key for label in alone.values() if label.name)
    again = {key for key, count in counts.items() if count >= 2}
    kept = {n: label for n, label in alone.items() if label.key in again or label.kind is not LabelKind.ALONE}
    if len(again) < 2 or any(n + 1 in kept and kept[n + 1].start == kept[n].start for n in kept):
        return {}
    if lines is not None:
        said = [lines[n + 1] for n in kept if n + 1 < len(lines)]
        if sum(1 for words in said if _SENTENCE.search(words.strip())) * 2 < len(said):
            return {}
    return kept
