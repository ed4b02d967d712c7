"""An exporter: recorded answers as a plain web page, each with the quotes that it rests on."""

from collections.abc import Iterator, Sequence
from html import escape

from assistant.records import Record


def write_html(records: Sequence[Record]) -> bytes:
    """Return a web page; all words of answers and sources are escaped."""
    body = "\n".join(line for record in records for line in _answer(record))
    return f'<!doctype html>\n<meta charset="utf-8">\n<title>Answers</title>\n{body}\n'.encode()


def _answer(record: Record) -> Iterator[str]:
    yield f"<h2>{escape(record.answer['question'])}</h2>"
    yield f"<p>{escape(record.answer['text'])}</p>"
    for citation in record.answer["citations"]:
        place = f"{citation['source']['title']}, p. {citation['page_label']}"
        yield f"<blockquote>{escape(citation['quote'])}</blockquote>"
        yield f"<p>[{citation['number']}] {escape(place)}</p>"
