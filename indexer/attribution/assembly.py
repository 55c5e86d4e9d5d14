"""Assemble the findings about a document as attributions: pieces joined, nested ones tied to their parents."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from indexer.attribution.annotated_document import SPEAKING_CUE, AnnotatedDocument
from indexer.attribution.attribution_model import AttributionModel
from indexer.attribution.clauses.denials import DENIALS, denial_flags
from indexer.attribution.clauses.named_things import names_thing
from indexer.attribution.clauses.scare_quotes import LONG, is_crosshead, is_scare, is_spoken
from indexer.attribution.indirect_speech import IndirectQuotation
from indexer.attribution.nested_quotations import find_reporting_clause, is_nested_term, resolve_clause_source
from indexer.attribution.page_places import PagePlaces
from indexer.attribution.source_selection import SelectedSource, stands_between
from indexer.attribution.transcripts import (
    LABEL_CONFIDENCE,
    LabelledSpeech,
    TranscriptLine,
    cited_speaker,
    entities_for,
    find_transcript_lines,
    line_around,
    speaker_for_label,
)  # fmt: skip
from indexer.attribution.vocabulary import AttributionMethod
from indexer.quotations.outline import DASHES, split_words
from indexer.quotations.quotation_marks import Quotation, is_markup
from search.model import Attribution, Document, QuoteFlag, QuoteKind, Span

MIN_SPEAKER_CONFIDENCE = 0.25  # below this a wrong speaker is worse than none: of 30 that were read four were right
_CROSSHEAD_SCARE, _UNSCORED_SCARE = 0.6, 0.1  # of a heading between marks, and of a stretch that was not scored
_NESTED_TERM_SCARE = 0.7  # of a word or two within somebody's speech; of eight read six were terms
# Confidence of what rules find, where no gold tells, set by hand; that of an outer speaker is lowered for inner words.
_CITE_CONFIDENCE, _LINE_CONFIDENCE, _CLAUSE_NAME_CONFIDENCE, _CLAUSE_PRONOUN_CONFIDENCE = 0.9, 0.8, 0.7, 0.6
_NESTED_FACTOR = 0.8
_DENIED_WORDS = 3  # that somebody is said not to have said; fewer are a term: he never called it a "war"
_SPOKEN_WORDS = 3  # from which on what a reporting clause governs is speech, in languages whose clauses are read
_MAX_BETWEEN_PIECES = 14  # items: a longer clause between two pieces does not make them one quotation
_CUE_REACH = 3  # items from a source to its cue


@dataclass(frozen=True, slots=True)
class DocumentFindings:
    """All that is known of one document's quotations before they are put together.

    sources, scare_scores, via  by number of an outermost quotation
    labelled                    the quotations of a transcript with what their labels say
    repeated                    those of headlines whose words stand in a quotation of the article
    headline_end                code points
    """

    document: Document
    doc: AnnotatedDocument
    model: AttributionModel
    sources: Mapping[int, SelectedSource | None]
    scare_scores: Mapping[int, float]
    labelled: Mapping[int, LabelledSpeech]
    repeated: frozenset[int]
    via: Mapping[int, tuple[str, ...]]
    indirect: Sequence[tuple[IndirectQuotation, SelectedSource | None]]
    headline_end: int


class AssembledQuotation(NamedTuple):
    """An attribution, the numbers of the quotations between marks that it is made of, and its source if it has one."""

    attribution: Attribution
    quotations: Sequence[int]
    source: SelectedSource | None


def assemble(findings: DocumentFindings) -> tuple[Attribution, ...]:
    """Return the attributions in order of the text, parents before the quotations nested in them."""
    return tuple(each.attribution for each in assemble_with_sources(findings))


def assemble_with_sources(findings: DocumentFindings) -> list[AssembledQuotation]:
    """Return what `assemble` does, each attribution with what it was made from."""
    places = PagePlaces(findings.document, findings.headline_end)
    lines = find_transcript_lines(findings.document, findings.doc)
    groups = _join_pieces(findings)
    assembled = [_without_scare_speaker(_with_marks(findings, group, places, lines)) for group in groups]
    assembled += _without_marks(findings, places, lines)
    assembled.sort(key=lambda each: (each.attribution.start, -each.attribution.end))
    index_of = {number: index for index, each in enumerate(assembled) for number in each.quotations}
    line_index = {
        each.attribution.start: index
        for index, each in enumerate(assembled)
        if not each.quotations and each.attribution.kind == "direct"
    }
    quotations = findings.doc.quotations
    for index, (attribution, group, source) in enumerate(assembled):
        around = quotations[group[0]].parent if group else None
        line = line_around(lines, attribution.start) if group else None
        parent = index_of[around] if around is not None else line_index.get(line.start) if line else None
        if parent is not None:
            assembled[index] = AssembledQuotation(replace(attribution, parent=parent), group, source)
    return assembled


def _join_pieces(findings: DocumentFindings) -> list[list[int]]:
    """Return the quotations that are one: over several paragraphs, or with a cue between their pieces."""
    quotations = findings.doc.quotations
    group_of: dict[int, list[int]] = {}
    groups: list[list[int]] = []
    previous: int | None = None
    for number, quotation in enumerate(quotations):
        partner = quotation.follows
        outermost = quotation.parent is None
        if partner is None and outermost and previous is not None and _is_split(findings, previous, number):
            partner = previous
        if partner is not None and number not in findings.labelled:
            group_of[partner].append(number)
            group_of[number] = group_of[partner]
        else:
            group_of[number] = [number]
            groups.append(group_of[number])
        if outermost:
            previous = number
    return groups


def _is_split(findings: DocumentFindings, first: int, second: int) -> bool:
    """Whether two quotations are pieces of one, "A," X said, "b." and not "A", X said. By her account "b"."""
    doc, text = findings.doc, findings.document.text
    one, two = findings.sources.get(first), findings.sources.get(second)
    before, after = doc.item_of_quotation[first], doc.item_of_quotation[second]
    if one is None or two is None or after - before > _MAX_BETWEEN_PIECES:
        return False
    sentence = doc.outline.sentence
    if not stands_between(doc, one, two, before, after) or sentence[before + 1] != sentence[after - 1]:
        return False
    left, right = doc.quotations[first], doc.quotations[second]
    ends, opens = text[left.end - 1 : left.end], text[right.start : right.start + 1]
    between = text[left.close : right.open].strip()
    return ends not in ".!?" and between[-1:] != "." and (between[-1:] == "," or opens.islower())


def _with_marks(
    findings: DocumentFindings, group: Sequence[int], places: PagePlaces, lines: Sequence[TranscriptLine]
) -> AssembledQuotation:
    """Return the attribution of one quotation between marks, or of the pieces that make it."""
    doc = findings.doc
    first = doc.quotations[group[0]]
    outermost = _outermost(doc.quotations, group[0])
    plain = _without_source(findings, group, places)
    if plain.place == "comment":  # whom a reader quotes is nobody that the outlet quotes
        return AssembledQuotation(plain, group, None)
    if outermost != group[0]:
        source = findings.sources.get(outermost)
        return AssembledQuotation(_nested(findings, plain, group[0], outermost), group, source)
    line = line_around(lines, first.start)
    if line is not None:
        return AssembledQuotation(_in_line(findings, plain, first, line), group, None)
    cited = places.cited_name(first.start, marked=bool(first.mark))
    if cited:
        speaker = cited_speaker(cited, entities_for(cited, doc))
        how, confidence = AttributionMethod.CITE, _CITE_CONFIDENCE
        by_cite = replace(plain, speaker=speaker, mention=cited, confidence=confidence, method=how)
        return AssembledQuotation(by_cite, group, None)
    source = _likeliest(findings, group)
    if source is None:
        return AssembledQuotation(plain, group, None)
    via = next((findings.via[number] for number in group if number in findings.via), ())
    spoken = _with_speaker(findings, plain, source, via, doc.item_of_quotation[group[0]])
    return AssembledQuotation(spoken, group, source)


def _without_scare_speaker(assembled: AssembledQuotation) -> AssembledQuotation:
    """Return the quotation without a speaker where its marks quote nobody; the mention beside it stays."""
    if not assembled.attribution.scare:
        return assembled
    nobody = replace(assembled.attribution, speaker=None, role=None, via=(), confidence=0.0, method="")
    return AssembledQuotation(nobody, assembled.quotations, None)


def _outermost(quotations: Sequence[Quotation], number: int) -> int:
    """Return the outermost quotation around a quotation, itself when it is not nested."""
    while (parent := quotations[number].parent) is not None:
        number = parent
    return number


def _likeliest(findings: DocumentFindings, group: Sequence[int]) -> SelectedSource | None:
    """Return the surest source among those of a quotation's pieces."""
    sources = [source for number in group if (source := findings.sources.get(number)) is not None]
    return max(sources, key=lambda each: each.probability, default=None)


