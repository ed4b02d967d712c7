"""What a sentence adds to a statement: words that the statement does not have in any form.

A claim may be wider than its source by some words and still be worth citing; a sentence of an
answer may not. Each word that tells something must be the statement's, in this form or in one that
means the same; only words that join, point or report tell nothing.
"""

import re
from collections.abc import Iterator
from functools import cache

from assistant.support.facets import values
from assistant.support.reading import stems_of
from assistant.support.statement import Statement
from assistant.support.tokens import Token, read_tokens
from index.wording import stem

_SILENT = frozenset(
    """a an the this that these those it its itself they their them he she his her which who whom
    whose what where when while as at by for from in into of on onto over per to towards with
    within through throughout via about around across among between and or than then there here
    such also too meanwhile however moreover furthermore addition additionally contrast turn
    respectively overall separately specifically notably similarly likewise instead
    is are was were be been being has have had having do does did can s
    not no nor neither never none cannot without
    if unless whether
    according put puts stand stands stood come came comes coming amount amounts amounted reach
    reached reaches accounted accounts account
    value values number numbers level levels data basis terms term time period
    estimated estimate estimates estimation approximately roughly some about
    rather compared comparison against versus both each other another same
    carry carries carried names
    dated after before since until followed set sets under give gives gave given
    take took takes taken u s january february march april may june july august
    september october november december
    company country firm nation
    more less fewer most least up down
    would should could will shall might must""".split()
)
"""Words that tell nothing by themselves; what they turn, bound or deny is looked at elsewhere."""

# Each line is a group of words that tell the same thing; one that ends with & goes on.
_SAME = """
produce made make makes making output yield manufacture turned mined production producing
production output mining
start began begin launch open opened commence commercial
end ended stop close terminate expire expired
cut reduce lower decrease shrink curtail
rise increase grow gain add added climb up higher upward growth more
fall drop decline lose lost decrease down lower less below
say says said state stated report reported reports write wrote note noted explain tell told &
quote speak speaks describe mention according
give gives gave given list listed print printed show shows record records
name named names call called identify identified
with together jointly
expect expected forecast project projected anticipate foresee due
plan planned plans intend intended aim target targeted goal goals meant set scheduled proposed
contain contains hold holds held make makes up consist comprise share has
cover covers covered name names list lists include includes comprise
use uses used consume consumption demand
double doubled twice
half halved
extend renew renewed prolong
grant granted award awarded receive received allocation allocated
approve approves approved approval
include includes option with
loan lend lends lent lending borrowed
buy buys bought purchase purchases purchased acquire acquired acquisition
price cost costs priced average averaged sell put
year years yearly annual annually
quarter quarterly three
full whole entire total
total totals totalled totaled sum
abroad foreign outside overseas
largest biggest
leading main top
complete completed finish finished
government federal state
part portion some
value worth valued
earlier previous prior older former preceding before
later newer subsequent after following
earn earned profit income net
origin source come from
supply supplied supplier provide provided deliver delivered deliver delivers share came
need needs require required requires
forbid forbids prohibit bar bars ban banned
exempt exempts exemption exception
apply applies applied effect force
suspend suspended suspension pause paused
remain remains still continue
own owned owner owns
locate located lie lies in
plant facility factory mill refinery
magnet magnets
licence license permit
rule law act regulation
reserve reserves
import imported imports importing
export exported exports exporting
depend dependence dependent reliance
change changed change revision revised
new newly
currently now present
earliest first
work works operate operates run runs
process processed processes processing
separate separated separation
refine refined refining
inspect inspected checked
invest invested investment
sign signed agreement
amounts sum
announce announced release released publish published issue issued
world global worldwide
american united
sale sold sell sales
because due owing thanks
liable punishable punished penalty
ship ships shipped shipment shipments went go goes sent
operate operates operated operator run runs
extract extracted extraction mined mine produced
sale revenue
minimum least
maximum most
average mean averaged
meet met fulfil
missed miss short
own itself
receive received get got
hand
highest peak maximum
lowest minimum
purity pure
figure figures
ask asked request
kind type sort
build built construction
"""
_OXIDE = ("oxide", "oxides", "equivalent")
_MATERIALS = frozenset("element product mineral metal".split())  # "it" is hardly one of many
_RESULTS = frozenset(("profit", "loss"))  # which are made
_REO = re.compile(r"\bT?REO\b")
_NEAR_BEFORE = 240  # characters of the sentences before
# What a statement opens with that is about what stands before it.
_POINTS = re.compile(
    r"(?:it|its|they|their|(?:the|this|that) (?:company|plant|mine|country|group|project|act|"
    r"agreement|floor|loan|announcement|control|rule))\b",
    re.IGNORECASE,
)
_CAPITAL = re.compile(r"\b[A-Z]\w+")
_UNDER = re.compile(r"(?:Under|In|According to) the (?:\w+ ){0,4}?(?:Act|Regulation|Law)\b")
_RARE_EARTHS = ("rare", "earth", "earths")  # what all sources are about
_LEAST_OWN = 0.5  # of what a sentence tells, by the statement itself and not by its heading


