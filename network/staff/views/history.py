"""Everything that was changed: who, what, when, and taking it back."""

from flask import request
from flask.typing import ResponseReturnValue

from network.extensions import db
from network.matching.looking import desk_here
from network.staff import past
from network.staff.blueprint import blueprint
from network.text import lazy_gettext as _l
from network.web import render

PATH = "/staff/history"
THINGS = {
    "organization": _l("Profiles"),
    "listing": _l("Offers and seeks"),
    "link": _l("Ties"),
    "contact_person": _l("Contact persons"),
    "introduction": _l("Introductions"),
    "prospect": _l("Partners that are looked for"),
    "value_check": _l("What partnerships are worth"),
}


@blueprint.get(PATH)
def history() -> ResponseReturnValue:
    """Every change of every organisation that the desk looks after, the newest first."""
    desk, asked, session = desk_here(), past.Asked.parse(request.args), db.session()
    found, more = past.edits(session, desk, asked)
    return render(
        "staff/history.html",
        block="changes",
        asked=asked,
        path=PATH,
        desk=desk,
        changes=past.changed(session, found),
        more=more,
        people=past.people(session, desk),
        things=THINGS,
    )
