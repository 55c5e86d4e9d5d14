"""The files by which others run the server: a systemd unit and a container file, as far as they can be judged without either."""

from __future__ import annotations

import re
import shutil
import subprocess
from io import BytesIO
from pathlib import Path

import pytest
from dockerfile_parse import DockerfileParser

DEPLOY = Path(__file__).resolve().parent.parent / "deploy"
INSTRUCTIONS = {"ARG", "FROM", "WORKDIR", "COPY", "RUN", "ENV", "USER", "VOLUME", "EXPOSE", "HEALTHCHECK", "STOPSIGNAL", "ENTRYPOINT", "CMD", "COMMENT"}  # fmt: skip


def unit() -> dict[str, list[tuple[str, str]]]:
    sections: dict[str, list[tuple[str, str]]] = {}
    for line in (DEPLOY / "quotes.service").read_text(encoding="utf-8").splitlines():
        if match := re.fullmatch(r"\[(\w+)\]", line):
            section = sections.setdefault(match[1], [])
        elif line and not line.startswith("#"):
            name, equals, value = line.partition("=")
            assert equals, line
            section.append((name, value))
    return sections


def test_the_unit_starts_the_server_and_lets_it_write_its_archive_alone() -> None:
    service = unit()["Service"]
    assert ("ExecStart", "/opt/quotes/bin/quotes serve") in service
    assert {("ProtectSystem", "strict"), ("StateDirectory", "quotes"), ("NoNewPrivileges", "yes")} <= set(service)
    assert ("Environment", "QUOTES_INSTANCE=/var/lib/quotes") in service
    assert ("WantedBy", "multi-user.target") in unit()["Install"]


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd-analyze is not installed")
def test_systemd_understands_the_unit(tmp_path: Path) -> None:
    # The program and its user are not on this machine: what is judged is every other line.
    text = (DEPLOY / "quotes.service").read_text(encoding="utf-8").replace("/opt/quotes/bin/quotes", "/bin/true")
    (tmp_path / "quotes.service").write_text(text, encoding="utf-8")
    done = subprocess.run(
        ["systemd-analyze", "verify", str(tmp_path / "quotes.service")], capture_output=True, text=True, check=False
    )
    assert "Unknown" not in done.stderr
    assert "Failed to parse" not in done.stderr


def test_the_container_runs_as_nobody_in_particular_and_says_how_it_is() -> None:
    parser = DockerfileParser(fileobj=BytesIO((DEPLOY / "Containerfile").read_bytes()))
    lines = [(line["instruction"], line["value"]) for line in parser.structure]
    assert {instruction for instruction, _ in lines} <= INSTRUCTIONS
    assert [value for instruction, value in lines if instruction == "USER"] == ["quotes"]
    assert any(instruction == "HEALTHCHECK" and "/healthz" in value for instruction, value in lines)
    root = DEPLOY.parent
    for instruction, value in lines:
        if instruction == "COPY" and not value.startswith("--from"):
            assert all((root / name).exists() for name in value.split()[:-1]), value
