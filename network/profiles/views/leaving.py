"""The pages on which an organisation takes its facts along, leaves, comes back, or is erased."""

from flask import abort, flash, g, jsonify, redirect, url_for
from flask.typing import ResponseReturnValue

from network.accounts.forms import EmptyForm
from network.directory.models import Organization
from network.extensions import db
from network.hats import Hat
from network.history.recording import happened
from network.permissions import identity
from network.profiles import forgetting, leaving
from network.profiles.blueprint import blueprint
from network.profiles.contact_forms import EraseForm, ExportForm, LeaveForm
from network.profiles.views.contacts import organization_here
from network.text import gettext as _
from network.web import render

PATH = "/organizations/<slug>"


@blueprint.route(f"{PATH}/leave", methods=["GET", "POST"])
def leave(slug: str) -> ResponseReturnValue:
    """Leave the network: the profile is taken out of public, with a reason; it can come back."""
    organization = organization_here()
    if organization.standing == leaving.ENDED:
        return redirect(url_for("profiles.come_back", slug=slug), 303)
    form = LeaveForm()
    if form.validate_on_submit():
        leaving.leave(db.session(), organization, form.reason.data or "", identity().person_id)
        db.session.commit()
        flash(_("%(name)s has left. Nobody finds it any more.", name=organization.name))
        return redirect(url_for("profiles.come_back", slug=slug), 303)
    return render("profiles/leave.html", status=422 if form.errors else 200, form=form, organization=organization)


@blueprint.route(f"{PATH}/return", methods=["GET", "POST"])
def come_back(slug: str) -> ResponseReturnValue:
    """Come back, as it was before."""
    organization = organization_here()
    departure = leaving.departure_of(db.session(), organization.id)
    form = EmptyForm()
    if form.validate_on_submit():
        try:
            leaving.come_back(db.session(), organization)
        except leaving.NotGone:
            abort(404)
        db.session.commit()
        flash(_("Welcome back. %(name)s is as it was.", name=organization.name))
        return redirect(url_for("directory.show", slug=slug) if organization.public else own_page(organization), 303)
    if departure is None:
        abort(404)
    return render("profiles/return.html", form=form, organization=organization, departure=departure)


def own_page(organization: Organization) -> str:
    return url_for("profiles.contact_persons", slug=organization.slug)


@blueprint.route(f"{PATH}/erase", methods=["GET", "POST"])
def erase(slug: str) -> ResponseReturnValue:
    """Say what goes, ask for the name, then erase the organisation."""
    organization, form = organization_here(), EraseForm()
    if form.validate_on_submit():
        if " ".join(organization.name.split()).casefold() == (form.name.data or "").casefold():
            words = forgetting.erase_organization(db.session(), organization)
            db.session.commit()
            forgetting.leave_no_trace(db.session(), words)
            g.pop("subject", None)
            return render("profiles/erased.html")
        form.name.errors = [_("That is not its name. Type: %(name)s", name=organization.name)]
    return render("profiles/erase.html", status=422 if form.errors else 200, form=form, organization=organization)


@blueprint.get(f"{PATH}/export.json")
def export(slug: str) -> ResponseReturnValue:
    """Everything that is stored of an organisation, without persons."""
    return as_file(leaving.exported(db.session(), organization_here(), persons=False), slug)


@blueprint.route(f"{PATH}/export-with-persons", methods=["GET", "POST"])
def export_persons(slug: str) -> ResponseReturnValue:
    """The same with its contact persons and colleagues. Staff say why they want it; the history keeps who took it."""
    organization = organization_here()
    form = ExportForm() if g.worn.hat == Hat.STAFF else EmptyForm()
    if form.validate_on_submit():
        reason = {"reason": form.reason.data} if isinstance(form, ExportForm) else {}
        happened(db.session(), organization.id, "exported", said=reason)
        db.session.commit()
        return as_file(leaving.exported(db.session(), organization, persons=True), f"{slug}-with-persons")
    status = 422 if form.errors else 200
    return render("profiles/export.html", status=status, form=form, organization=organization)


def as_file(facts: dict, name: str) -> ResponseReturnValue:
    response = jsonify(facts)
    response.headers.set("Content-Disposition", "attachment", filename=f"{name}.json")
    response.cache_control.no_store = True
    return response
