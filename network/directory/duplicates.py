"""Whether two organisations are one: pieces of evidence that add up, each with the two values it compared. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache

from network.directory import addressing
from network.directory.addressing import Addresses
from network.directory.naming import Name, Word, named
from network.directory.resembling import Resemblance, in_place, is_telling, resemblance
from network.places.distance import kilometres
from network.places.folding import fold

PROBABLE, POSSIBLE = 6.0, 4.0
CROWD = 4  # so many that state one address are no duplicates by it
NAME, EACH, MOST = 3.0, 1.5, 5.5  # what equal names say, more with each word that they share, and at most
ACRONYMS = {3: 4.0, 4: 4.5}
LONG_ACRONYM = 5.0
MISSPELT = -0.25
WHERE = ((0.5, 2.5), (2.5, 2.0), (5.0, 1.5), (25.0, 1.0), (60.0, -2.0))  # within so many kilometres
CLOSELY = frozenset({"exact", "street"})  # how exact both points are where the first of these counts
FAR = -6.0
NEXT_DOOR = 2.0  # so near that both are in one town, by whatever name
SAME_TOWN, NATIONAL = 1.0, 2.0
VAGUE = frozenset({"region", "country"})  # how exact a point is that tells no distance
RULED_OUT = {"other_words": -6.0, "other_place_words": -8.0, "other_numbers": -8.0, "part": -6.0}
LEFT_OVER = {"word": -2.5, "quality": -1.5, "kind": -1.0, "group": -0.5, "number": -4.0, "place": -1.5, "part": -6.0}
ANOTHER_KIND, OTHER_GROUP, OWN_PLACE, ASIDE = -4.5, -2.0, -0.1, 0.5
SITE, MAILBOX, DOMAIN, PHONE = 4.0, 3.0, 2.0, 2.5
MAIL_TOO = 0.5  # of what a mailbox says where the website says it already
OTHER_SITE, OTHER_FORM = -1.5, -0.75
MEMBERS, MEMBERS_FROM = 2.0, 2


class Level(StrEnum):
    """How sure it is that two are one."""

    PROBABLE = "probable"
    POSSIBLE = "possible"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Entry:
    """What an organisation is compared by. `members` are the ids of those tied to it."""

    id: int
    name: str
    former: tuple[str, ...] = ()
    website: str = ""
    email: str = ""
    phone: str = ""
    town: str = ""
    country: str = ""
    latitude: float | None = None
    longitude: float | None = None
    precision: str = ""
    members: frozenset[int] = frozenset()

    @property
    def point(self) -> tuple[float, float] | None:
        """Where it is in degrees, when that is known closely enough to say how far away others are."""
        if self.latitude is None or self.longitude is None or self.precision in VAGUE:
            return None
        return self.latitude, self.longitude


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of evidence: for (above 0), against (below), or only worth saying; and the values that it compared."""

    key: str
    weight: float
    one: str = ""
    other: str = ""


@dataclass(frozen=True, slots=True)
class Score:
    """All evidence on whether two are one."""

    pieces: tuple[Piece, ...]

    @property
    def total(self) -> float:
        return sum(piece.weight for piece in self.pieces)

    @property
    def level(self) -> Level:
        if self.total >= PROBABLE:
            return Level.PROBABLE
        return Level.POSSIBLE if self.total >= POSSIBLE else Level.NONE


@dataclass(frozen=True, slots=True)
class Known:
    """An organisation taken apart, so that it can be compared many times. `place` is its town, in no language."""

    entry: Entry
    names: tuple[Name, ...]
    town: str
    place: str
    reached: Addresses

    @classmethod
    def of(cls, entry: Entry) -> "Known":
        return cls(
            entry,
            tuple(named(name, entry.town, entry.country) for name in dict.fromkeys((entry.name, *entry.former))),
            fold(entry.town),
            town_of(entry.town),
            Addresses.of(entry.website, entry.email, entry.phone),
        )


@lru_cache(maxsize=4096)
def town_of(town: str) -> str:
    """A town by one name for every language in which it is known."""
    return " ".join(word.meaning for word in named(town, town).words)


@dataclass(frozen=True)
class Crowds:
    """How many organisations state each address: site, host, mailbox, mail domain (see `addressing.Addresses`)."""

    counts: Mapping[str, int] = field(default_factory=dict)

    def crowded(self, address: str) -> bool:
        return self.counts.get(address, 0) >= CROWD


NOBODY = Crowds()


def score(one: Entry, other: Entry, crowds: Crowds = NOBODY) -> Score:
    """The evidence on whether two are one."""
    return compared(Known.of(one), Known.of(other), crowds)


def compared(one: Known, other: Known, crowds: Crowds = NOBODY) -> Score:
    """The same for organisations that are known already."""
    where = placing(one.entry, other.entry)
    near = where.weight >= NEXT_DOOR
    names = max(
        (
            tuple(naming(mine, theirs, one, other, near, former=at + to > 0))
            for at, mine in enumerate(one.names)
            for to, theirs in enumerate(other.names)
        ),
        key=lambda pieces: sum(piece.weight for piece in pieces),
    )
    apart = any(piece.key == "other_place_words" for piece in names) or where.weight <= FAR
    pieces = [*names, where, *reached(one.reached, other.reached, crowds, apart)]
    pieces += members(one.entry.members, other.entry.members)
    return Score(tuple(pieces))


