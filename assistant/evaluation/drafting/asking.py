"""A question for a figure, in its parts, so that it can be worded and one part exchanged."""

import re
from dataclasses import dataclass
from typing import Literal

from assistant.evaluation.drafting.phrases import owned
from corpus.lexicon import load_lexicon

Frame = Literal["quantity", "share of imports", "content", "cloze"]

_MINED = re.compile(r"mine production")
_MADE = re.compile(r"production|output")
_TRADED = re.compile(r"(?:total )?(?:imports(?: for consumption)?|exports)")
_VALUED = re.compile(r"(?:\w+ )?value of ")
_WORKPLACES = {
    "mine": "mines",
    "mill": "mills",
    "plant": "plants",
    "quarry": "quarries",
    "office": "offices",
    "refinery": "refineries",
    "smelter": "smelters",
    "beneficiation plant": "beneficiation plants",
    "preparation plant": "preparation plants",
    "concentrator": "concentrators",
}
_EMPLOYMENT = re.compile(r"(?P<average>average )?(?P<where>.*?)\s?employment")
_TELLS_PERCENT = re.compile(r"as a percentage|\bpercent|\bshare\b")
_SINGULAR = frozenset(("", "number", "index"))


@dataclass(frozen=True, slots=True)
class Ask:
    """What a question asks for.

    `quantity` is what is counted ("mine production"), `of` of what ("antimony"), `owner` whose
    ("Bolivia"), `partner` with whom ("to Canada"); `period` says when ("in 2024", "" for a figure
    without a time) and `year` its last year, 0 for none. `unit` and `basis` are those of the
    figure, `notes` what else narrows it, `edition` who says it.
    """

    quantity: str
    of: str = ""
    owner: str = ""
    partner: str = ""
    period: str = ""
    year: int = 0
    unit: str = ""
    basis: str = ""
    notes: tuple[str, ...] = ()
    edition: str = ""
    plural: bool = False
    frame: Frame = "quantity"

    @property
    def subject(self) -> str:
        """What is asked for in words, without time, measure and source."""
        return " ".join(part for part in (self.owner, self.quantity, self.of, self.partner) if part)


def question(ask: Ask, turn: int = 0) -> str:
    """Return the question in words; `turn` chooses among ways of asking for the same.

    >>> question(Ask("mine production", "antimony", "Bolivia", "", "in 2024", 2024, "metric tons"))
    'How much antimony did Bolivia mine in 2024, in metric tons?'
    """
    if ask.frame == "share of imports":
        subject = f"What share of {owned(ask.owner, 'imports')} of {ask.of} came {ask.partner}"
        return _closed(ask, subject, "", measured=False)
    if ask.frame == "content":
        pause = "," if "," in ask.of else ""
        whole = ask.basis.removeprefix("of ")
        subject = f"What share of {whole} in {ask.of}{pause} is {ask.quantity}"
        return _closed(ask, subject, "percent", comma=True)
    if employed := _employment(ask):
        return employed
    if "reliance" in ask.quantity:
        thing = f"{owned(ask.owner, ask.quantity) if ask.owner else 'the ' + ask.quantity}"
        of = f" for {ask.of}" if ask.of else ""
        return _closed(ask, f"What was {thing}{of}", ask.unit, comma=True)
    done = _done(ask) if turn % 2 == 0 else ""
    if done:
        return _closed(ask, done, ask.unit, comma=True)
    be = ("were" if ask.plural else "was") if ask.period else ("are" if ask.plural else "is")
    told = f"What {be} {_named(ask)}"
    return _closed(ask, told, ask.unit, comma=turn % 3 == 1)


def _named(ask: Ask) -> str:
    """Return what is asked for as a noun: "the value of U.S. exports of yttrium to Japan"."""
    before, quantity = "", ask.quantity
    if valued := _VALUED.match(ask.quantity):
        before, quantity = valued[0], ask.quantity[valued.end() :]
    if before and re.fullmatch(_TRADED, quantity):
        thing = f"the {before}{owned(ask.owner, quantity) if ask.owner else quantity}"
    else:
        thing = owned(ask.owner, ask.quantity) if ask.owner else f"the {ask.quantity}"
    link = "for" if ask.quantity.endswith("capacity") else "of"
    of = f" {link} {ask.of}" if ask.of else ""
    pause = "," if ask.partner and "," in ask.of else ""
    return f"{thing}{of}{pause}{f' {ask.partner}' if ask.partner else ''}"


