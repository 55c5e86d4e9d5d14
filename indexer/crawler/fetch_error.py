"""Why a page could not be fetched, for a person (the message) and for the caller (may it be asked for again?)."""

from __future__ import annotations

from search.errors import ReadError


class FetchError(ReadError):
    """Report a request that failed.

    retryable      asking once more may help: the network, a silent server, an answer cut short
    page_at_fault  the trouble is this page's (too large, a picture), so that it does not count against its host
    """

    def __init__(self, message: str, *, retryable: bool = False, page_at_fault: bool = False) -> None:
        super().__init__(message)
        self.retryable = retryable
        self.page_at_fault = page_at_fault


class AddressRefused(FetchError):
    """Report an address that is never asked for; nothing was sent to anybody."""
