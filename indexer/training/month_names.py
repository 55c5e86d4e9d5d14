"""Write indexer/data/month_names.toml anew out of CLDR: `python -m indexer.training.month_names`.

`babel` takes 20 ms to load a language and a second for all of them, which no run of `quotes` should pay; so its names are
in a table of ours, and a test compares the two.
"""

from __future__ import annotations

import multiprocessing
import unicodedata
from pathlib import Path

_TABLE_FILE = Path(__file__).parents[1] / "data" / "month_names.toml"
_HEAD = """\
# The twelve months in each language, all forms of one month in one string: in full and short, within a date and alone.
# Written by `python -m indexer.training.month_names` from Unicode's CLDR by way of babel (Unicode licence); [extra] in
# month_names_extra.toml is written by hand.
"""
# Languages of the outlets and test pages whose dates name the month; Chinese, Japanese and Korean number theirs.
CLDR_LANGUAGES = (
    "af ar be bg bs ca cs da de el en es et eu fa fi fr gl hr hu hy id is it ka lt lv mk ms nb nl nn pl pt ro ru sk sl sq sr sv"
    " sw tr uk"
).split()


def month_names(language: str) -> list[str]:
    """Return twelve strings, January first: the forms of a month in one language, in lower case, parted by blanks."""
    from babel import Locale

    months = Locale.parse(language).months
    forms: list[dict[str, None]] = [{} for _ in range(12)]
    for context in ("format", "stand-alone"):
        for width in ("wide", "abbreviated"):
            for number, name in months[context][width].items():
                word = _bare(name)
                if len(word) >= 3 and word.isalpha():
                    forms[number - 1][word] = None
    return [" ".join(names) for names in forms]


def _bare(name: str) -> str:
    """Return a name without its full stop and the article that Catalan puts before it."""
    name = unicodedata.normalize("NFC", name.casefold()).rstrip(".").removeprefix("de ").removeprefix("d’")
    # Persian marks that another word follows.
    return name.removesuffix("ٔ")


def months_by_language() -> dict[str, list[str]]:
    """Return `month_names` of every language. A process for each: babel mixes up aliases of languages loaded together."""
    context = multiprocessing.get_context("spawn")
    with context.Pool(1, maxtasksperchild=1) as pool:
        return dict(zip(CLDR_LANGUAGES, pool.map(month_names, CLDR_LANGUAGES, chunksize=1), strict=True))


def _main() -> None:
    rows = (
        f"{language} = [{', '.join(f'{chr(34)}{names}{chr(34)}' for names in months)}]"
        for language, months in months_by_language().items()
    )
    _TABLE_FILE.write_text(_HEAD + "\n" + "\n".join(rows) + "\n", "utf-8")


if __name__ == "__main__":
    _main()
