"""Which of the matches come first when words were asked for: those that have them in the name."""

from collections.abc import Callable, Sequence
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
        named, levels = levelled(group, having)
        weight = log(1 + len(rows) / (1 + len(named)))
        for id, level in levels.items():
            score[id] += weight * level
        for id in named:
            missing[id] -= 1
    return sorted(rows, key=lambda row: (missing[row[1]] > 0, -score[row[1]], row[0], row[1]))


def levelled(group: Group, having: Having) -> tuple[set[int], dict[int, int]]:
    """Which documents have the group in their name, and how well each document has it."""
    named = having((in_title(group),))
    if len(group) == 1:
        return named, dict.fromkeys(named, TYPED_IN_NAME)
    levels = dict.fromkeys(having((group[:1],)), TYPED)
    levels |= dict.fromkeys(named, IN_NAME)
    levels |= dict.fromkeys(having((in_title(group[:1]),)) & named, TYPED_IN_NAME)
    return named, levels


def named_first(rows: Sequence[Row], named: set[int]) -> list[Row]:
    """The rows in their order, those in `named` before the others."""
    return [row for row in rows if row[1] in named] + [row for row in rows if row[1] not in named]
