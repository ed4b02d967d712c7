"""Telling the furniture of a page from what it says: navigation, prompts, notices, templates.

A line counts as furniture only as a whole. A sentence that speaks of cookies, comments or
copyright is what the page says.
"""

import re

from corpus.text.foreign_furniture import FOREIGN_PHRASES

_FURNITURE_CHARS = 160
_TOKENS_CHARS = 400
_SHORT_LETTERS = 60
_WORD = re.compile(r"[^\W\d_]")
_TEMPLATE = re.compile(
    r"\{\{[^{}\n]{1,120}\}\}|\{%[^%\n]{1,120}%\}|<%[^%\n]{0,120}%>|\{#[^#\n]{1,80}#\}"
    r"|\$\{[a-z_][\w.]{2,60}\}|%%[A-Za-z_]{2,40}%%"
)
_BRACKETED = re.compile(r"(?:\[\[[^\[\]\n]{0,120}\]\]\s*)+")  # also a wiki's link, inside sentences
_COMMENT = re.compile(r"<!--.*?-->")
_SITE = (
    r"(?:facebook|twitter|x|linkedin|whats\s?app|telegram|reddit|pinterest|instagram|youtube|e-?mail"
    r"|print|copy(?: link)?|rss|tumblr|we\s?chat|weibo|bluesky|threads|xing|pocket|flipboard)"
)
_COUNTED = r"(?:comments?|replies|likes?|shares?|views?|retweets?|reactions?|downloads?|followers)"
_SCRIPT = r"(?:enable javascript\b|javascript (?:is|must be) (?:disabled|enabled|required))"
_PHRASES = (
    # Ways around the page and the site
    r"(?:skip|jump)(?: (?:to|over))?(?: the)?(?: (?:main|page|primary|site))?"
    r" ?(?:content|navigation|links?|main|menu|search|header|footer|nav|top)?",
    r"(?:back|return|go|scroll|jump) to (?:the )?(?:top|homepage|home|search results?)"
    r"(?: of (?:the )?page)?",
    r"(?:main |site |mobile |toggle |open |close )?(?:menu|navigation|nav|sidebar)|breadcrumbs?",
    r"toggle \w+(?: \w+)?|close(?: this)?(?: window| dialog| modal)?|site ?map",
    r"search(?: for| this site)?:?|expand(?: all)?|collapse(?: all)?|contact us|about us",
    r"home|(?:home|start)(?: ?[>»›/|] ?[\w &-]{1,30}){1,6}|\[?(?:edit|hide|show|top)\]?",
    r"(?:previous|prev)(?: (?:page|post|article|slide))?|(?:previous|prev) ?[|/·] ?next",
    r"next(?: (?:page|post|article|slide))?|page \d{1,4}(?: of \d{1,4})?",
    r"you are on page ?\d{1,4} ?of ?\d{1,4}|accessibility(?: statement)?",
    r"(?:view|see|show) all(?: \w+){0,3}|view (?:map|image|larger|fullscreen)",
    # More to read
    r"(?:click (?:here )?to )?(?:read|show|see|view|load|learn|find out|continue reading)"
    r" (?:more|less|full (?:story|article|text|report)|the (?:full|whole|rest).{0,30}|on)",
    r"continue reading|continue to (?:site|article)|keep reading",
    r"you might also like|you may also like.{0,10}|related (?:articles?|posts?|stories|topics)",
    r"recommended (?:for you|articles|reading)|more (?:from|in|by) this (?:author|section|site)",
    r"trending(?: now)?|most (?:read|popular|viewed)|latest (?:news|posts|articles)|popular posts?",
    r"(?:tags?|filed under|categor(?:y|ies)|topics?|labels?):.{0,80}|upload: ?[\w-]{1,60}",
    # Comments and sharing
    rf"\(?\d{{1,5}}\)? {_COUNTED}|[\d.,]{{1,9}}[km]? {_COUNTED}",
    r"(?:no|leave a|add a|post a|view|write a|show|hide) (?:comments?|reply)(?: yet)?"
    r"(?: cancel reply)?|comments?(?: are)?(?: closed| off| \(\d+\))",
    r"(?:\d{1,2}[./-]){2}\d{4} views|post(?:ed)? on \d{1,2}-[a-z]{3}-\d{4}",
    r"be the first to comment|(?:share|print|copy) (?:link|url)",
    rf"(?:share|tweet|pin|e-?mail)(?: (?:this|it|the))?(?: (?:article|page|story|post))?"
    rf"(?: (?:on|via|to|with|by)(?: {_SITE}){{1,3}})?:?|{_SITE}(?:(?: ?[|/·•,] ?| ){_SITE}){{1,9}}",
    r"(?:print|save|download)(?: (?:this|the))?(?: (?:page|article|pdf|document))?",
    r"download as (?:pdf|txt|docx?|ppt)(?:(?:,| or) (?:pdf|txt|docx?|pptx?|read online)"
    r"(?: for free)?)*|thumbnail of and link to .{0,60}|follow us(?: on(?: \w+){1,4})?",
    # Advertising, accounts, letters
    r"advertisements?|advert|ad|ads by \w+|sponsored(?: content)?|promoted(?: content)?",
    r"(?:story|article) continues below(?: advertisement)?",
    r"(?:log|sign)[ -]?(?:in|out|up)(?: now)?|register(?: now)?|my account",
    r"(?:log|sign) ?in (?:/|or|\|) (?:register|sign ?up)",
    r"already a (?:member|subscriber)\?(?: (?:log|sign) in)?|subscribe(?: now| today)?",
    r"(?:subscribe|sign up) (?:to|for) (?:our|the|this) (?:\w+ ){0,3}"
    r"(?:newsletters?|channel|alerts|updates|mailing list)(?: (?:today|now|here))?",
    r"(?:enter )?your e-?mail(?: address)?|join our (?:newsletter|mailing list|community)",
    # Notices
    r"privacy(?: policy| notice| settings)?|terms(?: (?:of (?:use|service)|(?:and|&) conditions))?",
    r"cookies?(?: (?:policy|settings|preferences|notice|consent))?|got it!?|i agree",
    r"(?:accept|reject|allow|manage|decline)(?: all)?(?: (?:optional|our))?"
    r"(?: (?:cookies|preferences|settings|options|(?:& |and )?close))?",
    r"this (?:site|website|page) uses cookies\b.{0,100}|we use cookies\b.{0,120}",
    rf"(?:please )?{_SCRIPT}.{{0,80}}|you need to {_SCRIPT}.{{0,60}}",
    r"get full access|start (?:now|reading)|(?:start (?:your|a) )?free trial"
    r"|get (?:the )?next .{0,20}alerts?(?: .{0,30})?|email\W?protected"
    r"|no data(?: available)?|related prices?",
    # The tools of a reader of journals
    r"(?:next|previous) article in (?:journal|special issue)(?: ?/ ?special issue)?|line spacing:?"
    r"|font (?:type|size):?|arial georgia verdana|aa aa aa|column width:?|background:",
    # Pictures without their picture
    r"(?:[\w&.’'-]{1,20} ){1,4}logo|(?:a )?description automatically generated|image \d{1,3}",
    r"u\.s\. flag|an official website of the .{1,40}|here(?:’|')s how you know",
    r"(?:proudly )?(?:powered|built|hosted) (?:by|with|on) (?:wordpress|drupal|joomla|hugo|jekyll"
    r"|ghost|squarespace|wix|shopify|github|disqus|blogger|medium|mkdocs|sphinx)[ .\w]{0,20}",
    r"(?:please wait,? )?(?:loading|searching)[ \w]{0,30}(?:…|\.{2,3})|please wait",
)
_WHOLE = re.compile(f"(?:{'|'.join((*_PHRASES, *FOREIGN_PHRASES))})[.!]?", re.IGNORECASE)
_LINK = re.compile(r"(?<!!)\[([^\[\]]{1,60})\]\([^()\s]{1,200}\)")
# "Free trialWhat's NewTerms of UseHome": a row of links whose gaps were lost.
_GLUE = re.compile(r"(?<=[a-z])(?=[A-Z][a-z])|(?<=[a-z])(?=[A-Z]{3,} )")
_OPENS_MENU = re.compile(
    r"(?:.{1,30} )?(?:open|toggle|show|hide) (?:(?:main|mobile|side|site) )?(?:menu|navigation)",
    re.IGNORECASE,
)
_COPYRIGHT = re.compile(
    r"(?:©|(?i:copyright)\s*(?:©|\([cC]\))|(?i:copyright)\s+(?:(?:19|20)\d\d|by\b|[A-Z])"
    r"|(?i:all rights reserved)\b).{0,140}"
    # A list item may begin with "(c)" too.
    r"|\([cC]\)\s*(?:19|20)\d\d[\d –-]*(?:[A-Z][\w&.,-]*\s*){1,6}(?:(?i:rights reserved)\.?)?"
)
_STATEMENT = re.compile(r"\b(?:is|are|was|were|law|laws|covers?|protects?|expires?|infring\w+)\b")
_MENU_PAIR = re.compile(
    r"\b(?:contact us|about us|terms of (?:use|service)|(?:privacy|cookie) policy|"
    r"(?:rss|news) feeds?|free trial|log ?in|sign (?:in|up)|search|sitemap|alerts|home|"
    r"how it works|newsletter)\b"
)
_MENU_MARKS = re.compile(r"\s*[|>»›·•/]\s*")
_MENU_WORDS = frozenset(
    "home about contact news login register search menu privacy terms help faq careers sitemap "
    "subscribe rss blog press shop cart account support advertise subscriptions".split()
)


