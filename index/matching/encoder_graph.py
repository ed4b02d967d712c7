"""The packaged encoder as graphs, made from its weights: as it is, and adapted."""

from collections.abc import Mapping, Sequence
from typing import Any

from index.matching.openvino_engine import EncoderGraph, load_openvino

LAYERS, PLAIN_LAYERS, HEADS = 6, 3, 12
TOLD = "kinds", "marks"  # of each token, to the layers that were adapted
_EPSILON = 1e-12
_SMALLEST = 1e-30  # added to the length of a vector
_FAR = 1e9  # log-odds that hide a word


def encoder_graph(weights: Mapping[str, Any], told: Sequence[str] = ()) -> EncoderGraph:
    """Return the graph from texts, filled up to one length, to what it says of their words.

    In: `ids` (texts, tokens), whole numbers, and `shown` (texts, tokens), 1 where the text stands
    and 0 where it is filled up; for each name of `told`, whole numbers (texts, tokens) that the
    layers which were adapted are told. Out: `read` (texts, tokens, width).
    """
    graph = Graph(weights)
    read = graph.normal(graph.embedded(), "embeddings.LayerNorm")
    hiding = graph.hiding(graph.numbers("shown"))
    more = [graph.looked_up(f"{name}.weight", graph.whole(name)) for name in told]
    for number in range(LAYERS):
        if number == PLAIN_LAYERS:
            for one in more:
                read = graph.op.add(read, one)
        read = graph.layer(read, number, hiding)
    return graph.model({"read": read})


class Graph:
    """Collects the inputs and constants of a graph; `op` makes its nodes (OpenVINO's opset)."""

    def __init__(self, weights: Mapping[str, Any]) -> None:
        self.op = load_openvino().opset13
        self._weights = weights
        self._inputs: list[Any] = []
        self._constants: dict[str, Any] = {}
        self.width = int(weights["embeddings.word_embeddings.weight"].shape[1])

    def whole(self, name: str) -> Any:
        """Add an input of whole numbers (texts, tokens)."""
        import numpy as np

        return self._input(name, np.int64)

    def numbers(self, name: str, *width: int) -> Any:
        """Add an input of numbers (texts, tokens), or of vectors of them with a width."""
        import numpy as np

        return self._input(name, np.float32, *width)

    def _input(self, name: str, kind: Any, *width: int) -> Any:
        node = self.op.parameter([-1, -1, *width], kind, name)
        node.output(0).set_names({name})
        self._inputs.append(node)
        return node

    def held(self, name: str) -> Any:
        """Return the constant of some weights."""
        import numpy as np

        if name not in self._constants:
            self._constants[name] = np.ascontiguousarray(self._weights[name], np.float32)
        return self.op.constant(self._constants[name], shared_memory=True)

    def linear(self, x: Any, stem: str) -> Any:
        """Add a linear layer."""
        product = self.op.matmul(x, self.held(f"{stem}.weight"), False, True)
        return self.op.add(product, self.held(f"{stem}.bias"))

    def normal(self, x: Any, stem: str) -> Any:
        """Add a layer normalisation."""
        apart = self.op.mvn(x, self.list(-1), True, _EPSILON, "inside_sqrt")
        scaled = self.op.multiply(apart, self.held(f"{stem}.weight"))
        return self.op.add(scaled, self.held(f"{stem}.bias"))

    def embedded(self) -> Any:
        """Add what the first layer is made of: the vectors of the words `ids` at their places."""
        op, ids = self.op, self.whole("ids")
        count = op.gather(op.shape_of(ids), self.at(1), self.at(0))
        places = op.range(self.at(0), count, self.at(1), "i64")
        place = self.looked_up("embeddings.position_embeddings.weight", places)
        kind = self.looked_up("embeddings.token_type_embeddings.weight", self.list(0))
        word = self.looked_up("embeddings.word_embeddings.weight", ids)
        return op.add(op.add(word, place), kind)

    def hiding(self, shown: Any) -> Any:
        """Add what is added to how far words are attended to, where some are not shown."""
        import numpy as np

        far = self.op.multiply(self.op.subtract(shown, np.float32(1)), np.float32(_FAR))
        return self.op.unsqueeze(far, self.list(1, 2))

    def unit(self, x: Any) -> Any:
        """Add the division of vectors by their length."""
        return self.op.normalize_l2(x, self.list(-1), _SMALLEST, "add")

    def looked_up(self, name: str, at: Any) -> Any:
        """Add the rows of a table at some numbers."""
        return self.op.gather(self.held(name), at, self.at(0))

    def layer(self, x: Any, number: int, hiding: Any, attended: Any = None) -> Any:
        """Add a layer of the encoder (Devlin and others 2019).

        Its words attend to those of `attended`, to themselves without it; `hiding` is of these.
        """
        op, stem = self.op, f"encoder.layer.{number}"
        order = self.list(0, 2, 1, 3)
        split = self.list(0, 0, HEADS, self.width // HEADS)

        def heads(of: Any, name: str) -> Any:
            apart = op.reshape(self.linear(of, f"{stem}.attention.self.{name}"), split, True)
            return op.transpose(apart, order)

        among = x if attended is None else attended
        mixed = op.scaled_dot_product_attention(
            heads(x, "query"), heads(among, "key"), heads(among, "value"), hiding
        )
        mixed = op.reshape(op.transpose(mixed, order), self.list(0, 0, self.width), True)
        mixed = self.linear(mixed, f"{stem}.attention.output.dense")
        x = self.normal(op.add(x, mixed), f"{stem}.attention.output.LayerNorm")
        inner = op.gelu(self.linear(x, f"{stem}.intermediate.dense"), "erf")
        inner = self.linear(inner, f"{stem}.output.dense")
        return self.normal(op.add(x, inner), f"{stem}.output.LayerNorm")

    def model(self, outputs: Mapping[str, Any]) -> EncoderGraph:
        """Return the model with these outputs."""
        results = [self.op.result(node) for node in outputs.values()]
        for name, result in zip(outputs, results, strict=True):
            result.output(0).set_names({name})
        model = load_openvino().Model(results, self._inputs, "encoder")
        return EncoderGraph(model, self._constants)

    def list(self, *of: int) -> Any:
        """Return a constant, a row of whole numbers."""
        import numpy as np

        return self.op.constant(np.array(of, np.int64))

    def at(self, axis: int) -> Any:
        """Return a constant, a whole number."""
        import numpy as np

        return self.op.constant(np.int64(axis))
