"""Putting times, names, sources and units into a question in the place of those that it has."""

import re

from assistant.conversation.clauses import AUXILIARY
from assistant.conversation.names import NameUse, find_names
from assistant.conversation.times import Time, find_times, with_year
from corpus.lexicon.mention import EAST_ASIAN

PREPOSITION = (
    r"(?:in|on|at|for|of|to|from|by|since|until|with|under|before|after|during|about|as|above|below|"
    r"over|outside|within|without|between|against|into|per)"
)

_GROUPS_ALIKE = (
    frozenset(("country", "unknown")),
    frozenset(("place", "unknown")),
    frozenset(("place", "country")),
    frozenset(("company", "body")),
    frozenset(("country", "body")),
    frozenset(("company", "unknown")),
    frozenset(("body", "unknown")),
    frozenset(("law", "unknown")),
    frozenset(("material", "unknown")),
)
_ACCORDING = re.compile(r",? according to [^,?]+")
_IN_UNIT = re.compile(r", in [^,?]+(?=\?$)")
_RARE_EARTHS = re.compile(
    r"\brare[ -]earths?\b(?! (?:element|oxide|metal|magnet|mine|product))", re.I
)
_LED = re.compile(
    r"(?P<lead>\b(?:in|on|for|during|at|by|since|before|after|until)\s+)?(?P<the>the\s+)?$"
)


def closed(question: str) -> str:
    """Return a question with a capital at its start and one question mark at its end."""
    told = re.sub(r"[\s?!.,;:？。]+$", "", question.strip())
    if EAST_ASIAN.search(told):
        return f"{told}？"
    if re.search(r"\b(?:[A-Z]\.){2,}$", question.strip("? ")):
        told += "."
    return f"{told[:1].upper()}{told[1:]}?"


def appended(question: str, words: str) -> str:
    """Return a question with words before its source and its end."""
    told = closed(question)[:-1]
    source = _ACCORDING.search(told)
    at = source.start() if source else len(told)
    return f"{told[:at]} {words}{told[at:]}?"


def with_time(question: str, new: Time, lead: str = "") -> str:
    """Return a question about another time."""
    times = find_times(question)
    if not times:
        words = f"{lead or _lead_for(new)}{_articled(new)}"
        return appended(question, words)
    same = [time for time in times if time.unit == new.unit]
    old = (same or times)[-1]
    told = new.text
    if new.unit != "year" and not new.year and old.year:
        told = with_year(new, old.year)
    elif new.unit == "year" and old.unit == "batch" and old.year:
        told = old.text.replace(str(old.year), new.text)
    before, after = question[: old.start], question[old.end :]
    led = _LED.search(before)
    assert led is not None
    before = before[: led.start()]
    words = lead.strip() or (led["lead"] or "").strip()
    if words in ("on", "in") and not lead:
        words = _lead_for(new).strip()
    article = "the " if _takes_article(told) else ""
    return f"{before}{words}{' ' if words else ''}{article}{told}{after}"


def with_time_words(question: str, words: str) -> str:
    """Return a question about a stretch of time told in words of several: "from 2018 to 2022"."""
    times = find_times(question)
    if not times:
        return appended(question, words)
    led = _LED.search(question[: times[0].start])
    assert led is not None
    return f"{question[: led.start()]}{words}{question[times[-1].end :]}"


def _lead_for(time: Time) -> str:
    if time.unit == "batch":
        return "for "
    return "on " if time.unit == "day" else "in "


def _takes_article(told: str) -> bool:
    pattern = (
        r"(?:first|second|third|fourth|\w+ quarter)\b|(?:quarter|half|\w+ months|year) \w+ [\dA-Z]"
    )
    return bool(re.match(pattern, told)) and told[0] not in "QH"


def _articled(time: Time) -> str:
    return f"the {time.text}" if _takes_article(time.text) else time.text


def with_source(question: str, source: str) -> str:
    """Return a question put to another source: "according to MCS 2025"."""
    is_edition = any(name.group == "edition" for name in find_names(source))
    editions = [name for name in find_names(question) if name.group == "edition"]
    if is_edition and editions:
        return question[: editions[-1].start] + source + question[editions[-1].end :]
    if old := _ACCORDING.search(question):
        comma = "," if old.group().startswith(",") else ""
        return f"{question[: old.start()]}{comma} according to {source}{question[old.end() :]}"
    return f"{closed(question)[:-1]}, according to {source}?"


def with_unit(question: str, unit: str) -> str:
    """Return a question whose answer is wanted in a unit."""
    told = _IN_UNIT.sub("", closed(question))
    return f"{told[:-1]}, in {unit}?"


