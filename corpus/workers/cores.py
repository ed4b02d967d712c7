"""How many cores this process works on at once: all that it may use, or fewer that it was given."""

import os

_GIVEN: list[int] = []


def use_cores(count: int) -> None:
    """Have this process work on so many cores, as one of several that share a machine."""
    _GIVEN[:] = [count]


def core_count() -> int:
    """Return on how many cores this process may work."""
    if _GIVEN:
        return _GIVEN[0]
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # macOS and Windows do not tell which cores are ours
        return os.cpu_count() or 1