def _without_source(findings: DocumentFindings, group: Sequence[int], places: PagePlaces) -> Attribution:
    """Return what is known of a quotation besides its source."""
    text = findings.document.text
    contents = tuple(_piece(findings, number) for number in group)
    flags, score = _flags(findings, group), _scare_score(findings, group)
    words = sum(len(split_words(span.of(text))) for span in contents)
    denied = words >= _DENIED_WORDS and DENIALS.intersection(flags)
    return Attribution(
        contents,
        kind=_kind(findings.doc, group[0]),
        place=places.place_of(findings.doc.quotations[group[0]].start),
        flags=flags,
        scare=not denied and _quotes_nobody(findings, group, score, words),
        scare_score=score,
    )


def _quotes_nobody(findings: DocumentFindings, group: Sequence[int], score: float, words: int) -> bool:
    """Whether marks around so many words are scare quotes: by their score, unless a clause or the article says otherwise."""
    if len(group) == 1 and group[0] not in findings.labelled and names_thing(findings.doc, group[0]):
        return True
    if not is_scare(score, words) or (group[0] in findings.repeated and not is_scare(score, LONG)):
        return False
    source = _likeliest(findings, group)
    if source is not None and source.spoken and (source.whole or words >= _SPOKEN_WORDS):
        return False
    confidence = findings.model.calibration(source.probability) if source else 0.0
    return not is_spoken(findings.doc, group[0], source.mention if source else -1, confidence)


