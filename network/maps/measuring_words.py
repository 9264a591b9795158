"""What a network's shape says, as sentences in the reader's language."""

from collections.abc import Iterable, Mapping, Sequence

from babel.lists import format_list
from babel.numbers import format_percent

from network.locales import chosen
from network.maps.measures import Bridge, Loss
from network.text import gettext as _
from network.text import ngettext

NAMED = 5  # of those without ties
JOINED = 3  # groups of those that a bridge joins

Names = Mapping[int, str]


def listed(words: Iterable[str]) -> str:
    return format_list(list(words), locale=chosen())


def ties_words(name: str, ties: int, within_two: int) -> str:
    """How many an organisation is tied to, and how many it reaches."""
    if not ties:
        return _("%(name)s has no ties.", name=name)
    tied = ngettext(
        "%(name)s is tied to %(num)s organisation.", "%(name)s is tied to %(num)s organisations.", ties, name=name
    )
    reaches = ngettext(
        "Within two ties it reaches %(num)s organisation.",
        "Within two ties it reaches %(num)s organisations.",
        within_two,
    )
    return " ".join((tied, reaches))


def alone_words(alone: Sequence[int], names: Names) -> str:
    """Who has no ties: all, or the first few of them."""
    if not alone:
        return _("Every organisation has a tie.")
    some = listed(names[id] for id in alone[:NAMED])
    if len(alone) <= NAMED:
        return ngettext(
            "%(num)s organisation has no ties: %(names)s.",
            "%(num)s organisations have no ties: %(names)s.",
            len(alone),
            names=some,
        )
    return ngettext(
        "%(num)s organisation has no ties, among them %(names)s.",
        "%(num)s organisations have no ties, among them %(names)s.",
        len(alone),
        names=some,
    )


def loss_words(loss: Loss, names: Names) -> str:
    """What would fall apart without an organisation."""
    cut_off = ngettext(
        "If %(name)s left, %(num)s organisation would lose every tie to the rest.",
        "If %(name)s left, %(num)s organisations would lose every tie to the rest.",
        loss.cut_off,
        name=names[loss.id],
    )
    largest = loss.pieces[0]
    if largest == 1:
        return cut_off
    if len(loss.pieces) == 1:
        return " ".join((cut_off, _("They would stay tied among themselves.")))
    piece = ngettext(
        "They would fall into pieces, the largest of %(num)s organisation.",
        "They would fall into pieces, the largest of %(num)s organisations.",
        largest,
    )
    return " ".join((cut_off, piece))


def bridge_words(bridge: Bridge, names: Names, groups: Mapping[str, str]) -> str:
    """How much leads through an organisation, and which groups, by their names, it joins."""
    name = names[bridge.id]
    percent = format_percent(bridge.share, "0.#%" if bridge.share < 0.01 else None, locale=chosen())
    said = _("%(percent)s of the shortest ways between others lead through %(name)s.", percent=percent, name=name)
    if len(bridge.joins) < 2:
        return said
    some, more = listed(groups[key] for key in bridge.joins[:JOINED]), len(bridge.joins) - JOINED
    if more <= 0:
        return " ".join((said, _("It joins %(groups)s.", groups=some)))
    joins = ngettext(
        "It joins %(num)s more group besides %(groups)s.",
        "It joins %(num)s more groups besides %(groups)s.",
        more,
        groups=some,
    )
    return " ".join((said, joins))
