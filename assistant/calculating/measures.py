"""The words of a question that say what is measured, as a phrase that can be looked up."""

import re
from collections.abc import Sequence

from assistant.calculating.subjects import Entity, kinds_measured
from assistant.calculating.times import without_times
from assistant.calculating.units import CURRENCY, MASS, SCALE

# Words that ask, compare and count, and say nothing of what is measured.
_ASKING = frozenset(
    """a about above according account accounted accounting across add added adding adds
    again against all allot allotted allow allowed allows also altogether among amount an
    annual annually any apart are as at attributed average averaged back be been before
    being below between big bigger both by cagr calculate calculated calendar came can
    change changed changes climb climbed combined come comes companies company compare
    compared compute convert countries country cumulative cumulatively cut cuts decline
    declined decrease decreased develop developed did differ differed difference
    differences do does dollars double doubled drop dropped during each earlier earth
    earths edition editions estimate estimated exceed exceeded exceeds exchange express
    expressed factor fall fallen far faster fell fewer figure figures financial fiscal fold
    former fraction gain gained gap get give go got greater grew grow growing grown growth
    had halve halved has have held higher hold holds how increase increased is it its jump
    jumped large larger largest latest latter less long lower lowered made many mean mid
    mid-point middle midpoint minus more most move moved much multiple newest number
    official on one or our over overall part per percent percentage percentages permit
    permits permitted plunge plunged point points proportion put raise raised range ranges
    rare rare-earth rare-earths rate ratio reduce reduced relative reported revise revised
    revision rise risen rose same say share shares shift shifted shown shrank shrink since
    slump slumped smaller so soar soared state stated stood sum take taken tell than that
    the their them then there these they this those through till times to together total
    totalled totals u.s until up us use used usgs using version versions versus volume
    volumes vs was were what when which who whole whose why will with would year yearly
    years""".split()
)
_LINKING = frozenset("of and for in from by s ' ’ as".split())
_NOUNS = {
    "mine": "mine production",
    "mined": "mine production",
    "mines": "mine production",
    "mining": "mine production",
    "produce": "production",
    "produced": "production",
    "produces": "production",
    "make": "production",
    "import": "imports",
    "imported": "imports",
    "export": "exports",
    "exported": "exports",
    "consume": "consumption",
    "consumed": "consumption",
    "cost": "price",
    "costs": "price",
    "dearer": "price",
    "cheaper": "price",
    "expensive": "price",
    "costlier": "price",
    "earn": "net income",
    "earned": "net income",
}
_UNIT_ASKED = re.compile(
    rf"\b(?:how\s+many|in|into|to|as|per|by\s+how\s+many)\s+(?:(?:{SCALE})\s+)?(?:{CURRENCY}|{MASS})"
    rf"(?:\s*(?:per|a|/)\s*(?:{MASS}))?(?!\w)(?:\s+REO\b)?",
    re.IGNORECASE,
)
_ACCORDING = re.compile(
    r"\b(?:according\s+to|by|per|in|of|from)\s+(?:the\s+)?(?:latest\s+)?(?:USGS|U\.?S\.?\s+"
    r"Geological\s+Survey)(?:\s+(?:figures|data|numbers|edition))?|\bnet\s+(?=change|increase|growth)"
    r"|\bcompound(?:ed)?\s+(?=annual|average|yearly)"
    r"|\bat\s+(?:an?\s+)?(?:exchange\s+)?(?:rate\s+of\s+)?\d[\d.,]*\s*\S+\s+(?:per|to|for)\s+\S+",
    re.IGNORECASE,
)


def measure_words(question: str, entities: Sequence[Entity]) -> str:
    """Return what a question measures, without whom, when and how it is asked.

    measure_words("By how many percent did China's mine production rise from 2019 to 2024?", ...)
    gives "mine production"; verbs become nouns: "How much did Burma mine" the same.
    """
    text = question
    for entity in sorted(entities, key=lambda entity: -entity.start):
        text = f"{text[: entity.start]} {text[entity.end :]}"
    text = without_times(_UNIT_ASKED.sub(" ", _ACCORDING.sub(" ", text)))
    words = re.findall(r"[\w.-]*\w|,", re.sub(r"['’]s?\b|['’]", " ", text))
    makes = re.search(r"\bma[dk]e\b", text, re.IGNORECASE) and not kinds_measured(
        re.sub(r"\bma[dk]e\b", " ", text, flags=re.IGNORECASE)
    )
    kept = [word for word in words if word.lower() not in _ASKING and word != ","]
    while kept and kept[0].lower() in _LINKING:
        kept = kept[1:]
    while kept and kept[-1].lower() in _LINKING:
        kept = kept[:-1]
    kept = [word for at, word in enumerate(kept) if at == 0 or word != kept[at - 1]]
    phrase = " ".join(word.lower() if question.startswith(word) else word for word in kept)
    phrase = re.sub(r"\b(?:of|for|in|by|from)(?:\s+(?:of|for|in|by|from|and))+\b", "of", phrase)
    if makes and not phrase:
        return "production"
    return _as_noun(phrase)


def _as_noun(phrase: str) -> str:
    """Return the phrase with a verb in the place of its measure turned into the noun."""
    words = phrase.split()
    # "mining quota" keeps its first word: it is the quota that is measured.
    others = [word for word in words if word.lower() not in _NOUNS]
    if kinds_measured(" ".join(others)):
        return re.sub(
            r"(?:\s+(?:in|of|by|for))?\s+(?:mined|produced|produce|made?k?e?)$", "", phrase
        )
    changed = [_NOUNS.get(word.lower(), word) for word in words]
    return " ".join(dict.fromkeys(changed))


def named_measure(measure: str, entities: Sequence[Entity]) -> str:
    """Return a measure with whose it is: "China's mine production", "price of NdPr oxide"."""
    materials = [entity.name for entity in entities if entity.group == "material"]
    owners = [entity.name for entity in entities if entity.group != "material"]
    named = " of ".join((measure, *materials))
    if owners[:1] == ["the world"]:
        return " of ".join((f"world {named}", *owners[1:]))
    if owners:
        ending = "'" if owners[0].endswith("s") else "'s"
        named = f"{owners[0]}{ending} {named}"
    return " in ".join((named, *owners[1:]))
