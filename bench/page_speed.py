"""How heavy the page is and how long its first byte takes: `python bench/page_speed.py INSTANCE [--clients 8] [--rounds 20]`.

Starts `quotes serve` on the instance, asks for words of its own quotes over connections that are new each time, first one client alone,
then CLIENTS at once. Prints p50 and p95 in milliseconds until the first byte of an answer, whole (`search`) and without work
(`/about`, what this machine can do at all), and the size of each kind of page as it is sent, style sheet and scripts apart.
"""

from __future__ import annotations

import argparse
import http.client
import re
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote, urlsplit

from search.find.find import find
from search.model import Query
from search.settings import load
from search.storage.store import Store

COMMAND = [sys.executable, "-c", "from search.cli import quotes; quotes()"]
STATIC = Path(__file__).resolve().parent.parent / "web" / "static"
WORDS = 6  # of a quote: what a person types


@contextmanager
def served(instance: str) -> Iterator[tuple[str, int]]:
    """The host and port of `quotes serve` in a process of its own."""
    with subprocess.Popen([*COMMAND, "--instance", instance, "serve", "--port", "0"], stderr=subprocess.PIPE, text=True) as server:  # fmt: skip
        try:
            assert server.stderr is not None
            address = urlsplit(server.stderr.readline().partition(" is at ")[2].split()[0])
            yield address.hostname or "", address.port or 0
        finally:
            server.terminate()


def first_byte(server: tuple[str, int], path: str) -> tuple[float, int]:
    """Milliseconds until the first byte of an answer, and the bytes of its body."""
    connection = http.client.HTTPConnection(*server, timeout=60)
    began = time.perf_counter()
    connection.request("GET", path)
    answer = connection.getresponse()
    took = 1000 * (time.perf_counter() - began)
    size = len(answer.read())
    connection.close()
    assert answer.status == 200, (path, answer.status)
    return took, size


def shown(times: Sequence[float]) -> str:
    """p50 and p95."""
    ordered = sorted(times)
    return f"p50 {ordered[len(ordered) // 2]:6.1f} ms   p95 {ordered[int(len(ordered) * 0.95)]:6.1f} ms"


def paths_of(instance: str, count: int) -> tuple[list[str], dict[str, str]]:
    """Searches for words of quotes that the archive holds, and one address of each other kind of page."""
    with Store(load({"instance": instance})) as store:
        words: list[str] = []
        for utterance in find(store, Query(limit=count)).utterances:
            words.append(" ".join(re.findall(r"\w+", utterance.text)[:WORDS]))
        told = next(each for each in find(store, Query(text=words[0])).utterances)
    pages = {"home": "/", "answer": f"/search?q={quote(words[0])}", "list": "/search?kind=direct", "utterance": f"/quotes/{quote(told.id)}",
             "document": f"/documents/{quote(told.quotes[0].document_id)}", "speakers": "/speakers"}  # fmt: skip
    return [f"/search?q={quote(each)}" for each in words if each], pages


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("instance")
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--queries", type=int, default=200)
    asked = parser.parse_args()
    searches, pages = paths_of(asked.instance, asked.queries)
    with served(asked.instance) as server:
        for path in searches[:10]:
            first_byte(server, path)
        found = [first_byte(server, path) for path in searches]
        print(f"one client, {len(searches)} searches:  {shown([took for took, _ in found])}")
        print(f"one client, a page without work:  {shown([first_byte(server, '/about')[0] for _ in searches])}")
        with ThreadPoolExecutor(asked.clients) as clients:
            crowd = list(clients.map(lambda path: first_byte(server, path)[0], searches))
            print(f"{asked.clients} clients, {len(searches)} searches:  {shown(crowd)}")
            idle = list(clients.map(lambda _: first_byte(server, "/about")[0], searches))
            print(f"{asked.clients} clients, a page without work:  {shown(idle)}")
        sizes = sorted(size for _, size in found)
        print(f"an answer: p50 {sizes[len(sizes) // 2]:,} bytes, largest {sizes[-1]:,}")
        for name, path in pages.items():
            print(f"{name}: {first_byte(server, path)[1]:,} bytes")
    for suffix in ("css", "js"):
        print(f"all {suffix}: {sum(path.stat().st_size for path in STATIC.glob(f'*.{suffix}')):,} bytes")


if __name__ == "__main__":
    main()
