"""Write the messages of the interface into the catalogue of each language: `make catalogue`.

Messages are what templates and code hand to gettext, what `search.message` makes, and the words of closed vocabularies. A new one
comes without a translation, one that nobody says any more goes. To begin a language: `python tools/catalogue.py CODE`.
"""

from __future__ import annotations

import argparse
import io
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final, cast

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po, write_po

from web.language.catalogue import SOURCE_LANGUAGE, catalogue_path, languages
from web.presentation.wording import SPOKEN_VOCABULARIES

ROOT: Final = Path(__file__).resolve().parent.parent
LINE_WIDTH: Final = 110
KEYWORDS: Final[Mapping[str, Any]] = {
    "_": None,
    "gettext": None,
    "ngettext": (1, 2),
    "Message": None,
    "counted_message": (1, 2),
}
_HEADERS_LEFT_OUT: Final = tuple(
    f'"{name}' for name in ("Project-", "Report-", "POT-", "PO-", "Last-", "Language-Team", "Generated-")
)
_TEMPLATE_OPTIONS: Final = {"trimmed": "true", "silent": "false"}


def messages() -> Catalog:
    """Return all messages of the interface, without translations."""
    catalogue = Catalog(project="Quotes", charset="utf-8")
    for path, method in _sources():
        found = extract_from_file(
            method, str(path), KEYWORDS, ("NOTE:",), cast(Any, _TEMPLATE_OPTIONS if method == "jinja2" else {})
        )
        for _, message, comments, context in found:
            # The file alone: lines move with every change, and would be another change here.
            place = (str(path.relative_to(ROOT)), 1)
            catalogue.add(message, locations=[place], auto_comments=comments, context=context)
    for words in SPOKEN_VOCABULARIES:
        for text in words.values():
            catalogue.add(text, locations=[("web/presentation/wording.py", 1)])
    return catalogue


def update(language: str) -> None:
    """Bring the catalogue of a language up to the messages that there are now."""
    path = catalogue_path(language)
    if path.exists():
        with path.open("rb") as file:
            catalogue = read_po(file, locale=language)
        # Nothing is guessed: a translation of another sentence is none.
        catalogue.update(messages(), no_fuzzy_matching=True)
        catalogue.obsolete.clear()
    else:
        catalogue = messages()
        catalogue.locale = language
        catalogue.fuzzy = False
    catalogue.header_comment = f"# The interface in the language {language}. `make catalogue` adds what is missing."
    path.parent.mkdir(parents=True, exist_ok=True)
    save(path, catalogue)
    missing = sum(1 for message in catalogue if message.id and not all(_texts(message.string)))
    print(f"{path.relative_to(ROOT)}: {len(catalogue)} messages, {missing} without a translation", file=sys.stderr)


def save(path: Path, catalogue: Catalog) -> None:
    """Write a catalogue, without dates and names in its head, over which two branches would disagree."""
    for message in catalogue:
        message.locations = sorted({(file, 1) for file, _ in message.locations})
    written = io.BytesIO()
    write_po(written, catalogue, width=LINE_WIDTH, sort_by_file=True, include_lineno=False)
    lines = written.getvalue().decode("utf-8").splitlines(keepends=True)
    path.write_text("".join(line for line in lines if not line.startswith(_HEADERS_LEFT_OUT)), encoding="utf-8")


def _sources() -> Iterator[tuple[Path, str]]:
    for folder in ("web", "search", "indexer"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            yield path, "python"
    for path in sorted((ROOT / "web" / "templates").iterdir()):
        yield path, "jinja2"


def _texts(string: str | tuple[str, ...] | list[str] | None) -> tuple[str, ...]:
    return (string,) if isinstance(string, str) else tuple(string or ("",))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("language", nargs="*", default=[code for code in languages() if code != SOURCE_LANGUAGE])
    for code in parser.parse_args().language:
        update(code)
