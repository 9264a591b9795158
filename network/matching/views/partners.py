"""Looking for partners: from a gap to a desired organisation with an owner and a next step. Staff and coordinators."""

from collections.abc import Sequence
from typing import Any

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from network.accounts.forms import EmptyForm
from network.accounts.models import Person
from network.accounts.queries import those_with
from network.directory import queries as directory
from network.directory.models import Organization
from network.directory.saying import country
from network.extensions import db
from network.hats import Hat, Subject
from network.matching import desired, gap_words, prospects
from network.matching.blueprint import blueprint
from network.matching.desired import Looked, Wanted
from network.matching.looking import Desk, desk_here
from network.matching.matcher import matcher
from network.matching.partner_forms import Choices, PartnerForm, ProspectForm
from network.matching.views.gaps import asked, wanted_of
from network.permissions import identity, may
from network.places.countries import codes
from network.text import gettext as _
from network.web import render

PARTNER = "/matching/gaps/partner"
PATH = "/matching/prospects"


def owners(desk: Desk, present: Person | None = None) -> Choices:
    """Who can look after a prospect: the staff, or the coordinators of the reader's networks; and whoever does."""
    found = (
        those_with(db.session(), Hat.STAFF) if desk.staff else those_with(db.session(), Hat.COORDINATOR, desk.networks)
    )
    named = {one.id: one.name or one.email for one in (*found, present) if one}
    return sorted(((str(id), name) for id, name in named.items()), key=lambda one: one[1].casefold())


def networks(desk: Desk) -> Choices:
    """The networks that a coordinator may look for."""
    if desk.networks is None:
        return []
    query = select(Organization).where(Organization.id.in_(desk.networks)).order_by(Organization.name)
    return [(str(one.id), one.name) for one in db.session.scalars(query)]


def partner_form(desk: Desk, wanted: Wanted) -> PartnerForm:
    me = str(identity().person_id)
    form = PartnerForm(owner=me, country=wanted.region)
    form.offer(owners(desk))
    form.offer_places(sorted(((code, country(code)) for code in codes()), key=lambda one: one[1]), networks(desk))
    return form


@blueprint.get(PARTNER)
def partner() -> ResponseReturnValue:
    """Ask whom to win for a gap, who looks after it, and what is next."""
    desk, wanted = desk_here(), wanted_of(asked())
    return partner_page(desk, wanted, partner_form(desk, wanted))


def seeks_of(wanted: Wanted) -> list[Any]:
    """The public seeks of a gap: of that one alone, or where several are meant of all of them."""
    found = matcher().gaps(db.session(), region=wanted.region, kind=wanted.kind, topic=wanted.topic_id)
    alone = [gap for gap in found if Wanted(gap.kind, gap.topic, gap.region) == wanted]
    ids = {id for gap in alone or found for id in gap.seeks}
    known = gap_words.seeks(db.session(), ids)
    return [known[id] for id in sorted(known)]


def partner_page(
    desk: Desk, wanted: Wanted, form: PartnerForm, status: int = 200, same: Sequence[Organization] = ()
) -> tuple[str, int]:
    return render(
        "matching/partner.html",
        status=status,
        form=form,
        what=gap_words.gap_words(db.session(), wanted),
        seeks=seeks_of(wanted),
        already=desired.like(db.session(), wanted, desk.networks),
        same=same,
        here=request.full_path.rstrip("?"),
        several=len(form.network.choices) > 1,
    )


@blueprint.post(PARTNER)
def look_for_partner() -> ResponseReturnValue:
    """Begin to look for a partner; a second one for the same gap, or a name that is there already, is pointed out."""
    desk, wanted = desk_here(), wanted_of(asked())
    form = partner_form(desk, wanted)
    if not form.validate_on_submit():
        return partner_page(desk, wanted, form, 422)
    name, session = form.name.data or "", db.session()
    same = desired.namesakes(session, name) if name else ()
    if (same or desired.like(session, wanted, desk.networks)) and not form.anyway.data:
        return partner_page(desk, wanted, form, 409, same)
    what = gap_words.gap_words(session, wanted)
    made = prospects.look_for(
        session,
        name or _("Somebody for %(what)s", what=what)[:200],
        wanted,
        [one.id for one in seeks_of(wanted)],
        form.owner_id,
        form.next_step.data or "",
        form.due_on.data,
        form.country.data,
        int(form.network.data) if form.network.data else None,
    )
    id = made.id
    session.commit()
    flash(_("It stands among the desired partners now; only those who look after the network see it."))
    return redirect(url_for("matching.looked_for", _anchor=f"prospect-{id}"), 303)


