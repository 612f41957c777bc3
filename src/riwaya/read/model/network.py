"""The network as it runs: ONNX graphs over one window at a time, and what they say of each token, cue and trigger."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from riwaya.arabic.words import Tokens
from riwaya.read.model.labels import CLAIM_PARTS, EVENT_PARTS, HEADS
from riwaya.read.model.marks import MARKS, Marks
from riwaya.read.model.trunk import Floats, Trunk, open_session
from riwaya.read.model.windows import Window, windows_of

_PARTS = {"claims": CLAIM_PARTS, "events": EVENT_PARTS}


@dataclass(frozen=True, slots=True)
class Pointed:
    """What the network says of one cue or trigger, `first` to `last` (half-open): log probabilities of its labels, statuses and parts.

    `starts[part]` and `ends[part]` are log probabilities over the tokens of the window that begins at token `context`, and last of the
    part being absent.
    """

    first: int
    last: int
    context: int
    label: Floats
    status: Floats
    starts: dict[str, Floats]
    ends: dict[str, Floats]


class Sight:
    """What the network says of one text: probabilities of the tags of every token, and the pointers of any cue or trigger asked for."""

    def __init__(self, network: "Network", windows: list[tuple[Window, Floats]], words: list[Floats], tags: dict[str, Floats]) -> None:
        self._network, self._words = network, words
        self.windows = windows  # with the trunk's states
        self.tags = tags

    def pointed(self, kind: str, anchors: list[tuple[int, int]]) -> dict[tuple[int, int], Pointed]:
        """What the network says of each anchor (half-open token ranges) of a kind, "claims" or "events"."""
        found = {}
        for (window, _), words in zip(self.windows, self._words, strict=True):
            here = [(first, last) for first, last in anchors if window.first <= first < window.last]
            if here:
                found.update(self._network.point(kind, window, words, here))
        return found


class Network:
    """The loaded graphs. `threads` are used within one product; one is best where several processes read."""

    def __init__(self, folder: Path, *, threads: int = 1) -> None:
        self.trunk = Trunk(folder, threads=threads)
        self._reader = open_session(folder / "reader.onnx", threads)
        self._pointers = {kind: open_session(folder / f"{kind}.onnx", threads) for kind in _PARTS}

    def look(self, tokens: Tokens, title: Tokens, marks: Marks) -> Sight:
        """Read a text with the marks of the rules."""
        windows = [(window, self.trunk.states(window.ids)) for window in windows_of(tokens, title, self.trunk.pieces)]
        tags = {head: np.zeros((len(tokens), len(names)), np.float32) for head, names in HEADS.items()}
        words = []
        for window, states in windows:
            known, scores = self._run(window, states, marks[window.context : window.last])
            words.append(known)
            at, skip = 0, window.first - window.context
            for head, names in HEADS.items():
                tags[head][window.first : window.last] = _softmax(scores[skip:, at : at + len(names)])
                at += len(names)
        return Sight(self, windows, words, tags)

    def _run(self, window: Window, states: Floats, marks: Marks) -> tuple[Floats, Floats]:
        by_piece = np.zeros((1, len(window.ids), len(MARKS)), np.float32)
        by_piece[0, window.starts] = marks
        fed = {"states": states, "marks": by_piece, "starts": np.array(window.starts), "ends": np.array(window.ends)}
        words, tags = self._reader.run(["words", "tags"], fed)
        return words, tags

    def point(self, kind: str, window: Window, words: Floats, anchors: list[tuple[int, int]]) -> dict[tuple[int, int], Pointed]:
        """The pointers of anchors within one window."""
        at = np.array(anchors) - window.context
        fed = {"words": words, "first": at[:, 0], "last": np.minimum(at[:, 1] - 1, len(words) - 1)}
        labels, statuses, parts = self._pointers[kind].run(["label", "status", "parts"], fed)
        parts = _log_softmax(parts, 1)
        found = {}
        for number, anchor in enumerate(anchors):
            starts = {part: parts[number, :, 2 * place] for place, part in enumerate(_PARTS[kind])}
            ends = {part: parts[number, :, 2 * place + 1] for place, part in enumerate(_PARTS[kind])}
            label, status = _log_softmax(labels[number], 0), _log_softmax(statuses[number], 0)
            found[anchor] = Pointed(*anchor, window.context, label, status, starts, ends)
        return found


def _softmax(x: Floats) -> Floats:
    spread = np.exp(x - x.max(-1, keepdims=True))
    shares: Floats = spread / spread.sum(-1, keepdims=True)
    return shares


def _log_softmax(x: Floats, axis: int) -> Floats:
    x = x - x.max(axis, keepdims=True)
    logs: Floats = x - np.log(np.exp(x).sum(axis, keepdims=True))
    return logs
