"""The signed links at the foot of mails: with them one chooses how many mails come, without signing in."""

import hmac
from hashlib import sha256

from flask import current_app
from itsdangerous import BadSignature, URLSafeSerializer

PERSON, ADDRESS = "p", "a"


def to_preferences(person_id: int) -> str:
    """The address where a person chooses, good for as long as the person is there."""
    return address(PERSON + str(person_id))


def to_refusal(email: str) -> str:
    """The address where somebody without an account asks for no more."""
    return address(ADDRESS + digest(email))


def address(meaning: str) -> str:
    base_url = current_app.config["BASE_URL"].rstrip("/")
    return f"{base_url}/mail/unsubscribe?token={serializer().dumps(meaning)}"


def meaning(token: str) -> tuple[str, str]:
    """What a token of such an address stands for: (PERSON, id) or (ADDRESS, digest); two empty texts if it is none."""
    try:
        found = str(serializer().loads(token))
    except BadSignature:
        return "", ""
    return found[:1], found[1:]


def digest(email: str) -> str:
    """What is kept of an address that wants no mails: a hash that only this instance can make."""
    key = current_app.config["SECRET_KEY"].encode()
    return hmac.new(key, b"refusal:" + email.strip().lower().encode(), sha256).hexdigest()


def serializer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt="mail preferences")
