"""The models of pairs as graphs: one reads a text, one a claim or question beside evidence."""

from typing import Any

from assistant.pair_model.encoders import Encoder
from index.matching.encoder_graph import Graph
from index.matching.openvino_engine import EncoderGraph

SHARP = 12.0  # of the likeness of words


def text_graph(encoder: Encoder) -> EncoderGraph:
    """Return the graph from texts, filled up to one length, to what each upper layer is told.

    In: `ids` and `shown` (texts, tokens), as of `encoder_graph`. Out: each of the encoder's
    `levels` (texts, tokens, width).
    """
    graph = Graph(encoder.weights)
    read = graph.normal(graph.embedded(), "embeddings.LayerNorm")
    hiding = graph.hiding(graph.numbers("shown"))
    levels = []
    for number in range(encoder.layers - 1):
        read = graph.layer(read, number, hiding)
        if number >= encoder.plain_layers - 1:
            levels.append(read)
    return graph.model(dict(zip(encoder.levels, levels, strict=True)))


def pair_graph(encoder: Encoder) -> EncoderGraph:
    """Return the graph from claims and evidence, as the other graph reads them, to judgements.

    The weights of `encoder` hold what was learned as well.

    In: `claim` (pairs, claimed, width), each of `levels` (pairs, said, width); `claim_kinds` and
    `claim_shown` (pairs, claimed), `evidence_kinds` and `evidence_shown` (pairs, said); `counts`
    (pairs, counted). Out: `judgement` (pairs, outputs), log-odds.
    """
    graph = _PairGraph(encoder.weights)
    op = graph.op
    claim, *levels = (graph.numbers(name, graph.width) for name in ("claim", *encoder.levels))
    claim_shown, said_shown = graph.numbers("claim_shown"), graph.numbers("evidence_shown")
    hiding = graph.hiding(op.concat([claim_shown, said_shown], 1))
    x, nearest = claim, graph.nearest(claim, levels[0], said_shown)
    x = op.add(x, graph.looked_up("claimed.weight", graph.whole("claim_kinds")))
    x = op.add(x, graph.linear(op.subtract(nearest, claim), "alike"))
    kinds = graph.looked_up("said.weight", graph.whole("evidence_kinds"))
    for number, level in enumerate(levels, encoder.plain_layers):
        x = graph.layer(x, number, hiding, op.concat([x, op.add(level, kinds)], 1))
    read = op.concat([*graph.pooled(x, claim_shown), graph.numbers("counts")], 1)
    hidden = op.gelu(graph.linear(read, "hidden"), "erf")
    return graph.model({"judgement": graph.linear(hidden, "verdict")})


class _PairGraph(Graph):
    """Adds what only graphs of pairs have."""

    def nearest(self, x: Any, others: Any, shown: Any) -> Any:
        """Add for each word what the words of another text say that are like it."""
        import numpy as np

        op = self.op
        likeness = op.matmul(self.unit(x), self.unit(others), False, True)
        far = op.squeeze(self.hiding(shown), self.list(1))
        weight = op.softmax(op.add(op.multiply(likeness, np.float32(SHARP)), far), 2)
        return op.matmul(weight, others, False, False)

    def pooled(self, x: Any, shown: Any) -> tuple[Any, Any, Any]:
        """Add the first vector of each text, the mean of its vectors and the largest of each."""
        op = self.op
        each, words = op.unsqueeze(shown, self.list(2)), self.list(1)
        total = op.reduce_sum(op.multiply(x, each), words)
        mean = op.divide(total, op.reduce_sum(each, words))
        far = op.squeeze(op.transpose(self.hiding(shown), self.list(0, 3, 1, 2)), self.list(3))
        return op.gather(x, self.at(0), self.at(1)), mean, op.reduce_max(op.add(x, far), words)
