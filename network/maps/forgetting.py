"""What maps forget: steps after a while, words that name who is erased, organisations that are erased themselves."""

from datetime import timedelta
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from network.clock import now
from network.extensions import touched
from network.maps import telling
from network.maps.models import MapGroup, MapStep, SavedMap

KEPT = timedelta(days=90)  # in which a step can be taken back
TEXTS = {
    "saved_map": ("name", "description", "snapshot"),
    "map_group": ("name",),
    "map_note": ("text",),
    "map_step": ("said", "before"),
}
"""Where somebody may have written about somebody else, as `profiles.forgetting.FREE_TEXTS` has it."""


def forget_steps(session: Session) -> str:
    """Forget steps that are too old to be taken back; says how many."""
    gone = touched(session, delete(MapStep).where(MapStep.at < now() - KEPT))
    return f"{gone} steps of drawing forgotten" if gone else ""


def forget_organization(session: Session, id: int) -> None:
    """Take an organisation out of groups, steps and snapshots before it is erased."""
    for group in session.scalars(select(MapGroup)):
        if id in group.members:
            group.members = [member for member in group.members if member != id]
    for step in session.scalars(select(MapStep)):
        if id in telling.touched(step) or id in telling.ends(step):
            session.delete(step)
    for one in session.scalars(select(SavedMap).where(SavedMap.snapshot.is_not(None))):
        if any(node["id"] == id for node in one.snapshot["nodes"]):
            one.snapshot = without(one.snapshot, id)
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
