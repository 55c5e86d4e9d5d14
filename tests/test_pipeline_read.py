"""Paths in, documents out."""

from __future__ import annotations

import gzip
import io
import json
import os
import sys
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from indexer.input import trouble
from indexer.pipeline.read import DEFAULT_READ_OPTIONS, ReadOptions, is_comments, list_files, read_paths, read_stream
from indexer.pipeline.store_quotes import store_documents
from indexer.pipeline.workers import extract_files
from search.model import Document, Skip
from search.storage.store import Store

TEXT = "The mayor opened the bridge on Monday.\n\n“It will hold,” she said, and drove across it twice."


def texts(*paths: str, options: ReadOptions = DEFAULT_READ_OPTIONS) -> list[str]:
    return [item.text for item in read_paths(paths, options=options) if isinstance(item, Document)]


def skips(*paths: str, options: ReadOptions = DEFAULT_READ_OPTIONS) -> list[Skip]:
    return [item for item in read_paths(paths, options=options) if isinstance(item, Skip)]


def test_a_missing_path_is_a_sentence() -> None:
    (skip,) = skips("nowhere/at/all.txt")
    assert skip == Skip("nowhere/at/all.txt", "there is no such file or folder.")


def test_a_folder_is_walked_in_order_without_hidden_files(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", ".hidden.txt", "deep/c.txt", ".git/d.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(f"{TEXT} {name}")
    assert [text.split()[-1] for text in texts(str(tmp_path))] == ["a.txt", "b.txt", "deep/c.txt"]


def test_the_folder_beside_a_saved_page_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "Story.html").write_text(f"<html><body><p>{TEXT}</p></body></html>")
    (tmp_path / "Story_files").mkdir()
    (tmp_path / "Story_files" / "frame.html").write_text("<html><body><p>An advertisement.</p></body></html>")
    assert {Path(item.path).name for item in read_paths([str(tmp_path)])} == {"Story.html"}


def test_a_folder_that_may_not_be_listed_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_text("“No,” she said.", "utf-8")
    (tmp_path / "shut").mkdir()
    listed = os.scandir

    def scandir(path: str) -> object:
        if str(path).endswith("shut"):  # root may list every folder
            raise PermissionError(13, "Permission denied", str(path))
        return listed(path)

    monkeypatch.setattr(os, "scandir", scandir)
    found = list(list_files([str(tmp_path)]))
    assert found == [str(tmp_path / "a.txt"), Skip(str(tmp_path / "shut"), "reading it is not permitted.")]


def test_a_pattern(tmp_path: Path) -> None:
    for name in ("one.txt", "two.txt", "three.md"):
        (tmp_path / name).write_text(f"{TEXT} {name}")
    assert len(texts(str(tmp_path / "*.txt"))) == 2
    assert skips(str(tmp_path / "*.rtf"))[0].reason == "no file fits this pattern."


def test_a_zip_archive_is_opened_and_one_inside_it_is_not(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "news.zip", "w") as archive:
        archive.writestr("a/one.txt", TEXT)
        archive.writestr("two.jsonl", json.dumps({"text": "kept  to the letter "}) + "\n")
        archive.writestr("bomb.zip", b"PK\x03\x04")
        archive.writestr("__MACOSX/one.txt", "noise")
    assert texts(str(tmp_path / "news.zip")) == [TEXT, "kept  to the letter "]
    assert skips(str(tmp_path / "news.zip"))[0].path.endswith("news.zip/bomb.zip")


def test_a_zip_archive_without_a_file_says_so(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "news.zip", "w") as archive:
        archive.writestr("folder/", "")
        archive.writestr("__MACOSX/a.txt", "“No,” she said.")
    (skip,) = read_paths([str(tmp_path / "news.zip")])
    assert isinstance(skip, Skip)
    assert skip.reason == "it is an archive without a file in it."


