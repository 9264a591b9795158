"""What asking a website tells: whether it answers, and whether it has moved for ever."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from network.directory.addressing import site_of
from network.directory.texts import web_address
from network.outside.addresses import Unreachable
from network.outside.fetching import Answer, Fetcher

LONGEST = 500  # characters of a website's address
PRESENT = (401, 403, 407, 429, 451)  # somebody is there, who doesn't let programs in
MISSING = (404, 410)
UNTRIED = ("robots",)  # then we have not looked, which says nothing
INVENTED = ("example", "test", "invalid", "example.com", "example.net", "example.org")
"""Names that belong to nobody, kept for examples: nobody is asked about them."""


@dataclass(frozen=True)
class Found:
    """What a website answered. `answers` is None when it was not asked; `moved` is the address of its new home."""

    answers: bool | None
    why: str = ""
    detail: str = ""
    moved: str = ""


def look(fetcher: Fetcher, website: str) -> Found:
    """Ask a website for its headers alone; where it refuses that, for the page."""
    if is_invented(website):
        return Found(None)
    try:
        answer = fetcher.fetch(website, "HEAD", most=0)
        if answer.status >= 400 and answer.status != 429:
            answer = fetcher.fetch(website, most=0)
    except Unreachable as error:
        return Found(None if error.why in UNTRIED else False, error.why, error.detail)
    if answer.status >= 400 and answer.status not in PRESENT:
        why = "missing" if answer.status in MISSING else "status"
        return Found(False, why, str(answer.status))
    return Found(True, moved=elsewhere(website, answer))


def is_invented(website: str) -> bool:
    try:
        host = (urlsplit(website).hostname or "").rstrip(".")
    except ValueError:
        return False
    return any(host == name or host.endswith(f".{name}") for name in INVENTED)


def elsewhere(website: str, answer: Answer) -> str:
    """The address on another host to which a website leads for ever; `www.` and encryption make no other host."""
    new = web_address(answer.moved) if len(answer.moved) <= LONGEST else ""
    here, there = (site_of(address).partition("/")[0].partition("?")[0] for address in (website, new))
    return new if new and answer.status < 400 and here != there else ""
