"""Erasing: a person, an entry, an organisation; and all of that again after an older backup was restored."""

from collections.abc import Callable, Collection, Iterator, Mapping

from sqlalchemy import Table, delete, func, or_, select, update
from sqlalchemy.orm import Session

from network.accounts.addresses import folded
from network.accounts.models import Invitation, Person, SignInLink
from network.clock import now
from network.directory.documents import reindex
from network.directory.models import FormerSlug, Organization, Task
from network.directory.tasks import MENTIONED
from network.extensions import db, touched
from network.history import erasing, ledger
from network.mail import outbox
from network.mail.models import Message
from network.profiles.models import ContactPerson, OwnLink, Question, Suggestion

ENTRY = "contact_person"  # as the history calls it
FREE_TEXTS = {
    "claim": ("reason", "objection"),
    "suggestion": ("note", "fields"),
    "departure": ("reason",),
    "task": ("facts",),
    "import": ("by",),
    "passkey": ("name",),
}
"""Where somebody may have written about somebody else: a text that names an erased person is emptied."""
PUBLISHED = {"organization": ("email", "phone", "coordinator"), "import_row": ("before", "after", "said")}
"""Where an organisation publishes an address or a name as its own: emptied when the person asks for that too."""
IN_OWN_WORDS = {
    "organization": ("name", "summary", "description", "address", "meets", "coordinator", "email", "phone"),
    "listing": ("title", "detail", "in_return"),
}
"""What an organisation says in its own words: not ours to change, so staff are asked to look at it."""
PERSON_GOES: list[Callable[[Session, int], None]] = []
ORGANIZATION_GOES: list[Callable[[Session, int], None]] = []
"""What the features above do before a person, or an organisation, with an id is erased."""
UNTOUCHED = ("place", "change", "topic", "alembic")  # how the tables begin that nothing is ever erased from


def tables() -> list[Table]:
    """Every table that something may be erased from."""
    return [table for table in db.metadata.sorted_tables if not table.name.startswith(UNTOUCHED)]


def erase_person(session: Session, email: str, published: bool = False) -> tuple[str, ...]:
    """Erase everything about an address; where an organisation publishes it as its own, only if that is asked for too.

    Gives the words that stood for the person, for `leave_no_trace` after the commit.
    """
    email = folded(email)
    entries = session.scalars(select(ContactPerson).where(ContactPerson.email == email)).all()
    ids = {one.id for one in entries} | erasing.things_that_said(session, ENTRY, "email", email)
    words = known_by(session, email, ids)
    erasing.forget_things(session, ENTRY, ids)
    erasing.forget_words(session, words, personal=True)
    if (id := session.scalar(select(Person.id).where(Person.email == email))) is not None:
        for forget in PERSON_GOES:
            forget(session, id)
    session.execute(delete(ContactPerson).where(ContactPerson.email == email))
    session.execute(delete(Person).where(Person.email == email))
    for model in (Invitation, SignInLink, OwnLink):
        session.execute(delete(model).where(func.lower(model.email) == email))
    session.execute(update(Suggestion).where(func.lower(Suggestion.email) == email).values(email="", note=""))
    session.execute(update(Question).where(func.lower(Question.email) == email).values(email=""))
    forget_messages(session, words)
    for name, columns in FREE_TEXTS.items():
        erasing.empty_texts(session, db.metadata.tables[name], columns, words)
    kept = where_said(session, PUBLISHED, words)
    if published or not kept:
        for name, columns in PUBLISHED.items():
            erasing.empty_texts(session, db.metadata.tables[name], columns, words)
        erasing.forget_words(session, words, personal=False)
        reindex(session, sorted(kept))
    session.expire_all()
    ask_to_look(session, where_said(session, IN_OWN_WORDS, words) - (set() if published else kept))
    entered = [(ledger.ADDRESS, email)] + ([(ledger.PUBLISHED, email)] if published else [])
    ledger.enter(session, [ledger.digest(*one) for one in entered])
    return words


def known_by(session: Session, email: str, entries: Collection[int]) -> tuple[str, ...]:
    """The words by which somebody is recognised in texts: address, names and telephones, also former ones."""
    words = {email, session.scalar(select(Person.name).where(Person.email == email)) or ""}
    for name, phone in session.execute(
        select(ContactPerson.name, ContactPerson.phone).where(ContactPerson.email == email)
    ):
        words |= {name, phone}
    return erasing.telling(words | erasing.values_of(session, ENTRY, ("name", "phone"), entries))


