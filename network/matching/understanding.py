"""What one sentence offers or seeks: kinds of help and topics, with how sure that is. Pure."""

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from network.directory.concepts import TOKEN, Concept, Thesaurus, abbreviated
from network.directory.likeness import SHARES, Likely
from network.directory.small_words import language_of
from network.matching.reading import JOINING, Read, of_other_side, read, rest, under_negation
from network.places.folding import fold

PHRASE, WORD = 1.0, 0.8  # how much a kind weighs that several words name, or one
PURPOSE = 0.35  # after "for", or what a kind of help is done with or to
DETAIL = 0.6  # in the detail rather than the title
GUESSED = 0.85  # beside a kind that somebody confirmed
LONG = 35  # words of a text from which on words carry the match, and no concept that it happens to name
SHORT = 30  # words up to which a phrase is taken for what the text is about; in longer ones it may be an aside
KINDS, TOPICS = 2, 3
LIKELY = 0.2  # how probable a kind must be that isn't named
DOUBT = 0.3  # how much less a kind may weigh that is named, where much speaks for another
TOPIC = 0.4  # how probable a topic must be where none is named
OF = frozenset("of de del des du d da do dos das von vom der".split())
SURE, UNSURE = 30, 60  # words up to which a text tells what it means as a whole, and from which on it doesn't


@dataclass(frozen=True)
class Mention:
    """A phrase that names a concept: where it begins among the words, and how much it weighs."""

    start: int
    end: int
    phrase: str
    concept: Concept
    weight: float


@dataclass(frozen=True)
class Understanding:
    """What a listing is about. Concepts by id: kinds with weights, topics; the phrases that said so; words to leave."""

    kinds: tuple[tuple[int, float], ...] = ()
    topics: tuple[int, ...] = ()
    phrases: dict[int, str] = field(default_factory=dict)
    left_out: tuple[str, ...] = ()  # phrases that were negated, or say the opposite
    rest: str = ""  # the text without the words that were
    meanings: Mapping[int, float] = field(default_factory=dict)  # all that a short text is about, as a vector


class Mentions(NamedTuple):
    """The concepts that a text names for itself, those that it only names to exclude them, and the text without."""

    meant: list[Mention]
    left: list[Mention]
    rest: str


def mentions(thesaurus: Thesaurus, text: str, offer: bool, language: str = "") -> Mentions:
    """The concepts that a text names."""
    seen = read(text, language)
    named = [
        one for one in thesaurus.find(seen.words, seen.language) if not abbreviated(text, seen.words, seen.spans, one)
    ]
    inside = {at for one in named for at in range(one.start, one.end)}
    negated = under_negation(seen, inside, offer)
    off = negated | of_other_side(seen, offer)
    meant: list[Mention] = []
    left: list[Mention] = []
    before: Mention | None = None
    for one in named:
        phrase = text[seen.spans[one.start][0] : seen.spans[one.end - 1][1]]
        mention = Mention(one.start, one.end, phrase, thesaurus.concepts[one.concept], 0.0)
        earlier = [other.start for other in meant if other.concept.kind]
        second = one.part or (before is not None and complements(seen, before, mention))
        second = second or (after_for(seen, one.start, earlier) and not task(seen, before, mention))
        weight = PURPOSE if second else sureness(mention)
        if before is not None and modifies(seen, before, mention) and before in meant:
            meant[meant.index(before)] = replace(before, weight=PURPOSE)
        mention = replace(mention, weight=weight)
        (left if one.start in off else meant).append(mention)
        before = mention
    gone = {at for one in left for at in range(one.start, one.end)}
    return Mentions(meant, left, rest(text, seen, negated | gone))


def sureness(mention: Mention) -> float:
    return PHRASE if mention.end - mention.start > 1 else WORD


def after_for(seen: Read, start: int, earlier: Collection[int]) -> bool:
    """Whether a phrase stands behind "for" in its clause, a few words between, and something else before that."""
    for at in range(start - 1, max(start - 5, -1), -1):
        if seen.clauses[at] != seen.clauses[start] or seen.words[at] in JOINING:
            return False
        if seen.cue("for", at):
            return any(place < at and seen.clauses[place] == seen.clauses[at] for place in earlier)
    return False


def modifies(seen: Read, before: Mention, now: Mention) -> bool:
    """Whether a kind of help only says what sort of another stands behind it: a "training venue" is a venue."""
    if seen.language not in ("en", "de") or not before.concept.kind or not now.concept.kind:
        return False
    next_to = before.end == now.start and seen.clauses[before.start] == seen.clauses[now.start]
    return next_to and not complements(seen, before, now)


def task(seen: Read, before: Mention | None, now: Mention) -> bool:
    """Whether a kind of help is what people give their time for: "volunteers to translate" do translate."""
    if before is None or before.concept.kind != "time" or now.concept.kind in ("", "time"):
        return False
    return seen.clauses[before.start] == seen.clauses[now.start]


