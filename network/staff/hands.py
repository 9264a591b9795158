"""Who a card can be handed to: the staff, and the coordinators of the networks of its organisation."""

from collections import defaultdict
from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from network.accounts.models import Person, Role
from network.accounts.queries import those_with
from network.directory.models import Link
from network.directory.queries import SHOWN
from network.hats import Hat

People = list[tuple[str, str]]
"""The ids of persons, as a form sends them, and their names."""


def for_each(session: Session, organizations: Collection[int]) -> dict[int | None, People]:
    """For each of some organisations, and under None for what belongs to none: who may look after it, by name."""
    staff = those_with(session, Hat.STAFF)
    of: defaultdict[int, list[Person]] = defaultdict(list)
    if organizations:
        member = (Link.type == "member_of", *SHOWN)
        tied = select(Link.from_id, Role).join(Role, Role.organization_id == Link.to_id).where(*member)
        own = select(Role.organization_id, Role).where(Role.organization_id.in_(organizations))
        for query in (tied.where(Link.from_id.in_(organizations)), own):
            for id, role in session.execute(query.where(Role.role == Hat.COORDINATOR)):
                of[id or 0].append(role.person)
    found: dict[int | None, People] = {None: named(list(staff))}
    for one in organizations:
        found[one] = named([*staff, *of[one]])
    return found


def for_one(session: Session, organization_id: int | None) -> People:
    """Who may look after what belongs to an organisation, or to none."""
    return for_each(session, [organization_id] if organization_id else [])[organization_id]


def named(people: list[Person]) -> People:
    found = {str(one.id): one.name or one.email for one in people}
    return sorted(found.items(), key=lambda one: one[1].casefold())
