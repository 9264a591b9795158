"""What waits for a person about profiles: claims, corrections, profiles that nobody answers for, those that closed."""

from collections.abc import Sequence

from flask_babel import format_date
from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from network import waiting
from network.accounts.models import Person
from network.clock import now
from network.directory.models import Organization
from network.directory.tasks import CLOSED, MENTIONED, STALE
from network.directory.waiting import DONE, cards, streams, to_edit, told
from network.profiles import claims, deciding, reporting, resting, suggestions
from network.profiles.models import Claim, Suggestion
from network.text import gettext as _
from network.text import lazy_gettext as _l
from network.waiting import HIGH, SOME, About, Act, Choice, Source, Stream, Waiting


def claim_streams() -> Sequence[Stream]:
    """Claims that somebody decides: those by a mailed link once there is an objection, or its time is over."""
    rows = Claim.id, Claim.organization_id, Claim.asked_at
    needs = or_(Claim.way == claims.STAFF, Claim.objection != "", Claim.objections_until <= now())
    return [Stream(*rows, (Claim.state.in_(claims.OPEN), needs))]


def claim_cards(session: Session, ids: Sequence[int]) -> list[Waiting]:
    query = (
        select(Claim, Person, Organization)
        .join(Person, Person.id == Claim.person_id)
        .join(Organization, Organization.id == Claim.organization_id)
        .where(Claim.id.in_(ids), Claim.state.in_(claims.OPEN))
    )
    found = []
    for claim, person, of in session.execute(query):
        free, notes = claims.grantable(claim), []
        if not free:
            day = format_date(claim.objections_until, "long")
            notes.append(
                _("It can be granted after %(day)s; until then those who look after the page may object.", day=day)
            )
        who = claims.asker_words(person)
        found.append(
            Waiting(
                "claim",
                claim.id,
                claim.asked_at,
                _("%(who)s asks to look after this page", who=who),
                About(of.id, of.slug, of.name),
                acts=("grant", "refuse") if free else ("refuse",),
                notes=tuple(notes),
                quotes=tuple(filter(None, (claim.reason, claim.objection))),
                links=((_("Who asks to look after this page"), f"/organizations/{of.slug}/claims"),),
            )
        )
    return found


def suggestion_streams() -> Sequence[Stream]:
    rows = Suggestion.id, Suggestion.organization_id, Suggestion.at
    return [Stream(*rows, suggestions.CORRECTION)]


def suggestion_cards(session: Session, ids: Sequence[int]) -> list[Waiting]:
    query = (
        select(Suggestion, Organization)
        .join(Organization, Organization.id == Suggestion.organization_id)
        .where(Suggestion.id.in_(ids), *suggestions.CORRECTION)
    )
    return [
        Waiting(
            "suggestion",
            one.id,
            one.at,
            _("Somebody suggests a correction") if one.fields else _("Somebody says that something is wrong"),
            About(of.id, of.slug, of.name),
            acts=("accept", "refuse") if one.fields else ("read",),
            quotes=(one.note,) if one.note else (),
            choices=tuple(choice(field) for field in suggestions.suggested(of, one)),
            links=((_("Suggested corrections"), f"/organizations/{of.slug}/suggestions"),),
        )
        for one, of in session.execute(query)
    ]


def choice(field: suggestions.Suggested) -> Choice:
    """A field that may be taken over; one that has moved on since is not ticked, and says what it says now."""
    shut = field.field == suggestions.SHUT
    note = _("It was changed since. Now it says: %(now)s", now=field.now or _("nothing")) if field.moved else ""
    words = ("", "") if shut else (field.before, field.after)
    return Choice(field.field, field.name, *words, ticked=not field.moved and not shut, note=note)


def report_streams() -> Sequence[Stream]:
    rows = Suggestion.id, Suggestion.organization_id, Suggestion.at
    return [Stream(*rows, suggestions.REPORT)]


