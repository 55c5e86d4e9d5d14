"""Feed broken files to the readers until something gives.

    python bench/fuzz_readers.py READER|all [--seconds N] [--out FOLDER] [--plain] [--seed N]

READER is a file of indexer/readers/. Starts from the files in tests/readers/ and tests/hostile/ and changes them, guided
by coverage when atheris is installed (`pip install atheris`) and at random when it is not, or with --plain. A find is
an exception other than those a reader may raise, an input that takes longer than 5 seconds of processor time (measured
again without the instruments, which make all slower), regions outside their text, or memory that grows and stays; the
inputs and what they did are kept in FOLDER, and the exit status is 1.
"""

from __future__ import annotations

import argparse
import io
import random
import signal
import subprocess
import sys
import tempfile
import time
import traceback
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

TESTS = Path(__file__).parents[1] / "tests"
READERS = Path(__file__).parents[1] / "indexer" / "readers"
SLOW, LARGEST = 5.0, 1 << 16
# Bytes that stay after a run beyond what it had a quarter of the way in.
GROWTH = 150 << 20
TOKENS = (
    b"<p>", b"</p>", b"<div", b"</div>", b"<blockquote>", b"<q>", b"<script type='application/ld+json'>", b"</script>", b"<!--", b"-->",
    b"<![CDATA[", b"]]>", b"<!DOCTYPE x [", b"<?xml version='1.0'?>", b"&#0;", b"&amp;", b"&#x1F4A9;", b"xmlns:a='b'", b"{", b"}", b"[", b"]",
    b"null", b"true", b"-1", b"1e999", b"99999999999999999999", b'"text"', b"\\ud800", b"\\u0000", b'"', b"'", b",", b";", b"\n\n", b"\r\n", b"\0",
    b"\xff", b"\xfe\xff", b"\xef\xbb\xbf", b"\xe2\x80\x9c", b"\xe2\x80\x9d", b"\xed\xa0\x80", b"WARC/1.0\r\n", b"Content-Length: -1", b"Content-Length: 0",
    b"Transfer-Encoding: chunked", b"Content-Encoding: gzip", b"From ", b"Date: ", b"charset=utf-7", b"charset=base64", b"%PDF-1.7", b"endobj", b"stream\n",
    b"/Length ", b"/Filter /FlateDecode", b"xref\n", b"---\n", b"title: ", b"=?utf-8?b?", b"?=", b"boundary=", b"--", b"PK\x03\x04", b"\x1f\x8b\x08",
)  # fmt: skip


class Slow(BaseException):
    """Raised out of an input that takes too long; no reader may catch it."""


@dataclass(slots=True)
class Finds:
    """What was found in a run, each kind once."""

    folder: Path
    kinds: set[str] = field(default_factory=set)
    runs: int = 0

    def count(self) -> None:
        """One more input. Written down now and then, since the fuzzer ends the process without a word."""
        self.runs += 1
        if self.runs % 500 == 0:
            (self.folder / "runs.count").write_text(f"{self.runs:,}")

    def keep(self, kind: str, data: bytes, story: str) -> None:
        if kind not in self.kinds:
            self.kinds.add(kind)
            place = self.folder / f"{zlib.crc32(kind.encode()):08x}"
            place.with_suffix(".input").write_bytes(data)
            place.with_suffix(".txt").write_text(f"{kind}\n\n{story}", "utf-8")


def main() -> int:
    # By their files: importing them here would keep atheris from instrumenting them.
    names = sorted(path.stem for path in READERS.glob("*.py") if path.stem != "__init__")
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("reader", choices=[*names, "all"])
    parser.add_argument("--seconds", type=int, default=60, help="for each reader, default: 60")
    parser.add_argument("--out", type=Path, help="where to keep what is found, default: a temporary folder")
    parser.add_argument("--plain", action="store_true", help="without atheris")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--check", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.check:
        return _is_slow(asked.reader, asked.check.read_bytes())
    if asked.inside:
        _run(asked)
        return 0
    out = asked.out or Path(tempfile.mkdtemp(prefix="fuzz-"))
    found = sum([_child(name, out / name, asked) for name in (names if asked.reader == "all" else [asked.reader])])
    print(f"{found} found, in {out}" if found else "nothing found")
    return 1 if found else 0


