"""Write the trained network as ONNX files, in eight and four bits.

The graphs are built node by node from the weights: what runs is what stands here, and no exporter comes between. Every graph takes one
window without padding.

    python -m training.reader.export ENCODER RUN -o FOLDER
"""

import argparse
import logging
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.matmul_nbits_quantizer import DefaultWeightOnlyQuantConfig, MatMulNBitsQuantizer

from riwaya.read.model.labels import HEADS
from riwaya.read.model.marks import MARKS
from training.reader.encoder import BLOCK, Shape, matrices
from training.reader.network import FROZEN, REACH, Network

Array = npt.NDArray[np.float32]
HEAD_COUNT = 12  # attention heads
EPSILON = 1e-12


class Graph:
    """Nodes and constants of a graph in the making; every method gives the name of its output."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []

    def constant(self, value: Any, name: str | None = None) -> str:
        """A constant of the graph."""
        name = name or f"c{len(self.constants)}"
        self.constants.append(numpy_helper.from_array(np.asarray(value), name))
        return name

    def op(self, kind: str, *inputs: str, out: str | None = None, domain: str = "", **attributes: Any) -> str:
        """A node with one output."""
        out = out or f"v{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, list(inputs), [out], f"{kind}_{len(self.nodes)}", domain=domain, **attributes))
        return out

    def linear(self, x: str, weight: Array, bias: Array | None, name: str, out: str | None = None) -> str:
        """x · weightᵀ + bias; `name` tells the quantiser which weights these are."""
        product = self.op("MatMul", x, self.constant(np.ascontiguousarray(weight.T), name), out=None if bias is not None else out)
        return product if bias is None else self.op("Add", product, self.constant(bias), out=out)

    def norm(self, x: str, weight: Array, bias: Array) -> str:
        """Layer norm over the last axis."""
        return self.op("LayerNormalization", x, self.constant(weight), self.constant(bias), axis=-1, epsilon=EPSILON)

    def model(self, inputs: dict[str, tuple[int, list[str | int]]], outputs: dict[str, list[str | int]]) -> onnx.ModelProto:
        """The finished graph."""
        taken = [helper.make_tensor_value_info(name, kind, shape) for name, (kind, shape) in inputs.items()]
        given = [helper.make_tensor_value_info(name, TensorProto.FLOAT, shape) for name, shape in outputs.items()]
        graph = helper.make_graph(self.nodes, "riwaya", taken, given, self.constants)
        opsets = [helper.make_opsetid("", 20), helper.make_opsetid("com.microsoft", 1)]
        return helper.make_model(graph, opset_imports=opsets, ir_version=10)


def embedded(graph: Graph, weights: dict[str, Array]) -> str:
    """The input of the first layer from the word pieces' vectors (1, T, width), which are looked up outside."""
    length = graph.op("Slice", graph.op("Shape", "pieces"), graph.constant([1]), graph.constant([2]))
    places = graph.op("Slice", graph.constant(weights["emb.pos"]), graph.constant([0]), length, graph.constant([0]))
    return graph.norm(graph.op("Add", "pieces", places), weights["emb.ln.w"], weights["emb.ln.b"])


def layer(graph: Graph, x: str, weights: dict[str, Array], number: int) -> str:
    """One layer of the encoder."""
    name = f"l{number}."
    weight = lambda part: weights[f"{name}{part}.w"]  # noqa: E731
    bias = lambda part: weights[f"{name}{part}.b"]  # noqa: E731
    q, k, v = (graph.linear(x, weight(part), bias(part), f"{name}{part}") for part in "qkv")
    seen = graph.op("MultiHeadAttention", q, k, v, domain="com.microsoft", num_heads=HEAD_COUNT)
    x = graph.norm(
        graph.op("Add", graph.linear(seen, weight("ao"), bias("ao"), f"{name}ao"), x), weights[f"{name}aln.w"], weights[f"{name}aln.b"]
    )
    inner = graph.op("Gelu", graph.linear(x, weight("fi"), bias("fi"), f"{name}fi"))
    return graph.norm(
        graph.op("Add", graph.linear(inner, weight("fo"), bias("fo"), f"{name}fo"), x), weights[f"{name}oln.w"], weights[f"{name}oln.b"]
    )


