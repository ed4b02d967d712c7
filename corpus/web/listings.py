"""What feeds and sitemaps list: addresses of pages with the dates of their last changes."""

import gzip
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Literal
from urllib.parse import urljoin, urlsplit

from corpus.articles.feed import is_feed
from corpus.articles.xml_text import parse_xml, root_name, xml_text
from corpus.errors import CorpusError, WebError

ListingKind = Literal["page", "sitemap", "feed"]

_GZIP = b"\x1f\x8b"
_MOST_ENTRIES = 50_000  # as the protocol of sitemaps has it
_DATE_CHARS = 60
_CHANGED = ("updated", "modified", "date", "pubdate", "published")  # of an item, the surest first


@dataclass(frozen=True, slots=True)
class Listed:
    """A page or a further sitemap that is listed; `changed` as it is written there."""

    address: str
    changed: str


@dataclass(frozen=True, slots=True)
class Listing:
    """What a feed or a sitemap lists on its own site, and how many addresses lie elsewhere."""

    kind: ListingKind
    pages: tuple[Listed, ...] = ()
    sitemaps: tuple[Listed, ...] = ()
    elsewhere: int = 0


def read_listing(data: bytes, address: str, most_bytes: int) -> Listing:
    """Return what an answer lists; one that is no feed and no sitemap is a page.

    Addresses on other sites are counted and left out: no page makes us ask whom it likes. Raises
    WebError for a listing that is damaged or too large.
    """
    if data.startswith(_GZIP):
        data = _unpacked(data, address, most_bytes)
    if not data.lstrip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n").startswith(b"<"):
        return Listing("page")
    try:
        text = xml_text(data, address)
        if is_feed(text):
            return _on_site(Listing("feed", tuple(_items(parse_xml(text, address)))), address)
        root = root_name(text)
        if root not in ("urlset", "sitemapindex"):
            return Listing("page")
        entries = tuple(_entries(parse_xml(text, address), address))
    except CorpusError as error:
        raise WebError(str(error)) from error
    found = Listing("sitemap", entries) if root == "urlset" else Listing("sitemap", (), entries)
    return _on_site(found, address)


def _entries(root: Any, address: str) -> Iterator[Listed]:
    """Yield the entries of a sitemap. Raises WebError for more than one may have."""
    if len(root) > _MOST_ENTRIES:
        raise WebError(
            f"{address}: lists more than {_MOST_ENTRIES:,} addresses; follow its parts instead"
        )
    for entry in root:
        told = {_local(child): (child.text or "").strip() for child in entry}
        if told.get("loc"):
            yield Listed(told["loc"], told.get("lastmod", "")[:_DATE_CHARS])


def _items(root: Any) -> Iterator[Listed]:
    """Yield the items of a feed; feedparser would take minutes for a hostile one."""
    for item in root.iter("{*}item", "{*}entry"):
        told: dict[str, str] = {}
        for child in item:
            if _local(child) != "link":
                told.setdefault(_local(child), (child.text or "").strip())
            elif child.get("rel", "alternate") == "alternate":
                told.setdefault("link", (child.get("href") or child.text or "").strip())
        changed = next((told[name] for name in _CHANGED if told.get(name)), "")
        if link := told.get("link"):
            yield Listed(link, changed)


def _local(element: Any) -> str:
    return str(element.tag).rpartition("}")[2].lower()


def _on_site(listing: Listing, address: str) -> Listing:
    """Return a listing with its addresses whole, each once, without those on other sites."""
    pages = {one.address: one for one in (_whole(one, address) for one in listing.pages)}
    sitemaps = {one.address: one for one in (_whole(one, address) for one in listing.sitemaps)}
    site = _site(address)
    own_pages = tuple(one for one in pages.values() if _site(one.address) == site)
    own_sitemaps = tuple(one for one in sitemaps.values() if _site(one.address) == site)
    elsewhere = len(pages) + len(sitemaps) - len(own_pages) - len(own_sitemaps)
    return Listing(listing.kind, own_pages, own_sitemaps, elsewhere)


def _whole(one: Listed, address: str) -> Listed:
    try:
        whole = urljoin(address, one.address.strip()).partition("#")[0]
    except ValueError:
        whole = ""
    return Listed(whole, " ".join(one.changed.split())[:_DATE_CHARS])


def _site(address: str) -> str:
    """Return the host of an address with its port, "" for none; www. counts for nothing."""
    try:
        return urlsplit(address).netloc.lower().removeprefix("www.")
    except ValueError:
        return ""


def _unpacked(data: bytes, address: str, most_bytes: int) -> bytes:
    """Unpack a listing, and no more than may be kept. Raises WebError."""
    try:
        with gzip.open(BytesIO(data)) as stream:
            whole = stream.read(most_bytes + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise WebError(f"{address}: is packed and damaged ({error}); try later") from error
    if len(whole) > most_bytes:
        raise WebError(f"{address}: is larger than {most_bytes / 1_000_000:g} MB; follow its parts")
    return whole
