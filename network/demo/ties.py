"""How invented organisations are tied: networks of very different sizes, hosts near their clubs, partners."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from network.demo.chance import Chance
from network.demo.invented import Invented

LARGEST = 2000
SMALLEST = 3
NEAR = 40  # neighbours in the order of countries and regions
CONFIRMED = 0.93
TURNS = {"funds": 0.4, "fiscal_sponsor_of": 0.15, "works_with": 0.6}  # how likely a partner has one more of each


class Ties:
    """Links between organisations, each pair once for each type."""

    def __init__(self, chance: Chance, made: Sequence[Invented], today: date) -> None:
        self.chance = chance
        self.today = today
        self.sorted = sorted(made, key=lambda one: (one.columns["country"], one.columns["region"], one.id))
        self.networks = [one for one in made if one.columns["category"].endswith("network")]
        self.plain = [one for one in self.sorted if not one.columns["category"].endswith("network")]
        self.known: set[tuple[int, int, str]] = set()

    def link(self, tied: Invented, to: Invented, type: str) -> Iterator[dict[str, Any]]:
        """The row of a link, unless there is one already or both are the same."""
        key = (tied.id, to.id, type)
        if tied.id == to.id or key in self.known:
            return
        self.known.add(key)
        started = self.today - timedelta(days=60 + self.chance.days(900))
        confirmed = self.chance.chance(CONFIRMED)
        yield {
            "from_id": tied.id,
            "to_id": to.id,
            "type": type,
            "started_on": started,
            "ended_on": self.today - timedelta(days=self.chance.randrange(1, 60)) if self.chance.chance(0.02) else None,
            "proposed_by": self.chance.choice(("from", "to", "staff")),
            "confirmed_by": "to" if confirmed else "",
            "confirmed_on": started + timedelta(days=self.chance.days(12)) if confirmed else None,
        }

    def members(self) -> Iterator[dict[str, Any]]:
        """Members of each network: the largest draws from everywhere, the others from around one place."""
        largest = min(LARGEST, len(self.plain) // 3)
        for rank, network in enumerate(self.networks, 1):
            size = max(SMALLEST, int(largest / rank))
            if rank == 1 or size > len(self.plain) // 4:
                joined = self.chance.sample(self.plain, min(size, len(self.plain)))
            else:
                start = self.chance.randrange(len(self.plain))
                around = self.plain[start : start + 3 * size] or self.plain[-3 * size :]
                joined = self.chance.sample(around, min(size, len(around)))
            for one in joined:
                yield from self.link(one, network, "member_of")

    def neighbours(self) -> Iterator[dict[str, Any]]:
        """Who hosts a club, and who works with whom, fund or sponsor: mostly near, sometimes far away."""
        for at, one in enumerate(self.plain):
            category = one.columns["category"]
            if category == "club" and self.chance.chance(0.4):
                host = self.near(at)
                if host.columns["category"] != "club":
                    yield from self.link(one, host, "hosted_by")
            elif category == "partner":
                for type, often in TURNS.items():
                    while self.chance.chance(often):
                        yield from self.link(one, self.near(at), type)
            elif self.chance.chance(0.25):
                yield from self.link(one, self.near(at), "works_with")

    def near(self, at: int) -> Invented:
        """An organisation near the one at a position; one time in six from anywhere."""
        if self.chance.chance(1 / 6):
            return self.chance.choice(self.plain)
        position = at + self.chance.randrange(-NEAR, NEAR + 1)
        return self.plain[max(0, min(len(self.plain) - 1, position))]


def links(chance: Chance, made: Sequence[Invented], today: date) -> Iterator[dict[str, Any]]:
    """The rows of every link among `made`."""
    ties = Ties(chance, made, today)
    yield from ties.members()
    yield from ties.neighbours()
