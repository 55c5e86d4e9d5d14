"""The kinds of mention, as JSON and the model's gold have them."""

from __future__ import annotations

import json

from indexer.entities.mentions import Mention, MentionKind


def test_kinds_are_plain_strings_in_json() -> None:
    assert json.dumps(list(MentionKind)) == '["name", "nominal", "pronoun"]'


def test_a_mention_can_be_kept_in_a_set() -> None:
    one = Mention(MentionKind.NAME, 0, 2, 0, "Ann Lee", "", 0, 7)
    assert one in {Mention(MentionKind("name"), 0, 2, 0, "Ann Lee", "", 0, 7)}
