"""Signing in: asking for a link, opening it, typing its code, proving it again, signing out."""

from flask import after_this_request, flash, g, make_response, redirect, request, session, url_for
from flask.typing import ResponseReturnValue

from network.accounts import actions, limits, present, signing_in
from network.accounts.addresses import folded, own_path
from network.accounts.forms import CodeForm, SignInForm
from network.accounts.models import SignInLink
from network.accounts.pages import page
from network.accounts.queries import link_of, locale_of, passkeys_of, person_at
from network.accounts.signing_in import MINUTES, Found
from network.accounts.views import blueprint
from network.accounts.views.coming import arrive, asking_browser, browser_hash, keep_browser
from network.clock import now
from network.extensions import db, limiter
from network.locales import chosen
from network.mail import post
from network.text import gettext as _
from network.web import render

ASKED = "asked"


@blueprint.get("/accounts/sign-in")
def sign_in() -> ResponseReturnValue:
    """Ask for a link, or show a passkey."""
    here = present.here()
    next = own_path(request.args.get("next"))
    if here:
        return redirect(next or url_for("accounts.index"), 303)
    return render("accounts/sign_in.html", form=SignInForm(formdata=None, next=next), next=next)


@blueprint.post("/accounts/sign-in")
@limits.mails_limited
def ask_for_link() -> ResponseReturnValue:
    """Mail a link: the same work and the same answer for an address that is known and for one that isn't."""
    form = SignInForm()
    if not form.validate():
        return render("accounts/sign_in.html", status=422, form=form, next=form.next.data)
    email = folded(form.email.data)
    cookie, browser = asking_browser()
    token = signing_in.new_link(db.session, email, browser, form.next.data)
    link = page("/accounts/sign-in/open", token=token)
    unknown = person_at(db.session, email) is None
    mail = post(db.session, "sign_in", email, locale_of(db.session, email, chosen()), link=link, minutes=MINUTES)
    if mail and limits.crowded() and unknown:
        mail.end("dropped", now())
    actions.forget(db.session, now(), present.LONGEST)
    db.session.commit()
    session[ASKED] = email
    return keep_browser(make_response(redirect(url_for("accounts.sent"), 303)), cookie)


@blueprint.post("/accounts/sign-in/here")
def ask_from_here() -> ResponseReturnValue:
    """Mail a link to whoever shows one that we sent, good or not: strangers who ask too often don't stop its owner."""
    link = link_of(db.session, present.hashed(request.form.get("token", "")))
    if link is None:
        return shown(None, Found.OVER, "")
    g.owner = present.hashed(link.email)
    return mail_the_owner(link)


@limits.owners_mails_limited
def mail_the_owner(link: SignInLink) -> ResponseReturnValue:
    """A link for this browser, which from now on is counted for itself."""
    cookie, browser = asking_browser()
    address = page("/accounts/sign-in/open", token=signing_in.new_link(db.session, link.email, browser, link.next))
    post(db.session, "sign_in", link.email, locale_of(db.session, link.email, chosen()), link=address, minutes=MINUTES)
    db.session.commit()
    session[ASKED] = link.email
    after_this_request(limits.remembering(link.email))
    return keep_browser(make_response(redirect(url_for("accounts.sent"), 303)), cookie)


@blueprint.get("/accounts/sign-in/sent")
def sent() -> ResponseReturnValue:
    """What to do now: open the mail here, or type the code that it shows elsewhere."""
    if ASKED not in session or not browser_hash():
        return redirect(url_for("accounts.index" if present.here() else "accounts.sign_in"), 303)
    return render("accounts/sent.html", form=CodeForm(), email=session[ASKED], minutes=MINUTES)


@blueprint.get("/accounts/sign-in/open")
def opened() -> ResponseReturnValue:
    """What the mailed link leads to: a page with one button. However often it is opened, nothing changes."""
    token = request.args.get("token", "")
    link = link_of(db.session, present.hashed(token))
    return shown(link, signing_in.found(link, browser_hash()), token)


@blueprint.post("/accounts/sign-in/open")
def open_link() -> ResponseReturnValue:
    """Spend the link where it was asked for; anywhere else show the code that is to be typed there."""
    token = request.form.get("token", "")
    link = link_of(db.session, present.hashed(token))
    found = signing_in.found(link, browser_hash())
    if link and found == Found.ELSEWHERE:
        code = signing_in.show_code(link, token)
        db.session.commit()
        return render("accounts/code.html", code=code, minutes=MINUTES)
    if not link or found != Found.HERE or not signing_in.spend(db.session, link):
        return shown(link, Found.USED if found == Found.HERE else found, token)
    return begin(link)


def shown(link: SignInLink | None, found: Found, token: str) -> ResponseReturnValue:
    """The page of a link that was not spent."""
    if link and found in (Found.HERE, Found.ELSEWHERE):
        return render("accounts/open.html", email=link.email, elsewhere=found == Found.ELSEWHERE, token=token)
    next = link.next if link else ""
    used = found == Found.USED
    form = SignInForm(formdata=None, next=next)
    return render("accounts/spent.html", status=410, used=used, form=form, next=next, token=token if link else "")


def begin(link: SignInLink) -> ResponseReturnValue:
    """Sign in whoever has the address of a link that was just spent."""
    person = actions.person_for(db.session, link.email, chosen())
    return redirect(arrive(person, link.strong, link.next), 303)


@blueprint.post("/accounts/sign-in/code")
@limiter.limit(limits.OF_CODES, key_func=limits.here)
def code() -> ResponseReturnValue:
    """The code of a link that was opened in another browser; five may be tried."""
    form = CodeForm()
    if form.validate():
        link = signing_in.try_code(db.session, browser_hash(), form.code.data)
        if link:
            tell_of_elsewhere(link)
            return begin(link)
        left = signing_in.tries_left(db.session, browser_hash())
        db.session.commit()
        if left is None:
            problem = _("No code is awaited here. Press the button in the mail first, in the other browser.")
        elif left > 0:
            problem = _("That is not the code. Look again: you may try %(number)s more times.", number=left)
        else:
            problem = _("That was tried too often. Ask for a new link.")
        form.code.errors = [problem]
    answer = {"form": form, "email": session.get(ASKED, ""), "minutes": MINUTES}
    return render("accounts/sent.html", status=422, **answer)


def tell_of_elsewhere(link: SignInLink) -> None:
    """Tell the owner of an address that its code was typed: if somebody talked them into it, they learn of it."""
    locale = locale_of(db.session, link.email, chosen())
    post(db.session, "sign_in_elsewhere", link.email, locale, link=page("/accounts/"))


@blueprint.get("/accounts/again")
def again() -> ResponseReturnValue:
    """Prove again who one is, before something that matters."""
    next = own_path(request.args.get("next"))
    person = present.person_here()
    form = SignInForm(formdata=None, email=person.email, next=next)
    return render("accounts/again.html", form=form, next=next, passkeys=passkeys_of(db.session, person))


@blueprint.post("/accounts/sign-out")
def sign_out() -> ResponseReturnValue:
    """End the session of this browser."""
    present.sign_out()
    db.session.commit()
    flash(_("You are signed out."))
    return redirect(url_for("directory.home"), 303)
