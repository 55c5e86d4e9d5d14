"""The bounds of what is an article: what goes beyond is one sentence, soon, and what keeps to them is read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from indexer.input import bounds
from indexer.input.input_file import ReadOptions
from indexer.pipeline.workers import extract_files
from search.model import Skip

SAID = "“We will not sign a text that nobody has read,” she said.\n\n"
PUNCTUATION = "more than two thirds of it are punctuation, which is no writing."


def reasons(path: Path) -> list[str]:
    return [item.reason for item in extract_files([str(path)], ReadOptions()) if isinstance(item, Skip)]


@pytest.mark.parametrize("unit", ['"', "'", "-", "—", "“", " '", "“ ‘ ", "«»", ". ", "'\n"])
@pytest.mark.parametrize("suffix", ["txt", "html", "jsonl"])
def test_punctuation_without_an_end_is_refused_in_every_format(tmp_path: Path, unit: str, suffix: str) -> None:
    text = (unit * 400_000)[:400_000]
    made = {"txt": text, "html": f"<article><p>{text}</p></article>", "jsonl": json.dumps({"text": text})}
    path = tmp_path / f"a.{suffix}"
    path.write_text(made[suffix], "utf-8")
    (reason,) = reasons(path)
    assert reason in (PUNCTUATION, "it holds no words.", "no article was found on this page.")


def test_an_article_above_such_a_stretch_is_refused_by_a_stated_limit(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text(f"<article><p>{SAID * 5}</p><p>{'“' * 90_000}</p></article>", "utf-8")
    assert reasons(path) == []
    path.write_text(f"<article><p>{SAID * 5}</p><p>{'. ' * 200_000}</p></article>", "utf-8")
    assert reasons(path) == [PUNCTUATION]


def test_quotations_without_an_end_are_refused_by_their_number(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("“no” " * (bounds.MAX_MARKS // 2 + 1), "utf-8")
    assert reasons(path) == ["it has more than 100,000 quotation marks, which is the most one document may have."]


def test_lines_and_tags_without_an_end_are_refused_before_they_are_held(tmp_path: Path) -> None:
    lines, page = tmp_path / "a.txt", tmp_path / "a.html"
    lines.write_text("a\n" * (bounds.MAX_LINES + 1), "utf-8")
    page.write_text("<html><body>" + "<p>a" * bounds.MAX_TAGS, "utf-8")
    assert reasons(lines) == ["it has more than 500,000 lines, which is the most one document may have."]
    assert reasons(page) == ["it has more than 150,000 tags, which is the most one page may have."]


def test_entries_without_an_end_are_refused_in_a_feed_of_either_kind(tmp_path: Path) -> None:
    number = bounds.MAX_ENTRIES + 1
    xml, json_feed = tmp_path / "a.xml", tmp_path / "b.json"
    xml.write_text(f"<rss><channel>{'<item/>' * number}</channel></rss>", "utf-8")
    json_feed.write_text(json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": [{}] * number}), "utf-8")
    for path in (xml, json_feed):
        assert reasons(path) == ["it has more than 50,000 entries, which is the most one feed may have."]


def test_a_book_in_any_script_is_none_of_it() -> None:
    assert bounds.no_article(SAID * 20_000) is None
    assert bounds.no_article("हम ऐसे पाठ पर हस्ताक्षर नहीं करेंगे। " * 20_000) is None
    assert bounds.no_article("“我们不会签字。” " * 30_000) is None
    assert bounds.no_article("| 1 | 2 | 3 |\n" + "- " * 50_000) is None
    assert bounds.check_tags("<p>" + "a < b " * 200_000).startswith("<p>")
