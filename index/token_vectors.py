"""The vectors of a text's words in their place, for comparing word by word.

Late interaction (ColBERT: Khattab and Zaharia 2020) with the embedding model that is there anyway.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class TokenVectors:
    """A text as a model reads it.

    `whole` is the unit vector of the text, `tokens` has a unit vector in each row, and `spans` the
    start and end in the text of the token of that row.
    """

    whole: "NDArray[np.float32]"
    tokens: "NDArray[np.float32]"
    spans: "NDArray[np.int32]"
