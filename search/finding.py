"""`find`: a query in, every version of the quote out. The one line that the command, the page and the API all call."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from search import filters
from search.compare import compare
from search.judging import by_group, judged, kin, likely
from search.model import Hit, Match, Query, Quote, Result, Version
from search.normalise import key
from search.retrieval import Found, named, passing, retrieved
from search.store import Store

POOL = 200  # candidates that are ranked
SPEAKER = 0.15  # what the speaker of a sure version counts for one that is not
STRANGER = 0.35  # what one by another speaker than all sure ones must have
POSSIBLE = 8  # versions shown that are no sure ones
MEMBERS = 1_000  # quotes that are shown because others of their version groups were found
FACET = 30  # values shown of a facet


def find(store: Store, query: Query) -> Result:
    """The versions that answer `query`, sure ones first, each with all its quotes; `took_ms` is wall time."""
    started = time.perf_counter()
    store.catch_up_if_free()
    narrowed = filters.asked(query, store)
    found = retrieved(store, query, narrowed, POOL)
    hits_ = _hits(store, query, found)
    hits_ |= _companions(store, query, hits_)
    if narrowed is not None:
        kept = passing(store, list(hits_), narrowed)
        hits_ = {number: hit for number, hit in hits_.items() if number in kept}
    versions = _versions(store, hits_)
    # Without words the order is that of the list, newest first.
    versions = _ranked(versions) if query.text else versions
    quotes = [hit.quote for version in versions for hit in version.hits]
    return Result(
        query=query,
        total_quotes=len(quotes),
        total_versions=len(versions),
        versions=tuple(versions[query.offset : query.offset + query.limit]),
        facets=_facets(quotes),
        notes=() if versions else (_why_nothing(store, narrowed=narrowed is not None),),
        took_ms=(time.perf_counter() - started) * 1000,
    )


def hits(store: Store, query: Query, limit: int) -> list[Hit]:
    """The best `limit` quotes for `query`, one by one: what `find --batch` prints a line.

    In the order of the index, each followed at once by the other members of its version group. What is no sure version
    is in too, as "reworded" with its low score: whoever asks for a list of so many wants to judge for himself.
    """
    narrowed = filters.asked(query, store)
    found = retrieved(store, query, narrowed, max(limit, POOL), all_of_them=True)
    groups = store.versions.groups([one.number for one in found])
    ordered: dict[int, list[Found]] = {}
    for one in found:
        ordered.setdefault(groups[one.number], []).append(one)
    usual = filters.default(query)
    known = {one.number for one in found}
    answer: list[Hit] = []
    for group, some in ordered.items():
        if len(answer) >= limit:
            break
        others = [] if query.exact else [n for n in store.versions.members([group]) if n not in known]
        quotes = {one.number: one.quote for one in some} | passing(store, others[:MEMBERS], usual)
        kept = quotes if narrowed is None else passing(store, list(quotes), narrowed)
        for number, quote in quotes.items():
            match = judged(query, quote)
            if number not in kept or (query.exact and match.kind == "different"):
                continue
            if match.kind == "different":
                match = replace(match, kind="reworded", score=min(match.score, 0.2))
            answer.append(Hit(quote, match))
    return answer[:limit]


def version(store: Store, any_id: str) -> Version:
    """The version that a quote belongs to, each of its quotes compared with the earliest known.

    Raises QuoteNotFound if no quote has that id.
    """
    number = store.number_of(any_id)
    group = store.versions.groups([number])[number]
    quotes = named(store, store.archive.quotes(store.versions.members([group])))
    ordered = sorted(quotes.values(), key=_earliest)
    first = ordered[0]
    matches: dict[tuple[str, str | None], Match] = {}
    for quote in ordered:
        # Wire copies have one wording in many places.
        if (quote.text, quote.speaker) not in matches:
            matches[quote.text, quote.speaker] = compare(
                first.text, quote.text, a_speaker=first.speaker, b_speaker=quote.speaker
            )
    return _version(store, group, [Hit(quote, matches[quote.text, quote.speaker]) for quote in ordered])


def _hits(store: Store, query: Query, found: Sequence[Found]) -> dict[int, Hit]:
    """Those of the candidates that are answers, by number."""
    hits_ = {one.number: Hit(one.quote, judged(query, one.quote)) for one in found}
    sure = {hit.quote.document_id for hit in hits_.values() if hit.match.kind not in ("different", "reworded")}
    for number, hit in hits_.items():
        if hit.match.kind == "different":
            hits_[number] = replace(hit, match=likely(query, hit.quote, hit.match, near=sure))
    hits_ = {number: hit for number, hit in hits_.items() if hit.match.kind != "different"}
    # A quote around a nested one that is found itself says the same thing once more, in the same place.
    around = {hit.quote.parent for hit in hits_.values() if hit.quote.parent}
    hits_ = {n: hit for n, hit in hits_.items() if hit.quote.id not in around or hit.match.kind == "exact"}
    return hits_ | (kin(store, query, hits_) if query.text and not query.exact else {})


def _companions(store: Store, query: Query, hits_: Mapping[int, Hit]) -> dict[int, Hit]:
    """The members of the hits' version groups that the words alone did not find."""
    if not query.text or query.exact:
        return {}
    groups = store.versions.groups(hits_)
    best: dict[int, Match] = {}
    for number, hit in hits_.items():
        best[groups[number]] = max(best.get(groups[number], hit.match), hit.match, key=lambda match: match.score)
    members = [number for number in store.versions.members(best) if number not in hits_][:MEMBERS]
    of = store.versions.groups(members)
    quotes = passing(store, members, filters.default(query))
    return {number: Hit(quote, by_group(query, quote, best[of[number]])) for number, quote in quotes.items()}


def _versions(store: Store, hits_: Mapping[int, Hit]) -> list[Version]:
    """The hits by version group, in the order in which their first ones come."""
    groups = store.versions.groups(hits_)
    grouped: dict[int, list[Hit]] = {}
    for number, hit in hits_.items():
        grouped.setdefault(groups[number], []).append(hit)
    return [_version(store, group, some) for group, some in grouped.items()]


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


def _why_nothing(store: Store, *, narrowed: bool) -> str:
    """What a person is told about an empty answer."""
    if not store.archive.count("quotes"):
        return "This archive is empty: `quotes index PATH` reads articles into it."
    if narrowed:
        return "No quote with these words passes the filters: leave some out."
    return "No quote in this archive has these words: try fewer or rarer ones."
