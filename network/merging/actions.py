"""Asking for a merge, deciding about it, undoing it; and who is told."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import update
from sqlalchemy.orm import Session

from network import mail
from network.accounts.models import Person
from network.accounts.pages import page
from network.accounts.queries import admins_of, those_with
from network.clock import now
from network.directory.models import Organization
from network.extensions import touched
from network.hats import Hat
from network.merging import queries, uniting
from network.merging.choosing import facts_of, settled
from network.merging.models import Merge
from network.text import gettext as _


class Refused(Exception):
    """What can't be done about a merge: why, in a sentence."""


class Stale(Exception):
    """One of the two pages was changed since whoever decides looked at them."""


def ask(
    session: Session,
    stays: Organization,
    goes: Organization,
    asked: Mapping[str, str],
    words: str,
    person_id: int | None,
) -> Merge:
    """Ask a second person to merge one organisation into another. Raises Refused."""
    if stays.id == goes.id:
        raise Refused(_("That is the same page. Choose another one."))
    uniting.locked(session, (stays.id, goes.id))
    if queries.open_between(session, (stays.id, goes.id)):
        raise Refused(_("A merge of one of them waits for a decision already."))
    merge = Merge(organization_id=stays.id, gone_id=goes.id, gone_slug=goes.slug, gone_name=goes.name)
    merge.choices = settled(asked, facts_of(stays), facts_of(goes))
    merge.words, merge.asked_by_id = words, person_id
    session.add(merge)
    session.flush()
    link = page(f"/organizations/{stays.slug}/merges/{merge.id}")
    facts: dict[str, Any] = {"stays": stays.name, "goes": goes.name, "words": words}
    for one in those_with(session, Hat.STAFF):
        if one.id != person_id:
            mail.notice(session, one, "merge_asked", organization_id=stays.id, link=link, **facts)
    for one in admins(session, stays.id, goes.id):
        mail.post(session, "merge_wanted", one.email, one.locale, organization_id=stays.id, **facts)
    return merge


def admins(session: Session, *ids: int) -> list[Person]:
    """The admins of some organisations, each once."""
    return list({one.id: one for id in ids for one in admins_of(session, id)}.values())


def seen(stays: Organization, goes: Organization) -> str:
    """A mark of how two pages are: another once either is changed."""
    return f"{stays.version}-{goes.version}"


def pair(session: Session, merge: Merge) -> tuple[Organization, Organization]:
    """The two of a merge that waits, held for this transaction. Raises Refused when one of them is no longer there."""
    found = uniting.locked(session, (merge.organization_id, merge.gone_id))
    stays, goes = found.get(merge.organization_id), found.get(merge.gone_id)
    if stays is None or goes is None or goes.slug != merge.gone_slug:
        raise Refused(_("One of the two is no longer there."))
    return stays, goes


def carry_out(session: Session, merge: Merge, mark: str, person_id: int | None) -> None:
    """Merge the two that somebody else asked to be merged. Raises Refused, or Stale."""
    if merge.state != queries.ASKED:
        raise Refused(_("This was decided already."))
    if merge.asked_by_id == person_id:
        raise Refused(_("You asked for this yourself: somebody else decides."))
    stays, goes = pair(session, merge)
    if mark != seen(stays, goes):
        raise Stale
    told, name = admins(session, stays.id, goes.id), goes.name
    merge.state, merge.decided_by_id, merge.decided_at = queries.DONE, person_id, now()
    session.flush()
    merge.moved = uniting.unite(session, merge, stays, goes)
    session.flush()
    tell(session, told, merge, stays, name, "merged")


def decline(session: Session, merge: Merge, reason: str, person_id: int | None) -> None:
    """Leave the two as they are: whoever asked may take it back, too. Raises Refused."""
    if merge.state != queries.ASKED:
        raise Refused(_("This was decided already."))
    merge.state, merge.reason = queries.DECLINED, reason
    merge.decided_by_id, merge.decided_at = person_id, now()
    stays = session.get_one(Organization, merge.organization_id)
    tell(session, admins(session, stays.id, merge.gone_id), merge, stays, merge.gone_name, "declined")


def undo(session: Session, merge: Merge, person_id: int | None) -> None:
    """Let the two be two again; what could not be put back stands in `merge.left`. Raises Refused."""
    if not queries.undoable(merge, now()):
        raise Refused(_("This can't be taken back any more."))
    stays = uniting.locked(session, (merge.organization_id,))[merge.organization_id]
    if other := queries.later(session, merge):
        raise Refused(_("%(name)s was merged into it later: undo that first.", name=other.gone_name))
    left = uniting.part(session, merge, stays)
    merge.state, merge.left, merge.moved = queries.UNDONE, left, None
    merge.undone_by_id, merge.undone_at = person_id, now()
    session.flush()
    tell(session, admins(session, stays.id, merge.gone_id), merge, stays, merge.gone_name, "undone")


def tell(session: Session, whom: list[Person], merge: Merge, stays: Organization, name: str, what: str) -> None:
    """Tell the admins of both, and whoever asked, what became of it."""
    asker = session.get(Person, merge.asked_by_id) if merge.asked_by_id else None
    staff = asker is not None and asker.id not in (merge.decided_by_id, merge.undone_by_id)
    everyone = {one.id: one for one in (*whom, *((asker,) if asker and staff else ()))}
    facts: dict[str, Any] = {"stays": stays.name, "goes": name, "what": what, "reason": merge.reason}
    facts |= {"until": queries.until(merge), "link": page(f"/organizations/{stays.slug}")}
    for one in everyone.values():
        mail.post(session, "merge_decided", one.email, one.locale, organization_id=stays.id, **facts)


def forget_moved(session: Session) -> str:
    """Forget what it takes to go back, once the time for that is over."""
    old = (Merge.moved.is_not(None), Merge.decided_at < now() - queries.KEPT)
    return f"{touched(session, update(Merge).where(*old).values(moved=None))} merges are final"
