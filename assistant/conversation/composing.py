"""A follow-up put together with what of the last question it is about.

What has no verb of its own takes its place in the last question: "and Brazil?" after "What are
China's reserves?" asks "What are Brazil's reserves?". Whatever else asks for something keeps its
words, with what it leaves out in brackets behind: "who owns it (the Narva magnet plant)?".
"""

import re
from collections.abc import Collection, Sequence
from functools import cache

from assistant.conversation.follow_up_words import follow_up_words
from assistant.conversation.mentions import NAMES, Kind, Mention, Utterance
from assistant.figures.patterns import possessive
from corpus.language.vocabulary import any_form, load_vocabulary

_NAMING: frozenset[Kind] = NAMES | {"material", "thing", "edition"}
_END = re.compile(r"[\s?!.]+$")
_BRACKETS = re.compile(r"\s*[()]\s*")
_LONGEST_NAME = 6  # words that may stand for "it"
_MOST_BETWEEN = 3  # words
_FUNCTION_ONLY = re.compile(r"[\s\w'’,()-]*")


def placed(
    asked: Utterance, before: Utterance, likely: Sequence[float], carried: Collection[int]
) -> str:
    """Return the last question with what the follow-up names in the place of its like.

    `likely` is how likely each mention of the last question is meant again. "" where the follow-up
    asks for something that has no place there.
    """
    pairs, left = _pairs(asked, before, likely, carried)
    if any(not _lead(asked, one) for one in left) or asked.has_other_words:
        return ""
    text = before.text
    for mention in reversed(before.mentions):
        if mention in pairs:
            said = _as_form(asked.said(pairs[mention]), before.said(mention), mention.kind)
            text = f"{text[: mention.start]}{said}{text[mention.end :]}"
    added = [f"{_lead(asked, one)} {asked.said(one)}" for one in left]
    return closed(", ".join((_END.sub("", text), *added))) if pairs or left else ""


def beside(asked: Utterance, before: Utterance, carried: Collection[int]) -> str:
    """Return the follow-up with what it leaves out: in the place of its "it", or in brackets."""
    core = _END.sub("", asked.text)
    kept = [before.mentions[place] for place in sorted(carried)]
    own = {mention.key for mention in asked.mentions}
    stretches = _stretches(before, [mention for mention in kept if mention.key not in own])
    pointing = [match for match in _pointing().finditer(core) if not _is_empty(asked, match)]
    if pointing and (pointed := _pointed_at(asked, before, stretches)):
        for match in reversed(pointing):
            core = _pointed_out(core, match, before.text[pointed[0].start : pointed[-1].end])
        left = [mention for one in stretches for mention in one if mention not in pointed]
        stretches = _stretches(before, left)
    told = ", ".join(_text_of(before, one) for one in stretches)
    return closed(f"{core} ({told})" if told else core)


def _stretches(before: Utterance, kept: Sequence[Mention]) -> list[list[Mention]]:
    """Return what is carried, neighbours together that only a word or two part."""
    found: list[list[Mention]] = []
    for mention in kept:
        place = before.mentions.index(mention)
        is_next = bool(found) and place > 0 and found[-1][-1] == before.mentions[place - 1]
        if is_next and _is_joined(before.text[found[-1][-1].end : mention.start]):
            found[-1].append(mention)
        else:
            found.append([mention])
    return found


def _text_of(before: Utterance, stretch: Sequence[Mention]) -> str:
    return _BRACKETS.sub(", ", before.text[stretch[0].start : stretch[-1].end]).strip(" ,")


def _pointed_at(
    asked: Utterance, before: Utterance, stretches: Sequence[Sequence[Mention]]
) -> Sequence[Mention]:
    """Return what "it" stands for: the one stretch that names a thing, or else the one name.

    Of "China's quota" it may be either; who asks for a measure of his own means the name.
    """
    things = [one for one in stretches if _is_name(before, one)]
    if len(things) == 1:
        return things[0]
    names = [([one], stretch) for stretch in stretches for one in stretch if one.kind in NAMES]
    asks_measure = any(mention.kind == "measure" for mention in asked.mentions)
    if len(names) == 1 and not things and (asks_measure or len(names[0][1]) == 1):
        return names[0][0]
    return ()


def _is_name(before: Utterance, stretch: Sequence[Mention]) -> bool:
    text = _text_of(before, stretch)
    is_naming = all(mention.kind in _NAMING for mention in stretch)
    is_of_something = any(one.kind in NAMES or one.kind == "material" for one in stretch)
    return is_naming and is_of_something and "," not in text and len(text.split()) <= _LONGEST_NAME


