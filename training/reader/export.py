"""Write the trained network and the untouched encoder as ONNX files in eight bits.

Every graph takes one window without padding. The lowest layers, which no training changed, run once for both: `trunk.onnx`, then
`reader.onnx` and `vectors.onnx`. Of several trainings that began from the same network the mean is taken.

    python -m training.reader.export ENCODER RUN [RUN ...] -o FOLDER
"""

import argparse
import logging
import pickle
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
import torch
from onnx import TensorProto
from onnxruntime.quantization import QuantType, quantize_dynamic

from riwaya.read.model.labels import HEADS
from riwaya.read.model.marks import MARKS
from riwaya.read.model.windows import Pieces
from training.reader.encoder import Shape
from training.reader.examples import Row, rows_of
from training.reader.graph import Array, Graph, Reaches, embedded, layer
from training.reader.network import FROZEN, REACH, Network, batch_of

WIDTH, HEAD_COUNT = 384, 12  # of the encoder; attention heads


def trunk_graph(weights: dict[str, Array], reaches: Reaches) -> onnx.ModelProto:
    """pieces (1, T, width) -> states (1, T, width) after the frozen layers."""
    graph = Graph()
    x = embedded(graph, weights)
    for number in range(FROZEN):
        x = layer(graph, x, weights, number, reaches)
    graph.op("Identity", x, out="states")
    return graph.model({"pieces": (TensorProto.FLOAT, [1, "T", WIDTH])}, {"states": [1, "T", WIDTH]})


def vectors_graph(weights: dict[str, Array], layers: int, reaches: Reaches) -> onnx.ModelProto:
    """states (1, T, width) of the trunk -> meanings (1, T, width) of the untouched encoder."""
    graph, x = Graph(), "states"
    for number in range(FROZEN, layers):
        x = layer(graph, x, weights, number, reaches)
    graph.op("Identity", x, out="meanings")
    return graph.model({"states": (TensorProto.FLOAT, [1, "T", WIDTH])}, {"meanings": [1, "T", WIDTH]})


def reader_graph(network: Network, reaches: Reaches) -> onnx.ModelProto:
    """states (1, T, width) of the trunk, marks (1, T, len(MARKS)) by piece, starts and ends (L) -> words (L, 2 x width + marks) and tags
    (L, all heads)."""
    graph, weights, state = Graph(), encoder_weights(network), weights_of(network)
    x = graph.op("Add", "states", graph.linear("marks", state["marks.weight"], None, "head.marks"))
    for number in range(FROZEN, len(network.layers)):
        x = layer(graph, x, weights, number, reaches)
    flat = graph.op("Squeeze", x, graph.constant([0]))
    marks = graph.op("Gather", graph.op("Squeeze", "marks", graph.constant([0])), "starts")
    words = graph.op("Concat", graph.op("Gather", flat, "starts"), graph.op("Gather", flat, "ends"), marks, axis=-1, out="words")
    weight, bias = (np.concatenate([state[f"tag.{name}.{part}"] for name in HEADS]) for part in ("weight", "bias"))
    graph.linear(words, weight, bias, "head.tags", out="tags")
    integers, floats = TensorProto.INT64, TensorProto.FLOAT
    return graph.model(
        {
            "states": (floats, [1, "T", WIDTH]), "marks": (floats, [1, "T", len(MARKS)]),
            "starts": (integers, ["L"]), "ends": (integers, ["L"]),
        },
        {"words": ["L", 2 * WIDTH + len(MARKS)], "tags": ["L", len(bias)]},
    )  # fmt: skip


