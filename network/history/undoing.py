"""Taking changes back, field by field: what was changed again since is asked about, and never lost."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any

from sqlalchemy import Date, DateTime, inspect, select, update
from sqlalchemy.orm import Session

from network.clock import now
from network.history.models import Edit
from network.history.queries import later_removal
from network.history.recording import KINDS, Kind, save
from network.text import gettext as _

WINDOW = timedelta(days=90)
WHOLE = ""  # stands for the field when a whole thing is meant

Choices = Mapping[str, bool]


class Refused(Exception):
    """What can't be taken back: why, in a sentence."""


@dataclass(frozen=True)
class Net:
    """What a save did to one thing, taken together: the first value before and the last one after of each field."""

    kind: Kind
    edits: tuple[Edit, ...]
    action: str
    before: dict[str, Any]
    after: dict[str, Any]

    @property
    def last(self) -> Edit:
        return self.edits[-1]


@dataclass(frozen=True)
class Conflict:
    """A field that was changed again: what undoing would put back, what the edit made of it, and what it says now."""

    edit: Edit
    field: str
    back: Any
    after: Any
    now: Any

    @property
    def key(self) -> str:
        """By which a choice names it."""
        return f"{self.edit.thing}-{self.edit.thing_id}-{self.field}"


@dataclass
class Undone:
    """What became of it: conflicts that wait for a choice (then nothing was changed), and how many things changed."""

    conflicts: list[Conflict] = field(default_factory=list)
    things: int = 0


def undoable(edit: Edit, at: datetime) -> bool:
    """Whether an edit can be taken back at a time, as far as one sees without looking at the thing."""
    kind = KINDS.get(edit.thing)
    if kind is None or not kind.undoable or edit.undone_by_id or at - edit.at > WINDOW:
        return False
    if edit.action == "changed":
        return any(value.field not in kind.fixed for value in edit.values)
    return edit.action in ("added", "removed") and kind.of != ("id",)


def undo(session: Session, edits: Sequence[Edit], choices: Choices | None = None) -> Undone:
    """Take edits of one organisation back.

    A field that was changed again since is put back only when `choices` says so, by the key of its conflict; as long
    as a conflict has no choice nothing is changed. Raises Refused for what can't be taken back at all.
    """
    possible = [edit for edit in edits if undoable(edit, now())]
    if not possible:
        raise Refused(_("This can't be taken back any more."))
    undone, steps = Undone(), []
    for net in nets(possible):
        found, values = planned(session, net, choices or {})
        undone.conflicts += found
        if values is not None:
            steps.append((net, values))
    if not undone.conflicts:
        for net, values in steps:
            carry_out(session, net, values)
        undone.things = len(steps)
    return undone


def nets(edits: Sequence[Edit]) -> list[Net]:
    """What edits did to each thing, taken together; one that they added and removed again is left out."""
    found = []
    by_thing = sorted(edits, key=lambda edit: (edit.thing, edit.thing_id, edit.id))
    for (thing, _id), group in groupby(by_thing, key=lambda edit: (edit.thing, edit.thing_id)):
        same = tuple(group)
        kind, first, last = KINDS[thing], same[0], same[-1]
        before: dict[str, Any] = {}
        after: dict[str, Any] = {}
        for value in (value for edit in same for value in edit.values):
            before.setdefault(value.field, value.before)
            after[value.field] = value.after
        if first.action != "added" or last.action != "removed":
            action = next((one.action for one in (first, last) if one.action != "changed"), "changed")
            found.append(Net(kind, same, action, before, after))
    return found


