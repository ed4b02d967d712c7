"""What the notes of a table say, clause by clause, and of which of its cells.

"Values for 2025 are estimates", "2023 from MCS 2025; 2024 from MCS 2026", "scandium ex-works
China": a clause speaks of the cells that have the times, names, measures, editions and words of
head or label that it names, of all where it names none. Sentences next to a table that name its
rows or columns are read like its notes.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from corpus.document import Block, Page
from corpus.facts.cells.cues import cue_pattern
from corpus.language.measures import find_measures, find_terms, is_kind_of
from corpus.language.named_editions import find_editions, short_name, without_editions
from corpus.language.names import BODIES, PLACES, find_names
from corpus.language.periods import Period, contains, find_periods
from corpus.language.quantities import find_units
from corpus.language.vocabulary import Vocabulary, split_forms
from corpus.language.words import content_words
from corpus.lexicon import load_lexicon

_MOST_ROWS = 300  # between a row and the notes below its table
_MOST_ROWS_BEFORE = 60
_REMARK_CHARS = 80  # "All values are in thousands of U.S. dollars."
_LEADS = 1  # sentences before a table of which one may lead to it
_MARK = "footnote mark"  # the kind of a repair that took one out of the text
_VOICES = BODIES | {"publication"}
_SENTENCE = re.compile(r"(?<=[^\s.])(?P<stop>[.;])\s+(?=\S)")
_PIECE = re.compile(r",\s+")
_UNKNOWN_VOICE = re.compile(
    r"(?P<name>(?:[A-Z][\w&'’.-]*|[\w-]+\.[a-z]{2,4})(?: [\w&'’.-]+){0,5}?)(?: \([^()]*\))?,\s"
)
_ARTICLE = r"^<<article>>\s+"
_FOR = r"\b<<of which cells>>\s"
_COPULA = r"\b<<copula>>\b"
_MEANING = r"\s+(?:<<copula>>|=)\s+"
_CUE = r"\s*(?:<<note>>|(?P<source><<source>>))\s?:\s*"
_OF_ALL = {"rare-earths", "world"}
_INITIAL = re.compile(r"\W*[A-Za-z]\.")
_SITE = re.compile(r"[\w-]+(?:\.[\w-]+)*\.[a-z]{2,4}")
_MOST_WORDS = 4  # of the name of a body
_MOST_NAME_WORDS = 6  # of that of several
_SHORTEST_NAME = 4
_PARTS = "part of a table"
_NAMES_PART = r"\b<<part of a table>>\b"
_PHRASE_END = re.compile(r"[,.:(](?=\s|$)|[(]")
_END_OF_VOICE = re.compile(r"\s*(?:$|[,;(.])")


@dataclass(frozen=True, slots=True)
class About:
    """What a cell is about, as far as notes may single it out.

    `words` are those of its labels and heads, `voice` the source and edition that they name.
    """

    names: frozenset[str]
    period: Period | None
    measure: str
    words: frozenset[str] = frozenset()
    voice: str = ""


@dataclass(frozen=True, slots=True)
class Remark:
    """A clause of a note; `is_source` where it stands behind "Source:", `opens` as its first."""

    text: str
    is_source: bool
    vocabulary: Vocabulary
    opens: bool = False

    def speaks_of(self, about: About, end: int) -> bool:
        """Tell whether what stands before `end` names the cell, or nothing that tells it apart."""
        if not _has_edition(self.text[:end], about.voice):
            return False
        lead = without_editions(self.text)[:end]
        told = _names_told(lead, self.vocabulary)
        measures = [m.meaning.name for m in find_measures(lead, self.vocabulary)]
        return (
            told <= about.names
            and _is_within(_periods(without_editions(self.text), self.vocabulary), about.period)
            and (
                not measures
                or any(is_kind_of(about.measure, name, self.vocabulary) for name in measures)
            )
        )

    def status(self, about: About) -> str:
        """Return the status that it gives a cell, in words of which all before are understood."""
        rule, exception = _without_exception(self.text, self.vocabulary)
        if exception and self._excepts(exception, about):
            return ""
        for found in find_terms("statuses", rule, self.vocabulary):
            lead = without_editions(self.text)[: found.start]
            is_told = bool(self.text[: found.start].strip())
            is_told = is_told and about.words.issuperset(_unread(lead, self.vocabulary))
            if is_told and not _is_limited(rule, lead, self.vocabulary):
                return found.meaning if self.speaks_of(about, found.start) else ""
        return ""

    def part_of(self, about: About) -> "Remark":
        """Return the part that holds for a cell: the rule, or the exception that speaks of it."""
        rule, exception = _without_exception(self.text, self.vocabulary)
        if not exception:
            return self
        text = exception if self._excepts(exception, about) else rule
        return Remark(text.strip(), self.is_source, self.vocabulary)

    def _excepts(self, exception: str, about: About) -> bool:
        named = exception.partition("(")[0]
        return Remark(named, False, self.vocabulary).speaks_of(about, len(named))

    def term(self, table: str, kind: str, about: About) -> int | None:
        """Return where a term of a table begins that it says of a cell, None without one."""
        for found in find_terms(table, self.text, self.vocabulary):
            if found.meaning == kind and self.speaks_of(about, found.start):
                return found.start
        return None

    def voice(self, about: About) -> str:
        """Return whose word a cell is by this clause, "" where it does not say."""
        if self.is_source:
            return voice_named(self.text.strip(" ."))
        for start, end, voice in _voices(self, self.vocabulary):
            lead = without_editions(self.text)[:start]
            unread = _unread(lead, self.vocabulary, is_attribution=True)
            if not about.words.issuperset(unread) or _is_statement(lead, self.vocabulary):
                continue
            if not _names_told(lead, self.vocabulary) <= about.names:
                return ""
            told = _periods(lead, self.vocabulary)
            for_what = cue_pattern(_FOR, self.vocabulary).search(self.text, end)
            if for_what and not told:
                words = self.text[for_what.end() :]
                told = _periods(words, self.vocabulary)
                if _unread(words, self.vocabulary) or not told:
                    return ""  # of some that cannot be told apart
            return voice if _is_within(told, about.period) else ""
        return ""


def voice_of(remarks: Iterable[Remark], about: About) -> str:
    """Return whose word a cell is by the notes, "" where they do not say.

    Where they open with several sources of which nothing selects one, that counts which is of the
    time of the cell, else all.
    """
    found: list[tuple[Remark, str]] = []
    for remark in remarks:
        voice = remark.voice(about)
        if voice and (remark.opens or not found):
            found.append((remark, voice))
        if found and not remark.opens:
            break
    dated = [
        v for r, v in found if len(found) > 1 and _is_of_time(r.text, about.period, r.vocabulary)
    ]
    return dated[0] if dated else "; ".join(dict.fromkeys(voice for _, voice in found))


def is_own_release(remark: Remark) -> bool:
    """Tell whether a note opens with a company's own words: "company release, May 2031"."""
    vocabulary = remark.vocabulary
    times = find_periods(remark.text, vocabulary)
    lead = remark.text[: times[0].start] if times else remark.text
    first, *others = lead.casefold().split() or [""]
    is_company = first in split_forms(vocabulary.row("columns", "subject")["heads"])
    return remark.opens and is_company and _tells_documents(" ".join(others), vocabulary)


