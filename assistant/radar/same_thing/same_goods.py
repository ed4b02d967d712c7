"""Whether two texts or facts are of other goods: metal and oxide of one element are two."""

from collections.abc import Iterable

from corpus.language.names import Name


def are_of_other_goods(held: Iterable[Name], said: Iterable[Name]) -> bool:
    """Tell whether both name materials, and none in common; a form that is not named may be any."""
    mine, theirs = ([name for name in names if name.is_material] for names in (held, said))
    return bool(mine and theirs) and not any(_may_be_one(a, b) for a in mine for b in theirs)


def _may_be_one(one: Name, other: Name) -> bool:
    forms = {one.form, other.form} - {""}
    return one.id == other.id and len(forms) < 2
