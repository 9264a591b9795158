"""Which of the matches come first when words were asked for: those that have them in the name."""

from collections.abc import Callable, Iterable, Sequence
from math import log

from network.index.engine import Row
from network.index.words import Condition, Group, in_title

Having = Callable[[Condition], set[int]]  # which of the matches also match a further condition

TYPED_IN_NAME, IN_NAME, TYPED = 3, 2, 1


def titles(groups: Condition) -> Condition:
    """The groups asked of the name alone."""
    return tuple(in_title(group) for group in groups)


def scored(rows: Sequence[Row], groups: Condition, having: Having) -> list[Row]:
    """The rows (minus the day of confirmation, id, ...) best first.

    First those whose name has every word. Then what counts is how many words are in the name, the more the fewer names
    have them, and whether they are the words as typed (the first of their group) or others that stand for them. Then
    the lately confirmed, then the lower id.
    """
    score = dict.fromkeys((row[1] for row in rows), 0.0)
    missing = dict.fromkeys(score, len(groups))
    for group in groups:
        named = having((in_title(group),))
        weight = log(1 + len(rows) / (1 + len(named)))
        for id, level in levels(group, score, named, having).items():
            score[id] += weight * level
        for id in named:
            missing[id] -= 1
    return sorted(rows, key=lambda row: (missing[row[1]] > 0, -score[row[1]], row[0], row[1]))


def levels(group: Group, ids: Iterable[int], named: set[int], having: Having) -> dict[int, int]:
    """How well each document has the group, where `named` have it in their name."""
    if len(group) == 1:
        return dict.fromkeys(ids, TYPED) | dict.fromkeys(named, TYPED_IN_NAME)
    typed, typed_in_name = having((group[:1],)), having((in_title(group[:1]),)) & named
    return dict.fromkeys(typed, TYPED) | dict.fromkeys(named, IN_NAME) | dict.fromkeys(typed_in_name, TYPED_IN_NAME)


def named_first(rows: Sequence[Row], named: set[int]) -> list[Row]:
    """The rows in their order, those in `named` before the others."""
    return [row for row in rows if row[1] in named] + [row for row in rows if row[1] not in named]
