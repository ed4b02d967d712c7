"""The small words of tables as patterns: what titles one, joins goods, ends a phrase."""

import re
from functools import lru_cache

from corpus.language.vocabulary import Vocabulary, any_form


@lru_cache(maxsize=256)
def cue_pattern(pattern: str, vocabulary: Vocabulary) -> re.Pattern[str]:
    """Return a pattern in which "<<kind>>" stands for the forms of a line of the table of cues."""
    return re.compile(
        re.sub(
            r"<<([\w ]+)>>",
            lambda kind: any_form(vocabulary.words("table_cues", kind[1])),
            pattern,
        ),
        re.IGNORECASE,
    )
