"""The page of matches that nobody acted on: to be proposed by staff, or by coordinators for their networks."""

from flask.typing import ResponseReturnValue

from network.extensions import db
from network.matching import hooks, staffing
from network.matching.blueprint import blueprint
from network.matching.looking import desk_here
from network.matching.matcher import matcher
from network.text import gettext as _
from network.text import lazy_gettext as _l
from network.web import render

STRENGTHS = {"strong": _l("Strong matches"), "good": _l("Good matches"), "possible": _l("Possible matches")}
WHOLE = 1000  # characters of a proposal


@blueprint.get("/matching/staff")
def staff() -> ResponseReturnValue:
    """Matches that nobody acted on, by strength, each to be proposed to both; and what comes of suggestions."""
    desk, session = desk_here(), db.session()
    found = staffing.unacted(session, matcher(), desk.networks)
    return render(
        "matching/staff.html",
        staff=desk.staff,
        strengths=[(str(words), [one for one in found if one.strength == key]) for key, words in STRENGTHS.items()],
        opening=opening,
        exposure=staffing.exposure(session) if desk.staff else None,
        numbers=[tell(session) for tell in hooks.numbers] if desk.staff else (),
    )


def opening(one: staffing.Unacted) -> str:
    """The words that a proposal begins with, to be changed."""
    return " ".join([*one.why, _("We think that you should meet.")])[:WHOLE]
