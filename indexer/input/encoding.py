"""Bytes to text without losing a quotation mark: which encoding it is, and repair of what others broke before.

The order, each step with its reason: a byte order mark says it all; NUL at every other place is UTF-16; whatever is
strictly UTF-8 is UTF-8 (nothing else passes by chance); UTF-8 with a few stray bytes stays UTF-8 and the strays are
read as Windows-1252, because re-decoding a whole page for one byte is how pages turn into mojibake; then the encoding
that was declared; then the usual one of the declared language; then detection.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from dataclasses import dataclass

from search.provenance import DocumentFlag
from search.text.folding import normal_form

# Python's cp1252 refuses the five bytes that the Windows code page leaves open; browsers map them to themselves.
CP1252 = "".join(
    bytes([b]).decode("cp1252", "replace") if b not in (0x81, 0x8D, 0x8F, 0x90, 0x9D) else chr(b) for b in range(256)
)
# Kept: tab and newline. NEXT LINE becomes a newline, a C1 code the glyph that Windows-1252 has there, the rest nothing.
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_C0, _C1 = bytes([*range(9), *range(11, 32), 127]), re.compile(b"\xc2[\x80-\x9f]")
_ANSI = re.compile(r"\x1b(?:\[[0-9;?]{0,40}[ -/]?[@-~]|\][^\x07\x1b\n]{0,200}(?:\x07|\x1b\\)|[@-Z\\^_])")
_META_CHARSET = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""", re.IGNORECASE)
_META_LANGUAGE = re.compile(rb"""<html[^>]{0,400}?\slang\s*=\s*["']?([A-Za-z]{2,3})""", re.IGNORECASE)
_USUAL = {
    "ru": "cp1251", "uk": "cp1251", "be": "cp1251", "bg": "cp1251", "sr": "cp1251", "mk": "cp1251",
    "pl": "cp1250", "cs": "cp1250", "sk": "cp1250", "hu": "cp1250", "hr": "cp1250", "sl": "cp1250", "ro": "cp1250",
    "tr": "cp1254", "az": "cp1254", "el": "cp1253", "he": "cp1255", "ar": "cp1256", "fa": "cp1256", "ur": "cp1256",
    "lt": "cp1257", "lv": "cp1257", "et": "cp1257", "vi": "cp1258", "th": "cp874",
    "ja": "cp932", "ko": "cp949", "zh": "gb18030",
}  # fmt: skip
# The name of what `bytes.decode` is to do with what is no UTF-8: see `_stray`.
STRAYS_AS_CP1252 = "strays-as-cp1252"
_LATIN = frozenset({"utf-8", "ascii", "iso8859-1", "cp1252", "latin-1"})
_CESU = re.compile(rb"\xed[\xa0-\xaf][\x80-\xbf]\xed[\xb0-\xbf][\x80-\xbf]")
# Sequences that no UTF-8 encoder writes: overlong forms, five and six bytes, halves of surrogate pairs.
_ILLEGAL = re.compile(
    rb"[\xc0\xc1][\x80-\xbf]|\xed[\xa0-\xbf][\x80-\xbf]|[\xf5-\xf7][\x80-\xbf]{3}|[\xf8-\xfb][\x80-\xbf]{4}|[\xfc\xfd][\x80-\xbf]{5}"
)
# UTF-8 that somebody read as Windows-1252: a lead byte's glyph and then one to three glyphs of continuation bytes.
_CONTINUATION = "".join(CP1252[b] for b in range(0x80, 0xC0))
_MOJIBAKE = re.compile(f"[\u00c2-\u00f4][{re.escape(_CONTINUATION)}]{{1,3}}")
_MOJIBAKE_SIGNS = ("\u00e2\u20ac", "\u00c3", "\u00c2")
# How often one text is misread on its way, at most: three times was never seen.
_MOST_MISREADINGS = 2
# What is left when the last byte of a mark was lost on the way: 0x9D has no glyph in Windows-1252.
_LOST_MARK = re.compile("\u00e2\u20ac(?=[\\s.,;:!?)\\]<]|$)")


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text, the encoding that it was in, and what was odd about it."""

    text: str
    encoding: str
    flags: tuple[DocumentFlag, ...] = ()


def decode(data: bytes, declared: str | None = None) -> Decoded:
    """Return bytes of unknown encoding as text, by the order above. `declared` is the transport's word; the bytes may say more."""
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ):
        if data.startswith(mark):
            rest = data[len(mark) :]
            return _utf8(rest) if encoding == "utf-8" else _finish(rest.decode(encoding, "replace"), encoding)
    wide = _utf16_without_mark(data)
    if wide:
        return _finish(data.decode(wide, "replace"), wide)
    try:
        return _finish(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        pass
    if _mostly_utf8(data):
        return _utf8(data)
    encoding = _single_byte(data, declared)
    return _finish(data.decode(encoding, STRAYS_AS_CP1252 if encoding == "cp1252" else "replace"), encoding)


def repair_mojibake(text: str) -> tuple[str, bool]:
    """Undo mojibake (UTF-8 read as Windows-1252), run by run; return the text and whether anything was repaired.

    Text that went through two such programs is repaired twice.
    """
    repaired = text
    for _ in range(_MOST_MISREADINGS):
        if not any(sign in repaired for sign in _MOJIBAKE_SIGNS):
            break
        before, repaired = repaired, _MOJIBAKE.sub(_reread, repaired)
        if repaired == before:
            break
    repaired = _LOST_MARK.sub("\u201d", repaired)
    return repaired, repaired != text


def clean_text(text: str) -> str:
    """Return text as it may be shown and stored: one kind of newline, no controls or terminal escapes, no half letters, NFC."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    try:
        data = text.encode()
    except UnicodeEncodeError:  # a lone "\ud83d" in JSON: lxml would give up the page
        text = _SURROGATE.sub("\ufffd", text)
        data = text.encode()
    if _has_controls(data):
        text = _CONTROL.sub(_control, _ANSI.sub("", text))
    composed = text.isascii() or unicodedata.is_normalized("NFC", text)
    return text if composed else normal_form("NFC", text)


def _has_controls(data: bytes) -> bool:
    """Whether there is any, told from bytes, which is twice as fast as a search through a whole page's letters."""
    return len(data.translate(None, _C0)) != len(data) or _C1.search(data) is not None


def replace_unstorable(text: str) -> str:
    """Return text to the letter, but U+FFFD for a lone surrogate or NUL, which no file can hold; offsets stay the same."""
    return _UNSTORABLE.sub("\ufffd", text) if _UNSTORABLE.search(text) else text


_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_SURROGATE = re.compile("[\ud800-\udfff]")


def _control(match: re.Match[str]) -> str:
    code = ord(match.group())
    if code == 0x85:
        return "\n"
    glyph = CP1252[code] if code > 0x7F else ""
    return glyph if glyph > "\x9f" else ""


def _finish(text: str, encoding: str, *, repaired: bool = False) -> Decoded:
    text, mended = repair_mojibake(text)
    flags = [DocumentFlag.ENCODING_REPAIRED] if mended or repaired else []
    if "\ufffd" in text:
        flags.append(DocumentFlag.LOSSY)
    return Decoded(text, encoding, tuple(flags))


def _reread(match: re.Match[str]) -> str:
    """The letter that a run of Windows-1252 glyphs stands for, or the run itself."""
    run = match.group()
    try:
        data = bytes(_BYTE_OF[glyph] for glyph in run)
    except KeyError:
        return run
    for length in range(len(data), 1, -1):
        try:
            return data[:length].decode("utf-8") + run[length:]
        except UnicodeDecodeError:
            continue
    return run


_BYTE_OF = {glyph: byte for byte, glyph in enumerate(CP1252)}


def _utf16_without_mark(data: bytes) -> str | None:
    """UTF-16 of a text with Latin letters or markup has NUL at every other place; nothing else has."""
    sample = data[:4000]
    if len(sample) < 4 or b"\0" not in sample:
        return None
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    if odd > half * 0.4 and even < half * 0.1:
        return "utf-16-le"
    return "utf-16-be" if even > half * 0.4 and odd < half * 0.1 else None


def _mostly_utf8(data: bytes) -> bool:
    """Whether sequences of UTF-8, mended ones too, outnumber the bytes that are none."""
    mended, foreign = _mend(data)
    text = mended.decode("utf-8", "ignore")
    valid = len(text) - len(text.encode("ascii", "ignore"))
    wrong = len(mended) - len(text.encode("utf-8"))
    if wrong <= 3 and _cut_short(mended):
        wrong = 0
    return valid + foreign > wrong or (wrong == 0 and len(mended) > 0)


def _cut_short(data: bytes) -> bool:
    """Whether nothing is wrong but that the last character is cut off."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.reason == "unexpected end of data"
    return False


def _utf8(data: bytes) -> Decoded:
    """UTF-8 in which the strays are read as Windows-1252 and what no encoder writes is mended or dropped."""
    mended, foreign = _mend(data)
    text = mended.decode("utf-8", STRAYS_AS_CP1252)
    return _finish(text, "utf-8", repaired=foreign > 0 or text != mended.decode("utf-8", "replace"))


def _mend(data: bytes) -> tuple[bytes, int]:
    """Halves of surrogate pairs joined, overlong sequences dropped; how many."""
    joined, pairs = _CESU.subn(_join_surrogates, data)
    dropped, overlong = _ILLEGAL.subn(b"", joined)
    return dropped, pairs + overlong


def _join_surrogates(match: re.Match[bytes]) -> bytes:
    return (
        match.group().decode("utf-8", "surrogatepass").encode("utf-16-le", "surrogatepass").decode("utf-16-le").encode()
    )


def _stray(error: UnicodeError) -> tuple[str, int]:
    """One byte that is no UTF-8, as Windows-1252. A sequence cut off by the end of the data is dropped."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    if error.reason == "unexpected end of data":
        return "", error.end
    return CP1252[error.object[error.start]], error.start + 1


codecs.register_error(STRAYS_AS_CP1252, _stray)


def _single_byte(data: bytes, declared: str | None) -> str:
    """The encoding of bytes that are not UTF-8."""
    for name in (declared, _declared(data)):
        encoding = text_encoding(name)
        if encoding and encoding not in _LATIN and not _too_narrow(data, encoding) and _decodes(data, encoding):
            return encoding
    high = sum(1 for byte in data[:200_000] if byte > 0x7F)
    letters = sum(1 for byte in data[:200_000] if byte > 0x7F or 65 <= (byte & 0xDF) <= 90)
    language = _META_LANGUAGE.search(data[:4000])
    usual = _USUAL.get(language.group(1).decode().lower()[:2]) if language else None
    if usual and _decodes(data, usual):
        return usual
    # A text in Latin letters has few others. More than a sixth of them is some other script.
    if high * 6 < max(letters, 1):
        return "cp1252"
    return _detect(data) or "cp1252"


def _too_narrow(data: bytes, encoding: str) -> bool:
    """Whether bytes are declared to be two or four a letter, and none of them is the half of a blank, a digit or a line's end.

    Any text of one byte a letter decodes as Chinese.
    """
    return encoding.startswith(("utf-16", "utf-32")) and b"\0" not in data


def _declared(data: bytes) -> str | None:
    found = _META_CHARSET.search(data[:4000])
    return found.group(1).decode("ascii", "ignore") if found else None


def text_encoding(name: str | None) -> str | None:
    """Return Python's name of an encoding; None when there is none of that name, or none of text (as `base64`)."""
    try:
        info = codecs.lookup(name) if name else None
    except (LookupError, ValueError):
        return None
    return info.name if info and getattr(info, "_is_text_encoding", True) else None


def _decodes(data: bytes, encoding: str) -> bool:
    """Whether the encoding fits; up to one wrong byte in a thousand is a broken page, not another encoding."""
    try:
        wrong = data.decode(encoding, "replace").count("\ufffd")
    except (LookupError, ValueError):
        return False
    return wrong * 1000 <= len(data)


def _detect(data: bytes) -> str | None:
    """A guess from the letters: slow, so only for what nothing else could tell."""
    from charset_normalizer import from_bytes

    best = from_bytes(data[:50_000]).best()
    return best.encoding if best else None
