"""An answer that facts of the ledger carry: the figure asked for, with what older or other sources
say of the same thing, or what the sources lack of it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from assistant.answer import Answer, Sentence, Status, page_place
from assistant.figures.fact_citations import FactCitations
from assistant.figures.fact_search import FactSearch, names_all_times
from assistant.figures.realising import realise
from assistant.figures.value_words import forms
from corpus.facts import Absent, Fact, Names, Query
from corpus.language.measures import measure_named, names_of_nature
from corpus.language.vocabulary import load_vocabulary, split_forms
from corpus.language.words import content_words, fold
from index.facts import (
    FoundFacts,
    LedgerFact,
    are_said_beside,
    is_newer_edition,
    same_value,
)
from index.query import varied_arguments
from index.query.expected_type import expected_type
from index.ranking.signals import DATA_FILES
from index.storage.fact_rows import is_whole, name_key, value_kind

_MOST_OTHERS = 3  # values of one thing beside the first
_NEVER_STATED = frozenset(("total", "average", "ratio", "convert"))
_FIGURES = frozenset(("money", "share", "figure"))
_UNCOUNTED = frozenset(("mass", "mass rate", "money", "price", "share"))
_UNDISCLOSED = frozenset(("withheld", "not available"))


@dataclass(frozen=True, slots=True)
class _Voices:
    """What the sources say of one thing: the first value, then older ones, then contradicting."""

    first: LedgerFact
    older: tuple[LedgerFact, ...] = ()
    others: tuple[LedgerFact, ...] = ()

    @property
    def is_settled(self) -> bool:
        """Whether no source says otherwise."""
        return not (self.older or self.others)


def asks_figure(query: Query) -> bool:
    """Tell whether a question asks for a figure, by its words or its unit."""
    return query.value_kind in _FIGURES


def answer_by_look_up(question: str, standalone: str, query: Query, search: FactSearch) -> Answer:
    """Return the answer that the facts make which fit; one without text where none does."""
    none = Answer(question, standalone, "not_found", "")
    if not (is_look_up(query) and _names_value(query)):
        return none
    parts = query.parts or (query,)
    found = [search.find_in_words(replace(part, parts=())) for part in parts]
    found = [replace(one, facts=tuple(_told_surely(one))) for one in found]
    if not all(one.facts and _is_clear(one) for one in found):
        return none
    told = [_voices(one, search) for one in found]
    return _composed(none, query, told, search.citations())


def lacking_text(query: Query, search: FactSearch) -> str:
    """Return in a sentence what there is instead of what a question asks for, "" if unknown."""
    lacking, nearest = search.lacking(query)
    slot, _, asked = lacking.partition(" ")
    told = forms("lacking").get(slot, "")
    others = [one for one in nearest if one not in asked.split(", ")]
    if not told or not others:
        return ""
    most = [*others[:2], "…", *others[-2:]] if len(others) > 5 else others
    return told.format(asked=asked, nearest=", ".join(most))


def with_figure_asked(
    answer: Answer, query: Query, wants_figure: bool, search: FactSearch
) -> Answer:
    """Return an answer in words of passages, `not_found` where they lack the figure asked for.

    A measure that is only spoken of asks for none: "Who approved a loan of US$465 million?".
    """
    is_open = not (wants_figure and is_look_up(query) and asks_figure(query))
    is_amount = query.value_kind not in ("names", "date")
    if is_open and not (is_amount and search.has_money_alone(query, answer.citations)):
        return answer
    if not is_open and answer.status != "not_found" and search.has_figure(query, answer.citations):
        return answer
    said = answer.text
    if answer.status != "not_found":
        places = dict.fromkeys(
            ", ".join(filter(None, (c.source.title, page_place(c.source, c.page, c.page_label))))
            for c in answer.citations
        )
        said = forms("lacking")["nothing"].format(places="; ".join(places))
    return Answer(
        answer.question,
        answer.standalone_question,
        "not_found",
        " ".join(filter(None, (said, lacking_text(query, search)))),
        evidence=answer.evidence,
        seconds=answer.seconds,
        confidence=answer.confidence,
    )


def may_be_stated(refusal: Answer, query: Query) -> bool:
    """Tell whether sources may state in words what no facts of the ledger make together."""
    is_open = refusal.status == "not_found" and not refusal.confidence
    is_counted = query.operation in _NEVER_STATED and query.wanted.measure
    return is_open and not (is_counted or query.limit)


def stated_instead(answer: Answer, refusal: Answer, query: Query, search: FactSearch) -> Answer:
    """Return an answer in words of passages where these state what was asked, else the refusal.

    A growth must be stated as a change or in percent, a share as one, a series for each time.
    """
    cited = answer.citations
    if answer.status not in ("answered", "conflicting") or not cited:
        return refusal
    if query.operation in ("growth", "annual growth", "difference"):
        is_stated = search.has_change(query, cited)
    elif query.operation == "share":
        asked = replace(query, value_kind="share", unit="")
        is_stated = search.has_figure(asked, cited)
    else:
        times = [p for p in query.periods if "/" not in p.text or p.text.startswith("P")]
        is_stated = len(times) < 2 or names_all_times(times, cited)
    return answer if is_stated else refusal


def is_look_up(query: Query) -> bool:
    """Tell whether a question asks for figures one by one, and not for their list or change."""
    return query.operation == "look-up" and not query.wanted.change


def _names_value(query: Query) -> bool:
    """Tell whether a question says what of a thing it asks for, unlike "What is monazite?"."""
    wanted = query.wanted
    kind = "" if query.value_kind == "any" else query.value_kind
    return bool(wanted.measure or query.parts or kind or query.unit or query.periods)


def _is_clear(found: FoundFacts) -> bool:
    """Tell whether the first fact is what is asked for, and not one of several that are as near."""
    return _is_one_time(found) and _is_of_all(found) and not _is_of_any_material(found)


def _is_of_any_material(found: FoundFacts) -> bool:
    """Tell whether the facts give several materials their values, and none of them is asked for."""
    if any(one.role == "material" for one in found.query.wanted.arguments):
        return False
    if all(same_value(one.fact, found.facts[0].fact) for one in found.facts):
        return False
    kinds = [
        frozenset(name_key(name) for name in one.fact.named("material") if not is_whole(name))
        for one in found.facts
    ]
    return bool(kinds[0]) and len({*kinds}) > 1


def _is_one_time(found: FoundFacts) -> bool:
    """Tell whether the first fact is of all times that are asked for: one, or a whole span."""
    periods = found.query.periods
    said = found.facts[0].fact.period
    return len(periods) < 2 or said == periods[0]


def _is_of_all(found: FoundFacts) -> bool:
    """Tell whether the first fact is of all that is asked for in one role, and not of one of it."""
    said = {name_key(argument.name) for argument in found.facts[0].fact.arguments}
    several = [one for one in varied_arguments(found.query) if one.role == "material"]
    return not said or all(name_key(one.name) in said for one in several)


def _told_surely(found: FoundFacts) -> Iterator[LedgerFact]:
    """Yield the facts of a known measure whose sentence names all that is asked for beside them."""
    query = found.query
    is_counted = expected_type(query.text, query) == "count"
    for one in found.facts:
        measure = one.fact.measure
        if _is_of_other_type(one.fact, query, is_counted):
            continue
        is_asked = measure == query.wanted.measure or {*query.rest} <= {*content_words(measure)}
        is_known = bool(measure) and bool(measure_named(measure).dimension or is_asked)
        is_date = query.value_kind in ("date", "names")
        if _is_silent(one.fact) or _is_of_more(one.fact, query):
            continue
        if (is_known or is_date) and (one.fact.is_cell or are_said_beside(one, query)):
            yield one


def _is_of_other_type(fact: Fact, query: Query, is_counted: bool) -> bool:
    """Tell whether a fact is none of what is counted or named: tons of "how many mines"."""
    if is_counted:
        return bool(_UNCOUNTED & {value_kind(fact), measure_named(fact.measure).dimension})
    is_named = isinstance(fact.value, Names) or query.wanted.measure
    return query.value_kind == "names" and not is_named


def _is_of_more(fact: Fact, query: Query) -> bool:
    """Tell whether a fact is of a material that is asked for together with others that are not."""
    asked = {name_key(one.name) for one in query.wanted.arguments if one.role == "material"}
    said = {name_key(one) for one in fact.named("material") if not is_whole(one)}
    return bool(asked & said) and bool(said - asked)


def _is_silent(fact: Fact) -> bool:
    """Tell whether a source only says that it does not give a value, and nobody withholds it."""
    words = load_vocabulary().row("statuses", "not available")["words"]
    return isinstance(fact.value, Absent) and fact.value.printed.casefold() in split_forms(words)


# -- what the sources say of one thing


def _voices(found: FoundFacts, search: FactSearch) -> _Voices:
    """Return the best fact with what other sources give otherwise for the same thing."""
    query = found.query
    first = min(_alike(_read_surely(found.facts)), key=_standing)
    if query.editions:
        return _Voices(first)
    rivals = list(search.rivals(first))
    rivals += [one for one in found.facts if _is_of_other_edition(one, first)]
    rivals += [one for one in found.facts if _is_of_other_voice(one, first)]
    rivals = [one for one in rivals if _differs(one.fact, first.fact)]
    if first.source.rank == "filing":  # a company says many things in the words of one
        rivals = [one for one in rivals if one.fact.table.row == first.fact.table.row]
    newer = next((one for one in rivals if is_newer_edition(one, first)), None)
    if newer and (query.latest or not isinstance(newer.fact.value, Absent)):
        rivals = [*(one for one in rivals if one is not newer), first]
        first = newer
    older = _by_value([one for one in rivals if is_newer_edition(first, one)])
    if query.latest:
        return _Voices(first)
    others = [one for one in rivals if not is_newer_edition(first, one)]
    others = [one for one in others if not isinstance(one.fact.value, Absent)]
    return _Voices(first, older[:_MOST_OTHERS], _by_value(others)[:_MOST_OTHERS])


def _read_surely(facts: Sequence[LedgerFact]) -> Sequence[LedgerFact]:
    """Return facts from the first cell on where one says no more than the sentence before it.

    What a cell says is read more surely than what a sentence does.
    """
    said = facts[0].fact
    if said.is_cell:
        return facts
    for number, one in enumerate(facts):
        is_plain = len(one.fact.arguments) <= len(said.arguments) and not one.fact.named("segment")
        if one.fact.is_cell and is_plain and one.fact.measure == said.measure:
            return facts[number:]
    return facts


def _alike(facts: Sequence[LedgerFact]) -> list[LedgerFact]:
    """Return the facts that give the same thing the value of the first one, none of them older."""
    first = facts[0]
    alike = [
        one
        for one in facts
        if same_value(one.fact, first.fact)
        and (one.same == first.same or _is_of_other_edition(one, first))
    ]
    return [one for one in alike if not any(is_newer_edition(other, one) for other in alike)]


def _differs(one: Fact, other: Fact) -> bool:
    """Tell whether facts have values apart that can be compared, or one has none."""
    kinds = {value_kind(one), value_kind(other)}
    is_absent = isinstance(one.value, Absent) or isinstance(other.value, Absent)
    return (is_absent or len(kinds) == 1) and not same_value(one, other)


def _is_of_other_edition(one: LedgerFact, first: LedgerFact) -> bool:
    """Tell whether a fact that fits as well says the same thing in an older or newer edition.

    What one of them leaves unsaid of its terms is no difference.
    """
    if not (is_newer_edition(one, first) or is_newer_edition(first, one)):
        return False
    names = [{(a.role, name_key(a.name)) for a in f.fact.arguments} for f in (one, first)]
    return names[0] == names[1] and _has_same_terms(one.fact, first.fact)


def _is_of_other_voice(one: LedgerFact, first: LedgerFact) -> bool:
    """Tell whether somebody else says the same thing; all rare earths are understood."""
    said = [fold(f.fact.attributed_to or f.source.publisher) for f in (one, first)]
    if not all(said) or said[0] == said[1] or one.fact.rest != first.fact.rest:
        return False
    if "filing" in (one.source.rank, first.source.rank):
        return False
    ahead = names_of_nature("ahead")
    if (one.fact.status in ahead or first.fact.status in ahead) and (
        one.fact.status != first.fact.status
    ):
        return False
    names = [
        {(a.role, name_key(a.name)) for a in f.fact.arguments if not is_whole(a.name)}
        for f in (one, first)
    ]
    bases = load_vocabulary().rows("bases")
    known = {row["name"] for row in bases} & {one.fact.basis, first.fact.basis}
    return names[0] == names[1] and len(known) < 2 and _has_same_terms(one.fact, first.fact)


def _has_same_terms(one: Fact, other: Fact) -> bool:
    """Tell whether facts are of one measure and time, and say no term otherwise."""
    slots = ("specification", "price_basis", "statistic", "part_of", "of", "stage")
    terms = [(getattr(one, slot), getattr(other, slot)) for slot in slots]
    return (one.measure, one.period) == (other.measure, other.period) and all(
        a == b or not (a and b) for a, b in terms
    )


def _standing(one: LedgerFact) -> tuple[int, bool]:
    """Return a key that puts who says it himself before who restates it and names whom.

    Behind both stands who is unknown and names nobody; of each, files of data last.
    """
    source, fact = one.source, one.fact
    is_named = bool(fact.attributed_to) and source.rank != "official"
    is_unknown = source.rank == "unknown"
    return 1 if is_named else 2 if is_unknown else 0, source.file_type in DATA_FILES


def _by_value(facts: Sequence[LedgerFact]) -> tuple[LedgerFact, ...]:
    """Return one fact of each value, the newest first."""
    kept: list[LedgerFact] = []
    for one in sorted(facts, key=lambda one: one.source.published, reverse=True):
        if not any(same_value(one.fact, held.fact) for held in kept):
            kept.append(one)
    return tuple(kept)


# -- the answer


def _composed(asked: Answer, query: Query, told: Sequence[_Voices], cited: FactCitations) -> Answer:
    sentences = tuple(one for voices in told for one in _sentences(voices, query, cited))
    return replace(
        asked,
        status=_status(told),
        text="\n".join(_marked(one) for one in sentences),
        sentences=sentences,
        citations=cited.citations,
        evidence=cited.evidence,
        warnings=(*cited.warnings, *_warnings(told, query)),
        confidence=1.0,
    )


def _sentences(voices: _Voices, query: Query, cited: FactCitations) -> Iterator[Sentence]:
    said = partial(realise, unit=query.unit, scale=query.scale)
    yield Sentence(said(voices.first), (cited.cite(voices.first),), "supported")
    for one in voices.older:
        text = forms("voice")["superseded"].format(said=said(one))
        yield Sentence(text, (cited.cite(one),), "supported")
    for one in voices.others:
        text = forms("voice")["otherwise"].format(said=said(one))
        yield Sentence(text, (cited.cite(one),), "supported")


def _marked(sentence: Sentence) -> str:
    """Return a sentence with the numbers of its citations before its full stop."""
    marks = "".join(f" [{number}]" for number in sentence.citations)
    return f"{sentence.text.removesuffix('.')}{marks}."


def _status(told: Sequence[_Voices]) -> Status:
    values = [voices.first.fact.value for voices in told]
    if all(isinstance(value, Absent) and value.reason in _UNDISCLOSED for value in values):
        return "not_disclosed"
    return "answered" if all(voices.is_settled for voices in told) else "conflicting"


def _warnings(told: Sequence[_Voices], query: Query) -> Iterator[str]:
    if any(voices.older for voices in told):
        yield "Editions differ; the newest supersedes the older."
    if any(voices.others for voices in told):
        yield "Sources differ; each value is given with who says it."
    published = max((voices.first.source.published for voices in told), default="")
    if query.latest and published:
        yield f"The newest source cited is of {published}; it cannot speak of what came later."
