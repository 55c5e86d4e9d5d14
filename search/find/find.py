"""`find`: a query in, every version of the quote out. The one line that the command, the page and the API all call."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain

from search.find import filters
from search.find.classify import by_group, by_stems, judged, kin, likely
from search.find.retrieve import named, numbers_passing, passing, retrieved
from search.matching.compare import compare, differing
from search.matching.similarity import words_of
from search.model import Hit, Match, Query, Quote, Result, Version
from search.storage.analysed_quotes import Reading
from search.storage.store import Store
from search.utterances.clustering import STOCK, weight

POOL = 200  # candidates that are ranked
SPEAKER = 0.15  # what the speaker of a sure version counts for one that is not
STRANGER = 0.35  # what one by another speaker than all sure ones must have
POSSIBLE = 8  # versions shown that are no sure ones
MEMBERS = 1_000  # quotes that are shown because others of their version groups were found
MANY = 3  # speakers of the same few words, from which they are a stock phrase
FACET = 30  # values shown of a facet


def find(store: Store, query: Query) -> Result:
    """The versions that answer `query`, sure ones first, each with all its quotes; `took_ms` is wall time."""
    started = time.perf_counter()
    store.catch_up_if_free()
    narrowed = filters.asked(query, store)
    hits_ = _hits(store, query, retrieved(store, query, narrowed, POOL))
    groups = store.versions.groups(hits_)
    hits_ |= _companions(store, query, hits_, groups)
    if narrowed is not None:
        kept = numbers_passing(store, list(hits_), narrowed)
        hits_ = {number: hit for number, hit in hits_.items() if number in kept}
    versions = _versions(store, hits_, groups)
    # Without words the order is that of the list, newest first.
    versions = _ranked(versions) if query.text else versions
    quotes = [hit.quote for version in versions for hit in version.hits]
    return Result(
        query=query,
        total_quotes=len(quotes),
        total_versions=len(versions),
        versions=tuple(_shown(query, versions[query.offset : query.offset + query.limit])),
        facets=_facets(quotes),
        notes=_notes(query, versions) if versions else (_why_nothing(store, narrowed=narrowed is not None),),
        took_ms=(time.perf_counter() - started) * 1000,
    )


def hits(store: Store, query: Query, limit: int) -> list[Hit]:
    """The best `limit` quotes for `query`, one by one, without what differs: what `find --batch` prints a line.

    In the order of the index, each followed at once by the other members of its version group. What is no sure version
    is in too, as "reworded" with its low score: whoever asks for a list of so many wants to judge for himself.
    """
    narrowed = filters.asked(query, store)
    read = {one.number: one for one in retrieved(store, query, narrowed, max(limit, POOL), ordered=True)}
    groups = store.versions.groups(read)
    ordered: dict[int, list[int]] = {}
    for number in read:
        ordered.setdefault(groups[number], []).append(number)
    if not query.exact:
        others: dict[int, list[int]] = {}
        for number, group in store.versions.members(ordered).items():
            if number not in read:
                others.setdefault(group, []).append(number)
        for group, some in others.items():
            ordered[group] += some[:MEMBERS]
    usual = filters.default(query)
    condition = usual if narrowed is None else usual & narrowed
    numbers = list(chain.from_iterable(ordered.values()))
    answer: list[Hit] = []
    while numbers and len(answer) < limit:
        some, numbers = numbers[:limit], numbers[limit:]
        quotes = passing(store, some, condition)
        answer += _listed(query, [(quotes[number], read.get(number)) for number in some if number in quotes])
    return answer[:limit]


def _listed(query: Query, some: Sequence[tuple[Quote, Reading | None]]) -> Iterator[Hit]:
    """Some quotes, each with how it relates to the query, as a list for a machine has them."""
    for quote, one in some:
        match = (by_stems(query, one, scored=True) if one else None) or judged(query, quote.text)
        if match.kind != "different":
            yield Hit(quote, match)
        elif not query.exact:
            yield Hit(quote, replace(match, kind="reworded", score=min(match.score, 0.2)))


def version_id(store: Store, any_id: str) -> str:
    """The id of the version that a quote belongs to; QuoteNotFound if no quote has that id."""
    number = store.number_of(any_id)
    group = store.versions.groups([number])[number]
    return store.version_ids([group]).get(group, any_id)


def version(store: Store, any_id: str, *, possible: bool = True) -> Version:
    """The version that a quote belongs to, each of its quotes compared with the earliest known.

    Also what else may be it, if `possible` versions are wanted. Raises QuoteNotFound if no quote has that id.
    """
    number = store.number_of(any_id)
    group = store.versions.groups([number])[number]
    quotes = named(store, store.archive.quotes(list(store.versions.members([group]))))
    ordered = sorted(quotes.values(), key=_earliest)
    first = ordered[0]
    matches: dict[tuple[str, str | None], Match] = {}
    for quote in ordered:
        # Wire copies have one wording in many places.
        if (quote.text, quote.speaker) not in matches:
            matches[quote.text, quote.speaker] = compare(
                first.text, quote.text, a_speaker=first.speaker, b_speaker=quote.speaker
            )
    hits_ = {number: Hit(quote, matches[quote.text, quote.speaker]) for number, quote in quotes.items()}
    whole = _version(
        store.version_ids([group]).get(group), sorted(hits_.values(), key=lambda hit: _earliest(hit.quote))
    )
    return replace(whole, possible=_possible(store, Query(first.text), hits_)) if possible else whole


def _possible(store: Store, query: Query, hits_: dict[int, Hit]) -> tuple[Version, ...]:
    """Versions that may be the same utterance as some hits of one version, most likely first."""
    others = {number: hit for number, hit in kin(store, query, hits_).items() if number not in hits_}
    versions = _versions(store, others, store.versions.groups(others))
    versions.sort(key=lambda version: (-version.match.score, version.id))
    return tuple(_shown(query, versions[:POSSIBLE]))


def _hits(store: Store, query: Query, read: Sequence[Reading]) -> dict[int, Hit]:
    """Those of the candidates that are answers, by number."""
    verdicts: dict[str, Match] = {}  # wire copies have one wording in many places
    for one in read:
        if one.text not in verdicts:
            verdicts[one.text] = by_stems(query, one) or judged(query, one.text)
    matches = {one.number: verdicts[one.text] for one in read}
    sure = {one.document_id for one in read if matches[one.number].kind not in ("different", "reworded")}
    for one in read:
        if matches[one.number].kind == "different" and (found := likely(query, one, sure)):
            matches[one.number] = found
    kept = [number for number, match in matches.items() if match.kind != "different"]
    quotes = named(store, store.archive.quotes(kept))
    # What was taken out meanwhile is no answer.
    hits_ = {number: Hit(quotes[number], matches[number]) for number in kept if number in quotes}
    # A quote around a nested one that is found itself says the same thing once more, in the same place.
    around = {hit.quote.parent for hit in hits_.values() if hit.quote.parent}
    hits_ = {n: hit for n, hit in hits_.items() if hit.quote.id not in around or hit.match.kind == "exact"}
    return hits_ | (kin(store, query, hits_) if query.text and not query.exact else {})


def _companions(store: Store, query: Query, hits_: Mapping[int, Hit], groups: dict[int, int]) -> dict[int, Hit]:
    """The members of the hits' version groups that the words alone did not find; their groups go into `groups`."""
    if not query.text or query.exact:
        return {}
    best: dict[int, Match] = {}
    for number, hit in hits_.items():
        best[groups[number]] = max(best.get(groups[number], hit.match), hit.match, key=lambda match: match.score)
    others = {number: group for number, group in store.versions.members(best).items() if number not in hits_}
    quotes = passing(store, list(others)[:MEMBERS], filters.default(query))
    groups |= others
    matches = {(quote.text, others[n]): by_group(query, quote.text, best[others[n]]) for n, quote in quotes.items()}
    return {number: Hit(quote, matches[quote.text, others[number]]) for number, quote in quotes.items()}


