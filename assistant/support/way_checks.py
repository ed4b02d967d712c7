"""Whether a statement says a thing in the way a sentence does: up, down, denied, planned."""

import re
from collections.abc import Sequence

from assistant.support.clauses import clauses_of, relevant
from assistant.support.facets import values
from assistant.support.figure_checks import same_claimed
from assistant.support.reading import Figure, Sentence, is_covered, stems_of
from assistant.support.statement import Statement
from assistant.support.support import Reason

_OPPOSITES = (("buy", "sell"), ("start", "stop"), ("start", "end"), ("add", "remove"))
_FROM = re.compile(r"\bfrom (?:about |more than |over )?$", re.IGNORECASE)
_TO = re.compile(r" to (?:about |more than |over )?", re.IGNORECASE)


def check_way(claim: Sentence, held: Sequence[Figure], statement: Statement) -> list[Reason]:
    """Check direction, act, negation and whether it is planned or done."""
    found: list[Reason] = []
    told = relevant(claim, statement)
    one, other = values(claim.text, "direction"), values(told, "direction")
    if len(one) == 1 and len(other) > 1 and not claim.figures:
        other = _of_nearest_clause(claim, statement) or other
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
    if "end" in acts[0] and "stop" in acts[1] and "end" not in acts[1]:
        found.append(Reason("act", "end", False))  # what is suspended may begin again
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


def _of_nearest_clause(claim: Sentence, statement: Statement) -> frozenset[str]:
    """Return the direction of the clauses that have most of a sentence's other words.

    "Imports rose; however, their value fell."
    """
    words = [word for word in claim.words if not values(word, "direction")]
    told = [part for part in clauses_of(statement) if values(part, "direction")]
    shares = [sum(is_covered(word, stems_of(part)) for word in words) for part in told]
    nearest = [part for part, share in zip(told, shares, strict=True) if share == max(shares)]
    return frozenset(value for part in nearest for value in values(part, "direction"))


def _direction_of(claim: Sentence, held: Sequence[Figure], statement: Statement) -> frozenset[str]:
    """Return the direction in which the years of two figures lead, or "from 5 to 8"."""
    levels = [figure for figure in claim.figures if not figure.is_change]
    found = [next((h for h in held if same_claimed(figure, h, claim)), None) for figure in levels]
    if not claim.figures:  # "fell from 2024 to 2025" follows from the figures of these years
        years = {str(int(time.low)) for time in claim.times if time.kind == "year"}
        if len(years) == 1:  # "fell in 2025"
            years |= {str(int(*years) - 1)}
        found = [h for h in held if len(h.years) == 1 and h.years <= years and h.quantity.unit]
    elif len(levels) == 1 and len(levels[0].years) == 1:  # "rose to 5 in 2025"
        level = levels[0]
        year_before = {str(int(year) - 1) for year in level.years if year.isdigit()}
        found += [
            h for h in held if h.years == year_before and h.quantity.unit == level.quantity.unit
        ]
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
