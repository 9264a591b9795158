"""Which websites are to be asked."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from network.directory.models import Organization, Task
from network.directory.queries import PUBLIC
from network.websites.models import WebsiteCheck


def due(session: Session, moment: datetime, most: int) -> Sequence[tuple[int, str]]:
    """The public organisations whose website is to be asked, with its address: those never asked, then the longest."""
    check = WebsiteCheck
    query = (
        select(Organization.id, Organization.website)
        .outerjoin(check, check.organization_id == Organization.id)
        .where(PUBLIC, Organization.website != "")
        .where(or_(check.due_at.is_(None), check.due_at <= moment, check.website != Organization.website))
        .order_by(check.asked_at.is_not(None), check.asked_at, Organization.id)
        .limit(most)
    )
    return [(id, website) for id, website in session.execute(query)]


def outdated(session: Session, keys: Sequence[str]) -> Sequence[Task]:
    """The open tasks of some keys that are about a website which the organisation has no more."""
    query = (
        select(Task, Organization.website)
        .join(Organization, Organization.id == Task.organization_id)
        .where(Task.key.in_(keys), Task.done_at.is_(None))
    )
    return [task for task, website in session.execute(query) if task.facts.get("website") != website]
