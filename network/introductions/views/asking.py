"""Asking for an introduction: the other's card, what it is about, one's own words, who could introduce."""

from dataclasses import dataclass
from datetime import date

from flask import abort, flash, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from network.accounts.present import person_here
from network.directory.models import Listing, Organization
from network.directory.queries import cards, organization_at
from network.extensions import db
from network.index import Hit
from network.introductions import actions, openness
from network.introductions.forms import AskForm
from network.introductions.states import Refused
from network.introductions.views import blueprint, reading
from network.introductions.views.conversation import steps_limited
from network.introductions.wording import refusal
from network.text import gettext as _
from network.web import render

PATH = "/organizations/<slug>/introductions/new"


@dataclass(frozen=True)
class Meeting:
    """Who is to meet: the organisation that asks, then one other or two."""

    organization: Organization
    others: tuple[Organization, ...]
    own: bool  # whether it asks itself; else staff or a coordinator propose it

    @property
    def all(self) -> tuple[Organization, ...]:
        return (self.organization, *self.others)

    @property
    def asker(self) -> Organization | None:
        return self.organization if self.own else None


def meeting(slug: str) -> Meeting:
    """Who the address names; 404 for whoever is not there for everyone to see."""
    organization = organization_at(db.session(), slug) or abort(404)
    slugs = [request.args.get(name, "") for name in ("to", "with")]
    others = [organization_at(db.session(), one) for one in slugs if one]
    if not slugs[0] or not all(one and one.public for one in others):
        abort(404)
    return Meeting(organization, tuple(one for one in others if one), g.worn.hat in reading.OWN)


def form_of(who: Meeting) -> AskForm:
    """The form with the listings that it may be about, and those who know both."""
    form = AskForm()
    listings, introducers = [], []
    if len(who.others) == 1:
        listings = [(str(one.id), said(one, who)) for organization in who.all for one in open_listings(organization)]
        found = openness.introducers(db.session(), who.organization, who.others[0])
        introducers = [(one.slug, one.name) for one in found]
    form.offer(listings, introducers)
    if not form.is_submitted():
        for field, choices in ((form.listing, listings), (form.introducer, introducers)):
            asked = request.args.get(field.name, "")
            field.data = asked if asked in dict(choices) else ""
    return form


def open_listings(organization: Organization) -> list[Listing]:
    today = date.today()
    return [one for one in organization.listings if one.state == "open" and (one.until is None or one.until >= today)]


def said(listing: Listing, who: Meeting) -> str:
    """A listing as a choice: whose it is, and which side."""
    name, title = listing.organization.name, listing.title
    if listing.side == "offer":
        return _("%(name)s offers: %(title)s", name=name, title=title)
    return _("%(name)s seeks: %(title)s", name=name, title=title)


@blueprint.get(PATH)
def new(slug: str) -> ResponseReturnValue:
    """What one needs to ask well."""
    who = meeting(slug)
    return page(who, form_of(who))


def page(who: Meeting, form: AskForm, status: int = 200, why: str = "") -> tuple[str, int]:
    if not why:
        key, name = openness.in_the_way(db.session(), who.all, who.asker)
        why = refusal(Refused(key, name)) if key else ""
    there = (openness.between(db.session(), who.organization, other) for other in who.others) if why else ()
    return render(
        "introductions/new.html",
        status=status,
        organization=who.organization,
        who=who,
        cards=cards(db.session(), [Hit(one.id, None) for one in who.others], titles=3),
        form=form,
        why=why,
        before=next(filter(None, there), 0),
        here=request.full_path,
    )


@blueprint.post(PATH)
@steps_limited
def ask(slug: str) -> ResponseReturnValue:
    """Ask."""
    who = meeting(slug)
    form = form_of(who)
    if not form.validate_on_submit():
        return page(who, form, 422)
    words, by, hat = form.words.data or "", person_here(), g.worn.hat
    try:
        if len(who.others) > 1:
            made = actions.ask_all(db.session(), who.all, by, words, hat)
        else:
            listing = db.session.get(Listing, int(form.listing.data)) if form.listing.data else None
            introducer = organization_at(db.session(), form.introducer.data) if form.introducer.data else None
            made = actions.ask(db.session(), who.organization, who.others[0], by, words, hat, listing, introducer)
        id = made.id
        db.session.commit()
    except Refused as refused:
        db.session.rollback()
        return page(meeting(slug), form, 409, refusal(refused))
    flash(_("Asked. You get a mail when there is an answer, in five weeks at the latest."))
    return redirect(url_for("introductions.show", id=id), 303)
