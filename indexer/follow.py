"""Feeds and sitemaps that are read again at set times: which they are, and when each was read last.

`followed.json` in the instance folder has them. Whoever follows (`quotes follow`, `quotes serve --follow`) reads each when its
time has come, so that two that follow one instance do not ask twice.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from operator import attrgetter
from typing import Final

from indexer.crawler.address_policy import parse_address
from indexer.crawler.fetch_error import AddressRefused
from indexer.crawler.round_share import RoundShare
from indexer.intake import IntakeRequest, take_in
from search.errors import QueryError, QuotesError
from search.plural import counted
from search.settings import Settings
from search.storage.databases.record_file import RecordFile
from search.storage.store import Store

FOLLOWED_FILE: Final = "followed.json"
MOST_FOLLOWED: Final = 1_000
# A page that a feed goes on naming is asked for once a day: that is when papers correct.
FRESH_SECONDS: Final = 86_400.0
# One that names thousands of slow pages has so much of a round, then the others have theirs.
SHARE_SECONDS: Final = 600.0
LOOK_SECONDS: Final = 30.0  # between two looks at whose time has come


@dataclass(frozen=True, slots=True)
class Followed:
    """A feed or a sitemap that is followed; `read` is when it was read last, UTC, "" for never."""

    address: str
    is_sitemap: bool = False
    read: str = ""


class FollowList:
    """What an instance follows."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        # A backup, which can be given away, has it: anybody may read it.
        self._file = RecordFile(
            settings.instance / FOLLOWED_FILE, Followed, attrgetter("address"), "feeds that are followed", 0o666
        )

    def all(self) -> list[Followed]:
        """Return what is followed, in the order in which it was added. Raises ConfigError for a file that is no such list."""
        return list(self._file.read().values())

    def add(self, addresses: Iterable[str], *, sitemaps: bool) -> int:
        """Follow these feeds, or sitemaps, too; returns how many were new.

        Raises:
            QueryError: an address that may not be asked for, or too many.
        """
        asked = [Followed(self._checked(address), sitemaps) for address in addresses]
        with self._file.changing("quotes follow") as followed:
            new = {one.address: one for one in asked if one.address not in followed}
            if len(followed) + len(new) > MOST_FOLLOWED:
                raise QueryError(f"At most {MOST_FOLLOWED:,} feeds are followed.")
            followed.update(new)
        return len(new)

    def remove(self, address: str) -> bool:
        """Follow an address no longer; returns whether it was followed. What was read of it stays."""
        with self._file.changing("quotes follow") as followed:
            known = len(followed)
            for one in (address, self._checked(address)):
                followed.pop(one, None)
            return len(followed) < known

    def due(self, now: datetime) -> Followed | None:
        """Return what has waited longest of what is to be read again, and mark it as read now; None where none is.

        What was read by a clock that was ahead is due: else it would wait for as many years as that clock was.
        """
        before = (now - timedelta(minutes=self._settings.follow_minutes)).isoformat(timespec="seconds")
        at = now.isoformat(timespec="seconds")

        def is_due(one: Followed) -> bool:
            return not before < one.read <= at

        if not any(map(is_due, self.all())):
            return None
        with self._file.changing("quotes follow") as followed:
            chosen = min(filter(is_due, followed.values()), key=attrgetter("read"), default=None)
            if chosen is not None:
                followed[chosen.address] = replace(chosen, read=at)
        return chosen

    def _checked(self, address: str) -> str:
        try:
            return parse_address(address, allow_private=self._settings.allow_private).url
        except AddressRefused as error:
            raise QueryError(f"{address}: {error}") from error


def read_due(
    settings: Settings,
    store: Store,
    tell: Callable[[str], None],
    stopped: Callable[[], bool] = lambda: False,
    *,
    share_seconds: float = SHARE_SECONDS,
) -> int:
    """Read all whose time has come, one after another, and return how many; `tell` is given sentences on each.

    One that is not done after `share_seconds` goes on when the others had their turn.
    """
    followed, count = FollowList(settings), 0
    unfinished: dict[str, tuple[Followed, frozenset[str]]] = {}
    while not stopped():
        due, start = followed.due(datetime.now(UTC)), frozenset[str]()
        if due is None and unfinished:
            due, start = unfinished.pop(next(iter(unfinished)))
        if due is None:
            break
        if due.address in unfinished:
            continue
        count += not start
        share = RoundShare(share_seconds, start)
        request = IntakeRequest(sitemaps=(due.address,)) if due.is_sitemap else IntakeRequest(feeds=(due.address,))
        try:
            done = take_in(request, settings, store, lambda _: not stopped(), fresh_seconds=FRESH_SECONDS, share=share)
        except QuotesError as error:
            tell(f"{due.address}: {error}")
            continue
        for skip in done.skipped:
            tell(f"{skip.path}: {skip.reason}")
        if share.next:
            unfinished[due.address] = (due, share.next)
            tell(f"{due.address}: {counted(share.left, 'page')} of it not read yet; the others have their turn first.")
        tell(f"{due.address}: {counted(done.documents, 'new document')}, {counted(done.quotes, 'quote')}")
    return count


def follow(
    settings: Settings,
    store: Store,
    tell: Callable[[str], None],
    stop: threading.Event,
) -> None:
    """Read what is followed whenever its time has come, until `stop` is set; what keeps it from that is said once, and tried again.

    A disk that is full for a moment, or a list that somebody is changing, would else end it for good, beside a page that goes on.
    """
    said = ""
    while not stop.is_set():
        try:
            read_due(settings, store, tell, stop.is_set)
            said = ""
        except (QuotesError, OSError) as error:
            if str(error) != said:
                tell(said := str(error))
        stop.wait(LOOK_SECONDS)
