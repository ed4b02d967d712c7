"""Damage of the vectors: unreadable, missing, stray, or those of other texts."""

import random
from collections.abc import Iterator, Sequence
from functools import partial

from index.ingestion.rebuilding import rebuild
from index.ingestion.splitting import fitted_text
from index.storage.store import PassageStore
from index.upkeep.damage import Damage, Patient
from index.upkeep.embedding_anew import embed_anew
from index.upkeep.vector_probe import probe_apart

_SAMPLE = 64  # passages that are embedded anew and compared
_ALIKE = 0.999  # the least cosine of two vectors of one text


def damaged_vectors(patient: Patient) -> Iterator[Damage]:
    """Yield what is wrong with the vectors; where they cannot be read, that alone."""
    with patient.store() as store:
        found = probe_apart(store)
    if found is None:
        what = "the vectors cannot be read"
        yield Damage("damaged vectors", what, partial(_rebuild, patient))
        return
    with patient.store() as store, store.writing() as writer:
        missing, stray = sorted(writer.missing()), len(writer.orphans())
        unlike = not found.wrong and not missing and not _are_of_their_texts(patient, store)
    if missing:
        mend = partial(_embed, patient, missing)
        yield Damage("missing vectors", f"{len(missing)} passages have no vector", mend)
    if found.wrong:
        what = f"{len(found.wrong)} vectors are damaged"
        yield Damage("wrong vectors", what, partial(_embed, patient, found.wrong))
    if found.compared:
        what = f"{len(found.compared)} vectors are not compared as they are stored"
        yield Damage("damaged comparison", what, partial(_embed, patient, ()))
    if unlike:
        what = "vectors are not those of their passages"
        yield Damage("wrong vectors", what, partial(_rebuild, patient))
    if stray:
        mend = partial(_sweep, patient)
        yield Damage("stray vectors", f"{stray} vectors belong to no passage", mend)


def _are_of_their_texts(patient: Patient, store: PassageStore) -> bool:
    """Tell whether the vectors of some passages, drawn at random, are those of their texts."""
    ids = sorted(store.catalog.vector_ids())
    drawn = random.Random(len(ids)).sample(ids, min(_SAMPLE, len(ids)))
    try:
        passages = store.catalog.passages(drawn)
        texts = [
            fitted_text(store.catalog.source(one.source_id).source, one, patient.embedder())
            for one in passages.values()
        ]
    except (ValueError, KeyError, TypeError):  # damage that is told apart
        texts = []
    if not texts:
        return True
    made = patient.embedder().embed(texts)
    held = store.vectors(list(passages))
    return all(float(held[id] @ vector) > _ALIKE for id, vector in zip(passages, made, strict=True))


def _rebuild(patient: Patient) -> str:
    with patient.store() as store:
        rebuild(store, patient.embedder, patient.progress)
    return ""


def _embed(patient: Patient, ids: Sequence[str]) -> str:
    with patient.store() as store, store.writing() as writer:
        embed_anew(writer, patient.embedder, ids)
        store.forget_matrix()
        with store.catalog.change():  # readers open the vectors anew
            pass
    return ""


def _sweep(patient: Patient) -> str:
    with patient.store() as store, store.writing() as writer:
        writer.sweep()
    return ""
