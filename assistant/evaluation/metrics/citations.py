"""Whether an answer's citations carry its sentences, and whether a quote has the gold words.

Citation recall and precision are those of ALCE: Gao, Yen, Yu & Chen 2023, "Enabling Large Language
Models to Generate Text with Citations". ALCE asks an entailment model whether passages support a
sentence; here `supports` is the caller's judgement, made from gold places or gold quotes. Not taken
over: ALCE looks at no more than three citations of a sentence, and counts an answer without
citations as precision 0.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import TypeVar

T = TypeVar("T")

_ENOUGH = 0.7  # share of the shorter quote's words, and of its figures, found in the longer
_FEWEST = 2  # words of a quote that need not be equal
_MARK_DIGITS = 2  # of a footnote mark fused with what it stands beside
_MARKED_FIGURE_DIGITS = 3  # below, a mark and a figure of its own are not told apart
_UNSEEN = re.compile("[\u00ad\u200b\u200c\u200d\u2060\ufeff⁰¹²³⁴-⁹]")  # and raised footnote marks
_GROUP_SPACE = re.compile(r"(?<=\d)[\u2007\u2009\u202f'’](?=\d{3}(?!\d))")
# Chinese and Japanese write no spaces, so each of their signs is a word of its own.
_SIGNS = "\u3040-\u30ff\u3400-\u9fff"
_WORD = re.compile(
    rf"""
    (?: (?: \d{{1,3}}(?:,\d{{3}})+
          | (?!(?:19|20)\d\d,)\d{{4,5}}(?:,\d{{3}})+  # fused with a mark; "2025,670" is two cells
          | \d+
        )(?!\d) (?:\.\d+)? (?![^\W_]) )
    | [{_SIGNS}]
    | (?: (?![{_SIGNS}])[^\W_] )+
    """,
    re.VERBOSE,
)


def citation_recall(
    sentences: Sequence[Sequence[T]], supports: Callable[[Sequence[T]], bool]
) -> float | None:
    """Return the share of sentences whose citations together support them, None without sentences.

    `sentences` holds the citations of each sentence. One without citations is not supported;
    `supports` is never asked about none.
    """
    if not sentences:
        return None
    return sum(_is_supported(citations, supports) for citations in sentences) / len(sentences)


def citation_precision(
    sentences: Sequence[Sequence[T]], supports: Callable[[Sequence[T]], bool]
) -> float | None:
    """Return the share of citations that are precise, None without citations.

    One is precise if the citations of its sentence together support it, and it is not irrelevant:
    irrelevant is one that does not support the sentence alone while the others without it do.
    """
    precise = [
        is_supported and (supports([citation]) or not supports(_without(citations, position)))
        for citations in sentences
        for is_supported in [_is_supported(citations, supports)]
        for position, citation in enumerate(citations)
    ]
    return sum(precise) / len(precise) if precise else None


def same_words(quote: str, gold: str) -> bool:
    """Tell whether a cited quote and a gold one are the same words of a source, one maybe cut.

    Words and figures are compared as multisets, whatever their case, Unicode form, order and the
    punctuation between them. The same are two quotes if at least 70 % of the words of the shorter
    occur in the longer, and 70 % of its figures: rows of a table differ by little else. A footnote
    mark fused with a word or figure is passed over ("136,300,000" for 6,300,000). A quote of one
    word must be all of the other, and one without words is never the same.
    """
    shorter, longer = sorted((_words(quote), _words(gold)), key=lambda words: (len(words), words))
    found = _found(shorter, longer)
    if len(shorter) < _FEWEST:
        return len(found) == len(longer) > 0
    figures = sum(map(_is_figure, shorter))
    return len(found) >= _ENOUGH * len(shorter) and sum(map(_is_figure, found)) >= _ENOUGH * figures


def _is_supported(citations: Sequence[T], supports: Callable[[Sequence[T]], bool]) -> bool:
    return len(citations) > 0 and supports(citations)


def _without(citations: Sequence[T], position: int) -> Sequence[T]:
    return [*citations[:position], *citations[position + 1 :]]


@lru_cache(maxsize=4096)
def _words(text: str) -> tuple[str, ...]:
    """Return words and figures in alphabetical order; figures without commas."""
    joined = _GROUP_SPACE.sub(",", _UNSEEN.sub("", text))
    folded = unicodedata.normalize("NFKC", joined).casefold()
    return tuple(sorted(word.replace(",", "") for word in _WORD.findall(folded)))


def _found(shorter: Sequence[str], longer: Sequence[str]) -> list[str]:
    """Return the words of the shorter that occur in the longer, each word of which serves once."""
    equal = Counter(shorter) & Counter(longer)
    found = list(equal.elements())
    left = list((Counter(longer) - equal).elements())
    for word in (Counter(shorter) - equal).elements():
        for position, other in enumerate(left):
            if _is_marked(word, other) or _is_marked(other, word):
                found.append(word)
                del left[position]
                break
    return found


def _is_marked(marked: str, word: str) -> bool:
    """Tell whether one is the other with a footnote mark: before it, or after its last letter."""
    size = len(marked) - len(word)
    if not 1 <= size <= _MARK_DIGITS:
        return False
    if _is_figure(word):
        enough = sum(map(str.isdigit, word)) >= _MARKED_FIGURE_DIGITS
        return enough and marked[size:] == word and marked[:size].isdigit()
    mark = marked[:size] if marked.endswith(word) else marked.removeprefix(word)
    return mark.isdigit() and len(mark) == size


def _is_figure(word: str) -> bool:
    return word.replace(".", "").isdigit()
