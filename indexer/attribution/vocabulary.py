"""Name what an attribution may say of itself: how its speaker was found, and what was odd about the marks."""

from __future__ import annotations

from enum import StrEnum


class AttributionMethod(StrEnum):
    """The rule or model that decided who the source of a quotation is; the `method` of an `Attribution`.

    NAME, ROLE, PRONOUN, RELATIVE, REFERENCE and AUTHOR say how the mention that the source ranker chose was resolved.
    """

    NAME = "name"  # the mention is the name
    ROLE = "role"  # "the minister", by titles and appositions
    PRONOUN = "pronoun"  # "he", "she", by the coreference ranker
    RELATIVE = "relative"  # "who", "which": what stands right before
    REFERENCE = "reference"  # "it", "they": the last body or people spoken of
    AUTHOR = "author"  # "I" outside quotations, where the document has one author
    LABEL = "label"  # a transcript's "LEE:"
    CITE = "cite"  # the name that a page prints under a block quotation
    NESTED = "nested"  # inside somebody's speech, and so his words too
    NESTED_CUE = "nested cue"  # inside somebody's speech, with a clause of its own: "He told me, '...'"


class AttributionFlag(StrEnum):
    """What was odd about the marks of a quotation; the `flags` of an `Attribution`."""

    UNCLOSED = "unclosed"  # no closing mark: it ends with its paragraph
    JOINED = "joined"  # one speech over several paragraphs
    TRUNCATED = "truncated"  # begins or ends with an ellipsis
