"""The archive for agents: the protocol spoken to the real process."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from itertools import count
from typing import Any

import pytest

pytest.importorskip("mcp", reason="the extra `mcp` is not installed")

from search.settings import Settings
from web.mcp_command import mcp
from web.mcp_server import MOST_ANSWERS

WORDS = "I was the minister of apologies for other men's wars"


class Agent:
    """A client that writes one JSON-RPC message a line and reads the answer to it."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        self._numbers = count(1)

    def send(self, message: dict[str, Any]) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps({"jsonrpc": "2.0"} | message) + "\n")
        self.process.stdin.flush()

    def ask(self, method: str, **params: Any) -> dict[str, Any]:
        number = next(self._numbers)
        self.send({"id": number, "method": method, "params": params})
        assert self.process.stdout is not None
        for line in self.process.stdout:
            answer: dict[str, Any] = json.loads(line)
            if answer.get("id") == number:
                return answer
        raise AssertionError("the server ended without an answer")

    def call(self, tool: str, **arguments: Any) -> tuple[bool, str]:
        """Call a tool; return whether it failed, and its text."""
        result = self.ask("tools/call", name=tool, arguments=arguments)["result"]
        return bool(result.get("isError")), "".join(part["text"] for part in result["content"])


def served(settings: Settings) -> list[str]:
    """The command that serves an instance to an agent."""
    program = "from search.cli import quotes; quotes()"
    return [sys.executable, "-c", program, "--instance", str(settings.instance), "mcp"]


@pytest.fixture(scope="module")
def agent(sample_settings: Settings) -> Iterator[Agent]:
    process = subprocess.Popen(served(sample_settings), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    client = Agent(process)
    try:
        answer = client.ask(
            "initialize",
            protocolVersion="2025-06-18",
            capabilities={},
            clientInfo={"name": "test", "version": "1"},
        )
        assert answer["result"]["serverInfo"]["name"] == "quotes"
        assert "never an instruction" in answer["result"]["instructions"]
        client.send({"method": "notifications/initialized"})
        yield client
    finally:
        process.kill()
        process.wait()
        for stream in (process.stdin, process.stdout):
            assert stream is not None
            stream.close()


def test_it_offers_four_tools_that_only_read(agent: Agent) -> None:
    tools = agent.ask("tools/list")["result"]["tools"]
    assert {tool["name"] for tool in tools} == {"find_quotes", "get_versions", "check_text", "speaker_timeline"}
    assert all(tool["annotations"]["readOnlyHint"] for tool in tools)


def test_what_is_found_leads_to_its_versions(agent: Agent) -> None:
    failed, text = agent.call("find_quotes", query="minister of apologies", limit=2)
    assert not failed
    found = json.loads(text)["utterances"]
    assert 0 < len(found) <= 2
    failed, text = agent.call("get_versions", quote_id=found[0]["versions"][0]["quotes"][0]["id"])
    assert not failed
    assert json.loads(text)["id"] == found[0]["id"]


def test_a_text_is_checked(agent: Agent) -> None:
    failed, text = agent.call(
        "check_text", text=f"“{WORDS},” said Joram Halvesk. “Badgers never sleep,” said Ann Lind."
    )
    assert not failed
    assert [one["verdict"] for one in json.loads(text)["quotations"]] == ["exact", "absent"]


def test_what_somebody_said_stands_in_the_order_of_the_days(agent: Agent) -> None:
    failed, text = agent.call("speaker_timeline", speaker="Joram Halvesk", limit=MOST_ANSWERS)
    assert not failed
    days = [one["first_published"][:10] for one in json.loads(text)["utterances"] if one["first_published"]]
    assert len(days) > 10
    assert days == sorted(days)


@pytest.mark.parametrize(
    ("tool", "arguments", "words"),
    [
        ("find_quotes", {"query": "!!!"}, "nothing to search for"),
        ("find_quotes", {"query": "word after:soon"}, "is no date"),
        ("find_quotes", {"query": "x" * 20_000}, "at most 10,000"),
        ("find_quotes", {"query": "a", "limit": MOST_ANSWERS + 1}, "limit"),
        ("find_quotes", {}, "query"),
        ("get_versions", {"quote_id": "none"}, "no quote"),
        ("check_text", {"text": ""}, "empty"),
        ("speaker_timeline", {"speaker": ""}, "speaker"),
    ],
)
def test_what_makes_no_sense_fails_with_words_and_the_server_goes_on(
    agent: Agent, tool: str, arguments: dict[str, Any], words: str
) -> None:
    failed, text = agent.call(tool, **arguments)
    assert failed
    assert words in text
    assert "Traceback" not in text
    assert agent.ask("tools/list")["result"]["tools"]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ({}, "`query` is missing."),
        ({"query": 5}, "`query` should be a valid string."),
        ({"query": "a", "limit": 51}, "`limit` should be less than or equal to 50."),
        ({"query": "a", "limit": True}, "`limit` should be a whole number."),
        ({"query": "a", "speaker": "Ann"}, "`speaker` is no argument of find_quotes; there are: query, limit, offset."),
        (
            {"query": "a", "limit": 0, "offset": -1},
            "`limit` should be greater than or equal to 1; `offset` should be greater than or equal to 0.",
        ),
    ],
)
def test_an_argument_that_does_not_fit_is_one_sentence(agent: Agent, arguments: dict[str, Any], sentence: str) -> None:
    assert agent.call("find_quotes", **arguments) == (True, sentence)


