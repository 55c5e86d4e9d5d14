"""Every reader of the folder has its golden pair in tests/readers: a file of its format, and what is read from it."""

from __future__ import annotations

import io
import json
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.input.input_file import input_from_bytes
from indexer.pipeline.read import ReadOptions, read_input, read_paths
from indexer.readers import all_readers, choose_reader
from search.errors import ReadError
from search.model import Document, Skip

FOLDER = Path(__file__).parent / "readers"
NAMES = [reader.__name__.rpartition(".")[2] for reader in all_readers()]


def pair(name: str) -> Path:
    """The file of a format, whatever its extension; fails for a reader that has none."""
    found = [path for path in FOLDER.glob(f"{name}.*") if path.suffix != ".golden"]
    assert len(found) == 1, f"put one file {name}.<extension> into {FOLDER}, then run pytest --update"
    return found[0]


def as_json(item: Document | Skip) -> dict[str, object]:
    if isinstance(item, Skip):
        return {"path": Path(item.path).name, "skipped": item.reason}
    return {
        "path": Path(item.path).name,
        "url": item.url,
        "outlet": item.outlet,
        "title": item.title,
        "authors": list(item.authors),
        "published": item.published,
        "modified": item.modified,
        "language": item.language,
        "flags": list(item.flags),
        "regions": [[region.role, region.span.of(item.text), region.note] for region in item.regions],
        "provenance": dict(sorted(item.provenance.items())),
        "text": item.text,
    }


@pytest.mark.parametrize("name", NAMES)
def test_reads_its_golden_file(name: str, update: bool) -> None:
    """What a reader makes of its file is what the golden file says."""
    path = pair(name)
    made = [as_json(item) for item in read_paths([str(path)])]
    golden = FOLDER / f"{name}.golden"
    if update:
        golden.write_text(json.dumps(made, ensure_ascii=False, indent=1) + "\n", "utf-8")
    assert made == json.loads(golden.read_text("utf-8"))
    assert any("text" in item for item in made)


@pytest.mark.parametrize("name", NAMES)
def test_is_the_one_that_recognises_its_file(name: str) -> None:
    """Content is enough for most; with the file's name, the right reader is chosen for all."""
    path = pair(name)
    chosen = choose_reader(path.name.lower(), path.read_bytes()[:4096])
    assert chosen is not None
    assert chosen.__name__.endswith(f".{name}")


@pytest.mark.parametrize(
    "name",
    ["html", "feed", "jsonl", "warc", "mail", "pdf", "docx", "epub", "newsml", "ninjs", "rtf", "wacz", "captions"],
)
def test_content_goes_before_the_name(name: str) -> None:
    """A file with the wrong extension is read all the same."""
    chosen = choose_reader("story.txt", pair(name).read_bytes()[:4096])
    assert chosen is not None
    assert chosen.__name__.endswith(f".{name}")


