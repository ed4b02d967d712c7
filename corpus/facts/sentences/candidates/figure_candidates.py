"""What may fill the slots of a figure but for times and names, each candidate with its features."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import get_args

from corpus.facts.fact import Change, Status
from corpus.facts.sentences.anchors import Anchors
from corpus.facts.sentences.candidates.own_words import Qualifiers
from corpus.facts.sentences.candidates.roles import frame_of
from corpus.facts.sentences.linking import Candidate
from corpus.facts.sentences.links import Anchor, Links
from corpus.facts.sentences.mentions import Mention, grammar_words, is_body, overlap
from corpus.facts.sentences.sentence_context import Context
from corpus.language.measures import (
    Measure,
    find_terms,
    fits_or_worth,
    measure_named,
    measure_of_dimension,
    related_dimension,
    suits,
    worth_of,
)
from corpus.language.quantities import Quantity

_SHARES = frozenset(("share", "points"))
_TONNAGES = frozenset(("mass", "mass rate", "price"))
_BUILT = frozenset(("mine", "plant", "project", "deposit"))
_OF_AMOUNTS = frozenset(("mass", "mass rate", "money", "people"))
_OF_A_WHOLE = "share"
_STATUSES: Mapping[str, Status] = {status: status for status in get_args(Status)}


@dataclass(frozen=True, slots=True)
class LinkedMeasure:
    """A measure of a figure, the mention of it where the sentence names it, its part of a whole."""

    name: str
    stage: str = ""
    mention: Mention[Measure] | None = None
    part_of: str = ""


class Candidates:
    """The candidates of one sentence, for each of its figures."""

    def __init__(self, at: Anchors, links: Links, context: Context) -> None:
        """Take a sentence's figures, how its mentions stand to them, and what was told before."""
        self._at = at
        self._links = links
        self._context = context
        self._own = Qualifiers(at)

    def measures(
        self, figure: Mention[Quantity], change: Change | None
    ) -> list[Candidate[LinkedMeasure]]:
        """Return what a figure may measure."""
        at, context = self._at, self._context
        of = at.kind(figure)
        whole = None if change else at.whole(figure)
        kind = f"change {of}" if change else of
        group = "share" if of in _SHARES else "amount"
        named = at.mentions.measures
        number, paired = at.number(figure), self._links.paired
        fitting = [
            _in_money(m, of)
            for m in named
            if fits_or_worth(m.meaning, of) and number in paired.get(m.start, (number,))
        ]
        found: list[Candidate[LinkedMeasure]] = []
        for one in fitting:
            meant = one.meaning
            dimension = (
                "same"
                if meant.dimension == of
                else "none"
                if not meant.dimension
                else "related"
                if related_dimension(of) == meant.dimension
                else "other"
            )
            word = at.sentence.words[one.word]
            part = of == "share" and not change and meant.dimension in _OF_AMOUNTS
            name = _OF_A_WHOLE if part else meant.name
            extra = [
                "mentioned",
                f"{group} dimension {dimension}",
                f"{'change' if change else 'level'} {group} dimension {dimension}",
                f"tag {word.tag[:2]}",
                f"tag {word.tag[:2]} dimension {dimension}",
                f"kind {kind}",
                f"whole {bool(whole)} {dimension}",
                *self._links.rivals(figure, one, fitting),
            ]
            if self._is_modifier(one):
                extra.append("modifier")
            if whole and whole[0] <= one.start < whole[1]:
                extra.append(f"in own whole {dimension}")
            if any(overlap(one, m) for m in at.mentions.marked("up", "down")):
                extra.append(f"direction {bool(change)}")
            if word.is_verb and {meant.dimension, of} == {"money", "price"}:
                extra.append("verb of money")
            if self._is_stock(one):
                extra.append(f"of a company {bool(change)}")
            worth = self._worth()
            if any(overlap(one, m) for m in worth):  # "valued at": says of what only elsewhere
                extra.append(f"worth alone {of} {any(worth_of(m.meaning) for m in named)}")
            elif any(one.word in at.sentence.path(m.word)[:2] for m in worth):
                extra.append(f"as an amount {of}")
            elif worth and worth_of(one.meaning):
                extra.append(f"may be worth {of}")
            part_of = self.words((one.start, one.end)) if part else ""
            linked = LinkedMeasure(name, meant.stage, one, part_of)
            found.append(Candidate(linked, (*self._links.link(figure, one), *extra)))
        has = f"rivals {min(len(fitting), 1)}"

        def told(name: str, *features: str) -> None:
            if name and (suits(name, of) or "own words" in features):
                linked = LinkedMeasure(name, measure_named(name).stage)
                pairs = (f"{f} {has}" for f in features)
                more = (f"{features[0]} {kind}", f"{features[0]} {bool(change)}")
                found.append(Candidate(linked, (*features, *pairs, *more)))

        clause = at.clause(figure.word)
        frame = frame_of(at.verb(clause), "")
        told(frame.measure, "from frame", f"frame {frame.name}")
        if whole:
            owned = self.is_owned(figure, whole)
            told(_OF_A_WHOLE, "from whole", f"from whole owned {owned}")
            if owned:
                told("stake", "from owned")
        state = self._state_of_clause(figure)
        told(context.measure, "from context", f"from context {state}")
        if context.run_in:
            told(context.run_in, "from run-in", f"from run-in {state}")
        if context.heading_measure != context.measure:
            told(context.heading_measure, "from heading", f"from heading {state}")
        if of == "share" and not whole:
            told(_OF_A_WHOLE, "from percent")
        by_dimension = "share of oxide" if self._is_of_oxide(figure) else of
        told(measure_of_dimension(by_dimension), "from dimension", f"from dimension {by_dimension}")
        own = self._own.of_figure(figure)
        told(own, "own words", f"own words {bool(context.filer)}")
        return found

    def _worth(self) -> list[Mention[object]]:
        words = grammar_words("worth")
        return [
            Mention(w.start, w.end, n, None)
            for n, w in enumerate(self._at.sentence.words)
            if w.text.casefold() in words
        ]

    def _state_of_clause(self, figure: Mention[Quantity]) -> str:
        """Say what a clause has beside its figure: a verb, a subject that nothing explains."""
        clause = self._at.clause(figure.word)
        if clause is None:
            return "no clause"
        predicate = self._at.sentence.words[clause.predicate]
        verb = "be" if predicate.lemma == "be" else "verb" if predicate.is_verb else "noun"
        return f"{verb} {'unread' if self._at.has_unread_subject(figure.word) else 'read'}"

    def _is_of_oxide(self, figure: Mention[Quantity]) -> bool:
        """Tell whether a percentage is a grade: "9% TREO"."""
        near = any(0 <= b.start - figure.end <= 1 for b in self._at.mentions.bases)
        return figure.meaning.unit == "percent" and near

    def _is_modifier(self, one: Mention[Measure]) -> bool:
        """Tell whether a measure only says of what kind something else is: "cash taxes"."""
        words = self._at.sentence.words
        word = words[one.word]
        head = words[word.head]
        if word.relation not in ("compound", "amod", "nmod") or not head.tag.startswith("NN"):
            return False
        mentions = self._at.mentions
        known = (*mentions.measures, *mentions.quantities, *mentions.statistics, *mentions.statuses)
        known = (*known, *mentions.markers)
        is_known = any(m.start < head.end and head.start < m.end for m in known)
        return not is_known and head.lemma not in grammar_words("figure nouns")

    def _is_stock(self, one: Mention[Measure]) -> bool:
        """Tell whether "shares" are those of a company, whose price changes."""
        word = self._at.sentence.words[one.word]
        return one.meaning.dimension == "share" and word.tag == "NNS" and word.lemma == "share"

    def is_owned(self, figure: Mention[Quantity], whole: tuple[int, int]) -> bool:
        """Tell whether a share is of somebody who is held: "owns 6.5% of Peak", "8% of MP"."""
        frame = frame_of(self._at.verb(self._at.clause(figure.word)), "")
        inside = [n for n in self._at.mentions.names if whole[0] <= n.start < whole[1]]
        alone = len(inside) == 1 and inside[0].end == whole[1]
        company = alone and inside[0].meaning.kind == "company"
        return company or any(frame.role("of", n.meaning) == "owned" for n in inside)

    def words(self, span: tuple[int, int]) -> str:
        """Return a stretch of the sentence with plain spaces."""
        return " ".join(self._at.sentence.text[span[0] : span[1]].split())

    def bases(self, figure: Mention[Quantity]) -> list[Candidate[str]]:
        """Return on what basis a figure may be."""
        at = self._at
        of = at.kind(figure)
        if of not in _TONNAGES:
            return []
        mentions = at.mentions.bases
        found: list[Candidate[str]] = []
        for one in mentions:
            extra = ["mentioned", f"kind {of}", *self._links.rivals(figure, one, mentions)]
            hung = [f for f in at.figures if f.end <= one.start and one.start - f.end < 20]
            extra.append(f"hangs {bool(hung)} {bool(hung) and hung[-1].start == figure.start}")
            found.append(Candidate(one.meaning, (*self._links.link(figure, one), *extra)))
        has = f"rivals {min(len(mentions), 1)}"
        for source, basis in self._context.bases:
            features = (
                f"from {source}",
                f"from {source} {has}",
                f"from {source} {of}",
                f"kind {of}",
            )
            found.append(Candidate(basis, features))
        return found

    def stages(self, figure: Mention[Quantity], linked: LinkedMeasure) -> list[Candidate[str]]:
        """Return of which stage of the value chain a figure may be."""
        at = self._at
        found = []
        terms = find_terms("stages", at.sentence.text)
        mentions = [
            Mention(t.start, t.end, at.sentence.head_of(t.start, t.end), t.meaning) for t in terms
        ]
        mentions = [m for m in mentions if m.word >= 0]
        named = linked.mention
        for one in mentions:
            extra = [
                "mentioned",
                f"stage {one.meaning}",
                f"kind {at.kind(figure)}",
                f"measure {linked.name}",
            ]
            extra += self._links.rivals(figure, one, mentions)
            if named and overlap(named, one):
                extra.append("in the measure")
            found.append(Candidate(one.meaning, (*self._links.link(figure, one), *extra)))
        if linked.stage:
            found.append(
                Candidate(linked.stage, ("of the measure", f"of the measure {len(mentions)}"))
            )
        if self._context.stage:
            features = (
                "from context",
                f"from context {linked.name}",
                f"from context {len(mentions)}",
            )
            found.append(Candidate(self._context.stage, features))
        return found

    def statistics(self, figure: Mention[Quantity]) -> list[Candidate[Mention[str]]]:
        """Return what statistic a figure may be: an average, a maximum."""
        at = self._at
        words = at.sentence.words
        held = at.mentions.statistics
        found = []
        for one in held:
            extra = [
                "mentioned",
                f"tag {words[one.word].tag}",
                f"relation {words[one.word].relation}",
                f"meaning {one.meaning}",
                f"kind {at.kind(figure)}",
                f"change {bool(at.direction(figure))}",
                f"of a measure {any(words[one.word].head == m.word for m in at.mentions.measures)}",
                *self._links.rivals(figure, one, held),
            ]
            found.append(Candidate(one, (*self._links.link(figure, one), *extra)))
        return found

    def statuses(self, anchor: Anchor) -> list[Candidate[tuple[Status, Mention[str] | None]]]:
        """Return how certain a value may be, other than reported."""
        at = self._at
        kind = at.kind_of(anchor)
        held = [
            m
            for m in at.mentions.statuses
            if m.meaning in _STATUSES and not self._own.is_qualifier(m)
        ]
        held += [m for f in at.figures if f.start != anchor.start for m in self._status_within(f)]
        change = at.number(anchor) >= 0 and bool(at.change(at.number(anchor)))
        old = at.number(anchor) >= 0 and at.is_old(anchor)  # type: ignore[arg-type]
        found: list[Candidate[tuple[Status, Mention[str] | None]]] = []
        for one in held:
            word = at.sentence.words[one.word]
            governs = one.word in at.sentence.path(anchor.word)
            extra = [
                "mentioned",
                f"meaning {one.meaning}",
                f"meaning {one.meaning} {kind}",
                f"meaning {one.meaning} tag {word.tag[:2]}",
                f"tag {word.tag}",
                f"governs {governs} verb {word.is_verb}",
                f"change {change} old {old}",
                *self._links.rivals(anchor, one, held),
            ]
            features = (*self._links.link(anchor, one), *extra)
            found.append(Candidate((_STATUSES[one.meaning], one), features))
        written = at.sentence.text[anchor.start : anchor.end]
        for term in find_terms("statuses", written):
            if term.meaning in _STATUSES:
                inside = _STATUSES[term.meaning]
                found.append(Candidate((inside, None), ("within", f"within {inside}")))
        if told := _STATUSES.get(self._context.status):
            features = ("from context", f"from context {told}", f"from context {len(held)}")
            found.append(Candidate((told, None), features))
        if at.has_future(anchor.word):
            clause = at.clause(anchor.word)
            acts = clause is not None and any(
                n.word == clause.subject and (is_body(n.meaning) or n.meaning.kind in _BUILT)
                for n in at.mentions.names
            )
            ahead: tuple[Status, ...] = ("planned", "forecast")
            for status in ahead:
                features = (
                    f"future {status}",
                    f"future {status} {acts}",
                    f"future {status} {kind}",
                )
                found.append(Candidate((status, None), features))
        return found

    def _status_within(self, figure: Mention[Quantity]) -> Iterator[Mention[str]]:
        """Yield the status that a figure is written with: "an estimated 500 tons"."""
        written = self._at.sentence.text[figure.start : figure.end]
        for term in find_terms("statuses", written):
            if term.meaning in _STATUSES:
                yield Mention(figure.start, figure.end, figure.word, term.meaning)


def _in_money(one: Mention[Measure], has: str) -> Mention[Measure]:
    """Return the mention of a measure of which money tells what it is worth, as that."""
    worth = worth_of(one.meaning) if has == "money" else None
    return replace(one, meaning=worth) if worth else one
