"""How much an instance holds."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Status:
    """How much an instance holds: `bytes` of all files of its folder, `generation` the number of changes so far.

    `embedded` is how many quotes have a vector, `to_embed` how many changes of the archive the vectors have not seen yet; None
    where the setting `semantic` is off.
    """

    documents: int
    quotes: int
    versions: int
    utterances: int
    engine: str
    bytes: int
    generation: int
    embedded: int | None = None
    to_embed: int | None = None
