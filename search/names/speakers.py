"""Who is who across documents: "Zarif", "Javad Zarif" and "Mohammad Javad Zarif" as one speaker, when the names allow it.

Within a document the indexer resolves mentions; here the names that different documents give are joined by two rules
that never guess between two people: a fuller name takes in a shorter one with the same last word whose other words (or
initials) it has, and a surname alone belongs to the only full name that ends in it. What a person writes into
`speakers.toml` in the instance folder comes first, and is read again as soon as the file changes:

    [[speaker]]
    name = "Mohammad Javad Zarif"
    aliases = ["FM Zarif", "M. J. Zarif"]

    [[apart]]
    names = ["Ann Lee", "A. Lee"]
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import tomlkit
import tomlkit.exceptions

from search.errors import ConfigError, QueryError
from search.text.tokens import fold

FILE = "speakers.toml"
HEADER = "# Who is who. Edit it by hand or with `quotes speakers`; it is read anew whenever it changes.\n"
TITLES = frozenset(
    fold(
        "mr mrs ms miss dr sir dame lord lady prof professor president vice minister prime foreign general gen colonel col "
        "major maj captain capt lieutenant lt admiral adm senator sen representative rep congressman congresswoman governor "
        "gov mayor judge justice chief king queen prince princess pope bishop rabbi imam ayatollah sheikh fm pm mp the "
        "former ex chancellor secretary ambassador spokesman spokeswoman chairman chairwoman speaker herr frau monsieur "
        "madame señor señora außenminister innenminister verteidigungsminister finanzminister bundeskanzler kanzler präsident "
        "ministerpräsident ministre président premier présidente presidente ministro ministra cousin cousine"
    ).split()
)
RARE = 0.1  # the share of the commonest name's quotes below which a name does not name its speaker
BODIES = frozenset(
    "agency army association bank board bureau campaign church commission committee company congress council court "
    "department federation force forces government group house hospital institute league mail ministry news office "
    "organisation organization parliament party police post press senate service society state times today union "
    "university".split()
)
SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})


@dataclass(frozen=True, slots=True)
class AliasFile:
    """What a person has decided: names and their aliases, and names that are different people."""

    aliases: Mapping[str, str] = field(default_factory=dict)  # folded alias -> name
    apart: tuple[frozenset[str], ...] = ()  # folded names


class Speakers:
    """The names in an archive, each with the speaker that it stands for.

    `ending` gives all names whose last word (of `core`) is that word, with how many quotes each has: only those can be
    one person without a decision.
    """

    def __init__(self, decided: AliasFile, ending: Callable[[str], Mapping[str, int]]) -> None:
        self._decided = decided
        self._ending = ending
        self._ended: set[str] = set()
        self._known: dict[str, str] = {}
        self._names: dict[str, list[str]] = {}

    def of(self, name: str | None) -> str | None:
        """The speaker that a name stands for; None for None."""
        if name is None or name in self._known:
            return self._known[name] if name is not None else None
        self._look_up(last_word(name))
        return self._known.setdefault(name, name)

    def names(self, speaker: str) -> list[str]:
        """The names in the archive that stand for a speaker."""
        aliases = [alias for alias, name in self._decided.aliases.items() if name == speaker]
        for last in {last_word(name) for name in (speaker, *aliases)}:
            self._look_up(last)
        return self._names.get(speaker, [])

    def _look_up(self, last: str) -> None:
        """Find out who is meant by the names that end with a word."""
        if last not in self._ended:
            known = joined(self._ending(last), self._decided)
            for name, speaker in known.items():
                self._names.setdefault(speaker, []).append(name)
            self._known |= known
            self._ended.add(last)

    def meant(self, wanted: str, names: Sequence[str]) -> list[str]:
        """Which of all `names` belong to speakers whom `wanted` may mean: one of their names has all its words."""
        asked = set(_words(wanted))
        if not asked:
            return []
        speakers = {name: self.of(name) for name in names}
        meant = {of for name, of in speakers.items() if asked <= set(_words(name)) or asked <= set(_words(of or ""))}
        return [name for name, of in speakers.items() if of in meant]


def joined(names: Mapping[str, int], decided: AliasFile) -> dict[str, str]:
    """Each of some names (with how many quotes it has) with its speaker's name; the order of the names is no matter."""
    clusters = _Clusters(decided)
    for name in sorted(names, key=lambda name: (-len(core(name)), name)):
        clusters.take(name)
    return clusters.named(names)


