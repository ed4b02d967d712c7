"""Words as answering compares them: folded, stemmed, and with the words that mean the same.

Reading and finding keep texts as they are; only comparison folds them.
"""

import re
import unicodedata
from functools import lru_cache

import snowballstemmer

# Words that shape a question or a report without saying what it is about.
_SCAFFOLDING = frozenset(
    """a about according after all also an and any are as at be been being between big both but
    by call called can could describe did do does done during each edition either else
    estimate estimated figure find for from gave get give given gives great had happen happens
    has have held her high his hold holds how i if in into is it its itself large last latest
    like list listed long low made make many may me mention mentioned more most much my name
    named newest no not of off on one only or other our out over page per please recent said
    same say says see set shall she should show so some state stated such tell than that the
    their them then there these they thing things this those through to told under up us use
    used using was we were what when where whether which while who whom whose why will with
    within would year years you your""".split()
)
# Each line is a group of words that ask for, or state, the same thing.
_SAME = """
people persons workers worked work employees employed employ employs employment jobs workforce staff
mine mined mines mining produce produced produces producing production output
revenue revenues sales turnover
profit profits income earnings earn earned earns
cost costs costing price prices priced
share percent percentage proportion
myanmar burma
rise rose risen rising increase increased increases increasing grow grew growth up higher
fall fell fallen falling decrease decreased decreases decline declined drop dropped down lower
start started starts starting begin began begun launch launched launches launching
complete completed completion finish finished
build built builds building construct constructed construction
large larger largest big biggest leading top
buy bought purchase purchased acquire acquired acquisition
invest invested investment
tariff duty duties
plant facility factory
usa america american
tonnes tons tonnage ton tonne quantity
ban banned bans prohibit prohibited prohibition
restrict restricted restricts restriction restrictions control controls controlled
chief executive ceo
headquarters headquartered
force effect
world global worldwide globally
licence license licences licenses licensed licensing
china chinese
australia australian
japan japanese
malaysia malaysian
vietnam vietnamese
india indian
brazil brazilian
russia russian
canada canadian
estonia estonian
europe european eu
korea korean
""".strip().splitlines()
_WORD = re.compile(r"[^\W_]+(?:[.,]\d+)*")
# Names of several words, each with the one word that stands for it.
_PHRASES = (
    (re.compile(r"\b(?:U\.S\.|US|United States) Geological Survey\b"), "usgs"),
    (re.compile(r"\b(?:U\.S\. )?Government Accountability Office\b"), "gao"),
    (re.compile(r"\b(?:U\.S\. )?Department of Defense\b"), "dod"),
    (re.compile(r"\b(?:U\.S\. )?Department of War\b"), "dow"),
    (re.compile(r"\b(?:U\.S\. )?Department of Energy\b"), "doe"),
    (re.compile(r"\bChina Northern Rare Earth\b(?: \(Group\))?"), "cnre"),
    (re.compile(r"\b(?:U\.S\.A?\.?(?!\w)|USA?\b|[Uu]nited [Ss]tates\b)"), "usa"),
)
_DASHES = re.compile(r"[\u2010-\u2015\u2212-]")
_stemmer = snowballstemmer.stemmer("english")


def fold(text: str) -> str:
    """Return a text in lower case with one kind of dash, quote and space, for comparing."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    folded = folded.replace("’", "'").replace("‘", "'").replace("“", '"').replace("”", '"')
    return re.sub(r"\s+", " ", _DASHES.sub("-", folded)).strip()


def words(text: str) -> tuple[str, ...]:
    """Return the words of a text in order, folded; "U.S." is one, figures lose their commas."""
    for phrase, word in _PHRASES:
        text = phrase.sub(word, text)
    folded = re.sub(r"(?<=\w)'s\b", "", fold(text))
    return tuple(word.replace(",", "") for word in _WORD.findall(folded))


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """Return the stem of a folded word; words that mean the same have the same stem."""
    return _GROUPS.get(word) or _stemmer.stemWord(word)


def stems(text: str) -> frozenset[str]:
    """Return the stems of all words of a text."""
    return frozenset(stem(word) for word in words(text))


def content_words(text: str) -> tuple[str, ...]:
    """Return the words of a text that say what it is about, each once, in order."""
    return tuple(dict.fromkeys(word for word in words(text) if word not in _SCAFFOLDING))


_GROUPS = {word: line.split()[0] for line in _SAME for word in line.split()}