def voice_named(words: str) -> str:
    """Return whose word something is in one form: publisher and edition, or as it is written."""
    return publication_named(words) or words


@lru_cache(maxsize=20_000)
def publication_named(words: str, but: str = "") -> str:
    """Return publisher and edition of the one publication that words name, "" without one.

    `but` is an edition that does not count, that of the source itself.
    """
    found = [one for one in find_editions(words) if one.name != but]
    if found:
        return f"{found[0].publisher}, {found[0].name}" if len(found) == 1 else ""
    entries = [m.entry for m in load_lexicon().find_mentions(words)]
    named = [e for e in entries if e.kind == "publication" and e.parents]
    if len(named) != 1 or short_name(named[0]) == but.split(" ")[0]:
        return ""
    return f"{load_lexicon().entry(named[0].parents[0]).name}, {named[0].name}"


def meaning_of(word: str, remarks: Iterable[Remark]) -> str:
    """Return the body that a note says a short name stands for: "INN is Investing News Network"."""
    for remark in remarks:
        if not remark.text.startswith(word):
            continue
        opened = cue_pattern(_MEANING, remark.vocabulary).match(remark.text, len(word))
        names = find_names(remark.text[opened.end() :], remark.vocabulary) if opened else ()
        if names and not names[0].start and names[0].name.kind in BODIES:
            return names[0].name.text
    return ""


