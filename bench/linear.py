"""Is every function that takes a text linear? `python bench/linear.py [FUNCTION ...]`; the exit status is 1 if one is not.

Each is given each of the pieces below, so many times over that it takes a twentieth of a second, and then eight times
as many. Linear work takes eight times as long; more than 24 times is not linear (square work takes 64 times). Processor
time, best of two, the garbage collector off, so that neither other programs nor a growing heap count as the function's.
"""

from __future__ import annotations

import argparse
import contextlib
import gc
import re
import sys
import time
from collections.abc import Callable, Sequence
from itertools import count as counting

from indexer.attribution.attribute import attribute
from indexer.crawler.robots import parse_robots
from indexer.html.json_ld import read_json_ld
from indexer.html.page import read_page
from indexer.input.captions import caption_lines, parse_captions
from indexer.input.encoding import clean_text, decode
from indexer.input.input_file import ReadOptions, input_from_bytes
from indexer.plain_text.articles import split_documents
from indexer.plain_text.speaker_labels import find_labels
from indexer.quotations.dash_speech import with_dash_speech
from indexer.quotations.quotation_marks import find_quotations
from indexer.readers import captions
from indexer.readers.rtf import parse_rtf
from search.errors import ReadError
from search.matching.alignment import align
from search.matching.compare import compare
from search.matching.similarity import similarity
from search.model import Document, Match, Quote, Region, Span
from search.renderers import Style
from search.renderers.text import document_text
from search.text.analysis import AnalysedText
from search.text.language import detect_language
from search.text.terms import index_terms
from web.presentation import diff_view as wording
from web.presentation import document_view as reader

TIMES, MOST = 8, 24
ENOUGH = 0.05  # seconds of a measurement that says something
SHORTEST, LONGEST = 4_000, 300_000  # code points of the shorter text
OPTIONS = ReadOptions()

TEXTS = (
    "'", "“", '"', "’", "« ", '"a ', "'a ", "“a” ", "''", "“a\n", "“a”\n\n", "[", "(", "]", "…", "...", "1,", "a'", ". ", "\u0301",
    "Mr. Xu said, ", "the spokesman of ", "he ", "A. ", "Smith of the ", "Q: a\n", "word ", "x", "é", "\n", "\n\n", " ", "\t", "\r",
    "“Good day,” she said. Ann Lee left. ", "By Ann Lee\n", "© ", "By ", "http://a.example/", "2021-04-25 ", "twenty-one hundred ",
    "“They said ‘no’ to us,” Mr. Roe told ", "according to ", "said ", "Ann Lee and ", "«да» ", "「是」", "ا", "\u200f", "â€œ", "Ã©", "\x1b[",
    "-", "--", "1 2 ", "1.000.", "not ", "#@", "&amp;", "User-agent: *\nDisallow: /*a*\n", "Leave a Reply\n", "Share\n", "> a\n", "* a\n",
)  # fmt: skip
MARKUP = (
    "<div>", "<p>a", "<p>“a b c,” he said.</p>", "<blockquote>", "<q>", "<b><i>", "<table><tr><td>", "<li>", "<a href='/x'>a</a>",
    "<br>", "<img alt='a'>", "<!--", "<script>", "<script type='application/ld+json'>{", "<meta name='a' content='b'>", "<h2>a</h2>",
    "<time>", "</div>", "<", "&", "&#", "<![CDATA[", "<figure><figcaption>a</figcaption></figure>", "<span class='a b c'>a</span>",
    "<cite>a</cite>", "<blockquote><p>a.</p><cite>a<br>b</cite></blockquote>", "<blockquote><cite>", "<figure><blockquote>a</blockquote><figcaption>a",
    "<section><p>a b c. D e f.</p></section>", "<title>", "<p>By Ann Lee</p>", "<svg>", "<template>", "<frameset>", "<p>\n\n</p>",
)  # fmt: skip


CAPTIONS = (
    "00:01.000 --> 00:02.000\n>> A B: a\n\n", "00:01.000 --> 00:02.000\na b c\n", "<v A>", "<v A>a ", ">>", "- a\n", "[", "(a", "♪", "<c>", "&gt;",
    "NOTE a\n", "1\n", "00:", "A B: a\n", "[A B] a\n",
)  # fmt: skip
RICH_TEXT = (
    "{",
    "}",
    "{\\*",
    "\\u1 ",
    "\\'93",
    "\\par ",
    "\\f1 ",
    "\\bin1 a",
    "{\\shptxt a}",
    "{\\info{\\title a}}",
    "\\v ",
    "a",
    "\\",
)
SCRIPTS = (
    "[",
    "{",
    '{"a":',
    '["a",',
    '"a",',
    '"\\u003cp',
    "={",
    '={"a":1};',
    'push([1,"a',
    "\\n\\n",
    "(",
    '"$",',
    '{"text":"a b c"},',
    "<p>a",
)
# A dash that opens speech, its clause, and what goes on behind it.
DASHES = ["– A, sier b. ", "– a ", "– A, b ", "– Aa, sier Bo – c. ", "– a\n", "– A, sier b.\n", "—a —dijo B—. c\n"]
# Clauses in scripts without capitals; each # is a name that stands nowhere else.
CLAUSES = [
    "وقال علي: «لا».\n",
    "وقال ال#: «لا».\n",
    "وقال فان #: «لا».\n",
    "قال ",
    "گفت ",
    "ناهید # گفت: «نه».\n",
    "وزیر # گفت: «نه».\n",
]
LABELS = (
    "AB CD: a\n", "Ab Cd: a\n", "Ab Cd\n", "AB\n", "[00:01] Ab: a\n", ">> AB: a\n", "Mr. AB. a\n", "Q. a\n", "A, B: a\n", "(a) ", ":", "Ab ", "00:01 ",
)  # fmt: skip