def reader_graph(network: Network, blocks: dict[str, npt.NDArray[Any]] | None) -> onnx.ModelProto:
    """pieces (1, T, width), marks (1, T, len(MARKS)) by piece, starts and ends (L) -> words (L, 2 x width + marks) and tags (L, all heads).

    With `blocks` the frozen layers keep the four bits in which they came.
    """
    graph, weights, state = Graph(), encoder_weights(network), weights_of(network)
    x = embedded(graph, weights)
    for number in range(len(network.layers)):
        if number == FROZEN:
            x = graph.op("Add", x, graph.linear("marks", state["marks.weight"], None, "head.marks"))
        x = layer(graph, x, weights, number)
    flat = graph.op("Squeeze", x, graph.constant([0]))
    marks = graph.op("Gather", graph.op("Squeeze", "marks", graph.constant([0])), "starts")
    words = graph.op("Concat", graph.op("Gather", flat, "starts"), graph.op("Gather", flat, "ends"), marks, axis=-1, out="words")
    weight, bias = (np.concatenate([state[f"tag.{name}.{part}"] for name in HEADS]) for part in ("weight", "bias"))
    graph.linear(words, weight, bias, "head.tags", out="tags")
    if blocks:
        _put_blocks(
            graph, blocks, {name: size for name, size in matrices(network.shape).items() if int(name[1 : name.index(".")]) < FROZEN}
        )
    integers, floats = TensorProto.INT64, TensorProto.FLOAT
    return graph.model(
        {
            "pieces": (floats, [1, "T", network.shape.width]), "marks": (floats, [1, "T", len(MARKS)]),
            "starts": (integers, ["L"]), "ends": (integers, ["L"]),
        },
        {"words": ["L", 2 * network.shape.width + len(MARKS)], "tags": ["L", len(bias)]},
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


def _put_blocks(graph: Graph, blocks: dict[str, npt.NDArray[Any]], sizes: dict[str, tuple[int, int]]) -> None:
    """Replace the products with these matrices by four-bit ones on the wheel's own blocks (rows, columns / 32, 16 bytes)."""
    replaced = set()
    for place, node in enumerate(graph.nodes):
        name = f"{node.input[1]}.w" if node.op_type == "MatMul" else ""
        if name not in sizes:
            continue
        rows, columns = sizes[name]
        numbers = blocks[f"{name}.numbers"].reshape(rows, columns // BLOCK, BLOCK)
        replaced.add(node.input[1])
        data = graph.constant((numbers[:, :, 0::2] | numbers[:, :, 1::2] << 4).astype(np.uint8))
        scales = graph.constant(blocks[f"{name}.scales"].astype(np.float32).reshape(-1))
        graph.nodes[place] = helper.make_node(
            "MatMulNBits", [node.input[0], data, scales], list(node.output), node.name, domain="com.microsoft",
            K=columns, N=rows, bits=4, block_size=BLOCK, accuracy_level=4,
        )  # fmt: skip
    graph.constants = [constant for constant in graph.constants if constant.name not in replaced]


def table_of_pieces(blocks: dict[str, npt.NDArray[Any]]) -> dict[str, npt.NDArray[Any]]:
    """The vectors of the word pieces: numbers (pieces, width / 2), two to a byte; scales (pieces, width / 32)."""
    numbers = blocks["emb.word.numbers"]
    return {"numbers": (numbers[:, 0::2] | numbers[:, 1::2] << 4).astype(np.uint8), "scales": blocks["emb.word.scales"].astype(np.float16)}


def in_eight_bits(whole: onnx.ModelProto, path: Path) -> None:
    """int8 products, but for the heads; and only the weights are int8 where the inputs have outliers, out of the inner layer."""
    products = [node for node in whole.graph.node if node.op_type == "MatMul"]
    heads = [node.name for node in products if node.input[1].startswith("head.")]
    outer = [node.name for node in products if node.input[1].endswith(".fo")]
    part = path.with_suffix(".part")
    source = path.with_suffix(".whole")
    onnx.save(whole, source)
    logging.disable(logging.INFO)  # they tell of every node
    quantize_dynamic(
        source, part, per_channel=True, weight_type=QuantType.QInt8, op_types_to_quantize=["MatMul"], nodes_to_exclude=heads + outer,
        extra_options={"DefaultTensorType": TensorProto.FLOAT},
    )  # fmt: skip
    config = DefaultWeightOnlyQuantConfig(block_size=32, is_symmetric=True, accuracy_level=4, bits=8)
    quantiser = MatMulNBitsQuantizer(onnx.load(part), nodes_to_exclude=heads, algo_config=config)
    quantiser.process()
    quantiser.model.save_model_to_file(str(path), False)
    part.unlink()
    source.unlink()


def load_network(run: Path) -> Network:
    """The network that a training wrote."""
    saved = torch.load(run / "network.pt", weights_only=True)
    network = Network(Shape(**saved["shape"]), saved["layers"])
    network.load_state_dict(saved["network"])
    return network.eval()


def main() -> None:
    """Write the graphs, the table of word pieces and the tokenizer."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("encoder", type=Path)
    parser.add_argument("run", type=Path)
    parser.add_argument("-o", "--out", type=Path, required=True)
    parser.add_argument("--whole", action="store_true", help="also the reader in 32 bits, to measure against")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    network, blocks = load_network(options.run), dict(np.load(options.encoder / "blocks.npz"))
    if options.whole:
        onnx.save(reader_graph(network, None), options.out / "reader.whole.onnx")
    in_eight_bits(reader_graph(network, blocks), options.out / "reader.onnx")
    for kind in ("claims", "events"):
        onnx.save(pointer_graph(network, kind), options.out / f"{kind}.onnx")
    np.savez(options.out / "pieces.npz", **table_of_pieces(blocks))
    (options.out / "tokenizer.json").write_bytes((options.encoder / "tokenizer.json").read_bytes())
    for path in sorted(options.out.iterdir()):
        print(f"{path.name:20} {path.stat().st_size / 1e6:6.1f} MB")


if __name__ == "__main__":
    main()