def _child(name: str, folder: Path, asked: argparse.Namespace) -> int:
    """Fuzz one reader in a process of its own, since atheris ends the process that it runs in; how much was found."""
    folder.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, __file__, name, "--inside", "--out", str(folder), "--seed", str(asked.seed)]
    command += ["--seconds", str(asked.seconds), *(["--plain"] if asked.plain else [])]
    try:
        done = subprocess.run(command, check=False, stderr=subprocess.PIPE, timeout=asked.seconds * 2 + 60)
        trouble = done.stderr[-4000:] if done.returncode else b""
    except subprocess.TimeoutExpired:
        trouble = b"the process did not come to its end"
    for path in [*folder.glob("slow-unit-*"), *folder.glob("timeout-*"), *folder.glob("*.input")]:
        # The fuzzer itself calls slow what takes long by the clock on the wall, with its instruments, on a busy machine.
        story = path.with_suffix(".txt")
        if not story.exists() or "slow" in story.read_text("utf-8", "replace")[:20].lower():
            again = subprocess.run([sys.executable, __file__, name, "--check", str(path)], check=False)
            if again.returncode == 0:
                path.unlink()
                story.unlink(missing_ok=True)
    inputs = [path for path in folder.iterdir() if path.suffix not in (".txt", ".count")]
    if trouble and not inputs:
        (folder / "process.txt").write_bytes(trouble)
    stories = sorted(folder.glob("*.txt"))
    counted = folder / "runs.count"
    print(f"{name}: {counted.read_text() if counted.exists() else 'no'} inputs, {len(inputs)} finds", flush=True)
    for story in stories:
        print(f"    {story.read_text('utf-8', 'replace').partition(chr(10))[0]}")
    return max(len(inputs), len(stories))


def _is_slow(name: str, data: bytes) -> int:
    """1 if a reader takes too long over an input, else 0."""
    from indexer.input.input_file import ReadOptions, input_from_bytes

    reader = __import__(f"indexer.readers.{name}", fromlist=["read"])
    with suppress(Exception):
        list(reader.read(input_from_bytes(seeds(name)[0], "seed", f"seed.{name}", ReadOptions())))
    begun = time.process_time()
    with suppress(Exception, Slow), _alarm(3 * SLOW):
        list(reader.read(input_from_bytes(data, "fuzzed", f"fuzzed.{name}", ReadOptions())))
    return int(time.process_time() - begun > SLOW)


def _run(asked: argparse.Namespace) -> None:
    try:
        atheris = None if asked.plain else __import__("atheris")
    except ImportError:
        atheris = None
    if atheris:
        with atheris.instrument_imports(include=["indexer"]):
            examine = examiner(asked.reader, Finds(asked.out))
        _guided(atheris, examine, asked)
    else:
        _at_random(examiner(asked.reader, Finds(asked.out)), asked)


def examiner(name: str, finds: Finds) -> Callable[[bytes], str]:
    """A function that has one reader read some bytes, keeps what goes wrong, and says in a word what came of it."""
    import importlib

    from indexer.input.input_file import ReadOptions, input_from_bytes
    from search.errors import ReadError
    from search.model import Document

    reader = importlib.import_module(f"indexer.readers.{name}")
    # Heavy parsers are imported inside `read`: once before the clock runs.
    seed = seeds(name)[0]
    allowed = (ReadError, OSError, EOFError, zlib.error, zipfile.BadZipFile)

    def read(data: bytes) -> str:
        outcome = []
        for item in reader.read(input_from_bytes(data, "fuzzed", f"fuzzed.{name}", ReadOptions())):
            if isinstance(item, Document):
                assert "\0" not in item.text, "a NUL in a text"
                item.text.encode()
                assert all(0 <= r.span.start < r.span.end <= len(item.text) for r in item.regions), "a region outside"
                outcome.append(f"{len(item.regions):.1g}{sorted(item.provenance)}{item.flags}")
            else:
                outcome.append(item.reason[:40])
        return "|".join(outcome[:6])

    def examine(data: bytes) -> str:
        finds.count()
        begun = time.process_time()
        try:
            with _alarm(3 * SLOW):
                outcome = read(data)
        except allowed as error:
            outcome = str(error)[:40]
        except (Exception, Slow) as error:
            frames = traceback.extract_tb(error.__traceback__)
            ours = [frame for frame in frames if "indexer" in frame.filename] or list(frames)
            outcome = f"{type(error).__name__} at {Path(ours[-1].filename).name}:{ours[-1].lineno}: {error}"[:200]
            finds.keep(f"{type(error).__name__} at {ours[-1].filename}:{ours[-1].lineno}", data, traceback.format_exc())
        if time.process_time() - begun > SLOW:
            finds.keep(f"slow: {time.process_time() - begun:.1f} s", data, outcome)
        return outcome

    read(seed)
    return examine


