"""Drawing in steps: each is done once, numbered, seen by everyone at the map, and can be taken back by whoever did it.

A kind of step says how it is done, and answers what was said with ids filled in, and the steps that take it back.
Taking back is doing those, and redoing is doing the step again: there is one way to change a map.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from network.hats import Identity
from network.maps.eyes import Eyes
from network.maps.models import MapStep, SavedMap
from network.text import gettext as _

Said = dict[str, Any]
AT_MOST = 200  # steps at once
KEY = 40


class Refused(Exception):
    """Why a step can't be done, in a sentence; `more` is what helps to go on."""

    def __init__(self, why: str, **more: Any) -> None:
        super().__init__(why)
        self.more = more


@dataclass(frozen=True)
class Hand:
    """Who draws, on which map, and what they see."""

    session: Session
    map: SavedMap
    who: Identity
    eyes: Eyes


@dataclass(frozen=True)
class Done:
    """What was said, with what the application filled in, and the steps that take it back, in their order."""

    said: Said
    back: list[Said]


Doing = Callable[[Hand, Said], Done]

KINDS: dict[str, Doing] = {}
"""How each kind of step is done."""

HISTORY = ("undo", "redo")
INNER = frozenset({"unadd", "retie"})  # only ever done to take another step back


def kind(name: str) -> Callable[[Doing], Doing]:
    """Let a function be how steps of a kind are done."""

    def register(doing: Doing) -> Doing:
        KINDS[name] = doing
        return doing

    return register


def locked(session: Session, slug: str) -> SavedMap | None:
    """A map as it is now; whoever else draws on it waits for this transaction."""
    query = select(SavedMap).where(SavedMap.slug == slug).with_for_update()
    return session.scalars(query.execution_options(populate_existing=True)).first()


def take(hand: Hand, asked: Iterable[Any]) -> list[Said]:
    """Do steps in their order; gives those that were refused, each with why. A step that was done already is left."""
    refused = []
    for said in list(asked)[:AT_MOST]:
        key = said.get("key") if isinstance(said, dict) else None
        if not isinstance(key, str) or not 0 < len(key) <= KEY:
            refused.append({"key": key, "why": _("This step has no key.")})
            continue
        done = select(MapStep.id).where(MapStep.map_id == hand.map.id, MapStep.key == key)
        if hand.session.scalar(done) is not None:
            continue
        try:
            with hand.session.begin_nested():
                step(hand, key, said)
        except Refused as why:
            refused.append({"key": key, "why": str(why), **why.more})
    return refused


def known(hand: Hand, asked: Iterable[Any], after: int) -> bool:
    """Whether one of some steps was done up to a number: who sends it has drawn it once more over what came of it."""
    keys = [said["key"] for said in asked if isinstance(said, dict) and isinstance(said.get("key"), str)]
    done = select(MapStep.id).where(MapStep.map_id == hand.map.id, MapStep.key.in_(keys), MapStep.number <= after)
    return hand.session.scalar(done.limit(1)) is not None


def step(hand: Hand, key: str, said: Said) -> MapStep:
    """Do one step and keep it. Raises Refused."""
    name = said.get("kind")
    if name in HISTORY:
        return again(hand, key, str(name))
    if not isinstance(name, str) or name not in KINDS or name in INNER:
        raise Refused(_("This step means nothing to this version. Load the page again."))
    done = KINDS[name](hand, said)
    return keep(hand, key, name, done.said, done.back)


def keep(hand: Hand, key: str, name: str, said: Said, back: Sequence[Said] | None) -> MapStep:
    hand.map.last += 1
    made = MapStep(map_id=hand.map.id, number=hand.map.last, key=key, kind=name, said=said, before=back)
    made.person_id = hand.who.person_id
    hand.session.add(made)
    hand.session.flush()
    return made


def again(hand: Hand, key: str, name: str) -> MapStep:
    """Take back the last step of whoever asks, or do again the first that they took back since their last one."""
    found = last_done(hand) if name == "undo" else first_undone(hand)
    if found is None:
        raise Refused(_("There is nothing to take back.") if name == "undo" else _("There is nothing to do again."))
    if name == "undo":
        now = [do(hand, one) for one in found.before or ()]
    else:
        done = KINDS[found.kind](hand, {**found.said, "redo": True})
        found.said, found.before = done.said, done.back
        now = [{"kind": found.kind, **done.said}]
    found.undone = name == "undo"
    said = {"of": found.number, "was": found.kind, "undone": found.undone, "now": now}
    return keep(hand, key, name, said, None)


def do(hand: Hand, said: Said) -> Said:
    """Do a step that takes another back; gives it as it was done."""
    return {"kind": said["kind"], **KINDS[said["kind"]](hand, said).said}


def own(hand: Hand) -> Any:
    mine = (MapStep.map_id == hand.map.id, MapStep.person_id == hand.who.person_id)
    return select(MapStep).where(*mine, MapStep.kind.not_in(HISTORY))


def last_done(hand: Hand) -> MapStep | None:
    query = own(hand).where(MapStep.undone.is_(False)).order_by(MapStep.number.desc()).limit(1)
    found: MapStep | None = hand.session.scalars(query).first()
    return found


def first_undone(hand: Hand) -> MapStep | None:
    """The first undone step after the last that stands: a new step leaves nothing to do again."""
    last = last_done(hand)
    query = own(hand).where(MapStep.undone.is_(True), MapStep.number > (last.number if last else 0))
    found: MapStep | None = hand.session.scalars(query.order_by(MapStep.number).limit(1)).first()
    return found


def possible(hand: Hand) -> dict[str, bool]:
    """Whether whoever asks has something to take back, and something to do again."""
    return {"undo": last_done(hand) is not None, "redo": first_undone(hand) is not None}


def since(session: Session, one: SavedMap, after: int) -> list[MapStep]:
    """The steps of a map after a number, in their order."""
    query = select(MapStep).where(MapStep.map_id == one.id, MapStep.number > after)
    return list(session.scalars(query.order_by(MapStep.number).limit(2000)))


def oldest(session: Session, one: SavedMap) -> int:
    """The number of the oldest step that is kept."""
    return session.scalar(select(func.min(MapStep.number)).where(MapStep.map_id == one.id)) or one.last + 1


def ids_of(said: Mapping[str, Any], name: str = "ids") -> list[int]:
    """Ids as they were sent. Raises Refused for anything else."""
    found = said.get(name)
    if not isinstance(found, list) or len(found) > 5000 or not all(isinstance(id, int) for id in found):
        raise Refused(_("This step means nothing to this version. Load the page again."))
    return list(dict.fromkeys(found))
