"""The trunk: word pieces into the states that both the reader and the vectors go on from; run once for the two."""

from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnxruntime

from riwaya.read.model.windows import Pieces

Floats = npt.NDArray[np.float32]
_SLOWER = ["SkipLayerNormFusion"]  # one kernel for sum and norm, on CPUs slower than the two: 35 against 30 ms for three layers
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


class Trunk:
    """The lowest layers of the encoder, which no training changed."""

    def __init__(self, folder: Path, *, threads: int = 1) -> None:
        self.pieces = Pieces(folder / "tokenizer.json")
        self._table = PieceTable(folder / "pieces.npz")
        self._session = open_session(folder / "trunk.onnx", threads)

    def states(self, ids: list[int]) -> Floats:
        """The states of these pieces, at most 512, as (1, pieces, width)."""
        states: Floats = self._session.run(["states"], {"pieces": self._table.of(ids)})[0]
        return states


def open_session(path: Path, threads: int) -> Any:
    """A graph ready to run on `threads` threads."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads, options.inter_op_num_threads = threads, 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"], disabled_optimizers=_SLOWER)
