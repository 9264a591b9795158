"""The network whose map is measured: tied as networks are, served, and with a drawing table."""

import os
import random
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.pages import ROOT, environment, wait

TIES = 2.4  # for each organisation


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """A server of one worker over an instance; gives where it listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "-w", "1", "--threads", "4", "-b", f"127.0.0.1:{port}"]
    server = subprocess.Popen([*command, "--log-level", "warning", "bench.wsgi:app"], cwd=ROOT, env=environment(folder))
    try:
        wait(f"http://127.0.0.1:{port}")
        yield f"http://127.0.0.1:{port}"
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(20)


def copied(made: Path, folder: Path) -> None:
    """Copy a generated network as it was made once, with what has been added to its tables since."""
    for name in ("network.db", "secret_key"):
        shutil.copy(made / name, folder / name)
    subprocess.run(
        [sys.executable, "-m", "flask", "--app", "wsgi", "db", "upgrade"],
        check=True,
        cwd=ROOT,
        env=environment(folder),
        stdout=subprocess.DEVNULL,
    )


def tied(made: Path, folder: Path) -> int:
    """Copy a generated network, make everyone public and tie them to those nearby; gives how many ties there are."""
    copied(made, folder)
    chance = random.Random(7)
    with sqlite3.connect(folder / "network.db") as database:
        database.execute("UPDATE organization SET standing = 'current'")
        ids = [id for (id,) in database.execute("SELECT id FROM organization ORDER BY country, region, id")]
        shown = "SELECT count(*) FROM link WHERE confirmed_on IS NOT NULL AND ended_on IS NULL"
        missing = int(TIES * len(ids)) - database.execute(shown).fetchone()[0]
        new = (
            "INSERT OR IGNORE INTO link (from_id, to_id, type, proposed_by, proposed_at, confirmed_by, confirmed_on)"
            " VALUES (?, ?, 'works_with', 'to', '2026-01-01', 'to', '2026-01-02')"
        )
        while missing > 0:
            at = chance.randrange(len(ids))
            one, other = ids[at], ids[(at + chance.randrange(1, 40)) % len(ids)]
            missing -= database.execute(new, (min(one, other), max(one, other))).rowcount
        return database.execute(shown).fetchone()[0]


def drawing(folder: Path) -> tuple[str, str, str]:
    """Begin the staff's map of an instance; gives its address, and name and value of the cookie of one of them."""
    os.environ["INSTANCE_PATH"] = str(folder)
    from flask.sessions import SecureCookieSessionInterface

    from network import create_app
    from network.accounts.models import Person, Role, SignedIn
    from network.accounts.present import hashed
    from network.clock import now
    from network.extensions import db
    from network.hats import Hat, Identity, Worn
    from network.maps import kept
    from network.maps.asked import Asked
    from network.maps.eyes import Eyes

    app = create_app({"LOG_LEVEL": "WARNING"})
    with app.test_request_context():
        person = Person(email="bench@lantern-and-loom.example", name="Bench", locale="en", handle=os.urandom(32))
        person.roles = [Role(role="staff")]
        db.session.add(person)
        db.session.flush()
        row = SignedIn(token_hash=hashed("bench"), person_id=person.id, strong=True)
        row.started_at = row.seen_at = row.proved_at = now()
        db.session.add(row)
        who = Identity(person.id, (Worn(Hat.STAFF),), True)
        slug = kept.make(db.session(), who, "Bench", "", "staff", Asked(), Eyes(None)).slug
        db.session.commit()
        serializer = SecureCookieSessionInterface().get_signing_serializer(app)
        assert serializer, "the instance has no secret key"
        return f"/maps/{slug}/draw", app.config["SESSION_COOKIE_NAME"], serializer.dumps({"_user_id": "bench"})
