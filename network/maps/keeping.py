"""Maps that are kept: who may see which, and what each is asked for."""

from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl, urlencode

from flask import abort
from sqlalchemy import or_, select
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from network.hats import Hat, Identity
from network.maps.asked import Asked
from network.maps.eyes import ANYBODY, Eyes, eyes_of
from network.maps.models import SavedMap
from network.text import lazy_gettext as _l

AUDIENCES = {
    "me": _l("Only me"),
    "staff": _l("Staff"),
    "network": _l("Coordinators of a network"),
    "public": _l("Everyone"),
}


def networks_of(identity: Identity) -> tuple[int, ...]:
    return tuple(one.organization_id for one in identity.worn if one.hat == Hat.COORDINATOR and one.organization_id)


def is_staff(identity: Identity) -> bool:
    return any(one.hat == Hat.STAFF for one in identity.worn)


def may_see(one: SavedMap, identity: Identity) -> bool:
    """Whether somebody may see a saved map: staff see all but what others keep to themselves."""
    if one.audience == "public":
        return True
    if identity.signed_in and one.owner_id == identity.person_id:
        return is_staff(identity) or one.network_id in networks_of(identity)
    if one.audience == "network":
        return is_staff(identity) or one.network_id in networks_of(identity)
    return one.audience == "staff" and is_staff(identity)


def may_draw(one: SavedMap, identity: Identity) -> bool:
    """Whether somebody may draw on a saved map: whoever looks after the network and may see it. Snapshots stay."""
    return one.snapshot is None and may_keep(one, identity)


def may_keep(one: SavedMap, identity: Identity) -> bool:
    """Whether somebody may rename or remove a saved map, say who may look at it, and take snapshots of it."""
    if not may_see(one, identity):
        return False
    own = one.owner_id == identity.person_id or one.network_id in networks_of(identity)
    return is_staff(identity) or (own and bool(networks_of(identity)))


def seen(session: Session, identity: Identity) -> list[SavedMap]:
    """The saved maps that somebody may see, the last changed first."""
    which = SavedMap.audience == "public"
    if identity.signed_in:
        which = or_(which, SavedMap.owner_id == identity.person_id, SavedMap.audience.in_(("staff", "network")))
    found = session.scalars(select(SavedMap).where(which).order_by(SavedMap.changed_at.desc(), SavedMap.id.desc()))
    return [one for one in found if may_see(one, identity)]


def map_here(session: Session, slug: str, identity: Identity) -> SavedMap:
    """The map at an address; 404 for one that the reader may not see, as for one that isn't there."""
    one = session.scalars(select(SavedMap).where(SavedMap.slug == slug)).first()
    if one is None or not may_see(one, identity):
        abort(404)
    return one


def eyes_for(one: SavedMap, identity: Identity) -> Eyes:
    """Whose eyes look at a saved map: a public one shows everybody the same. At the table they are one's own."""
    return ANYBODY if one.audience == "public" else eyes_of(identity)


def asked_of(one: SavedMap, arguments: Any) -> Asked:
    """What a saved map asks for; what the address says of how to look at it goes before what was saved."""
    kept = MultiDict(parse_qsl(one.asked))
    own = Asked.parse(kept)
    for name in arguments:
        kept.setlist(name, arguments.getlist(name))
    return replace(Asked.parse(kept), kept=own)


def said(asked: Asked) -> str:
    """How a saved map keeps what it asks for."""
    return urlencode(asked.turned(1).pairs())
