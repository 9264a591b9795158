"""The demonstration network, loaded once for each day that tests speak of, and copied for those that change it."""

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import psycopg
import pytest
from flask import Flask
from sqlalchemy.orm import Session

from network import create_app
from network.demo import actions
from network.extensions import db
from tests import postgres
from tests.conftest import new_database, with_gazetteer
from tests.pages import CheckedClient

TODAY = date(2027, 2, 3)
DAYS = {"fresh": TODAY, "lately": date.today()}
"""As of which day the demonstration is, by the fixture that a test asks for."""


def opened(url: str) -> Flask:
    app = create_app({"TESTING": True, "DATABASE_URL": url, "LOG_LEVEL": "WARNING"})
    app.test_client_class = CheckedClient
    return app


@pytest.fixture(scope="session")
def loaded(engine: str, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory):
    """A function that gives the address of a database with the demonstration as of a day: to be copied, not used."""
    addresses: dict[date, str] = {}

    def load(day: date) -> str:
        if day not in addresses:
            url = with_gazetteer(engine, request, tmp_path_factory.mktemp("demonstration") / "network.db")
            app = opened(url)
            with app.app_context():
                actions.load(db.session(), day)
                db.session.commit()
                db.session.remove()
                db.engine.dispose()
            addresses[day] = url
        return addresses[day]

    return load


def copied(engine: str, request: pytest.FixtureRequest, url: str, file: Path) -> str:
    """The address of a copy of a database that nobody is connected to."""
    if engine == "sqlite":
        shutil.copyfile(url.removeprefix("sqlite:///"), file)
        return f"sqlite:///{file}"
    copy = new_database(engine, request, file)
    (folder, name), (_, source) = postgres.parts(copy), postgres.parts(url)
    with psycopg.connect(host=folder, user="test", dbname="postgres", autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name}".encode())
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {source}".encode())
    return copy


@pytest.fixture(scope="session")
def demonstrated(engine: str, loaded, request, tmp_path_factory) -> Iterator[Flask]:
    """The application over a copy for all tests that only read."""
    app = opened(copied(engine, request, loaded(TODAY), tmp_path_factory.mktemp("read") / "network.db"))
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
def app(app: Flask, engine: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    """The application with an empty network, or over a copy of the demonstration for a test that changes it."""
    asked = {"fresh", "lately"} & set(request.fixturenames)
    if not asked:
        yield app
        return
    address = request.getfixturevalue("loaded")(DAYS[asked.pop()])
    copy = opened(copied(engine, request, address, tmp_path / "network.db"))
    copy.jinja_env.bytecode_cache = request.getfixturevalue("compiled")
    yield copy
    with copy.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def fresh(session: Session) -> Session:
    """The same in a database of the test's own, which may change it."""
    return session


@pytest.fixture
def lately(session: Session) -> Session:
    """A database of the test's own with the demonstration as of today, for its pages."""
    return session