def is_boilerplate(line: str) -> bool:
    """Tell whether a line is furniture of its page and says nothing that could be cited.

    A line with an unfilled template token is furniture too: what should stand there is missing.
    """
    line = line.strip()
    if len(line) > _TOKENS_CHARS:
        return False
    text = _COMMENT.sub("", line).strip()
    if text != line and not text:
        return True
    if _has_template(text):
        return True
    text = _LINK.sub(r"\1", text).strip("*_#=[]•·-–—|>«»‹›<→← \t")
    if not text or len(text) > _FURNITURE_CHARS:
        return False
    if _WHOLE.fullmatch(text) or _OPENS_MENU.fullmatch(text):
        return True
    if _COPYRIGHT.fullmatch(text):
        return not _STATEMENT.search(text)
    return _is_menu(text)


def _has_template(text: str) -> bool:
    """Tell whether unfilled tokens are a line, or leave a hole in a short one."""
    if "[[" in text and _BRACKETED.fullmatch(text):
        return True
    if not ("{" in text or "<%" in text or "%%" in text):
        return False
    rest = _TEMPLATE.sub("", text)
    if rest == text:
        return False
    return len(_WORD.findall(rest)) < _SHORT_LETTERS or len(rest) < len(text) / 2


def _is_menu(text: str) -> bool:
    """Tell whether a line is a row of links such as "Home | About | Contact"."""
    entries = [entry.lower() for entry in _MENU_MARKS.split(text) if entry]
    if len(entries) > 1 and all(_WHOLE.fullmatch(entry) for entry in entries):
        return True
    if len(entries) == 1 and text[-1] not in ".:!?":
        words = text.lower().split()
        if 1 < len(words) < 6 and all(word in _MENU_WORDS for word in words):
            return True
        entries = [entry.lower() for entry in _GLUE.split(text)]
        links = sum(bool(_MENU_PAIR.search(entry)) for entry in entries)
        return len(entries) > 2 and links > 1 and all(len(e.split()) < 5 for e in entries)
    if len(entries) < 3 or any(len(entry.split()) > 3 for entry in entries):
        return False
    known = sum(any(word in _MENU_WORDS for word in entry.split()) for entry in entries)
    return known * 2 > len(entries)
