"""Finding the title that a text gives itself."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile

from corpus.dating.written_dates import is_only_date
from corpus.description.bylines import byline_parts
from corpus.language.dates import find_dates, month_numbers
from corpus.language.vocabulary import any_form, load_vocabulary
from corpus.text.boilerplate import is_boilerplate
from corpus.text.front_matter import is_label
from corpus.text.headings import is_underline, plain

_TITLE_CHARS = 200
_STAMP_CHARS = 80
_CERTAIN_WORDS = 5  # of a line that is no label of a site
_LINES_READ = 120
_GROUPS_READ = 14
_JOINED_LINES = 4  # over which a title may run
_SECTION_WORDS = frozenset((
    "highlights", "abstract", "summary", "contents", "introduction", "overview", "background",
    "foreword", "preface", "notes", "keywords", "disclaimer", "key takeaways", "key points",
    "why this matters", "table of contents", "executive summary", "detailed description",
    "at a glance",
))  # fmt: skip
_ORGANISATION = re.compile(
    r"(?:.*\b(?:Department|Ministry|Agency|Bureau|Commission|Survey|Office|Service|Institute"
    r"|Administration|University|Congress|Council)\b.*|.*\bProgram(?:me)?)",
    re.IGNORECASE,
)
_ORGANISATION_WORDS = 6
_NO_TITLE = re.compile(
    r"(?:prepared|written|compiled|submitted|produced) (?:by|for)\b.*|from the [A-Z].*|\[.*\]?"
    rf"|(?:{any_form(month_numbers(load_vocabulary(), 'english'))}"
    r"|vol(?:ume)?\.?|no\.|issue|page|date|isbn|issn|doi)\b[ .:]*[\d,. –-]*(?:\d{4})?"
    r"|https?:.*|www\..*|[\w.+-]+@.*",
    re.IGNORECASE,
)
# What a site calls the kind of a text, above its title.
_KIND = re.compile(
    r"(?:(?:[\w-]+ ){0,2}news|article|analysis|opinion|feature|blog(?: post)?|(?:press|news|media) "
    r"release|for immediate release.*|exclusive|update \d|breaking|transcript|commentary|insights?|"
    r"contributor|report|editorial|interview|briefing|market (?:report|comment(?:ary)?)|"
    r"(?:pressemitteilung|artikel|communiqué(?: de presse)?|actualités?|noticias?|matérias?|"
    r"新闻|新聞|公告|通知))(?: \|.*)?:?",
    re.IGNORECASE,
)
# What a journal prints right above a title.
_JOURNAL_KIND = re.compile(
    r"(?:(?:mini|systematic|critical) )?review|(?:(?:research|original|open access) )?article"
    r"|original (?:paper|research)|research paper|(?:short |rapid )?communication",
    re.IGNORECASE,
)
_CODE_ONLY = re.compile(r"(?:\S*\d\S*|\W+)(?:\s+(?:\S*\d\S*|\W+))*")
_SENTENCE_BREAK = re.compile(r"[a-z\d]{3}\. [A-Z]\w+ \w")
_LAW_LABEL = re.compile(r"(?:AGENCY|AGENCIES):")
_JOINING = frozenset("and for of in to the on with or from a an".split())
_UNFINISHED = _JOINING | {"U.S.", "U.K.", "&"}
_INITIALS = re.compile(r"\b(?:[A-Z]\.){2,}$")
_HOUR = re.compile(r"(?<![\d:])\d{1,2}[:.h]\d\d(?!\d)")
_HEADING = re.compile(r"(?P<level>#{1,6})\s+(?P<words>\S.{0,298}?)\s*#*")
_WIKI = re.compile(r"=\s*(?P<words>[^=\s][^=]{0,198}?)\s*=")
_NUMBER_IN_FRONT = re.compile(r"(?!(?:1[89]|20)\d\d\b)\d{1,4}\s+(?=[A-Z][A-Z])")
_DATE_IN_FRONT = re.compile(
    r"(?:date )?(?:(?:19|20)\d\d-\d\d-\d\d|\d{1,2}(?:st|nd|rd|th)? [A-Z][a-z]{2,8},? (?:19|20)\d\d)"
    r"[ :|–-]+(?=[A-ZÀ-Þ])"
)
_MARK_BEHIND = re.compile(
    r"\s*(?:\[\^?\w{1,2}\]|[¹²³⁴⁵⁶⁷⁸⁹*†‡]+)$|(?<=[A-Z]{4}S)\s?[1-9]$|(?<=[a-z]{4}s)[1-9]$"
)


@dataclass(frozen=True, slots=True)
class _Group:
    """The words of a line, or of several that are one title, from line `first` to `last`."""

    words: str
    first: int
    last: int


def find_title(text: str, marked: bool) -> str:
    """Return the title of a text, "" where it has none that could be told.

    `marked` says that the text is Markdown, whose headings may stand behind other lines.
    """
    raw = [line.strip() for line in text[:40_000].split("\n", _LINES_READ)[:_LINES_READ]]
    if marked and (heading := _first_heading(raw)):
        return heading
    title = _clean(_behind_kind(raw) or _by_position(raw))
    return title if len(title.split()) > 1 else _clean(_above_stamp(raw)) or title


def _behind_kind(lines: Sequence[str]) -> str:
    """Return the title right below a line that says "Article" or "Review", as journals have it."""
    kinds = [n for n, line in enumerate(lines) if _JOURNAL_KIND.fullmatch(line)]
    following = [line for line in lines[kinds[0] + 1 :] if line][:1] if kinds else []
    is_title = following and len(following[0].split()) >= _CERTAIN_WORDS
    return _by_position(lines[kinds[0] + 1 :]) if is_title else ""


def _above_stamp(lines: Sequence[str]) -> str:
    """Return the title of an article right above the hour at which it appeared."""
    told = [line for line in lines if line]
    for above, line in pairwise(told):
        stamped = len(line) <= _STAMP_CHARS and _HOUR.search(line) and find_dates(line)
        if stamped and len(above.split()) >= _CERTAIN_WORDS and _is_candidate(above):
            return above
    return ""


def _first_heading(lines: Sequence[str]) -> str:
    """Return the first heading of the highest level there is, or of the path that it opens.

    Laws give each section as a path of headings: the title, then what it is a part of.
    """
    found = [(n, match) for n, line in enumerate(lines) if (match := _HEADING.fullmatch(line))]
    found = [(n, match) for n, match in found if _is_usable(_clean(match["words"]))]
    top = next((n for n, (_, match) in enumerate(found) if len(match["level"]) == 1), 0)
    path = [
        match
        for step, (n, match) in enumerate(found[top:])
        if n == found[top][0] + step and len(match["level"]) >= step + 1
    ]
    if not path:
        return ""
    first = _clean(path[0]["words"])
    parts = [words for match in path if (words := _clean(match["words"]))[0] != "("]
    if len(parts) < 3 or len(f"{first}: {parts[-1]}") > _TITLE_CHARS:
        return first.rstrip(".")
    return f"{first}: {parts[-1]}"


def _by_position(lines: Sequence[str]) -> str:
    groups = _groups(lines)
    for number, (group, below) in enumerate(pairwise(groups)):
        if _LAW_LABEL.match(below.words) and _is_candidate(group.words):
            return _wrapped(groups[: number + 1])
        if byline_parts(below.words) and _is_candidate(group.words):
            return group.words
    candidates = takewhile(lambda group: not _ends_search(group.words), groups)
    names = [group.words for group in candidates if _is_candidate(group.words)]
    # What an organisation says of itself below its name is no title where another follows.
    mottos = {below for above, below in pairwise(names[:-1]) if _is_organisation(above)}
    said = [words for words in names if not _is_organisation(words)]
    return next((w for w in said if w not in mottos or _has_capitals(w)), said[0] if said else "")


def _wrapped(groups: Sequence[_Group]) -> str:
    """Return the last of some groups with the lines right above it, of which it is the rest."""
    words, first = groups[-1].words, groups[-1].first
    for above in reversed(groups[:-1]):
        if above.last != first - 1 or not _is_candidate(above.words):
            break
        if _is_organisation(above.words) or len(above.words) + len(words) > _TITLE_CHARS:
            break
        words, first = f"{above.words} {words}", above.first
    return words


def _groups(lines: Sequence[str]) -> list[_Group]:
    """Return the first lines that say something, those of one title joined."""
    groups: list[_Group] = []
    for number, line in enumerate(lines):
        if len(groups) > _GROUPS_READ:
            break
        if not line or is_underline(line) or is_boilerplate(line) or line.count(" | ") > 1:
            continue
        if wiki := _WIKI.fullmatch(line):
            line = wiki["words"]
        line = re.sub(r"\s*\.{3}$", " …", plain(re.sub(r"^#{1,6}\s+", "", line[:2000])))
        if not re.search(r"[^\W\d_]{3}", line) or _NO_TITLE.fullmatch(line):
            continue
        if _KIND.fullmatch(line) or is_only_date(line):
            continue
        above = _above(groups, number)
        if above and _runs_on(above.words, line, number - above.first):
            groups[-1] = _Group(f"{above.words} {line}", above.first, number)
        else:
            groups.append(_Group(line, number, number))
    return groups


def _above(groups: Sequence[_Group], number: int) -> _Group | None:
    """Return the group that line `number` may go on with; across a gap only an unfinished one."""
    if not groups or groups[-1].last < number - 2:
        return None
    unfinished = groups[-1].words.split()[-1] in _UNFINISHED
    return groups[-1] if unfinished or groups[-1].last == number - 1 else None


def _runs_on(above: str, line: str, joined: int) -> bool:
    """Tell whether a line goes on with the title above it."""
    if joined >= _JOINED_LINES or len(above) + len(line) > _TITLE_CHARS or byline_parts(line):
        return False
    ended = above[-1] in ".;?!" and not _INITIALS.search(above)
    if is_label(line) or ended or _LAW_LABEL.match(line):
        return False
    if len(above.split()) < 3 and _is_organisation(f"{above} {line}"):
        return True
    if line[0].islower() and not _KIND.fullmatch(above):
        return True
    return line.split()[0] in _JOINING or above[-1] in ":,—–-&" or above.split()[-1] in _UNFINISHED


def _ends_search(words: str) -> bool:
    """Tell whether a line is the beginning of the text, behind which no title comes."""
    if words.lower() in _SECTION_WORDS:
        return True
    if len(words) > _TITLE_CHARS or words[0] in "|-•" or _SENTENCE_BREAK.search(words):
        return True
    return words[-1] in ".;!" and len(words.split()) > 3 and not _INITIALS.search(words)


def _is_candidate(words: str) -> bool:
    return _is_usable(words) and not (
        is_label(words) or bool(byline_parts(words)) or _ends_search(words) or words[-1] in ".:,;|"
    )


def _is_usable(words: str) -> bool:
    return bool(re.search(r"[^\W\d_]{3}", words)) and not is_boilerplate(words)


def _is_organisation(words: str) -> bool:
    short = len(words.split()) <= _ORGANISATION_WORDS
    return bool(_CODE_ONLY.fullmatch(words) or (short and _ORGANISATION.fullmatch(words)))


def _has_capitals(words: str) -> bool:
    long_words = [word for word in words.split() if len(word) > 3]
    return sum(word[0].isupper() for word in long_words) * 2 > len(long_words)


def _clean(words: str) -> str:
    """Return a title without a page number in front and the marks of notes behind."""
    words = _DATE_IN_FRONT.sub("", plain(words), count=1)
    words = _NUMBER_IN_FRONT.sub("", words, count=1) if words.upper() == words else words
    return _MARK_BEHIND.sub("", words).strip(" =#…")
