"""The tasks about organisations that wait for a person: places, rules that aren't met, names that nobody knows."""

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from network import waiting
from network.directory.categories import CATEGORIES
from network.directory.models import Organization, Task
from network.directory.queries import PUBLIC
from network.directory.sites import PLACE_TASKS
from network.directory.tasks import LOST, RULE, finish, reopen, sentence
from network.text import gettext as _
from network.text import lazy_gettext as _l
from network.waiting import LITTLE, SOME, About, Act, Before, By, Refused, Row, Source, Stream, Waiting

RULES = tuple(dict.fromkeys(RULE + rule.key for category in CATEGORIES.values() for rule in category.rules))
SHOWN = exists().where(Organization.id == Task.organization_id, PUBLIC)
Links = Callable[[About], tuple[tuple[str, str], ...]]


def streams(*keys: str, public: bool = False) -> Callable[[], Sequence[Stream]]:
    """Where the open tasks of some keys wait: each key by itself, as the index has them."""
    more = (SHOWN,) if public else ()
    return lambda: [
        Stream(Task.id, Task.organization_id, Task.opened_at, (Task.key == key, Task.done_at.is_(None), *more))
        for key in keys
    ]


def told(session: Session, ids: Sequence[int]) -> list[tuple[Task, About, str]]:
    """The open ones of some tasks, each with its organisation and a sentence."""
    query = (
        select(Task, Organization.slug, Organization.name, Organization.category)
        .join(Organization, Organization.id == Task.organization_id)
        .where(Task.id.in_(ids), Task.done_at.is_(None))
    )
    return [
        (task, About(task.organization_id, slug, name), sentence(task, category))
        for task, slug, name, category in session.execute(query)
    ]


def cards(kind: str, links: Links, acts: Sequence[str]) -> Callable[[Session, Sequence[int]], list[Waiting]]:
    """What tells the cards of some tasks."""
    return lambda session, ids: [
        Waiting(kind, task.id, task.opened_at, words, about, acts=tuple(acts), links=links(about))
        for task, about, words in told(session, ids)
    ]


def to_edit(about: About) -> tuple[tuple[str, str], ...]:
    return ((_("Edit its page"), f"/organizations/{about.slug}/edit"),)


def end(session: Session, row: Row, by: By) -> Before:
    if not finish(session, row.id):
        raise Refused(_("This was done already."))
    return {}


def begin_again(session: Session, row: Row, before: Before, by: By) -> None:
    reopen(session, row.id)


DONE = Act("done", _l("Done"), _l("Done"), end, begin_again, several=True, first=True)


def init_app() -> None:
    """Let the desk collect them. A rule that stays unmet opens its task again, so that one can only be set aside."""
    kinds: tuple[tuple[str, Any, str, Callable[[], Sequence[Stream]], tuple[Act, ...]], ...] = (
        ("place", _l("Places"), SOME, streams(*PLACE_TASKS), (DONE,)),
        ("tie", _l("Ties of a list"), SOME, streams(LOST), (DONE,)),
        ("rule", _l("What is missing"), LITTLE, streams(*RULES, public=True), ()),
    )
    for kind, label, harm, rows, acts in kinds:
        tell = cards(kind, to_edit, [act.key for act in acts])
        waiting.add(Source(kind, label, harm, rows, tell, waiting.by_key(*acts)))