def complements(seen: Read, before: Mention, now: Mention) -> bool:
    """Whether a kind of help is what another is done with or to: "training of volunteers", "to print books"."""
    first, second = before.concept.kind, now.concept.kind
    if not first or not second or seen.clauses[before.start] != seen.clauses[now.start]:
        return False
    between = seen.words[before.end : now.start]
    if len(between) > 2 or any(word in JOINING for word in between):
        return False
    teaching = first in ("training", "mentoring") and second == "time"
    doing = seen.language == "en" and not between and seen.words[max(0, before.start - 1)] == "to"
    return teaching or doing or (bool(between) and between[0] in OF)


def understand(
    thesaurus: Thesaurus,
    title: str,
    detail: str = "",
    *,
    offer: bool,
    kind: str = "",
    confirmed: Collection[int] = (),
    language: str = "",
) -> Understanding:
    """What a listing is about. `kind` is the kind of help that was chosen, `confirmed` the ids of its chosen topics."""
    heads, left, kept = mentions(thesaurus, title, offer, language)
    said = [(one, one.weight) for one in heads]
    if detail:
        more, off, further = mentions(thesaurus, detail, offer, language)
        said += [(one, one.weight * DETAIL) for one in more]
        left, kept = left + off, f"{kept}\n{further}"
    words = len(TOKEN.findall(title)) + len(TOKEN.findall(detail))
    gone = tuple(dict.fromkeys(one.phrase for one in left))
    said = [(one, weight * min(1.0, SHORT / words)) for one, weight in said] if words <= LONG else []
    kinds: dict[int, float] = {}
    topics: dict[int, float] = {}
    phrases_of: dict[int, str] = {}
    for mention, weight in said:
        concept = mention.concept
        found = kinds if concept.facet == "kind" else topics
        phrases_of.setdefault(concept.id, mention.phrase)
        found[concept.id] = max(found.get(concept.id, 0), weight)
    meanings: Mapping[int, float] = {}
    if words < UNSURE:
        named = {id: weight for id, weight in {**kinds, **topics}.items() if id in thesaurus.guessing.unlearnt}
        named |= dict.fromkeys(confirmed, 1.0)
        spoken = language_of(f"{title}\n{detail}", language) or "en"
        helps, others, meanings = thesaurus.guessing.likely(fold(kept).split(), spoken, kind, named)
        sure = min(1.0, (UNSURE - words) / (UNSURE - SURE))
        parts = {concept: round(weight * sure * SHARES) for concept, weight in meanings.items()}
        meanings = {concept: part / SHARES for concept, part in parts.items() if part}
        if words <= SHORT:
            guess(helps, others, kinds, topics)
    settle(thesaurus, kinds, topics, kind, confirmed)
    strongest = sorted(kinds.items(), key=lambda one: (-one[1], one[0]))[:KINDS]
    nearest = sorted(topics.items(), key=lambda one: (-one[1], one[0]))[:TOPICS]
    return Understanding(tuple(strongest), tuple(sorted(id for id, _ in nearest)), phrases_of, gone, kept, meanings)


def guess(helps: Sequence[Likely], others: Sequence[Likely], kinds: dict[int, float], topics: dict[int, float]) -> None:
    """Add what a text is probably about; doubt the help that it names the more, the likelier something else is."""
    chances = dict(helps)
    for id in kinds if helps else ():
        kinds[id] *= round(1 - DOUBT * (1 - math.sqrt(chances.get(id, 0) / helps[0].probability)), 1)
    for one in helps:
        if one.probability >= LIKELY:
            kinds[one.concept] = max(kinds.get(one.concept, 0), round(one.probability, 1))
    if not topics and others and others[0].probability >= TOPIC:
        topics[others[0].concept] = others[0].probability


def settle(
    thesaurus: Thesaurus, kinds: dict[int, float], topics: dict[int, float], kind: str, confirmed: Collection[int]
) -> None:
    """Let what somebody confirmed count in full, and guesses beside it less."""
    sure = [thesaurus.concepts[id] for id in confirmed if id in thesaurus.concepts]
    chosen = {one.id for one in sure if one.facet == "kind"}
    for concept in sure:
        if concept.facet == "kind":
            kinds[concept.id] = 1.0 if not kind or concept.kind == kind else max(kinds.get(concept.id, 0), WORD)
        else:
            topics[concept.id] = 1.0
    if kind:
        own = [id for id in kinds if thesaurus.concepts[id].kind == kind]
        if own:
            best = max(own, key=lambda id: (kinds[id], -id))
            kinds[best] = 1.0
            chosen.add(best)
        elif (general := thesaurus.general.get(kind)) is not None:
            kinds[general] = 1.0
            chosen.add(general)
    if chosen:
        for id in kinds.keys() - chosen:
            kinds[id] *= GUESSED
