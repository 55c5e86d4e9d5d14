"""Speakers, outlets, and speakers side by side: the pages, and the same as JSON."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from search.answer_shapes import OutletObject, OutletOverviewObject, SideObject, SpeakerOverviewObject
from search.find.query_language import parse_query
from search.profiles.as_json import outlet_object, outlet_overview_object, side_object, speaker_overview_object
from search.profiles.overviews import SpeakerOverview
from search.profiles.profile import meant_speaker, outlet_overview, outlets_of, speaker_overview
from search.profiles.side_by_side import MOST_SPEAKERS, side_by_side
from search.settings import Settings
from search.storage.store import Store
from web.caching import revalidated
from web.description.arguments import CompareArguments, NoArguments
from web.description.operation import JSON_TYPE, operation
from web.presentation.bar_plot import bar_plot
from web.presentation.outbound_links import authority_link
from web.views.answers import json_answer, page
from web.views.feeds import FeedLink, links_to_feed

OUTLETS_SHOWN = 500  # nobody reads further down a list of names


def profile_blueprint(settings: Settings, store: Store) -> Blueprint:
    """Return the pages and the API of speakers and outlets over one store."""
    profiles = Blueprint("profiles", __name__)

    @profiles.get("/speakers/<path:name>")
    def speaker(name: str) -> AnyResponse:
        """Show who a speaker is; another of the names leads to the one that is shown."""
        speaker = meant_speaker(store, name)
        if speaker != name:
            return redirect(url_for("profiles.speaker", name=speaker))
        return revalidated(store, lambda: _speaker_page(speaker_overview(store, name)))

    @profiles.get("/outlets")
    def outlets() -> Response:
        return revalidated(store, lambda: page("outlets.html", outlets=outlets_of(store)[:OUTLETS_SHOWN]))

    @profiles.get("/outlets/<path:name>")
    def outlet(name: str) -> Response:
        return revalidated(store, lambda: _outlet_page(store, name))

    @profiles.get("/compare")
    def compare() -> Response:
        """Show a form, and the answer where it was filled in."""
        names = [name for name in request.args.getlist("speaker") if name.strip()]
        words = request.args.get("q", "")
        # A speaker's own page leads here with the first name, so that only the other and the words are left to type.
        if len(names) < 2 and not words.strip():
            return page("compare.html", words="", names=names, sides=(), most=MOST_SPEAKERS)
        query = parse_query(words, max_chars=settings.max_query_chars)
        return revalidated(store, lambda: _compare_page(store, words, names, side_by_side(store, query, names)))

    @profiles.get("/api/v1/speakers/<path:name>")
    @operation({JSON_TYPE: SpeakerOverviewObject})
    def speaker_json(_: NoArguments, name: str) -> Response:
        """Show a speaker, by any of the names: who it is, quotes over time, what is printed most."""
        return revalidated(store, lambda: json_answer(speaker_overview_object(speaker_overview(store, name))))

    @profiles.get("/api/v1/outlets")
    @operation({JSON_TYPE: list[OutletObject]})
    def outlets_json(_: NoArguments) -> Response:
        """List the outlets, those with most quotes first."""
        return revalidated(store, lambda: json_answer([outlet_object(each) for each in outlets_of(store)]))

    @profiles.get("/api/v1/outlets/<path:name>")
    @operation({JSON_TYPE: OutletOverviewObject})
    def outlet_json(_: NoArguments, name: str) -> Response:
        """Show an outlet, by its name to the letter: whom it quotes, quotes over time, what is printed most."""
        return revalidated(store, lambda: json_answer(outlet_overview_object(outlet_overview(store, name))))

    @profiles.get("/api/v1/compare")
    @operation({JSON_TYPE: list[SideObject]}, arguments=CompareArguments, problems=(404,))
    def compare_json(given: CompareArguments) -> Response:
        """Set side by side what two speakers, or more, said with the same words."""
        query = parse_query(given.q, max_chars=settings.max_query_chars)
        return revalidated(
            store, lambda: json_answer([side_object(side) for side in side_by_side(store, query, given.speaker)])
        )

    return profiles


def _speaker_page(overview: SpeakerOverview) -> Response:
    profile = overview.profile
    return page(
        "speaker.html",
        profile=profile,
        holdings=overview.holdings,
        plot=bar_plot(overview.holdings.over_time),
        authority=authority_link(profile.id),
        feeds=_feeds(speaker=profile.name),
    )


def _outlet_page(store: Store, name: str) -> Response:
    overview = outlet_overview(store, name)
    return page(
        "outlet.html",
        outlet=overview,
        holdings=overview.holdings,
        plot=bar_plot(overview.holdings.over_time),
        feeds=_feeds(outlet=name),
    )


def _compare_page(store: Store, words: str, names: list[str], sides: Any) -> Response:
    most = max(side.over_time.most for side in sides)
    return page(
        "compare.html",
        words=words,
        names=names,
        sides=[(side, bar_plot(side.over_time, most)) for side in sides],
        most=MOST_SPEAKERS,
    )


def _feeds(**filters: Any) -> list[FeedLink]:
    return links_to_feed(lambda format_: url_for("feeds.search_feed", format_=format_, **filters))
