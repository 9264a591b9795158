"""What was done to the topics, and taking it back."""

from flask import abort, flash, redirect
from flask.typing import ResponseReturnValue

from network.extensions import db
from network.text import gettext as _
from network.text import ngettext
from network.topics import queries, wording
from network.topics.blueprint import blueprint
from network.topics.models import TopicChange
from network.topics.taking_back import take_back, undoable
from network.topics.views import common
from network.topics.views.common import PATH
from network.waiting import Refused
from network.web import render


@blueprint.get(f"{PATH}/changes")
def changes() -> ResponseReturnValue:
    """What was done to the topics in the last thirty days, the newest first."""
    found = [(one, wording.change(one), undoable(one)) for one in queries.changes(db.session())]
    topics = queries.slugs(db.session(), [one.topic_id for one, _words, _undoable in found if one.topic_id])
    names = {id: (slug, common.label(slug)) for id, slug in topics.items()}
    return render("topics/changes.html", changes=found, names=names, **common.facts())


@blueprint.post(f"{PATH}/changes/<int:id>/undo")
def undo(id: int) -> ResponseReturnValue:
    """Take something back."""
    session = db.session()
    change = (session.get(TopicChange, id) if id < 2**31 else None) or abort(404)
    try:
        left = take_back(session, change, common.me())
        session.commit()
    except Refused as refused:
        session.rollback()
        flash(str(refused))
    else:
        more = ngettext(
            "%(num)s entry was changed since, and stays as it is.",
            "%(num)s entries were changed since, and stay as they are.",
            left,
        )
        flash(_("Taken back.") + (f" {more}" if left else ""))
    return redirect(f"{PATH}/changes", 303)
