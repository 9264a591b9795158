"""Corrections that anybody may suggest: they wait, and are taken over field by field."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask import current_app
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from network import mail
from network.accounts.queries import colleagues
from network.clock import now
from network.directory.models import Organization
from network.directory.tasks import CLOSED, settle_task
from network.extensions import touched
from network.history.differing import Piece, difference
from network.history.recording import encoded
from network.profiles.claims import alone, deciders
from network.profiles.editing import write
from network.profiles.entering import address
from network.profiles.models import Suggestion
from network.profiles.wording import PROSE, field_name, value_words
from network.text import gettext as _

FIELDS = (
    *("name", "summary", "description", "website", "email", "phone", "languages"),
    *("address", "town", "region", "country", "online", "meets", "newcomers"),
)
SHUT = "closed"
MOST = 40  # of one organisation that wait
CORRECTION = (Suggestion.state == "waiting", Suggestion.reason == "")
REPORT = (Suggestion.state == "waiting", Suggestion.reason != "")
KEPT = timedelta(days=90)  # the address of whoever suggests, while nobody decides


class Refused(Exception):
    """What can't be suggested or decided: why, in a sentence."""


@dataclass(frozen=True)
class Suggested:
    """A field of a suggestion: what stood there then, what is suggested, and what it says now if it has moved on."""

    field: str
    name: str
    before: str
    after: str
    pieces: tuple[Piece, ...]
    moved: bool
    now: str


def forget_senders(session: Session) -> str:
    """Forget where those are reached whose suggestions nobody decided for long."""
    old = (Suggestion.email != "", Suggestion.at < now() - KEPT)
    return f"{touched(session, update(Suggestion).where(*old).values(email=''))} addresses forgotten"


def differing(organization: Organization, typed: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """What somebody typed that the profile doesn't say, by field, each with what it says: as it is stored."""
    found = {}
    for name in FIELDS:
        if name in typed:
            before, after = encoded(getattr(organization, name)), encoded(typed[name])
            if before != after:
                found[name] = {"before": before, "after": after}
    if typed.get(SHUT):
        found[SHUT] = {"before": False, "after": True}
    return found


def make(
    session: Session,
    organization: Organization,
    typed: Mapping[str, Any],
    note: str,
    email: str,
    locale: str,
    reason: str = "",
) -> Suggestion:
    """Keep a suggestion, or with a reason a report, and tell whom it concerns. The same twice is kept once.

    A report stands in the queue of those who look after the network; nobody is told by mail. Raises Refused.
    """
    fields = differing(organization, typed)
    if not fields and not note and not reason:
        raise Refused(_("Change what is wrong, or write what it is."))
    alone(session, organization.id)
    open_ones = reports(session, organization.id) if reason else waiting(session, organization.id)
    for known in open_ones:
        if (known.fields, known.reason, known.note, known.email) == (fields, reason, note, email):
            return known
    if len(open_ones) >= MOST:
        raise Refused(_("Many suggestions wait for this page already. Try again in some days."))
    made = Suggestion(organization_id=organization.id, fields=fields, note=note, email=email, locale=locale, at=now())
    made.reason = reason
    session.add(made)
    session.flush()
    if not reason:
        tell(session, organization, made)
    return made


def tell(session: Session, organization: Organization, made: Suggestion) -> None:
    """Tell the organisation's people; where there are none, those who look after its network and the whole."""
    people = [role.person for role in colleagues(session, organization.id)] or deciders(session, organization.id)
    for person in {one.id: one for one in people}.values():
        mail.notice(
            session,
            person,
            "suggestion_made",
            key=f"suggestion:{made.id}:{person.id}",
            organization_id=organization.id,
            organization=organization,
            fields=[field_name(name) for name in made.fields],
            note=made.note,
            link=address(f"/organizations/{organization.slug}/suggestions"),
        )


def waiting(session: Session, organization_id: int) -> Sequence[Suggestion]:
    """The corrections for an organisation that nobody decided, the oldest first."""
    query = select(Suggestion).where(Suggestion.organization_id == organization_id, *CORRECTION)
    return session.scalars(query.order_by(Suggestion.id)).all()


def reports(session: Session, organization_id: int) -> Sequence[Suggestion]:
    """The reports about an organisation's page that nobody decided, the oldest first."""
    query = select(Suggestion).where(Suggestion.organization_id == organization_id, *REPORT)
    return session.scalars(query.order_by(Suggestion.id)).all()


def waiting_count(session: Session, organization_id: int) -> int:
    mine = (Suggestion.organization_id == organization_id, *CORRECTION)
    return session.scalar(select(func.count()).select_from(Suggestion).where(*mine)) or 0


def suggestion_of(session: Session, organization_id: int, id: int) -> Suggestion | None:
    """A correction by its number, if it is for the organisation."""
    found = session.get(Suggestion, id)
    return found if found and found.organization_id == organization_id and not found.reason else None


def suggested(organization: Organization, suggestion: Suggestion) -> list[Suggested]:
    """A suggestion field by field, beside what the profile says today."""
    rows = []
    for name in (*FIELDS, SHUT):
        if name not in suggestion.fields:
            continue
        before, after = suggestion.fields[name]["before"], suggestion.fields[name]["after"]
        here = False if name == SHUT else encoded(getattr(organization, name))
        old, new = value_words(name, before), value_words(name, after)
        pieces = difference(old, new) if name in PROSE and old and new else ()
        moved = here != before
        rows.append(Suggested(name, field_name(name), old, new, pieces, moved, value_words(name, here)))
    return rows


def decide(
    session: Session, organization: Organization, suggestion: Suggestion, accepted: Collection[str], by: int | None
) -> None:
    """Take over the accepted fields, refuse the others, and tell who suggested them. Raises Refused."""
    session.refresh(suggestion)
    if suggestion.state != "waiting":
        raise Refused(_("This was decided already."))
    taken = [name for name in suggestion.fields if name in accepted]
    values = {name: suggestion.fields[name]["after"] for name in taken if name != SHUT}
    if "languages" in values:
        values["languages"] = tuple(values["languages"])
    write(session, organization, values)
    if SHUT in taken:
        settle_task(session, organization.id, CLOSED, {})
    suggestion.state, suggestion.accepted = "decided", taken
    suggestion.decided_at, suggestion.decided_by_id = now(), by
    if suggestion.email:
        mail.notice(
            session,
            suggestion.email,
            "suggestion_decided",
            suggestion.locale or current_app.config["DEFAULT_LOCALE"],
            organization_id=organization.id,
            organization=organization,
            reported=bool(suggestion.reason),
            accepted=[field_name(name) for name in taken],
            refused=[field_name(name) for name in suggestion.fields if name not in taken],
            link=address(f"/organizations/{organization.slug}"),
        )
    suggestion.email = ""
    session.flush()
