"""Whose matches would change if something had a name: asked before it gets it."""

from collections.abc import Collection
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from network.directory import thesaurus as words
from network.directory.concepts import Concept, Thesaurus
from network.matching.matcher import matcher
from network.matching.profiling import Facts
from network.matching.trying import Shifts, shifts
from network.places.folding import fold
from network.topics.concerned import sayers
from network.topics.labelling import alike, bearer
from network.topics.queries import organizations

SHOWN = 10
NEW = "new"


@dataclass(frozen=True)
class Told:
    """An organisation whose best nine would change: who comes, and who goes, by name."""

    slug: str
    name: str
    gains: tuple[str, ...]
    loses: tuple[str, ...]


@dataclass(frozen=True)
class Preview:
    """Whose matches would change: the first, and the numbers."""

    shifts: Shifts
    first: tuple[Told, ...]

    @property
    def number(self) -> int:
        return len(self.shifts.shifts)

    @property
    def more(self) -> int:
        return self.number - len(self.first)


def preview(
    session: Session, concept: Concept | None, locale: str, label: str, facet: str = "", users: Collection[int] = ()
) -> Preview:
    """What becomes of matches if a topic, or a new one of a facet, gets a name, and `users` of the word the topic."""
    known = words.thesaurus(session)
    meant = concept or Concept(max(known.concepts, default=0) + 1, NEW, facet)
    after = with_name(session, known, meant, locale, label)

    def told(facts: Facts) -> Facts:
        return replace(facts, themes=(*facts.themes, meant.id)) if facts.context.id in users else facts

    ids = sayers(session, [(locale, label)]) | set(users)
    found = shifts(session, matcher(), after, ids, told)
    some = found.shifts[:SHOWN]
    names = organizations(session, [id for one in some for id in (one.organization, *one.gains, *one.loses)])
    first = tuple(
        Told(
            *names[one.organization],
            tuple(names[id][1] for id in one.gains if id in names),
            tuple(names[id][1] for id in one.loses if id in names),
        )
        for one in some
        if one.organization in names
    )
    return Preview(found, first)


def with_name(session: Session, known: Thesaurus, meant: Concept, locale: str, label: str) -> Thesaurus:
    """The words of the network with one more name of a topic, and without it for any other."""
    other = bearer(session, locale, label)
    also = alike(known, other.id, locale, label) if other and other.id != meant.id else []
    wanted = {fold(one) for one in (label, *also)}
    concepts = {
        id: replace(
            one, labels=one.labels | {locale: tuple(x for x in one.labels.get(locale, ()) if fold(x) not in wanted)}
        )
        for id, one in known.concepts.items()
    }
    own = concepts.get(meant.id, meant)
    concepts[meant.id] = replace(own, labels=own.labels | {locale: (*own.labels.get(locale, ()), label)})
    away = [(other.slug, locale, one) for one in wanted] if other else []
    return words.read(session, concepts.values(), away)
