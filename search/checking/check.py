"""Check a manuscript: each quotation is looked for in the archive, and the verdict says what was found there.

Nothing is stored, and the search is the one that page and command use (`search.find`), so that what a check says can be seen
by typing the same words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from search.checking.positions import SourceText
from search.checking.report import CheckedQuotation, CheckReport, Finding, Manuscript, Position, Verdict
from search.find.coverage import coverage
from search.find.find import find
from search.find.lists.nearest import STRICT
from search.matching.compare import verdict as verdict_on_words
from search.message import Message, counted_message, messages_in_row
from search.model import (
    Attribution,
    Difference,
    DifferenceKind,
    Match,
    MatchKind,
    MeaningChange,
    Query,
    Quote,
    QuoteFlag,
    QuoteKind,
    Result,
    Utterance,
)  # fmt: skip
from search.names.agreement import names_agree
from search.names.clusters import Speakers
from search.names.given_names import given_names_fit
from search.names.person_name import parse_name
from search.names.speaker_kind import SpeakerKind, is_person_or_body, kind_of
from search.storage.store import Store
from search.text.analysis import analyse

UTTERANCES_COMPARED: Final = 20  # utterances of an answer: a page of it
FINDINGS: Final = 3  # that a report shows of each quotation
LONGEST_QUOTATION: Final = 20_000  # code points; a longer one is no quotation but a mark that was never closed
_ELLIPSIS = re.compile(r"\.{3,}|…|\. \. \.")
_WORD = re.compile(r"\w")
_UNCHECKED = Message("The marks set apart a term or a title: nobody is quoted.")
_WORDLESS = Message("There are no words between the marks.")
_TOO_LONG = Message("Longer than %(most)s characters: a closing mark may be missing.", most=LONGEST_QUOTATION)
_OTHERWISE: Final = {
    MeaningChange.NEGATION: Message("a “not” or a “never” is on one side alone"),
    MeaningChange.NUMBER: Message("a number is not the same"),
    MeaningChange.NAME: Message("a name is not the same"),
    MeaningChange.OPPOSITE: Message("a word stands for its opposite"),
    MeaningChange.CERTAINTY: Message("what one says will be, the other says may be"),
}
_FLAGS: Final = {
    QuoteFlag.DENIED: Message("The document says that it was not said."),
    QuoteFlag.DISPUTED: Message("The document says that somebody denies it."),
    QuoteFlag.OTHER_SPEAKER: Message("Most that print it give it to another speaker."),
}


@dataclass(frozen=True, slots=True)
class _Asked:
    """A quotation as it is looked for: its words, who said it, and the names for whom: as resolved, as printed, in the archive."""

    text: str
    speaker: str | None
    people: frozenset[str]


def check_manuscript(store: Store, manuscript: Manuscript) -> CheckReport:
    """Return the verdict on each quotation between marks, in the order of the text.

    Raises StoreUnavailable when the archive cannot be read.
    """
    documents = store.count_documents()
    who = store.speakers()
    quoted = [one for one in manuscript.attributions if one.kind != QuoteKind.INDIRECT]
    checked: list[CheckedQuotation] = []
    for attribution, position in zip(quoted, _positions(manuscript, quoted), strict=True):
        speaker = attribution.speaker if attribution.confidence >= store.min_confidence else None
        asked = _Asked(attribution.words(manuscript.text), speaker, _names(who, speaker, attribution.mention))
        verdict, findings, near = _judged(store, who, asked, attribution)
        detail = _detail(asked, verdict, findings, documents)
        if near is not None:
            detail = messages_in_row([detail, _lead(near)])
        checked.append(CheckedQuotation(asked.text, speaker, position, verdict, detail, findings))
    return CheckReport(manuscript.path, documents, tuple(checked))


def _much_alike(asked: str, nearest: Iterable[Quote]) -> Quote | None:
    """Return the first of some quotes, titles and slogans aside, that has much of the words asked for, and they of it; else None."""
    ours = analyse(asked)
    for quote in nearest:
        if quote.scare:
            continue
        printed = analyse(quote.text)
        shares = (coverage(one, other.all_stems).share for one, other in ((ours, printed), (printed, ours)))
        if min(shares) >= STRICT.share:
            return quote
    return None


def _lead(near: Quote) -> str:
    return Message(
        "Nearest in words is “%(words)s”, said by %(said)s (%(place)s).",
        words=near.text,
        said=_said(near),
        place=_place(near),
    )


def _names(who: Speakers, speaker: str | None, mention: str | None) -> frozenset[str]:
    """Return the names that stand for a speaker; the name as it is printed among them, since "Lind" may be either of two."""
    printed = (mention,) if mention is not None and kind_of(mention) is not SpeakerKind.UNNAMED else ()
    return frozenset((speaker, *who.all_of(speaker), *printed)) if speaker is not None else frozenset()


class _Judgement(NamedTuple):
    """What a quotation is found to be, where, and, of what nobody printed, the printed quote that is nearest in words."""

    verdict: Verdict
    findings: tuple[Finding, ...] = ()
    nearest: Quote | None = None


def _judged(store: Store, who: Speakers, asked: _Asked, attribution: Attribution) -> _Judgement:
    if len(asked.text) > LONGEST_QUOTATION or not _WORD.search(asked.text):
        return _Judgement(Verdict.UNCHECKED)
    answer = _answer(store, asked.text)
    findings = _findings(store, who, asked, answer)
    if findings:
        best = findings[0].verdict
        # A term that is found as it stands may be said to be so; one that is not says nothing against the manuscript.
        if best == Verdict.EXACT or not attribution.scare:
            return _Judgement(best, findings)
    if attribution.scare:
        return _Judgement(Verdict.UNCHECKED)
    return _Judgement(Verdict.ABSENT, nearest=_much_alike(asked.text, answer.nearest))


def _findings(store: Store, who: Speakers, asked: _Asked, answer: Result) -> tuple[Finding, ...]:
    """Return the best places of the archive, one a speaker and verdict; those of the manuscript's speaker first."""
    found = list(_compared(who, asked, answer.utterances))
    if asked.speaker and not any(rank == 0 for rank, _ in found):
        # Of words that many have said, the one asked about may stand further down than is looked.
        found += _compared(who, asked, _answer(store, asked.text, asked.speaker).utterances)
    found.sort(key=lambda pair: pair[0])
    best: dict[tuple[object, ...], Finding] = {}
    for _, finding in found:
        best.setdefault((finding.verdict, finding.quote.speaker, finding.alters), finding)
    first, others = list(best.values())[:1], list(best.values())[1:]
    # Beside one that is sure, what only may say the same is noise.
    others = [one for one in others if one.verdict != Verdict.PARAPHRASE or first[0].verdict == Verdict.PARAPHRASE]
    # One version that turns the meaning is worth more room than more of the same.
    turned = [one for one in others if one.alters][:1]
    return (*first, *turned, *(one for one in others if one not in turned))[:FINDINGS]


