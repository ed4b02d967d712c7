"""Whether a stretch of a source carries a sentence, whoever wrote the sentence.

Each figure must stand in the statement with its unit, and with the year, edition and names that
the sentence gives it; names, measure, basis and period must be the statement's own or those of
the nearest words around it; direction, negation and the kind of statement must be the same; and
the rest of the words must be carried, in these or in like words.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.quantities import Quantity, agree, find_quantities
from assistant.quantities.agreement import same_dimension
from assistant.support.binding import bind
from assistant.support.facets import NAMING, Facet, find_marks, origins, values
from assistant.support.likeness import like_words
from assistant.support.reading import (
    Figure,
    Sentence,
    editions_in,
    entries_in,
    figures_in,
    figures_of_cells,
    is_covered,
    is_of_the_row,
    plain_content,
    read_sentence,
    stems_of,
    unlisted_names,
    years_in,
)
from assistant.support.statement import Statement
from assistant.support.support import Reason, Support
from corpus.lexicon import load_lexicon
from corpus.tables.units import unit_of
from index.embedding import Embedder
from index.question import editions
from index.wording import plain_words

_SUPPORTED = 0.75  # share of a sentence's words that must be carried, in these or in like words
_PARTLY = 0.65
_SAME_TOPIC = 0.34  # a statement with fewer of a sentence's words is about something else
_OWN_WITHOUT_FIGURES = 0.5
_OWN_OF_DENIAL = 0.6  # of a sentence's words, by a statement that says the opposite
_OWN = 0.3  # of which by the statement itself, not by what stands around it
_SAME_MATTER = 0.6  # from here on another figure speaks against the sentence
# What is said otherwise about the same matter; other kinds mean that it is another matter.
_CONTRADICTING = frozenset(
    ("figure", "unit", "year", "date", "label", "direction", "negation", "tax", "act")
)
_RELEVANT = 0.6  # of the words of the nearest clause, for another that is about the same
_AROUND = 0.5  # what a word counts that stands only in the sentences before
_NEAR_BEFORE = 160  # characters of the sentences before that still say whose a figure is
_NEAREST: tuple[Facet, ...] = ("measure", "stage", "basis", "tax", "delivery")
_ALIKE = (frozenset(("mining", "output")), frozenset(("separation", "processing")))
_WAYS = frozenset(("direction", "negation", "act"))
_NAMED = frozenset(("name", "figure", "direction", "matter", *NAMING))
_ABOUT = ("country", "company", "place", "agency", "law")  # what a source as a whole may be about
_EXCHANGED = ("country", "company", "material")
_TIMES = ("year", "date")
_OPPOSITES = (("buy", "sell"), ("start", "stop"), ("add", "remove"))
# Who says so, and when: no date of what is said.
_ATTRIBUTION = re.compile(r"\([^()]*\)|\b(?:as|according to) [^,;]*(?=[,;.]|$)", re.IGNORECASE)
_FROM = re.compile(r"\bfrom (?:about |more than |over )?$", re.IGNORECASE)
_TO = re.compile(r" to (?:about |more than |over )?", re.IGNORECASE)
_CLAUSE = re.compile(r"[;:|—]|,\s|\b(?:while|whereas|but|although|because)\b|\band (?=\w+ed\b)")


def check(sentence: str, statement: Statement, embedder: Embedder | None = None) -> Support:
    """Return whether a statement carries a sentence, and what is missing or against it.

    Without an embedder words are carried only by their stems and known synonyms.
    """
    claim = read_sentence(sentence)
    told = " | ".join((*_context(statement), _source_words(statement)))
    count = len(claim.words) + len(claim.entries) or 1
    uncovered = _uncovered(claim, told)
    earlier = [word for word in uncovered if word not in _uncovered(claim, statement.before)]
    coverage = 1 - (len(uncovered) - _AROUND * len(earlier)) / count
    if coverage < _SAME_TOPIC:
        return Support("not_found", tuple(Reason("words", w, False) for w in uncovered), coverage)
    held = figures_of_cells(statement) if statement.is_row else figures_in(statement.quote)
    reasons = [
        *_check_figures(claim, held, statement),
        *_check_times(claim, statement),
        *_check_editions(claim, held, statement),
        *_check_names(claim, held, statement),
        *_check_facets(claim, held, statement),
        *_check_way(claim, held, statement),
        *_check_row(claim, statement),
    ]
    own_told = f"{statement.own_words} | {statement.caption if statement.is_row else ''}"
    # Figures and times that the statement itself has say as much as words do.
    quantities = len(claim.figures) + len(claim.times)
    lacking = sum(reason.kind in ("figure", "unit") for reason in reasons)
    own_times = _times(statement)
    lacking += sum(not any(agree(time, held) for held in own_times) for time in claim.times)
    own_words = count - len(_uncovered(claim, own_told))
    own_count = own_words + max(quantities - lacking, 0)
    own_coverage = own_count / (count + quantities)
    contradicts = any(reason.against for reason in reasons)
    lacks = any(reason.kind in _NAMED for reason in reasons)
    if embedder and uncovered and not contradicts and not lacks:
        # Imports are near exports to a model of meaning.
        wanted = [word for word in uncovered if word in claim.words and not _has_facet(word)]
        liked = like_words(wanted, statement.own_words, embedder)
        coverage += sum(1 - _AROUND * (word in earlier) for word in liked) / count
        own_coverage += len(liked) / (count + quantities)
        uncovered = [word for word in uncovered if word not in liked]
    reasons += [Reason("words", word, False) for word in uncovered]
    ways = not claim.figures or {r.kind for r in reasons if r.against} <= _WAYS
    if own_words == 0:
        reasons.append(Reason("matter", "", False))  # figures that happen to be the same
    if ways and own_words / count < _OWN_OF_DENIAL:
        # That two sentences differ in direction says nothing where they differ in their matter.
        reasons += [Reason("matter", "", False)] * contradicts
    return _judge(reasons, coverage, own_coverage, claim)


def _has_facet(word: str) -> bool:
    return any(mark.facet in ("measure", "direction", "act", "stage") for mark in find_marks(word))


def _uncovered(claim: Sentence, told: str) -> list[str]:
    """Return the words and names of a sentence that a text does not have."""
    said, named = stems_of(told), entries_in(told)
    missing = [word for word in claim.words if not is_covered(word, said)]
    for entry_id, written in claim.entries:
        plain = plain_words(written)
        if entry_id not in named and not all(is_covered(word, said) for word in plain):
            missing.append(written)
    return missing


def _judge(
    reasons: Sequence[Reason], coverage: float, own_coverage: float, claim: Sentence
) -> Support:
    told = tuple(reasons)
    against = {reason.kind for reason in told if reason.against}
    missing = {reason.kind for reason in told if not reason.against} - {"words"}
    if against - _CONTRADICTING:
        return Support("not_found", told, coverage, own_coverage)
    if against:
        same = coverage >= _SAME_MATTER and own_coverage >= _OWN and not missing & _NAMED
        return Support("contradicted" if same else "not_found", told, coverage, own_coverage)
    least = _OWN if claim.figures else _OWN_WITHOUT_FIGURES
    adds = missing == {"name"} and not claim.figures and coverage >= _SUPPORTED
    if adds and own_coverage >= _SUPPORTED:
        return Support("partly", told, coverage, own_coverage)  # it names one thing more
    if missing & _NAMED or coverage < _PARTLY or own_coverage < least:
        return Support("not_found", told, coverage, own_coverage)
    if missing or coverage < _SUPPORTED:
        return Support("partly", told, coverage, own_coverage)
    return Support("supported", tuple(r for r in told if r.kind != "words"), coverage, own_coverage)


def _check_figures(claim: Sentence, held: Sequence[Figure], statement: Statement) -> list[Reason]:
    found: list[Reason] = []
    around = figures_in(statement.caption)
    for figure in claim.figures:
        same = [h for h in held if _agrees(figure, h, claim)]
        if any(_belongs(figure, h, statement) for h in same):
            continue
        if any(_belongs(figure, h, statement) for h in around if _agrees(figure, h, claim)):
            continue
        told = figure.quantity.text
        if same:
            kind = _unfitting(figure, same[0], statement)
            found.append(Reason(kind, told, True))
            continue
        rivals = [h for h in held if _comparable(figure, h) and _belongs(figure, h, statement)]
        if rivals:
            found.append(Reason("figure", f"{told}; it has {rivals[0].quantity.text}", True))
        elif any(
            agree(figure.quantity, h.quantity) and _belongs(figure, h, statement)
            for h in _in_unit_before(held, statement)
        ):
            continue
        elif other := [h for h in held if _same_number(figure.quantity, h.quantity)]:
            found.append(Reason("unit", f"{told}; it has {other[0].quantity.text}", True))
        else:
            kind = "words" if _is_plain_count(figure) else "figure"
            found.append(Reason(kind, told, False))
    return found


def _is_plain_count(figure: Figure) -> bool:
    """Tell whether a figure is a small number in words, which may be said in other ways."""
    return figure.quantity.kind == "count" and figure.quantity.text.isalpha()


def _agrees(figure: Figure, held: Figure, claim: Sentence) -> bool:
    if agree(figure.quantity, held.quantity):
        return True
    # A loss may be written as a negative result.
    is_loss = "loss" in values(claim.text, "measure") and "profit" not in values(
        claim.text, "measure"
    )
    if is_loss and held.quantity.low < 0:
        low = -held.quantity.high
        return agree(figure.quantity, replace(held.quantity, low=low, high=-held.quantity.low))
    return False


def _comparable(one: Figure, other: Figure) -> bool:
    """Tell whether another figure in the place of one speaks against it.

    Counts only where they count the same, amounts of change only against such amounts.
    """
    if one.is_change != other.is_change:
        return False
    if one.quantity.kind == "count":
        return one.noun != "" and one.noun == other.noun and other.quantity.kind == "count"
    return same_dimension(one.quantity, other.quantity)


def _same_number(one: Quantity, other: Quantity) -> bool:
    digits = [re.sub(r"[^\d.]", "", q.text).strip(".") for q in (one, other)]
    if not (one.unit and other.unit) or one.unit == other.unit:
        return False
    return bool(digits[0]) and digits[0] == digits[1]


def _in_unit_before(held: Sequence[Figure], statement: Statement) -> list[Figure]:
    """Return figures without a unit in the one that the sentence names before its figures."""
    unit = unit_of(statement.quote) if not statement.is_row else ""
    bare = [h for h in held if not h.quantity.unit] if unit else []
    return [
        replace(h, quantity=quantity)
        for h in bare
        for quantity in find_quantities(h.quantity.text, unit)
    ]


def _belongs(figure: Figure, held: Figure, statement: Statement) -> bool:
    """Tell whether a held figure is of the year, edition and names of a claimed one."""
    return not _unfitting(figure, held, statement)


def _unfitting(figure: Figure, held: Figure, statement: Statement) -> str:
    if held.is_aside and not figure.is_aside:
        return "measure"
    years = held.years or _years_around(statement)
    if figure.years and years and not figure.years & years:
        return "year"
    if figure.editions and held.editions and not figure.editions & held.editions:
        return "edition"
    for facet in (*NAMING, "direction", "period", "measure", "stage"):
        one, other = figure.named(facet), held.named(facet)
        if figure.is_alone and facet in NAMING and one:
            one = figure.all_named(facet)  # one figure is of all that its sentence names
        other -= origins(statement.own_words, facet) if facet == "country" else frozenset()
        if one and other and not one & other:
            return facet
    return ""


def _years_around(statement: Statement) -> frozenset[str]:
    """Return the years that the heading and the caption of a statement name."""
    return years_in(f"{statement.caption} | {statement.section}")


def _check_times(claim: Sentence, statement: Statement) -> list[Reason]:
    """Check the years and dates of a sentence that do not belong to a figure."""
    found: list[Reason] = []
    own = _times(statement)
    for time in claim.times:
        if any(agree(time, held) for held in own):
            continue
        near = own if statement.is_row else find_quantities(_ATTRIBUTION.sub("", statement.quote))
        rivals = [h for h in near if h.kind in _TIMES and (h.kind == "date" or time.kind == "year")]
        figures = any(str(int(time.low)) in figure.years for figure in claim.figures)
        if rivals and not figures:
            found.append(Reason("date", f"{time.text}; it has {rivals[0].text}", True))
        elif rivals:
            found.append(Reason("year", time.text, True))
        elif not claim.figures or not _around_has(time, statement):
            found.append(Reason("year", time.text, False))
    own_labels = [q for text in statement.scopes for q in read_sentence(text).labels]
    for label in claim.labels:
        if not any(q.low == label.low for q in own_labels):
            rival = any(q.low != label.low for q in read_sentence(statement.own_words).labels)
            found.append(Reason("label", label.text, rival))
    return found


def _times(statement: Statement) -> list[Quantity]:
    texts = [statement.own_words]
    if statement.is_row:
        texts.append(statement.caption)
        texts += [str(cell.year) for cell in statement.cells if cell.year]
        texts += [f"in {statement.label} | {statement.label_column}"]
        texts += [cell.text for cell in statement.others if is_of_the_row(cell)]
    return [q for text in texts for q in find_quantities(text) if q.kind in ("year", "date")]


def _around_has(time: Quantity, statement: Statement) -> bool:
    around = (*statement.scopes, *statement.notes)
    return any(agree(time, q) for text in around for q in find_quantities(text))


def _check_editions(claim: Sentence, held: Sequence[Figure], statement: Statement) -> list[Reason]:
    if not claim.editions:
        return []
    near = editions_in(statement.own_words) or editions_in(statement.caption)
    near = near or editions_in(f"{statement.section} {statement.edition}")
    near = near or editions_in(statement.before) or editions_in(statement.title)
    if claim.editions <= near or any(claim.editions & figure.editions for figure in held):
        return []
    return [Reason("edition", ", ".join(sorted(claim.editions - near)), bool(near))]


def _check_names(claim: Sentence, held: Sequence[Figure], statement: Statement) -> list[Reason]:
    """Check that all names of a sentence are named, those that the lexicon does not have too."""
    said = stems_of(" | ".join((*statement.scopes, *statement.notes, _source_words(statement))))
    found = [
        Reason("name", name, False)
        for name in claim.names
        if not editions(name) and not stems_of(name) & said
    ]
    found += _check_placed_names(claim, statement)
    for facet in NAMING:
        found += _resolve(facet, claim, held, statement)
    return found


def _check_placed_names(claim: Sentence, statement: Statement) -> list[Reason]:
    """Check that names which the lexicon does not have stand with the figure they are claimed of.

    "The plant in Jiangyin for $25.6 million and that in Zibo for $4.1 million."
    """
    if statement.is_row:
        return []
    quote = statement.quote
    found: list[Reason] = []
    for figure in claim.figures:
        if not figure.is_alone:
            continue
        alike = [h for h in figures_in(quote) if h.quantity.unit == figure.quantity.unit]
        spans = [(h.quantity.start, h.quantity.end) for h in alike]
        bound = bind(spans, unlisted_names(quote))
        here = [b for h, b in zip(alike, bound, strict=True) if _agrees(figure, h, claim)]
        if not here or len(alike) < 2:
            continue
        inside = frozenset(value for values_here in here for value in values_here)
        outside = frozenset(value for b in bound for value in b) - inside
        named = {place.value for place in unlisted_names(claim.text)}
        found += [Reason("place", name, True) for name in sorted(named & outside)]
    return found


def _check_facets(claim: Sentence, held: Sequence[Figure], statement: Statement) -> list[Reason]:
    found = [r for facet in _NEAREST for r in _resolve(facet, claim, held, statement)]
    if claim.figures or claim.times:
        found += _check_period(claim, held, statement)
    return found


def _check_period(claim: Sentence, held: Sequence[Figure], statement: Statement) -> list[Reason]:
    asked = values(claim.text, "period")
    nearest = next((v for text in statement.scopes if (v := values(text, "period"))), frozenset())
    if asked:
        if asked & nearest:
            return []
        return [Reason("period", ", ".join(sorted(asked)), bool(nearest))]
    near = statement.own_words if statement.is_row else _relevant(claim, statement)
    own = values(near, "period")
    bound = [h for h in held if any(_agrees(f, h, claim) for f in claim.figures)]
    if bound and own and all(h.named("period") for h in bound):
        return [Reason("period", ", ".join(sorted(own)), True)]
    return []


def _resolve(
    facet: Facet, claim: Sentence, held: Sequence[Figure], statement: Statement
) -> list[Reason]:
    """Hold the values of a facet against those of the nearest words that have any.

    A value that is not there may stand farther off, as long as nothing nearer says another.
    """
    wanted = values(claim.text, facet)
    if not wanted:
        return []
    nearest = (statement.core, statement.caption) if statement.is_row else (statement.quote,)
    said = frozenset(value for text in nearest for value in values(text, facet))
    said = said or values(statement.own_words, facet)
    rest = frozenset(value for value in wanted if not _among(value, said))
    if not rest:
        return []
    # Of two names one may be told around a statement, but not in another's stead.
    same = [h for h in held if any(_agrees(figure, h, claim) for figure in claim.figures)]
    beside = frozenset(value for h in same for value in h.named(facet)) if same else said
    from_where = frozenset[str]()
    if facet == "country" and " from " not in claim.text:
        from_where = origins(statement.own_words, facet)  # where it comes from, not whose it is
    rivals = said - wanted - from_where
    if rivals and (rest == wanted or (facet in _EXCHANGED and beside - wanted - from_where)):
        return [Reason(facet, ", ".join(sorted(rest)), True)]
    just_before = values(statement.before[-_NEAR_BEFORE:], facet)
    is_unsaid = facet == "measure" and claim.figures and not said and not statement.is_row
    if is_unsaid and just_before and not rest & just_before:
        return [Reason(facet, ", ".join(sorted(rest)), False)]
    if facet == "basis" and claim.figures and said:
        return [Reason(facet, ", ".join(sorted(rest)), True)]  # no figure is of two bases
    for there in _around(facet, statement):
        if not there:
            continue
        wanted = frozenset(value for value in rest if not _among(value, there))
        if wanted == rest and not said and there - rest:
            return [Reason(facet, ", ".join(sorted(rest)), True)]
        rest = wanted
        if not rest:
            return []
    if facet in _ABOUT and rest <= frozenset(statement.entities):
        return []
    if facet in ("agency", "measure", "stage", "delivery"):
        return []  # a word that is missing, and counted as one
    return [Reason(facet, ", ".join(sorted(rest)), False)]


def _around(facet: Facet, statement: Statement) -> tuple[frozenset[str], ...]:
    """Return the values of a facet around a statement, from the nearest words to the farthest.

    A heading and the sentences just before are equally near.
    """
    before = statement.before if facet == "measure" else statement.before[-_NEAR_BEFORE:]
    near = (
        statement.caption,
        statement.label_column,
        *statement.notes,
        statement.section,
        before,
    )
    joined = frozenset(value for text in near for value in values(text, facet))
    if facet in NAMING or facet == "measure":
        return joined, values(statement.before, facet), values(statement.title, facet)
    return tuple(values(text, facet) for text in (*near, statement.before))


def _among(value: str, said: frozenset[str]) -> bool:
    if value in said or any(value in pair and pair & said for pair in _ALIKE):
        return True
    # "Eneabba" and the "Eneabba refinery" are one place.
    return any(other.startswith(f"{value}-") or value.startswith(f"{other}-") for other in said)


def _check_way(claim: Sentence, held: Sequence[Figure], statement: Statement) -> list[Reason]:
    """Check direction, act, negation and whether it is planned or done."""
    found: list[Reason] = []
    told = _relevant(claim, statement)
    one, other = values(claim.text, "direction"), values(told, "direction")
    other = other or values(statement.core, "direction")
    if not other:
        other = _direction_of(claim, held, statement)
    if len(one) == 1 and not one & other and (other or claim.figures or claim.times):
        found.append(Reason("direction", ", ".join(one), bool(other)))
    acts = values(claim.text, "act"), values(told, "act")
    for pair in _OPPOSITES:
        for act, opposite in (pair, pair[::-1]):
            claims = act in acts[0] and opposite not in acts[0]
            if claims and opposite in acts[1] and act not in acts[1]:
                found.append(Reason("act", act, True))
    denies = bool(values(claim.text, "negation"))
    if statement.is_row:
        denied = values(statement.core, "negation")
    else:  # what a sentence denies may stand in any clause of a statement
        denied = values(statement.quote if denies else told, "negation")
    if denies != bool(denied):
        found.append(Reason("negation", "", True))
    planned = values(f"{told} | {statement.caption if statement.is_row else ''}", "modality")
    is_plan = values(claim.text, "modality") or "capacity" in values(claim.text, "measure")
    if planned and not is_plan:
        found.append(Reason("modality", "planned", True))
    return found


def _direction_of(claim: Sentence, held: Sequence[Figure], statement: Statement) -> frozenset[str]:
    """Return the direction in which the years of two figures lead, or "from 5 to 8"."""
    levels = [figure for figure in claim.figures if not figure.is_change]
    found = [next((h for h in held if _agrees(figure, h, claim)), None) for figure in levels]
    if not claim.figures:  # "fell from 2024 to 2025" follows from the figures of these years
        years = {str(int(time.low)) for time in claim.times if time.kind == "year"}
        found = [h for h in held if len(h.years) == 1 and h.years <= years and h.quantity.unit]
    dated = [(min(h.years), h.quantity.low) for h in found if h is not None and h.years]
    both = [h.quantity for h in found if h is not None]
    if len(both) > 1 and not statement.is_row:
        first, last = sorted(both, key=lambda quantity: quantity.start)[:2]
        between = statement.quote[first.end : last.start]
        before = statement.quote[: first.start]
        if _TO.fullmatch(between) and _FROM.search(before) and first.low != last.low:
            return frozenset(("up",)) if last.low > first.low else frozenset(("down",))
    if len(dated) < 2 or len({year for year, _ in dated}) < 2:
        return frozenset()
    oldest, newest = min(dated), max(dated)
    return frozenset(("up",)) if newest[1] > oldest[1] else frozenset(("down",))


def _check_row(claim: Sentence, statement: Statement) -> list[Reason]:
    """Check that a row is about what the sentence is about, by the words of its label."""
    if not statement.is_row:
        return []
    label = [*plain_content(statement.label)]
    label = [word for word in label if not word[0].isdigit()]
    told = stems_of(claim.text)
    shared = [word for word in label if is_covered(word, told)]
    if not label or len(shared) > len(label) / 3 or is_covered(label[0], told):
        return []
    return [Reason("row", statement.label, True)]


def _relevant(claim: Sentence, statement: Statement) -> str:
    """Return the clauses of a statement that are about what the sentence says."""
    if statement.is_row:
        return statement.own_words
    clauses = [part for part in _CLAUSE.split(statement.quote) if part and part.strip()]
    if len(clauses) < 2:
        return statement.quote
    shares = [sum(is_covered(w, stems_of(part)) for w in claim.words) for part in clauses]
    carrying = [
        part
        for part in clauses
        if any(agree(f.quantity, h.quantity) for f in claim.figures for h in figures_in(part))
    ]
    if carrying:
        return " | ".join(carrying)
    shares = [share + _has_times(claim, part) for part, share in zip(clauses, shares, strict=True)]
    best = max(shares)
    if best == 0:
        return statement.quote
    return " | ".join(
        part
        for part, share in zip(clauses, shares, strict=True)
        if share > 0 and share >= _RELEVANT * best
    )


def _has_times(claim: Sentence, part: str) -> bool:
    held = find_quantities(part)
    return any(agree(time, q) for time in claim.times for q in held if q.kind in _TIMES)


def _context(statement: Statement) -> tuple[str, ...]:
    """Return a statement with what is recorded of it, the sentences before aside."""
    return (
        statement.own_words,
        statement.caption,
        statement.label_column,
        *statement.notes,
        statement.section,
        statement.title,
    )


def _source_words(statement: Statement) -> str:
    """Return who published a source, which edition it is, and whom it is about."""
    lexicon = load_lexicon()
    names = [lexicon.entry(one).name for one in statement.entities if one in lexicon]
    return " | ".join((statement.publisher, statement.edition, *names))
