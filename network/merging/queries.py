"""Questions about merges; nothing here changes anything."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from network.directory.models import Organization
from network.directory.queries import PUBLIC
from network.merging.models import Merge
from network.merging.moves import MOVES
from network.merging.rows import table
from network.places.folding import fold
from network.text import gettext as _
from network.text import ngettext

KEPT = timedelta(days=30)  # in which a merge can be undone
FEW = 12
ASKED, DECLINED, DONE, UNDONE = "asked", "declined", "merged", "undone"

WORDS: dict[str, Callable[[int], str]] = {
    "link": lambda number: ngettext("%(num)s tie", "%(num)s ties", number),
    "listing": lambda number: ngettext("%(num)s offer or seek", "%(num)s offers and seeks", number),
    "party": lambda number: ngettext("%(num)s introduction", "%(num)s introductions", number),
    "contact_person": lambda number: ngettext("%(num)s contact person", "%(num)s contact persons", number),
    "role": lambda number: ngettext("%(num)s person who looks after it", "%(num)s people who look after it", number),
    "invitation": lambda number: ngettext("%(num)s invitation", "%(num)s invitations", number),
    "claim": lambda number: ngettext("%(num)s claim", "%(num)s claims", number),
    "suggestion": lambda number: ngettext("%(num)s suggested correction", "%(num)s suggested corrections", number),
    "question": lambda number: ngettext("%(num)s question by mail", "%(num)s questions by mail", number),
    "value_check": lambda number: ngettext("%(num)s answer on its value", "%(num)s answers on their value", number),
    "task": lambda number: ngettext("%(num)s task", "%(num)s tasks", number),
    "prospect": lambda number: ngettext("%(num)s search for a partner", "%(num)s searches for partners", number),
    "work": lambda number: ngettext("%(num)s publication", "%(num)s publications", number),
    "dismissal": lambda number: ngettext(
        "%(num)s suggestion that was put aside", "%(num)s suggestions that were put aside", number
    ),
    "block": lambda number: ngettext("%(num)s blocked organisation", "%(num)s blocked organisations", number),
    "map_place": lambda number: ngettext("%(num)s place on a map", "%(num)s places on maps", number),
    "saved_map": lambda number: ngettext("%(num)s map of its own", "%(num)s maps of its own", number),
    "import_row": lambda number: ngettext("%(num)s row of a list", "%(num)s rows of lists", number),
    "external_id": lambda number: ngettext("%(num)s number in a list", "%(num)s numbers in lists", number),
    "former_slug": lambda number: ngettext("%(num)s former address", "%(num)s former addresses", number),
    "edit": lambda number: ngettext("%(num)s change in the history", "%(num)s changes in the history", number),
    "message": lambda number: ngettext("%(num)s mail", "%(num)s mails", number),
    "merge": lambda number: ngettext("%(num)s earlier merge", "%(num)s earlier merges", number),
}
"""What moves along, table by table, in the order of the page; all others are told together."""
UNSAID = ("introduction", "introduction_step", "organization_topic", "matching_profile", "alike", "decision_part")
"""Tables that others of WORDS stand for, or a choice on the page."""
FOR_ONE = {"edit": "organization_id", "value_check": "organization_id"}
"""Where a row that names an organisation twice counts once, by this column."""


def moving(session: Session, organization_id: int) -> list[str]:
    """What moves along when an organisation is merged into another: numbers in words."""
    counts: dict[str, int] = {}
    for name in MOVES:
        of, column = (table(name.split(".")[0]), name.split(".")[1])
        if of.name in UNSAID or FOR_ONE.get(of.name, column) != column:
            continue
        number = session.scalar(select(func.count()).select_from(of).where(of.c[column] == organization_id)) or 0
        counts[of.name] = counts.get(of.name, 0) + number
    said = [WORDS[name](counts[name]) for name in WORDS if counts.get(name)]
    others = sum(number for name, number in counts.items() if name not in WORDS)
    return said + ([ngettext("%(num)s other entry", "%(num)s other entries", others)] if others else [])


def what_words(name: str) -> str:
    """What is meant by a table, where something of it could not be put back."""
    return {
        "organization": _("a field of the page"),
        "organization_topic": _("the topics"),
        "link": _("a tie"),
        "listing": _("an offer or seek"),
        "contact_person": _("a contact person"),
        "role": _("a person who looks after it"),
        "introduction": _("an introduction"),
        "map_place": _("a place on a map"),
        "map_group": _("a group on a map"),
        "former_slug": _("an old address"),
        "task": _("a task"),
    }.get(name, _("something else"))


def why_words(why: str) -> str:
    """Why it could not."""
    return {
        "changed": _("it was changed since"),
        "removed": _("it was removed since"),
        "taken": _("something else stands there by now"),
    }.get(why, _("what it belongs to is no longer there"))


def merge_of(session: Session, id: int, lock: bool = False) -> Merge | None:
    """A merge by its number; held for this transaction when it is to be decided."""
    query = select(Merge).where(Merge.id == id)
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    return session.scalars(query).first()


def open_between(session: Session, ids: Sequence[int]) -> Merge | None:
    """A merge that waits for a decision, of any of some organisations."""
    mine = or_(Merge.organization_id.in_(ids), Merge.gone_id.in_(ids))
    return session.scalars(select(Merge).where(Merge.state == ASKED, mine).order_by(Merge.id)).first()


def later(session: Session, merge: Merge) -> Merge | None:
    """A later merge into the same organisation, which has to be undone first."""
    same = (Merge.organization_id == merge.organization_id, Merge.state == DONE)
    after = or_(Merge.decided_at > merge.decided_at, (Merge.decided_at == merge.decided_at) & (Merge.id > merge.id))
    return session.scalars(select(Merge).where(*same, Merge.id != merge.id, after).order_by(Merge.id.desc())).first()


def undoable(merge: Merge, at: datetime) -> bool:
    """Whether a merge can be undone at a time."""
    in_time = merge.decided_at is not None and at <= merge.decided_at + KEPT
    return merge.state == DONE and merge.moved is not None and in_time


def until(merge: Merge) -> datetime | None:
    """Until when it can be undone."""
    return merge.decided_at + KEPT if merge.decided_at else None


def waiting(session: Session) -> Sequence[tuple[Merge, Organization]]:
    """The merges that wait for a second person, the oldest first, each with the organisation that is to stay."""
    query = select(Merge, Organization).join(Organization, Organization.id == Merge.organization_id)
    return [
        (one, of) for one, of in session.execute(query.where(Merge.state == ASKED).order_by(Merge.asked_at, Merge.id))
    ]


def lately(session: Session, limit: int = 50) -> Sequence[tuple[Merge, Organization]]:
    """The merges that were decided last, each with the organisation that stays."""
    query = select(Merge, Organization).join(Organization, Organization.id == Merge.organization_id)
    query = query.where(Merge.state != ASKED).order_by(Merge.decided_at.desc(), Merge.id.desc()).limit(limit)
    return [(one, of) for one, of in session.execute(query)]


def named(session: Session, words: str, but: int) -> Sequence[Organization]:
    """Organisations of any standing whose name or address says some words, without one, public ones first."""
    said = [word for word in fold(words).split() if word]
    if not said:
        return []
    query = select(Organization).where(Organization.id != but)
    for word in said:
        query = query.where(
            func.lower(Organization.name).contains(word, autoescape=True)
            | Organization.slug.contains(word, autoescape=True)
        )
    return session.scalars(query.order_by(PUBLIC.desc(), Organization.name, Organization.id).limit(FEW)).all()
