"""The matcher's index, built while a web server starts, so that nobody waits for it later."""

import logging
import time
from threading import Thread

from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from network.extensions import db
from network.matching.matcher import Matcher

log = logging.getLogger(__name__)


def at_start(app: Flask) -> Thread:
    """Begin to build the index of this process; a question that comes before it stands waits for it."""
    thread = Thread(target=build, args=(app,), name="matcher", daemon=True)
    thread.start()
    return thread


def build(app: Flask) -> None:
    """Build it; without a database that answers, the first question will."""
    matcher: Matcher = app.extensions["matcher"]
    began = time.monotonic()
    with app.app_context():
        try:
            with matcher.following(db.session()) as index:
                known = len(index.rows)
            log.info("the index of matches stands: %d organisations, %.1f s", known, time.monotonic() - began)
        except SQLAlchemyError as error:
            log.warning("the index of matches waits for the database: %s", type(error.__cause__ or error).__name__)
