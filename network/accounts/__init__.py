"""Who signs in, and for which organisations they act."""

from flask import Flask


def init_app(app: Flask) -> None:
    from network.accounts import present

    present.init_app(app)