def pointer_graph(network: Network, kind: str) -> onnx.ModelProto:
    """words (L, width) and anchors `first`, `last` (N) -> label (N, labels), status (N, 3), parts (N, L + 1, 2 x parts)."""
    graph, state = Graph(), weights_of(network)
    part = f"point.{kind}."
    linear = lambda x, name, out=None: graph.linear(x, state[f"{name}.weight"], state.get(f"{name}.bias"), f"head.{name}", out=out)  # noqa: E731
    ends = (graph.op("Gather", "words", at) for at in ("first", "last"))
    anchors = graph.op("Mul", graph.op("Add", *ends), graph.constant(np.float32(0.5)))
    linear(anchors, f"label.{kind}", "label")
    linear(anchors, "status", "status")
    asked = linear(anchors, f"{part}query")
    length = graph.op("Squeeze", graph.op("Slice", graph.op("Shape", "words"), graph.constant([0]), graph.constant([1])))
    places = graph.op("Range", graph.constant(np.int64(0)), length, graph.constant(np.int64(1)))
    zero, one = graph.constant(np.int64(0)), graph.constant([1])
    before = graph.op("Min", graph.op("Sub", places, graph.op("Unsqueeze", "first", one)), zero)
    after = graph.op("Max", graph.op("Sub", places, graph.op("Unsqueeze", "last", one)), zero)
    gap = graph.op("Clip", graph.op("Add", before, after), graph.constant(np.int64(-REACH)), graph.constant(np.int64(REACH)))
    distance = graph.op("Gather", graph.constant(state[f"{part}distance.weight"]), graph.op("Add", gap, graph.constant(np.int64(REACH))))
    hidden = graph.op("Add", graph.op("Add", linear("words", f"{part}key"), distance), graph.op("Unsqueeze", asked, one))
    scores = graph.op("Add", linear(graph.op("Gelu", hidden), f"{part}out"), linear("words", f"{part}alone"))
    none = graph.op("Unsqueeze", linear(graph.op("Gelu", asked), f"{part}none"), one)
    graph.op("Concat", scores, none, axis=1, out="parts")
    width = network.shape.width * 2 + len(MARKS)
    integers = TensorProto.INT64
    return graph.model(
        {"words": (TensorProto.FLOAT, ["L", width]), "first": (integers, ["N"]), "last": (integers, ["N"])},
        {"label": ["N", "labels"], "status": ["N", 3], "parts": ["N", "P", "roles"]},
    )


def weights_of(network: Network) -> dict[str, Array]:
    """All parameters by name."""
    return {name: value.detach().float().numpy() for name, value in network.state_dict().items()}


def encoder_weights(network: Network) -> dict[str, Array]:
    """The encoder's weights by the names of `encoder.npz`."""
    state = weights_of(network)
    found = {
        "emb.word": state["words.weight"],
        "emb.pos": state["positions.weight"],
        "emb.ln.w": state["norm.weight"],
        "emb.ln.b": state["norm.bias"],
    }
    for number in range(len(network.layers)):
        for part, field in (("w", "weight"), ("b", "bias")):
            for which, values in zip("qkv", np.split(state[f"layers.{number}.qkv.{field}"], 3), strict=True):
                found[f"l{number}.{which}.{part}"] = values
            for ours, theirs in (("out", "ao"), ("up", "fi"), ("down", "fo"), ("norm_attention", "aln"), ("norm", "oln")):
                found[f"l{number}.{theirs}.{part}"] = state[f"layers.{number}.{ours}.{field}"]
    return found


def table_of_pieces(blocks: dict[str, npt.NDArray[Any]]) -> dict[str, npt.NDArray[Any]]:
    """The vectors of the word pieces: numbers (pieces, width / 2), two to a byte; scales (pieces, width / 32)."""
    numbers = blocks["emb.word.numbers"]
    return {"numbers": (numbers[:, 0::2] | numbers[:, 1::2] << 4).astype(np.uint8), "scales": blocks["emb.word.scales"].astype(np.float16)}


def in_eight_bits(whole: onnx.ModelProto, path: Path) -> None:
    """Write a graph with all its products in int8 but those of the heads."""
    heads = [node.name for node in whole.graph.node if node.op_type == "MatMul" and node.input[1].startswith("head.")]
    kept = path.with_suffix(".whole")
    onnx.save(whole, kept)
    logging.disable(logging.INFO)  # they tell of every node
    quantize_dynamic(
        kept, path, per_channel=True, weight_type=QuantType.QInt8, op_types_to_quantize=["MatMul"], nodes_to_exclude=heads,
        extra_options={"DefaultTensorType": TensorProto.FLOAT},
    )  # fmt: skip
    kept.unlink()


