"""What an organisation allows: being asked, being named as one who introduces, and by whom not."""

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from network.accounts.forms import EmptyForm
from network.accounts.present import person_here
from network.directory.models import Organization
from network.directory.queries import organization_at
from network.extensions import db
from network.introductions import allowing, naming, openness
from network.introductions.forms import SettingsForm
from network.introductions.views import blueprint
from network.text import gettext as _
from network.web import render

PATH = "/organizations/<slug>/introductions"


def organization_of(slug: str) -> Organization:
    found = organization_at(db.session(), slug)
    return found if found is not None else abort(404)


def other_here(organization: Organization) -> Organization:
    """The organisation that the form names: public, or one that is blocked already."""
    other = organization_at(db.session(), request.form.get("other", ""))
    known = other and (other.public or other in openness.blocked_by(db.session(), organization.id))
    if other is None or not known or other.id == organization.id or not EmptyForm().validate_on_submit():
        abort(404)
    return other


@blueprint.get(f"{PATH}/settings")
def settings(slug: str) -> ResponseReturnValue:
    """What is allowed today."""
    organization = organization_of(slug)
    inbox = openness.inbox_of(db.session(), organization.id)
    return render(
        "introductions/settings.html",
        organization=organization,
        form=SettingsForm(open=inbox.open, introduces=inbox.introduces),
        blocked=[one for one in openness.blocked_by(db.session(), organization.id) if one.public],
    )


@blueprint.post(f"{PATH}/settings")
def save_settings(slug: str) -> ResponseReturnValue:
    """Allow something, or no more."""
    organization, form = organization_of(slug), SettingsForm()
    if form.validate_on_submit():
        allowing.settle_inbox(db.session(), organization, form.open.data, form.introduces.data)
        db.session.commit()
        flash(_("Saved."))
    return redirect(url_for("introductions.settings", slug=slug), 303)


@blueprint.post(f"{PATH}/block")
def block(slug: str) -> ResponseReturnValue:
    """Want nothing more from another organisation; it is not told."""
    organization = organization_of(slug)
    other = other_here(organization)
    allowing.block(db.session(), organization, other, person_here())
    db.session.commit()
    flash(_("Blocked: %(name)s can't ask you any more, and is not told so.", name=other.name))
    return redirect(url_for("introductions.settings", slug=slug), 303)


@blueprint.post(f"{PATH}/unblock")
def unblock(slug: str) -> ResponseReturnValue:
    """Let another ask again."""
    organization = organization_of(slug)
    other = other_here(organization)
    allowing.unblock(db.session(), organization, other)
    db.session.commit()
    flash(_("%(name)s can ask you again.", name=other.name))
    return redirect(url_for("introductions.settings", slug=slug), 303)


@blueprint.post(f"{PATH}/unname")
def unname(slug: str) -> ResponseReturnValue:
    """Be named in an introduction no more."""
    organization = organization_of(slug)
    id = request.form.get("introduction", 0, type=int)
    if not EmptyForm().validate_on_submit():
        abort(404)
    naming.take_name_out(db.session(), organization, id)
    db.session.commit()
    flash(_("Your name is taken out. Nobody is told."))
    return redirect(url_for("introductions.index", _anchor=f"of-{slug}"), 303)
