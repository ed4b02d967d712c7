"""A draft held against the sources by a language model: read, judged over evidence, and verified.

The model first says which sentences state facts, how each is meant and what to search for. It then
judges some claims at a time over evidence that was found for them, its quotes first; what it does
not quote word by word does not count. Each verdict that is not "not found" is then put to the
verifier in a fresh context that sees the quotes alone, and stands as far as both agree.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar, get_args

from assistant.answer import reference_of
from assistant.answer.answer import Verdict
from assistant.drafts.checked import CheckedSentence, SentenceKind
from assistant.drafts.draft import Draft, DraftSentence
from assistant.errors import EvidenceTooLongError
from assistant.extractive import make_citation
from assistant.prompts import judging_messages, sorting_messages
from assistant.writing import ModelCalls, Piece
from assistant.writing.quoting import Quoted, Quotes
from assistant.writing.replies.json_objects import ObjectReader
from assistant.writing.replies.plain_text import plain_text
from assistant.writing.replies.reply_lines import written_quotes
from assistant.writing.verification import Judged, verify

_SORTED_AT_ONCE = 30
_BEFORE = 6  # sentences that are shown before those that are asked for
_JUDGED_AT_ONCE = 6
_MOST_QUERIES = 3
_MOST_REFERENCES = 3
_T = TypeVar("_T")
_LONGEST = 600  # letters of a line that a model writes on a sentence
_NO_VERDICT = "the model gave no verdict on it"
_NO_QUOTE = "what the model quotes for its verdict stands nowhere in the evidence"


@dataclass(frozen=True, slots=True)
class Reader:
    """What claims are held against: `select` finds evidence for a batch, given their queries."""

    select: Callable[[str, Sequence[str]], tuple[Piece, ...]]
    quotes: Callable[[Sequence[Piece]], Quotes]


@dataclass(frozen=True, slots=True)
class _Claim:
    sentence: DraftSentence
    meant: str
    queries: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Verdict:
    verdict: Verdict
    quoted: tuple[Quoted, ...]
    wrong: str = ""
    right: str = ""
    fault: str = ""


def check_by_model(
    draft: Draft,
    todo: Sequence[DraftSentence],
    reader: Reader,
    calls: Callable[[], ModelCalls],
) -> Iterator[CheckedSentence]:
    """Yield the sentences of a draft that are to do, checked, in their order.

    `calls` gives what asks the model, for each batch anew. Raises LanguageModelError.
    """
    for batch in _batches(todo, _SORTED_AT_ONCE):
        kinds = _sorted(draft, batch, calls())
        checked: dict[str, CheckedSentence] = {}
        facts = [one for one in kinds.values() if isinstance(one, _Claim)]
        groups = _batches(facts, _JUDGED_AT_ONCE)
        for sentence in batch:
            known = kinds[sentence.id]
            if not isinstance(known, _Claim):
                yield CheckedSentence(sentence, known)
                continue
            if sentence.id not in checked:  # the first of its group
                for one in _judged(draft, next(groups), reader, calls()):
                    checked[one.sentence.id] = one
            yield checked[sentence.id]


def _sorted(
    draft: Draft, batch: Sequence[DraftSentence], calls: ModelCalls
) -> dict[str, _Claim | SentenceKind]:
    """Return of each sentence what it claims, or what it is where it claims nothing."""
    known: dict[str, _Claim | SentenceKind] = {
        one.id: _Claim(one, one.stated, (one.stated,)) for one in batch
    }
    messages = sorting_messages(draft.title, _told(draft, batch), [one.id for one in batch])
    for told in _objects(calls.stream("sorting", messages)):
        one = next((one for one in batch if one.id == told.get("id")), None)
        kind: SentenceKind | None = next(
            (kind for kind in get_args(SentenceKind) if kind == told.get("kind")), None
        )
        if one is None or kind is None:
            continue
        if kind != "fact":
            known[one.id] = kind
            continue
        meant = plain_text(str(told.get("meant") or ""))[:_LONGEST] or one.stated
        listed = told.get("queries")
        queries = [str(query) for query in listed] if isinstance(listed, list) else []
        known[one.id] = _Claim(one, meant, (meant, *queries[:_MOST_QUERIES]))
    return known


def _told(draft: Draft, batch: Sequence[DraftSentence]) -> list[tuple[str, str]]:
    """Return the headings and sentences that a model reads, some before those of the batch."""
    first = draft.sentences.index(batch[0])
    told, section = list[tuple[str, str]](), ""
    for one in (*draft.sentences[max(0, first - _BEFORE) : first], *batch):
        if one.section != section:
            section = one.section
            told.append(("", section))
        told.append((one.id, one.stated))
    return told


def _judged(
    draft: Draft, claims: Sequence[_Claim], reader: Reader, calls: ModelCalls
) -> Iterator[CheckedSentence]:
    wanted = list(dict.fromkeys(query for one in claims for query in one.queries))
    pieces = reader.select(" ".join(one.meant for one in claims), wanted)
    if not pieces:
        yield from (CheckedSentence(one.sentence, "fact", "not_found", one.meant) for one in claims)
        return
    quotes = reader.quotes(pieces)
    replies = {str(told.get("id")): told for told in _replies(claims, pieces, calls)}
    verdicts = {
        one.sentence.id: _verdict(replies.get(one.sentence.id, {}), one, quotes) for one in claims
    }
    to_verify = [
        (one.sentence.id, one.meant, found.quoted)
        for one in claims
        if (found := verdicts[one.sentence.id]).verdict != "not_found"
    ]
    section = claims[0].sentence.section
    about = ": ".join(part for part in (draft.title, section) if part)
    judged = {one.id: one for one in verify(about, to_verify, calls)} if to_verify else {}
    for claim in claims:
        found = verdicts[claim.sentence.id]
        yield _agreed(claim, found, judged.get(claim.sentence.id))


def _replies(
    claims: Sequence[_Claim], pieces: Sequence[Piece], calls: ModelCalls
) -> list[Mapping[str, Any]]:
    """Return what a model says of claims, of half the evidence where it has no room for all."""
    asked = [(one.sentence.id, one.sentence.text, one.meant) for one in claims]
    while True:
        messages = judging_messages(asked, [one.prompt for one in pieces])
        try:
            return list(_objects(calls.stream("judging", messages)))
        except EvidenceTooLongError:
            if len(pieces) == 1:
                raise
            pieces = pieces[: len(pieces) // 2]


def _verdict(told: Mapping[str, Any], claim: _Claim, quotes: Quotes) -> _Verdict:
    """Return what a model says of a claim, as far as its quotes stand in the evidence."""
    named = str(told.get("verdict", "")).lower().replace(" ", "_")
    quoted = tuple(
        dict.fromkeys(
            found for one in written_quotes(told) for found in quotes.find(one.key, one.text)
        )
    )
    fault = plain_text(str(told.get("fault") or ""))[:_LONGEST]
    if named not in get_args(Verdict):
        return _Verdict("not_found", (), fault=_NO_VERDICT)
    if named == "not_found" or not quoted:
        return _Verdict("not_found", (), fault=fault if named == "not_found" else _NO_QUOTE)
    wrong, right = (plain_text(str(told.get(name) or ""))[:_LONGEST] for name in ("wrong", "right"))
    if wrong not in claim.sentence.text or named != "contradicted":
        wrong = right = ""
    return _Verdict(named, quoted, wrong, right, fault)  # type: ignore[arg-type]


def _agreed(claim: _Claim, found: _Verdict, judged: Judged | None) -> CheckedSentence:
    """Return a checked claim: its verdict as far as the verifier, who saw the quotes alone, agrees.

    A claim that both find carried is supported, one that both find denied is contradicted. What
    one of them denies and the other does not is carried in part at most, with the reasons.
    """
    verdict, fault = found.verdict, found.fault
    said = judged.judgement if judged else "not stated"
    if verdict == "supported" and said != "supported":
        verdict, fault = "partly", judged.fault if judged else "the verifier gave no verdict on it"
    elif verdict == "contradicted" and said == "supported":
        verdict, fault = "partly", f"{fault}; the verifier finds it carried by the quotes"
    elif verdict == "contradicted" and not fault and judged:
        fault = judged.fault
    citations = [make_citation(at, one.cited) for at, one in enumerate(found.quoted, 1)]
    return CheckedSentence(
        claim.sentence,
        "fact",
        verdict,
        claim.meant,
        found.wrong if verdict == "contradicted" else "",
        found.right if verdict == "contradicted" else "",
        fault,
        tuple(map(reference_of, citations[:_MOST_REFERENCES])),
    )


def _batches(items: Sequence[_T], size: int) -> Iterator[Sequence[_T]]:
    for start in range(0, len(items), size):
        yield items[start : start + size]


def _objects(pieces: Iterator[str]) -> Iterator[Mapping[str, Any]]:
    reader = ObjectReader()
    for piece in pieces:
        for found in reader.read(piece):
            yield json.loads(found)