def lead_in(page: Page, block: Block, vocabulary: Vocabulary) -> str:
    """Return the sentence before a table that speaks of it: "The following table ..."."""
    at = bisect_left(page.blocks, block.start, key=lambda one: one.start)
    first = block.start
    for one in page.blocks[max(0, at - _MOST_ROWS_BEFORE) : at][::-1]:
        if one.kind == "row":
            first = one.start
            continue
        between = page.text[one.end : first]
        text = page.text[one.start : one.end] if one.kind == "prose" else ""
        return _led(between, vocabulary) or _led(text, vocabulary)
    return ""


@lru_cache(maxsize=5_000)
def _led(text: str, vocabulary: Vocabulary) -> str:
    """Return the last sentence of a text that leads to a table, "" without one."""
    for last in [*_sentences(" ".join(text.split()), vocabulary)][::-1][:_LEADS]:
        told = find_terms("markers", last, vocabulary)
        if last.rstrip().endswith(":") or any(m.meaning == "reference" for m in told):
            return last
        if lead := re.match(r".*:(?=\s)", last):
            return lead.group()  # a unit or a head behind it
    return ""


def units_before(page: Page, block: Block, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Return the short paragraphs before a table that state a unit, the nearest first."""
    at = bisect_left(page.blocks, block.start, key=lambda one: one.start)
    before = page.blocks[max(0, at - _MOST_ROWS_BEFORE) : at][::-1]
    short = (o for o in before if o.kind == "prose" and o.end - o.start <= _REMARK_CHARS)
    texts = (page.text[one.start : one.end].strip(" .\n") for one in short)
    return tuple(text for text in texts if find_units(text, vocabulary))


@lru_cache(maxsize=5_000)
def source_marked(note: str, vocabulary: Vocabulary) -> str:
    """Return the source that a note at a figure names: behind "Source:", or "Estimated from"."""
    remarks = tuple(_whole_remarks(note, vocabulary))
    for remark in remarks:
        if remark.is_source:
            return remark.text.strip(" .")
    for remark in remarks:
        for found in find_terms("table_cues", remark.text, vocabulary):
            behind = cue_pattern(_ARTICLE, vocabulary).sub("", remark.text[found.end :].strip(" ."))
            is_phrase = " " in remark.text[found.start : found.end]
            if found.meaning == "drawn from" and is_phrase and behind[:1].isupper():
                bodies = [m for m in find_names(behind, vocabulary) if m.name.kind in BODIES]
                return bodies[0].name.text if bodies and not bodies[0].start else behind
    return ""


def table_remarks(page: Page, block: Block, vocabulary: Vocabulary) -> tuple[Remark, ...]:
    """Return what the notes of the table say that a row stands in."""
    cue = _cue(vocabulary)
    notes = [note for note in block.context.notes if cue.match(note)]
    notes += _notes_below(page, block, cue)
    found = [remark for note in dict.fromkeys(notes) for remark in _remarks(note, vocabulary)]
    for text in _prose_beside(page, block, vocabulary):
        found += _remarks_in_prose(text, vocabulary)
    return tuple(found)


def notes_of_caption(page: Page, block: Block, caption: str) -> tuple[str, ...]:
    """Return the notes whose marks stand at the heading that is a table's caption."""
    marks = [one for one in page.repairs if one.kind == _MARK]
    at = bisect_left(page.blocks, block.start, key=lambda one: one.start) if marks else 0
    for one in page.blocks[max(0, at - _MOST_ROWS_BEFORE) : at][::-1]:
        words = page.text[one.start : one.end].strip(" :\n")
        if one.kind == "heading" and words == caption:
            near = range(one.end - 1, one.end + 3)
            told = {mark.original for mark in marks if mark.start in near}
            places = {mark.start for mark in marks if mark.original in told}
            notes = (n for n in page.blocks if n.kind == "prose" and n.start in places)
            return tuple(page.text[n.start : n.end] for n in notes if n.start not in near)
    return ()


def _notes_below(page: Page, block: Block, cue: re.Pattern[str]) -> Iterator[str]:
    """Yield the notes that are printed below a table as paragraphs of their own."""
    after = bisect_right(page.blocks, block.start, key=lambda one: one.start)
    led = ""
    for one in page.blocks[after : after + _MOST_ROWS]:
        if one.kind == "row":
            if led:
                return
            continue
        text = f"{led} {page.text[one.start : one.end]}".strip()
        if not cue.match(text):
            return
        led = text if cue.fullmatch(text) else ""
        if not led:
            yield text


def _prose_beside(page: Page, block: Block, vocabulary: Vocabulary) -> Iterator[str]:
    """Yield the paragraph behind a table, and that before it unless it stands behind another."""
    cue = _cue(vocabulary)
    at = bisect_left(page.blocks, block.start, key=lambda one: one.start)
    behind = (o for o in page.blocks[at : at + _MOST_ROWS] if o.kind != "row")
    for one in behind:
        text = page.text[one.start : one.end]
        if one.kind != "prose" or not cue.match(text):
            if one.kind == "prose":
                yield text
            break
    before = page.blocks[max(0, at - _MOST_ROWS_BEFORE) : at][::-1]
    first = next((n for n, one in enumerate(before) if one.kind != "row"), len(before))
    led = before[first : first + 2]
    if led and led[0].kind == "prose" and [one.kind for one in led[1:]] != ["row"]:
        yield page.text[led[0].start : led[0].end]


@lru_cache(maxsize=5_000)
def _remarks_in_prose(text: str, vocabulary: Vocabulary) -> tuple[Remark, ...]:
    """Return the clauses of a paragraph's sentences that name parts of a table: its rows."""
    named = cue_pattern(_NAMES_PART, vocabulary)
    if not named.search(text):
        return ()
    return tuple(
        Remark(part, False, vocabulary)
        for sentence in _sentences(" ".join(text.split()), vocabulary)
        if named.search(sentence)
        for part in _pieces(sentence.rstrip("."), vocabulary)
    )


def _cue(vocabulary: Vocabulary) -> re.Pattern[str]:
    """Return the pattern of what opens a note: "Note:", "Sources:"."""
    return cue_pattern(_CUE, vocabulary)


@lru_cache(maxsize=5_000)
def _remarks(note: str, vocabulary: Vocabulary) -> tuple[Remark, ...]:
    found: list[Remark] = []
    for remark in _whole_remarks(note, vocabulary):
        parts = [] if remark.is_source else _pieces(remark.text, vocabulary)
        found += [replace(remark, text=part) for part in parts] or [remark]
    return tuple(found)


def _whole_remarks(note: str, vocabulary: Vocabulary) -> Iterator[Remark]:
    """Yield the sentences and clauses of a note without the words that open it."""
    opens = True
    for sentence, stop in _clauses(" ".join(note.split()), vocabulary):
        opened = _cue(vocabulary).match(sentence)
        if text := sentence[opened.end() :] if opened else sentence:
            yield Remark(text, bool(opened and opened["source"]), vocabulary, opens)
        opens = opens and stop == ";"


def _sentences(text: str, vocabulary: Vocabulary) -> Iterator[str]:
    """Yield the sentences and clauses of a text, an abbreviation's stop ending none."""
    return (clause for clause, _ in _clauses(text, vocabulary))


def _clauses(text: str, vocabulary: Vocabulary) -> Iterator[tuple[str, str]]:
    """Yield the sentences and clauses of a text, each with the stop that ends it."""
    start = 0
    for found in _SENTENCE.finditer(text):
        before = text[: found.end("stop")].split()[-1]
        follows = text[found.end()]
        is_short = before in _abbreviations(vocabulary) or bool(_INITIAL.fullmatch(before))
        if found["stop"] == ";" or (follows.isupper() and not is_short):
            yield text[start : found.start("stop")], found["stop"]
            start = found.end()
    yield text[start:], ""


def _pieces(sentence: str, vocabulary: Vocabulary) -> list[str]:
    """Return the parts of a sentence of which each says something of other cells."""
    parts = [sentence]
    for comma in _PIECE.finditer(sentence):
        left = parts[-1][: comma.start() - len(sentence)]
        right = sentence[comma.end() :]
        if _tells_apart(left, vocabulary) and _tells_apart(right, vocabulary):
            parts[-1:] = [left, right]
    return parts


def _tells_apart(text: str, vocabulary: Vocabulary) -> bool:
    """Tell whether words say something that may hold of some cells only, and of which."""
    bare = without_editions(text)
    names = [m.name for m in find_names(bare, vocabulary)]
    selects = any(n.is_material for n in names) or bool(find_periods(bare, vocabulary))
    cues = {m.meaning for m in find_terms("table_cues", text, vocabulary)}
    says = bool(find_editions(text)) or "drawn from" in cues
    says = says or any(
        find_terms(table, text, vocabulary) for table in ("statuses", "specifications")
    )
    return selects and says


@lru_cache(maxsize=4)
def _abbreviations(vocabulary: Vocabulary) -> frozenset[str]:
    return frozenset(form for form, _ in vocabulary.forms("abbreviations", "words"))


def _voices(remark: Remark, vocabulary: Vocabulary) -> Iterator[tuple[int, int, str]]:
    """Yield who may speak in a clause: editions, then bodies, then a name before a date.

    A name alone is whose word a table is where the first of its notes begins with it.
    """
    text = remark.text
    editions = find_editions(text)
    if len(editions) == 1:
        names = [m for m in find_names(text, vocabulary) if m.name.kind in BODIES]
        first = min((m.start for m in names if m.end <= editions[0].start), default=len(text))
        start = min(first, editions[0].start)
        if _ends_voice(text, editions[0].end, vocabulary):
            yield start, editions[0].end, f"{editions[0].publisher}, {editions[0].name}"
    if editions:
        return
    for mention in find_names(text, vocabulary):
        if mention.name.kind in _VOICES and _ends_voice(text, mention.end, vocabulary):
            yield mention.start, mention.end, mention.name.text
    for cue in find_terms("table_cues", text, vocabulary):
        behind = text[cue.end :].strip(" .")
        is_name = behind.istitle() and len(behind.split()) <= _MOST_WORDS
        if cue.meaning == "drawn from" and is_name and not find_names(behind, vocabulary):
            yield cue.end, len(text), behind
    unknown = _UNKNOWN_VOICE.match(text)
    dates = find_periods(text, vocabulary)
    end = unknown.end() if unknown else 0
    is_dated = any(one.start == end or one.end >= len(text) - 1 for one in dates)
    is_stated = bool(unknown and cue_pattern(_COPULA, vocabulary).search(unknown["name"]))
    if unknown and not is_stated and (is_dated or _SITE.fullmatch(unknown["name"])):
        yield 0, unknown.end(), unknown["name"]
    phrase = _PHRASE_END.split(text)[0].strip()
    if remark.opens and _is_name(phrase, vocabulary):
        yield 0, len(phrase), phrase


@lru_cache(maxsize=5_000)
def _is_name(phrase: str, vocabulary: Vocabulary) -> bool:
    """Tell whether words are the name of somebody whom the lexicon lacks, and of nothing else."""
    is_short = len(phrase) >= _SHORTEST_NAME and len(phrase.split()) <= _MOST_NAME_WORDS
    if not is_short or phrase == phrase.lower():
        return False
    known = [(one.start, one.end) for one in find_names(phrase, vocabulary)]
    known += [(one.start, one.end) for one in find_units(phrase, vocabulary)]
    left = [word for word in _blanked(phrase, known).split() if word not in phrase.split()]
    left += content_words(_blanked(phrase, known), vocabulary)  # "e-Magnets UK" keeps its "e-"
    if find_measures(phrase, vocabulary) or not left:
        return False
    if find_periods(phrase, vocabulary):
        return False
    cues = {one.meaning for one in find_terms("table_cues", phrase, vocabulary)}
    if cues & {"copula", "drawn from", "exception"}:
        return False
    small = {word for word in phrase.split() if word == word.lower()}
    return not any(content_words(word, vocabulary) for word in small)


def _is_of_time(text: str, period: Period | None, vocabulary: Vocabulary) -> bool:
    """Tell whether words name the time of a cell, one within it or one that it is within."""
    told = _periods(text, vocabulary)
    return period is not None and any(contains(period, t) or contains(t, period) for t in told)


def _is_statement(lead: str, vocabulary: Vocabulary) -> bool:
    """Tell whether words before a name state something of it, unless it is "... are from" it."""
    drawn = [m.end for m in find_terms("table_cues", lead, vocabulary) if m.meaning == "drawn from"]
    is_drawn = len(lead.rstrip()) in drawn
    return not is_drawn and bool(cue_pattern(_COPULA, vocabulary).search(lead))


def _has_edition(words: str, voice: str) -> bool:
    """Tell whether a cell's source is of an edition that words name, where both are known."""
    named = {one.name for one in find_editions(words)}
    for mention in load_lexicon().find_mentions(without_editions(words)):
        if mention.entry.kind == "publication":
            named.add(short_name(mention.entry))
    return not named or not voice or any(name in voice for name in named)


def stems_of(texts: Iterable[str], vocabulary: Vocabulary) -> frozenset[str]:
    """Return the content words of texts without the sign of their plural."""
    return frozenset(w.removesuffix("s") for t in texts for w in content_words(t, vocabulary))


def _ends_voice(text: str, end: int, vocabulary: Vocabulary) -> bool:
    """Tell whether nothing is said of a voice but where it stands: ", table 8"."""
    if _END_OF_VOICE.match(text, end):
        return True
    rest = text[end:]
    spans = [(one.start, one.end) for one in find_periods(rest, vocabulary)]
    if spans and _tells_documents(_blanked(rest, spans), vocabulary):
        return True
    behind = (*find_terms("markers", text[end:], vocabulary),)
    behind += find_terms("table_cues", text[end:], vocabulary)
    return any(m.meaning in ("reference", "drawn from") and m.start <= 1 for m in behind)


def _tells_documents(words: str, vocabulary: Vocabulary) -> bool:
    """Tell whether words name nothing but documents: "releases of"."""
    known = set(vocabulary.words("date_cues", "document"))
    return {word.removesuffix("s") for word in content_words(words, vocabulary)} <= known


def _periods(text: str, vocabulary: Vocabulary) -> tuple[Period, ...]:
    return tuple(one.period for one in find_periods(text, vocabulary))


def _is_within(told: Iterable[Period], period: Period | None) -> bool:
    """Tell whether a time is one of those that are told, which may be none."""
    told = tuple(told)
    if not told:
        return True
    if period is None:
        return False
    return any(contains(one, period) or period.year in _years(one) for one in told)


def _years(period: Period) -> Sequence[int]:
    if period.is_open:
        first = period.text.startswith("..")
        return range(period.year + 1) if first else range(period.year, 10_000)
    return period.years


def _names_told(words: str, vocabulary: Vocabulary) -> set[str]:
    """Return the materials and places that tell the cells apart which a clause speaks of."""
    names = [m.name for m in find_names(words, vocabulary)]
    return {n.id for n in names if n.is_material or n.kind in PLACES} - _OF_ALL


def _without_exception(text: str, vocabulary: Vocabulary) -> tuple[str, str]:
    """Return a clause without its exception, and that: "all are estimates" "except India's"."""
    for found in find_terms("table_cues", text, vocabulary):
        if found.meaning == "exception":
            left = text[found.end :]
            is_named = bool(_names_told(left, vocabulary) or find_periods(left, vocabulary))
            return (text[: found.start], left) if is_named else (text, "")
    return text, ""


def _is_limited(text: str, lead: str, vocabulary: Vocabulary) -> bool:
    """Tell whether a clause makes an exception, or is what somebody else says."""
    kinds = {one.meaning for one in find_terms("markers", text, vocabulary)}
    said = {one.meaning for one in find_terms("markers", lead, vocabulary)}
    return bool(kinds & {"of which", "negation"} or said & {"attribution"})


@lru_cache(maxsize=5_000)
def _unread(text: str, vocabulary: Vocabulary, is_attribution: bool = False) -> tuple[str, ...]:
    """Return the content words of a lead that select no cells and attribute nothing."""
    spans = [(one.start, one.end) for one in find_periods(text, vocabulary)]
    spans += [(one.start, one.end) for one in find_names(text, vocabulary)]
    spans += [(one.start, one.end) for one in find_measures(text, vocabulary)]
    kinds: tuple[str, ...] = ("figures", "marked", _PARTS)
    kinds += ("attribution", "drawn from") if is_attribution else ()
    for table in ("markers", "table_cues"):
        found = find_terms(table, text, vocabulary)
        spans += [(one.start, one.end) for one in found if one.meaning in kinds]
    return tuple(stems_of((_blanked(text, spans),), vocabulary))


def _blanked(text: str, spans: Iterable[tuple[int, int]]) -> str:
    signs = list(text)
    for start, end in spans:
        signs[start:end] = " " * (end - start)
    return "".join(signs)
