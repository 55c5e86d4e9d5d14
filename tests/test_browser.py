"""The pages in a real browser, over a real server: nothing is refused, nothing sticks out, all of it can be read."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import quote
from urllib.request import urlopen

import page_server
import pytest
from page_stories import follow
from playwright.sync_api import Browser, Page, Route, expect
from wordpress_filter import as_wordpress_keeps_it

from search.find.find import find
from search.model import Document, Query, Quote, Span
from search.settings import Settings
from search.storage.store import Store
from web.accounts.account_file import AccountFile
from web.app import create_app
from web.cli import server_address
from web.serving.server import listening_socket, open_server

pytestmark = pytest.mark.browser

APOLOGIES = "I was the minister of apologies for other men's wars"
PAGES = (
    "home",
    "search",
    "narrowed",
    "listed",
    "empty",
    "refused",
    "utterance",
    "document",
    "speakers",
    "about",
    "api",
    "check",
)
# WCAG 2.2 AA, 1.4.3: 4.5 to 1, and 3 to 1 for large letters (24 px, or 18.66 px in bold).
CONTRAST = """() => {
  const parse = (c) => { const m = c.match(/[\\d.]+/g).map(Number); return m.length < 4 ? [...m, 1] : m; };
  const over = (top, low) => top.slice(0, 3).map((v, i) => v * top[3] + low[i] * (1 - top[3]));
  const light = (c) => { const [r, g, b] = c.map((v) => v / 255).map((v) => v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4);
    return .2126 * r + .7152 * g + .0722 * b; };
  const ground = (e) => { const chain = []; for (let n = e; n; n = n.parentElement) chain.unshift(n);
    return chain.reduce((low, n) => over(parse(getComputedStyle(n).backgroundColor), low), [255, 255, 255]); };
  const faint = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const e = walker.currentNode.parentElement, words = walker.currentNode.textContent.trim();
    if (!words || e.closest('.vh, .skip, title, desc, option') || !e.checkVisibility()) continue;
    const style = getComputedStyle(e), size = parseFloat(style.fontSize), low = ground(e);
    const color = e instanceof SVGElement ? style.fill : style.color;
    const [a, b] = [light(over(parse(color), low)), light(low)].sort((x, y) => y - x);
    const ratio = (a + .05) / (b + .05), large = size >= 24 || (size >= 18.66 && style.fontWeight >= 700);
    if (ratio < (large ? 3 : 4.5)) faint.push(`${ratio.toFixed(2)} ${e.tagName}.${e.className}: ${words.slice(0, 30)}`);
  }
  return faint;
}"""
FAULTS = """() => {
  const faults = [], named = (e) => (e.getAttribute('aria-label') || e.textContent || e.title || '').trim();
  for (const e of document.querySelectorAll('a[href], button')) if (!named(e)) faults.push('no name: ' + e.outerHTML);
  for (const e of document.querySelectorAll('input:not([type=hidden])')) if (!e.labels.length) faults.push('no label: ' + e.outerHTML);
  for (const e of document.querySelectorAll('[aria-labelledby]')) for (const id of e.getAttribute('aria-labelledby').split(' '))
    if (!document.getElementById(id)) faults.push('labelled by nothing: ' + id);
  for (const e of document.querySelectorAll('svg')) if (!e.querySelector('title') || !e.querySelector('desc')) faults.push('bare svg');
  for (const e of document.querySelectorAll('th')) if (!e.scope) faults.push('th without scope');
  if (document.querySelectorAll('h1').length !== 1) faults.push('not one h1');
  if (document.querySelectorAll('main').length !== 1) faults.push('not one main');
  if (!document.documentElement.lang) faults.push('no language');
  let last = 0;
  for (const e of document.querySelectorAll('h1, h2, h3, h4')) { const level = +e.tagName[1];
    if (level > last + 1) faults.push(`${e.tagName} after h${last}: ${e.textContent}`); last = level; }
  for (const e of document.querySelectorAll('ul, ol')) for (const c of e.children) if (c.tagName !== 'LI') faults.push('no li: ' + c.outerHTML);
  return faults;
}"""
STICKING_OUT = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


@contextmanager
def running(settings: Settings, store: Store) -> Iterator[str]:
    """The page served by waitress on a free port, as `quotes serve` does it."""
    free = replace(settings, port=0)
    app = create_app(free, store)
    opened = listening_socket(free)
    try:
        with page_server.running(open_server(app, free, opened)):
            yield server_address(free, opened).rstrip("/")
    finally:
        app.extensions["intake_jobs"].close()


@pytest.fixture(scope="module")
def base(sample_settings: Settings, samples: Store) -> Iterator[str]:
    with running(sample_settings, samples) as url:
        yield url


@pytest.fixture(scope="module")
def urls(base: str, samples: Store) -> dict[str, str]:
    """An address of every kind of page."""
    found = find(samples, Query(text=APOLOGIES)).utterances[0]
    printed = found.quotes[0]
    words = quote(APOLOGIES)
    return {
        "home": f"{base}/",
        "search": f"{base}/search?q={words}",
        "narrowed": f"{base}/search?q={words}&outlet=Veldania+Observer&after=2024-03-01&indirect=1",
        "listed": f"{base}/search?speaker=Joram+Halvesk",
        "empty": f"{base}/search?q=zzyzx&speaker=Nobody",
        "refused": f"{base}/search?q=a&after=soon",
        "utterance": f"{base}/quotes/{found.id}",
        "document": f"{base}/documents/{printed.document_id}#q-{printed.id}",
        "speakers": f"{base}/speakers",
        "about": f"{base}/about",
        "api": f"{base}/api",
        "check": f"{base}/check",
    }


@contextmanager
def opened(browser: Browser, url: str, **options: Any) -> Iterator[tuple[Page, list[str]]]:
    """A page and what its console said: a refusal by the content security policy is said there."""
    context = browser.new_context(**options)
    try:
        page = context.new_page()
        said: list[str] = []
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.goto(url)
        yield page, said
    finally:
        context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_whole_and_can_be_read(browser: Browser, urls: dict[str, str], name: str, scheme: str) -> None:
    with opened(browser, urls[name], viewport={"width": 1280, "height": 900}, color_scheme=scheme) as (page, said):
        assert [line for line in said if "status of 400" not in line] == []
        assert page.evaluate(CONTRAST) == []
        assert page.evaluate(FAULTS) == []
        ground = page.evaluate("() => getComputedStyle(document.documentElement).backgroundColor")
        assert (ground == "rgb(252, 250, 245)") == (scheme == "light")


@pytest.mark.parametrize("width", [320, 360, 800])
@pytest.mark.parametrize("name", PAGES)
def test_nothing_sticks_out_of_a_narrow_screen(browser: Browser, urls: dict[str, str], name: str, width: int) -> None:
    with opened(browser, urls[name], viewport={"width": width, "height": 740}) as (page, _):
        assert page.evaluate(STICKING_OUT) == 0
        page.evaluate("() => document.querySelectorAll('details').forEach((d) => d.open = true)")
        assert page.evaluate(STICKING_OUT) == 0


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (1280, "dark"), (360, "light")])
def test_what_changed_between_revisions_can_be_read(
    browser: Browser, store: Store, settings: Settings, width: int, scheme: Any
) -> None:
    """Without a script: a box with words struck out and words put in, whose colours can be told from the ground."""
    texts = (
        "The ferry will sail in March, the harbour master of Marnholt said on Monday.\n\nNobody asked the crew.",
        f"The ferry will sail in April, the harbour master of Marnholt said on Monday.\n\n{'W' * 300}",
    )
    for number, text in enumerate(texts):
        document = Document(
            f"d{number}", text, url="https://courier.example/a", title=f"Ferry {number}", published="2026-03-04"
        )
        store.add([(document, "https://courier.example/a", [])])
    options = {"viewport": {"width": width, "height": 800}, "color_scheme": scheme}
    with running(settings, store) as base, opened(browser, f"{base}/documents/d1", **options) as (page, said):
        box = page.locator("details.changes")
        assert box.get_attribute("open") is not None
        assert (
            box.locator("summary").inner_text()
            == "From revision 1 to 2: 1 paragraph removed, 1 paragraph added, 1 paragraph changed, another title"
        )
        assert "March," in box.locator(".passage del").first.inner_text()
        assert said == []
        assert page.evaluate(CONTRAST) == []
        assert page.evaluate(FAULTS) == []
        assert page.evaluate(STICKING_OUT) == 0
        follow(page.get_by_role("link", name="1, 4 March 2026"))
        assert page.url == f"{base}/documents/d0"


def test_words_without_a_place_to_break_do_not_stick_out(browser: Browser, store: Store, settings: Settings) -> None:
    long = "W" * 400
    text = f"{long}: “{long}”"
    document = Document(id="d", text=text, title=long, outlet=long, url=f"https://a.example/{long}", authors=(long,))
    said = Quote(
        id="q", document_id="d", text=long, spans=(Span(403, 803),), speaker=long, outlet=long, title=long, via=(long,),
        before=long, after=long, mention=long, role=long,
    )  # fmt: skip
    store.add([(document, "d", [said, replace(said, id="r", speaker="x")])])
    store.catch_up()
    with running(settings, store) as url:
        for where in (
            "/",
            f"/search?q={long}",
            f"/search?q={long}&speaker={long[:300]}",
            "/quotes/q",
            "/documents/d",
        ):
            with opened(browser, url + where, viewport={"width": 360, "height": 740}) as (page, _):
                assert page.evaluate(STICKING_OUT) == 0, where


def test_the_main_job_is_done_from_the_keyboard_alone(browser: Browser, urls: dict[str, str]) -> None:
    with opened(browser, urls["home"]) as (page, _):
        page.keyboard.press("Tab")
        assert page.evaluate("() => document.activeElement.className") == "skip"
        assert page.evaluate("() => document.activeElement.getBoundingClientRect().left") == 0
        page.keyboard.press("Tab")
        assert page.evaluate("() => document.activeElement.id") == "q"
        page.keyboard.type("minister of apologies")
        page.keyboard.press("Enter")
        page.wait_for_url("**/search?q=minister+of+apologies")
        assert page.locator("article.utterance-entry").count() >= 1
        link = page.locator("article.utterance-entry .all").first
        link.focus()
        assert page.evaluate("() => getComputedStyle(document.activeElement).outlineStyle") == "solid"
        page.keyboard.press("Enter")
        page.wait_for_url("**/quotes/**")
        assert "minister of apologies" in page.locator("h1").inner_text()


def test_read_it_in_place_opens_the_document_scrolled_to_the_marked_quote(
    browser: Browser, urls: dict[str, str]
) -> None:
    with opened(browser, urls["utterance"], viewport={"width": 1280, "height": 500}) as (page, _):
        follow(page.get_by_role("link", name="Read it in place").first)
        assert "/documents/" in page.url
        target = page.locator("mark:target")
        assert "minister of apologies" in target.inner_text()
        page.wait_for_function(
            "() => { const r = document.querySelector(':target').getBoundingClientRect();"
            " return r.top >= 0 && r.bottom <= innerHeight; }"
        )
        others = page.locator("mark.q:not(:target)").first
        color = "(e) => getComputedStyle(e).backgroundColor"
        assert target.evaluate(color) != others.evaluate(color)


def test_all_of_it_works_without_scripts_and_asks_no_other_server(
    browser: Browser, urls: dict[str, str], base: str
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for name in PAGES:
        page.goto(urls[name])
    page.goto(urls["home"])
    page.fill("#q", "minister of apologies")
    follow(page.locator("button").first)
    follow(page.locator(".facet a").first)
    assert page.locator(".chips li").count() == 1
    follow(page.locator(".chips a").first)
    assert page.locator(".chips li").count() == 0
    assert all(url.startswith(base) for url in asked)
    context.close()


def test_right_to_left_words_stand_right_to_left(browser: Browser, base: str) -> None:
    with opened(browser, f"{base}/search?language=fa") as (page, _):
        quoted = page.locator("blockquote[lang=fa]").first
        assert quoted.evaluate("(e) => getComputedStyle(e).direction") == "rtl"
        assert page.evaluate("() => getComputedStyle(document.body).direction") == "ltr"


def test_printed_it_is_ink_on_white_without_the_forms(browser: Browser, urls: dict[str, str]) -> None:
    with opened(browser, urls["search"], color_scheme="dark") as (page, _):
        page.emulate_media(media="print")
        assert not page.locator(".narrow").is_visible()
        assert page.evaluate("() => getComputedStyle(document.documentElement).backgroundColor") == "rgb(255, 255, 255)"


def test_a_reference_is_copied_with_its_italics(browser: Browser, urls: dict[str, str]) -> None:
    """Into a page of one's own, as into a word processor; without scripts there is no button that does nothing."""
    with opened(browser, urls["utterance"], java_script_enabled=False) as (page, _):
        assert page.locator("button.copy:visible").count() == 0
    with opened(browser, urls["utterance"], permissions=["clipboard-read", "clipboard-write"]) as (page, said):
        button = page.get_by_role("button", name="Copy the reference in the style of APA")
        reference = page.locator("#cite-apa").inner_html()
        button.focus()
        page.keyboard.press("Enter")
        expect(page.locator("#cite-apa ~ [role=status]")).to_have_text("Copied")
        copied = page.evaluate(
            "async () => { const [item] = await navigator.clipboard.read();"
            " return Promise.all(['text/plain', 'text/html'].map(async (t) => (await item.getType(t)).text())); }"
        )
        assert copied[0] == page.locator("#cite-apa").inner_text()
        assert re.search(r"<cite[^>]*>Northway Radio</cite>", copied[1])
        assert "<cite>Northway Radio</cite>" in reference
        assert said == []