def sample(path: Path, pieces: Pieces, count: int = 60) -> list[Row]:
    """Some windows of what a training read, the same at each call."""
    examples = [example for example in pickle.loads(path.read_bytes()) if example.claims or example.events]
    rng = random.Random(1)
    return [row for example in rng.sample(examples, min(count, len(examples))) for row in rows_of(example, pieces, rng)][:count]


@torch.no_grad()
def reaches_in(network: Network, rows: list[Row]) -> Reaches:
    """How large the inputs of each product become while these windows are read."""
    found: Reaches = {}

    def watch(name: str) -> Callable[[torch.nn.Module, tuple[torch.Tensor, ...]], None]:
        def look(_: torch.nn.Module, inputs: tuple[torch.Tensor, ...]) -> None:
            here = inputs[0].abs().flatten(0, -2).amax(0).numpy()
            found[name] = np.maximum(found.get(name, here), here)

        return look

    hooks = [
        product.register_forward_pre_hook(watch(f"l{number}.{name}"))
        for number, each in enumerate(network.layers)
        for name, product in (("qkv", each.qkv), ("ao", each.out), ("fi", each.up), ("fo", each.down))
    ]
    for row in rows:
        network.read(batch_of([row]))
    for hook in hooks:
        hook.remove()
    return found


def untouched(encoder: Path) -> Network:
    """The encoder as it came, as a network whose heads nobody trained."""
    weights = dict(np.load(encoder / "encoder.npz"))
    shape = Shape(WIDTH, 12, HEAD_COUNT, 1536, len(weights["emb.word"]), 512)
    network = Network(shape, shape.layers)
    network.load_encoder(weights)
    return network.eval()


def load_network(runs: list[Path]) -> Network:
    """The network that a training wrote, or the mean of several."""
    saved = [torch.load(run / "network.pt", weights_only=True) for run in runs]
    network = Network(Shape(**saved[0]["shape"]), saved[0]["layers"])
    states = [each["network"] for each in saved]
    network.load_state_dict({name: torch.stack([state[name] for state in states]).mean(0) for name in states[0]})
    return network.eval()


def main() -> None:
    """Write the graphs, the table of word pieces and the tokenizer."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("encoder", type=Path)
    parser.add_argument("runs", type=Path, nargs="+")
    parser.add_argument("-o", "--out", type=Path, required=True)
    parser.add_argument("--whole", action="store_true", help="in 32 bits, to measure against")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(1)
    network, encoder = load_network(options.runs), untouched(options.encoder)
    rows = sample(options.runs[0] / "examples.pkl", Pieces(options.encoder / "tokenizer.json"))
    ours, theirs = ({}, {}) if options.whole else (reaches_in(each, rows) for each in (network, encoder))
    graphs = {
        "trunk": trunk_graph(encoder_weights(encoder), theirs),
        "reader": reader_graph(network, ours),
        "vectors": vectors_graph(encoder_weights(encoder), len(encoder.layers), theirs),
    }
    for name, graph in graphs.items():
        (onnx.save if options.whole else in_eight_bits)(graph, options.out / f"{name}.onnx")
    for kind in ("claims", "events"):
        onnx.save(pointer_graph(network, kind), options.out / f"{kind}.onnx")
    np.savez(options.out / "pieces.npz", **table_of_pieces(dict(np.load(options.encoder / "blocks.npz"))))
    (options.out / "tokenizer.json").write_bytes((options.encoder / "tokenizer.json").read_bytes())
    for path in sorted(options.out.iterdir()):
        print(f"{path.name:20} {path.stat().st_size / 1e6:6.1f} MB")


if __name__ == "__main__":
    main()
