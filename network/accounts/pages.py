"""Whole addresses of our pages, as mails and terminals name them."""

from urllib.parse import urlencode

from flask import current_app


def page(path: str, **asked: str) -> str:
    """The address of a page of ours, with what is asked there; what is empty is left out."""
    question = urlencode({name: str(value) for name, value in asked.items() if value})
    return current_app.config["BASE_URL"].rstrip("/") + path + ("?" + question if question else "")
