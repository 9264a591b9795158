"""Which addresses may be asked for: those of the public web alone, in whatever way they are written. Pure."""

import re
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from urllib.parse import quote, urljoin, urlsplit

PORTS = {"http": 80, "https": 443}
LONGEST = 2000  # characters of an address
UNSAFE = re.compile(r"[\x00-\x20\x7f\\]")
BRACKETED = re.compile(r"\[[^\]]*\](:\d*)?")
LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)")
NUMBER = re.compile(r"\d+|0x[0-9a-f]*")
KEPT = "!#$%&'()*+,/:;=?@[]~"  # in a path; all else that isn't a letter or a digit is written in per cents

CLOSED_4 = tuple(
    map(
        IPv4Network,
        (
            *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12"),
            *("192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15"),
            *("198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4"),
        ),
    )
)
"""What of IPv4 is private, local, reserved, for examples or for many (IANA's registry of special purposes)."""
OPEN_6 = IPv6Network("2000::/3")
CLOSED_6 = tuple(map(IPv6Network, ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")))
"""What of the open part of IPv6 isn't: tunnels, which may hold any address of IPv4, and examples."""


class Unreachable(Exception):
    """Why something outside could not be had: a key of `words.WHY`, and what the sentence needs."""

    def __init__(self, why: str, detail: object = "") -> None:
        super().__init__(f"{why} {detail}".strip())
        self.why, self.detail = why, str(detail)


@dataclass(frozen=True)
class Target:
    """An address, taken apart. The host is in the letters of DNS, or a number of IPv4 or IPv6."""

    scheme: str
    host: str
    port: int
    path: str  # with the query

    @property
    def number(self) -> IPv4Address | IPv6Address | None:
        """The host's own number, when the address names it so."""
        try:
            return ip_address(self.host)
        except ValueError:
            return None

    @property
    def named(self) -> str:
        """The host with the port, if that is another than usual: what the request calls it."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if PORTS[self.scheme] == self.port else f"{host}:{self.port}"

    @property
    def url(self) -> str:
        return f"{self.scheme}://{self.named}{self.path}"

    def at(self, address: str) -> "Target":
        """Where an address leads that is written on the page at this one."""
        try:
            return target_of(urljoin(self.url, address.strip()))
        except ValueError:
            raise Unreachable("address") from None


def target_of(url: str) -> Target:
    """The target of an address; raises Unreachable when it is none that may be asked for."""
    if len(url) > LONGEST or UNSAFE.search(url):
        raise Unreachable("address")
    try:
        parts = urlsplit(url)
        port, host = parts.port, parts.hostname or ""
    except ValueError:
        raise Unreachable("address") from None
    bracketed = "[" in parts.netloc
    if parts.scheme not in PORTS or "@" in parts.netloc or not host:
        raise Unreachable("address")
    if bracketed and not BRACKETED.fullmatch(parts.netloc):
        raise Unreachable("address")
    port = PORTS[parts.scheme] if port is None else port
    if port not in PORTS.values():
        raise Unreachable("port", port)
    path = quote(parts.path or "/", KEPT) + (f"?{quote(parts.query, KEPT)}" if parts.query else "")
    return Target(parts.scheme, six(host) if bracketed else known_host(host), port, path)


def six(host: str) -> str:
    """A number of IPv6 in its one spelling."""
    try:
        return str(IPv6Address("" if "%" in host else host))
    except ValueError:
        raise Unreachable("address") from None


def known_host(host: str) -> str:
    """A host in the letters of DNS. What a resolver could read as a number must be written as one: four of them."""
    if not host.isascii():
        import idna  # its tables take megabytes that most processes never need

        try:
            host = idna.encode(host, uts46=True).decode()
        except idna.IDNAError:
            raise Unreachable("address") from None
    host = host.removesuffix(".").lower()
    labels = host.split(".")
    if not all(map(LABEL.fullmatch, labels)) or len(host) > 253:
        raise Unreachable("address")
    if NUMBER.fullmatch(labels[-1]):
        try:
            return str(IPv4Address(host))
        except ValueError:
            raise Unreachable("address") from None
    if len(labels) == 1:
        raise Unreachable("private")
    return host


def is_public(address: str | IPv4Address | IPv6Address) -> bool:
    """Whether a number is a host's on the public web: not this machine, its neighbours, a tunnel or a group."""
    try:
        number = ip_address(address)
    except ValueError:
        return False
    if isinstance(number, IPv4Address):
        return not any(number in network for network in CLOSED_4)
    return number in OPEN_6 and number.scope_id is None and not any(number in network for network in CLOSED_6)
