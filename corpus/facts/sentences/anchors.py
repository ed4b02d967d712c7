"""The figures of a parsed sentence, the anchors of its facts: in which clause, changes or levels.

Grammar goes first (dependencies, clauses), the order of words second.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache

from corpus.facts.fact import Change, Direction
from corpus.facts.sentences.enumerations import are_listed
from corpus.facts.sentences.mentions import (
    LAWS,
    PUBLICATIONS,
    Mention,
    Mentions,
    grammar_words,
    month_names,
    overlap,
)
from corpus.language.clauses import Clause, Sentence
from corpus.language.measures import Measure
from corpus.language.names import Name
from corpus.language.periods import Period
from corpus.language.quantities import Quantity, find_quantities
from corpus.language.units import dimension
from corpus.language.vocabulary import Vocabulary, load_vocabulary

_NOUNS = frozenset(("NN", "NNS", "JJ"))
_SHARES = frozenset(("share", "points"))
_NEAR_PERIOD = 3  # words
_COMPARED_PERIOD = 5
_ADJECTIVES = ("JJ", "VBN")
_WORD = re.compile(r"[^\W_]+")
_NEAR_BEHIND = 4  # words between a figure and the time that it is of
_ASIDE = re.compile(r"\([^()]*\)")
_BY = "by"
_ARITHMETIC = "/=+×÷*"


class Anchors:
    """The figures of one sentence, and where in its grammar they stand."""

    def __init__(
        self, sentence: Sentence, mentions: Mentions, vocabulary: Vocabulary | None = None
    ) -> None:
        self._vocabulary = vocabulary
        self.sentence = sentence
        self.mentions = mentions
        self.clause_of = [sentence.clause_of(at) for at in range(len(sentence.words))]
        self.figures = tuple(self._read_figures())
        self.brackets = [aside.span() for aside in _ASIDE.finditer(sentence.text)]
        self._directions: dict[tuple[int, int], Direction] = {}
        self.is_in_order = bool(mentions.marked("one after another"))

    def _read_figures(self) -> Iterable[Mention[Quantity]]:
        """Yield the quantities that may be facts: those with a unit, or in a list with one."""
        before: Mention[Quantity] | None = None
        for one in self._levels():
            unit = one.meaning.unit
            passes = before and before.meaning.unit and self.kind(before) not in _SHARES
            is_open = not unit or (before is not None and self._is_shortened(before, one))
            if is_open and before and passes and self._takes_unit(before, one):
                quantity = one.meaning
                unit = before.meaning.unit
                shared = Quantity(quantity.low, quantity.high, unit, quantity.bound, quantity.step)
                one = Mention(one.start, one.end, one.word, shared)
            if unit:
                before = one
                yield one

    def _levels(self) -> Iterator[Mention[Quantity]]:
        """Yield the quantities, "rose from 5 to 10 tons" as the two that it is."""
        text = self.sentence.text
        moves = self.mentions.marked("up", "down", "moved")
        for one in map(self._in_prose, self.mentions.quantities):
            parts = re.split(r"(\s+to\s+)", text[one.start : one.end])
            starts = re.search(r"(?i)\bfrom\s+$", text[: one.start])
            moved = any(self.clause_of[m.word] in self.chain(one.word) for m in moves)
            quantity = one.meaning
            if len(parts) != 3 or not starts or not moved or quantity.low == quantity.high:
                yield one
                continue
            middle = one.start + len(parts[0])
            upper = middle + len(parts[1])
            word = self.sentence.head_of(one.start, middle)
            first, second = quantity.low, quantity.high
            last = find_quantities(parts[2], self._vocabulary)
            if last and abs(last[0].quantity.value - first) < abs(last[0].quantity.value - second):
                first, second = second, first  # "fell from 10 to 5"
            yield Mention(one.start, middle, word, replace(quantity, low=first, high=first))
            head = self.sentence.head_of(upper, one.end)
            yield Mention(upper, one.end, head, replace(quantity, low=second, high=second))

    def _in_prose(self, one: Mention[Quantity]) -> Mention[Quantity]:
        """Return a quantity whose brackets are no minus: "China (44,000,000)"."""
        low, high = one.meaning.low, one.meaning.high
        if high >= 0 or not self.sentence.text[one.start : one.end].startswith("("):
            return one
        return replace(one, meaning=replace(one.meaning, low=-high, high=-low))

    def _is_shortened(self, before: Mention[Quantity], one: Mention[Quantity]) -> bool:
        """Tell whether money is a price as that before it: "$180 per kilogram in 2022 to $67"."""
        between = (w for w in self.sentence.words if before.end <= w.start < one.start)
        is_part = before.meaning.unit.startswith(f"{one.meaning.unit}/")
        return is_part and not any(w.is_verb or w.tag in _NOUNS for w in between)

    def _takes_unit(self, before: Mention[Quantity], one: Mention[Quantity]) -> bool:
        """Tell whether a bare number is in the unit before it: "45,500 tons in 2024, 51,000 in"."""
        between = self.sentence.text[before.end : one.start]
        following = self.sentence.text[one.end : one.end + 24]
        noun = re.match(r"\s+([a-z]\w+)", following)
        tag = self._tag_at(one.end + (noun.start(1) if noun else 0)) if noun else ""
        around = self.sentence.text[: one.start].rstrip()[-1:] + following.lstrip()[:1]
        if any(sign in around for sign in _ARITHMETIC):
            return False
        before_it = _WORD.findall(self.sentence.text[: one.start])[-1:]
        behind_it = _WORD.findall(following)[:1]
        if any(word.casefold() in month_names() for word in (*before_it, *behind_it)):
            return False
        return (
            abs(one.meaning.low) >= min(10.0, abs(before.meaning.low) / 10)
            and not re.search(r"[.]\s", between)
            and not tag.startswith(("NN", "JJ"))
        )

    def _tag_at(self, start: int) -> str:
        return next((w.tag for w in self.sentence.words if w.start == start), "")

    def kind(self, figure: Mention[Quantity]) -> str:
        """Return what a figure's unit measures."""
        return dimension(figure.meaning.unit, self._vocabulary)

    def group(self, number: int) -> range:
        """Return the run of figures of one dimension that a figure stands in."""
        wanted = self.kind(self.figures[number])
        first = last = number
        while first and self.kind(self.figures[first - 1]) == wanted:
            first -= 1
        while last + 1 < len(self.figures) and self.kind(self.figures[last + 1]) == wanted:
            last += 1
        return range(first, last + 1)

    def chain(self, word: int) -> tuple[int, ...]:
        """Return the clauses that a word stands in, the innermost first."""
        found = []
        for at in self.sentence.path(word):
            clause = self.clause_of[at]
            if clause >= 0 and clause not in found:
                found.append(clause)
        return tuple(found)

    def clause(self, word: int) -> Clause | None:
        """Return the clause that a word stands in."""
        at = self.clause_of[word]
        return self.sentence.clauses[at] if at >= 0 else None

    def verb(self, clause: Clause | None) -> str:
        """Return the lemma of a clause's predicate."""
        return self.sentence.words[clause.predicate].lemma if clause else ""

    def is_negated(self, word: int) -> bool:
        """Tell whether the clause of a word is denied."""
        clause = self.clause(word)
        return bool(clause and clause.is_negated)

    def has_future(self, word: int) -> bool:
        """Tell whether the clause of a word speaks of what will be."""
        clause = self.clause(word)
        future = grammar_words("future")
        return bool(clause and any(one in future for one in clause.auxiliaries))

    def direction(self, figure: Mention[Quantity]) -> Direction:
        """Return the direction in which a figure is a change, "" where it is a level."""
        at = figure.start, figure.end
        if at not in self._directions:
            self._directions[at] = self._direction(figure)
        return self._directions[at]

    def _direction(self, figure: Mention[Quantity]) -> Direction:
        text = self.sentence.text
        allowed = grammar_words("by how much")
        of = self.kind(figure)
        measures = [m for m in self.mentions.measures if m.meaning.dimension == of]
        taken: tuple[Mention[object], ...] = (*measures, *self.mentions.quantities)
        for one in self.mentions.marked("up", "down", "more", "less"):
            if any(overlap(one, other) for other in taken):
                continue
            kind: Direction = "up" if one.meaning in ("up", "more") else "down"
            if one.meaning in ("more", "less") and one.start < figure.end:
                continue
            if one.end <= figure.start:
                gap = text[one.end : figure.start]
                words = [word.casefold() for word in _WORD.findall(gap)]
                if all(w in allowed for w in words) and not re.search(r"[.;:(]", gap):
                    is_rate = self.kind(figure) in _SHARES
                    is_verb = self.sentence.words[one.word].is_verb
                    moves = not words and is_verb and self._has_measured_subject(one.word)
                    if is_rate or words[:1] == ["by"] or not is_verb or moves:
                        return kind
            elif one.start >= figure.end:
                gap = text[figure.end : one.start]
                if not gap.strip() and self.kind(figure) in _SHARES:
                    return kind
                words = [word.casefold() for word in _WORD.findall(gap)]
                listed = len(words) <= 2 and not re.search(r"[,.;:()]", gap)
                loose = all(w in allowed for w in words) and words != ["of"] and not words[1:]
                if listed and loose and self.kind(figure) in _SHARES:
                    return kind
        return self._direction_by_grammar(figure) or self._direction_of_list(figure)

    def _has_measured_subject(self, verb: int) -> bool:
        """Tell whether what moves is a measure or a material: "the oxide lost $18"."""
        clause = self.clause(verb)
        if clause is None or clause.subject < 0:
            return False
        under = self.sentence.subtree(clause.subject)
        materials = (n for n in self.mentions.names if n.meaning.is_material)
        return any(m.word in under for m in (*self.mentions.measures, *materials))

    def _direction_of_list(self, figure: Mention[Quantity]) -> Direction:
        """Return the direction of a change that is given in another unit: "1% or $5 million"."""
        before = [f for f in self.figures if f.end <= figure.start]
        joined = before and self.sentence.text[before[-1].end : figure.start].strip() == "or"
        return self.direction(before[-1]) if joined else ""

    def _direction_by_grammar(self, figure: Mention[Quantity]) -> Direction:
        """Return the direction of a verb far ahead: "cut what could be shipped by 40%"."""
        words = self.sentence.words
        tie = words[figure.word].head
        if words[figure.word].relation != "pobj" or words[tie].text.casefold() != _BY:
            return ""
        for one in self.mentions.marked("up", "down"):
            if one.word == words[tie].head and words[one.word].is_verb:
                return "up" if one.meaning == "up" else "down"
        return ""

    def is_old(self, figure: Mention[Quantity]) -> bool:
        """Tell whether a figure is what another is compared with: "up from 53%"."""
        before = self.sentence.text[: figure.start].rstrip()
        loose = grammar_words("by how much")
        return any(
            all(w in loose for w in _WORD.findall(before[one.end :].casefold()))
            for one in self.mentions.grammar
            if one.meaning == "compared" and one.end <= len(before)
        )

    def is_of_year_before(self, figure: Mention[Quantity]) -> bool:
        """Tell whether a figure is that of a year earlier: "from $3.62 billion a year ago"."""
        ends = [one.start for one in self.mentions.quantities if one.start >= figure.end]
        for one in self.mentions.marked("year before"):
            gap = self.sentence.text[figure.end : one.start]
            if figure.end <= one.start <= min(ends, default=one.start):
                words = _WORD.findall(gap.casefold())
                near = not re.search(r"[,;:()]", gap) and len(words) <= _NEAR_BEHIND
                return near and grammar_words("compared").isdisjoint(words)
        return False

    def change(self, number: int) -> Change | None:
        """Return the change that a figure is, None for a level."""
        figure = self.figures[number]
        direction = self.direction(figure)
        if not direction:
            return None
        of = self.kind(figure)
        kind = "percent" if of == "share" else "points" if of == "points" else "absolute"
        return Change(kind, direction)  # type: ignore[arg-type]

    def asides(self, word: int) -> list[tuple[int, int]]:
        """Return the brackets that a word does not stand in and that hold no figure."""
        at = self.sentence.words[word].start
        return [
            aside.span()
            for aside in _ASIDE.finditer(self.sentence.text)
            if not aside.start() <= at < aside.end()
            and not any(aside.start() <= f.start < aside.end() for f in self.figures)
        ]

    def is_attribution(self, clause: Clause) -> bool:
        said = self.mentions.marked("attribution")
        says = self.verb(clause) in grammar_words("reporting")
        return (says or any(one.word == clause.predicate for one in said)) and any(
            self.sentence.words[c].relation in ("ccomp", "advcl")
            for c in self.sentence.children(clause.predicate)
        )

    def groups(self) -> list[range]:
        found: list[range] = []
        for number in range(len(self.figures)):
            if not found or number not in found[-1]:
                found.append(self.group(number))
        return found

    def is_speaker(self, name: Mention[Name]) -> bool:
        clause = self.clause(name.word)
        return bool(clause and clause.subject == name.word and self.is_attribution(clause))

    def is_argument(self, word: int, of: int) -> bool:
        """Tell whether a word is the subject or object of a clause around another, or its owner."""
        sentence = self.sentence
        chain = self.chain(of)
        if self.clause_of[word] not in chain:
            return False
        clause = sentence.clauses[self.clause_of[word]]
        head = sentence.words[word].head
        arguments = {clause.subject, *clause.objects, of}
        arguments |= {m.word for m in self.mentions.measures}
        return word in arguments or (sentence.words[word].relation == "poss" and head in arguments)

    def clause_number(self, word: int) -> int:
        """Return the number of the clause that a word stands in, -1 without one."""
        return self.clause_of[word]

    def number(self, anchor: Mention[object]) -> int:
        """Return the number of a figure, -1 for a value that is none."""
        return next((n for n, f in enumerate(self.figures) if f.start == anchor.start), -1)

    def kind_of(self, anchor: Mention[object]) -> str:
        """Return what a value's unit measures, "day" or "names" for one that is no figure."""
        if isinstance(anchor.meaning, Quantity):
            return self.kind(Mention(anchor.start, anchor.end, anchor.word, anchor.meaning))
        return "day" if isinstance(anchor.meaning, Period) else "names"

    # -- places in a clause ---------------------------------------------------------------------

    def place_in_clause(self, word: int) -> str:
        """Return where in its clause a name stands: "subject", "object" or its preposition."""
        words = self.sentence.words
        at = word
        for _ in range(len(words)):
            relation, head = words[at].relation, words[at].head
            if relation == "pobj":
                return words[head].lemma
            if relation in ("nsubj", "nsubjpass"):
                clause = self.clause(head)
                passive = relation == "nsubjpass" or (clause and clause.is_passive)
                return "object" if passive else "subject"
            if relation in ("dobj", "attr"):
                return "object"
            if relation == "dative":
                return "dative"
            if relation in ("poss", "compound", "amod", "nmod"):
                return "possessive"
            if relation in ("conj", "appos") and head != at:
                at = head
                continue
            break
        clause = self.clause(word)
        return "subject" if clause and clause.subject == word else ""

    def has_unread_subject(self, word: int) -> bool:
        """Tell whether the subject of a clause has words that nothing explains."""
        clause = self.clause(word)
        if not clause or clause.subject < 0:
            return False
        mentions = self.mentions
        read = [
            *mentions.measures,
            *mentions.names,
            *mentions.periods,
            *mentions.bases,
            *mentions.statistics,
            *mentions.statuses,
            *mentions.quantities,
            *mentions.marked("up", "down", "change", "speaker", "annual"),
        ]
        return any(
            not any(m.start < one.end and one.start < m.end for m in read)
            and one.tag.startswith(("NN", "JJ"))
            and one.text.casefold() not in small_words()
            for one in (self.sentence.words[i] for i in self.sentence.subtree(clause.subject))
        )

    # -- wholes ---------------------------------------------------------------------------------

    def whole(self, figure: Mention[Quantity]) -> tuple[int, int] | None:
        """Return the whole that a share is of: the stretch behind "70% of"."""
        if self.kind(figure) != "share":
            return None
        text = self.sentence.text
        following = next((f for f in self.figures if f.start > figure.start), None)
        if following and are_listed(text, figure, following):
            return self.whole(following)
        tie = re.compile(r"\s+of\s+").match(text, figure.end)
        return self.stretch(figure.end, tie.end(), figure) if tie else None

    def whole_of_measure(self, named: Mention[Measure]) -> tuple[int, int] | None:
        """Return the whole that the word for a share is tied to: "Japan's share of imports"."""
        tie = re.compile(r"\s+of\s+").match(self.sentence.text, named.end)
        if not tie or any(named.end <= f.start < tie.end() + 3 for f in self.figures):
            return None
        return self.stretch(named.end, tie.end(), named)

    def stretch(self, after: int, start: int, figure: Mention[object]) -> tuple[int, int] | None:
        """Return the noun phrase behind an "of"."""
        text = self.sentence.text
        words = self.sentence.words
        head = next((w for w in words if after <= w.start < start), None)
        if head is None:
            return None
        at = words.index(head)
        inside = [i for i in self.sentence.subtree(at) if i > at]
        end = start
        for i in inside:
            word = words[i]
            following = words[i + 1].tag if i + 1 < len(words) else ""
            is_hyphen = word.tag == "HYPH" or (word.relation == "cc" and following in _ADJECTIVES)
            if word.is_verb and word.tag in _ADJECTIVES and word.relation in ("amod", "conj"):
                continue
            ends = word.relation in ("cc", "punct") or word.tag in ("IN", "WDT", "-LRB-")
            is_tie = word.text.casefold() == head.text.casefold()
            if (word.is_verb or (ends and not is_hyphen)) and not is_tie:
                break
            if any(f.start <= word.start < f.end for f in self.figures if f is not figure):
                break
            if any(p.start <= word.start < p.end for p in self.mentions.periods):
                break
            end = max(end, word.end)
        stretch = text[start:end]
        article = re.match(r"(?:the|its|all|their)\s+", stretch)
        start += article.end() if article else 0
        return (start, end) if end > start else None

    # -- times ----------------------------------------------------------------------------------

    def is_compared(self, one: Mention[Period]) -> bool:
        """Tell whether changes are measured against a time: "compared with prices in 2024"."""
        if not any(self.direction(figure) for figure in self.figures):
            return False
        text = self.sentence.text
        if one.meaning.text.endswith("/..") and any(
            f.end <= one.start and len(_WORD.findall(text[f.end : one.start])) <= _NEAR_PERIOD
            for f in self.figures
            if self.direction(f)
        ):
            return True
        for mark in self.mentions.marked("compared"):
            gap = text[mark.end : one.start]
            near = mark.end <= one.start and len(_WORD.findall(gap)) <= _COMPARED_PERIOD
            if near and not any(mark.end <= f.start < one.start for f in self.figures):
                return not re.search(r"[,;.]", gap)
        return False

    def is_of_publication(self, one: Mention[Period]) -> bool:
        following = _WORD.match(self.sentence.text[one.end :].lstrip(" "))
        if following and following.group() in grammar_words("editions"):
            return True
        for name in self.mentions.names:
            written = self.sentence.text[name.start : name.end]
            if name.meaning.kind not in PUBLICATIONS | LAWS or written.islower():
                continue
            gap = self.sentence.text[name.end : one.start]
            if overlap(name, one) or (name.end <= one.start and len(_WORD.findall(gap)) <= 1):
                return True
        return False


@lru_cache(maxsize=1)
def small_words() -> frozenset[str]:
    """Return the words that say nothing by themselves."""
    rows = load_vocabulary().rows("stopwords")
    return frozenset(word for row in rows for word in row["words"].split())
