"""What the shape of a network says about its organisations, exactly, as plain values. Pure.

Two are tied when at least one tie stands between them, in whichever direction; ties to oneself count for nothing.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from network.maps.betweenness import shares
from network.maps.scene import Tie

Others = Mapping[int, Sequence[int]]  # to whom each organisation is tied, by id, in the order of ids


@dataclass(frozen=True, slots=True)
class Bridge:
    """An organisation that shortest ways between others lead through, and the groups it joins."""

    id: int
    share: float  # of the shortest ways between all others, 0 to 1
    joins: tuple[str, ...]  # keys of groups that it or its ties belong to, those with most of them first


@dataclass(frozen=True, slots=True)
class Loss:
    """What would fall apart if an organisation left: the pieces but the largest, by size, largest first."""

    id: int
    pieces: tuple[int, ...]

    @property
    def cut_off(self) -> int:
        """How many would no longer be tied to the largest piece, however indirectly."""
        return sum(self.pieces)


@dataclass(frozen=True, slots=True)
class Measures:
    """All that is measured: ties and reach by id, the others those it is true of, foremost first."""

    ties: Mapping[int, int]
    within_two: Mapping[int, int]
    alone: tuple[int, ...]
    losses: tuple[Loss, ...]
    bridges: tuple[Bridge, ...]


def measured(ids: Iterable[int], ties: Iterable[Tie], groups: Mapping[str, Collection[int]] | None = None) -> Measures:
    """Everything at once; ten thousand organisations with twenty thousand ties take some seconds."""
    others = tied(ids, ties)
    return Measures(
        {id: len(some) for id, some in others.items()},
        within_two(others),
        alone(others),
        losses(others),
        bridges(others, groups or {}),
    )


def tied(ids: Iterable[int], ties: Iterable[Tie]) -> Others:
    """To whom each is tied. Ties that end elsewhere are left out."""
    found: dict[int, set[int]] = {id: set() for id in ids}
    for tie in ties:
        if tie.source != tie.target and tie.source in found and tie.target in found:
            found[tie.source].add(tie.target)
            found[tie.target].add(tie.source)
    return {id: sorted(some) for id, some in found.items()}


def alone(others: Others) -> tuple[int, ...]:
    """Who has no ties."""
    return tuple(id for id, some in others.items() if not some)


def within_two(others: Others) -> dict[int, int]:
    """How many others each reaches over one tie or two."""
    bits = {id: 1 << at for at, id in enumerate(others)}
    near = {id: sum(bits[other] for other in some) | bits[id] for id, some in others.items()}
    found = {}
    for id, some in others.items():
        reached = near[id]
        for other in some:
            reached |= near[other]
        found[id] = reached.bit_count() - 1
    return found


def losses(others: Others) -> tuple[Loss, ...]:
    """Whose leaving would cut others off, and into what pieces; the most cut off first.

    After Hopcroft and Tarjan (1973): in a walk through the network, what was found from an organisation on hangs on it
    alone when nothing there is tied to anything found before it.
    """
    found: dict[int, int] = {}  # when each was found
    earliest: dict[int, int] = {}  # when the earliest was found that what came after each is tied to
    size: dict[int, int] = {}  # how many were found from each on, with itself
    pieces: dict[int, list[int]] = {}
    for root in others:
        if root in found:
            continue
        walk, whole = [(root, iter(others[root]))], []
        found[root] = earliest[root] = len(found)
        while walk:
            here, ahead = walk[-1]
            for other in ahead:
                if other not in found:
                    found[other] = earliest[other] = len(found)
                    walk.append((other, iter(others[other])))
                    break
                earliest[here] = min(earliest[here], found[other])
            else:
                walk.pop()
                whole.append(here)
                size[here] = size.get(here, 0) + 1
                if walk:
                    before = walk[-1][0]
                    size[before] = size.get(before, 0) + size[here]
                    earliest[before] = min(earliest[before], earliest[here])
                    if earliest[here] >= found[before]:
                        pieces.setdefault(before, []).append(size[here])
        for id in whole:
            if id in pieces and (rest := len(whole) - 1 - sum(pieces[id])):
                pieces[id].append(rest)
    told = [Loss(id, tuple(sorted(some, reverse=True)[1:])) for id, some in pieces.items() if len(some) > 1]
    return tuple(sorted(told, key=lambda one: (-one.cut_off, one.id)))


def betweenness(others: Others) -> dict[int, float]:
    """The share of the shortest ways between all others that lead through each, 0 to 1."""
    index = {id: at for at, id in enumerate(others)}
    pairs = [(index[id], index[other]) for id, some in others.items() for other in some if id < other]
    return dict(zip(others, shares(len(index), pairs), strict=True))


def bridges(others: Others, groups: Mapping[str, Collection[int]]) -> tuple[Bridge, ...]:
    """Those that a way between two others leads through, by the share of the ways, with the groups they join."""
    of: dict[int, list[str]] = {}
    for key, group in groups.items():
        for id in group:
            of.setdefault(id, []).append(key)
    found = sorted(
        ((share, id) for id, share in betweenness(others).items() if share), key=lambda one: (-one[0], one[1])
    )
    return tuple(Bridge(id, share, joined(id, others, of)) for share, id in found)


def joined(id: int, others: Others, of: Mapping[int, Sequence[str]]) -> tuple[str, ...]:
    """The groups that an organisation or its ties belong to, those with most of them first."""
    many = Counter(key for one in (id, *others[id]) for key in of.get(one, ()))
    return tuple(sorted(many, key=lambda key: (-many[key], key)))
