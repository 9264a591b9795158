"""What makes two web addresses, mailboxes or telephone numbers the same. Pure."""

import re
from dataclasses import dataclass
from functools import cache
from urllib.parse import urlsplit

from network.directory.name_words import listed

HOME = re.compile(
    r"/(?:index(?:\.\w+)?|home|inicio|accueil|start|startseite|inicial|welcome|[a-z]{2}(?:[-_][a-z]{2})?)"
)
DIGITS, PREFIX = 6, 3  # that two numbers share at their end, and that one may have in front


@cache
def free_mail() -> frozenset[str]:
    """Where anybody gets a mailbox: such a domain says nothing."""
    return listed("free mail")


@cache
def shared_sites() -> frozenset[str]:
    """Where anybody gets a page: such a host says nothing, an address on it does."""
    return listed("shared site")


def site_of(website: str) -> str:
    """What makes two web addresses the same: host without www and path, whatever the scheme and the last slash."""
    try:
        parts = urlsplit(website.strip().lower())
        if not parts.netloc and not parts.scheme:
            parts = urlsplit("//" + website.strip().lower())
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return website.strip().lower()
    return host + parts.path.rstrip("/") + (f"?{parts.query}" if parts.query else "")


def home_of(website: str) -> str:
    """The same, where the pages that everybody starts with are the host itself; empty for a bare shared host."""
    host, slash, path = site_of(website).partition("/")
    if not path or HOME.fullmatch(slash + path):
        return "" if host in shared_sites() else host
    return host + slash + path


def host_of(website: str) -> str:
    """The host of a web address without www; empty where it is one that anybody may have a page on."""
    host = site_of(website).partition("/")[0].partition("?")[0]
    return "" if host in shared_sites() else host


def mailbox_of(email: str) -> str:
    return email.strip().lower()


def domain_of(email: str) -> str:
    """The domain of a mail address; empty where it is one at which anybody may have a mailbox."""
    domain = mailbox_of(email).rpartition("@")[2]
    return "" if domain in free_mail() else domain.removeprefix("www.")


def digits_of(phone: str) -> str:
    """The digits of a telephone number without the zeros in front, from its first number on."""
    return re.sub(r"\D", "", re.split(r"[;,]|\bext\b", phone)[0].replace("(0)", "")).lstrip("0")


def same_number(one: str, other: str) -> bool:
    """Whether the digits of two numbers are those of one, with the country's prefix or without."""
    shorter, longer = (one, other) if len(one) <= len(other) else (other, one)
    return len(shorter) >= DIGITS and len(longer) - len(shorter) <= PREFIX and longer.endswith(shorter)


@dataclass(frozen=True, slots=True)
class Addresses:
    """How an organisation is reached, in the form in which it is compared; empty what is unknown or says nothing."""

    site: str = ""
    host: str = ""
    mailbox: str = ""
    domain: str = ""
    digits: str = ""

    @classmethod
    def of(cls, website: str, email: str, phone: str) -> "Addresses":
        return cls(
            home_of(website) if website else "",
            host_of(website) if website else "",
            mailbox_of(email),
            domain_of(email),
            digits_of(phone) if phone else "",
        )

    @property
    def hosts(self) -> frozenset[str]:
        """The hosts at which it has a page or a mailbox."""
        return frozenset({self.host, self.domain}) - {""}
