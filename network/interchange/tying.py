"""Writes the ties that a list stated one by one, so that undo knows them."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.engine import Connection

from network.directory.models import Link
from network.interchange.linking import TIED, PlannedLink, one_key
from network.interchange.models import Import, ImportRow
from network.interchange.references import References
from network.interchange.settling import IMPORT


def tie(
    connection: Connection, links: list[PlannedLink], references: References, record: Import, now: datetime
) -> Iterator[int]:
    """Write some planned ties; gives the organisations that they touched. What rows said already isn't said twice."""
    ends = {id(link): ids_of(link, references) for link in links if link.fate in ("new", "updated")}
    here = there_already(connection, list(ends.values()))
    made, records = [], []
    for link in links:
        if link.fate == "new" and one_key(*named(ends[id(link)]), link.type) in here:
            link.fate = "unchanged"
        if link.fate == "new":
            made.append(new_row(link, ends[id(link)], now))
        elif link.fate == "updated":
            changed = {name: date.fromisoformat(value) for name, value in link.after.items()}
            connection.execute(update(Link).where(Link.id == link.link_id).values(changed))
        if link.fate in ("new", "updated"):
            records.append(import_row(link, ends[id(link)], record))
            yield from ends[id(link)]
    if made:
        connection.execute(insert(Link), made)
    if records:
        connection.execute(insert(ImportRow), records)


def ids_of(link: PlannedLink, references: References) -> tuple[int, int]:
    assert link.between
    here, there = (references.ids[number] if where == "row" else number for where, number in link.between)
    return here, there


def named(pair: tuple[int, int]) -> tuple[tuple[str, int], tuple[str, int]]:
    return ("organization", pair[0]), ("organization", pair[1])


def there_already(connection: Connection, pairs: list[tuple[int, int]]) -> set[Any]:
    """The ties between these organisations, those included that the list's own rows just brought."""
    ids = {id for pair in pairs for id in pair}
    query = select(Link.from_id, Link.to_id, Link.type).where(Link.from_id.in_(ids), Link.to_id.in_(ids))
    return {one_key(*named((row.from_id, row.to_id)), row.type) for row in connection.execute(query)}


def new_row(link: PlannedLink, ends: tuple[int, int], now: datetime) -> dict[str, Any]:
    """The columns of a new tie: a list that staff import is staff's word, but what it calls proposed is only that."""
    dates = {
        name: date.fromisoformat(link.dates[name]) if name in link.dates else None
        for name in ("started_on", "ended_on")
    }
    confirmed = {"confirmed_by": "" if link.proposed else IMPORT, "confirmed_on": None if link.proposed else now.date()}
    whose = {"from_id": ends[0], "to_id": ends[1], "type": link.type, "proposed_by": IMPORT, "proposed_at": now}
    return whose | dates | confirmed


def import_row(link: PlannedLink, ends: tuple[int, int], record: Import) -> dict[str, Any]:
    """What is remembered of a tie: that it was made, or which days it got."""
    updated = link.fate == "updated"
    before = {"dates": [link.link_id, link.before]} if updated else {}
    after = {"dates": [link.link_id, link.after]} if updated else {"ties": [[link.type, ends[1]]]}
    return {
        "import_id": record.id,
        "organization_id": ends[0],
        "line": link.line,
        "fate": TIED,
        "source": link.source,
        "before": before,
        "after": after,
        "said": None,
    }
