"""What the page's users do, story by story, on the sample archive; `tools/page_stories.py` walks the same through any other."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any
from urllib.request import urlopen

import pytest
from page_stories import STORIES, Walk, chosen_utterance, walking
from playwright.sync_api import Browser
from test_browser import running

from search.settings import Settings
from search.storage.store import Store

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def base(sample_settings: Settings, samples: Store) -> Iterator[str]:
    with running(sample_settings, samples) as url:
        yield f"{url}/"


@pytest.fixture(scope="module")
def utterance(base: str) -> Mapping[str, Any]:
    return chosen_utterance(base, lambda url: json.load(urlopen(url)))


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize("story", STORIES)
def test_a_user(browser: Browser, base: str, utterance: Mapping[str, Any], story: Callable[[Walk], None], scripts: bool) -> None:  # fmt: skip
    with walking(browser, base, utterance, scripts=scripts) as walk:
        story(walk)
        assert walk.faults == []
