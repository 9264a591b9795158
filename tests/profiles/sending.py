"""Sending a form as a browser does: with the token that a page of ours gave it."""

from typing import Any

from werkzeug.test import TestResponse

from tests.pages import CheckedClient

ANY_FORM = "/contact/find"


def send(browser: CheckedClient, path: str, fields: dict[str, Any] | None = None, **options: Any) -> TestResponse:
    """Post some fields to an address of ours."""
    page = browser.get(ANY_FORM).text
    token = page.partition('name="csrf_token" value="')[2].partition('"')[0]
    return browser.post(path, data={"csrf_token": token} | (fields or {}), **options)
