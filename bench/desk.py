"""The staff's desk and its queue beside the directory page, as the same person sees them, in interleaved rounds.

python -m bench.desk [--organizations 100000] [--rounds 40] [--instance FOLDER] [--json FILE]
"""

import argparse
import json
import os
import random
import statistics
import sys
import tempfile
import time
import urllib.request
from pathlib import Path
from urllib.parse import quote

from bench.map_network import copied, served
from bench.pages import WORDS, build

WAITING = {"topic:unknown": 3000, "link:not_found": 1000, "stale": 1500, "closed": 200}
"""How many organisations have each task open, beside a correction and a claim for some of them."""
CORRECTED, CLAIMED, CHANGED = 800, 200, 5000
PAGES = {"desk": "/staff/", "queue": "/staff/queue", "decisions": "/staff/decisions", "history": "/staff/history"}
WITHIN = 3.0  # times the directory page


def plant(folder: Path) -> tuple[str, str]:
    """Let much wait, and sign one of the staff in; gives the name and value of the cookie."""
    os.environ["INSTANCE_PATH"] = str(folder)
    from datetime import timedelta

    from flask.sessions import SecureCookieSessionInterface
    from sqlalchemy import insert, select

    from network import create_app
    from network.accounts.models import Person, Role, SignedIn
    from network.accounts.present import hashed
    from network.clock import now
    from network.directory.models import Organization, Task
    from network.extensions import db
    from network.history.models import Edit
    from network.profiles.models import Claim, Suggestion

    app, chance = create_app({"LOG_LEVEL": "WARNING"}), random.Random(7)
    with app.test_request_context():
        session = db.session()
        person = Person(email="desk@lantern-and-loom.example", name="Desk", locale="en", handle=os.urandom(32))
        person.roles = [Role(role="staff")]
        asker = Person(email="asker@lantern-and-loom.example", name="Asker", locale="en", handle=os.urandom(32))
        session.add_all([person, asker])
        session.flush()
        here = SignedIn(token_hash=hashed("desk"), person_id=person.id, strong=True)
        here.started_at = here.seen_at = here.proved_at = now()
        session.add(here)
        ids = list(session.scalars(select(Organization.id).where(Organization.standing == "current")))

        def some(count: int) -> list[int]:
            return chance.sample(ids, min(count, len(ids)))

        def days(most: int) -> timedelta:
            return timedelta(days=chance.randrange(most), seconds=chance.randrange(86400))

        for key, count in WAITING.items():
            there = set(session.scalars(select(Task.organization_id).where(Task.key == key)))
            new = [of for of in some(count) if of not in there]
            rows = [{"organization_id": of, "key": key, "opened_at": now() - days(400)} for of in new]
            session.execute(insert(Task), rows)
        for of in some(CORRECTED):
            said = {"phone": {"before": "", "after": "+44 113 496 0123"}}
            session.add(Suggestion(organization_id=of, fields=said, note="They moved.", at=now() - days(60)))
        for of in some(CLAIMED):
            asked = now() - days(30)
            session.add(Claim(organization_id=of, person_id=asker.id, way="staff", reason="Ours.", asked_at=asked))
        edits = [
            {"organization_id": of, "thing": "organization", "thing_id": of, "action": "changed", "save": str(number)}
            | {"at": now() - days(300), "person_id": person.id}
            for number, of in enumerate(some(CHANGED))
        ]
        session.execute(insert(Edit), edits)
        session.commit()
        serializer = SecureCookieSessionInterface().get_signing_serializer(app)
        assert serializer, "the instance has no secret key"
        return app.config["SESSION_COOKIE_NAME"], serializer.dumps({"_user_id": "desk"})


def took(base: str, path: str, cookie: tuple[str, str]) -> float:
    """Milliseconds until a page is there."""
    asked = urllib.request.Request(base + path, headers={"Cookie": "=".join(cookie)})
    began = time.perf_counter()
    with urllib.request.urlopen(asked) as answer:
        answer.read()
    return (time.perf_counter() - began) * 1000


def measure(base: str, cookie: tuple[str, str], rounds: int) -> dict[str, float]:
    """Median milliseconds of each page; the directory is asked for something else each time."""
    chance = random.Random(7)
    runs: dict[str, list[float]] = {name: [] for name in ("directory", *PAGES)}
    for again in range(rounds + 5):
        words = f"{quote(chance.choice(WORDS))}&near={quote(chance.choice(('Leeds', 'Porto', 'Nairobi', 'Lima')))}"
        for name, path in {"directory": f"/organizations/?q={words}&radius={50 + again}", **PAGES}.items():
            runs[name].append(took(base, path, cookie))
    return {name: round(statistics.median(values[5:]), 2) for name, values in runs.items()}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--organizations", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument("--instance", type=Path, help="an instance that is already built; it is copied")
    parser.add_argument("--json")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / "desk"
        folder.mkdir()
        if options.instance:
            copied(options.instance, folder)
        else:
            build(folder, options.organizations)
        cookie = plant(folder)
        with served(folder) as base:
            found = measure(base, cookie, options.rounds)
    figures = {
        "milliseconds": found,
        "ratio": {name: round(found[name] / found["directory"], 2) for name in PAGES},
        "organizations": options.organizations,
    }
    for name, took_ms in found.items():
        beside = f"   {figures['ratio'][name]:.2f} of the directory page" if name in PAGES else ""
        print(f"{name:12} {took_ms:8.2f} ms{beside}")
    if options.json:
        Path(options.json).write_text(json.dumps(figures, indent=2) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