def added_words(sentence: str, statement: Statement) -> Iterator[str]:
    """Yield the words of a sentence that a statement does not have, as they are written.

    What it is about may stand in a heading or a caption; most must stand in the statement itself.
    """
    before = statement.before[-_NEAR_BEFORE:] if _POINTS.match(statement.quote) else ""
    near_by = (statement.section, statement.caption, before, statement.edition)
    around = stems_of(" | ".join(near_by)) | _of_title(statement, sentence)
    about = (statement.section, statement.caption, *statement.notes, statement.title)
    named = _names(" | ".join((*about, statement.source_words))) | _names(before, _MATERIALS)
    telling, near = _telling(sentence, statement)
    for token in telling:
        told = around if token.kind == "word" else named | set(statement.entities)
        if token not in near and token.key not in told:
            yield token.text
    for some in (telling, [token for token in telling if token.kind == "word"]):
        if sum(token in near for token in some) < _LEAST_OWN * len(some):
            yield "…"


def _of_title(statement: Statement, sentence: str) -> frozenset[str]:
    """Return the words of a title that name what a row is of, or the act that is cited."""
    named = _CAPITAL.findall(statement.title)
    if statement.is_row:
        return stems_of(statement.title)
    return stems_of(" ".join(named)) if _UNDER.match(sentence) else frozenset()


def own_share(sentence: str, statement: Statement) -> float:
    """Return which share of what a sentence tells stands in the statement itself."""
    telling, near = _telling(sentence, statement)
    return len(near) / (len(telling) or 1)


def _telling(sentence: str, statement: Statement) -> tuple[list[Token], list[Token]]:
    """Return the words and names of a sentence that tell something, and those of a statement."""
    own = _own_stems(statement)
    own_text = f"{statement.own_words} | {statement.caption if statement.is_row else ''}"
    named = _names(own_text)
    telling = [token for token in read_tokens(sentence) if _tells(token)]
    return telling, [
        token
        for token in telling
        if _is_told(token, own, named)
        or (token.text in _RARE_EARTHS and not values(own_text, "material"))
        or (token.text == "made" and bool(values(own_text, "measure") & _RESULTS))
        or (token.text in _OXIDE and bool(_REO.search(f"{own_text} | {statement.section}")))
        or (token.key in statement.entities and not _of_kind(token, own_text))
    ]


def _of_kind(token: Token, text: str) -> bool:
    """Tell whether a text names another of the kind of a name."""
    return any(one.facet == token.facet for one in read_tokens(text) if one.kind == "name")


def _tells(token: Token) -> bool:
    if token.kind != "word":
        return token.kind == "name"
    is_silent = token.text in _SILENT or bool(values(token.text, "direction"))
    return not (token.is_mark or token.text[0].isdigit() or is_silent)


def _is_told(token: Token, own: frozenset[str], named: frozenset[str]) -> bool:
    if token.kind == "name":
        return token.key in named
    return token.key in own or bool(_like(token.key) & own)


def _names(text: str, without: frozenset[str] = frozenset()) -> frozenset[str]:
    """Return the names of a text, those of some kinds aside."""
    names = (token for token in read_tokens(text) if token.kind == "name")
    return frozenset(token.key for token in names if token.facet not in without)


def _own_stems(statement: Statement) -> frozenset[str]:
    around = (statement.caption, statement.label_column, *statement.notes)
    columns = (cell.column for cell in statement.others if re.search(r"[A-Za-z]{3}", cell.text))
    texts = (statement.own_words, statement.beside, *columns, *(around if statement.is_row else ()))
    return stems_of(" | ".join(texts))


@cache
def _groups() -> dict[str, frozenset[str]]:
    """Return for each stem those that tell the same."""
    found: dict[str, frozenset[str]] = {}
    for line in _SAME.strip().replace("&\n", "").splitlines():
        group = frozenset(map(stem, line.split()))
        for one in group:
            found[one] = found.get(one, frozenset()) | group
    return found


def _like(key: str) -> frozenset[str]:
    return _groups().get(key, frozenset())
