"""Fragments: "and Brazil?", "in 2023?", "its reserves?", put into the question before them."""

import re

from assistant.conversation.figures_asked import figure_of, figures_alike, with_figure
from assistant.conversation.leaning import Leaning
from assistant.conversation.names import NameUse, find_names
from assistant.conversation.placing import (
    PREPOSITION,
    appended,
    closed,
    counterparts,
    next_stop,
    rare_earths_in,
    with_name,
    with_source,
    with_time,
    with_time_words,
    with_unit,
)
from assistant.conversation.times import find_times
from assistant.conversation.topics import FIGURE, Reading, without_times
from corpus.language.quantities import find_unit
from corpus.language.table_words import whole_unit
from corpus.language.units import dimension
from corpus.lexicon.mention import EAST_ASIAN

_LED = re.compile(rf"(?P<lead>{PREPOSITION} )?(?P<words>.*)$", re.IGNORECASE | re.DOTALL)
_ACCORDING = re.compile(r"\b(?:according to|as per|as reported by|going by) (?P<source>.+)$", re.I)
_CURRENCY = (
    r"(?:(?:us|u\.s\.|american|australian|canadian) )?dollars?|euros?|yuan|renminbi|rmb|yen|"
    r"pounds? sterling|rubles?|rupees?|percent|per ?cent|absolute terms|total"
)
_CONVERTED = frozenset(("mass", "share", "price"))  # what figures are asked for in another unit of
_IN = re.compile(r"(?:(?:in|to|into|as) )?(?P<unit>[\w$/.% ]+)$", re.IGNORECASE)
_FORM = re.compile(
    r"(?:the |its |of the |for the )?(?:pure )?"
    r"(oxide|metal|alloy|concentrate|carbonate|chloride)s?$",
    re.IGNORECASE,
)
_STAGE = re.compile(
    r"\b(?:smelting and separation|mining|extraction|separation|refining|processing|recycling|"
    r"smelting|magnet[ -]making|metal[ -]making|substitution)\b",
    re.IGNORECASE,
)
_ONES = re.compile(
    rf"(?:{PREPOSITION} )?(?:the )?(?P<kind>[\w-]+(?: and [\w-]+)?) ones?$", re.IGNORECASE
)
_CONTRARIES = (
    ("heavy", "light"), ("foreign", "domestic"), ("old", "new"), ("large", "small"),
    ("private", "public"), ("planned", "existing"), ("upper", "lower"),
)  # fmt: skip
_CONTRARY = {one: other for pair in _CONTRARIES for one, other in (pair, pair[::-1])}
_ORDINAL = re.compile(r"(?:the )?(first|second|third|fourth)(?: one)?\b", re.IGNORECASE)
_OTHER = re.compile(r"(?:the )?others?(?: ones?)?$", re.IGNORECASE)
_OWNED = re.compile(rf"(?:{PREPOSITION} )?(?:its|their) (?P<what>.+)$", re.IGNORECASE)
_DIRECTED = re.compile(rf"(?:the )?(?:[a-z-]+ )*{FIGURE} (?:to|from|with|by|per)\b (?:the )?[A-Z]")
_COMPARED = re.compile(r"(?:compared|relative|versus|vs\.?|as against)\b", re.IGNORECASE)
_FEW_LETTERS = 4  # besides names and times: "y en", "和...呢"
_VAGUE = re.compile(r"\b(?:times?|reasons?|source|rest|case|details?|why|how)\b", re.IGNORECASE)
_PARTICIPLE = re.compile(r"[a-z]+(?:ed|sold|made|ined|paid|built|used)$")
_SAME = re.compile(
    r"^(?:what|how (?:much|many|high|large|big|low)) \w+ (?:it|they|that|this|these|those|the \w+)"
    r"(?: be| been| stand(?: at)?)?\s*",
    re.IGNORECASE,
)


def replaced(leaning: Leaning, core: str, reading: Reading) -> str:
    """Return the question of the topic with what a fragment names in the place of its like.

    "" where the fragment cannot be placed.
    """
    rest = _SAME.sub("", core) if leaning.asks_the_same else core
    rest = re.sub(r"^(?:that|those) of (?:the )?", "of ", rest, flags=re.IGNORECASE)
    if owned := _OWNED.match(rest):
        return figure_of(reading, reading.owner, owned["what"])
    question = reading.question
    if EAST_ASIAN.search(core) or core.startswith("¿"):
        return _with_names_alone(question, core)
    if re.fullmatch(PREPOSITION, rest, re.IGNORECASE):
        return ""
    if _OTHER.fullmatch(rest):
        return _with_other(reading)
    if (ordinal := _ORDINAL.fullmatch(rest)) and (placed := _with_ordinal(question, ordinal[1])):
        return closed(placed)
    if _COMPARED.match(rest):
        return closed(f"{closed(question)[:-1]}, {rest[:1].lower()}{rest[1:]}")
    if (unit := _unit(rest)) and not find_times(rest):
        return with_unit(question, unit)
    if source := _ACCORDING.search(rest):
        question, rest = with_source(question, source["source"]), rest[: source.start()].strip(" ,")
    question, rest = _with_times(question, rest)
    if ones := _ONES.match(rest):
        return _with_kind(question, ones["kind"])
    if _DIRECTED.match(rest) and not figures_alike(rest, question) and reading.thing:
        return figure_of(reading, reading.owner, re.sub(r"^the ", "", rest))
    names = [name for name in find_names(rest) if not find_times(name.text)]
    for name in names[:3]:
        if name.group in ("source", "edition") and len(names) == 1:
            question, rest = with_source(question, name.text), rest.replace(name.text, "")
        elif old := counterparts(
            question, name, tuple(one.key for one in names), _beside(rest, name)
        ):
            question = with_name(question, old, name, _said(rest, name))
            question = _led_alike(question, name, rest)
            rest = _without(rest, name)
        elif name.group == "material" and (place := rare_earths_in(question)):
            question = question[: place.start()] + name.text + question[place.end() :]
            rest = _without(rest, name)
    return _with_rest(question, rest, reading)