def counterparts(
    question: str, new: NameUse, others: tuple[str, ...] = (), beside: str = ""
) -> list[NameUse]:
    """Return the names of a question in whose place a new name may stand; none, where none may.

    Numbered names ("Phase 2") take the place of their like only. An element takes the place of an
    element before that of an alloy. `beside` is a preposition before the new name, or "'s" after
    it: the place of a name with the same is taken first.
    """
    named = find_names(question)
    if new.bare_end != new.end and (own := [name for name in named if name.key == new.key]):
        return own[-1:]  # "dysprosium alloys" for "dysprosium oxide"
    names = [name for name in named if name.key != new.key]
    names = [name for name in names if name.key not in others]
    if numbered := re.match(r"(.*[\s-])\d+$", new.text):
        return [name for name in names if name.text.startswith(numbered[1])][-1:]
    same = [name for name in names if name.group == new.group]
    kind = new.entry.kind if new.entry else ""
    same = [name for name in same if name.entry and name.entry.kind == kind] or same
    same = [name for name in same if _stands_beside(question, name, beside)] or same
    if not same:
        same = [n for n in names if frozenset((n.group, new.group)) in _GROUPS_ALIKE]
        if new.group == "unknown":
            same = same[-1:]
    if not same:
        return []
    last = same[-1]
    run = [last]
    for name in reversed(same[:-1]):  # "dysprosium and terbium" are one place
        between = question[name.end : run[0].start]
        if not re.fullmatch(r"\s*(?:,|and|or|,\s*and)\s*(?:the )?", between):
            break
        run.insert(0, name)
    return run if len(run) > 1 else ([last] if new.group != "company" else [same[0]])


def _stands_beside(question: str, name: NameUse, beside: str) -> bool:
    if beside == "'s":
        return bool(re.match(r"[’']s?(?!\w)", question[name.end :]))
    return bool(beside and re.search(rf"\b{beside} (?:the )?$", question[: name.start]))


def with_name(question: str, old: list[NameUse], new: NameUse, words: str) -> str:
    """Return a question with a name in the place of others; `words` are the name as it was said."""
    first, last = old[0], old[-1]
    before, after = question[: first.start], question[last.end :]
    told = words
    if new.group == "material" and new.bare_end == new.end and last.end != last.bare_end:
        after = question[last.bare_end :]  # the form of the old one: "oxide"
    kind = re.search(r" (mine|plant|refinery|deposit|project|mill)$", first.text)
    if kind and not new.text.endswith(kind.group()):
        told = f"{words}{kind.group()}"  # "the Mt Weld mine", "the Mountain Pass mine"
    article = re.search(r"\b[Tt]he $", before)
    attributive = bool(re.match(r" [a-z]", after)) and new.group in ("country", "place", "company")
    verbs = rf" (?:{AUXILIARY}|{PREPOSITION}|and|or)\b"
    is_adjective = first.entry is not None and first.text != first.entry.name
    if EAST_ASIAN.search(new.text):
        return f"{before}{told}{after}"
    if new.group == "country" and attributive and is_adjective and not re.match(verbs, after):
        told = _adjective(new) if article else f"{words}'s"
    elif (
        article
        and not words.lower().startswith("the ")
        and (first.group == "country" or (first.group == "body" and new.group != "body"))
    ):
        before = before[: article.start()]
    if " " in told and re.search(r"[^s]s$", told):
        after = re.sub(r"^([’'])s\b", r"\1", after)
    if len(old) > 1:
        before = re.sub(r"\b(do|are|were|have) $", lambda m: f"{_SINGULAR[m[1]]} ", before)
    before = re.sub(r"\b(an?) $", f"{_indefinite(told)} ", before)
    return f"{before}{told}{after}"


_SINGULAR = {"do": "does", "are": "is", "were": "was", "have": "has"}


def _adjective(name: NameUse) -> str:
    if name.entry is None:
        return name.text
    plain = [other.text for other in name.entry.other_names if not other.note]
    return next((text for text in plain if re.search(r"(?:n|ese|ish|sh|ch|ss)$", text)), name.text)


def _indefinite(word: str) -> str:
    return "an" if re.match(r"[AEIOaeio]|[FHLMNRSX](?:[A-Z]|d\w*[A-Z])", word) else "a"


def next_stop(text: str, start: int) -> int:
    """Return where a phrase of a text ends that begins at `start`."""
    stop = re.search(rf"\s+(?:{PREPOSITION}|according)\b|[,?]|$", text[start:])
    return start + (stop.start() if stop else len(text) - start)


def is_plural(phrase: str) -> bool:
    """Tell whether the head of a phrase is a plural: "exports to Japan"."""
    head = re.split(r" (?:of|in|to|from|for|on|at|by|with|per|that|between)\b", phrase)[0]
    return bool(re.search(r"[a-rt-z]s$", head))


def rare_earths_in(question: str) -> re.Match[str] | None:
    """Return where a question speaks of rare earths as such, in whose place one may be named."""
    return _RARE_EARTHS.search(question)
