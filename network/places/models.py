"""The gazetteer's tables: written by `flask places load` alone, all at once."""

from sqlalchemy import Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from network.extensions import Base

# Prefixes are ranges, so names are compared byte by byte on both engines.
Folded = String(80).with_variant(String(80, collation="C"), "postgresql")


class Place(Base):
    """A town, a region or a country. A town's id is its GeoNames id."""

    __tablename__ = "place"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    kind: Mapped[str] = mapped_column(String(7))  # town, region, country
    name: Mapped[str] = mapped_column(String(200))
    region: Mapped[str] = mapped_column(String(200))  # its name; empty when unknown
    region_code: Mapped[str] = mapped_column(String(20), index=True)  # "GB.ENG"
    country: Mapped[str] = mapped_column(String(2))  # ISO 3166-1 alpha-2
    latitude: Mapped[float]
    longitude: Mapped[float]
    population: Mapped[int]
    radius_km: Mapped[float | None]  # none for a town; about the size of a region or country
    cell: Mapped[int | None] = mapped_column(index=True)  # of a town: see cells.py


class PlaceName(Base):
    """A folded name of a place. No foreign keys: nothing but the loader writes here, and checking a million is slow."""

    __tablename__ = "place_name"
    __table_args__ = {"sqlite_with_rowid": False}

    name: Mapped[str] = mapped_column(Folded, primary_key=True)
    place_id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    rank: Mapped[int]  # the likelier, the higher: see ranks.py


class PlacePrefix(Base):
    """The likeliest places for a beginning that very many names share."""

    __tablename__ = "place_prefix"
    __table_args__ = {"sqlite_with_rowid": False}

    prefix: Mapped[str] = mapped_column(Folded, primary_key=True)
    place_id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    rank: Mapped[int]


class PlaceSound(Base):
    """A name under a key that its misspellings share: see spelling.py."""

    __tablename__ = "place_sound"
    __table_args__ = {"sqlite_with_rowid": False}

    key: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    name: Mapped[str] = mapped_column(Folded, primary_key=True)
