"""Who is logged in: a signed cookie, the secret that signs it, and tokens without which no form is taken."""

from __future__ import annotations

import contextlib
import os
import re
import secrets
from datetime import timedelta
from pathlib import Path
from typing import Final

from flask import Flask, Response, redirect, request, session, url_for
from flask.sessions import SecureCookieSessionInterface, SessionMixin
from flask_login import LoginManager, UserMixin, current_user, login_user
from flask_wtf.csrf import CSRFProtect
from itsdangerous import BadSignature, URLSafeTimedSerializer
from werkzeug.http import parse_cookie
from werkzeug.wrappers import Response as AnyResponse

from search.atomic_file import PRIVATE, write_atomically
from search.errors import ConfigError
from search.files.plain_file import read_plain_file
from web.accounts.account_file import Account, AccountFile, account_key
from web.accounts.login_throttle import LoginPlace
from web.reader_address import reader_of

SECRET_FILE: Final = "session-secret"
SECRET_BYTES: Final = 32
_SECRET_FILE_BYTES: Final = 1_000  # what is longer is no secret of ours
SESSION_DAYS: Final = 14
SAME_FOR_ALL: Final = ("static", "embed.script")  # endpoints whose answers know nothing of who asks
DEVICE_COOKIE: Final = "quotes_browser"
DEVICE_DAYS: Final = 365
# A path of this site: no second slash, backslash or control, by which browsers are led to other hosts.
_OWN_PATH: Final = re.compile(r"/(?![/\\])[^\x00-\x20\x7f\\]*")
csrf: Final = CSRFProtect()


class Person(UserMixin):  # type: ignore[misc]
    """Whoever is logged in."""

    def __init__(self, account: Account) -> None:
        self.account = account

    @property
    def name(self) -> str:
        """Return the name that corrections show."""
        return self.account.name

    def get_id(self) -> str:
        """Return the token of the account: a session is of it, and ends when it changes."""
        return self.account.token


class OwnSessions(SecureCookieSessionInterface):
    """Flask's signed cookies; sent by https alone where the page is asked for by https."""

    def get_cookie_secure(self, app: Flask) -> bool:
        """Return whether this request came by https: over loopback there is none, and a cookie for it alone would be lost."""
        return request.is_secure

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Send the cookie with what nobody keeps, alone: in a style sheet that a shared cache keeps it would be everybody's."""
        if response.cache_control.no_store:
            super().save_session(app, session, response)
        elif session.accessed:
            response.vary.add("Cookie")


def set_up_sessions(app: Flask, folder: Path) -> AccountFile:
    """Let people log in to `app` with the accounts in an instance folder, and return these; forms then need a token."""
    accounts = AccountFile(folder)
    app.session_interface = OwnSessions()
    app.config.update(
        SECRET_KEY=session_secret(folder),
        SESSION_COOKIE_NAME="quotes_session",
        SESSION_COOKIE_HTTPONLY=True,
        # Not Strict: a link in a mail would find its reader logged out. A form of another site is sent without it all the same.
        SESSION_COOKIE_SAMESITE="Lax",
        PERMANENT_SESSION_LIFETIME=timedelta(days=SESSION_DAYS),
        WTF_CSRF_TIME_LIMIT=None,  # as long as the session: a correction may be thought over for an hour
        WTF_CSRF_SSL_STRICT=False,  # no page of ours sends a referrer
    )
    csrf.init_app(app)
    app.jinja_env.globals.pop(
        "csrf_meta_tag", None
    )  # for scripts that send forms, of which there are none; Flask-WTF has it from 1.3 on
    manager = LoginManager(app)
    # A person's address changes with the network; what a session is of is its signature.
    manager.session_protection = "basic"

    @manager.user_loader  # type: ignore[untyped-decorator]
    def load(token: str) -> Person | None:
        # Reading needs no account: where the file of accounts is damaged nobody is logged in, and logging in says why.
        with contextlib.suppress(ConfigError):
            account = accounts.by_token(token)
            return None if account is None else Person(account)
        return None

    @manager.unauthorized_handler  # type: ignore[untyped-decorator]
    def to_login() -> AnyResponse:
        asked = request.full_path.rstrip("?") if request.method == "GET" else None
        return redirect(url_for("account.login", next=asked), 303)

    @app.after_request
    def keep_nowhere(response: Response) -> Response:
        # Every page has the name of who is logged in, and the token of a form; a style sheet is the same for all.
        if request.endpoint not in SAME_FOR_ALL and session.get("_user_id"):
            response.headers["Cache-Control"] = "no-store"
        return response

    @app.context_processor
    def people() -> dict[str, object]:
        try:
            has_accounts = bool(accounts.all())
        except ConfigError:
            has_accounts = True
        return {"person": current_user, "has_accounts": has_accounts}

    return accounts


