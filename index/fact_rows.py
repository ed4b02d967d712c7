"""Facts as rows of the catalog: written and cleared with their source, and what makes two the same.

A row has what facts are found by beside the record: measure, years, the kind of its unit, the keys
of all it names and, for words, its labels, caption, quote and what was not understood.
"""

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator

from corpus.document import Document, Page
from corpus.facts import Argument, Day, Fact, Names
from corpus.facts.records import fact_record
from corpus.language.names import Name
from corpus.language.quantities import Quantity

# Who stands on which side of a trade, a loan, a holding; all other roles only say who or what.
_SIDES = frozenset(
    ("origin", "destination", "buyer", "seller", "lender", "borrower", "owner", "owned")
)
_PRINTED = frozenset(("reported", "estimated", "revised", "preliminary"))  # statuses of one figure
_WHOLE = frozenset(("rare-earths", "lanthanides"))


def put_facts(connection: sqlite3.Connection, document: Document, facts: Iterable[Fact]) -> None:
    """Store the facts of a document; those that its source had before were cleared."""
    pages = {page.number: page for page in document.pages}
    for fact in facts:
        words = _words(fact, pages.get(fact.place.page))
        years = fact.period.years if fact.period else ()
        cursor = connection.execute(
            "INSERT INTO facts (source_id, page, measure, first_year, last_year, dimension, same,"
            " words, record) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                document.source.id,
                fact.place.page,
                fact.measure,
                min(years, default=None),
                max(years, default=None),
                value_kind(fact),
                same_key(fact),
                words,
                json.dumps(fact_record(fact), ensure_ascii=False, separators=(",", ":")),
            ),
        )
        connection.execute(
            "INSERT INTO fact_words (rowid, words) VALUES (?, ?)", (cursor.lastrowid, words)
        )
        connection.executemany(
            "INSERT OR IGNORE INTO fact_names VALUES (?, ?)",
            ((key, cursor.lastrowid) for key in _keys(fact)),
        )


def clear_facts(connection: sqlite3.Connection, source_id: str) -> None:
    """Remove the facts of a source."""
    rows = "SELECT rowid FROM facts WHERE source_id = ?"
    connection.execute(
        "INSERT INTO fact_words (fact_words, rowid, words)"
        " SELECT 'delete', rowid, words FROM facts WHERE source_id = ?",
        (source_id,),
    )
    connection.execute(f"DELETE FROM fact_names WHERE fact IN ({rows})", (source_id,))
    connection.execute("DELETE FROM facts WHERE source_id = ?", (source_id,))


def name_key(name: Name) -> str:
    """Return what a name is found by, whatever its form: neodymium for its oxide, too."""
    return Name(name.text, name.id, name.kind).key


def value_kind(fact: Fact) -> str:
    """Return what a fact's value is: the dimension of its unit, "date", "names" or ""."""
    match fact.value:
        case Quantity():
            return fact.value.dimension
        case Day():
            return "date"
        case Names():
            return "names"
    return ""


def same_key(fact: Fact) -> str:
    """Return a digest that is equal for facts that say the same but for their values.

    That a figure is estimated, revised or reported makes it no other; that it is a target does.
    Rare earths as a whole are understood, and named or not. What was not understood counts.
    """
    period = fact.period.text if fact.period else ""
    change = (fact.change.kind, fact.change.against) if fact.change else ()
    slots = (
        sorted(filter(None, map(_argument_key, fact.arguments))),
        (fact.measure, fact.stage, fact.of, fact.basis, fact.scope, fact.specification),
        (fact.price_basis, fact.statistic, fact.part_of, change, period, fact.polarity),
        "printed" if fact.status in _PRINTED else fact.status,
        sorted({word.casefold() for word in fact.rest}),
    )
    written = json.dumps(slots, ensure_ascii=False)
    return hashlib.blake2b(written.encode(), digest_size=12).hexdigest()


def _argument_key(argument: Argument) -> str:
    if is_whole(argument.name):
        return ""
    side = argument.role if argument.role in _SIDES else ""
    return f"{side}:{argument.name.key}"


def is_whole(name: Name) -> bool:
    """Tell whether a name stands for the rare earths as a whole, in no form of their own."""
    return name.id in _WHOLE and not name.form


def _keys(fact: Fact) -> Iterator[str]:
    for argument in fact.arguments:
        yield name_key(argument.name)
    if isinstance(fact.value, Names):
        yield from map(name_key, fact.value.names)


def _words(fact: Fact, page: Page | None) -> str:
    table, place = fact.table, fact.place
    quote = page.text[place.start : place.end] if page else ""
    named = (argument.name.text for argument in fact.arguments)
    parts = (
        *table.row,
        *table.column,
        table.caption,
        *named,
        fact.measure,
        fact.stage,
        fact.of,
        fact.basis,
        fact.scope,
        fact.specification,
        fact.price_basis,
        fact.part_of,
        *fact.rest,
        quote if not table.row else "",
    )
    return " | ".join(dict.fromkeys(filter(None, (" ".join(part.split()) for part in parts))))
