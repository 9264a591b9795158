"""Mails about introductions: to the admins of a party and whoever spoke for it, each in their own language."""

from collections.abc import Iterable, Sequence
from secrets import token_urlsafe
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from network import mail
from network.accounts.models import Person
from network.accounts.pages import page
from network.accounts.present import hashed
from network.accounts.queries import admins_of, deciders_of
from network.directory.models import Link, Listing, Organization
from network.directory.queries import SHOWN
from network.introductions.models import Introduction, Party
from network.introductions.queries import organizations_of
from network.introductions.states import ACCEPTED, UNANSWERED, WAITING
from network.introductions.wording import NEXT_AFTER, REASONS_TOLD
from network.mail.models import Message
from network.text import lazy_gettext as _l

LEFT = _l("an organisation that has left")


def name_of(organization: Organization | None) -> Any:
    """What a party is called; one that left the network is named no more."""
    return organization.name if organization and organization.public else LEFT


def facts(session: Session, introduction: Introduction, party: Party) -> dict[str, Any]:
    """What every mail to a party may say: never a person, and no address but that of its page."""
    known = organizations_of(session, [introduction])
    others = [one.organization_id for one in introduction.parties if one is not party]
    listing = session.get(Listing, introduction.listing_id) if introduction.listing_id else None
    return {
        "name": known[party.organization_id].name,
        "others": names(known.get(id) for id in others),
        "by": names([known.get(introduction.asker_id)]) if introduction.asker_id else "",
        "introducer": names([known.get(introduction.introducer_id)]) if introduction.introducer_id else "",
        "listing": listing.title if listing else "",
        "exchange": len(introduction.parties) > 2,
        "until": introduction.asked_at + UNANSWERED[-1],
        "words": introduction.words,
        "link": page(f"/introductions/{introduction.id}"),
    }


def names(organizations: Iterable[Organization | None]) -> str:
    return ", ".join(str(name_of(one)) for one in organizations)


def recipients(session: Session, party: Party) -> list[Person]:
    """Who reads what is said to a party: its admins, else whoever decides for it, and the one who spoke for it."""
    member = (Link.from_id == party.organization_id, Link.type == "member_of", *SHOWN)
    networks = session.scalars(select(Link.to_id).where(*member)).all()
    found = list(deciders_of(session, party.organization_id, networks))
    spoke = session.get(Person, party.person_id) if party.person_id else None
    return list({one.id: one for one in (*found, spoke) if one}.values())


def tell(session: Session, introduction: Introduction, kind: str, parties: Iterable[Party], **more: Any) -> None:
    """Queue a mail to some of the parties, once for each person and moment."""
    session.flush()
    for party in parties:
        said = facts(session, introduction, party) | more
        for person in recipients(session, party):
            moment = len(introduction.steps), introduction.reminders
            key = f"{start(introduction)}{kind}-{party.id}-{person.id}-{moment[0]}-{moment[1]}"
            mail.notice(session, person, f"introduction_{kind}", key=key, organization_id=party.organization_id, **said)


def start(introduction: Introduction) -> str:
    """How the keys of its mails begin."""
    return f"introduction-{introduction.id}-"


def others(introduction: Introduction, party: Party | None) -> list[Party]:
    return [one for one in introduction.parties if one is not party]


def waiting(introduction: Introduction) -> list[Party]:
    """The parties that have not answered."""
    return [one for one in introduction.parties if one.answer == WAITING]


def tell_declined(session: Session, introduction: Introduction, party: Party) -> None:
    """Tell the others kindly, with the reason in words and what to do next."""
    said = {"reason": REASONS_TOLD.get(party.reason, ""), "next": NEXT_AFTER.get(party.reason, "")}
    decliner = name_of(session.get(Organization, party.organization_id))
    tell(session, introduction, "declined", others(introduction, party), decliner=decliner, **said)


def tell_accepted(session: Session, introduction: Introduction) -> None:
    """Give each party the contacts of the others: to its admins and to whoever agreed for it, and to nobody else."""
    session.flush()
    for party in introduction.parties:
        theirs = contacts(session, introduction, party)
        spoke = session.get(Person, party.person_id) if party.person_id else None
        people = {one.id: one for one in (*admins_of(session, party.organization_id), spoke) if one}
        for person in people.values():
            mail.post(
                session,
                "introduction_accepted",
                person.email,
                person.locale,
                key=f"{start(introduction)}accepted-{party.id}-{person.id}",
                organization_id=party.organization_id,
                unsubscribe=mail.to_preferences(person.id),
                contacts=theirs,
                **facts(session, introduction, party),
            )


def contacts(session: Session, introduction: Introduction, party: Party) -> Sequence[tuple[str, str, str]]:
    """Whom a party writes to at the others: (organisation, name, address), the last two empty for one who has left.

    Nothing at all before every side has accepted.
    """
    if any(one.answer != ACCEPTED for one in introduction.parties) or len(introduction.parties) < 2:
        return ()
    known = organizations_of(session, [introduction])
    found = []
    for one in others(introduction, party):
        organization = known.get(one.organization_id)
        person = session.get(Person, one.person_id) if one.person_id else None
        shown = person if organization and organization.public else None
        found.append((str(name_of(organization)), shown.name if shown else "", shown.email if shown else ""))
    return found


def ask_how_it_went(session: Session, introduction: Introduction) -> int:
    """Ask every party that has not said its last word, by a link that is good for that alone; gives how many."""
    asked = [one for one in introduction.parties if one.outcome in ("", "talking")]
    for party in asked:
        token = token_urlsafe(32)
        party.token_hash = hashed(token)
        link = page("/introductions/how", token=token)
        tell(session, introduction, "how_did_it_go", [party], how=link)
    return len(asked)


def forget(session: Session, introduction: Introduction) -> None:
    """Take out of the queue what was to be said of an introduction."""
    unsent = (Message.key.startswith(start(introduction), autoescape=True), Message.state.in_(("kept", "waiting")))
    session.execute(delete(Message).where(*unsent).execution_options(synchronize_session=False))