@contextmanager
def elsewhere(html: str) -> Iterator[str]:
    """A page of another site: another port is another origin."""

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(f"<!doctype html><title>Elsewhere</title>{html}".encode())

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        thread.join(10)
        server.server_close()


HEARD = "<script>heard = []; addEventListener('message', (e) => heard.push([e.origin, e.data]))</script>"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_wordpress_keeps_of_a_card_works_without_an_origin(
    browser: Browser, base: str, urls: dict[str, str], scheme: str
) -> None:
    with urlopen(f"{base}/oembed?maxwidth=500&url={quote(urls['utterance'])}") as answer:
        html = as_wordpress_keeps_it(json.load(answer)["html"], "s3cret")
    assert html is not None
    with elsewhere(HEARD + html) as address, opened(browser, address, color_scheme=scheme) as (page, said):
        page.wait_for_function("() => heard.length > 0")
        assert page.evaluate("() => heard[0][0]") == "null"
        card = page.frames[1]
        height = card.evaluate("() => Math.ceil(document.querySelector('main').getBoundingClientRect().height)")
        assert page.evaluate("() => heard.at(-1)[1]") == {"message": "height", "value": height, "secret": "s3cret"}
        assert APOLOGIES in card.locator("main").inner_text()
        assert card.evaluate(CONTRAST) == []
        assert card.evaluate(FAULTS) == []
        assert card.evaluate(STICKING_OUT) == 0
        card.get_by_role("link").click()
        page.wait_for_function("() => heard.some(([, data]) => data.message === 'link')")
        assert page.evaluate("() => heard.at(-1)[1].value") == f"{base}/quotes/{urls['utterance'].rpartition('/')[2]}"
        assert page.url == address
        assert said == []


