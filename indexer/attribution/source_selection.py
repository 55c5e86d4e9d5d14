"""Select the source of each quotation: rank its candidates, resolve them, and take the likeliest speaker."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from indexer.attribution.annotated_document import SPEAKING_CUE, AnnotatedDocument
from indexer.attribution.attribution_model import AttributionModel
from indexer.attribution.clauses.clause_subjects import clause_subject, is_governed, mention_before
from indexer.attribution.clauses.denials import denying_item
from indexer.attribution.clauses.document_owners import who_states
from indexer.attribution.clauses.silent_subjects import says_nothing
from indexer.attribution.clauses.subject_phrases import joined_names, joint_subject, possessed_mention
from indexer.attribution.clauses.subject_tails import whole_subject
from indexer.attribution.coreference import CoreferenceResolver
from indexer.attribution.features.coreference_features import PRONOUN_GENDERS
from indexer.attribution.features.source_features import candidate_sources, source_table
from indexer.attribution.tree_ensemble import softmax
from indexer.attribution.vocabulary import AttributionMethod
from indexer.entities.lexicon import cue_weight
from indexer.entities.mentions import MentionKind
from indexer.entities.noun_phrases import INDEFINITE
from indexer.entities.party_tags import past_party_tag
from indexer.word_lists import phrase_list, word_list

_PLAIN_CUE = 0.6  # a word of which at least this share of the uses reports speech is a plain cue
_ITEMS_BEFORE, _ITEMS_AFTER = 8, 5  # items beside a quotation in which the clauses that leave no doubt stand
_RULE_PROBABILITY = 0.9  # of a source that such a clause names; set by hand
_MIN_CANDIDATE = 0.08  # a candidate less likely than this adds nothing to its speaker's probability
_REFLEXIVES, _NAMING_STEMS = word_list("reflexive_pronouns"), tuple(word_list("naming_verb_stems"))
_IN_THE_WORDS_OF = tuple(list(phrase) for phrase in phrase_list("phrases_before_source"))
_NOBODIES, _STOPS = word_list("speakers_unnamed"), frozenset(".,;:!?")
_QUOTES = frozenset(("quote", "quotes", "quotation"))
_LINKS = tuple([word] for word in word_list("auxiliaries_of_inner_clause"))
_AUXILIARIES = word_list("auxiliaries_of_inner_clause")
_CHANTS, _JOINING = word_list("nouns_of_chants"), word_list("coordinators") | {","}
_WHERE = frozenset(("at", "in", "on"))
_ENDS_OF_SPEECH = ",?!…—–-"

Ranking = Sequence[tuple[int, float]]  # mentions with their probabilities, likeliest first


@dataclass(frozen=True, slots=True)
class SelectedSource:
    """The likely source of one quotation.

    mention      its number, -1 when no mention is (a transcript's label)
    entity       the number of the entity that it stands for, or -1
    name         the speaker
    probability  that this is right, before calibration: the sum over the mentions that stand for this speaker
    method       how the mention was resolved
    by_rule      the words beside the quotation left no doubt, and the ranker was overruled
    speakers     every speaker considered with its probability
    items        the items of the outline that name the speaker where that is no mention, half-open
    cue          the item of the word that reports, where a clause rule found it, or -1
    spoken       such a rule says that the words are speech, so that their marks are no scare quotes
    whole        it says so however few they are
    """

    mention: int
    entity: int
    name: str
    probability: float
    method: AttributionMethod
    by_rule: bool = False
    speakers: Mapping[str, float] = field(default_factory=dict)
    items: tuple[int, int] | None = None
    cue: int = -1
    spoken: bool = False
    whole: bool = False


def rank_sources(doc: AnnotatedDocument, model: AttributionModel, numbers: Sequence[int]) -> dict[int, Ranking]:
    """Return for each of the quotations `numbers` its possible sources with their probabilities, likeliest first.

    The ranker is called once for all: most of a call's cost is that of its numpy operations, not of the rows.
    """
    candidates = [candidate_sources(doc, number) for number in numbers]
    if not any(candidates):
        return {number: [] for number in numbers}
    scores = model.source.scores(source_table(doc, numbers, candidates))
    rankings: dict[int, Ranking] = {}
    at = 0
    for number, mentions in zip(numbers, candidates, strict=True):
        rankings[number] = _ranked(mentions, scores[at : at + len(mentions)])
        at += len(mentions)
    return rankings


def _ranked(mentions: Sequence[int], scores: npt.NDArray[np.float64]) -> Ranking:
    """Return the mentions with the softmax of their scores, likeliest first."""
    if not mentions:
        return []
    probabilities = softmax(scores).tolist()
    return sorted(zip(mentions, probabilities, strict=True), key=lambda pair: -pair[1])


def select_source(
    doc: AnnotatedDocument, number: int, ranking: Ranking, resolver: CoreferenceResolver
) -> SelectedSource | None:
    """Return the speaker with most probability behind it, adding up the mentions that stand for the same one."""
    if not ranking:
        return None
    at = doc.item_of_quotation[number]
    if _said_by_another(doc, at):
        return None
    certain = _certain_source(doc, at)
    if certain is None:
        certain = _who_did_not_say(doc, number)
    if certain is None:
        certain = _inner_source(doc, ranking[0][0], at)
    ranking = [(certain, _RULE_PROBABILITY)] if certain is not None else _without_owners(doc, ranking)
    if _is_chanted(doc, at):
        ranking = [(mention, probability) for mention, probability in ranking if _is_of_many(doc, mention)]
    quotation = doc.quotations[number]
    content = doc.outline.text[quotation.start : quotation.end]
    speakers: dict[str, float] = {}
    first: dict[str, tuple[int, int, AttributionMethod]] = {}
    for mention, probability in ranking:
        if probability < _MIN_CANDIDATE and first:
            break
        for antecedent in resolver.resolve(mention, content):
            name = antecedent.name
            speakers[name] = speakers.get(name, 0.0) + probability * antecedent.probability
            if name not in first:
                first[name] = (mention, antecedent.entity, antecedent.method)
    if not speakers:
        return None
    name = max(speakers, key=lambda each: speakers[each])
    mention, entity, method = first[name]
    joint = joint_subject(doc, mention) if method == AttributionMethod.NAME else (mention,)
    names = [doc.entities[doc.entity_of[each]].name for each in joint] if len(joint) > 1 else [name]
    probability = sum(speakers.get(each, 0.0) for each in names)
    return SelectedSource(
        mention, entity, joined_names(names), min(1.0, probability), method,
        by_rule=certain is not None, speakers=speakers,
    )  # fmt: skip


def stands_between(doc: AnnotatedDocument, one: SelectedSource, two: SelectedSource, before: int, after: int) -> bool:
    """Return whether two quotations, at items `before` and `after`, have one source, which stands between them."""
    if one.items is not None or one.cue >= 0:
        first = one.items[0] if one.items else one.cue
        return one.name == two.name and before < first < after
    return one.mention == two.mention and one.mention >= 0 and before < doc.mentions[one.mention].first < after


def goes_on(doc: AnnotatedDocument, before: int, source: SelectedSource | None, number: int) -> bool:
    """Return whether quotation `number` ends the paragraph in which the name of `source` reports the one before it.

    “Q,” said Ann Lee, an aide to Bob Roe. “Q.”: whoever else stands between them is part of what is said of Lee.
    """
    if source is None or source.method != AttributionMethod.NAME or source.items is not None or source.mention < 0:
        return False
    outline, first, at = doc.outline, doc.item_of_quotation[before], doc.item_of_quotation[number]
    paragraph, mention = outline.paragraph[at], doc.mentions[source.mention]
    if outline.paragraph[first] != paragraph or not first < mention.first < mention.last < at:
        return False
    behind = past_party_tag(outline, mention.last)
    beside = (first + 1, mention.first - 1, behind, behind + 1)
    is_last = all(not word[0].isalnum() for word in outline.words[at + 1 : doc.paragraph_last[paragraph] + 1])
    return is_last and outline.opens_sentence(at) and any(doc.cue_weights[k] >= SPEAKING_CUE for k in beside)


def _said_by_another(doc: AnnotatedDocument, at: int) -> bool:
    """Whether the clause beside the quotation at item `at` names nobody: "said another", "Another said"."""
    lower, words, cues = doc.outline.lower, doc.outline.words, doc.cue_weights
    start = at + 1 + (words[at + 1 : at + 2] == [","])
    after = lower[start : start + 3]
    if (
        len(after) > 1
        and cues[start] >= _PLAIN_CUE
        and after[1] in _NOBODIES
        and (len(after) < 3 or after[2] in _STOPS)
    ):
        return True
    if len(after) > 1 and after[0] in _NOBODIES and cues[start + 1] >= _PLAIN_CUE:
        return True
    end = at - (at > 0 and words[at - 1] in (",", ":"))
    return (
        end >= 2
        and cues[end - 1] >= _PLAIN_CUE
        and lower[end - 2] in _NOBODIES
        and (end == 2 or doc.outline.sentence[end - 3] != doc.outline.sentence[end - 2])
    )


def _without_owners(doc: AnnotatedDocument, ranking: Ranking) -> Ranking:
    """Return the ranking with each owner's probability given to what he owns, where that is what speaks, and that of a house
    to who speaks for it: to Lee in "Lee of the Harbour Council said"; that of a thing to whom it tells of (`whole_subject`).
    """
    merged: dict[int, float] = {}
    for mention, probability in ranking:
        speaking = _subject_around(doc, whole_subject(doc, possessed_mention(doc, who_states(doc, mention))))
        if speaking is not None and not says_nothing(doc, speaking):
            merged[speaking] = merged.get(speaking, 0.0) + probability
    return sorted(merged.items(), key=lambda pair: -pair[1])


def _subject_around(doc: AnnotatedDocument, mention: int) -> int | None:
    """Return the subject of the reporting word right behind a name; the mention itself where it is that, or no word is there.

    None where a name without a title is no subject and none is found: "emails seen by the Harbour Council said".
    """
    named, low = doc.mentions[mention], doc.outline.lower
    at = past_party_tag(doc.outline, named.last)
    has_comma = doc.outline.words[at : at + 1] == [","]
    at += has_comma
    if named.kind != MentionKind.NAME or at >= len(doc.outline) or doc.cue_weights[at] < SPEAKING_CUE:
        return mention
    subject = clause_subject(doc, at)
    if subject is not None:
        return min(subject, mention)
    # Not "with Lee saying", but "Roe, speaking with the Harbour Council, said".
    begin = named.first - (low[named.first - 1 : named.first] == ["the"])
    before = low[begin - 1 : begin]
    if low[at].endswith("ing") and not has_comma and before == ["of"]:
        holder = mention_before(doc, begin - 1)
        return mention if holder is None else holder  # "President Lee of Norvik calling", not "news of Lee calling"
    is_told = before == ["to"] and not has_comma  # "a letter to Lee saying"
    is_with = not has_comma and low[named.first - 1 : named.first] == ["with"]
    is_absolute = is_with or (low[at].endswith("ing") and not is_told)
    return None if not (named.title or is_absolute) and is_governed(doc, named) else mention


def _certain_source(doc: AnnotatedDocument, at: int) -> int | None:
    """Return the mention that the words beside the quotation at item `at` leave no doubt about, if any.

    "Ann quoted Bob as saying Q", "Ann calls herself Q", "Q, in the words of Ann", "in Ann's words, Q".
    """
    lower = doc.outline.lower
    first = bisect_left(doc.outline.sentence, doc.outline.sentence[at])
    before = lower[max(first, at - _ITEMS_BEFORE) : at]
    source_item = _after_phrase(lower, at)
    if source_item is not None:
        return _mention_at(doc, source_item)
    unnamed = _said_by_one(doc, at)
    if unnamed is not None:
        return unnamed
    while before and before[-1] in (",", ":"):
        before.pop()
    named = _quoted_from(doc, max(first, at - _ITEMS_BEFORE), before)
    if named is not None:
        return named
    end = max(first, at - _ITEMS_BEFORE) + len(before)
    if before[-1:] == ["words"] and before[-2:-1] and before[-2] in ("'s", "’s"):
        return mention_before(doc, end - 2)
    if before[-1:] and before[-1] in _REFLEXIVES:
        before, end = before[:-1], end - 1
        if before[-1:] and before[-1].startswith(_NAMING_STEMS) and before[-2:-1] != ["as"]:
            return _subject_before(doc, end - 1, first)
    if len(before) >= 3 and before[-2] == "as" and before[-1].endswith("ing") and cue_weight(before[-1]) > 0:
        quoted = mention_before(doc, end - 2)
        if (
            quoted is not None and lower[doc.mentions[quoted].first - 1] in _WHERE
        ):  # "quoted Lee on Harbourgram as saying"
            quoted = mention_before(doc, doc.mentions[quoted].first - 1) or quoted
        return quoted
    return None


def _is_chanted(doc: AnnotatedDocument, at: int) -> bool:
    """Whether a crowd chants the quotation at item `at`: "chants of “Run” and “Stay”"."""
    lower, quotation = doc.outline.lower, doc.outline.quotation
    while at > 1 and (quotation[at - 1] >= 0 or (lower[at - 1] in _JOINING and quotation[at - 2] >= 0)):
        at -= 1
    return at > 1 and lower[at - 1] == "of" and lower[at - 2] in _CHANTS


def _is_of_many(doc: AnnotatedDocument, mention: int) -> bool:
    """Whether a mention may be a crowd: a noun or a body that nothing governs, and nobody by name."""
    named, entity = doc.mentions[mention], doc.entity_of[mention]
    if is_governed(doc, named):
        return False
    is_one = entity >= 0 and (doc.entities[entity].person or doc.entities[entity].place)
    return named.kind == MentionKind.NOMINAL or not (is_one or named.head.lower() in PRONOUN_GENDERS)


def _said_by_one(doc: AnnotatedDocument, at: int) -> int | None:
    """Return the sailor in "“Q,” said a sailor, according to the Herald", whoever else is near."""
    quotation = doc.quotations[doc.outline.quotation[at]]
    verb = at + 1 + (doc.outline.words[at + 1 : at + 2] == [","])
    is_closed = verb > at + 1 or doc.outline.text[quotation.end - 1] in _ENDS_OF_SPEECH
    if not is_closed or verb + 1 >= len(doc.outline) or doc.outline.lower[verb + 1] not in INDEFINITE:
        return None
    index = bisect_left(doc.mention_starts, verb + 2) - 1  # the longest: "a law" begins there, too, in "a law officer"
    is_there = index >= 0 and doc.mentions[index].first == verb + 1
    is_nominal = is_there and doc.mentions[index].kind == MentionKind.NOMINAL
    is_finite = not doc.outline.lower[verb].endswith("ing")  # not "“Q,” suggesting a talk of some kind"
    return index if is_nominal and is_finite and doc.cue_weights[verb] >= _PLAIN_CUE else None


def _who_did_not_say(doc: AnnotatedDocument, number: int) -> int | None:
    """Return Ann in "Ann has never said Q, her office said": the mention right before the words that deny."""
    item = denying_item(doc, number)
    if item is None:
        return None
    while item > 0 and doc.outline.lower[item - 1] in _AUXILIARIES:
        item -= 1
    return mention_before(doc, item)


def _quoted_from(doc: AnnotatedDocument, start: int, before: Sequence[str]) -> int | None:
    """Return Ann in "a fake quote from Ann: Q" and "a remark attributed to Ann, Q": the mention that ends right at Q."""
    for k in range(len(before) - 2, 0, -1):
        phrase = (before[k - 1], before[k])
        if phrase == ("attributed", "to") or (before[k] in ("from", "by") and before[k - 1] in _QUOTES):
            return mention_before(doc, start + len(before))
    return None


def _after_phrase(lower: Sequence[str], at: int) -> int | None:
    """Return the item after "in the words of" when that follows the quotation at item `at`, past one mark at most."""
    for phrase in _IN_THE_WORDS_OF:
        for start in (at + 1, at + 2):
            if list(lower[start : start + len(phrase)]) == phrase and start + len(phrase) <= at + 1 + _ITEMS_AFTER:
                return start + len(phrase)
    return None


def _mention_at(doc: AnnotatedDocument, item: int) -> int | None:
    """Return the mention that begins at an item of the outline or right after its article."""
    index = bisect_left(doc.mention_starts, item)
    return index if index < len(doc.mention_starts) and doc.mention_starts[index] - item <= 1 else None


def _subject_before(doc: AnnotatedDocument, verb: int, first: int) -> int | None:
    """Return the nearest mention before a verb, from item `first` on, that is not "according to" somebody."""
    index = bisect_left(doc.mention_starts, verb) - 1
    while index >= 0 and doc.mention_starts[index] >= first:
        start = doc.mention_starts[index]
        if "according" not in doc.outline.lower[max(0, start - 3) : start + 1]:
            return index
        index -= 1
    return None


def _inner_source(doc: AnnotatedDocument, outer: int, at: int) -> int | None:
    """Return Ann in "Bob said that Ann had said Q": the subject of the clause right at the quotation at item `at`."""
    mentions, lower, cues = doc.mentions, doc.outline.lower, doc.cue_weights
    first = mentions[outer]
    if outer + 1 >= len(mentions) or not first.last < at:
        return None
    report = first.last + lower[first.last].endswith("ly")  # "falsely claimed that"
    if cues[report] < _PLAIN_CUE:
        return None
    inner = mentions[outer + 1]
    verb = doc.next_cue[inner.last] if inner.last < at else -1
    embedded = lower[report + 1 : inner.first] in (["that"], []) and 0 <= verb - inner.last <= 2
    close = 0 < at - verb <= 2 and cues[verb] >= _PLAIN_CUE
    return outer + 1 if embedded and close and lower[inner.last : verb] in ([], *_LINKS) else None


def likeliest_others(source: SelectedSource) -> Iterator[tuple[str, float]]:
    """Yield the other speakers that were considered with their probabilities, likeliest first."""
    # The winner of a joint subject ("Ann Lee and Bob Roe") stands in `speakers` under its own name: the first of them.
    ranked = sorted(source.speakers.items(), key=lambda pair: -pair[1])
    yield from ranked[1:]
