"""Answering a question: how many match, which of them come first, and how they divide."""

from heapq import nsmallest

from sqlalchemy.engine import Connection

from network.index.cells import cells, covering, kilometres, point, reach
from network.index.changes import Memory, memory
from network.index.documents import Answer, Hit, Query
from network.index.engine import NOWHERE, Row
from network.index.engines import engine
from network.index.facets import Facets, divided
from network.index.ranking import named_first, scored, titles
from network.index.words import ANYTHING, TOKEN, Condition, asked_tokens, asked_words, barred

RINGS_KM = (25, 60, 150, 400, 1000, 2500, 6400)
FEW = 300  # as quickly measured one by one as by rings
PLENTY = 400  # found in a ring: the next question from around there tries a smaller one first
SCORED = 1000
REGION = 1  # the size of cell in which the same ring is tried first
AHEAD = 200  # found and remembered at once, since sorting costs the same


def ask(connection: Connection, query: Query) -> Answer:
    """The answer of the index to a question, as the connection sees it; remembered for as long as nothing changes."""
    known = memory(connection)
    answer: Answer | None = known.answers.get(query)
    if answer is None:
        answer = known.answers.keep(query, Asking(connection, query, known).answer())
    return answer


def matching(connection: Connection, query: Query) -> set[int]:
    """Every document that matches, however many they are: nothing of it is remembered."""
    asking = Asking(connection, query, memory(connection))
    if () in asking.condition:
        return set()
    if query.near is None or query.radius_km is None:
        return asking.engine.ids(connection, asking.match())
    match, centre = asking.match(inside(query.near, query.radius_km)), point(*query.near)
    return {row[1] for row in asking.engine.within(connection, match, centre, reach(query.radius_km), "distance")}


class Asking:
    """One question on its way to the answer."""

    def __init__(self, connection: Connection, query: Query, known: Memory) -> None:
        self.connection, self.query, self.known = connection, query, known
        self.engine = engine(connection)
        self.words = asked_words(query)
        self.condition = self.words + asked_tokens(query) or ANYTHING
        self.barred = barred(query)
        self.needed = query.offset + query.limit
        self.order = query.order
        if self.order == "distance" and query.near is None:
            self.order = "relevance"
        if self.order == "relevance" and not self.words:
            self.order = "confirmed"

    def answer(self) -> Answer:
        if () in self.condition:
            return Answer(0, (), divided(self.connection, self.known, ""))
        if self.query.near is not None and self.query.radius_km is not None:
            return self.within(self.query.near, self.query.radius_km)
        if self.query.near is not None and self.order == "distance":
            return self.nearest(self.query.near)
        return self.anywhere()

    def match(self, more: Condition = ()) -> str:
        """The question, and what else must match, in the engine's words."""
        return self.engine.match(self.condition + more, self.barred)

    def within(self, near: tuple[float, float], radius_km: float) -> Answer:
        """Only what lies within the radius."""
        circle = inside(near, radius_km)
        rows = self.engine.within(self.connection, self.match(circle), point(*near), reach(radius_km), self.order)
        facets = divided(self.connection, self.known, "".join([row[2] for row in rows])) if self.query.facets else None
        first = self.ranked(rows, circle) if self.order == "relevance" else nsmallest(self.needed, rows)
        far = 0 if self.order == "distance" else 3
        hits = tuple([Hit(row[1], kilometres(row[far])) for row in first[self.query.offset : self.needed]])
        return Answer(len(rows), hits, facets)

    def nearest(self, near: tuple[float, float]) -> Answer:
        """The nearest first, with no cut-off: wider rings until one holds enough. What has no point comes last."""
        total, facets = self.whole()
        centre = point(*near)
        rows: list[Row] = []
        region = self.match(), cells(*near)[REGION]
        ring = self.known.rings.get(region, 0)
        for radius_km in RINGS_KM[ring:] if total > FEW else ():
            match = self.match(inside(near, radius_km))
            rows = self.engine.within(self.connection, match, centre, reach(radius_km), "distance")
            if len(rows) >= self.needed:
                break
            ring += 1
        self.known.rings.keep(region, ring if len(rows) < PLENTY else max(0, ring - 1))
        if len(rows) < self.needed:
            rows = self.engine.everywhere(self.connection, self.match(), centre)
        first = nsmallest(self.needed, rows)[self.query.offset :]
        return Answer(total, tuple([Hit(row[1], distance(row[0])) for row in first]), facets)

    def anywhere(self) -> Answer:
        """In an order that place has no part in."""
        total, facets = self.whole()
        if self.order != "relevance":
            rows = self.first(self.order, self.needed)
        elif total <= SCORED:
            rows = self.ranked(self.first("relevance", total))
        else:
            rows = self.first("confirmed", self.needed, titles(self.words))
            if len(rows) < self.needed:
                rows = list(dict.fromkeys(rows + self.first("confirmed", self.needed)))
        ids = [row[1] for row in rows[self.query.offset : self.needed]]
        if self.query.near is None:
            return Answer(total, tuple([Hit(id) for id in ids]), facets)
        far = self.engine.distances(self.connection, ids, point(*self.query.near))
        return Answer(total, tuple([Hit(id, distance(far.get(id))) for id in ids]), facets)

    def first(self, order: str, most: int, more: Condition = ()) -> list[Row]:
        """The first matches in an order, as (order key, id), and what is needed for the next pages with them."""
        match, most = self.match(more), -(-most // AHEAD) * AHEAD
        rows: list[Row] | None = self.known.counts.get((match, order, most))
        if rows is None:
            rows = self.engine.first(self.connection, match, order, most)
            if most <= SCORED:  # pages that deep are rare, and heavy to remember
                self.known.counts.keep((match, order, most), rows)
        return rows

    def ranked(self, rows: list[Row], place: Condition = ()) -> list[Row]:
        """The matches of a question with words, best first: weighed when they are few, else by name and day."""
        if len(rows) > SCORED:
            match = self.match(place + titles(self.words))
            return named_first(sorted(rows), self.engine.ids(self.connection, match))
        ids = [row[1] for row in rows]
        return scored(rows, self.words, lambda terms: self.engine.having(self.connection, ids, terms))

    def whole(self) -> tuple[int, Facets | None]:
        """How many match, place aside, and how they divide; remembered for the next page and for other places."""
        match = self.match()
        kept = self.known.counts.get((match, True))
        if kept is None and not self.query.facets:
            kept = self.known.counts.get((match, False))
        if kept is None:
            if self.query.facets:
                total, characters = self.engine.facets(self.connection, match)
                kept = total, divided(self.connection, self.known, characters)
            else:
                kept = self.engine.count(self.connection, match), None
            self.known.counts.keep((match, self.query.facets), kept)
        total, facets = kept
        return total, facets if self.query.facets else None


def inside(near: tuple[float, float], radius_km: float) -> Condition:
    """The cells of a circle, as a condition; none when it is so wide that they would leave nothing out."""
    found = covering(*near, radius_km)
    return (tuple([(TOKEN + cell,) for cell in found]),) if found else ()


def distance(reach: float | None) -> float | None:
    return None if reach is None or reach >= NOWHERE else kilometres(reach)