def _piece(findings: DocumentFindings, number: int) -> Span:
    """Return the words of one quotation, without a transcript's label."""
    quotations, quotation = findings.doc.quotations, findings.doc.quotations[number]
    if number not in findings.labelled:
        return Span(quotation.start, quotation.end)
    start = findings.labelled[number].start
    inner = quotations[number + 1] if number + 1 < len(quotations) else None
    # A label that reaches into a nested quotation is none: its colon stands inside the inner marks.
    crosses = inner is not None and inner.parent == number and inner.open < start
    fits = start < quotation.end and not crosses
    return Span(max(quotation.start, start) if fits else quotation.start, quotation.end)


def _flags(findings: DocumentFindings, group: Sequence[int]) -> tuple[QuoteFlag, ...]:
    """Return what the document says against a quotation, and what was odd about its marks."""
    text, quotations = findings.document.text, [findings.doc.quotations[number] for number in group]
    first, last = quotations[0], quotations[-1]
    opening, ending = text[first.start : first.start + 3], text[max(last.start, last.end - 3) : last.end]
    odd = {
        QuoteFlag.UNCLOSED: last.unclosed,
        QuoteFlag.JOINED: any(quotation.follows is not None for quotation in quotations),
        QuoteFlag.TRUNCATED: opening.startswith(("…", "...")) or ending.endswith(("…", "...")),
    }
    denied = [flag for number in group for flag in denial_flags(findings.doc, number)]
    return (*denied[:1], *(flag for flag, holds in odd.items() if holds))


