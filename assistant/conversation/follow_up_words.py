"""The words of follow-ups by kind, from the table `follow_ups`."""

from functools import cache

from corpus.language.vocabulary import any_form, load_vocabulary, split_forms


@cache
def follow_up_words(*kinds: str) -> tuple[str, ...]:
    """Return the words of some kinds: "opening", "polite"."""
    rows = (load_vocabulary().row("follow_ups", kind) for kind in kinds)
    return tuple(word for row in rows for word in split_forms(row["words"]))


def any_follow_up_word(*kinds: str) -> str:
    """Return a pattern that matches any word of some kinds as a whole."""
    return any_form(follow_up_words(*kinds)) + r"(?!\w)"
