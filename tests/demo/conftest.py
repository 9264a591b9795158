"""The demonstration network, loaded."""

from collections.abc import Iterator
from datetime import date

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from network import create_app
from network.demo import actions
from network.extensions import db
from tests.conftest import with_gazetteer

TODAY = date(2027, 2, 3)


@pytest.fixture(scope="session")
def demonstrated(
    engine: str, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Flask]:
    """The application over a database of its own with the demonstration as of one day, loaded once."""
    url = with_gazetteer(engine, request, tmp_path_factory.mktemp("demonstration") / "network.db")
    app = create_app({"TESTING": True, "DATABASE_URL": url, "LOG_LEVEL": "WARNING"})
    with app.app_context():
        actions.load(db.session(), TODAY)
        db.session.commit()
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def demonstration(demonstrated: Flask) -> Iterator[Session]:
    """The demonstration as of one day, always the same; for tests that only read."""
    with demonstrated.app_context():
        yield db.session()
        db.session.rollback()


@pytest.fixture
def fresh(session: Session) -> Session:
    """The same in the database of the test, which may change it."""
    actions.load(session, TODAY)
    session.commit()
    return session


@pytest.fixture
def lately(session: Session) -> Session:
    """The database with the demonstration as of today, for its pages."""
    actions.load(session, date.today())
    session.commit()
    return session
