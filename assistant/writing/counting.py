"""How many of a model's sentences were left out, and for which reasons, in words."""

from collections import Counter
from collections.abc import Iterator

from assistant.answer import Written
from assistant.writing.attribution import Fate

_REASONS: dict[Fate, str] = {
    "figure": "a figure that stands in no source",
    "quote": "words in quotation marks that stand in no source",
    "superseded": "a value that a newer edition has replaced",
    "broken": "words that make no sentence",
    "aside": "nothing of what is asked",
    "unsupported": "something that the sources found do not carry",
}


class Counts:
    """What became of the sentences that a model wrote."""

    def __init__(self) -> None:
        self.sentences = 0
        self.invented_keys = 0
        self.fates: Counter[Fate] = Counter()

    def count(self, fate: Fate) -> None:
        """Count a sentence."""
        self.sentences += 1
        self.fates[fate] += 1

    @property
    def removed(self) -> dict[Fate, int]:
        """How many sentences were left out, by reason."""
        return {reason: self.fates[reason] for reason in _REASONS if self.fates[reason]}

    def written(self) -> Written:
        """Return the counts as an answer carries them."""
        removed: dict[str, int] = dict(self.removed.items())
        if self.invented_keys:
            removed["key"] = self.invented_keys
        return Written(
            self.sentences, self.fates["kept"], self.fates["cut"], tuple(removed.items())
        )


def left_out(written: Written) -> Iterator[str]:
    """Yield a warning for what was left out of a model's sentences, and one for its citations."""
    counts = dict(written.removed)
    removed = {reason: counts[reason] for reason in _REASONS if reason in counts}
    if total := sum(removed.values()):
        told = ", ".join(f"{count} with {_REASONS[reason]}" for reason, count in removed.items())
        yield (
            f"Of {_counted(written.sentences, 'sentence')} that the model wrote {total} "
            f"{_was(total)} left out: {told}."
        )
    if cut := written.cut:
        yield f"{_counted(cut, 'sentence')} {_was(cut)} cut to the part that a source carries."
    if invented := counts.get("key", 0):
        told = _counted(invented, "citation")
        yield f"{told} that the model invented {_was(invented)} taken out."


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _was(count: int) -> str:
    return "was" if count == 1 else "were"
