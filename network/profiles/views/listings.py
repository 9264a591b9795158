"""Offers and seeks on the edit page."""

from typing import Any

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from network.directory.models import Listing, Organization
from network.directory.sentences import not_understood
from network.directory.thesaurus import thesaurus
from network.directory.vocabulary import LISTING_STATES
from network.extensions import db
from network.locales import chosen
from network.profiles import editing, listings, sections, stale
from network.profiles.blueprint import blueprint
from network.profiles.forms import ListingForm
from network.profiles.understanding import chips, meaning
from network.profiles.views import desk
from network.text import gettext as _
from network.web import render

LISTINGS = "/organizations/<slug>/edit/listings"
PART = "listings"


def finish(organization: Organization, said: str = "", anchor: str = "") -> ResponseReturnValue:
    """Store what was done, tell whom it concerns, and show it."""
    editing.tell_admins(db.session(), organization, desk.hat())
    db.session.commit()
    return desk.saved(organization, PART, said, anchor)


def wanted(organization: Organization, id: int) -> Listing:
    return listings.listing_of(organization, id) or abort(404)


def completed(form: ListingForm) -> tuple[dict[str, Any], list[str]]:
    """What was typed with what it means, and the phrases that no topic covers."""
    values = {name: value for name, value in form.values.items() if name != "side"}
    return listings.completed(db.session(), values, request.form.getlist("offered"), request.form.get("proposed", ""))


@blueprint.post(LISTINGS)
def add_listing(slug: str) -> ResponseReturnValue:
    """Add an offer or a seek."""
    organization = desk.here(slug, lock=True)
    form = ListingForm("add", request.form)
    if not form.fits({}):
        return unfinished(organization, form, 422, _("Not added yet: look at what is marked."))
    facts, unknown = completed(form)
    listing, new = listings.add(db.session(), organization, form.side.data, facts)
    editing.tell_curators(db.session(), organization, [*unknown, *form.topics.unknown])
    db.session.flush()
    said = _("Added: “%(title)s”.", title=listing.title) if new else _("That stands in the list already.")
    return finish(organization, said, f"listing-{listing.id}")


def unfinished(organization: Organization, form: ListingForm, status: int, said: str) -> ResponseReturnValue:
    """The part with what was typed into the form for a new one."""
    known = thesaurus(db.session())
    found = meaning(known, form.title.data or "", form.detail.data or "")
    ticked = chips(known, found, form.topics.data, request.form.getlist("offered"), chosen())
    more = {"adding": form, "adding_chips": ticked, "adding_proposed": found.kind}
    return desk.show(organization, PART, status, said={PART: said}, not_saved=PART, **more)


@blueprint.post(f"{LISTINGS}/<int:id>")
def change_listing(slug: str, id: int) -> ResponseReturnValue:
    """Change an offer or a seek; what somebody else changed or removed in the meantime is asked about."""
    organization = desk.here(slug, lock=True)
    listing = listings.listing_of(organization, id)
    typed, theirs = desk.settled_form()
    if listing is None:
        said = _("Somebody took this away in the meantime. What you typed stands below: add it if it still holds.")
        return unfinished(organization, ListingForm("add", typed), 409, said)
    now = sections.listed(listing)
    form = ListingForm(f"listing-{id}", typed, data={**now, "side": listing.side})
    if not form.fits(now):
        said = _("Not saved yet: look at what is marked.")
        return desk.show(organization, PART, 422, said={PART: said}, not_saved=PART, rows=rows(organization, id, form))
    before = listing.title
    facts, unknown = completed(form)
    compared = stale.compare(desk.carried(), facts, now, theirs)
    if compared.conflicts:
        action = f"/organizations/{slug}/edit/listings/{id}"
        decision = desk.decision(action, form, now, compared.conflicts)
        return desk.show(organization, PART, 409, decision={PART: decision}, deciding=id)
    listings.change(db.session(), organization, listing, compared.changes)
    known = set(not_understood(thesaurus(db.session()), before)) - set(unknown)
    editing.tell_curators(db.session(), organization, [*unknown, *form.topics.unknown], known)
    if not compared.changes:
        db.session.commit()
        return desk.saved(organization, PART, anchor=f"listing-{id}")
    return finish(organization, anchor=f"listing-{id}")


def rows(organization: Organization, id: int, form: ListingForm) -> dict[str, list[desk.Row]]:
    """All listings with their forms, one of them as it was typed."""
    return {
        side: [desk.row(one, form if one.id == id else None) for one in listings.of_side(organization, side)]
        for side in ("offer", "seek")
    }


@blueprint.post(f"{LISTINGS}/<int:id>/move")
def move_listing(slug: str, id: int) -> ResponseReturnValue:
    """Put a listing at another place among those of its side."""
    organization = desk.here(slug, lock=True)
    listing = wanted(organization, id)
    place = request.form.get("place", type=int)
    if place is None:
        abort(422)
    stands = listings.move(organization, listing, place) + 1
    many = len(listings.of_side(organization, listing.side))
    said = _("“%(title)s” is number %(place)s of %(many)s now.", title=listing.title, place=stands, many=many)
    return finish(organization, said, f"listing-{id}")


@blueprint.post(f"{LISTINGS}/<int:id>/state")
def set_listing_state(slug: str, id: int) -> ResponseReturnValue:
    """Pause a listing, say that it is met, or open it again."""
    organization = desk.here(slug, lock=True)
    state = request.form.get("state", "")
    if state not in LISTING_STATES:
        abort(422)
    listings.set_state(organization, wanted(organization, id), state)
    said = {
        "open": _("It is shown again."),
        "paused": _("Paused: it is not shown until you open it again."),
        "met": _("Good news. It is not shown any more."),
    }
    return finish(organization, said[state], f"listing-{id}")


@blueprint.get(f"{LISTINGS}/<int:id>/remove")
def ask_removal(slug: str, id: int) -> ResponseReturnValue:
    """Ask before a listing is taken away."""
    organization = desk.here(slug)
    return render("profiles/remove_listing.html", organization=organization, listing=wanted(organization, id))


@blueprint.post(f"{LISTINGS}/<int:id>/remove")
def remove_listing(slug: str, id: int) -> ResponseReturnValue:
    """Take a listing away."""
    organization = desk.here(slug, lock=True)
    listing = listings.listing_of(organization, id)
    if listing:
        listings.remove(db.session(), organization, listing)
        editing.tell_admins(db.session(), organization, desk.hat())
        db.session.commit()
    return redirect(url_for("profiles.edit", slug=slug, saved=PART, _anchor=PART), 303)
