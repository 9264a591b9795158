"""Which of the matches come first when words were asked for: those that have them in the name."""

from collections.abc import Callable, Sequence, Set
from math import log

from network.index.engine import Row
from network.index.words import Alternative, Condition, all_indexed, in_title, matching, spelt

Having = Callable[[Alternative], Set[int]]  # which of the rows have all of some terms

TYPED_IN_NAME, IN_NAME, TYPED = 3, 2, 1


def titles(groups: Condition) -> Condition:
    """The groups asked of the name alone."""
    return tuple(in_title(group) for group in groups)


def scored(rows: Sequence[Row], groups: Condition, having: Having) -> list[Row]:
    """The rows (minus the day of confirmation, id, ..., folded name) best first.

    First those whose name has every word. Then what counts is how many words are in the name, the more the fewer names
    have them, and whether they are the words as typed (the first of their group) or others that stand for them. Then
    the lately confirmed, then the lower id.
    """
    names = {row[1]: set(all_indexed(row[-1].split(" "))) for row in rows}
    score = dict.fromkeys(names, 0.0)
    missing = dict.fromkeys(names, len(groups))
    for group in groups:
        named = matching((spelt(group),), names) if spelt(group) else set(names)
        weight = log(1 + len(rows) / (1 + len(named)))
        typed = having(group[0]) if len(group) > 1 else names
        typed_in_name = matching((group[:1],), names)
        for id in names:
            level = TYPED_IN_NAME if id in typed_in_name else IN_NAME if id in named else TYPED if id in typed else 0
            score[id] += weight * level
            missing[id] -= id in named
    return sorted(rows, key=lambda row: (missing[row[1]] > 0, -score[row[1]], row[0], row[1]))


def named_first(rows: Sequence[Row], named: set[int]) -> list[Row]:
    """The rows in their order, those in `named` before the others."""
    return [row for row in rows if row[1] in named] + [row for row in rows if row[1] not in named]
