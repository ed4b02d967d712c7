"""The clauses of a question that ask, and whether its parts keep what each clause says.

Which clause a part comes from is worked out, so that no part loses the year, edition or unit of its
clause or takes that of another.
"""

import re
from collections.abc import Sequence
from itertools import combinations, pairwise

from assistant.conversation.leaning import Leaning
from assistant.rewriting.said import (
    NAMING,
    Said,
    asked_for,
    content_stems,
    find_said,
    pointing_words,
    said_in,
    told,
)
from assistant.splitting import NO_QUESTION

_ASKING = (
    r"(?:(?:in|at|by|for|from|of|on|to|under|through|with|until|since) )?"
    r"(?:what|which|how|when|who|whom|whose|where|why)\b"
)
_VERB = r"(?:is|are|was|were|did|does|do|has|have|had|can|could|will)\b"
_BETWEEN = re.compile(
    rf"\s*[?;]\s+(?:and )?(?=\S)|,? and (?={_ASKING})|, and (?={_VERB})"
    r"|, (?=(?:how|what|why|by how)\b)",
    re.IGNORECASE,
)
_ASKS = re.compile(rf"\b{_ASKING}|^\s*{_VERB}", re.IGNORECASE)
JOINING = frozenset("both well along respect respectively together".split())
# What a part must have of its clause: of when, in what and by whom something is told.
_APPLYING = frozenset(("year", "time", "edition", "unit", "basis", "tax", "delivery", "period"))
_INHERITED = NAMING | {"year", "time", "edition", "basis"}  # by a clause that leans on another
_SHARED = _APPLYING | NAMING | {"measure"}


def asking_clauses(question: str) -> list[str]:
    """Return the clauses of a question that ask, at least one.

    What asks nothing ("In 2024, ...") goes with the clause after it.
    """
    clauses: list[str] = []
    lead = ""
    for written in filter(str.strip, _BETWEEN.split(question)):
        clause = f"{lead}{written}"
        if _ASKS.search(clause) and (clauses or not NO_QUESTION.search(clause)):
            clauses.append(clause)
            lead = ""
        else:
            lead = f"{clause}, "
    if lead and clauses:
        clauses[-1] = f"{clauses[-1]}, {lead}"
    return clauses or [question]


def fault_of_clauses(parts: Sequence[str], clauses: Sequence[str]) -> str:
    """Return what the parts lack of the clauses that they come from, or have of others.

    Parts come in the order of the clauses, one or more from each; any way to see it so will do.
    """
    faults = [_fault_of_runs(runs, clauses) for runs in _in_runs(parts, len(clauses))]
    if not faults:
        return "a thing that is asked is missing"
    return "" if "" in faults else faults[0]


def _fault_of_runs(runs: Sequence[Sequence[str]], clauses: Sequence[str]) -> str:
    """Return what is wrong where each run of parts comes from the clause at its place."""
    faults = (_fault_of_clause(run, clauses, at) for at, run in enumerate(runs))
    return next(filter(None, faults), "")


def _in_runs(parts: Sequence[str], count: int) -> list[list[Sequence[str]]]:
    """Return all ways to cut the parts into so many runs."""
    return [
        [parts[start:end] for start, end in pairwise((0, *cuts, len(parts)))]
        for cuts in combinations(range(1, len(parts)), count - 1)
    ]


def _fault_of_clause(parts: Sequence[str], clauses: Sequence[str], at: int) -> str:
    """Return what is wrong with the parts that come from one clause."""
    clause = clauses[at]
    if not any(asked_for(part)[:1] == asked_for(clause)[:1] for part in parts):
        return f'none asks "{clause.strip()}"'
    words = frozenset[str]().union(*map(content_stems, parts))
    own_words = content_stems(clause) - content_stems(pointing_words(clause)) - JOINING
    if missing := own_words - words:
        return f'none has "{min(missing)}"'
    own = find_said(clause)
    needed, may = _from_others(clauses, at)
    kinds = {one.kind for one in own}
    needed = frozenset(one for one in needed if one.kind not in kinds)
    may = own | {one for one in may if one.kind not in kinds}
    said = [find_said(part) for part in parts]
    for one_part in said:
        if lost := needed - one_part:
            return f"a part has lost {told(lost)}"
        if mixed := {one for one in one_part - may if one.kind in _SHARED}:
            return f"a part has {told(mixed)} of another"
    return _fault_of_sharing(said, own)


def _from_others(clauses: Sequence[str], at: int) -> tuple[frozenset[Said], frozenset[Said]]:
    """Return what a clause must, and what it may, have of the others where it has no like itself.

    "By MCS 2026, ..." goes for all that follows, and "how large was it?" speaks of whose "it" is.
    """
    leading = find_said(_before_asking(clauses[0]))
    must = may = frozenset(one for one in leading if one.kind in _APPLYING)
    if _leans(clauses[at]):
        earlier = said_in(clauses[:at])
        must |= {one for one in earlier if one.kind in _INHERITED}
        may |= earlier
    if any(map(_leans, clauses)):
        may |= {one for one in said_in(clauses) if one.kind in _INHERITED}
    return must, may


def _fault_of_sharing(parts: Sequence[frozenset[Said]], clause: frozenset[Said]) -> str:
    """Return what the parts of one clause do not share as they must.

    What the clause says once goes for each of them. Of one kind at most each may have its own: of
    "the output of China in 2023 and of Burma in 2024" nobody can tell whose year is which.
    """
    apart = set()
    for kind in sorted({one.kind for one in clause if one.kind in _SHARED}):
        said = {one for one in clause if one.kind == kind}
        if not all(said & part for part in parts):
            return f"a part has lost {told(said)}"
        if not all(said <= part for part in parts):
            apart.add(kind)
    return "what goes with what cannot be told" if len(apart) > 1 else ""


def _leans(clause: str) -> bool:
    leaning = Leaning(clause)
    named = any(one.kind in NAMING for one in find_said(clause))
    return bool(leaning.pointers) or leaning.asks_alone or not named


def _before_asking(clause: str) -> str:
    """Return what stands before the asking word of a clause: "By MCS 2026, "."""
    asked = re.search(_ASKING, clause, re.IGNORECASE)
    return clause[: asked.start()] if asked else ""
