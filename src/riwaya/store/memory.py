"""What was counted once is remembered until the store changes."""

from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, TypeVar

from sqlalchemy import Connection

from riwaya.store.sqlite import state_of

_Value = TypeVar("_Value")
_MOST = 200  # values; all are forgotten when there are more


class Memory:
    """Values that were made of the store, by key, for many threads; all are forgotten when anything in the store has changed.

    `watching` is a connection that is used for nothing else.
    """

    def __init__(self, watching: Connection) -> None:
        self._watching = watching
        self._lock = Lock()
        self._state = -1
        self._known: dict[Hashable, Any] = {}

    def recall(self, key: Hashable, make: Callable[[], _Value]) -> _Value:
        """What `make` gives, or gave before for the same key if nothing has changed since. It asks the store anew, so that what it
        gives is never older than the state it is remembered for."""
        with self._lock:
            state = state_of(self._watching)
            if state != self._state or len(self._known) > _MOST:
                self._state, self._known = state, {}
            known = self._known
        if key not in known:
            known[key] = make()
        value: _Value = known[key]
        return value

    def close(self) -> None:
        """Let go of the connection."""
        self._watching.close()