@contextmanager
def _alarm(seconds: float) -> Iterator[None]:
    def ring(_number: int, _frame: FrameType | None) -> None:
        raise Slow(f"more than {seconds:g} s")

    # Processor time: the machine may have others to serve. The alarm of the wall clock is the fuzzer's own.
    signal.signal(signal.SIGPROF, ring)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def _guided(atheris: object, examine: Callable[[bytes], str], asked: argparse.Namespace) -> None:
    """Let libFuzzer choose by coverage which inputs to go on from; ends the process."""
    start = seeds(asked.reader)

    def change(data: bytes, most: int, seed: int) -> bytes:
        chance = random.Random(seed)
        free = atheris.Mutate(data, min(most, len(data) + 64)) if chance.random() < 0.5 else data  # type: ignore[attr-defined]
        return free if chance.random() < 0.5 and free != data else mutate(free, start, chance)[:most]

    corpus = Path(tempfile.mkdtemp(prefix="corpus-"))
    for number, data in enumerate(start):
        (corpus / str(number)).write_bytes(data)
    options = [
        f"-max_total_time={asked.seconds}",
        f"-timeout={int(20 * SLOW)}",
        "-rss_limit_mb=1500",
        f"-max_len={LARGEST}",
    ]
    options += [f"-artifact_prefix={asked.out}/", f"-seed={asked.seed}", "-verbosity=0", "-detect_leaks=0", str(corpus)]

    def one(data: bytes) -> None:
        examine(data)

    atheris.Setup([sys.argv[0], *options], one, custom_mutator=change)  # type: ignore[attr-defined]
    atheris.Fuzz()  # type: ignore[attr-defined]


def _at_random(examine: Callable[[bytes], str], asked: argparse.Namespace) -> None:
    """Change inputs at random, and go on from those that came out in a way not seen before."""
    chance = random.Random(asked.seed)
    pool = seeds(asked.reader)
    seen = {examine(data) for data in pool}
    begun, count, early = time.monotonic(), 0, 0
    while (passed := time.monotonic() - begun) < asked.seconds:
        data = mutate(chance.choice(pool), pool, chance)
        outcome = examine(data)
        count += 1
        if outcome not in seen and len(pool) < 400:
            seen.add(outcome)
            pool.append(data)
        if passed > asked.seconds / 4:
            early = early or _resident()
    grown = _resident() - early
    if early and grown > GROWTH:
        Finds(asked.out).keep(f"memory grew by {grown >> 20} MB", b"", f"in {count} inputs")
    print(f"{asked.reader}: {count} inputs, {len(seen)} outcomes, memory {grown / 2**20:+.0f} MB", flush=True)


def _resident() -> int:
    """Bytes of memory held now, where the system says so."""
    place = Path("/proc/self/statm")
    return int(place.read_text().split()[1]) * 4096 if place.exists() else 0


def seeds(name: str) -> list[bytes]:
    """The files of a format among those of the tests; its golden one first."""
    from indexer.readers import choose_reader

    golden = [path for path in sorted((TESTS / "readers").glob(f"{name}.*")) if path.suffix != ".golden"]
    found = [path.read_bytes() for path in golden]
    for path in sorted((TESTS / "hostile").iterdir()):
        data = path.read_bytes()
        reader = choose_reader(path.name, data[:4096])
        if reader is not None and reader.__name__.endswith(f".{name}") and len(data) < LARGEST // 4:
            found.append(data)
    return found


def mutate(data: bytes, pool: list[bytes], chance: random.Random) -> bytes:
    """The bytes with one to four changes; those of an archive are made to its members, mostly."""
    if data.startswith(b"PK\x03\x04") and chance.random() < 0.9:
        return _archive(data, pool, chance)
    for _ in range(chance.choice((1, 1, 2, 4))):
        data = _change(data, pool, chance)
    return data[:LARGEST]


def _change(data: bytes, pool: list[bytes], chance: random.Random) -> bytes:
    at = chance.randrange(len(data) + 1)
    end = min(len(data), at + chance.choice((1, 4, 20, 200, 2000)))
    kind = chance.randrange(8)
    if kind == 0:
        return data[:at] + data[end:]
    if kind == 1:
        return data[:end] + data[at:end] * chance.choice((1, 1, 10, 300)) + data[end:]
    if kind == 2:
        return data[:at] + chance.randbytes(chance.choice((1, 2, 8))) + data[at + 1 :]
    if kind == 3:
        return data[:at]
    if kind == 4:
        other = chance.choice(pool)
        start = chance.randrange(len(other) + 1)
        return data[:at] + other[start : start + chance.choice((10, 100, 1000))] + data[end:]
    token = chance.choice(TOKENS) * chance.choice((1, 1, 1, 2, 50, 3000))
    return data[:at] + token + data[at if kind < 7 else end :]


def _archive(data: bytes, pool: list[bytes], chance: random.Random) -> bytes:
    """The archive with one of its members changed, left out or named otherwise."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = [(info.filename, archive.read(info)) for info in archive.infolist() if info.file_size < LARGEST]
    except Exception:  # it is damaged already
        return _change(data, pool, chance)
    if not members:
        return _change(data, pool, chance)
    number = chance.randrange(len(members))
    name, inside = members[number]
    if chance.random() < 0.05:
        del members[number]
    else:
        members[number] = (name, _change(inside, [held for _, held in members], chance)[:LARGEST])
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, inside in dict(members).items():
            archive.writestr(name, inside)
    return made.getvalue()


if __name__ == "__main__":
    sys.exit(main())
