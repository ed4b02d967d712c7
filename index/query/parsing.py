"""The words of a look-up, or of a question, read once into a Query: what is asked, slot by slot.

Full words, shorthand ("NdPr oxide avg px 2025"), symbols, tickers, former and Chinese names. What
no slot took is `rest`, and must be found among the words of a fact. docs/decisions/0001 says why.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import get_args

from corpus.facts import Absent, Argument, Fact, Query
from corpus.facts.fact import Operation, Order, Role, Status
from corpus.language.measures import (
    Measure,
    has_nature,
    is_kind_of,
    measure_named,
    names_of_nature,
)
from corpus.language.names import PLACES, Name
from corpus.language.phrases import EAST_ASIAN, Found, PhraseFinder
from corpus.language.vocabulary import Vocabulary, any_form, load_vocabulary, split_forms
from corpus.language.words import content_words
from index.query.answer_type import (
    asks_for_several,
    asks_manner,
    asks_overview,
    asks_yes_or_no,
    expected_answer_type,
    orders_list,
)
from index.query.calculation import (
    asks_difference,
    is_of_line,
    read_calculation,
    take_operation,
    take_stated,
    varied_arguments,
    with_stated,
)
from index.query.normalization import plain_words
from index.query.parts import is_sum, measuring, parts_of, take_members
from index.query.query_measures import (
    AskedMeasure,
    is_part,
    names_currency,
    take_measure,
    take_unit,
    whole_words,
)
from index.query.query_names import NamedSpan, OwnName, listing, role_of, take_names
from index.query.query_periods import take_editions, take_periods, take_short_years
from index.query.query_shape import Ranking, take_grouping, take_ranking, take_screen
from index.query.remaining_text import RemainingText

_NUMBERED = re.compile(  # "phase 1", "Customer B"
    r"(?<!\w)([^\W\d_]{2,})\.? (?:\d{1,2}|[A-Z])(?![\w.,%])"
)
_WORLD = "world"
_YEARLY = ("year",)
_GROUPS_OF_NAMES = frozenset(("place", "who"))
_EXTREMES: dict[str, Order] = {"maximum": "largest", "minimum": "smallest"}
_METAL = "metal"  # of which a word may say more: "unalloyed lanthanum metal"
_PURE = 90.0  # percent, from which a share in a look-up is a purity
_BESIDE_A_MEASURE = ("publication", "part of a company", "at large")  # classes of words
_NEAR = 4  # characters between an incoterm and its place
_STATUSES: dict[str, Status] = {status: status for status in get_args(Status)}
_OPERATIONS: dict[str, Operation] = {name: name for name in get_args(Operation)}


def parse_query(
    words: str, own_names: Sequence[OwnName] = (), vocabulary: Vocabulary | None = None
) -> Query:
    """Return what words ask for; `own_names` are those that the home's sources add.

    Each slot is read by a reader of its own, which takes what it understands; a later one sees
    spaces there. Their order is the grammar.

    parse_query("Oz REO output 24").wanted.arguments[0].name.id -> "australia"
    """
    vocabulary = vocabulary or load_vocabulary()
    text = RemainingText(plain_words(words, vocabulary), vocabulary)
    editions = take_editions(text)
    screen = take_screen(text)
    grouping = take_grouping(text)
    periods, marks = take_periods(text)
    stated = take_stated(text, are_rates=bool(periods))
    names_country = names_currency(text)  # "in U.S. dollars" names no country
    target, scale = take_unit(text) if stated.quantities or names_country else ("", 1.0)
    named = take_names(text, own_names)
    is_of_someone = any(not one.name.is_material for one in named)
    gives_figures = bool(stated.quantities) and is_of_someone
    if is_of_someone:
        stated = replace(stated, quantities=())  # one of somebody is nothing to convert
    _take_time_clause(text)
    asks_date = any(one.meaning == "date" for one in _operations(vocabulary).find(text.left))
    purity = _take_specification(text, Measure(""), is_named=True)
    extreme = _extreme(text) if asks_date or len(periods) > 1 else ""
    asked = take_measure(text, asks_date and not extreme)
    if extreme and asks_date and not asked.measure.name:
        extreme, asked = "", take_measure(text, asks_date)  # "when was the largest mine opened"
    measure = _of_goods(asked.measure, named, vocabulary)
    statistic = _take_statistic(text)
    specification = purity or _take_specification(text, measure)
    status = _take_status(text)
    basis = text.take_first_term("bases")
    if has_nature(measure.name, "quoted", vocabulary):
        basis = ""  # prices of "REO" are those of oxides
    price_basis, at = _take_price_basis(text)
    named = [one for one in named if not (at and at <= one.start <= at + _NEAR)]
    operations = _take_operations(text)
    is_latest = bool(text.take_phrases(_latest(vocabulary)))
    ranking = take_ranking(text)
    if screen:
        ranking = Ranking(screen.order, 0, (screen.group,))
    group_by = grouping.group_by or ranking.group_by
    is_ranking = ranking.order in ("largest", "smallest") and bool(group_by)
    if extreme and group_by in ((), _YEARLY):  # "in which year was it highest", of a series
        ranking, group_by = Ranking(extreme, 0, _YEARLY), _YEARLY
        operations, statistic = ("table", *operations), ""
    elif is_ranking:
        operations = ("rank", *operations)
        statistic = ""  # "highest" ranks them
    arguments = _with_forms(text, _arguments(text, named, measure), measure)
    if group_by in ((), ("who",)) and _asks_origins(measure, arguments, vocabulary):
        group_by, operations = ("place",), ("rank", *operations)
    without = _take_left_out(text, named) if _GROUPS_OF_NAMES & {*group_by} else ()
    named = [one for one in named if one.name not in without]
    arguments = tuple(one for one in arguments if one.name not in without)
    if "place" in group_by:  # "world output by country"
        arguments = tuple(one for one in arguments if one.name.id != _WORLD)
    more_periods, more_marks = take_short_years(text)
    periods = (*periods, *more_periods)
    wanted = Fact(
        value=Absent(),
        measure=measure.name,
        arguments=arguments,
        period=periods[0] if len(periods) == 1 else None,
        stage=measure.stage,
        of=asked.of,
        basis=basis,
        specification=specification,
        price_basis=price_basis,
        statistic=statistic,
        status=_marked((*marks, *more_marks), vocabulary) or status,
        edition=editions[0] if len(editions) == 1 else "",
    )
    query = Query(
        text=text.text,
        wanted=wanted,
        operation=_operation(
            text,
            (
                *(["table"] if grouping.is_table and not is_ranking else []),
                *operations,
                *(["growth"] if asked.is_change else []),
            ),
        ),
        value_kind=expected_answer_type(text, operations, measure, asked.unit),
        unit=target or asked.unit or (screen.limit.unit if screen else ""),
        scale=scale if target else asked.scale,
        periods=periods,
        editions=editions,
        latest=is_latest,
        group_by=group_by,
        order=ranking.order,
        most=ranking.most,
        limit=screen.limit if screen else None,
        without=without,
    )
    calculation = read_calculation(query, text, named)
    is_rate = bool(named) and any(one.value == 1 for one in stated.quantities)
    if is_rate and not calculation.form and _rest(text, is_event=False):
        # "grams of cerium in one ton of the crust"
        stated = replace(stated, quantities=())
    query = replace(query, calculation=with_stated(calculation, stated))
    members = take_members(text, named)
    query = replace(query, parts=parts_of(query, members))
    calculated = take_operation(query, text)
    is_grouped = query.most or (query.group_by and not varied_arguments(query))
    is_table = query.operation == "table"  # "over time"
    if calculated and not (is_grouped or is_table or orders_list(text) or gives_figures):
        query = replace(query, operation=calculated)
    elif (
        is_sum(members, text)
        and query.operation in ("look-up", "list", "compare")
        and not asks_difference(text)
    ):
        query = replace(query, operation="total")
    rest = _rest(text, is_event=asks_date and not measure.name)
    if measure.name:  # "the chapter", "the segment" tell where it stands, and not what it is
        beside = {word for name in _BESIDE_A_MEASURE for word in vocabulary.word_class(name)}
        rest = tuple(word for word in rest if word not in beside)
    if periods:  # "the five years from 2021 to 2025"
        rest = tuple(word for word in rest if word not in vocabulary.word_class("beside times"))
    if group_by:  # "and all others together"
        said = {w for group in group_by for w in vocabulary.words("groupings", group)}
        said.update(vocabulary.words("markers", "remainder"))
        rest = tuple(word for word in rest if word not in said)
    query = replace(query, rest=rest, wanted=replace(query.wanted, rest=rest))
    if query.operation == "look-up" and is_of_line(query):
        query = replace(query, operation="share")
    if query.operation == "look-up" and _asks_manner(text, query, asked):
        query = replace(query, operation="explain")
    if query.operation not in ("table", "rank") and asks_overview(text.text):
        query = replace(query, operation="explain", value_kind="any")
    parts = parts_of(query, members)
    if asked.listed:
        parts = tuple(
            measuring(part, listed) for part in parts or (query,) for listed in asked.listed
        )
    is_ranked = bool(ranking.order and parts) and query.operation in ("look-up", "list")
    return replace(query, parts=parts, operation="rank" if is_ranked else query.operation)


def _of_goods(measure: Measure, named: Sequence[NamedSpan], vocabulary: Vocabulary) -> Measure:
    """Return the price where it is asked what goods cost, alone or somewhere."""
    is_goods = any(one.name.is_material for one in named) and all(
        one.name.is_material or one.name.kind in PLACES for one in named
    )
    if is_goods and has_nature(measure.name, "of goods a price", vocabulary):
        return measure_named(min(names_of_nature("quoted", vocabulary)), vocabulary)
    return measure


# -- slots that qualify a figure


def _take_time_clause(text: RemainingText) -> None:
    """Take the "when" behind what asks for an amount: "how many tons, when the file has kilos"."""
    amount, when = (
        whole_words(text.vocabulary.words("asked", of)) for of in ("amount", "time clause")
    )
    if asked := amount.search(text.left):
        for match in when.finditer(text.left, asked.end()):
            text.take(*match.span())


def _extreme(text: RemainingText) -> Order:
    """Return which value of several times is asked for: the largest for "the highest price"."""
    found = (_EXTREMES[one.meaning] for one in text.terms("statistics") if one.meaning in _EXTREMES)
    return next(found, "")


def _take_statistic(text: RemainingText) -> str:
    """Take what figure of several is asked for: "average"; not "low" of "low-purity gallium"."""
    found = [one for one in text.terms("statistics") if text.text[one.end : one.end + 1] != "-"]
    text.take_all(found)
    return found[0].meaning if found else ""


def _take_specification(text: RemainingText, measure: Measure, is_named: bool = False) -> str:
    match = _purity(text.vocabulary).search(text.left)
    if match is None or (is_named and not match[2]):
        return ""  # "of 99.99 percent purity" is no measure
    if float(match[1]) >= _PURE or is_kind_of(measure.name, "price"):
        text.take(*match.span())
        return f"{match[1]}%"
    return ""


def _take_status(text: RemainingText) -> Status:
    found = [one for one in text.terms("statuses") if one.meaning in _STATUSES]
    text.take_all(found)
    return _STATUSES[found[0].meaning] if found else "reported"


def _marked(marks: Iterable[str], vocabulary: Vocabulary) -> Status | None:
    """Return the status that a sign behind a year tells: "2025e"."""
    for row in vocabulary.rows("statuses"):
        if set(marks) & set(split_forms(row["signs"])) and row["status"] in _STATUSES:
            return _STATUSES[row["status"]]
    return None


def _take_price_basis(text: RemainingText) -> tuple[str, int]:
    """Take an incoterm, and return where the place may stand that belongs to it."""
    found = [one for one in text.terms("specifications") if one.meaning == "price basis"]
    said = " ".join(text.left[one.start : one.end] for one in found)
    text.take_all(found)
    return said.casefold(), found[-1].end if found else 0


def _take_operations(text: RemainingText) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text.take_phrases(_operations(text.vocabulary))))


def _rest(text: RemainingText, is_event: bool) -> tuple[str, ...]:
    """Return the content words that no slot took; an event may be told by any verb ("closed")."""
    words = list(content_words(text.left, text.vocabulary))
    if is_event:
        words += text.vocabulary.word_class("event") & set(text.left.casefold().split())
    words = [word for word in words if not word.isdigit() or len(word) > 2]
    numbered = {m[1].casefold(): m[0].casefold() for m in _NUMBERED.finditer(text.left)}
    return tuple(dict.fromkeys(numbered.get(word, word) for word in words))


# -- arguments in their roles


def _take_left_out(text: RemainingText, named: Sequence[NamedSpan]) -> tuple[Name, ...]:
    """Take the words that leave names out, and return these: "other than China and Burma"."""
    words = text.vocabulary.words
    before = re.compile(
        rf"(?<!\w){any_form(words('asked', 'before what is left out'))}\s+(?:the\s+)?$",
        re.IGNORECASE,
    )
    behind = re.compile(
        rf"\s+{any_form(words('asked', 'behind what is left out'))}(?!\w)", re.IGNORECASE
    )
    found: list[NamedSpan] = []
    for one in sorted(named, key=lambda one: one.start):
        led = before.search(text.text[: one.start])
        followed = behind.match(text.text, one.end)
        is_listed = found and listing(text.vocabulary).fullmatch(
            text.text[found[-1].end : one.start]
        )
        if led or followed or is_listed:
            found.append(one)
            for match in filter(None, (led, followed)):
                text.take(*match.span())
    return tuple(one.name for one in found)


def _with_forms(
    text: RemainingText, arguments: tuple[Argument, ...], measure: Measure
) -> tuple[Argument, ...]:
    """Give a material the form that stands elsewhere: "oxide prices of terbium"."""
    forms = text.terms("forms")
    taken = ("", _METAL) if len(forms) == 1 and _is_before_name(text, forms[0]) else ("",)
    bare = [a for a in arguments if a.role == "material" and a.name.form in taken]
    if len(forms) != 1 or len(bare) != 1:
        return arguments
    text.take_all(forms)
    if is_part(measure) and forms[0].meaning in names_of_nature("whole", text.vocabulary):
        return arguments  # a share of the ore
    if bare[0].name.text.endswith(f" {forms[0].meaning}"):
        return arguments  # the name says it: "Sc-Al 2% alloy"
    formed = replace(bare[0], name=replace(bare[0].name, form=forms[0].meaning))
    return tuple(formed if a is bare[0] else a for a in arguments)


def _is_before_name(text: RemainingText, form: Found[str]) -> bool:
    """Tell whether a word that a slot took stands right behind a form: "unalloyed lanthanum"."""
    behind = slice(form.end, form.end + 2)
    return text.text[behind].strip() != "" and text.left[behind].isspace()


def _arguments(
    text: RemainingText, named: Sequence[NamedSpan], measure: Measure
) -> tuple[Argument, ...]:
    found: dict[str, Argument] = {}
    for one in named:
        role = _role_before(text, one, measure) or role_of(one.name)
        places = [a for a in found.values() if a.role == "place"]
        if role == "place" and len(places) == 1:  # "US imports Japan": from the second
            role = _other_end(measure) or role
        found.setdefault(one.name.key, Argument(role, one.name))
    places = [a for a in found.values() if a.role == "place"]
    if is_part(measure) and len(places) > 1:  # "China's share of world output": of that whole
        found.pop(_WORLD, None)
    return tuple(found.values())


def _role_before(text: RemainingText, one: NamedSpan, measure: Measure) -> Role | None:
    """Return the role that the word before a name gives it: "from" an origin."""
    if one.name.is_material:
        return None
    before = text.text[: one.start].casefold().rstrip()
    article = any_form(text.vocabulary.words("grammar", "article"))
    is_part_of_imports = has_nature(measure.name, "part of imports", text.vocabulary)
    before = re.sub(rf"(?:^|\s){article}$", "", before).rstrip()
    for row in text.vocabulary.rows("sides"):
        if not is_kind_of(measure.name, row["measure"], text.vocabulary) and not (
            is_part_of_imports and has_nature(row["measure"], "inward", text.vocabulary)
        ):
            continue
        for role in get_args(Role):
            for form in split_forms(row.get(role, "")):
                if re.search(rf"(?:^|[\s,(]){re.escape(form)}$", before) or (
                    EAST_ASIAN.search(form) and before.endswith(form)
                ):
                    known: Role = role
                    return known
    return None


def _asks_origins(measure: Measure, arguments: Sequence[Argument], vocabulary: Vocabulary) -> bool:
    """Tell whether it is asked where the imports of one country come from: it names no origin."""
    roles = [one.role for one in arguments if one.role in ("place", "origin", "destination")]
    is_of_one = len(roles) == 1 and roles[0] != "origin"
    return is_of_one and has_nature(measure.name, "part of imports", vocabulary)


def _other_end(measure: Measure) -> Role | None:
    if has_nature(measure.name, "inward"):
        return "origin"
    return "destination" if has_nature(measure.name, "outward") else None


# -- what kind of question it is


def _operation(text: RemainingText, asked: Iterable[str]) -> Operation:
    asked = tuple(asked)
    if orders_list(text) and not {"table", "rank"} & {*asked}:
        return "list"
    otherwise: Operation = "list" if asks_for_several(text) else "look-up"
    if otherwise == "look-up" and asks_yes_or_no(text.text, text.vocabulary):
        otherwise = "yes or no"
    return next((_OPERATIONS[one] for one in asked if one in _OPERATIONS), otherwise)


def _asks_manner(text: RemainingText, query: Query, asked: AskedMeasure) -> bool:
    """Tell whether it is asked how something is done, and not how a figure went over times."""
    is_figure = asked.is_change or query.periods or query.value_kind != "any" or query.order
    return asks_manner(text) and not is_figure


@lru_cache(maxsize=4)
def _purity(vocabulary: Vocabulary) -> re.Pattern[str]:
    behind = any_form(vocabulary.words("asked", "purity"))
    percent = any_form(split_forms(vocabulary.row("units", "percent")["written"]))
    return re.compile(
        rf"(?<![\w.])(\d{{2}}(?:\.\d+)?)\s?{percent}(?:\s?({behind})(?!\w))?", re.IGNORECASE
    )


@lru_cache(maxsize=4)
def _operations(vocabulary: Vocabulary) -> PhraseFinder[str]:
    return PhraseFinder(
        (form, row["name"])
        for row in vocabulary.rows("operations")
        for column in ("words", "shorthand", "chinese")
        for form in split_forms(row[column])
    )


@lru_cache(maxsize=4)
def _latest(vocabulary: Vocabulary) -> PhraseFinder[str]:
    return PhraseFinder((form, form) for form in vocabulary.words("markers", "latest"))
