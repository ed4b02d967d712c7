"""What a table counts, with the thing it is a form of: "Ores and concentrates" of antimony."""

import re

from assistant.evaluation.drafting.asking import Ask
from assistant.evaluation.drafting.labels import Measured, is_adjective
from assistant.evaluation.drafting.phrases import quiet, spoken
from corpus.lexicon import load_lexicon

# Forms that every material comes in, so that they need its name.
FORMS = frozenset(
    """compound compounds metal metals ore ores concentrate concentrates oxide oxides scrap waste
    alloy alloys powder powders ash residues articles forms ingot ingots pigments chloride
    chlorides carbonate carbonates hydroxide hydroxides sponge dust matte mineral""".split()
)
# Quantities of something, whatever it is; revenue is of no material.
OF_A_THING = re.compile(
    r"production|imports|exports|consumption|reserves|resources|stocks|capacity|shipments|reliance"
    r"|employment|price|unit value|quota|output"
)
_SUBSTANCE = re.compile(
    r"\w+(?:ite|ium|ides?|ates?|ese|num|carbide|gold|copper|lead|zinc|tin|iron|steel|sand|clay"
    r"|stone|slag|gas|acid|salt|earths?)\b",
    re.IGNORECASE,
)
_SINGULAR_FORMS = frozenset(word.rstrip("s") for word in FORMS)


def ask_of(measured: Measured, thing: str, owner: str, common: frozenset[str]) -> Ask | None:
    """Return the ask for what a label counts, None where it says neither of what nor whose.

    `thing` is the material that the table names beside the label, `owner` the place or company.
    What stands behind a price or a stock and is no material is a market or a holder, and a note.
    """
    quantity, of, notes = measured.quantity, measured.of, measured.notes
    if not of:
        of = thing if OF_A_THING.search(quantity) else ""
    elif re.search(r"price|value|stocks", quantity) and not is_substance(of, thing, bool(notes)):
        of, notes = thing, (of, *notes)
    else:
        of = form_of(of, thing)
    for worldwide in ("world ", "global "):
        if quantity.startswith(worldwide) and owner in ("", "the world"):
            quantity, owner = quantity.removeprefix(worldwide), "the world"
    if re.search(r"price|unit value", quantity) and owner == "the United States":
        owner = ""  # a table of that country lists prices of the world market, too
    if not of and not owner:
        return None
    return Ask(
        spoken(quantity, common),
        spoken(_forwards(of), common),
        owner,
        notes=tuple(quiet(note, common) for note in notes),
        plural=measured.plural,
    )


def form_of(of: str, thing: str) -> str:
    """Return what is counted with the material it is a form of, "" where they do not go together.

    >>> form_of("Ores and concentrates", "antimony")
    'antimony ores and concentrates'
    """
    if not thing or _shares_word(of, thing):
        return of
    first = re.split(r", | and | \(", of)[0]
    words = first.lower().split()
    if words[-1:] == thing.lower().split()[-1:] and all(map(is_adjective, words[:-1])):
        return f"{' '.join(words[:-1])} {thing}" if first == of else ""
    if is_adjective(first):
        return f"{first.lower()} {thing}" if first == of else ""
    kinds = [word for word in words if is_adjective(word)]
    if words[: len(kinds)] == kinds and FORMS.issuperset(words[len(kinds) :]):
        name = re.sub(r"\brare[ -]earths$", "rare-earth", thing, flags=re.IGNORECASE)
        forms = " ".join(of.split()[len(kinds) :])
        return " ".join([*kinds, name, forms[:1].lower() + forms[1:]])
    return of


def is_substance(of: str, thing: str, has_notes: bool = False) -> bool:
    """Tell whether words name a material, and no market, holder or grade of `thing`."""
    if _shares_word(of, thing) or _SUBSTANCE.search(of) or thing.lower()[:5] == of.lower()[:5]:
        return True
    if has_notes and not is_adjective(of.split(",")[0]) and " " not in of:
        return True
    if {word.rstrip("s,") for word in of.lower().split()} & _SINGULAR_FORMS:
        return True
    kinds = {mention.entry.kind for mention in load_lexicon().find_mentions(of)}
    return bool(kinds & {"element", "mineral", "metal", "product"})


def _forwards(of: str) -> str:
    """Return a label written back to front as it is said.

    >>> _forwards("Lanthanum, unalloyed")
    'unalloyed Lanthanum'
    """
    first, comma, rest = of.partition(", ")
    if not comma or " " in first:
        return of
    if is_adjective(rest) and " " not in rest:
        return f"{rest} {first}"
    if rest.split()[0].strip(",") in FORMS:
        return f"{first} {rest}"
    return of


def _shares_word(of: str, thing: str) -> bool:
    told, named = (
        {word.rstrip("s") for word in re.findall(r"\w+", words.lower()) if len(word) > 2}
        for words in (of, thing)
    )
    plain = _SINGULAR_FORMS | {"and", "earth"}
    return bool(told & (named - plain)) or ("earth" in told and "earth" in named)
