"""Who has logged in, for how long; and how often somebody may try. Kept in memory: when the desk ends, everybody is out."""

import hashlib
import secrets
from collections import defaultdict
from threading import Lock

from riwaya.web.users import User, Users

SESSION_SECONDS = 12 * 3600
ATTEMPTS_FOR_A_NAME = 5  # wrong passwords ...
ATTEMPTS_FROM_AN_ADDRESS = 20
WAIT_SECONDS = 15 * 60  # ... within this time: nothing more is tried until one of them is so old


class Sessions:
    """The sessions of one desk. A cookie holds a random word; what it means is known here alone, so that logging out ends it."""

    def __init__(self, users: Users) -> None:
        self._users = users
        self._open: dict[str, tuple[str, str, float]] = {}  # hash of the word -> name, seal, end
        self._failed: dict[str, list[float]] = defaultdict(list)
        self._lock = Lock()

    def log_in(self, name: str, password: str, client: str, now: float) -> str | None:
        """The word of a new session, if that is the user's password; None if not, or nobody of this name or address may try now.

        `now` is in seconds of any clock that only goes forward.
        """
        if self.is_waiting(name, client, now):
            return None
        user = self._users.with_password(name, password)
        sealed = self._users.seal(name)
        with self._lock:
            if user is None or sealed is None:
                self._failed[f"name {name}"].append(now)
                self._failed[f"address {client}"].append(now)
                return None
            self._failed.pop(f"name {name}", None)
            word = secrets.token_urlsafe(32)
            self._open = {each: session for each, session in self._open.items() if session[2] > now}
            self._open[_hash(word)] = (name, sealed[1], now + SESSION_SECONDS)
        return word

    def is_waiting(self, name: str, client: str, now: float) -> bool:
        """Whether too many wrong passwords were given for this name, or from this address, lately."""
        with self._lock:
            self._failed = defaultdict(list, {key: kept for key, at in self._failed.items() if (kept := _lately(at, now))})
            for_name, from_address = (len(self._failed.get(key, ())) for key in (f"name {name}", f"address {client}"))
        return for_name >= ATTEMPTS_FOR_A_NAME or from_address >= ATTEMPTS_FROM_AN_ADDRESS

    def user(self, word: str, now: float) -> User | None:
        """Who holds this word: None when the session is over, or the user is removed or has a new password."""
        found = self._open.get(_hash(word))
        if found is None or found[2] <= now:
            return None
        sealed = self._users.seal(found[0])
        return sealed[0] if sealed and secrets.compare_digest(sealed[1], found[1]) else None

    def log_out(self, word: str) -> None:
        """End a session."""
        with self._lock:
            self._open.pop(_hash(word), None)


def _lately(failed: list[float], now: float) -> list[float]:
    return [at for at in failed if at > now - WAIT_SECONDS]


def _hash(word: str) -> str:
    return hashlib.sha256(word.encode("utf-8", "surrogatepass")).hexdigest()
