"""Questions for sentences that say what a word means: "Net income is the amount left after ..."."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.evaluation.drafting.judging import sentence_place
from assistant.evaluation.drafting.phrases import quiet
from assistant.evaluation.drafting.proposal import Proposal
from assistant.evaluation.drafting.source_library import Library, Sentence
from corpus.language.words import fold
from corpus.lexicon import load_lexicon

_GENUS = (
    r"alloys?|minerals?|elements?|metals?|ores?|oxides?|compounds?|concentrates?|rocks?|clays?"
    r"|process|method|technique|step|permission|amount|price|measure|unit|term|word|name|law|rule"
    r"|act|regulation|list|standard|code|magnets?|materials?|products?|mixtures?|salts?|solvents?"
    r"|grade|ratio|share|tax|duty|fee|licen[cs]e|contract|document|report|publication|chapter"
    r"|agency|office|ministry|body|group|family|class|kind|type|form|stage|residue|powder|waste"
    r"|deposits?|test|index|lanthanides?|rare[- ]earths?"
)
_IS = re.compile(
    rf"^(?P<term>(?:An? )?[A-Z“\"][\w’'“”\"/ -]{{1,50}}?(?: \([\w$-]{{1,12}}\))?),? (?P<be>is|are) "
    rf"(?P<what>(?:an?|the|one of the|any) (?:[\w’'-]+ ){{0,4}}?(?:{_GENUS})\b[^.]*)\.?$"
)
_MEANS = re.compile(
    r"^(?P<term>(?:The term )?[A-Z“\"][\w’'“”\"/ -]{1,50}?) (?:means?|refers? to|is defined as) "
    r"(?:that )?(?P<what>[\w“][^.]{15,})\.?$"
)
_END = re.compile(
    r"[,;:()]|\s(?:that|which|who|whose|where|when|while|but|and not|relative to|because)\s"
)
_CONTINGENT = re.compile(
    r"\b(?:leading|largest|biggest|main|primary|only|first|last|better|best|same|next|latest|own"
    r"|other|different|third|second|most|this|these|its|their|here|below|above|part|source"
    r"|country|figure|article|profile|table|following|wider|no)\b",
    re.IGNORECASE,
)
_NO_TERM = re.compile(
    r"^(?:the|this|these|those|it|its|they|their|there|that|what|which|each|every|both|all|for|in"
    r"|on|of|but|and|if|note|no|not|most|some|many|such|values?|results?|here|na|reports?|one)\b",
    re.IGNORECASE,
)
_NAMES = frozenset(("company", "country", "region", "publisher", "publication", "town"))
_LEAST_WORDS, _MOST_WORDS = 2, 8  # of a meaning that an answer must hold


@dataclass(frozen=True, slots=True)
class _Meaning:
    term: str
    plural: bool
    is_word: bool  # "X means", not "X is"
    key: str
    told: str
    sentence: Sentence


def definition_proposals(library: Library) -> Iterator[Proposal]:
    """Yield a question for each word that one sentence of the library defines."""
    found: dict[str, list[_Meaning]] = defaultdict(list)
    for sentence in library.sentences:
        meaning = _meaning(sentence, library.common)
        if meaning is not None:
            found[fold(meaning.term)].append(meaning)
    for meanings in found.values():
        first = meanings[0]
        if len({fold(one.key) for one in meanings}) > 1:
            continue
        if first.is_word:
            asked = f"What does {first.term} mean?"
        else:
            asked = f"What {'are' if first.plural else 'is'} {first.term}?"
        yield Proposal(
            kind="definition",
            source_id=first.sentence.source.id,
            question=asked,
            answer=first.told,
            must_include=((first.key,),),
            evidence=(sentence_place(first.sentence),),
            alternates=tuple(sentence_place(one.sentence) for one in meanings[1:]),
        )


def _meaning(sentence: Sentence, common: frozenset[str]) -> _Meaning | None:
    match = _IS.match(sentence.text) or _MEANS.match(sentence.text)
    if match is None:
        return None
    term = match["term"].removeprefix("The term ").strip()
    what = match["what"].strip()
    if _NO_TERM.match(term) or re.search(r"\bempty|\bcells?\b", term) or len(term.split()) > 6:
        return None
    named = {m.entry.kind for m in load_lexicon().find_mentions(term)}
    is_word = "be" not in match.groupdict()
    genus = _END.split(what)[0]
    if named & _NAMES or (not is_word and _CONTINGENT.search(genus)):
        return None
    bare = re.sub(r"^(?:an?|the|one of the|any) ", "", genus).strip()
    words = bare.split()
    if len(words) < _LEAST_WORDS or words[0].lower() in ("of", "in", "for", "to"):
        return None
    key = " ".join(words[:_MOST_WORDS])
    if key.split()[-1].lower() in ("of", "the", "a", "and", "or", "in", "for", "to", "by", "not"):
        key = " ".join(key.split()[:-1])
    told = quiet(re.sub("[“”]", '"', term), common)
    if is_word and not told.startswith('"'):
        told = f'"{told}"'
    plural = not is_word and match["be"] == "are"
    return _Meaning(told, plural, is_word, key, what, sentence)
