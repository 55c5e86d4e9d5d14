"""Attribute each quotation of a document: spans, sources, speakers, chains and indirect speech in one pass.

`attribute` is the whole of it, a pure function; every step is a function of another file in this folder.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np

from indexer.attribution.annotated_document import AnnotatedDocument, annotate
from indexer.attribution.assembly import DocumentFindings, assemble
from indexer.attribution.attribution_model import AttributionModel, packaged_model
from indexer.attribution.caseless.attribute_caseless import attribute_caseless, caseless_script
from indexer.attribution.clauses.denials import denying_item
from indexer.attribution.clauses.signatures import signatures
from indexer.attribution.clauses.subject_phrases import joined_names, joint_subject
from indexer.attribution.coreference import CoreferenceResolver
from indexer.attribution.features.scare_quote_features import repeated_wordings, scare_quote_features
from indexer.attribution.headlines import headline_end, headline_sources, repeated_sources
from indexer.attribution.hearsay import reporter_chains
from indexer.attribution.indirect_speech import IndirectQuotation, find_indirect_quotations
from indexer.attribution.reporting.clause_words import clause_words
from indexer.attribution.reporting.common_nouns import CommonNouns, may_speak
from indexer.attribution.reporting.grammar import ReportingGrammar, reporting_grammar
from indexer.attribution.reporting.mottos import mottos
from indexer.attribution.reporting.plain_names import PlainNames
from indexer.attribution.reporting.reported_speakers import ReportedSpeaker, reported_speakers
from indexer.attribution.reporting.text_names import TextNames
from indexer.attribution.source_selection import Ranking, SelectedSource, goes_on, rank_sources, select_source
from indexer.attribution.transcripts import LABEL_CONFIDENCE, label_quotations
from indexer.attribution.vocabulary import AttributionMethod
from indexer.entities.entities import cluster_names
from indexer.entities.mention_detection import find_mentions
from indexer.language_files import language_codes, language_table
from indexer.quotations.chunks import shift_attributions, split_document
from indexer.quotations.dash_speech import with_dash_speech
from indexer.quotations.outline import build_outline
from indexer.quotations.quotation_marks import find_quotations, with_block_quotations
from indexer.word_lists import word_list
from search.model import LONGEST_NAME, Attribution, Document
from search.text.language import detect_language, language_among

# A clause of indirect speech stands right at its subject: taken to be its in so many cases, set by hand.
_SUBJECT_SPEAKS = 0.95
_SIGNED = 0.95  # that a name and a paper behind a quotation sign it; set by hand
# How often the rules of the other languages are right, by how the clause names its subject; set by hand.
_CLAUSE_PROBABILITY = {AttributionMethod.NAME: 0.95, AttributionMethod.PRONOUN: 0.8, AttributionMethod.ROLE: 0.75}
# The ranker learned English alone: of 46 speakers that it named in nine other languages .59 were right, and .74 was said.
_WITHOUT_CLAUSE = 0.8
# Languages that a text too short to show its own may be in; English where nothing tells.
_LANGUAGES_TOLD = frozenset(code for code in language_codes() if code == "en" or language_table(code, "reporting"))
# Stretches of so many code points at most, with so many items between them, are members of one list.
_MAX_LISTED, _MAX_JOINING = 30, 2
_JOINING = word_list("coordinators") | {",", "&"}


def attribute(document: Document) -> tuple[Attribution, ...]:
    """Return every quotation of the document with who said it, in order of the text; nested ones name their parent."""
    return attribute_with(document, packaged_model())


def attribute_with(document: Document, model: AttributionModel) -> tuple[Attribution, ...]:
    """Return what `attribute` does, by another model than the packaged one."""
    attributions: list[Attribution] = []
    for offset, chunk in split_document(document):
        of_chunk = assemble(analyse_quotations(chunk, model))
        attributions += shift_attributions(of_chunk, offset, len(attributions)) if offset else of_chunk
    script = caseless_script(document.text)
    if script is not None:
        attributions = list(attribute_caseless(document.text, script, attributions))
    return tuple(map(_without_endless_name, attributions))


def _without_endless_name(attribution: Attribution) -> Attribution:
    """Return the attribution without a speaker whom nobody could ask for: a hostile text's name had 9,006 letters."""
    if len(attribution.speaker or "") <= LONGEST_NAME:
        return attribution
    return replace(attribution, speaker=None, role=None, mention=None, confidence=0.0, method="")


