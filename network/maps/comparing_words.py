"""What lies between two days of a map, in sentences."""

from collections.abc import Iterator, Sequence

from babel.dates import format_date
from babel.lists import format_list

from network.directory.categories import CATEGORIES
from network.directory.vocabulary import STANDINGS
from network.maps.comparing import Changed, Comparison, Retied, Tied, by_type
from network.maps.scene import Node, Scene
from network.places.countries import country_name
from network.text import gettext as _
from network.text import ngettext

NAMED = 12  # of many, so many are named


def summary(found: Comparison, locale: str = "en") -> str:
    """All of it in one sentence."""
    if not found:
        return _("Nothing changed %(between)s.", between=between(found, locale))
    parts = [
        ngettext("%(num)s organisation joined", "%(num)s organisations joined", len(found.joined))
        if found.joined
        else "",
        ngettext("%(num)s left", "%(num)s left", len(found.left)) if found.left else "",
        ngettext("%(num)s changed", "%(num)s changed", len({one.node.id for one in found.changed}))
        if found.changed
        else "",
        ngettext("%(num)s tie is new", "%(num)s ties are new", len(found.new)) if found.new else "",
        ngettext("%(num)s tie is gone", "%(num)s ties are gone", len(found.gone)) if found.gone else "",
        ngettext("%(num)s tie changed", "%(num)s ties changed", len(found.retied)) if found.retied else "",
    ]
    listed = format_list([part for part in parts if part], locale=locale)
    return _("%(between)s: %(changes)s.", between=capital(between(found, locale)), changes=listed)


def between(found: Comparison, locale: str) -> str:
    """The two days, when both are known."""
    days = [day(scene, locale) for scene in (found.before, found.after)]
    return _("between %(first)s and %(second)s", first=days[0], second=days[1]) if all(days) else _("since then")


def day(scene: Scene, locale: str) -> str:
    return format_date(scene.drawn_on, "long", locale=locale) if scene.drawn_on else ""


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def sentences(found: Comparison, locale: str = "en") -> list[str]:
    """Everything that changed, a sentence each; many that joined or left share one."""
    told = []
    if found.joined:
        told.append(_("Joined: %(names)s.", names=names(found.joined, locale)))
    if found.left:
        told.append(_("Left: %(names)s.", names=names(found.left, locale)))
    told += [changed(one, locale) for one in found.changed]
    for some, sentence in ((found.new, new_tie), (found.gone, gone_tie)):
        told += [sentence(tied) for _type, each in by_type(some) for tied in each]
    return told + list(retied(found.retied))


def names(nodes: Sequence[Node], locale: str) -> str:
    listed = [node.name for node in nodes[:NAMED]]
    if more := len(nodes) - len(listed):
        listed.append(ngettext("%(num)s more", "%(num)s more", more))
    return format_list(listed, locale=locale)


def changed(one: Changed, locale: str) -> str:
    """A sentence of what an organisation is now and was before."""
    before, after = worded(one.field, one.before, locale), worded(one.field, one.after, locale)
    words = {"name": one.node.name, "before": before, "after": after}
    if one.field == "name":
        return _("%(before)s is now called %(after)s.", **words)
    if not one.after:
        return _("%(name)s no longer says that it is in %(before)s.", **words)
    if one.field in ("country", "town"):
        return _("%(name)s is now in %(after)s.", **words)
    if one.field == "standing":
        return _("%(name)s: from %(before)s to %(after)s.", **words)
    return _("%(name)s: %(after)s, before %(before)s.", **words)


def worded(field: str, value: str, locale: str) -> str:
    """What a fact is called by the reader."""
    if field == "standing" and value in STANDINGS:
        return str(STANDINGS[value].label).lower() if locale.startswith("en") else str(STANDINGS[value].label)
    if field == "category" and value in CATEGORIES:
        return str(CATEGORIES[value].label)
    return country_name(value, locale) if field == "country" and value else value


def new_tie(tied: Tied) -> str:
    ends = {"source": tied.source.name, "target": tied.target.name}
    if tied.tie.proposed:
        return proposed_tie(tied.tie.type, ends)
    return {
        "member_of": _("%(source)s is now a member of %(target)s.", **ends),
        "hosted_by": _("%(source)s is now hosted by %(target)s.", **ends),
        "works_with": _("%(source)s and %(target)s now work together.", **ends),
        "funds": _("%(source)s now funds %(target)s.", **ends),
        "fiscal_sponsor_of": _("%(source)s is now the fiscal sponsor of %(target)s.", **ends),
    }.get(tied.tie.type, _("%(source)s and %(target)s are now tied.", **ends))


def proposed_tie(type: str, ends: dict[str, str]) -> str:
    return {
        "member_of": _("It was proposed that %(source)s is a member of %(target)s.", **ends),
        "hosted_by": _("It was proposed that %(target)s hosts %(source)s.", **ends),
        "works_with": _("It was proposed that %(source)s and %(target)s work together.", **ends),
        "funds": _("It was proposed that %(source)s funds %(target)s.", **ends),
        "fiscal_sponsor_of": _("It was proposed that %(source)s is the fiscal sponsor of %(target)s.", **ends),
    }.get(type, _("A tie of %(source)s and %(target)s was proposed.", **ends))


def gone_tie(tied: Tied) -> str:
    ends = {"source": tied.source.name, "target": tied.target.name}
    return {
        "member_of": _("%(source)s is no longer a member of %(target)s.", **ends),
        "hosted_by": _("%(source)s is no longer hosted by %(target)s.", **ends),
        "works_with": _("%(source)s and %(target)s no longer work together.", **ends),
        "funds": _("%(source)s no longer funds %(target)s.", **ends),
        "fiscal_sponsor_of": _("%(source)s is no longer the fiscal sponsor of %(target)s.", **ends),
    }.get(tied.tie.type, _("%(source)s and %(target)s are no longer tied.", **ends))


def retied(some: Sequence[Retied]) -> Iterator[str]:
    """What became of ties that stand on both days; an ended one reads as one that is gone."""
    for one in some:
        ends = {"source": one.tied.source.name, "target": one.tied.target.name}
        if one.became == "ended":
            yield gone_tie(one.tied)
        elif one.became == "unconfirmed":
            yield _("The tie of %(source)s and %(target)s is no longer confirmed.", **ends)
        elif one.became == "confirmed" and not one.tied.tie.ended_on:
            yield _("The tie of %(source)s and %(target)s was confirmed.", **ends)
        elif one.became == "resumed":
            yield _("The tie of %(source)s and %(target)s stands again.", **ends)