def test_gzip_is_undone(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(json.dumps({"text": TEXT}).encode()))
    assert texts(str(tmp_path / "a.jsonl.gz")) == [TEXT]


def test_a_damaged_gzip_gives_what_it_can(tmp_path: Path) -> None:
    lines = "".join(json.dumps({"text": f"{TEXT} {number}"}) + "\n" for number in range(2000)).encode()
    whole = gzip.compress(lines)
    (tmp_path / "a.jsonl.gz").write_bytes(whole[: len(whole) // 2])
    assert len(texts(str(tmp_path / "a.jsonl.gz"))) > 10
    assert "damaged" in skips(str(tmp_path / "a.jsonl.gz"))[-1].reason


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(json.dumps({"text": TEXT, "id": "x"}).encode())))
    (document,) = read_paths(["-"])
    assert isinstance(document, Document)
    assert (document.id, document.text) == ("x", TEXT)


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("empty.html", b"", "the file is empty."),
        ("blank.txt", b" \n\t\n", "the file holds nothing but white space."),
        ("picture.html", b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "this is a PNG image"),
        ("program.txt", b"\x7fELF\0\0\0\0" + bytes(100), "this is a program"),
    ],
)
def test_what_is_no_document_says_why(tmp_path: Path, name: str, content: bytes, reason: str) -> None:
    (tmp_path / name).write_bytes(content)
    (skip,) = skips(str(tmp_path / name))
    assert skip.reason.startswith(reason)


def test_a_large_file_is_refused_with_a_reason(tmp_path: Path) -> None:
    (tmp_path / "large.txt").write_text(TEXT * 100)
    (skip,) = skips(str(tmp_path / "large.txt"), options=ReadOptions(max_bytes=1000))
    assert "larger than" in skip.reason


