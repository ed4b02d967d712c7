"""Whether a statement is about what a sentence names: whose figure, of what, on which basis."""

from collections.abc import Sequence

from assistant.support.binding import bind
from assistant.support.clauses import relevant
from assistant.support.facets import NAMING, Facet, is_among, origins, values
from assistant.support.figure_checks import same_claimed
from assistant.support.reading import (
    Figure,
    Sentence,
    entries_in,
    figures_in,
    is_covered,
    plain_content,
    stems_of,
    unlisted_names,
)
from assistant.support.statement import Statement
from assistant.support.support import Reason
from corpus.lexicon import load_lexicon
from index.question import editions

_NEAR_BEFORE = 160  # characters of the sentences before that still say whose a figure is
_NEAREST: tuple[Facet, ...] = ("measure", "stage", "basis", "tax", "delivery")
_ABOUT = ("country", "company", "place", "agency", "law")  # what a source as a whole may be about
_PATH = " > "  # joins the cells that make up a row's label
_EXCHANGED = ("country", "company", "material")
_OWNERS = ("country", "company", "element")  # kinds of the lexicon, of which a row is one's


def check_names(claim: Sentence, held: Sequence[Figure], statement: Statement) -> list[Reason]:
    """Check that all names of a sentence are named, those that the lexicon does not have too."""
    said = stems_of(" | ".join((*statement.scopes, *statement.notes, statement.source_words)))
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
        here = [b for h, b in zip(alike, bound, strict=True) if same_claimed(figure, h, claim)]
        if not here or len(alike) < 2:
            continue
        inside = frozenset(value for values_here in here for value in values_here)
        outside = frozenset(value for b in bound for value in b) - inside
        named = {place.value for place in unlisted_names(claim.text)}
        found += [Reason("place", name, True) for name in sorted(named & outside)]
    return found


def check_facets(claim: Sentence, held: Sequence[Figure], statement: Statement) -> list[Reason]:
    found = [r for facet in _NEAREST for r in _resolve(facet, claim, held, statement)]
    if claim.figures or claim.times:
        found += _check_period(claim, held, statement)
    return found


def _check_period(claim: Sentence, held: Sequence[Figure], statement: Statement) -> list[Reason]:
    asked = values(claim.text, "period")
    nearest = next((v for text in statement.scopes if (v := values(text, "period"))), frozenset())
    if asked:
        if any(is_among(value, nearest) for value in asked):
            return []
        return [Reason("period", ", ".join(sorted(asked)), bool(nearest))]
    near = statement.own_words if statement.is_row else relevant(claim, statement)
    own = values(near, "period")
    bound = [h for h in held if any(same_claimed(f, h, claim) for f in claim.figures)]
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
    if facet == "measure" and _PATH in statement.label:
        said = _of_path(statement)
    said = said or values(statement.own_words, facet)
    rest = frozenset(value for value in wanted if not is_among(value, said))
    if facet == "measure" and (elsewhere := wanted & _of_other_columns(statement)):
        return [Reason(facet, ", ".join(sorted(elsewhere)), True)]
    if not rest:
        return []
    # Of two names one may be told around a statement, but not in another's stead.
    same = [h for h in held if any(same_claimed(figure, h, claim) for figure in claim.figures)]
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
        wanted = frozenset(value for value in rest if not is_among(value, there))
        if wanted == rest and not said and there - rest:
            return [Reason(facet, ", ".join(sorted(rest)), True)]
        rest = wanted
        if not rest:
            return []
    if facet in _ABOUT and rest <= frozenset(statement.entities):
        return []
    if facet == "measure" and not claim.figures:
        return [Reason("matter", ", ".join(sorted(rest)), False)]  # a profit is all it says
    if facet in ("agency", "measure", "stage", "delivery"):
        return []  # a word that is missing, and counted as one
    return [Reason(facet, ", ".join(sorted(rest)), False)]


def _of_path(statement: Statement) -> frozenset[str]:
    """Return the measure of a row whose label is a path: "Production and reserves > Reserves"."""
    told = (*statement.label.split(_PATH), *(cell.column for cell in statement.cells))
    return next((v for part in reversed(told) if (v := values(part, "measure"))), frozenset())


def _of_other_columns(statement: Statement) -> frozenset[str]:
    """Return the measures of a row that other columns name than those of the chosen cells."""
    own = frozenset(v for cell in statement.cells for v in values(cell.column, "measure"))
    others = frozenset(v for cell in statement.others for v in values(cell.column, "measure"))
    return others - own - values(statement.label, "measure")


def _around(facet: Facet, statement: Statement) -> tuple[frozenset[str], ...]:
    """Return the values of a facet around a statement, from the nearest words to the farthest.

    A heading and the sentences just before are equally near.
    """
    before = statement.before if facet == "measure" else statement.before[-_NEAR_BEFORE:]
    near = (
        statement.caption,
        statement.label_column,
        *(() if facet in NAMING else statement.notes),  # they name what is left out, too
        statement.section,
        before,
    )
    joined = frozenset(value for text in near for value in values(text, facet))
    if facet in NAMING or facet == "measure":
        return joined, values(statement.before, facet), values(statement.title, facet)
    return tuple(values(text, facet) for text in (*near, statement.before))


def check_row(claim: Sentence, statement: Statement) -> list[Reason]:
    """Check that a row is about what the sentence is about, by the words of its label."""
    if not statement.is_row:
        return []
    if _is_of_another(claim, statement.label):
        return [Reason("row", statement.label, True)]
    label = [*plain_content(statement.label)]
    label = [word for word in label if not word[0].isdigit()]
    told = stems_of(claim.text)
    shared = [word for word in label if is_covered(word, told)]
    if not label or len(shared) > len(label) / 3 or is_covered(label[0], told):
        return []
    return [Reason("row", statement.label, True)]


def _is_of_another(claim: Sentence, label: str) -> bool:
    """Tell whether a row's label names another country, company or element than the sentence."""
    lexicon = load_lexicon()
    named, told = (
        {(lexicon.entry(id).kind, id) for id in ids if lexicon.entry(id).kind in _OWNERS}
        for ids in ({id for id, _ in claim.entries}, entries_in(label))
    )
    kinds = {kind for kind, _ in named} & {kind for kind, _ in told}
    return any(not {one for one in named & told if one[0] == kind} for kind in kinds)
