"""PDF: the text of its pages, as far as the file holds text and not pictures of it."""

from __future__ import annotations

import logging
import re
import time
from collections import Counter
from collections.abc import Iterator

from indexer.input.input_file import InputFile
from search.errors import ReadError
from search.model import Document, Skip
from search.provenance import Provenance

# A book is no article; and damaged files can claim any number of pages.
MAX_PDF_PAGES = 500
# Of the processor: one page of a hostile file takes 9 s at most, and 500 of them took more than an hour; a page of a book, 0.05 s.
MAX_PDF_SECONDS = 60
_EDGE_LINES = 3  # so many lines at either end of a page may be its head or foot
_MAX_PAGE_HEAD = 120  # code points
_OPEN_REACH = 2000  # code points before a page's end in which a quotation may have begun
_PAGE_NUMBER = re.compile(
    r"^[-–—\[(|·\s]{0,3}(?:(?:page|seite|p\.|s\.|página|pagina|strana|стр\.?|صفحه|第)\s?)?[\d٠-٩۰-۹]{1,4}(?:\s?(?:/|of|von|de|sur|z|из|از)\s?\d{1,4})?[-–—\])|·\s页頁]{0,3}$",
    re.IGNORECASE,
)


def recognises(name: str, head: bytes) -> int:
    """Return how sure it is (0 to 100): the mark may stand behind up to a kilobyte of noise."""
    return 95 if head[:1024].lstrip().startswith(b"%PDF-") else 0


def read(file: InputFile) -> Iterator[Document | Skip]:
    """Yield one document, and a `Skip` where its last pages are not read. Raises ReadError: damaged, locked, or a scan."""
    import io

    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    from indexer.html.fragment import document_from_fragment

    logging.getLogger("pypdf").setLevel(logging.ERROR)
    try:
        reader = PdfReader(io.BytesIO(file.read_all()), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise ReadError("it is a PDF file with a password.")
        pages: list[str] = []
        cut, begun = "", time.process_time()
        for page in reader.pages:
            if len(pages) == MAX_PDF_PAGES:
                cut = f"it has more than {MAX_PDF_PAGES} pages"
            elif time.process_time() - begun > MAX_PDF_SECONDS:
                cut = f"its first {len(pages)} pages take more than {MAX_PDF_SECONDS} seconds"
            if cut:
                break
            pages.append(page.extract_text() or "")
        about = {key: str(value) for key, value in (reader.metadata or {}).items() if value}
    except ReadError:
        raise
    except (
        PyPdfError,
        ValueError,
        KeyError,
        TypeError,
        IndexError,
        AttributeError,
        RecursionError,
        AssertionError,
        NotImplementedError,
        OverflowError,
        MemoryError,
    ) as error:
        raise ReadError(f"it is a damaged PDF file ({type(error).__name__}).") from error
    text = join_page_lines(pages)
    if len(re.sub(r"\W+", "", text)) < 20:
        raise ReadError("it is a PDF file without text, perhaps a scan.")
    title = about.get("/Title", "")
    yield document_from_fragment(
        text,
        file.path,
        file.options,
        known_from=Provenance.PDF,
        title=title if " " in title and not re.search(r"\.(?:docx?|pdf|indd|qxd)$|^Microsoft Word", title) else None,
        authors=[about["/Author"]] if "/Author" in about else [],
        published=_date(about.get("/CreationDate", "")),
    )
    if cut:
        yield Skip(file.path, f"{cut}; what follows is not read.")


def join_page_lines(pages: list[str]) -> str:
    """Return the lines of pages as paragraphs between empty lines: one that ends short of its column ends a paragraph.

    A paragraph goes on over the end of its page; what heads and numbers the pages is left out.
    """
    joined: list[str] = []
    fresh = True
    for lines in _without_page_heads([[line.strip() for line in page.split("\n")] for page in pages]):
        width = sorted(map(len, lines))[int(len(lines) * 0.8)] if lines else 0
        first = next((line for line in lines if line), "")
        fresh = fresh or not joined or not _goes_on(joined[-1], first)
        for line in lines:
            if not line:
                fresh = fresh or line is not lines[0]
                continue
            if fresh or not joined:
                joined.append(line)
            elif joined[-1].endswith("-") and line[:1].islower():
                joined[-1] = joined[-1][:-1] + line
            else:
                joined[-1] += " " + line
            fresh = len(line) < 0.75 * width and bool(re.search(r"[.!?:”\"»]$", line))
        # An empty line at a page's end says nothing of its last paragraph.
        if lines and joined and first:
            fresh = False
    return "\n\n".join(joined)


def _goes_on(paragraph: str, line: str) -> bool:
    """Whether the first line of a page continues the last paragraph of the page before."""
    if line[:1].islower():
        return True
    ended = bool(re.search(r"[.!?…:][\"”’»“)\]]{0,3}$", paragraph[-8:]))
    tail = paragraph[-_OPEN_REACH:]
    is_open = any(tail.rfind(mark) > tail.rfind(closing) for mark, closing in ("“”", "«»", "„“"))
    return not ended and bool(re.search(r"[\w,;–—-]$", paragraph[-1:])) if not is_open else not ended


def _without_page_heads(pages: list[list[str]]) -> list[list[str]]:
    """The lines of pages without what stands at the top or foot of most of them, and without bare numbers there."""
    trimmed = [_trim(lines) for lines in pages]
    counts: Counter[str] = Counter()
    for lines in trimmed:
        counts.update({_shape(line) for line in (*lines[:_EDGE_LINES], *lines[-_EDGE_LINES:])})
    filled = sum(1 for lines in trimmed if lines)
    repeated = {shape for shape, count in counts.items() if count >= 2 and count * 2 >= filled - 1}
    return [_without_edges(lines, repeated) for lines in trimmed]


def _without_edges(lines: list[str], repeated: set[str]) -> list[str]:
    start, end = 0, len(lines)
    for _ in range(_EDGE_LINES):
        if start < end and (not lines[start] or _is_page_head(lines[start], repeated)):
            start += 1
        if start < end and (not lines[end - 1] or _is_page_head(lines[end - 1], repeated)):
            end -= 1
    return _trim(lines[start:end])


def _is_page_head(line: str, repeated: set[str]) -> bool:
    return bool(_PAGE_NUMBER.match(line)) or (len(line) <= _MAX_PAGE_HEAD and _shape(line) in repeated)


def _shape(line: str) -> str:
    """A line with its numbers alike: "Page 3 of 9" and "Page 4 of 9" are one."""
    return re.sub(r"\d+", "0", line)


def _trim(lines: list[str]) -> list[str]:
    filled = [number for number, line in enumerate(lines) if line]
    return lines[filled[0] : filled[-1] + 1] if filled else []


def _date(value: str) -> str | None:
    found = re.match(r"D:(\d{4})(\d{2})(\d{2})", value)
    return "-".join(found.groups()) if found else None
