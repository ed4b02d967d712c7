"""A fact as a sentence that can be pasted into a report, and the parts of one.

"China mined 270,000 t REO in 2025 (estimate; U.S. Geological Survey, Mineral Commodity Summaries
2026, p. 153)." A fact of a sentence that was not understood whole is shown in its source's words.
The words stand in the table `realisations`.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from assistant.answer import page_place
from assistant.figures.patterns import (
    HOLDERS,
    SITES,
    against_words,
    clauses,
    material_text,
    name_text,
    patterns,
    possessive,
    time_words,
)
from assistant.figures.value_words import (
    converted_text,
    forms,
    is_plain_basis,
    value_text,
    value_words,
)
from corpus.document import Source
from corpus.facts import Day, Fact
from corpus.facts.statement import singular
from corpus.language.measures import find_measures, find_terms, has_nature, names_of_nature
from corpus.language.names import PLACES, find_names
from corpus.language.periods import find_periods
from corpus.language.quantities import Quantity, find_quantities
from corpus.language.vocabulary import load_vocabulary
from corpus.language.words import content_words, fold
from corpus.lexicon import load_lexicon
from index.facts import LedgerFact
from index.ranking.signals import DATA_FILES
from index.storage.fact_rows import name_key

_LONGEST_SEGMENT = 3  # words before the measure
_LONGEST_LABEL = 8
_LONGEST_QUOTE = 420
_LONGEST_SCOPE = 80  # characters; a longer one is a note that speaks of other things, too
_LONGEST_BODY = 60
_MARKS = "-*•#>| \t"
_BARE_PURITY = re.compile(r"\d\d\.\d+")
_FILE_NAME = re.compile(r"[\w.-]+")


def realise(found: LedgerFact, unit: str = "", scale: float = 1.0) -> str:
    """Return what a fact says as one sentence, with its status, publisher, edition and page.

    A value that is asked for in another `unit`, or in another `scale` than the one that it is
    printed in, is given in that, too.
    """
    fact = _as_loss(found.fact)
    found = replace(found, fact=fact)
    if not fact.is_cell and not is_plain(fact):
        return _in_its_words(found, converted_text(found, unit, scale))
    value = value_words(found)
    if converted := converted_text(found, unit, scale):
        value = f"{value} ({converted})"
    told = _of_pattern(found, value)
    if not told:
        told = _of_noun(found, value) if fact.measure else _of_labels(fact, value)
    notes = "; ".join(dict.fromkeys((*_notes(found, told), source_text(found))))
    return f"{told[0].upper()}{told[1:]} ({notes})."


def _as_loss(fact: Fact) -> Fact:
    """Return an income below zero as the loss that it is, any other fact as it is."""
    loss, value = forms("loss").get(fact.measure), fact.value
    if not loss or fact.change or not fact.is_cell or not isinstance(value, Quantity):
        return fact
    if value.high >= 0 or value.bound not in ("=", "~"):
        return fact
    return replace(fact, measure=loss, value=replace(value, low=-value.high, high=-value.low))


def amount_text(fact: Fact) -> str:
    """Return a value with its unit and basis, of an income below zero "a loss of $5 million"."""
    lost = _as_loss(fact)
    told = value_text(lost)
    return told if lost is fact else forms("value")["loss"].format(value=told)


def subject_text(fact: Fact) -> str:
    """Return of what a value is: "mine production of China in 2025"."""
    return " ".join(filter(None, (noun_text(fact, fact.measure), time_words(fact))))


def value_with_basis(fact: Fact) -> str:
    """Return a value with its unit and basis: "270,000 t REO"."""
    return value_text(fact)


def source_text(found: LedgerFact) -> str:
    """Return who says so and where: "USGS, Mineral Commodity Summaries 2026, p. 153".

    A body whose figure another publisher restates is named first.
    """
    fact, source = found.fact, found.source
    place = page_place(source, fact.place.page, found.page_label)
    told = ", ".join(filter(None, (_source_name(source), place)))
    words = {*content_words(fact.attributed_to)}
    is_named = 0 < len(fact.attributed_to) <= _LONGEST_BODY  # a longer one is a whole reference
    if is_named and not words <= {
        *content_words(f"{source.publisher} {source.title} {source.edition}")
    }:
        told = forms("source")["quoted"].format(attributed=fact.attributed_to, source=told)
    return told


def _source_name(source: Source) -> str:
    """Return a source by publisher and title; a file of data that tells neither by its name."""
    file = source.path.rpartition("/")[2]
    title = source.title.capitalize() if source.title.isupper() else source.title
    if source.rank == "filing" and source.edition:
        return forms("source")["report"].format(publisher=source.publisher, edition=source.edition)
    if _FILE_NAME.fullmatch(title) and fold(title) in fold(file):
        undated = "data file" if source.file_type in DATA_FILES else "document"
        kind = "file" if source.published or source.edition else undated
        title = forms("source")[kind].format(file=file)
    is_told = not source.publisher or fold(title).startswith(fold(source.publisher))
    parts = [title] if is_told else [source.publisher, title]
    year = re.search(r"(?:19|20)\d\d", source.edition)
    if year and year[0] not in title:
        parts.append(source.edition)
    elif not year and source.published and not re.search(r"(?:19|20)\d\d", title):
        parts.append(source.published[:4])
    return ", ".join(parts)


# -- in the words of the source


def is_plain(fact: Fact) -> bool:
    """Tell whether the fact of a sentence is whole: nothing of it is left unread or unsaid."""
    is_known = bool(patterns("measure").get(fact.measure)) or has_nature(fact.measure, "quoted")
    is_figure = isinstance(fact.value, Quantity) and fact.change is None and fact.polarity
    return is_known and is_figure and not fact.rest and fact.period is not None


def _in_its_words(found: LedgerFact, converted: str = "") -> str:
    """Return the value, also as it is `converted`, then the sentence of the source that says it."""
    place = found.fact.place
    quote = found.quote
    printed = " ".join(
        quote[place.value_start - place.start : place.value_end - place.start].split()
    )
    start, end = 0, len(quote)
    if end > _LONGEST_QUOTE:
        middle = (place.value_start + place.value_end) // 2 - place.start
        start = max(0, min(middle - _LONGEST_QUOTE // 2, end - _LONGEST_QUOTE))
        start = quote.find(" ", start) + 1 if start else 0
        end = quote.rfind(" ", 0, start + _LONGEST_QUOTE) if start + _LONGEST_QUOTE < end else end
    said = " ".join(quote[start:end].lstrip(_MARKS).split())
    said = f"{'… ' if start else ''}{said}{' …' if end < len(quote) else ''}"
    turned = f" ({converted})" if converted else ""
    lead = f"{printed}{turned}: " if turned or _is_only_one(found, quote) else ""
    return f'{lead}"{said}" ({source_text(found)}).'


def _is_only_one(found: LedgerFact, quote: str) -> bool:
    """Tell whether a sentence has no other figure of a fact's dimension, so that it leads."""
    value = found.fact.value
    if not isinstance(value, Quantity):
        return isinstance(value, Day)
    alike = {q.quantity for q in find_quantities(quote) if q.quantity.dimension == value.dimension}
    return len(alike) <= 1


