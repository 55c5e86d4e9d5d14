"""Walk through the page as its users do, in a headless Chromium, with scripts and without: `python tools/page_stories.py INSTANCE`.

Each function is a story: somebody who searches, reads, cites, checks, embeds, follows, asks the API. The words come out of the archive, so
that any archive will do that has an utterance in two versions. Prints a line a story, and ends 1 if one failed. A refusal by the
policy (CSP), a fault of a script and a request to another host fail every story.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urlencode, urljoin

from playwright.sync_api import Browser, Locator, Page, sync_playwright

CHROMIUM: Final = "/usr/bin/chromium"
MOST_BYTES: Final = 60_000  # of an answer's page
HEIGHT: Final = 900  # px of the window
WORDS: Final = 12  # typed of a quote
INVENTED: Final = "Seventeen purple walruses have audited my umbrella in Ulaanbaatar"


@dataclass(slots=True)
class Walk:
    """A browser's page on the way through a story, with what the archive told beforehand of the utterance that it is about."""

    page: Page
    base: str
    utterance: Mapping[str, Any]
    scripts: bool
    faults: list[str] = field(default_factory=list)

    @property
    def words(self) -> str:
        """Return the beginning of the utterance, without marks."""
        return " ".join(re.sub(r"[^\w\s’']", " ", self.utterance["text"]).split()[:WORDS])

    @property
    def speaker(self) -> str:
        """Return who is said to have said it."""
        return str(self.utterance["speakers"][0])

    def open(self, path: str, **args: str) -> None:
        """Go to a path of the page, and wait until it is there."""
        self.page.goto(urljoin(self.base, path) + (f"?{urlencode(args)}" if args else ""))

    def get(self, url: str, status: int = 200, **headers: str) -> Any:
        """Ask as a program does; the answer has the status that is expected."""
        answer = self.page.request.get(urljoin(self.base, url), headers=headers)
        assert answer.status == status, (url, answer.status)
        return answer

    def hear(self, said: str) -> None:
        """Note what the console says, but that an answer is 400: the story that types an error asks for it."""
        if "status of 400" not in said:
            self.faults.append(said)

    def see_request(self, url: str) -> None:
        """Note a request to another host."""
        if not url.startswith(self.base):
            self.faults.append(f"asked {url}")

    def head(self, selector: str) -> str:
        """Return the address in a link of the page's head."""
        found = self.page.locator(f"head link{selector}").first.get_attribute("href")
        assert found, selector
        return found


def follow(link: Locator) -> None:
    """Click a link or a button that leads to another page, and wait until that is there: a click alone does not wait for it."""
    with link.page.expect_navigation():
        link.click()


def types_a_quote_in_curly_marks(walk: Walk) -> None:
    """Words pasted with any marks are found; a verdict with its score; the address is the state."""
    walk.open("/")
    walk.page.fill("#q", f"“{walk.words}”")
    walk.page.press("#q", "Enter")
    walk.page.wait_for_url("**/search?q=*")
    first = walk.page.locator("article.utterance-entry").first
    assert first.locator(".badge").inner_text()
    assert re.search(r"score [01]\.\d", first.locator(".score").inner_text())
    assert first.locator("mark").count()
    assert len(walk.get(walk.page.url).body()) < MOST_BYTES


def narrows_and_widens(walk: Walk) -> None:
    """Facets narrow and leave out, chips take away; every step is an address that can be gone back to."""
    walk.open("/search", kind="direct")
    whole = walk.page.locator(".tally b").first.inner_text()
    follow(walk.page.locator(".facet a:not(.without)").first)
    follow(walk.page.locator("main .facet .without").first)
    assert walk.page.locator(".chips li").count() >= 3
    follow(walk.page.locator(".chips .clear"))
    walk.page.go_back()
    assert walk.page.locator(".chips li").count() >= 3
    follow(walk.page.locator(".chips li a").last)
    walk.open("/search", kind="direct")
    assert walk.page.locator(".tally b").first.inner_text() == whole


def types_fields_and_errors(walk: Walk) -> None:
    """Fields among the words become chips; what is not understood is marked where it stands, and is no 500."""
    walk.open("/search", q=f'{walk.words} speaker:"{walk.speaker}" -outlet:nobody')
    assert walk.page.locator(".chips li").count() == 3  # and one to clear all
    assert walk.page.locator("article.utterance-entry").count()
    walk.get(f"{walk.base}search?q=ferry+after%3Asoon", status=400)
    walk.open("/search", q="ferry after:soon")
    assert "soon" in walk.page.locator("main mark").first.inner_text()


