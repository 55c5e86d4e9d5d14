"""Which quotes are versions of one another, as the archive keeps it: wordings, the links between them, and groups.

A *wording* is what quotes with the same folded words and the same speaker share. Groups are a function of the links and
of what people decided (`search.utterances.clustering.partition`), so the same quotes come to the same groups in whatever order they
arrive. A group is spoken of by the number of one of its wordings; a quote that belongs to none (a reader's
comment, marks that quote nobody) is a group of its own and spoken of by its number with a minus.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from search.matching.similarity import all_stems, plain
from search.model import Quote
from search.storage.analysed_quotes import APART
from search.storage.archive import Archive, parts
from search.term_index import TermReader
from search.utterances.clustering import HANGING, Link, Wording, component, fingerprint, links_for, partition, weight
from search.utterances.publications import Printing, neighbours, occasion

# So many changes are linked in one transaction: small enough to lose little, large enough to be cheap.
BATCH = 1_000
SHARING = 100  # documents that are looked at which share most wordings with one


class VersionTable:
    """The wordings, links and groups of one archive; writing needs the store's lock."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive

    # -- reading

    def position(self) -> int:
        """The place in the archive's log up to which quotes have been linked."""
        return int(self._archive.meta("versions_position") or 0)

    def decisions(self) -> int:
        """How often a person has decided something."""
        return int(self._archive.meta("decisions") or 0)

    def count(self) -> int:
        """How many versions there are: groups, and quotes that belong to none."""
        ((versions,),) = self._archive.execute("SELECT count(DISTINCT version) FROM wordings")
        ((worded,),) = self._archive.execute("SELECT count(*) FROM worded")
        return int(versions + self._archive.count("quotes") - worded)

    def groups(self, numbers: Collection[int]) -> dict[int, int]:
        """The group of each quote."""
        found = {number: -number for number in numbers}
        for part, marks in parts(numbers):
            found.update(
                self._archive.execute(
                    "SELECT quote, version FROM worded JOIN wordings ON wordings.id = worded.wording "
                    f"WHERE quote IN ({marks})",
                    part,
                )
            )
        return found

    def largest(self, limit: int) -> list[tuple[int, int, int]]:
        """Rows (group, quotes, wordings) of the groups with the most quotes."""
        rows = self._archive.execute(
            "SELECT version, count(*), count(DISTINCT wordings.id) FROM wordings JOIN worded "
            "ON worded.wording = wordings.id GROUP BY version HAVING count(*) > 1 ORDER BY 2 DESC, 1 LIMIT ?",
            [limit],
        )
        return [(group, quotes, wordings) for group, quotes, wordings in rows]

    def members(self, groups: Collection[int]) -> dict[int, int]:
        """The numbers of the quotes of these groups, in order, each with its group."""
        found = {-group: group for group in groups if group < 0}
        for part, marks in parts([group for group in groups if group >= 0]):
            found.update(
                self._archive.execute(
                    "SELECT quote, version FROM wordings JOIN worded ON worded.wording = wordings.id "
                    f"WHERE version IN ({marks})",
                    part,
                )
            )
        return dict(sorted(found.items()))

    def first(self, groups: Collection[int]) -> dict[int, int]:
        """The first quote of each group that has any."""
        found = {group: -group for group in groups if group < 0}
        for part, marks in parts([group for group in groups if group >= 0]):
            found.update(
                self._archive.execute(
                    "SELECT version, min(quote) FROM wordings JOIN worded ON worded.wording = wordings.id "
                    f"WHERE version IN ({marks}) GROUP BY version",
                    part,
                )
            )
        return found

    def sharing(self, document: str) -> tuple[int, list[tuple[str, int, int]]]:
        """How many wordings a document has; and rows (other document, those of them that it has, all that it has)."""
        rows = self._archive.execute(
            "SELECT DISTINCT wording FROM worded JOIN quotes ON quotes.number = worded.quote WHERE document_id = ?",
            [document],
        )
        shared: Counter[str] = Counter()
        for part, marks in parts(wording for (wording,) in rows):
            found = self._archive.execute(
                "SELECT document_id, count(DISTINCT wording) FROM worded JOIN quotes ON quotes.number = worded.quote "
                f"WHERE wording IN ({marks}) AND document_id NOT IN ('', ?) GROUP BY document_id",
                [*part, document],
            )
            shared.update(dict(found))
        most = dict(shared.most_common(SHARING))
        theirs = self._archive.execute(
            "SELECT document_id, count(DISTINCT wording) FROM worded JOIN quotes ON quotes.number = worded.quote "
            f"WHERE document_id IN ({','.join('?' * len(most))}) GROUP BY document_id",
            [*most],
        )
        return len(rows), [(other, most[other], count) for other, count in theirs]

    # -- writing

    def clear(self) -> None:
        """Forget all wordings and links; `catch_up` makes them anew. What people decided stays."""
        with self._archive.transaction():
            for table in ("wordings", "worded", "links"):
                self._archive.execute(f"DELETE FROM {table}")
            self._archive.set_meta("versions_position", "0")

    def catch_up(self, reader: TermReader, progress: Callable[[int], None]) -> None:
        """Group the quotes that came, as far as the term index knows them, and let go of those that went."""
        while True:
            changes = self._archive.changes(self.position(), BATCH)
            changes = [change for change in changes if change.position <= reader.position]
            if not changes:
                return
            with self._archive.transaction():
                touched = self._forget([change.quote for change in changes if change.gone])
                touched |= self._arrive([change.quote for change in changes if not change.gone], reader)
                self._regroup(touched)
                self._archive.set_meta("versions_position", str(changes[-1].position))
            progress(changes[-1].position)

    def decide(self, pairs: Iterable[tuple[int, int]], *, together: bool) -> None:
        """What a person says of pairs of quotes: they are versions of one another, or they are not.

        Kept by wording, so that it holds for every place that prints it, and after a rebuild.
        """
        with self._archive.transaction():
            touched: set[int] = set()
            for one, other in pairs:
                found = self._archive.execute(
                    "SELECT fingerprint, id FROM worded JOIN wordings ON wordings.id = worded.wording "
                    "WHERE quote IN (?, ?) ORDER BY fingerprint",
                    [one, other],
                )
                if len({name for name, _ in found}) == 2:
                    (a, first), (b, second) = found
                    self._archive.execute("INSERT OR REPLACE INTO pins VALUES (?, ?, ?)", [a, b, int(together)])
                    touched |= {first, second}
            self._archive.set_meta("decisions", str(self.decisions() + 1))
            members = self._in_groups_of(touched)
            self._regroup(touched | members)

    # -- inside

    def _in_groups_of(self, wordings: Collection[int]) -> set[int]:
        """All wordings of the groups of some."""
        return {
            wording
            for part, marks in parts(wordings)
            for (wording,) in self._archive.execute(
                f"SELECT id FROM wordings WHERE version IN (SELECT version FROM wordings WHERE id IN ({marks}))", part
            )
        }

    def _arrive(self, numbers: Sequence[int], reader: TermReader) -> set[int]:
        """Give each quote its wording, and find the links of the wordings that are new; returns all these wordings."""
        fresh: list[Wording] = []
        touched: set[int] = set()
        nested: set[tuple[int, int]] = set()
        for number, quote in sorted(self._archive.quotes(numbers).items()):
            # What marks set apart without quoting anybody is no utterance, and has no versions.
            if quote.place == "comment" or quote.scare:
                continue
            nats = weight(quote.text)
            when = occasion(_printing(quote), quote.speaker) if nats < HANGING else ""
            name = fingerprint(quote.text, quote.speaker, when)
            rows = self._archive.execute("SELECT id FROM wordings WHERE fingerprint = ?", [name])
            if not rows:
                rows = self._archive.execute(
                    "INSERT INTO wordings (fingerprint, text, speaker, occasion, weight, version) "
                    "VALUES (?, ?, ?, ?, ?, 0) RETURNING id",
                    [name, quote.text, quote.speaker, when, nats],
                )
                reported = quote.kind == "indirect"
                fresh.append(
                    Wording(rows[0][0], quote.text, quote.speaker, when, all_stems(quote.text), nats, reported)
                )
            touched.add(rows[0][0])
            self._archive.execute("INSERT OR REPLACE INTO worded VALUES (?, ?)", [number, rows[0][0]])
            nested |= self._around(quote.parent, rows[0][0])
        for wording in fresh:
            links = links_for(wording, reader=reader, wordings=self.wordings, beside=self._beside(wording))
            self._archive.execute_many(
                "INSERT OR REPLACE INTO links VALUES (?, ?, ?, ?)",
                [(x.left, x.right, x.score, x.part) for x in links if (x.left, x.right) not in nested],
            )
        return touched

    def _beside(self, wording: Wording) -> list[Wording]:
        """The same words of the same speaker in the weeks before and after."""
        names = [fingerprint(wording.text, wording.speaker, when) for when in neighbours(wording.occasion)]
        return [
            replace(wording, id=id_, occasion=when)
            for name in names
            for id_, when in self._archive.execute("SELECT id, occasion FROM wordings WHERE fingerprint = ?", [name])
        ]

    def _around(self, parent: str | None, wording: int) -> set[tuple[int, int]]:
        """The pair that a nested quote makes with the one around it: part of it, but no version of it."""
        number = self._archive.number_of(parent) if parent else None
        if number is None:
            return set()
        rows = self._archive.execute("SELECT wording FROM worded WHERE quote = ?", [number])
        return {(min(wording, outer), max(wording, outer)) for (outer,) in rows}

    def _forget(self, numbers: Sequence[int]) -> set[int]:
        """Take quotes out, and wordings that nobody prints any more; returns the wordings that this may set apart."""
        wordings = {
            wording
            for part, marks in parts(numbers)
            for (wording,) in self._archive.execute(f"SELECT wording FROM worded WHERE quote IN ({marks})", part)
        }
        self._archive.execute_many("DELETE FROM worded WHERE quote = ?", [(number,) for number in numbers])
        left: set[int] = set()
        for wording in wordings:
            if self._archive.execute("SELECT 1 FROM worded WHERE wording = ? LIMIT 1", [wording]):
                left.add(wording)
                continue
            left |= self._companions(wording)
            self._archive.execute("DELETE FROM links WHERE a = ? OR b = ?", [wording, wording])
            self._archive.execute("DELETE FROM wordings WHERE id = ?", [wording])
        return {
            wording
            for part, marks in parts(left)
            for (wording,) in self._archive.execute(f"SELECT id FROM wordings WHERE id IN ({marks})", part)
        }

    def _companions(self, wording: int) -> set[int]:
        rows = self._archive.execute(
            "SELECT a FROM links WHERE b = ? UNION SELECT b FROM links WHERE a = ? UNION "
            "SELECT id FROM wordings WHERE version = (SELECT version FROM wordings WHERE id = ?)",
            [wording] * 3,
        )
        return {other for (other,) in rows} - {wording}

    def _regroup(self, touched: set[int]) -> None:
        """Make the groups of every connected part that a change has touched anew."""
        if not touched:
            return
        reached, links = component(touched | self._pinned_to(touched), self._links_of)
        names = {
            wording: (name, nats)
            for part, marks in parts(reached)
            for wording, name, nats in self._archive.execute(
                f"SELECT id, fingerprint, weight FROM wordings WHERE id IN ({marks})", part
            )
        }
        # Ties are broken by fingerprint, not by number: numbers tell the order of arrival, which must not matter.
        ordered = sorted(names, key=lambda wording: names[wording][0])
        place = {wording: index for index, wording in enumerate(ordered)}
        of_name = {names[wording][0]: place[wording] for wording in ordered}
        pins = [
            (of_name[a], of_name[b], together)
            for a, b, together in self._archive.execute("SELECT a, b, together FROM pins")
            if a in of_name and b in of_name
        ]
        groups = partition(
            {place[wording]: nats for wording, (_, nats) in names.items()},
            [_link(place[link.left], place[link.right], link.score, link.part) for link in links],
            printings={place[wording]: found for wording, found in self._printings(links).items()},
            together=[(a, b) for a, b, together in pins if together],
            apart=[(a, b) for a, b, together in pins if not together],
        )
        rows = []
        for group in groups:
            members = [ordered[index] for index in group]
            rows += [(min(members), member) for member in members]
        self._archive.execute_many("UPDATE wordings SET version = ? WHERE id = ? AND version != ?1", rows)

    def _pinned_to(self, touched: set[int]) -> set[int]:
        """The wordings that people have put together with some, which may share no link with them."""
        rows = self._archive.execute(
            "SELECT x.id, y.id FROM pins JOIN wordings x ON x.fingerprint = pins.a "
            "JOIN wordings y ON y.fingerprint = pins.b WHERE together = 1"
        )
        pinned: set[int] = set()
        grown = True
        while grown:
            new = {w for pair in rows if touched.intersection(pair) or pinned.intersection(pair) for w in pair}
            grown = not new <= pinned
            pinned |= new
        return pinned

    def _links_of(self, wordings: Collection[int]) -> Iterator[Link]:
        for part, marks in parts(wordings):
            rows = self._archive.execute(
                f"SELECT a, b, score, part FROM links WHERE a IN ({marks}) "
                f"UNION SELECT a, b, score, part FROM links WHERE b IN ({marks})",
                [*part, *part],
            )
            yield from (Link(a, b, score, bool(cut)) for a, b, score, cut in rows)

    def _printings(self, links: Collection[Link]) -> dict[int, list[Printing]]:
        """Where and when the wordings of some links stand."""
        found: dict[int, list[Printing]] = {}
        for part, marks in parts({wording for link in links for wording in (link.left, link.right)}):
            rows = self._archive.execute(
                "SELECT DISTINCT wording, outlet, document_id, substr(published, 1, 10) FROM worded "
                f"JOIN quotes ON quotes.number = worded.quote WHERE wording IN ({marks})",
                part,
            )
            for wording, *place in rows:
                found.setdefault(wording, []).append(Printing(*place))
        return found

    def wordings(self, numbers: Sequence[int]) -> list[Wording | None]:
        """The wording of each quote; None for a quote that has none yet, or is gone."""
        found: dict[int, Wording] = {}
        for part, marks in parts(numbers):
            rows = self._archive.execute(
                "SELECT worded.quote, wordings.id, wordings.text, wordings.speaker, occasion, weight, words, kind FROM worded "
                "JOIN wordings ON wordings.id = worded.wording JOIN quotes ON quotes.number = worded.quote "
                "LEFT JOIN readings ON readings.quote = worded.quote "
                f"WHERE worded.quote IN ({marks})",
                part,
            )
            for number, id_, text, speaker, when, nats, words, kind in rows:
                stems = words.split(APART) if words and plain(text) else all_stems(text)
                found[number] = Wording(id_, text, speaker, when, stems, nats, kind == "indirect")
        return [found.get(number) for number in numbers]


def _printing(quote: Quote) -> Printing:
    return Printing(quote.outlet, quote.document_id, quote.published)


def _link(one: int, other: int, score: float, part: bool) -> Link:
    return Link(min(one, other), max(one, other), score, part)
