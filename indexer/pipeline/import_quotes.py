"""Ready-made quotes out of JSON Lines: a Quotebank or GDELT dump, a spreadsheet, another archive's export."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from indexer.metadata.dates import is_believable
from search.model import LONGEST_NAME, Quote, Skip, digest

MAX_QUOTE_CHARS = 50_000
_NAME_FIELDS = ("speaker", "outlet")
QUOTE_TEXT_FIELDS = ("speaker", "outlet", "url", "title", "published", "language", "before", "after")


def quotes_from_rows(rows: Iterable[tuple[str, Any]]) -> Iterator[Quote | Skip]:
    """Yield each row, given with the place that it stands at, as a quote; a row that is none as a Skip.

    A given `id` is kept; without one the id is made of all that is said of the quote, so that importing a file twice
    imports it once.
    """
    for place, row in rows:
        if not isinstance(row, dict):
            yield Skip(place, "is not a JSON object")
            continue
        text = row.get("text")
        long = next((name for name in QUOTE_TEXT_FIELDS if len(str(row.get(name) or "")) > _most_chars(name)), None)
        if not isinstance(text, str) or not text.strip():
            yield Skip(place, "has no text")
        elif len(text) > MAX_QUOTE_CHARS:
            yield Skip(place, f"its text has {len(text):,} characters; at most {MAX_QUOTE_CHARS:,} are kept")
        elif long is not None:
            yield Skip(place, f"its {long} has more than {_most_chars(long):,} characters")
        else:
            yield _quote(row, text)


def _most_chars(field: str) -> int:
    return LONGEST_NAME if field in _NAME_FIELDS else MAX_QUOTE_CHARS


def _quote(row: dict[str, Any], text: str) -> Quote:
    facts = {name: row[name].strip() or None for name in QUOTE_TEXT_FIELDS if isinstance(row.get(name), str)}
    given = row.get("id")
    name = str(given) if isinstance(given, str | int) and not isinstance(given, bool) and str(given).strip() else None
    return Quote(
        id=name or digest(text, *(f"{key}={value}" for key, value in sorted(facts.items()))),
        document_id="",
        text=text,
        speaker=facts.get("speaker"),
        mention=facts.get("speaker"),
        outlet=facts.get("outlet"),
        url=facts.get("url"),
        title=facts.get("title"),
        published=_published(facts.get("published"), row.get("published_day")),
        language=facts.get("language"),
        before=facts.get("before") or "",
        after=facts.get("after") or "",
        # Whoever made the file vouches for the speaker.
        confidence=1.0 if facts.get("speaker") else 0.0,
        method="imported",
    )


def _published(published: str | None, day: object) -> str | None:
    """The date of a quote: the day that was printed, where an exported instant in UTC has another one."""
    if isinstance(day, str) and published and published[:10] != day and is_believable(day):
        return day
    return published
