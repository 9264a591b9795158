"""A crowd as the browser and the page read it: tiles of clusters in columns, and the groups as rows."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from sqlalchemy import select
from sqlalchemy.orm import Session

from network.directory.categories import CATEGORIES
from network.directory.models import Organization
from network.directory.saying import country
from network.directory.vocabulary import STANDINGS
from network.maps.asked import Asked
from network.maps.clusters import Tree
from network.maps.crowds import Crowd
from network.maps.wire import characters, differences
from network.text import gettext as _

FINE = 4096  # steps across a tile
PATH = "/maps/"

Json = dict[str, Any]


@dataclass(frozen=True)
class Cluster:
    """A group of a crowd as a row: its name, how many there are of each category, and the map of it alone."""

    name: str
    network: bool
    count: int
    categories: dict[str, int]
    address: str


def tile_json(session: Session, asked: Asked, everyone: Crowd, tree: Tree, spot: tuple[int, int, int]) -> Json | None:
    """What stands on the tile at (depth, column, row); None when there is no such depth. Where things stand counts in
    FINE steps from the tile's corner; ties lead from a thing of the tile to a thing by number, which stands at (x, y).
    """
    depth, column, row = spot
    if depth > tree.deepest or max(column, row) >= 2**depth:
        return None
    found = tree.tile(depth, column, row, everyone.source, everyone.target)
    side = tree.side / 2**depth
    corner = np.array([column, row]) * side - tree.side / 2

    def steps(things: Any) -> list[list[int]]:
        at = np.stack([tree.x[things], tree.y[things]]) - corner[:, None]
        whole: list[list[int]] = np.round(at / side * FINE).astype(int).tolist()
        return whole

    clusters = found.items[found.items >= tree.organizations]
    alone = found.items[found.items < tree.organizations]
    items = np.concatenate([clusters, alone])
    place = {int(item): at for at, item in enumerate(items)}
    x, y = steps(items)
    labels, which = labelled(asked, everyone, tree, clusters)
    ids = everyone.ids[alone].tolist()
    named = select(Organization.id, Organization.name).where(Organization.id.in_(ids))
    names: dict[int, str] = {row.id: row.name for row in session.execute(named)}
    there_x, there_y = steps(found.ties[:, 1])
    return {
        "things": differences(items.tolist()),
        "x": x,
        "y": y,
        "count": tree.count[clusters].tolist(),
        "shares": "".join(tenths(tree.shares[one - tree.organizations]) for one in clusters.tolist()),
        "labels": labels,
        "label": which,
        "ids": differences(ids),
        "names": [names.get(id, "") for id in ids],
        "category": characters([tuple(CATEGORIES)[at] for at in everyone.category[alone]], list(CATEGORIES)),
        "standing": characters([STANDINGS.keys[at] for at in everyone.standing[alone]], STANDINGS.keys),
        "ties": [
            [place[one], other, weight, across, down]
            for (one, other, weight), across, down in zip(found.ties.tolist(), there_x, there_y, strict=True)
        ],
    }


def tenths(counts: Any) -> str:
    """The share of each category as a digit; what is there at all is at least 1."""
    most = max(1, int(counts.sum()))
    return "".join(str(min(9, max(1, round(9 * int(one) / most)))) if one else "0" for one in counts)


def labelled(asked: Asked, everyone: Crowd, tree: Tree, clusters: Any) -> tuple[list[list[str]], list[int]]:
    """The names of the groups that some clusters stand in, each with the map of it alone; and which is whose, or -1."""
    pairs = [(int(tree.top[one]), int(tree.sub[one])) for one in clusters]
    known = {pair: at for at, pair in enumerate(dict.fromkeys(pair for pair in pairs if pair[0] >= 0))}
    labels = [[named(everyone, *pair), narrowed(asked, everyone, *pair)] for pair in known]
    return labels, [known.get(pair, -1) for pair in pairs]


def named(everyone: Crowd, top: int, sub: int = -1) -> str:
    """What a group is called: a network, or one's part in a country; a country, or those outside networks there."""
    parts = [name_of(everyone, one) for one in dict.fromkeys((top, sub)) if one >= 0]
    return " \N{MIDDLE DOT} ".join(parts)


def name_of(everyone: Crowd, group: int) -> str:
    if group == everyone.nowhere:
        return _("no place known")
    if group >= len(everyone.countries):
        return everyone.networks[group - len(everyone.countries)].name
    code = everyone.countries[group]
    return country(code) if code else _("no place known")


def narrowed(asked: Asked, everyone: Crowd, *groups: int) -> str:
    """The address of the map of a group alone; empty where that would narrow nothing."""
    fewer = asked.filter.turned(1)
    for group in groups:
        if group == everyone.nowhere:
            return ""
        if group >= len(everyone.countries):
            fewer = replace(fewer, network=everyone.networks[group - len(everyone.countries)].slug)
        elif group >= 0 and everyone.countries[group]:
            fewer = replace(fewer, country=(everyone.countries[group],))
    return "" if fewer == asked.filter.turned(1) else replace(asked, filter=fewer).address(PATH)


def rows(asked: Asked, everyone: Crowd, tree: Tree) -> list[Cluster]:
    """The groups of a crowd, the largest first; every organisation is in one."""
    keys = tuple(CATEGORIES)
    alone = np.arange(tree.organizations)
    groups, inverse = np.unique(tree.top[alone], return_inverse=True)
    by = np.bincount(inverse * len(keys) + everyone.category, minlength=len(groups) * len(keys))
    found = []
    for group, counts in zip(groups.tolist(), by.reshape(-1, len(keys)).tolist(), strict=True):
        categories = {key: count for key, count in zip(keys, counts, strict=True) if count}
        network = len(everyone.countries) <= group < everyone.nowhere
        address = narrowed(asked, everyone, group)
        found.append(Cluster(name_of(everyone, group), network, sum(counts), categories, address))
    return sorted(found, key=lambda one: (-one.count, one.name))


def counted(everyone: Crowd) -> dict[str, dict[str, int]]:
    """How many of each category and standing there are."""

    def by(column: Any, keys: Sequence[str]) -> dict[str, int]:
        return dict(zip(keys, np.bincount(column, minlength=len(keys)).tolist(), strict=True))

    return {"category": by(everyone.category, tuple(CATEGORIES)), "standing": by(everyone.standing, STANDINGS.keys)}