def analyse_quotations(document: Document, model: AttributionModel) -> DocumentFindings:
    """Return all that is found out about the quotations of one chunk, speakers settled from left to right."""
    doc = annotate_document(document, model)
    numbers = sorted(doc.item_of_quotation)
    resolver = CoreferenceResolver(doc, model, document.authors)
    labelled = label_quotations(doc)
    # What is surely told comes first: among a few languages a short English text is soon a German one.
    told = document.language or detect_language(document.text) or language_among(document.text, _LANGUAGES_TOLD)
    grammar = reporting_grammar(told)
    reported, nouns, people, written = {}, None, None, frozenset[int]()
    if grammar and numbers:
        words = clause_words(doc.outline, grammar)
        names = TextNames(words, grammar)
        reported = _reported_sources(doc, reported_speakers(words, names, grammar))
        nouns, people = CommonNouns(doc.outline, grammar), PlainNames(words, names, grammar)
        written = mottos(doc.outline, grammar)
    unnamed = {number: replace(source, probability=0.0) for number, source in reported.items() if not source.name}
    named = {number: source for number, source in reported.items() if source.name and number not in written}
    reported = _signed_sources(doc) | named
    rankings = rank_sources(doc, model, [number for number in numbers if number not in reported])
    rankings |= {number: _as_ranking(source) for number, source in reported.items()}
    sources: dict[int, SelectedSource | None] = {}
    indirect: list[tuple[IndirectQuotation, SelectedSource | None]] = []
    waiting = sorted(find_indirect_quotations(doc), key=lambda each: each.start, reverse=True)
    for number in numbers:
        # Mentions are resolved in the order of the text, as they were learned: "he" is who has spoken last so far.
        while waiting and waiting[-1].start < doc.quotations[number].start:
            indirect.append(_with_source(doc, waiting.pop(), resolver))
        if number in labelled:
            source = _labelled_source(doc, labelled[number].speaker)
        elif number in reported:
            source = reported[number]
        else:
            source = select_source(doc, number, rankings[number], resolver)
            said = sources.get(number - 1)
            if said and not grammar and goes_on(doc, number - 1, said, number):
                source = replace(said, by_rule=True)
            if source is not None and grammar and nouns and people:
                source = None if number in written else _of_other_language(source, nouns, people, grammar)
            if number in unnamed:
                # A clause says "he" or "they": a phrase of common words that the ranker takes for the speaker is that pronoun.
                is_phrase = source is not None and source.entity < 0
                whole = unnamed[number].whole
                source = replace(unnamed[number] if source is None or is_phrase else source, spoken=True, whole=whole)
        sources[number] = source
        resolver.note_speaker(source.entity if source else -1, number)
    indirect += [_with_source(doc, each, resolver) for each in reversed(waiting)]
    repeated = headline_sources(document, doc, sources)
    sources.update(repeated)
    sources.update(repeated_sources(doc, sources))
    return DocumentFindings(
        document=document,
        doc=doc,
        model=model,
        sources=sources,
        scare_scores=_scare_scores(doc, model, numbers, rankings) | dict.fromkeys(written, 1.0),
        labelled=labelled,
        repeated=frozenset(repeated),
        via=reporter_chains(doc, sources, resolver.likeliest_name),
        indirect=indirect,
        headline_end=headline_end(document),
    )


def annotate_document(document: Document, model: AttributionModel) -> AnnotatedDocument:
    """Return the document's quotations, outline, mentions and entities, and what is counted on them."""
    text, title = document.text, document.title or ""
    quotations = with_dash_speech(text, find_quotations(text), document.language)
    blocks = [region.span for region in document.regions if region.role == "blockquote"]
    if blocks:
        quotations = with_block_quotations(text, quotations, [(span.start, span.end) for span in blocks])
    outline = build_outline(text, quotations)
    mentions = find_mentions(outline)
    outermost = [(q.start, q.end) for q in quotations if q.parent is None]
    entities = cluster_names(text, outline, mentions, outermost, title)
    return annotate(outline, quotations, mentions, entities, title, model.cue_weight_of, model.source_prior)


def _with_source(
    doc: AnnotatedDocument, indirect: IndirectQuotation, resolver: CoreferenceResolver
) -> tuple[IndirectQuotation, SelectedSource | None]:
    """Return an indirect quotation with its speaker."""
    antecedents = resolver.resolve(indirect.mention)
    if not antecedents:
        return indirect, None
    entity, name, probability, method = antecedents[0]
    joint = joint_subject(doc, indirect.mention) if method == AttributionMethod.NAME else ()
    if len(joint) > 1:  # "Ann Lee and Bob Roe said that"
        name = joined_names([doc.entities[doc.entity_of[each]].name for each in joint])
    speakers = {each.name: each.probability for each in antecedents}
    return indirect, SelectedSource(
        indirect.mention, entity, name, _SUBJECT_SPEAKS * probability, method, by_rule=True, speakers=speakers
    )


