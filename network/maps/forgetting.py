"""What goes from maps when somebody is erased: words on maps, and what steps and snapshots say of an organisation."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from network.maps.models import MapGroup, MapStep, SavedMap

TEXTS = {
    "saved_map": ("name", "description", "snapshot"),
    "map_group": ("name",),
    "map_note": ("text",),
    "map_step": ("said", "before"),
}
"""Where somebody may have written about somebody else, as `profiles.forgetting.FREE_TEXTS` has it."""
OF_ONE = ("add", "facts", "standing")
"""The steps that say something of one organisation; the others know it by its number alone."""


def forget_organization(session: Session, id: int) -> None:
    """Take an organisation out of every snapshot and group, and what was said of it out of the steps."""
    for one in session.scalars(select(SavedMap).where(SavedMap.snapshot.is_not(None))):
        if any(node["id"] == id for node in one.snapshot["nodes"]):
            one.snapshot = without(one.snapshot, id)
    for group in session.scalars(select(MapGroup)):
        if id in group.members:
            group.members = [member for member in group.members if member != id]
    for step in session.scalars(select(MapStep).where(MapStep.kind.in_(OF_ONE))):
        if step.said.get("id") == id:
            step.said, step.before = {"id": id}, []
    session.flush()


def without(snapshot: dict[str, Any], id: int) -> dict[str, Any]:
    """A snapshot as it were if an organisation had never been on it."""
    network = f"network-{id}"
    return snapshot | {
        "nodes": [node for node in snapshot["nodes"] if node["id"] != id],
        "ties": [tie for tie in snapshot["ties"] if id not in (tie["source"], tie["target"])],
        "positions": {key: at for key, at in snapshot["positions"].items() if key != str(id)},
        "groups": [
            group | {"members": [member for member in group["members"] if member != id]}
            for group in snapshot["groups"]
            if group["key"] != network
        ],
        "pinned": [pinned for pinned in snapshot["pinned"] if pinned != id],
        "total": snapshot["total"] - 1,
    }
