"""Words that look misread, as they were likely meant: "ReguIation" with a capital I for an l.

Text that was recognised from a picture swaps signs that look alike. The text stays as it is, so
that it can be quoted; the likely readings are more words to find it by.
"""

import re
import unicodedata

_WORD = re.compile(r"[^\W_]+")
_FIGURE = re.compile(r"(?<![\w.,])(?:[12l][\dOl]{3}|[\dOl]{1,3}(?:,[\dOl]{3})+)(?![\w])")
_LEAST_LETTERS = 4
_LOOKALIKES = str.maketrans(
    "АВЕКМНОРСТУХІЈЅаеорсухіјѕ" + "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧο",
    "ABEKMHOPCTYXIJSaeopcyxijs" + "ABEZHIKMNOPTYXo",
)
_CAPITAL_I = re.compile(r"(?<=[a-z])I+(?=[a-z])|(?<=[a-z]{3})I$")
# Words run together ("LinkedIn"), names and numbered parts have a capital I of their own.
_OWN_I = re.compile(
    r"[a-z]I(?:n|ron|on)|^(?:Mc|Mac|De|Di|Van|La)I"
    r"|(?i:phase|class|type|title|part|tier|stage|annex|level|group|zone|unit|table)I+$"
)
_DIGIT_INSIDE = re.compile(r"(?<=[a-z])[01]+(?=[a-z])")
_STARTS = (
    (re.compile(r"^l(?=[nrmtsc][a-z]{2})"), "I"),  # "lndia"
    (re.compile(r"^I(?=[aeu][a-z]{3}[a-z]*$)"), "l"),  # "Iarge"
    (re.compile(r"^rn(?=[a-z]{2})"), "m"),  # "rnine"
    (re.compile(r"^vv(?=[a-z]{2})"), "w"),  # "vvorld"
)


def likely_readings(text: str) -> tuple[str, ...]:
    """Return the words of a text that look misread, as they were likely meant, each once.

    Codes and formulas, such as "Y2O3" or "10X", are not taken for misread words.

    >>> likely_readings("The ReguIation of c0balt")
    ('Regulation', 'cobalt')
    """
    found: dict[str, None] = {}
    for match in _WORD.finditer(text):
        word = match.group()
        reading = _reading(word)
        if reading != word:
            found[reading] = None
    for match in _FIGURE.finditer(text):
        figure = match.group()
        digits = figure.replace("O", "0").replace("l", "1")
        if digits != figure and sum(map(str.isdigit, figure)) > 1:
            found[digits] = None
    return tuple(found)


def _reading(word: str) -> str:
    word = _without_ligatures(word)
    if not word.isascii():
        word = _in_one_script(word)
    if len(word) < _LEAST_LETTERS:
        return word
    if "I" in word and not _OWN_I.search(word):
        word = _CAPITAL_I.sub(lambda run: "l" * len(run.group()), word)
    digits = [sign for sign in word if sign.isdigit()]
    if digits and len(word) - len(digits) >= _LEAST_LETTERS - 1 and word[1:].upper() != word[1:]:
        spelled = _DIGIT_INSIDE.sub(lambda run: run.group().translate({48: "o", 49: "l"}), word)
        # Another digit or capital makes it a code.
        if spelled[1:].isalpha() and spelled[1:].islower():
            word = spelled
    for start, meant in _STARTS:
        word = start.sub(meant, word)
    return word


def _without_ligatures(word: str) -> str:
    return "".join(
        unicodedata.normalize("NFKC", sign) if "\ufb00" <= sign <= "\ufb06" else sign
        for sign in word
    )


def _in_one_script(word: str) -> str:
    """Return a Latin word without the Cyrillic and Greek letters that only look Latin."""
    translated = word.translate(_LOOKALIKES)
    swapped = sum(one != other for one, other in zip(word, translated, strict=True))
    latin = sum(sign.isalpha() and sign < "\u0370" for sign in word)
    others = any(sign >= "\u0370" for sign in translated if sign.isalpha())
    return translated if latin >= 2 and latin > swapped and not others else word
