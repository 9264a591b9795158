"""What came of the demonstration network since it began: works, introductions, answers, partners looked for."""

from contextlib import suppress
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from network.accounts.queries import person_at
from network.demo.introductions import load_introductions
from network.demo.maps import load_maps
from network.demo.past import Missing, done_at, since, stored, titled, without_mail
from network.demo.waiting import load_waiting
from network.demo.worth import load_worth
from network.demo.written import moment
from network.directory.documents import reindex
from network.directory.models import Topic
from network.history import recording
from network.matching.actions import note_shown, put_aside
from network.matching.models import Prospect, ProspectSeeker, Shown, Work
from network.matching.prospects import STANDINGS, THING


def load_since(session: Session, today: date) -> None:
    """Add each kind of what came since, as of `today`, unless anything of its kind is there."""
    load_works(session, today)
    with without_mail(session):
        load_introductions(session, today)
        load_worth(session, today)
        load_waiting(session, today)
    load_prospects(session, today)
    load_shown(session, today)
    load_maps(session, today)


def load_works(session: Session, today: date) -> None:
    """What organisations published or finished; they are matched by it from now on."""
    if session.scalars(select(Work.id).limit(1)).first():
        return
    made = set()
    for written in since("works")["work"]:
        with suppress(Missing):
            work = Work(organization_id=stored(session, written["organization"]).id, title=written["title"])
            work.detail, work.year = written.get("detail", ""), today.year - written["years_ago"]
            work.created_at = moment(today, work.title) - timedelta(days=60)
            session.add(work)
            made.add(work.organization_id)
    session.flush()
    reindex(session, sorted(made))


def load_prospects(session: Session, today: date) -> None:
    """Partners that are wanted already, with who looks for them, what is next, and the seeks that wait."""
    if session.scalars(select(Prospect.id).limit(1)).first():
        return
    for written in since("prospects")["prospect"]:
        with suppress(Missing):
            look_for(session, written, today)


def look_for(session: Session, written: dict[str, Any], today: date) -> None:
    """One of them, as long as it is neither won nor given up."""
    of, owner = stored(session, written["organization"]), person_at(session, written["owner"])
    if of.standing not in STANDINGS or owner is None:
        raise Missing(of.slug)
    seeks = [titled(session, title) for title in written["seeks"]]
    with done_at(session, moment(today - timedelta(days=written["since_days_ago"]), of.slug), owner, "staff"):
        one = Prospect(organization_id=of.id, owner_id=owner.id, kind=written["kind"])
        one.region, one.next_step = written.get("region", ""), written["next_step"]
        one.topic_id = session.scalar(select(Topic.id).where(Topic.slug == written.get("topic", "")))
        one.due_on = today + timedelta(days=written["due_in_days"])
        session.add(one)
        session.flush()
        session.add_all(ProspectSeeker(prospect_id=one.id, listing_id=seek.id) for seek in seeks)
        recording.happened(session, of.id, "added", THING, one.id)


def load_shown(session: Session, today: date) -> None:
    """Whom organisations saw among their matches, and whom they put aside."""
    if session.scalars(select(Shown.other_id).limit(1)).first():
        return
    for written in since("shown")["shown"]:
        with suppress(Missing):
            of, *others = (stored(session, slug).id for slug in (written["organization"], *written["others"]))
            for days in written["days_ago"]:
                note_shown(session.connection(), of, others, today - timedelta(days=days))
    for written in since("shown")["dismissed"]:
        on = today - timedelta(days=written["days_ago"])
        with suppress(Missing), done_at(session, moment(on, written["other"])):
            of, other = (stored(session, written[name]).id for name in ("organization", "other"))
            put_aside(session, of, other, written["reason"], None, on)
