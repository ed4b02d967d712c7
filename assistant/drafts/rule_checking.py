"""A draft held against the sources without a language model.

Which sentences state facts is told by their words, and each fact is cited by itself. One that
names, counts or dates nothing states nothing that a source could carry. Opinions are told by the
words with which authors mark them (stance: Hyland 2005), what only leads over by those with which
a text speaks of itself.
"""

import re
from collections import deque
from collections.abc import Callable, Generator, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextvars import copy_context
from functools import cache
from queue import Empty, SimpleQueue

from assistant.answer import CitedClaim, reference_of
from assistant.citing import Stated
from assistant.drafts.check_process import CheckProcess
from assistant.drafts.checked import CheckedSentence, SentenceKind
from assistant.drafts.draft import DraftSentence, cell_fact
from corpus.language.names import find_names
from corpus.language.periods import find_periods
from corpus.language.quantities import find_quantities
from corpus.language.vocabulary import any_form, load_vocabulary
from corpus.workers.cores import core_count

_TOGETHER = 16  # sentences that are cited at once


def check_by_rules(
    todo: Sequence[DraftSentence],
    cite: Callable[[Sequence[Stated]], Iterable[CitedClaim]],
    apart: SimpleQueue[CheckProcess] | None = None,
) -> Generator[CheckedSentence, None, None]:
    """Yield sentences checked, in their order; `cite` finds the sources of claims.

    As many sentences as gain by it are cited together, and a group of them on each core: in this
    process, and in those `apart` that are ready.
    """
    elsewhere = SimpleQueue[CheckProcess]() if apart is None else apart

    def check(group: Sequence[DraftSentence]) -> list[CheckedSentence]:
        checked = _check_apart(group, elsewhere)
        return _check(group, cite) if checked is None else checked

    waiting: deque[Future[list[CheckedSentence]]] = deque()
    at_once = core_count() + (apart is None)  # alone, one reads while others compute
    with ThreadPoolExecutor(at_once) as threads:
        try:
            for start in range(0, len(todo), _TOGETHER):
                group = todo[start : start + _TOGETHER]
                waiting.append(threads.submit(copy_context().run, check, group))
                if len(waiting) > at_once:
                    yield from waiting.popleft().result()
            while waiting:
                yield from waiting.popleft().result()
        finally:
            for future in waiting:
                future.cancel()


def _check_apart(
    group: Sequence[DraftSentence], ready: SimpleQueue[CheckProcess]
) -> list[CheckedSentence] | None:
    """Return sentences checked in another process, None where none is free or it could not."""
    try:
        process = ready.get_nowait()
    except Empty:
        return None
    checked = process.check(group)
    if checked is not None:
        ready.put(process)
    return checked


def _check(
    group: Sequence[DraftSentence], cite: Callable[[Sequence[Stated]], Iterable[CitedClaim]]
) -> list[CheckedSentence]:
    kinds = [sentence_kind(one) for one in group]
    claims = [meant(one) for one, kind in zip(group, kinds, strict=True) if kind == "fact"]
    cited = iter(cite(claims))
    return [
        _checked(one, next(cited)) if kind == "fact" else CheckedSentence(one, kind)
        for one, kind in zip(group, kinds, strict=True)
    ]


def _checked(one: DraftSentence, cited: CitedClaim) -> CheckedSentence:
    wrong, right = cited.wrong, cited.right
    if one.is_cell and wrong.startswith(one.text):  # the unit stands elsewhere in its table
        wrong, right = one.text, right.removesuffix(wrong[len(one.text) :])
    if not wrong or wrong not in one.text:
        wrong, right = "", ""
    references = tuple(map(reference_of, cited.citations))
    return CheckedSentence(
        one, "fact", cited.verdict, cited.claim, wrong, right, cited.says, references
    )


def sentence_kind(one: DraftSentence) -> SentenceKind:
    """Return whether a sentence states a fact, its author's opinion, or only leads over."""
    if one.is_cell:
        return "fact"
    if _stance("text of itself").search(one.text) or one.text.endswith(("?", ":")):
        return "connecting"
    if _stance("author's opinion").search(one.text):
        return "opinion"
    text = one.text
    if find_names(text) or find_quantities(text) or find_periods(text):
        return "fact"
    return "connecting"


def meant(one: DraftSentence) -> Stated:
    """Return what a sentence states, with a name for the pronoun or "the company" it begins with.

    It is the first name of the sentence before or, where that has none, of the heading. A cell
    states what is read of it in its table.
    """
    if one.is_cell:
        return Stated(one.stated, cell_fact(one))
    name = _first_name(one.before) or _first_name(one.section)
    for kind, ending in (("possessive at the beginning", "'s"), ("subject at the beginning", "")):
        leads = _stance(kind).match(one.text)
        if name and leads:
            return Stated(f"{name}{ending}{one.text[leads.end() :]}")
    return Stated(one.text)


def _first_name(text: str) -> str:
    named = min(find_names(text), key=lambda name: name.start, default=None)
    return text[named.start : named.end] if named else ""


@cache
def _stance(name: str) -> re.Pattern[str]:
    forms = load_vocabulary().words("stance", name)
    return re.compile(rf"(?<!\w){any_form(forms)}(?!\w)", re.IGNORECASE)