# -- patterns of measures


def _of_pattern(found: LedgerFact, value: str) -> str:
    """Return a clause with the verb of a measure: "China mined 270,000 t REO in 2025", or ""."""
    fact = found.fact
    is_ahead = fact.status in names_of_nature("ahead")
    if is_ahead or not isinstance(fact.value, Quantity) or fact.change or not fact.period:
        return ""
    if fact.statistic and fact.statistic not in names_of_nature("usual statistic"):
        return ""
    if fact.named("segment"):
        return ""
    for told in clauses("measure", fact, value=value):
        return f"{told} {time_words(fact)}"
    return ""


# -- clauses around a noun


def _of_noun(found: LedgerFact, value: str) -> str:
    """Return a clause around the name of a measure: "The price of NdPr oxide averaged $69"."""
    fact = found.fact
    measure = measure_words(found)
    noun = noun_text(fact, measure)
    is_many = is_plural(measure)
    time = time_words(fact)
    if fact.status in names_of_nature("ahead"):
        verb = f"{'are' if is_many else 'is'} {forms('value verb')[fact.status]}"
    elif fact.change and isinstance(fact.value, Quantity):
        verb = forms("change")[fact.change.direction]
    elif (averaged := forms("statistic verb").get(fact.statistic)) and fact.period:
        verb = averaged
    elif fact.period and not (fact.period.is_open or _is_to_come(found)):
        verb = "were" if is_many else "was"
    else:
        verb = "are" if is_many else "is"
    whole = (
        f" of {_with_capitals(fact.of)}"
        if fact.of and _is_percent(fact) and fold(fact.of) not in fold(noun)
        else ""
    )
    against = against_words(fact)
    return " ".join(filter(None, (noun, verb, f"{value}{whole}", time, against)))


def _is_to_come(found: LedgerFact) -> bool:
    """Tell whether a time had not begun when its source was published, else today."""
    said = found.source.published or date.today().isoformat()
    return bool(found.fact.period and found.fact.period.first > said)


