"""Reading e-mail messages: subject and body; what is attached is named and not read."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from email.message import EmailMessage
from typing import Any, cast

from corpus.document import Block, Metadata, Page, Reading
from corpus.errors import NoFactsError, UnreadableSourceError
from corpus.html.reading import read_html
from corpus.page_writer import PageWriter
from corpus.text.reading import decode, read_text

_OLE = b"\xd0\xcf\x11\xe0"
_HEADERS = ("from", "date", "subject", "to", "received", "message-id", "mime-version")
_ENCRYPTED = ("multipart/encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime")
_SIGNATURES = re.compile(r"application/(?:x-)?(?:pkcs7|pgp)-signature")
_NO_CHARSETS = {"punycode", "idna", "unicode_escape", "raw_unicode_escape", "undefined"}
_MOST_PARTS = 200
_MOST_DEPTH = 30
_HEADER_CHARS = 4_000
_STUB_CHARS = 250  # "this message is written in HTML"
_FAULTS = (
    ValueError,
    LookupError,
    AttributeError,
    TypeError,
    ArithmeticError,  # of dates
    RecursionError,
    AssertionError,
)


@dataclass(frozen=True, slots=True)
class _Body:
    """The text parts of a message in order, and the names of what is attached."""

    texts: tuple[EmailMessage, ...]
    attached: tuple[str, ...]


def read_mail(data: bytes, name: str) -> Reading:
    """Read an e-mail message: its plain text, or its HTML where there is none, under its subject.

    Raises UnreadableSourceError for a file that is no message or an encrypted one, and
    NoFactsError for a message without text.
    """
    message = _parse(data, name)
    body = _find_body(message, name)
    pages = [page for part in body.texts for page in _pages(part, name)]
    subject = " ".join(_said(lambda: str(message["subject"] or "")).split())
    writer = PageWriter()
    writer.heading(subject)
    page = writer.page()
    for following in pages:
        page = _appended(page, following, subject)
    remarks = tuple(f"attachment '{one}' is not read; save it and add it" for one in body.attached)
    if not pages:
        advice = "save what is attached and add it" if remarks else "remove it"
        raise NoFactsError(f"{name}: the message holds no text of its own; {advice}")
    metadata = Metadata(
        title=subject,
        author=_said(lambda: _author(message)),
        published=_said(lambda: message["date"].datetime.date().isoformat()),
        language=_said(lambda: str(message["content-language"] or ""))[:2].lower(),
    )
    return Reading((page,), metadata, remarks)


def _parse(data: bytes, name: str) -> EmailMessage:
    from email import message_from_bytes
    from email.policy import EmailPolicy

    class Bounded(EmailPolicy):
        """The library takes a time that grows with the square of a header's length."""

        def header_fetch_parse(self, name: str, value: str) -> Any:
            return super().header_fetch_parse(name, value[:_HEADER_CHARS])

    if data.startswith(_OLE):
        raise UnreadableSourceError(f"{name}: is an Outlook message; save it as EML")
    try:
        message = cast(EmailMessage, message_from_bytes(data, policy=Bounded()))
    except _FAULTS as error:
        raise UnreadableSourceError(
            f"{name}: the message is damaged; save it anew from the mail program"
        ) from error
    if not any(header in message for header in _HEADERS):
        raise UnreadableSourceError(f"{name}: is no e-mail message; is its ending right?")
    return message


def _find_body(message: EmailMessage, name: str) -> _Body:
    texts: list[EmailMessage] = []
    attached: list[str] = []
    for number, part in enumerate(_parts(message, _MOST_DEPTH)):
        kind = part.get_content_type()
        if number >= _MOST_PARTS:
            raise UnreadableSourceError(
                f"{name}: the message has more than {_MOST_PARTS} parts; save them and add them"
            )
        if kind in _ENCRYPTED:
            raise UnreadableSourceError(
                f"{name}: the message is encrypted; save it decrypted from the mail program"
            )
        disposition = _said(part.get_content_disposition) or ""
        filename = " ".join(str(_said(part.get_filename) or "").split())
        if kind in ("text/plain", "text/html") and disposition != "attachment" and not filename:
            texts.append(part)
        elif not (_SIGNATURES.match(kind) or (kind.startswith("image/") and not filename)):
            is_picture = kind.startswith("image/") and disposition == "inline"
            attached += [] if is_picture or part.get("content-id") else [filename or kind]
    return _Body(tuple(texts), tuple(attached))


