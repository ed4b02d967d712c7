"""Telling who publishes a source, and how much its word weighs.

Being mentioned is not publishing: only an address, a masthead or a form of words that a publisher
alone uses counts. The ranks, from what weighs most:

- official: governments, their agencies, laws, and bodies of several governments;
- filing: formal reports of companies (annual and quarterly reports, SEC forms, announcements to a
  stock exchange), for whose truth somebody is liable;
- trade press: those who write for the industry, such as price agencies, consultants, think tanks
  and journals, and what a company says of itself elsewhere: first-hand, but not impartial;
- news: newspapers and agencies;
- unknown: everybody else, among them wikis and blogs.
"""

import re
from collections import Counter

from corpus.description.bylines import byline_parts
from corpus.description.filing_covers import find_form, find_registrant
from corpus.document import Rank
from corpus.lexicon import Entry, load_lexicon

_MASTHEAD_CHARS = 3_000
_MASTHEAD_LINES = 25
_TOP_CHARS = 600
# The begin and end of a line with its marks. Bounded, as a page may be nothing but marks.
_LINE = r"^[^\w\n]{0,20}"
_LINE_END = r"[^\w\n]{0,20}$"
# Forms of words that one publisher alone uses, with the id of its entry.
_SIGNS = tuple(
    (entry_id, re.compile(pattern, re.MULTILINE))
    for entry_id, pattern in (
        ("crs", r"Prepared for Members and\s+Committees of Congress"),
        ("crs", r"\bCRS Report for Congress\b|\bwww\.crs\.gov\b"),
        ("gao", rf"{_LINE}(?:Gao ID:? *)?GAO-\d\d-\d{{1,6}}\w*\b"),
        ("gao", rf"{_LINE}What GAO Found{_LINE_END}"),
        ("usgs", r"U\.S\. Geological Survey, Mineral Commodity Summar(?:y|ies), \w+"),
        ("usgs", r"Prepared by [^\[\]]{3,60}\[[^\]]{3,60}@usgs\.gov"),
        ("usgs", rf"{_LINE}USGS\s*[-\u2013\u2014]+\s*science for a changing world"),
        ("usgs", r"to be incorporated in the\s+USGS\s+Minerals Yearbook"),
        ("usgs", r"^DEPARTMENT OF THE INTERIOR\s+(?:U\.S\. |United States )?Geological Survey\s*$"),
        (
            "european-union",
            rf"{_LINE}(?:REGULATION|DIRECTIVE|DECISION) \(EU\)[^\n]{{0,40}}\s+"
            r"OF THE EUROPEAN PARLIAMENT",
        ),
        ("european-union", rf"{_LINE}Official Journal\s+of the European Union"),
        ("european-commission", rf"{_LINE}COMMISSION (?:\w+ )?(?:REGULATION|DECISION)"),
        (
            "us-code",
            rf"{_LINE}Title \d+\s*[-\u2013\u2014].*(?:\n.*){{0,8}}\n[^\w\n§]{{0,20}}§ ?\d+\w*\. ",
        ),
        ("dfars", rf"{_LINE}2[0-5]\d\.7\d{{3}}(?:-\d+)? [A-Z]\w+"),
        ("wikipedia", r"\bFrom Wikipedia, the free encyclopedia\b|\[citation needed\]"),
        ("wikipedia", r"\A\s*= [^=\n]+ =\s*\n(?:.*\n)*?==+ ?[^=\n]+ ?==+\s*$"),
    )
)
_FEDERAL_REGISTER = re.compile(r"\[?Federal Register\W+(?:/\W*)?Vol(?:ume|\.) ?\d+", re.IGNORECASE)
_DATELINE = re.compile(r"\(([A-Z][\w .&-]{1,30})\)\s*[-\u2013\u2014]")
_TITLE_TAIL = re.compile(r"\s[|\u2013\u2014-]\s+([^|\u2013\u2014]+)$")
_FILING = re.compile(
    rf"{_LINE}(?:UNITED STATES\s+)?SECURITIES AND EXCHANGE COMMISSION{_LINE_END}|"
    rf"{_LINE}FORM (?:10-[KQ]|8-K|20-F|40-F|6-K)\b|"
    rf"{_LINE}(?:ASX|HKEX|TSX|LSE) (?:ANNOUNCEMENT|RELEASE)\b|\(Exact name of registrant",
    re.IGNORECASE | re.MULTILINE,
)
_FORMAL_REPORT = re.compile(
    r"^.{0,60}\b(?:annual report|quarterly (?:activities )?report|half[- ]year(?:ly)? report|"
    r"interim report|financial statements|management['’]s discussion and analysis|prospectus|"
    r"annual information form|NI 43-101|年度报告|半年度报告|季度报告)\b.{0,60}$",
    re.IGNORECASE | re.MULTILINE,
)
_RELEASE = re.compile(
    r"\b(?:ASX (?:announcement|release)|news release|press release|media release|"
    r"quarterly (?:activities )?report|annual report|half[- ]year(?:ly)? report)\b",
    re.IGNORECASE,
)
# "Norvik Corp. (NYSE: NOR) today announced": what a company's release begins with.
_ANNOUNCED = re.compile(
    r"([A-Z][\w&.' -]{1,60}?),? ?\((?:the “?Company”?; )?"
    r"(?:NYSE|Nasdaq|NASDAQ|ASX|TSX|TSXV|TSX-V|AIM|LSE|OTCQ[BX])[^()]{1,60}\)"
    r"[^.]{0,100}? (?:today announced|announced today|is pleased to)"
)
_OFFICIAL_HOST = re.compile(
    r"(?:^|\.)(?:gov|mil|int)$|(?:^|\.)(?:gov|gob|gouv|govt|gub|go|mil|gc)\.[a-z]{2}$|"
    r"(?:^|\.)(?:canada\.ca|europa\.eu|bund\.de|admin\.ch|regjeringen\.no)$"
)
_OFFICIAL_NAME = re.compile(
    r"^(?:the )?(?:[\w.]+ ){0,3}(?:"
    r"ministry of|government of|parliament|geological survey|bureau of|"
    r"department of (?:agriculture|commerce|defen[cs]e|energy|foreign affairs|industry|mines|"
    r"natural resources|state|the (?:environment|interior|treasury)|trade|war))\b",
    re.IGNORECASE,
)
_COPY = re.compile(r"\s*[(\[](?:copy|text copy|ocr|via|archived?)\b[^)\]]*[)\]]\s*$", re.IGNORECASE)
_LEGAL_FORM = re.compile(
    r",?\s+(?:inc|corp|ltd|limited|llc|plc|co|company|corporation|s\.?a|ag|gmbh|n\.?v)\.?$",
    re.IGNORECASE,
)


