r"""Rich Text (.rtf): paragraphs, text boxes, and what the file says about itself (Rich Text Format 1.9.1).

Not `striprtf`: it prints the addresses of links into the text, prints hidden and deleted words, leaves out text boxes, gives halves of letters
beyond U+FFFF, and raises ValueError for `\bin` without a number (docs/design.md, "Dependencies").
"""

from __future__ import annotations

import codecs
import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from indexer.input.input_file import InputFile
from search.model import Document, Skip
from search.provenance import Provenance

_TOKEN = re.compile(
    r"\\(?:([a-zA-Z]{1,32})(-?\d{1,10})? ?|'([0-9a-fA-F]{2})|([^a-zA-Z]))|([{}])|[\r\n]+|([^\\{}\r\n]+)", re.DOTALL
)
# Groups that hold no words of the text, besides all that are marked as such (`\*`).
_NOT_TEXT = frozenset(
    """annotation atnauthor atnid atnref author background bkmkend bkmkstart category colortbl comment company creatim doccomm
    do docvar fldinst fonttbl footer footerf footerl footerr footnote ftncn ftnsep ftnsepc generator header headerf headerl
    headerr info keywords listoverridetable listtable listtext nonesttables nonshppict objdata operator pict pntext printim
    revtbl revtim rxe shprslt stylesheet subject tc template themedata title txe xe""".split()
)
_INFO = frozenset(("title", "author", "creatim", "revtim"))
_LETTERS = {
    "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”", "bullet": "•", "tab": " ",
    "emspace": " ", "enspace": " ", "qmspace": " ", "zwnj": "\u200c", "zwj": "\u200d", "ltrmark": "", "rtlmark": "", "line": "\n",
}  # fmt: skip
_SYMBOLS = {"~": " ", "_": "-", "-": "", "{": "{", "}": "}", "\\": "\\"}
_BREAKS = frozenset(("par", "sect", "page", "row", "nestrow", "cell", "nestcell", "column"))
# `\fcharset` to the code page of its bytes.
_CHARSETS = {
    77: "mac_roman", 128: "cp932", 129: "cp949", 130: "johab", 134: "gbk", 136: "big5", 161: "cp1253", 162: "cp1254", 163: "cp1258",
    177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250", 254: "cp437", 255: "cp850",
}  # fmt: skip
_FAMILIES = {"mac": "mac_roman", "pc": "cp437", "pca": "cp850"}
_MAX_GROUPS = 10_000  # deeper nesting is no document


@dataclass(frozen=True, slots=True)
class _Group:
    """What holds within a group, and ends with it.

    silent   its words are not text
    hidden   they are hidden or deleted
    info     the property of the file that it gives
    skip     how many letters after a letter by number stand for those who cannot read it
    """

    silent: bool = False
    hidden: bool = False
    info: str = ""
    skip: int = 1
    font: int = -1
    boxed: bool = False


@dataclass(slots=True)
class _Reading:
    """The file as far as it is read."""

    page: str = "cp1252"
    fonts: dict[int, str] = field(default_factory=dict)
    groups: list[_Group] = field(default_factory=list)
    now: _Group = field(default_factory=_Group)
    raw: bytearray = field(default_factory=bytearray)
    words: list[str] = field(default_factory=list)
    box: list[str] = field(default_factory=list)
    paragraphs: list[tuple[str, bool]] = field(default_factory=list)
    heading: bool = False
    about: dict[str, list[str]] = field(default_factory=dict)
    left: int = 0
    listed: int = -1

    def add(self, words: str) -> None:
        """Add words to the paragraph, to the text box, or to a property of the file."""
        if self.now.info:
            self.about.setdefault(self.now.info, []).append(words)
        elif not self.now.silent and not self.now.hidden:
            (self.box if self.now.boxed else self.words).append(words)

    def settle(self) -> None:
        """Decode the bytes that were collected: some letters are made of two."""
        if self.raw:
            page = self.fonts.get(self.now.font, self.page)
            self.add(bytes(self.raw).decode(page, "replace"))
            self.raw.clear()

    def end_paragraph(self) -> None:
        """End the paragraph, or the one in the text box, which stands behind the one that it is anchored in."""
        if self.now.boxed:
            self.box.append("\n\n")
            return
        self.paragraphs.append(("".join(self.words), self.heading))
        self.paragraphs += [(words, False) for words in "".join(self.box).split("\n\n")]
        self.words.clear()
        self.box.clear()


def recognises(name: str, head: bytes) -> int:
    """Return how sure it is (0 to 100): every file begins so."""
    return 97 if head.removeprefix(b"\xef\xbb\xbf").lstrip()[:5] == b"{\\rtf" else 0


