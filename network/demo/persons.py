"""The persons of the demonstration, as `persons.toml` has them: one for each kind, and staff enough to vouch."""

import tomllib
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from network.accounts.actions import give_role, person_for
from network.accounts.models import Person
from network.directory.queries import organization_at
from network.hats import Hat

FILE = Path(__file__).parent / "persons.toml"


def persons() -> list[dict[str, str]]:
    """Each with `name`, `email` and `role`, and the slug of an `organization` where the role belongs to one."""
    return tomllib.loads(FILE.read_text("utf-8"))["person"]


def load_persons(session: Session) -> None:
    """Make accounts for them, with their roles in the organisations of the demonstration; unless anybody is there."""
    if session.scalars(select(Person.id).limit(1)).first():
        return
    for written in persons():
        person = person_for(session, written["email"])
        person.name = written["name"]
        of = organization_at(session, written.get("organization", ""))
        if of or "organization" not in written:
            give_role(session, person, Hat(written["role"]), of.id if of else None)