def test_the_script_turns_a_blockquote_into_the_card_and_leaves_it_where_it_is_refused(
    browser: Browser, base: str, urls: dict[str, str]
) -> None:
    with opened(browser, urls["utterance"]) as (page, _):
        code = page.locator("#snippet").inner_text()
    with elsewhere(f"<p>Before</p>{code}<p>After</p>") as address:
        with opened(browser, address, viewport={"width": 360, "height": 800}) as (page, said):
            page.wait_for_function("() => parseFloat(document.querySelector('iframe')?.style.height) !== 280")
            card = page.frames[1]
            height = card.evaluate("() => Math.ceil(document.querySelector('main').getBoundingClientRect().height)")
            assert page.evaluate("() => document.querySelector('iframe').style.height") == f"{height}px"
            assert page.evaluate(STICKING_OUT) == card.evaluate(STICKING_OUT) == 0
            assert APOLOGIES in card.locator("main").inner_text()
            assert said == []
        with opened(browser, address, java_script_enabled=False) as (page, _):
            assert APOLOGIES in page.locator("blockquote").inner_text()
            assert page.locator("blockquote a").get_attribute("href") == urls["utterance"]


SEEN_HEIGHTS = """() => {
  const frame = document.querySelector("iframe");
  seen = [];
  new MutationObserver(() => seen.push(frame.style.height)).observe(frame, {attributeFilter: ["style"]});
  postMessage({message: "height", value: 9}, "*");
}"""
HOSTILE_HEIGHTS = """() => {
  const values = [-5, 0, NaN, "9px;position:fixed", "9", 10n, [9], {}, null, true, undefined];
  values.forEach((value) => parent.postMessage({message: "height", value}, "*"));
  ["x", null, undefined, 5, {message: "link", value: 9}].forEach((data) => parent.postMessage(data, "*"));
  [1e9, Infinity, 1234].forEach((value) => parent.postMessage({message: "height", value}, "*"));
}"""
SHOUTING = (
    "<script>setInterval(() => [parent, ...Array(parent.length).keys()].forEach("
    "(to) => (parent[to] || to).postMessage({message: 'height', value: 7}, '*')))</script>"
)