def _scare_score(findings: DocumentFindings, group: Sequence[int]) -> float:
    """Return the probability that nobody is quoted.

    A quotation in pieces, in a transcript, after a dash or set off as a block is no scare quote; the model was not asked
    about one nested in another.
    """
    quotation = findings.doc.quotations[group[0]]
    if is_markup(findings.document.text, quotation):
        return 1.0
    if group[0] in findings.labelled or len(group) > 1 or not quotation.mark or quotation.mark in DASHES:
        return 0.0
    if is_crosshead(findings.doc, group[0]):
        return _CROSSHEAD_SCARE
    return findings.scare_scores.get(group[0], _UNSCORED_SCARE)


def _with_speaker(
    findings: DocumentFindings, plain: Attribution, source: SelectedSource, via: tuple[str, ...], at: int | None
) -> Attribution:
    """Return the attribution with its speaker, if that is likely enough; `at` is the item of its quotation."""
    doc = findings.doc
    mention = doc.mentions[source.mention] if source.mention >= 0 else None
    span = Span(mention.start, mention.end) if mention else None
    if source.items is not None:
        span = Span(doc.outline.starts[source.items[0]], doc.outline.ends[source.items[1] - 1])
    by_label = source.method == AttributionMethod.LABEL
    confidence = source.probability if by_label else findings.model.calibration(source.probability)
    return replace(
        plain,
        speaker=source.name if confidence >= MIN_SPEAKER_CONFIDENCE else None,
        role=_role(doc, source) if confidence >= MIN_SPEAKER_CONFIDENCE else None,
        mention=span.of(doc.outline.text) if span else None,
        source=span,
        cue=doc.outline.words[source.cue] if source.cue >= 0 else _cue(doc, source.mention, at) if mention else None,
        via=via,
        confidence=confidence,
        method=source.method,
    )


def _role(doc: AnnotatedDocument, source: SelectedSource) -> str | None:
    """Return what the document calls a speaker: of a role noun that stands for nobody named ("the official"), the speaker itself.

    None for several at once, whose roles are their own.
    """
    if source.entity < 0:
        return source.name if source.method == AttributionMethod.ROLE else None
    entity = doc.entities[source.entity]
    return entity.role if entity.name == source.name else None


def _cue(doc: AnnotatedDocument, index: int, at: int | None) -> str | None:
    """Return the reporting words at a mention, those towards the quotation at item `at` first."""
    mention, outline = doc.mentions[index], doc.outline
    if mention.first >= 2 and outline.lower[mention.first - 2 : mention.first] == ["according", "to"]:
        return outline.text[outline.starts[mention.first - 2] : outline.ends[mention.first - 1]]
    paragraph = outline.paragraph[mention.first]
    after, before = doc.next_cue[mention.last], doc.previous_cue[mention.first]
    near = []
    if after >= 0 and after - mention.last <= _CUE_REACH and outline.paragraph[after] == paragraph:
        past_quotation = at is not None and after > at > mention.first
        near.append((after - mention.last + past_quotation, after))
    if before >= 0 and mention.first - before <= _CUE_REACH and outline.paragraph[before] == paragraph:
        near.append((mention.first - before - 1, before))
    return outline.words[min(near)[1]] if near else None


def _nested(findings: DocumentFindings, plain: Attribution, number: int, outermost: int) -> Attribution:
    """Return a quotation inside another: said by whoever the words beside it name, else by the outer speaker."""
    source = findings.sources.get(outermost)
    outer = replace(plain, scare=False)
    if source is not None:
        outer = _with_speaker(findings, outer, source, findings.via.get(outermost, ()), None)
        outer = replace(
            outer, confidence=_NESTED_FACTOR * outer.confidence, method=AttributionMethod.NESTED,
            source=None, mention=None, cue=None,
        )  # fmt: skip
    quotation = findings.doc.quotations[number]
    parent = findings.doc.quotations[quotation.parent if quotation.parent is not None else outermost]
    said = _by_own_clause(findings, outer, quotation, parent.start, parent.end)
    if said is outer and is_nested_term(findings.document.text, parent.start, quotation):
        return replace(said, scare=True, scare_score=_NESTED_TERM_SCARE)
    return said


