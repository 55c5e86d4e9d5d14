"""Word files: what is printed when all changes are accepted, and the text boxes."""

from __future__ import annotations

import io
import zipfile

import pytest

from indexer.input.input_file import ReadOptions, input_from_bytes
from indexer.readers import docx
from search.model import Document, Skip


def items(data: bytes) -> list[Document | Skip]:
    """What the reader makes of some bytes."""
    return list(docx.read(input_from_bytes(data, "x", "x.docx", ReadOptions())))


NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)
STYLES = "<w:style w:styleId='Note'><w:rPr><w:vanish/></w:rPr></w:style><w:style w:styleId='Based'><w:basedOn w:val='Note'/></w:style>"
NOTE = "<w:pPr><w:pStyle w:val='Note'/></w:pPr>"
CELL = "<w:p><w:r><w:t>Out</w:t></w:r></w:p>"


def run(words: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{words}</w:t></w:r>"


def word_file(body: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("word/document.xml", f"<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>")
        archive.writestr("word/styles.xml", f"<w:styles {NAMESPACES}>{STYLES}</w:styles>")
    return made.getvalue()


BOX = f"<w:txbxContent><w:p>{run('In the box.')}</w:p></w:txbxContent>"
CHANGE = "<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>"


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (f"<w:p>{run('Before.')}<w:r><mc:AlternateContent><mc:Choice>{BOX}</mc:Choice><mc:Fallback>{BOX}</mc:Fallback>"
         f"</mc:AlternateContent></w:r>{run(' After.')}</w:p>", "Before. After.\n\nIn the box."),
        (f"<w:p><w:r><mc:AlternateContent><mc:Fallback>{BOX}</mc:Fallback></mc:AlternateContent></w:r></w:p>", "In the box."),
        (f"<w:p>{run('Before.')}<w:r><w:pict>{BOX}</w:pict></w:r></w:p><w:p>{run('Next.')}</w:p>", "Before.\n\nIn the box.\n\nNext."),
        (f"<w:p><w:moveFrom>{run('In May.')}</w:moveFrom></w:p><w:p><w:moveTo>{run('In June.')}</w:moveTo></w:p>", "In June."),
        (f"<w:p>{run('In ')}<w:del><w:r><w:delText>May</w:delText></w:r></w:del><w:ins>{run('June')}</w:ins></w:p>", "In June"),
        (f"<w:p>{run('Seen')}{run(' hidden', '<w:vanish/>')}{run(' here', '<w:vanish w:val=&quot;0&quot;/>'.replace('&quot;', chr(34)))}</w:p>", "Seen here"),
        (f"<w:p>{run('Seen')}{run(' hidden', '<w:rStyle w:val=' + chr(34) + 'Note' + chr(34) + '/>')}</w:p>", "Seen"),
        (f"<w:p>{NOTE}{run('Hidden')}{run('Seen', '<w:vanish w:val=' + chr(34) + '0' + chr(34) + '/>')}</w:p><w:p>{run('Next')}</w:p>", "Seen\n\nNext"),
        (f"<w:p>{run('Seen')}{run(' hidden', '<w:rStyle w:val=' + chr(34) + 'Based' + chr(34) + '/>')}</w:p>", "Seen"),
        (f"<w:p>{NOTE}<w:r><w:t>Hidden</w:t></w:r></w:p><w:p>{run('Seen')}</w:p>", "Seen"),
        (f"<w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc>{CELL}</w:tc></w:tr><w:tr><w:tc><w:p>{run('In')}</w:p></w:tc>"
         f"<w:tc><w:tcPr><w:cellDel/></w:tcPr>{CELL}</w:tc></w:tr></w:tbl>", "In"),
        (f"<w:p>{CHANGE}{run('One ')}</w:p><w:p>{run('sentence.')}</w:p><w:p>{run('Two.')}</w:p>", "One sentence.\n\nTwo."),
        (f"<w:p><w:hyperlink>{run('A link')}</w:hyperlink><w:r><w:instrText>HYPERLINK</w:instrText><w:noBreakHyphen/></w:r></w:p>", "A link-"),
        (f"<w:tbl><w:tr><w:tc><w:p>{run('One')}</w:p></w:tc><w:tc><w:p>{run('Two')}</w:p></w:tc></w:tr></w:tbl>", "One\n\nTwo"),
    ],
)  # fmt: skip
def test_the_words_are_those_that_are_printed(body: str, words: str) -> None:
    (item,) = items(word_file(body))
    assert isinstance(item, Document)
    assert item.text == words
