"""Passkeys: made, shown, named, taken away. What a device signs is checked by the package `webauthn`."""

import json
from datetime import UTC, datetime, timedelta
from importlib import import_module
from ipaddress import ip_address
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from flask import current_app, session
from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from network.accounts.models import Passkey, Person
from network.accounts.queries import passkeys_of
from network.extensions import touched

CHALLENGE = "challenge"
ANSWERED = timedelta(minutes=5)  # how long a challenge may wait for its answer
MOST = 20  # passkeys of a person
NAME_LENGTH = 80


def webauthn() -> Any:
    """The package, loaded when the first passkey is asked for: it takes 13 MB, which most workers never need."""
    return import_module("webauthn")


class Home(NamedTuple):
    """What passkeys belong to: the name of our site, and the address where its pages may ask for them."""

    name: str
    address: str


class Refused(Exception):
    """What a browser sent is no passkey of ours, or the answer to no question of ours."""


def site() -> tuple[str, list[str]]:
    """The name that passkeys are made for, and the addresses of pages that may ask for them, from BASE_URL.

    Browsers make none for a bare IP address: a machine that serves itself alone goes by its other name, localhost.
    """
    base = urlsplit(current_app.config["BASE_URL"])
    name = base.hostname or ""
    origins = [f"{base.scheme}://{base.netloc}"]
    try:
        loopback = ip_address(name).is_loopback
    except ValueError:
        return name, origins
    if loopback:
        name = "localhost"
        origins.append(f"{base.scheme}://localhost" + (f":{base.port}" if base.port else ""))
    return name, origins


def home() -> Home:
    """Where passkeys work, for pages to say."""
    name, origins = site()
    return Home(name, origins[-1])


def moment() -> datetime:
    """Now, to the microsecond: what tells two uses of a passkey apart."""
    return datetime.now(UTC).replace(tzinfo=None)


def ask(purpose: str, challenge: bytes) -> None:
    """Keep a question that a passkey shall answer, for this browser."""
    session[CHALLENGE] = [purpose, webauthn().helpers.bytes_to_base64url(challenge), moment().isoformat()]


def asked(purpose: str) -> tuple[bytes, datetime]:
    """The question that was kept, once, and when it was asked."""
    kept = session.pop(CHALLENGE, None)
    if not kept or kept[0] != purpose:
        raise Refused("nothing was asked")
    at = datetime.fromisoformat(kept[2])
    if moment() - at > ANSWERED:
        raise Refused("asked too long ago")
    return webauthn().helpers.base64url_to_bytes(kept[1]), at


def making(db_session: Session, person: Person, title: str) -> dict[str, Any]:
    """What a browser needs to make a passkey for somebody: WebAuthn's options, as JSON."""
    structs = webauthn().helpers.structs
    had = [structs.PublicKeyCredentialDescriptor(id=one.credential) for one in passkeys_of(db_session, person)]
    options = webauthn().generate_registration_options(
        rp_id=site()[0],
        rp_name=title,
        user_id=person.handle,
        user_name=person.email,
        user_display_name=person.name or person.email,
        exclude_credentials=had,
        authenticator_selection=structs.AuthenticatorSelectionCriteria(
            resident_key=structs.ResidentKeyRequirement.REQUIRED,
            user_verification=structs.UserVerificationRequirement.REQUIRED,
        ),
    )
    ask(f"make {person.id}", options.challenge)
    return json.loads(webauthn().options_to_json(options))


def make(db_session: Session, person: Person, credential: dict[str, Any], name: str) -> Passkey:
    """Keep the passkey that a device made for somebody; raises Refused when it is not what was asked for."""
    challenge, _at = asked(f"make {person.id}")
    name_of_site, origins = site()
    try:
        made = webauthn().verify_registration_response(
            credential=credential,
            expected_challenge=challenge,
            expected_rp_id=name_of_site,
            expected_origin=origins,
            require_user_verification=True,
        )
    except (webauthn().helpers.exceptions.WebAuthnException, ValueError, KeyError, TypeError) as error:
        raise Refused(str(error)) from error
    known = db_session.scalar(select(Passkey.id).where(Passkey.credential == made.credential_id))
    if known or len(made.credential_id) > 1023 or len(passkeys_of(db_session, person)) >= MOST:
        raise Refused("known, too long or too many")
    passkey = Passkey(
        person_id=person.id,
        credential=made.credential_id,
        public_key=made.credential_public_key,
        sign_count=made.sign_count,
        name=name[:NAME_LENGTH],
    )
    db_session.add(passkey)
    db_session.flush()
    return passkey


def showing() -> dict[str, Any]:
    """What a browser needs to show any passkey that it has for us: WebAuthn's options, as JSON."""
    required = webauthn().helpers.structs.UserVerificationRequirement.REQUIRED
    options = webauthn().generate_authentication_options(rp_id=site()[0], user_verification=required)
    ask("show", options.challenge)
    return json.loads(webauthn().options_to_json(options))


def show(db_session: Session, credential: dict[str, Any]) -> Person:
    """Whose passkey was shown; raises Refused when it is none of ours or did not answer our question.

    A question counts for a passkey only if it was asked after that was last used: an old answer, sent again with the
    old cookie, is refused.
    """
    challenge, at = asked("show")
    name_of_site, origins = site()
    try:
        id = webauthn().helpers.base64url_to_bytes(credential["rawId"])
        passkey = db_session.scalar(select(Passkey).where(Passkey.credential == id))
        if passkey is None:
            raise Refused("unknown")
        shown = webauthn().verify_authentication_response(
            credential=credential,
            expected_challenge=challenge,
            expected_rp_id=name_of_site,
            expected_origin=origins,
            credential_public_key=passkey.public_key,
            credential_current_sign_count=passkey.sign_count,
            require_user_verification=True,
        )
    except (webauthn().helpers.exceptions.WebAuthnException, ValueError, KeyError, TypeError) as error:
        raise Refused(str(error)) from error
    unused = (Passkey.id == passkey.id, or_(Passkey.used_at.is_(None), Passkey.used_at < at))
    used = update(Passkey).where(*unused).values(used_at=moment(), sign_count=shown.new_sign_count)
    if touched(db_session, used) != 1:
        raise Refused("answered before")
    return passkey.person


def held(db_session: Session, person: Person) -> int:
    """How many passkeys somebody has, held until the transaction ends so that no two are taken away at once."""
    return len(db_session.scalars(select(Passkey.id).where(Passkey.person_id == person.id).with_for_update()).all())
