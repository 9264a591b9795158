"""Where people choose how many mails come: signed in, or by the link at the foot of any of them."""

from flask import Blueprint, abort, flash, redirect, request
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import RadioField
from wtforms.fields.choices import SelectChoice

from network.extensions import csrf, db
from network.mail import links
from network.mail.notices import (
    EACH,
    FREQUENCIES,
    MONTHLY,
    NEVER,
    WEEKLY,
    Reader,
    choose,
    readers,
    refuse,
    refused_digest,
)
from network.permissions import Who, check, identity
from network.text import gettext as _
from network.text import lazy_gettext as _l
from network.web import render

blueprint = Blueprint("mail", __name__, url_prefix="/mail")
WORDS = {
    EACH: _l("Each as it happens"),
    WEEKLY: _l("Gathered, on Mondays"),
    MONTHLY: _l("Gathered, on the first of the month"),
    NEVER: _l("None"),
}


class FrequencyForm(FlaskForm):
    """How often somebody wants mails."""

    mails = RadioField(
        _l("Mails about what happens"),
        choices=[SelectChoice(frequency, WORDS[frequency]) for frequency in FREQUENCIES],
        description=_l("Mails for signing in, and about your own data and its safety, always come."),
    )


@blueprint.get("/preferences")
def preferences() -> ResponseReturnValue:
    """How often a person wants mails."""
    person = reader()
    if person is None:
        return check(Who.SIGNED_IN, "") or abort(404)
    return page(person, FrequencyForm(mails=person.mails))


@blueprint.post("/preferences")
def save_preferences() -> ResponseReturnValue:
    """Keep what was chosen."""
    person = reader()
    if person is None:
        return check(Who.SIGNED_IN, "") or abort(404)
    form = FrequencyForm()
    if not form.validate():
        return page(person, form, 422)
    choose(db.session, person, form.mails.data)
    db.session.commit()
    flash(_("Saved. From now on: %(choice)s.", choice=WORDS[form.mails.data]))
    return redirect(request.full_path.rstrip("?"), 303)


@blueprint.get("/unsubscribe")
def unsubscription() -> ResponseReturnValue:
    """The page behind the link at the foot of a mail; opening it changes nothing."""
    person = reader()
    if person is not None:
        return page(person, FrequencyForm(mails=person.mails))
    return render("mail/unsubscribe.html", done=refused_digest(db.session, address_meant()), action=here())


@blueprint.post("/unsubscribe")
@csrf.exempt
def unsubscribe() -> ResponseReturnValue:
    """Send no more: asked for by a person, or by their mail program in one click (RFC 8058), which has no form's token.

    What protects it is the signed token of the address; all it can do is that fewer mails come.
    """
    person = reader()
    if person is not None:
        choose(db.session, person, NEVER)
        db.session.commit()
        return page(person, FrequencyForm(formdata=None, mails=NEVER), stopped=True)
    refuse(db.session, address_meant())
    db.session.commit()
    return render("mail/unsubscribe.html", done=True, action=here())


def reader() -> Reader | None:
    """The person whose link this is, or who is signed in."""
    token = request.args.get("token", "")
    kind, meant = links.meaning(token) if token else ("", "")
    if kind == links.PERSON:
        return readers.find(int(meant)) or abort(404)
    person_id = None if token else identity().person_id
    return readers.find(person_id) if person_id else None


def address_meant() -> str:
    """The digest of the address whose link this is."""
    kind, meant = links.meaning(request.args.get("token", ""))
    return meant if kind == links.ADDRESS else abort(404)


def here() -> str:
    """This page's address, with its token."""
    return request.full_path.rstrip("?")


def page(person: Reader, form: FrequencyForm, status: int = 200, stopped: bool = False) -> ResponseReturnValue:
    token = request.args.get("token", "")
    action = "/mail/preferences" + (f"?token={token}" if token else "")
    return render("mail/preferences.html", status=status, person=person, form=form, action=action, stopped=stopped)
