"""Users of a desk that others can reach: a file of the library, with their roles and the Argon2 hashes of their passwords."""

import json
import os
import re
from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path
from typing import Literal, NamedTuple, get_args

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from riwaya.errors import SettingsError

Role = Literal["reader", "reviewer", "manager"]  # each may do what those before it may
_ROLES: tuple[Role, ...] = get_args(Role)
FILE_NAME = "users.json"
SHORTEST_PASSWORD = 10
_NAME = re.compile(r"[\w.@-]{1,60}")


class User(NamedTuple):
    """Who may come in, as what."""

    name: str
    role: Role


def may(role: Role, least: Role) -> bool:
    """Whether a role is at least `least`."""
    return _ROLES.index(role) >= _ROLES.index(least)


class _Kept(NamedTuple):
    role: Role
    password: str  # hash


class Users:
    """The users of the library in a folder. The file is read at every question, so that who is removed is out at once."""

    def __init__(self, folder: Path, hasher: PasswordHasher | None = None) -> None:
        self._file = folder / FILE_NAME
        self._hasher = hasher or PasswordHasher()  # Argon2id, RFC 9106's choice where memory is scarce (64 MiB)

    @cached_property
    def _nobodys_password(self) -> str:
        return self._hasher.hash(os.urandom(16).hex())

    def all(self) -> tuple[User, ...]:
        """The users by name. Raises SettingsError if the file cannot be read as one of users."""
        return tuple(User(name, kept.role) for name, kept in sorted(self._load().items()))

    def add(self, name: str, role: Role, password: str) -> None:
        """Let somebody in, or give who is known a new role and password. Raises SettingsError on a name or a password that will not do."""
        if not _NAME.fullmatch(name):
            raise SettingsError(f"{name!r} cannot be the name of a user: letters, digits and . _ @ - are, 60 at most.")
        if len(password) < SHORTEST_PASSWORD:
            raise SettingsError(f"A password has at least {SHORTEST_PASSWORD} characters.")
        self._save({**self._load(), name: _Kept(role, self._hasher.hash(password))})

    def remove(self, name: str) -> None:
        """Let somebody in no more. Raises SettingsError if there is no such user."""
        known = self._load()
        if name not in known:
            raise SettingsError(f"There is no user {name!r}.")
        self._save({each: kept for each, kept in known.items() if each != name})

    def with_password(self, name: str, password: str) -> User | None:
        """The user of this name, if that is the password. An unknown name takes as long as a wrong password."""
        kept = self._load().get(name)
        try:
            self._hasher.verify(kept.password if kept else self._nobodys_password, password)
        except (VerificationError, InvalidHashError):
            return None
        return User(name, kept.role) if kept else None

    def seal(self, name: str) -> tuple[User, str] | None:
        """The user of this name, and what changes with the password: a session lasts as long as neither does. None: there is none."""
        kept = self._load().get(name)
        return (User(name, kept.role), kept.password) if kept else None

    def _load(self) -> Mapping[str, _Kept]:
        try:
            given = json.loads(self._file.read_text(encoding="utf-8"))
            known = {str(name): _Kept(each["role"], each["password"]) for name, each in given.items()}
        except FileNotFoundError:
            return {}
        except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
            raise SettingsError(f"{self._file} cannot be read as a file of users: {error}") from error
        _require_roles(self._file, known.values())
        return known

    def _save(self, users: Mapping[str, _Kept]) -> None:
        partial = self._file.with_name(f"{FILE_NAME}.partial")
        partial.unlink(missing_ok=True)
        with open(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as written:  # noqa: PTH123
            json.dump({name: kept._asdict() for name, kept in sorted(users.items())}, written, ensure_ascii=False, indent=1)
        partial.replace(self._file)


def _require_roles(file: Path, known: Iterable[_Kept]) -> None:
    if any(kept.role not in _ROLES for kept in known):
        raise SettingsError(f"{file}: a role is one of {', '.join(_ROLES)}.")
