"""Whether two figures of one thing are apart: printed anew by one voice, or given by another.

One voice that prints another number has revised it, also where the old one, rounded, could be the
new one. Another voice may have rounded.
"""

from corpus.language.quantities import Quantity, same_quantity
from corpus.language.units import is_convertible

_NEAR = 1e-3  # by which two figures that are printed alike differ when they are converted


def is_printed_anew(held: Quantity, said: Quantity) -> bool:
    """Tell whether a figure was printed anew with another number, and no less precisely."""
    if not (held.unit == said.unit or is_convertible(said.unit, held.unit)):
        return True
    again = said if held.unit == said.unit else said.in_unit(held.unit)
    is_coarser = again.step > held.step * (1 + _NEAR)
    return not _are_near(held, again, _NEAR) and not (is_coarser and same_quantity(held, said))


def is_apart(held: Quantity, said: Quantity) -> bool:
    """Tell whether another voice gives another figure, and no rounded one."""
    return not same_quantity(held, said)


def _are_near(one: Quantity, other: Quantity, share: float) -> bool:
    pairs = ((one.low, other.low), (one.high, other.high))
    return all(abs(mine - theirs) <= share * max(abs(mine), abs(theirs)) for mine, theirs in pairs)
