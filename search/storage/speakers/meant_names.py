"""Whom the names of quotes mean in their own documents: a bare surname, and a role with a place by the authority file.

It is derived, and reads on in the archive's log from the position that it has come to: each quote is asked about once, with
nothing but its document and the names that the archive has of that surname. What comes later changes it only where it brings
a full name that stands in an older document, an authority file, or a person's decision: then the quotes concerned are
asked about again, the newest `REDONE` of a surname.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from search.model import Quote, QuoteFlag
from search.names.alias_file import AliasFile
from search.names.given_names import is_first_name
from search.names.named_in_document import MeantName, bare_surname, named_in_document
from search.names.person_name import folded_name, parse_name
from search.names.roles import role_and_place
from search.names.romanisation import consonants
from search.names.speaker_kind import SpeakerKind, kind_of
from search.storage.archive import Archive
from search.storage.database import Database
from search.storage.speakers.authority_table import AuthorityTable

RULES_VERSION: Final = "1"  # of the rules by which names are meant: with another, all is found out anew
REDONE: Final = 500  # quotes of one surname that are asked about again: so that it costs the same in any archive
BATCH: Final = 2_000  # lines of the log that are read in one transaction
_KEY: Final = "meant_names"  # of the archive's `meta`: the version, the position, the decided surnames that count


class MeantNames:
    """Finds out whom names mean, and keeps it in the archive."""

    def __init__(self, database: Database, archive: Archive, authority: AuthorityTable) -> None:
        self._db = database
        self._archive = archive
        self._authority = authority

    def is_behind(self, decided: AliasFile) -> bool:
        """Return whether there are quotes that were not asked about yet, by these rules and a person's decisions."""
        return self._db.meta(_KEY) != _state(self._archive.last_position(), decided)

    def catch_up(self, decided: AliasFile) -> None:
        """Find out whom the names of new quotes mean, and anew where a person's decision has changed it."""
        version, position, *considered = (self._db.meta(_KEY) or "").split(" ") + [""] * 2
        changed = set(filter(None, considered)) ^ set(_decided_surnames(decided))
        if version != RULES_VERSION:
            position, changed = "0", set()
        if changed:
            names = [name for name in self._archive.distinct("speaker") if folded_name(name) in changed]
            with self._db.transaction():
                self._ask(self._archive.printed_by(names), decided)
        last = self._archive.last_position()
        # One that is farther than the log was damaged: from there on no name would be looked at any more.
        at = int(position) if position.isdigit() and int(position) <= last else 0
        while at < last and (changes := self._archive.changes(at, BATCH)):
            at = changes[-1].position
            with self._db.transaction():
                self._take([change.quote for change in changes if not change.gone], decided)
                self._db.set_meta(_KEY, _state(at, decided))
        if self.is_behind(decided):
            with self._db.transaction():
                self._db.set_meta(_KEY, _state(at, decided))

    def redo_roles(self, decided: AliasFile) -> None:
        """Find out anew who held the offices that roles with a place name, since the authority file has changed.

        It needs an open transaction of the database.
        """
        roles = [name for name in self._archive.distinct("speaker") if _is_role_with_place(name)]
        self._ask(self._archive.printed_by(roles), decided)

    # -- inside

    def _take(self, numbers: Sequence[int], decided: AliasFile) -> None:
        """Find out whom new quotes mean, and whom older ones mean by the surnames whose full names come with them."""
        asked = self._ask(numbers, decided)
        first = {quote.speaker: number for number, quote in reversed(asked.items()) if quote.speaker is not None}
        names = [
            name
            for name, number in first.items()
            if _can_be_unlisted(name) and self._archive.names.is_new(name, number)
        ]
        for surname in sorted({parse_name(name).printed[-1] for name in names}):
            self._ask(self._archive.printed_by((surname,), REDONE), decided)

    def _ask(self, numbers: Sequence[int], decided: AliasFile) -> dict[int, Quote]:
        """Keep whom each of some quotes means, and return the quotes as they are printed."""
        quotes = self._archive.printed_quotes(numbers)
        of_document: dict[str, list[int]] = {}
        for number, quote in quotes.items():
            if quote.speaker is not None and (bare_surname(quote.speaker) or _is_role_with_place(quote.speaker)):
                of_document.setdefault(quote.document_id, []).append(number)
        for document, some in of_document.items():
            text = self._archive.text_with_title(document)
            for number in some:
                meant = self._meaning(quotes[number], text, decided)
                if meant is not None or self._archive.names.meant_by(number) is not None:
                    self._archive.names.set_meant(number, meant)
        return quotes

    def _meaning(self, quote: Quote, text: str | None, decided: AliasFile) -> MeantName | None:
        # What a person said of this quote, or of this name, comes first.
        if QuoteFlag.CORRECTED in quote.flags or folded_name(quote.speaker or "") in decided.aliases:
            return None
        return self._holder(quote) or self._named(quote, _around(quote) if text is None else text)

    def _named(self, quote: Quote, text: str) -> MeantName | None:
        surname = bare_surname(quote.speaker or "")
        if surname is None:
            return None
        known = self._archive.names.with_key(consonants(parse_name(surname).last_word))
        joined = self._run_together([one.name for one in known])
        return named_in_document(
            quote.speaker or "", quote.mention, text, [one for one in known if one.name not in joined]
        )

    def _run_together(self, names: Sequence[str]) -> frozenset[str]:
        """Return the names that begin with somebody else's who is printed more often: "Marta Lind Berg" of lists of names."""
        before = {name: name.rpartition(" ")[0] for name in names if name.count(" ") > 1}
        documents = {one.name: one.documents for one in self._archive.names.counts_of([*before, *before.values()])}
        return frozenset(name for name, start in before.items() if documents.get(start, 0) > documents.get(name, 0))

    def _holder(self, quote: Quote) -> MeantName | None:
        if quote.published is None or not _is_role_with_place(quote.speaker or ""):
            return None
        name = self._authority.holder(*role_and_place(quote.speaker or ""), quote.published)
        return None if name is None else MeantName(name, "who held the office on that day, by the authority file")


def meant_position(database: Database) -> int:
    """Return the position in the archive's log up to which it is known whom names mean."""
    _, _, state = (database.meta(_KEY) or "").partition(" ")
    position = state.partition(" ")[0]
    return int(position) if position.isdigit() else 0


def _can_be_unlisted(name: str) -> bool:
    """Return whether a name is a full one whose first name no list has: others are found without the archive."""
    core = parse_name(name).core
    return len(core) > 1 and not is_first_name(core[0]) and kind_of(name) is SpeakerKind.PERSON


def _is_role_with_place(name: str) -> bool:
    return kind_of(name) is SpeakerKind.UNNAMED and bool(role_and_place(name)[1])


def _around(quote: Quote) -> str:
    return "\n".join((quote.title or "", quote.before, quote.text, quote.after))


def _decided_surnames(decided: AliasFile) -> Sequence[str]:
    return sorted(name for name in decided.aliases if " " not in name)


def _state(position: int, decided: AliasFile) -> str:
    return " ".join((RULES_VERSION, str(position), *_decided_surnames(decided)))