def test_by_hand_goes_before_what_the_document_says(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(json.dumps({"text": TEXT, "outlet": "Wrong", "published": "2020-01-01"}))
    (document,) = read_paths([str(tmp_path / "a.jsonl")], options=ReadOptions(outlet="Right", date="2024-05-06"))
    assert isinstance(document, Document)
    assert (document.outlet, document.published) == ("Right", "2024-05-06")
    assert document.provenance["outlet"] == document.provenance["published"] == "by hand"


def test_a_date_in_the_future_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(json.dumps({"text": TEXT, "date": "2031-01-01"}))
    (document,) = read_paths([str(tmp_path / "a.jsonl")], options=ReadOptions(now=datetime(2024, 5, 6, tzinfo=UTC)))
    assert isinstance(document, Document)
    assert document.published is None
    assert "date-refused" in document.flags


def test_a_mapping_names_the_fields(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(json.dumps({"words": TEXT, "text": "not this", "when": "2024-05-06"}))
    (document,) = read_paths(
        [str(tmp_path / "a.jsonl")], options=ReadOptions(fields={"text": "words", "published": "when"})
    )
    assert isinstance(document, Document)
    assert (document.text, document.published) == (TEXT, "2024-05-06")


def test_a_line_above_the_limit_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(json.dumps({"text": "x" * 5000}) + "\n" + json.dumps({"text": TEXT}) + "\n")
    options = ReadOptions(max_bytes=2000)
    assert texts(str(tmp_path / "a.jsonl"), options=options) == [TEXT]
    assert skips(str(tmp_path / "a.jsonl"), options=options)[0].path.endswith("a.jsonl:1")


def test_snippets_with_quotations_are_a_document(tmp_path: Path) -> None:
    """GDELT's quotation files have no text, only quotations with the words around them."""
    row = {
        "url": "https://a.example/1",
        "quotes": [{"pre": "The mayor said,", "quote": "It will hold", "post": "and left."}],
    }
    (tmp_path / "gqg.json").write_text(json.dumps(row) + "\n")
    (document,) = read_paths([str(tmp_path / "gqg.json")])
    assert isinstance(document, Document)
    assert document.text == "The mayor said, “It will hold” and left."
    assert document.flags == ("snippets",)


def test_two_articles_and_comments_in_one_file_come_apart(tmp_path: Path) -> None:
    """A headline after which people are introduced anew begins an article; what reads like comments is set apart."""
    (tmp_path / "forum.txt").write_text(
        """Minister Osei walks out of talks in Port Ansel

Foreign Minister Dana Osei walked out of the talks in Port Ansel on Monday after three hours of argument about the draft.

"We will not sign a text that nobody has read," Osei said in front of the building, where a small crowd had gathered.

Osei said that her delegation would not come back this week. It was the third time that Osei had left the table since May.

The hosts said that Osei had been given the draft a month ago, and that the door stayed open for all delegations.

Hosts of Port Ansel talks deny that draft was kept from ministers

The organisers of the talks have denied that Foreign Minister Dana Osei was not shown the draft before the meeting began.

"Every delegation had the text in March," a spokesman said on Tuesday. He added that the list of those who signed for it was public.

lol she never reads anything. my uncle could of done that job better,he at least shows up!!
imo the hosts are idiots too. why trust anybody in port ansel??
wtf is a draft anyway... nobody cares what osei thinks lmao
""",
        "utf-8",
    )
    first, second, comments = (item for item in read_paths([str(tmp_path / "forum.txt")]) if isinstance(item, Document))
    assert first.title == "Minister Osei walks out of talks in Port Ansel"
    assert second.title == "Hosts of Port Ansel talks deny that draft was kept from ministers"
    assert second.path.endswith("forum.txt#2")
    assert is_comments(comments)
    assert comments.text.startswith("lol she")
    assert comments.outlet is None
    assert not is_comments(first)


def test_hard_wraps_are_undone_only_where_there_are_some(tmp_path: Path) -> None:
    wrapped = (
        "The mayor opened the new bridge across the river on Monday in\n"
        "front of several hundred people, many of whom had waited since\n"
        "the early morning for a place from which they could see it.\n\n"
        "“It will hold,” she said, and drove across it twice while the\n"
        "band of the fire brigade played, and then she walked back home\n"
        "alone along the old ferry road.\n"
    )
    (tmp_path / "a.txt").write_text(wrapped)
    (tmp_path / "b.txt").write_text(
        "ANNA: Will it hold?\nBEN: It will.\nANNA: Then drive across it twice, if you please.\n"
    )
    assert texts(str(tmp_path / "a.txt"))[0].count("\n") == 2
    assert texts(str(tmp_path / "b.txt"))[0].split("\n\n") == [
        "ANNA: Will it hold?",
        "BEN: It will.",
        "ANNA: Then drive across it twice, if you please.",
    ]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be", "utf-32"])
@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.txt", TEXT),
        ("a.jsonl", json.dumps({"text": TEXT}) + "\n" + json.dumps({"text": f"{TEXT} Twice."}, ensure_ascii=False)),
        ("a.csv", f'title;text\none;"{TEXT}"\n'),
        ("a.md", f"# Bridge\n\n{TEXT}\n"),
        ("a.html", f"<html><head><meta charset=utf-16></head><body><p>{TEXT}</p></body></html>"),
    ],
)
def test_two_or_four_bytes_a_letter(tmp_path: Path, name: str, content: str, encoding: str) -> None:
    mark = "\ufeff" if encoding.endswith("-be") else ""
    (tmp_path / name).write_bytes((mark + content).encode(encoding))
    found = texts(str(tmp_path / name))
    assert found
    assert all("“It will hold,” she said" in text and "\ufeff" not in text for text in found)


