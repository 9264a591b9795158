"""Addresses of organisations: made from names, kept for ever."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from network.directory.models import FormerSlug, Organization
from network.places.folding import fold

LONGEST = 80
RESERVED = frozenset({"new", "edit", "search", "import", "export"})


def slug_of(name: str) -> str:
    """The plain form of a name: `Café São João!` gives `cafe-sao-joao`. Other scripts stay as they are."""
    words = fold(name).split()
    slug = ""
    for word in words:
        if slug and len(slug) + 1 + len(word) > LONGEST:
            break
        slug = f"{slug}-{word}" if slug else word[:LONGEST]
    return slug or "organization"


def free_slug(wanted: str, taken: Collection[str]) -> str:
    """`wanted`, or the first of `wanted-2`, `wanted-3`, ... that is not taken."""
    slug, number = wanted, 1
    while slug in taken or slug in RESERVED:
        number += 1
        slug = f"{wanted}-{number}"
    return slug


def new_slug(session: Session, name: str) -> str:
    """A slug for a new organisation that no organisation has or had."""
    wanted = slug_of(name)
    taken: set[str] = set()
    for column in (Organization.slug, FormerSlug.slug):
        taken.update(session.scalars(select(column).where((column == wanted) | column.startswith(wanted + "-"))))
    return free_slug(wanted, taken)
