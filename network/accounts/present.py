"""Who is signed in, in this request: a session is a row, and the cookie holds its token."""

from datetime import datetime, timedelta
from hashlib import sha256
from secrets import token_urlsafe

from flask import Flask, request, session
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user
from sqlalchemy import bindparam, select, update
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import joinedload

from network.accounts.hats import CAREFUL
from network.accounts.models import Person, SignedIn
from network.clock import now
from network.extensions import SAFE_METHODS, db
from network.hats import VISITOR, Hat, Identity, Worn
from network.permissions import providers

LONGEST = timedelta(hours=12)
IDLE = timedelta(hours=1)  # for those who wear a hat of CAREFUL
RECENT = timedelta(minutes=15)
NOTED = timedelta(minutes=1)  # how exactly it is known when a session was last used

BY_TOKEN = (  # built once: it is asked with every request of whoever is signed in
    select(SignedIn, Person)
    .join(Person, Person.id == SignedIn.person_id)
    .where(SignedIn.token_hash == bindparam("hash"))
    .options(joinedload(Person.roles))
)

login = LoginManager()
login.session_protection = None  # sessions are rows of our own, ended by their age and by their person


class Present(UserMixin):
    """The person of this request and the session that they are signed in with."""

    def __init__(self, row: SignedIn, person: Person, token: str) -> None:
        self.row, self.person, self.token = row, person, token

    def get_id(self) -> str:
        return self.token


def hashed(token: str) -> str:
    """What is kept of a secret: SHA-256, enough for 128 random bits and more."""
    return sha256(token.encode()).hexdigest()


def here() -> Present | None:
    """Who is signed in with this browser, and in which session."""
    return current_user if "_user_id" in session and current_user.is_authenticated else None


def person_here() -> Person:
    """Who is signed in, on a page that only they may see."""
    return current_user.person


def session_here() -> SignedIn:
    """The session of this browser, on such a page."""
    return current_user.row


def sign_in(person: Person, strong: bool = False, browser: str = "") -> None:
    """Begin a session for a person under a new id; `strong` when a passkey or the operator vouched for them.

    Whoever is signed in already and proves it again keeps the session, its age and its strength, under a new id.
    """
    present = here()
    token = token_urlsafe(32)
    row = SignedIn(person_id=person.id, browser=browser)
    if present and present.person.id == person.id:
        row = present.row
    elif present:
        db.session.delete(present.row)
    row.token_hash, row.strong, row.seen_at, row.proved_at = hashed(token), strong or bool(row.strong), now(), now()
    kept = session.get("csrf_token")
    session.clear()
    if kept:
        session["csrf_token"] = kept  # what stands typed in another tab of this browser can still be sent
    person.seen_at = now()
    db.session.add(row)
    db.session.flush()
    login_user(Present(row, person, token))


def strengthen() -> None:
    """Let the careful hats be worn in this session from now on: a passkey was made or shown."""
    current_user.row.strong = True
    current_user.row.proved_at = now()


def sign_out() -> None:
    """End the session of this browser."""
    if current_user.is_authenticated:
        db.session.delete(current_user.row)
    logout_user()


@login.user_loader
def load(token: str) -> Present | None:
    """The session of a token, unless it is too old, idle or ended."""
    found = db.session.execute(BY_TOKEN, {"hash": hashed(token)}).unique().first()
    if found is None:
        return None
    row, person = found
    careful = row.strong and any(role.role in CAREFUL for role in person.roles)
    if over(row, careful, now()):
        return None
    if now() - row.seen_at > NOTED:
        note(row)
    return Present(row, person, token)


def over(row: SignedIn, careful: bool, at: datetime) -> bool:
    """Whether a session has come to its end at a time."""
    return at - row.started_at > LONGEST or (careful and at - row.seen_at > IDLE)


def note(row: SignedIn) -> None:
    """Keep when a session was last used, with what else is stored, or by itself while only reading.

    A disk that can't be written keeps nobody from reading.
    """
    if request.method not in SAFE_METHODS:
        row.seen_at = now()
        return
    try:
        with db.engine.begin() as connection:
            connection.execute(update(SignedIn).where(SignedIn.id == row.id).values(seen_at=now()))
    except OperationalError:
        pass


def identity() -> Identity:
    """Who asks: the hats that need a passkey are worn only in a session where one was shown."""
    present = here()
    if present is None:
        return VISITOR
    row, person = present.row, present.person
    worn = tuple(
        Worn(Hat(role.role), role.organization_id) for role in person.roles if row.strong or role.role not in CAREFUL
    )
    return Identity(person.id, worn, now() - row.proved_at <= RECENT)


def init_app(app: Flask) -> None:
    login.init_app(app)
    providers.identity = identity

    @app.template_global("person_here")
    def signed_in_person() -> Person | None:
        """The person who is signed in, for templates."""
        present = here()
        return present.person if present else None

    @app.template_global("asleep_here")
    def asleep() -> bool:
        """Whether somebody is signed in whose careful hats sleep, as no passkey was shown."""
        present = here()
        return bool(present and not present.row.strong and any(role.role in CAREFUL for role in present.person.roles))