def test_a_table_in_windows_1252(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(f"title;text\nBrücke;{TEXT.splitlines()[2]}\n".encode("cp1252"))
    (document,) = read_paths([str(tmp_path / "a.csv")])
    assert isinstance(document, Document)
    assert (document.title, document.text) == ("Brücke", TEXT.splitlines()[2])


@pytest.mark.parametrize("charset", ["no-such", "base64", "", "utf-8\0"])
def test_a_charset_that_is_none_is_not_believed(charset: str) -> None:
    for name, data in (("a.csv", f"title,text\na,{TEXT.splitlines()[2]}\n"), ("a.txt", TEXT)):
        stream = io.BytesIO(data.replace(",” ", "” ").encode())
        (document,) = read_stream(stream, name, name, DEFAULT_READ_OPTIONS, charset=charset)
        assert isinstance(document, Document)
        assert "“It will hold" in document.text


def test_what_nobody_foresaw_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A document that breaks a parser, or this program, is skipped, and the next is read; the tests see through it."""
    from indexer.html import page
    from indexer.pipeline import extract
    from indexer.pipeline.items import FileDone
    from indexer.pipeline.workers import extract_files

    def broken(text: str, *_: object, **__: object) -> Document:
        if "breaks" in text:
            raise KeyError("sentinel")
        return Document(id=text[-20:], text=text, path="x")

    (tmp_path / "a.html").write_text("<html><body>breaks it</body></html>")
    (tmp_path / "b.html").write_text("<html><body>reads well</body></html>")
    monkeypatch.setattr(page, "read_page", broken)
    with pytest.raises(KeyError):
        list(read_paths([str(tmp_path)]))
    monkeypatch.setattr(trouble, "UNFORESEEN", (Exception,))
    skip, document = read_paths([str(tmp_path)])
    assert isinstance(skip, Skip)
    assert skip.reason.startswith(
        "it is broken in a way that was not foreseen (KeyError in test_pipeline_read.py, line "
    )
    assert isinstance(document, Document)
    monkeypatch.setattr(extract, "attribute", lambda document: broken("breaks"))
    skip, done = extract_files([str(tmp_path / "b.html")], DEFAULT_READ_OPTIONS)
    assert isinstance(skip, Skip)
    assert done == FileDone(str(tmp_path / "b.html"), "")


def test_a_file_name_that_is_no_utf8_is_read_stored_and_known_again(tmp_path: Path, store: Store) -> None:
    """Such a name ended every run with a traceback."""
    folder = tmp_path / "in"
    folder.mkdir()
    for name in (b"caf\xe9.txt", b"caf\xe8.txt"):
        (folder / os.fsdecode(name)).write_bytes(
            b'Ann Lee said: "We will not sell the ferry to anybody" ' + name[-5:-4] + b".\n"
        )
    for again in (0, 2):
        items = list(extract_files([str(tmp_path / "in")], ReadOptions(), known=store.is_read))
        report = store_documents(items, store, batch=5)
        assert (report.documents, report.unchanged, report.skipped) == (2 - again, again, [])
    assert sorted(Path(document.path).name for document in store.documents()) == [r"caf\xe8.txt", r"caf\xe9.txt"]


def test_links_that_lead_out_of_a_folder_are_not_followed(tmp_path: Path) -> None:
    inside, outside = tmp_path / "in", tmp_path / "out"
    inside.mkdir()
    outside.mkdir()
    (outside / "secret.txt").write_text("A secret of somebody else, kept beside the articles.")
    (inside / "own.txt").write_text("An article that lies in the folder and is long enough to be one.")
    (inside / "link.txt").symlink_to(outside / "secret.txt")
    (inside / "same.txt").symlink_to(inside / "own.txt")
    (inside / "more").symlink_to(outside)
    for path in (str(inside), f"{inside}/*.txt", f"{inside}/**/*.txt"):
        found = list(list_files([path]))
        assert sorted(Path(one).name for one in found if isinstance(one, str)) == ["own.txt", "same.txt"]
        assert [Path(one.path).name for one in found if isinstance(one, Skip)][:1] == ["link.txt"]
    assert list(list_files([str(inside / "link.txt")])) == [str(inside / "link.txt")]  # what is named is meant