def noun_text(fact: Fact, measure: str) -> str:
    """Return what a value is of: "Apple's net sales", "the price of NdPr oxide, 99% minimum,"."""
    holders = fact.named(*HOLDERS)
    places = [a.name for a in fact.arguments if a.role in ("place", "origin", "destination")]
    holder = name_text(holders[0]) if holders else ""
    is_quoted = has_nature(fact.measure, "quoted")
    if not holder and places and not is_quoted:
        holder = name_text(places.pop(0))
    elif not holder:
        places = [name for name in places if fold(name.text) in fold(" ".join(fact.table.row))]
    if holder and has_nature(fact.measure, "of a company"):
        places = [name for name in places if name.kind not in SITES]  # its sites earn nothing
    segments = [name_text(name) for name in fact.named("segment")]
    segments = [one for one in segments if fold(one) not in fold(measure)]
    short = " ".join(one for one in segments if len(one.split()) <= _LONGEST_SEGMENT)
    long = "".join(f" of {one}" for one in segments if len(one.split()) > _LONGEST_SEGMENT)
    adjective = (
        ""
        if fact.statistic in forms("statistic verb")
        else forms("statistic").get(fact.statistic, "")
    )
    owner = f"{possessive(holder)}" if holder else "the"
    noun = " ".join(filter(None, (owner, adjective, short, measure or fact.of or ""))) + long
    material = material_text(fact)
    if material and fold(material) not in fold(noun):
        noun = f"{noun} of {material}" if measure else f"{owner} {material}"
    others = dict.fromkeys(name_text(name) for name in places)
    for place in others:
        if fold(place) not in fold(noun):
            noun = f"{noun} in {place}"
    if not fact.specification:
        return noun
    purity = _BARE_PURITY.fullmatch(fact.specification)
    return f"{noun}, {f'{float(purity[0]):g}%' if purity else fact.specification},"


def _of_labels(fact: Fact, value: str) -> str:
    """Return the value of a cell of no known measure behind its labels."""
    labels = dict.fromkeys((*fact.table.row[-1:], *fact.table.column[-1:]))
    return f"{', '.join(' '.join(label.split()) for label in labels)}: {value}"


def is_plural(measure: str) -> bool:
    """Tell whether the noun that a measure begins with is a plural: "proceeds from debt"."""
    stop = load_vocabulary().row("stopwords", "function")["words"].split()
    words = measure.split()
    head = next((n for n, word in enumerate(words) if n and word in stop), len(words))
    last = words[head - 1].strip("(),") if words else ""
    return last.endswith("s") and not last.endswith(("ss", "us", "is"))


def measure_words(found: LedgerFact) -> str:
    """Return a measure as its table prints it where that is a name for it; else by its own name."""
    fact = found.fact
    if found.source.rank == "filing" or has_nature(fact.measure, "of a company"):
        for label in (*fact.table.row[::-1], *fact.table.column[::-1]):
            plain = re.sub(r"\s*\([^)]*\)$", "", label).strip(" :")
            is_name = any(
                one.meaning.name == fact.measure and one.end == len(plain)
                for one in find_measures(plain)
            )
            is_name = is_name or fold(plain) == fold(fact.measure)
            if is_name and len(plain.split()) <= _LONGEST_LABEL and not find_periods(plain):
                words = plain.split()
                return " ".join(w.lower() if w[1:].islower() else w for w in words)
    return forms("measured as").get(fact.measure, fact.measure)


def _notes(found: LedgerFact, told: str) -> Iterator[str]:
    """Yield what else must be known of a value: its status, basis, terms, and words not read."""
    fact = found.fact
    if status := forms("status").get(fact.status):
        yield status
    if fact.basis and not is_plain_basis(fact.basis):
        yield fact.basis
    yield from filter(
        None, (fact.price_basis, fact.scope if len(fact.scope) <= _LONGEST_SCOPE else "")
    )
    if fact.part_of:
        yield forms("note")["part"].format(whole=fact.part_of)
    elif found.source.rank == "filing":  # whose rows are told apart by what stands above them
        above = (" ".join(label.split()) for label in fact.table.row[-2:-1])
        yield from (
            forms("note")["part"].format(whole=a) for a in above if fold(a) not in fold(told)
        )
    if not fact.measure and fact.table.caption:
        yield " ".join(fact.table.caption.split())
    yield from (f'"{label}"' for label in labels_not_told(found, told))


def labels_not_told(found: LedgerFact, told: str) -> Iterator[str]:
    """Yield the label of a cell's row where the clause that tells the value lacks a word of it."""
    fact = found.fact
    said = {singular(w) for w in content_words(f"{told} {fact.attributed_to} {fact.measure}")}
    ends = [fact.table.row[-1:], fact.table.column[-1:] if found.source.rank == "filing" else ()]
    for label in (label for labels in ends for label in labels):
        left = _without_names(fact, label)
        words = {singular(word) for word in content_words(left) if word.isalpha()}
        is_known = any(one.end - one.start == len(label) for one in find_measures(label))
        is_sum = {one.meaning for one in find_terms("statistics", label)} == {fact.statistic}
        if words - said and not (is_known or is_sum):
            yield " ".join(label.split())


def _without_names(fact: Fact, label: str) -> str:
    """Return a label without the names that the fact has in another form: "Myanmar" for Burma."""
    keys = {name_key(argument.name) for argument in fact.arguments}
    for one in reversed(find_names(label)):
        if name_key(one.name) in keys:
            label = f"{label[: one.start]} {label[one.end :]}"
    return label


def _with_capitals(text: str) -> str:
    """Return words with the names of places in them as these are written."""
    for one in reversed(load_lexicon().names_in(text)):
        if one.entry.kind in PLACES and text[one.start : one.end].islower():
            text = f"{text[: one.start]}{one.entry.name}{text[one.end :]}"
    return text


def _is_percent(fact: Fact) -> bool:
    return isinstance(fact.value, Quantity) and fact.value.dimension == "share"
