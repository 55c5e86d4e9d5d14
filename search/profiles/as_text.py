"""Speakers, outlets and speakers side by side as lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from search.names.speaker_table import ExplainedName, Seen, SpeakerProfile
from search.plural import counted
from search.profiles.over_time import OverTime
from search.profiles.overviews import Holdings, OutletOverview, SpeakerOverview, SpeakerSide

BAR: Final = 40  # columns of the longest bar
WORDS: Final = 76  # code points of a quote that tell it apart on one line


def speaker_lines(overview: SpeakerOverview, *, explain: bool) -> Iterator[str]:
    """Yield the lines that say who a speaker is and what the archive has of him; `explain`: why each name is his."""
    yield from profile_lines(overview.profile, explain=explain)
    yield from _holdings_lines(overview.holdings)


def outlet_lines(overview: OutletOverview) -> Iterator[str]:
    """Yield the lines that say whom an outlet quotes and what the archive has of it."""
    yield overview.name
    yield "speakers"
    yield from (f"{row.quotes:6,}  {row.name}" for row in overview.speakers)
    yield from _holdings_lines(overview.holdings)


def side_lines(sides: Sequence[SpeakerSide]) -> Iterator[str]:
    """Yield what each of several speakers said with some words, one speaker after the other."""
    for side in sides:
        yield f"{side.speaker}: {counted(side.result.total_utterances, 'utterance')}"
        yield from _over_time_lines(side.over_time)
        for utterance in side.result.utterances:
            day = (utterance.first_published or "no date")[:10]
            yield f"  {utterance.id}  {day}  “{_cut(utterance.text)}”"


def profile_lines(profile: SpeakerProfile, *, explain: bool) -> Iterator[str]:
    """Yield the lines that say who a speaker is."""
    yield profile.name + (f"  {profile.id}" if profile.id else "")
    yield "names"
    for one in profile.names:
        yield _explained_line(one) if explain else _name_line(one)
    if explain and profile.meant:
        yield "meant by others, and counted above"
        yield from map(_explained_line, profile.meant)
    if explain and profile.left_apart:
        yield "left apart"
        yield from (f"        {name}: {why}" for name, why in profile.left_apart)
    for title, values in (("roles", profile.roles), ("outlets", profile.outlets)):
        if values:
            yield title
            for value in values:
                yield f"{value.quotes:6,}  {value.value}{_days(value) if title == 'roles' else ''}"


def _holdings_lines(holdings: Holdings) -> Iterator[str]:
    yield f"{counted(holdings.quotes, 'quote')} in {counted(holdings.documents, 'document')}"
    if holdings.left_out:
        yield f"{holdings.left_out:,} more that answers leave out: reported speech, marks that quote nobody, readers' comments"
    yield from _over_time_lines(holdings.over_time)
    if holdings.most_printed:
        yield "printed most"
        for one in holdings.most_printed:
            extent = f"{counted(one.quotes, 'quote')}, {counted(one.outlets, 'outlet')}"
            yield f"  {one.id}  {extent:22} “{_cut(one.quote.text)}”"
    if holdings.newest:
        yield "newest"
        yield from (
            f"  {quote.id}  {(quote.published or 'no date')[:10]}  “{_cut(quote.text)}”" for quote in holdings.newest
        )


def _over_time_lines(times: OverTime) -> Iterator[str]:
    if times.periods:
        yield "over time"
    for period in times.periods:
        bar = "█" * round(BAR * period.quotes / times.most)
        yield f"  {period.name:7} {period.quotes:6,} {bar}".rstrip()
    if times.undated:
        yield f"  no date {times.undated:6,}"


def _days(value: Seen) -> str:
    if not value.first:
        return ""
    return f", {value.first}" if value.first == value.last else f", {value.first} to {value.last}"


def _cut(text: str) -> str:
    return text if len(text) <= WORDS else text[: WORDS - 1] + "…"


def _name_line(one: ExplainedName) -> str:
    return f"{one.count.quotes:6,}  {one.count.name}, in {counted(one.count.documents, 'document')}"


def _explained_line(one: ExplainedName) -> str:
    chance = f", chance {one.reason.chance:.2f}" if one.reason.chance < 1 else ""
    return f"{_name_line(one)}  {one.reason.why}{chance}"
