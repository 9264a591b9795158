"""One's own account: name and language, hats, sessions; accepting invitations."""

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from network.accounts import colleagues, present, queries
from network.accounts.forms import DetailsForm, EmptyForm
from network.accounts.hats import CAREFUL
from network.accounts.models import Invitation, SignedIn
from network.accounts.views import blueprint
from network.accounts.views.coming import asked_to_sign_in, recent
from network.clock import now
from network.extensions import db
from network.text import gettext as _
from network.web import render


@blueprint.get("/accounts/")
def index() -> ResponseReturnValue:
    """Everything that the directory knows of one's account, and where to change it."""
    person = present.person_here()
    return account(DetailsForm(formdata=None, name=person.name, locale=person.locale))


@blueprint.post("/accounts/")
def save_details() -> ResponseReturnValue:
    """Change name and language."""
    form = DetailsForm()
    if not form.validate():
        return account(form, 422)
    person = present.person_here()
    person.name, person.locale = form.name.data, form.locale.data
    db.session.commit()
    flash(_("Saved."))
    return redirect(url_for("accounts.index"), 303)


def account(form: DetailsForm, status: int = 200) -> ResponseReturnValue:
    person, row = present.person_here(), present.session_here()
    hats = queries.hats_of(db.session, person)
    return render(
        "accounts/index.html",
        status=status,
        form=form,
        person=person,
        here=row,
        hats=hats,
        careful=CAREFUL,
        sessions=queries.sessions_of(db.session, person, now() - present.LONGEST),
        passkeys=queries.passkeys_of(db.session, person),
        invited=queries.invitations_to(db.session, person.email, now()),
    )


@blueprint.post("/accounts/sessions/<int:id>/end")
def end_session(id: int) -> ResponseReturnValue:
    """End one of one's own sessions."""
    row = db.session.get(SignedIn, id)
    if row is None or row.person_id != present.person_here().id:
        abort(404)
    if row is present.session_here():
        present.sign_out()
    else:
        db.session.delete(row)
    db.session.commit()
    flash(_("That session has ended."))
    return redirect(url_for("accounts.index" if present.here() else "accounts.sign_in"), 303)


@blueprint.post("/accounts/sessions/end-others")
def end_other_sessions() -> ResponseReturnValue:
    """End all of one's own sessions but this one."""
    for row in queries.sessions_of(db.session, present.person_here(), now() - present.LONGEST):
        if row is not present.session_here():
            db.session.delete(row)
    db.session.commit()
    flash(_("All other sessions have ended."))
    return redirect(url_for("accounts.index"), 303)


@blueprint.get("/accounts/invitation")
def invitation() -> ResponseReturnValue:
    """What one is invited to, to accept or to leave."""
    person = present.person_here()
    invited = queries.invitations_to(db.session, person.email, now())
    return render("accounts/invitation.html", invited=invited, person=person, form=EmptyForm())


@blueprint.post("/accounts/invitation")
def accept_invitation() -> ResponseReturnValue:
    """Accept an invitation, or decline it."""
    if not recent():
        return asked_to_sign_in(True)
    person = present.person_here()
    waiting = {one.id: (one, of) for one, of in queries.invitations_to(db.session, person.email, now())}
    wanted = request.form.get("id", type=int)
    if wanted not in waiting:
        flash(_("That invitation was taken back, or its time is over."))
        return redirect(url_for("accounts.invitation"), 303)
    found, organization = waiting[wanted]
    if request.form.get("answer") == "decline":
        decline(found)
        return redirect(url_for("accounts.index"), 303)
    colleagues.join(db.session, found, person, organization)
    db.session.commit()
    flash(_("Welcome. What you may do now stands below."))
    return redirect(url_for("accounts.index"), 303)


def decline(found: Invitation) -> None:
    db.session.delete(found)
    db.session.commit()
    flash(_("You have declined. Nobody is told."))
