"""The network as it runs: ONNX graphs over one window at a time, and what they say of each token, cue and trigger."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnxruntime

from riwaya.arabic.words import Tokens
from riwaya.read.model.labels import CLAIM_PARTS, EVENT_PARTS, HEADS
from riwaya.read.model.marks import MARKS, Marks
from riwaya.read.model.windows import Pieces, Window, windows_of

Floats = npt.NDArray[np.float32]
_PARTS = {"claims": CLAIM_PARTS, "events": EVENT_PARTS}
_BLOCK = 32  # numbers of a word piece's vector that share a scale


class PieceTable:
    """The vectors of the word pieces, in four bits."""

    def __init__(self, path: Path) -> None:
        with np.load(path) as table:
            self._numbers, self._scales = table["numbers"], table["scales"].astype(np.float32)

    def of(self, ids: list[int]) -> Floats:
        """The vectors of the pieces, as (1, pieces, width)."""
        packed = self._numbers[ids]
        numbers = np.stack([packed & 15, packed >> 4], axis=-1).reshape(len(ids), -1, _BLOCK).astype(np.float32) - 8
        vectors: Floats = (numbers * self._scales[ids][:, :, None]).reshape(1, len(ids), -1)
        return vectors


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

    def __init__(self, network: "Network", windows: list[Window], words: list[Floats], tags: dict[str, Floats]) -> None:
        self._network, self._windows, self._words = network, windows, words
        self.tags = tags

    def pointed(self, kind: str, anchors: list[tuple[int, int]]) -> dict[tuple[int, int], Pointed]:
        """What the network says of each anchor (half-open token ranges) of a kind, "claims" or "events"."""
        found = {}
        for window, words in zip(self._windows, self._words, strict=True):
            here = [(first, last) for first, last in anchors if window.first <= first < window.last]
            if here:
                found.update(self._network.point(kind, window, words, here))
        return found


class Network:
    """The loaded graphs. `threads` are used within one product; one is best where several processes read."""

    def __init__(self, folder: Path, *, threads: int = 1, graph: str = "reader.onnx") -> None:
        self.pieces = Pieces(folder / "tokenizer.json")
        self._table = PieceTable(folder / "pieces.npz")
        self._reader = open_session(folder / graph, threads)
        self._pointers = {kind: open_session(folder / f"{kind}.onnx", threads) for kind in _PARTS}

    def look(self, tokens: Tokens, title: Tokens, marks: Marks) -> Sight:
        """Read a text with the marks of the rules."""
        windows = windows_of(tokens, title, self.pieces)
        tags = {head: np.zeros((len(tokens), len(names)), np.float32) for head, names in HEADS.items()}
        words = []
        for window in windows:
            known, scores = self._run(window, marks[window.context : window.last])
            words.append(known)
            at, skip = 0, window.first - window.context
            for head, names in HEADS.items():
                tags[head][window.first : window.last] = _softmax(scores[skip:, at : at + len(names)])
                at += len(names)
        return Sight(self, windows, words, tags)

    def _run(self, window: Window, marks: Marks) -> tuple[Floats, Floats]:
        by_piece = np.zeros((1, len(window.ids), len(MARKS)), np.float32)
        by_piece[0, window.starts] = marks
        fed = {"pieces": self._table.of(window.ids), "marks": by_piece, "starts": np.array(window.starts), "ends": np.array(window.ends)}
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


def open_session(path: Path, threads: int) -> Any:
    """A graph ready to run on `threads` threads, which holds no memory between runs."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads, options.inter_op_num_threads = threads, 1
    options.enable_cpu_mem_arena = False
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def _softmax(x: Floats) -> Floats:
    spread = np.exp(x - x.max(-1, keepdims=True))
    shares: Floats = spread / spread.sum(-1, keepdims=True)
    return shares


def _log_softmax(x: Floats, axis: int) -> Floats:
    x = x - x.max(axis, keepdims=True)
    logs: Floats = x - np.log(np.exp(x).sum(axis, keepdims=True))
    return logs
