"""How well duplicates are told from neighbours and chapters, on the pairs in tests/directory/duplicates, by halves.

python scripts/judge_duplicates.py [--errors]      the errors of the half that the weights were set on
"""

import sys
from collections import Counter, defaultdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from network.directory.duplicates import Level
from tests.directory.duplicates.pairs import TUNED, Pair, pairs


def figures(some: list[Pair], *levels: Level) -> str:
    """Precision and recall of what is said to be one at these levels."""
    said = [pair for pair in some if pair.scored().level in levels]
    same = [pair for pair in some if pair.same]
    right = sum(pair.same for pair in said)
    precision = f"{right / len(said):.3f}" if said else "-"
    recall = f"{right / len(same):.3f}" if same else "-"
    return f"{'/'.join(levels):18} precision {precision:5} recall {recall:5} ({right} of {len(same)}, {len(said)} said)"


def by_class(some: list[Pair]) -> None:
    counted: defaultdict[tuple[bool, str], Counter[str]] = defaultdict(Counter)
    for pair in some:
        counted[not pair.same, pair.kind][pair.scored().level] += 1
    for (different, kind), levels in sorted(counted.items()):
        told = "  ".join(f"{level} {levels[level]:2}" for level in Level)
        print(f"  {'two' if different else 'one'}  {kind:18} {told}")


def main(errors: bool) -> None:
    for half in (TUNED, "kept"):
        some = [pair for pair in pairs() if pair.half == half]
        print(f"{half}: {len(some)} pairs")
        print(f"  {figures(some, Level.PROBABLE)}\n  {figures(some, Level.PROBABLE, Level.POSSIBLE)}")
        by_class(some)
        for pair in some if errors and half == TUNED else ():
            scored = pair.scored()
            if (scored.level is Level.PROBABLE) != pair.same:
                print(f"{pair.id} {pair.kind} {pair.one.name!r} {pair.other.name!r}: {scored.total:.2f} {scored.level}")
                print(
                    "    " + "  ".join(f"{one.key} {one.weight:+.2f} [{one.one}|{one.other}]" for one in scored.pieces)
                )


if __name__ == "__main__":
    main("--errors" in sys.argv)
