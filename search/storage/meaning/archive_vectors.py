"""The vectors of one archive: brought up to its log, asked only where they are this archive's, silent where the setting is off."""

from __future__ import annotations

import time
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from search.errors import ConfigError
from search.progress import Progress, silent
from search.settings import Settings
from search.storage.archive import Archive, Change
from search.storage.databases.lock import held
from search.text.language import guess_language, language_among

if TYPE_CHECKING:
    from search.semantic.nearest import Neighbour
    from search.semantic.semantic_index import Likenesses, SemanticIndex

MEAN_LEAST, MEAN_MOST = 50, 200  # texts of a language, all different, of which its mean vector is learned
EMBEDDED_QUOTES: Final = 256  # in one commit of vectors: some seconds of work at the most


class ArchiveVectors:
    """What quotes mean (the setting `semantic`, docs/semantic.md). Any thread may read; those who write wait for each other."""

    def __init__(self, settings: Settings, archive: Archive) -> None:
        """Raises ConfigError where the setting is neither on nor off, or the model is not there."""
        self._folder: Final[Path] = settings.instance / "semantic"
        self._archive = archive
        self._index = _open(self._folder, settings)
        self._fitting: tuple[int, str] | None = None

    @property
    def is_on(self) -> bool:
        """Return whether quotes are also found by what they mean."""
        return self._index is not None

    @property
    def size(self) -> int | None:
        """Return how many quotes have a vector; None where the setting is off."""
        return None if self._index is None else self._index.size

    @property
    def position(self) -> int:
        """Return how far the log is embedded in the vectors that answers are made with; 0 where the setting is off."""
        return 0 if self._index is None else self._index.in_force()[0]

    def behind(self) -> int:
        """Return how many changes of the archive the vectors have not seen yet; 0 where the setting is off."""
        return 0 if self._index is None else max(self._archive.last_position() - self._index.position, 0)

    def languages(self) -> tuple[str, ...]:
        """Return the languages of the quotes that have a vector; none where the setting is off."""
        return () if self._index is None else self._index.languages()

    def language_of_query(self, text: str) -> str:
        """Return the language of a text, out of those of the quotes that have a vector."""
        return language_among(text, self.languages())

    def nearest(
        self,
        text: str,
        language: str,
        most: int,
        *,
        within: Collection[str] | None = None,
        without: Collection[str] = (),
    ) -> list[Neighbour]:
        """Return the `most` quotes nearest in meaning to a text in `language`; none where the setting is off.

        `within` are the languages of quotes that count, `without` those that do not.
        """
        if self._index is None or self._are_foreign(self._index):
            return []
        return self._index.nearest(text, language, most, within=within, without=without)

    def likeness(self, ours: Sequence[int], theirs: Sequence[int]) -> Likenesses | None:
        """Return how near some quotes are in meaning to others, of those that have a vector; None where none is to be asked."""
        if self._index is None or self._are_foreign(self._index):
            return None
        return self._index.likeness(ours, theirs)

    def notices(self) -> list[str]:
        """Return what a person has to know who reads an answer: that the vectors on disk do not count, and why."""
        if self._index is None:
            return []
        trouble = self._index.trouble() or ("are of another archive" if self._are_foreign(self._index) else None)
        if trouble is None:
            return []
        return [
            f"The vectors in {self._folder} {trouble}: quotes are found by their words alone until `quotes embed` has "
            "made them anew."
        ]

    def embed(
        self, progress: Progress = silent, *, again: bool = False, wait: bool = True, seconds: float | None = None
    ) -> int:
        """Make the vectors that are missing, and return how many were made; `again` makes all of them anew.

        With `seconds` no batch is begun when so many have passed. Others read and write the archive meanwhile: the vectors have a lock of their own.

        Raises:
            ConfigError: the setting `semantic` is off.
            StoreUnavailable: another run makes vectors, and this one is not to `wait` for it.
        """
        if self._index is None:
            raise ConfigError("The setting semantic is off: set it to on (QUOTES_SEMANTIC=on) to embed quotes.")
        self._folder.mkdir(exist_ok=True)
        with held(self._folder / "lock", "quotes embed", wait=wait):
            # What is damaged is not added to.
            if again or self._are_foreign(self._index) or self._index.trouble():
                self._index.clear()
            made, start, begun = 0, self._index.position, time.monotonic()
            while (seconds is None or time.monotonic() - begun < seconds) and (
                changes := self._archive.changes(self._index.position, EMBEDDED_QUOTES)
            ):
                made += self._embed(self._index, changes)
                last = max(self._archive.last_position(), changes[-1].position)
                progress("embedding", changes[-1].position - start, last - start)
            return made

    def _embed(self, index: SemanticIndex, changes: Sequence[Change]) -> int:
        """Make the vectors of the quotes that came, and forget those of the quotes that went; returns how many were made."""
        quotes = self._archive.quotes(change.quote for change in changes if not change.gone)
        texts = [quote.text for quote in quotes.values()]
        languages = [quote.language or guess_language(quote.text) for quote in quotes.values()]
        # First, since what is added says that the log is embedded so far: a run that is killed in between drops them again.
        if gone := [change.quote for change in changes if change.gone]:
            index.drop(gone)
        for language in sorted(set(languages)):
            self._learn_mean(
                index, language, [text for text, its in zip(texts, languages, strict=True) if its == language]
            )
        position = changes[-1].position
        index.add(list(quotes), texts, languages, position, self._archive.mark_at(position) or "")
        return len(quotes)

    def _learn_mean(self, index: SemanticIndex, language: str, texts: Sequence[str]) -> None:
        """Learn what all vectors of a language have in common, as soon as the archive has enough of it, with some that come."""
        if not index.lacks_mean(language):
            return
        known = self._archive.quotes(index.numbers_in(language))
        its = {quote.text for quote in known.values()}
        more = [text for text in dict.fromkeys(texts) if text not in its][: max(MEAN_MOST - len(its), 0)]
        if len(its) + len(more) >= MEAN_LEAST:
            index.learn_mean(language, list(known), [quote.text for quote in known.values()], more)

    def _are_foreign(self, index: SemanticIndex) -> bool:
        """Whether the vectors were made of another archive than this, or of another copy of it."""
        known = index.in_force()
        if known != self._fitting and self._archive.mark_at(known[0]) == known[1]:
            self._fitting = known
        return known != self._fitting


def _open(folder: Path, settings: Settings) -> SemanticIndex | None:
    if settings.semantic not in ("on", "off"):
        raise ConfigError(f"semantic = {settings.semantic}: it is on or off.")
    if settings.semantic == "off":
        return None
    # numpy's and the model's weight is for those who switch it on.
    from search.semantic.semantic_index import SemanticIndex

    return SemanticIndex(folder, settings.semantic_model)
