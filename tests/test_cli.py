"""The `quotes` command as people and tools use it: what it prints where, and how it ends."""

from __future__ import annotations

import errno
import functools
import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from search.cli import quotes
from search.cli.command_table import COMMANDS
from search.storage.store import Store

Run = Callable[..., Result]
GROUPS = ("corrections", "keys", "outlets", "speakers", "users", "utterances", "watch")
ARTICLE = (
    "Bridge will stand, says mayor\n\n"
    "“The bridge will stand for another winter,” said Ann Lee, the mayor of Marnholt.\n\n"
    "She added: “Nobody asked the ferrymen.”\n"
)


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Run the command on an instance folder of its own."""

    def invoke(*words: str, stdin: str | None = None) -> Result:
        return CliRunner().invoke(quotes, ["--instance", str(tmp_path / "instance"), *words], input=stdin)

    return invoke


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "article.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    return path


def test_of_a_command_that_is_not_there_the_one_most_like_it_is_said(run: Run) -> None:
    assert run("indx", "x").stderr.strip().endswith("Did you mean `quotes index`?")
    said = run("the ferry will sail").stderr
    assert "`quotes -h` lists them." in said
    assert "mean" not in said
    assert run("indx").exit_code == 2


def test_every_command_of_the_contract_is_there() -> None:
    contract = {
        "extract",
        "index",
        "import",
        "find",
        "compare",
        "export",
        "show",
        "serve",
        "status",
        "rebuild",
        "config",
    }
    assert contract <= set(COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_help_shows_an_example_and_the_instance_option(run: Run, command: str) -> None:
    for flag in ("-h", "--help"):
        shown = run(command, flag)
        assert shown.exit_code == 0, shown.output
        assert "--instance" in shown.stdout
        assert f"  quotes {command}" in shown.stdout.replace("$ quotes", "  quotes")


@pytest.mark.parametrize("command", ["", *GROUPS])
def test_the_list_of_commands_says_of_each_a_whole_sentence(run: Run, command: str) -> None:
    """Sixteen of thirty were cut off: "Write all that cannot be made anew into one new file, and..."."""
    listed = run(*command.split(), "-h").stdout.partition("Commands:")[2]
    assert listed.count("\n") > 2
    assert "..." not in listed.replace("quotes?q=...", "")


def test_a_file_name_that_a_terminal_would_obey_is_said_without_that(run: Run, tmp_path: Path) -> None:
    """It was printed as it stood, with whatever the title of the window was to be."""
    folder = tmp_path / "from a stranger"
    folder.mkdir()
    (folder / "e\x1b]0;gone\x07\u202e.bin").write_bytes(b"\x00\x01\x02")
    said = run("index", str(folder)).stderr
    assert "e]0;gone.bin: this is binary data" in said
    assert not {"\x1b", "\x07", "\u202e"} & set(said)


def test_index_then_find_then_index_again(run: Run, article: Path) -> None:
    first = run("index", str(article))
    assert first.exit_code == 0
    assert first.stdout == "indexed 1 document, 2 quotes; 0 unchanged; 0 skipped\n"
    found = json.loads(run("find", "another winter", "--json").stdout)
    assert found["total_quotes"] == found["total_versions"] == found["total_utterances"] == 1
    version = found["utterances"][0]["versions"][0]
    assert version["quotes"][0]["speaker"] == "Ann Lee"
    assert version["match"] == "part"
    assert version["sure"] is found["utterances"][0]["sure"] is True
    again = run("index", str(article), "--json")
    assert json.loads(again.stdout) == {"documents": 0, "quotes": 0, "unchanged": 1, "deleted": 0, "skipped": []}


@pytest.mark.parametrize(
    "typed",
    [
        "the bridge will stand for another winter",
        "“The bridge will stand for another winter”",
        '"The bridge will stand for another winter,"',
        "„The bridge will stand for another winter“",
        "«the bridge will stand for another winter»",
        "THE BRIDGE WILL STAND FOR ANOTHER WINTER",
        "[The] bridge will   stand for another winter …",
    ],
)
def test_marks_case_and_brackets_do_not_matter(run: Run, article: Path, typed: str) -> None:
    run("index", str(article))
    found = json.loads(run("find", typed, "--json").stdout)
    assert [v["text"] for u in found["utterances"] for v in u["versions"]] == [
        "The bridge will stand for another winter,"
    ]


def test_exit_codes_are_found_0_nothing_1_error_2(run: Run, article: Path) -> None:
    run("index", str(article))
    assert run("find", "ferrymen").exit_code == 0
    assert run("find", "elephants").exit_code == 1
    assert run("find", "").exit_code == 2
    assert run("show", "nothing").exit_code == 1
    assert run("compare", "we agreed to it", "nobody told me").exit_code == 1
    assert run("compare", "we agreed to it", "We agreed to it!").exit_code == 0


def test_results_go_to_stdout_and_complaints_to_stderr(run: Run, article: Path, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    done = run("index", str(article), str(tmp_path / "empty.txt"))
    assert done.exit_code == 1
    assert done.stdout.startswith("indexed 1 document, 2 quotes; 0 unchanged; 1 skipped")
    assert "empty.txt: " in done.stderr


def test_the_report_lists_what_was_skipped(run: Run, tmp_path: Path) -> None:
    (tmp_path / "picture.html").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    report = tmp_path / "report.jsonl"
    done = run("index", str(tmp_path / "picture.html"), "--report", str(report))
    assert done.exit_code == 1
    (row,) = map(json.loads, report.read_text(encoding="utf-8").splitlines())
    assert row["path"].endswith("picture.html")
    assert row["reason"]


BAD = {
    "a path that is not there": (["index", "nowhere.html"], "nowhere.html does not exist"),
    "an empty query": (["find", " "], "nothing to search for"),
    "a long query": (["find", "a" * 20_000], "20,000 characters"),
    "an unknown option": (["find", "x", "--colour"], "--colour"),
    "an unknown value": (["find", "x", "--kind", "loud"], "loud"),
    "a bad date": (["find", "x", "--after", "soon"], "soon"),
    "an unknown command": (["fnid", "x"], "fnid"),
    "two ways of asking": (["find", "x", "--batch", "-"], "--batch"),
    "one text to compare": (["compare", "x"], "two texts"),
    "a batch file that is not there": (["find", "--batch", "nowhere.jsonl"], "nowhere.jsonl"),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_input_is_one_sentence_and_exit_2(run: Run, case: str) -> None:
    words, named = BAD[case]
    done = run(*words)
    assert done.exit_code == 2
    assert done.stdout == ""
    assert named in done.stderr
    assert done.stderr.startswith("quotes: ")
    assert done.stderr.count("\n") == 1


def test_a_broken_config_file_and_a_held_lock_are_one_sentence(run: Run, article: Path, tmp_path: Path) -> None:
    run("index", str(article))
    config = tmp_path / "instance" / "config.toml"
    config.write_text("port = [", encoding="utf-8")
    assert "TOML" in run("status").stderr
    config.unlink()
    from search.settings import load

    with Store(load({"instance": tmp_path / "instance"}, environ={})) as store, store.writing("quotes rebuild"):
        done = run("index", str(article))
    assert done.exit_code == 2
    assert "`quotes rebuild` (process" in done.stderr


def test_a_batch_of_queries_is_answered_line_by_line(run: Run, article: Path) -> None:
    run("index", str(article))
    asked = '{"id": 1, "query": "another winter"}\n\n{"id": "b", "query": "elephants"}\n{"id": 3, "query": ""}\n'
    done = run("find", "--batch", "-", "--jsonl", "--limit", "5", stdin=asked)
    one, two, three = map(json.loads, done.stdout.splitlines())
    assert one["id"] == 1
    assert [set(hit) for hit in one["hits"]] == [{"id", "match", "score"}]
    assert two == {"id": "b", "hits": []}
    assert "nothing to search for" in three["error"]


def test_a_batch_of_pairs_is_answered_line_by_line(run: Run) -> None:
    asked = '{"id": "x", "a": "we agreed to the bridge", "b": "We agreed to the bridge"}\n'
    done = run("compare", "--batch", "-", "--jsonl", stdin=asked)
    (answer,) = map(json.loads, done.stdout.splitlines())
    assert answer["id"] == "x"
    assert answer["match"] == "exact"
    assert run("compare", "--batch", "-", stdin="[1]\n").exit_code == 2


def test_import_keeps_ids_and_counts_bad_lines(run: Run) -> None:
    rows = (
        '{"id": "k1", "text": "Nobody asked the ferrymen", "speaker": "Ann Lee", "outlet": "Courier"}\n'
        'not json\n{"id": "k2"}\n[]\n{"text": "The bridge will stand"}\n'
    )
    done = run("import", "-", stdin=rows)
    assert done.exit_code == 1
    assert done.stdout.startswith("imported 2 quotes; 0 unchanged; 3 skipped")
    assert "line 2" in done.stderr
    assert run("import", "-", stdin=rows).stdout.startswith("imported 0 quotes; 2 unchanged; 3 skipped")
    exported = [json.loads(line) for line in run("export", "--jsonl").stdout.splitlines()]
    assert exported[0]["id"] == "k1"
    assert {"id", "text", "speaker", "outlet", "url", "published", "utterance"} <= set(exported[0])


def test_export_can_be_imported_elsewhere(run: Run, article: Path, tmp_path: Path) -> None:
    run("index", str(article))
    exported = run("export").stdout
    other = ["--instance", str(tmp_path / "other")]
    assert CliRunner().invoke(quotes, [*other, "import", "-"], input=exported).exit_code == 0
    again = CliRunner().invoke(quotes, [*other, "find", "another winter", "--json"])
    assert json.loads(again.stdout)["utterances"][0]["speakers"] == ["Ann Lee"]


def test_show_prints_a_quote_and_a_document(run: Run, article: Path) -> None:
    run("index", str(article))
    quote = json.loads(run("find", "ferrymen", "--json").stdout)["utterances"][0]["versions"][0]["quotes"][0]
    assert "Nobody asked the ferrymen." in run("show", quote["id"]).stdout
    assert "Ann Lee, the mayor" in run("show", quote["document_id"]).stdout
    assert json.loads(run("show", quote["document_id"], "--json").stdout)["text"]


def test_status_counts(run: Run, article: Path) -> None:
    run("index", str(article))
    found = json.loads(run("status", "--json").stdout)
    assert {key: found[key] for key in ("documents", "quotes", "versions", "utterances", "engine")} == {
        "documents": 1,
        "quotes": 2,
        "versions": 2,
        "utterances": 2,
        "engine": "whoosh",
    }
    assert set(found) == {"documents", "quotes", "versions", "utterances", "engine", "bytes", "generation"}


def test_config_says_where_each_value_comes_from(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUOTES_PORT", "8000")
    found = json.loads(run("config", "--json").stdout)
    assert found["port"] == {"value": "8000", "from": "QUOTES_PORT"}
    assert found["host"]["from"] == "default"


def test_extract_answers_in_the_words_of_the_contract(run: Run, article: Path) -> None:
    (document,) = map(json.loads, run("extract", str(article), "--jsonl").stdout.splitlines())
    for quote in document["quotes"]:
        assert document["text"][quote["start"] : quote["end"]] == " ".join(
            document["text"][start:end] for start, end in quote["spans"]
        )
        assert 0 <= quote["confidence"] <= 1
    assert [quote["speaker"] for quote in document["quotes"]] == ["Ann Lee", "Ann Lee"]


def test_colours_only_on_a_terminal(run: Run, article: Path) -> None:
    run("index", str(article))
    assert "\x1b[" not in run("find", "ferrymen").stdout


def test_words_of_strangers_cannot_drive_the_terminal(run: Run) -> None:
    row = {"id": "k", "text": "Nobody \x1b[31masked\x07 the \u202eferrymen", "speaker": "Ann\x1b]0;Lee"}
    run("import", "-", stdin=json.dumps(row))
    shown = run("find", "nobody asked the ferrymen")
    assert shown.exit_code == 0
    assert not set("\x1b\x07\u202e") & set(shown.stdout)


def test_a_table_is_safe_to_open_in_a_spreadsheet(run: Run) -> None:
    run("import", "-", stdin=json.dumps({"id": "k", "text": "=1+1 is what nobody asked", "speaker": "Ann Lee"}))
    shown = run("find", "nobody asked", "--csv").stdout
    assert "'=1+1 is what nobody asked" in shown


def test_completion_is_offered(run: Run) -> None:
    done = subprocess.run(
        [str(Path(sys.executable).parent / "quotes")],
        env=os.environ | {"_QUOTES_COMPLETE": "bash_source"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert "_quotes_completion" in done.stdout


def test_speakers_are_listed_merged_split_and_renamed(run: Run, article: Path) -> None:
    run("index", str(article))
    # In columns, which a terminal is made for.
    assert run("speakers", "list").stdout == "     2  Ann Lee\n"
    assert "\n     2  Ann Lee, in 1 document\n" in run("speakers", "show", "Lee").stdout
    run("import", "-", stdin=json.dumps({"id": "k", "text": "Nobody told me about the ferry", "speaker": "The Mayor"}))
    assert run("speakers", "merge", "Ann Lee", "The Mayor").exit_code == 0
    found = json.loads(run("find", "told me about the ferry", "--speaker", "lee", "--json").stdout)
    assert found["utterances"][0]["speakers"] == ["Ann Lee"]
    assert run("speakers", "rename", "Ann Lee", "Mayor Ann Lee").exit_code == 0
    assert json.loads(run("speakers", "list", "--json").stdout)[0]["speaker"] == "Mayor Ann Lee"
    assert run("speakers", "split", "The Mayor", "Mayor Ann Lee").exit_code == 0
    assert run("find", "told me about the ferry", "--speaker", "lee").exit_code == 1
    assert run("speakers", "split", "One", "One").exit_code == 2
    assert run("speakers", "rename", "Mayor Ann Lee", "Ann Lee (mayor)").exit_code == 0
    assert "  Ann Lee (mayor)  (also " in run("speakers", "list").stdout


def test_utterances_are_listed_merged_split_and_pinned(run: Run) -> None:
    rows = [
        {"id": "a", "text": "The bridge will not survive another winter like the last one", "speaker": "Ann Lee"},
        {"id": "b", "text": "This bridge will not survive another winter like the last", "speaker": "Ann Lee"},
        {"id": "c", "text": "Nobody asked the ferrymen about the tunnel", "speaker": "Ann Lee"},
    ]
    run("import", "-", stdin="\n".join(map(json.dumps, rows)))
    assert "2 quotes" in run("utterances", "list").stdout
    assert run("utterances", "merge", "a", "c").stdout == "the utterance a now has 3 quotes\n"
    assert run("utterances", "split", "c").stdout == "c is now in an utterance of 1 quote\n"
    assert run("utterances", "pin", "a").stdout == "2 quotes stay together\n"
    assert run("utterances", "merge", "a").exit_code == 2
    assert run("utterances", "merge", "a", "nothing").exit_code == 1


def test_an_id_that_a_terminal_would_obey_is_said_without_that(run: Run) -> None:
    rows = [{"id": f"{name}\x1b[2J", "text": "The bridge will not survive another winter"} for name in "ab"]
    run("import", "-", stdin="\n".join(map(json.dumps, rows)))
    assert run("utterances", "merge", "a\x1b[2J", "b\x1b[2J").stdout == "the utterance a[2J now has 2 quotes\n"
    assert run("utterances", "split", "b\x1b[2J").stdout.startswith("b[2J is now in an utterance of ")


def test_a_document_is_deleted_with_its_quotes(run: Run, article: Path) -> None:
    run("index", str(article))
    document = json.loads(run("find", "ferrymen", "--json").stdout)["utterances"][0]["versions"][0]["quotes"][0][
        "document_id"
    ]
    assert run("delete", document).stdout == "deleted 1 document, 2 quotes\n"
    assert run("find", "ferrymen").exit_code == 1
    assert run("delete", document).exit_code == 1


def test_a_dry_run_counts_and_stores_nothing(run: Run, article: Path) -> None:
    assert run("index", str(article), "--dry-run").stdout.startswith("would index 1 document, 2 quotes")
    assert json.loads(run("status", "--json").stdout)["documents"] == 0


def test_fields_of_records_can_be_named(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "dump.jsonl"
    path.write_text(json.dumps({"body": "“We will stay,” said Ann Lee.", "when": "2024-03-05"}), encoding="utf-8")
    assert run("index", str(path), "--map", "text=body,published=when", "--outlet", "Courier").exit_code == 0
    quote = json.loads(run("find", "we will stay", "--json").stdout)["utterances"][0]["versions"][0]["quotes"][0]
    assert (quote["published"], quote["outlet"]) == ("2024-03-05", "Courier")
    assert run("index", str(path), "--map", "text").exit_code == 2
    assert run("index", str(path), "--date", "soon").exit_code == 2


def test_pages_are_fetched_by_address_and_inner_ones_only_if_allowed(
    run: Run, article: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *args: object) -> None:
            """Not a word of every request on standard error."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=article.parent))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        address = f"http://127.0.0.1:{server.server_port}/article.txt"
        refused = run("index", address)
        assert refused.exit_code == 1
        assert refused.stdout.startswith("indexed 0 documents")
        assert address in refused.stderr
        monkeypatch.setenv("QUOTES_ALLOW_PRIVATE", "true")
        monkeypatch.setenv("QUOTES_FETCH_DELAY", "0")
        assert run("index", address).stdout.startswith("indexed 1 document, 2 quotes")
        assert run("index", address).stdout.startswith("indexed 0 documents, 0 quotes; 1 unchanged")
        assert run("find", "ferrymen").exit_code == 0
    finally:
        server.shutdown()
        server.server_close()
    assert run("index").exit_code == 2


