"""Whether the websites of organisations still answer, and where they moved."""

from flask import Flask


def init_app(app: Flask) -> None:
    from network import ticking
    from network.websites import tending, waiting

    ticking.every_tick(app, "websites", tending.tend)
    waiting.init_app()