def _labelled_source(doc: AnnotatedDocument, name: str | None) -> SelectedSource | None:
    """Return the speaker that a transcript's label names; None for "Q"."""
    if name is None:
        return None
    entity = next((number for number, each in enumerate(doc.entities) if each.name == name), -1)
    mentions = doc.entities[entity].mentions[:1] if entity >= 0 else []
    mention = mentions[0] if mentions else -1
    return SelectedSource(mention, entity, name, LABEL_CONFIDENCE, AttributionMethod.LABEL, by_rule=True)


def _reported_sources(doc: AnnotatedDocument, speakers: Mapping[int, ReportedSpeaker]) -> dict[int, SelectedSource]:
    """Return the sources that reporting clauses name, but for what somebody is said not to have said."""
    entity_of: dict[str, int] = {}
    for number, entity in enumerate(doc.entities):
        entity_of.setdefault(entity.name, number)
    return {
        number: _reported_source(doc, each, entity_of.get(each.name, -1))
        for number, each in speakers.items()
        if denying_item(doc, number) is None
    }


def _of_other_language(
    source: SelectedSource, nouns: CommonNouns, people: PlainNames, grammar: ReportingGrammar
) -> SelectedSource | None:
    """Return what the ranker, which learned English, chose in another language, less sure; None where nobody can be called so."""
    if (
        nouns.has(source.name)
        or source.name.lower() in grammar.pronouns
        or (source.entity < 0 and not may_speak(source.name, grammar))
    ):
        return None
    return replace(source, name=people.of(source.name), probability=_WITHOUT_CLAUSE * source.probability)


def _signed_sources(doc: AnnotatedDocument) -> dict[int, SelectedSource]:
    """Return the sources of the quotations that somebody signs."""
    signed = {}
    for number, signature in signatures(doc).items():
        mention = _mention_within(doc, signature.items)
        is_name = mention >= 0 and doc.entity_of[mention] >= 0 and doc.mentions[mention].last == signature.items[1]
        mention, entity = (mention, doc.entity_of[mention]) if is_name else (-1, -1)
        name = doc.entities[entity].name if is_name else signature.name
        signed[number] = SelectedSource(
            mention, entity, name, _SIGNED, AttributionMethod.NAME,
            by_rule=True, items=signature.items, spoken=True,
        )  # fmt: skip
    return signed


def _as_ranking(source: SelectedSource) -> Ranking:
    """Return the one mention that a clause names as a ranking; empty where no mention is."""
    return [(source.mention, source.probability)] if source.mention >= 0 else []


def _reported_source(doc: AnnotatedDocument, reported: ReportedSpeaker, entity: int) -> SelectedSource:
    """Return the speaker that a reporting clause names, with the mention that stands there if there is one."""
    mention = _mention_within(doc, reported.items) if reported.items else -1
    return SelectedSource(
        mention, entity, reported.name, _CLAUSE_PROBABILITY[reported.method], reported.method,
        by_rule=True, items=reported.items, cue=reported.cue, spoken=reported.spoken, whole=reported.whole,
    )  # fmt: skip


def _mention_within(doc: AnnotatedDocument, items: tuple[int, int]) -> int:
    """Return the first mention that begins among some items of the outline, or -1."""
    index = bisect_left(doc.mention_starts, items[0])
    return index if index < len(doc.mention_starts) and doc.mention_starts[index] < items[1] else -1


def _scare_scores(
    doc: AnnotatedDocument, model: AttributionModel, numbers: Sequence[int], rankings: Mapping[int, Ranking]
) -> dict[int, float]:
    """Return the probability of each outermost stretch that nobody is quoted with it."""
    if not numbers:
        return {}
    repeated = repeated_wordings(doc)
    rows = [scare_quote_features(doc, number, *likeliest_source(rankings[number]), repeated) for number in numbers]
    scores = 1 / (1 + np.exp(-model.scare_quotes.scores(rows)))
    return _as_listed(doc, dict(zip(numbers, scores.tolist(), strict=True)))


def _as_listed(doc: AnnotatedDocument, scores: dict[int, float]) -> dict[int, float]:
    """Return the scores with those of short stretches in one list made equal, to the highest: "“guidance” or “notice”"."""
    outline = doc.outline
    listed = dict(scores)
    for one, other in pairwise(scores):
        first, second = doc.item_of_quotation[one], doc.item_of_quotation[other]
        between = outline.lower[first + 1 : second]
        joined = len(between) <= _MAX_JOINING and all(word in _JOINING for word in between)
        short = all(doc.quotations[k].end - doc.quotations[k].start <= _MAX_LISTED for k in (one, other))
        if joined and short and outline.paragraph[first] == outline.paragraph[second]:
            listed[other] = max(listed[one], listed[other])
            listed[one] = max(listed[one], listed[other])
    return listed


def likeliest_source(ranking: Ranking) -> tuple[int, float]:
    """Return the mention that is a quotation's likeliest source and its probability; -1 and 0 where there is none."""
    return ranking[0] if ranking else (-1, 0.0)
