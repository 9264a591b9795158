"""The history of a profile as people read it: who, when, and what was said before and is said now."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from network.accounts.models import Person
from network.clock import now
from network.directory.models import Link, Listing, Organization
from network.directory.saying import INBOUND
from network.directory.vocabulary import LINK_TYPES
from network.hats import Hat
from network.history.differing import ADDED, REMOVED, Piece, difference
from network.history.models import Edit, EditValue
from network.history.queries import Save, about_persons
from network.history.undoing import undoable
from network.profiles.wording import PROSE, field_name, value_words
from network.text import gettext as _

UNSAID = frozenset({"from_id", "to_id", "side", "position", "meets_rule", "precision", "latitude", "longitude"})
"""Fields that other lines, or the headline, say already."""
SECRET = ("desired", "in_conversation")


@dataclass(frozen=True)
class Line:
    """A field and what became of it; `secret` says why its values don't stand there."""

    name: str
    pieces: tuple[Piece, ...] = ()
    secret: str = ""


@dataclass(frozen=True)
class Entry:
    """One edit: what it was about, its fields, and whether it can be taken back or was."""

    edit: Edit
    headline: str
    lines: tuple[Line, ...]
    undoable: bool


@dataclass(frozen=True)
class Told:
    """One save: who, when, what."""

    key: str
    who: str
    at: datetime
    entries: tuple[Entry, ...]

    @property
    def undoable(self) -> bool:
        """Whether there are several edits in it that can be taken back, and it isn't the one that made the page."""
        made = any((entry.edit.thing, entry.edit.action) == ("organization", "added") for entry in self.entries)
        return not made and sum(entry.undoable for entry in self.entries) > 1


@dataclass(frozen=True)
class Sight:
    """What a reader sees: who it was by name, values about persons, standings that are the staff's."""

    names: bool
    persons: bool
    standing: bool


class Telling:
    """Tells some saves, of one organisation or of many; what other rows say is asked for all of them at once."""

    def __init__(self, session: Session, saves: Sequence[Save], sight: Sight) -> None:
        self.session, self.saves, self.sight = session, saves, sight
        edits = [edit for save in saves for edit in save.edits]
        self.personal = about_persons(session, saves) if sight.persons else {}
        self.said = self.last_said(edits)
        tied = {id for said in self.said.values() for id in (said.get("from_id"), said.get("to_id")) if id}
        tied |= {save.for_id for save in saves if save.for_id}
        named = select(Organization.id, Organization.name).where(Organization.id.in_(tied))
        self.organizations = {row.id: row.name for row in session.execute(named)}
        persons = [save.person_id for save in saves if save.person_id] if sight.names else []
        known = select(Person.id, Person.name).where(Person.id.in_(persons))
        self.persons = {row.id: row.name for row in session.execute(known) if row.name}

    def last_said(self, edits: Sequence[Edit]) -> dict[tuple[str, int], dict[str, Any]]:
        """What listings and ties are called: as they stand, or as they stood when they were removed."""
        said: dict[tuple[str, int], dict[str, Any]] = {}
        kinds: dict[str, tuple[type[Any], tuple[str, ...]]] = {
            "listing": (Listing, ("title", "side")),
            "link": (Link, ("from_id", "to_id", "type")),
        }
        for thing, (model, fields) in kinds.items():
            ids = {edit.thing_id for edit in edits if edit.thing == thing}
            whose = {edit.organization_id for edit in edits if edit.thing == thing}
            gone = (
                select(Edit.thing_id, EditValue.field, EditValue.before)
                .join(EditValue, EditValue.edit_id == Edit.id)
                .where(Edit.organization_id.in_(whose), Edit.thing == thing, Edit.thing_id.in_(ids))
                .where(Edit.action == "removed", EditValue.field.in_(fields))
            )
            for id, field, value in self.session.execute(gone) if ids else ():
                said.setdefault((thing, id), {})[field] = value
            for row in self.session.scalars(select(model).where(model.id.in_(ids))) if ids else ():
                said[thing, row.id] = {field: getattr(row, field) for field in fields}
        return said

    def told(self) -> list[Told]:
        """The saves in words."""
        at = now()
        return [
            Told(save.key, self.who(save), save.at, tuple(self.entry(edit, at) for edit in save.edits))
            for save in self.saves
        ]

    def who(self, save: Save) -> str:
        """Who it was: by role, and by name where the reader may know."""
        role = role_words(save.hat, self.organizations.get(save.for_id or 0) or "")
        name = self.persons.get(save.person_id or 0)
        return _("%(name)s, %(role)s", name=name, role=role) if name else role

    def entry(self, edit: Edit, at: datetime) -> Entry:
        lines = [self.line(edit, value.field, value.before, value.after) for value in edit.values]
        lines += [self.place(edit)] if {"latitude", "longitude"} & set(edit.fields.split(";")) else []
        lines += self.lines_about_persons(edit)
        return Entry(edit, self.headline(edit), tuple(line for line in lines if line), undoable(edit, at))

    def line(self, edit: Edit, name: str, before: Any, after: Any) -> Line | None:
        """A field and what became of it; None for those that other words say."""
        if name == "standing" and not self.sight.standing and {before, after} & set(SECRET):
            return Line(field_name(name), secret=_("kept by the staff"))
        if name in UNSAID or edit.action == "confirmed" or (name == "title" and edit.action != "changed"):
            return None
        return Line(field_name(name), changed_words(name, before, after))

    def place(self, edit: Edit) -> Line | None:
        """The point on the map, its two numbers together."""
        points = {value.field: (value.before, value.after) for value in edit.values}
        pairs = [points.get(name, ("…", "…")) for name in ("latitude", "longitude")]
        before, after = ("" if pairs[0][side] is None else f"{pairs[0][side]}, {pairs[1][side]}" for side in (0, 1))
        return Line(_("Point on the map"), changed_words("point", before, after))

    def lines_about_persons(self, edit: Edit) -> list[Line | None]:
        apart = set(edit.fields.split(";")) - {value.field for value in edit.values} - {""}
        values = {value.field: value for value in self.personal.get(edit.id, ())}
        why = _("erased") if self.sight.persons else _("not shown: it is about a person")
        return [
            self.line(edit, name, values[name].before, values[name].after)
            if name in values
            else Line(field_name(name), secret=why)
            for name in edit.fields.split(";")
            if name in apart
        ]

    def headline(self, edit: Edit) -> str:
        said = self.said.get((edit.thing, edit.thing_id), {})
        own = {value.field: value.after if edit.action == "added" else value.before for value in edit.values}
        if edit.thing == "listing":
            title = own.get("title") if edit.action in ("added", "removed") else said.get("title")
            return listing_headline(edit, title or _("something"), own.get("side") or said.get("side") or "offer")
        if edit.thing == "link":
            return self.tie_headline(edit, said | own if edit.action in ("added", "removed") else said)
        return HEADLINES[edit.thing](edit.action)

    def tie_headline(self, edit: Edit, said: Mapping[str, Any]) -> str:
        out = said.get("from_id") == edit.organization_id
        other = self.organizations.get(said.get("to_id" if out else "from_id") or 0) or _("one that has left")
        type = said.get("type", "")
        words = (LINK_TYPES[type].label if out else INBOUND[type]()) if type in LINK_TYPES else ""
        tie = _("%(tie)s: %(other)s", tie=words, other=other)
        if edit.action == "added":
            return _("Tied: %(tie)s", tie=tie)
        return _("Untied: %(tie)s", tie=tie) if edit.action == "removed" else _("Changed a tie: %(tie)s", tie=tie)


