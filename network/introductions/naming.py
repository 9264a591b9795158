"""Being named as one who knows both sides: who is told so, where it is listed, and how a name is taken out again."""

from collections.abc import Collection, Sequence
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from network import mail
from network.accounts.pages import page
from network.accounts.queries import admins_of
from network.clock import now
from network.directory.models import Organization
from network.introductions.models import Introduction
from network.introductions.queries import organizations_of
from network.introductions.telling import names, start

LISTED = timedelta(days=90)


def tell_named(session: Session, introduction: Introduction) -> None:
    """Tell the admins of whoever is named who names them, and who is to meet: no words, no person, no address."""
    named = session.get(Organization, introduction.introducer_id) if introduction.introducer_id else None
    if named is None:
        return
    known = organizations_of(session, [introduction])
    asker, parties = introduction.asker_id, [one.organization_id for one in introduction.parties]
    for person in admins_of(session, named.id):
        mail.notice(
            session,
            person,
            "introduction_named",
            key=f"{start(introduction)}named-{person.id}",
            organization_id=named.id,
            name=named.name,
            by=names([known.get(asker)]) if asker else "",
            others=names(known.get(id) for id in parties if id != asker),
            link=page(f"/introductions/#of-{named.slug}"),
        )


def named_in(session: Session, ids: Collection[int]) -> Sequence[Introduction]:
    """The introductions of the last three months that name some organisations, the newest first, however they went."""
    query = select(Introduction).where(Introduction.introducer_id.in_(ids), Introduction.asked_at >= now() - LISTED)
    query = query.options(selectinload(Introduction.parties))
    return session.scalars(query.order_by(Introduction.asked_at.desc(), Introduction.id.desc())).all()


def take_name_out(session: Session, organization: Organization, id: int) -> None:
    """Let an introduction name an organisation no more; nobody is told."""
    found = session.scalar(select(Introduction).where(Introduction.id == id).with_for_update())
    if found and found.introducer_id == organization.id:
        found.introducer_id = None
