"""Broken and hostile files: each gets what it should, quickly, and never a traceback.

The files in tests/hostile/ are invented; the large ones are made here.
"""

from __future__ import annotations

import gzip
import io
import json
import struct
import subprocess
import sys
import zipfile
import zlib
from pathlib import Path

import pytest

from indexer.pipeline.read import read_paths
from search.instants import in_utc
from search.model import Document, Skip

FOLDER = Path(__file__).parent / "hostile"
LEAD = "Foreign minister Dana Osei told reporters on Monday that the talks had failed."
REFUSAL = "“We will not sign a text that nobody has read,” she said. “It’s a matter of trust.”"
QUOTES = chr(34) * 300_000
DEPUTY = "Her deputy, Amir Rahimi, was blunter: “They promised us a week, and we got an hour.”"


def made(number: int) -> list[Document | Skip]:
    (path,) = FOLDER.glob(f"{number:02d}_*")
    return list(read_paths([str(path)]))


def documents(number: int) -> list[Document]:
    return [item for item in made(number) if isinstance(item, Document)]


def one(number: int) -> Document:
    (document,) = made(number)
    assert isinstance(document, Document), document
    return document


def refused(number: int) -> str:
    (skip,) = made(number)
    assert isinstance(skip, Skip), skip
    return skip.reason


@pytest.mark.parametrize("path", sorted(FOLDER.iterdir()), ids=lambda path: path.name)
def test_never_a_traceback_and_always_an_answer(path: Path) -> None:
    items = list(read_paths([str(path)]))
    assert items
    for item in items:
        if isinstance(item, Skip):
            assert item.reason.endswith(".")
        else:
            assert "\0" not in item.text
            item.text.encode()
            assert all(0 <= region.span.start < region.span.end <= len(item.text) for region in item.regions)


@pytest.mark.parametrize("number", [0, 1, 2, 3, 6, 7, 8, 18, 19, 35, 50, 52, 55])
def test_the_quotations_survive_their_encoding_and_their_markup(number: int) -> None:
    text = one(number).text
    assert REFUSAL in text
    assert DEPUTY in text
    assert text.count("nobody has read") == 1
    assert "\ufffd" not in text


def test_mojibake_is_repaired_and_says_so() -> None:
    assert "encoding=repaired" in one(3).flags
    lossy = one(4)
    assert "encoding=repaired" in lossy.flags
    assert "“We will not sign a text that nobody has read,” she said." in lossy.text


def test_marks_that_were_lost_upstream_are_not_invented() -> None:
    document = one(5)
    assert "lossy" in document.flags
    assert "“" not in document.text


def test_cyrillic_without_a_declaration() -> None:
    document = one(9)
    assert "«Мы не подпишем текст, который никто не читал», — сказала она." in document.text
    assert document.language == "ru"


def test_one_bad_byte_does_not_decode_the_page_anew() -> None:
    assert REFUSAL in one(10).text
    assert DEPUTY in one(10).text
    surrogates = one(11).text
    assert REFUSAL in surrogates
    assert "Gen😀eva" in surrogates
    assert "Monday" in surrogates
    assert "blunter" in surrogates


def test_what_is_cut_off_keeps_what_is_there() -> None:
    assert one(12).text.endswith("“We will not sign a text that nobo")
    assert LEAD in one(13).text
    assert isinstance(made(14)[0], Document | Skip)


@pytest.mark.parametrize("number", [15, 17])
def test_deep_nesting_keeps_the_words(number: int) -> None:
    assert "“We will not sign a text that nobody has read,” she said." in one(number).text


def test_controls_are_gone() -> None:
    text = one(24).text
    assert not any((ord(letter) < 32 and letter != "\n") or 127 <= ord(letter) < 160 for letter in text)
    assert "a text that nobody has read,” she said." in " ".join(text.split())


def test_letters_are_composed_and_persian_keeps_its_joiners() -> None:
    assert "“Le café était fermé,” said Zoë Beyoncé." in one(29).text
    persian = one(27)
    assert "«ما متنی را که هیچ‌کس نخوانده است امضا نمی‌کنیم.»" in persian.text
    assert persian.language == "fa"
    assert "”لن نوقع نصا لم يقرأه أحد“" in one(28).text
    assert one(28).language == "ar"


