"""Name how the speaker of an attribution was found."""

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
