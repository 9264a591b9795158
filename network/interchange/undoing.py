"""Taking an import back: what it made goes, what it changed returns, what was changed since stays, with the reason."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from network import index
from network.clock import now
from network.directory.models import (
    ExternalId,
    Link,
    Listing,
    ListingTopic,
    Organization,
    OrganizationTopic,
    Topic,
)
from network.index.changes import await_turn
from network.interchange.limits import Refused
from network.interchange.linking import TIED
from network.interchange.listings import EMPTY
from network.interchange.models import Import, ImportRow
from network.interchange.remarks import remark
from network.interchange.settling import IMPORT
from network.interchange.states import DEFAULTS, FACTS, State, jsonable, states, stored

BATCH = 500
CHANGED = remark("field_changed")


@dataclass(frozen=True)
class Left:
    """Something that was not taken back, and why."""

    line: int
    slug: str
    what: str
    why: str


@dataclass
class Undone:
    """What became of an import that was taken back."""

    removed: int = 0
    restored: int = 0
    untied: int = 0  # ties that stood in rows of their own
    left: list[Left] = field(default_factory=list)
    touched: list[int] = field(default_factory=list)  # and still there
    gone: set[int] = field(default_factory=set)


def undo(session: Session, number: int, progress: Callable[[int], None] | None = None) -> Undone:
    """Take back the import of that number, in the caller's transaction. Raises Refused when there is nothing to do."""
    await_turn(session.connection())
    record = session.get(Import, number)
    if record is None:
        raise Refused(remark("no_import", number=number))
    if record.undone_at:
        raise Refused(remark("taken_back", number=number, day=f"{record.undone_at:%Y-%m-%d %H:%M}"))
    done = Undone()
    rows = select(*ImportRow.__table__.c).where(ImportRow.import_id == number).order_by(ImportRow.id).limit(BATCH)
    last = 0
    while some := session.connection().execute(rows.where(ImportRow.id > last)).all():
        Undoing(session, number, done).take_back(some)
        last = some[-1].id
        if progress:
            progress(len(some))
    done.touched = [id for id in done.touched if id not in done.gone]
    record.undone_at = now()
    session.flush()
    return done