def changed_words(name: str, before: Any, after: Any) -> tuple[Piece, ...]:
    """What became of a value: word by word in texts, as a whole in all else."""
    old, new = value_words(name, before), value_words(name, after)
    if name in PROSE and old and new:
        return difference(old, new)
    return tuple(piece for piece in (Piece(REMOVED, old), Piece(ADDED, new)) if piece.text)


def listing_headline(edit: Edit, title: str, side: str) -> str:
    offered = side == "offer"
    if edit.action == "added":
        if offered:
            return _("Added an offer: “%(title)s”", title=title)
        return _("Added something sought: “%(title)s”", title=title)
    if edit.action == "removed":
        if offered:
            return _("Took away an offer: “%(title)s”", title=title)
        return _("Took away something sought: “%(title)s”", title=title)
    if edit.action == "confirmed":
        return _("Confirmed “%(title)s”", title=title)
    if edit.fields == "position":
        return _("Moved “%(title)s” to another place in the list", title=title)
    return _("Changed “%(title)s”", title=title)


def organization_headline(action: str) -> str:
    if action == "exported":
        return _("Took everything along as a file, with its people")
    if action == "added":
        return _("The page was made")
    if action == "merged":
        return _("Another page of the same organisation was merged into it")
    if action in MORE_HEADLINES:
        return MORE_HEADLINES[action]()
    if action == "parted":
        return _("A merge was undone: there are two pages again")
    return _("Confirmed that it is still right") if action == "confirmed" else _("Changed the page")


def person_headline(action: str) -> str:
    if action == "added":
        return _("Added a contact person")
    return _("Took away a contact person") if action == "removed" else _("Changed a contact person")


HEADLINES = {"organization": organization_headline, "contact_person": person_headline}
MORE_HEADLINES: dict[str, Callable[[], str]] = {}
"""What else happens to a profile, by features above: each action with its words."""


def role_words(hat: str, organization: str) -> str:
    """In which role somebody wrote."""
    if hat == Hat.ADMIN and organization:
        return _("an admin of %(organization)s", organization=organization)
    if hat == Hat.REPRESENTATIVE and organization:
        return _("a representative of %(organization)s", organization=organization)
    if hat == Hat.COORDINATOR and organization:
        return _("the coordinator of %(organization)s", organization=organization)
    return {
        Hat.ADMIN: _("an admin"),
        Hat.REPRESENTATIVE: _("a representative"),
        Hat.COORDINATOR: _("a coordinator"),
        Hat.STAFF: _("the network's staff"),
        "import": _("a list that was read in"),
        "visitor": _("somebody with a link from a mail"),
    }.get(hat, _("the directory itself"))