def _with_names_alone(question: str, core: str) -> str:
    """Return a question in another language with a name or a time replaced, and nothing else."""
    names, times = find_names(core), find_times(core)
    said = sum(len(name.text) for name in names) + sum(len(time.text) for time in times)
    if not said or len(re.sub(r"[\W_]", "", core)) - said > _FEW_LETTERS:
        return core
    for name in names[:2]:
        if old := counterparts(question, name):
            question = with_name(question, old, name, name.text)
    for time in times[:1]:
        question = with_time(question, time)
    return closed(question)


def _with_times(question: str, rest: str) -> tuple[str, str]:
    """Return the question with the times of a fragment, and the fragment without them."""
    times = [
        t for t in find_times(rest) if not any(n.start <= t.start < n.end for n in find_names(rest))
    ]
    if not times:
        return question, rest
    lead = re.search(rf"\b(?P<lead>{PREPOSITION}\s+)(?:the )?$", rest[: times[0].start], re.I)
    start = lead.start() if lead else times[0].start
    if not lead and rest[:start].lower().endswith("the "):
        start -= 4
    if len(times) > 1:
        words = rest[start : times[-1].end]
        return with_time_words(question, words), f"{rest[:start]} {rest[times[-1].end :]}".strip(
            " ,"
        )
    word = lead["lead"].lower() if lead else ""
    # "for 2023", "and of 2022?" stand where "in 2022" stood.
    word = "" if word.strip() in ("in", "on", "for", "of", "about", "at") else word
    remaining = f"{rest[:start]} {rest[times[0].end :]}".strip(" ,")
    return with_time(question, times[0], word), remaining


def _with_rest(question: str, rest: str, reading: Reading) -> str:
    """Return the question with what a fragment names beyond names and times."""
    rest = re.sub(r"\s+", " ", rest).strip(" ,")
    rest = re.sub(rf"^(?:{PREPOSITION}|the|and| )+$", "", rest, flags=re.IGNORECASE)
    rest = re.sub(r"\bones?$", "", rest).strip()
    if not rest or not re.search(r"\w", rest):
        return closed(question)
    if (form := _FORM.fullmatch(rest)) and (placed := _with_form(question, form[1].lower())):
        return closed(placed)
    led = _LED.match(rest)
    assert led is not None
    words = re.sub(r"^the ", "", led["words"])
    if (stage := _STAGE.search(words)) and (old := _STAGE.search(question)):
        return closed(f"{question[: old.start()]}{stage.group()}{question[old.end() :]}")
    if _PARTICIPLE.fullmatch(words) and reading.clause.verb and not reading.clause.subject:
        return closed(question.replace(reading.clause.verb, words, 1))
    if _VAGUE.search(words):
        return ""
    if led["lead"] and (placed := _with_led(question, led["lead"].strip(), led["words"])):
        return closed(placed)
    is_figure = re.search(rf"\b{FIGURE}$", without_times(words).split(" of ")[0], re.IGNORECASE)
    if is_figure and (placed := with_figure(question, words, reading)):
        return closed(placed)
    if not reading.clause.ask:
        return ""
    found = _with_phrase(question, led["lead"] or "", led["words"])
    if found.endswith(f"({led['words']})?") and reading.main_name and not find_names(rest):
        return figure_of(reading, reading.owner, words)
    return closed(found)


def _with_form(question: str, form: str) -> str:
    """Return a question about the metal where it was one about the oxide."""
    for name in reversed(find_names(question)):
        if name.group == "material":
            has = question[name.bare_end : name.end]
            if has.strip().lower() == form:
                return ""
            return f"{question[: name.bare_end]} {form}{question[name.end :]}"
    return ""


def _with_phrase(question: str, lead: str, words: str) -> str:
    """Return a question with a phrase in the place of the last that is no name and no time."""
    if lead:
        return appended(question, f"{lead}{words}")
    return _with_led(question, PREPOSITION, words) or appended(question, f"({words})")


