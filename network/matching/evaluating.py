"""How well the matcher finds what people judged right: the measures, and the product's own profiles of a set."""

import json
import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from network.directory.concepts import Thesaurus
from network.matching.counting import Counted, Near, counted
from network.matching.index import Index
from network.matching.packing import settled
from network.matching.profiling import Facts, Said, divided, profile
from network.matching.score import HAIR
from network.matching.values import Context, Item, Profile

DEPTH = 10
FILES = ("organizations.jsonl", "needs.jsonl", "answers.tsv")


class Unreadable(Exception):
    """A set that can't be read: which file, which line, and why."""


@dataclass(frozen=True)
class Need:
    """What somebody needs, who asks, and among whom to look; everyone when `candidates` is empty."""

    id: str
    text: str
    asker: str = ""
    kind: str = ""
    topics: tuple[str, ...] = ()
    candidates: tuple[str, ...] = ()


@dataclass
class Judged:
    """A set: organisations as they are written, needs, and by need the grade of each organisation that answers it."""

    organizations: list[dict[str, Any]]
    needs: list[Need]
    answers: dict[str, dict[str, float]] = field(default_factory=dict)


def read(folder: Path) -> Judged:
    """The set in a folder. Raises Unreadable."""
    for name in FILES:
        if not (folder / name).is_file():
            raise Unreadable(f"{folder / name} is missing")
    organizations = list(lines(folder / "organizations.jsonl", ("id", "name")))
    needs = [
        Need(
            str(one["id"]),
            one["text"],
            str(one.get("asker") or ""),
            one.get("kind") or "",
            tuple(one.get("topics") or ()),
            tuple(map(str, one.get("candidates") or ())),
        )
        for one in lines(folder / "needs.jsonl", ("id", "text"))
    ]
    answers: defaultdict[str, dict[str, float]] = defaultdict(dict)
    for number, line in enumerate((folder / "answers.tsv").read_text("utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            need, organization, grade = line.split("\t")
            answers[need][organization] = float(grade)
        except ValueError as error:
            if number == 1:
                continue  # a heading
            raise Unreadable(f"answers.tsv, line {number}: need, organisation and grade, parted by tabs") from error
    return Judged(organizations, needs, dict(answers))


def lines(path: Path, wanted: Collection[str]) -> Iterator[dict[str, Any]]:
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            one = json.loads(line)
        except ValueError as error:
            raise Unreadable(f"{path.name}, line {number}: {error}") from error
        missing = [name for name in wanted if not isinstance(one, dict) or one.get(name) in (None, "")]
        if missing:
            raise Unreadable(f"{path.name}, line {number}: {missing[0]} is missing")
        yield one


def said(number: int, side: str, text: str, kind: str = "", topics: Collection[int] = ()) -> Said:
    """A line of a set as somebody would type it: what comes first is the title."""
    title, detail = divided(text)
    return Said(number, side, title, detail, kind, topics)


def facts(number: int, one: Mapping[str, Any]) -> Facts:
    """An organisation of a set, as the product would know it."""
    place = (one.get("latitude"), one.get("longitude"))
    context = Context(number, one.get("country") or "", *(place if None not in place else (None, None)))
    offers = [said(place, "offer", text) for place, text in enumerate(one.get("offers") or (), 1)]
    seeks = [said(place, "seek", text) for place, text in enumerate(one.get("seeks") or (), len(offers) + 1)]
    return Facts(
        context,
        one["name"],
        tags=tuple(one.get("topics") or ()),
        listings=(*offers, *seeks),
        works=tuple(one.get("published") or ()),
    )


class Ranker:
    """Ranks the organisations of a set for each of its needs."""

    def __init__(self, judged: Judged, thesaurus: Thesaurus, near: Near) -> None:
        self.ids = [str(one["id"]) for one in judged.organizations]
        self.names = {id: number for number, id in enumerate(self.ids, 1)}
        profiles = [
            settled(profile(thesaurus, facts(number, one))) for number, one in enumerate(judged.organizations, 1)
        ]
        self.needs = {need.id: self.understood(thesaurus, need) for need in judged.needs}
        asked = Profile(Context(0), tuple(self.needs.values()))
        self.counts: Counted = counted((*profiles, asked), near)
        self.index = Index.of(self.counts, profiles)

    @staticmethod
    def understood(thesaurus: Thesaurus, need: Need) -> Item:
        """A need as the seek that it would be."""
        topics = [one.concept.id for topic in need.topics for one in thesaurus.understand(topic)]
        facts = Facts(Context(0), listings=(said(1, "seek", need.text, need.kind, topics),))
        return settled(profile(thesaurus, facts)).items[0]

    def ranking(self, need: Need, without: Collection[str] = ()) -> list[str]:
        """The organisations, those that fit best first; those that nothing speaks for last, in their order."""
        found = self.index.meeting(self.needs[need.id], least=HAIR * 2)
        best: dict[str, float] = {}
        for row, points in zip(found.rows.tolist(), found.points.tolist(), strict=True):
            id = self.ids[int(self.index.rows["id"][row]) - 1]
            best[id] = max(best.get(id, 0.0), points)
        pool = need.candidates or self.ids
        left = {need.asker, *without}
        return sorted((id for id in pool if id not in left), key=lambda id: -best.get(id, 0.0))


def measures(rankings: Iterable[tuple[Sequence[str], Mapping[str, float]]]) -> dict[str, float]:
    """queries, recall@1, recall@10, ndcg@10 (gain 2^grade - 1) and mrr of rankings with the grades of their answers."""
    total = {"queries": 0.0, "recall@1": 0.0, "recall@10": 0.0, "ndcg@10": 0.0, "mrr": 0.0}
    for ranking, grades in rankings:
        right = {id: grade for id, grade in grades.items() if grade > 0}
        if not right:
            continue
        found = [right.get(id, 0.0) for id in ranking]
        total["queries"] += 1
        total["recall@1"] += sum(grade > 0 for grade in found[:1]) / len(right)
        total["recall@10"] += sum(grade > 0 for grade in found[:DEPTH]) / len(right)
        total["ndcg@10"] += gain(found) / gain(sorted(right.values(), reverse=True))
        total["mrr"] += next((1 / place for place, grade in enumerate(found, 1) if grade > 0), 0.0)
    asked = max(1.0, total["queries"])
    return {name: value if name == "queries" else round(value / asked, 4) for name, value in total.items()}


def gain(grades: Sequence[float]) -> float:
    """The discounted cumulative gain of the first ten."""
    return sum((2**grade - 1) / math.log2(place + 1) for place, grade in enumerate(grades[:DEPTH], 1))


def evaluated(judged: Judged, thesaurus: Thesaurus, near: Near) -> dict[str, Any]:
    """The measures of a set, and the same for answers that the asker never had as partners."""
    ranker = Ranker(judged, thesaurus, near)
    partners = {str(one["id"]): set(map(str, one.get("partners") or ())) for one in judged.organizations}
    all_of, new = [], []
    for need in judged.needs:
        grades = judged.answers.get(need.id, {})
        all_of.append((ranker.ranking(need), grades))
        known = partners.get(need.asker, set())
        rest = {id: grade for id, grade in grades.items() if id not in known}
        new.append((ranker.ranking(need, known), rest))
    return {**measures(all_of), "new_partners": measures(new)}
