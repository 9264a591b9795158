"""Steps as everyone at the map is told of them: with what the network says now of whom they touched, for one's eyes."""

from collections.abc import Callable, Collection, Sequence
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from network.accounts.models import Person
from network.directory.freshness import freshness
from network.directory.models import Link
from network.maps import queries, steps, wire
from network.maps.eyes import Eyes
from network.maps.models import MapPlace, MapStep, SavedMap
from network.maps.steps import Hand
from network.text import gettext as _

TOLD = {
    "place": ("positions",),
    "pin": ("ids", "on"),
    "hide": ("ids", "on"),
    "group": ("group", "name", "ids"),
    "note": ("note", "text", "at", "size", "staff_only"),
    "look": ("colour", "size"),
    "add": ("id",),
    "tie": ("tie", "source", "target", "type"),
    "untie": ("tie",),
    "retie": ("tie", "source", "target", "type"),
    "facts": ("id",),
    "standing": ("id",),
    "unadd": ("ids",),
    "undone": ("of", "was", "undone"),
}
"""What of a step is told as it was said; all else stands in the state of those that it touched."""

TOUCHED = ("add", "unadd", "facts", "standing", "pin")
Json = dict[str, Any]


def told(hand: Hand, found: Sequence[MapStep], present: Callable[[], Collection[int]]) -> list[Json]:
    """Some steps of a map, in their order, for the eyes of who draws; who isn't `present` on it any more is gone."""
    session, one, eyes, me = hand.session, hand.map, hand.eyes, hand.who.person_id
    ids = {id for step in found for id in touched(step)}
    links = {id for step in found for id in linked(step)}
    here = ids & set(present()) if ids else ids
    nodes = {id: {"id": id, "gone": True} for id in ids} | nodes_now(session, one, here, eyes)
    ties = ties_now(session, links, eyes)
    people = {step.person_id for step in found if step.person_id}
    names = dict(session.execute(select(Person.id, Person.name).where(Person.id.in_(people))).all())
    return [
        {
            "number": step.number,
            "key": step.key,
            "by": names.get(step.person_id or 0) or _("Somebody"),
            "mine": step.person_id == me,
            **said_of(step),
            "nodes": [nodes[id] for id in touched(step)],
            "ties": [ties[id] for id in linked(step)],
        }
        for step in found
    ]


def said_of(step: MapStep) -> Json:
    if step.kind not in steps.HISTORY:
        return {"kind": step.kind, "undone": step.undone, **only(step.kind, step.said)}
    said = only("undone", step.said)
    now = [{"kind": one["kind"], **only(one["kind"], one)} for one in step.said.get("now", ())]
    return {"kind": "undone", **said, "now": now}


def only(kind: str, said: Json) -> Json:
    return {name: said[name] for name in TOLD[kind] if name in said}


def touched(step: MapStep) -> list[int]:
    """The organisations whose state a step changed."""
    some = step.said.get("now", ()) if step.kind in steps.HISTORY else [{"kind": step.kind, **step.said}]
    found = [id for one in some if one["kind"] in TOUCHED for id in (one.get("ids") or [one.get("id")]) if id]
    return list(dict.fromkeys(found))


def ends(step: MapStep) -> set[int]:
    """The organisations that a step names as the ends of a tie, or moves."""
    some = step.said.get("now", ()) if step.kind in steps.HISTORY else [step.said]
    found = {one[name] for one in some for name in ("source", "target") if one.get(name)}
    return (
        found
        | {int(id) for one in some for id in one.get("positions", ())}
        | {id for one in some for id in one.get("ids", ())}
    )


def linked(step: MapStep) -> list[int]:
    """The links that a step drew, or took away."""
    some = step.said.get("now", ()) if step.kind in steps.HISTORY else [step.said]
    return list(dict.fromkeys(one["tie"] for one in some if one.get("tie")))


def nodes_now(session: Session, one: SavedMap, ids: set[int], eyes: Eyes) -> dict[int, Json]:
    """What the network and the map say now of some organisations; one that isn't seen any more is gone."""
    if not ids:
        return {}
    where = select(MapPlace).where(MapPlace.map_id == one.id, MapPlace.organization_id.in_(ids))
    places = {place.organization_id: place for place in session.scalars(where)}
    found: dict[int, Json] = {id: {"id": id, "gone": True} for id in ids}
    for node in queries.nodes_of(session, ids, eyes):
        place = places.get(node.id)
        found[node.id] = {
            "id": node.id,
            "gone": False,
            "name": node.name,
            "category": node.category,
            "standing": node.standing,
            "freshness": freshness(node.confirmed_on, date.today()).state,
            "country": node.country,
            "offers": node.offers,
            "seeks": node.seeks,
            "latitude": wire.hundredths(node.latitude),
            "longitude": wire.hundredths(node.longitude),
            "pinned": bool(place and place.pinned),
            "hidden": bool(place and place.hidden),
            **({"x": place.x, "y": place.y} if place and place.x is not None else {}),
        }
    return found


def ties_now(session: Session, ids: set[int], eyes: Eyes) -> dict[int, Json]:
    """The same of some links."""
    found: dict[int, Json] = {id: {"id": id, "gone": True} for id in ids}
    for row in session.execute(queries.TIE.where(Link.id.in_(ids), *eyes.ties())) if ids else ():
        if len(queries.seen_among(session, [row.from_id, row.to_id], eyes)) == 2:
            found[row.id] = tie_now(row)
    return found


def tie_now(row: Any) -> Json:
    """A row of `queries.TIE` as a tie that stands."""
    ends = {"source": row.from_id, "target": row.to_id, "type": row.type}
    return {"id": row.id, "gone": False, **ends, "proposed": row.confirmed_on is None}