def _with_led(question: str, lead: str, words: str) -> str:
    """Return a question with a phrase in the place of one after the same preposition, or ""."""
    told = closed(question)[:-1]
    times = find_times(told)
    for match in reversed(list(re.finditer(rf"\b(?:{lead}) ", told, re.IGNORECASE))):
        end = next_stop(told, match.end())
        inside = told[match.end() : end]
        if any(match.end() <= time.start < end for time in times) or not inside:
            continue
        if re.match(r"(?:which|what|how|who|when)\b", inside):
            continue
        if lead == PREPOSITION and find_names(inside):
            continue
        article = "the " if re.match(r"the ", inside) and not re.match(r"the ", words) else ""
        return f"{told[: match.end()]}{article}{words}{told[end:]}"
    return ""


def _with_kind(question: str, kind: str) -> str:
    """Return a question about the heavy ones, the foreign ones."""
    if kind.lower() in ("this", "that", "which", "the", "same"):
        return ""
    other = _CONTRARY.get(kind.lower(), "")
    if other and (place := re.search(rf"\b{other}\b", question)):
        return closed(f"{question[: place.start()]}{kind}{question[place.end() :]}")
    if place := rare_earths_in(question):
        return closed(f"{question[: place.start()]}{kind} {question[place.start() :]}")
    asked = re.match(r"((?:.* )?(?:which|what|how many)) (?=[a-z]+s\b)", question, re.IGNORECASE)
    return closed(f"{asked[1]} {kind}{question[len(asked[1]) :]}") if asked else ""


def _with_ordinal(question: str, ordinal: str) -> str:
    """Return a question about "the second" where it was about the first batch, quarter or half."""
    for time in reversed(find_times(question)):
        if old := _ORDINAL.match(time.text):
            end = time.start + old.end(1)
            return question[: time.start + old.start(1)] + ordinal.lower() + question[end:]
    return ""


def _with_other(reading: Reading) -> str:
    """Return the question about the other of two: one that the answer or an earlier turn named."""
    known = {name.key for name in reading.names}
    named = [name for text in (reading.answer, *reading.earlier) for name in find_names(text)]
    for name in named:
        old = [] if name.key in known else counterparts(reading.question, name)
        if old and old[0].group == name.group:
            return closed(with_name(reading.question, old, name, name.text))
    return ""


def _unit(rest: str) -> str:
    """Return the unit that a fragment names and nothing else, or ""."""
    rest = re.sub(r"^how much (?:is|was|would) (?:that|it|this)(?: be)? ", "", rest, flags=re.I)
    match = _IN.fullmatch(rest)
    if match is None:
        return ""
    unit = match["unit"].strip()
    known = dimension(find_unit(unit)[0]) in _CONVERTED and whole_unit(unit)
    return unit if known or re.fullmatch(_CURRENCY, unit, re.IGNORECASE) else ""


def _said(rest: str, name: NameUse) -> str:
    """Return a name with the article that it was said with."""
    article = re.search(r"\bthe $", rest[: name.start], re.IGNORECASE)
    takes = article and name.group == "country"
    if name.entry and name.group == "material" and name.entry.name.islower():
        capital = name.text[:1].isupper() and name.text[:1].lower() == name.entry.name[:1]
        spelled = name.text.lower().startswith(name.entry.name)
        return name.text[:1].lower() + name.text[1:] if capital and spelled else name.text
    return f"the {name.text}" if takes else name.text


def _lead_of(rest: str, name: NameUse) -> str:
    lead = re.search(r"\b(to|from|by|with|against) (?:the )?$", rest[: name.start], re.IGNORECASE)
    return lead[1].lower() if lead else ""


def _beside(rest: str, name: NameUse) -> str:
    """Return what stands beside a name in a fragment: "to", or "'s" for "And South Korea's?"."""
    owns = re.match(r"[’']s?(?!\w)", rest[rest.find(name.text) + len(name.text) :])
    lead = re.search(rf"\b({PREPOSITION}) (?:the )?$", rest[: rest.find(name.text)], re.IGNORECASE)
    return "'s" if owns else lead[1].lower() if lead else ""


def _led_alike(question: str, name: NameUse, rest: str) -> str:
    """Return a question whose new name follows the direction it was named with: "from Malaysia"."""
    lead = _lead_of(rest, name)
    if not lead:
        return question
    pattern = rf"\b(?:to|from|by|with|against)(?= (?:the )?{re.escape(name.text)}\b)"
    return re.sub(pattern, lead, question, count=1)


def _without(rest: str, name: NameUse) -> str:
    """Return a fragment without a name and what only ties it: "of", "the", "'s"."""
    at = rest.find(name.text)
    before = re.sub(rf"\b(?:(?:{PREPOSITION}|the|and|that)\s+)+$", "", rest[:at], flags=re.I)
    after = re.sub(r"^[’']s?\b", "", rest[at + len(name.text) :])
    return f"{before} {after}".strip(" ,'’")
