"""What the tests of accounts share: reading the link in a mail, and a device that makes passkeys."""

import re
from urllib.parse import urlsplit

import pytest

from tests.accounts.device import Device
from tests.markup import read

LINK = re.compile(r"https?://\S+")


def token(browser) -> str:
    """What says that a form was made for a browser: any form on any page of it has the same."""
    pages = (browser.get(path).text for path in ("/accounts/", "/accounts/sign-in"))
    fields = (read(page)[0].first(lambda one: one.get("name") == "csrf_token") for page in pages)
    return next(field.get("value") for field in fields if field)


@pytest.fixture
def device() -> Device:
    """A device of somebody's own that holds passkeys."""
    return Device()


@pytest.fixture
def link_in(letters):
    """A function that gives the path and question of the link in the last mail of a kind."""

    def read(kind: str = "sign_in") -> str:
        found = urlsplit(LINK.search(letters(kind)[-1].text)[0])
        return f"{found.path}?{found.query}"

    return read


@pytest.fixture
def ask(client):
    """A function that asks for a link in a browser, and gives the answer."""

    def send(email: str, browser=None, next: str = ""):
        address = "/accounts/sign-in" + (f"?next={next}" if next else "")
        return (browser or client).send(address, "/accounts/sign-in", email=email)

    return send
