"""When a figure may be of, and against which time a change may be measured."""

import re
from dataclasses import dataclass

from corpus.facts.fact import Change
from corpus.facts.sentences.anchors import Anchors
from corpus.facts.sentences.linking import Candidate
from corpus.facts.sentences.links import Anchor, Links
from corpus.facts.sentences.mentions import Mention
from corpus.facts.sentences.sentence_context import Context, period_of, year_after, year_before
from corpus.language.periods import Period

_YEARLY = ("yearly change", "year before")


@dataclass(frozen=True, slots=True)
class LinkedPeriod:
    """A time of a figure and the mention of it, None where its context has told it."""

    period: Period
    mention: Mention[Period] | None = None


class PeriodCandidates:
    """The times of one sentence and its context, for each of its figures."""

    def __init__(self, at: Anchors, links: Links, context: Context) -> None:
        """Take a sentence's figures, how its mentions stand to them, and what was told before."""
        self._at = at
        self._links = links
        self._context = context

    def periods(
        self, anchor: Anchor, change: Change | None, is_old: bool
    ) -> list[Candidate[LinkedPeriod]]:
        """Return when a figure may be of."""
        at, context = self._at, self._context
        state = "change" if change else "old" if is_old else "level"
        mentions = at.mentions.periods
        own = [p for p in mentions if not at.is_of_publication(p)]
        found = []
        for one in mentions:
            if self._links.is_only_compared(one) and not is_old:
                continue
            extra = [
                "mentioned",
                f"grain {_grain(one.meaning)}",
                state,
                f"{state} behind {one.start >= anchor.end}",
                f"publication {at.is_of_publication(one)}",
                *self._links.rivals(anchor, one, own),
            ]
            link = self._links.link(anchor, one)
            extra += [f"{state} {f}" for f in link if f.startswith(("paired", "clause"))]
            holders = self._links.holders(one)
            held = "own" if anchor.start in holders else "other" if holders else "free"
            free = [p for p in own if not self._links.holders(p) and not at.is_compared(p)]
            aside = any(s <= one.start < e and not s <= anchor.start < e for s, e in at.brackets)
            source = one.meaning.text.count("-") > 1 and aside
            status = f"{held} {state}"
            extra += [
                status,
                f"{status} rivals {min(len(own), 3)}",
                f"{status} free {min(len(free), 2)} before {one.end <= anchor.start}",
                f"{held} aside {aside} {_grain(one.meaning)}",
                f"source {source}",
            ]
            if at.figures and at.figures[0].start > one.end:
                extra.append(f"ahead of all {held}")
            spoken = at.clause(one.word)
            apart = at.clause_of[one.word] != at.clause_of[anchor.word]
            if spoken and apart and at.is_attribution(spoken):
                extra.append("of the speaker")
            features = (*link, *extra)
            found.append(Candidate(LinkedPeriod(one.meaning, one), features))
            if one.meaning.text.startswith("../"):
                closed = period_of(one.meaning.text.removeprefix("../"))
                ends = ("closed", f"closed {self._tense(anchor)}")
                found.append(Candidate(LinkedPeriod(closed, one), (*features, *ends)))
        has = f"rivals {min(len(own), 2)}"
        compared = [p for p in own if at.is_compared(p)]

        def told(text: str, source: str) -> None:
            if text:
                features = (
                    f"{source}",
                    f"{source} {has}",
                    f"{source} {state} {has}",
                    f"{source} {state} compared {bool(compared)}",
                )
                found.append(Candidate(LinkedPeriod(period_of(text)), features))

        told(context.period.text if context.period else "", "from context")
        told(context.year, "from year")
        told(context.edition, "from edition")
        told(context.title_year, "from title")
        if is_old and at.mentions.marked(*_YEARLY):
            for period in (*(p.meaning for p in own[:1]), *filter(None, [context.period])):
                told(year_before(period), "year before")
        if change and len(own) == 1:
            told(year_after(own[0].meaning), "year after")
        return found

    def _tense(self, anchor: Anchor) -> str:
        """Return the tense of a value's clause: "future", or the tag of its verb."""
        clause = self._at.clause(anchor.word)
        if clause is None or self._at.has_future(anchor.word):
            return "future"
        return self._at.sentence.words[clause.predicate].tag

    def compared(self, anchor: Anchor, period: Period | None) -> list[Candidate[str]]:
        """Return against which time a change may be measured."""
        at = self._at
        marks = at.mentions.marked("compared", "more", "less")
        found = []
        for one in at.mentions.periods:
            since = one.meaning.text.endswith("/..")
            low, high = sorted((anchor.end, one.start))
            marked = any(low <= m.start <= high for m in marks) and one.start >= anchor.end
            before = any(0 <= one.start - m.end <= 12 for m in marks)
            is_own = period is not None and one.meaning.text == period.text
            extra = [
                "mentioned",
                f"since {since}",
                f"marked {marked}",
                f"marked before {before}",
                f"own {is_own}",
                f"own {is_own} marked {marked}",
                f"compared {at.is_compared(one)}",
                f"publication {at.is_of_publication(one)}",
                *self._links.rivals(anchor, one, at.mentions.periods),
            ]
            text = one.meaning.text.removesuffix("/..")
            found.append(Candidate(text, (*self._links.link(anchor, one), *extra)))
        if period:
            yearly = bool(at.mentions.marked(*_YEARLY))
            if earlier := year_before(period):
                same = bool(at.mentions.marked("same"))
                files = bool(self._context.filer)
                features = ("year before", f"year before yearly {yearly} same {same} {files}")
                found.append(Candidate(earlier, features))
        if self._context.against:
            same = period == self._context.period
            found.append(Candidate(self._context.against, ("from heading", f"from heading {same}")))
        return found


def _grain(period: Period) -> str:
    text = period.text
    if "/" in text:
        return "open" if ".." in text else "span"
    return re.sub(r"\d", "", text) or "year"
