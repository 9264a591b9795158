"""Reports: a visitor says that something is wrong with a page. They wait for the staff and coordinators alone."""

from sqlalchemy.orm import Session

from network.directory.models import Organization
from network.profiles import leaving, suggestions
from network.profiles.deciding import alone, decline, suggest_again, suggestion_of
from network.profiles.models import Suggestion
from network.text import gettext as _
from network.text import lazy_gettext as _l
from network.waiting import Before, By, Refused, Row

REASONS = {
    "wrong": _l("It is wrong or out of date"),
    "closed": _l("It has closed, or was never there"),
    "spam": _l("It is advertising, or pretends to be somebody else"),
    "harm": _l("It harms somebody, or names a person who doesn't want that"),
    "other": _l("Something else"),
}


def report(
    session: Session, organization: Organization, reason: str, note: str, email: str, locale: str
) -> Suggestion | None:
    """Keep a report until somebody looks at it; gives nothing when so many wait that one more says nothing new."""
    try:
        return suggestions.make(session, organization, {}, note, email, locale, reason)
    except suggestions.Refused:
        return None


def fine(session: Session, row: Row, by: By) -> Before:
    """Say that the page is as it should be, or was put right."""
    return decline(session, row, by)


def hide(session: Session, row: Row, by: By) -> Before:
    """Take the page out of public for now."""
    organization, _report = suggestion_of(session, row.id)
    if organization.standing == leaving.ENDED:
        raise Refused(_("It has ended already."))
    before = decline(session, row, by)
    return before | {"departure": leaving.leave(session, organization, "", by.person_id).id}


def show(session: Session, row: Row, before: Before, by: By) -> None:
    """Let the page be public again as it was, and the report wait."""
    organization = alone(session, row.organization_id or 0)
    departure = leaving.departure_of(session, organization.id)
    if departure is None or departure.id != before["departure"] or organization.standing != leaving.ENDED:
        raise Refused(_("It came back, or left again, since."))
    leaving.come_back(session, organization)
    suggest_again(session, row, before, by)
