"""Writing what an organisation's people changed of its profile: one save at a time, and told to whom it concerns."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import Session

from network.accounts.queries import admins_of
from network.clock import now
from network.directory.models import Organization, Task, Topic
from network.directory.tasks import UNKNOWN, settle_task
from network.hats import Hat
from network.mail import notice
from network.mail.models import Message
from network.profiles.placing import NAMED, locate

TOLD = "edited_by_staff"
AT_MOST_EVERY = timedelta(hours=1)


def locked(session: Session, slug: str) -> Organization | None:
    """The organisation at an address as it is now; whoever else wants to save it waits for this transaction."""
    query = select(Organization).where(Organization.slug == slug).with_for_update()
    return session.scalars(query.execution_options(populate_existing=True)).first()


def topics(session: Session, slugs: Iterable[str]) -> list[Topic]:
    return list(session.scalars(select(Topic).where(Topic.slug.in_(tuple(slugs))).order_by(Topic.id)))


def put(session: Session, thing: Any, changes: Mapping[str, Any]) -> None:
    """Write fields of an organisation or a listing."""
    for name, value in changes.items():
        setattr(thing, name, topics(session, value) if name == "topics" else value)


def touch(organization: Organization) -> None:
    """Give the profile a new version, though nothing of its own row may have changed."""
    organization.changed_at = now()


def write(session: Session, organization: Organization, changes: Mapping[str, Any]) -> None:
    """Write fields of a profile; a new town, region or country is looked up."""
    if not changes:
        return
    with session.no_autoflush:
        put(session, organization, changes)
        touch(organization)
        if changes.keys() & set(NAMED):
            locate(session, organization)


def unknown_words(session: Session, organization: Organization) -> list[str]:
    """The words of a profile that wait for the topic curators."""
    which = (Task.organization_id == organization.id, Task.key == UNKNOWN, Task.done_at.is_(None))
    facts = session.scalar(select(Task.facts).where(*which)) or {}
    return list(facts.get("topics", ()))


def tell_curators(
    session: Session, organization: Organization, unknown: Iterable[str], known: Iterable[str] = ()
) -> None:
    """Ask the topic curators about words that no topic covers; `known` are some that need no answer any more."""
    with session.no_autoflush:
        before = unknown_words(session, organization)
        words = [word for word in dict.fromkeys([*before, *filter(None, unknown)]) if word not in set(known)]
        if words != before:
            settle_task(session, organization.id, UNKNOWN, {"topics": words} if words else None)


def tell_admins(session: Session, organization: Organization, hat: Hat | None) -> None:
    """Tell an organisation's admins that staff or a coordinator changed its profile, at most once an hour."""
    if hat not in (Hat.COORDINATOR, Hat.STAFF):
        return
    base = f"{current_app.config['BASE_URL'].rstrip('/')}/organizations/{organization.slug}"
    for admin in admins_of(session, organization.id):
        told = f"{TOLD}:{organization.id}:{admin.id}:"
        lately = (Message.key.startswith(told, autoescape=True), Message.created_at > now() - AT_MOST_EVERY)
        if session.scalar(select(Message.id).where(*lately)) is None:
            notice(
                session,
                admin,
                TOLD,
                key=f"{told}{now():%Y%m%d%H%M}",
                organization_id=organization.id,
                name=organization.name,
                by_staff=hat == Hat.STAFF,
                page=base,
                history=f"{base}/history",
            )
