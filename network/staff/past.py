"""Everything that was changed, of every organisation, by person, thing and time; nothing here changes anything."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session, selectinload

from network.accounts.models import Person
from network.directory.models import Organization
from network.history.models import Edit
from network.history.queries import Save
from network.matching.looking import Desk
from network.profiles.past import Sight, Telling, Told
from network.staff.asked import number
from network.staff.queue import theirs

EACH = 40  # edits of a page
THINGS = ("organization", "listing", "link", "contact_person", "introduction", "prospect", "value_check")
SIGHT = Sight(names=True, persons=False, standing=True)
"""Who it was stands there; what was said about persons doesn't."""


@dataclass(frozen=True)
class Asked:
    """What is asked of the history. What isn't known in an address counts as not asked for."""

    person: str = ""
    organization: str = ""  # an address of one
    thing: str = ""
    until: date | None = None
    after: tuple[datetime, int] | None = None  # when the last edit of the page before was made, and its number

    @classmethod
    def parse(cls, arguments: Mapping[str, str]) -> "Asked":
        thing = arguments.get("thing", "")
        return cls(
            person=number(arguments.get("person", "")),
            organization=arguments.get("organization", "").strip()[:120],
            thing=thing if thing in THINGS else "",
            until=day(arguments.get("until", "")),
            after=place(arguments.get("after", "")),
        )

    def address(self, path: str, after: tuple[datetime, int] | None = None) -> str:
        """The address of this question, from its beginning or after an edit."""
        pairs = [(name, getattr(self, name)) for name in ("person", "organization", "thing", "until")]
        pairs.append(("after", f"{after[0]:%Y%m%dT%H%M%S}-{after[1]}" if after else ""))
        said = [(name, str(value)) for name, value in pairs if value]
        return f"{path}?{urlencode(said)}" if said else path

    @property
    def narrow(self) -> bool:
        return bool(self.person or self.organization or self.thing or self.until)


def day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def place(text: str) -> tuple[datetime, int] | None:
    at, _dash, id = text.partition("-")
    try:
        return datetime.strptime(at, "%Y%m%dT%H%M%S"), int(number(id))
    except ValueError:
        return None


@dataclass(frozen=True)
class Changed:
    """What was saved at once of one organisation, told."""

    organization: Organization
    told: Told


def edits(session: Session, desk: Desk, asked: Asked) -> tuple[Sequence[Edit], tuple[datetime, int] | None]:
    """A page of edits, the newest first, and after which the next one begins."""
    query = select(Edit).where(*theirs(desk, Edit.organization_id)).order_by(Edit.at.desc(), Edit.id.desc())
    if asked.person:
        query = query.where(Edit.person_id == int(asked.person))
    if asked.organization:
        of = select(Organization.id).where(Organization.slug == asked.organization).scalar_subquery()
        query = query.where(Edit.organization_id == of)
    if asked.thing:
        query = query.where(Edit.thing == asked.thing)
    if asked.until:
        query = query.where(Edit.at < datetime.combine(asked.until + timedelta(days=1), time()))
    if asked.after:
        at, id = asked.after
        query = query.where(or_(Edit.at < at, and_(Edit.at == at, Edit.id < id)))
    found = session.scalars(query.options(selectinload(Edit.values)).limit(EACH + 1)).all()
    last = found[EACH - 1] if len(found) > EACH else None
    return found[:EACH], (last.at, last.id) if last else None


def changed(session: Session, found: Sequence[Edit]) -> list[Changed]:
    """Edits by what was saved at once, in their order, in words."""
    ids = {edit.organization_id for edit in found}
    query = select(Organization).where(Organization.id.in_(ids))
    organizations = {one.id: one for one in session.scalars(query)} if ids else {}
    saves = [save for save in together(found) if save.edits[0].organization_id in organizations]
    told = Telling(session, saves, SIGHT).told()
    return [
        Changed(organizations[save.edits[0].organization_id], words) for save, words in zip(saves, told, strict=True)
    ]


def together(found: Sequence[Edit]) -> Iterator[Save]:
    """Edits that stand side by side and were saved at once of one organisation."""
    for _key, some in groupby(found, key=lambda edit: (edit.save, edit.organization_id, edit.at)):
        yield Save(sorted(some, key=lambda edit: edit.id))


def people(session: Session, desk: Desk) -> list[tuple[str, str]]:
    """Who changed something of what a desk looks after, by name, as (id, name)."""
    wrote = select(Edit.person_id).where(Edit.person_id.is_not(None), *theirs(desk, Edit.organization_id)).distinct()
    query = select(Person).where(Person.id.in_(wrote)).limit(500)
    found: dict[str, Any] = {str(one.id): one.name or one.email for one in session.scalars(query)}
    return sorted(found.items(), key=lambda one: one[1].casefold())
