"""The stems that an archive has, as its term index knows them: in memory, or asked for where the engine finds its own terms."""

from __future__ import annotations

from collections.abc import Mapping

from search.storage.archive_index import ArchiveIndex
from search.term_index import TermReader
from search.term_index.conditions import SelectingReader
from search.text.terms import stem_term
from search.text.vocabulary import KeptVocabulary


class ArchiveVocabulary:
    """The vocabulary of one archive as it is now (`search.text.vocabulary.Vocabulary`); safe to use from many threads."""

    def __init__(self, index: ArchiveIndex) -> None:
        self._index = index
        self._kept: tuple[int, KeptVocabulary] | None = None

    def quotes(self, stem: str) -> int:
        """Return the number of quotes that a stem stands in; 0 for one that is not there."""
        term = stem_term(stem)
        with self._index.reading() as reader:
            return reader.frequencies([term])[term]

    def near(self, stem: str, first: str, edits: int) -> Mapping[str, int]:
        """Return the stems with a first letter that are at most so many edits away, each with its number of quotes."""
        with self._index.reading() as reader:
            if not isinstance(reader, SelectingReader):
                return self._all_stems(reader).near(stem, first, edits)
            found = reader.terms_near(stem_term(stem), edits, len(stem_term(first if stem.startswith(first) else "")))
        return {one: quotes for one, quotes in _by_stem(found).items() if one.startswith(first)}

    def _all_stems(self, reader: TermReader) -> KeptVocabulary:
        """Return all stems of a snapshot; kept until something is added."""
        kept = self._kept
        if kept is None or kept[0] != reader.position:
            terms = reader.terms_beginning(stem_term(""))
            kept = self._kept = reader.position, KeptVocabulary(_by_stem(terms))
        return kept[1]


def _by_stem(terms: Mapping[str, int]) -> dict[str, int]:
    return {term.removeprefix(stem_term("")): quotes for term, quotes in terms.items()}
