"""The words of a look-up, or of a question, read once into a Query: what is asked, slot by slot.

Full words, shorthand ("NdPr oxide avg px 2025"), symbols, tickers, former and Chinese names. What
no slot took is `rest`, and must be found among the words of a fact. docs/decisions/0001 says why.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from typing import Literal, TypeVar, get_args

from corpus.facts import Absent, Argument, Fact, Query
from corpus.facts.fact import Operation, Role, Status
from corpus.language.measures import (
    Measure,
    find_measures,
    find_terms,
    has_nature,
    is_kind_of,
    measure_named,
    names_of_nature,
)
from corpus.language.names import BODIES, PLACES, Name, find_names
from corpus.language.periods import Period, PeriodMention, find_periods, parse_period
from corpus.language.phrases import EAST_ASIAN, PhraseFinder
from corpus.language.quantities import find_unit
from corpus.language.units import dimension
from corpus.language.vocabulary import Vocabulary, load_vocabulary, split_forms
from corpus.language.words import content_words
from corpus.lexicon import load_lexicon
from corpus.lexicon.entry import Entry
from index.asking import of_correction, plain_words, quarter_by_month, quarter_words

T = TypeVar("T")

_TOKEN = re.compile(r"[^\W_]+(?:[.'’&/$%-]+[^\W_]+)*%?|[$€£¥]\S*")
_SHORT_YEAR = re.compile(
    r"(?<![\w.,/$€£¥-])[’']?(?:(\d\d)\s?[-–/]\s?)?[’']?(\d\d)([efp])?(?![\w.,/%-])"
)
_ANOTHER_EDITION = re.compile(r"\s*(?:vs\.?|versus|and|or|,|&|/)\s*((?:19|20)\d\d)(?!\d)", re.I)
_YEARS = range(15, 60)  # what two figures at the end of shorthand may mean
_IN_UNIT = re.compile(r"(?<!\w)(?:in|per|a)\s+$", re.IGNORECASE)
_UNIT_WORDS = 4
_MONEY = "USD"  # any currency is money
_LISTED = re.compile(r"\s*(?:,|&|\+|/|、|和|与|及|vs\.?|versus|and|or|,\s*and)\s*", re.IGNORECASE)
_CURRENT = frozenset(("mass", "money", "price", "share", "mass rate", "power", "energy", "points"))
_SPECIFIC = re.compile(
    r"(?<![\w.])(\d{2}(?:\.\d+)?)\s?%(?:\s?(?:min(?:imum)?\.?|REO|pure|purity))?"
)
_PURE = 90.0  # percent, from which a share in a look-up is a purity
_STATUSES: dict[str, Status] = {status: status for status in get_args(Status)}
_OPERATIONS: dict[str, Operation] = {name: name for name in get_args(Operation)}


@dataclass(frozen=True, slots=True)
class OwnName:
    """A name that a home knows by its own sources: a publisher, or the ticker of one that files."""

    form: str
    name: Name


@dataclass(frozen=True, slots=True)
class _Named:
    start: int
    end: int
    name: Name


def parse_query(
    words: str, own_names: Sequence[OwnName] = (), vocabulary: Vocabulary | None = None
) -> Query:
    """Return what words ask for; `own_names` are those that the home's sources add.

    parse_query("Oz REO output 24").wanted.arguments[0].name.id -> "australia"
    """
    vocabulary = vocabulary or load_vocabulary()
    return _Reader(plain_words(words, vocabulary), own_names, vocabulary).query()


class _Reader:
    """One look-up while it is read: its text, and which stretches of it a slot has taken."""

    def __init__(self, text: str, own_names: Sequence[OwnName], vocabulary: Vocabulary) -> None:
        self._text = text
        self._own = {own.form.casefold(): own.name for own in own_names}
        self._vocabulary = vocabulary
        self._free = list(text)  # a space where a slot has taken a sign

    def query(self) -> Query:
        editions = self._editions()
        periods, marks = self._periods()
        named = self._names()
        unit = self._unit()
        measures = self._measures()
        measure, whole = _chosen(measures, self._vocabulary)
        courses = names_of_nature("course", self._vocabulary)
        is_growth = any(one.name in courses for one in measures)
        if measure.name in courses:
            measure = Measure("")  # of what, is said or known by its name
        measure = self._narrowed(self._staged(measure))
        if not measure.name and dimension(unit) == "price":
            measure = measure_named(min(names_of_nature("quoted")), self._vocabulary)
        if dimension(unit) == "mass" and measure.dimension == "price":
            unit = ""  # "price per kilogram" names no currency
        if not unit and measure.dimension == "mass" and self._asks_for_worth():
            unit = _MONEY  # "value of mine production"
        statistic = self._first("statistics")
        specification = self._specification(measure)
        status = self._status(marks)
        basis = self._first("bases")
        price_basis, at = self._price_basis()
        named = [one for one in named if not (at and at <= one.start <= at + 4)]
        asked = self._asked()
        is_latest = bool(self._first_of(self._markers("latest")))
        arguments = self._arguments(named, measure)
        arguments = self._with_forms(arguments, measure)
        rest = self._rest()
        wanted = Fact(
            value=Absent(),
            measure=measure.name,
            arguments=arguments,
            period=periods[0] if len(periods) == 1 else None,
            stage=measure.stage,
            of=whole,
            basis=basis,
            specification=specification,
            price_basis=price_basis,
            statistic=statistic,
            status=status,
            edition=editions[0] if len(editions) == 1 else "",
            rest=rest,
        )
        query = Query(
            text=self._text,
            wanted=wanted,
            operation=_operation((*asked, *(["growth"] if is_growth else []))),
            value_kind=_value_kind(asked, measure, self._vocabulary),
            unit=unit,
            periods=periods,
            editions=editions,
            latest=is_latest,
            rest=rest,
        )
        return replace(query, parts=_parts(query, self._text, named))

    # Each reader takes what it understands; a later one sees spaces there.

    @property
    def _left(self) -> str:
        return "".join(self._free)

    def _take(self, start: int, end: int) -> None:
        self._free[start:end] = " " * (end - start)

    def _first_of(self, finder: PhraseFinder[T]) -> tuple[T, ...]:
        found = finder.find(self._left)
        for one in found:
            self._take(one.start, one.end)
        return tuple(one.meaning for one in found)

    def _editions(self) -> tuple[str, ...]:
        """Take named editions of publications: "MCS 2026", "2025 Minerals Yearbook"."""
        found: list[str] = []
        for mention in load_lexicon().names_in(self._text):
            entry = mention.entry
            if entry.kind != "publication" or entry.rank == "filing":
                continue
            short = next((n.text for n in entry.names if n.text.isupper()), entry.name)
            after = re.match(
                r"[\s,(]*((?:19|20)\d\d)(?:\sv(?:ersion)?\s?(\d[\d.]*))?", self._text[mention.end :]
            )
            before = re.search(r"((?:19|20)\d\d)\s$", self._text[: mention.start])
            if after:
                version = f" v{after[2]}" if after[2] else ""
                found.append(f"{short} {after[1]}{version}")
                end = mention.end + after.end()
                while more := _ANOTHER_EDITION.match(self._text, end):
                    found.append(f"{short} {more[1]}")
                    end = more.end()
                self._take(mention.start, end)
            elif before:
                found.append(f"{short} {before[1]}")
                self._take(before.start(), mention.end)
            else:
                found.append(short)
                self._take(mention.start, mention.end)
        if found:
            self._free = list(re.sub(r"(?i)\beditions?\b", _blank, self._left))
        return tuple(dict.fromkeys(found))

    def _periods(self) -> tuple[tuple[Period, ...], tuple[str, ...]]:
        """Take the times asked for, two figures that stand for a year among them."""
        found: list[PeriodMention] = []
        text = self._left
        for one in find_periods(text, self._vocabulary):
            start, end = one.start, one.end
            if named := of_correction(one, text, self._vocabulary):
                self._take(*named)  # the word that names it is left, and no time of the fact
                continue
            if quarter := quarter_by_month(one, text, self._vocabulary):
                start, end = quarter_words(one, text, self._vocabulary)
                one = replace(one, period=quarter)
            self._take(start, end)
            found.append(one)
        for match in _SHORT_YEAR.finditer(self._left):
            first, last = int(match[1] or match[2]), int(match[2])
            if first in _YEARS and last in _YEARS and first <= last:
                text = f"20{first}/20{last}" if match[1] else f"20{last}"
                mark = match[3] or ""
                found.append(PeriodMention(*match.span(), parse_period(text), mark))
                self._take(*match.span())
        found.sort(key=lambda one: one.start)
        periods: dict[Period, None] = {}
        for one in found:
            periods[one.period] = None
            if re.fullmatch(r"\d{4}/\d{4}", one.period.text):  # each of its years, too
                periods |= {parse_period(str(year)): None for year in one.period.years}
        return tuple(periods), tuple(one.mark for one in found if one.mark)

    def _names(self) -> list[_Named]:
        """Take who and what is named: by the lexicon, by the home, in shorthand, by a symbol."""
        found = self._in_lexicon(self._left)
        found += self._in_shorthand()
        if self._has_capitals and len(lower := self._left.lower()) == len(self._text):
            found += self._in_lexicon(lower)  # "ndpr px in USD/kg"
        for match in list(_TOKEN.finditer(self._left)):
            if name := self._symbol_or_ticker(match.group()):
                found.append(_Named(*match.span(), self._formed(name, match.end())))
                self._take(*match.span())
        return sorted(found, key=lambda one: one.start)

    def _in_lexicon(self, text: str) -> list[_Named]:
        measures = [(m.start, m.end) for m in find_measures(text, self._vocabulary)]
        found: list[_Named] = []
        for one in find_names(text, self._vocabulary, in_question=True):
            if one.name.kind in _OTHERWISE and not one.name.is_material:
                continue
            is_measure = any(start <= one.start and one.end <= end for start, end in measures)
            name = one.name
            if name.form and name.text.endswith(f" {name.form}"):
                name = replace(name, form="")  # "scandium-aluminum alloy"
            if not (name.kind == "law" and is_measure):  # "mining quota" is a quota
                found.append(_Named(one.start, one.end, name))
        for named in found:
            self._take(named.start, named.end)
        return [replace(one, name=self._all_forms(one)) for one in found]

    def _all_forms(self, named: _Named) -> Name:
        """Return a material in all forms that are listed behind it: "compounds and metals"."""
        name, end = named.name, named.end
        if not (name.is_material and name.form):
            return name
        said = [name.form]
        for form in find_terms("forms", self._left, self._vocabulary):
            if form.meaning == name.form and named.start == form.end:  # 氧化 before 镨
                self._take(form.start, form.end)
            elif form.start > end and _LISTED.fullmatch(self._text[end : form.start]):
                said.append(form.meaning)
                self._take(form.start, form.end)
                end = form.end
        return replace(name, form=" and ".join(said))

    def _in_shorthand(self) -> list[_Named]:
        finder = _shorthand(self._vocabulary)
        found: list[_Named] = []
        for one in finder.find(self._left):
            written = self._left[one.start : one.end]
            form, entry = one.meaning
            if written != form and not (written.casefold() == form.casefold() and len(form) > 2):
                continue
            self._take(one.start, one.end)
            name = self._formed(Name(entry.name, entry.id, entry.kind), one.end)
            found.append(_Named(one.start, one.end, name))
        own = PhraseFinder((form, name) for form, name in self._own.items())
        for mine in own.find(re.sub(r"['’]s\b", _blank, self._left)):
            found.append(_Named(mine.start, mine.end, mine.meaning))
            self._take(mine.start, mine.end)
        return found

    def _symbol_or_ticker(self, word: str) -> Name | None:
        if entry := _symbols().get(word if self._has_capitals else word.capitalize()):
            return Name(entry.name, entry.id, entry.kind)
        known = _tickers()
        shouted = word if self._has_capitals or len(word) < 4 else word.upper()
        if entry := known.get(shouted):
            return Name(entry.name, entry.id, entry.kind)
        return None

    @property
    def _has_capitals(self) -> bool:
        return any(sign.isupper() for sign in self._text)

    def _formed(self, name: Name, end: int) -> Name:
        """Return a material with the form that follows it, which is taken."""
        forms = find_terms("forms", self._left, self._vocabulary)
        for place, form in enumerate(forms):
            if name.is_material and form.start - end in (0, 1):
                said = [form]
                for other in forms[place + 1 :]:  # "compounds and metals"
                    if _LISTED.fullmatch(self._text[said[-1].end : other.start]):
                        said.append(other)
                for one in said:
                    self._take(one.start, one.end)
                return replace(name, form=" and ".join(one.meaning for one in said))
        return name

    def _measures(self) -> list[Measure]:
        """Take all measures, and return them, those of the longest phrases first."""
        found = sorted(
            find_measures(self._left, self._vocabulary),
            key=lambda one: -len(self._left[one.start : one.end].split()),
        )
        for one in found:
            self._take(one.start, one.end)
        return [one.meaning for one in found]

    def _staged(self, measure: Measure) -> Measure:
        """Take the stage of a broad measure or of a share: "smelting & separation quota"."""
        stages = [] if measure.stage else find_terms("stages", self._left, self._vocabulary)
        for found in stages:
            for row in self._vocabulary.rows("measures"):
                is_narrower = row["broader"] == measure.name and row["stage"] == found.meaning
                if is_narrower or (_is_part(measure) and row["name"] == measure.name):
                    for one in stages:
                        if one.meaning == found.meaning:
                            self._take(one.start, one.end)
                    if not is_narrower:
                        return replace(measure, stage=found.meaning)
                    return measure_named(row["name"], self._vocabulary)
        return measure

    def _narrowed(self, measure: Measure) -> Measure:
        """Take the words that make a measure a narrower one from afar: "imports ... value"."""
        words = {m.group().casefold(): m for m in _TOKEN.finditer(self._left)}
        said = {word.removesuffix("s") for word in content_words(self._text, self._vocabulary)}
        for row in self._vocabulary.rows("measures"):
            for form in split_forms(row["words"]) if row["broader"] == measure.name else ():
                parts = [part.casefold() for part in form.split()]
                free = [part for part in parts if part in words]
                others = [part for part in parts if part not in free]
                if free and others and all(o.removesuffix("s") in said for o in others):
                    for part in free:
                        self._take(*words[part].span())
                    return measure_named(row["name"], self._vocabulary)
        return measure

    def _unit(self) -> str:
        """Take a unit that is asked for: "in kt", "USD/kg", "$/kg"."""
        tokens = list(_TOKEN.finditer(self._left))
        for first, start in enumerate(tokens):
            for last in reversed(tokens[first : first + _UNIT_WORDS]):
                said = self._left[start.start() : last.end()]
                unit = self._read_unit(said)
                if len(said) > 1 and dimension(unit) in _CURRENT and self._is_unit(said):
                    lead = _IN_UNIT.search(self._left[: start.start()])
                    self._take(lead.start() if lead else start.start(), last.end())
                    return unit
        return ""

    def _asks_for_worth(self) -> bool:
        known = self._vocabulary.words("asked", "worth")
        return any(re.search(rf"(?<!\w){word}(?!\w)", self._text, re.IGNORECASE) for word in known)

    def _is_unit(self, words: str) -> bool:
        """Tell whether words state a unit and nothing else."""
        known = _unit_words(self._vocabulary)
        return all(word.casefold() in known for word in re.findall(r"[^\W\d_]+", words))

    def _read_unit(self, words: str) -> str:
        codes = {row["code"].casefold() for row in self._vocabulary.rows("currencies")}
        shouted = re.sub(
            r"[^\W\d_]+", lambda m: m[0].upper() if m[0].casefold() in codes else m[0], words
        )
        return find_unit(shouted, self._vocabulary)[0]

    def _first(self, table: str) -> str:
        """Take the terms of a table, and return the first."""
        found = find_terms(table, self._left, self._vocabulary)
        for one in found:
            self._take(one.start, one.end)
        return found[0].meaning if found else ""

    def _specification(self, measure: Measure) -> str:
        match = _SPECIFIC.search(self._left)
        if match and (float(match[1]) >= _PURE or is_kind_of(measure.name, "price")):
            self._take(*match.span())
            return f"{match[1]}%"
        return ""

    def _status(self, marks: Sequence[str]) -> Status:
        for row in self._vocabulary.rows("statuses"):
            if set(marks) & set(split_forms(row["signs"])) and row["status"] in _STATUSES:
                return _STATUSES[row["status"]]
        found = [
            one
            for one in find_terms("statuses", self._left, self._vocabulary)
            if one.meaning in _STATUSES
        ]
        for one in found:
            self._take(one.start, one.end)
        return _STATUSES[found[0].meaning] if found else "reported"

    def _price_basis(self) -> tuple[str, int]:
        """Take an incoterm, and return where the place may stand that belongs to it."""
        found = [
            one
            for one in find_terms("specifications", self._left, self._vocabulary)
            if one.meaning == "price basis"
        ]
        said = " ".join(self._left[one.start : one.end] for one in found)
        for one in found:
            self._take(one.start, one.end)
        return said.casefold(), found[-1].end if found else 0

    def _markers(self, kind: str) -> PhraseFinder[str]:
        return _markers(kind, self._vocabulary)

    def _asked(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self._first_of(_operations(self._vocabulary))))

    def _with_forms(
        self, arguments: tuple[Argument, ...], measure: Measure
    ) -> tuple[Argument, ...]:
        """Give a material the form that stands elsewhere: "oxide prices of terbium"."""
        forms = find_terms("forms", self._left, self._vocabulary)
        bare = [a for a in arguments if a.role == "material" and not a.name.form]
        if len(forms) != 1 or len(bare) != 1:
            return arguments
        self._take(forms[0].start, forms[0].end)
        if _is_part(measure) and forms[0].meaning in names_of_nature("whole", self._vocabulary):
            return arguments  # a share of the ore
        formed = replace(bare[0], name=replace(bare[0].name, form=forms[0].meaning))
        return tuple(formed if a is bare[0] else a for a in arguments)

    def _arguments(self, named: Sequence[_Named], measure: Measure) -> tuple[Argument, ...]:
        found: dict[str, Argument] = {}
        for one in named:
            role = self._side(one, measure) or _role(one.name)
            places = [a for a in found.values() if a.role == "place"]
            if role == "place" and len(places) == 1:  # "US imports Japan": from the second
                role = _other_end(measure) or role
            found.setdefault(one.name.key, Argument(role, one.name))
        return tuple(found.values())

    def _side(self, one: _Named, measure: Measure) -> Role | None:
        """Return the role that the word before a name gives it: "from" an origin."""
        if one.name.is_material:
            return None
        before = self._text[: one.start].casefold().rstrip()
        before = re.sub(r"(?:^|\s)the$", "", before).rstrip()
        for row in self._vocabulary.rows("sides"):
            if not is_kind_of(measure.name, row["measure"], self._vocabulary):
                continue
            for role in get_args(Role):
                for form in split_forms(row.get(role, "")):
                    if re.search(rf"(?:^|[\s,(]){re.escape(form)}$", before) or (
                        EAST_ASIAN.search(form) and before.endswith(form)
                    ):
                        known: Role = role
                        return known
        return None

    def _rest(self) -> tuple[str, ...]:
        words = [
            w for w in content_words(self._left, self._vocabulary) if not w.isdigit() or len(w) > 2
        ]
        return tuple(dict.fromkeys(words))


# Entries that name no one: a basis or a term is read as such, a publication as an edition.
_OTHERWISE = frozenset(("basis", "term", "publication", "archive"))


def _other_end(measure: Measure) -> Role | None:
    if has_nature(measure.name, "inward"):
        return "origin"
    return "destination" if has_nature(measure.name, "outward") else None


def _role(name: Name) -> Role:
    if name.is_material:
        return "material"
    return "place" if name.kind in PLACES and name.kind not in BODIES else "subject"


def _chosen(found: Sequence[Measure], vocabulary: Vocabulary) -> tuple[Measure, str]:
    """Return the measure that is asked for, and of which whole where it is a share.

    The narrowest of those that are kinds of each other; else the one that says what is counted:
    "separation capacity" is a capacity of separation.
    """
    if not found:
        return Measure(""), ""
    unlike = [m for m in found if not any(_is_narrower(o, m, vocabulary) for o in found)]
    if len(unlike) > 1:  # growth of something is a change of it
        unlike = [m for m in unlike if m.name not in names_of_nature("course", vocabulary)]
    shares = [m for m in unlike if _is_part(m)]
    others = [m for m in unlike if not _is_part(m)]
    if any(m.dimension == "shares" or m.name.startswith("share ") for m in others):
        shares = []  # of a company's stock
    if shares and others:
        joined = find_measures(f"{shares[0].name} of {others[0].name}", vocabulary)
        if joined and not _is_part(joined[0].meaning):  # "share of US imports"
            return joined[0].meaning, ""
        return shares[0], others[0].name
    heads = [m for m in others or unlike if m.broader == "" or not m.stage]
    staged = [m for m in others if m.stage]
    chosen = heads[0] if heads else unlike[0]
    if staged and not chosen.stage:
        rows = vocabulary.rows("measures")
        for row in rows:
            if row["broader"] == chosen.name and row["stage"] == staged[0].stage:
                return Measure(row["name"], chosen.name, row["stage"], row["dimension"]), ""
    return chosen, ""


def _is_part(measure: Measure) -> bool:
    return measure.name in names_of_nature("part of a whole")


def _is_narrower(one: Measure, other: Measure, vocabulary: Vocabulary) -> bool:
    return one.name != other.name and is_kind_of(one.name, other.name, vocabulary)


def _operation(asked: Iterable[str]) -> Operation:
    return next((_OPERATIONS[one] for one in asked if one in _OPERATIONS), "look-up")


def _value_kind(
    asked: Iterable[str], measure: Measure, vocabulary: Vocabulary
) -> Literal["figure", "date", "names", "any"]:
    if "date" in asked or has_nature(measure.name, "dated", vocabulary):
        return "date"
    return "names" if "names" in asked else "any"


def _parts(query: Query, text: str, named: Sequence[_Named]) -> tuple[Query, ...]:
    """Return a query for each of the names that are listed: "of Nd and Dy oxide"."""
    for one, other in pairwise(named):
        between = text[one.end : other.start]
        if _LISTED.fullmatch(between) and _role(one.name) == _role(other.name):
            listed = [n.name for n in named if _role(n.name) == _role(one.name)]
            form = next((name.form for name in reversed(listed) if name.form), "")
            kept = [a for a in query.wanted.arguments if a.name not in listed]
            role = next(a.role for a in query.wanted.arguments if a.name in listed)
            parts = []
            for name in listed:
                formed = replace(name, form=name.form or (form if name.is_material else ""))
                wanted = replace(query.wanted, arguments=(*kept, Argument(role, formed)))
                parts.append(replace(query, wanted=wanted))
            return tuple(parts)
    return ()


@lru_cache(maxsize=4)
def _unit_words(vocabulary: Vocabulary) -> frozenset[str]:
    forms: list[str] = []
    for table, columns in (
        ("units", ("written", "chinese")),
        ("currencies", ("signs", "words", "chinese")),
        ("scales", ("words", "short", "chinese")),
    ):
        forms += [form for form, _ in vocabulary.forms(table, *columns)]
        forms += [next(iter(row.values())) for row in vocabulary.rows(table)]
    rows = {row["kind"]: row for row in vocabulary.rows("markers")}
    forms += split_forms(rows["each"]["words"])
    return frozenset(word.casefold() for form in forms for word in re.findall(r"[^\W\d_]+", form))


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())


@lru_cache(maxsize=1)
def _symbols() -> dict[str, Entry]:
    lexicon = load_lexicon()
    return {e.symbol: lexicon.entry(e.id) for e in lexicon.elements.values()}


@lru_cache(maxsize=1)
def _tickers() -> dict[str, Entry]:
    """Return companies by the bare letters or figures of their tickers, where one has them."""
    found: dict[str, Entry | None] = {}
    for entry in load_lexicon().entries:
        for name in entry.other_names:
            if name.note != "ticker":
                continue
            for part in re.split(r"[:.]", name.text):
                if part not in _EXCHANGES and found.setdefault(part, entry) is not entry:
                    found[part] = None
    return {ticker: entry for ticker, entry in found.items() if entry}


_EXCHANGES = frozenset(
    """NYSE Nasdaq NASDAQ ASX AX TSX TSXV TO LSE AIM SH SS SHA SSE SZ SZSE SHE HK SEHK KS T TSE MOEX
    OTCQB CSE Euronext""".split()
) | {"NYSE American", "TSX-V"}


@lru_cache(maxsize=4)
def _shorthand(vocabulary: Vocabulary) -> PhraseFinder[tuple[str, Entry]]:
    lexicon = load_lexicon()

    def phrases() -> Iterable[tuple[str, tuple[str, Entry]]]:
        for row in vocabulary.rows("shorthand"):
            for entry in lexicon.named(row["stands for"]):
                yield row["form"], (row["form"], entry)

    return PhraseFinder(phrases())


@lru_cache(maxsize=4)
def _operations(vocabulary: Vocabulary) -> PhraseFinder[str]:
    return PhraseFinder(
        (form, row["name"])
        for row in vocabulary.rows("operations")
        for column in ("words", "shorthand", "chinese")
        for form in split_forms(row[column])
    )


@lru_cache(maxsize=32)
def _markers(kind: str, vocabulary: Vocabulary) -> PhraseFinder[str]:
    return PhraseFinder((form, kind) for form in vocabulary.words("markers", kind))
