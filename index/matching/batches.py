"""Which texts a model reads at once, and on which cores."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

from corpus.workers.cores import core_count

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_Work = TypeVar("_Work")
_Done = TypeVar("_Done")
_STEP = 16  # tokens: texts are filled up to a multiple of so many
_TOGETHER = 512  # tokens that are read at once, at most


@dataclass(frozen=True, slots=True)
class Batch:
    """What is read at once: places in a list, and the lengths that the texts are filled up to.

    `lengths` has one for a list of texts, two for a list of pairs of them.
    """

    places: tuple[int, ...]
    lengths: tuple[int, ...]


def batches(*lengths: Sequence[int]) -> list[Batch]:
    """Return how texts, or pairs of them, go together: nearly of a length, not too many tokens.

    A text is filled up by its own length alone, so that what is said of it does not depend on
    those that it goes with. Of pairs the lengths of the one are given, then those of the other.

    batches([3, 400, 5]) -> [Batch((0, 2), (16,)), Batch((1,), (400,))]
    """
    places: dict[tuple[int, ...], list[int]] = defaultdict(list)
    for place, one in enumerate(zip(*lengths, strict=True)):
        places[tuple(map(filled_length, one))].append(place)
    return [
        Batch(tuple(those[start : start + most]), filled_up)
        for filled_up, those in places.items()
        if (most := max(1, _TOGETHER // max(filled_up)))
        for start in range(0, len(those), most)
    ]


def filled_length(length: int) -> int:
    """Return the length that a text is filled up to: few lengths occur, as a graph likes it."""
    return max(-(-length // _STEP), 1) * _STEP


def filled(rows: "Sequence[Sequence[Any]]", length: int) -> "NDArray[np.int64]":
    """Return rows of whole numbers with zeros behind each, up to a length."""
    import numpy as np

    found = np.zeros((len(rows), length), np.int64)
    for row, numbers in zip(found, rows, strict=True):
        row[: len(numbers)] = numbers
    return found


def shown(lengths: Sequence[int], length: int) -> "NDArray[np.float32]":
    """Return rows (texts, length): 1 where a text stands, 0 where it is filled up."""
    import numpy as np

    return (np.arange(length) < np.array(lengths)[:, None]).astype(np.float32)


def token_inputs(length: int, **told: "Sequence[Sequence[int]]") -> "dict[str, NDArray[Any]]":
    """Return what a graph of the encoder is given of texts, by name, `ids` among them.

    token_inputs(4, ids=[(7, 9)]) -> {"ids": [[7, 9, 0, 0]], "shown": [[1.0, 1.0, 0.0, 0.0]]}
    """
    given = {name: filled(rows, length) for name, rows in told.items()}
    return {**given, "shown": shown([*map(len, told["ids"])], length)}


def on_all_cores(work: "Callable[[_Work], _Done]", todo: "Sequence[_Work]") -> "list[_Done]":
    """Return what comes of each piece of work, in their order, done side by side.

    What calls it at once shares the cores; work that calls it itself would wait for ever.
    """
    if len(todo) < 2:
        return [work(one) for one in todo]
    return list(_threads().map(work, todo))


@cache
def _threads() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(core_count(), "model")
