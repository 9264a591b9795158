"""The numbers of organisations that stand inside JSON and texts, where no foreign key tells of them."""

from typing import Any
from urllib.parse import parse_qsl, urlencode

from sqlalchemy import Text, cast, select

from network.history.models import Edit, EditValue
from network.merging.journal import Journal
from network.merging.rows import rows_where, table

ENDS = ("from_id", "to_id")
NAMED = ("focus", "network")  # what a map's address asks for by an organisation's slug


def members(journal: Journal, start: int, end: int) -> None:
    """Let the one that stays stand in the groups of maps in which the other stood."""
    groups = table("map_group")
    for row in rows_where(journal.connection, groups, cast(groups.c.members, Text).contains(str(start))):
        if start in row["members"]:
            now = list(dict.fromkeys(end if id == start else id for id in row["members"]))
            journal.change("map_group", [row["id"]], {"members": now})


def ends(journal: Journal, start: int, end: int) -> None:
    """Let the history of ties name the one that stays, so that it reads and can be taken back as before."""
    tied = select(EditValue.id, EditValue.before, EditValue.after).join(Edit, Edit.id == EditValue.edit_id)
    tied = tied.where(Edit.thing == "link", EditValue.field.in_(ENDS))
    for id, before, after in journal.connection.execute(tied).all():
        if start in (before, after):
            said = {"before": end if before == start else before, "after": end if after == start else after}
            journal.change("edit_value", [id], said)


def imported(journal: Journal, start: int, end: int) -> None:
    """Let what lists brought be taken back without either page: ties are found again, and nobody's page is removed.

    Undoing an import removes what it made and nobody changed since. Two pages that became one aren't that any more,
    though every field may say the same.
    """
    rows = table("import_row")
    made = (rows.c.organization_id.in_((start, end)), rows.c.fate == "new")
    for row in rows_where(journal.connection, rows, *made):
        journal.change("import_row", [row["id"]], {"fate": "updated"})
    said = cast(rows.c.after, Text).contains(str(start)) | cast(rows.c.before, Text).contains(str(start))
    for row in rows_where(journal.connection, rows, said):
        now = {name: tied(row[name], start, end) for name in ("before", "after")}
        journal.change("import_row", [row["id"]], {name: value for name, value in now.items() if value != row[name]})


def tied(said: dict[str, Any], start: int, end: int) -> dict[str, Any]:
    """What a row of an import said, with its ties leading to another."""
    if not any(tie[1] == start for tie in said.get("ties", ())):
        return said
    return said | {"ties": [[type, end if to == start else to, *rest] for type, to, *rest in said["ties"]]}


def asked(journal: Journal, start: str, end: str) -> None:
    """Let saved maps that ask for an organisation by its address ask for the other."""
    maps = table("saved_map")
    for row in rows_where(journal.connection, maps, maps.c.asked.contains(start, autoescape=True)):
        pairs = parse_qsl(row["asked"], keep_blank_values=True)
        now = [(name, end if name in NAMED and value == start else value) for name, value in pairs]
        if now != pairs:
            journal.change("saved_map", [row["id"]], {"asked": urlencode(now)})