def naming(mine: Name, theirs: Name, one: Known, other: Known, near: bool, former: bool) -> Iterator[Piece]:
    """What two names say: how much they share, or that they can't be one."""
    found = resemblance(mine, theirs, near)
    written = mine.folded, theirs.folded
    left = [word for word in found.mine if not in_place(word, other.town, other.place, other.entry.country)]
    over = [word for word in found.theirs if not in_place(word, one.town, one.place, one.entry.country)]
    for key in excluded(found, left, over):
        yield Piece(key, RULED_OUT[key], said(left), said(over))
        return
    if found.telling <= 0 and not found.spelt:
        return
    base = ACRONYMS.get(len(found.spelt), LONG_ACRONYM) if found.spelt else NAME + EACH * found.shared
    yield Piece("former_name" if former else "acronym" if found.spelt else "name", min(MOST, base), *written)
    if found.misspelt:
        yield Piece("spelling", MISSPELT * found.misspelt, *written)
    if left and over:
        yield Piece("other_group", OTHER_GROUP, said(left), said(over))
    elif left or over:
        yield Piece("more_words", longer(left or over, mine if over else theirs), said(left), said(over))
    if len(left) < len(found.mine) or len(over) < len(found.theirs):
        yield Piece("place_in_name", OWN_PLACE, said(found.mine), said(found.theirs))
    if mine.legal != theirs.legal:
        differ = bool(mine.legal and theirs.legal and not mine.legal & theirs.legal)
        forms = (", ".join(sorted(name.legal)) for name in (mine, theirs))
        yield Piece(*(("other_legal_form", OTHER_FORM) if differ else ("legal_form", 0.0)), *forms)


def excluded(found: Resemblance, left: list[Word], over: list[Word]) -> Iterator[str]:
    """Why two names can't be those of one organisation."""
    for kind, key in (("number", "other_numbers"), ("place", "other_place_words")):
        if any(word.kind == kind for word in found.mine) and any(word.kind == kind for word in found.theirs):
            yield key
    for places, words in ((found.mine, over), (found.theirs, left)):
        if any(word.kind == "place" for word in places) and any(word.kind == "word" for word in words):
            yield "other_place_words"
    if any(map(is_telling, left)) and any(map(is_telling, over)):
        yield "other_words"


def longer(words: list[Word], shorter: Name) -> float:
    """What the words say that only one name has: a club of the library is not the library."""
    whole = any(word.kind == "kind" for word in shorter.words)
    weights = [
        (ANOTHER_KIND if word.kind == "kind" and whole else LEFT_OVER[word.kind])
        * (ASIDE if word.aside and word.kind not in ("number", "part") else 1)
        for word in words
    ]
    return sum(weights)


def said(words: list[Word]) -> str:
    return " ".join(word.said for word in words)


def placing(one: Entry, other: Entry) -> Piece:
    """What the places say: near, far, in another country; nothing where one of them is unknown."""
    here, there = one.point, other.point
    if here and there:
        away = kilometres(*here, *there)
        nearest = 0 if one.precision in CLOSELY and other.precision in CLOSELY else 1
        weight = next((weight for within, weight in WHERE[nearest:] if away <= within), FAR)
        return Piece("distance", weight, f"{away:.1f}", one.town if one.town == other.town else "")
    if one.country and other.country and one.country != other.country:
        return Piece("other_country", FAR, one.country, other.country)
    if one.town and other.town:
        key, weight = ("town", SAME_TOWN) if town_of(one.town) == town_of(other.town) else ("other_town", FAR)
        return Piece(key, weight, one.town, other.town)
    if one.country and other.country and not one.town + other.town and named_after(one) and named_after(other):
        return Piece("country", NATIONAL, one.country, other.country)
    return Piece("unknown_place", 0.0, one.town or one.country, other.town or other.country)


def named_after(entry: Entry) -> bool:
    """Whether an organisation of a whole country says so in its name."""
    words = named(entry.name, entry.town, entry.country).words
    return any(word.kind == "place" and word.meaning == entry.country for word in words)


def reached(one: Addresses, other: Addresses, crowds: Crowds, apart: bool) -> Iterator[Piece]:
    """What the ways to reach them say. Who shares an address with many, or from far away, is a chapter."""
    same_site = bool(one.site) and one.site == other.site
    if same_site:
        shared = apart or crowds.crowded(one.site)
        yield Piece("shared_website" if shared else "website", 0.0 if shared else SITE, one.site, other.site)
    elif one.host and other.host and one.host != other.host:
        yield Piece("other_website", OTHER_SITE, one.site, other.site)
    yield from mailed(one, other, crowds, apart, same_site)
    if one.digits and addressing.same_number(one.digits, other.digits):
        yield Piece("phone", 0.0 if apart else PHONE, one.digits, other.digits)


def mailed(one: Addresses, other: Addresses, crowds: Crowds, apart: bool, same_site: bool) -> Iterator[Piece]:
    """What the mail addresses say, beside each other and beside the other's website."""
    less = 0.0 if apart else MAIL_TOO if same_site else 1.0
    if one.mailbox and one.mailbox == other.mailbox and not crowds.crowded(one.mailbox):
        yield Piece("mail", MAILBOX * less, one.mailbox, other.mailbox)
        return
    for mine, theirs in ((one.domain, other.domain), (one.domain, other.host), (one.host, other.domain)):
        if mine and mine == theirs and not crowds.crowded(mine) and not same_site:
            yield Piece("mail_domain", DOMAIN * less, mine, theirs)
            return


def members(one: frozenset[int], other: frozenset[int]) -> list[Piece]:
    """What those say who are tied to both."""
    both = one & other
    if len(both) < MEMBERS_FROM:
        return []
    share = len(both) / len(one | other)
    return [Piece("shared_members", round(MEMBERS * share, 2), str(len(both)), str(len(one | other)))]