@blueprint.get(PATH)
def looked_for() -> ResponseReturnValue:
    """The partners that are looked for, the overdue ones first."""
    desk, closed = desk_here(), request.args.get("closed") == "1"
    found = desired.prospects(db.session(), desk.networks, closed)
    return render(
        "matching/prospects.html",
        found=[(one, gap_words.gap_words(db.session(), one.wanted)) for one in found],
        overdue=sum(one.overdue for one in found),
        closed=closed,
        path=PATH,
    )


def prospect_here(id: int, lock: bool = False) -> tuple[Desk, Looked]:
    """A prospect that the reader may see; 404 for every other."""
    desk = desk_here()
    found = desired.prospect_at(db.session(), id, desk.networks, lock) if id < 2**31 else None
    return desk, found or abort(404)


@blueprint.get(f"{PATH}/<int:id>")
def prospect(id: int) -> ResponseReturnValue:
    """One prospect: who looks after it, what is next, and who waits for it."""
    desk, one = prospect_here(id)
    return prospect_page(one, prospect_form(desk, one))


def prospect_form(desk: Desk, one: Looked) -> ProspectForm:
    owner = str(one.prospect.owner_id or "")
    form = ProspectForm(
        name=one.organization.name,
        standing=one.organization.standing,
        owner=owner,
        next_step=one.prospect.next_step,
        due_on=one.prospect.due_on,
    )
    form.offer(owners(desk, one.owner))
    if one.organization.standing not in prospects.STANDINGS:
        del form.name
        del form.standing
    return form


def prospect_page(one: Looked, form: ProspectForm, status: int = 200, moved: bool = False) -> tuple[str, int]:
    subject = directory.subject(db.session(), one.organization.slug)
    return render(
        "matching/prospect.html",
        status=status,
        one=one,
        what=gap_words.gap_words(db.session(), one.wanted),
        form=form,
        moved=moved,
        editable=isinstance(subject, Subject) and may("edit", identity(), subject),
    )


@blueprint.post(f"{PATH}/<int:id>")
def change_prospect(id: int) -> ResponseReturnValue:
    """Write who looks after a prospect, and what is next; what somebody else wrote in the meantime is shown first."""
    desk, one = prospect_here(id, lock=True)
    form = prospect_form(desk, one)
    if not form.validate_on_submit():
        return prospect_page(one, form, 422)
    if request.form.get("mark") != one.mark:
        return prospect_page(one, form, 409, moved=True)
    name = form.name.data if form.name else one.organization.name
    standing = form.standing.data if form.standing else one.organization.standing
    prospects.change(db.session(), one, name, standing, form.owner_id, form.next_step.data or "", form.due_on.data)
    db.session.commit()
    flash(_("Saved."))
    return redirect(url_for("matching.looked_for", _anchor=f"prospect-{id}"), 303)


@blueprint.post(f"{PATH}/<int:id>/<any(close,reopen):action>")
def settle_prospect(id: int, action: str) -> ResponseReturnValue:
    """Look for it no more, or again."""
    _desk, one = prospect_here(id, lock=True)
    if not EmptyForm().validate_on_submit():
        abort(422)
    if action == "close":
        prospects.close(db.session(), one)
        flash(_("Closed. It stands among the closed ones, and can be taken up again."))
    else:
        prospects.reopen(db.session(), one)
        flash(_("Taken up again."))
    db.session.commit()
    return redirect(url_for("matching.looked_for"), 303)
