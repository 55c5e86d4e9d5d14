"""`quotes watch`: what is new is told once, and told again where it could not be."""

from __future__ import annotations

import json
import shlex
import shutil
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from standardwebhooks.webhooks import Webhook
from webhook_receiver import Taken

from indexer.cli import watch_command
from search.cli import quotes
from search.following.saved_searches import saved_searches
from search.model import Quote
from search.settings import Settings
from search.storage.store import Store

STRIKE = "We will stay out until the ferry sails again"


Run = Callable[..., Result]


@pytest.fixture
def run(settings: Settings) -> Run:
    """`quotes watch` over a fresh instance."""

    def invoke(*arguments: str) -> Result:
        return CliRunner().invoke(quotes, ["--instance", str(settings.instance), "watch", *arguments])

    return invoke


def put(settings: Settings, *quotes_: Quote) -> None:
    with Store(settings) as store:
        store.add_quotes(quotes_)
        store.catch_up()


def test_a_search_tells_of_what_came_in_since_and_once(settings: Settings, run: Run) -> None:
    put(settings, Quote("old", "", STRIKE, speaker="Ann Lee"))
    assert run("add", "strike", STRIKE).stdout == "saved strike\n"
    assert run("run").exit_code == 1
    put(
        settings,
        Quote("new", "", STRIKE, speaker="Bo Ray", confidence=1.0, outlet="Evening\x1b[31m Tide"),
        Quote("x", "", "Not this"),
    )
    done = run("run")
    assert (done.exit_code, done.stdout.splitlines()[0]) == (0, "strike: 1 new quote")
    assert "Bo Ray · Evening[31m Tide · new" in done.stdout
    assert "old" not in done.stdout
    assert "\x1b" not in done.stdout
    assert run("run").exit_code == 1


def test_a_run_without_news_says_so_in_a_line(settings: Settings, run: Run) -> None:
    """It ended with 1 and without a word, as if it had not run."""
    put(settings)
    assert run("run").stderr == "quotes: no search is saved yet; `quotes watch add` saves one.\n"
    run("add", "strike", STRIKE)
    done = run("run", "--json")
    assert (done.exit_code, done.stdout, done.stderr) == (1, "", "quotes: nothing is new.\n")


def test_news_are_json_and_a_command_has_them_on_its_input(settings: Settings, run: Run, tmp_path: Path) -> None:
    out = tmp_path / "news.json"
    words = f"import os, pathlib, sys; pathlib.Path({str(out)!r}).write_text(os.environ['QUOTES_WATCH_NAME'] + sys.stdin.read())"
    put(settings)
    run("add", "strike", STRIKE, "--exec", shlex.join([sys.executable, "-c", words]))
    put(settings, Quote("new", "", STRIKE, speaker="$(touch hacked) `id`"))
    done = run("run", "--json")
    message = json.loads(done.stdout)
    assert (done.exit_code, message["type"], message["data"]["watch"]) == (0, "quotes.added", "strike")
    assert [each["id"] for each in message["data"]["quotes"]] == ["new"]
    assert json.loads(out.read_text().removeprefix("strike"))["data"] == message["data"]


def test_what_could_not_be_told_is_told_by_the_next_run(settings: Settings, run: Run) -> None:
    put(settings)
    run("add", "broken", STRIKE, "--exec", shlex.join([sys.executable, "-c", "raise SystemExit(3)"]))
    run("add", "missing", STRIKE, "--exec", "/no/such/program")
    run("add", "fine", STRIKE)
    put(settings, Quote("new", "", STRIKE))
    done = run("run")
    assert done.exit_code == 2
    assert "broken: " in done.stderr
    assert "missing: " in done.stderr
    assert "fine: 1 new quote" in done.stdout
    again = run("run", "broken")
    assert (again.exit_code, "broken: 1 new quote" in again.stdout) == (2, True)
    assert run("run", "fine").exit_code == 1


def test_a_webhook_is_signed_and_the_same_news_have_the_same_id(
    settings: Settings, run: Run, receiver: tuple[str, Taken]
) -> None:
    base, taken = receiver
    settings.instance.mkdir(parents=True, exist_ok=True)
    (settings.instance / "config.toml").write_text("allow_private = true\n")
    put(settings)
    added = run("add", "strike", STRIKE, "--webhook", f"{base}/broken")
    assert added.exit_code == 0, added.output
    secret = added.stdout.split()[-1]
    put(settings, Quote("new", "", STRIKE))
    assert run("run").exit_code == 2
    assert run("run").exit_code == 2
    (_, first, body), (_, second, _) = taken
    assert first["webhook-id"] == second["webhook-id"]
    assert Webhook(secret).verify(body, first)["data"]["quotes"][0]["id"] == "new"
    listed = run("list", "--json").stdout
    assert json.loads(listed)["webhook"] == f"{base}/broken"
    assert secret not in listed + run("list").stdout


def test_a_webhook_to_this_machine_is_refused_when_it_is_saved(settings: Settings, run: Run) -> None:
    put(settings)
    done = run("add", "strike", STRIKE, "--webhook", "http://127.0.0.1:9/")
    assert (done.exit_code, "--webhook: " in done.stderr) == (2, True)
    assert saved_searches(settings.instance).read() == {}


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("", STRIKE), "a name is"), (("a\nb", STRIKE), "a name is"), (("x" * 101, STRIKE), "a name is"),
        (("a", ""), "nothing to search for"), (("a", "word after:soon"), "soon"), (("a", "word", "--exec", "'"), "--exec: "),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_one_sentence_and_not_saved(
    settings: Settings, run: Run, arguments: tuple[str, ...], words: str
) -> None:
    done = run("add", *arguments)
    assert done.exit_code == 2
    assert words in done.stderr
    assert saved_searches(settings.instance).read() == {}


def test_searches_are_listed_and_forgotten(settings: Settings, run: Run) -> None:
    put(settings)
    run("add", "strike", STRIKE)
    assert run("add", "strike", "else").exit_code == 2
    assert run("list").stdout == f"strike · {STRIKE}\n"
    assert run("remove", "other").exit_code == 1
    assert run("run", "other").exit_code == 1
    assert run("remove", "strike").exit_code == 0
    assert run("list").stdout == ""


def test_an_archive_that_was_begun_anew_is_followed_from_its_beginning(settings: Settings, run: Run) -> None:
    put(settings, *(Quote(f"q{n}", "", f"word{n}") for n in range(5)))
    run("add", "strike", STRIKE)
    saved = (settings.instance / "watches.json").read_text()
    for path in settings.instance.glob("archive*"):
        path.unlink()
    shutil.rmtree(settings.instance / "index")  # an index without its archive is an archive that was lost
    put(settings, Quote("new", "", STRIKE))
    assert json.loads(saved)[0]["seen"] == 5
    assert run("run").exit_code == 0
    assert saved_searches(settings.instance).read()["strike"].seen == 1


def test_it_goes_on_at_its_pace_until_it_is_ended(
    settings: Settings, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(settings)
    run("add", "strike", STRIKE)
    slept: list[float] = []

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        put(settings, Quote(f"q{len(slept)}", "", STRIKE))
        if len(slept) == 3:
            raise KeyboardInterrupt

    monkeypatch.setattr(watch_command.time, "sleep", sleep)
    done = run("run", "--every", "15")
    assert slept == [900, 900, 900]
    assert done.stdout.count("strike: 1 new quote") == 2
    assert time.sleep is sleep
