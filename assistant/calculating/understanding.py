"""What a question asks to be worked out: an operation over figures that are looked up one by one.

A question is taken apart into those that stand alone: "By how many percent did China's mine
production rise from 2019 to 2024?" takes "mine production of China in 2019" and "... in 2024".
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import product

from assistant.calculating.calculation import Calculation, Conversion, Operation, Sought
from assistant.calculating.conversions_asked import (
    asks_vat_off_unrated,
    conversion_asked,
    converts,
    form_needed,
    stated_quantities,
)
from assistant.calculating.measures import measure_words, named_measure
from assistant.calculating.obstacles import obstacle_of_conversion, obstacle_of_measures
from assistant.calculating.operations import asks_larger_change, operation_asked
from assistant.calculating.subjects import Entity, find_entities, kinds_measured, names_unknown
from assistant.calculating.times import (
    Edition,
    asks_year_before,
    find_editions,
    find_times,
    names_part_of_year,
    span_of_times,
)

_NOTHING = Calculation()
_MIDDLE = re.compile(r"\bmid(?:dle|-?\s?points?)\b", re.IGNORECASE)
_SMALLER = re.compile(
    r"^(?:which|who)\b.*\b(?:less|lower|smaller|fewer|cheaper|least|lowest|smallest)\b", re.I
)
_OVER_YEARS: dict[Operation, Operation] = {"difference": "change", "comparison": "change"}
_OVER_THINGS: dict[Operation, Operation] = {"factor": "ratio", "change": "difference"}
_MOST_FIGURES = 40


@dataclass(frozen=True, slots=True)
class _Asked:
    """The parts of a question that its figures vary over."""

    measure: str
    entities: tuple[Entity, ...]
    times: tuple[str, ...]
    editions: tuple[Edition, ...]
    names_someone: bool  # an entity that is known, or a name that is not

    def sought(self, entities: Sequence[Entity], time: str, edition: str, label: str) -> Sought:
        """Return the lookup of one figure."""
        question = named_measure(self.measure, entities) + (f" in {time}" if time else "")
        return Sought(question + (f" in {edition}" if edition else ""), label)


def asks_calculation(question: str) -> bool:
    """Tell whether a question asks for something that has to be worked out."""
    return calculation_asked(question).operation != "none"


def calculation_asked(question: str) -> Calculation:
    """Return the calculation that a standalone question asks for; of none the operation is "none".

    Figures that the question itself gives are only converted, never added up: whether they belong
    together is for the sources to say.
    """
    conversion = conversion_asked(question)
    times = find_times(question)
    stated = stated_quantities(question)
    entities = find_entities(question)
    if stated and not times and not _names_who(entities):
        return _of_stated(question, form_needed(question, conversion))
    if stated or names_part_of_year(re.sub(r"\bsecond\b", "", question)):
        return _NOTHING
    asked = _Asked(
        measure_words(question, entities),
        _without_target(entities, conversion),
        times,
        find_editions(question),
        bool(entities) or names_unknown(question),
    )
    operation = operation_asked(question)
    found = _over_figures(question, operation, asked)
    if found.operation == "none" and found.obstacle == "":
        found = _converted(asked, conversion)
    return replace(
        found,
        conversion=conversion if found.operation != "none" else Conversion(),
        takes_middle=bool(_MIDDLE.search(question)),
        wants_smaller=bool(_SMALLER.search(question)),
    )


def _of_stated(question: str, conversion: Conversion) -> Calculation:
    stated = stated_quantities(question)
    wanted = conversion.unit.kind or conversion.unit.per or conversion.form
    taxed = conversion.vat_percent or asks_vat_off_unrated(question)
    if len(stated) != 1 or not converts(question):
        return _NOTHING
    obstacle = obstacle_of_conversion(question, stated[0], conversion)
    if asks_vat_off_unrated(question):
        obstacle = obstacle or "no rate of value-added tax is given"
    if not (wanted or taxed or obstacle) or (
        conversion.unit == stated[0].measure and not conversion.form and not taxed and not obstacle
    ):
        return _NOTHING
    return Calculation(
        "conversion", stated=stated, conversion=conversion, obstacle=obstacle, subject="the figure"
    )


def _says_what(asked: _Asked) -> bool:
    """Tell whether it is clear what is measured: a measure, or a material of an area or firm."""
    groups = {entity.group for entity in asked.entities}
    material = "material" in groups and bool(groups - {"material"})
    return material or bool(kinds_measured(asked.measure))


def _names_who(entities: Sequence[Entity]) -> bool:
    return any(entity.group in ("area", "firm", "site") for entity in entities)


def _without_target(entities: tuple[Entity, ...], conversion: Conversion) -> tuple[Entity, ...]:
    """Return the entities without the metal or oxide that a figure is to be turned into."""
    if not conversion.form:
        return entities
    kept = [e for e in entities if not e.written.lower().endswith(conversion.form)]
    return tuple(kept) if any(e.group == "material" for e in kept) else entities


def _over_figures(question: str, operation: Operation, asked: _Asked) -> Calculation:
    if operation == "none" or not (asked.measure and _says_what(asked)):
        return _of_unlike_measures(question, operation, asked)
    if operation == "share":
        return _share(question, asked)
    unlike = _of_unlike_measures(question, operation, asked)
    if unlike.obstacle:
        return unlike
    times = asked.times
    if operation in ("total", "average"):
        times = span_of_times(question) or times
    if len(times) == 1 and asks_year_before(question):
        times = (_year_before(times[0]), times[0])
    several = _varied(asked.entities)
    if several and len(times) == 2 and asks_larger_change(question):
        return _larger_change(asked, several, times)
    if several and len(times) <= 1:
        return _over_entities(operation, asked, several)
    if len(times) >= 2 and asked.names_someone and not several:
        return _over_times(operation, asked, times)
    if len(asked.editions) == 2 and len(times) <= 1 and asked.names_someone and not several:
        return _over_editions(operation, asked)
    return _NOTHING


def _over_times(operation: Operation, asked: _Asked, times: tuple[str, ...]) -> Calculation:
    operation = _OVER_YEARS.get(operation, operation)
    if operation not in ("total", "average"):
        if len(times) != 2:
            return _NOTHING
        times = tuple(sorted(times, key=lambda time: time[-4:]))
    if len(times) > _MOST_FIGURES:
        return _NOTHING
    sought = tuple(
        asked.sought(asked.entities, time, _only(asked.editions), time) for time in times
    )
    return Calculation(operation, _subject(asked, asked.entities), sought)


def _over_editions(operation: Operation, asked: _Asked) -> Calculation:
    editions = sorted(asked.editions, key=lambda edition: (edition.year, edition.version))
    time = asked.times[0] if asked.times else ""
    sought = tuple(
        asked.sought(asked.entities, time, edition.name, edition.name) for edition in editions
    )
    operation = _OVER_YEARS.get(operation, operation)
    return Calculation(operation, _subject(asked, asked.entities), sought)


def _over_entities(operation: Operation, asked: _Asked, several: tuple[Entity, ...]) -> Calculation:
    operation = _OVER_THINGS.get(operation, operation)
    if operation in ("percent change", "annual growth"):
        operation = "difference"
    if operation == "average" or (operation != "total" and len(several) != 2):
        return _NOTHING
    if not asked.times and "reserves" not in kinds_measured(asked.measure):
        return _NOTHING
    if operation == "total" and any(entity.id == "world" for entity in several):
        reason = "the figure of the world already contains those of its countries"
        return Calculation(operation, asked.measure, obstacle=reason)
    others = [entity for entity in asked.entities if entity not in several]
    time = asked.times[0] if asked.times else ""
    sought = tuple(
        asked.sought((entity, *others), time, _only(asked.editions), entity.name)
        for entity in several
    )
    when = f" in {time}" if time else ""
    return Calculation(operation, _subject(asked, others) + when, sought)


def _larger_change(
    asked: _Asked, several: tuple[Entity, ...], times: tuple[str, ...]
) -> Calculation:
    if len(several) != 2:
        return _NOTHING
    others = [entity for entity in asked.entities if entity not in several]
    times = tuple(sorted(times, key=lambda time: time[-4:]))
    sought = tuple(
        asked.sought((entity, *others), time, _only(asked.editions), f"{entity.name}, {time}")
        for entity, time in product(several, times)
    )
    return Calculation("larger change", _subject(asked, others), sought)


def _share(question: str, asked: _Asked) -> Calculation:
    """Return a share of an area or firm in a larger one; the whole is what follows "share of"."""
    whole = re.search(
        r"\b(?:share|percentage|per\s?cent|proportion|fraction|part)\s+(?:of|in)\b", question, re.I
    )
    owners = [entity for entity in asked.entities if entity.group in ("area", "firm", "site")]
    if len(owners) != 2 or not whole or len(asked.times) > 1:
        return _NOTHING
    after = [entity for entity in owners if entity.start >= whole.end()]
    total = next((e for e in owners if e.id == "world"), after[0] if after else None)
    if total is None:
        return _NOTHING
    part = owners[1 - owners.index(total)]
    if not asked.times and "reserves" not in kinds_measured(asked.measure):
        return _NOTHING
    others = [entity for entity in asked.entities if entity not in owners]
    time = asked.times[0] if asked.times else ""
    edition = _only(asked.editions)
    sought = tuple(
        asked.sought((entity, *others), time, edition, entity.name) for entity in (part, total)
    )
    when = f" in {time}" if time else ""
    return Calculation("share", _subject(asked, others) + when, sought)


def _converted(asked: _Asked, conversion: Conversion) -> Calculation:
    """Return the lookup of one figure that is asked for in another unit or form."""
    wanted = conversion.unit.kind or conversion.unit.per or conversion.form
    if not wanted or not kinds_measured(asked.measure) or not asked.names_someone:
        return _NOTHING
    if len(asked.times) != 1 or _varied(asked.entities):
        return _NOTHING
    sought = asked.sought(asked.entities, asked.times[0], _only(asked.editions), asked.times[0])
    subject = f"{_subject(asked, asked.entities)} in {asked.times[0]}"
    return Calculation("conversion", subject, (sought,))


def _of_unlike_measures(question: str, operation: Operation, asked: _Asked) -> Calculation:
    """Return a calculation that cannot be made because its measures are unlike, or none."""
    if operation in ("none", "comparison", "change", "percent change", "annual growth"):
        return _NOTHING
    if not (asked.times or asked.editions) or not _names_who(asked.entities):
        return _NOTHING  # asks what the words mean, not for figures
    obstacle = obstacle_of_measures(question, operation)
    return Calculation(operation, asked.measure, obstacle=obstacle) if obstacle else _NOTHING


def _varied(entities: Sequence[Entity]) -> tuple[Entity, ...]:
    """Return the entities of the one group of which there are several, none where two groups do."""
    groups: dict[str, list[Entity]] = {}
    for entity in entities:
        groups.setdefault(entity.group, []).append(entity)
    several = [found for found in groups.values() if len(found) > 1]
    return tuple(several[0]) if len(several) == 1 else ()


def _subject(asked: _Asked, entities: Sequence[Entity]) -> str:
    return named_measure(asked.measure, entities)


def _only(editions: Sequence[Edition]) -> str:
    return editions[0].name if len(editions) == 1 else ""


def _year_before(time: str) -> str:
    return f"{time[:-4]}{int(time[-4:]) - 1}"