def publisher_name(stated: str) -> str:
    """Return a publisher that a file states as the lexicon writes it, else as it is stated:

    "USGS", "usgs.gov" and "Department of the Interior, USGS" become "U.S. Geological Survey".
    """
    name = _COPY.sub("", " ".join(stated.split()))
    found = _publisher_entry(name) or _office_of_list(name)
    return found[0].name if found else name


def registrant_name(first_pages: str, whole: str) -> str:
    """Return the company that a filing is of, as the lexicon writes it, without its legal form.

    Covers are set in capitals: the name is spelled as it mostly is in the whole text. "" where the
    first pages are no cover of a filing. A regulator passes filings on, as others do.
    """
    name = _LEGAL_FORM.sub("", find_registrant(first_pages))
    spelled = Counter(re.findall(rf"(?<!\w){re.escape(name)}(?!\w)", whole, re.IGNORECASE))
    return publisher_name(spelled.most_common(1)[0][0] if name and spelled else name)


def find_publisher(url: str, title: str, text: str) -> str:
    """Return who publishes a source, from its address, title and first page.

    "" where that is not plain. The name is the lexicon's where it has one.
    """
    if registrant := registrant_name(text, text):
        return registrant
    by_address = [e for e in _address_entry(url) if e.kind != "archive"]
    if by_address:
        return by_address[0].name
    top = text[:_MASTHEAD_CHARS]
    return (
        _by_sign(text)
        or _by_tail_of(title)
        or _by_masthead(top)
        or _by_dateline(top)
        or _by_byline(top)
        or _by_release(title, top)
    )


def find_rank(publisher: str, url: str, text: str) -> Rank:
    """Return the rank of a source, from its publisher, address and first page."""
    by_name, by_address = _publisher_entry(publisher), _address_entry(url)
    host = _host(url)
    top = text[:_MASTHEAD_CHARS]
    if by_name and by_name[0].kind not in ("company", "archive"):
        return "official" if by_name[0].kind == "law" else by_name[0].rank
    if _FILING.search(top) or (by_address and by_address[0].rank == "filing"):
        return "filing"
    if by_name and by_name[0].kind == "company":
        return "filing" if _FORMAL_REPORT.search(top[:_TOP_CHARS]) else "trade press"
    if by_name and by_name[0].rank != "unknown":
        return by_name[0].rank
    if publisher and _OFFICIAL_NAME.match(publisher):
        return "official"
    if by_address:
        return "trade press" if by_address[0].kind == "company" else by_address[0].rank
    return "official" if _OFFICIAL_HOST.search(host) else "unknown"


