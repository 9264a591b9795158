"""Every page on the narrowest screen, in the languages with the longest words, with a name longer than a line."""

from collections.abc import Callable

import pytest
from flask import Flask

from tests.journeys.browser import Person
from tests.journeys.founded import Founded, let_in
from tests.journeys.quay import FARIDA
from tests.pages import addresses

PRIYA, CLUB = "priya@kirkgate-tinker-club.example", "kirkgate-tinker-club"
LONG = "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesellschaft"


@pytest.mark.parametrize(("email", "language"), [(FARIDA, "de"), (FARIDA, "fr"), (PRIYA, "de")])
def test_no_page_is_wider_than_its_window(
    served_app: Flask, person: Callable[..., Person], founded: Callable[..., Founded], email: str, language: str
):
    founded(LONG, [("seek", "venue", LONG)])
    visitor = person(width=320, expected=tuple(range(400, 500)), java_script_enabled=False, locale=language)
    let_in(served_app, visitor, email, strong=True)
    for path in addresses(served_app, (CLUB,), 1):
        answer = visitor.context.request.get(visitor.address + path)
        if answer.headers.get("content-type", "").startswith("text/html"):
            visitor.open(path)
            visitor.check_width()
