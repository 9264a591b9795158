"""What it does when somebody says that a profile is still right."""

from collections.abc import Collection

from sqlalchemy import update
from sqlalchemy.orm import Session

from network.clock import now
from network.directory.models import Organization
from network.profiles.asking import tasks_of
from network.profiles.models import Question


def confirm(session: Session, organization: Organization, listings: Collection[int]) -> None:
    """Note that a profile is right today, with those of its open listings (ids) that were looked at."""
    today = now().date()
    organization.confirmed_on = today
    for listing in organization.listings:
        if listing.id in listings and listing.state == "open":
            listing.confirmed_on = today
    answered(session, organization.id)
    for task in tasks_of(session, [organization.id]):
        task.done_at = task.done_at or now()


def answered(session: Session, organization_id: int) -> None:
    """Ask an organisation no more for now: it was confirmed, or somebody suggests what is right. Links stay good."""
    open_ones = (Question.organization_id == organization_id, Question.answered_at.is_(None))
    session.execute(update(Question).where(*open_ones).values(answered_at=now()))