def test_show_tells_what_changed_between_revisions(run: Run, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    markup = "<html><head><link rel=canonical href='https://courier.example/a'><title>Bridge</title></head><body><article>{}</article></body></html>"
    said = "<p>“The bridge will stand for another {},” said Ann Lee, the mayor of Marnholt, at the ferry on Monday.</p>"
    ids = []
    for word in ("winter", "summer"):
        page.write_text(
            markup.format(said.format(word) + "<p>She left before the ferrymen could ask her anything.</p>")
        )
        assert run("index", str(page)).exit_code == 0
        quote = json.loads(run("find", f"another {word}", "--exact", "--json").stdout)["utterances"][0]["versions"][0][
            "quotes"
        ][0]
        ids.append(quote["document_id"])
    one, two = ids
    assert f"revision: 2 of 2 (--diff shows what changed): {one}\n" in run("show", two).stdout
    assert json.loads(run("show", one, "--json").stdout)["revisions"] == [one, two]
    for id_ in ids:
        shown = run("show", id_, "--diff").stdout
        assert shown.startswith(f"from {one} to {two}: 1 paragraph changed\n")
        assert "another [-winter,”-] {+summer,”+} said" in shown
    assert json.loads(run("show", two, "--diff", "--json").stdout)["summary"] == "1 paragraph changed"
    assert run("show", quote["id"], "--diff").exit_code == 0


def test_show_diff_of_a_single_revision_is_a_sentence(run: Run, article: Path) -> None:
    run("index", str(article))
    quote = json.loads(run("find", "another winter", "--json").stdout)["utterances"][0]["versions"][0]["quotes"][0]
    alone = run("show", quote["document_id"], "--diff")
    assert alone.exit_code == 2
    assert "only one revision" in alone.stderr


@pytest.mark.parametrize("command", ["index", "import"])
def test_a_report_that_cannot_be_written_is_said_before_the_work(run: Run, article: Path, command: str) -> None:
    done = run(command, str(article), "--report", str(article / "report.jsonl"))
    assert done.exit_code == 2
    assert "report.jsonl cannot be written" in done.stderr
    assert json.loads(run("status", "--json").stdout)["documents"] == 0


def test_whatever_a_disk_refuses_is_one_sentence(run: Run, article: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(_path: Path) -> None:
        raise OSError(errno.EIO, "Input/output error", "a-file")

    monkeypatch.setattr("search.storage.store_reader.open_database", refused)
    done = run("status")
    assert (done.exit_code, done.stderr) == (2, "quotes: a-file: Input/output error. What was stored before is kept.\n")


def test_a_standard_stream_that_is_closed_is_no_traceback_and_is_given_to_no_file(
    tmp_path: Path, article: Path
) -> None:
    program = f"{sys.executable} -c 'from search.cli import quotes; quotes()' --instance {tmp_path / 'instance'}"
    for words, code in (
        (f"index {article} >&-", 0), ("find bridge >&-", 0), ("find bridge --json >&-", 0), ("index - <&-", 1),
        ("check - <&-", 2), ("mcp <&-", 0), ("index nowhere 2>&-", 2), ("find bridge <&- >&- 2>&-", 0),
    ):  # fmt: skip
        done = subprocess.run(["sh", "-c", f"{program} {words}"], capture_output=True, text=True, check=False)
        assert done.returncode == code, (words, done.stderr)
        assert "Traceback" not in done.stderr
        assert ">&-" not in words or not done.stdout