def finds_nothing_and_is_helped(walk: Walk) -> None:
    """An answer without a hit is never blank: what is like it, or what to try."""
    walk.open("/search", q=walk.words, speaker="Nobody Whatsoever")
    follow(walk.page.get_by_role("link", name="the same words without the filters"))
    assert walk.page.locator("article.utterance-entry").count()
    walk.open("/search", q=INVENTED)
    assert walk.page.locator(".nothing li, .possible article").count()
    assert walk.page.locator("section[aria-labelledby=sure] .badge.exact").count() == 0


def reads_every_version(walk: Walk) -> None:
    """Versions from the earliest known on; differences with signs; a timeline with a table; each passage in its direction."""
    walk.open(f"/quotes/{walk.utterance['id']}")
    assert walk.page.locator(".version").count() == len(walk.utterance["versions"]) > 1
    assert walk.page.locator("ins .sign, del .sign").count()
    days = walk.page.locator(".version .place:first-child time").evaluate_all("(all) => all.map((e) => e.dateTime)")
    assert days == sorted(days)
    assert walk.page.locator("svg.timeline title").count()
    assert walk.page.locator("svg.timeline desc").count()
    assert walk.page.locator(".astable table tr").count() > 1
    assert walk.page.locator("main [dir=auto]").count()
    assert walk.page.locator("span.Z3988").count()


def opens_the_source_at_the_quote(walk: Walk) -> None:
    """The stored document opens scrolled to the mark; the link out has a text fragment."""
    walk.open(f"/quotes/{walk.utterance['id']}")
    out = walk.page.locator("main a[rel~=noreferrer]").first
    if out.count():
        assert "#:~:text=" in (out.get_attribute("href") or "")
    follow(walk.page.get_by_role("link", name="Read it in place").first)
    assert "/documents/" in walk.page.url
    for _ in range(100):  # a browser scrolls when it has drawn; without scripts it cannot be asked to tell
        place = walk.page.locator("mark:target").first.bounding_box()
        if place and 0 <= place["y"] < HEIGHT:
            return
        walk.page.wait_for_timeout(50)
    raise AssertionError(f"the quote stands at {place}")


def cites_it(walk: Walk) -> None:
    """Six forms of reference on the page, the same as the API's."""
    walk.open(f"/quotes/{walk.utterance['id']}")
    shown = walk.page.locator("main").inner_text()
    for name in ("APA", "Chicago", "MLA", "BibTeX", "RIS", "CSL"):
        assert name in shown, name
    quote = walk.utterance["versions"][0]["quotes"][0]["id"]
    for form in ("apa", "chicago", "mla", "bibtex", "ris", "csl"):
        assert walk.get(f"/api/v1/citations/{quote}?format={form}").text().strip()


def checks_a_manuscript(walk: Walk) -> None:
    """Exact, altered and invented are told apart, in careful words, with lines; nothing says that it is fake."""
    text = self_made_manuscript(walk)
    walk.open("/check")
    walk.page.fill("textarea", text)
    follow(walk.page.locator("main form button"))
    verdicts = walk.page.locator(".checked .badge").all_inner_texts()
    assert verdicts[-1] == "Not in this archive", verdicts
    assert verdicts[0] in ("Exact", "Partial"), verdicts
    assert "line " in walk.page.locator(".checked .meta").first.inner_text()
    assert "fake" not in walk.page.content().lower()


def self_made_manuscript(walk: Walk) -> str:
    """Return an exact quotation and an invented one, a paragraph each."""
    exact = walk.utterance["versions"][0]["text"].strip("“”\"'")
    return f"“{exact}” {walk.speaker} said.\n\n“{INVENTED},” {walk.speaker} said.\n"


def embeds_it(walk: Walk) -> None:
    """OEmbed is discovered; its HTML is one line, a blockquote and a bare frame; the frame shows the words."""
    walk.open(f"/quotes/{walk.utterance['id']}")
    told = walk.get(walk.head("[type='application/json+oembed']")).json()
    assert told["type"] == "rich"
    assert "\n" not in told["html"]
    frame = re.fullmatch(r'<blockquote.*</blockquote>\s*<iframe src="([^"]*)"[^>]*></iframe>', told["html"])
    assert frame, told["html"]
    card = walk.get(frame[1].replace("&amp;", "&"))
    assert "frame-ancestors *" in card.headers["content-security-policy"]
    walk.open(frame[1].replace("&amp;", "&"))
    assert walk.words.split()[0] in walk.page.locator("main").inner_text()
    walk.get("/embed.js")


def follows_a_search(walk: Walk) -> None:
    """The feeds that a search names answer, and answer 304 when nothing is new; tables and lines as well."""
    walk.open("/search", q=walk.words)
    for kind in ("atom+xml", "rss+xml", "feed+json"):
        address = walk.head(f"[type='application/{kind}']")
        tag = walk.get(address).headers["etag"]
        walk.get(address, status=304, **{"If-None-Match": tag})
    for name in ("CSV", "JSON Lines", "JSON"):
        walk.get(walk.page.get_by_role("link", name=name, exact=True).first.get_attribute("href") or "")


