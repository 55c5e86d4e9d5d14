"""Logging in and out. Nobody needs to, to read."""

from __future__ import annotations

import math
from contextlib import suppress
from typing import Final

from flask import Blueprint, Flask, Response, current_app, make_response, redirect, render_template, request, url_for
from flask_login import current_user, logout_user
from werkzeug.wrappers import Response as AnyResponse

from search.errors import ConfigError, StoreError
from search.message import Message
from search.settings import Settings
from web.accounts.account_file import NAME_CHARS, AccountFile
from web.accounts.login_throttle import LoginThrottle
from web.accounts.sessions import log_in, own_path, place_of_login
from web.language.messages import ngettext, translated

_WRONG: Final = Message("That is not the password of an account of that name.")
_BUSY: Final = Message("Somebody else is logging in just now: try again.")


def account_blueprint(settings: Settings, accounts: AccountFile) -> Blueprint:
    """Return the pages by which people log in and out."""
    account = Blueprint("account", __name__)
    throttle = LoginThrottle(str(settings.instance))

    @account.after_request
    def keep_nowhere(response: Response) -> Response:
        response.headers["Cache-Control"] = "no-store"
        return response

    @account.get("/login")
    def login() -> str:
        return _form("", None)

    @account.post("/login")
    def log_in_with_password() -> AnyResponse:
        """Begin a session and go on to where somebody was going; else the form again, with what is wrong."""
        app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
        name = request.form.get("name", "")[: NAME_CHARS + 1]
        place = place_of_login(name, app)
        wait = throttle.seconds_to_wait(place)
        if wait:
            minutes = math.ceil(wait / 60)
            return _refused(
                name,
                ngettext(
                    "Too many wrong passwords from here: wait %(num)s minute.",
                    "Too many wrong passwords from here: wait %(num)s minutes.",
                    minutes,
                ),
                429,
                wait,
            )
        with throttle.turn(place) as is_free:
            if not is_free:
                return _refused(name, _BUSY, 503, 1)
            throttle.failed(place)
            known = accounts.verified(name, request.form.get("password", ""))
        if known is None:
            return _refused(name, _WRONG, 403)
        throttle.succeeded(place)
        onward = own_path(request.form.get("next")) or url_for("pages.home")
        return log_in(known, app, make_response(redirect(onward, 303)))

    @account.post("/logout")
    def logout() -> AnyResponse:
        """End all sessions of the person: a cookie that was copied from this browser is worth nothing from now on."""
        if current_user.is_authenticated:
            # Where the accounts cannot be written to, this browser at least forgets its session.
            with suppress(ConfigError, StoreError):
                accounts.end_sessions(current_user.name)
        logout_user()
        return redirect(url_for("pages.home"), 303)

    return account


def _form(name: str, trouble: str | None) -> str:
    onward = own_path(request.values.get("next"))
    return render_template("login.html", typed_name=name, trouble=trouble and translated(trouble), onward=onward)


def _refused(name: str, trouble: str, status: int, wait: float = 0) -> Response:
    response = make_response(_form(name, trouble), status)
    if wait:
        response.headers["Retry-After"] = str(math.ceil(wait))
    return response