def test_only_its_own_frame_says_how_high_a_card_is_and_only_by_a_number(
    browser: Browser, base: str, urls: dict[str, str]
) -> None:
    id_ = urls["utterance"].rpartition("/")[2]
    code = f'<blockquote class="quote-card" data-id="{id_}">It</blockquote><script src="{base}/embed.js"></script>'
    with elsewhere(f'{code}<iframe srcdoc="{SHOUTING}"></iframe>') as address, opened(browser, address) as (page, said):
        page.wait_for_function("() => parseFloat(document.querySelector('iframe').style.height) !== 280")
        whole = page.evaluate("() => document.querySelector('iframe').style.height")
        card = next(frame for frame in page.frames if "/embed/" in frame.url)
        page.evaluate(SEEN_HEIGHTS)
        card.evaluate(HOSTILE_HEIGHTS)
        page.wait_for_function("() => seen.at(-1) === '1234px'")
        assert float(whole.removesuffix("px")) > 20
        assert set(page.evaluate("() => seen")) <= {whole, "2000px", "1234px"}
        assert said == []


def press(page: Page, *names: str) -> None:
    for name in names:
        page.keyboard.press(name)


def test_names_are_suggested_while_typing_and_chosen_by_keyboard_or_mouse(
    browser: Browser, urls: dict[str, str]
) -> None:
    with opened(browser, urls["about"]) as (page, said):
        box, names = page.locator("#q"), page.get_by_role("option")
        box.press_sequentially("apologies -speaker:halv")
        expect(names.first).to_contain_text("Halvesk")
        assert box.get_attribute("aria-expanded") == "true"
        press(page, "ArrowDown")
        active = box.get_attribute("aria-activedescendant")
        assert page.locator(f"#{active}").get_attribute("aria-selected") == "true"
        assert page.evaluate(CONTRAST) == []
        assert page.evaluate(FAULTS) == []
        press(page, "Enter")
        assert box.input_value().startswith('apologies -speaker:"')
        assert box.input_value().endswith('Halvesk" ')
        assert box.get_attribute("aria-expanded") == "false"
        assert page.url == urls["about"]  # chosen, not sent
        box.fill("")
        box.press_sequentially("obser")
        names.first.click()
        assert box.input_value() == 'outlet:"Veldania Observer" '
        box.press_sequentially("x")
        press(page, "Enter")  # nothing is chosen, so what was typed is sent
        page.wait_for_url("**/search?q=outlet*")
        assert said == []