def _is_empty(asked: Utterance, match: re.Match[str]) -> bool:
    """Tell whether a word points at nothing: "there is"."""
    return any(w.start == match.start() and w.tag == "EX" for w in asked.words)


def _pointed_out(core: str, pointing: re.Match[str], name: str) -> str:
    """Return a question with a name in the place of a word that points at it."""
    word = pointing.group().casefold()
    told = name
    if word in follow_up_words("points: owner"):
        told = possessive(name)
    elif word in follow_up_words("points: place"):
        told = f"{follow_up_words('points: at')[0]} {name}"
    return f"{core[: pointing.start()]}{told}{core[pointing.end() :]}"


def closed(question: str) -> str:
    """Return a question with a capital at its beginning and a question mark at its end."""
    core = _END.sub("", question).strip()
    return f"{core[:1].upper()}{core[1:]}?"


def _pairs(
    asked: Utterance, before: Utterance, likely: Sequence[float], carried: Collection[int]
) -> tuple[dict[Mention, Mention], list[Mention]]:
    """Return what of the follow-up takes the place of what, and what takes none.

    What is likely meant again keeps its place, but for a time or an edition, and for whatever is
    like the one thing that a fragment names.
    """
    pairs: dict[Mention, Mention] = {}
    left: list[Mention] = []
    for mention in asked.mentions:
        if any(one.key == mention.key for one in before.mentions):
            continue
        is_alone = len(asked.mentions) == 1
        lead = _lead(asked, mention)
        gives_way = mention.kind in ("time", "edition") or lead in follow_up_words("leading anew")
        gives_way = gives_way or (is_alone and not lead)
        free = [
            (one.kind != mention.kind, likely[place], -place, one)
            for place, one in enumerate(before.mentions)
            if one not in pairs
            and not before.is_verb(one)
            and (place not in carried or (gives_way and one.kind == mention.kind))
            and _is_like(mention.kind, one.kind, is_alone)
        ]
        if free:
            pairs[min(free)[-1]] = mention
        else:
            left.append(mention)
    return pairs, left


def _is_like(one: Kind, other: Kind, is_alone: bool) -> bool:
    """Tell whether something of one kind may take the place of another's.

    What is of no known kind may be a name that nobody here knows, where it stands alone.
    """
    if {one, other} <= NAMES:
        return True
    if one == "thing":
        return is_alone and (other in NAMES or other == "material")
    return one == other and one != "deed"


def _lead(asked: Utterance, mention: Mention) -> str:
    """Return the preposition before a mention, "" for none: "to" of "to Germany"."""
    found = _leading().search(asked.text[: mention.start])
    return found["lead"].casefold() if found else ""


def _as_form(said: str, replaced: str, kind: Kind) -> str:
    """Return what takes a place as it stands there.

    A material is in the form of the one that it replaces, terbium oxide after dysprosium oxide, and
    a form is that of the same material.
    """
    if kind == "measure":
        return said if said.isupper() else f"{said[:1].lower()}{said[1:]}"
    element, _, last = replaced.rpartition(" ")
    if kind != "material" or last not in _forms():
        return said
    if said in _forms():
        return f"{element} {said}".strip()
    return said if " " in said else f"{said} {last}"


def _is_joined(between: str) -> bool:
    """Tell whether nothing but a word or two that say nothing stand between two stretches."""
    said = between.casefold().split()
    asks = any(word in follow_up_words("asking") for word in said)
    return bool(_FUNCTION_ONLY.fullmatch(between)) and len(said) <= _MOST_BETWEEN and not asks


@cache
def _forms() -> frozenset[str]:
    return frozenset(row["form"] for row in load_vocabulary().rows("forms"))


@cache
def _leading() -> re.Pattern[str]:
    """Return the preposition before a mention, with what parts it from the rest."""
    words = any_form(follow_up_words("leading anew", "leading"))
    return re.compile(rf",?\s*(?<!\w)(?P<lead>{words})\s+(?:the\s+)?$", re.IGNORECASE)


@cache
def _pointing() -> re.Pattern[str]:
    words = any_form(follow_up_words("points: thing", "points: owner", "points: place"))
    return re.compile(rf"(?<![\w'’]){words}(?![\w'’])", re.IGNORECASE)
