"""What a cluster needs and this machine lacks."""

from __future__ import annotations


class MissingHere(Exception):
    """A server cannot be started on this machine; the message is one sentence for a person."""
