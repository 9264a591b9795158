"""Everyone on a map that is too large to be sent whole: how many they are, and what is known of each as columns."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from network import index
from network.directory import search
from network.directory.categories import CATEGORIES
from network.directory.models import Link, Organization
from network.directory.queries import PUBLIC, SHOWN
from network.directory.vocabulary import STANDINGS
from network.maps import clusters, placing, queries
from network.maps.asked import Asked
from network.maps.clusters import Tree
from network.maps.eyes import Eyes

Column = NDArray[Any]
REMEMBERED = 4  # crowds, some megabytes each
GATHERING = tuple(key for key, category in CATEGORIES.items() if category.gathers)


@dataclass(frozen=True)
class Network:
    """A network that gathers some of a crowd."""

    id: int
    slug: str
    name: str


@dataclass(frozen=True, eq=False)
class Crowd:
    """The organisations that fit, one row each by rising id. `network` is the place of its largest network, or -1."""

    ids: Column
    category: Column  # places in CATEGORIES
    standing: Column  # places in STANDINGS
    country: Column  # places in `countries`
    latitude: Column  # NaN where nobody knows
    longitude: Column
    network: Column
    source: Column  # ties, by place; each pair once for every type
    target: Column
    countries: tuple[str, ...]
    networks: tuple[Network, ...]  # the largest first

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def nowhere(self) -> int:
        """The group of those without a place: after the countries and the networks."""
        return len(self.countries) + len(self.networks)


def is_large(session: Session, asked: Asked, eyes: Eyes) -> bool:
    """Whether more fit than one scene holds, so that the map is shown as clusters."""
    if asked.focus:
        return False
    if asked.filter:
        return found(session, asked, eyes).answer.total > queries.MOST
    shelf = index.shelf(session.connection(), "crowd sizes", 64)
    key = eyes.networks, asked.standing
    known: int | None = shelf.get(key) if eyes.networks in (None, ()) else None
    if known is None:
        known = session.scalar(who(asked, eyes, func.count(Organization.id))) or 0
        shelf.keep(key, known)
    return known > queries.MOST


def found(session: Session, asked: Asked, eyes: Eyes) -> search.Results:
    return search.search(session, asked.filter.turned(1), 1, (*eyes.tokens, *queries.standing_tokens(asked)))


def who(asked: Asked, eyes: Eyes, *columns: Any) -> Select[Any]:
    """Columns of those that the eyes see, of the standings asked for."""
    query = select(*columns).where(eyes.sees())
    return query.where(Organization.standing.in_(asked.standing)) if asked.standing else query


def crowd(session: Session, asked: Asked, eyes: Eyes) -> Crowd:
    """Everyone who fits, remembered until something changes."""
    shelf, key = index.shelf(session.connection(), "crowds", REMEMBERED), key_of(session, asked, eyes)
    known: Crowd | None = shelf.get(key)
    return known or shelf.keep(key, gathered(session, asked, eyes))


def tree(session: Session, asked: Asked, eyes: Eyes, view: str) -> Tree:
    """The clusters of a crowd as a view shows them, remembered until something changes."""
    shelf, key = index.shelf(session.connection(), "crowd trees", 2 * REMEMBERED), key_of(session, asked, eyes)
    known: Tree | None = shelf.get((key, view))
    return known or shelf.keep((key, view), grown(crowd(session, asked, eyes), view))


def grown(everyone: Crowd, view: str) -> Tree:
    """The clusters of a crowd as a view shows them."""
    top, sub = placing.groups(everyone.network, everyone.country, len(everyone.countries), len(everyone.networks))
    if view == "geography":
        x, y = placing.on_earth(everyone.latitude, everyone.longitude)
        top = sub = np.where(np.isnan(everyone.latitude), everyone.nowhere, everyone.country).astype(np.int64)
    else:
        x, y = placing.gathered(top, sub)
    return clusters.grown(x, y, top, sub, everyone.category, len(CATEGORIES))


def key_of(session: Session, asked: Asked, eyes: Eyes) -> tuple[Any, ...]:
    """What a crowd depends on. Whom else a coordinator sees may change without the index noting it: hence `more`."""
    more: tuple[int, ...] = ()
    if eyes.networks:
        more = tuple(session.scalars(select(Organization.id).where(~PUBLIC, eyes.sees()).order_by(Organization.id)))
    return replace(asked.filter, page=1, sort="", problems=()), asked.standing, asked.type, eyes.networks, more


def gathered(session: Session, asked: Asked, eyes: Eyes) -> Crowd:
    columns = (
        Organization.id,
        Organization.category,
        Organization.standing,
        Organization.country,
        Organization.latitude,
        Organization.longitude,
    )
    rows = plain(session, who(asked, eyes, *columns).order_by(Organization.id))
    if asked.filter:
        results = found(session, asked, eyes)
        fits = set() if results.asked.nothing else index.matching(session.connection(), results.asked.query)
        rows = [row for row in rows if row[0] in fits]
    ids, category, standing, country, latitude, longitude = zip(*rows, strict=True) if rows else ((),) * 6
    countries = tuple(sorted(set(country)))
    here = np.array(ids, dtype=np.int64)
    ties = [Link.type.in_(asked.type)] if asked.type else []
    pairs = places(here, plain(session, select(Link.from_id, Link.to_id).where(*eyes.ties(), *ties)))
    networks, network = belonging(session, here)
    return Crowd(
        ids=here,
        category=coded(category, tuple(CATEGORIES)),
        standing=coded(standing, STANDINGS.keys),
        country=coded(country, countries),
        latitude=np.array(latitude, dtype=np.float64),
        longitude=np.array(longitude, dtype=np.float64),
        network=network,
        source=pairs[:, 0],
        target=pairs[:, 1],
        countries=countries,
        networks=networks,
    )


def belonging(session: Session, ids: Column) -> tuple[tuple[Network, ...], Column]:
    """The public networks that gather some of the crowd, and for each organisation the place of its largest, or -1."""
    gathers = select(Organization.id, Organization.slug, Organization.name).where(
        Organization.category.in_(GATHERING), PUBLIC
    )
    known = {row[0]: Network(*row) for row in plain(session, gathers)}
    member_of = select(Link.from_id, Link.to_id).where(Link.type == "member_of", *SHOWN)
    here = set(ids.tolist())
    members = [(one, network) for one, network in plain(session, member_of) if network in known and one in here]
    sizes = Counter(network for _one, network in members)
    order = sorted(sizes, key=lambda id: (-sizes[id], id))
    rank = {id: at for at, id in enumerate(order)}
    network = np.full(len(ids), len(order), dtype=np.int32)
    at = np.searchsorted(ids, np.array([one for one, _network in members], dtype=np.int64))
    np.minimum.at(network, at, np.array([rank[network] for _one, network in members], dtype=np.int32))
    own = [id for id in order if id in here]
    network[np.searchsorted(ids, np.array(own, dtype=np.int64))] = [rank[id] for id in own]
    network[network == len(order)] = -1
    return tuple(known[id] for id in order), network


def plain(session: Session, query: Any) -> list[tuple[Any, ...]]:
    """The rows of a question as plain tuples: for a hundred thousand, rows of SQLAlchemy take as long as reading."""
    result = session.connection().execute(query)
    assert result.cursor is not None
    rows = [tuple(row) for row in result.cursor.fetchall()]
    result.close()
    return rows


def coded(values: Sequence[str], keys: Sequence[str]) -> Column:
    """Each value as its place among the keys."""
    place = {key: at for at, key in enumerate(keys)}
    return np.array([place[value] for value in values], dtype=np.int16)


def places(ids: Column, pairs: Sequence[tuple[Any, ...]]) -> Column:
    """Those of the pairs of ids that are both there, as their places."""
    both = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    at = np.searchsorted(ids, both)
    at = at[there := (at < len(ids)).all(axis=1)]
    kept: Column = at[(ids[at] == both[there]).all(axis=1)].astype(np.int32)
    return kept
