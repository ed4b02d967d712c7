"""What is kept of a source's content to find its copies: samples of its wording and its figures.

Wording is compared by its letters alone, so that spaces, hyphens, marks and the lines of a table
do not matter; figures are compared apart, each at its place behind the letters before it.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import blake2b

from corpus.document import Document, Page
from corpus.language.dates import month_numbers
from corpus.language.vocabulary import load_vocabulary

TABLES = ("csv", "workbook")  # the types of files that are tables, compared by their rows
CANDIDATE_HASHES = 4  # fewer shared hashes are no evidence, unless the first is one of them
_CANDIDATE_PART = 0.25  # of the smaller sketch
_SKETCH = 512
_PLACES = 256
_FIGURES = 5_000
_SHINGLE_LETTERS = 20
_PLACE_LETTERS = (12, 24)  # more where fewer stand before unlike figures ("... production 120")
_OPENING_CHARS = 1_500

_MONTH_NUMBERS = {
    name: f"m{number}"
    for name, number in month_numbers(load_vocabulary(), "english", "english short").items()
}
_MARKUP = re.compile(r"https?://\S+|\]\([^)\s]*\)|</?[a-zA-Z][^<>]{0,200}>|&#?\w{1,8};")
_SUPERSCRIPT = re.compile(r"[\u00b2\u00b3\u00b9\u2070\u2074-\u2079]+")
_MARK_BEHIND = re.compile(r"(\d{1,3}(?:,\d{3})+)\d{1,2}")  # "41,6001" for 41,600 and mark 1
_NARROW_SPACE = re.compile(r"(?<=\d)[\u00a0\u2009\u202f](?=\d{3}(?!\d))")
_COMMA_OF_THOUSANDS = re.compile(r"(?<!\b19\d\d)(?<!\b20\d\d),(?=\d{3}(?!\d))")
_IDEOGRAPH = r"\u3040-\u30ff\u3400-\u9fff"
_TOKEN = re.compile(
    rf"(?P<figure>(?<![\w.])\d+(?:[.,]\d+)*)|(?P<word>[{_IDEOGRAPH}]|[^\W\d_{_IDEOGRAPH}]+)"
)
_CREDIT = re.compile(
    r"\((?P<agency>[A-Z][\w.&' ]{1,40})\)\s*[-\u2013\u2014]"
    r"|\b(?i:(?:first|originally) (?:published|appeared) (?:by|in|on|at)|source:|via)\s+"
    r"(?:the )?(?P<origin>[A-Z][\w&']*(?: [A-Z][\w&']*){0,4})"
)


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """A small record of a source's content, of numbers and words alone.

    `sketch` are hashes (63 bits) in the order of the text: first that of the whole content, then
    those of its stretches of 20 letters from the start of a word, or of the rows of a file that
    is a table, of which only the multiples of
    `2 ** level` are kept, the level being the lowest that leaves 512. So a sample of an excerpt
    is, at the coarser of two levels, a part of the sample of its whole (modulo sampling, Broder
    1997).

    `places` are hashes of the letters before figures, sampled in the same way, and
    `figures_there` the figures that follow one another at each, with a space between. `figures`
    are the different figures of two digits and more, in order; none where there are more than
    5,000. `credits` are the names that the text gives as its origin ("LONDON (Reuters) -").
    """

    sketch: tuple[int, ...]
    level: int
    places: tuple[int, ...]
    figures_there: tuple[str, ...]
    places_level: int
    figures: tuple[str, ...]
    words: int
    credits: tuple[str, ...] = ()


def fingerprint(document: Document) -> Fingerprint:
    """Return the fingerprint of a document: the wording of its blocks, the figures of all."""
    pages = document.pages
    wording = "\n".join(map(_wording, pages))
    letters, starts, runs = _letters_and_figures(wording)
    if document.source.file_type in TABLES:
        shingles = {_hash(str(_letters_and_figures(row))): None for row in wording.splitlines()}
    else:
        shingles = {
            _hash(letters[start : start + _SHINGLE_LETTERS]): None
            for start in starts
            if start + _SHINGLE_LETTERS <= len(letters)
        }
    level = _level(shingles, _SKETCH - 1)
    content = _hash(f"{letters}|{runs}")
    places = _places(letters, runs)
    places_level = _level(places, _PLACES)
    kept = at_level(places, places_level)
    everything = "\n".join(
        part for page in pages for part in (page.text, *(item.original for item in page.repairs))
    )
    all_figures = dict.fromkeys(
        figure
        for match in _TOKEN.finditer(_plain(everything))
        if match["figure"]
        for figure in _normal(match["figure"])
        if sum(map(str.isdigit, figure)) > 1
    )
    return Fingerprint(
        sketch=(content, *at_level(shingles, level)),
        level=level,
        places=kept,
        figures_there=tuple(places[key] for key in kept),
        places_level=places_level,
        figures=tuple(all_figures) if len(all_figures) <= _FIGURES else (),
        words=len(starts),
        credits=_find_credits(wording),
    )


def may_be_copies(one: Fingerprint, other: Fingerprint) -> bool:
    """Tell whether two sources share so much wording that comparing them is worth while.

    That is the same content as a whole, or at the coarser of their levels at least CANDIDATE_HASHES
    and a quarter of the smaller sketch. Of a table (hash, source), the sources worth asking about
    are those that share `sketch[0]`, or at least CANDIDATE_HASHES hashes.
    """
    if one.sketch[0] == other.sketch[0]:
        return True
    first, second = sketches_at_one_level(one, other)
    shared = len(set(first) & set(second))
    return shared >= max(CANDIDATE_HASHES, _CANDIDATE_PART * min(len(first), len(second)))


def sketches_at_one_level(
    one: Fingerprint, other: Fingerprint
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return the sampled hashes of both at the coarser level, in order of the texts."""
    level = max(one.level, other.level)
    return at_level(one.sketch[1:], level), at_level(other.sketch[1:], level)


