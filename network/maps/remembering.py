"""Live maps are put together once, and remembered until something is written."""

from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar

from sqlalchemy.orm import Session

from network import index
from network.locales import chosen
from network.maps import crowds, making
from network.maps.asked import Asked
from network.maps.eyes import Eyes
from network.maps.making import Made
from network.text import gettext as _

MAPS = 2  # with all their organisations, some megabytes each
ANSWERS = 12  # hundreds of kilobytes each

Key = tuple[Any, ...]
T = TypeVar("T")


def key(session: Session, asked: Asked, eyes: Eyes) -> Key:
    """All that a live map depends on beside what the index notes."""
    looks = asked.colour, asked.size, asked.focus, asked.degrees
    return crowds.key_of(session, asked, eyes), asked.filter.sort, looks, date.today(), chosen()


def shelf(session: Session, name: str, key: Key, make: Callable[[], T], most: int = ANSWERS) -> T:
    """What stands on a shelf, made when it is first asked for."""
    kept = index.shelf(session.connection(), name, most)
    found: T | None = kept.get(key)
    return found if found is not None else kept.keep(key, make())


def live(session: Session, asked: Asked, eyes: Eyes, key: Key) -> Made:
    """The map of an address, laid out by its ties."""
    return shelf(session, "maps", key, lambda: making.live(session, asked, eyes, _("Partner map")), MAPS)
