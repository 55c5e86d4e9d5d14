"""How the facts about a document are known, and what was odd about it: closed vocabularies, each value with its wording.

Whatever makes a `Document` sets these, and whatever shows one to a person takes the wording from here.
"""

from __future__ import annotations

from enum import StrEnum


class Provenance(StrEnum):
    """Say how a field of a document is known; `wording` continues the sentence "known from ..."."""

    wording: str

    def __new__(cls, value: str, wording: str) -> Provenance:
        """Make a member of its stored value and of the words for a person."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.wording = wording
        return member

    BY_HAND = "by hand", "what was said by hand when it was indexed"
    HOST = "host", "the table of outlets, by the address of the page"
    ADDRESS = "address", "the address of the page"
    CANONICAL = "canonical", "the page’s canonical link"
    FETCHED = "fetched", "the address that it was fetched from"
    JSON_LD = "json-ld", "the page’s own JSON-LD"
    OG_TITLE = "og:title", "the page’s title for sharing (OpenGraph)"
    OG_SITE_NAME = "og:site_name", "the site’s name for sharing (OpenGraph)"
    META = "meta", "the page’s meta tags"
    HEADING = "h1", "the heading of the page"
    TITLE = "title", "the title of the page"
    TIME = "time", "the time that the page marks as one"
    BYLINE = "byline", "the printed by-line"
    PRINTED = "printed", "the date printed on the page"
    FIRST_LINE = "first line", "the first line of the text"
    COPYRIGHT_NOTICE = "copyright notice", "the copyright notice"
    OWN_VOICE = "the text's own voice", "the text, in which the outlet speaks of itself"
    RECORD = "record", "the record that it was read from"
    DECLARED = "declared", "what the document declares"
    DETECTED = "detected", "the words of the text"
    FRONT_MATTER = "front matter", "the front matter of the file"
    FEED = "feed", "the feed"
    MAIL = "mail", "the headers of the message"
    PDF = "pdf", "the properties of the PDF file"
    DOCX = "docx", "the properties of the Word document"
    RTF = "rtf", "the properties of the Rich Text file"
    EPUB = "epub", "the properties of the book"
    NEWSML = "newsml", "the agency’s NewsML item"
    NINJS = "ninjs", "the agency’s ninjs item"


class DocumentFlag(StrEnum):
    """Say what was odd about a document; `wording` is a sentence."""

    wording: str

    def __new__(cls, value: str, wording: str) -> DocumentFlag:
        """Make a member of its stored value and of the words for a person."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.wording = wording
        return member

    ENCODING_REPAIRED = "encoding=repaired", "Its text was broken by a wrong encoding and has been repaired."
    LOSSY = "lossy", "Some of its letters were lost before it came here."
    PARTIAL = "partial", "The rest of it is for subscribers."
    SUMMARY = "summary", "Only a summary of it was there."
    SNIPPETS = "snippets", "Only its quotations were there, with the words around them."
    DATE_REFUSED = "date-refused", "Its date was refused: no newspaper could have been printed on that day."
    OFF_SITE_CANONICAL = "off-site-canonical", "It names a page of another site as its own address."
    FURNITURE = (
        "furniture",
        "Links, credits and headlines of other articles stand in its text; nothing was quoted from them.",
    )
    COMMENTS = "comments", "It is what readers wrote under an article."


_WORDINGS = {member.value: member.wording for member in Provenance}


def provenance_wording(value: str) -> str:
    """Return the words for a stored provenance; the value itself where an older or other program wrote one that is unknown."""
    return _WORDINGS.get(value, value)
