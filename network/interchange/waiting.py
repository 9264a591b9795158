"""The lists that refresh as cards: what has changed in one, and those that can't be fetched."""

from collections.abc import Sequence

from sqlalchemy import Integer, cast, null, select
from sqlalchemy.orm import Session

from network import waiting
from network.interchange import sources
from network.interchange.models import ImportDraft, ImportSource
from network.interchange.source_words import problem_of, waits
from network.text import gettext as _
from network.text import lazy_gettext as _l
from network.waiting import SOME, Act, Before, By, Refused, Row, Source, Stream, Waiting

NOBODY = cast(null(), Integer)  # whose they are: the directory's own


def changed_streams() -> Sequence[Stream]:
    return [Stream(ImportSource.id, NOBODY, ImportSource.arrived_at, (sources.TO_DECIDE,))]


def changed_cards(session: Session, ids: Sequence[int]) -> list[Waiting]:
    query = select(ImportSource, ImportDraft).join(ImportDraft, ImportDraft.id == ImportSource.draft_id)
    return [
        Waiting(
            "refresh",
            source.id,
            source.arrived_at or source.created_at,
            _("The list %(name)s: %(what)s", name=source.name, what=waits(draft)),
            notes=(_("Nothing of it is written before you decide. What is gone from the list stays here."),),
            links=(to_decide(draft), *page_of(source)),
        )
        for source, draft in session.execute(query.where(ImportSource.id.in_(ids), sources.TO_DECIDE))
    ]


def to_decide(draft: ImportDraft) -> tuple[str, str]:
    words = _("Say what the columns mean") if draft.state == "columns" else _("Look and decide")
    return words, f"/interchange/drafts/{draft.id}"


FAILING = (ImportSource.failures >= sources.SEVERAL, ImportSource.paused_at.is_(None))


def failing_streams() -> Sequence[Stream]:
    return [Stream(ImportSource.id, NOBODY, ImportSource.failing_since, FAILING)]


def failing_cards(session: Session, ids: Sequence[int]) -> list[Waiting]:
    found = []
    for source in session.scalars(select(ImportSource).where(ImportSource.id.in_(ids), *FAILING)):
        problem = problem_of(source)
        found.append(
            Waiting(
                "unfetched",
                source.id,
                source.failing_since or source.created_at,
                _("The list %(name)s can't be fetched", name=source.name),
                acts=("again", "pause"),
                notes=(problem.words,) if problem else (),
                quotes=(problem.reason,) if problem and problem.reason else (),
                links=page_of(source),
            )
        )
    return found


def page_of(source: ImportSource) -> tuple[tuple[str, str], ...]:
    return ((_("The page of this list"), f"/interchange/sources/{source.id}"),)


def source_of(session: Session, id: int) -> ImportSource:
    found = session.get(ImportSource, id, with_for_update=True)
    if found is None:
        raise Refused(_("This list is fetched no more."))
    return found


def fetch_again(session: Session, row: Row, by: By) -> Before:
    """Let the next tick fetch a list."""
    sources.soon(source_of(session, row.id))
    session.flush()
    return {}


def pause(session: Session, row: Row, by: By) -> Before:
    """Let nobody fetch a list for now."""
    sources.pause(source_of(session, row.id))
    session.flush()
    return {}


def resume(session: Session, row: Row, before: Before, by: By) -> None:
    """Let a list be fetched again; that it failed is not forgotten."""
    source_of(session, row.id).paused_at = None
    session.flush()


AGAIN = Act("again", _l("Try again soon"), _l("To be tried again"), fetch_again, several=True, first=True)
PAUSE = Act("pause", _l("Pause it"), _l("Paused"), pause, resume, several=True)


def init_app() -> None:
    """Let the desk collect them; only the staff bring lists."""
    for source in (
        Source("refresh", _l("Lists that changed"), SOME, changed_streams, changed_cards, coordinators=False),
        Source(
            "unfetched",
            _l("Lists that can't be fetched"),
            SOME,
            failing_streams,
            failing_cards,
            waiting.by_key(AGAIN, PAUSE),
            coordinators=False,
        ),
    ):
        waiting.add(source)
