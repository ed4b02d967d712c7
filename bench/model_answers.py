"""Answers with a language model after they were checked, to be read by hand beside their sources.

    RARE_EARTH_MODEL=... RARE_EARTH_MODEL_ADDRESS=... python -m bench.model_answers CASES \\
        --home HOME --count 50 --out FILE.md

asks the questions of a case file and writes so many of the answers that were put to the model, with
the quotes that carry them: first all that show its words, then those for which the sources' own
words stand in. Printed: how many of its sentences survived the check.
"""

import argparse
import os
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from assistant.answer import Answer, page_place
from assistant.answer.answer_words import is_model_written
from assistant.assistant import Assistant
from assistant.evaluation.loading.case_files import load_cases
from assistant.settings import load_settings


def main() -> None:
    """Ask, print the counts, and write the answers."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("cases", type=Path)
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("--count", type=int, default=50)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    assistant = Assistant(load_settings(os.environ, options.home))
    cases = [case for case in load_cases(options.cases) if case.use == "ask"]
    asked: list[Answer] = []
    try:
        for case in cases:
            asked.append(assistant.ask(case.question, case.turns))
            print(f"{len(asked)} of {len(cases)} asked", end="\r", file=sys.stderr)
    finally:
        assistant.close()
    counts = "\n".join(_counts(asked))
    print(counts)
    put = sorted((one for one in asked if one.written), key=lambda one: not is_model_written(one))
    told = [_told(number, one) for number, one in enumerate(put[: options.count], 1)]
    text = "\n".join(line for lines in told for line in lines)
    options.out.write_text(f"{counts}\n\n{text}\n", encoding="utf-8")


def _counts(asked: Sequence[Answer]) -> Iterator[str]:
    written = [answer.written for answer in asked if answer.written]
    removed: Counter[str] = Counter()
    for one in written:
        removed.update(dict(one.removed))
    total = sum(one.sentences for one in written)
    kept = sum(one.kept for one in written)
    shown = sum(map(is_model_written, asked))
    yield f"- questions asked: {len(asked)}; put to the model: {len(written)}"
    yield f"- answers that show the model's words: {shown}"
    yield f"- sentences that it wrote: {total}; kept {kept}"
    yield f"- share of its sentences that survived: {kept / (total or 1):.2f}"
    yield f"- left out: {', '.join(f'{reason} {count}' for reason, count in removed.most_common())}"
    tokens = sum(answer.tokens.completion for answer in asked)
    yield f"- tokens that it wrote: {tokens}"


def _told(number: int, answer: Answer) -> Iterator[str]:
    yield f"## {number}. {answer.standalone_question}\n"
    yield f"{answer.text}\n"
    yield f"({_fate(answer)})\n"
    for citation in answer.citations:
        place = page_place(citation.source, citation.page, citation.page_label)
        quote = " ".join(citation.quote.split())
        yield f"- [{citation.number}] {citation.source.title}, {place}: “{quote}”"
        context = citation.context
        columns = " | ".join(filter(None, context.header))
        if around := "; ".join(filter(None, (context.caption, columns, context.unit))):
            yield f"  ({around})"
    yield ""


def _fate(answer: Answer) -> str:
    """Return who wrote an answer, and what became of the model's sentences."""
    written = answer.written
    assert written is not None
    who = answer.model if is_model_written(answer) else "the sources' own words"
    left_out = ", ".join(f"{count} {reason}" for reason, count in written.removed)
    told = f"{written.sentences} written, {written.kept} kept"
    return f"{who}; {told}; left out: {left_out or 'none'}"


if __name__ == "__main__":
    main()