def _parts(part: EmailMessage, depth: int) -> Iterator[EmailMessage]:
    """Yield the parts that are read or named: of alternatives one, of a forwarded message none."""
    kind = part.get_content_type()
    if not kind.startswith("multipart/") or not part.is_multipart() or kind in _ENCRYPTED:
        yield part
        return
    if depth <= 0:
        return
    found: list[Any] = list(part.iter_parts())
    yield from (
        _best(found, depth)
        if kind == "multipart/alternative"
        else (one for part in found for one in _parts(part, depth - 1))
    )


def _best(alternatives: Sequence[EmailMessage], depth: int) -> Iterator[EmailMessage]:
    """Yield the parts of the alternative to read: plain text unless it only speaks of the other."""
    offered = [list(_parts(one, depth - 1)) for one in alternatives]
    plain = next((o for o in offered if any(_is(one, "text/plain") for one in o)), [])
    html = next((o for o in offered if any(_is(one, "text/html") for one in o)), [])
    lengths = [sum(len(_data(one)) for one in o if _is(one)) for o in (plain, html)]
    is_stub = lengths[0] < _STUB_CHARS and lengths[1] > 10 * lengths[0]
    yield from (html if html and (not plain or is_stub) else plain)


def _is(part: EmailMessage, kind: str = "") -> bool:
    found = part.get_content_type()
    return found == kind if kind else found in ("text/plain", "text/html")


def _pages(part: EmailMessage, name: str) -> tuple[Page, ...]:
    text = _text(part, name)
    if not text.strip():
        return ()
    if part.get_content_type() == "text/plain":
        return read_text(text.encode(), name).pages
    try:
        # The mark at the front outweighs what the HTML says of its encoding before it was mailed.
        return read_html(text.encode("utf-8-sig"), name).pages
    except (UnreadableSourceError, NoFactsError):
        return ()


def _text(part: EmailMessage, name: str) -> str:
    data = _data(part)
    charset = _said(lambda: part.get_content_charset() or "utf-8")
    try:
        text = data.decode(charset if charset not in _NO_CHARSETS else "utf-8")
    except (LookupError, ValueError):
        text = decode(data, name)
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    if str(_said(lambda: part.get_param("format", ""))).lower() == "flowed":
        # A space at a line's end says that the line goes on; the signature's mark ends in one too.
        together = "" if str(_said(lambda: part.get_param("delsp", ""))).lower() == "yes" else " "
        text = re.sub(r"(?m)(?<!^--) \n(?![>\n]|-- $)", together, text)
    return text


def _data(part: EmailMessage) -> bytes:
    data = _said(lambda: part.get_payload(decode=True))
    return data if isinstance(data, bytes) else b""


def _author(message: EmailMessage) -> str:
    senders = message["from"].addresses
    names = (one.display_name or one.addr_spec for one in senders)
    return ", ".join(name for name in names if re.search(r"\w", name))


def _said(ask: Callable[[], Any]) -> Any:
    """Return what a message says, or ""; the library fails in many ways on malformed headers."""
    try:
        return ask()
    except _FAULTS:
        return ""


def _appended(page: Page, following: Page, section: str) -> Page:
    """Return a page with another below it, whose blocks without a section get that of the first."""
    text = f"{page.text}\n\n" if page.text else ""
    by = len(text)
    repairs = (replace(one, start=one.start + by, end=one.end + by) for one in following.repairs)
    blocks = (_moved(block, by, section) for block in following.blocks)
    return replace(
        page,
        text=text + following.text,
        blocks=(*page.blocks, *blocks),
        repairs=(*page.repairs, *repairs),
    )


def _moved(block: Block, by: int, section: str) -> Block:
    cells = (replace(one, start=one.start + by, end=one.end + by) for one in block.cells)
    context = block.context
    if block.kind != "heading" and not context.section:
        context = replace(context, section=section)
    start, end = block.start + by, block.end + by
    return replace(block, start=start, end=end, context=context, cells=tuple(cells))
