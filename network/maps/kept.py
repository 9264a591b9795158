"""Beginning, changing and ending maps that are kept, and what the forms of the drawing table say."""

from collections.abc import Mapping
from dataclasses import replace
from secrets import token_hex
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from network.directory.models import Organization
from network.directory.slugs import free_slug, slug_of
from network.hats import Identity
from network.maps import keeping, making, snapshots
from network.maps.asked import Asked
from network.maps.eyes import Eyes
from network.maps.models import MapPlace, SavedMap
from network.maps.scene import Scene
from network.matching.looking import Desk
from network.text import gettext as _

RESERVED = frozenset(
    "draw new scene names places export organizations reach pipeline measures near compare growth".split()
)


def common(session: Session, desk: Desk) -> SavedMap | None:
    """The map that a desk draws together: the staff's, or that of a coordinator's network."""
    query = select(SavedMap).where(SavedMap.snapshot.is_(None)).order_by(SavedMap.id).limit(1)
    if desk.staff:
        return session.scalars(query.where(SavedMap.audience == "staff")).first()
    return session.scalars(
        query.where(SavedMap.audience == "network", SavedMap.network_id.in_(desk.networks or ()))
    ).first()


def begin(session: Session, desk: Desk, who: Identity) -> SavedMap:
    """Begin that map: everything that the desk sees, laid out once and kept."""
    if desk.staff:
        return make(session, who, _("Partner map"), "", "staff", Asked(), Eyes(None))
    network = session.get(Organization, (desk.networks or (0,))[0])
    assert network is not None, "a coordinator without a network has no desk"
    asked, eyes = Asked.parse(MultiDict({"network": network.slug})), Eyes(desk.networks)
    one = make(session, who, network.name, "", "network", asked, eyes, network.id)
    hub = MapPlace(map_id=one.id, organization_id=network.id, pinned=True, hidden=False)  # no member of itself
    session.add(hub)
    session.flush()
    hub.x, hub.y = making.room_for(session, one, network.id, eyes)
    return one


def make(
    session: Session,
    who: Identity,
    name: str,
    description: str,
    audience: str,
    asked: Asked,
    eyes: Eyes,
    network_id: int | None = None,
) -> SavedMap:
    """Keep a map. Everyone on it stands where they stand now, whoever comes later."""
    one = SavedMap(slug=new_slug(session, name), name=name, description=description, audience=audience)
    one.owner_id, one.network_id, one.asked = who.person_id, network_id, keeping.said(asked)
    session.add(one)
    session.flush()
    stand(session, one, making.live(session, asked, eyes, name).scene.positions)
    return one


def stand(session: Session, one: SavedMap, positions: Mapping[int, Any]) -> None:
    """Keep where everybody stands."""
    rows = [
        {"map_id": one.id, "organization_id": id, "x": x, "y": y, "pinned": False, "hidden": False}
        for id, (x, y) in sorted(positions.items())
    ]
    if rows:
        session.execute(insert(MapPlace), rows)


def snapshot(session: Session, one: SavedMap, scene: Scene, who: Identity, day: str) -> SavedMap:
    """Keep what a map shows today, for the same readers."""
    name = f"{one.name}, {day}"[:120]
    taken = SavedMap(slug=new_slug(session, name), name=name, description=one.description, audience=one.audience)
    taken.owner_id, taken.network_id, taken.asked = who.person_id, one.network_id, one.asked
    taken.snapshot, taken.shown_on = snapshots.stored(public_notes(scene)), scene.drawn_on
    session.add(taken)
    session.flush()
    return taken


def public_notes(scene: Scene) -> Scene:
    """A scene without what was written for staff: a snapshot may be read by others one day."""
    return replace(scene, notes=tuple(note for note in scene.notes if not note.staff_only))


def new_slug(session: Session, name: str) -> str:
    """An address for a new map that no other has."""
    wanted = slug_of(name)
    taken = set(session.scalars(select(SavedMap.slug).where(SavedMap.slug.startswith(wanted))))
    return free_slug(wanted, taken | RESERVED)


def typed(form: "MultiDict[str, str]") -> dict[str, Any]:
    """A step as a form of the drawing table says it: numbers as numbers, ticks as yes."""
    said: dict[str, Any] = {name: value.strip() for name, value in form.items() if name != "csrf_token"}
    for name in ("id", "source", "target", "tie", "owner", "note"):
        if name in said:
            said[name] = int(said[name]) if said[name].isdecimal() and len(said[name]) < 10 else None
    for name in ("on", "anyway", "sure", "staff_only"):
        said[name] = said.get(name) in ("1", "on", "true")
    if "ids" in said:
        said["ids"] = [int(one) for one in form.getlist("ids") if one.isdecimal() and len(one) < 10]
    if said.get("kind") == "group":
        said.setdefault("group", token_hex(4))
    if said.get("kind") == "note":
        said["at"] = [0, 0]
    if said.get("kind") == "facts":
        said["fields"] = {
            name: said[name] for name in ("name", "summary", "website", "town", "country") if name in said
        }
    return said
