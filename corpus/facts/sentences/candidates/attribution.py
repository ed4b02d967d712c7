"""Attribution: whose word a value is, by who says so, by "according to", by brackets behind it."""

import re

from corpus.facts.sentences.anchors import Anchors
from corpus.facts.sentences.mentions import PUBLICATIONS, Mention, grammar_words, is_body, is_place
from corpus.language.names import Name

_ESTIMATORS = PUBLICATIONS | {"agency"}
_WORD = re.compile(r"[^\W_]+")
_BY = "by"
_DATED_SOURCE = re.compile(r"\((?P<name>[^,;:()\d]{3,40}),\s+")
_ENDS = (".", ";", "")


class Attribution:
    """Who speaks in one sentence."""

    def __init__(self, at: Anchors) -> None:
        """Take a sentence's figures with its mentions."""
        self._at = at

    def speaker(self, word: int) -> Mention[Name] | None:
        """Return whose word the clause of a word is: "according to Adamas", "the survey says"."""
        for at in self._at.chain(word)[1:]:
            clause = self._at.sentence.clauses[at]
            if self._at.is_attribution(clause):
                for name in self._at.mentions.names:
                    if clause.subject == name.word and not name.meaning.is_material:
                        return name
        for name in self._at.mentions.names:
            if (
                self.is_estimator(name)
                and self._at.clause_of[name.word]
                in self._at.chain(word)[: None if self._is_of_report(name) else 1]
            ):
                return name
        start = self._at.sentence.words[word].start
        marks = self._at.mentions.marked("attribution")
        for one in sorted(marks, key=lambda m: abs(m.start - start)):
            for name in self._at.mentions.names:
                gap = self._at.sentence.text[one.end : name.start]
                tied = self._at.sentence.words[one.word].relation in ("prep", "pcomp")
                near = one.end <= name.start and len(_WORD.findall(gap)) <= 1
                if near and tied and is_body(name.meaning):
                    return name
            if tied_to := self._unnamed(one):
                return tied_to
        return self._source_in_brackets(word)

    def _unnamed(self, one: Mention[str]) -> Mention[Name] | None:
        """Return who "according to" names by no name: "according to industry estimates"."""
        sentence = self._at.sentence
        if sentence.words[one.word].relation not in ("prep", "pcomp"):
            return None
        last = next((w for w in sentence.words if w.end == one.end), None)
        ties = [sentence.words.index(last)] if last else []
        for child in (c for tie in {*ties, one.word} for c in sentence.children(tie)):
            word = sentence.words[child]
            if word.relation == "pobj" and word.start >= one.end:
                under = [sentence.words[i] for i in sentence.subtree(child)]
                start, end = under[0].start, word.end
                return Mention(start, end, child, Name(sentence.text[start:end]))
        return None

    def _source_in_brackets(self, word: int) -> Mention[Name] | None:
        """Return the source in the brackets behind a statement: "(Reuters, May 2025)"."""
        text = self._at.sentence.text
        at = self._at.sentence.words[word].start
        for start, end in self._at.brackets:
            if start < at or any(start <= f.start < end for f in self._at.figures):
                continue
            for name in self._at.mentions.names:
                if name.start != start + 1 or name.meaning.is_material or is_place(name.meaning):
                    continue
                dated = any(start < p.start < end for p in self._at.mentions.periods)
                written = text[name.start : name.end]
                ends = text[end : end + 1] in _ENDS and (" " in written or "." in written)
                if dated or ends or name.meaning.kind in PUBLICATIONS:
                    return name
            unknown = _DATED_SOURCE.match(text, start)
            dates = [p.start for p in self._at.mentions.periods]
            if unknown and unknown.end() in dates:
                source = Name(unknown["name"])
                return Mention(unknown.start("name"), unknown.end("name"), word, source)
        return None

    def is_estimator(self, name: Mention[Name]) -> bool:
        """Tell whether a name says only whose figure it is: "the USGS average"."""
        words = self._at.sentence.words
        place = self._at.place_in_clause(name.word)
        if place == "possessive" and name.meaning.kind in _ESTIMATORS:
            return words[words[name.word].head].lemma in grammar_words("figure nouns")
        clause = self._at.clause(name.word)
        if self._is_of_report(name):
            return True
        reports = self._at.verb(clause) in grammar_words("reporting")
        is_stranger = not name.meaning.id or name.meaning.kind in _ESTIMATORS
        return place in ("subject", _BY) and reports and is_stranger and is_body(name.meaning)

    def _is_of_report(self, name: Mention[Name]) -> bool:
        """Tell whether a name is of whose report says something: "a report from X shows"."""
        words = self._at.sentence.words
        tie = words[name.word].head
        noun = words[tie].head
        says = grammar_words("figure nouns") | grammar_words("editions")
        clause = self._at.clause(noun)
        is_tied = words[name.word].relation == "pobj" and is_body(name.meaning)
        is_subject = is_tied and clause is not None and clause.subject == noun
        is_report = is_subject and words[noun].lemma in says
        return is_report and self._at.verb(clause) in grammar_words("reporting")

    def is_who_says(self, name: Mention[Name]) -> bool:
        """Tell whether a name is of who tells a figure, not of whom it is about."""
        return self._at.is_speaker(name) or self.is_estimator(name)