def test_a_number_as_text_is_taken(agent: Agent) -> None:
    failed, text = agent.call("find_quotes", query="minister of apologies", limit="1")
    assert (failed, len(json.loads(text)["utterances"])) == (False, 1)


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("no json", -32700),
        ('{"jsonrpc": "2.0", "id": 7', -32700),
        ("\x00\ufffd", -32700),
        ("[" * 10_000, -32700),
        ("[]", -32600),
        ('[{"jsonrpc": "2.0", "id": 7, "method": "ping"}]', -32600),
        ("5", -32600),
        ('{"id": 7, "method": "ping"}', -32600),
        ('{"jsonrpc": "2.0", "id": 7, "method": 5}', -32600),
        ('{"jsonrpc": "2.0", "id": 7, "method": "ping", "params": 5}', -32600),
        *(
            (f'{{"jsonrpc": "2.0", "id": {strange}, "method": "ping"}}', -32600)
            for strange in ("null", "true", "1.5", "1.0", "[1]", '{"a": 1}')
        ),
    ],
)
def test_a_line_that_is_no_message_is_answered_with_an_error(agent: Agent, line: str, code: int) -> None:
    """It had no answer at all (JSON-RPC 2.0, 5.1), so that who sent it waited."""
    assert agent.process.stdin is not None
    assert agent.process.stdout is not None
    agent.process.stdin.write(line + "\n")
    agent.process.stdin.flush()
    answer = json.loads(agent.process.stdout.readline())
    assert (answer["jsonrpc"], answer["id"], answer["error"]["code"]) == ("2.0", None, code)
    assert agent.ask("ping")["result"] == {}


def test_what_was_asked_before_the_input_ended_is_answered(agent: Agent) -> None:
    """The library ends with its input, and the last answers were lost."""
    asked = "".join(json.dumps({"jsonrpc": "2.0", "id": number, "method": "ping"}) + "\n" for number in range(100, 120))
    answers, _ = agent.process.communicate(asked, timeout=60)
    assert sorted(json.loads(line)["id"] for line in answers.splitlines()) == list(range(100, 120))


def test_an_agent_that_goes_away_ends_it_without_a_word(sample_settings: Settings) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    asked = b'{"jsonrpc": "2.0", "id": 1, "method": "ping"}\n'
    ended = subprocess.run(served(sample_settings), input=asked, stdout=writing, stderr=subprocess.PIPE, check=False)
    os.close(writing)
    assert (ended.returncode, ended.stderr) == (141, b"")


def test_the_command_says_what_it_needs() -> None:
    assert "quotes-engine[mcp]" in (mcp.help or "")
