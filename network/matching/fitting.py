"""What answers one listing, and what answers a sentence that somebody typed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from network.directory.models import Listing
from network.directory.thesaurus import thesaurus
from network.locales import chosen
from network.matching import cards, queries
from network.matching.cards import Fit
from network.matching.matcher import matcher
from network.matching.understanding import understand

BEST, TO_WORDS = 3, 10
SPARE = 12  # looked for besides, as some may be put aside


@dataclass(frozen=True)
class Chip:
    """A concept that a sentence names, and how the words say it, if they say it otherwise; or a guess at what it is."""

    label: str
    phrase: str
    slug: str
    guessed: bool = False


@dataclass(frozen=True)
class Sentence:
    """What was understood of a sentence, what was left out of it as not meant, and who fits."""

    chips: Sequence[Chip]
    left_out: Sequence[str]
    fits: Sequence[Fit]


def best(session: Session, listing: Listing) -> list[Fit]:
    """The three organisations that fit an open listing best."""
    aside = queries.aside(session, listing.organization_id, date.today())
    found = matcher().answers(session, listing.id, BEST + SPARE)
    return cards.fits(session, listing.organization_id, found, listing.side == "seek", aside, BEST)


def sentence(session: Session, text: str, seeking: bool) -> Sentence:
    """Who fits a sentence, for a reader without an account."""
    known, locale = thesaurus(session), chosen()
    meant = understand(known, text, offer=not seeking)
    chips = []
    for id in dict.fromkeys((*(kind for kind, _weight in meant.kinds), *meant.topics)):
        label, phrase = known.label(id, locale), meant.phrases.get(id, "")
        said = phrase if phrase.casefold() != label.casefold() else ""
        chips.append(Chip(label, said, known.concepts[id].slug, id not in meant.phrases))
    answers = matcher().to_words(session, text, TO_WORDS + SPARE, seeking)
    return Sentence(chips, meant.left_out, cards.fits(session, 0, answers, seeking, most=TO_WORDS))
