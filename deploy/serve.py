"""Brings the database to what the code expects, each step only when it is missing, and becomes the web server.

Nothing of the application is loaded for that, so that a second start takes no longer than the server's own.
"""

import importlib.util
import os
import re
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MIGRATIONS = ROOT / "network/migrations/versions"
PERSONS = ROOT / "network/demo/persons.toml"
QUESTIONS = (
    "SELECT version_num FROM alembic_version",
    "SELECT 1 FROM place LIMIT 1",
    "SELECT 1 FROM topic LIMIT 1",
    "SELECT 1 FROM organization LIMIT 1",
    "SELECT 1 FROM organization WHERE source = 'demonstration' LIMIT 1",
)


def newest() -> set[str]:
    """The newest revision among the migrations: the one that no other follows."""
    text = "\n".join(file.read_text("utf-8") for file in MIGRATIONS.glob("*.py"))
    revisions, followed = (
        set(re.findall(rf"^{name}[^=]*= *[\"'](\w+)[\"']", text, re.M)) for name in ("revision", "down_revision")
    )
    return revisions - followed


def database_url() -> str:
    """The address of the database, from the application's own settings; BASE_URL follows PORT unless it is set."""
    spec = importlib.util.spec_from_file_location("config", ROOT / "network/config.py")
    config = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(config)
    try:
        settings = config.settings(config.instance_path())
    except ValueError as error:
        sys.exit(f"Big Tent cannot start: {error}")
    port = os.environ.get("PORT")
    if port and settings["BASE_URL"] == config.DEFAULTS["BASE_URL"]:
        os.environ["BASE_URL"] = f"http://127.0.0.1:{port}"  # so that the links in mails lead to where we serve
    return settings["SQLALCHEMY_DATABASE_URI"]


def found(url: str) -> tuple[set[str], bool, bool, bool, bool]:
    """The revisions of the schema, and whether there are places, topics, organisations, and the demonstration's."""
    if url.startswith("sqlite:"):
        import sqlite3

        file = Path(url.partition(":///")[2])
        if not file.exists():
            return set(), False, False, False, False
        connection, missing = sqlite3.connect(file), sqlite3.OperationalError
    else:
        import psycopg

        try:
            connection, missing = psycopg.connect(url.replace("+psycopg", "", 1)), psycopg.errors.UndefinedTable
        except psycopg.OperationalError as error:
            sys.exit(f"Big Tent cannot reach its database: {error}")
    try:
        versions, *rest = (connection.execute(question).fetchall() for question in QUESTIONS)
        places, topics, organizations, demonstration = map(bool, rest)
        return {version for (version,) in versions}, places, topics, organizations, demonstration
    except missing:
        return set(), False, False, False, False
    finally:
        connection.close()


def flask(*arguments: str) -> None:
    done = subprocess.run([sys.executable, "-m", "flask", "--app", "wsgi", *arguments])
    if done.returncode:
        sys.exit(done.returncode)


def prepare(url: str) -> bool:
    """Schema, gazetteer and demonstration network; whether that is the network that is served."""
    versions, places, topics, organizations, demonstration = found(url)
    old = versions != newest()
    if old:
        print("Bringing the database to the current schema", flush=True)
        flask("db", "upgrade")
        versions, places, topics, organizations, demonstration = found(url)
    if not places:
        print("Loading the gazetteer, once", flush=True)
        flask("places", "load")
    if not topics:
        flask("directory", "topics")
    if not organizations or (old and demonstration):
        print("Loading the demonstration network", flush=True)
        flask("demo", "load")
    return demonstration or not organizations


def say_who_signs_in() -> None:
    """For each kind of person of the demonstration, the command that prints a link which signs in as them."""
    named = [name for name in ("INSTANCE_PATH", "BASE_URL") if os.environ.get(name)]
    settings = "".join(f"{name}={shlex.quote(os.environ[name])} " for name in named)
    command = f"{settings}.venv/bin/flask --app wsgi accounts sign-in-link"
    kinds = {}
    for person in tomllib.loads(PERSONS.read_text("utf-8"))["person"]:
        kinds.setdefault(person["role"], person)
    print("To sign in as somebody of the demonstration, open the link that one of these prints:", flush=True)
    for role, person in kinds.items():
        print(f"  {role:15} {command} {person['email']}", flush=True)


if __name__ == "__main__":
    os.chdir(ROOT)
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # compiled modules make the next start faster
    try:
        if prepare(database_url()):
            say_who_signs_in()
    except KeyboardInterrupt:
        sys.exit(130)
    os.execv(sys.executable, [sys.executable, "-m", "gunicorn", "-c", "deploy/gunicorn.conf.py", "wsgi:app"])