def with_names(text: str) -> str:
    """The text with another word of Arabic letters for each #."""
    letters = str.maketrans("0123456789", "ابتثجحخدذر")
    number = counting(1_000)
    return re.sub("#", lambda _: str(next(number)).translate(letters), text)


def compared(one: str, other: str) -> Match:
    return compare(AnalysedText(one), AnalysedText(other))


def tree(text: str) -> object:
    return read_page(f"<html><body><article><p>One. Two.</p>{text}</article></body></html>", "a", OPTIONS)


def shown(text: str) -> object:
    """A page of our own: many quotes and regions over each other."""
    step = max(len(text) // 400, 1)
    spans = [Span(at, min(at + 3 * step, len(text))) for at in range(0, len(text), step)]
    quotes = [Quote(str(at), "d", "", (span,)) for at, span in enumerate(spans)]
    return reader.blocks(Document("d", text, regions=tuple(Region(span, "caption") for span in spans[::2])), quotes)


FUNCTIONS: dict[str, tuple[Callable[[str], object], Sequence[str]]] = {
    "find_quotations": (find_quotations, TEXTS),
    "speech after a dash": (lambda text: with_dash_speech(text, find_quotations(text), "no"), DASHES),
    "attribute": (lambda text: attribute(Document("d", text)), TEXTS),
    "clauses": (lambda text: attribute(Document("d", with_names(text))), CLAUSES),
    "captions": (lambda text: list(caption_lines(parse_captions(text).cues)), CAPTIONS),
    "caption file": (lambda text: list(captions.read(input_from_bytes(text.encode(), "a", "a", OPTIONS))), CAPTIONS),
    "rich text": (lambda text: parse_rtf("{\\rtf1 " + text), RICH_TEXT),
    "labels": (lambda text: find_labels(text.split("\n")), LABELS),
    "transcript": (lambda text: attribute(Document("d", text)), LABELS),
    "scripts": (lambda text: tree(f"<script>{text}</script>"), SCRIPTS),
    "decode": (lambda text: clean_text(decode(text.encode("utf-8", "surrogatepass")).text), TEXTS),
    "decode cp1252": (lambda text: clean_text(decode(text.encode("cp1252", "replace") + b"\xe9").text), TEXTS),
    "plain text": (lambda text: list(split_documents(text, "a", OPTIONS)), TEXTS),
    "page": (tree, (*MARKUP, *TEXTS)),
    "script": (lambda text: read_json_ld([f"{{{text}}}", text]), TEXTS),
    "language": (detect_language, TEXTS),
    "robots": (lambda text: parse_robots(text, "Quotes").allows("https://a.example/" + text[:1000]), TEXTS),
    "tokens": (lambda text: AnalysedText(text).tokens, TEXTS),
    "stems": (lambda text: AnalysedText(text).stems, TEXTS),
    "index terms": (lambda text: index_terms(AnalysedText(text)), TEXTS),
    "key": (lambda text: AnalysedText(text).key, TEXTS),
    "align": (lambda text: align(text.split(), [*text.split()[1:], "snow"]), TEXTS),
    "compare": (lambda text: compared(text, f"snow {text[: len(text) // 2]} snow {text[len(text) // 2 :]}"), TEXTS),
    "similarity": (lambda text: similarity(AnalysedText(text), AnalysedText(f"{text} snow")), TEXTS),
    "differences shown": (lambda text: wording.pieces(text, compared(text, text + " snow").differences), TEXTS),
    "document shown": (shown, TEXTS),
    "document printed": (lambda text: document_text(Document("d", text), Style(False, 80)), TEXTS),
}


def seconds(function: Callable[[str], object], text: str) -> float:
    """Processor time of one call; what a reader refuses counts as an answer."""
    gc.collect()
    started = time.process_time()
    with contextlib.suppress(ReadError):
        function(text)
    return time.process_time() - started


def measured(function: Callable[[str], object], piece: str) -> tuple[int, float, float]:
    """The length of the shorter text, and the seconds that it and the longer one took."""
    count = -(-SHORTEST // len(piece))
    while (short := seconds(function, piece * count)) < ENOUGH and count * len(piece) < LONGEST:
        count *= 2 if short > ENOUGH / 8 else 4
    long = seconds(function, piece * count * TIMES)
    if long > MOST / 2 * short:
        short, long = max(short, seconds(function, piece * count)), min(long, seconds(function, piece * count * TIMES))
    return count * len(piece), short, long


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("functions", nargs="*", metavar="FUNCTION", help=", ".join(FUNCTIONS))
    names = parser.parse_args().functions or list(FUNCTIONS)
    failed = 0
    gc.disable()
    print(f"{'function':18} {'steepest on':28} {'code points':>12} {'s':>7} {'s, 8 times':>10} {'ratio':>6}")
    for name in names:
        function, pieces = FUNCTIONS[name]
        seconds(function, "a word ")  # tables are loaded
        rows = []
        for piece in pieces:
            length, short, long = measured(function, piece)
            rows.append((long / max(short, ENOUGH / 5), piece, length, short, long))
        rows.sort(reverse=True)
        bad = [row for row in rows if row[0] > MOST]
        failed += len(bad)
        for ratio, piece, length, short, long in bad or rows[:1]:
            verdict = " NOT LINEAR" if ratio > MOST else ""
            print(
                f"{name:18} {piece[:26]!r:28} {length:12,} {short:7.3f} {long:10.3f} {ratio:6.1f}{verdict}", flush=True
            )
    print(f"{failed} not linear" if failed else "all linear")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
