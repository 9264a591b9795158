"""Who reads an introduction: for which of its parties, in which hat, and what they may do and see by that."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from network.directory import queries as directory
from network.directory.models import Organization
from network.extensions import db
from network.hats import Hat, Subject, Worn
from network.introductions import states, telling
from network.introductions.models import Introduction, Party
from network.introductions.states import Position
from network.permissions import identity, may, wearing

NEEDS = {"accept": "answer_introduction", "decline": "answer_introduction", "question": "answer_introduction"}
OTHERWISE = "ask_introduction"
CLOSEST = (Hat.ADMIN, Hat.REPRESENTATIVE, Hat.COORDINATOR, Hat.STAFF)
OWN = (Hat.ADMIN, Hat.REPRESENTATIVE)


@dataclass(frozen=True)
class Part:
    """One of the parties, for which the reader may act in a hat."""

    party: Party
    organization: Organization
    subject: Subject
    worn: Worn

    @property
    def own(self) -> bool:
        """Whether the reader is one of its own people."""
        return self.worn.hat in OWN

    def may(self, action: str) -> bool:
        return may(NEEDS.get(action, OTHERWISE), identity(), self.subject)


def parts(introduction: Introduction, organizations: Mapping[int, Organization]) -> list[Part]:
    """The parties for which whoever asks may read an introduction, their own first."""
    found = []
    for party in introduction.parties:
        organization = organizations[party.organization_id]
        subject = directory.subject(db.session(), organization.slug)
        worn = wearing(OTHERWISE, identity(), subject) if isinstance(subject, Subject) else None
        if isinstance(subject, Subject) and worn:
            found.append(Part(party, organization, subject, worn))
    return sorted(found, key=lambda part: CLOSEST.index(part.worn.hat))


def chosen(mine: Sequence[Part], slug: str) -> Part | None:
    """The party that was asked for among one's own, else the closest."""
    named = [part for part in mine if part.organization.slug == slug]
    return next(iter((*named, *mine)), None)


def staff() -> bool:
    return any(worn.hat == Hat.STAFF for worn in identity().worn)


def proposed(introduction: Introduction) -> bool:
    """Whether the reader looks after a proposal of the network's own: staff, and whoever made it."""
    return introduction.asker_id is None and (staff() or introduction.person_id == identity().person_id)


def doings(introduction: Introduction, position: Position, part: Part | None) -> list[str]:
    """What the reader may do for a party now; for a proposal of staff or a coordinator, take it back."""
    number = introduction.parties.index(part.party) if part else None
    found = [action for action in states.allowed(position, number) if part and part.may(action)]
    return [*found, *(states.allowed(position, None) if proposed(introduction) else ())]


def contacts(introduction: Introduction, position: Position, part: Part | None) -> Sequence[tuple[str, str, str]]:
    """Whom to write to, for a party's own people and whoever agreed for it, once everyone agreed; else nothing."""
    if part is None or not position.contacts:
        return ()
    if not part.own and part.party.person_id != identity().person_id:
        return ()
    return telling.contacts(db.session(), introduction, part.party)


def named(organization: Organization, part: Part | None) -> str:
    """What a party is called for this reader: one that left the network is named to its own people alone."""
    if part and part.organization is organization:
        return organization.name
    subject = directory.subject(db.session(), organization.slug) if not organization.public else None
    seen = isinstance(subject, Subject) and may("see", identity(), subject)
    return organization.name if seen else str(telling.name_of(organization))
