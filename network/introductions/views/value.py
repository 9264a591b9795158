"""What partnerships give both sides: for staff, for each organisation itself, and the page that asks twice a year."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask import abort, flash, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from network.accounts.forms import EmptyForm
from network.directory.models import Organization
from network.directory.queries import organization_at
from network.extensions import db
from network.introductions import checking, partnerships
from network.introductions import value as worth
from network.introductions.models import ValueCheck
from network.introductions.partnerships import Flow
from network.introductions.value import Check, Partnership
from network.introductions.value_forms import AMOUNT_WORDS, FIELDS, WORTH_WORDS, ValueForm
from network.introductions.views import blueprint, reading
from network.introductions.views.conversation import steps_limited
from network.text import gettext as _
from network.web import render

MOST = 100
ANSWER = "/introductions/value/answer"


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
        staff=staff,
        words_of=words_of(),
    )


def forms_of(token: str) -> list[tuple[ValueCheck, Organization | None, ValueForm]]:
    """The questions behind a link, each with its form as it was answered so far."""
    found = []
    for check, partner in checking.asked_by(db.session(), token):
        before = {name: getattr(check, name) for name in FIELDS}
        form = ValueForm(prefix=f"about-{check.id}", data=before)
        if partner is None:
            form.got.label.text = _("What did you get from our programmes in the last half-year?")
            form.gave.label.text = _("What did you give to them?")
            form.worth.label.text = _("Are they worth it?")
        found.append((check, partner, form))
    return found


@blueprint.get(ANSWER)
def value_answer() -> ResponseReturnValue:
    """Ask about each partner and our programmes. Opening the page changes nothing."""
    token = request.args.get("token", "")
    return answer_page(token, forms_of(token))


def answer_page(
    token: str, asked: list[tuple[ValueCheck, Organization | None, ValueForm]], status: int = 200
) -> tuple[str, int]:
    organization = db.session.get(Organization, asked[0][0].organization_id) if asked else None
    if organization is None:
        return render("introductions/value_answer.html", status=410, asked=())
    return render(
        "introductions/value_answer.html",
        status=status,
        organization=organization,
        asked=[(partner, form) for _check, partner, form in asked],
        here=url_for("introductions.value_answer", token=token),
    )


@blueprint.post(ANSWER)
@steps_limited
def give_value_answer() -> ResponseReturnValue:
    """Keep what was answered for the organisation that the link was sent to."""
    token = request.args.get("token", "")
    asked = forms_of(token)
    wrong = [form for _check, _partner, form in asked if not form.validate()]
    if not asked or wrong or not EmptyForm().validate_on_submit():
        return answer_page(token, asked, 422)
    checking.answer(db.session(), [(check, form.said) for check, _partner, form in asked])
    db.session.commit()
    flash(_("Thank you. You can change it here for some weeks."))
    return redirect(url_for("introductions.value_answer", token=token), 303)
