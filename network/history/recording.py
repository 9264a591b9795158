"""Every change of a tracked thing is written into the history by itself, with whatever flushes it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from secrets import token_hex
from typing import Any

from flask import g, has_request_context
from sqlalchemy import event, insert, inspect
from sqlalchemy.orm import Session, object_session

from network.clock import now
from network.history.models import Edit, EditValue, PersonalValue
from network.permissions import identity

CHANGES = "history changes"  # under which a session keeps what a flush found until it is written
SAVE = "history save"

Reading = Callable[[Any, str], tuple[Any, Any]]


@dataclass(frozen=True)
class Kind:
    """A kind of thing whose changes are kept, and what of it.

    `of` names the columns that hold whose history a change belongs to. What is said by other rows is `joined`: a
    relationship, and the attribute that names each row of it. A change of `confirmed` alone counts as confirming.
    Values of `personal` fields stand apart, so that they can be erased; `fixed` fields are kept, and never put back.
    `settle` is asked before a thing is put back, and answers why it can't be, or nothing.
    """

    model: type[Any]
    thing: str
    of: tuple[str, ...]
    fields: tuple[str, ...]
    personal: frozenset[str] = frozenset()
    fixed: frozenset[str] = frozenset()
    joined: Mapping[str, str] = field(default_factory=dict)
    confirmed: str = ""
    undoable: bool = True
    settle: Callable[[Session, Any, int], str] = lambda session, thing, organization_id: ""

    @property
    def watched(self) -> tuple[str, ...]:
        return (*self.fields, self.confirmed) if self.confirmed else self.fields

    def written(self, thing: Any, name: str) -> Any:
        """What a field of a thing says now, as JSON can hold it."""
        return self.encoded(name, getattr(thing, name))

    def encoded(self, name: str, value: Any) -> Any:
        if name in self.joined:
            return sorted(getattr(one, self.joined[name]) for one in value)
        return encoded(value)


@dataclass(frozen=True)
class Change:
    """What a flush did to one thing: each field with what it said before and says after."""

    kind: Kind
    id: int
    organizations: tuple[int, ...]
    action: str
    values: dict[str, tuple[Any, Any]]


KINDS: dict[str, Kind] = {}


def track(
    model: type[Any],
    thing: str,
    of: tuple[str, ...],
    fields: Iterable[str],
    personal: Iterable[str] = (),
    fixed: Iterable[str] = (),
    joined: Mapping[str, str] | None = None,
    **more: Any,
) -> None:
    """Keep the history of a model's rows from now on. See `Kind` for what is asked."""
    known = thing in KINDS
    KINDS[thing] = kind = Kind(
        model, thing, of, (*fields, *(joined or ())), frozenset(personal), frozenset(fixed), joined or {}, **more
    )
    if known:
        return
    for name in kind.watched:
        event.listen(getattr(model, name), "set", before_is_known, active_history=True)
    event.listen(model, "after_insert", lambda mapper, connection, row: note(KINDS[thing], row, "added", added))
    event.listen(model, "after_update", lambda mapper, connection, row: note(KINDS[thing], row, "changed", changed))
    event.listen(model, "before_delete", lambda mapper, connection, row: note(KINDS[thing], row, "removed", removed))


def before_is_known(row: Any, value: Any, before: Any, initiator: Any) -> None:
    """Does nothing: that it listens makes the ORM read what a field said before it is set."""


def note(kind: Kind, row: Any, action: str, reading: Callable[[Kind, Any], dict[str, tuple[Any, Any]]]) -> None:
    """Remember what a flush does to a row until all of it is done."""
    session = object_session(row)
    values = reading(kind, row)
    if session is None or (action == "changed" and not values):
        return
    organizations = tuple(dict.fromkeys(id for name in kind.of if (id := getattr(row, name)) is not None))
    changes: list[Change] = session.info.setdefault(CHANGES, [])
    if kind.confirmed in values and action == "changed":
        confirmed = {kind.confirmed: values.pop(kind.confirmed)}
        changes.append(Change(kind, row.id, organizations, "confirmed", confirmed))
    if values or action != "changed":
        changes.append(Change(kind, row.id, organizations, action, values))


