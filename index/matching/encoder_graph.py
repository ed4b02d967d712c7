"""The packaged encoder as ONNX graphs, made from its weights: as it is, and adapted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

LAYERS, PLAIN_LAYERS, HEADS = 6, 3, 12
_EPSILON = 1e-12
_OPSET = 18
_WITHIN_BYTES = 1_024  # constants up to this size stand in the graph, where shapes are told by them


@dataclass(frozen=True, slots=True)
class EncoderGraph:
    """A graph as ONNX has it, without its larger weights, which stand beside it by their names."""

    onnx: bytes
    weights: Mapping[str, Any]


def embedding_graph(weights: Mapping[str, Any]) -> EncoderGraph:
    """Return the graph from texts of one length to the vectors of sentence-transformers.

    In: `ids` (texts, tokens), `places` (tokens), whole numbers, `shares` (1, tokens), one divided
    by the number of tokens. Out, each of length one: `vectors` (texts, width), the means of the
    vectors of their tokens; `tokens` (texts, tokens, width).
    """
    import numpy as np

    graph = Graph(weights)
    read = graph.embedded()
    for number in range(LAYERS):
        read = graph.layer(read, number)
    # A product: a mean by ReduceMean has other last digits for one text than for several.
    means = graph.run("MatMul", "shares", read)
    flat = graph.constant("flat", np.array([-1, graph.width]))
    vectors = graph.run("Reshape", means, flat)
    outputs = {"vectors": graph.unit(vectors), "tokens": graph.unit(read)}
    whole: dict[str, list[int | str]] = {"ids": ["texts", "tokens"], "places": ["tokens"]}
    return graph.model(whole, outputs, {"shares": [1, "tokens"]})


def encoder_graph(weights: Mapping[str, Any]) -> EncoderGraph:
    """Return the graph from a text to what the adapted encoder says of its words.

    It reads one text, so that nothing is padded and what is said of it depends on it alone.

    In: `ids`, `kinds` and `marks` (1, tokens), `places` (tokens), all whole numbers. Out: `read`
    (1, tokens, width). Kinds and marks are told to the layers that were adapted.
    """
    graph = Graph(weights)
    read = graph.embedded()
    for number in range(LAYERS):
        if number == PLAIN_LAYERS:
            for table in ("kinds", "marks"):
                read = graph.run("Add", read, graph.looked_up(f"{table}.weight", table))
        read = graph.layer(read, number)
    inputs: dict[str, list[int | str]] = {n: [1, "tokens"] for n in ("ids", "kinds", "marks")}
    return graph.model({**inputs, "places": ["tokens"]}, {"read": read})


class Graph:
    """Collects the nodes and constants of a graph."""

    def __init__(self, weights: Mapping[str, Any]) -> None:
        import numpy as np

        self._weights = weights
        self._nodes: list[Any] = []
        self._held: dict[str, Any] = {}
        self.width = int(weights["embeddings.word_embeddings.weight"].shape[1])
        self.one = self.constant("one", np.float32(1.0))

    def constant(self, name: str, value: Any) -> str:
        """Return the name of a constant, held once."""
        import numpy as np

        if name not in self._held:
            self._held[name] = np.ascontiguousarray(value)
        return name

    def run(self, op: str, *inputs: str, **attributes: Any) -> str:
        """Add a node and return the name of its output."""
        from onnx import helper

        name = f"{op}{len(self._nodes)}"
        self._nodes.append(helper.make_node(op, list(inputs), [name], **attributes))
        return name

    def linear(self, x: str, stem: str) -> str:
        """Add a linear layer."""
        matrix = self.constant(f"{stem}.weight", self._weights[f"{stem}.weight"].T)
        bias = self.constant(f"{stem}.bias", self._weights[f"{stem}.bias"])
        return self.run("Add", self.run("MatMul", x, matrix), bias)

    def normal(self, x: str, stem: str) -> str:
        """Add a layer normalisation."""
        scale = self.constant(f"{stem}.weight", self._weights[f"{stem}.weight"])
        bias = self.constant(f"{stem}.bias", self._weights[f"{stem}.bias"])
        return self.run("LayerNormalization", x, scale, bias, axis=-1, epsilon=_EPSILON)

    def embedded(self) -> str:
        """Add what goes into the first layer: the vectors of the words `ids` at their `places`."""
        word = self.looked_up("embeddings.word_embeddings.weight", "ids")
        place = self.looked_up("embeddings.position_embeddings.weight", "places")
        kind = self.constant("type", self._weights["embeddings.token_type_embeddings.weight"][0])
        read = self.run("Add", self.run("Add", word, place), kind)
        return self.normal(read, "embeddings.LayerNorm")

    def unit(self, x: str) -> str:
        """Add the division of vectors by their length."""
        return self.run("LpNormalization", x, axis=-1, p=2)

    def looked_up(self, name: str, at: str) -> str:
        """Add the rows of a table at some numbers."""
        return self.run("Gather", self.constant(name, self._weights[name]), at)

    def layer(self, x: str, number: int, attended: str = "") -> str:
        """Add a layer of the encoder (Devlin and others 2019).

        Its words attend to those of `attended`; to themselves without it.
        """
        import numpy as np

        stem = f"encoder.layer.{number}"
        each = self.width // HEADS
        split = self.constant("split", np.array([0, 0, HEADS, each]))
        joined = self.constant("joined", np.array([0, 0, self.width]))

        def heads(of: str, name: str, order: list[int]) -> str:
            apart = self.run("Reshape", self.linear(of, f"{stem}.attention.self.{name}"), split)
            return self.run("Transpose", apart, perm=order)

        among = attended or x
        query, key = heads(x, "query", [0, 2, 1, 3]), heads(among, "key", [0, 2, 3, 1])
        scores = self.run("MatMul", query, key)
        scale = self.constant("scale", np.float32(each**-0.5))
        weight = self.run("Softmax", self.run("Mul", scores, scale), axis=-1)
        mixed = self.run("MatMul", weight, heads(among, "value", [0, 2, 1, 3]))
        mixed = self.run("Reshape", self.run("Transpose", mixed, perm=[0, 2, 1, 3]), joined)
        mixed = self.linear(mixed, f"{stem}.attention.output.dense")
        x = self.normal(self.run("Add", x, mixed), f"{stem}.attention.output.LayerNorm")
        inner = self.linear(x, f"{stem}.intermediate.dense")
        inner = self.linear(self.gelu(inner), f"{stem}.output.dense")
        return self.normal(self.run("Add", x, inner), f"{stem}.output.LayerNorm")

    def gelu(self, x: str) -> str:
        """Add a Gaussian error linear unit, in the form that ONNX Runtime knows as one."""
        import numpy as np

        half = self.constant("half", np.float32(0.5))
        root = self.constant("root", np.float32(2**0.5))
        gate = self.run("Add", self.run("Erf", self.run("Div", x, root)), self.one)
        return self.run("Mul", self.run("Mul", x, gate), half)

    def model(
        self,
        inputs: Mapping[str, Sequence[int | str]],
        outputs: Mapping[str, str],
        states: Mapping[str, Sequence[int | str]] | None = None,
    ) -> EncoderGraph:
        """Return the model with these inputs, by shape, and outputs.

        `inputs` are whole numbers, `states` are not.
        """
        from onnx import TensorProto, helper

        for name, node in outputs.items():
            self._nodes.append(helper.make_node("Identity", [node], [name]))
        graph = helper.make_graph(
            self._nodes,
            "encoder",
            [
                helper.make_tensor_value_info(name, kind, list(shape))
                for kind, held in ((TensorProto.INT64, inputs), (TensorProto.FLOAT, states or {}))
                for name, shape in held.items()
            ],
            [helper.make_tensor_value_info(name, TensorProto.FLOAT, None) for name in outputs],
            [_initializer(*one) for one in self._held.items()],
        )
        opset = [helper.make_opsetid("", _OPSET)]
        model = helper.make_model(graph, opset_imports=opset, ir_version=9)
        beside = {name: held for name, held in self._held.items() if _is_beside(held)}
        return EncoderGraph(model.SerializeToString(), beside)


def _is_beside(value: Any) -> bool:
    return bool(value.nbytes > _WITHIN_BYTES)


def _initializer(name: str, value: Any) -> Any:
    """Return a constant of the graph, of one that stands beside it only what it is."""
    from onnx import TensorProto, helper, numpy_helper

    if not _is_beside(value):
        return numpy_helper.from_array(value, name)
    kind = helper.np_dtype_to_tensor_dtype(value.dtype)
    told = TensorProto(name=name, data_type=kind, dims=value.shape)
    told.data_location = TensorProto.EXTERNAL
    told.external_data.add(key="location", value=name)
    return told
