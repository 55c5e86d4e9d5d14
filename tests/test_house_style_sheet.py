"""The style sheet names no side of the page, so that it is right from left to right and from right to left, and asks nobody for a font."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

STYLE = (Path(__file__).resolve().parent.parent / "web" / "static" / "style.css").read_text(encoding="utf-8")
# The room that a telephone's camera takes is on a side of the screen, not of the text.
ALLOWED = re.compile(r"/\*.*?\*/|env\([^)]*\)", re.DOTALL)


def sided(style: str) -> list[str]:
    """Declarations that mean the left or the right of the screen."""
    declarations = re.findall(r"[{;]\s*([\w-]+)\s*:\s*([^;{}]+)", ALLOWED.sub("", style))
    found = [f"{name}: {value}" for name, value in declarations if re.search(r"\b(left|right)\b", f"{name} {value}")]
    for name, value in declarations:
        parts = re.findall(r"(?:[\w.%-]|\([^)]*\))+", value)
        # Top, right, bottom, left: where the second is not the fourth, one side has more than the other.
        if name in ("margin", "padding", "inset", "border-width") and len(parts) == 4 and parts[1] != parts[3]:
            found.append(f"{name}: {value}")
        if name == "border-radius" and len(parts) > 1:
            found.append(f"{name}: {value}")
    return found


def test_no_declaration_names_a_side() -> None:
    assert sided(STYLE) == []


@pytest.mark.parametrize(
    ("style", "is_sided"),
    [
        ("a { margin-left: 1rem }", True),
        ("a { text-align: right; }", True),
        ("a { margin: 0 1rem 0 0; }", True),
        ("a { border-radius: 2px 0 0 2px }", True),
        ("a { margin-inline-start: 1rem; padding: 0 1rem 2rem 1rem; inset-inline: 0 }", False),
        ("/* left */ a { padding-inline: max(1rem, env(safe-area-inset-left)); }", False),
    ],
)
def test_a_side_is_seen(style: str, is_sided: bool) -> None:
    assert bool(sided(style)) == is_sided


def test_nothing_is_loaded_from_the_style_sheet() -> None:
    assert re.findall(r"@import|@font-face|url\(", STYLE) == []
