"""The ledger of what was erased: keyed hashes and dates, in the database and in a file beside it.

A backup that is older than an erasure still holds what was erased. The file outlives it, so that restoring can erase
again. Nobody can tell from a hash whom it stands for without the instance's secret key.
"""

import hmac
import os
from collections.abc import Iterable, Iterator
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import Session

from network.clock import now
from network.history.models import Erasure
from network.logs import log

FILE = "erasures.txt"
HEAD = "# What was erased, as keyed hashes: keep this file and secret_key beside your backups. Key "
ADDRESS, PUBLISHED, CONTACT, ORGANIZATION = "address", "published", "contact", "organization"
"""The kinds of entries: all about an address, the same where it is published, one contact entry, an organisation."""


class WrongKey(Exception):
    """The file was written with another secret key: its entries can't be recognised."""


def digest(kind: str, *words: object) -> str:
    """The entry of a thing: a keyed hash of what it is called, without regard to case."""
    said = "\0".join([kind, *(str(word).strip().lower() for word in words)])
    return hmac.new(key(), said.encode(), sha256).hexdigest()


def key() -> bytes:
    """A key of the ledger's own, made from the instance's."""
    return hmac.new(str(current_app.config["SECRET_KEY"]).encode(), b"erasure ledger", sha256).digest()


def enter(session: Session, digests: Iterable[str], at: datetime | None = None) -> None:
    """Note that things were erased. The caller commits, then calls `write_down`."""
    for one in digests:
        session.merge(Erasure(digest=one, at=at or now()))
    session.flush()


def entered(session: Session) -> dict[str, datetime]:
    """What the database's ledger says: each entry with its date."""
    return {row.digest: row.at for row in session.scalars(select(Erasure))}


def file() -> Path:
    """Where the ledger's file is."""
    return Path(current_app.instance_path) / FILE


def written(path: Path) -> dict[str, datetime]:
    """What a file says: each entry with its last date. Raises WrongKey when it was written with another key."""
    found: dict[str, datetime] = {}
    if not path.exists():
        return found
    for line in lines(path):
        entry, _, at = line.partition(" ")
        found[entry] = max(datetime.fromisoformat(at), found.get(entry, datetime.min))
    return found


def lines(path: Path) -> Iterator[str]:
    for line in path.read_text("utf-8").splitlines():
        if line.startswith("#"):
            if line.rsplit(" ", 1)[-1] != digest("key"):
                raise WrongKey(f"{path} was written with another SECRET_KEY")
        elif len(line.split()) == 2:
            yield line


def write_down(session: Session) -> None:
    """Bring the file up to what the database says: called after the commit, it also adds what an earlier one missed."""
    path = file()
    try:
        known = written(path)
        missing = [(entry, at) for entry, at in entered(session).items() if at > known.get(entry, datetime.min)]
        if missing:
            append(path, missing)
    except (OSError, WrongKey) as error:
        log.error("the ledger of erasures could not be written down: %s", error)


def append(path: Path, entries: Iterable[tuple[str, datetime]]) -> None:
    """Add entries to the end of a file that only its owner reads, and see to it that they are on the disk."""
    text = "".join(f"{entry} {at.isoformat()}\n" for entry, at in entries)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "w", encoding="utf-8") as out:
        if not out.tell():
            out.write(f"{HEAD}{digest('key')}\n")
        out.write(text)
        out.flush()
        os.fsync(out.fileno())


def since(session: Session, path: Path) -> frozenset[str]:
    """What was erased after the database was last as it is: entries of a file that the database doesn't know yet."""
    known = entered(session)
    return frozenset(entry for entry, at in written(path).items() if at > known.get(entry, datetime.min))
