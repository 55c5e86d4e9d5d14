"""Word documents (.docx): paragraphs, headings, and what the file says about itself."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from indexer.input.input_file import InputFile
from search.model import Document, Skip
from search.provenance import Provenance

if TYPE_CHECKING:
    from indexer.input.safe_xml import Element

_ZIP = b"PK\x03\x04"
_BODY, _ABOUT = "word/document.xml", "docProps/core.xml"
_STYLES = "word/styles.xml"
# What was taken out or moved away while changes were tracked, the reading printed above letters, and old properties.
_NOT_PRINTED = frozenset(("del", "movefrom", "rt", "pprchange", "rprchange", "instrtext", "deltext"))
_BLANKS = {"tab": " ", "ptab": " ", "br": " ", "cr": " ", "nobreakhyphen": "-"}
_MOST_STYLES = 100  # that are based on each other
_OFF = ("0", "false", "off")


def recognises(name: str, head: bytes) -> int:
    """Return how sure it is (0 to 100), by the names of the archive's parts, then by the file's name."""
    if not head.startswith(_ZIP):
        return 0
    if b"word/" in head or (b"[Content_Types].xml" in head[:200] and name.endswith(".docx")):
        return 95
    return 90 if name.endswith(".docx") else 0


def read(file: InputFile) -> Iterator[Document | Skip]:
    """Yield one document: styles called "Heading" or "Title" are headings, "Quote" is a block quotation. Raises ReadError.

    The text is what is printed when all tracked changes are accepted; hidden text is left out, and a text box is a
    paragraph of its own behind the one that it is anchored in.
    """
    import io

    from indexer.html.fragment import document_from_fragment
    from indexer.input.safe_xml import local_name, parse_xml, text_of
    from indexer.input.zip_archive import open_zip, read_member

    limit = file.options.max_bytes
    with open_zip(io.BytesIO(file.read_all())) as archive:
        body = parse_xml(read_member(archive, _BODY, limit))
        about = parse_xml(read_member(archive, _ABOUT, limit)) if _ABOUT in archive.namelist() else None
        styles = parse_xml(read_member(archive, _STYLES, limit)) if _STYLES in archive.namelist() else None
    pieces, title = [], None
    for paragraph in _paragraphs(body, _hidden_styles(styles) if styles is not None else frozenset()):
        words = "".join(paragraph.words)
        if not words.strip():
            continue
        if re.match(r"(?i)title|titel|titre", paragraph.style) and title is None:
            title = words.strip()
            continue
        tag = (
            "h2"
            if re.match(r"(?i)heading|überschrift|berschrift|titre", paragraph.style)
            else "blockquote"
            if re.search(r"(?i)quote|zitat", paragraph.style)
            else "p"
        )
        pieces.append(f"<{tag}>{html.escape(words, quote=False)}</{tag}>")
    said = {local_name(found): text_of(found) for found in about} if about is not None else {}
    yield document_from_fragment(
        "".join(pieces),
        file.path,
        file.options,
        known_from=Provenance.DOCX,
        title=said.get("title") or title,
        authors=[said["creator"]] if said.get("creator") else [],
        published=said.get("created"),
        modified=said.get("modified"),
        language=said.get("language"),
    )


@dataclass(slots=True)
class _Paragraph:
    """The words of one paragraph without those of the paragraphs inside it, and the name of its style."""

    words: list[str] = field(default_factory=list)
    style: str = ""
    hidden: bool = False  # by its style
    goes_on: bool = False  # its end was deleted: the next paragraph continues it


def _paragraphs(body: Element, hidden: frozenset[str]) -> list[_Paragraph]:
    """The paragraphs in the order in which they begin."""
    from indexer.input.safe_xml import local_name, walk_tree

    begun: list[_Paragraph] = []
    opened: list[_Paragraph] = []
    last: dict[int, _Paragraph] = {}
    walk = walk_tree(body)
    for event, element in walk:
        name = local_name(element)
        if event == "end":
            if name == "p" and opened:
                last[len(opened)] = opened.pop()
            continue
        in_hidden = bool(opened) and opened[-1].hidden
        if (
            name in _NOT_PRINTED
            or (name == "r" and _is_hidden(element, hidden, in_hidden))
            or _is_second_choice(element, name)
            or _is_deleted(element, name)
        ):
            walk.skip_subtree()
        elif name == "p":
            before = last.get(len(opened))
            if before is not None and before.goes_on:
                before.goes_on = False
                opened.append(before)
            else:
                opened.append(_Paragraph())
                begun.append(opened[-1])
        elif name == "ppr" and opened:
            opened[-1].style = opened[-1].style or _value(element, "pstyle")
            opened[-1].hidden = _value(element, "pstyle") in hidden
            opened[-1].goes_on = _has_change(element, "rpr", ("del", "movefrom"))
            walk.skip_subtree()
        elif opened:
            opened[-1].words.append((element.text or "") if name == "t" else _BLANKS.get(name, ""))
    return begun


def _is_second_choice(element: Element, name: str) -> bool:
    """Whether an element says again, for other programs, what the first choice beside it says (ECMA-376-3, 9.3)."""
    from indexer.input.safe_xml import local_name

    if name not in ("choice", "fallback"):
        return False
    return any(local_name(before) == "choice" for before in element.itersiblings(preceding=True))


def _is_deleted(element: Element, name: str) -> bool:
    """Whether an element is a row or a cell of a table that was taken out while changes were tracked."""
    return name in ("tr", "tc") and _has_change(element, f"{name}pr", ("del", "celldel"))


def _has_change(element: Element, properties: str, changes: Sequence[str]) -> bool:
    """Whether an element has one of some tracked changes among its properties of a name."""
    from indexer.input.safe_xml import local_name

    return any(
        local_name(change) in changes for child in element if local_name(child) == properties for change in child
    )


def _is_hidden(run: Element, hidden: frozenset[str], in_hidden: bool) -> bool:
    """Whether the words of a run are not shown: by its own property, by its style, or by that of its paragraph (`in_hidden`)."""
    from indexer.input.safe_xml import local_name

    properties = next((child for child in run if local_name(child) == "rpr"), None)
    if properties is None:
        return in_hidden
    own = next((child for child in properties if local_name(child) == "vanish"), None)
    return _is_on(own) if own is not None else in_hidden or _value(properties, "rstyle") in hidden


def _hidden_styles(styles: Element) -> frozenset[str]:
    """The names of the styles whose words are not shown, by their own property or that of the style that they are based on."""
    from indexer.input.safe_xml import local_name

    own: dict[str, bool] = {}
    base: dict[str, str] = {}
    for style in styles:
        name = next((str(value) for key, value in style.attrib.items() if str(key).endswith("}styleId")), "")
        properties = [child for child in style if local_name(child) == "rpr"]
        switches = [child for each in properties for child in each if local_name(child) == "vanish"]
        if switches:
            own[name] = _is_on(switches[0])
        base[name] = _value(style, "basedon")
    found: dict[str, bool] = {}
    for name in base:
        line = [name]
        while line[-1] not in own and line[-1] not in found and base.get(line[-1]) and len(line) <= _MOST_STYLES:
            line.append(base[line[-1]])
        is_hidden = found.get(line[-1], own.get(line[-1], False))
        found.update(dict.fromkeys(line, is_hidden))
    return frozenset(name for name, is_hidden in found.items() if is_hidden and name)


def _is_on(switch: Element) -> bool:
    return next((str(v) for k, v in switch.attrib.items() if str(k).endswith("}val")), "1") not in _OFF


def _value(properties: Element, name: str) -> str:
    """The value of one property; "" when it is not set."""
    from indexer.input.safe_xml import local_name

    values = (
        str(value)
        for child in properties
        if local_name(child) == name
        for key, value in child.attrib.items()
        if str(key).endswith("}val")
    )
    return next(values, "")
