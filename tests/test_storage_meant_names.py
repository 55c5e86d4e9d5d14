"""A bare surname, and a role with a place, are who their own document means: in filters, facets, lists, counts and exports."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner

from search.cli import quotes as command
from search.corrections.correction import CorrectionKind
from search.find.find import find
from search.model import Document, Query, Quote
from search.names.authority import AuthorityEntry, Office
from search.settings import load
from search.storage.speakers import meant_names
from search.storage.store import Store
from search.storage.upkeep.examination import examine

TEXTS = {
    "a": "Peter Lind came to Northport. “The dam is safe,” Lind said.",
    "b": "Mary Lind came to Southport. “The dam is leaking,” Lind said.",
    "c": "“The dam is nobody's,” Lind said.",
}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(load({"instance": tmp_path / "instance"}, environ={})) as opened:
        yield opened


def words(text: str) -> str:
    return text.split("“")[1].split("”", maxsplit=1)[0].strip(",")


def put(store: Store, key: str, text: str, speaker: str = "Lind", **more: str) -> None:
    quote = Quote(
        f"q{key}", key, words(text), speaker=speaker, mention=speaker, outlet="Ledger", confidence=1.0, **more
    )  # type: ignore[arg-type]
    store.add([(Document(key, text), key, [quote])])
    store.catch_up()


def put_all(store: Store) -> None:
    for key, text in TEXTS.items():
        put(store, key, text)


def speakers(store: Store) -> dict[str, str | None]:
    return {quote.id: quote.speaker for quote, _ in store.export()}


def rows(store: Store, sql: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(store.folder / "archive.sqlite3")) as other, other:
        found = other.execute(sql).fetchall()
    other.close()
    return found


def listed(store: Store) -> dict[str, int]:
    return {row.name: row.quotes for row in store.speaker_table()}


def test_each_document_says_whom_it_means(store: Store) -> None:
    put_all(store)
    assert speakers(store) == {"qa": "Peter Lind", "qb": "Mary Lind", "qc": "Lind"}
    assert listed(store) == {"Peter Lind": 1, "Mary Lind": 1, "Lind": 1}
    found = {
        name: [quote.id for utterance in find(store, Query(speaker=(name,))).utterances for quote in utterance.quotes]
        for name in ("Peter Lind", "Mary Lind")
    }
    assert found == {"Peter Lind": ["qa"], "Mary Lind": ["qb"]}
    answer = find(store, Query(text="the dam is", not_speaker=("Mary Lind",)))
    assert {quote.id for utterance in answer.utterances for quote in utterance.quotes} == {"qa", "qc"}
    assert dict(find(store, Query(text="the dam is safe")).facets["speaker"])["Peter Lind"] == 1


def test_what_is_printed_stays_as_it_came_and_names_no_other_version(store: Store) -> None:
    put_all(store)
    assert rows(store, "SELECT DISTINCT speaker FROM quotes") == [("Lind",)]
    assert [record and record.speaker for record in store.version_records([1, 2, 3])] == ["Lind"] * 3


def test_it_is_explained(store: Store) -> None:
    put_all(store)
    profile = store.speaker_profile("Peter Lind")
    assert profile is not None
    (meant,) = profile.meant
    assert (meant.count.name, meant.count.quotes, meant.reason.why) == ("Lind", 1, "its document names Peter Lind")
    assert [row.value for row in profile.outlets] == ["Ledger"]
    shown = CliRunner().invoke(
        command, ["speakers", "show", "Peter Lind", "--explain", "--instance", str(store.folder)]
    )
    assert "1 Lind, in 1 document its document names Peter Lind, chance 0.97" in " ".join(shown.output.split())


def test_a_full_name_that_comes_later_says_who_was_meant_before(store: Store) -> None:
    put(store, "a", "Zelmo Lind came. “The dam is safe,” Lind said.")
    assert speakers(store) == {"qa": "Lind"}
    put(store, "b", "“The dam is old,” Zelmo Lind said.", "Zelmo Lind")
    assert speakers(store) == {"qa": "Zelmo Lind", "qb": "Zelmo Lind"}
    assert rows(store, "SELECT * FROM names") == [("Zelmo Lind", 2, 2)]


def test_so_many_quotes_of_a_surname_are_done_again_and_no_more(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(meant_names, "REDONE", 2)
    for key in "abc":
        put(store, key, f"Zelmo Lind came. “The dam is {key} safe,” Lind said.")
    put(store, "d", "“The dam is old,” Zelmo Lind said.", "Zelmo Lind")
    assert speakers(store) == {"qa": "Lind", "qb": "Zelmo Lind", "qc": "Zelmo Lind", "qd": "Zelmo Lind"}


def test_counts_are_right_after_deletions(store: Store) -> None:
    put_all(store)
    put(store, "d", "Peter Lind said: “The dam is new.”", "Peter Lind")
    assert rows(store, "SELECT * FROM names ORDER BY name") == [
        ("Lind", 1, 1),
        ("Mary Lind", 1, 1),
        ("Peter Lind", 2, 2),
    ]
    store.delete_document("a")
    store.delete_document("b")
    assert rows(store, "SELECT * FROM names ORDER BY name") == [("Lind", 1, 1), ("Peter Lind", 1, 1)]
    assert rows(store, "SELECT count(*) FROM meant_names") == [(0,)]


def test_a_persons_word_about_a_surname_comes_first(store: Store) -> None:
    put_all(store)
    before = {"Peter Lind": 1, "Mary Lind": 1, "Lind": 1}
    (store.folder / "speakers.toml").write_text(
        '[[speaker]]\nname = "Otto Lind"\naliases = ["Lind"]\n', encoding="utf-8"
    )
    store.catch_up_if_free()
    assert listed(store) == {"Otto Lind": 3}
    (store.folder / "speakers.toml").unlink()
    store.catch_up_if_free()
    assert listed(store) == before
    correction = store.correct(CorrectionKind.SAME_PERSON, "ed", "", names=("Otto Lind", "Lind"))
    assert listed(store) == {"Otto Lind": 3}
    store.undo_correction(correction.id, "ed", "")
    assert listed(store) == before


def test_a_persons_word_about_one_quote_comes_first_and_can_be_taken_back(store: Store) -> None:
    put_all(store)
    correction = store.correct(CorrectionKind.SPEAKER, "ed", "", quotes=("qa",), names=("Lind",))
    assert speakers(store)["qa"] == "Lind"
    store.undo_correction(correction.id, "ed", "")
    assert speakers(store)["qa"] == "Peter Lind"


def test_the_doctor_finds_nothing_wrong_before_and_after_a_rebuild(store: Store) -> None:
    put_all(store)
    assert not list(examine(load({"instance": store.folder}, environ={})))
    store.rebuild()
    assert not list(examine(load({"instance": store.folder}, environ={})))
    assert listed(store) == {"Peter Lind": 1, "Mary Lind": 1, "Lind": 1}


def test_ready_made_quotes_are_read_by_the_words_around_them(store: Store) -> None:
    store.add_quotes(
        [Quote("q", "", "The dam is safe", speaker="Lind", before="Peter Lind came late.", confidence=1.0)]
    )
    store.catch_up()
    assert speakers(store) == {"q": "Peter Lind"}


OFFICES = (Office("Governor", "Indrania", "2013-01-01", "2016-12-31"),)


@pytest.mark.parametrize("first", ["quotes", "authority"])
def test_a_role_with_a_place_is_its_holder_on_that_day_everywhere(store: Store, first: str) -> None:
    entry = AuthorityEntry("Q901", "Anna Rask", (), OFFICES)
    if first == "authority":
        store.import_authority([entry])
    for key, day in (("a", "2014-03-01"), ("b", "2019-03-01")):
        put(
            store,
            key,
            f"“The road of {day} is safe,” the Indrania governor said.",
            "the Indrania governor",
            published=day,
        )
    if first == "quotes":
        store.import_authority([entry])
    assert speakers(store) == {"qa": "Anna Rask", "qb": "the Indrania governor"}
    assert listed(store) == {"Anna Rask": 1}
    (utterance,) = find(store, Query(speaker=("anna rask",))).utterances
    assert [(quote.id, quote.speaker_id) for quote in utterance.quotes] == [("qa", "Q901")]
    exported = CliRunner().invoke(command, ["export", "--instance", str(store.folder)]).output
    assert [json.loads(line).get("speaker_id") for line in exported.splitlines()] == ["Q901", None]


def test_an_archive_whose_names_were_never_asked_about_is_read_once(store: Store) -> None:
    put_all(store)
    store.close()
    with closing(sqlite3.connect(store.folder / "archive.sqlite3")) as other, other:
        other.execute("DELETE FROM meant_names")
        other.execute("DELETE FROM meta WHERE key = 'meant_names'")
        other.execute("DELETE FROM names")
        other.execute("DELETE FROM name_keys WHERE name <> 'Lind'")
        other.execute("INSERT INTO names VALUES ('Lind', 3, 3)")
    other.close()
    with Store(load({"instance": store.folder}, environ={})) as again:
        assert set(speakers(again).values()) == {"Lind"}
        again.catch_up_if_free()
        assert again.hindrance is None
        assert speakers(again) == {"qa": "Peter Lind", "qb": "Mary Lind", "qc": "Lind"}
        assert listed(again) == {"Peter Lind": 1, "Mary Lind": 1, "Lind": 1}