def _answer(store: Store, text: str, speaker: str | None = None) -> Result:
    names = () if speaker is None else (speaker,)
    return find(store, Query(text=text, speaker=names, scare=True, limit=UTTERANCES_COMPARED), as_typed=True)


def _compared(who: Speakers, asked: _Asked, utterances: Sequence[Utterance]) -> Iterator[tuple[int, Finding]]:
    """Yield each quote of the answers with its place among the others: 0 is the same words of the same person."""
    for utterance in utterances:
        for version in utterance.versions:
            match = version.match
            wording = wording_verdict(asked.text, version.text, match)
            is_piece_only = wording == Verdict.PARTIAL and _lacks_words(match.differences)
            for quote in version.quotes:
                agrees = _same_speaker(who, asked, quote)
                verdict = wording
                if agrees is False and wording in (Verdict.EXACT, Verdict.PARTIAL):
                    verdict = Verdict.DIFFERENT_SPEAKER
                finding = Finding(quote, verdict, match.differences, match.alters)
                yield _RANKS["piece" if is_piece_only else wording, agrees], finding


# A speaker who is not known does not stand before one who is known to be another: that difference has to be said. A printed
# quotation that has a few of the words only stands behind one that has them all with a word changed.
_RANKS: Final[Mapping[tuple[str, bool | None], int]] = {
    pair: place
    for place, pair in enumerate(
        (
            (Verdict.EXACT, True), (Verdict.PARTIAL, True), (Verdict.EXACT, False), (Verdict.EXACT, None),
            (Verdict.ALTERED, True), ("piece", True), (Verdict.PARTIAL, None), (Verdict.PARTIAL, False),
            (Verdict.ALTERED, None), (Verdict.ALTERED, False), ("piece", None), ("piece", False),
            (Verdict.PARAPHRASE, True), (Verdict.PARAPHRASE, None), (Verdict.PARAPHRASE, False),
        )
    )
}  # fmt: skip


def _same_speaker(who: Speakers, asked: _Asked, quote: Quote) -> bool | None:
    """Return whether a quote is given to the manuscript's speaker; None where one of them is not known, or theirs is in doubt."""
    if not asked.speaker or not quote.speaker:
        return None
    theirs = (quote.speaker, *who.all_of(quote.speaker))
    if not asked.people.isdisjoint(theirs):
        return True
    agreed = {_one_person(ours, other) for ours in asked.people for other in theirs}
    return True if True in agreed else None if None in agreed or quote.speaker_in_doubt else False


def _one_person(one: str, other: str) -> bool | None:
    agreed = names_agree(one, other)
    given = [parse_name(name).core[:-1] for name in (one, other)]
    # "Jane Lind" and "Bo Lind" may be a slip of the pen or two people: whoever prints it has to look.
    if agreed is None and all(given) and given_names_fit(*given) is None and _surname(one) == _surname(other):
        return False
    return agreed


def _surname(name: str) -> str:
    return parse_name(name).last_word


