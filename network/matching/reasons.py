"""Why two organisations fit, and why not better: sentences in the reader's language, from the values of the score."""

from collections.abc import Iterable, Sequence
from math import floor
from typing import Any

from babel.lists import format_list
from babel.numbers import format_decimal
from markupsafe import Markup, escape

from network.directory.saying import age, country, distance, language
from network.locales import chosen
from network.matching import ranking
from network.matching.possible import ELSEWHERE, LANGUAGE
from network.matching.queries import Known
from network.matching.suggestions import Barred, Factor, Pair, Suggestion
from network.text import lazy_gettext as _l
from network.text import marked as _
from network.text import marked_number as ngettext

STRENGTHS = {"strong": _l("strong match"), "good": _l("good match"), "possible": _l("possible match")}
DIRECTIONS = {
    "they_help": _l("they could help you"),
    "you_help": _l("you could help them"),
    "both": _l("you could help each other"),
}
REASONS = {
    "wrong_kind": _l("Another kind of help"),
    "wrong_place": _l("Too far away"),
    "no_capacity": _l("No room for it now"),
    "not_now": _l("Not now"),
    "know_them": _l("We know them"),
}
"""Why an organisation is not one to meet, as said on its card."""
PARTS = {"kind": _l("Kind of help"), "topic": _l("Topic"), "words": _l("Words and meaning")}
FACTORS = {
    "place": _l("How near they are"),
    "language": _l("A language in common"),
    "network": _l("A network in common"),
    "path": _l("Somebody who knows both"),
    "freshness": _l("How lately they confirmed it"),
    "shown": _l("How often you saw them"),
}
NEAR_KM, FAR_KM = 100, 300
WORDS = 4


def listed(words: Iterable[Any]) -> Markup:
    """Several things in one text: "a, b and c"."""
    return Markup(format_list([str(escape(one)) for one in words], locale=chosen()))


def stressed(word: str) -> Markup:
    return Markup("<em>{}</em>").format(word)


def of_kind(pair: Pair, known: Known, gets: bool) -> Iterable[Markup]:
    """What one side seeks and the other offers, as kinds of help."""
    if pair.inferred:
        yield from of_work(pair, known, gets)
    if not pair.kinds:
        return
    sought, offered = (known.labels.get(id, "") for id in pair.kinds)
    listing = known.listings.get(pair.offer)
    spoken = listed(language(code) for code in listing.languages) if listing and listing.languages else ""
    if sought == offered and gets and spoken:
        yield _("They offer what you seek, in %(languages)s: <em>%(what)s</em>.", what=offered, languages=spoken)
    elif sought == offered and gets:
        yield _("They offer what you seek: <em>%(what)s</em>.", what=offered)
    elif sought == offered:
        yield _("You offer what they seek: <em>%(what)s</em>.", what=offered)
    elif gets and spoken:
        yield _(
            "You seek <em>%(sought)s</em>; they offer <em>%(offered)s</em> in %(languages)s.",
            sought=sought,
            offered=offered,
            languages=spoken,
        )
    elif gets:
        yield _("You seek <em>%(sought)s</em>; they offer <em>%(offered)s</em>.", sought=sought, offered=offered)
    else:
        yield _("They seek <em>%(sought)s</em>; you offer <em>%(offered)s</em>.", sought=sought, offered=offered)


def of_work(pair: Pair, known: Known, gets: bool) -> Iterable[Markup]:
    """What an offer was inferred from that nobody stated."""
    if title := known.title(pair.offer):
        if gets:
            yield _("They sought the same once and found it: “%(title)s”.", title=title)
        else:
            yield _("You sought the same once and found it: “%(title)s”.", title=title)
        return
    title = next((one for several in known.works.values() if (one := told(several, pair.shared))), "")
    if title and gets:
        yield _("From what they published: “%(title)s”.", title=title)
    elif title:
        yield _("From what you published: “%(title)s”.", title=title)
    elif gets:
        yield _("From what they published or finished; they don't state it as an offer.")
    else:
        yield _("From what you published or finished; you don't state it as an offer.")


def told(titles: Sequence[str], shared: Sequence[str]) -> str:
    """The title that has most of some words; empty when none has any."""
    counted = [(sum(word.casefold() in one.casefold() for word in shared), one) for one in titles]
    count, title = max(counted, key=lambda one: one[0], default=(0, ""))
    return title if count else ""


def of_pair(pair: Pair, known: Known, gets: bool) -> list[Markup]:
    """Why an offer fits a seek; `gets` when the reader is the one who seeks."""
    said = list(of_kind(pair, known, gets))
    alike = [known.labels.get(one, "") for one, other in pair.topics if one == other]
    if alike:
        said.append(_("Both are about %(topics)s.", topics=listed(stressed(one) for one in dict.fromkeys(alike))))
    for one, other in pair.topics:
        if one != other and not alike:
            names = {"sought": known.labels.get(one, ""), "offered": known.labels.get(other, "")}
            said.append(_("Near to each other: <em>%(sought)s</em> and <em>%(offered)s</em>.", **names))
            break
    if pair.shared:
        said.append(_("You both write of: %(words)s.", words=", ".join(pair.shared[:WORDS])))
    if probably := [known.labels.get(one, "") for one in pair.meanings]:
        said.append(_("Both probably have to do with %(topics)s.", topics=listed(stressed(one) for one in probably)))
    return said or [_("What you write resembles what they write.")]


