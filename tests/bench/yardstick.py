"""What an encoder of the size of BERT-base costs, which most Arabic taggers run: the yardstick beside which the neural reader stands.

Its weights are random, its windows those of the reader, its graph runs in the same ONNX Runtime in 32 bits. Needs what training needs.
"""

import tempfile
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from onnx import TensorProto

from riwaya.arabic.words import tokens_in
from riwaya.read.interchange import article_of
from riwaya.read.model.trunk import open_session
from riwaya.read.model.weights import FOLDER
from riwaya.read.model.windows import Pieces, windows_of
from training.reader.graph import Graph, layer

_WIDTH, _INNER, _LAYERS, _HEADS = 768, 3072, 12, 12


def bert_base() -> onnx.ModelProto:
    """pieces (1, T, 768) -> states (1, T, 768), with random weights."""
    rng = np.random.default_rng(1)
    graph, x = Graph(), "pieces"
    sizes = {**dict.fromkeys(("q", "k", "v", "ao"), (_WIDTH, _WIDTH)), "fi": (_INNER, _WIDTH), "fo": (_WIDTH, _INNER)}
    for number in range(_LAYERS):
        weights = {f"l{number}.{name}.w": rng.normal(0, 0.02, size).astype(np.float32) for name, size in sizes.items()}
        weights |= {f"l{number}.{name}.b": np.zeros(rows, np.float32) for name, (rows, _) in sizes.items()}
        for norm in ("aln", "oln"):
            weights |= {f"l{number}.{norm}.w": np.ones(_WIDTH, np.float32), f"l{number}.{norm}.b": np.zeros(_WIDTH, np.float32)}
        x = layer(graph, x, weights, number, {}, _HEADS)
    graph.op("Identity", x, out="states")
    return graph.model({"pieces": (TensorProto.FLOAT, [1, "T", _WIDTH])}, {"states": [1, "T", _WIDTH]})


def bench_yardstick(rows: Iterable[dict[str, Any]], threads: int) -> None:
    """Print how many articles a second the encoder alone passes."""
    pieces, rng = Pieces(FOLDER / "tokenizer.json"), np.random.default_rng(1)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bert.onnx"
        onnx.save(bert_base(), path)
        session = open_session(path, threads)
        seconds, number, words = 0.0, 0, 0
        for article in map(article_of, rows):
            number += 1
            tokens = tokens_in(article.text)
            words += len(article.text.split())
            for window in windows_of(tokens, tokens_in(article.title), pieces):
                states = rng.normal(size=(1, len(window.ids), _WIDTH)).astype(np.float32)
                started = time.perf_counter()
                session.run(["states"], {"pieces": states})
                seconds += time.perf_counter() - started
    speed = f"{number / seconds:.1f} articles/s, {words / seconds:.0f} words/s"
    print(f"an encoder of the size of BERT-base, random weights, threads {threads}: {number} articles, {speed}", flush=True)