def last_word(name: str) -> str:
    """The word that a name is looked up by: the last one of its core."""
    words = core(name)
    return words[-1] if words else ""


@functools.lru_cache(maxsize=20_000)
def core(name: str) -> tuple[str, ...]:
    """The words of a name, folded, without titles and suffixes; all its words if nothing else is left."""
    words = _words(name.partition(",")[0])
    kept = tuple(word for word in words if word not in TITLES and word not in SUFFIXES)
    return kept or tuple(words)


def fits(short: Sequence[str], full: Sequence[str]) -> bool:
    """Whether a shorter name can be the fuller one: the same last word, and its others are words or initials of it."""
    if not short or not full or short[-1] != full[-1] or len(short) > len(full):
        return False
    rest = list(full[:-1])
    for word in short[:-1]:
        match = next((w for w in rest if _spelling(w) == _spelling(word) or (len(word) == 1 and w[0] == word)), None)
        if match is None:
            return False
        rest.remove(match)
    return True


@functools.lru_cache(maxsize=20_000)
def _spelling(word: str) -> str:
    """A name's word without what transliterations differ in: Muhammad and Mohammad, Hussein and Hossein, Qassem."""
    word = word.replace("ou", "o").replace("oo", "o").replace("ee", "i").replace("u", "o").replace("y", "i")
    return re.sub(r"(.)\1+", r"\1", word)


class _Clusters:
    """Names by speaker while they are being joined, fullest names first."""

    def __init__(self, decided: AliasFile) -> None:
        self._decided = decided
        self._of: dict[str, str] = {}  # name -> the name that leads its cluster
        # Full names that a person has given lead even where no document has them.
        self._given = frozenset(decided.aliases.values())
        self._leaders: list[str] = []
        self._having: dict[str, list[str]] = {}  # a first name, as it is spelled -> the leaders that have it
        for name in sorted(self._given):
            self._lead(name)

    def take(self, name: str) -> None:
        words = core(name)
        decided = self._decided.aliases.get(_folded(name))
        if decided is not None:
            self._of[name] = decided
            return
        leaders = {
            self._of.get(lead, lead)
            for lead in self._possible(words)
            if fits(words, core(lead)) and not self._told_apart(name, lead)
        }
        if len(leaders) == 1 and (len(words) > 1 or _surname(name)):
            self._of[name] = leaders.pop()
        else:
            self._of[name] = name
        self._lead(name)

    def _lead(self, name: str) -> None:
        """Keep a name that shorter ones may be found to stand for."""
        self._leaders.append(name)
        for word in set(map(_spelling, core(name)[:-1])):
            self._having.setdefault(word, []).append(name)

    def _possible(self, words: Sequence[str]) -> Sequence[str]:
        """The leaders that a name of these words may fit: those that have one of its first names, if it has any."""
        first = next((word for word in words[:-1] if len(word) > 1), None)
        return self._leaders if first is None else self._having.get(_spelling(first), ())

    def named(self, counts: Mapping[str, int]) -> dict[str, str]:
        """Each name with its speaker's name: the one that a person gave, else the fullest that is not a rarity.

        A name of more words that hardly anybody prints has a title or a slip of the pen in it.
        """
        members: dict[str, list[str]] = {}
        for name, lead in self._of.items():
            members.setdefault(lead, []).append(name)
        chosen: dict[str, str] = {}
        for lead, names in members.items():
            most = max(counts.get(name, 0) for name in names)
            usual = [name for name in names if counts.get(name, 0) >= RARE * most]
            fullest = min(usual, key=lambda name: (-len(core(name)), len(name), name))
            chosen[lead] = lead if lead in self._given else fullest
        return {name: chosen[lead] for name, lead in self._of.items()}

    def _told_apart(self, name: str, lead: str) -> bool:
        both = {_folded(name), _folded(lead)}
        return len(both) > 1 and any(both <= names for names in self._decided.apart)


def _surname(name: str) -> bool:
    """Whether a name of one word can be a person's surname: "the police" and "spokesman" are nobody's."""
    word = name.rpartition(" ")[2]
    return word[:1] != word[:1].lower() and fold(word) not in BODIES


