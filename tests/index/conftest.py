"""An empty index on each engine; what a test writes is taken back after it."""

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy.engine import Connection

from network.extensions import db


@pytest.fixture
def connection(app: Flask) -> Iterator[Connection]:
    with app.app_context(), db.engine.connect() as connection:
        yield connection
        connection.rollback()