def _done(ask: Ask) -> str:
    """Return the question by its verb: "How much antimony did Bolivia mine"."""
    if not (ask.owner and ask.of and ask.period) or ask.notes:
        return ""
    if _MINED.fullmatch(ask.quantity):
        verb = "mine"
    elif _MADE.fullmatch(ask.quantity):
        verb = "produce"
    elif _TRADED.fullmatch(ask.quantity):
        verb = ask.quantity.split()[0].removesuffix("s")
        if verb == "total":
            return ""
    else:
        return ""
    if not _is_amount(ask.unit):
        return ""
    many = re.search(r"(?<!s)s\b|\band\b|,", ask.of)
    asked = "What quantity of" if many else "How much"
    partner = f" {ask.partner}" if ask.partner else ""
    did = "was" if ask.owner == "the world" else "did"
    if did == "was":
        done = {"mine": "mined", "produce": "produced"}.get(verb)
        return f"{asked} {ask.of} was {done} worldwide" if done and not many else ""
    pause = "," if ask.of.count(",") == 1 else ""
    return f"{asked} {ask.of}{pause} did {ask.owner} {verb}{partner}"


def _is_amount(unit: str) -> bool:
    return bool(re.search(r"\b(?:tons?|tonnes|kilograms|carats|liters|meters|grams|kg|t)\b", unit))


def _employment(ask: Ask) -> str:
    found = _EMPLOYMENT.fullmatch(ask.quantity)
    if found is None or not ask.owner:
        return ""
    of = re.sub(r"\brare earths$", "rare-earth", ask.of)
    where = re.split(r", and |, | and ", found["where"]) if found["where"] else []
    if not where and of:
        industry = owned(ask.owner, f"{of} industry")
        the = "the " if industry.startswith(("U.S. ", "world ")) else ""
        return _closed(ask, f"How many people worked in {the}{industry}", "")
    if not where or any(place not in _WORKPLACES for place in where):
        return ""
    places = [_WORKPLACES[place] for place in where]
    listed = " and ".join(filter(None, (", ".join(places[:-1]), places[-1])))
    average = " on average" if found["average"] else ""
    thing = f"{of} {listed}" if of else listed
    return _closed(ask, f"How many people worked{average} in {owned(ask.owner, thing)}", "")


def _closed(ask: Ask, told: str, unit: str, *, comma: bool = False, measured: bool = True) -> str:
    """Return a question with its time, its source and in which measure the answer is wanted."""
    basis = ask.basis if unit and ask.frame != "content" else ""
    if unit in _SINGULAR or (unit == "percent" and _TELLS_PERCENT.search(ask.quantity)):
        unit = ""
    if unit and _is_said(unit, told):
        unit = ""
    if basis and _is_said(basis, told):
        basis = ""
    notes = [note for note in ask.notes if not _is_said(note, f"{told} {unit} {basis}")]
    pause = "," if ask.of and "," in ask.of and told.endswith(ask.of) else ""
    period = f"{pause} {ask.period}" if ask.period else ""
    edition = f" according to {ask.edition}" if ask.edition else ""
    if comma and unit and not notes:
        inner = f" ({basis})" if basis else ""
        return f"{told}{period}{edition}, in {unit}{inner}?"
    bracket = "; ".join([*notes, ", ".join(filter(None, (unit, basis)))] if unit else notes)
    return f"{told}{period}{edition}{f' ({bracket})' if bracket and measured else ''}?"


def _is_said(words: str, told: str) -> bool:
    """Tell whether words stand in what is told already, brackets and hyphens aside."""
    plain = _plain(words)
    return any(f" {plain} " in f" {_plain(t)} " for t in (told, re.sub(r"\([^()]*\)", "", told)))


def _plain(words: str) -> str:
    return re.sub(r"\W+", " ", words.lower()).strip()


def kind_of_owner(owner: str) -> str:
    """Return the lexicon's kind of an owner: "country", "company"; "" where it is not known."""
    found = load_lexicon().named(owner.removeprefix("the "))
    return found[0].kind if found else ""
