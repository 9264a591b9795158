"""Carries out what was ordered: the preview of a list, its import, or taking an import back; all of it or nothing.

A process that is killed leaves its order standing and nothing else: whoever runs it again begins anew.
"""

from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from typing import Any

from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from network.interchange import actions, drafts, sources, working
from network.interchange.folders import MAPPING, PREVIEW, REPORT, folder_of
from network.interchange.gone import TOLD, gone, named_by
from network.interchange.leaves import Leafed
from network.interchange.limits import Refused
from network.interchange.models import Import, ImportDraft
from network.interchange.plans import Plan
from network.interchange.queries import PERSON
from network.interchange.remarks import in_pieces
from network.interchange.undoing import undo
from network.interchange.working import Progress, Stopped
from network.logs import log

KEPT = 200  # of what undoing left, so many are named


def run(session: Session, id: int) -> None:
    """Do what is ordered for a draft, unless another process does it; commits."""
    with working.alone(id) as free:
        state = begun(session, id) if free else ""
        if state == "reading":
            attempt(session, id, look_over)
        elif state == "ordered":
            attempt(session, id, carry_out)


def begun(session: Session, id: int) -> str:
    """What is ordered for a draft; that it was tried once more is noted first, lest a crash is repeated for ever."""
    session.rollback()
    draft = session.get(ImportDraft, id)
    state = draft.state if draft else ""
    if draft and state in ("reading", "ordered"):
        draft.attempts += 1
    session.commit()
    return state


def attempt(session: Session, id: int, work: Callable[[Session, int, Progress], None]) -> None:
    """Do something for a draft; when it comes to nothing, everything is taken back and the draft says why."""
    try:
        work(session, id, Progress(folder_of(id)))
    except Stopped:
        give_back(session, id, "stopped")
    except actions.Moved:
        session.rollback()
        draft = session.get(ImportDraft, id)
        if draft:
            drafts.order(draft, "reading")
            session.commit()
            attempt(session, id, look_over)
            say(session, id, "moved")
    except Refused as error:
        give_back(session, id, in_pieces(error.told, 500))
    except DBAPIError:
        session.rollback()
        raise  # the database did not take it: the order stands, and a tick tries again
    except Exception:
        log.exception("the import draft %s failed", id)
        give_back(session, id, "broken")


def give_back(session: Session, id: int, note: str) -> None:
    session.rollback()
    draft = session.get(ImportDraft, id)
    if draft and draft.state in ("reading", "ordered"):
        drafts.give_back(draft, note)
    session.commit()


def say(session: Session, id: int, note: str) -> None:
    """Say something beside the preview."""
    draft = session.get(ImportDraft, id)
    if draft and draft.state == "ready":
        draft.note = note
    session.commit()


def order_of(draft: ImportDraft) -> actions.Order:
    """What the importer is told of a draft."""
    folder = folder_of(draft.id)
    by = f"{PERSON}{draft.person_id}" if draft.person_id else ""
    file, called = folder / draft.file, draft.file_name
    return actions.Order(file, mapping=folder / MAPPING, source=draft.source, by=by, called=called)


def reading(session: Session) -> None:
    """Begin a transaction that only reads, so that others may write meanwhile."""
    session.rollback()
    session.connection(execution_options={"read_only": True})


def look_over(session: Session, id: int, progress: Progress) -> None:
    """Find every row's fate, and write it down for the page."""
    reading(session)
    draft = session.get_one(ImportDraft, id)
    with closing(actions.preview(session, order_of(draft), progress)) as seen:
        with Leafed(folder_of(id) / PREVIEW) as rows:
            counts = actions.rehearse(seen, rows)
            said = actions.summary(seen, counts, None, written=False)
            rows.finish(said)
        digest, more = seen.plan.digest, {"broken": seen.plan.broken, "doubts": dict(rows.doubts)}
        more |= left_out(session, id, seen.plan)
    session.rollback()
    draft = session.get_one(ImportDraft, id)
    if draft.state != "reading":
        raise Stopped
    progress.look()
    draft.state, draft.counts, draft.digest, draft.note, draft.attempts = "ready", counts, digest, "", 0
    draft.said = draft.said | {name: said[name] for name in said.keys() - {"counts", "file"}} | more
    draft.version += 1
    session.commit()


def left_out(session: Session, id: int, plan: Plan) -> dict[str, Any]:
    """What a list that refreshes had brought and names no more; nothing of one that can't be read to its end."""
    source = sources.of_draft(session, id)
    if source is None or plan.broken or not len(plan.rows):
        return {}
    lost = gone(session, source.name, named_by(plan))
    return {"gone": lost[:TOLD], "gone_count": len(lost)}


def carry_out(session: Session, id: int, progress: Progress) -> None:
    """Import a draft as it was seen and decided; that it is done stands in the same transaction."""
    reading(session)
    draft = session.get_one(ImportDraft, id)
    order = replace(
        order_of(draft),
        decisions=drafts.decisions_of(draft),
        skip_errors=drafts.skips_errors(draft.decisions),
        seen=draft.digest,
    )
    with closing(actions.preview(session, order, progress)) as seen, Leafed(folder_of(id) / REPORT) as rows:
        session.rollback()
        record = actions.carry_out(session, seen, rows, progress)
        draft = session.get_one(ImportDraft, id)
        if draft.state != "ordered":
            raise Stopped
        progress.look()
        draft.state, draft.import_id, draft.counts, draft.note = "done", record.id, record.counts, ""
        draft.version += 1
        rows.finish(actions.summary(seen, record.counts, record, written=True))
        session.commit()


def run_undo(session: Session, number: int) -> None:
    """Take an import back for which that was ordered, unless another process does it; commits."""
    name = f"undo-{number}"
    with working.alone(name) as free:
        if not free:
            return
        session.rollback()
        try:
            done = undo(session, number, actions.step(Progress(folder_of(name)), "undoing"))
            actions.finish(session, sorted(set(done.touched)))
            kept = [
                {"line": one.line, "slug": one.slug, "what": in_pieces(one.what, 500), "why": in_pieces(one.why, 500)}
                for one in done.left[:KEPT]
            ]
            session.get_one(Import, number).kept = kept
            session.commit()
        except (Stopped, Refused):
            session.rollback()
            record = session.get(Import, number)
            if record:
                record.undo_ordered_at = None
            session.commit()
        finally:
            working.forget_stop(name)