def added(kind: Kind, row: Any) -> dict[str, tuple[Any, Any]]:
    return {name: (None, value) for name in kind.fields if says(value := kind.written(row, name))}


def removed(kind: Kind, row: Any) -> dict[str, tuple[Any, Any]]:
    return {name: (value, None) for name in kind.fields if says(value := kind.written(row, name))}


def changed(kind: Kind, row: Any) -> dict[str, tuple[Any, Any]]:
    """The fields of a row that a flush changes."""
    found = {}
    attributes = inspect(row).attrs
    for name in kind.watched:
        history = attributes[name].history
        if not history.has_changes():
            continue
        if name in kind.joined:
            kept = tuple(history.unchanged)
            before, after = (kind.encoded(name, kept + tuple(some)) for some in (history.deleted, history.added))
        else:
            before, after = (encoded(one[0]) if one else None for one in (history.deleted, history.added))
        if before != after:
            found[name] = before, after
    return found


def encoded(value: Any) -> Any:
    """A column's value as JSON can hold it."""
    if isinstance(value, date | datetime):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def says(value: Any) -> bool:
    """Whether a value says anything: zero does."""
    return value is not None and value is not False and value != "" and value != []


def author(session: Session) -> dict[str, Any]:
    """Who writes, and in which hat: that of the request, or what `session.info` says of "person_id" and "hat"."""
    hat = session.info.get("hat", "")
    if not has_request_context():
        return {"person_id": session.info.get("person_id"), "hat": hat, "for_id": None}
    worn = None if hat else g.get("worn")
    if worn:
        return {"person_id": identity().person_id, "hat": str(worn.hat), "for_id": worn.organization_id}
    return {"person_id": identity().person_id, "hat": hat or "visitor", "for_id": None}


def save(session: Session) -> str:
    """What all changes of one request share, or of one transaction outside of any."""
    if not has_request_context():
        return str(session.info.setdefault(SAVE, token_hex(8)))
    if "save" not in g:
        g.save = token_hex(8)
    return str(g.save)


def happened(
    session: Session,
    organization_id: int,
    action: str,
    thing: str = "organization",
    thing_id: int | None = None,
    said: Mapping[str, Any] | None = None,
) -> None:
    """Keep in an organisation's history that something was done which changed no field, with what was `said` of it."""
    said = said or {}
    facts = author(session) | {"save": save(session), "at": now(), "fields": ";".join(said)}
    edit = Edit(organization_id=organization_id, thing=thing, thing_id=thing_id or organization_id, action=action)
    for name, value in facts.items():
        setattr(edit, name, value)
    edit.values = [EditValue(field=field, before=None, after=value) for field, value in said.items()]
    session.add(edit)


@event.listens_for(Session, "after_flush")
def write(session: Session, context: object) -> None:
    """Write what a flush did into the history, in the same transaction."""
    changes: list[Change] = session.info.pop(CHANGES, [])
    if not changes:
        return
    gone = {one.id for one in changes if one.action == "removed" and one.kind.of == ("id",)}
    shared = author(session) | {"save": save(session), "at": now()}
    if shared["for_id"] in gone:
        shared["for_id"] = None  # the hat went with the organisation that it belonged to
    rows: dict[type[Any], list[dict[str, Any]]] = {EditValue: [], PersonalValue: []}
    connection = session.connection()
    for change in changes:
        facts = {"thing": change.kind.thing, "thing_id": change.id, "action": change.action}
        facts["fields"] = ";".join(change.values)
        for organization_id in change.organizations:
            if organization_id not in gone:
                query = insert(Edit).values(organization_id=organization_id, **facts, **shared)
                edit_id = connection.execute(query.returning(Edit.id)).scalar_one()
                for name, (before, after) in change.values.items():
                    table = PersonalValue if name in change.kind.personal else EditValue
                    rows[table].append({"edit_id": edit_id, "field": name, "before": before, "after": after})
    for table, values in rows.items():
        if values:
            connection.execute(insert(table), values)


@event.listens_for(Session, "after_transaction_end")
def end_save(session: Session, transaction: Any) -> None:
    """What comes after a transaction is another save; what one that failed had found is forgotten."""
    if transaction.parent is None:
        session.info.pop(SAVE, None)
        session.info.pop(CHANGES, None)