def read(folder: Path) -> AliasFile:
    """The alias file of an instance; ConfigError, naming the file, if it cannot be understood."""
    document = _parsed(folder / FILE)
    aliases: dict[str, str] = {}
    for entry in document.get("speaker", []):
        name = _text(entry.get("name"), folder)
        for alias in [name, *entry.get("aliases", [])]:
            aliases[_folded(_text(alias, folder))] = name
    apart = [
        frozenset(_folded(_text(n, folder)) for n in entry.get("names", [])) for entry in document.get("apart", [])
    ]
    return AliasFile(aliases, tuple(apart))


def merge(folder: Path, name: str, aliases: Iterable[str]) -> None:
    """Write down that `aliases` all mean `name`."""
    document = _parsed(folder / FILE)
    wanted = list(dict.fromkeys(alias for alias in aliases if alias != name))
    for entry in document.get("speaker", []):
        entry["aliases"] = [alias for alias in entry.get("aliases", []) if alias not in wanted]
    entry = next((e for e in document.get("speaker", []) if e.get("name") == name), None)
    if entry is None:
        entry = tomlkit.table()
        entry["name"] = name
        entry["aliases"] = []
        _tables(document, "speaker").append(entry)
    entry["aliases"] = [
        *entry.get("aliases", []),
        *(alias for alias in wanted if alias not in entry.get("aliases", [])),
    ]
    _drop_apart(document, {name, *wanted})
    _write(folder / FILE, document)


def split(folder: Path, names: Sequence[str]) -> None:
    """Write down that `names` are different people."""
    if len(set(names)) < 2:
        raise QueryError("Two different names are needed to tell people apart.")
    document = _parsed(folder / FILE)
    for entry in document.get("speaker", []):
        if entry.get("name") in names:
            entry["aliases"] = [alias for alias in entry.get("aliases", []) if alias not in names]
    entry = tomlkit.table()
    entry["names"] = list(dict.fromkeys(names))
    _tables(document, "apart").append(entry)
    _write(folder / FILE, document)


def rename(folder: Path, old: str, new: str, names: Iterable[str]) -> None:
    """Write down that the speaker called `old`, with all its names, is to be called `new`."""
    document = _parsed(folder / FILE)
    speakers = [entry for entry in document.get("speaker", []) if entry.get("name") == old]
    aliases = [alias for entry in speakers for alias in entry.get("aliases", [])]
    if speakers:
        _keep(document, "speaker", [entry for entry in document.get("speaker", []) if entry.get("name") != old])
        _write(folder / FILE, document)
    merge(folder, new, [old, *aliases, *names])


def _drop_apart(document: tomlkit.TOMLDocument, joined_names: set[str]) -> None:
    """A later decision to put names together undoes an earlier one to keep them apart."""
    kept = [entry for entry in document.get("apart", []) if not len(joined_names & set(entry.get("names", []))) > 1]
    if len(kept) != len(document.get("apart", [])):
        _keep(document, "apart", kept)


def _keep(document: tomlkit.TOMLDocument, key: str, entries: Sequence[Any]) -> None:
    """Leave only these tables; with none left, not even the key, which TOML could only write as an empty array."""
    document.remove(key)
    for entry in entries:
        _tables(document, key).append(entry)


def _tables(document: tomlkit.TOMLDocument, key: str) -> Any:
    if key not in document:
        document[key] = tomlkit.aot()
    return document[key]


def _parsed(path: Path) -> tomlkit.TOMLDocument:
    try:
        return tomlkit.parse(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return tomlkit.parse(HEADER)
    except (tomlkit.exceptions.TOMLKitError, UnicodeDecodeError, OSError) as error:
        raise ConfigError(f"{path} cannot be understood: {error}. Mend the file, or move it away.") from error


def _write(path: Path, document: tomlkit.TOMLDocument) -> None:
    fresh = path.with_suffix(".new")
    fresh.write_text(tomlkit.dumps(document), encoding="utf-8")
    fresh.replace(path)


def _text(value: object, folder: Path) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ConfigError(f"{folder / FILE}: every name has to be a text that is not empty.")
    return value


def _folded(name: str) -> str:
    return " ".join(_words(name))


def _words(name: str) -> list[str]:
    return re.findall(r"\w+", re.sub(r"['’]s\b", "", fold(name[:200])))
