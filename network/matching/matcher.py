"""The matcher of this process: an index that follows the database, and the questions that pages ask of it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import islice

from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import Session

from network.directory.models import Listing
from network.matching import explaining, keeping, score
from network.matching.exchanging import Exchanging
from network.matching.explaining import Met
from network.matching.gaining import Found, Gains
from network.matching.index import Index
from network.matching.models import Shown
from network.matching.packing import settled
from network.matching.profiling import Said, item
from network.matching.queries import aside, newest_seekers
from network.matching.ranking import ranked, varied
from network.matching.suggestions import Answer, Suggestion
from network.matching.survey import Survey
from network.matching.values import Context, Item, Profile

RANKED = 9
LOOKED_AT = 150  # organisations, for the matches that nobody acted on
PER_ORGANIZATION = 5
AMONG = 60  # the best, of which nine varied ones and a discovery are chosen


class Matcher(Survey, Exchanging):
    """Asks the index, brought up to what the session sees; one question at a time."""

    def suggestions(
        self, session: Session, organization_id: int, most: int = 20, without: Collection[int] = ()
    ) -> list[Suggestion]:
        """Who could help an organisation, or be helped by it, the best first."""
        with self.following(session) as index:
            own = self.profile(session, organization_id)
            if own is None:
                return []
            apart = {*without, *aside(session, organization_id, keeping.today())}
            gains, order = self.ordered(session, index, own, apart, most)
            return self.explained(session, index, own, gains, order)

    def ordered(
        self, session: Session, index: Index, own: Profile, apart: Collection[int], most: int
    ) -> tuple[Gains, list[Suggestion]]:
        """What an organisation and others gain from each other, and the best of them in order."""
        gains = index.gains(own, apart, keeping.today())
        query = select(Shown.other_id, Shown.days).where(Shown.organization_id == own.context.id)
        shown = {row.other_id: row.days for row in session.execute(query)}
        return gains, ranked(index, own.context, gains, self.ties, keeping.today(), shown, most)

    def for_you(self, session: Session, organization_id: int) -> list[Suggestion]:
        """Nine of the best, varied, and one that was shown least so far."""
        with self.following(session) as index:
            own = self.profile(session, organization_id)
            if own is None:
                return []
            gains, order, first = self.best(session, index, own)
            rest = [one for one in order if one not in first]
            if rest:
                first = [*first, min(rest, key=least_seen)._replace(discovery=True)]
            return self.explained(session, index, own, gains, first)

    def best(self, session: Session, index: Index, own: Profile) -> tuple[Gains, list[Suggestion], list[Suggestion]]:
        """What one gains, the best for it in order, and of these the nine that are shown, varied."""
        gains, order = self.ordered(session, index, own, aside(session, own.context.id, keeping.today()), AMONG)
        needs = explaining.needs_of(index, gains)
        first = varied(order, lambda one: needs.get(one.organization, ()), index.rows.host, RANKED)
        return gains, order, first

    def explain(self, session: Session, organization_id: int, other_id: int) -> Suggestion | None:
        """One organisation as a suggestion to another, though it may stand far below; nothing when nothing fits."""
        with self.following(session) as index:
            own = self.profile(session, organization_id)
            if own is None or other_id in aside(session, organization_id, keeping.today()):
                return None
            gains, order = self.ordered(session, index, own, (), len(index.rows))
            chosen = [one for one in order if one.organization == other_id]
            return next(iter(self.explained(session, index, own, gains, chosen)), None)

    def explained(
        self, session: Session, index: Index, own: Profile, gains: Gains, chosen: Sequence[Suggestion]
    ) -> list[Suggestion]:
        """Suggestions with the pairs that they stand on, and these with their parts."""
        rows = {index.rows.row_of[one.organization]: one.organization for one in chosen}
        others = {one.context.id: one for one in self.profiles(session, list(rows.values()))}
        got, given = explaining.pairs_of(index, gains.items, gains.found, rows)
        out, away = explaining.pairs_of(index, gains.items, gains.barred, rows)
        texts = explaining.texts(session, [met for several in (*got.values(), *given.values()) for met in several])
        found = []
        for one in chosen:
            other = others.get(one.organization)
            if other is None:
                continue
            mine = [explaining.explained(index, own, other, met, texts) for met in got.get(one.organization, ())]
            theirs = [explaining.explained(index, other, own, met, texts) for met in given.get(one.organization, ())]
            impossible = [(own, other, met) for met in out.get(one.organization, ())]
            impossible += [(other, own, met) for met in away.get(one.organization, ())]
            said = explaining.barred(impossible)
            found.append(one._replace(got=explaining.ordered(mine), given=explaining.ordered(theirs), barred=said))
        return found

    def answers(self, session: Session, listing_id: int, most: int = 3) -> list[Answer]:
        """The organisations that fit one open listing best."""
        listing = session.get(Listing, listing_id)
        if listing is None or listing.state != "open":
            return []
        with self.following(session) as index:
            own = self.profile(session, listing.organization_id)
            wanted = next((one for one in own.items if one.id == listing_id), None) if own else None
            if own is None or wanted is None:
                return []
            return self.answering(
                session, index, own, wanted, most, aside(session, listing.organization_id, keeping.today())
            )

    def to_words(self, session: Session, text: str, most: int = 10, seeking: bool = True) -> list[Answer]:
        """The organisations that fit a sentence that somebody typed, taken as a seek or as an offer."""
        with self.following(session) as index:
            said = Said(-1, "seek" if seeking else "offer", text[:500])
            made = item(keeping.vocabulary(session), 0, said)
            own = settled(Profile(Context(0), (made,)))
            return self.answering(session, index, own, own.items[0], most, ())

    def answering(
        self, session: Session, index: Index, own: Profile, wanted: Item, most: int, apart: Collection[int]
    ) -> list[Answer]:
        found = (
            index.wanting(wanted, own.themes, own.words, today=keeping.today(), own=own.context)
            if wanted.offer
            else index.meeting(wanted, today=keeping.today(), own=own.context)
        )
        best = best_of(index, found, apart, most)
        others = {one.context.id: one for one in self.profiles(session, list(best))}
        met = {id: between(wanted, *fit) for id, fit in best.items()}
        texts = explaining.texts(session, met.values())
        answers = []
        for id, pairing in met.items():
            if id in others:
                seeker, giver = (others[id], own) if wanted.offer else (own, others[id])
                pair = explaining.explained(index, seeker, giver, pairing, texts)
                answers += [Answer(id, pair)] if pair else []
        return answers

    def same_need(self, session: Session, listing_id: int, most: int = 20) -> list[tuple[int, int]]:
        """Other organisations whose open seek is much the same, each with that."""
        return self.alike(session, listing_id, most, met=False)

    def had_it(self, session: Session, listing_id: int, most: int = 5) -> list[tuple[int, int]]:
        """Organisations that sought much the same, and had it met; each with that."""
        return self.alike(session, listing_id, most, met=True)

    def alike(self, session: Session, listing_id: int, most: int, met: bool) -> list[tuple[int, int]]:
        listing = session.get(Listing, listing_id)
        with self.following(session) as index:
            own = self.profile(session, listing.organization_id) if listing else None
            mine = next((one for one in own.items if one.id == listing_id and not one.offer), None) if own else None
            if own is None or mine is None:
                return []
            if met:
                found = index.meeting(mine)
                kept = (index.items["inferred"][found.slots] > 0) & (index.items["id"][found.slots] > 0)
            else:
                same = replace(mine, offer=True)
                found = index.wanting(same, least=score.GOOD, today=keeping.today())
                kept = index.items["id"][found.slots] != listing_id
            apart = aside(session, own.context.id, keeping.today())
            return [(id, listing) for id, (_, listing) in best_of(index, found.only(kept), apart, most).items()]

    def unacted(
        self, session: Session, organization_ids: Collection[int] | None = None, most: int = 50
    ) -> list[tuple[int, Suggestion]]:
        """The strongest suggestions between those without a tie, each pair once, for those whose seeks are the newest.

        Who asks leaves out pairs that were put aside or are introduced already: this stands until the index changes.
        """
        with self.following(session) as index:
            wanted = index.rows.row_of if organization_ids is None else set(organization_ids)
            ids = list(islice((id for id in newest_seekers(session) if id in wanted), LOOKED_AT))
            asked = ("unacted", tuple(ids), most)
            if asked not in self.remembered:
                self.remembered[asked] = self.strongest(session, index, ids, most)
            found: list[tuple[int, Suggestion]] = self.remembered[asked]
            return found

    def strongest(self, session: Session, index: Index, ids: Sequence[int], most: int) -> list[tuple[int, Suggestion]]:
        """The best suggestions to some organisations, without those that they are tied to."""
        known = {one.context.id: one for one in self.profiles(session, ids)}
        best: dict[frozenset[int], tuple[int, Suggestion]] = {}
        for id in (id for id in ids if id in known):
            for one in self.ordered(session, index, known[id], self.ties.get(id, ()), PER_ORGANIZATION)[1]:
                best.setdefault(frozenset((id, one.organization)), (id, one))
        chosen = sorted(best.values(), key=lambda one: (-one[1].rank, one[0]))[:most]
        for id in {id for id, _ in chosen}:
            mine = [one for owner, one in chosen if owner == id]
            gains = index.gains(known[id], (), keeping.today())
            told = {one.organization: one for one in self.explained(session, index, known[id], gains, mine)}
            chosen = [(owner, told.get(one.organization, one) if owner == id else one) for owner, one in chosen]
        return chosen


def best_of(index: Index, found: Found, apart: Collection[int], most: int) -> dict[int, tuple[float, int]]:
    """The organisations whose listings fit best, the best first: the points, and the listing that has them."""
    best: dict[int, tuple[float, int]] = {}
    ids = index.items["id"]
    for slot, row, points in zip(found.slots.tolist(), found.rows.tolist(), found.points.tolist(), strict=True):
        id = int(index.rows["id"][row])
        if id not in apart and points > best.get(id, (0.0, 0))[0]:
            best[id] = (points, int(ids[slot]))
    return {id: best[id] for id in sorted(best, key=lambda id: (-best[id][0], id))[:most]}


def between(wanted: Item, points: float, listing: int) -> Met:
    """The pair of an item and a listing that fits it with some points."""
    return Met(listing, wanted.id, points) if wanted.offer else Met(wanted.id, listing, points)


def least_seen(one: Suggestion) -> tuple[int, float, int]:
    """By how often it was shown, then by its rank."""
    days = next((factor.facts["days"] for factor in one.factors if factor.name == "shown"), 0)
    return days, -one.rank, one.organization


def matcher() -> Matcher:
    """The matcher of this process."""
    found: Matcher = current_app.extensions["matcher"]
    return found
