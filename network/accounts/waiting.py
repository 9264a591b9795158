"""Who of the staff lost their passkeys and waits for two others to vouch: seen by the staff alone."""

from collections.abc import Sequence

from sqlalchemy import Integer, cast, null, select
from sqlalchemy.orm import Session

from network import waiting
from network.accounts.models import Person, Recovery
from network.accounts.recovery import WAITS
from network.clock import now
from network.text import gettext as _
from network.text import lazy_gettext as _l
from network.waiting import HIGH, Source, Stream, Waiting


def streams() -> Sequence[Stream]:
    open = (Recovery.done_at.is_(None), Recovery.asked_at > now() - WAITS)
    return [Stream(Recovery.id, cast(null(), Integer), Recovery.asked_at, open)]


def tell(session: Session, ids: Sequence[int]) -> list[Waiting]:
    """The cards of some who ask. Vouching has a page of its own: it asks once more who you are."""
    query = select(Recovery, Person).join(Person, Person.id == Recovery.person_id).where(Recovery.id.in_(ids))
    return [
        Waiting(
            "recovery",
            one.id,
            one.asked_at,
            _("%(who)s lost the passkeys, and needs two who vouch", who=person.name or person.email),
            links=((_("Speak with them, then vouch"), "/accounts/recoveries"),),
        )
        for one, person in session.execute(query)
    ]


def init_app() -> None:
    """Let the desk collect them."""
    waiting.add(Source("recovery", _l("Lost passkeys"), HIGH, streams, tell, coordinators=False))
