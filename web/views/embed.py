"""What other sites show of this archive: the card of a quote, its oEmbed, its picture. The addresses of embeds are for ever.

The card works in a frame without an origin of its own (`sandbox`): no cookie, no storage, no request but for its style and script.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import Final
from urllib.parse import unquote, urlsplit

from flask import (
    Blueprint,
    Response,
    current_app,
    make_response,
    render_template,
    request,
    send_from_directory,
    url_for,
)
from werkzeug.exceptions import HTTPException, abort
from werkzeug.wrappers import Response as AnyResponse

from search.errors import QuoteNotFound
from search.find.utterance_page import utterance_of_quote
from search.message import Message
from search.renderers.json import encoded
from search.storage.store import Store
from web.caching import revalidated
from web.presentation.sharing.card_image import can_draw, card_png
from web.presentation.sharing.oembed import EmbedAddresses, oembed_answer
from web.presentation.sharing.quote_card import QuoteCard, quote_card
from web.query_string import number_in

# As `web.security`, but that any site may frame it, and that it has no form.
CARD_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors *"
)
_LONGEST_ADDRESS: Final = 4000  # characters of `url`
_MOST_PIXELS: Final = 10_000


def embed_blueprint(store: Store) -> Blueprint:
    """Return the card, its oEmbed and its picture over one store."""
    embed = Blueprint("embed", __name__)

    def card_of(id_: str) -> QuoteCard:
        return quote_card(utterance_of_quote(store, id_, possible=False), id_)

    @embed.get("/embed/<path:id_>")
    def card(id_: str) -> Response:
        """Answer a quote as a card for a frame on any site."""
        response = revalidated(store, lambda: make_response(render_template("embed.html", card=card_of(id_))))
        response.headers["Content-Security-Policy"] = CARD_POLICY
        return response

    @embed.get("/oembed")
    def oembed() -> Response:
        """Answer how a quote is embedded: `?url=` is the address of its page, `format` json or xml."""
        format_ = request.args.get("format", "json")
        if format_ not in ("json", "xml"):
            abort(HTTPStatus.NOT_IMPLEMENTED, Message("oEmbed is answered as json or xml."))
        pixels = [number_in(request.args, name, _MOST_PIXELS, 1, _MOST_PIXELS) for name in ("maxwidth", "maxheight")]
        id_ = quote_id_of(request.args.get("url", ""))
        if id_ is None:
            raise QuoteNotFound(Message("`url` is not the address of a quote in this archive."))
        return revalidated(store, lambda: _oembed(card_of(id_), format_, *pixels))

    @embed.get("/cards/<path:id_>")
    def picture(id_: str) -> Response:
        """Answer a quote as a picture, for previews of links."""
        return revalidated(store, lambda: _picture(card_of(id_)))

    @embed.get("/embed.js")
    def script() -> AnyResponse:
        """Answer the script that turns a blockquote on any site into the card of its quote."""
        response = send_from_directory(current_app.static_folder or "", "embed.js")
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        return response

    return embed


def quote_id_of(url: str) -> str | None:
    """Return the id in the address of a quote's page or card on this server; None for any other address."""
    try:
        parts = urlsplit(url[:_LONGEST_ADDRESS])
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or parts.netloc.lower() != request.host.lower():
        return None
    try:
        endpoint, values = current_app.url_map.bind(request.host).match(
            unquote(parts.path.removeprefix(request.script_root)), method="GET"
        )
    except HTTPException:
        return None
    return str(values["id_"]) if endpoint in ("pages.quote", "embed.card") else None


def embed_addresses(card: QuoteCard) -> EmbedAddresses:
    """Return the whole addresses of a quote's page, card, picture and speaker on this server."""
    return EmbedAddresses(
        home=request.url_root,
        page=url_for("pages.quote", id_=card.id, _external=True),
        card=url_for("embed.card", id_=card.id, _external=True),
        speaker=url_for("pages.search", speaker=card.speaker, _external=True),
        image=url_for("embed.picture", id_=card.id, _external=True) if can_draw(card) else None,
    )


def _oembed(card: QuoteCard, format_: str, max_width: int, max_height: int) -> Response:
    answer = oembed_answer(card, embed_addresses(card), max_width, max_height)
    if format_ == "json":
        return Response(encoded(answer), content_type="application/json")
    return Response(render_template("oembed.xml", answer=answer), content_type="text/xml; charset=utf-8")


def _picture(card: QuoteCard) -> Response:
    if not can_draw(card):
        raise QuoteNotFound(
            Message("There is no picture of that quote: no font here has its letters, or the extra `cards` is missing.")
        )
    return Response(card_png(card), content_type="image/png")
