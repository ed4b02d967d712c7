"""Documents that are ready to be stored, on their way between machines: JSON and numbers."""

import json
import zlib

from corpus.facts.records import fact_record, load_fact
from corpus.records import document_record, load_document
from index.ingestion.indexing import PreparedDocument
from index.storage.changes import StoredPassage
from index.storage.copy_groups import dump_fingerprint, load_fingerprint
from index.storage.records import passage_column, passage_of_column

_LEVEL = 1  # of compression: it is read once


def prepared_record(prepared: PreparedDocument) -> bytes:
    """Return a prepared document without its vectors as compressed JSON."""
    record = {
        "document": document_record(prepared.document),
        "fingerprint": dump_fingerprint(prepared.fingerprint) if prepared.fingerprint else "",
        "passages": [(one.vector_id, passage_column(one.passage)) for one in prepared.passages],
        "facts": [fact_record(fact) for fact in prepared.facts],
    }
    return zlib.compress(json.dumps(record, ensure_ascii=False).encode("utf-8"), _LEVEL)


def load_prepared(data: bytes) -> PreparedDocument:
    """Return the prepared document that a record holds."""
    record = json.loads(zlib.decompress(data))
    return PreparedDocument(
        load_document(record["document"]),
        load_fingerprint(record["fingerprint"]),
        tuple(StoredPassage(passage_of_column(told), id) for id, told in record["passages"]),
        tuple(map(load_fact, record["facts"])),
    )
