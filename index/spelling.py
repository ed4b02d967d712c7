"""Words that British and American texts spell differently, by a few rules and a list.

A rule may change a word that has only one spelling ("exercise"): both sides of a comparison are
changed alike, and a search for a word that no text has finds nothing.
"""

import re
from collections.abc import Iterable, Mapping

_AMERICAN = {
    "aluminium": "aluminum",
    "analogue": "analog",
    "artefact": "artifact",
    "caesium": "cesium",
    "catalogue": "catalog",
    "defence": "defense",
    "grey": "gray",
    "haematite": "hematite",
    "licence": "license",
    "mould": "mold",
    "offence": "offense",
    "plough": "plow",
    "programme": "program",
}
_BRITISH = {american: british for british, american in _AMERICAN.items()}
_DOUBLED = "cancel|channel|fuel|label|level|model|panel|signal|total|travel|tunnel"
# "revise" and "precise" go with "revision" and "precision", which have no other spelling.
_NO_SUFFIX = r"(?<!v)(?<!ec)(?<!nc)(?<!xc)"
_TO_AMERICAN = tuple(
    (re.compile(pattern), spelling)
    for pattern, spelling in (
        (r"sulph", "sulf"),
        (rf"(?<=\w\w\w){_NO_SUFFIX}is(?=(?:e|es|ed|er|ers|ing|ation|ations)$)", "iz"),
        (r"(?<=[aeo]l)ys(?=(?:e|es|ed|er|ers|ing)$)", "yz"),
        (r"(?<=\w\w\w)our(?=(?:s|ed|ing|er|ers|able|ite|ites)?$)", "or"),
        (r"(?<=\w[bt])re(?=s?$)", "er"),
        (rf"\b({_DOUBLED})l(?=(?:ed|ing)$)", r"\1"),
    )
)
_TO_BRITISH = tuple(
    (re.compile(pattern), spelling)
    for pattern, spelling in (
        (r"sulf", "sulph"),
        (r"(?<=\w\w\w)iz(?=(?:e|es|ed|er|ers|ing|ation|ations)$)", "is"),
        (r"(?<=[aeo]l)yz(?=(?:e|es|ed|er|ers|ing)$)", "ys"),
        (r"(?<=\w\w\w)or(?=(?:s|ed|ing|er|ers|able|ite|ites)?$)", "our"),
        (r"(?<=\w[bt])er(?=s?$)", "re"),
        (rf"\b({_DOUBLED})(?=(?:ed|ing)$)", r"\1l"),
    )
)
_Rules = Iterable[tuple[re.Pattern[str], str]]


def american(word: str) -> str:
    """Return a word in small letters as American texts spell it."""
    return _spelt(word, _AMERICAN, _TO_AMERICAN)


def other_spellings(word: str) -> tuple[str, ...]:
    """Return how else a word in small letters may be spelt: "center" for "centre", and back."""
    both = (american(word), _spelt(word, _BRITISH, _TO_BRITISH))
    return tuple(spelt for spelt in dict.fromkeys(both) if spelt != word)


def _spelt(word: str, listed: Mapping[str, str], rules: _Rules) -> str:
    for one, plural in ((word, ""), (word.removesuffix("s"), "s")):
        if one in listed:
            return listed[one] + plural
    for pattern, spelling in rules:
        word = pattern.sub(spelling, word)
    return word