def _in_line(findings: DocumentFindings, plain: Attribution, quotation: Quotation, line: TranscriptLine) -> Attribution:
    """Return a quotation inside a transcript's line that has no marks of its own."""
    outer = replace(plain, second=line.second)
    if line.speaker is not None:
        outer = replace(outer, speaker=line.speaker, confidence=_LINE_CONFIDENCE, method=AttributionMethod.NESTED)
    return _by_own_clause(findings, outer, quotation, line.start, line.end)


def _by_own_clause(
    findings: DocumentFindings, outer: Attribution, quotation: Quotation, low: int, high: int
) -> Attribution:
    """Return an inner quotation with the speaker that its own clause within low..high names; `outer` has the outer one."""
    text, entities = findings.document.text, findings.doc.entities
    clause = find_reporting_clause(text, low, high, quotation.open, quotation.close)
    if clause is None or clause.first_person:
        return outer
    if by_name := not (clause.pronoun or clause.phrase):
        speaker = speaker_for_label(clause.source, entities_for(clause.source, findings.doc))
    else:
        speaker = resolve_clause_source(text, entities, clause.source, quotation.open, outer.speaker)
    if speaker == outer.speaker or (speaker is None and not clause.pronoun):
        return outer
    return replace(
        outer,
        speaker=speaker,
        role=next((entity.role for entity in entities if entity.name == speaker), None),
        mention=clause.source,
        cue=clause.cue,
        via=(*outer.via, outer.speaker) if outer.speaker else outer.via,
        confidence=0.0 if speaker is None else _CLAUSE_NAME_CONFIDENCE if by_name else _CLAUSE_PRONOUN_CONFIDENCE,
        method=AttributionMethod.NESTED_CUE,
        scare=False,
    )


def _without_marks(
    findings: DocumentFindings, places: PagePlaces, lines: Sequence[TranscriptLine]
) -> Iterator[AssembledQuotation]:
    """Yield transcript lines without marks, and indirect speech; readers' comments are left out."""
    for line in lines:
        place = places.place_of(line.start)
        if place != "comment":
            spoken = Attribution(
                (Span(line.start, line.end),), speaker=line.speaker, role=line.role, mention=line.label or None,
                confidence=LABEL_CONFIDENCE if line.speaker else 0.0, method=AttributionMethod.LABEL, place=place, second=line.second,
            )  # fmt: skip
            yield AssembledQuotation(spoken, (), None)
    for clause, source in findings.indirect:
        place = places.place_of(clause.start)
        if source is None or place == "comment":
            continue
        plain = Attribution((Span(clause.start, clause.end),), kind=QuoteKind.INDIRECT, place=place)
        spoken = replace(_with_speaker(findings, plain, source, (), None), cue=clause.cue)
        yield AssembledQuotation(spoken, (), source)


def _kind(doc: AnnotatedDocument, number: int) -> QuoteKind:
    """Return "mixed" when the words between the marks are part of a sentence that the outlet words itself."""
    if number not in doc.item_of_quotation:
        return QuoteKind.DIRECT
    at = doc.item_of_quotation[number]
    outline, start = doc.outline, doc.quotations[number].start
    content = outline.text[start : start + 1]
    before = outline.lower[at - 1] if at and outline.sentence[at - 1] == outline.sentence[at] else ""
    goes_on = before[:1].isalnum() and doc.cue_weights[at - 1] < SPEAKING_CUE
    return QuoteKind.MIXED if content.islower() and goes_on else QuoteKind.DIRECT
