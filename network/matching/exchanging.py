"""Three-way exchanges of an organisation with two others, found in the index."""

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy.orm import Session

from network.matching import explaining, keeping
from network.matching.exchange import three_way
from network.matching.explaining import Met
from network.matching.following import Follower
from network.matching.index import Index
from network.matching.queries import aside
from network.matching.suggestions import Exchange, Pair
from network.matching.values import Profile

ROUND = 15  # how many one gives to are looked at


class Exchanging(Follower):
    """Asks who gives what to whom, and explains each of the three pairs."""

    def exchanges(self, session: Session, organization_id: int, most: int = 3) -> list[Exchange]:
        """Three-way exchanges of an organisation with two others."""
        with self.following(session) as index:
            own = self.profile(session, organization_id)
            if own is None:
                return []
            apart = aside(session, organization_id, keeping.today())
            gives, between = self.giving(index, own, apart)
            to = sorted((two for two in gives if two[0] == organization_id), key=lambda two: -gives[two])[:ROUND]
            back = {two[0] for two in gives if two[1] == organization_id}
            known = {one.context.id: one for one in self.profiles(session, [two[1] for two in to])}
            for second in known.values():
                more, pairs = self.giving(index, second, aside(session, second.context.id, keeping.today()))
                for two, points in more.items():
                    if two[1] in back or two[0] in back:
                        gives.setdefault(two, points)
                        between.setdefault(two, pairs[two])
            found = []
            for three, weakest in list(three_way(gives, organization_id))[:most]:
                steps = [(three[place], three[(place + 1) % 3]) for place in range(3)]
                links = self.steps(session, index, steps, between)
                if links:
                    found.append(Exchange(three, links, weakest))
            return found

    def giving(
        self, index: Index, own: Profile, apart: Collection[int]
    ) -> tuple[dict[tuple[int, int], float], dict[tuple[int, int], Met]]:
        """How much somebody gives to others, and others to them: the best points, and the pair that has them."""
        gains = index.gains(own, apart, keeping.today())
        rows = {int(row): int(index.rows["id"][row]) for row in gains.rows}
        got, given = explaining.pairs_of(index, gains.items, gains.found, rows)
        points: dict[tuple[int, int], float] = {}
        pairs: dict[tuple[int, int], Met] = {}
        for several, ends in ((got, lambda id: (id, own.context.id)), (given, lambda id: (own.context.id, id))):
            for id, some in several.items():
                best = max(some, key=lambda met: met.points)
                points[ends(id)], pairs[ends(id)] = best.points, best
        return points, pairs

    def steps(
        self,
        session: Session,
        index: Index,
        steps: Sequence[tuple[int, int]],
        between: Mapping[tuple[int, int], Met],
    ) -> tuple[Pair, Pair, Pair] | None:
        """The pairs of a cycle, each explained."""
        known = {one.context.id: one for one in self.profiles(session, [giver for giver, _ in steps])}
        if len(known) < len(steps):
            return None
        texts = explaining.texts(session, [between[step] for step in steps])
        made = explaining.steps_of(index, steps, known, between, texts)
        return (made[0], made[1], made[2]) if len(made) == 3 else None