def planned(session: Session, net: Net, choices: Choices) -> tuple[list[Conflict], dict[str, Any] | None]:
    """The conflicts without a choice, and what taking it back would write; None when there is nothing to do."""
    if net.action == "removed":
        return [], net.before
    thing = present(session, net)
    if net.action == "added":
        if thing is None:
            return [], None
        since = any(net.kind.written(thing, name) != value for name, value in net.after.items())
        wanted = choices.get(Conflict(net.last, WHOLE, None, None, None).key) if since else True
        return [Conflict(net.last, WHOLE, None, None, None)] if wanted is None else [], {} if wanted else None
    if thing is None:
        raise Refused(_("What this changed is no longer there. Bring it back first, then take this back."))
    conflicts, values = [], {}
    for name, back in net.before.items():
        here = net.kind.written(thing, name)
        if name in net.kind.fixed or here == back:
            continue
        conflict = Conflict(net.last, name, back, net.after[name], here)
        wanted = choices.get(conflict.key) if here != net.after[name] else True
        if wanted is None:
            conflicts.append(conflict)
        elif wanted:
            values[name] = back
    return conflicts, values or None


def present(session: Session, net: Net) -> Any:
    """The thing, if it is still there and the same: a number may have been given to another since."""
    thing = session.get(net.kind.model, net.last.thing_id)
    if thing is None or net.last.organization_id not in [getattr(thing, name) for name in net.kind.of]:
        return None
    return None if later_removal(session, net.last) else thing


def carry_out(session: Session, net: Net, values: dict[str, Any]) -> None:
    """Put back what was planned, and note of the edits which one took them back."""
    if net.action == "removed":
        thing = brought_back(session, net, values)
    else:
        thing = present(session, net)
        for name, value in values.items():
            setattr(thing, name, decoded(session, net.kind, name, value))
    if net.action == "added":
        session.delete(thing)
    elif why := net.kind.settle(session, thing, net.last.organization_id):
        raise Refused(why)
    session.flush()
    mark(session, net)


def brought_back(session: Session, net: Net, values: dict[str, Any]) -> Any:
    """A removed thing again, under its number if that is free; its earlier edits follow it to a new one."""
    kind, edit = net.kind, net.last
    wanted = {name: decoded(session, kind, name, value) for name, value in values.items() if value is not None}
    if len(kind.of) == 1:
        wanted[kind.of[0]] = edit.organization_id
    thing = kind.model(**wanted)
    if session.get(kind.model, edit.thing_id) is None:
        thing.id = edit.thing_id
    if why := kind.settle(session, thing, edit.organization_id):
        raise Refused(why)
    session.add(thing)
    session.flush()
    if thing.id != edit.thing_id:
        same = (Edit.thing == edit.thing, Edit.thing_id == edit.thing_id, Edit.id <= edit.id)
        session.execute(update(Edit).where(*same).values(thing_id=thing.id))
    return thing


def mark(session: Session, net: Net) -> None:
    """Note which edit took these back, for every organisation that has them; what they had taken back stands again."""
    edit = net.last
    session.refresh(edit)
    mine = (Edit.organization_id == edit.organization_id, Edit.thing == edit.thing, Edit.thing_id == edit.thing_id)
    last = session.scalar(select(Edit.id).where(*mine, Edit.save == save(session)).order_by(Edit.id.desc()).limit(1))
    ids = [one.id for one in net.edits]
    session.execute(update(Edit).where(Edit.undone_by_id.in_(ids)).values(undone_by_id=None))
    same = (Edit.save == edit.save, Edit.thing == edit.thing, Edit.thing_id == edit.thing_id)
    actions = {one.action for one in net.edits}
    session.execute(update(Edit).where(*same, Edit.action.in_(actions)).values(undone_by_id=last))


def decoded(session: Session, kind: Kind, name: str, value: Any) -> Any:
    """A value of the history as the field holds it."""
    if name in kind.joined:
        row = inspect(kind.model).relationships[name].mapper.class_
        return list(session.scalars(select(row).where(getattr(row, kind.joined[name]).in_(value or []))))
    column = inspect(kind.model).columns[name]
    if value is None and not column.nullable:
        return column.type.python_type() if column.default is None else column.default.arg
    if isinstance(value, str) and isinstance(column.type, DateTime):
        return datetime.fromisoformat(value)
    if isinstance(value, str) and isinstance(column.type, Date):
        return date.fromisoformat(value)
    return tuple(value) if isinstance(value, list) else value