@pytest.mark.parametrize("name", NAMES)
def test_survives_being_cut_anywhere(name: str) -> None:
    """A file that ends too early gives documents or sentences, never an exception."""
    data = pair(name).read_bytes()
    for end in range(0, len(data), max(1, len(data) // 25)):
        for item in read_input(input_from_bytes(data[:end], "cut", pair(name).name, ReadOptions())):
            assert isinstance(item, Document | Skip)
            if isinstance(item, Skip):
                assert item.reason.endswith(".")


@given(st.sampled_from(NAMES), st.binary(max_size=300), st.integers(0, 10_000))
def test_survives_noise(name: str, noise: bytes, where: int) -> None:
    """Any bytes put anywhere into a file are legal input, and regions always lie inside their text."""
    data = pair(name).read_bytes()
    at = where % (len(data) + 1)
    file = input_from_bytes(data[:at] + noise + data[at:], "noisy", pair(name).name, ReadOptions())
    for item in read_input(file):
        if isinstance(item, Document):
            assert all(0 <= region.span.start < region.span.end <= len(item.text) for region in item.regions)
            assert "\0" not in item.text
            item.text.encode()


def reasons(name: str, data: bytes) -> list[str]:
    """What a reader itself says of some bytes, without the net under it."""
    (reader,) = (reader for reader in all_readers() if reader.__name__.endswith(f".{name}"))
    try:
        return [getattr(item, "reason", "") for item in reader.read(input_from_bytes(data, "x", "x", ReadOptions()))]
    except ReadError as error:
        return [str(error)]


@pytest.mark.parametrize(
    "sender", ["Harbour Post <", "Harbour Post <!DOCTYPE x [@[", 'a"b" <c@d', "<p>“We\ufffd", "@<,;:"]
)
def test_a_sender_cut_off_in_the_middle_is_still_a_message(sender: str) -> None:
    """Found by bench/fuzz_readers.py: the library's address parser raises IndexError and AttributeError."""
    data = f"From: {sender}\nTo: a@b.example\nSubject: The ferry\n\n“It will hold,” she said.\n".encode()
    assert reasons("mail", data) == [""]


@pytest.mark.parametrize(
    "header", [b'Content-Type: text/plain; charset*="', b'Content-Type: multipart/alternative; boundary="\n =']
)
def test_a_message_with_odd_headers_is_read_or_refused(header: bytes) -> None:
    assert len(reasons("mail", b"From: a@b.example\nTo: c\nDate: x\n" + header + b"\n\nIt will hold.\n")) == 1


@pytest.mark.parametrize("header", ["From", "Subject", "Content-Type", "Date"])
def test_a_header_of_a_megabyte_does_not_hang(header: str) -> None:
    """Found by bench/fuzz_readers.py: the library takes the square of a header's length, here some hours."""
    fields = {"From": "a@b.example", "To": "c@d.example", "Subject": "The ferry", "Content-Type": "text/plain"}
    fields[header] = fields.get(header, "") + "“" * 1_000_000
    data = "".join(f"{name}: {value}\n" for name, value in fields.items()) + "\n“It will hold,” she said.\n"
    started = time.process_time()
    assert len(reasons("mail", data.encode())) == 1
    assert time.process_time() - started < 10


@pytest.mark.parametrize("blanks", [" " * 500_000, "\n" * 500_000, "/* " * 200_000, "]]>" * 200_000])
def test_blanks_in_a_script_do_not_hang(blanks: str) -> None:
    """Found by bench/fuzz_readers.py: a pattern that began with white space took the square of its length."""
    said = "<p>“It will hold,” said Ann Lee, the mayor of Marnholt, and left for the ferry.</p>" * 3
    for script in (f'{{"@type": "NewsArticle",{blanks}x', f"<!-- {blanks} -->", f"{blanks}//"):
        page = (
            f"<html><body><script type='application/ld+json'>{script}</script><article>{said}</article></body></html>"
        )
        started = time.process_time()
        assert len(reasons("html", page.encode())) == 1
        assert time.process_time() - started < 10


def test_entities_that_nobody_declared_are_what_html_means_by_them() -> None:
    """Found by bench/fuzz_readers.py: the parser leaves a node in their place, which is no element."""
    said = "<p>&ldquo;It will hold,&rdquo; <b>Ann</b>&nbsp;Lee said &frobnicate; twice.</p>"
    data = f"<nitf><body><body.head><hedline><hl1>Bridge &amp; ferry</hl1></hedline><byline>&ldquo;</byline></body.head><body.content>{said}</body.content></body></nitf>"
    (document,) = read_input(input_from_bytes(data.encode(), "a", "a.xml", ReadOptions()))
    assert isinstance(document, Document)
    assert document.text == "“It will hold,” Ann Lee said &frobnicate; twice."
    assert document.title == "Bridge & ferry"


@pytest.mark.parametrize("number", ["9" * 1000, "-" + "9" * 400, "1e999", "1e308", "9999999999999999"])
def test_a_date_of_a_thousand_digits_is_no_date(number: str) -> None:
    """Found by bench/fuzz_readers.py: an integer that is too large to be asked whether it is finite."""
    (document,) = read_input(
        input_from_bytes(f'{{"text": "It will hold.", "date": {number}}}\n'.encode(), "a", "a.jsonl", ReadOptions())
    )
    assert isinstance(document, Document)
    assert document.published is None


@pytest.mark.parametrize("name", ["docx", "epub", "wacz"])
def test_an_archive_whose_directory_lies_is_refused(name: str) -> None:
    """Found by bench/fuzz_readers.py: sizes before the file's beginning (ValueError), odd versions (NotImplementedError)."""
    data = pair(name).read_bytes()
    directory = data.rindex(b"PK\x05\x06")
    moved = data[: directory + 12] + b"\xff\xff" + data[directory + 14 :]
    assert "damaged" in reasons(name, moved)[0]
    first = data.index(b"PK\x01\x02")
    assert "damaged" in reasons(name, data[: first + 6] + b"\xf4" + data[first + 7 :])[0]


def test_a_reader_takes_a_stream_that_cannot_be_rewound() -> None:
    """Archives on standard input are spooled, not sought in."""

    class Pipe(io.RawIOBase):
        def __init__(self, data: bytes) -> None:
            self.inside = io.BytesIO(data)

        def readable(self) -> bool:
            return True

        def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
            return self.inside.readinto(buffer)

    from indexer.pipeline.read import _open_stream

    made = list(_open_stream(Pipe(pair("wacz").read_bytes()), "-", "", ReadOptions()))
    assert [item.title for item in made if isinstance(item, Document)] == ["Ferry stays in port until spring"]
