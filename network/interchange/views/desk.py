"""What the pages of imports share: the list that an address means, and setting to work what is ordered."""

from flask import abort, redirect
from flask.typing import ResponseReturnValue

from network.extensions import db
from network.interchange import drafts, working
from network.interchange.models import Import, ImportDraft

LARGEST = 2**31


def draft_here(id: int, lock: bool = False) -> ImportDraft:
    """A list that waits, or was imported lately; 404 when there is none of that number."""
    found = db.session.get(ImportDraft, id, with_for_update=lock) if id < LARGEST else None
    return found or abort(404)


def import_here(id: int, lock: bool = False) -> Import:
    """An import; 404 when there is none of that number."""
    found = db.session.get(Import, id, with_for_update=lock) if id < LARGEST else None
    return found or abort(404)


def page_of(draft: ImportDraft) -> str:
    return f"/interchange/drafts/{draft.id}"


def set_to_work(draft: ImportDraft) -> ResponseReturnValue:
    """Do at once what is ordered for a short list; a longer one goes to a process of its own. Commits."""
    address, id, rows = page_of(draft), draft.id, draft.rows
    db.session.commit()
    if rows <= drafts.SMALL:
        from network.interchange import running  # it takes megabytes that most processes never need

        running.run(db.session(), id)
    else:
        working.start(id, "run-draft", id)
    return redirect(address, 303)
