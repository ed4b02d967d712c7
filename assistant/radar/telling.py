"""Changes in words: lines for a terminal, and the same as the text and the HTML of a digest."""

from collections.abc import Sequence
from html import escape

from assistant.radar.finding import Change, Touched, touched_text

_NOTHING = "Nothing has changed for what is kept."


def change_title(change: Change) -> str:
    """Return a change in one line, with what it touches."""
    return f"{_what(change)}: touches {touched_text(change.touched)}"


def change_lines(change: Change) -> tuple[str, ...]:
    """Return a change with its place, its words and the things that it touches, a line each."""
    reference = change.finding.reference
    quote = f"{reference.told_quote} — {reference.place}"
    return (
        change_title(change),
        *(one for one in (quote, reference.link) if one),
        *map(touched_line, change.touched),
    )


def digest_title(changes: Sequence[Change]) -> str:
    """Return what a digest is called: how many changes it tells."""
    count = len(changes)
    return f"Radar: {count} {'change' if count == 1 else 'changes'}"


def digest_text(changes: Sequence[Change]) -> str:
    """Return changes as plain text."""
    told = ("\n    ".join(" ".join(line.split()) for line in change_lines(c)) for c in changes)
    return "\n\n".join((digest_title(changes), *(told if changes else (_NOTHING,)))) + "\n"


def digest_html(changes: Sequence[Change]) -> str:
    """Return changes as a page of HTML that needs nothing else; what sources say is escaped."""
    title = escape(digest_title(changes))
    told = "".join(f"<li>{change_html(change)}</li>" for change in changes)
    body = f"<ul>{told}</ul>" if changes else f"<p>{_NOTHING}</p>"
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title></head>'
        f'<body style="font-family:sans-serif;line-height:1.5;max-width:44em">'
        f"<h1>{title}</h1>{body}</body></html>"
    )


def change_html(change: Change) -> str:
    """Return a change as HTML; only an address of the web becomes a link."""
    reference = change.finding.reference
    place = escape(reference.place)
    if web_link(reference.link):
        place = f'<a href="{escape(reference.link)}">{place}</a>'
    touched = change.touched
    things = "".join(f"<li>{escape(touched_line(one))}</li>" for one in touched)
    return (
        f"<p><strong>{escape(change_title(change))}</strong></p>"
        f"<blockquote>{escape(reference.told_quote)}</blockquote><p>{place}</p><ul>{things}</ul>"
    )


def touched_line(one: Touched) -> str:
    """Return a kept thing in one line: its kind, by what it is reached, and its title."""
    told = one.title if one.title == one.ref else f"{one.ref}: {one.title}"
    return f"{one.kind} {told}"


def web_link(link: str) -> str:
    """Return an address where it is one of the web, else ""."""
    return link if link.startswith(("https://", "http://")) else ""


def _what(change: Change) -> str:
    """Return what changed, from what to what, and where."""
    finding = change.finding
    reference = finding.reference
    where = f"{reference.title} {reference.edition}".strip()
    if finding.kind == "new document":
        return f"New document on “{finding.about}”: {where}"
    if finding.kind == "no longer said":
        return f"No longer said in {where}: {_once(finding.about, finding.before)}"
    if not finding.after:
        return f"Out of date in {where}: {_once(finding.about, finding.before)} is over"
    values = f"{finding.about}: {finding.before} to {finding.after}"
    if finding.kind == "conflict":
        speaker = reference.publisher or where
        return f"Conflict on {finding.about}: {finding.before}, but {speaker} says {finding.after}"
    return f"{finding.kind.capitalize()}: {values} in {where}"


def _once(about: str, before: str) -> str:
    return about if about == before else f"{about}: {before}"