def at_level(hashes: Iterable[int], level: int) -> tuple[int, ...]:
    """Return those of the hashes that are sampled at a level."""
    return tuple(item for item in hashes if not item & ((1 << level) - 1))


def _wording(page: Page) -> str:
    # What is in no block (navigation, running heads) is not what the source says.
    if not page.blocks:
        return page.text
    return "\n".join(page.text[block.start : block.end] for block in page.blocks)


def _plain(text: str) -> str:
    text = _SUPERSCRIPT.sub(" ", _MARKUP.sub(" ", _NARROW_SPACE.sub("", text)))
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text)
        text = "".join(char for char in text if not unicodedata.combining(char))
    return text.lower()


def _letters_and_figures(
    text: str,
) -> tuple[str, list[int], list[tuple[int, tuple[str, ...]]]]:
    """Return the letters of a text run together, where words start, and the runs of figures.

    The name of a month beside a figure counts as a figure, because it differs between the
    editions of one report as their figures do.
    """
    tokens = list(_TOKEN.finditer(_plain(text)))
    letters: list[str] = []
    starts: list[int] = []
    runs: list[tuple[int, list[str]]] = []
    length = 0
    for index, token in enumerate(tokens):
        figures = _normal(token["figure"]) if token["figure"] else []
        if word := token["word"]:
            if word in _MONTH_NUMBERS and _beside_figure(tokens, index):
                figures = [_MONTH_NUMBERS[word]]
            else:
                starts.append(length)
                letters.append(word)
                length += len(word)
                continue
        if runs and runs[-1][0] == length:
            runs[-1][1].extend(figures)
        else:
            runs.append((length, figures))
    return "".join(letters), starts, [(start, tuple(figures)) for start, figures in runs]


def _places(letters: str, runs: Iterable[tuple[int, tuple[str, ...]]]) -> dict[int, str]:
    """Return the figures by the hash of the letters before them, where these are unambiguous."""
    found: dict[int, str] = {}
    left = [(start, " ".join(figures)) for start, figures in runs]
    for length in _PLACE_LETTERS:
        there: dict[str, set[str]] = {}
        for start, figures in left:
            there.setdefault(letters[max(0, start - length) : start], set()).add(figures)
        ambiguous = {before for before, different in there.items() if len(different) > 1}
        for before, different in there.items():
            if len(before) == length and before not in ambiguous:
                found[_hash(f"before {before}")] = next(iter(different))
        left = [item for item in left if letters[max(0, item[0] - length) : item[0]] in ambiguous]
    return found


def _beside_figure(tokens: Sequence[re.Match[str]], index: int) -> bool:
    token = tokens[index]
    neighbours = []
    if index + 1 < len(tokens):
        neighbours.append((tokens[index + 1], tokens[index + 1].start() - token.end()))
    if index:
        neighbours.append((tokens[index - 1], token.start() - tokens[index - 1].end()))
    return any(neighbour["figure"] and distance <= 2 for neighbour, distance in neighbours)


def _normal(written: str) -> list[str]:
    if marked := _MARK_BEHIND.fullmatch(written):
        written = marked[1]
    figures = _COMMA_OF_THOUSANDS.sub("", written).split(",")
    return [
        figure.rstrip("0").rstrip(".") if re.fullmatch(r"\d+\.\d+", figure) else figure
        for figure in figures
    ]


def _find_credits(text: str) -> tuple[str, ...]:
    ends = f"{text[:_OPENING_CHARS]}\n{text[_OPENING_CHARS:][-_OPENING_CHARS:]}"
    names = (match["agency"] or match["origin"] for match in _CREDIT.finditer(ends))
    return tuple(dict.fromkeys(name.strip() for name in names))


def _level(hashes: Iterable[int], limit: int) -> int:
    level = 0
    kept = list(hashes)
    while len(kept) > limit:
        level += 1
        kept = [item for item in kept if not item & ((1 << level) - 1)]
    return level


def _hash(text: str) -> int:
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest()) >> 1
