"""The sample archive itself: what its answer key promises really stands in its files."""

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import bs4
import pytest

SAMPLES = Path(__file__).parent.parent / "indexer" / "samples"
ARTICLES = sorted((SAMPLES / "articles").iterdir())
UTTERANCES = json.loads((SAMPLES / "utterances.json").read_text(encoding="utf-8"))
DECOYS = json.loads((SAMPLES / "decoys.json").read_text(encoding="utf-8"))
VERSIONS = [(utterance["id"], version) for utterance in UTTERANCES for version in utterance["versions"]]

KINDS = {
    *("verbatim", "truncated", "brackets", "ellipsis", "edited", "reworded"),
    *("translation", "misattributed", "denied", "headline", "indirect"),
}
OPENING = "\"'“‘„‚«"
CLOSING = "\"'”’“‘»"


def records(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def visible(path: Path, document: str | None = None) -> str:
    """The words of a sample file as a reader sees them: no tags, no entities, runs of white space as one space.

    Quotation marks are made of `<q>`, since its words stand between marks that only the browser draws.
    """
    if path.suffix == ".jsonl":
        chosen = [record for record in records(path) if document in (None, record["id"])]
        return " ".join(f"{record['title']} {record['text']}" for record in chosen)
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".html":
        soup = bs4.BeautifulSoup(text, "lxml")
        for tag in soup(["script", "style"]):
            tag.decompose()
        for tag in soup("q"):
            tag.replace_with(f"“{tag.get_text()}”")
        text = soup.get_text(" ")
    return re.sub(r"\s+", " ", text)


def pieces(version: dict[str, Any]) -> list[str]:
    return list(version.get("pieces") or [version["text"]])


def label(case: tuple[str, dict[str, Any]]) -> str:
    utterance, version = case
    return f"{utterance}-{str(version['file'])[:2]}-{version['kind']}"


@pytest.mark.parametrize("case", VERSIONS, ids=label)
def test_every_version_of_the_answer_key_stands_in_its_file(case: tuple[str, dict[str, Any]]) -> None:
    """Each piece stands in the named file, in order."""
    _, version = case
    text = visible(SAMPLES / "articles" / str(version["file"]), version.get("document"))
    at = 0
    for piece in pieces(version):
        assert piece in text[at:], piece
        at = text.index(piece, at) + len(piece)


def stands_between_marks(text: str, piece: str) -> bool:
    """Whether some place of `piece` has a mark before it and one after it, nearer than a paragraph of news is long.

    A line of a transcript and a block quotation have no marks: a name in capitals or the page's shape stands for them.
    """
    found = [match.start() for match in re.finditer(re.escape(piece), text)]
    windows = [(text[max(0, at - 400) : at], text[at + len(piece) : at + len(piece) + 400]) for at in found]
    return any(set(before) & set(OPENING) and set(after) & set(CLOSING) for before, after in windows)


@pytest.mark.parametrize("case", [case for case in VERSIONS if case[1]["kind"] != "indirect"], ids=label)
def test_versions_that_are_quotations_have_marks_around_them(case: tuple[str, dict[str, Any]]) -> None:
    """All kinds but indirect speech are quoted, or stand in a transcript line or a block quotation."""
    _, version = case
    path = SAMPLES / "articles" / str(version["file"])
    if version.get("transcript"):
        assert re.search(
            rf"[A-Z]{{3,}}: (?:[^\n<]*\s)?{re.escape(pieces(version)[0])}", path.read_text(encoding="utf-8")
        )
        return
    text = visible(path, version.get("document"))
    assert all(stands_between_marks(text, piece) for piece in pieces(version)) or "<blockquote>" in path.read_text(
        encoding="utf-8"
    )


def test_versions_name_what_the_document_calls_the_speaker() -> None:
    """A speaker in the answer key is a name that the file itself prints; null means that nobody is to be judged."""
    for utterance, version in VERSIONS:
        text = visible(SAMPLES / "articles" / version["file"], version.get("document"))
        for name in [version["speaker"], *version.get("via", [])]:
            assert name is None or name in text, (utterance, version["file"], name)


def test_the_answer_key_is_complete() -> None:
    """Fields, kinds and counts are as the README promises, and nothing is listed twice."""
    assert len(UTTERANCES) >= 12
    assert len(VERSIONS) >= 45
    assert len({utterance["id"] for utterance in UTTERANCES}) == len(UTTERANCES)
    for utterance, version in VERSIONS:
        assert {"file", "text", "kind", "outlet", "speaker", "published"} <= version.keys(), utterance
        assert version["kind"] in KINDS
        assert version["text"] == " ".join(pieces(version))
        assert set(version.get("alters", [])) <= {"negation", "number", "name"}
    listed = Counter((utterance, v["file"], v.get("document"), v["kind"], v["text"]) for utterance, v in VERSIONS)
    assert max(listed.values()) == 1
    assert {version["kind"] for _, version in VERSIONS} == KINDS


def test_the_demo_query_has_versions_in_many_outlets() -> None:
    """The first utterance is the one that `quotes demo` asks for: short, and printed differently in many places."""
    demo = UTTERANCES[0]
    assert 6 <= len(demo["query"].split()) <= 12
    english = [version for version in demo["versions"] if version.get("language", "en") == "en"]
    assert len({version["text"] for version in english}) >= 6
    assert len({version["outlet"] for version in english}) >= 6


def test_decoys_stand_in_their_files_and_are_nobodys_utterance() -> None:
    """What must not be anybody's utterance stands in its file, and never where the answer key has the whole of it."""
    assert {decoy["why"] for decoy in DECOYS} == {"placard", "title", "scare", "slogan", "comment", "furniture"}
    for decoy in DECOYS:
        assert decoy["text"] in visible(SAMPLES / "articles" / decoy["file"]), decoy
    key = {(version["file"], version["text"].rstrip(",.")) for _, version in VERSIONS}
    assert not [decoy for decoy in DECOYS if (decoy["file"], decoy["text"]) in key]


def test_the_archive_has_the_size_it_claims() -> None:
    """About thirty articles of at least nine outlets, in three formats."""
    suffixes = Counter(path.suffix for path in ARTICLES)
    assert suffixes == {".html": 22, ".txt": 11, ".jsonl": 1}
    assert len(records(SAMPLES / "articles" / "33-mixed-agency-feed.jsonl")) == 4
    assert len({path.name.split("-")[1] for path in ARTICLES if path.suffix != ".jsonl"}) >= 9
    assert len({version["outlet"] for _, version in VERSIONS}) >= 9


@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: path.name)
def test_every_file_is_utf8_and_of_a_newspaper_length(path: Path) -> None:
    """Names sort stably, bytes are UTF-8 without a mark, and every article has a few hundred words."""
    assert re.fullmatch(r"\d\d-[a-z]+(-[a-z0-9]+)+\.(html|txt|jsonl)", path.name)
    raw = path.read_bytes()
    assert not raw.startswith(b"\xef\xbb\xbf")
    assert "�" not in raw.decode("utf-8")
    texts = [str(record["text"]) for record in records(path)] if path.suffix == ".jsonl" else [visible(path)]
    assert all(200 <= len(text.split()) <= 900 for text in texts)


@pytest.mark.parametrize("path", [p for p in ARTICLES if p.suffix == ".html"], ids=lambda path: path.name)
def test_every_page_has_a_title_and_readable_metadata(path: Path) -> None:
    """Each page has a title; its JSON-LD, where it has some, is JSON; its paragraphs survive the parser."""
    soup = bs4.BeautifulSoup(path.read_text(encoding="utf-8"), "lxml")
    assert soup.title is not None
    assert soup.title.get_text(strip=True)
    for script in soup("script", type="application/ld+json"):
        json.loads(script.get_text())


@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: path.name)
def test_no_real_host_is_named(path: Path) -> None:
    """Everything is invented: every address lies under .example, save the vocabularies that pages point to."""
    addresses = re.findall(r"https?://[^\s\"'<>)]+", path.read_text(encoding="utf-8"))
    hosts = {urlsplit(address).hostname for address in addresses} - {"schema.org", "ogp.me"}
    assert all(str(host).endswith(".example") for host in hosts), hosts
