"""What a conversation is about after a turn: the thing spoken of, whose it is, and when.

A topic is the last question, made to stand by itself, with what the assistant answered to it. All
that earlier turns left to it is in the words of that question.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from assistant.conversation.clauses import AUXILIARY, Clause, read_clause
from assistant.conversation.names import NameUse, find_names, named_group
from assistant.conversation.times import Time, find_times

# What can be asked of a thing, so that "the grade of the ore" speaks of the ore.
FIGURE = (
    r"(?:price|cost|revenue|sales|profit|income|loss|earning|turnover|production|output|reserve|"
    r"resource|export|import|quota|tariff|dut(?:y|ies)|consumption|demand|employment|employee|"
    r"worker|workforce|grade|stake|share|capacit(?:y|ies)|value|reliance|investment|outlay|budget|"
    r"life|size|amount|number|volume|benchmark|target|margin|ebitda|dividend|debt|royalt(?:y|ies)|"
    r"rate|purity|temperature|tonnage|stock|stockpile|suppl(?:y|ies)|forecast|guidance|shareholder|"
    r"percentage|proportion|limit|threshold|date|code|content|expenditure|expense|cash|margin|"
    r"assets?|workers|customers?|composition|distribution|depth|length|ownership)s?"
)
_QUANTITIES = {
    "mine": "mine production",
    "produce": "production",
    "make": "output",
    "export": "exports",
    "import": "imports",
    "consume": "consumption",
    "use": "consumption",
    "sell": "sales",
    "earn": "earnings",
    "employ": "employees",
    "own": "holdings",
}
_SOURCE_PHRASE = re.compile(
    r"(?:,? according to|,? as reported by|, by(?= [A-Z])) .*$", re.IGNORECASE
)
_FIGURE_NEXT = re.compile(rf" (?:[a-z-]+ )??{FIGURE}\b")
_ASKS_NAME = re.compile(
    r"^(?:by |for |from |of |to |with )?(?:who|whom|which|what)$", re.IGNORECASE
)
_LINK = r"(?:in|at|of|to|for|on|from|with|by|and)"
_DEFINITE = re.compile(
    rf"the (?:(?!{_LINK} )[\w’'-]+ )*(?!{_LINK} )[\w-]+"
    r"(?: (?:in|at|of) (?:[A-Z][\w’'-]*\s?)+)?"
)
_LEADING = re.compile(r"^(?:in|on|at|of|for|to|from|under|with) ")
_PARTICIPLE = re.compile(
    r" (?:[a-z]+ed|sold|made|paid|held|owned|built|found) (?:in|at|by|to|for|from)\b.*"
)
_POSSESSOR = re.compile(r"(?P<owner>[\w.’' -]*?\w)[’'](?:s\b)? (?P<owned>.+)")
_OF = re.compile(rf"(?:the |an? )?(?:[\w-]+ )*?{FIGURE} of (?P<owner>.+)", re.IGNORECASE)
_NOUN_AFTER = re.compile(
    rf" (?!(?:{AUXILIARY}|{_LINK}|or|under|that|which|\w+s|\w+ed)\b)[a-z][\w-]*"
)
_BRACKETS = re.compile(r"\s*\([^)]*\)?")
_OWN_THING = re.compile(
    r"\b(?:plant|mine|refinery|project|facilit\w+|deposit|loan|deal|agreement|contract|licen[cs]e|"
    r"law|rule|list|scheme|plan|circuit|mill|complex|factory)\b|[A-Z]"
)
_ARTICLE = re.compile(r"\b(?:the|The) (?:[a-z][\w-]* )?$")
_IN_LIST = re.compile(r"\s*(?:,|and\b|or\b|,\s*and\b)\s*(?:the )?$")
_MAY_BE_EITHER = {"place", "company", "body"}  # "Solikamsk Magnesium Plant" is a company
_MARKER = re.compile(r"\s?\[\d+\]")
# "U.S. Geological Survey, MCS 2026: ", "the project, September 2026: "
_ATTRIBUTED = re.compile(r"^[^:—|\n]{0,80}, [^:—|\n]{0,20}20\d\d[^:—|\n]{0,20}: ", re.MULTILINE)
_MOST_ANSWER = 1_500  # letters: what is named later is not what was asked for


@dataclass(frozen=True, slots=True)
class Topic:
    """The last question as it stands by itself, the answer to it, and names of earlier turns."""

    question: str
    answer: str = ""
    earlier: tuple[str, ...] = ()
    centre: str = ""  # what "it" in the question stood for: it stays "it"
    basis: str = ""  # the question that it was joined to, from which later ones go on


class Reading:
    """A topic taken apart, each part when it is first needed."""

    def __init__(self, topic: Topic) -> None:
        self.question = topic.basis or topic.question
        self.answer = _ATTRIBUTED.sub("", _MARKER.sub("", topic.answer[:_MOST_ANSWER]))
        self.earlier = topic.earlier
        self.centre = topic.centre

    @cached_property
    def clause(self) -> Clause:
        """The parts of the question."""
        return read_clause(self.question)

    @cached_property
    def names(self) -> tuple[NameUse, ...]:
        """What the question names, editions and sources too."""
        return find_names(self.question)

    @cached_property
    def times(self) -> tuple[Time, ...]:
        """The times that the question names."""
        return find_times(self.question)

    @cached_property
    def answered(self) -> str:
        """The name that was asked for and is the answer, or ""."""
        clause = self.clause
        if not _ASKS_NAME.match(clause.ask) or re.search(FIGURE, clause.noun):
            return ""
        asked = clause.noun or clause.rest if clause.ask.lower() != "who" else ""
        if clause.ask.lower().endswith("what") and not named_group(asked.split(" ", 1)[0]):
            return ""
        wanted = named_group(" ".join(asked.split()[:2]))
        known = {name.key for name in self.names}
        new = [n for n in find_names(self.answer) if n.key not in known and n.group != "edition"]
        new = [n for n in new if n.group != "source"] or new
        alike = _MAY_BE_EITHER if wanted in _MAY_BE_EITHER else {wanted}
        fitting = [name for name in new if not wanted or name.group == wanted]
        fitting = fitting or [name for name in new if name.group in {*alike, "unknown"}]
        if len(fitting) > 1 and _IN_LIST.match(self.answer[fitting[0].end : fitting[1].start]):
            return ""  # "they", not "it"
        return _with_article(self.answer, fitting[0]) if fitting else ""

    @cached_property
    def asked(self) -> str:
        """What was asked for, as a phrase: "Vietnam's reserves", "the elements that need ..."."""
        clause = self.clause
        if clause.asks_being:
            subject = _SOURCE_PHRASE.sub("", clause.subject)
            if not clause.noun:
                return subject
            number = clause.ask.lower() not in ("how much", "how many")
            return f"the {clause.noun} {'that are ' if number else ''}{subject}"
        if not clause.auxiliary:
            return _that_does(clause)
        rest = _SOURCE_PHRASE.sub("", clause.rest)
        if clause.noun and not clause.subject:
            return f"the {clause.noun} {clause.verb} {rest}".strip()
        what = clause.noun or _QUANTITIES.get(clause.verb, "")
        if not what or not clause.subject:
            return ""
        if clause.ask.lower() in ("which", "what") and clause.noun.endswith("s"):
            return (
                f"the {what} that {clause.subject} {clause.auxiliary} {clause.verb} {rest}".strip()
            )
        return f"{belonging(clause.subject, what)} {rest if _is_circumstance(rest) else ''}".strip()

    @cached_property
    def thing(self) -> str:
        """What "it" speaks of: a name that was the answer, an object, an owner, or what was asked.

        "" where nothing can be named.
        """
        clause = self.clause
        if self.centre or self.answered:
            return self.centre or self.answered
        return _BRACKETS.sub("", self._thing_asked_of(clause)).strip()

    @cached_property
    def object(self) -> str:
        """What somebody holds, runs or signs: "the mining licence" in "Who holds the ...?"."""
        definite = _DEFINITE.search(self.clause.rest)
        return self.timeless(definite.group()).strip() if definite else ""

    def _thing_asked_of(self, clause: Clause) -> str:
        if clause.asks_being and not clause.noun and not re.fullmatch(r"[a-z]+", clause.subject):
            subject = _LEADING.sub("", _SOURCE_PHRASE.sub("", clause.subject), count=1)
            subject = re.sub(r", (?:in|and) .*$| to be [a-z]+.*$", "", subject)
            return self._owner_in(subject) or _PARTICIPLE.sub("", self.timeless(subject))
        named = find_names(clause.rest)
        if clause.subject and named and named[0].start == 0 and named[0].group in ("law", "place"):
            return named[0].text
        find = _DEFINITE.match if clause.subject else _DEFINITE.search
        if definite := find(clause.rest):
            phrase = self.timeless(clause.rest[definite.start() :])
            return self._owner_in(phrase) or self.timeless(definite.group()).strip()
        subject = _LEADING.sub("", clause.subject, count=1) if clause.verb else ""
        return self.timeless(subject) or self.main_name or self.timeless(self.asked)

    @cached_property
    def owner(self) -> str:
        """Whose is what "its" speaks of."""
        if self.centre or self.answered:
            return self.centre or self.answered
        possessor = _POSSESSOR.search(self.clause.rest if not self.clause.subject else "")
        if possessor and (names := find_names(possessor["owner"])):
            return names[-1].text
        return self.before_figure or self.thing

    @cached_property
    def before_figure(self) -> str:
        """The country or company whose figure is asked for: "US" of "US imports of compounds"."""
        for name in self.names:
            rest = self.question[name.end :]
            if name.group in ("country", "company") and _FIGURE_NEXT.match(rest):
                return name.text if self.clause.asks_being else ""
        return ""

    @cached_property
    def main_name(self) -> str:
        """The first name that is no source, with its article; "" where there is none."""
        for name in self.names:
            if name.group not in ("source", "edition"):
                return _with_article(self.question, name)
        return ""

    def timeless(self, phrase: str) -> str:
        """Return a phrase without the times in it: "China's quota for 2022" is "China's quota"."""
        return without_times(phrase)

    def _owner_in(self, phrase: str) -> str:
        """Return whose figure a phrase speaks of: "Lynas" for "Lynas's revenue in 2023"."""
        phrase = self.timeless(_SOURCE_PHRASE.sub("", phrase))
        possessor = _POSSESSOR.match(phrase)
        if possessor and find_names(possessor["owner"]):
            owned = re.split(r" (?:in|for|of|at|to|on|from|with) ", possessor["owned"])[0]
            holder = find_names(possessor["owner"])[-1].group in ("company", "country")
            if re.search(rf"\b{FIGURE}$", owned, re.IGNORECASE) or (
                holder and not _OWN_THING.search(owned)
            ):
                return possessor["owner"]
        elif of := _OF.match(phrase):
            return re.split(r" (?:according|by|to|for|per|at)\b", of["owner"])[0]
        return ""


def without_times(phrase: str) -> str:
    """Return a phrase without its times and the words that lead to them."""
    for time in reversed(find_times(phrase)):
        if phrase[: time.start].endswith("the ") and re.match(
            r" [a-z]+(?! \w+ed\b)", phrase[time.end :]
        ):
            continue  # "the July 2025 agreement" is that agreement
        before = re.sub(
            r"(?:\b(?:in|on|for|of|during|by|since|until|at|from|to|as of)\s+)?(?:\bthe\s+)?$",
            "",
            phrase[: time.start],
            flags=re.IGNORECASE,
        )
        phrase = before.rstrip() + phrase[time.end :]
    return re.sub(r"\s+", " ", phrase).strip(" ,")


def belonging(owner: str, what: str) -> str:
    """Return what belongs to an owner: "Lynas's revenue", "the outlay of the Indian scheme"."""
    if len(owner.split()) > 4 or re.match(r"(?:the|an?|all) .*[a-z]$", owner) or "," in owner:
        article = "" if re.match(r"(?:the|an?) ", what) else "the "
        return f"{article}{what} of {owner}"
    if re.search(r"[’']s?$", owner):
        return f"{owner} {what}"
    if " " in owner and re.search(r"[^s]s$", owner):
        return f"{owner}' {what}"
    return f"{owner}'s {what}"


def _that_does(clause: Clause) -> str:
    """Return "the elements that need a licence" for "Which elements need a licence"."""
    if clause.ask.lower() not in ("which", "what"):
        return ""
    noun = re.match(
        r"(?:(?:two|three|four|five|six|seven|\d+|[A-Z][\w-]+|rare) )*[a-z][\w-]*(?=\s)",
        clause.rest,
    )
    if noun is None:
        return ""
    verb = clause.rest[noun.end() :].strip()
    return "" if re.match(r"of\b", verb) else f"the {noun.group()} that {verb}"


def _is_circumstance(rest: str) -> bool:
    return bool(
        re.match(r"(?:in|on|at|for|by|during|since|from|to|with|under|within|a year)\b", rest)
    )


def _with_article(text: str, name: NameUse) -> str:
    """Return a name with its article and, where it is used as an adjective, with its noun."""
    article = _ARTICLE.search(text[: name.start])
    following = _NOUN_AFTER.match(text[name.end :])
    if article and following and name.entry:
        return f"{article.group().lower()}{name.text}{following.group()}"
    is_plain = article and re.fullmatch(r"[Tt]he ", article.group())
    return f"the {name.text}" if is_plain else name.text


def names_of(texts: Sequence[str]) -> tuple[str, ...]:
    """Return the names in some texts, each once, in order."""
    return tuple(dict.fromkeys(use.text for text in texts for use in find_names(text)))
