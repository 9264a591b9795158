"""Confirming a profile from the staff's desk, letting one rest or end, and taking that back."""

from datetime import date

from sqlalchemy.orm import Session

from network.directory import tasks
from network.directory.models import Organization, Task
from network.profiles import answering, leaving
from network.profiles.deciding import alone
from network.text import gettext as _
from network.waiting import Before, By, Refused, Row


def of_task(session: Session, id: int, open: bool = True) -> Organization:
    """The organisation of a task; while it is open, unless that doesn't matter."""
    task = session.get(Task, id, with_for_update=True)
    if task is None or (open and task.done_at is not None):
        raise Refused(_("This was done already."))
    return alone(session, task.organization_id)


def confirm(session: Session, row: Row, by: By) -> Before:
    """Say that a profile is right today; nothing is said of its offers and seeks."""
    organization = of_task(session, row.id)
    before = organization.confirmed_on
    answering.confirm(session, organization, ())
    session.flush()
    return {"confirmed_on": before.isoformat() if before else None, "on": str(organization.confirmed_on)}


def unconfirm(session: Session, row: Row, before: Before, by: By) -> None:
    """Let it be as long unconfirmed as it was, unless somebody confirmed it since."""
    organization = of_task(session, row.id, open=False)
    if str(organization.confirmed_on) != before["on"]:
        raise Refused(_("Somebody confirmed it since."))
    organization.confirmed_on = date.fromisoformat(before["confirmed_on"]) if before["confirmed_on"] else None
    tasks.reopen(session, row.id)


def pause(session: Session, row: Row, by: By) -> Before:
    """Let an organisation rest: it stays public, as one that pauses, and nobody is asked about it."""
    organization = of_task(session, row.id)
    before = {"standing": organization.standing, "made": "paused"}
    organization.standing = "paused"
    tasks.finish(session, row.id)
    return before


def resume(session: Session, row: Row, before: Before, by: By) -> None:
    organization = of_task(session, row.id, open=False)
    if organization.standing != before["made"]:
        raise Refused(_("Its standing was changed since: change it in the pipeline."))
    organization.standing = before["standing"]
    tasks.reopen(session, row.id)


def end(session: Session, row: Row, by: By) -> Before:
    """Take an organisation out of public that has closed; it can come back."""
    organization = of_task(session, row.id)
    if organization.standing == leaving.ENDED:
        raise Refused(_("It has ended already."))
    departure = leaving.leave(session, organization, "", by.person_id)
    tasks.finish(session, row.id)
    return {"departure": departure.id}


def come_back(session: Session, row: Row, before: Before, by: By) -> None:
    organization = of_task(session, row.id, open=False)
    departure = leaving.departure_of(session, organization.id)
    if departure is None or departure.id != before["departure"]:
        raise Refused(_("It came back, or left again, since."))
    leaving.come_back(session, organization)
    tasks.reopen(session, row.id)
