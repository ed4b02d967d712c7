"""Measures in a sentence's own words: "deferred revenue", "income tax benefit", segments."""

import re
from collections.abc import Iterator

from corpus.facts.sentences.anchors import Anchors, small_words
from corpus.facts.sentences.mentions import Mention, grammar_words, is_place
from corpus.language.measures import Measure
from corpus.language.quantities import Quantity

_OF_COMPANIES = frozenset(("money", "shares", "money per share"))
_QUALIFYING = ("compound", "amod", "nmod", "punct", "conj", "cc", "nummod")
_TAGS = ("NN", "NNS", "NNP", "NNPS", "JJ", "VBN", "VBG", "HYPH", "CC")
_EDGES = ("CC", "HYPH")
_COPULA = "be"
_MOST_WORDS = 8
_MOST_OF_SUBJECT = 12
_DETERMINERS = ("DT", "PDT", "PRP", "PRP$", "POS", "WDT", "WP", "CD")
_CLAUSES = ("WDT", "WP", "WRB")
_LETTERS = re.compile(r"[^\W\d_]")


class Qualifiers:
    """What figures of a sentence measure in its own words, where no standard name says it all."""

    def __init__(self, at: Anchors) -> None:
        self._at = at
        mentions = at.mentions
        self._known = [
            *mentions.quantities,
            *mentions.periods,
            *mentions.statistics,
            *mentions.bases,
            *(n for n in mentions.names if n.meaning.id or is_place(n.meaning)),
            *(s for s in mentions.statuses if not self.is_qualifier(s)),
            *mentions.marked("speaker", "home", "up", "down", "annual"),
        ]

    def is_qualifier(self, status: Mention[str]) -> bool:
        """Tell whether what may be a status is part of a measure: "deferred revenue"."""
        words = self._at.sentence.words
        word = words[status.word]
        return (
            status.meaning == "suspended"
            and word.tag in ("VBN", "JJ")
            and (word.relation == "amod" and words[word.head].end > word.end)
        )

    def qualifier(self, named: Mention[Measure]) -> tuple[int, int] | None:
        """Return the words before a measure that make it another: "deferred" before "revenue"."""
        words = self._at.sentence.words
        first = next((i for i, w in enumerate(words) if w.start >= named.start), 0)
        if named.meaning.dimension not in _OF_COMPANIES or words[named.word].is_verb:
            return None
        at = first
        while at and self._qualifies(at - 1, named):
            at -= 1
        while at < first and words[at].tag in _EDGES:
            at += 1
        return (words[at].start, words[first - 1].end) if at < first else None

    def _qualifies(self, at: int, named: Mention[Measure]) -> bool:
        word = self._at.sentence.words[at]
        is_known = any(one.start < word.end and word.start < one.end for one in self._known)
        if word.tag not in _TAGS or is_known:
            return False
        measure = self._at.sentence.words[named.word]
        if measure.relation == "conj" and measure.head in (at, word.head):
            return at == measure.head or word.relation == "cc"  # "service and other revenue"
        return word.relation in _QUALIFYING and named.word in self._at.sentence.path(at)

    def of_figure(self, figure: Mention[Quantity]) -> str:
        """Return what the words around a figure say to be measured, where no name of it is known.

        That of "income tax was a benefit of $5" is "income tax benefit", of "issued $5 of senior
        notes" it is "senior notes issued".
        """
        words = self._at.sentence.words
        clause = self._at.clause(figure.word)
        found: list[str] = []
        behind = self._noun_behind(figure)
        governs = self._noun_before(figure)
        verb = self._at.verb(clause)
        if clause and clause.subject >= 0 and behind < 0 and self._is_of_subject(clause.predicate):
            found += self._phrase(clause.subject) if governs >= 0 else self.subject(figure)
        if governs >= 0:
            found += self._phrase(governs)
        elif behind >= 0:
            found += self._phrase(behind)
            if clause and words[clause.predicate].is_verb and verb != _COPULA:
                found.append(words[clause.predicate].text)
        return " ".join(dict.fromkeys(w.casefold() for w in found))

    def _is_of_subject(self, predicate: int) -> bool:
        """Tell whether a verb only says how much its subject is, or by how much it moved."""
        word = self._at.sentence.words[predicate]
        moved = (m.word for m in self._at.mentions.marked("up", "down"))
        is_amount = word.text.casefold() in grammar_words("amounts")
        return word.lemma == _COPULA or is_amount or (word.is_verb and predicate in moved)

    def subject(self, figure: Mention[Quantity]) -> list[str]:
        """Return the words of a clause's subject, to where a time, a figure or an aside begins."""
        words = self._at.sentence.words
        clause = self._at.clause(figure.word)
        if clause is None or clause.subject < 0 or not self._is_noun(clause.subject):
            return []
        found: list[str] = []
        for at in self._at.sentence.subtree(clause.subject):
            word = words[at]
            is_sign = word.relation == "punct" and word.tag != "HYPH"
            if at > clause.subject and (is_sign or self._is_timed(at) or word.tag in _CLAUSES):
                break
            if word.tag in _DETERMINERS or not _LETTERS.search(word.text) or self._is_told(at):
                continue
            found.append(word.text)
            if len(found) == _MOST_OF_SUBJECT:
                break
        while found and found[-1].casefold() in small_words():
            found.pop()
        return found

    def part(self, figure: Mention[Quantity]) -> str:
        """Return what is a share of a whole where no name says it: "sales abroad were 5% of"."""
        clause = self._at.clause(figure.word)
        names = self._at.mentions.names
        is_named = clause and any(n.word == clause.subject for n in names)
        if not clause or is_named or not self._at.whole(figure):
            return ""
        measures = self._at.mentions.measures
        is_share = any(m.word == clause.predicate for m in measures)
        if not (is_share or self._is_of_subject(clause.predicate)):
            return ""
        return " ".join(self.subject(figure)).casefold()

    def _is_timed(self, at: int) -> bool:
        """Tell whether a word is a time or a figure, or ties one to what stands before."""
        sentence = self._at.sentence
        held = [m.word for m in (*self._at.mentions.periods, *self._at.mentions.quantities)]
        is_tie = sentence.words[at].tag == "IN"
        return any(w == at or (is_tie and sentence.words[w].head == at) for w in held)

    def _is_told(self, at: int) -> bool:
        """Tell whether a word is said by another slot: a time, a statistic, who speaks."""
        word = self._at.sentence.words[at]
        held = (
            *self._at.mentions.quantities,
            *self._at.mentions.periods,
            *self._at.mentions.statistics,
            *self._at.mentions.marked("speaker", "home"),
        )
        return any(one.start < word.end and word.start < one.end for one in held)

    def _is_noun(self, at: int) -> bool:
        """Tell whether a word names something: no "two", "first" or "which" does."""
        return self._at.sentence.words[at].tag.startswith("NN") and not self._is_known(at)

    def _noun_before(self, figure: Mention[Quantity]) -> int:
        """Return the noun of "a benefit of $5", -1 where there is none."""
        words = self._at.sentence.words
        tie = words[figure.word].head
        noun = words[tie].head
        is_tie = words[tie].text.casefold() in grammar_words("whole")
        if not is_tie or not words[noun].tag.startswith("NN") or words[noun].start > figure.start:
            return -1
        return noun if self._is_noun(noun) else -1

    def _noun_behind(self, figure: Mention[Quantity]) -> int:
        """Return the noun of "$5 of senior notes", -1 where there is none."""
        words = self._at.sentence.words
        for tie in self._at.sentence.children(figure.word):
            if words[tie].start < figure.end or (
                words[tie].text.casefold() not in grammar_words("whole")
            ):
                continue
            for noun in self._at.sentence.children(tie):
                if words[noun].relation == "pobj" and self._is_noun(noun):
                    return noun
        return -1

    def _is_known(self, at: int) -> bool:
        word = self._at.sentence.words[at]
        return any(one.start < word.end and word.start < one.end for one in self._known)

    def _phrase(self, head: int) -> Iterator[str]:
        """Yield the words of a noun and of what qualifies it."""
        words = self._at.sentence.words
        if not self._is_noun(head):
            return
        under = self._at.sentence.subtree(head)
        inner = [
            at
            for at in under
            if at == head
            or (words[at].relation in _QUALIFYING and words[at].tag in _TAGS and at < head)
        ]
        for at in inner[-_MOST_WORDS:]:
            if words[at].tag.startswith("PRP") or not _LETTERS.search(words[at].text):
                continue
            is_joint = words[at].tag in _EDGES and at in (inner[0], inner[-1])
            if not self._is_known(at) and not is_joint:
                yield words[at].text

    def is_proper(self, span: tuple[int, int]) -> bool:
        """Tell whether words are a name of a product or segment: "Professional Visualization"."""
        words = [w for w in self._at.sentence.words if span[0] <= w.start < span[1]]
        if words[0].start == 0 and not words[0].is_name and len(words) == 1:
            is_measure = any(m.start == words[0].start for m in self._at.mentions.measures)
            return words[0].tag.startswith("NN") and not is_measure
        return all(w.text[0].isupper() or len(w.text) < len("ands") for w in words)