def wording_verdict(asked: str, printed: str, match: Match) -> Verdict:
    """Return the verdict on the words alone: exact, partial, altered or a paraphrase.

    Partial is what leaves words out at the ends, or where an ellipsis says so; what leaves them out silently is altered.
    """
    if match.kind == MatchKind.EXACT:
        # Words are compared without marks: "I do ... believe" would be "I do believe", and may have been "I do not believe".
        exact = _has_gap(asked) == _has_gap(printed) and _has_same_words(asked, printed)
        return Verdict.EXACT if exact else Verdict.ALTERED
    if not match.sure:
        return Verdict.PARAPHRASE
    return Verdict.PARTIAL if _is_piece(asked, printed, match.differences) else Verdict.ALTERED


def _has_same_words(asked: str, printed: str) -> bool:
    """Whether the words are the same as they are typed: it may be another spelling of them that was found, of a name, too."""
    return verdict_on_words(analyse(asked), analyse(printed)).kind == MatchKind.EXACT


def _is_piece(asked: str, printed: str, differences: Sequence[Difference]) -> bool:
    one_sided = {DifferenceKind.ADDED, DifferenceKind.REMOVED}
    steps = list(differences)
    for end in (0, -1):
        if steps and steps[end].kind in one_sided:
            steps.pop(end)
    left_out = {step.kind for step in steps} - {DifferenceKind.SAME}
    if not left_out:
        return True
    # Words that the manuscript lacks in its middle, where it has an ellipsis; or the printed one has.
    return (left_out == {DifferenceKind.ADDED} and _has_gap(asked)) or (
        left_out == {DifferenceKind.REMOVED} and _has_gap(printed)
    )


def _has_gap(text: str) -> bool:
    """Whether words are left out between others, as an ellipsis says: one at the end or the beginning leaves out none of them."""
    return any(_WORD.search(text, 0, gap.start()) and _WORD.search(text, gap.end()) for gap in _ELLIPSIS.finditer(text))


def _detail(asked: _Asked, verdict: Verdict, findings: Sequence[Finding], documents: int) -> str:
    if verdict == Verdict.UNCHECKED:
        too_long = len(asked.text) > LONGEST_QUOTATION
        return _TOO_LONG if too_long else _UNCHECKED if _WORD.search(asked.text) else _WORDLESS
    if not findings:
        return counted_message(
            "No version of it in this archive of %(num)s document.",
            "No version of it in this archive of %(num)s documents.",
            documents,
        )
    best = findings[0]
    place, said = _place(best.quote), _said(best.quote)
    sentences: Mapping[Verdict, str] = {
        Verdict.EXACT: Message("%(place)s prints these words, said by %(said)s.", place=place, said=said),
        Verdict.PARTIAL: Message(
            "%(place)s prints %(extent)s, said by %(said)s.", place=place, extent=_extent(best), said=said
        ),
        Verdict.ALTERED: Message("%(place)s prints it with other words, said by %(said)s.", place=place, said=said),
        Verdict.DIFFERENT_SPEAKER: Message("%(place)s gives these words to %(said)s.", place=place, said=said),
        Verdict.PARAPHRASE: Message(
            "Only something that may say the same was found: %(place)s, said by %(said)s.", place=place, said=said
        ),
    }
    mind = [Message("Mind that %(change)s.", change=_OTHERWISE[way]) for way in best.alters]
    mind += [text for flag, text in _FLAGS.items() if flag in best.quote.flags]
    others = {way for finding in findings[1:] for way in finding.alters} - set(best.alters)
    mind += [Message("Other places print it otherwise: %(change)s.", change=_OTHERWISE[way]) for way in sorted(others)]
    if verdict == Verdict.ALTERED and _has_gap(asked.text) != _has_gap(best.quote.text):
        mind.append(Message("An ellipsis that says where words were left out is on one side alone."))
    return messages_in_row([sentences[verdict], *mind])


def _said(quote: Quote) -> str:
    """Return who said a quote, as a sentence names them."""
    if quote.speaker is None or not is_person_or_body(quote.speaker):
        return Message("a speaker who is not named")
    return Message("perhaps %(name)s", name=quote.speaker) if quote.speaker_in_doubt else quote.speaker


def _extent(finding: Finding) -> str:
    """Say which of the two is the longer: the manuscript's quotation or the printed one."""
    if not _lacks_words(finding.differences):
        return Message("these words within a longer quotation")
    has_more = any(step.kind == DifferenceKind.ADDED for step in finding.differences)
    return Message("a part of it, and more") if has_more else Message("a part of it")


def _lacks_words(differences: Sequence[Difference]) -> bool:
    """Whether the printed quotation lacks words that the manuscript has."""
    return any(step.kind == DifferenceKind.REMOVED for step in differences)


def _place(quote: Quote) -> str:
    printed = quote.outlet or quote.title or Message("A document")
    return Message("%(place)s of %(day)s", place=printed, day=quote.published[:10]) if quote.published else printed


def _positions(manuscript: Manuscript, quoted: Sequence[Attribution]) -> Iterator[Position]:
    """Yield where each quotation stands: in the file as it was written, or, where that is no text, in the text as read."""
    as_read = SourceText(manuscript.text)
    source = as_read if manuscript.source is None else SourceText(manuscript.source)
    for one in quoted:
        own = as_read.position(one.start, one.end)
        written = None if source is as_read else source.find(one.words(manuscript.text))
        yield written or own
