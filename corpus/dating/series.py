"""Which edition of a series a source is, and what all editions of its series have in common.

Two sources are of one series only where both say the same of what they belong to: the chapter of
a yearbook, the number of a report, the section of a code, the form of a filing and its company.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache

from corpus.dating.filings import find_fiscal_period
from corpus.description.filing_covers import FORM, find_form, find_registrant
from corpus.language.dates import date_forms
from corpus.language.named_editions import find_editions, short_name, without_editions
from corpus.language.vocabulary import load_vocabulary
from corpus.lexicon import load_lexicon

_MONTH = date_forms(load_vocabulary()).month
_YEAR = r"(?:19|20)\d\d"
_CHAPTERED = ("MCS", "MYB")
_ANOTHER_YEAR = re.compile(rf"\s*(?:,|and|or|to|versus|vs\.?|[&/–-])\s*({_YEAR})\b")
_REPORT = r"(?:Annual|Sustainability|Integrated|Half-Year|Quarterly(?: Activities)?) Report"
_PERIOD = rf"(?:[QH][1-4] )?{_YEAR}"
_REPORTS = re.compile(
    rf"\b(?P<name>{_REPORT})(?: and Accounts)?\s*[,:–—(-]?\s*(?:for )?(?:FY ?)?"
    rf"(?P<period>{_PERIOD})"
    rf"|(?<![\w-])(?:FY ?)?(?P<period2>{_PERIOD})\s+(?P<name2>{_REPORT}(?: and Accounts)?)",
    re.IGNORECASE,
)
_FILINGS = re.compile(
    rf"\b(?:Form )?(?P<form>{FORM})\s*[,:(–—]?\s*(?:for )?(?P<period>{_PERIOD})"
    rf"|(?<![\w-])(?P<period2>{_PERIOD})\s+(?:Form )?(?P<form2>{FORM})(?!\w)"
)
_EDITION = re.compile(
    rf"\b({_YEAR}|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|"
    r"\d{1,2}(?:st|nd|rd|th)) (?:revised )?edition\b",
    re.IGNORECASE,
)
_MIN_TITLE_WORDS = 4  # fewer, and two publishers may have chosen them
# Of the Congressional Research Service; "CRS Report R12345" in a text is another report.
_CRS = r"((?:R|RL|RS|IF|IN)\d{5})"
_CRS_OWN = re.compile(rf"^[^\w\n]*{_CRS}[^\w\n]*$|www\.crs\.gov\s+{_CRS}\b", re.MULTILINE)
_CRS_TITLE = re.compile(rf"\({_CRS}\)|^{_CRS}\b")
_USC = re.compile(
    r"^[^\w\n]*(\d{1,2}) U\.?S\.?C(?:ode|\.)?,? (?:§+ ?|Section )?(\d+[A-Za-z]{0,2})\b"
)
_CFR = re.compile(
    r"^[^\w\n]*(\d{1,2}) C\.?F\.?R\.? (?:§+ ?|Part )?(\d{1,4}\.\d{1,5}(?:-\d+)?)(?!\w)"
)
_DFARS = re.compile(
    r"^[^\w\n]*(?:DFARS |48 C\.?F\.?R\.? |§ ?)?(?:§ ?)?(2\d\d\.\d{3,4}(?:-\d+)?)(?!\w)"
)
_TITLE_OF_CODE = re.compile(r"^[^\w\n]*Title (\d{1,2})\b", re.MULTILINE)
_SECTION = re.compile(r"^[^\w\n]*§ ?(\d+[A-Za-z]{0,2})\.\s", re.MULTILINE)
_DATA_IN = re.compile(
    r"^[^\w\n]*(?:\d{1,3} )?(?P<name>[^\W\d][^\n\[\d]{2,60}?\)?)[^\w\n]{0,4}\d?\W{1,12}Data in ",
    re.MULTILINE,
)
_YEARBOOK_HEAD = re.compile(
    rf"^[^\w\n]*(?P<year>{_YEAR}) Minerals Yearbook\W{{1,12}}"
    r"(?P<name>[A-Z][^\n\[\d]{2,60})(?=[\n\[\d]|$)",
    re.MULTILINE,
)
_SALIENT = re.compile(
    rf"Salient Statistics[^\d]{{0,200}}(?:{_YEAR}\W{{1,20}}){{4}}({_YEAR})", re.DOTALL
)
_HISTORY = re.compile(r"\b(?:revision|version) history\b|\berrat(?:a|um)\b", re.IGNORECASE)
_NO_CHAPTER = re.compile(
    r"\[[^\]]*\]|\badvance release\b|\btables?[- ]only(?: release)?\b|\bdata release\b|\bchapter\b|"
    r"\bversion [\d.]+\b|\bpp?\. ?[\d–-]+|\bU\.?S\.? Geological Survey\b|\bUSGS\b|"
    rf"\b{_MONTH} {_YEAR}\b|\S+\.pdf\b|\(USGS\)",
    re.IGNORECASE,
)
_COMPANY_FORM = re.compile(
    r",?\s+(?:inc|corp|corporation|company|co|ltd|limited|plc|llc|n\.v|s\.a|ag|gmbh)\b\.?", re.I
)


def find_edition(
    texts: Iterable[str], first_pages: str = "", published: str = "", whole: str = ""
) -> str:
    """Return the edition that a title names ("MCS 2026", "Annual Report 2024"), or "".

    A title that names several is about them, and none of them. Where no title names one, the
    first pages do: by the line that a yearbook prints on its pages, by the years of a summary's
    table (the last of them is the year before), by the form and period of a filing, for which the
    `whole` text is asked, by the number of a report with the date it was `published`
    ("R41744 (2013-12-23)").
    """
    for text in texts:
        if named := set(_named(text)):
            return named.pop() if len(named) == 1 else ""
    if foot := {name for line in first_pages.splitlines() for name in _named_by_line(line)}:
        return foot.pop() if len(foot) == 1 else ""
    if yearbook := _YEARBOOK_HEAD.search(first_pages):
        return f"MYB {yearbook['year']}"
    if "Domestic Production and Use" in first_pages and (row := _SALIENT.search(first_pages)):
        return f"MCS {int(row[1]) + 1}"
    if form := find_form(first_pages):
        period = find_fiscal_period(form, first_pages, whole or first_pages)
        return f"{form} {period}" if period else ""
    number = _crs_number("", first_pages)
    return f"{number} ({published})" if number and published else ""


def find_series(edition: str, title: str, first_pages: str) -> str:
    """Return what all editions of a source have in common ("MCS: rare earths"), or "".

    A chapter is a series of its own, and so is the history of revisions of a yearbook.
    """
    label, _, period = edition.partition(" ")
    if label in _CHAPTERED:
        chapter = _chapter(label, title, first_pages)
        return f"{label}: {chapter}" if chapter else ""
    if (publication := edition.rpartition(" ")[0]) in _publications():
        return publication
    if number := _crs_number(title, first_pages):
        return f"CRS {number}"
    filed = re.match(FORM, edition)
    if form := filed.group() if filed else find_form(first_pages):
        company = _registrant(title, first_pages)
        return f"{form.removesuffix('/A')}: {company}" if company else ""
    if report := _REPORTS.search(title):
        company = _company(title[: report.start()]) or _company(title[report.end() :])
        return f"{(report['name'] or report['name2']).title()}: {company}" if company else ""
    if period and (stated := _EDITION.search(title)):
        rest = _plain(title[: stated.start()] + title[stated.end() :])
        return rest if len(rest.split()) >= _MIN_TITLE_WORDS else ""
    return _code_section(title, first_pages)


def _named(text: str) -> Iterator[str]:
    """Yield the editions that a title names, each with its series."""
    found = False
    for one in find_editions(text):
        found = True
        yield f"{one.series} {one.year}"
        if other := _ANOTHER_YEAR.match(text, one.end):
            yield f"{one.series} {other[1]}"
    for match in _REPORTS.finditer(text):
        found = True
        yield f"{(match['name'] or match['name2']).title()} {match['period'] or match['period2']}"
    for match in _FILINGS.finditer(text):
        found = True
        yield f"{match['form'] or match['form2']} {match['period'] or match['period2']}"
    if not found and len(text) <= 200 and (ordinal := _EDITION.search(text)):
        yield f"{ordinal[1].capitalize()} edition"


def _named_by_line(line: str) -> Iterator[str]:
    """Yield the edition that a line is nothing but the name of, as at the foot of a page."""
    for one in find_editions(line) if "Geological Survey" in line else ():
        rest = _NO_CHAPTER.sub("", line[: one.start] + line[one.end :])
        if one.series in _CHAPTERED and not re.search(r"[^\W\d_]", rest):
            yield f"{one.series} {one.year}"


@cache
def _publications() -> frozenset[str]:
    """Return the short names of the publications that are a series of their own."""
    published = (e for e in load_lexicon().entries if e.kind == "publication" and e.parents)
    return frozenset(map(short_name, published))


def _chapter(label: str, title: str, first_pages: str) -> str:
    if _HISTORY.search(title):
        return "revision history"
    head = (_DATA_IN if label == "MCS" else _YEARBOOK_HEAD).search(first_pages)
    if not head and all(one.series != label for one in find_editions(title)):
        return ""
    name = head["name"] if head else without_editions(title)
    name = _plain(_NO_CHAPTER.sub(" ", name)).lower()
    name = re.sub(r"(?<=[a-z)])\s?\d$", "", name)  # the mark of a note
    return name if re.fullmatch(r"[a-z][a-z,()’' -]{2,50}", name) else ""


def _crs_number(title: str, first_pages: str) -> str:
    if named := _CRS_TITLE.search(title):
        return named[1] or named[2]
    if "Congressional Research Service" not in first_pages:
        return ""
    own = _CRS_OWN.search(first_pages)
    return (own[1] or own[2]) if own else ""


def _registrant(title: str, first_pages: str) -> str:
    if named := find_registrant(first_pages):
        return _company(named)
    return _company(re.sub(rf"\b(?:Form )?{FORM}|\b{_PERIOD}", " ", title))


def _company(words: str) -> str:
    """Return the name of a company without its legal form; "" for what is too short to be one."""
    name = _plain(_COMPANY_FORM.sub("", " " + words))
    if name.isupper():
        name = " ".join(w if len(w) < 4 else w.capitalize() for w in name.split())
    return name if len(name) > 2 and re.search(r"[^\W\d_]{2}", name) else ""


def _code_section(title: str, first_pages: str) -> str:
    """Return the section of a code of laws that a source is: "10 USC 4872", or ""."""
    head = first_pages.lstrip()[:400]
    if law := _USC.match(title):
        return f"{law[1]} USC {law[2].upper()}"
    for text in (title, head):
        rule = _DFARS.match(text)
        if rule and re.search(r"\bacqui|\bcontract|\bprocure|\bDFARS|\b48 C", first_pages):
            return f"DFARS {rule[1]}"
        if other := _CFR.match(text):
            return f"{other[1]} CFR {other[2]}"
    of, sections = _TITLE_OF_CODE.match(head), set(_SECTION.findall(first_pages))
    if of and len(sections) == 1:
        return f"{of[1]} USC {sections.pop().upper()}"
    return ""


def _plain(text: str) -> str:
    """Return words without what is left around and between them where others were cut out."""
    text = re.sub(r"\(\s*\)|\s+", " ", text)
    return re.sub(r"^[\s\W]+|[\s,;:.–—|-]+$|\s+(?=[,:])", "", text)