def test_a_late_answer_takes_nothing_away_from_whoever_is_choosing(browser: Browser, urls: dict[str, str]) -> None:
    with opened(browser, urls["about"]) as (page, said):
        box, names = page.locator("#q"), page.get_by_role("option")
        box.fill("speaker:halv")
        expect(names.first).to_contain_text("Halvesk")
        held: list[Route] = []
        page.route("**/suggest?*", lambda route: held.append(route))  # noqa: PLW0108 - Playwright marks what it calls
        with page.expect_request("**/suggest?*"):
            box.press_sequentially("e")
        press(page, "ArrowDown")
        held[0].continue_()
        page.unroute("**/suggest?*")
        page.evaluate("async () => { await (await fetch('/suggest?q=halve')).json(); }")  # comes behind the one held
        press(page, "Enter")
        assert box.input_value().endswith('Halvesk" ')
        assert said == []


def test_keys_move_open_and_copy_and_can_be_switched_off(browser: Browser, urls: dict[str, str]) -> None:
    allowed = ["clipboard-read", "clipboard-write"]
    with opened(browser, urls["listed"], permissions=allowed) as (page, said):
        press(page, "j", "j", "k")
        entries = page.locator("article.utterance-entry")
        assert entries.first.evaluate("(e) => e === document.activeElement")
        press(page, "c")
        expect(page.locator("#keys-said")).to_have_text("The address is copied.")
        address = page.evaluate("() => navigator.clipboard.readText()")
        assert address == page.evaluate("() => document.querySelector('a.all').href")
        press(page, "/")
        assert page.evaluate("() => document.activeElement.id") == "q"
        press(page, "j", "?")
        assert page.locator("#q").input_value().endswith("j?")  # where one types, keys are letters
        page.locator("h1").click()
        press(page, "?")
        assert page.get_by_role("dialog").is_visible()
        assert page.evaluate(CONTRAST) == []
        page.get_by_role("checkbox", name="These keys are on").click()
        page.get_by_role("button", name="Close").click()
        press(page, "j", "?")
        assert not page.get_by_role("dialog").is_visible()
        page.reload()
        press(page, "?")
        assert not page.get_by_role("dialog").is_visible()
        page.get_by_role("button", name="Keys").click()
        page.get_by_role("checkbox", name="These keys are on").click()
        page.get_by_role("button", name="Close").click()
        press(page, "j", "o")
        page.wait_for_url("**/quotes/**")
        assert said == []


