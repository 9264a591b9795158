"""The addresses that signing in goes by: of a mailbox, of a network, and of the page that one wanted."""

import re
from ipaddress import IPv6Address, ip_address
from urllib.parse import urlsplit

LONGEST = 500  # of the address of a page
UNSAFE = re.compile(r"[\x00-\x20\x7f-\x9f\\\u2028\u2029]")


def folded(email: str) -> str:
    """A mail address as it is kept and compared: trimmed, in lower case."""
    return email.strip().lower()


def network_of(address: str) -> str:
    """The network that a visitor's IP address stands for: IPv4 as it is, IPv6 by its /64, that of a household."""
    try:
        ip = ip_address(address)
    except ValueError:
        return address
    if isinstance(ip, IPv6Address):
        if ip.ipv4_mapped:
            return str(ip.ipv4_mapped)
        return f"{IPv6Address(int(ip) >> 64 << 64)}/64"
    return str(ip)


def own_path(wanted: str | None) -> str:
    """The page of our own that an address names, with its question; empty for any that could lead elsewhere."""
    if not wanted or len(wanted) > LONGEST or UNSAFE.search(wanted):
        return ""
    if not wanted.startswith("/") or wanted.startswith("//"):
        return ""
    try:
        parts = urlsplit(wanted)
    except ValueError:
        return ""
    return "" if parts.scheme or parts.netloc else wanted
