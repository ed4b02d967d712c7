"""Which addresses of the web may be asked, and which machines may stand behind their names.

An address is judged as it is spelled (`parse_address`), and once more where it leads
(`checked_ips`): a name is resolved once, every answer is checked, and the very IP that was checked
is the one that is connected to. So no redirect, spelling or second answer of a resolver leads into
the reader's own network.
"""

import re
import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network
from threading import Thread
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from corpus.errors import WebError

Resolver = Callable[[str, int], Sequence[str]]

_PORTS = {"http": 80, "https": 443}
_MOST_CHARS = 2_000
_UNFIT = re.compile(r"[\x00-\x20\x7f-\xa0\\]")
_HOST = re.compile(r"(?!-)[a-z0-9_-]{1,63}(\.[a-z0-9_-]{1,63})*")
_NUMBER = re.compile(r"0x[0-9a-f]*|\d+")  # as the last label of a host: an IPv4 address
_OWN_NAMES = ("localhost", "local", "internal", "intranet", "home.arpa", "lan")
_IN_PATHS, _IN_QUERIES = "/%:@!$&'()*+,;=~", "/%:@!$&'()*+,;=~?[]"

_GLOBAL_V6 = ip_network("2000::/3")
_NAT64 = ip_network("64:ff9b::/96")
_NOT_ASKED = tuple(
    map(
        ip_network,
        (
            "168.63.129.16/32",  # the wire server of a cloud
            "192.88.99.0/24",  # relays of 6to4
            "2001::/23",  # Teredo and other protocols
            "2001:db8::/32",
            "3fff::/20",
        ),
    )
)


@dataclass(frozen=True, slots=True)
class WebRules:
    """How the web is asked.

    `hosts` are those that the reader allows though they lie in a private network or at another
    port: "intranet.example:8080", "10.1.2.3". A `proxy` resolves names by itself.
    """

    hosts: tuple[str, ...] = ()
    proxy: str = ""
    most_bytes: int = 50_000_000  # of a page, unpacked
    most_seconds: float = 60.0  # for one page, with its redirects
    delay_seconds: float = 1.0  # between two requests of one host
    contact: str = ""  # an address at which a site's owner may complain


