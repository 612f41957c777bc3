"""A vector for an article and for each claim: texts that say alike lie near each other, whatever their words.

The untouched encoder goes on from the states that the reader's trunk gave, window by window; the mean over the word pieces of a claim, in
their context, is the claim's vector, the mean over all pieces is the article's. They are kept as 384 whole numbers from -127 to 127, one
byte each. The encoder was trained to be told "query:" or "passage:" first; without, it found the paragraph of a question as well or better
(docs/decisions/0008-neural-reader.md), and so the reader's windows serve both.
"""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from riwaya.arabic.words import Tokens, tokens_in
from riwaya.read.model.marks import token_range
from riwaya.read.model.trunk import Floats, Trunk, open_session
from riwaya.read.model.windows import Window
from riwaya.records import Span

_LONGEST = 510  # pieces of a question; the encoder has 512 positions
_START, _END = 0, 2


class Embedder:
    """The upper layers of the untouched encoder."""

    def __init__(self, trunk: Trunk, folder: Path, *, threads: int = 1) -> None:
        self._trunk = trunk
        self._session = open_session(folder / "vectors.onnx", threads)

    def of_text(self, tokens: Tokens, windows: Sequence[tuple[Window, Floats]], spans: Sequence[Span]) -> tuple[bytes, list[bytes]]:
        """The vector of a text that is not empty, from its windows with the trunk's states, and those of spans of it."""
        sums, counts = [], []
        for window, states in windows:
            meanings = self._meanings(states)
            skip = window.first - window.context
            edges = zip(window.starts[skip:], window.ends[skip:], strict=True)
            for first, last in edges:
                sums.append(meanings[first : last + 1].sum(0))
                counts.append(last + 1 - first)
        total = np.concatenate([np.zeros((1, len(sums[0])), np.float32), np.cumsum(sums, 0)])
        number = np.concatenate([[0], np.cumsum(counts)])
        ranges = [token_range(tokens, span) for span in spans]
        each = [total[last] - total[first] if last > first else total[-1] for first, last in ranges]
        return packed(total[-1] / number[-1]), [packed(vector) for vector in each]

    def of_question(self, words: str) -> bytes:
        """The vector of what somebody asks for; pieces over 510 are left out."""
        tokens = tokens_in(words)
        ids = [
            piece for start, end in zip(tokens.start, tokens.end, strict=True) for piece in self._trunk.pieces.of(tokens.text[start:end])
        ]
        return packed(self._meanings(self._trunk.states([_START, *ids[:_LONGEST], _END])).mean(0))

    def _meanings(self, states: Floats) -> Floats:
        meanings: Floats = self._session.run(["meanings"], {"states": states})[0][0]
        return meanings


def packed(vector: Floats) -> bytes:
    """A vector as bytes, brought to length 127."""
    rounded = np.rint(vector * (127 / (float(np.linalg.norm(vector)) or 1.0)))
    return bytes(rounded.astype(np.int8).tobytes())