@dataclass
class Undoing:
    """Takes some rows of an import back."""

    session: Session
    number: int
    done: Undone

    def take_back(self, rows: Sequence[Any]) -> None:
        self.connection = self.session.connection()
        ids = [row.organization_id for row in rows if row.organization_id]
        here = states(self.session, ids)
        later = self.written_later(ids)
        tied = self.tied_by_others(ids)
        gone = []
        for row in rows:
            state = here.get(row.organization_id)
            if state is None:
                if row.fate == "new":
                    self.leave(row, "", remark("the_organization"), remark("removed_since"))
                continue
            if row.fate == "new":
                why = later.get(state.id) or tied.get(state.id) or changed_since(state, row)
                if why:
                    self.leave(row, state.slug, remark("the_organization"), why)
                    self.done.touched.append(state.id)
                else:
                    gone.append(state.id)
            elif row.fate == TIED:
                if state.id not in gone:
                    self.untie(row, state)
            else:
                self.restore(row, state)
        self.remove(gone)

    def leave(self, row: Any, slug: str, what: str, why: str) -> None:
        self.done.left.append(Left(row.line, slug, what, why))

    def written_later(self, ids: list[int]) -> dict[int, str]:
        """Organisations that later imports changed."""
        query = (
            select(ImportRow.organization_id, ImportRow.import_id)
            .join(Import, Import.id == ImportRow.import_id)
            .where(
                ImportRow.organization_id.in_(ids),
                ImportRow.import_id > self.number,
                ImportRow.fate.in_(("updated", TIED)),
                Import.undone_at.is_(None),
            )
        )
        later = [(row.organization_id or 0, row.import_id) for row in self.connection.execute(query)]
        return {id: remark("changed_later", number=other) for id, other in later}

    def tied_by_others(self, ids: list[int]) -> dict[int, str]:
        """Organisations to or from which somebody made a tie since."""
        found: dict[int, str] = {}
        for here in (Link.from_id, Link.to_id):
            query = select(here, Link.type).where(here.in_(ids), Link.proposed_by != IMPORT)
            for id, type in self.connection.execute(query):
                found[id] = remark("tied_since", type=type)
        return found

    def remove(self, ids: list[int]) -> None:
        """Delete organisations; what hangs on them goes with them. No old address is kept: it never was one."""
        if not ids:
            return
        index.remove(self.connection, ids)
        here, there = select(Link.from_id).where(Link.to_id.in_(ids)), select(Link.to_id).where(Link.from_id.in_(ids))
        neighbours = here.union(there)
        self.done.touched += set(self.connection.execute(neighbours).scalars()) - set(ids)
        self.connection.execute(delete(Organization).where(Organization.id.in_(ids)))
        self.done.removed += len(ids)
        self.done.gone.update(ids)

    def restore(self, row: Any, state: State) -> None:
        """Give an organisation its former values back, field by field."""
        before, after = row.before.get("facts", {}), row.after.get("facts", {})
        back = {}
        for name, value in after.items():
            if state.facts[name] == value:
                back[name] = before.get(name, DEFAULTS[name])
            else:
                self.leave(row, state.slug, name, CHANGED)
        self.write_facts(state.id, back)
        self.restore_listings(row, state)
        for type, to in row.after.get("ties", []):
            mine = (Link.from_id == state.id, Link.to_id == to, Link.type == type, Link.proposed_by == IMPORT)
            self.connection.execute(delete(Link).where(*mine))
            self.done.touched.append(to)
        for type, to, since in row.before.get("ties", []):
            self.tie_again(state, type, to, since)
        if row.after.get("id"):
            source, value = row.after["id"]
            self.connection.execute(delete(ExternalId).where(ExternalId.source == source, ExternalId.value == value))
        self.done.restored += 1 if row.fate == "updated" else 0
        self.done.touched.append(state.id)

    def untie(self, row: Any, state: State) -> None:
        """Take away a tie that a row of its own brought, or the days that it got."""
        for type, to in row.after.get("ties", ()):
            mine = (Link.from_id == state.id, Link.to_id == to, Link.type == type, Link.proposed_by == IMPORT)
            self.done.untied += self.connection.execute(delete(Link).where(*mine)).rowcount
            self.done.touched += [state.id, to]
        if "dates" in row.after:
            id, days = row.after["dates"]
            link = self.connection.execute(select(*Link.__table__.c).where(Link.id == id)).one_or_none()
            if link is None or state.id not in (link.from_id, link.to_id):
                return
            back = [name for name, value in days.items() if jsonable(getattr(link, name)) == value]
            for name in days.keys() - set(back):
                self.leave(row, state.slug, remark("of_a_tie", field=name), CHANGED)
            if back:
                self.connection.execute(update(Link).where(Link.id == id).values(dict.fromkeys(back)))
            self.done.untied += 1

    def write_facts(self, id: int, facts: dict[str, Any]) -> None:
        if not facts:
            return
        columns = {name: stored(name, value) for name, value in facts.items() if name in FACTS}
        marks = {"version": Organization.version + 1, "changed_at": now()}
        self.connection.execute(update(Organization).where(Organization.id == id).values(columns | marks))
        if "topics" in facts:
            self.connection.execute(delete(OrganizationTopic).where(OrganizationTopic.organization_id == id))
            rows = [{"organization_id": id, "topic_id": topic} for topic in self.topic_ids(facts["topics"])]
            if rows:
                self.connection.execute(insert(OrganizationTopic), rows)

    def topic_ids(self, slugs: Sequence[str]) -> list[int]:
        return list(self.connection.execute(select(Topic.id).where(Topic.slug.in_(slugs))).scalars())

    def restore_listings(self, row: Any, state: State) -> None:
        """Listings as they were; one that somebody changed since stays."""
        here = {one["id"]: one for one in state.listings}
        former = {one["id"]: one for one in row.before.get("listings", [])}
        said = row.said or {}
        for id in row.after.get("added", []):
            titled = {one["title"]: one for one in said.get("listings", [])}
            mine = titled.get(here[id]["title"]) if id in here else None
            if mine and all(here[id][name] == value for name, value in (EMPTY | mine).items()):
                self.connection.execute(delete(Listing).where(Listing.id == id))
            elif id in here:
                self.leave(row, state.slug, remark("the_listing", title=repr(here[id]["title"])), CHANGED)
        changed = row.after.get("changed", {})
        for key, new in changed.items():
            if int(key) not in here or any(here[int(key)][name] != value for name, value in new.items()):
                self.leave(
                    row,
                    state.slug,
                    remark("the_listing", title=repr(former[int(key)]["title"])),
                    CHANGED,
                )
            else:
                self.write_listing(int(key), {name: former[int(key)][name] for name in new})
        for id, listing in former.items():
            if str(id) not in changed and id not in here:
                self.add_again(state.id, listing)

    def write_listing(self, id: int, said: dict[str, Any]) -> None:
        columns = {name: stored(name, value) for name, value in said.items() if name != "topics"}
        if columns:
            self.connection.execute(update(Listing).where(Listing.id == id).values(columns))
        if "topics" in said:
            self.connection.execute(delete(ListingTopic).where(ListingTopic.listing_id == id))
            rows = [{"listing_id": id, "topic_id": topic} for topic in self.topic_ids(said["topics"])]
            if rows:
                self.connection.execute(insert(ListingTopic), rows)

    def add_again(self, organization_id: int, listing: dict[str, Any]) -> None:
        columns = {name: stored(name, value) for name, value in listing.items() if name not in ("topics", "id")}
        own = {"organization_id": organization_id, "created_at": now()}
        id = self.session.scalar(insert(Listing).values(columns | own).returning(Listing.id))
        self.write_listing(id or 0, {"topics": listing["topics"]})

    def tie_again(self, state: State, type: str, to: int, since: str | None) -> None:
        if (type, to) in state.ties or self.session.get(Organization, to) is None:
            return
        day = now().date()
        tie = {"from_id": state.id, "to_id": to, "type": type, "started_on": stored("until", since)}
        by = {"proposed_by": IMPORT, "proposed_at": now(), "confirmed_by": IMPORT, "confirmed_on": day}
        self.connection.execute(insert(Link).values(tie | by))


def listing_called(listing: Mapping[str, Any]) -> str:
    return remark("the_listing", title=repr(listing["title"]))


def changed_since(state: State, row: Any) -> str:
    """What somebody changed of an organisation since it was made; empty when nothing."""
    facts = {name: DEFAULTS[name] for name in (*FACTS, "topics")} | row.said["facts"]
    names = [name for name, value in facts.items() if state.facts[name] != value]
    if names:
        return remark("fields_changed", names=", ".join(names))
    if sorted(one["id"] for one in state.listings) != sorted(row.after.get("added", [])):
        return remark("listings_changed")
    return ""
