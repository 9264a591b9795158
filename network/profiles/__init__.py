"""An organisation looks after itself: edits, claims, confirms, hides, erases."""

from flask import Flask


def init_app(app: Flask) -> None:
    from network.profiles import models  # noqa: F401
