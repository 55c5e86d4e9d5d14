"""A PostgreSQL of its own in a folder, on a port of this machine alone, with Debian's programs and fsync on: for tests and trials."""

from __future__ import annotations

import contextlib
import os
import pwd
import secrets
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Final

from missing import MissingHere
from trial_ports import end_in_order, free_port

PROGRAMS: Final = Path("/usr/lib/postgresql")
READY_SECONDS: Final = 60
MEMORY: Final = Path("/dev/shm")
# Below those that outgoing connections are given, one of which would be in its way when it starts again.
_PORTS: Final = range(9401, 9500)


class PostgresqlServer:
    """A server in a folder of its own, which is gone when it is closed. Use it with `with`.

    With `in_memory` its folder is a part of the memory, if the system has such: what a test makes is of no worth after it, and
    to write 60 databases to a busy disk, and take them off it, costs minutes.

    Else it is made in the folder `within`, and its log of what is written, from which it comes back after a crash, in `log_within`,
    a MB a file, where these are given: either may be a disk that is to be filled.

    Raises:
        MissingHere: there are no programs, or no user for them, as they refuse to be run by root.
    """

    def __init__(self, *, in_memory: bool = False, within: Path | None = None, log_within: Path | None = None) -> None:
        found = sorted(PROGRAMS.glob("*/bin"), key=lambda path: int(path.parent.name))
        if not found:
            raise MissingHere("There is no PostgreSQL here: apt-get install postgresql.")
        self._programs = found[-1]
        self._user = _other_user()
        self._folder = Path(
            tempfile.mkdtemp(prefix="quotes-postgresql-", dir=MEMORY if in_memory and MEMORY.is_dir() else within)
        )
        self._log = Path(tempfile.mkdtemp(prefix="quotes-postgresql-", dir=log_within)) if log_within else None
        self._password = secrets.token_hex(16)
        self._port = free_port(_PORTS)
        self._process: subprocess.Popen[bytes] | None = None
        try:
            end_in_order()
            self._make()
            self.start()
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> PostgresqlServer:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def has_ended(self) -> bool:
        """Return whether it has ended by itself: where its log finds no room, it stops at once."""
        return self._process is None or self._process.poll() is not None

    @property
    def port(self) -> int:
        """Return its port on 127.0.0.1."""
        return self._port

    def url(self, database: str = "postgres", port: int | None = None) -> str:
        """Return the address of a database, with its password; with `port`, by way of whoever listens there."""
        return f"postgresql://owner:{self._password}@127.0.0.1:{port or self._port}/{database}"

    def make_database(self, name: str) -> str:
        """Make an empty database and return its address."""
        command = [
            "createdb",
            "-h",
            "127.0.0.1",
            "-p",
            str(self._port),
            "-U",
            "owner",
            "-E",
            "UTF8",
            "-T",
            "template0",
            name,
        ]
        self._run(command, PGPASSWORD=self._password)
        return self.url(name)

    def start(self) -> None:
        """Start it, and wait until it answers."""
        log = (self._folder / "log").open("ab")
        with log:
            self._process = subprocess.Popen(
                self._command("postgres", "-D", str(self._data), "-p", str(self._port), "-h", "127.0.0.1", "-k", str(self._folder)),
                stdout=log, stderr=log, cwd="/", start_new_session=True, user=self._user,
            )  # fmt: skip
        until = time.monotonic() + READY_SECONDS
        while subprocess.run(
            self._command("pg_isready", "-q", "-h", "127.0.0.1", "-p", str(self._port)), check=False
        ).returncode:
            if time.monotonic() > until or self._process.poll() is not None:
                raise MissingHere(
                    f"PostgreSQL did not start: {(self._folder / 'log').read_text(errors='replace')[-300:]}"
                )
            time.sleep(0.05)

    def stop(self) -> None:
        """Stop it as an administrator does who waits for nobody: what is open is rolled back."""
        self._end(signal.SIGINT)

    def kill(self) -> None:
        """Kill all of it at once, as a power cut would."""
        self._end(signal.SIGKILL)

    def restart(self) -> None:
        """Stop it and start it again."""
        self.stop()
        self.start()

    def close(self) -> None:
        """End it, and remove all that it kept: at once, since a stop would write each database to its folder."""
        self.kill()
        for folder in filter(None, (self._folder, self._log)):
            shutil.rmtree(folder, ignore_errors=True)

    # -- inside

    @property
    def _data(self) -> Path:
        return self._folder / "data"

    def _make(self) -> None:
        password = self._folder / "password"
        password.write_text(self._password)
        if self._user is not None:
            for path in filter(None, (self._folder, password, self._log)):
                os.chown(path, self._user, -1)
        self._run(
            ["initdb", "-D", str(self._data), "-U", "owner", "-E", "UTF8", "--locale=C", "--data-checksums", "-A", "scram-sha-256",
             f"--pwfile={password}", *([f"--waldir={self._log / 'log'}", "--wal-segsize=1"] if self._log else [])],
        )  # fmt: skip

    def _end(self, with_signal: signal.Signals) -> None:
        if self._process is None:
            return
        if with_signal is signal.SIGKILL:
            # The processes of its connections, too, each of which has a session of its own.
            for child in _children(self._process.pid):
                _kill(child)
            _kill(self._process.pid)
        elif self._process.poll() is None:
            self._process.send_signal(with_signal)
        self._process.wait()
        self._process = None

    def _command(self, name: str, *words: str) -> list[str]:
        return [str(self._programs / name), *words]

    def _run(self, command: Sequence[str], **environment: str) -> None:
        done = subprocess.run(
            self._command(*command), capture_output=True, text=True, cwd="/", check=False, user=self._user,
            env={**os.environ, **environment},
        )  # fmt: skip
        if done.returncode:
            raise MissingHere(f"{command[0]} did not do: {done.stderr.strip()}")


def _other_user() -> int | None:
    """Return the number of the user that it is to be run by; None for whoever asks."""
    if os.getuid():
        return None
    try:
        return pwd.getpwnam("postgres").pw_uid
    except KeyError:
        raise MissingHere("There is no user `postgres`, and PostgreSQL refuses to be run by root.") from None


def _children(pid: int) -> list[int]:
    words = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [int(word) for word in words]


def _kill(pid: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)
