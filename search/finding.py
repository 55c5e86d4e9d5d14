"""`find`: a query in, every version of the quote out. The one line that the command, the page and the API all call."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from search.candidates import candidates
from search.compare import compare
from search.errors import QuoteNotFound
from search.filters import Condition, condition, holds
from search.model import Hit, Match, Query, Quote, Result, Version
from search.normalise import key
from search.relevance import NEAR, kinship, relevance
from search.store import Store
from search.stores import Numbers

POOL = 200  # candidates that are read and compared
LISTED = 1_000  # quotes that a query without words lists at most
TYPED = 0.7  # the score of a quote that has the very words that were typed, however little they say
SPEAKER = 0.15  # what the speaker of a sure version counts for one that is not
STRANGER = 0.35  # what one by another speaker than all sure ones must have
POSSIBLE = 8  # versions shown that are no sure ones
RELEVANT = 0.55  # the share of a query's words from which a quote that is no sure version is worth showing
KIN = 0.16  # the kinship from which a quote may be another translation of the best hit
FACET = 30  # values shown of a facet


def find(store: Store, query: Query) -> Result:
    """The versions that answer `query`, sure ones first, each with all its quotes; `took_ms` is wall time."""
    started = time.perf_counter()
    store.catch_up_if_free()
    allowed = condition(query, store)
    found = _grouped(store, query, allowed)
    page = found[query.offset : query.offset + query.limit]
    quotes = [hit.quote for version in found for hit in version.hits]
    return Result(
        query=query,
        total_quotes=len(quotes),
        total_versions=len(found),
        versions=tuple(page),
        facets=_facets(quotes),
        notes=_notes(store, query, found),
        took_ms=(time.perf_counter() - started) * 1000,
    )


def hits(store: Store, query: Query, limit: int) -> list[Hit]:
    """The best `limit` quotes for `query`, one by one: what `find --batch` prints a line.

    In the order of the index, each followed at once by the other members of its version group. What is no sure version
    is in too, as "reworded" with its low score: whoever asks for a list of so many wants to judge for himself.
    """
    allowed = condition(query, store)
    found = _retrieved(store, query, allowed, max(limit, POOL))
    groups = store.versions.groups([one.number for one in found])
    ordered: dict[int, list[_Found]] = {}
    for one in found:
        ordered.setdefault(groups[one.number], []).append(one)
    known = {one.number for one in found}
    answer: list[Hit] = []
    for group, some in ordered.items():
        if len(answer) >= limit:
            break
        others = [] if query.exact else [n for n in store.versions.members([group]) if n not in known]
        quotes = [one.quote for one in some] + list(_allowed(store, others, allowed).values())
        for quote in quotes:
            match = _judged(query, quote)
            if match.kind != "different":
                answer.append(Hit(quote, match))
            elif not query.exact:
                answer.append(Hit(quote, replace(match, kind="reworded", score=min(match.score, 0.2))))
    return answer[:limit]


def version(store: Store, any_id: str) -> Version:
    """The version that a quote belongs to, each of its quotes compared with the earliest known.

    Raises QuoteNotFound if no quote has that id.
    """
    number = store.archive.number_of(any_id)
    if number is None:
        raise QuoteNotFound(f"There is no quote {any_id!r} in this archive.")
    group = store.versions.groups([number])[number]
    quotes = _named(store, store.archive.quotes(store.versions.members([group])))
    ordered = sorted(quotes.values(), key=_earliest)
    first = ordered[0]
    return _version(store, group, [Hit(quote, compare_quotes(first, quote)) for quote in ordered])


def compare_quotes(one: Quote, other: Quote) -> Match:
    """How the wording of `other` relates to that of `one`, with what is known of who said them and when."""
    return compare(
        one.text,
        other.text,
        a_speaker=one.speaker,
        b_speaker=other.speaker,
        a_published=one.published,
        b_published=other.published,
    )


@dataclass(frozen=True, slots=True)
class _Found:
    """A quote that may be an answer, with its number and what the index says for it (any positive scale)."""

    number: int
    quote: Quote
    weight: float


def _retrieved(store: Store, query: Query, allowed: Condition, pool: int) -> list[_Found]:
    """The quotes that may answer the query and pass its filters, most promising first."""
    if not query.text:
        numbers = store.archive.numbers_where(
            f"{allowed.sql} ORDER BY published DESC, number LIMIT {LISTED}", allowed.values
        )
        listed = _named(store, store.archive.quotes(numbers))
        return [_Found(number, listed[number], 1.0) for number in numbers]
    with store.reading() as reader:
        ranked = candidates(
            reader,
            query.text,
            limit=pool,
            accept=_accepted(store, allowed) if allowed.explicit else None,
            texts=lambda numbers: _texts(store, numbers),
        )
    quotes = _allowed(store, [number for number, _ in ranked], allowed)
    return [
        _Found(number, quotes[number], weight)
        for number, weight in ranked
        if number in quotes and not (query.without and holds(key(quotes[number].text), query.without))
    ]


def _judged(query: Query, quote: Quote) -> Match:
    """How a quote relates to the query; "different" if it is no answer at all."""
    if not query.text:
        return Match("exact", 1.0, reason="it passes the filters")
    match = compare(query.text, quote.text)
    if match.kind != "exact" and holds(key(quote.text), [query.text]):
        # Two words say too little for a verdict on two quotes, but whoever types them means the quotes that have them.
        return replace(match, kind="part", score=max(match.score, TYPED), reason="the quote has these words")
    if query.exact:
        return match if match.kind == "exact" else replace(match, kind="different")
    return match


def _likely(query: Query, quote: Quote, match: Match, near: Collection[str]) -> Match:
    """The same for a quote that is no version by its words alone; `near` are the documents that have a sure one."""
    share = relevance(query.text, quote, around=quote.document_id not in near)
    if query.exact or share < RELEVANT:
        return match
    return replace(match, kind="reworded", score=0.5 * share, reason="it has most of these words, in other forms")


def _accepted(store: Store, allowed: Condition) -> Callable[[Numbers], npt.NDArray[np.bool_]]:
    numbers = np.array(store.archive.numbers_where(allowed.sql, allowed.values), dtype=np.int64)
    return lambda asked: np.isin(asked, numbers)


def _texts(store: Store, numbers: Sequence[int]) -> list[str]:
    found = store.archive.quotes(numbers)
    return [found[number].text if number in found else "" for number in numbers]


def _allowed(store: Store, numbers: Sequence[int], allowed: Condition) -> dict[int, Quote]:
    """The quotes of these numbers that meet the condition."""
    if not numbers:
        return {}
    marks = ",".join(str(int(number)) for number in numbers)
    return _named(store, dict(store.archive.quotes_where(f"number IN ({marks}) AND {allowed.sql}", allowed.values)))


def _named(store: Store, quotes: Mapping[int, Quote]) -> dict[int, Quote]:
    """Quotes with the speaker that their name stands for across documents; with none where that is too unsure."""
    who, least = store.speakers(), store.min_confidence
    return {
        number: quote
        if quote.speaker is None
        else replace(quote, speaker=who.of(quote.speaker) if quote.confidence >= least else None)
        for number, quote in quotes.items()
    }


def _grouped(store: Store, query: Query, allowed: Condition) -> list[Version]:
    """The answers by version group, each group with the members that the words alone did not find, best first."""
    found = _retrieved(store, query, allowed, POOL)
    hits = {one.number: Hit(one.quote, _judged(query, one.quote)) for one in found}
    near = {hit.quote.document_id for hit in hits.values() if hit.match.kind not in ("different", "reworded")}
    hits = {
        n: Hit(hit.quote, _likely(query, hit.quote, hit.match, near)) if hit.match.kind == "different" else hit
        for n, hit in hits.items()
    }
    hits = {number: hit for number, hit in hits.items() if hit.match.kind != "different"}
    # A quote around a nested one that is found itself says the same thing once more, in the same place.
    around = {hit.quote.parent for hit in hits.values() if hit.quote.parent}
    hits = {n: hit for n, hit in hits.items() if hit.quote.id not in around or hit.match.kind == "exact"}
    if query.text and not query.exact:
        hits |= _kin(store, hits, allowed)
    groups = store.versions.groups(hits)
    by_group: dict[int, list[Hit]] = {}
    for number, hit in hits.items():
        by_group.setdefault(groups[number], []).append(hit)
    if query.text and not query.exact:
        for number, group in _companions(store, by_group, hits).items():
            for quote in _allowed(store, [number], allowed).values():
                by_group[group].append(Hit(quote, _by_group(query.text, quote, by_group[group][0].match)))
    versions = [_version(store, group, some) for group, some in by_group.items()]
    # The dictionary kept the order of a list without words, newest first.
    return _ranked(versions) if query.text else versions


def _kin(store: Store, hits: Mapping[int, Hit], allowed: Condition) -> dict[int, Hit]:
    """Quotes of the best hit's speaker in other documents that may be another translation of it."""
    best = max(hits.values(), key=lambda hit: (hit.match.kind != "reworded", hit.match.score), default=None)
    if best is None or best.quote.speaker is None:
        return {}
    one = best.quote
    with store.reading() as reader:
        ranked = candidates(reader, f"{one.before[-NEAR:]} {one.text} {one.after[:NEAR]}", limit=POOL)
    unsure = {number for number, hit in hits.items() if hit.match.kind == "reworded"}
    numbers = [number for number, _ in ranked if number not in hits or number in unsure]
    found: dict[int, Hit] = {}
    for number, other in _allowed(store, numbers, allowed).items():
        if other.speaker != one.speaker or other.document_id == one.document_id:
            continue
        kin = kinship(one, other)
        known = hits[number].match.score if number in hits else 0.0
        if kin >= KIN and kin > known:
            match = compare(one.text, other.text)
            found[number] = Hit(
                other,
                Match(
                    "reworded", round(min(kin, 0.5), 4), match.differences, (), "the same speaker on the same matter"
                ),
            )
    return found


