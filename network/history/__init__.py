"""Who changed what, when; undoing it; and the ledger of what was erased."""

from flask import Flask


def init_app(app: Flask) -> None:
    from network.history import models, recording  # noqa: F401 (for their tables and session events)
