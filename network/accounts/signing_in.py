"""Links that sign in: asked for, opened, shown as a code in another browser, spent once."""

import hmac
from datetime import timedelta
from enum import StrEnum
from hashlib import sha256
from secrets import token_urlsafe

from flask import current_app
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from network.accounts.addresses import folded
from network.accounts.models import SignInLink
from network.accounts.present import hashed
from network.clock import now
from network.extensions import touched

MINUTES = 10
LASTS = timedelta(minutes=MINUTES)
TRIES = 5
ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # nothing that looks or sounds like another: 31 signs, 8 of them 39 bits
LENGTH = 8


class Found(StrEnum):
    """What a link turns out to be when it is opened."""

    HERE = "here"  # good, and asked for in this browser or bound to none
    ELSEWHERE = "elsewhere"  # good, but asked for in another browser
    USED = "used"
    OVER = "over"  # too old, or never one of ours


def new_link(
    session: Session,
    email: str,
    browser: str = "",
    next: str = "",
    strong: bool = False,
    lasts: timedelta = LASTS,
) -> str:
    """Keep a link for an address and return its token; `browser` is the hash of the asking one, empty for any."""
    token = token_urlsafe(32)
    link = SignInLink(token_hash=hashed(token), browser_hash=browser, email=folded(email), next=next, strong=strong)
    link.created_at = now()
    link.expires_at = link.created_at + lasts
    session.add(link)
    return token


def found(link: SignInLink | None, browser: str) -> Found:
    """What a link is, in the browser with a hash."""
    if link is None or link.expires_at <= now():
        return Found.USED if link and link.used_at else Found.OVER
    if link.used_at:
        return Found.USED
    here = not link.browser_hash or hmac.compare_digest(link.browser_hash, browser)
    return Found.HERE if here else Found.ELSEWHERE


def keyed(*parts: str) -> bytes:
    return hmac.digest(current_app.config["SECRET_KEY"].encode(), "\0".join(parts).encode(), sha256)


def code_of(token: str) -> str:
    """The code of a link: eight signs, the same each time, so that no scanner that opens it too makes another."""
    number = int.from_bytes(keyed("code", token), "big")
    signs = []
    for _place in range(LENGTH):
        number, sign = divmod(number, len(ALPHABET))
        signs.append(ALPHABET[sign])
    return "".join(signs)


def code_typed(text: str) -> str:
    """What somebody typed for a code, without the spaces, dashes and small letters that come with typing."""
    return "".join(sign for sign in text.upper() if sign.isalnum())


def code_hash(link: SignInLink, code: str) -> str:
    """What is kept of a code: without our key, nobody who reads the database can try all of them."""
    return keyed("code kept", link.token_hash, code).hex()


def show_code(link: SignInLink, token: str) -> str:
    """The code to type in the asking browser; from now on it is accepted there."""
    code = code_of(token)
    link.code_hash = code_hash(link, code)
    return code


def spend(session: Session, link: SignInLink) -> bool:
    """Use a link up; of many who try at once exactly one succeeds."""
    unspent = (SignInLink.id == link.id, SignInLink.used_at.is_(None), SignInLink.expires_at > now())
    return touched(session, update(SignInLink).where(*unspent).values(used_at=now())) == 1


def try_code(session: Session, browser: str, typed: str) -> SignInLink | None:
    """The link that a code typed in a browser belongs to, now spent; a wrong one counts against all that wait there."""
    waiting = (
        SignInLink.browser_hash == browser,
        SignInLink.code_hash != "",
        SignInLink.used_at.is_(None),
        SignInLink.expires_at > now(),
        SignInLink.tries < TRIES,
    )
    links = session.scalars(select(SignInLink).where(*waiting).with_for_update()).all() if browser else []
    code = code_typed(typed)
    for link in links:
        if hmac.compare_digest(link.code_hash, code_hash(link, code)):
            return link if spend(session, link) else None
    for link in links:
        link.tries += 1
    return None


def tries_left(session: Session, browser: str) -> int | None:
    """How many more codes may be tried in a browser; None when no link was opened elsewhere."""
    opened = (SignInLink.browser_hash == browser, SignInLink.code_hash != "", SignInLink.used_at.is_(None))
    tries = session.scalars(select(SignInLink.tries).where(*opened, SignInLink.expires_at > now())).all()
    return TRIES - min(tries) if browser and tries else None
