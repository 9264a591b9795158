"""Ties to other organisations on the edit page."""

from flask import abort, request
from flask.typing import ResponseReturnValue

from network.directory.queries import organization_at
from network.extensions import db
from network.permissions import identity
from network.profiles import editing, ties
from network.profiles.blueprint import blueprint
from network.profiles.views import desk
from network.text import gettext as _
from network.web import render

EDIT = "/organizations/<slug>/edit"
PART = "ties"


@blueprint.get(f"{EDIT}/others")
def others(slug: str) -> ResponseReturnValue:
    """The organisations that a name may mean, to choose one to be tied to."""
    organization = desk.here(slug)
    typed = request.args.get("q", "")[:200]
    return render(
        "profiles/others.html",
        block="others",
        organization=organization,
        path=f"/organizations/{slug}/edit",
        tie_typed=typed,
        tie_to=ties.others(db.session(), organization, typed),
        ways=ties.ways(organization, desk.hat()),
    )


@blueprint.post(f"{EDIT}/ties")
def propose_tie(slug: str) -> ResponseReturnValue:
    """Propose a tie to another organisation; it is shown once they, or staff, confirmed it."""
    organization = desk.here(slug, lock=True)
    other = organization_at(db.session(), request.form.get("other", ""))
    way, typed = request.form.get("way", ""), request.form.get("q", "")[:200]
    if other is None or not other.public or other.id == organization.id:
        said = _("Not proposed yet: choose the organisation that you mean.")
    elif way not in ties.ways(organization, desk.hat()):
        said = _("Not proposed yet: say how you are tied to it.")
    else:
        return proposed(organization, ties.propose(db.session(), organization, other, way, desk.hat()), other.name)
    found = ties.others(db.session(), organization, typed)
    return desk.show(organization, PART, 422, said={PART: said}, not_saved=PART, tie_typed=typed, tie_to=found)


def proposed(organization, outcome: str, name: str) -> ResponseReturnValue:
    said = {
        "proposed": _("Proposed. It is shown once %(name)s confirms it.", name=name),
        "asked": _("%(name)s proposed that already: confirm it above.", name=name),
        "there": _("That tie to %(name)s stands already.", name=name),
    }
    return finish(organization, said[outcome])


def finish(organization, said: str) -> ResponseReturnValue:
    """Store what was done, tell whom it concerns, and show it."""
    editing.tell_admins(db.session(), organization, desk.hat())
    db.session.commit()
    return desk.saved(organization, PART, said)


@blueprint.post(f"{EDIT}/ties/<int:id>/confirm")
def confirm_tie(slug: str, id: int) -> ResponseReturnValue:
    """Confirm a tie that the other side, or staff, proposed: never one's own proposal."""
    organization = desk.here(slug, lock=True)
    link = ties.tie_of(db.session(), organization, id) or abort(404)
    if link.confirmed_on is None:
        if not ties.answerable(db.session(), organization, link, desk.hat(), identity().person_id):
            abort(403)
        ties.confirm(organization, link, desk.hat())
    return finish(organization, _("Confirmed: it is shown on both pages now."))


@blueprint.post(f"{EDIT}/ties/<int:id>/end")
def end_tie(slug: str, id: int) -> ResponseReturnValue:
    """End a tie, decline a proposed one, or take one's own proposal back."""
    organization = desk.here(slug, lock=True)
    link = ties.tie_of(db.session(), organization, id)
    stood = link is not None and link.confirmed_on is not None
    if link:
        ties.end(db.session(), organization, link)
    return finish(organization, _("Ended today. It is not shown any more.") if stood else _("Taken away."))
