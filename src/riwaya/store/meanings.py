"""Which articles say what is near to a question, in whatever words: the vectors of all articles, compared one by one."""

from collections.abc import Callable, Mapping

import numpy as np
from sqlalchemy import Connection, func, select

from riwaya.store.sql import article_facets, articles

_PRIME = 1_000_003


class Meanings:
    """The vectors of a library's articles, held in memory (1.5 KB each) until its articles change."""

    def __init__(self) -> None:
        self._state: object = None
        self._held: tuple[tuple[str, ...], np.ndarray[tuple[int, int], np.dtype[np.float32]]] = ((), np.zeros((0, 0), np.float32))

    def likeness(self, connection: Connection, vector: Callable[[], bytes]) -> Mapping[str, float]:
        """For each article that has a vector, the cosine of it and that of a question, which is asked for only if there are any."""
        ids, held = self._of(connection)
        if not ids:
            return {}
        asked = np.frombuffer(vector(), np.int8).astype(np.float32)
        cosines = held @ (asked / (np.linalg.norm(asked) or 1.0))
        return dict(zip(ids, cosines.tolist(), strict=True))

    def _of(self, connection: Connection) -> tuple[tuple[str, ...], np.ndarray[tuple[int, int], np.dtype[np.float32]]]:
        numbers = article_facets.c.number
        state = connection.execute(select(func.count(), func.sum(numbers % _PRIME)).select_from(article_facets)).one()
        if state != self._state:
            rows = connection.execute(select(articles.c.id, articles.c.vector).where(articles.c.vector.is_not(None))).all()
            held = np.frombuffer(b"".join(row.vector for row in rows), np.int8).reshape(len(rows), -1) if rows else np.zeros((0, 0))
            spread = held.astype(np.float32)
            spread /= np.maximum(np.linalg.norm(spread, axis=1, keepdims=True), 1e-6) if rows else 1
            self._state, self._held = state, (tuple(row.id for row in rows), spread)
        return self._held
