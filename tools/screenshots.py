"""Take a picture of each page of the sample archive in headless Chromium: wide, narrow, dark, in Persian, printed.

    python tools/screenshots.py             # or `make screenshots`
    python tools/screenshots.py --readme    # the two of the README, too

They are put into instance/screenshots/, which is not committed; nothing of them is of any other archive.
"""

from __future__ import annotations

import argparse
import io
import json
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any, Final, NamedTuple
from urllib.parse import quote, urlencode
from urllib.request import urlopen

from api_conformance import ROOT, sample_server
from page_stories import follow
from PIL import Image
from playwright.sync_api import Browser, sync_playwright

FOLDER: Final = ROOT / "instance" / "screenshots"
README_FOLDER: Final = ROOT / "docs" / "pictures"
WORDS: Final = "I was the minister of apologies for other men's wars"
MANUSCRIPT: Final = (
    "Halvesk called himself “the minister of apologies for other men’s wars”. “For six years I carried letters I had "
    "never been shown,” he said. “We were always at peace,” he added.\n"
)
README_WIDTH: Final = 960  # pixels: as wide as a README is shown
WEBP_QUALITY: Final = 55  # of 100; letters stay sharp, some 40 kB a picture
_LIST_LIMIT: Final = 1


class Look(NamedTuple):
    """How a page is looked at; `options` are Playwright's for a browser context."""

    name: str
    options: dict[str, Any]
    language: str = "en"
    media: str = "screen"


LOOKS: Final = (
    Look("1280", {"viewport": {"width": 1280, "height": 900}}),
    Look("360", {"viewport": {"width": 360, "height": 740}, "device_scale_factor": 2}),
    Look("320", {"viewport": {"width": 320, "height": 640}}),
    Look("3840", {"viewport": {"width": 3840, "height": 2160}}),
    Look("dark", {"viewport": {"width": 1280, "height": 900}, "color_scheme": "dark"}),
    Look("fa", {"viewport": {"width": 1280, "height": 900}}, language="fa"),
    Look("fa-360", {"viewport": {"width": 360, "height": 740}, "device_scale_factor": 2}, language="fa"),
    Look("fa-dark", {"viewport": {"width": 1280, "height": 900}, "color_scheme": "dark"}, language="fa"),
    Look("print", {"viewport": {"width": 794, "height": 1123}}, media="print"),  # A4 at 96 to the inch
)
IN_README: Final = (("search", "1280"), ("utterance", "fa"))


def page_addresses(address: str) -> dict[str, str]:
    """Return a path of every kind of page of the archive that is served at `address`, by name."""

    def answer(query: dict[str, object]) -> Any:
        with urlopen(f"{address}api/v1/quotes?{urlencode(query)}") as response:
            return json.load(response)["utterances"][0]

    said, persian = answer({"q": WORDS, "limit": _LIST_LIMIT}), answer({"language": "fa", "limit": _LIST_LIMIT})
    printed = said["versions"][0]["quotes"][0]
    return {
        "home": "",
        "search": f"search?q={quote(WORDS)}",
        "explained": f"search?q={quote(WORDS)}&explain=1",
        "narrowed": f"search?q={quote(WORDS)}&outlet=Veldania+Observer&after=2024-03-01&indirect=1",
        "listed": "search?speaker=Joram+Halvesk",
        "empty": "search?q=zzyzx&speaker=Nobody",
        "refused": "search?q=a&after=soon",
        "utterance": f"quotes/{said['id']}",
        "persian-utterance": f"quotes/{persian['id']}",
        "document": f"documents/{printed['document_id']}",
        "speakers": "speakers",
        "speaker": "speakers/Joram%20Halvesk",
        "outlet": "outlets/Northway%20Radio",
        "compared": "compare?speaker=Joram+Halvesk&speaker=Osvald+Brekker&q=treaty",
        "about": "about",
        "check": "check",
        "checked": "check",
        "login": "login",
        "api": "api",
        "card": f"embed/{said['id']}",
        "missing": "nowhere",
    }


def take_pictures(browser: Browser, address: str, looks: tuple[Look, ...], names: list[str]) -> dict[str, bytes]:
    """Return the pictures (PNG) of the pages that are named, all of them where none is, by "page-look"."""
    pictures = {}
    for look in looks:
        context = browser.new_context(**look.options)
        page = context.new_page()
        page.emulate_media(media=look.media)  # type: ignore[arg-type]
        for name, path in page_addresses(address).items():
            if names and name not in names:
                continue
            page.goto(f"{address}{path}{'&' if '?' in path else '?'}lang={look.language}")
            if name == "checked":
                page.fill("#text", MANUSCRIPT)
                follow(page.locator(".manuscript button"))
            pictures[f"{name}-{look.name}"] = page.screenshot(full_page=look.name != "3840")
        context.close()
    return pictures


def write_readme_pictures(pictures: dict[str, bytes]) -> None:
    """Write the top of two pictures, small, for the README."""
    README_FOLDER.mkdir(exist_ok=True)
    for name, look in IN_README:
        with Image.open(io.BytesIO(pictures[f"{name}-{look}"])) as picture:
            height = min(picture.height, picture.width * 3 // 4)
            top = picture.convert("RGB").crop((0, 0, picture.width, height))
            top.thumbnail((README_WIDTH, README_WIDTH))
            top.save(README_FOLDER / f"{name}-{look}.webp", quality=WEBP_QUALITY, method=6)


def main() -> None:
    """Take the pictures that the command line names."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pages", nargs="*", help="of these pages alone: home, search, utterance, ...")
    parser.add_argument("--look", action="append", choices=[look.name for look in LOOKS], help="in these looks alone")
    parser.add_argument("--readme", action="store_true", help="write the two of the README, too")
    parser.add_argument("--out", type=Path, default=FOLDER, help="the folder to put them into")
    given = parser.parse_args()
    chromium = shutil.which("chromium")
    if chromium is None:
        sys.exit("chromium is not installed: apt-get install chromium")
    looks = tuple(look for look in LOOKS if not given.look or look.name in given.look)
    with tempfile.TemporaryDirectory() as folder, sample_server(Path(folder)) as address, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        pictures = take_pictures(browser, address, looks, given.pages)
        browser.close()
    given.out.mkdir(parents=True, exist_ok=True)
    for name, picture in pictures.items():
        (given.out / f"{name}.png").write_bytes(picture)
    if given.readme:
        write_readme_pictures(pictures)
    print(f"{len(pictures)} pictures are in {given.out}")


if __name__ == "__main__":
    main()
