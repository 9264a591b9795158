"""How well the matcher finds what people judged right, on the sets in tests/matching/judged and others, by halves.

python scripts/judge.py [FOLDER ...]
"""

import sys
from collections import defaultdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from network.directory.thesaurus import shipped
from network.matching.counting import shipped_near
from network.matching.evaluating import Judged, Need, Ranker, measures, read

JUDGED = Path(__file__).resolve().parent.parent / "tests/matching/judged"


def pairs(path: Path) -> dict[str, list[str]]:
    """By need, the second column of a file: organisations that must not come first, or the half it belongs to."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for line in path.read_text("utf-8").splitlines() if path.is_file() else ():
        need, other, *_ = line.split("\t")
        found[need].append(other)
    return dict(found)


def below(ranker: Ranker, judged: Judged, needs: list[Need], hard: dict[str, list[str]]) -> tuple[int, int]:
    """How many hard negatives stand below an answer of grade 2 or 3, and of how many pairs."""
    right = total = 0
    for need in needs:
        place = {id: number for number, id in enumerate(ranker.ranking(need))}
        for id, grade in judged.answers.get(need.id, {}).items():
            for other in hard.get(need.id, ()) if grade >= 2 else ():
                total += 1
                right += place[id] < place[other]
    return right, total


def main(folders: list[Path]) -> None:
    for folder in folders:
        judged = read(folder)
        ranker = Ranker(judged, shipped(), shipped_near())
        halves, hard = pairs(folder / "halves.tsv"), pairs(folder / "hard.tsv")
        for half in sorted({half for one in halves.values() for half in one}, reverse=True) or [""]:
            needs = [need for need in judged.needs if not half or half in halves.get(need.id, ())]
            figures = measures((ranker.ranking(need), judged.answers.get(need.id, {})) for need in needs)
            right, total = below(ranker, judged, needs, hard)
            told = "  ".join(f"{name} {value:g}" for name, value in figures.items())
            print(f"{folder.name} {half}: {told}" + (f"  hard negatives below {right / total:.3f}" if total else ""))


if __name__ == "__main__":
    main([Path(one) for one in sys.argv[1:]] or sorted(one for one in JUDGED.iterdir() if one.is_dir()))
