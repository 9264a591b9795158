"""Noting how a website answered, and taking over its new address. The caller commits."""

from datetime import timedelta
from typing import Any

from flask import g
from sqlalchemy import select
from sqlalchemy.orm import Session

from network.clock import now
from network.directory.models import Organization, Task
from network.directory.tasks import GONE_WEBSITE, MOVED_WEBSITE, finish, reopen
from network.profiles import editing
from network.profiles.resting import of_task
from network.text import gettext as _
from network.waiting import Before, By, Refused, Row
from network.websites.looking import Found
from network.websites.models import WebsiteCheck

ASKED_EVERY, AGAIN = timedelta(days=30), timedelta(days=1)
DEAD_AFTER = 3  # days on which it failed, one after the other


def note(session: Session, organization_id: int, website: str, found: Found) -> None:
    """Keep how a website answered, and let a task say what somebody should look at."""
    if session.scalar(select(Organization.website).where(Organization.id == organization_id)) != website:
        return  # it was changed while we asked
    check = session.get(WebsiteCheck, organization_id)
    if check is None:
        check = WebsiteCheck(organization_id=organization_id, failures=0)
        session.add(check)
    if check.website != website:
        check.website, check.failures, check.failed_on, check.failing_since = website, 0, None, None
    check.asked_at, check.due_at = now(), now() + ASKED_EVERY
    if found.answers is None:
        return
    if found.answers:
        check.failures, check.failed_on, check.failing_since = 0, None, None
        settle(session, organization_id, GONE_WEBSITE, None)
        moved = {"website": website, "to": found.moved} if found.moved else None
        settle(session, organization_id, MOVED_WEBSITE, moved)
        return
    today = now().date()
    if check.failed_on != today:
        check.failures, check.failed_on = check.failures + 1, today
    check.failing_since = check.failing_since or now()
    if check.failures < DEAD_AFTER:
        check.due_at = now() + AGAIN
        return
    since = check.failing_since.date().isoformat()
    facts = {"website": website, "since": since, "why": found.why, "detail": found.detail}
    settle(session, organization_id, GONE_WEBSITE, facts)


def settle(session: Session, organization_id: int, key: str, facts: dict[str, Any] | None) -> None:
    """Let a task stand with these facts, or be done. What is opened again waits anew, from now on."""
    task = session.scalar(select(Task).where(Task.organization_id == organization_id, Task.key == key))
    if facts is None:
        if task and task.done_at is None:
            task.done_at = now()
    elif task is None:
        session.add(Task(organization_id=organization_id, key=key, facts=facts, opened_at=now()))
    else:
        if task.done_at is not None:
            task.done_at, task.opened_at = None, now()
        task.facts = facts


def ask_again(session: Session, row: Row, by: By) -> Before:
    """Let the next tick ask a website anew."""
    organization = of_task(session, row.id)
    check = session.get(WebsiteCheck, organization.id)
    if check:
        check.due_at = now()
    session.flush()
    return {}


def take_over(session: Session, row: Row, by: By) -> Before:
    """Let a page name the address to which its website has moved; its admins are told, as of every edit by staff."""
    organization = of_task(session, row.id)
    facts = session.get_one(Task, row.id).facts
    if organization.website != facts["website"]:
        raise Refused(_("Its website was changed since."))
    editing.write(session, organization, {"website": facts["to"]})
    finish(session, row.id)
    tell(session, organization)
    return {"from": facts["website"], "to": facts["to"]}


def give_back(session: Session, row: Row, before: Before, by: By) -> None:
    """Let a page name the address again that it had."""
    organization = of_task(session, row.id, open=False)
    if organization.website != before["to"]:
        raise Refused(_("Its website was changed since."))
    editing.write(session, organization, {"website": before["from"]})
    reopen(session, row.id)
    tell(session, organization)


def tell(session: Session, organization: Organization) -> None:
    worn = g.get("worn")
    editing.tell_admins(session, organization, worn.hat if worn else None)
    session.flush()
