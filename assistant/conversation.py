"""Follow-ups: the standalone question that a short one means after the turns before it."""

import re
from collections.abc import Sequence

from assistant.answer import Turn
from corpus.figures import find_years
from index.question import analyze

_OPENING = re.compile(
    r"^\s*(?:and|also|but|so|then|what about|how about|what of)\b[\s,]*", re.IGNORECASE
)
_POSSESSIVE = re.compile(r"\b(?:its|their|his|her)\b", re.IGNORECASE)
_PRONOUN = re.compile(r"\b(?:it|they|them|that|this one|the same)\b", re.IGNORECASE)
_SHIFT = re.compile(
    r"\b(a|one|two|three|four|five|six|seven|eight|nine|ten|\d{1,2}) years? "
    r"(earlier|before|ago|later|after)\b"
    r"|\bthe (?P<next>year before|previous year|year after|following year|next year)\b",
    re.IGNORECASE,
)
_NUMBERS = "zero one two three four five six seven eight nine ten".split()
_LITTLE = frozenset("and about year years earlier later before ago after one two three".split())


def standalone_question(question: str, turns: Sequence[Turn]) -> str:
    """Return the question with what it leaves to the earlier turns filled in.

    A question that stands by itself comes back as it is: only one that opens like a follow-up,
    speaks of "it" or names nothing of its own takes names and years from the turns before.
    """
    earlier = [turn.content for turn in turns if turn.role == "user"]
    if not earlier:
        return question
    asked = analyze(question)
    before = analyze(earlier[-1])
    opens = _OPENING.match(question)
    refers = _POSSESSIVE.search(question) or _PRONOUN.search(question)
    if not (opens or refers or (not asked.names and len(question.split()) <= 6)):
        return question
    own_words = [word for word in asked.words if word not in _LITTLE]
    if shift := _SHIFT.search(question):
        if years := before.years or tuple(find_years(turns[-1].content)):
            return _with_year(earlier[-1], before.years, max(years) + _offset(shift))
    elif asked.years and not own_words:
        return _with_year(earlier[-1], before.years, asked.years[-1])
    if asked.names and not [w for w in own_words if w not in " ".join(asked.names).lower()]:
        return _with_name(earlier[-1], before.names, asked.names[0])
    nothing_else = {*own_words} <= {*asked.materials, *before.words}
    if asked.materials and len(before.materials) == 1 and nothing_else:
        replaced = rf"\b{before.materials[0]}\b"
        return re.sub(replaced, asked.materials[0], earlier[-1], flags=re.IGNORECASE)
    subject = next((name for name in before.names if name != "USGS"), "")
    if not subject:
        return f"{earlier[-1]} {question}"
    told = _OPENING.sub("", question)
    told = _POSSESSIVE.sub(f"{subject}'s", told)
    told = _PRONOUN.sub(subject, told)
    missing = [name for name in before.names if name.lower() not in told.lower()]
    carried = [] if asked.years else [str(year) for year in before.years]
    about = ", ".join([*([] if refers else missing), *carried])
    told = told[:1].upper() + told[1:]
    return f"{told.rstrip('? ')} ({about})?" if about else told


def _offset(shift: re.Match[str]) -> int:
    if shift["next"]:
        return -1 if shift["next"].lower() in ("year before", "previous year") else 1
    word = shift[1].lower()
    count = 1 if word == "a" else int(word) if word.isdigit() else _NUMBERS.index(word)
    return count if shift[2].lower() in ("later", "after") else -count


def _with_year(question: str, years: Sequence[int], year: int) -> str:
    if not years:
        return f"{question.rstrip('? ')} in {year}?"
    return re.sub(rf"\b{years[-1]}\b", str(year), question)


def _with_name(question: str, names: Sequence[str], name: str) -> str:
    own = [old for old in names if old != "USGS"]
    replaced = next((old for old in own if not old.isupper()), next(iter(own), ""))
    if not replaced:
        return f"{question.rstrip('? ')} ({name})?"
    return question.replace(replaced, name)