def test_escapes_and_entities_become_what_was_meant() -> None:
    assert "\x1b" not in one(31).text
    assert "pwned" not in one(31).text
    assert one(32).title == "<img src=x onerror=alert(1)> talks"
    assert "“<script>alert(1)</script> is not a policy,” she said." in one(32).text
    twice = one(33).text
    assert '“We will not sign a text that nobody has read,” she said. "It’s a matter of trust."' in twice
    assert "“Triple,” he said." in twice
    assert "“We will not sign,” she said. “It’s trust.”" in one(34).text
    assert '"No semicolon", he said.' in one(34).text


def test_amp_tracking_and_fragments_are_one_document() -> None:
    assert one(35).url == one(0).url == one(55).url == "https://courier.example/world/talks-collapse"
    assert one(55).id == one(0).id


def test_a_paywall_shows_its_part_and_not_its_overlay() -> None:
    document = one(36)
    assert "partial" in document.flags
    assert document.text.endswith("“We will not sign a text that…")
    assert "Best newspaper" not in document.text


@pytest.mark.parametrize(
    ("number", "reason"),
    [
        (37, "consent: it is a cookie wall, without the article."),
        (38, "listing: it is a front page or a list of articles, not an article."),
        (39, "not-found: it is an error page, not an article."),
        (40, "it shows no words without running its scripts."),
        (57, "the file is empty."),
        (58, "the file holds nothing but white space."),
        (59, "this is a PNG image, which is no format that is read here."),
        (63, "it declares entities, which may stand for files or for gigabytes, and is not opened."),
        (64, "it declares entities, which may stand for files or for gigabytes, and is not opened."),
    ],
)
def test_no_article_has_its_reason(number: int, reason: str) -> None:
    assert refused(number) == reason


def test_a_live_blog_is_one_document() -> None:
    text = one(41).text
    assert REFUSAL in text
    assert DEPUTY in text


def test_readers_comments_are_not_the_article() -> None:
    assert "liar" not in one(42).text
    assert "Leave a Reply" not in one(42).text
    article, comments = documents(43)
    assert "liar" not in article.text
    assert article.published == "2024-05-06"
    assert [region.role for region in comments.regions] == ["comment"]
    assert "liar" in comments.text
    assert "no way" in comments.text
    assert not any("Leave a Reply" in document.text or "More news" in document.text for document in (article, comments))


def test_captions_related_and_share_bars() -> None:
    document = one(44)
    assert "I quit" not in document.text
    assert "Facebook" not in document.text
    assert document.text.count("nobody has read") == 1
    captions = [region.span.of(document.text) for region in document.regions if region.role == "caption"]
    assert all("Geneva" in caption for caption in captions)


def test_quotations_that_only_the_markup_shows() -> None:
    document = one(45)
    assert "“We will not sign a text that nobody has read,” she said. Then: “It’s ‘trust’, really.”" in document.text
    quoted = [
        (region.span.of(document.text), region.note) for region in document.regions if region.role == "blockquote"
    ]
    assert quoted[0] == ("They promised us a week.\n\nAnd we got an hour.", "Amir Rahimi")
    assert quoted[1][1] == "Amir Rahimi (@arahimi) May 6, 2024"


def test_paragraphs_of_one_quotation_stay_paragraphs_and_a_line_break_is_none() -> None:
    assert "“Nor will we pretend that we read it.\n\n“It’s a matter of trust,” she said." in one(46).text
    assert "‘They said “never” to us,’" in one(47).text
    assert "``We will not sign,'' she said. `Never,' he added." in one(48).text
    split = one(49).text
    assert "“We will not sign a text that nobody has read,” she said." in split
    assert "“They promised us a week, and we got an hour”, he said." in split


def test_conflicting_metadata() -> None:
    document = one(50)
    assert document.title == "Talks collapse, minister says"
    assert in_utc(document.published) == "2024-05-06T07:30:00Z"
    assert document.authors == ("Lena Brandt",)
    assert document.outlet == "Example Courier"


def test_the_text_tells_its_language_when_the_page_lies() -> None:
    assert one(51).language == "de"


def test_syndicated_copies_keep_their_outlets() -> None:
    first, second, third = one(52), one(53), one(54)
    assert [first.outlet, second.outlet, third.outlet] == ["Example Courier", "Daily Sample", "Mirror Test"]
    assert first.text == second.text != third.text


