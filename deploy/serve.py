"""Brings the database to what the code expects, each step only when it is missing, and becomes the web server.

Nothing of the application is loaded for that, so that a second start takes no longer than the server's own.
"""

import importlib.util
import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MIGRATIONS = ROOT / "network/migrations/versions"
QUESTIONS = (
    "SELECT version_num FROM alembic_version",
    "SELECT 1 FROM place LIMIT 1",
    "SELECT 1 FROM topic LIMIT 1",
    "SELECT 1 FROM organization LIMIT 1",
)


def newest() -> set[str]:
    """The newest revision among the migrations: the one that no other follows."""
    text = "\n".join(file.read_text("utf-8") for file in MIGRATIONS.glob("*.py"))
    revisions, followed = (
        set(re.findall(rf"^{name}[^=]*= *[\"'](\w+)[\"']", text, re.M)) for name in ("revision", "down_revision")
    )
    return revisions - followed


def database_url() -> str:
    """The address of the database, from the application's own settings."""
    spec = importlib.util.spec_from_file_location("config", ROOT / "network/config.py")
    config = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(config)
    try:
        return config.settings(config.instance_path())["SQLALCHEMY_DATABASE_URI"]
    except ValueError as error:
        sys.exit(f"Big Tent cannot start: {error}")


def found(url: str) -> tuple[set[str], bool, bool, bool]:
    """The revisions of the schema, and whether there are places, topics and organisations."""
    if url.startswith("sqlite:"):
        import sqlite3

        file = Path(url.partition(":///")[2])
        if not file.exists():
            return set(), False, False, False
        connection, missing = sqlite3.connect(file), sqlite3.OperationalError
    else:
        import psycopg

        try:
            connection, missing = psycopg.connect(url.replace("+psycopg", "", 1)), psycopg.errors.UndefinedTable
        except psycopg.OperationalError as error:
            sys.exit(f"Big Tent cannot reach its database: {error}")
    try:
        versions, places, topics, organizations = (connection.execute(question).fetchall() for question in QUESTIONS)
        return {version for (version,) in versions}, bool(places), bool(topics), bool(organizations)
    except missing:
        return set(), False, False, False
    finally:
        connection.close()


def flask(*arguments: str) -> None:
    done = subprocess.run([sys.executable, "-m", "flask", "--app", "wsgi", *arguments])
    if done.returncode:
        sys.exit(done.returncode)


def prepare(url: str) -> None:
    """Schema, gazetteer and demonstration network."""
    versions, places, topics, organizations = found(url)
    if versions != newest():
        print("Bringing the database to the current schema", flush=True)
        flask("db", "upgrade")
        versions, places, topics, organizations = found(url)
    if not places:
        print("Loading the gazetteer, once", flush=True)
        flask("places", "load")
    if not topics:
        flask("directory", "topics")
    if not organizations:
        print("Loading the demonstration network", flush=True)
        flask("demo", "load")


if __name__ == "__main__":
    os.chdir(ROOT)
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # compiled modules make the next start faster
    try:
        prepare(database_url())
    except KeyboardInterrupt:
        sys.exit(130)
    os.execv(sys.executable, [sys.executable, "-m", "gunicorn", "-c", "deploy/gunicorn.conf.py", "wsgi:app"])
