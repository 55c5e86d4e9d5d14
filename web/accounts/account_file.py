"""The accounts of an instance: `users.json` in its folder, which nobody but its owner can read.

They are no part of the archive, so that an archive can be given away without the hashes of anybody's password.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from search.errors import QueryError
from search.storage.databases.record_file import RecordFile
from search.text.folding import normal_form

ACCOUNT_FILE: Final = "users.json"
NAME_CHARS: Final = 100  # code points of an account's name
PASSWORD_CHARS: Final = (10, 1_000)  # code points: NIST SP 800-63B asks for eight at least; no hash is made of a book
# Of nobody: what is verified for a name that is none, so that the time tells no names.
_NOBODYS: Final = "$argon2id$v=19$m=65536,t=3,p=4$Z19stTBoi+QxOhjEjy32UQ$q/6/2KYCXKYRvgohnkbqV+mbcRyyrJnlbJ0eaHWI5MM"
_HASHER: Final = PasswordHasher()  # 64 MB and some 50 ms each, by RFC 9106


@dataclass(frozen=True, slots=True)
class Account:
    """Who may log in.

    name      as corrections show it
    password  its hash, by argon2
    token     what a session is of: another with each password and each log-out, which end all sessions
    added     when, UTC
    """

    name: str
    password: str
    token: str
    added: str


class AccountFile:
    """The accounts of the instance in `folder`, read anew whenever the file changes."""

    def __init__(self, folder: Path) -> None:
        self._file = RecordFile(folder / ACCOUNT_FILE, Account, _key, "accounts")

    def all(self) -> list[Account]:
        """Return the accounts, in the order of their names.

        Raises:
            ConfigError: the file cannot be read, or is no file of accounts.
        """
        return [account for _, account in sorted(self._file.read().items())]

    def by_token(self, token: str) -> Account | None:
        """Return the account whose sessions have a token; None if there is none, or no longer."""
        return next((one for one in self._file.read().values() if one.token == token), None)

    def verified(self, name: str, password: str) -> Account | None:
        """Return the account of that name if this is its password; None for any other, after the same time."""
        account = self._file.read().get(account_key(name))
        tried = password[: PASSWORD_CHARS[1]].encode("utf-8", "replace")
        try:
            _HASHER.verify(account.password if account else _NOBODYS, tried)
        except (VerificationError, InvalidHashError):
            return None
        return account

    def put(self, name: str, password: str) -> bool:
        """Keep an account with a password; returns whether the name was new.

        Raises:
            QueryError: a name or a password that will not do.
            StoreUnavailable: another run changes the accounts.
        """
        name = " ".join(name.split())
        if not name or len(name) > NAME_CHARS or not name.isprintable():
            raise QueryError(f"A name has to be one line of at most {NAME_CHARS} characters.")
        if not PASSWORD_CHARS[0] <= len(password) <= PASSWORD_CHARS[1]:
            raise QueryError(f"A password has to have {PASSWORD_CHARS[0]} to {PASSWORD_CHARS[1]:,} characters.")
        if account_key(password) == account_key(name):
            raise QueryError("The password must not be the name.")
        hashed = _HASHER.hash(password.encode("utf-8", "replace"))
        added = datetime.now(UTC).isoformat(timespec="seconds")
        with self._file.changing("quotes users") as accounts:
            is_new = account_key(name) not in accounts
            accounts[account_key(name)] = Account(name, hashed, secrets.token_hex(16), added)
        return is_new

    def end_sessions(self, name: str) -> None:
        """End all sessions of an account, copies of their cookies too, by a new token; nothing for a name that is none.

        Raises:
            StoreUnavailable: another run changes the accounts.
        """
        with self._file.changing("quotes users") as accounts:
            if (account := accounts.get(account_key(name))) is not None:
                accounts[account_key(name)] = replace(account, token=secrets.token_hex(16))

    def remove(self, name: str) -> bool:
        """Take an account out, which ends its sessions; returns whether there was one."""
        with self._file.changing("quotes users") as accounts:
            return accounts.pop(account_key(name), None) is not None


def account_key(name: str) -> str:
    """Return what tells names of accounts apart: not their capitals, blanks or forms of letters."""
    return " ".join(normal_form("NFKC", name).casefold().split())


def _key(account: Account) -> str:
    return account_key(account.name)