def _publisher_entry(name: str) -> tuple[Entry, ...]:
    """Return the entry that a name, or the address of a site, stands for as a publisher."""
    lexicon = load_lexicon()
    if re.fullmatch(r"(?:https?://)?[\w-]+(?:\.[\w-]+)+/?", name.strip()):
        found = _address_entry(name) or lexicon.named(name)
    else:
        found = lexicon.named(name) or lexicon.named(_LEGAL_FORM.sub("", name))
    can_publish = ("agency", "publisher", "company", "archive", "publication", "country", "law")
    return tuple(entry for entry in found if entry.kind in can_publish)


def _host(url: str) -> str:
    """Return the host of an address, "" where it is none: "github:owner/name" is a place."""
    found = re.match(r"(?:https?://)?([\w-]+(?:\.[\w-]+)+)(?=[:/?#]|$)", url.strip(), re.I)
    return found[1].lower() if found else ""


def _address_entry(url: str) -> tuple[Entry, ...]:
    return load_lexicon().published_under(_host(url))


def _by_sign(text: str) -> str:
    for entry_id, sign in _SIGNS:
        if sign.search(text):
            return load_lexicon().entry(entry_id).name
    return ""


def _by_tail_of(title: str) -> str:
    """Return the publisher that a page's title ends with: "Prices fall | Reuters"."""
    found = _TITLE_TAIL.search(title)
    entries = _publisher_entry(found[1].strip()) if found else ()
    named = [e for e in entries if e.kind in ("publisher", "agency", "company")]
    return named[0].name if named else ""


def _by_byline(top: str) -> str:
    """Return the newspaper that a byline ends with: "Par Marie Roux – 08.04.25 – Le Monde"."""
    lines = [line for line in top.splitlines() if line.strip()][:_MASTHEAD_LINES]
    for part in (part for line in lines for part in byline_parts(line.strip())):
        for entry in load_lexicon().named(part):
            if entry.kind == "publisher":
                return entry.name
    return ""


def _office_of_list(names: str) -> tuple[Entry, ...]:
    """Return the office that a row of names, parted by commas, says more of: the lowest one."""
    parts = [part for part in re.split(r"\s*[,;/]\s*", names) if part]
    found = [entry for part in parts for entry in load_lexicon().named(part)]
    if len(parts) < 2 or len(found) < len(parts) or any(e.kind != "agency" for e in found):
        return ()
    return (_office(found),)


def _names_in_row(line: str) -> tuple[Entry, ...]:
    """Return the entries that a line is nothing but the names of."""
    mentions = load_lexicon().find_mentions(line)
    named = sum(len(re.sub(r"\W", "", line[m.start : m.end])) for m in mentions)
    whole = len(mentions) > 1 and named == len(re.sub(r"\W", "", line))
    return tuple(m.entry for m in mentions) if whole else ()


def _office(named: list[Entry]) -> Entry:
    """Return the first of some agencies, or the office among them that belongs to it."""
    return next((entry for entry in named if named[0].id in entry.parents), named[0])


def _by_masthead(top: str) -> str:
    """Return the agency or publisher whose name is a line of its own, before the text begins.

    Of a department and its office that both have a line, it is the office.
    """
    lexicon = load_lexicon()
    # The agency over the form of a filing is the one that it goes to.
    kinds = ("publisher",) if find_form(top) else ("agency", "publisher")
    named: list[Entry] = []
    for line in [line for line in top.splitlines() if line.strip()][:_MASTHEAD_LINES]:
        written = re.sub(r"^[\W_]*(?:by |source: )?|[\W_]+$", "", line, flags=re.IGNORECASE)
        written = re.sub(r"\s+(?:\w+ )?(?:19|20)\d\d$", "", " ".join(written.split()))
        found = (lexicon.named(written) or _names_in_row(written)) if " " in written else ()
        named += [entry for entry in found if entry.kind in kinds]
    if named:
        return _office(named).name
    return lexicon.entry("federal-register").name if _FEDERAL_REGISTER.search(top) else ""


def _by_dateline(top: str) -> str:
    """Return the agency that a dateline names: "BEIJING, April 4 (Reuters) -"."""
    for found in _DATELINE.finditer(top[:_TOP_CHARS]):
        for entry in load_lexicon().named(found[1]):
            if entry.kind == "publisher":
                return entry.name
    return ""


def _by_release(title: str, top: str) -> str:
    """Return the company whose release or report a text begins as."""
    if announced := _ANNOUNCED.search(top):
        named = _publisher_entry(announced[1].strip())
        if named and named[0].kind == "company":
            return named[0].name
    if not _RELEASE.search(top[:_TOP_CHARS]):
        return ""
    mentions = load_lexicon().find_mentions(f"{title}\n{top[:_TOP_CHARS]}")
    companies = list(dict.fromkeys(m.entry.name for m in mentions if m.entry.kind == "company"))
    return companies[0] if len(companies) == 1 else ""