def adds_it_to_a_browser(walk: Walk) -> None:
    """OpenSearch names itself shortly, and suggests names."""
    walk.open("/")
    told = walk.get(walk.head("[rel=search]")).text()
    short = re.search(r"<ShortName>([^<]{1,16})</ShortName>", told)
    assert short, told
    assert "/suggest?" in told
    typed, names = walk.get(f"/suggest?q={walk.speaker[:4]}").json()[:2]
    assert typed == walk.speaker[:4]
    assert names


def reads_its_metadata(walk: Walk) -> None:
    """JSON-LD: the utterance is a Claim with its first appearance, each place a Quotation."""
    walk.open(f"/quotes/{walk.utterance['id']}")
    claim = json.loads(walk.page.locator("script[type='application/ld+json']").first.inner_text() or walk.page.locator("script[type='application/ld+json']").first.text_content() or "")  # fmt: skip
    said = json.dumps(claim)
    for word in ('"Claim"', '"firstAppearance"', '"appearance"', '"Quotation"'):
        assert word in said, word


def asks_the_api(walk: Walk) -> None:
    """OpenAPI 3.1 is served, lists go on by a link, errors are problem+json."""
    assert walk.get("/api/v1/openapi.json").json()["openapi"].startswith("3.1")
    first = walk.get("/api/v1/quotes?kind=direct&limit=1")
    following = re.search(r'<([^>]+)>; rel="next"', first.headers["link"])
    assert following
    walk.get(following[1])
    wrong = walk.get("/api/v1/quotes?q=a&after=soon", status=400)
    assert wrong.headers["content-type"].startswith("application/problem+json")


def moves_by_keys(walk: Walk) -> None:
    """`/` to the box, `j` to the next, `o` opens it; without scripts Tab and Enter do."""
    walk.open("/search", q=walk.words)
    if walk.scripts:
        for key in ("j", "o"):
            walk.page.keyboard.press(key)
    else:
        walk.page.locator("article.utterance-entry .all").first.focus()
        walk.page.keyboard.press("Enter")
    walk.page.wait_for_url("**/quotes/**")


STORIES: Final[tuple[Callable[[Walk], None], ...]] = (
    types_a_quote_in_curly_marks, narrows_and_widens, types_fields_and_errors, finds_nothing_and_is_helped, reads_every_version,
    opens_the_source_at_the_quote, cites_it, checks_a_manuscript, embeds_it, follows_a_search, adds_it_to_a_browser,
    reads_its_metadata, asks_the_api, moves_by_keys,
)  # fmt: skip


@contextmanager
def walking(browser: Browser, base: str, utterance: Mapping[str, Any], *, scripts: bool) -> Iterator[Walk]:
    """Open a page for one story; what its console said and whom it asked besides are the walk's faults."""
    context = browser.new_context(java_script_enabled=scripts, viewport={"width": 1280, "height": HEIGHT})
    try:
        page = context.new_page()
        walk = Walk(page, base, utterance, scripts)
        page.on("console", lambda message: walk.hear(message.text))
        page.on("pageerror", lambda error: walk.faults.append(str(error)))
        page.on("request", lambda request: walk.see_request(request.url))
        yield walk
    finally:
        context.close()


def chosen_utterance(base: str, get: Callable[[str], Any]) -> Mapping[str, Any]:
    """Return an utterance of the archive with a speaker, in two versions that differ, each stored with its document."""
    for page in range(20):
        for one in get(f"{base}api/v1/quotes?kind=direct&limit=100&offset={100 * page}")["utterances"]:
            long = all(len(version["text"].split()) >= WORDS for version in one["versions"])
            if one["speakers"] and len(one["versions"]) > 1 and long:
                return dict(get(f"{base}api/v1/utterances/{one['id']}"))
    raise SystemExit("No utterance of this archive has two versions.")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("instance")
    asked = parser.parse_args()
    from api_conformance import serving

    failed = 0
    with serving(["--instance", asked.instance]) as base, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        api = driver.request.new_context()
        utterance = chosen_utterance(base, lambda url: api.get(url).json())
        for story in STORIES:
            for scripts in (True, False):
                with walking(browser, base, utterance, scripts=scripts) as walk:
                    try:
                        story(walk)
                        wrong = "; ".join(walk.faults)
                    except Exception as error:
                        wrong = f"{type(error).__name__}: {str(error)[:500]}"
                failed += bool(wrong)
                print(
                    f"{'FAILED' if wrong else 'ok'}  {story.__name__}{'' if scripts else ', without scripts'}  {wrong}"
                )
        browser.close()
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
