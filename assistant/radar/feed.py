"""Changes as a feed (Atom, RFC 4287) and as an e-mail that carries its text and its HTML."""

import xml.etree.ElementTree as ET
from collections.abc import Sequence
from datetime import UTC, datetime
from email.message import EmailMessage

from assistant.radar.finding import Change
from assistant.radar.telling import (
    change_html,
    change_title,
    digest_html,
    digest_text,
    digest_title,
    web_link,
)

DIGEST_ENDINGS = (".eml", ".html", ".txt")
_ATOM = "http://www.w3.org/2005/Atom"
_ID = "urn:rare-earth-assistant:radar"


def atom_feed(changes: Sequence[Change]) -> bytes:
    """Return changes as an Atom feed, the newest first."""
    ET.register_namespace("", _ATOM)
    feed = ET.Element(_tag("feed"))
    _add(feed, "id", _ID)
    _add(feed, "title", "Radar: what changed for what is kept")
    _add(feed, "updated", changes[0].time if changes else _now())
    _add(ET.SubElement(feed, _tag("author")), "name", "rare-earth radar")
    for change in changes:
        entry = ET.SubElement(feed, _tag("entry"))
        _add(entry, "id", f"{_ID}:{change.time}:{change.id}")
        _add(entry, "title", change_title(change))
        _add(entry, "updated", change.time)
        _add(entry, "content", change_html(change)).set("type", "html")
        if link := web_link(change.finding.reference.link):
            ET.SubElement(entry, _tag("link"), {"href": _printable(link)})
    written: bytes = ET.tostring(feed, encoding="utf-8", xml_declaration=True)
    return written


def digest(changes: Sequence[Change], ending: str) -> bytes:
    """Return changes as a digest by the ending of its file: an e-mail, a page or plain text."""
    if ending == ".html":
        return digest_html(changes).encode()
    if ending == ".txt":
        return digest_text(changes).encode()
    message = EmailMessage()
    message["Subject"] = digest_title(changes)
    message.set_content(digest_text(changes))
    message.add_alternative(digest_html(changes), subtype="html")
    return bytes(message)


def _add(parent: ET.Element, name: str, text: str) -> ET.Element:
    child = ET.SubElement(parent, _tag(name))
    child.text = _printable(text)
    return child


def _tag(name: str) -> str:
    return f"{{{_ATOM}}}{name}"


def _printable(text: str) -> str:
    """Return a text without the signs that XML does not allow."""
    return "".join(sign for sign in text if sign in "\t\n" or " " <= sign < "\ufffe")


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")
