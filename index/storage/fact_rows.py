"""Facts as rows of the catalog: written and cleared with their source, and what makes two the same.

A row has what facts are found by beside the record: measure, years, the kind of its unit, the keys
of all it names and, for words, its labels, caption, quote and what was not understood.
"""

import hashlib
import json
import re
import sqlite3
from collections.abc import Iterable, Iterator
from functools import lru_cache

from corpus.document import Document, Page
from corpus.facts import Argument, Day, Fact, Names
from corpus.facts.records import fact_record
from corpus.language.measures import find_terms, has_nature, names_of_nature
from corpus.language.names import Name
from corpus.language.phrases import PhraseFinder
from corpus.language.quantities import Quantity
from corpus.language.vocabulary import load_vocabulary
from corpus.language.words import content_words, fold
from corpus.lexicon import load_lexicon

# Who stands on which side of a trade, a loan, a holding; all other roles only say who or what.
_SIDES = frozenset(
    ("origin", "destination", "buyer", "seller", "lender", "borrower", "owner", "owned")
)
_FIGURES = re.compile(r"\d+(?:\.\d+)?")
_LETTERS = re.compile(r"[^\W\d_]")
_OXIDE = "reo"
_RARE_EARTHS = "rare-earths"
_WHOLE = frozenset((_RARE_EARTHS, "lanthanides"))


def put_facts(connection: sqlite3.Connection, document: Document, facts: Iterable[Fact]) -> None:
    """Store the facts of a document; those that its source had before were cleared."""
    pages = {page.number: page for page in document.pages}
    for fact in facts:
        words = _words(fact, pages.get(fact.place.page))
        years = fact.period.years if fact.period else ()
        cursor = connection.execute(
            "INSERT INTO facts (source_id, page, measure, period, first_year, last_year, dimension,"
            " same, words, record) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                document.source.id,
                fact.place.page,
                fact.measure,
                fact.period.text if fact.period else "",
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
        put_names(connection, cursor.lastrowid, fact)


def put_names(connection: sqlite3.Connection, row: int | None, fact: Fact) -> None:
    """Store the keys by which a fact, whose row is given, is found."""
    last_year = max(fact.period.years if fact.period else (), default=0)
    connection.executemany(
        "INSERT OR IGNORE INTO fact_names VALUES (?, ?, ?, ?)",
        ((key, fact.measure, last_year, row) for key in name_keys(fact)),
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


@lru_cache(maxsize=20_000)
def name_key(name: Name) -> str:
    """Return what a name is found by, whatever its form: neodymium for its oxide, too.

    A company that a file names in full is the lexicon's, and known without its legal form.
    """
    if name.id:
        return _of_whole(name.id)[0]
    for entry in load_lexicon().named(name.text):
        return entry.id
    legal = set(load_vocabulary().row("stopwords", "corporate")["words"].split())
    words = name.key.split()
    while len(words) > 1 and words[-1] in legal:
        words.pop()
    return " ".join(words)


def singular_words(text: str) -> frozenset[str]:
    """Return the content words of a text, each without the s of a plural."""
    return frozenset(word.removesuffix("s") for word in content_words(text))


def name_form(name: Name) -> frozenset[str]:
    """Return the words that say in which form a material is meant: "compounds and metals"."""
    words = (*content_words(name.form), *_of_whole(name.id)[1])
    return frozenset(word.removesuffix("s") for word in words)


@lru_cache(maxsize=2_000)
def _of_whole(entry_id: str) -> tuple[str, tuple[str, ...]]:
    """Return an entry's id and form: "rare-earth concentrate" is rare earths in a form."""
    lexicon = load_lexicon()
    name = lexicon.entry(entry_id).name if entry_id in lexicon else ""
    prefix, _, last = name.rpartition(" ")
    if prefix == "rare-earth" and any(
        last == row["form"] for row in load_vocabulary().rows("forms")
    ):
        return _RARE_EARTHS, (last,)
    return entry_id, ()


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
    Rare earths as a whole are understood, and named or not, and so is that they are counted as
    oxide where they are mined. What was not understood counts.
    """
    period = fact.period.text if fact.period else ""
    change = (fact.change.kind, fact.change.against) if fact.change else ()
    forms = {found.meaning for words in _labels(fact) for found in find_terms("forms", words)}
    slots = (
        sorted(filter(None, map(_argument_key, fact.arguments))),
        sorted(forms | {a.name.form for a in fact.arguments if a.name.form}),
        (fact.measure, fact.stage, fold(fact.of), _basis(fact), fold(fact.scope)),
        (_FIGURES.findall(fact.specification), _LETTERS.findall(fact.price_basis.casefold())),
        (fact.statistic, fold(fact.part_of), change, period, fact.polarity),
        "firm" if fact.status in names_of_nature("firm") else fact.status,
        sorted({word.casefold() for word in fact.rest}),
        is_remainder(fact),
    )
    written = json.dumps(slots, ensure_ascii=False)
    return hashlib.blake2b(written.encode(), digest_size=12).hexdigest()


def _argument_key(argument: Argument) -> str:
    if is_whole(argument.name):
        return ""
    side = argument.role if argument.role in _SIDES else ""
    return f"{side}:{name_key(argument.name)} {' '.join(sorted(name_form(argument.name)))}"


def _basis(fact: Fact) -> str:
    if has_nature(fact.measure, "quoted"):
        return ""  # a price has its own
    materials = fact.named("material")
    is_usual = all(map(is_whole, materials)) and has_nature(fact.measure, "counted as oxide")
    return fold(fact.basis) or (_OXIDE if is_usual else "")


def _labels(fact: Fact) -> tuple[str, ...]:
    return (*fact.table.row, *fact.table.column)


def is_remainder(fact: Fact) -> bool:
    """Tell whether the row or column of a fact holds what others leave: "Other compounds"."""
    return any(map(_is_remainder, _labels(fact)))


@lru_cache(maxsize=20_000)
def _is_remainder(words: str) -> bool:
    return bool(_remainder().find(words))


@lru_cache(maxsize=1)
def _remainder() -> PhraseFinder[str]:
    return PhraseFinder((form, form) for form in load_vocabulary().words("markers", "remainder"))


def is_whole(name: Name) -> bool:
    """Tell whether a name stands for the rare earths as a whole, in no form of their own."""
    return name.id in _WHOLE and not name_form(name)


def name_keys(fact: Fact) -> Iterator[str]:
    """Yield the keys of all that a fact names."""
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
