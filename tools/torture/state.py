"""What an instance holds, so that two can be compared; and whether it is as it has to be after something went wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass, field
from pathlib import Path

from trial import in_child, run_command

from search.settings import load
from search.storage.archive import Archive
from search.storage.databases.sqlite_database import SqliteDatabase
from search.storage.store import Store
from search.storage.upkeep.examination import examine


@dataclass(frozen=True, slots=True)
class State:
    """All that is precious, and the utterances that are made of it; when things were stored is left out.

    documents   by id
    quotes      by id
    decisions   what people corrected, decided of two versions, and deleted
    names       what people wrote of speakers
    utterances  the ids of the quotes of each
    """

    documents: Mapping[str, str] = field(default_factory=dict)
    quotes: Mapping[str, str] = field(default_factory=dict)
    decisions: frozenset[str] = frozenset()
    names: str = ""
    utterances: frozenset[frozenset[str]] = frozenset()


def read_state(instance: Path) -> State:
    """Return what an instance holds; it has to be opened by a process that does nothing else. Raises StoreError."""
    path = instance / "archive.sqlite3"
    if not path.exists():
        return State()
    with Store(load({"instance": instance}, environ={})) as store:
        exported = list(store.export())
    groups: dict[str, set[str]] = {}
    for quote, utterance in exported:
        groups.setdefault(utterance, set()).add(quote.id)
    with closing(SqliteDatabase(path)) as database:
        archive = Archive(database)
        documents = {document.id: repr(sorted(asdict(document).items())) for document in archive.documents()}
        decided = {f"decision {row}" for row in database.execute("SELECT a, b, together FROM decisions")}
        # Without when they were made, and so without their ids: to say a thing again is to say it once more.
        corrections = database.execute("SELECT kind, person, reason, quotes, names, undone IS NULL FROM corrections")
        decided |= {f"correction {row}" for row in corrections}
        deleted = {f"deleted {row[0]}" for row in database.execute("SELECT id FROM deleted_documents")}
    names = instance / "speakers.toml"
    return State(
        documents,
        {quote.id: repr(quote) for quote, _ in exported},
        frozenset(decided | deleted),
        names.read_text(encoding="utf-8") if names.exists() else "",
        frozenset(map(frozenset, groups.values())),
    )


def losses(before: State, after: State, found: State) -> list[str]:
    """Return what is not there of what has to be, and what is there and may not be, in the middle of a step."""
    wrong = []
    for name in ("documents", "quotes"):
        old, new, now = getattr(before, name), getattr(after, name), getattr(found, name)
        wrong += [f"lost {name[:-1]} {id_}" for id_ in old if id_ in new and id_ not in now]
        wrong += [f"a {name[:-1]} from nowhere, {id_}" for id_ in now if id_ not in old and id_ not in new]
        wrong += [f"another {name[:-1]} {id_}" for id_ in now if now[id_] not in (old.get(id_), new.get(id_))]
    wrong += [f"lost decision {one}" for one in before.decisions & after.decisions - found.decisions]
    wrong += [f"a decision from nowhere, {one}" for one in found.decisions - before.decisions - after.decisions]
    if found.names not in (before.names, after.names):
        wrong.append("other names than before or after")
    return wrong


def faults_after(instance: Path, words: Sequence[str], before: State, after: State) -> list[str]:
    """Return what is wrong with an instance in which a step was interrupted, and when the step has been run again.

    Every document, quote and decision that was there is there once, the doctor finds nothing once a command has been run, and
    the same step comes to what it comes to undisturbed.
    """
    settled = run_command(instance, ["status"])
    if settled.fault() or settled.code != 0:
        return [f"status: {settled.fault() or settled.stderr.strip()[:300]}"]
    # What a killed rebuild left beside the index is no harm, and goes with the next command that writes.
    wrong = [one for one in _faults_now(instance, before, after) if "A rebuild that was killed left" not in one]
    again = run_command(instance, words)
    if fault := again.fault():
        wrong.append(f"again: {fault}")
    # What was deleted cannot be deleted twice.
    elif again.code not in ((0, 1) if words[0] == "delete" else (0,)):
        wrong.append(f"again: {again.stderr.strip()[:300]}")
    return wrong + [f"again: {one}" for one in _faults_now(instance, after, after)]


def _faults_now(instance: Path, before: State, after: State) -> list[str]:
    """Return what is wrong with an instance; where `before` is `after`, it has to hold the very same utterances, too."""

    def look() -> list[str]:
        found = read_state(instance)
        wrong = losses(before, after, found)
        if before is after and found.utterances != after.utterances:
            wrong.append("other utterances than those of an undisturbed run")
        faults = examine(load({"instance": instance}, environ={}))
        return wrong + [f"doctor: {fault.part}: {fault.fault}" for fault in faults]

    try:
        return in_child(look)
    except RuntimeError as error:
        return [f"cannot be read: {str(error).strip().splitlines()[-1]}"]
