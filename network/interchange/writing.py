"""Carries a plan out: many rows with one statement, all inside the caller's transaction."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any

from sqlalchemy import Table, bindparam, delete, func, insert, select, update
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Session

from network.clock import now
from network.directory.models import (
    Apart,
    ExternalId,
    FormerSlug,
    Link,
    Listing,
    ListingTopic,
    Organization,
    OrganizationTopic,
    Topic,
)
from network.directory.slugs import RESERVED, free_slug, slug_of
from network.interchange.linking import PlannedLink
from network.interchange.listings import EMPTY
from network.interchange.models import Import, ImportRow
from network.interchange.notes import note_tasks
from network.interchange.plans import Plan, Planned
from network.interchange.settling import IMPORT, Ties, settled
from network.interchange.states import DEFAULTS, FACTS, stored
from network.interchange.stating import Remark
from network.interchange.tying import tie

BATCH = 500
UNFIT = frozenset(" /?#%\\\t\n")


def table(model: Any) -> Table:
    """The table of a model, for statements about many rows."""
    return model.__table__


class Writer:
    """Writes the rows of a plan. `touched` are then the organisations whose search document has to be written anew."""

    def __init__(self, session: Session, plan: Plan, record: Import) -> None:
        self.session, self.plan, self.record = session, plan, record
        self.connection = session.connection()
        self.touched: dict[int, None] = {}
        self.recorded = 0
        self.slugs: set[str] = set()
        for column in (Organization.slug, FormerSlug.slug):
            self.slugs.update(session.scalars(select(column)))
        self.topics = {row.slug: row.id for row in self.connection.execute(select(Topic.slug, Topic.id))}
        self.now = now()
        self.given: dict[int, str] = {}  # row number: slug
        self.added: dict[int, list[int]] = {}  # row number: ids of its new listings

    def write(self, progress: Callable[[int], None] | None = None) -> Iterator[tuple[Planned, Ties]]:
        """Write everything, then give each row as it turned out."""
        for batch in batches(row for row in self.plan.rows if row.fate in ("new", "updated")):
            self.create([row for row in batch if row.fate == "new"])
            self.change([row for row in batch if row.fate == "updated"])
            if progress:
                progress(len(batch))
        for some in batches(settled(self.plan)):
            self.conclude(some)
            yield from some

    def tie(self) -> Iterator[PlannedLink]:
        """Write the ties that are stated one by one, then give each as it turned out."""
        for some in batches(self.plan.links):
            touched = list(tie(self.connection, some, self.plan.references, self.record, self.now))
            self.touched |= dict.fromkeys(touched)
            self.recorded += len(touched)
            yield from some

    def create(self, rows: list[Planned]) -> None:
        """New organisations with all that their rows say, ties apart."""
        if not rows:
            return
        values = [self.new_organization(row) for row in rows]
        for row, id in zip(rows, self.insert(Organization, values), strict=True):
            row.organization_id = self.plan.references.ids[row.number] = id
            self.touched[id] = None
        self.adopt(rows)
        self.part(rows)
        self.add_topics({row.organization_id or 0: row.after.get("topics", ()) for row in rows})
        self.add_listings(rows)

    def part(self, rows: list[Planned]) -> None:
        """Remember of those that look like another, and were decided to be new, that they are two."""
        pairs = [{"one_id": row.looks_like, "other_id": row.organization_id} for row in rows if row.looks_like]
        if pairs:
            self.connection.execute(insert(table(Apart)), [pair | {"said_at": self.now} for pair in pairs])

    def insert(self, model: Any, values: list[dict[str, Any]]) -> list[int]:
        """Insert rows with ids that were taken beforehand: asking each row for its id takes as long again."""
        ids = next_ids(self.connection, table(model), len(values))
        self.connection.execute(insert(table(model)), [one | {"id": id} for one, id in zip(values, ids, strict=True)])
        return ids

    def new_organization(self, row: Planned) -> dict[str, Any]:
        """The columns of a new organisation."""
        slug = row.slug
        if not slug or not fit(slug) or slug in self.slugs:
            slug = free_slug(slug_of(row.name), self.slugs)
        self.slugs.add(slug)
        self.given[row.number] = slug
        facts = {name: stored(name, row.after.get(name, DEFAULTS[name])) for name in FACTS}
        return facts | {"slug": slug, "created_at": self.now, "changed_at": self.now, "version": 1}

    def change(self, rows: list[Planned]) -> None:
        """New values of organisations that are there: those with the same columns by one statement."""
        alike: defaultdict[tuple[str, ...], list[dict[str, Any]]] = defaultdict(list)
        here = table(Organization)
        for row in rows:
            self.touched[row.organization_id or 0] = None
            names = tuple(name for name in row.after if name != "topics")
            values = {f"new_{name}": stored(name, row.after[name]) for name in names}
            alike[names].append(values | {"which": row.organization_id})
            if "topics" in row.after:
                old = delete(OrganizationTopic).where(OrganizationTopic.organization_id == row.organization_id)
                self.connection.execute(old)
                self.add_topics({row.organization_id or 0: row.after["topics"]})
            self.change_listings(row)
        for names, some in alike.items():
            new: dict[str, Any] = {name: bindparam(f"new_{name}") for name in names}
            new |= {"version": here.c.version + 1, "changed_at": self.now}
            self.connection.execute(update(here).where(here.c.id == bindparam("which")).values(new), some)
        self.adopt(rows)
        self.add_listings(rows)

    def change_listings(self, row: Planned) -> None:
        for id, new in row.listings.changed.items():
            columns = {name: stored(name, value) for name, value in new.items() if name != "topics"}
            if columns:
                self.connection.execute(update(Listing).where(Listing.id == id).values(columns))
            if "topics" in new:
                self.connection.execute(delete(ListingTopic).where(ListingTopic.listing_id == id))
                self.add_listing_topics({id: new["topics"]})
        if row.listings.removed:
            self.connection.execute(delete(Listing).where(Listing.id.in_(row.listings.removed)))

    def adopt(self, rows: list[Planned]) -> None:
        """Remember the list's own ids."""
        ids = [
            {"organization_id": row.organization_id, "source": row.source, "value": row.id}
            for row in rows
            if row.adopt_id
        ]
        if ids:
            self.connection.execute(insert(table(ExternalId)), ids)

    def add_listings(self, rows: list[Planned]) -> None:
        values, owners = [], []
        for row in rows:
            for position, listing in enumerate(row.listings.added, 1000 if row.fate == "updated" else 0):
                said = EMPTY | listing
                columns = {name: stored(name, value) for name, value in said.items() if name != "topics"}
                apart = {"organization_id": row.organization_id, "position": position, "state": "open"}
                values.append(columns | apart | {"created_at": self.now})
                owners.append((row.number, said["topics"]))
        if not values:
            return
        ids = self.insert(Listing, values)
        self.add_listing_topics({id: topics for id, (_number, topics) in zip(ids, owners, strict=True)})
        for id, (number, _topics) in zip(ids, owners, strict=True):
            self.added.setdefault(number, []).append(id)

    def add_topics(self, topics: dict[int, Iterable[str]]) -> None:
        rows = [{"organization_id": id, "topic_id": self.topics[slug]} for id, some in topics.items() for slug in some]
        if rows:
            self.connection.execute(insert(table(OrganizationTopic)), rows)

    def add_listing_topics(self, topics: dict[int, Iterable[str]]) -> None:
        rows = [{"listing_id": id, "topic_id": self.topics[slug]} for id, some in topics.items() for slug in some]
        if rows:
            self.connection.execute(insert(table(ListingTopic)), rows)

    def conclude(self, rows: list[tuple[Planned, Ties]]) -> None:
        """Ties, tasks and the record of each row, once every organisation has its id."""
        links, records = [], []
        for row, ties in rows:
            if row.fate == "new":
                row.organization_id = self.plan.references.ids[row.number]
                if row.slug and row.slug != self.given[row.number]:
                    text = f"the address {row.slug!r} is not free: it is {self.given[row.number]}"
                    row.warnings.append(Remark("slug", text))
                row.slug = self.given[row.number]
            new = self.links(row, ties)
            gone = self.unlink(row, ties)
            links += new
            if row.fate in ("new", "updated") or keeps_record(row, ties):
                records.append(self.import_row(row, ties, [[link["type"], link["to_id"]] for link in new], gone))
            if row.organization_id and (new or gone):
                self.touched[row.organization_id] = None
                self.touched |= dict.fromkeys(link["to_id"] for link in new)
        if links:
            self.connection.execute(insert(table(Link)), links)
        self.recorded += len(records)
        if records:
            self.connection.execute(insert(table(ImportRow)), records)
        written = [row for row, _ties in rows if row.fate in ("new", "updated")]
        note_tasks(self.connection, {row.organization_id or 0: row.tasks for row in written})

    def links(self, row: Planned, ties: Ties) -> list[dict[str, Any]]:
        """The rows of a row's new ties."""
        made = {
            (type, self.plan.references.ids[number] if where == "row" else number): since
            for (type, where, number), since in ties.added.items()
        }
        ties.said += [[*tie] for tie in made if [*tie] not in ties.said]
        ties.said.sort()
        return [
            {
                "from_id": row.organization_id,
                "to_id": to,
                "type": type,
                "started_on": stored("until", since[:10]),
                "proposed_by": IMPORT,
                "proposed_at": self.now,
                "confirmed_by": IMPORT,
                "confirmed_on": self.now.date(),
            }
            for (type, to), since in made.items()
        ]

    def unlink(self, row: Planned, ties: Ties) -> list[list[Any]]:
        """Delete what the list no longer says; gives it as undo needs it."""
        gone = []
        for type, to in ties.removed:
            which = (Link.from_id == row.organization_id, Link.to_id == to, Link.type == type)
            since = self.session.scalar(select(Link.started_on).where(*which))
            self.connection.execute(delete(Link).where(*which))
            gone.append([type, to, since and since.isoformat()])
        return gone

    def import_row(self, row: Planned, ties: Ties, linked: list[Any], unlinked: list[Any]) -> dict[str, Any]:
        """What is remembered of a row; empty parts are left out."""
        before = {"facts": row.before, "listings": list(row.listings.before.values()), "ties": unlinked}
        after = {
            "facts": row.after if row.fate == "updated" else {},
            "added": self.added.get(row.number, []),
            "changed": {str(id): new for id, new in row.listings.changed.items()},
            "ties": linked,
            "id": [row.source, row.id] if row.adopt_id else [],
        }
        return {
            "import_id": self.record.id,
            "organization_id": row.organization_id,
            "line": row.line,
            "fate": row.fate,
            "source": row.source,
            "before": {name: value for name, value in before.items() if value},
            "after": {name: value for name, value in after.items() if value},
            "said": row.said | {"ties": ties.said} if row.said else None,
        }


def next_ids(connection: Connection, of: Table, count: int) -> list[int]:
    """The next ids of a table. On SQLite nobody else writes meanwhile; PostgreSQL hands them out."""
    if connection.dialect.name == "sqlite":
        last = connection.execute(select(func.max(of.c.id))).scalar() or 0
        return list(range(last + 1, last + 1 + count))
    some = select(func.nextval(f"{of.name}_id_seq")).select_from(func.generate_series(1, count))
    return list(connection.execute(some).scalars())


def keeps_record(row: Planned, ties: Ties) -> bool:
    """Whether a row that changed nothing says something else than before, which the next import must know."""
    if row.fate != "unchanged" or row.said_before is None:
        return False
    return row.said | {"ties": ties.said} != row.said_before


def fit(slug: str) -> bool:
    """Whether a slug of another directory can be an address here."""
    return slug == slug.lower() and not UNFIT & set(slug) and slug not in RESERVED and len(slug) <= 120


def batches(rows: Iterable[Any]) -> Iterator[list[Any]]:
    remaining = iter(rows)
    while batch := list(islice(remaining, BATCH)):
        yield batch