def forget_messages(session: Session, words: Collection[str]) -> None:
    """Take every message out of the queue that goes to somebody, answers to them or names them."""
    columns = (Message.address, Message.reply_to, Message.subject, Message.text, Message.html, Message.unsubscribe)
    session.execute(delete(Message).where(or_(*(erasing.mentions(column, words) for column in columns))))


def where_said(session: Session, places: Mapping[str, tuple[str, ...]], words: Collection[str]) -> set[int]:
    """The organisations that say one of some words in some columns."""
    found: set[int] = set()
    for name, columns in places.items():
        table = db.metadata.tables[name]
        owner = table.c.id if name == "organization" else table.c.organization_id
        said = or_(*(erasing.mentions(table.c[column], words) for column in columns))
        found.update(id for id in session.scalars(select(owner).where(said)) if id)
    return found


def ask_to_look(session: Session, ids: Collection[int]) -> None:
    """Open a task for staff: a profile still names somebody who was erased. It doesn't say whom."""
    known = {task.organization_id: task for task in session.scalars(select(Task).where(Task.key == MENTIONED))}
    for id in ids:
        if id in known:
            known[id].done_at = None
        else:
            session.add(Task(organization_id=id, key=MENTIONED))


def erase_entry(session: Session, contact: ContactPerson) -> tuple[str, ...]:
    """Erase somebody as a contact person of one organisation, and what its history says of them."""
    words = erasing.telling((contact.email, contact.name, contact.phone))
    erasing.forget_things(session, ENTRY, [contact.id])
    mine = (Message.organization_id == contact.organization_id, func.lower(Message.address) == contact.email)
    session.execute(delete(Message).where(*mine))
    session.execute(delete(ContactPerson).where(ContactPerson.id == contact.id))
    ledger.enter(session, [entry_of(contact)])
    return words


def entry_of(contact: ContactPerson) -> str:
    return ledger.digest(ledger.CONTACT, contact.organization_id, contact.email)


def erase_organization(session: Session, organization: Organization) -> tuple[str, ...]:
    """Erase an organisation with everything that hangs on it; its addresses say from now on that it has left."""
    id, slug = organization.id, organization.slug
    for forget in ORGANIZATION_GOES:
        forget(session, id)
    rows = session.execute(select(ContactPerson.email, ContactPerson.phone).where(ContactPerson.organization_id == id))
    words = erasing.telling({organization.email, *(word for row in rows for word in row)})
    imported = db.metadata.tables["import_row"]
    session.execute(delete(imported).where(imported.c.organization_id == id))
    session.execute(delete(Message).where(Message.organization_id == id))
    session.execute(update(FormerSlug).where(FormerSlug.organization_id == id).values(organization_id=None))
    session.delete(organization)
    session.flush()
    session.add(FormerSlug(slug=slug, organization_id=None))
    ledger.enter(session, [ledger.digest(ledger.ORGANIZATION, slug)])
    return words


def leave_no_trace(session: Session, words: Collection[str]) -> None:
    """After the commit: the ledger's file, the outbox, and what the database's files still hold."""
    ledger.write_down(session)
    session.commit()
    for word in words:
        outbox.forget(word)
    erasing.leave_no_bytes(db.engine, tables())


def catch_up(session: Session) -> str:
    """What a tick does: links that have had their time go, and what erasing could not finish is finished."""
    old = touched(session, delete(OwnLink).where(OwnLink.expires_at < now()))
    session.commit()
    ledger.write_down(session)
    session.commit()
    erasing.empty_log(db.engine)
    return f"{old} links forgotten"


def addresses(session: Session) -> Iterator[str]:
    """Every address that is stored, also in the history."""
    columns = (Person.email, ContactPerson.email, Invitation.email, SignInLink.email, OwnLink.email, Suggestion.email)
    found = erasing.values_of(session, ENTRY, ("email",))
    for column in (*columns, Question.email, Message.address, Message.reply_to, Organization.email):
        found.update(session.scalars(select(column).distinct()))
    return (email for email in sorted({folded(one) for one in found}) if email)


def erase_again(session: Session, entries: Collection[str]) -> int:
    """Erase whatever of the ledger's entries is stored; gives how many things that were."""
    done = 0
    for organization in session.scalars(select(Organization)).all():
        if ledger.digest(ledger.ORGANIZATION, organization.slug) in entries:
            erase_organization(session, organization)
            done += 1
    for email in list(addresses(session)):
        if ledger.digest(ledger.ADDRESS, email) in entries:
            erase_person(session, email, published=ledger.digest(ledger.PUBLISHED, email) in entries)
            done += 1
    for contact in session.scalars(select(ContactPerson)).all():
        if entry_of(contact) in entries:
            erase_entry(session, contact)
            done += 1
    ledger.enter(session, entries, now())
    return done