def session_secret(folder: Path) -> bytes:
    """Return the secret of an instance that signs its sessions, made when it is first asked for.

    Where the folder cannot be written to, one that lasts as long as this process. Raises ConfigError for a file that others
    can read, or that is none.
    """
    path = folder / SECRET_FILE
    if not path.exists():
        fresh = folder / f".{SECRET_FILE}.{secrets.token_hex(4)}"
        try:
            write_atomically(fresh, secrets.token_hex(SECRET_BYTES), PRIVATE)
            # Two processes may begin at once: the first one's is everybody's.
            with contextlib.suppress(FileExistsError):
                os.link(fresh, path)
        except OSError:
            return secrets.token_bytes(SECRET_BYTES)
        finally:
            fresh.unlink(missing_ok=True)
    try:
        if path.stat().st_mode & 0o077:
            raise ConfigError(f"{path} can be read by others: `chmod 600` it, or remove it and log in anew.")
        secret = bytes.fromhex(read_plain_file(path, _SECRET_FILE_BYTES).decode("ascii"))
    except (OSError, ValueError) as error:
        raise ConfigError(f"{path} cannot be read as a secret: remove it, and log in anew.") from error
    if len(secret) < SECRET_BYTES:
        raise ConfigError(f"{path} is too short for a secret: remove it, and log in anew.")
    return secret


def log_in(account: Account, app: Flask, response: Response) -> Response:
    """Begin a session of an account in whose name this browser has just given the password, and know it again.

    Nothing of the session before it is kept, so that one that somebody else put into this browser leads nowhere.
    """
    session.clear()
    session.permanent = True
    login_user(Person(account))
    mark = _marks(app).dumps([account_key(account.name), secrets.token_hex(8)])
    response.set_cookie(
        DEVICE_COOKIE,
        mark,
        max_age=timedelta(days=DEVICE_DAYS),
        httponly=True,
        samesite="Lax",
        secure=request.is_secure,
    )
    return response


def place_of_login(name: str, app: Flask) -> LoginPlace:
    """Return what failures to log in with this name, from here, are counted for."""
    key = account_key(name)
    try:
        known, mark = _marks(app).loads(request.cookies.get(DEVICE_COOKIE, ""), max_age=DEVICE_DAYS * 86_400)
        if known == key:
            return LoginPlace(key, str(mark), known=True)
    except (BadSignature, ValueError, TypeError):
        pass
    return LoginPlace(key, reader_of(request.remote_addr or ""), known=False)


def carries_session(app: Flask, cookies: str) -> bool:
    """Return whether a request's `Cookie` header has the session of somebody who is logged in, signed by this instance."""
    cookie = parse_cookie(cookies).get(str(app.config["SESSION_COOKIE_NAME"]))
    serializer = OwnSessions().get_signing_serializer(app)
    if not cookie or serializer is None:
        return False
    try:
        return bool(serializer.loads(cookie, max_age=SESSION_DAYS * 86_400).get("_user_id"))
    except (BadSignature, ValueError, AttributeError):
        return False


def own_path(asked: str | None) -> str | None:
    """Return an address of this site that somebody asked for before logging in; None for any that leads elsewhere."""
    return asked if asked and len(asked) < 2_000 and _OWN_PATH.fullmatch(asked) else None


def _marks(app: Flask) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(app.secret_key or b"", salt="browser")
