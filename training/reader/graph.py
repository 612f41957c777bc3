"""ONNX graphs built node by node: what runs is what stands here, and no exporter comes between."""

from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
from onnx import TensorProto, helper, numpy_helper

Array = npt.NDArray[np.float32]
Reaches = dict[str, Array]  # for the product "l3.fo": the greatest size that each of its inputs takes
EVENING = 0.8  # how much of the outliers goes from the inputs into the weights: from .75 to .85 the tags stay nearest to those in 32 bits
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


def layer(graph: Graph, x: str, weights: dict[str, Array], number: int, reaches: Reaches, heads: int = 12) -> str:
    """One layer of the encoder; the products listed in `reaches` take evened inputs."""
    name = f"l{number}."

    def linear(given: str, parts: str, product: str) -> list[str]:
        reach = reaches.get(f"{name}{product}")
        matrices = [weights[f"{name}{part}.w"] for part in parts.split()]
        if reach is not None:
            scale = evening(reach, matrices)
            given, matrices = graph.op("Mul", given, graph.constant(1 / scale)), [matrix * scale for matrix in matrices]
        return [
            graph.linear(given, matrix, weights[f"{name}{part}.b"], f"{name}{part}")
            for part, matrix in zip(parts.split(), matrices, strict=True)
        ]

    def norm(y: str, which: str) -> str:
        return graph.norm(y, weights[f"{name}{which}.w"], weights[f"{name}{which}.b"])

    seen = graph.op("MultiHeadAttention", *linear(x, "q k v", "qkv"), domain="com.microsoft", num_heads=heads)
    x = norm(graph.op("Add", *linear(seen, "ao", "ao"), x), "aln")
    inner = graph.op("Gelu", *linear(x, "fi", "fi"))
    return norm(graph.op("Add", *linear(inner, "fo", "fo"), x), "oln")


def evening(reach: Array, matrices: list[Array]) -> Array:
    """By what the inputs of a product are divided, and its weights multiplied, so that neither has outliers (SmoothQuant)."""
    weight = np.maximum(np.abs(np.concatenate(matrices)).max(0), 1e-5)
    scale: Array = np.maximum(reach, 1e-5) ** EVENING / weight ** (1 - EVENING)
    return scale / np.float32(np.exp(np.log(scale).mean()))
