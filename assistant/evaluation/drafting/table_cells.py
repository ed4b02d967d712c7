"""Questions for the figures of tables, each with one right answer in all of the library."""

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from assistant.evaluation.case import ExpectedPlace
from assistant.evaluation.drafting.asking import Ask, question
from assistant.evaluation.drafting.evidence import row_place
from assistant.evaluation.drafting.figure_forms import figure_forms
from assistant.evaluation.drafting.judging import names_of, place_of, stating
from assistant.evaluation.drafting.proposal import Proposal
from assistant.evaluation.drafting.source_library import Library, Statement
from assistant.evaluation.drafting.source_names import said_by
from assistant.evaluation.drafting.table_asks import ask_for
from assistant.evaluation.drafting.table_rows import Row
from corpus.figures import figures_differ
from corpus.language.words import fold
from index.wording import plain_words, stem

_BASIS_IN_UNIT = re.compile(r" (?:of )?(?:t?reo|rare[- ]earth|[a-z]\w?2o3)\b.*$")
_WAYS = 6  # of wording a question
_SCALES = {"thousand": 10**3, "million": 10**6, "billion": 10**9}


@dataclass(frozen=True, slots=True)
class _Asked:
    row: Row
    ask: Ask
    said_by: str

    @property
    def worth(self) -> Decimal:
        """The figure with the scale of its unit applied."""
        scale = _SCALES.get(self.ask.unit.split(" ")[0].rstrip("s"), 1)
        return self.row.figure.worth * scale


def table_proposals(library: Library) -> Iterator[Proposal]:
    """Yield the questions for figures of tables that have one answer, in order of the sources.

    What other sources say of the same thing decides: the same value is an alternate place, another
    one makes the question name its source, and within one source it leaves none.
    """
    asked = [
        _Asked(row, ask, said_by(row.place.source, ask.edition))
        for row in library.rows
        if (ask := ask_for(row, library.common))
    ]
    alike: dict[tuple[object, ...], list[_Asked]] = defaultdict(list)
    for one in asked:
        alike[_key(one.ask)].append(one)
    for one in asked:
        if _is_telling(one.row):
            proposal = _settled(one, alike[_key(one.ask)], library)
            if proposal is not None:
                yield proposal


def _is_telling(row: Row) -> bool:
    """Tell whether a value is more than one digit, which would stand in many a wrong answer."""
    return len(re.sub(r"\D", "", row.place.cell.text)) > 1


def _key(ask: Ask) -> tuple[object, ...]:
    """Return what asks for the same figure have in common, whoever says it."""
    quantity = re.sub(r"^estimated | for consumption$| as a percentage of .*", "", ask.quantity)
    measure = re.sub(r"^(?:thousand|million|billion)s? (?:of )?", "", ask.unit.lower())
    measure = re.sub(r"^(?:us\$|us dollars|\$)", "dollars", measure)
    measure = _BASIS_IN_UNIT.sub("", measure)
    of = re.sub(r"\(.*?\)", "", ask.of)
    return (
        ask.frame,
        _stems(quantity),
        _stems(of),
        fold(ask.owner),
        fold(ask.partner),
        ask.period,
        measure,
        *sorted(map(fold, ask.notes)),
    )


def _stems(words: str) -> tuple[str, ...]:
    return tuple(sorted({stem(word) for word in plain_words(words) if word != "minimum"}))


def _settled(one: _Asked, alike: list[_Asked], library: Library) -> Proposal | None:
    """Return the proposal for a figure, None where the library leaves its question two answers."""
    source, ask = one.row.place.source, one.ask
    equal = [other for other in alike if not _differ(one, other)]
    rivals = [other for other in alike if _differ(one, other)]
    same, against = _told_of_the_same(one, alike, library)
    at_home = [s for s in against if s.source_id == source.id and not s.is_row]
    if at_home or any(other.said_by == one.said_by for other in rivals):
        return None
    elsewhere = any(statement.source_id != source.id for statement in against)
    if not ask.edition and (rivals or elsewhere or _lacks_owner(ask)):
        ask = replace(ask, edition=names_of(library)[source.id])
        if not ask.edition:
            return None
    if ask.edition:
        equal = [other for other in equal if other.said_by == one.said_by]
        same = [statement for statement in same if statement.source_id == source.id]
    forms = dict.fromkeys(
        form for other in (one, *equal) for form in figure_forms(other.row.figure, other.ask.unit)
    )
    return Proposal(
        kind="table_lookup",
        source_id=source.id,
        question=question(ask, _turn(ask)),
        answer=_answer(one),
        must_include=((one.row.figure.printed,) if one.row.is_range else tuple(forms),),
        evidence=(_place_of(one.row),),
        alternates=(
            *(_place_of(other.row) for other in equal),
            *(place_of(statement, library) for statement in same),
        ),
        ask=ask,
        subject=ask.subject,
        year=ask.year,
        key=f"{_key(ask)} {said_by(source, ask.edition) if ask.edition else ''}",
    )


def _told_of_the_same(
    one: _Asked, alike: list[_Asked], library: Library
) -> tuple[list[Statement], list[Statement]]:
    """Return what else is said of the same, as far as words tell: the same value, and others."""
    asked = {
        (other.row.place.source.id, other.row.place.page.number, other.row.place.block.start)
        for other in alike
    }
    own = ("world",) if one.ask.owner == "the world" else ()
    told = [
        statement
        for statement in stating(one.ask.subject, one.ask.year, library, own)
        if (statement.source_id, statement.page, statement.start) not in asked
    ]
    worth = {one.worth, one.row.figure.worth}
    same = [statement for statement in told if worth & statement.worth]
    return same, [statement for statement in told if not worth & statement.worth]


def _lacks_owner(ask: Ask) -> bool:
    """Tell whether only the source says whose quantity it is; prices and contents are nobody's."""
    return not (ask.owner or ask.frame == "content" or "price" in ask.quantity)


def _differ(one: _Asked, other: _Asked) -> bool:
    if one.worth == other.worth and one.row.is_range == other.row.is_range:
        return False
    if one.row.is_range or other.row.is_range or one.ask.unit != other.ask.unit:
        return True
    return one.row.figure.sign != other.row.figure.sign or figures_differ(
        one.row.place.cell.text, other.row.place.cell.text
    )


def _place_of(row: Row) -> ExpectedPlace:
    place = row.place
    return row_place(place.source, place.page, place.block, place.cell)


def _answer(one: _Asked) -> str:
    figure, unit = one.row.figure, one.ask.unit
    if unit == "percent":
        return figure.printed if figure.percent else f"{figure.printed}%"
    if unit in ("", "number") or figure.currency or unit in figure.printed:
        return figure.printed
    basis = f" ({one.ask.basis})" if one.ask.basis else ""
    if scaled := re.fullmatch(r"(?P<scale>thousand|million|billion) (?P<sign>(?:US|A|C)\$)", unit):
        return f"{scaled['sign']}{figure.printed} {scaled['scale']}{basis}"
    if money := re.fullmatch(r"(?P<sign>(?:US|A|C)?\$|dollars) ?(?P<rest>.*)", unit):
        sign = "$" if money["sign"] == "dollars" else money["sign"]
        return f"{sign}{figure.printed} {money['rest']}".strip() + basis
    if unit[0].isdigit():
        return f"{figure.printed} ({unit})"
    return f"{figure.printed} {unit}{basis}"


def _turn(ask: Ask) -> int:
    """Return which way a question is worded, the same for the same question."""
    return hashlib.sha256(ask.subject.encode() + ask.period.encode()).digest()[0] % _WAYS
