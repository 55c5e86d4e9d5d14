"""What `quotes extract` costs: `python bench/extraction_speed.py [--sizes 1 10 100] [--articles FILE.jsonl]`.

For each size (MB of text) a JSON Lines file of articles is made, from FILE or else from the sample archive that ships
with the indexer: its articles over and over, the paragraphs of each copy turned around by another number of places and
one word in fifty exchanged for a new one, so that no cache of words or texts flatters the figures. A process of its own
then extracts each file. Prints CPU s, CPU s/MB (start-up included), and the peak memory, which must not grow with size.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from importlib.resources import files
from pathlib import Path

from indexer.pipeline.read import read_paths
from search.model import Document

COMMAND = "from search.cli import quotes; quotes()"
NEW_WORDS = 0.02
Article = tuple[str, str]  # its title and its text


def given(path: Path | None) -> list[Article]:
    """The articles to make the files of."""
    if path is not None:
        with path.open(encoding="utf-8") as lines:
            rows = [json.loads(line) for line in lines if line.strip()]
        return [(row.get("title") or "", row["text"]) for row in rows]
    archive = str(files("indexer") / "samples" / "articles")
    return [(item.title or "", item.text) for item in read_paths([archive]) if isinstance(item, Document)]


def varied(text: str, turn: int, chance: random.Random) -> str:
    """The text with its paragraphs turned around and some words exchanged for words that stand nowhere else."""
    paragraphs = text.split("\n")
    at = turn % len(paragraphs)
    lines = [line.split(" ") for line in paragraphs[at:] + paragraphs[:at]]
    for words in lines:
        for number, word in enumerate(words):
            if word.isalpha() and chance.random() < NEW_WORDS:
                words[number] = word + "".join(chance.choices("aeiklmnorstu", k=6))
    return "\n".join(" ".join(words) for words in lines)


def articles(originals: Sequence[Article], size: int) -> Iterator[str]:
    """Lines of JSON with at least `size` bytes of text in all."""
    chance = random.Random(4)
    done = turn = 0
    while done < size:
        for number, (title, original) in enumerate(originals):
            text = varied(original, turn, chance)
            done += len(text.encode())
            yield json.dumps({"id": f"{turn}-{number}", "title": title, "text": text}, ensure_ascii=False) + "\n"
            if done >= size:
                return
        turn += 1


def cost(path: Path) -> tuple[float, float]:
    """CPU seconds and peak memory in MB of a process that extracts the file."""
    with subprocess.Popen([sys.executable, "-c", COMMAND, "extract", str(path)], stdout=subprocess.DEVNULL) as child:
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise SystemExit(f"quotes extract ended with {child.returncode}")
    unit = 1e6 if sys.platform == "darwin" else 1024  # ru_maxrss counts bytes there, kilobytes elsewhere
    return used.ru_utime + used.ru_stime, used.ru_maxrss / unit


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--articles", type=Path, help="JSON Lines with text and title, instead of the sample archive")
    options.add_argument("--sizes", type=float, nargs="+", default=[1, 10, 100], help="MB of text")
    asked = options.parse_args()
    originals = given(asked.articles)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "articles.jsonl"
        for size in asked.sizes:
            with path.open("w", encoding="utf-8") as out:
                out.writelines(articles(originals, int(size * 1e6)))
            cpu, memory = cost(path)
            print(f"{size:6g} MB  {cpu:7.1f} CPU s  {cpu / size:5.2f} CPU s/MB  peak {memory:4.0f} MB", flush=True)


if __name__ == "__main__":
    main()
