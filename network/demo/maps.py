"""Maps that the demonstration's staff drew: a shared one, one for everyone, and how it all stood a year ago."""

from datetime import date, timedelta
from typing import Any
from urllib.parse import parse_qsl

from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from network.accounts.models import Person
from network.accounts.queries import person_at
from network.demo.past import done_at, since
from network.demo.written import moment
from network.directory.models import Organization
from network.hats import Hat, Identity, Worn
from network.maps import kept, making, queries, snapshots, timeline
from network.maps.asked import Asked
from network.maps.eyes import ANYBODY, Eyes
from network.maps.models import MapGroup, MapNote, MapPlace, SavedMap


def load_maps(session: Session, today: date) -> None:
    """Draw the maps, unless any is there."""
    if session.scalars(select(SavedMap.id).limit(1)).first():
        return
    for written in since("maps")["map"]:
        owner = person_at(session, written["owner"])
        if owner is None:
            continue
        on = today - timedelta(days=written["since_days_ago"])
        with done_at(session, moment(on, written["name"]), owner, "staff"):
            draw(session, written, owner, today)


def draw(session: Session, written: dict[str, Any], owner: Person, today: date) -> None:
    """One map with its groups, notes and pins; `months_ago` makes it a snapshot of that day."""
    who = Identity(owner.id, (Worn(Hat.STAFF),), True)
    eyes = ANYBODY if written["audience"] == "public" else Eyes(None)
    asked = Asked.parse(MultiDict(parse_qsl(written.get("asked", ""))))
    one = kept.make(session, who, written["name"], written["description"], written["audience"], asked, eyes)
    if months := written.get("months_ago"):
        scene = making.saved(session, one, asked, eyes).scene
        begun = queries.begun(session, [node.id for node in scene.nodes])
        then = timeline.as_of(scene, today - timedelta(days=30 * months), begun)
        one.snapshot, one.shown_on = snapshots.stored(then), then.drawn_on
    slugs = {row.slug: row.id for row in session.execute(select(Organization.id, Organization.slug))}
    places = {place.organization_id: place for place in session.scalars(making.where(MapPlace, one))}
    for group in written.get("groups", ()):
        members = [slugs[slug] for slug in group["members"] if slug in slugs]
        session.add(MapGroup(map_id=one.id, key=group["key"], name=group["name"], members=members))
    for slug in written.get("pinned", ()):
        if place := places.get(slugs.get(slug, 0)):
            place.pinned = True
    for note in written.get("notes", ()):
        if place := places.get(slugs.get(note["beside"], 0)):
            at = {"x": (place.x or 0) + note["right"], "y": (place.y or 0) + note["down"]}
            session.add(MapNote(map_id=one.id, text=note["text"], staff_only=note.get("staff_only", True), **at))
    session.flush()
