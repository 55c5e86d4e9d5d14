"""News sent to an address, signed so that the receiver knows who sent it: Standard Webhooks (standardwebhooks.com), version 1.

The address is judged as that of a page is (`address_policy`): a search of an archive is no way into an inner network.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from typing import Final

from indexer.crawler.address_policy import parse_address
from indexer.crawler.fetch_error import FetchError
from indexer.crawler.http import RequestLimits, http_post
from search.errors import ReadError

_PREFIX: Final = "whsec_"
_KEY_BYTES: Final = 32
WEBHOOK_SECONDS: Final = 15.0  # in all: whoever takes longer has lost the message, as Standard Webhooks advises


def new_secret() -> str:
    """Return a secret that nobody can guess, as receivers' libraries take it."""
    return _PREFIX + base64.b64encode(secrets.token_bytes(_KEY_BYTES)).decode("ascii")


def webhook_signature(secret: str, message_id: str, timestamp: int, body: bytes) -> str:
    """Return the signature of a message: "v1," and the base64 of the HMAC-SHA256 of its id, its time and its body."""
    key = base64.b64decode(secret.removeprefix(_PREFIX))
    signed = f"{message_id}.{timestamp}.".encode() + body
    return "v1," + base64.b64encode(hmac.digest(key, signed, hashlib.sha256)).decode("ascii")


def send_webhook(url: str, secret: str, message_id: str, timestamp: int, body: bytes, *, allow_private: bool) -> None:
    """Send a JSON message once; redirects are not followed, since a receiver has one address.

    `message_id` is the same whenever the same message is sent again, `timestamp` is seconds since 1970.

    Raises:
        AddressRefused: the address, or what its name stands for, is none that is asked.
        FetchError: it failed, or the answer was not 2xx.
        ReadError: there is no such host.
    """
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "quotes-watch",
        "webhook-id": message_id,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": webhook_signature(secret, message_id, timestamp, body),
    }
    limits = RequestLimits(silence=WEBHOOK_SECONDS, total=WEBHOOK_SECONDS, allow_private=allow_private)
    status = http_post(parse_address(url, allow_private=allow_private), headers, body, limits).status
    if not 200 <= status < 300:
        raise FetchError(f"it answered {status}, where 2xx says that a message was taken.", retryable=True)


def check_webhook(url: str, *, allow_private: bool) -> None:
    """Raise ReadError for an address that no message will ever be sent to; what its name stands for is asked when one is."""
    try:
        parse_address(url, allow_private=allow_private)
    except FetchError as error:
        raise ReadError(f"--webhook: {error}") from error
