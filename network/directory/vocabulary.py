"""The closed lists of the field: standings, link types, what describes a listing. Keys are stored, labels read."""

from collections.abc import Iterator
from dataclasses import dataclass

from network.text import lazy_gettext as _l


@dataclass(frozen=True)
class Term:
    """One entry of a closed list: the key that is stored and the label that is read."""

    key: str
    label: str  # lazy: reads in the reader's language


@dataclass(frozen=True)
class Terms:
    """A closed list, in its reading order."""

    terms: tuple[Term, ...]

    def __iter__(self) -> Iterator[Term]:
        return iter(self.terms)

    def __contains__(self, key: object) -> bool:
        return any(term.key == key for term in self.terms)

    def __getitem__(self, key: str) -> Term:
        return next(term for term in self.terms if term.key == key)

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(term.key for term in self.terms)


STANDINGS = Terms(
    (
        Term("desired", _l("Desired")),
        Term("in_conversation", _l("In conversation")),
        Term("current", _l("Current")),
        Term("paused", _l("Paused")),
        Term("ended", _l("Ended")),
    )
)
PUBLIC_STANDINGS = ("current", "paused")

LINK_TYPES = Terms(
    (
        Term("member_of", _l("Member of")),
        Term("hosted_by", _l("Hosted by")),
        Term("works_with", _l("Works with")),
        Term("funds", _l("Funds")),
        Term("fiscal_sponsor_of", _l("Fiscal sponsor of")),
    )
)

SIDES = Terms((Term("offer", _l("Offers")), Term("seek", _l("Looking for"))))

KINDS = Terms(
    (
        Term("funding", _l("Funding")),
        Term("training", _l("Teaching and training")),
        Term("mentoring", _l("Mentoring and advice")),
        Term("content", _l("Learning content")),
        Term("software", _l("Software and tools")),
        Term("venue", _l("Venue")),
        Term("hosting", _l("Hosting and infrastructure")),
        Term("legal", _l("Legal and fiscal home")),
        Term("translation", _l("Translation")),
        Term("outreach", _l("Outreach and audience")),
        Term("research", _l("Research and data")),
        Term("time", _l("People's time")),
    )
)

AREAS = Terms(
    (
        Term("community", _l("Community")),
        Term("governance", _l("Legal and governance")),
        Term("technical", _l("Technical")),
        Term("sustainability", _l("Sustainability")),
    )
)

DELIVERIES = Terms(
    (
        Term("advice", _l("Advice and mentorship")),
        Term("direct", _l("Direct help")),
        Term("grant", _l("Grant")),
        Term("partnership", _l("Partnership")),
    )
)

STAGES = Terms(
    (
        Term("launch", _l("Launch")),
        Term("scale", _l("Scale")),
        Term("adapt", _l("Adapt")),
        Term("mature", _l("Mature")),
    )
)

REACHES = Terms(
    (
        Term("here", _l("Here")),
        Term("country", _l("This country")),
        Term("countries", _l("These countries")),
        Term("online", _l("Anywhere online")),
    )
)

LISTING_STATES = Terms((Term("open", _l("Open")), Term("paused", _l("Paused")), Term("met", _l("Met"))))

PRECISIONS = Terms(
    (
        Term("exact", _l("Exact")),
        Term("street", _l("Street")),
        Term("town", _l("Town")),
        Term("region", _l("Region")),
        Term("country", _l("Country")),
        Term("online", _l("Online")),
        Term("unknown", _l("Not known")),
    )
)
