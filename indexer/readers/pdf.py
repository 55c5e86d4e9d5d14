"""PDF: the text of its pages, as far as the file holds text and not pictures of it."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator

from indexer.input.input_file import InputFile
from search.errors import ReadError
from search.model import Document, Skip
from search.provenance import Provenance

# A book is no article; and damaged files can claim any number of pages.
MAX_PDF_PAGES = 500


def recognises(name: str, head: bytes) -> int:
    """Return how sure it is (0 to 100): the mark may stand behind up to a kilobyte of noise."""
    return 95 if head[:1024].lstrip().startswith(b"%PDF-") else 0


def read(file: InputFile) -> Iterator[Document | Skip]:
    """Yield one document; its own title, author and date where it has them. Raises ReadError: damaged, locked, or a scan."""
    import io

    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    from indexer.html.fragment import document_from_fragment

    logging.getLogger("pypdf").setLevel(logging.ERROR)
    try:
        reader = PdfReader(io.BytesIO(file.read_all()), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise ReadError("it is a PDF file with a password.")
        pages = [page.extract_text() or "" for page, _ in zip(reader.pages, range(MAX_PDF_PAGES), strict=False)]
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


def join_page_lines(pages: list[str]) -> str:
    """Return the lines of pages as paragraphs between empty lines: one that ends short of its column ends a paragraph."""
    found: list[str] = []
    for page in pages:
        lines = [line.strip() for line in page.split("\n")]
        width = sorted(map(len, lines))[int(len(lines) * 0.8)] if lines else 0
        fresh = True
        for line in lines:
            if not line:
                fresh = True
                continue
            if fresh or not found:
                found.append(line)
            elif found[-1].endswith("-") and line[:1].islower():
                found[-1] = found[-1][:-1] + line
            else:
                found[-1] += " " + line
            fresh = len(line) < 0.75 * width and bool(re.search(r"[.!?:”\"»]$", line))
    return "\n\n".join(found)


def _date(value: str) -> str | None:
    found = re.match(r"D:(\d{4})(\d{2})(\d{2})", value)
    return "-".join(found.groups()) if found else None