@dataclass(frozen=True, slots=True)
class Address:
    """An address that may be asked as far as its spelling goes, in one spelling."""

    scheme: str
    host: str  # of IPv6 without brackets
    port: int
    target: str  # path and query

    @property
    def authority(self) -> str:
        """Host and port as they stand in an address."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def origin(self) -> str:
        """The site that the address is of."""
        return f"{self.scheme}://{self.authority}"

    def __str__(self) -> str:
        return f"{self.origin}{self.target}"


def parse_address(text: str, rules: WebRules) -> Address:
    """Return the address that a text is. Raises WebError for one that may not be asked."""
    told = text.strip()
    shown = told[:200].encode("ascii", "backslashreplace").decode()
    if not told or len(told) > _MOST_CHARS or _UNFIT.search(told):
        raise WebError(f"{shown!r} is no address; give one such as https://example.com/page")
    try:
        parts = urlsplit(told)
        named_port = parts.port
    except ValueError as error:
        raise WebError(f"{shown!r} is no address ({error}); correct it") from error
    if parts.scheme not in _PORTS:
        kind = f"{parts.scheme}:" if parts.scheme else "no scheme"
        raise WebError(f"{shown}: {kind} is not asked; give an address of http or https")
    if "@" in parts.netloc:
        raise WebError(f"{shown}: holds a name or a password; give it without them")
    port = _PORTS[parts.scheme] if named_port is None else named_port
    address = Address(parts.scheme, _host(parts, shown), port, _target(parts))
    _check_place(address, rules)
    return address


def redirected(address: Address, location: str, rules: WebRules) -> Address:
    """Return where a redirect leads. Raises WebError where it must not be followed.

    That is from https to http, and from anywhere else to a host that the reader allows by name.
    """
    to = parse_address(urljoin(str(address), location), rules)
    if (address.scheme, to.scheme) == ("https", "http"):
        raise WebError(f"{address}: redirects from https down to {to}; add that address itself")
    if to.host != address.host and _is_named(to, rules) and not _is_named(address, rules):
        raise WebError(
            f"{address}: redirects to {to}, a host that only its reader may name; add that "
            "address itself"
        )
    return to


def checked_ips(host: str, port: int, rules: WebRules, resolve: Resolver) -> tuple[str, ...]:
    """Return the IPs of a host, each of them checked. Raises WebError where one may not be asked.

    A host that the reader allows is not checked.
    """
    try:
        found = tuple(dict.fromkeys(resolve(host, port)))
    except (OSError, UnicodeError) as error:
        raise WebError(f"{host}: the name cannot be resolved ({error}); check it") from error
    if not found:
        raise WebError(f"{host}: the name leads nowhere; check it")
    if not _is_named_at(host, port, rules):
        for ip in found:
            if not is_public(ip):
                raise WebError(_refusal(host, ip))
    return found


def is_public(ip: str) -> bool:
    """Tell whether an IP is one of the public Internet, in whatever form it is told."""
    try:
        address = ip_address(ip)
    except ValueError:
        return False
    if isinstance(address, IPv6Address):
        return _is_public_v6(address)
    return _is_public_v4(address)


def resolve(host: str, port: int, most_seconds: float = 15.0) -> tuple[str, ...]:
    """Return the IPs of a host as the system resolves it. Raises OSError, also after some time."""
    found: list[str] = []
    failed: list[OSError | UnicodeError] = []

    def ask() -> None:
        try:
            infos = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            found.extend(str(info[4][0]) for info in infos)
        except (OSError, UnicodeError) as error:
            failed.append(error)

    asking = Thread(target=ask, daemon=True)  # nothing else ends a resolver that hangs
    asking.start()
    asking.join(most_seconds)
    if failed:
        raise OSError(str(failed[0]))
    if asking.is_alive():
        raise TimeoutError(f"no answer within {most_seconds:.0f} s")
    return tuple(found)


def _host(parts: SplitResult, shown: str) -> str:
    """Return the host of an address in lower case and ASCII. Raises WebError for none."""
    host = parts.hostname or ""
    if ":" in host:
        try:
            return IPv6Address(host if "%" not in host else "").compressed
        except ValueError as error:
            raise WebError(f"{shown}: its host is no IPv6 address; correct it") from error
    try:
        host = host.encode("idna").decode().lower().removesuffix(".") if host else ""
    except UnicodeError as error:
        raise WebError(f"{shown}: its host is no name ({error}); correct it") from error
    if not _HOST.fullmatch(host) or len(host) > 253:
        raise WebError(f"{shown}: its host is no name; correct it")
    if _NUMBER.fullmatch(host.rpartition(".")[2]):
        try:
            return str(IPv4Address(host))
        except ValueError as error:
            raise WebError(
                f"{shown}: spells an IP address in another way; give it as four numbers"
            ) from error
    return host


def _target(parts: SplitResult) -> str:
    query = f"?{quote(parts.query, safe=_IN_QUERIES)}" if parts.query else ""
    return quote(parts.path or "/", safe=_IN_PATHS) + query


def _check_place(address: Address, rules: WebRules) -> None:
    """Raise WebError for a host or port that needs no resolver to be refused."""
    if _is_named(address, rules):
        return
    if address.port != _PORTS[address.scheme]:
        raise WebError(
            f"{address}: port {address.port} is not asked; allow {address.authority} by "
            "RARE_EARTH_WEB_HOSTS if it is meant"
        )
    is_own = any(address.host == one or address.host.endswith(f".{one}") for one in _OWN_NAMES)
    is_ip = ":" in address.host or _NUMBER.fullmatch(address.host.rpartition(".")[2])
    if is_own or (is_ip and not is_public(address.host)):
        raise WebError(_refusal(str(address), address.host))


def _refusal(asked: str, ip: str) -> str:
    return (
        f"{asked}: leads to {ip}, which is not of the public Internet; allow its host by "
        "RARE_EARTH_WEB_HOSTS if it is meant"
    )


def _is_named(address: Address, rules: WebRules) -> bool:
    return _is_named_at(address.host, address.port, rules)


def _is_named_at(host: str, port: int, rules: WebRules) -> bool:
    """Tell whether the reader allows a host: at the ports of the web, or at the one he names."""
    shown = f"[{host}]" if ":" in host else host
    named = {one.lower() for one in rules.hosts}
    return f"{shown}:{port}" in named or (shown in named and port in _PORTS.values())


def _is_public_v4(address: IPv4Address) -> bool:
    is_kept = address.is_multicast or address.is_reserved or _is_not_asked(address)
    return address.is_global and not is_kept


def _is_public_v6(address: IPv6Address) -> bool:
    """Tell whether an address of IPv6 is public; one that stands for IPv4 is judged as that."""
    if address in _NAT64:
        return _is_public_v4(IPv4Address(int(address) & 0xFFFFFFFF))
    inner = address.sixtofour or _isatap(address)
    if inner and not _is_public_v4(inner):
        return False
    if address not in _GLOBAL_V6 or address.scope_id or _is_not_asked(address):
        return False
    return address.is_global and not address.is_multicast


def _isatap(address: IPv6Address) -> IPv4Address | None:
    """Return the IPv4 address that a tunnel of ISATAP would lead to."""
    is_tunnel = (int(address) >> 32) & 0xFDFFFFFF == 0x00005EFE
    return IPv4Address(int(address) & 0xFFFFFFFF) if is_tunnel else None


def _is_not_asked(address: IPv4Address | IPv6Address) -> bool:
    return any(
        address in network
        for network in _NOT_ASKED
        if isinstance(network, IPv6Network) == isinstance(address, IPv6Address)
    )
