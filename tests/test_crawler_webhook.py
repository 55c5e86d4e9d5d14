"""Webhooks: signed as another implementation verifies it, sent to no inner address, and no redirect is followed."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime

import pytest
from standardwebhooks.webhooks import Webhook, WebhookVerificationError
from webhook_receiver import Taken

from indexer.crawler.fetch_error import AddressRefused, FetchError
from indexer.crawler.webhook import check_webhook, new_secret, send_webhook, webhook_signature
from search.errors import ReadError

BODY = json.dumps({"quote": "ما می‌مانیم"}, ensure_ascii=False).encode()


def test_a_message_is_taken_and_verified_by_another_implementation(receiver: tuple[str, Taken]) -> None:
    base, taken = receiver
    secret = new_secret()
    send_webhook(f"{base}/hook?desk=1", secret, "msg_1", int(time.time()), BODY, allow_private=True)
    ((path, headers, body),) = taken
    assert (path, body, headers["content-type"]) == ("/hook?desk=1", BODY, "application/json")
    assert Webhook(secret).verify(body, headers) == json.loads(BODY)
    with pytest.raises(WebhookVerificationError):
        Webhook(new_secret()).verify(body, headers)
    with pytest.raises(WebhookVerificationError):
        Webhook(secret).verify(body + b" ", headers)


def test_a_signature_is_that_of_another_implementation() -> None:
    secret, now = new_secret(), 1_700_000_000
    theirs = Webhook(secret).sign("msg_1", datetime.fromtimestamp(now, UTC), BODY.decode())
    assert webhook_signature(secret, "msg_1", now, BODY) == theirs


def test_no_two_secrets_are_the_same() -> None:
    assert len({new_secret() for _ in range(100)}) == 100


@pytest.mark.parametrize("path", ["/broken", "/moved"])
def test_what_was_not_taken_is_said_and_no_redirect_is_followed(receiver: tuple[str, Taken], path: str) -> None:
    base, taken = receiver
    with pytest.raises(FetchError, match=r"it answered (500|302)"):
        send_webhook(base + path, new_secret(), "msg_1", 1, BODY, allow_private=True)
    assert [each[0] for each in taken] == [path]


def test_an_inner_address_is_never_asked(receiver: tuple[str, Taken]) -> None:
    base, taken = receiver
    for url in (
        base,
        base.replace("127.0.0.1", "localhost"),
        "http://169.254.169.254/latest",
        "http://[::1]:80/",
        "http://2130706433/",
    ):
        with pytest.raises(AddressRefused):
            send_webhook(url, new_secret(), "msg_1", 1, BODY, allow_private=False)
        with pytest.raises(ReadError, match="--webhook: "):
            check_webhook(url, allow_private=False)
    with pytest.raises(AddressRefused):
        send_webhook("http://169.254.169.254/latest", new_secret(), "msg_1", 1, BODY, allow_private=True)
    assert taken == []
    check_webhook("https://desk.example/hook", allow_private=False)


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://desk.example/", "desk.example", "https://user:word@desk.example/", "http://desk.example:22/", "http://[", ""])  # fmt: skip
def test_what_is_no_address_of_a_receiver_is_refused_when_it_is_saved(url: str) -> None:
    with pytest.raises(ReadError):
        check_webhook(url, allow_private=False)
