"""Three-way exchanges: A gives to B, B to C, C to A, where no two of them could exchange alone. Pure."""

from collections.abc import Iterator, Mapping


def three_way(gives: Mapping[tuple[int, int], float], start: int) -> Iterator[tuple[tuple[int, int, int], float]]:
    """The cycles of three through `start`, each with its weakest tie, the strongest first.

    `gives` says how much each gives to another; who gives both ways with another needs no third.
    """
    found = []
    to = [other for giver, other in gives if giver == start and (other, start) not in gives]
    back = {giver for giver, other in gives if other == start and (start, giver) not in gives}
    for second in to:
        for third in back - {second}:
            middle = gives.get((second, third))
            if middle is not None and (third, second) not in gives:
                weakest = min(gives[start, second], middle, gives[third, start])
                found.append(((start, second, third), weakest))
    yield from sorted(found, key=lambda one: (-one[1], one[0]))