def _companions(store: Store, groups: Collection[int], known: Collection[int]) -> dict[int, int]:
    """The members of version groups that are not known yet, each with its group."""
    members = [number for number in store.versions.members(groups) if number not in known]
    return store.versions.groups(members)


def _by_group(text: str, quote: Quote, best: Match) -> Match:
    """The match of a quote that is in because of its group: another translation may share no word with the query."""
    match = compare(text, quote.text)
    if match.kind != "different":
        return match
    return replace(match, kind="reworded", score=min(best.score, 0.5) * 0.9, reason="a version of another hit")


def _version(store: Store, group: int, some: Sequence[Hit]) -> Version:
    ordered = sorted(some, key=lambda hit: (hit.match.kind == "reworded", -hit.match.score, _earliest(hit.quote)))
    quotes = [hit.quote for hit in ordered]
    best = ordered[0]
    return Version(
        id=store.version_id(group) or best.quote.id,
        text=best.quote.text,
        match=best.match,
        hits=tuple(ordered),
        first_published=min((quote.published for quote in quotes if quote.published), default=None),
        outlets=_distinct(quote.outlet for quote in sorted(quotes, key=_earliest)),
        speakers=_distinct(quote.speaker for quote in quotes),
        wordings=len({key(quote.text) for quote in quotes}),
    )


