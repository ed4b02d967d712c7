"""Changes as a feed, as an e-mail, as a page and as text; what sources say stays data."""

import email
import email.policy
import xml.etree.ElementTree as ET
from dataclasses import replace

from radar_changes import CHANGE, HOSTILE

from assistant.radar.feed import atom_feed, digest
from assistant.radar.telling import change_title, digest_html, digest_text

ATOM = "{http://www.w3.org/2005/Atom}"


def test_a_change_is_told_in_one_line_with_what_it_touches() -> None:
    assert change_title(CHANGE) == (
        "Newer value: reserves, Brazil: 21 to 11 million t in Mineral Summaries MCS 2026 v1.3: "
        "touches 2 answers, 1 draft"
    )


def test_a_feed_has_an_entry_a_change() -> None:
    feed = ET.fromstring(atom_feed([CHANGE, HOSTILE]))
    titles = [one.text for one in feed.iter(f"{ATOM}title")]
    assert titles[1:] == [change_title(CHANGE), change_title(HOSTILE).replace("\x00", "")]
    links = [one.get("href") for one in feed.iter(f"{ATOM}link")]
    assert links == ["https://example.org/mcs.pdf#page=2"]


def test_a_feed_without_changes_is_one() -> None:
    feed = ET.fromstring(atom_feed([]))
    assert feed.findall(f"{ATOM}entry") == []


def test_markup_of_sources_is_escaped() -> None:
    told = digest_html([HOSTILE])
    assert "<script" not in told
    assert "javascript:" not in told
    assert "&lt;script&gt;" in told


def test_a_digest_is_an_email_with_text_and_html() -> None:
    message = email.message_from_bytes(digest([CHANGE], ".eml"), policy=email.policy.default)
    assert message["Subject"] == "Radar: 1 change"
    text, html = message.get_body(("plain",)), message.get_body(("html",))
    assert text is not None
    assert html is not None
    assert text.get_content().replace("\r\n", "\n") == digest_text([CHANGE])
    assert html.get_content().strip() == digest_html([CHANGE])


def test_a_digest_keeps_to_a_line_what_a_source_breaks() -> None:
    reference = replace(CHANGE.finding.reference, title="One\nSubject: two")
    change = replace(CHANGE, finding=replace(CHANGE.finding, reference=reference))
    assert "\nSubject" not in digest_text([change])


def test_a_page_and_a_text_are_what_the_email_holds() -> None:
    assert digest([CHANGE], ".html").decode() == digest_html([CHANGE])
    assert digest([CHANGE], ".txt").decode() == digest_text([CHANGE])