def test_text_under_a_pages_name_is_text() -> None:
    assert "“We will not sign a text that nobody has read,” she said." in one(61).text
    assert "PDF" in refused(60)


def test_bad_lines_are_counted_with_their_numbers() -> None:
    items = made(62)
    assert [item.path.rpartition(":")[2] for item in items if isinstance(item, Skip)] == ["2", "4", "5", "10", "11"]
    good = [item for item in items if isinstance(item, Document)]
    assert len(good) == 5
    assert [item.published for item in good[-2:]] == ["2024-05-06", "2024-05-06T07:30:00Z"]
    assert good[1].text == "\ufffd lone surrogate “quote”"
    assert good[2].authors == ("Lena Brandt", "Joe")


def test_feeds() -> None:
    full = one(65)
    assert REFUSAL in full.text
    assert "Summary" not in full.text
    assert (full.outlet, full.authors, in_utc(full.published)) == (
        "Example Courier",
        ("Lena Brandt",),
        "2024-05-06T07:30:00Z",
    )
    assert "“Unclosed" in one(66).text


@pytest.mark.parametrize("number", [67, 68, 71])
def test_only_pages_that_were_answered_come_out_of_a_web_archive(number: int) -> None:
    found = documents(number)
    assert len(found) >= 4
    assert all(REFUSAL in document.text for document in found)


def test_a_web_archive_that_breaks_gives_what_stands_before() -> None:
    assert len(documents(69)) == 4
    assert any("damaged or cut off" in item.reason for item in made(69) if isinstance(item, Skip))
    assert len(documents(70)) == 1


# What reading and extracting one file may take: seconds of processor time, of the process that does it and of nobody else
# on the machine, and megabytes at its peak, Python and the parsers themselves included.
SECONDS, MEGABYTES = 10, 500
ALONE = """
import json, sys, time
from pathlib import Path
from indexer.pipeline.read import ReadOptions, read_paths
from indexer.pipeline.workers import extract_files
from search.model import Document, Skip

extracting, path = sys.argv[1] == "extract", sys.argv[2]
found = []
for item in extract_files([path], ReadOptions()) if extracting else read_paths([path]):
    document = item if isinstance(item, Document) else getattr(item, "document", None)
    if document is not None:
        found.append({"text": document.text, "url": document.url})
    elif isinstance(item, Skip):
        found.append({"reason": item.reason})
# Not the peak that the system counts for a process: it takes in the parent's, from before the program was loaded.
peak = [line.split()[1] for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM")]
json.dump([found, time.process_time(), int(peak[0]) / 1024], sys.stdout)
"""


def alone(path: Path, what: str = "extract") -> list[dict[str, str]]:
    """What comes of a file in a process of its own, which keeps to the bounds."""
    done = subprocess.run([sys.executable, "-c", ALONE, what, str(path)], check=True, stdout=subprocess.PIPE)
    found, seconds, megabytes = json.loads(done.stdout)
    assert seconds < SECONDS
    assert megabytes < MEGABYTES
    assert found
    return found  # type: ignore[no-any-return]


needs_proc = pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory is measured where /proc is")


def page(inside: str) -> bytes:
    return f"<!DOCTYPE html><html lang=en><head><title>Talks</title></head><body><article><p>{LEAD}</p>{inside}<p>{DEPUTY}</p></article></body></html>".encode()


@needs_proc
def test_a_gigabyte_in_four_kilobytes() -> None:
    (bomb,) = FOLDER.glob("80_*")
    found = alone(bomb)
    assert any("larger than 10 MB" in item.get("reason", "") for item in found)
    assert sum("text" in item for item in found) == 1


