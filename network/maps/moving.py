"""Steps that change the map alone: where things stand, what is hidden, grouped and written on it, how it looks."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import isfinite
from typing import Any

from sqlalchemy import select

from network.directory.texts import one_line
from network.maps import keeping
from network.maps.models import MapGroup, MapNote, MapPlace, MapStep
from network.maps.queries import batches, seen_among
from network.maps.scene import COLOURS, SIZES, Point
from network.maps.steps import Done, Hand, Refused, Said, ids_of, kind
from network.text import gettext as _

FAR = 1e6  # map units


def point_of(given: Any) -> Point:
    """A point as it was sent. Raises Refused."""
    if isinstance(given, list | tuple) and len(given) == 2:
        x, y = given
        if all(isinstance(one, int | float) and isfinite(one) and abs(one) <= FAR for one in (x, y)):
            return round(float(x), 2), round(float(y), 2)
    raise Refused(_("That is no place on the map."))


def seen(hand: Hand, ids: Sequence[int]) -> list[int]:
    """Those of some organisations that whoever draws may see."""
    return [id for some in batches(sorted(ids)) for id in seen_among(hand.session, some, hand.eyes)]


def places(hand: Hand, ids: Sequence[int]) -> dict[int, MapPlace]:
    """What the map says of where each of some organisations stands, begun where it says nothing."""
    query = select(MapPlace).where(MapPlace.map_id == hand.map.id, MapPlace.organization_id.in_(ids))
    known = {one.organization_id: one for one in hand.session.scalars(query)}
    for id in ids:
        if id not in known:
            known[id] = MapPlace(map_id=hand.map.id, organization_id=id, pinned=False, hidden=False)
            hand.session.add(known[id])
    return known


def tidy(hand: Hand, rows: Mapping[int, MapPlace]) -> None:
    """Forget rows that say nothing: what was taken back leaves nothing behind."""
    for row in rows.values():
        if row.x is None and not row.pinned and not row.hidden:
            if row in hand.session.new:
                hand.session.expunge(row)
            else:
                hand.session.delete(row)
    hand.session.flush()


@kind("place")
def place(hand: Hand, said: Said) -> Done:
    """Put organisations somewhere; None lets one stand where its ties put it."""
    given = said.get("positions")
    if not isinstance(given, dict) or len(given) > 5000 or not all(str(id).isdecimal() for id in given):
        raise Refused(_("That is no place on the map."))
    wanted = {int(id): None if point is None else point_of(point) for id, point in given.items()}
    rows = places(hand, seen(hand, list(wanted)))
    back = {str(id): None if row.x is None else [row.x, row.y] for id, row in rows.items()}
    for id, row in rows.items():
        row.x, row.y = wanted[id] or (None, None)
    tidy(hand, rows)
    now = {str(id): list(point) if (point := wanted[id]) else None for id in rows}
    return Done({"positions": now}, [{"kind": "place", "positions": back}])


@kind("pin")
def pin(hand: Hand, said: Said) -> Done:
    """Keep organisations where they stand, and on the map whatever its filter; or let them go."""
    return switched(hand, said, "pin", "pinned")


@kind("hide")
def hide(hand: Hand, said: Said) -> Done:
    """Leave organisations out of the map, or show them again."""
    return switched(hand, said, "hide", "hidden")


def switched(hand: Hand, said: Said, name: str, column: str) -> Done:
    on = bool(said.get("on"))
    rows = places(hand, seen(hand, ids_of(said)))
    changed = [id for id, row in rows.items() if getattr(row, column) != on]
    for id in changed:
        setattr(rows[id], column, on)
    tidy(hand, rows)
    return Done({"ids": changed, "on": on}, [{"kind": name, "ids": changed, "on": not on}] if changed else [])


@kind("group")
def group(hand: Hand, said: Said) -> Done:
    """Group organisations under a name; without any the group goes."""
    key, name = str(said.get("group") or "")[:40], one_line(str(said.get("name") or ""))[:120]
    ids = seen(hand, ids_of(said))
    if not key or (ids and not name):
        raise Refused(_("Give the group a name."))
    row = hand.session.scalars(select(MapGroup).where(MapGroup.map_id == hand.map.id, MapGroup.key == key)).first()
    if row is None and not ids:
        raise Refused(_("Choose who belongs to the group."))
    before = {"kind": "group", "group": key, "name": row.name if row else "", "ids": list(row.members) if row else []}
    if row is None and ids:
        hand.session.add(MapGroup(map_id=hand.map.id, key=key, name=name, members=ids))
    elif row and ids:
        row.name, row.members = name, ids
    elif row:
        hand.session.delete(row)
    hand.session.flush()
    return Done({"group": key, "name": name, "ids": ids}, [before])


@kind("note")
def note(hand: Hand, said: Said) -> Done:
    """Write on the map, outline a region, change that; an empty text without an outline goes."""
    id, text = said.get("note"), one_line(str(said.get("text") or ""))[:300]
    if isinstance(id, str):  # it was written so lately that whoever wrote it knew no number yet
        first = select(MapStep).where(MapStep.map_id == hand.map.id, MapStep.key == id, MapStep.kind == "note")
        written = hand.session.scalars(first).first()
        id = written.said["note"] if written else None
    row = hand.session.get(MapNote, id) if isinstance(id, int) and id < 2**31 else None
    if row is not None and row.map_id != hand.map.id:
        raise Refused(_("That note is gone."))
    size = point_of(said["size"]) if said.get("size") else None
    if not text and size is None:
        if row is None:
            raise Refused(_("Write something."))
        back = noted(row)
        hand.session.delete(row)
        hand.session.flush()
        return Done({"note": id, "text": "", "size": None}, [back])
    gone = {"kind": "note", "text": "", "size": None}
    back = noted(row) if row else gone
    if row is None:
        row = MapNote(map_id=hand.map.id, id=id if isinstance(id, int) and said.get("redo") else None)
        hand.session.add(row)
    (row.x, row.y), (row.width, row.height) = point_of(said.get("at")), size or (None, None)
    row.text, row.staff_only = text, bool(said.get("staff_only", True))
    hand.session.flush()
    return Done({name: value for name, value in noted(row).items() if name != "kind"}, [{**back, "note": row.id}])


def noted(row: MapNote) -> Said:
    """A note as the step that writes it, under its own number."""
    size = None if row.width is None else [row.width, row.height]
    said = {"note": row.id, "text": row.text, "at": [row.x, row.y], "size": size, "staff_only": row.staff_only}
    return {"kind": "note", "redo": True, **said}


@kind("look")
def look(hand: Hand, said: Said) -> Done:
    """Colour and size the marks by something else."""
    asked = keeping.asked_of(hand.map, {})
    wanted = replace(asked, **{name: said[name] for name in ("colour", "size") if known(name, said.get(name))})
    hand.map.asked = keeping.said(wanted)
    back = {"kind": "look", "colour": asked.colour, "size": asked.size}
    return Done({"colour": wanted.colour, "size": wanted.size}, [back])


def known(name: str, value: Any) -> bool:
    return value in (COLOURS if name == "colour" else SIZES)
