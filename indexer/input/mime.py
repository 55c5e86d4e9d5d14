"""E-mail messages from strangers (RFC 5322, RFC 2045), in as many parts as a real one may have."""

from __future__ import annotations

from email.message import Message
from email.parser import BytesParser
from email.policy import Policy
from typing import Any, Final, cast

from search.errors import ReadError

# The library takes half a millisecond a part: 10 MB of empty ones, minutes. Saved pages have a part for each picture.
MAX_PARTS: Final = 5_000


def parse_message(data: bytes, policy: Policy[Any]) -> Message:
    """Return a message with all of its parts, each of the class that the policy names.

    Raises:
        ReadError: it has too many parts, too deep ones, or headers that the library fails on.
    """
    made = 0

    def make(policy: Policy[Any]) -> Message:
        nonlocal made
        made += 1
        if made > MAX_PARTS:
            raise ReadError(f"it has more than {MAX_PARTS:,} parts, which no message has.")
        message: Message = (policy.message_factory or Message)(policy=policy)
        return message

    try:
        parsed: Message = BytesParser(cast(Any, make), policy=policy).parsebytes(data)
    except ReadError:
        raise
    except RecursionError as error:
        raise ReadError("too-deep: its parts are nested too deeply.") from error
    except Exception as error:  # the library fails on odd headers in more ways than it says
        raise ReadError(f"the message is malformed ({type(error).__name__}).") from error
    return parsed
