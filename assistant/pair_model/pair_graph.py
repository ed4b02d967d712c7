"""The models of pairs as ONNX graphs: one reads a text, one a claim or question beside evidence."""

from collections.abc import Mapping
from typing import Any

from index.matching.encoder_graph import LAYERS, PLAIN_LAYERS, EncoderGraph, Graph

SHARP = 12.0  # of the likeness of words
LEVELS = tuple(f"level{number}" for number in range(PLAIN_LAYERS, LAYERS))


def text_graph(weights: Mapping[str, Any]) -> EncoderGraph:
    """Return the graph from texts of one length to what each upper layer is told of them.

    In: `ids` (texts, tokens) and `places` (tokens). Out: each of `LEVELS` (texts, tokens, width).
    """
    graph = Graph(weights)
    word = graph.looked_up("embeddings.word_embeddings.weight", "ids")
    place = graph.looked_up("embeddings.position_embeddings.weight", "places")
    types = graph.constant("type", weights["embeddings.token_type_embeddings.weight"][0])
    read = graph.run("Add", graph.run("Add", word, place), types)
    read = graph.normal(read, "embeddings.LayerNorm")
    levels = []
    for number in range(LAYERS - 1):
        read = graph.layer(read, number)
        if number >= PLAIN_LAYERS - 1:
            levels.append(read)
    outputs = dict(zip(LEVELS, levels, strict=True))
    return graph.model({"ids": ["texts", "tokens"], "places": ["tokens"]}, outputs)


def pair_graph(weights: Mapping[str, Any]) -> EncoderGraph:
    """Return the graph from a claim and evidence, as the other graph reads them, to a judgement.

    In: `claim` (1, claimed, width), each of `LEVELS` (1, said, width), `claim_kinds` and
    `evidence_kinds`, and `counts`. Out: `judgement` (1, outputs), log-odds.
    """
    import numpy as np

    graph = Graph(weights)
    unit = {"axis": -1, "p": 2}
    words = graph.run("LpNormalization", "claim", **unit)
    others = graph.run("LpNormalization", LEVELS[0], **unit)
    likeness = graph.run("MatMul", words, graph.run("Transpose", others, perm=[0, 2, 1]))
    likeness = graph.run("Mul", likeness, graph.constant("sharp", np.float32(SHARP)))
    nearest = graph.run("MatMul", graph.run("Softmax", likeness, axis=-1), LEVELS[0])
    x = graph.run("Add", "claim", graph.looked_up("claimed.weight", "claim_kinds"))
    x = graph.run("Add", x, graph.linear(graph.run("Sub", nearest, "claim"), "alike"))
    kinds = graph.looked_up("said.weight", "evidence_kinds")
    for number, level in enumerate(LEVELS, PLAIN_LAYERS):
        beside = graph.run("Add", level, kinds)
        x = graph.layer(x, number, graph.run("Concat", x, beside, axis=1))
    zero, one = (graph.constant(f"at{n}", np.array([n])) for n in (0, 1))
    axis = graph.constant("axis", np.array([1]))
    first = graph.run("Squeeze", graph.run("Slice", x, zero, one, axis), axis)
    mean = graph.run("ReduceMean", x, axis, keepdims=0)
    most = graph.run("ReduceMax", x, axis, keepdims=0)
    read = graph.run("Concat", first, mean, most, "counts", axis=1)
    verdict = graph.linear(graph.gelu(graph.linear(read, "hidden")), "verdict")
    return graph.model(
        {"claim_kinds": [1, "claimed"], "evidence_kinds": [1, "said"]},
        {"judgement": verdict},
        {
            "claim": [1, "claimed", graph.width],
            **{level: [1, "said", graph.width] for level in LEVELS},
            "counts": [1, "counted"],
        },
    )