@needs_proc
def test_a_record_that_claims_a_gigabyte(tmp_path: Path) -> None:
    """A bomb without a content encoding: the record itself is a gigabyte of zeros, the next is read."""
    size = 1_000_000_000
    head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://a.example/\r\nContent-Length: {size}\r\n\r\n".encode()
    body = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + page("")
    tail = f"\r\n\r\nWARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://b.example/\r\nContent-Length: {len(body)}\r\n\r\n"
    packer = zlib.compressobj(1, wbits=31)
    zeros = bytes(10_000_000)
    with (tmp_path / "bomb.warc.gz").open("wb") as out:
        out.write(packer.compress(head))
        for _ in range(size // len(zeros)):
            out.write(packer.compress(zeros))
        out.write(packer.compress(tail.encode() + body) + packer.flush())
    skip, document = alone(tmp_path / "bomb.warc.gz")
    assert "reason" in skip
    assert document["url"] == "https://b.example/"


@pytest.mark.parametrize(
    ("inside", "kept"),
    [
        pytest.param("<div>" * 100_000 + f"<p>{REFUSAL}</p>" + "</div>" * 100_000, True, id="nested divs"),
        pytest.param("<blockquote>" * 100_000 + f"<p>{REFUSAL}</p>", True, id="open block quotations"),
        pytest.param("<b><i><span>" * 30_000 + REFUSAL, True, id="open inline tags"),
        pytest.param(f"<p>{REFUSAL}</p><p>{'“' * 90_000}</p>", True, id="open marks"),
        pytest.param(f"<p>{REFUSAL}</p><p>{'it’s ' * 50_000}</p>", True, id="apostrophes"),
        pytest.param(f"<p>{REFUSAL}</p>{'<a' * 200_000}", False, id="tags that never end"),
        pytest.param(f"<p>{REFUSAL}</p>{'<p>' * 140_000}", True, id="open paragraphs"),
        pytest.param(f"<p>{REFUSAL}</p>{'&amp;' * 200_000}quot;", True, id="escaped escapes"),
        pytest.param(f"<p>{REFUSAL}</p><script>{QUOTES}</script>", True, id="quotes in a script"),
        pytest.param(
            f"<script type='application/ld+json'>{'[' * 200_000}</script><p>{REFUSAL}</p>", True, id="deep JSON"
        ),
    ],
)
@needs_proc
def test_time_and_memory_are_bounded(tmp_path: Path, inside: str, kept: bool) -> None:
    (tmp_path / "page.html").write_bytes(page(inside))
    (item,) = alone(tmp_path / "page.html")
    if kept:
        assert "nobody has read" in item["text"]


@needs_proc
def test_a_page_of_twenty_thousand_paragraphs_is_read(tmp_path: Path) -> None:
    """Two megabytes of quotations, every one of which is work to attribute: that is long, and not what is bounded."""
    (tmp_path / "page.html").write_bytes(page("".join(f"<p>{number}: {REFUSAL}</p>" for number in range(20_000))))
    (item,) = alone(tmp_path / "page.html", "read")
    assert item["text"].count("nobody has read") == 20_000


@needs_proc
def test_fifty_megabytes_are_refused_before_they_are_read(tmp_path: Path) -> None:
    (tmp_path / "large.html").write_bytes(page("<p>word</p>" * 4_600_000))
    (skip,) = alone(tmp_path / "large.html")
    assert skip["reason"] == "larger than 10 MB, which is the most one document may have."


@pytest.mark.parametrize(
    "text",
    [
        "“" * 100_000,
        "'a " * 100_000,
        "x" * 2_000_000,
        "word " * 400_000,
        "a. " * 200_000,
        "By " * 50_000,
        "© " * 50_000,
    ],
    ids=lambda text: text[:4],  # pytest puts the name of a test into the environment, which has no room for a megabyte
)
@pytest.mark.parametrize("newlines", [False, True])
@needs_proc
def test_plain_text_of_any_kind_is_read_soon(tmp_path: Path, text: str, newlines: bool) -> None:
    (tmp_path / "a.txt").write_text(text.replace(" ", "\n") if newlines else text, "utf-8")
    alone(tmp_path / "a.txt")


@needs_proc
def test_a_gzip_bomb_of_one_line(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl.gz").write_bytes(
        gzip.compress(b'{"text": "' + bytes(60_000_000) + b'"}\n' + json.dumps({"text": LEAD}).encode())
    )
    skip, document = alone(tmp_path / "a.jsonl.gz")
    assert "longer than" in skip["reason"]
    assert document["text"] == LEAD


def test_an_archive_whose_parts_lie_over_each_other_is_not_unpacked(tmp_path: Path) -> None:
    """One part under 30,000 names is 2 MB that unpack to 300 GB; two names are enough to tell it."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("page.html", page(""))
    data = packed.getvalue()
    start, end = data.index(b"PK\x01\x02"), data.index(b"PK\x05\x06")
    entry = data[start:end]
    tail = b"PK\x05\x06\0\0\0\0" + struct.pack("<HHIIH", 2, 2, 2 * len(entry), start, 0)
    (tmp_path / "bomb.zip").write_bytes(data[:start] + 2 * entry + tail)
    (skip,) = read_paths([str(tmp_path / "bomb.zip")])
    assert isinstance(skip, Skip)
    assert skip.reason == "its parts lie over each other, as those of an archive that unpacks without an end do."


@needs_proc
@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
@pytest.mark.parametrize("name", ["bomb.zip", "bomb.docx"])
def test_an_archive_that_unpacks_at_once_whatever_is_asked_for_is_refused(
    tmp_path: Path, method: int, name: str
) -> None:
    """A kilobyte of bzip2 was three gigabytes in memory."""
    part = "word/document.xml" if name.endswith("docx") else "page.txt"
    with zipfile.ZipFile(tmp_path / name, "w", method) as archive, archive.open(part, "w") as file:
        file.write(b" " * 20_000_000)  # the method is refused, however little it packs: more only takes long to pack
    (skip,) = alone(tmp_path / name, "read")
    assert "packed by a method that is not read here" in skip["reason"]


@needs_proc
def test_a_message_of_a_hundred_thousand_parts_is_one_sentence(tmp_path: Path) -> None:
    head = "From: a@x.example\nTo: b@x.example\nSubject: s\nContent-Type: multipart/alternative; boundary=b\n\n"
    (tmp_path / "a.eml").write_text(head + "--b\nContent-Type: text/html\n\n<p>x\n" * 100_000)
    (skip,) = alone(tmp_path / "a.eml", "read")
    assert skip["reason"] == "it has more than 5,000 parts, which no message has."


def test_a_packed_archive_in_an_archive_that_breaks_off_says_so(tmp_path: Path) -> None:
    """What stood behind the damage was lost without a word; an archive with nothing in it was silence."""
    (good,) = FOLDER.glob("68_*")
    with zipfile.ZipFile(tmp_path / "a.wacz", "w") as packed:
        packed.writestr("archive/cut.warc.gz", good.read_bytes()[:-20])
        packed.writestr("archive/none.warc", b"")
    items = list(read_paths([str(tmp_path / "a.wacz")]))
    skips = {item.path.rpartition("/")[2]: item.reason for item in items if isinstance(item, Skip)}
    assert "damaged or cut off" in skips["cut.warc.gz"]
    assert skips["none.warc"] == "it has no record."
    assert any(isinstance(item, Document) for item in items)


def test_a_book_of_title_pages_says_so(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.epub", "w") as book:
        book.writestr("mimetype", "application/epub+zip")
        book.writestr(
            "META-INF/container.xml", '<container><rootfiles><rootfile full-path="o"/></rootfiles></container>'
        )
        book.writestr("o", "<package><spine/></package>")
    (skip,) = read_paths([str(tmp_path / "a.epub")])
    assert isinstance(skip, Skip)
    assert skip.reason == "it is a book without a chapter of some length."


def test_a_chapter_that_a_book_names_again_and_again_is_read_once(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "book.epub", "w") as book:
        book.writestr("mimetype", "application/epub+zip")
        book.writestr(
            "META-INF/container.xml", '<container><rootfiles><rootfile full-path="o"/></rootfiles></container>'
        )
        spine = '<itemref idref="c"/>' * 3
        book.writestr(
            "o", f'<package><manifest><item id="c" href="c.html"/></manifest><spine>{spine}</spine></package>'
        )
        book.writestr("c.html", page(f"<p>{REFUSAL}</p>"))
    assert len(list(read_paths([str(tmp_path / "book.epub")]))) == 1


@needs_proc
@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("feed.xml", b'<?xml version="1.0"?><rss><channel>' + b"<!DOCTYPE[" * 200_000 + b"</channel></rss>"),
        (
            "members.warc",
            b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.example/x\r\nContent-Length: 4000073\r\n\r\n"
            b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n"
            + gzip.compress(b"")
            * 200_000,
        ),
        (
            "swallowed.warc",
            b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.example/x\r\nContent-Length: 5000000\r\n\r\n"
            b"HTTP/1.1 200 OK\r\n\r\n<p>a</p>\r\n" * 20_000,
        ),
    ],
    ids=["doctypes", "empty-members", "wrong-lengths"],
)
def test_what_was_square_keeps_to_the_bounds(tmp_path: Path, name: str, data: bytes) -> None:
    (tmp_path / name).write_bytes(data)
    alone(tmp_path / name, "read")
