"""The pages in both languages, as axe, a keyboard and screens of every width find them: one browser for all."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from screenshots import page_addresses
from test_browser import STICKING_OUT, opened, running

from search.settings import Settings
from search.storage.store import Store

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

LANGUAGES = ("en", "fa")
ALIKE = (
    "narrowed",
    "listed",
    "explained",
    "persian-utterance",
    "missing",
)  # as another, but for a part that axe sees elsewhere
# Text in letters of Latin, two words at the least, that neither is marked as another language's or a name nor is code.
ENGLISH = """() => {
  const found = [], walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const e = walker.currentNode.parentElement, words = walker.currentNode.textContent;
    if (/[A-Za-z]{3,}[ ,.]+[A-Za-z]{3,}/.test(words) && !e.closest('[lang]:not(html), bdi, q, cite, code, kbd, script, svg title, [dir=ltr]'))
      found.push(words.trim().slice(0, 60));
  }
  return found;
}"""
FOCUSABLE = """() => [...document.querySelectorAll('a[href], button, input:not([type=hidden]), summary, textarea, [tabindex="0"]')]
  .filter((e) => e.checkVisibility({visibilityProperty: true}) && !e.disabled && !e.closest('dialog:not([open])'))
  .map((e, number) => { e.dataset.number = number; return number; })"""
FOCUSED = """() => { const e = document.activeElement, s = getComputedStyle(e);
  return [e.dataset.number ? +e.dataset.number : null, s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2]; }"""


@pytest.fixture(scope="module")
def addresses(sample_settings: Settings, samples: Store) -> Iterator[dict[str, str]]:
    with running(sample_settings, samples) as base:
        yield {name: f"{base}/{path}" for name, path in page_addresses(f"{base}/").items()}


def spoken(address: str, language: str) -> str:
    return f"{address}{'&' if '?' in address else '?'}lang={language}"


def violations(page: Page, **options: Any) -> list[str]:
    found = Axe().run(page, options={"resultTypes": ["violations"], **options}).response["violations"]
    return [f"{each['id']} ({each['impact']}): {node['html'][:120]}" for each in found for node in each["nodes"]]


@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing_and_nothing_is_refused(browser: Browser, addresses: dict[str, str], language: str) -> None:
    with opened(browser, spoken(addresses["home"], language), viewport={"width": 1280, "height": 900}) as (page, said):
        for name, address in addresses.items():
            page.emulate_media(color_scheme="light")
            page.goto(spoken(address, language))
            assert page.evaluate("() => document.documentElement.lang") == language, name
            if name in ALIKE:
                continue
            assert violations(page) == [], (name, "light")
            page.emulate_media(color_scheme="dark")
            assert violations(page, runOnly=["color-contrast"]) == [], (name, "dark")
        assert [line for line in said if "status of 40" not in line] == []


def test_axe_would_find_something(browser: Browser, addresses: dict[str, str]) -> None:
    with opened(browser, addresses["about"]) as (page, _):
        page.evaluate(
            "() => { document.querySelector('h1').innerHTML = '<a href=\"/\"></a>'; document.documentElement.lang = ''; }"
        )
        assert {each.partition(" ")[0] for each in violations(page)} >= {"link-name", "html-has-lang"}


def test_a_persian_page_says_nothing_in_english_and_sticks_out_nowhere(
    browser: Browser, addresses: dict[str, str]
) -> None:
    with opened(browser, spoken(addresses["home"], "fa")) as (page, _):
        for name, address in addresses.items():
            page.goto(spoken(address, "fa"))
            assert page.evaluate(ENGLISH) == [], name
            for width in (320, 360, 1280, 3840):
                page.set_viewport_size({"width": width, "height": 800})
                assert page.evaluate(STICKING_OUT) == 0, (name, width)


def test_the_layout_is_mirrored_and_words_keep_their_own_direction(browser: Browser, addresses: dict[str, str]) -> None:
    with opened(browser, spoken(addresses["search"], "fa"), viewport={"width": 1280, "height": 900}) as (page, _):
        box, name = (page.locator(each).bounding_box() or {} for each in (".searchbar", ".wordmark"))
        assert box["x"] < name["x"]
        facets, answers = (page.locator(each).bounding_box() or {} for each in ("#narrow", ".utterance-entry >> nth=0"))
        assert facets["x"] < answers["x"]
        direction = "(e) => getComputedStyle(e).direction"
        assert page.locator("blockquote[lang=en]").first.evaluate(direction) == "ltr"
        assert "-1" in page.locator(".all .turns").first.evaluate("(e) => getComputedStyle(e).transform")
        quotes = "(e) => getComputedStyle(e).quotes"
        assert page.locator("blockquote[lang=en] q").first.evaluate(quotes).startswith('"“"')
        page.goto(spoken(addresses["utterance"], "fa"))
        assert page.locator("svg.timeline").evaluate(direction) == "ltr"
        page.goto(spoken(addresses["persian-utterance"], "en"))
        assert page.locator("h1[lang=fa]").evaluate(direction) == "rtl"
        assert page.locator("h1[lang=fa] q").evaluate(quotes).startswith('"«"')
        assert page.evaluate("() => getComputedStyle(document.body).direction") == "ltr"


def test_words_that_are_only_heard_do_not_turn_a_quote_round(browser: Browser, addresses: dict[str, str]) -> None:
    with opened(browser, spoken(addresses["utterance"], "fa")) as (page, _):
        changed = page.locator(".version .words[lang=en]:has(del)")
        assert changed.count() >= 1
        assert set(changed.evaluate_all("(all) => all.map((e) => getComputedStyle(e).direction)")) == {"ltr"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_on_the_widest_screen_lines_stay_readable_and_letters_grow(
    browser: Browser, addresses: dict[str, str], language: str
) -> None:
    with opened(browser, spoken(addresses["document"], language), viewport={"width": 3840, "height": 2160}) as (
        page,
        _,
    ):
        size, width = page.locator(".para > p").first.evaluate(
            "(e) => [parseFloat(getComputedStyle(e).fontSize), e.getBoundingClientRect().width]"
        )
        assert size >= 24
        assert 24 <= width / size <= 40  # ems: some 50 to 85 letters
        page.set_viewport_size({"width": 1280, "height": 900})
        assert page.locator("html").evaluate("(e) => parseFloat(getComputedStyle(e).fontSize)") < 17


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_keyboard_reaches_everything_and_shows_where_it_is(
    browser: Browser, addresses: dict[str, str], language: str
) -> None:
    for name in ("search", "utterance"):
        with opened(browser, spoken(addresses[name], language)) as (page, _):
            numbers = page.evaluate(FOCUSABLE)
            reached = []
            for _ in range(2 * len(numbers)):  # a date has a field for its day, its month and its year
                page.keyboard.press("Tab")
                number, is_shown = page.evaluate(FOCUSED)
                if number is not None and number not in reached:
                    assert is_shown, (name, number)
                    reached.append(number)
            # Tab by tab in the order of the page.
            assert reached == sorted(reached) == numbers, name


@pytest.mark.parametrize("language", LANGUAGES)
def test_names_are_suggested_and_keys_listed_in_the_language_of_the_page(
    browser: Browser, addresses: dict[str, str], language: str
) -> None:
    words = {"en": ("quotes", "Names", "Keys"), "fa": ("نقل‌قول", "نام‌ها", "کلیدها")}[language]
    with opened(browser, spoken(addresses["about"], language)) as (page, said):
        page.locator("#q").press_sequentially("halv")
        names = page.get_by_role("option")
        names.first.wait_for()
        assert words[0] in names.first.inner_text()
        assert page.get_by_role("listbox").get_attribute("aria-label") == words[1]
        page.keyboard.press("Escape")
        page.locator("h1").click()
        page.keyboard.press("?")
        assert page.locator("dialog h2").inner_text() == words[2]
        assert violations(page) == []
        assert said == []