def read(file: InputFile) -> Iterator[Document | Skip]:
    """Yield one document, with the title, author and day that the file says of itself. Raises ReadError when it is too large."""
    from indexer.html.fragment import document_from_fragment

    reading = parse_rtf(file.read_all().decode("latin-1"))
    pieces = []
    for printed, heading in reading.paragraphs:
        words = _whole_letters(printed).strip()
        if words:
            tag = "h2" if heading else "p"
            pieces.append(f"<{tag}>{html.escape(words, quote=False).replace(chr(10), '<br>')}</{tag}>")
    about = {name: _whole_letters("".join(said)).strip() for name, said in reading.about.items()}
    yield document_from_fragment(
        "".join(pieces),
        file.path,
        file.options,
        known_from=Provenance.RTF,
        title=about.get("title") or None,
        authors=[about["author"]] if about.get("author") else [],
        published=_day(about.get("creatim", "")),
        modified=_day(about.get("revtim", "")),
    )


def parse_rtf(text: str) -> _Reading:
    """Return the paragraphs and properties in the bytes of a file, read as Latin-1; linear, and without recursion."""
    reading = _Reading()
    at, end = 0, len(text)
    while at < end:
        token = _TOKEN.match(text, at)
        if token is None:  # a lone backslash at the end
            break
        at = token.end()
        word, number, byte, symbol, brace, words = token.groups()
        if byte or (words and not words.isascii()):
            _take_bytes(reading, bytes([int(byte, 16)]) if byte else words.encode("latin-1"))
            continue
        reading.settle()
        if word == "bin":
            at += max(0, int(number or 0))
        elif word:
            _control(reading, word, int(number) if number else None)
        elif symbol:
            _symbol(reading, symbol)
        elif brace:
            reading.left = 0
            if not _brace(reading, brace):
                break
        elif words:
            skipped = min(reading.left, len(words))
            reading.left -= skipped
            reading.add(words[skipped:])
    reading.settle()
    reading.now = _Group()
    reading.end_paragraph()
    return reading


def _take_bytes(reading: _Reading, data: bytes) -> None:
    skipped = min(reading.left, len(data))
    reading.left -= skipped
    if not reading.now.silent or reading.now.info:
        reading.raw += data[skipped:]


def _brace(reading: _Reading, brace: str) -> bool:
    """Open or close a group; False when the document itself is closed, or is none."""
    if brace == "{":
        reading.groups.append(reading.now)
        return len(reading.groups) < _MAX_GROUPS
    if not reading.groups:
        return False
    was = reading.now
    reading.now = reading.groups.pop()
    if was.boxed and not reading.now.boxed:
        reading.box.append("\n\n")
    return bool(reading.groups)


def _symbol(reading: _Reading, symbol: str) -> None:
    if symbol == "*":
        reading.now = replace(reading.now, silent=True)
    elif symbol in "\r\n":
        _control(reading, "par", None)
    elif reading.left:
        reading.left -= 1
    else:
        reading.add(_SYMBOLS.get(symbol, ""))


def _control(reading: _Reading, word: str, number: int | None) -> None:
    now = reading.now
    reading.left = 0
    if word == "u" and number is not None:
        reading.add(chr(number % 0x10000))
        reading.left = now.skip
    elif word == "uc":
        reading.now = replace(now, skip=max(0, min(number or 0, 100)))
    elif word in _LETTERS:
        reading.add(_LETTERS[word])
    elif word in _BREAKS:
        if not now.silent:
            reading.end_paragraph()
    elif word in ("v", "deleted"):
        reading.now = replace(now, hidden=number != 0)
    elif word == "plain":
        reading.now = replace(now, hidden=False, font=-1)
    elif word == "pard":
        reading.heading = False
    elif word == "outlinelevel":
        reading.heading = number is not None and number < 9
    elif word in _INFO:
        reading.now = replace(now, silent=True, info=word)
    elif word == "shptxt":
        reading.now = replace(now, silent=False, boxed=True)
    elif word in _NOT_TEXT:
        reading.now = replace(now, silent=True)
    elif now.info in ("creatim", "revtim") and word in ("yr", "mo", "dy"):
        reading.add(f"{number or 0:02d} ")
    else:
        _letters(reading, word, number)


def _letters(reading: _Reading, word: str, number: int | None) -> None:
    """Take note of what says how bytes are letters: the code page, the fonts and the font in use."""
    if word == "f" and number is not None:
        reading.listed = number
        reading.now = replace(reading.now, font=number)
    elif word == "fcharset" and number in _CHARSETS:
        reading.fonts[reading.listed] = _CHARSETS[number]
    elif word in _FAMILIES:
        reading.page = _FAMILIES[word]
    elif word == "ansicpg" and number:
        try:
            reading.page = codecs.lookup("utf-8" if number == 65001 else f"cp{number}").name
        except LookupError:
            reading.page = "cp1252"


def _whole_letters(text: str) -> str:
    """Return text in which the two halves of a letter beyond U+FFFF are one again."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _day(said: str) -> str | None:
    parts = said.split()
    return "-".join(parts[:3]) if len(parts) >= 3 else None
