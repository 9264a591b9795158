"""Changing many organisations at once: what would come of it, doing it in one transaction, and taking it back whole."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from json import dumps
from zlib import crc32

from sqlalchemy import ColumnElement, insert, select
from sqlalchemy.orm import Session, selectinload

from network.clock import now
from network.directory.categories import CATEGORIES
from network.directory.models import Organization
from network.directory.saying import topic_name
from network.directory.vocabulary import STANDINGS
from network.history.recording import save
from network.maps.steps import Refused as NotMoved
from network.matching.looking import desk
from network.staff.changing import Doing, Kind, Lacks, State, Unchanged
from network.staff.kinds import KINDS
from network.staff.models import Decision, DecisionPart
from network.staff.queue import theirs
from network.text import gettext as _
from network.text import lazy_gettext as _l
from network.text import ngettext
from network.waiting import LITTLE, Act, Before, By, Refused, Row, Source, add, by_key

KIND = "together"
MOST = 2000  # a change of so many takes seconds, in which SQLite lets nobody else write
BATCH = 500
NAMED = 20  # of those that stay


class Moved(Exception):
    """Organisations were changed since they were looked at, by their `names`, or are `gone`: nothing was done."""

    def __init__(self, names: Sequence[str], gone: int) -> None:
        super().__init__(len(names) + gone)
        self.names, self.gone = names, gone


@dataclass(frozen=True)
class Step:
    """What would become of one organisation."""

    id: int
    slug: str
    name: str
    version: int
    before: State
    after: State

    @property
    def mark(self) -> str:
        """By which it is known again: another mark means that somebody changed it."""
        return f"{self.id}.{self.version}.{crc32(dumps(self.before, sort_keys=True).encode()):x}"


@dataclass(frozen=True)
class Left:
    """One that stays as it is, and why. `lacks` says that it could be changed all the same."""

    id: int
    slug: str
    name: str
    why: str
    lacks: bool = False


@dataclass(frozen=True)
class Plan:
    """What would come of a change."""

    steps: Sequence[Step]
    left: Sequence[Left]

    @property
    def marks(self) -> str:
        return " ".join(step.mark for step in self.steps)


def in_batches(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(ids), BATCH):
        yield ids[start : start + BATCH]


def loaded(
    doing: Doing, kind: Kind, ids: Sequence[int], *which: ColumnElement[bool], lock: bool = False
) -> dict[int, Organization]:
    """Some organisations as they are now; locked, others wait for this transaction."""
    query = select(Organization).where(Organization.id.in_(ids), *which)
    if kind.key == "category":
        query = query.options(selectinload(Organization.listings), selectinload(Organization.links_in))
    if "topic" in kind.key:
        query = query.options(selectinload(Organization.topics))
    if lock:
        query = query.order_by(Organization.id).with_for_update().execution_options(populate_existing=True)
    return {one.id: one for one in doing.session.scalars(query)}


def plan(doing: Doing, kind: Kind, ids: Sequence[int]) -> Plan:
    """What would become of some organisations, in the order in which they are given."""
    steps, left = list[Step](), list[Left]()
    for some in in_batches(ids):
        found = loaded(doing, kind, some, *theirs(doing.desk, Organization.id))
        states = kind.read(doing, list(found))
        for id in some:
            one = found.get(id)
            if one is None:
                continue
            try:
                after = kind.wanted(doing, one, states[id])
            except Unchanged as why:
                left.append(Left(id, one.slug, one.name, str(why), isinstance(why, Lacks)))
            else:
                steps.append(Step(id, one.slug, one.name, one.version, states[id], after))
    return Plan(steps, left)


def carry_out(doing: Doing, kind: Kind, marks: Mapping[int, str], person_id: int | None) -> Decision:
    """Change organisations as they were seen, by the mark of each; the caller commits. Raises Moved."""
    networks = doing.desk.networks
    of = int(doing.to) if kind.key in ("join", "part") else networks[0] if networks else None
    made = Decision(kind=KIND, thing_id=0, since=now(), organization_id=of, act=kind.key, person_id=person_id)
    made.together, made.before = save(doing.session), {"number": len(marks), "to": told_of(kind, doing.to)}
    doing.session.add(made)
    doing.session.flush()
    made.thing_id, moved, gone = made.id, list[str](), 0
    for some in in_batches(sorted(marks)):
        found = loaded(doing, kind, some, *theirs(doing.desk, Organization.id), lock=True)
        states = kind.read(doing, list(found))
        gone += len(some) - len(found)
        steps = {}
        for id, one in found.items():
            step = stepped(doing, kind, one, states[id])
            if step is None or step.mark != marks[id]:
                moved.append(one.name)
            else:
                steps[id] = step
        if not (moved or gone):  # else nothing will be kept, and only the names are wanted
            keep(doing, kind, made, found, steps)
    if moved or gone:
        raise Moved(moved, gone)
    return made


def told_of(kind: Kind, to: str) -> str:
    """What a decision keeps of what it was about: words of the directory, no number of a person or organisation."""
    return to if kind.key in ("category", "standing", "topic", "no_topic") else ""


def stepped(doing: Doing, kind: Kind, one: Organization, state: State) -> Step | None:
    try:
        return Step(one.id, one.slug, one.name, one.version, state, kind.wanted(doing, one, state))
    except Unchanged:
        return None


def keep(
    doing: Doing, kind: Kind, made: Decision, found: Mapping[int, Organization], steps: Mapping[int, Step]
) -> None:
    """Write some steps, and what it takes to go back."""
    with doing.session.no_autoflush:  # all of a batch is written with one flush
        for id, step in steps.items():
            kind.write(doing, found[id], step.after)
    doing.session.flush()
    after = kind.read(doing, list(steps))
    rows = [
        {"decision_id": made.id, "organization_id": id, "before": step.before, "after": after[id]}
        for id, step in steps.items()
    ]
    if rows:
        doing.session.execute(insert(DecisionPart), rows)


def take_back(doing: Doing, kind: Kind, decision_id: int) -> list[str]:
    """Let every organisation be as it was, unless it was changed since; gives the names of those that stay."""
    query = select(DecisionPart).where(DecisionPart.decision_id == decision_id).order_by(DecisionPart.organization_id)
    parts = {one.organization_id: one for one in doing.session.scalars(query)}
    names = list[str]()
    for some in in_batches(sorted(parts)):
        found = loaded(doing, kind, some, lock=True)
        states = kind.read(doing, list(found))
        with doing.session.no_autoflush:
            for id, one in found.items():
                if states[id] != parts[id].after or not written(doing, kind, one, parts[id].before):
                    names.append(one.name)
        doing.session.flush()
    return names


def written(doing: Doing, kind: Kind, one: Organization, state: State) -> bool:
    """Let an organisation be as it was; whether that could be done."""
    try:
        kind.write(doing, one, state)
    except NotMoved:
        return False
    return True


def undoing(kind: Kind) -> Callable[[Session, Row, Before, By], Sequence[str]]:
    """What takes a decision about many back, and says what was left."""

    def undo(session: Session, row: Row, before: Before, by: By) -> Sequence[str]:
        here = desk()
        if here is None:
            raise Refused(_("You may see this, and not decide about it."))
        tie = kind.key in ("join", "part")
        names = take_back(Doing(session, here, str(row.organization_id) if tie else ""), kind, row.id)
        said = ngettext("%(num)s organisation: taken back.", "%(num)s organisations: taken back.", before["number"])
        if not names:
            return (said,)
        first = ", ".join(names[:NAMED])
        number = len(names)
        stays = ngettext(
            "%(num)s was changed since and stays as it is: %(names)s",
            "%(num)s were changed since and stay as they are: %(names)s",
            number,
            names=first if number <= NAMED else f"{first} …",
        )
        return (_("Taken back."), stays)

    return undo


def more(before: Before) -> str:
    """What a decision about many was about: how many, and what they became."""
    number = ngettext("%(num)s organisation", "%(num)s organisations", before["number"])
    to = before.get("to", "")
    words = CATEGORIES[to].label if to in CATEGORIES else STANDINGS[to].label if to in STANDINGS else topic_name(to)
    return f"{words}, {number}" if to else number


def init_app() -> None:
    """Let the desk take such decisions back. Nothing of the kind ever waits."""
    acts = by_key(*(Act(kind.key, kind.label, kind.done, never, undoing(kind), told=more) for kind in KINDS.values()))
    add(Source(KIND, _l("Many at once"), LITTLE, tuple, lambda session, ids: (), acts))


def never(session: Session, row: Row, by: By) -> Before:
    raise Refused(_("Choose the organisations first."))
