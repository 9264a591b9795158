"""What every test may ask for: the application on both engines, an empty network, and things to put into it."""

import itertools
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

os.environ["INSTANCE_PATH"] = tempfile.mkdtemp(prefix="instance-")  # before anything reads the settings
os.environ["CHECK_WEBSITES"] = "no"  # nobody outside is asked by a test

import psycopg
import pytest
from flask import Flask
from flask_migrate import upgrade
from hypothesis import HealthCheck, settings
from jinja2 import BytecodeCache, FileSystemBytecodeCache
from playwright.sync_api import Browser, sync_playwright
from sqlalchemy import Connection, Engine, event, select
from sqlalchemy.orm import Session

from network import create_app, index
from network.accounts.models import Person, Role, SignedIn
from network.accounts.present import hashed
from network.clock import now
from network.directory import thesaurus
from network.directory.models import Link, Listing, Organization
from network.extensions import db, limiter
from network.mail.models import Message
from tests import gazetteer, lists, postgres
from tests.journeys.browser import launch
from tests.killing import Prepared
from tests.pages import CheckedClient

ENGINES = ("sqlite", "postgresql")
settings.register_profile("busy", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("busy")  # how long a machine takes says nothing of what is tested
KEPT = {*gazetteer.TABLES, "change"}  # caches follow the changes, so they only grow
SAME_IDS = (
    "SELECT setval('topic_id_seq', 1, false)"  # the same topics get the same ids: what was learnt of them is kept
)
numbers = itertools.count(1)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Where everything must run, a test that skips itself has failed, but for those of lists that are never ours."""
    if report.skipped and os.environ.get("CI") and lists.AWAY not in str(report.longrepr):
        report.outcome, report.longrepr = "failed", f"with CI set nothing may be skipped: {report.longrepr}"


def pytest_sessionfinish(session: pytest.Session) -> None:
    shutil.rmtree(os.environ["INSTANCE_PATH"], ignore_errors=True)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The folder of the socket of a server of our own."""
    with postgres.throwaway_server() as folder:
        yield folder


@pytest.fixture(scope="session", params=ENGINES)
def engine(request: pytest.FixtureRequest) -> str:
    """The database engine: whatever asks for it, or for anything below, runs once on each."""
    return request.param


@pytest.fixture(scope="session")
def database_url(engine: str, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of the database that the tests of an engine share, with the schema and the gazetteer."""
    return with_gazetteer(engine, request, tmp_path_factory.mktemp("database") / "network.db")


def with_gazetteer(engine: str, request: pytest.FixtureRequest, file: Path) -> str:
    """The address of a new database with the schema and the gazetteer."""
    if engine == "sqlite":
        shutil.copyfile(gazetteer.loaded(), file)
        return f"sqlite:///{file}"
    url = new_database(engine, request, file)
    app = create_app({"TESTING": True, "DATABASE_URL": url, "LOG_LEVEL": "WARNING"})
    with app.app_context():
        upgrade()
        db.engine.dispose()
    gazetteer.copy_to_postgres(gazetteer.loaded(), *postgres.parts(url))
    return url


def new_database(engine: str, request: pytest.FixtureRequest, file: Path) -> str:
    """The address of a new, empty database: the file on SQLite, one of our own server on PostgreSQL."""
    if engine == "sqlite":
        return f"sqlite:///{file}"
    folder, name = request.getfixturevalue("postgres_server"), f"network_{next(numbers)}"
    with psycopg.connect(host=folder, user="test", dbname="postgres", autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}".encode())
    return postgres.address(folder, name)


@pytest.fixture(scope="session")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> BytecodeCache:
    """The templates, compiled once for all applications and processes of a run."""
    folder = tmp_path_factory.getbasetemp()
    folder = folder.parent if "PYTEST_XDIST_WORKER" in os.environ else folder
    (folder / "templates").mkdir(exist_ok=True)
    return FileSystemBytecodeCache(str(folder / "templates"))


@pytest.fixture(scope="session")
def made_app(database_url: str, compiled: BytecodeCache) -> Iterator[Flask]:
    """The application over a database with the schema and a small gazetteer; shared by all tests of an engine."""
    app = create_app({"TESTING": True, "DATABASE_URL": database_url, "LOG_LEVEL": "WARNING"})
    app.test_client_class = CheckedClient
    app.jinja_env.bytecode_cache = compiled
    yield app
    with app.app_context():
        db.engine.dispose()


@cache
def emptied() -> list[str]:
    """The tables that a test starts without a row in, none before those that refer to it."""
    names = [table.name for table in reversed(db.metadata.sorted_tables)]
    return [name for name in names if name not in KEPT and not name.startswith("search_")]


@cache
def rows_anywhere() -> str:
    """The question which of these tables have rows."""
    return " UNION ALL ".join(f"SELECT '{name}' WHERE EXISTS (SELECT 1 FROM {name})" for name in emptied())


def empty(connection: Connection) -> None:
    """Take away every row that a test may have written."""
    index.clear(connection)
    written = {name for (name,) in connection.exec_driver_sql(rows_anywhere())}
    for name in filter(written.__contains__, emptied()):
        connection.exec_driver_sql(f"DELETE FROM {name}")
    if "topic" in written and connection.dialect.name == "postgresql":
        connection.exec_driver_sql(SAME_IDS)


@event.listens_for(Engine, "connect")
def spare_the_disk(connection: Any, record: Any) -> None:
    """What a test stored needs to survive no loss of power; a killed process loses nothing either."""
    if isinstance(connection, sqlite3.Connection):
        connection.execute("PRAGMA synchronous=OFF")


@pytest.fixture
def app(made_app: Flask) -> Iterator[Flask]:
    """The application with an empty network; everything that the test stores is gone after it."""
    limiter.reset()
    yield made_app
    with made_app.app_context():
        with db.engine.begin() as connection:
            empty(connection)
        thesaurus.forget(db.session())


@pytest.fixture
def session(app: Flask) -> Iterator[Session]:
    """A database session for the test itself; what it adds is stored before each request and seen by it."""
    with app.app_context():
        yield db.session
        db.session.rollback()


@pytest.fixture
def client(app: Flask) -> CheckedClient:
    """A visitor who checks the house style of every page that she opens."""
    return app.test_client()


@pytest.fixture
def organization(session: Session):
    """A function that stores an organisation, public unless it is told otherwise, and makes it findable."""

    def store(name: str = "Aire Valley Web Club", **fields: Any) -> Organization:
        fields = {"category": "club", "standing": "current", "slug": f"organization-{next(numbers)}"} | fields
        made = Organization(name=name, **fields)
        session.add(made)
        session.commit()
        return made

    return store


@pytest.fixture
def listing(session: Session, organization):
    """A function that stores a listing; of an organisation of its own unless one is given."""

    def store(of: Organization | None = None, side: str = "offer", title: str = "A room on Thursdays", **fields: Any):
        fields = {"kind": "venue", "state": "open"} | fields
        made = Listing(organization=of or organization(), side=side, title=title, **fields)
        session.add(made)
        session.commit()
        return made

    return store


@pytest.fixture
def link(session: Session):
    """A function that stores a tie, confirmed unless told otherwise."""

    def store(tied: Organization, to: Organization, type: str = "member_of", **fields: Any) -> Link:
        made = Link(from_organization=tied, to_organization=to, type=type, **fields)
        session.add(made)
        session.commit()
        return made

    return store


@pytest.fixture
def at_once(session: Session, monkeypatch: pytest.MonkeyPatch):
    """A block whose things are stored together at its end, instead of one by one: `with at_once():`."""

    @contextmanager
    def together() -> Iterator[None]:
        with monkeypatch.context() as block:
            block.setattr(session, "commit", session.flush)
            yield
        session.commit()

    return together


@pytest.fixture
def person(session: Session):
    """A function that stores somebody with an address: `person("amara@example.org", admin=lab, staff=True)`.

    A hat is given with the organisation that it belongs to, or with True for one that belongs to none.
    """

    def store(email: str = "", name: str = "", locale: str = "en", **hats: Organization | bool) -> Person:
        email = email or f"person-{next(numbers)}@example.org"
        made = Person(email=email, name=name, locale=locale, handle=os.urandom(32))
        made.roles = [Role(role=hat, organization_id=None if of is True else of.id) for hat, of in hats.items()]
        session.add(made)
        session.commit()
        return made

    return store


@pytest.fixture
def signed_in(app: Flask, session: Session):
    """A function that gives somebody a browser of their own in which they are signed in.

    `strong` says that they showed a passkey (staff and coordinators wear their hats only then), `ago` how long ago they
    signed in.
    """

    def browser(person: Person, strong: bool = True, ago: timedelta = timedelta()) -> CheckedClient:
        token, then = f"token-{next(numbers)}", now() - ago
        row = SignedIn(token_hash=hashed(token), person_id=person.id, strong=strong)
        row.started_at = row.seen_at = row.proved_at = then
        session.add(row)
        session.commit()
        client = app.test_client()
        with client.session_transaction() as cookie:
            cookie["_user_id"] = token
        return client

    return browser


@pytest.fixture
def letters(session: Session):
    """A function that gives every message in the queue, oldest first; those of one kind when it is told which."""

    def read(kind: str = "") -> list[Message]:
        query = select(Message).order_by(Message.id)
        return list(session.scalars(query.where(Message.kind == kind) if kind else query))

    return read


@pytest.fixture(scope="session")
def prepared() -> Iterator[Prepared]:
    """The process in whose forks something is done that is killed in the middle."""
    started = Prepared()
    yield started
    started.end()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The one browser of all tests that need one: a process can't hold two."""
    with sync_playwright() as playwright:
        started = launch(playwright)
        yield started
        started.close()
