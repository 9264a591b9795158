"""Messages to people: a queue in the database, sent right after the request or by the operator's timer."""

from flask import Flask

from network.mail.queue import post

__all__ = ["post"]


def init_app(app: Flask) -> None:
    """The queue's own commands and its sending are set up here."""