def of_factors(factors: Iterable[Factor], known: Known) -> list[Markup]:
    """What else speaks for meeting: near, a network in common, somebody who knows both, a language."""
    found = {factor.name: factor for factor in factors}
    said: list[Markup] = []
    if (one := found.get("network")) and (name := known.name(one.facts.get("id", 0))):
        said.append(_("Both belong to %(network)s.", network=name))
    if one := found.get("path"):
        said += of_path(one, known)
    if one := found.get("place"):
        kilometres = one.facts.get("km")
        if kilometres is not None and kilometres <= NEAR_KM:
            said.append(_("They are only %(distance)s away.", distance=distance(kilometres)))
        elif one.facts.get("country"):
            said.append(_("Both are in the same country: %(country)s.", country=country(one.facts["country"])))
    if (one := found.get("language")) and one.facts.get("languages"):
        said.append(_("You both speak %(languages)s.", languages=listed(map(language, one.facts["languages"]))))
    return said


def of_path(factor: Factor, known: Known) -> Iterable[Markup]:
    """Who knows both."""
    names = [known.name(id) for id in factor.facts.get("via", ())]
    if not names or not all(names):
        return
    if factor.value >= 1 + ranking.KNOWN:
        said = listed(names)
        yield ngettext("%(names)s knows both of you.", "%(names)s know both of you.", len(names), names=said)
    elif len(names) > 1:
        yield _("You know %(one)s, who knows %(other)s, who knows them.", one=names[0], other=names[1])


def missing(suggestion: Suggestion, known: Known) -> list[Markup]:
    """Why a suggestion doesn't stand higher: what is missing."""
    best = max((*suggestion.got, *suggestion.given), key=lambda pair: pair.points)
    said = [*lacking(best), *of_barred(suggestion.barred, known)]
    facts = {factor.name: factor for factor in suggestion.factors}
    if (one := facts.get("freshness")) and one.value < 1:
        day = one.facts.get("confirmed_on")
        if day is None:
            said.append(_("Nobody has confirmed their page yet."))
        else:
            ago = age(day)
            said.append(_("They have not confirmed their page for a year: %(ago)s.", ago=ago.words))
    if (one := facts.get("place")) and one.facts.get("km", 0) > FAR_KM:
        said.append(_("They are far away: %(distance)s.", distance=distance(one.facts["km"])))
    if (one := facts.get("language")) and not one.facts.get("languages"):
        said.append(_("No language that both pages name."))
    direction = "" if suggestion.barred else suggestion.direction  # something would answer: that was said already
    if direction == "they_help":
        said.append(_("It goes one way: nothing that you offer answers what they seek."))
    elif direction == "you_help":
        said.append(_("It goes one way: nothing that they offer answers what you seek."))
    if (one := facts.get("shown")) and one.value < 1:
        said.append(_("You saw them often, so others get their turn."))
    return said


def of_barred(barred: Iterable[Barred], known: Known) -> Iterable[Markup]:
    """What would fit, and is given or sought in person out of reach, or in other languages only."""
    for one in barred:
        if not known.open(one.listing):
            continue
        title, row = known.title(one.listing), known.rows.get(one.organization)
        place = (row.town or row.region) if row else ""
        if one.why == ELSEWHERE:
            yield _("Only in %(countries)s: “%(title)s”.", countries=listed(map(country, one.countries)), title=title)
        elif one.why == LANGUAGE:
            spoken = listed(map(language, one.languages))
            yield _("Offered in %(languages)s only: “%(title)s”.", languages=spoken, title=title)
        elif place:
            words = {"distance": distance(one.km), "place": place, "title": title}
            yield _("In person, within %(distance)s of %(place)s: “%(title)s”.", **words)
        else:
            yield _("In person, within %(distance)s: “%(title)s”.", distance=distance(one.km), title=title)


def lacking(pair: Pair) -> list[Markup]:
    """What a pair lacks in points."""
    said = []
    if pair.inferred:
        said.append(_("Nobody stated it as an offer; it counts less."))
    if not pair.kinds:
        said.append(_("No kind of help that both name."))
    elif pair.kinds[0] != pair.kinds[1]:
        said.append(_("The kind of help is near to what is sought, not the same."))
    if not pair.topics:
        said.append(_("No topic that both name."))
    elif any(one != other for one, other in pair.topics):
        said.append(_("The topic is near to what is sought, not the same."))
    if pair.words <= 0:
        said.append(_("Hardly a word or a meaning in common."))
    return said


def parts(pair: Pair) -> list[tuple[str, int]]:
    """The parts of a pair's points in whole numbers that add up to `total`."""
    exact = {"kind": pair.kind, "topic": pair.topic, "words": pair.words}
    found = {name: floor(value) for name, value in exact.items()}
    left = total(pair) - sum(found.values())
    for name in sorted(exact, key=lambda name: found[name] - exact[name])[:left]:
        found[name] += 1
    return [(str(PARTS[name]), value) for name, value in found.items()]


def total(pair: Pair) -> int:
    """A pair's points as a whole number."""
    return round(pair.points)


def factors(suggestion: Suggestion) -> list[tuple[str, str]]:
    """What raised or lowered a suggestion: what it is, and by what the rank was multiplied."""
    return [
        (str(FACTORS[one.name]), "× " + format_decimal(one.value, "0.00", locale=chosen()))
        for one in suggestion.factors
        if one.name in FACTORS and abs(one.value - 1) >= 0.005
    ]
