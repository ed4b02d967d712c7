"""Taking out of a web page what is no text of it: scripts, controls, hidden parts, the site around.

What goes here goes for certain; whether the rest belongs to the page's content is decided later,
with its words at hand.
"""

import re
from typing import Any

from corpus.html.words import tokens_of

_NEVER_TEXT = (
    "script style noscript template svg canvas iframe object embed video audio button select "
    "input textarea datalist map annotation annotation-xml rt rp link meta nav menu title"
).split()
_HIDING_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_NO_SIZE = re.compile(r"font-size\s*:\s*0(?:\.0+)?(?:px|pt|r?em|%)?\s*(?:;|!|$)", re.IGNORECASE)
_ROOTS = {"html", "body", "main", "article"}
_OUTSIDE_ROLES = {"navigation", "search", "menu", "menubar", "toolbar", "dialog", "alertdialog"}
_UNSEEN_TOKENS = {"sr-only", "visually-hidden", "screen-reader-text", "visuallyhidden"}
# Parts of a site that are told by their names, unless they hold much text or a table.
_SITE_NAMES = re.compile(
    r"(?:^|[-_])(?:nav|navbar|navigation|menu|breadcrumbs?|cookies?|consent|gdpr|share|sharing"
    r"|sharedaddy|social|addtoany|newsletter|subscribe|signup|related|recommended|promo|advert"
    r"|ads?|sponsor|sidebar|pagination|pager|skip|toolbar|masthead|popup|modal|paywall|taboola"
    r"|outbrain|catlinks|noprint|toc|tags)(?:$|[-_])"
)
_SKIP_NAMES = re.compile(r"(?:^|[-_])(?:skip|jump)(?:$|[-_])")
_CONTAINERS = {"div", "section", "ul", "ol", "aside", "form", "dl", "details"}
_COMMENT_NAMES = {"comments", "comments-area", "comment-list", "commentlist", "respond"}
_COMMENT_NAMES |= {"disqus_thread", "comment-respond", "reader-comments"}
_FEW_CHARS = 400
_MOSTLY_LINKS = 0.5


def prune(root: Any) -> None:
    """Remove from a page, in place, what its reader does not see or what is not its text."""
    for element in list(root.iter()):
        if element is not root and (element.tag in _NEVER_TEXT or _is_hidden(element)):
            _drop(element)
    chars, linked = _weigh(root)
    for element in list(root.iter()):
        within = chars.get(element, 0)
        if element.tag not in _ROOTS and _is_outside(element, within, linked.get(element, 0)):
            _drop(element)


def _drop(element: Any) -> None:
    """Remove an element; two words that it parted stay two."""
    if element.getparent() is not None:
        element.tail = f" {element.tail}" if element.tail else " "
        element.drop_tree()


def _is_hidden(element: Any) -> bool:
    if element.tag in _ROOTS:
        return False
    hidden = element.get("hidden")
    return (
        (hidden is not None and hidden.lower() != "until-found")
        or element.get("aria-hidden", "").lower() == "true"
        or (element.tag == "dialog" and element.get("open") is None)
        or (element.tag == "label" and element.get("for") is not None)
        or bool(_HIDING_STYLE.search(element.get("style", "")))
        or (bool(_NO_SIZE.search(element.get("style", ""))) and not _is_sized_within(element))
        or (element.tag not in ("caption", "th") and bool(tokens_of(element) & _UNSEEN_TOKENS))
    )


def _is_sized_within(element: Any) -> bool:
    """Tell whether parts of an element have a size of their own, as where it is 0 for spacing."""
    return any("font" in inner.get("style", "") for inner in element.iterdescendants())


def _is_outside(element: Any, chars: int, linked: int) -> bool:
    """Tell whether an element is of the site around the page, from its role and its names."""
    if element.get("role", "").lower() in _OUTSIDE_ROLES:
        return True
    if element.tag in ("header", "footer") and not _is_within_content(element):
        return element.tag == "footer" or element.find(".//h1") is None
    tokens = tokens_of(element)
    if tokens & _COMMENT_NAMES or "mw-editsection" in tokens:
        return True
    if element.tag == "a" and any(_SKIP_NAMES.search(token) for token in tokens):
        return True
    if element.tag not in _CONTAINERS or not any(_SITE_NAMES.search(token) for token in tokens):
        return False
    if element.find(".//table") is not None:
        return False
    if linked >= _MOSTLY_LINKS * chars:
        return True
    return chars <= _FEW_CHARS and not any(map(str.isdigit, "".join(element.itertext())))


def _is_within_content(element: Any) -> bool:
    return any(ancestor.tag in ("main", "article") for ancestor in element.iterancestors())


def _weigh(root: Any) -> tuple[dict[Any, int], dict[Any, int]]:
    """Return how many characters stand inside each element, and how many of them in links."""
    chars: dict[Any, int] = {}
    linked: dict[Any, int] = {}
    for element in reversed(list(root.iter())):
        inside = len((element.text or "").strip())
        links = 0
        for child in element:
            inside += chars.get(child, 0) + len((child.tail or "").strip())
            links += linked.get(child, 0)
        chars[element] = inside
        linked[element] = inside if element.tag == "a" else links
    return chars, linked
