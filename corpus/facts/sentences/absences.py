"""What a sentence without figures denies: "no borrowings", "was not mined", "not available"."""

from collections.abc import Iterator

from corpus.facts.fact import Absent, Fact
from corpus.facts.sentences.mentions import Mention
from corpus.facts.sentences.sentence_slots import SentenceSlots, spans_of
from corpus.language.measures import Measure, names_of_nature

_NONE = "zero"
_DATE = "date"


def absence_facts(slots: SentenceSlots) -> Iterator[Fact]:
    """Yield the measures of a sentence without figures that it says to have no value, and why."""
    if slots.at.figures:
        return
    taken: set[int] = set()
    for measure in slots.at.mentions.measures:
        if _DATE in (measure.meaning.name, measure.meaning.broader):
            continue
        sign = _sign(slots, measure)
        if sign and sign.start not in taken:
            taken.add(sign.start)
            fact = _absence(slots, measure, sign)
            if slots.at.mentions.periods or not fact.polarity:  # else the text speaks of itself
                yield fact


def _sign(slots: SentenceSlots, measure: Mention[Measure]) -> Mention[str] | None:
    """Return the words that say why a measure has no value: "no", "not available"."""
    at = slots.at
    for one in at.mentions.marked("negation"):
        word = at.sentence.words[one.word]
        if word.relation == "det" and word.head == measure.word:
            return Mention(one.start, max(one.end, measure.end), one.word, _NONE)
    clause = at.clause(measure.word)
    if clause and clause.predicate == measure.word and clause.is_negated:
        return Mention(measure.start, measure.end, measure.word, _NONE)
    reasons = names_of_nature("absent")
    for one in at.mentions.statuses:
        holder = at.clause(one.word)
        subject = holder.subject if holder else -1
        if one.meaning in reasons and subject in at.sentence.path(measure.word):
            return one
    return None


def _absence(slots: SentenceSlots, measure: Mention[Measure], sign: Mention[str]) -> Fact:
    anchor: Mention[object] = Mention(sign.start, sign.end, measure.word, sign.meaning)
    arguments, spans = slots.arguments(anchor, measure.meaning.name)
    found = slots.model.choose("period", slots.periods.periods(anchor, None, False))
    period = found.meaning if found else None
    speaker = slots.speaker(anchor)
    used = [*spans, *spans_of((measure, sign, speaker, period.mention if period else None))]
    printed = " ".join(slots.at.sentence.text[sign.start : sign.end].split())
    return Fact(
        Absent(sign.meaning, printed),
        measure.meaning.name,
        tuple(arguments),
        period.period if period else None,
        stage=measure.meaning.stage,
        polarity=sign.meaning != _NONE,
        attributed_to=speaker.meaning.text if speaker else "",
        rest=slots.rest(measure.word, used),
        place=slots.place(sign.start, sign.end),
    )
