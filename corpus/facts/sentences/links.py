"""How what a sentence mentions stands to its values: the features that all slots have in common.

By grammar (dependencies, clauses, places in a clause), by order and signs between, among rivals of
its kind, and in enumerations, where figures and names alternate.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from corpus.facts.sentences.anchors import Anchors
from corpus.facts.sentences.enumerations import are_listed, pair
from corpus.facts.sentences.mentions import Mention, is_body, is_place
from corpus.language.measures import fits_or_worth
from corpus.language.names import Name
from corpus.language.periods import Period

Anchor = Mention[object]

_SHARES = frozenset(("share", "points"))
_PARTED = re.compile(r"[;:)]|,\s")
_BRACKET = re.compile(r"\s*\(\s*")
_NEAR = 3  # words
_LOOSE = 8
_STEPS = (0, 1, 2, 3, 5, 8, 13, 21, 34)
_SIGNS = re.compile(r"[;:,()]")
_MOST_STEPS = 6


class Links:
    """The mentions of one sentence, each as it stands to the figures and other values."""

    def __init__(self, at: Anchors) -> None:
        """Take a sentence's figures with its mentions."""
        self._at = at
        self._known: dict[tuple[int, int, int], tuple[str, ...]] = {}
        named = at.mentions.names
        joined = sorted([*named, *self._others(named)], key=lambda one: one.start)
        self.names = tuple(joined)
        self._beside: dict[int, frozenset[int]] = {}
        shares = [m for m in at.mentions.measures if m.meaning.dimension == "share"]
        self.wholes_of_measures = [w for m in shares if (w := at.whole_of_measure(m))]
        self._wholes = [w for f in at.figures if (w := at.whole(f))] + self.wholes_of_measures
        names = [n for n in self.names if not self.is_in_whole(n)]
        self.paired: dict[int, frozenset[int]] = {}  # start of a mention -> figures of its own
        self._pair([n for n in names if n.meaning.is_material])
        owned = len(self.paired)
        for kind in (is_place, is_body):
            self._pair([n for n in names if kind(n.meaning)])
        if len(self.paired) == owned:
            self._pair([n for n in names if is_place(n.meaning) or is_body(n.meaning)])
        for group in at.groups():
            of = at.kind(at.figures[group[0]])
            fitting = [m for m in at.mentions.measures if fits_or_worth(m.meaning, of)]
            if len(fitting) == len(group) and of not in _SHARES:
                self._pair(fitting)
        self._pair([p for p in at.mentions.periods if not at.is_of_publication(p)])
        self._pair(at.mentions.statistics)
        self._pair(at.mentions.bases)

    def _others(self, names: Sequence[Mention[Name]]) -> Iterator[Mention[Name]]:
        text = self._at.sentence.text
        for one in self._at.mentions.marked("others"):
            following = next((f for f in self._at.figures if f.start >= one.end), None)
            before = [n for n in names if n.end <= one.start and n.meaning.id]
            if following and before and not text[one.end : following.start].strip(" ,:("):
                yield Mention(
                    one.start, one.end, one.word, Name("other", "", before[-1].meaning.kind)
                )

    def _pair(self, mentions: Sequence[Mention[object]]) -> None:
        for group in self._at.groups():
            for n, held in self._owned(group, mentions).items():
                for one in held:
                    known = self.paired.get(one.start, frozenset())
                    self.paired[one.start] = known | {n}

    def _owned(
        self, group: Sequence[int], mentions: Sequence[Mention[object]]
    ) -> dict[int, tuple[Mention[object], ...]]:
        """Return the mentions of each figure of a group alone, by the figure's number.

        Where not each has its own, a whole goes apart from its parts: "5 t, of which A got 3 and
        B 2".
        """
        at = self._at
        figures = [at.figures[n] for n in group]
        paired = pair(at.sentence.text, figures, mentions, at.is_in_order)
        leads = [
            one.start
            for one in at.mentions.marked("of which")
            if figures[0].end <= one.start < figures[-1].start
        ]
        crosses = any(
            min(figures[n].start, one.start) < lead < max(figures[n].start, one.start)
            for n, held in paired.items()
            for one in held
            for lead in leads
        )
        if not leads or (len(paired) == len(group) and not crosses):
            return {group[n]: held for n, held in paired.items()}
        found: dict[int, tuple[Mention[object], ...]] = {}
        for low, high in pairwise([*leads, len(at.sentence.text)]):
            parts = [n for n in group if low <= at.figures[n].start < high]
            around = tuple(one for one in mentions if low <= one.start < high)
            if len(parts) == 1 and around:
                found[parts[0]] = around
                continue
            figures = [at.figures[n] for n in parts]
            owned = pair(at.sentence.text, figures, around, at.is_in_order)
            found |= {parts[n]: held for n, held in owned.items()}
        return found

    def paired_spans(self) -> list[tuple[int, int]]:
        """Return where names stand that belong to single figures."""
        return [(n.start, n.end) for n in self.names if n.start in self.paired]

    def is_in_whole(self, one: Mention[object]) -> bool:
        return any(start <= one.start < end for start, end in self._wholes)

    def link(self, anchor: Anchor, one: Mention[object]) -> tuple[str, ...]:
        key = (anchor.start, one.start, one.end)
        if key not in self._known:
            self._known[key] = tuple(self._link_features(anchor, one))
        return self._known[key]

    def _link_features(self, anchor: Anchor, one: Mention[object]) -> Iterator[str]:
        at, sentence = self._at, self._at.sentence
        words, text = sentence.words, sentence.text
        up, down = sentence.path(one.word), sentence.path(anchor.word)
        meet = next(word for word in up if word in down)
        steps, other_steps = up.index(meet), down.index(meet)
        yield f"steps {min(steps + other_steps, _MOST_STEPS)}"
        yield f"up {min(steps, 4)} down {min(other_steps, 4)}"
        tag = (
            "figure" if meet == anchor.word else "own" if meet == one.word else words[meet].tag[:2]
        )
        yield f"meet {tag}"
        top = words[up[steps - 1]].relation if steps else ""
        other_top = words[down[other_steps - 1]].relation if other_steps else ""
        yield f"top {top}"
        yield f"top {top} {other_top}"
        place = at.place_in_clause(one.word)
        yield f"place {place}"
        clause, other_clause = at.clause_of[one.word], at.clause_of[anchor.word]
        chain, other_chain = at.chain(one.word), at.chain(anchor.word)
        if clause == other_clause:
            where = "same"
        elif clause in other_chain:
            where = "outer"
        elif other_clause in chain:
            where = "inner"
        else:
            where = "apart"
        subject = sentence.clauses[other_clause].subject if other_clause >= 0 else -1
        if subject >= 0 and subject in up:
            where = "subject" if subject == one.word else "in subject"
        yield f"clause {where}"
        behind = one.start >= anchor.end
        order = "behind" if behind else "before" if one.end <= anchor.start else "within"
        low, high = (anchor.end, one.start) if behind else (one.end, anchor.start)
        between = text[low:high] if low < high else ""
        count = sum(low <= w.start < high for w in words)
        far = sum(count > step for step in _STEPS)
        signs = "".join(sorted(set(_SIGNS.findall(between))))
        strongest = next((s for s in ";():," if s in signs), "")
        yield f"{order} {far}"
        yield f"{order} {where}"
        yield f"{order} sign {strongest}"
        passed = [f for f in at.figures if low <= f.start < high]
        yield f"{order} figures {min(len(passed), 2)}"
        nearest = min(at.figures, key=lambda f: gap(f, one), default=anchor)
        is_nearest = gap(anchor, one) <= gap(nearest, one)
        yield f"{order} nearest {is_nearest}"
        number = at.number(anchor)
        owners = self.paired.get(one.start)
        paired = "none" if owners is None else "own" if number in owners else "other"
        yield f"paired {paired}"
        yield f"paired {paired} {order} nearest {is_nearest}"
        if any(start <= one.start < end for start, end in at.brackets):
            inside = any(start <= anchor.start < end for start, end in at.brackets)
            yield f"in brackets {'both' if inside else 'alone'}"
        if self.is_in_whole(one):
            yield "in a whole"
        other = next((f for f in at.figures if f.word in up and f.start != anchor.start), None)
        if other:
            listed = are_listed(text, *sorted((anchor, other), key=lambda m: m.start))
            yield f"under another figure {'listed' if listed else ''}"

    def rivals(
        self, anchor: Anchor, one: Mention[object], all_: Sequence[Mention[object]]
    ) -> Iterator[str]:
        """Yield how many others of its kind there are, and whether one is nearer."""
        others = [m for m in all_ if m.start != one.start]
        yield f"rivals {min(len(others), 3)}"
        mine = gap(anchor, one)
        behind = one.start >= anchor.end
        side = [m for m in others if (m.start >= anchor.end) == behind]
        yield f"nearer {min(sum(gap(anchor, m) < mine for m in others), 2)}"
        yield f"nearer on its side {min(sum(gap(anchor, m) < mine for m in side), 2)}"
        distance = self._at.sentence.distance
        own = distance(anchor.word, one.word)
        nearer = sum(distance(anchor.word, m.word) < own for m in others)
        yield f"nearer by grammar {min(nearer, 2)}"

    def is_only_compared(self, one: Mention[Period]) -> bool:
        """Tell whether a time is only that of what figures are compared with."""
        starts = self.holders(one)
        held = [f for f in self._at.figures if f.start in starts]
        return self._at.is_compared(one) or (bool(held) and all(map(self._at.is_old, held)))

    def holders(self, one: Mention[Period]) -> frozenset[int]:
        """Return the starts of the figures that a time stands right beside: "51,000 t in 2025"."""
        if one.start not in self._beside:
            self._beside[one.start] = frozenset(self._figures_beside(one))
        return self._beside[one.start]

    def _figures_beside(self, one: Mention[Period]) -> Iterator[int]:
        at, text = self._at, self._at.sentence.text
        before = [f for f in at.figures if f.end <= one.start]
        if before:
            gap = text[before[-1].end : one.start]
            words = [w for w in at.sentence.words if before[-1].end <= w.start < one.start]
            parted = _PARTED.search(gap) and not _BRACKET.fullmatch(gap)
            under = before[-1].word in at.sentence.path(one.word)
            near = len(words) <= _NEAR or (
                (under or len(words) <= _LOOSE) and not any(w.is_verb for w in words)
            )
            if near and not parted:
                last = before[-1]
                yield last.start
                for earlier in reversed(before[:-1]):
                    if not are_listed(text, earlier, last):
                        return
                    last = earlier
                    yield last.start
                return
        behind = [f for f in at.figures if f.start >= one.end]
        if behind and not text[one.end : behind[0].start].strip(" :(,–—-"):
            yield behind[0].start


def gap(one: Mention[object], other: Mention[object]) -> int:
    """Return how many signs stand between two mentions."""
    return max(other.start - one.end, one.start - other.end, 0)
