"""What signing in shares: the asking browser, beginning a session, where one goes then, and being asked to prove it."""

from secrets import token_urlsafe

from flask import Response, after_this_request, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue

from network.accounts import limits, present
from network.accounts.addresses import own_path
from network.accounts.browsers import browser_named
from network.accounts.models import Person
from network.accounts.queries import careful, invitations_to
from network.accounts.views import blueprint
from network.clock import now
from network.extensions import SAFE_METHODS, db
from network.permissions import identity
from network.web import kept, render

BROWSER = "browser"
WEEK = 7 * 24 * 3600


def browser_hash() -> str:
    """The hash of the asking browser's cookie; empty without one."""
    token = request.cookies.get(BROWSER, "")
    return present.hashed(token) if len(token) >= 22 else ""


def asking_browser() -> tuple[str, str]:
    """The cookie that says which browser asks, made when there is none, and its hash."""
    token = request.cookies.get(BROWSER, "") if browser_hash() else token_urlsafe(32)
    return token, present.hashed(token)


def keep_browser(response: Response, token: str) -> Response:
    """Let the browser show that it was the one that asked."""
    response.set_cookie(
        BROWSER,
        token,
        max_age=WEEK,
        path="/accounts",
        httponly=True,
        samesite="Lax",
        secure=current_app.config["SESSION_COOKIE_SECURE"],
    )
    return response


def arrive(person: Person, strong: bool, next: str = "") -> str:
    """Begin or renew the session, commit, and say where to go on: to the page that was wanted, unless more is due."""
    present.sign_in(person, strong, browser_named(request.headers.get("User-Agent", "")))
    destination = ahead(person, own_path(next))
    after_this_request(limits.remembering(person.email))
    db.session.commit()
    return destination


def ahead(person: Person, next: str) -> str:
    """Where somebody goes after signing in: first to what keeps their hats asleep, or waits for them to accept it."""
    session = present.here()
    if session and not session.row.strong and careful(person):
        return url_for("accounts.passkeys", next=next or None)
    if not next and invitations_to(db.session, person.email, now()):
        return url_for("accounts.invitation")
    return next or url_for("accounts.index")


def wanted_here() -> str:
    """The page of this request, as `next` names it."""
    return own_path(request.full_path.rstrip("?"))


def asked_to_sign_in(again: bool) -> ResponseReturnValue:
    """The answer to who must sign in first, or prove again who they are: nothing that was typed is lost."""
    if request.method not in SAFE_METHODS:
        return kept(401, again=True) if again else kept(401, signed_out=True)
    return redirect(url_for("accounts.again" if again else "accounts.sign_in", next=wanted_here() or None), 303)


def recent() -> bool:
    """Whether whoever is signed in proved within 15 minutes who they are."""
    return identity().recent


@blueprint.errorhandler(429)
def too_often(error: Exception) -> ResponseReturnValue:
    """Over a limit: calm, and with what to do meanwhile."""
    return render("accounts/patience.html", status=429)
