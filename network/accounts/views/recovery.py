"""Recovery of staff and coordinators who lost their passkeys: asking, vouching."""

from flask import abort, flash, make_response, redirect, url_for
from flask.typing import ResponseReturnValue

from network.accounts import colleagues, present, queries, recovery, signing_in
from network.accounts.forms import EmptyForm
from network.accounts.models import Person, Recovery
from network.accounts.pages import page
from network.accounts.views import blueprint
from network.accounts.views.coming import asked_to_sign_in, asking_browser, keep_browser, recent
from network.clock import now
from network.extensions import db
from network.hats import Hat
from network.mail import post
from network.permissions import identity
from network.text import gettext as _
from network.web import render


@blueprint.get("/accounts/recovery")
def recoveries() -> ResponseReturnValue:
    """For whoever lost their passkeys: ask. For staff: who asked, and vouching for them."""
    person = present.person_here()
    staff = any(worn.hat == Hat.STAFF for worn in identity().worn)
    waiting = queries.open_recoveries(db.session, now() - recovery.WAITS)
    return render(
        "accounts/recovery.html",
        empty=EmptyForm(),
        person=person,
        strong=present.session_here().strong,
        needed=queries.careful(person),
        asked=next((found for found, who in waiting if who.id == person.id), None),
        staff=staff,
        waiting=[(found, who, recovery.may_vouch(found, person.id)) for found, who in waiting if who.id != person.id]
        if staff
        else [],
    )


@blueprint.post("/accounts/recovery")
def ask_for_recovery() -> ResponseReturnValue:
    """Ask for recovery: all other staff are told, once."""
    person = present.person_here()
    if not queries.careful(person):
        abort(403)
    if not recent():
        return asked_to_sign_in(True)
    cookie, browser = asking_browser()
    asked, new = recovery.ask(db.session, person, browser)
    if new:
        tell_staff(asked, person)
    db.session.commit()
    flash(_("Your request waits for two of the staff. Call them: they are asked to make sure that it is you."))
    return keep_browser(make_response(redirect(url_for("accounts.recoveries"), 303)), cookie)


def tell_staff(asked: Recovery, person: Person) -> None:
    for one in colleagues.staff(db.session):
        if one.id != person.id:
            link = page("/accounts/recovery")
            post(db.session, "recovery_asked", one.email, one.locale, person=person, link=link)


@blueprint.post("/accounts/recovery/<int:id>/vouch")
def vouch(id: int) -> ResponseReturnValue:
    """Vouch for somebody who lost their passkeys; the second who does has the link sent."""
    if not recent():
        return asked_to_sign_in(True)
    staff = present.person_here()
    found = recovery.waiting(db.session, id)
    if found is None:
        flash(_("That request is answered already, or its time is over."))
        return redirect(url_for("accounts.recoveries"), 303)
    if not recovery.may_vouch(found, staff.id):
        abort(403)
    if recovery.vouch(found, staff.id):
        send_link(found)
        flash(_("You were the second: the link is on its way."))
    else:
        flash(_("Thank you. One more of the staff has to vouch."))
    db.session.commit()
    return redirect(url_for("accounts.recoveries"), 303)


def send_link(found: Recovery) -> None:
    """Mail the link that is as good as a passkey, for the browser in which it was asked for."""
    person = db.session.get_one(Person, found.person_id)
    token = signing_in.new_link(
        db.session, person.email, found.browser_hash, "/accounts/passkeys", strong=True, lasts=recovery.LASTS
    )
    link = page("/accounts/sign-in/open", token=token)
    post(db.session, "recovery", person.email, person.locale, link=link, hours=recovery.HOURS)
