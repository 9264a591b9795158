"""Passkeys: the page, and what its script asks for."""

from typing import Any

from flask import abort, current_app, flash, jsonify, redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from network.accounts import limits, present, queries
from network.accounts import passkeys as making
from network.accounts.addresses import own_path
from network.accounts.forms import EmptyForm, PasskeyForm
from network.accounts.models import Passkey
from network.accounts.views import blueprint
from network.accounts.views.coming import arrive, asked_to_sign_in, recent
from network.extensions import db, limiter
from network.text import gettext as _
from network.web import render


@blueprint.get("/accounts/passkeys")
def passkeys() -> ResponseReturnValue:
    """One's passkeys: add, name, take away; show one to wake the hats that sleep."""
    return listed(PasskeyForm(formdata=None))


def listed(form: PasskeyForm, named: int = 0, status: int = 200) -> ResponseReturnValue:
    """The page; `form` belongs to the new passkey, or to the one with the id `named`."""
    person, row = present.person_here(), present.session_here()
    found = queries.passkeys_of(db.session, person)
    return render(
        "accounts/passkeys.html",
        status=status,
        form=form if not named else PasskeyForm(formdata=None),
        names={
            one.id: form if one.id == named else PasskeyForm(formdata=None, prefix=f"k{one.id}-", name=one.name)
            for one in found
        },
        empty=EmptyForm(),
        passkeys=found,
        needed=queries.careful(person),
        strong=row.strong,
        may_add=recent() and (row.strong or not found),
        recent=recent(),
        next=own_path(request.args.get("next")),
    )


def told(problem: str) -> ResponseReturnValue:
    """What went wrong, for the page's script to say."""
    return jsonify(problem=problem), 422


def sent() -> dict[str, Any]:
    """What the script sent; an empty object when it is none."""
    found = request.get_json(silent=True)
    return found if isinstance(found, dict) else {}


def problem_of(name: PasskeyForm) -> str:
    """Why no passkey of a name may be added now; empty when one may."""
    if not recent():
        return _("It has been a while since you signed in. Prove first that it is you.")
    if not present.session_here().strong and queries.passkeys_of(db.session, present.person_here()):
        return _("Show one of your passkeys first.")
    return "" if name.validate() else str(name.name.errors[0])


def name_sent() -> PasskeyForm:
    """The name that the script sent for a passkey; its token came beside it."""
    return PasskeyForm(MultiDict({"name": str(sent().get("name") or "")}), meta={"csrf": False})


@blueprint.post("/accounts/passkeys/new/options")
def passkey_options() -> ResponseReturnValue:
    """What the browser needs to make a passkey."""
    problem = problem_of(name_sent())
    if problem:
        return told(problem)
    return jsonify(making.making(db.session, present.person_here(), current_app.config["SITE_NAME"]))


@blueprint.post("/accounts/passkeys/new")
def add_passkey() -> ResponseReturnValue:
    """Keep the passkey that was made; one's first makes the session strong."""
    name = name_sent()
    problem = problem_of(name)
    if problem:
        return told(problem)
    person = present.person_here()
    try:
        making.make(db.session, person, sent().get("credential") or {}, name.name.data)
    except making.Refused:
        return told(_("This passkey could not be taken. Try again, or take another device."))
    present.strengthen()
    db.session.commit()
    flash(_("Your passkey is kept. From now on you can sign in with it."))
    next = own_path(request.args.get("next"))
    return jsonify(next=next or url_for("accounts.passkeys"))


@blueprint.post("/accounts/passkeys/options")
@limiter.limit(limits.OF_PASSKEYS, key_func=limits.here)
def sign_in_options() -> ResponseReturnValue:
    """What the browser needs to show a passkey."""
    return jsonify(making.showing())


@blueprint.post("/accounts/passkeys/sign-in")
@limiter.limit(limits.OF_PASSKEYS, key_func=limits.here)
def sign_in_with_passkey() -> ResponseReturnValue:
    """Sign in with a passkey, or prove again with it that it is still oneself."""
    try:
        person = making.show(db.session, sent().get("credential") or {})
    except making.Refused:
        return told(_("This passkey is not known here. Take another one, or ask for a link by mail."))
    here = present.here()
    if here and here.person.id != person.id:
        return told(_("This passkey is somebody else's. Sign out first to sign in as them."))
    return jsonify(next=arrive(person, True, request.args.get("next", "")))


def mine(id: int) -> Passkey:
    """One of one's own passkeys."""
    passkey = db.session.get(Passkey, id)
    if passkey is None or passkey.person_id != present.person_here().id:
        abort(404)
    return passkey


@blueprint.post("/accounts/passkeys/<int:id>/name")
def name_passkey(id: int) -> ResponseReturnValue:
    """Call a passkey something else."""
    passkey = mine(id)
    form = PasskeyForm(prefix=f"k{id}-")
    if not form.validate():
        return listed(form, id, 422)
    passkey.name = form.name.data
    db.session.commit()
    flash(_("Saved."))
    return redirect(url_for("accounts.passkeys"), 303)


@blueprint.post("/accounts/passkeys/<int:id>/remove")
def remove_passkey(id: int) -> ResponseReturnValue:
    """Take a passkey away; never the last one of somebody whose hats need it."""
    passkey, person = mine(id), present.person_here()
    needed = queries.careful(person)
    if not recent() or (needed and not present.session_here().strong):
        return asked_to_sign_in(True)
    if needed and making.held(db.session, person) == 1:
        flash(_("This is your last passkey, and what you look after needs one. Add another first."))
    else:
        db.session.delete(passkey)
        db.session.commit()
        flash(_("The passkey is taken away. Delete it on your device too."))
    return redirect(url_for("accounts.passkeys"), 303)