def _versions(store: Store, hits_: Mapping[int, Hit], groups: Mapping[int, int]) -> list[Version]:
    """The hits by version group, in the order in which their first ones come."""
    grouped: dict[int, list[Hit]] = {}
    for number, hit in hits_.items():
        grouped.setdefault(groups[number], []).append(hit)
    ids = store.version_ids(grouped)
    return [_version(ids.get(group), some) for group, some in grouped.items()]


def _version(id_: str | None, some: Sequence[Hit]) -> Version:
    ordered = sorted(some, key=lambda hit: (hit.match.kind == "reworded", -hit.match.score, _earliest(hit.quote)))
    quotes = [hit.quote for hit in ordered]
    best = ordered[0]
    texts = {quote.text for quote in quotes}
    return Version(
        id=id_ or best.quote.id,
        text=best.quote.text,
        match=best.match,
        hits=tuple(ordered),
        first_published=min((quote.published for quote in quotes if quote.published), default=None),
        outlets=_distinct(quote.outlet for quote in sorted(quotes, key=_earliest)),
        speakers=_distinct(quote.speaker for quote in quotes),
        wordings=len({tuple(word.key for word in words_of(text)) for text in texts}) if len(texts) > 1 else 1,
    )


def _shown(query: Query, versions: Iterable[Version]) -> Iterator[Version]:
    """The versions of a page with what differs between the query and each quote."""
    if not query.text:
        yield from versions
        return
    for version in versions:
        differences = {text: differing(query.text, text) for text in {hit.quote.text for hit in version.hits}}
        hits_ = [
            replace(hit, match=replace(hit.match, differences=differences[hit.quote.text])) for hit in version.hits
        ]
        yield replace(version, match=hits_[0].match, hits=tuple(hits_))


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


def _notes(query: Query, versions: Sequence[Version]) -> tuple[str, ...]:
    """What a person is warned of."""
    if not query.text or weight(query.text) >= STOCK:
        return ()
    speakers = {hit.quote.speaker for one in versions for hit in one.hits if hit.match.kind == "exact"} - {None}
    return (
        (f"A stock phrase: {len(speakers)} speakers are quoted with these very words.",)
        if len(speakers) >= MANY
        else ()
    )


def _why_nothing(store: Store, *, narrowed: bool) -> str:
    """What a person is told about an empty answer."""
    if not store.archive.count("quotes"):
        return "This archive is empty: `quotes index PATH` reads articles into it."
    if narrowed:
        return "No quote with these words passes the filters: leave some out."
    return "No quote in this archive has these words: try fewer or rarer ones."
