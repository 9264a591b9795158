"""What partnerships give both sides: for staff, and for each organisation itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask import abort, g
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from network.directory.models import Organization
from network.directory.queries import organization_at
from network.extensions import db
from network.hats import Hat
from network.introductions import asked, partnerships
from network.introductions import value as worth
from network.introductions.partnerships import Flow
from network.introductions.value import Check, Partnership
from network.introductions.value_forms import AMOUNT_WORDS, WORTH_WORDS
from network.introductions.views import blueprint, reading
from network.web import render

MOST = 100


@dataclass(frozen=True)
class Side:
    """One side of a partnership: what it gives and gets, what it last said, and why it is listed as silent."""

    organization: Organization
    flow: Flow
    said: Check | None
    why: str = ""


@dataclass(frozen=True)
class Told:
    """A partnership as a page tells it, the reader's own side first; `giver` gives much for little."""

    sides: tuple[Side, Side]
    giver: Organization | None = None


def told(found: Sequence[Partnership], own: int | None = None, answers_of: Sequence[int] | None = None) -> list[Told]:
    """Partnerships with their organisations; answers only of some sides, or of all when none are told."""
    ids = {id for one in found for id in (one.one, one.other)}
    query = select(Organization).where(Organization.id.in_(ids))
    named = {one.id: one for one in db.session.scalars(query)} if ids else {}
    rows = []
    for one in found:
        quiet = dict(worth.silent(one, date.today())) if answers_of is None else {}
        giver = worth.one_sided(one) if answers_of is None else None
        ends = (one.other, one.one) if own == one.other else (one.one, one.other)
        first, second = (
            Side(named[id], partnerships.flow(one, id), last(one, id, answers_of), quiet.get(id, "")) for id in ends
        )
        rows.append(Told((first, second), named.get(giver or 0)))
    return rows


def last(partnership: Partnership, side: int, answers_of: Sequence[int] | None) -> Check | None:
    """What a side said last, for whoever may read that."""
    if answers_of is not None and side not in answers_of:
        return None
    return next((one for one in partnership.said(side) if one.answered), None)


@blueprint.get("/introductions/value")
def value() -> ResponseReturnValue:
    """For staff: partnerships that are one-sided, those of which nothing is heard, and whether our programmes help."""
    found = partnerships.partnerships(db.session())
    one_sided = [one for one in found if worth.one_sided(one)]
    silent = [one for one in found if worth.silent(one, date.today()) and one not in one_sided]
    programmes = partnerships.programmes(db.session())
    return render(
        "introductions/value.html",
        total=len(found),
        one_sided=(len(one_sided), told(one_sided[:MOST])),
        silent=(len(silent), told(silent[:MOST])),
        programmes=programmes[:MOST],
        answered=len(programmes),
        counts=worth.counts(check for _organization, check in programmes),
        nobody=asked.without_admin(db.session(), date.today()),
        words_of=words_of(),
    )


def words_of() -> dict[str, dict[str, object]]:
    return {"amounts": dict(AMOUNT_WORDS), "worth": dict(WORTH_WORDS)}


@blueprint.get("/organizations/<slug>/value")
def own_value(slug: str) -> ResponseReturnValue:
    """What an organisation gives and gets, with its own answers; what the other side answered is for the staff."""
    organization = organization_at(db.session(), slug) or abort(404)
    staff, own = reading.staff(), bool(g.worn and g.worn.hat in reading.OWN)
    readable = None if staff else [organization.id] if own else []
    said = partnerships.checks(db.session(), (), organization.id).get((organization.id, None), ())
    return render(
        "introductions/value_own.html",
        organization=organization,
        found=told(partnerships.partnerships(db.session(), organization.id), organization.id, readable),
        programmes=next((one for one in said if one.answered), None) if staff or own else None,
        answers=staff or own,
        waits=bool(g.worn and g.worn.hat == Hat.ADMIN and asked.asked_of(db.session(), organization)),
        staff=staff,
        words_of=words_of(),
    )