def report_cards(session: Session, ids: Sequence[int]) -> list[Waiting]:
    query = (
        select(Suggestion, Organization)
        .join(Organization, Organization.id == Suggestion.organization_id)
        .where(Suggestion.id.in_(ids), *suggestions.REPORT)
    )
    return [
        Waiting(
            "report",
            one.id,
            one.at,
            _("Somebody reports this page: %(reason)s", reason=reporting.REASONS.get(one.reason, one.reason)),
            About(of.id, of.slug, of.name),
            acts=("fine", "hide") if of.public else ("fine",),
            notes=() if of.public else (_("It is not public at the moment."),),
            quotes=(one.note,) if one.note else (),
            links=((_("See it"), f"/organizations/{of.slug}"), *to_edit(About(of.id, of.slug, of.name))),
        )
        for one, of in session.execute(query)
    ]


def stale_links(about: About) -> tuple[tuple[str, str], ...]:
    place = f"/organizations/{about.slug}"
    return (_("See it"), place), (_("Write to it"), f"{place}/write"), *to_edit(about)


def closed_cards(session: Session, ids: Sequence[int]) -> list[Waiting]:
    return [
        Waiting("closed", task.id, task.opened_at, words, about, acts=("end", "done"), links=stale_links(about)[:1])
        for task, about, words in told(session, ids)
    ]


CLAIM = (
    Act(
        "grant",
        _l("Grant it"),
        _l("Granted"),
        deciding.grant,
        deciding.claim_again,
        may="decide_claim",
        words=True,
        first=True,
    ),
    Act(
        "refuse",
        _l("Refuse it"),
        _l("Refused"),
        deciding.refuse,
        deciding.claim_again,
        may="decide_claim",
        words=True,
        several=True,
    ),
)
SUGGESTION = (
    Act(
        "accept",
        _l("Take over what is ticked"),
        _l("Taken over"),
        deciding.accept,
        deciding.suggest_again,
        may="decide_suggestion",
        first=True,
    ),
    Act(
        "refuse",
        _l("Refuse it all"),
        _l("Refused"),
        deciding.decline,
        deciding.suggest_again,
        may="decide_suggestion",
        several=True,
    ),
    Act(
        "read",
        _l("I have read it"),
        _l("Read"),
        deciding.decline,
        deciding.suggest_again,
        may="decide_suggestion",
        several=True,
        first=True,
    ),
)
REPORT_ACTS = (
    Act(
        "fine",
        _l("It is fine"),
        _l("Found to be fine"),
        reporting.fine,
        deciding.suggest_again,
        may="decide_claim",
        several=True,
    ),
    Act(
        "hide",
        _l("Hide the page for now"),
        _l("Hidden for now"),
        reporting.hide,
        reporting.show,
        may="hide",
        several=True,
    ),
)
STALE_ACTS = (
    Act(
        "confirm",
        _l("It is still right"),
        _l("Confirmed"),
        resting.confirm,
        resting.unconfirm,
        may="confirm",
        several=True,
        first=True,
    ),
    Act("rest", _l("Let it rest"), _l("Paused"), resting.pause, resting.resume, may="hide", several=True),
)
END = Act("end", _l("It has ended"), _l("Ended"), resting.end, resting.come_back, may="hide", first=True)


def init_app() -> None:
    """Let the desk collect them."""
    tell = cards("stale", stale_links, [act.key for act in STALE_ACTS])
    mentioned = cards("mentioned", to_edit, ("done",))
    by_key = waiting.by_key
    for source in (
        Source("claim", _l("Claims"), HIGH, claim_streams, claim_cards, by_key(*CLAIM)),
        Source("suggestion", _l("Corrections"), SOME, suggestion_streams, suggestion_cards, by_key(*SUGGESTION)),
        Source("report", _l("Reports"), HIGH, report_streams, report_cards, by_key(*REPORT_ACTS)),
        Source("closed", _l("Closed, by what is said"), SOME, streams(CLOSED), closed_cards, by_key(END, DONE)),
        Source("stale", _l("Nobody answers"), SOME, streams(STALE), tell, by_key(*STALE_ACTS)),
        Source("mentioned", _l("Names of persons"), HIGH, streams(MENTIONED), mentioned, by_key(DONE)),
    ):
        waiting.add(source)