@pytest.mark.parametrize("scripts", [True, False])
def test_a_person_logs_in_corrects_adds_and_takes_back(browser: Browser, store: Store, settings: Settings, scripts: bool) -> None:  # fmt: skip
    """Every page of it whole, in light and dark, narrow and wide, with scripts and without."""
    AccountFile(settings.instance).put("Ann Lind", "eleven ferries")
    quotes = [Quote(f"q{n}", "", f"We sold the ferry number {n} for a song", speaker="Marta Lind", outlet="Ledger", confidence=1.0) for n in range(2)]  # fmt: skip
    store.add_quotes(quotes)
    store.catch_up()
    with running(settings, store) as base, opened(browser, f"{base}/correct/q0", java_script_enabled=scripts) as (page, said):  # fmt: skip
        assert "/login?next=" in page.url
        _whole(page, scripts=scripts)
        page.fill("#name", "Ann Lind")
        page.fill("#password", "eleven ferries")
        follow(page.get_by_role("button", name="Log in"))
        assert page.url.endswith("/correct/q0")
        _whole(page, scripts=scripts)
        page.fill("#speaker", "Ada Voss")
        page.fill("#reason-speaker", "the caption names her")
        follow(page.locator("form[aria-labelledby=speaker-title] button"))
        assert page.locator(".made li").count() == 1
        _whole(page, scripts=scripts)
        page.goto(f"{base}/quotes/q0")
        assert "Ann Lind" in page.locator(".corrected").first.inner_text()
        _whole(page, scripts=scripts)
        follow(page.get_by_role("link", name="Corrections", exact=True))
        _whole(page, scripts=scripts)
        page.locator(".made summary").first.click()
        page.locator(".made input[name=reason]").first.fill("it does not")
        follow(page.get_by_role("button", name="Take it back").first)
        assert "Taken back by Ann Lind" in page.locator(".made").inner_text()
        follow(page.get_by_role("link", name="Add documents"))
        _whole(page, scripts=scripts)
        text = "“We will not sell the bridge,” said Ann Lee, the mayor, on Monday.\n"
        page.set_input_files("#files", {"name": "bridge.txt", "mimeType": "text/plain", "buffer": text.encode()})
        follow(page.get_by_role("button", name="Add", exact=True))
        assert "/jobs/" in page.url
        for _ in range(600):
            if page.locator("#progress[data-ended='1']").count():
                break
            page.wait_for_timeout(50)
            if not scripts:
                page.reload()
        assert "1 new document, 1 quote" in page.locator("#progress").inner_text()
        _whole(page, scripts=scripts)
        follow(page.get_by_role("button", name="Log out"))
        assert page.goto(f"{base}/add") is not None
        assert "/login" in page.url
        assert said == []


def _whole(page: Page, *, scripts: bool) -> None:
    """Nothing faint, nameless or sticking out, in light and dark, from 320 px to 1280."""
    for scheme, width in (("light", 1280), ("dark", 1280), ("light", 360), ("dark", 320)):
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate(CONTRAST) == [], (page.url, scheme)
        assert page.evaluate(FAULTS) == [], (page.url, scheme)
        assert page.evaluate(STICKING_OUT) == 0, (page.url, width)