def _ranked(versions: Sequence[Version]) -> list[Version]:
    """Sure versions first, best first; then the few most likely of the others, those of the same speakers before."""
    sure = [version for version in versions if version.match.kind != "reworded"]
    speakers = {speaker for version in sure for speaker in version.speakers}
    possible = [
        version
        for version in versions
        if version.match.kind == "reworded"
        and (not speakers or version.match.score >= STRANGER or not speakers.isdisjoint(version.speakers))
    ]
    possible.sort(
        key=lambda version: (-version.match.score - SPEAKER * (not speakers.isdisjoint(version.speakers)), version.id)
    )
    sure.sort(key=lambda version: (-version.match.score, version.first_published or "9", version.id))
    return sure + possible[:POSSIBLE]


def _earliest(quote: Quote) -> tuple[str, str]:
    """Sorts earliest known first; what has no date stands last."""
    return (quote.published or "9", quote.id)


def _distinct(values: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in values if value))


def _facets(quotes: Sequence[Quote]) -> Mapping[str, tuple[tuple[str, int], ...]]:
    values: dict[str, Counter[str]] = {
        "speaker": Counter(quote.speaker for quote in quotes if quote.speaker),
        "outlet": Counter(quote.outlet for quote in quotes if quote.outlet),
        "year": Counter(quote.published[:4] for quote in quotes if quote.published),
        "language": Counter(quote.language for quote in quotes if quote.language),
        "kind": Counter(quote.kind for quote in quotes),
    }
    return {
        name: tuple(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:FACET])
        for name, counts in values.items()
    }


def _notes(store: Store, query: Query, found: Sequence[Version]) -> tuple[str, ...]:
    """What a person is told about an answer that may disappoint."""
    if found:
        return ()
    if not store.archive.count("quotes"):
        return ("This archive is empty: `quotes index PATH` reads articles into it.",)
    if condition(query, store).explicit:
        return ("No quote with these words passes the filters: leave some out.",)
    return ("No quote in this archive has these words: try fewer or rarer ones.",)
