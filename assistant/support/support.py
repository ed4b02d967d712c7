"""The verdict of a support check, with its reasons."""

from dataclasses import dataclass

from assistant.answer import Verdict


@dataclass(frozen=True, slots=True)
class Reason:
    """What keeps a statement from carrying a sentence.

    `kind` is "figure", "unit", "year", "edition", "name", "words", or a facet such as "country",
    "measure", "basis", "period", "direction", "negation", "modality". It is `against` the
    sentence where the statement says something else, and missing where it says nothing.
    """

    kind: str
    detail: str
    against: bool


@dataclass(frozen=True, slots=True)
class Support:
    """Whether a statement carries a sentence: `reasons` is empty where it does whole.

    `coverage` is the share of the sentence's words that the statement and its context have,
    `own_coverage` what the statement has without its context.
    """

    verdict: Verdict
    reasons: tuple[Reason, ...] = ()
    coverage: float = 0.0
    own_coverage: float = 0.0

    @property
    def against(self) -> frozenset[str]:
        """The kinds of what the statement says otherwise."""
        return frozenset(reason.kind for reason in self.reasons if reason.against)

    @property
    def missing(self) -> frozenset[str]:
        """The kinds of what the statement does not say."""
        return frozenset(reason.kind for reason in self.reasons if not reason.against)
