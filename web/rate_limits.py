"""How much one reader may ask of a public instance: so many requests a minute, a check counting as several."""

from __future__ import annotations

from typing import Final

from flask import Flask, current_app, g, request
from flask_limiter import Limiter
from limits import parse
from limits.storage import MemoryStorage
from werkzeug.datastructures import WWWAuthenticate
from werkzeug.exceptions import TooManyRequests, Unauthorized

from search.settings import Settings
from web.accounts.api_keys import ApiKeys
from web.accounts.shared_places import SharedPlaces
from web.reader_address import reader_of

# A check of a manuscript searches for up to 500 quotations; an answer of 30 ms is what counts as one.
CHECK_COST: Final = 10
# Five finds take what one page takes. A reader who sent 12 lists of 500 a minute kept two cores busy for more than that minute.
QUOTATIONS_A_REQUEST: Final = 5
QUOTATIONS_ALLOWED: Final = 500  # at least, as many as one check takes
_CHARGE: Final = "charge_quotations"  # in the extensions of a public application


class SharedCounts(MemoryStorage):
    """The counts of requests in memory that processes share which were begun by one that had made it."""

    STORAGE_SCHEME = ["shared"]  # noqa: RUF012 - as the library declares it
    places = SharedPlaces("I")  # before processes begin

    def __init__(self, uri: str | None = None, wrap_exceptions: bool = False, *, folder: str, **options: str) -> None:
        super().__init__(uri, wrap_exceptions, **options)
        self._folder = folder

    def get(self, key: str) -> int:
        """Return a count."""
        (count,) = self.places.get(key) or (0,)
        return int(count)

    def incr(self, key: str, expiry: float, amount: int = 1) -> int:
        """Add to a count, and return it. Its name holds the window of time, so that it need not expire."""
        with self.places.changing(self._folder):
            count = min(max(self.get(key) + amount, 0), 0xFFFFFFFF)
            self.places.put(key, count)
        return count

    def decr(self, key: str, amount: int = 1) -> int:
        """Take from a count, and return it."""
        return self.incr(key, 0, -amount)


def limit_requests(app: Flask, settings: Settings) -> None:
    """Let `app` answer 429 with Retry-After to an address that asks more often than the setting allows; static files are free.

    The processes of one `quotes serve` count together; each worker of another server counts what it answers itself.
    """
    allowed = max(settings.requests_per_minute, CHECK_COST)
    keys = ApiKeys(settings.instance)

    @app.before_request
    def know_the_holder() -> None:
        scheme, _, presented = request.headers.get("Authorization", "").partition(" ")
        g.key = keys.holder(presented.strip()) if scheme.lower() == "bearer" else None

    def requests_allowed() -> int:
        return g.key.per_minute if g.key else allowed

    limiter = Limiter(
        _who_asks,
        app=app,
        application_limits=[lambda: f"{requests_allowed()} per minute"],
        application_limits_cost=_cost,
        headers_enabled=True,
        storage_uri="shared://",
        storage_options={"folder": str(settings.instance)},
        key_prefix=str(settings.instance),
        # Two counters a reader; a moving window would keep the time of each request.
        strategy="sliding-window-counter",
    )

    def charge(quotations: int) -> None:
        most = max(QUOTATIONS_A_REQUEST * requests_allowed(), QUOTATIONS_ALLOWED)
        who = str(settings.instance), "quotations", _who_asks()
        if not limiter.limiter.hit(parse(f"{most} per minute"), *who, cost=quotations):
            raise TooManyRequests(retry_after=60)

    app.extensions[_CHARGE] = charge

    # Behind the limit, so that guessing is limited, too.
    @app.before_request
    def refuse_unknown_keys() -> None:
        if g.key is None and request.headers.get("Authorization", "").lower().startswith("bearer "):
            raise Unauthorized(
                "This key is not known here, or was taken back; without any, the API answers too.",
                www_authenticate=WWWAuthenticate("bearer"),
            )


def charge_quotations(number: int) -> None:
    """Count quotations that are to be searched for, where the instance is public. Raises TooManyRequests for too many a minute.

    A check is known by its quotations only once it was read, and each of them is a find.
    """
    if number and (charge := current_app.extensions.get(_CHARGE)):
        charge(number)


def _who_asks() -> str:
    """Return the holder of the key, or the reader's address, of IPv6 its network."""
    if g.key is not None:
        return f"key {g.key.hash}"
    return reader_of(request.remote_addr or "")


def _cost() -> int:
    return CHECK_COST if request.method == "POST" else 1
