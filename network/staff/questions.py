"""What the network asks of itself, answered: each a sentence with a number, a picture, and where the list behind is."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import format_date
from sqlalchemy.orm import Session

from network.directory.saying import number
from network.directory.thesaurus import thesaurus
from network.directory.vocabulary import KINDS
from network.matching.desired import Wanted
from network.matching.gap_words import gap_words, query
from network.matching.looking import Desk
from network.staff import numbers
from network.staff.asked import Asked
from network.staff.months import Series
from network.text import gettext as _
from network.text import ngettext

Links = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Question:
    """A question with its answer; `caption` says what the picture shows, in words that also stand for it."""

    key: str
    asked: str
    answer: str
    more: str
    links: Links
    series: Series
    caption: str


@dataclass(frozen=True)
class Reader:
    """For whom it is answered: a desk, and the addresses of its networks (none for the staff)."""

    session: Session
    desk: Desk
    networks: Sequence[str]

    @property
    def network(self) -> str:
        """The number of the network that it is answered for; none for several, or the staff."""
        return str(self.desk.networks[0]) if self.desk.networks and len(self.desk.networks) == 1 else ""

    def listed(self, words: str, **asked: Any) -> Links:
        """Links to the directory: one, or one for each network."""
        pairs = "&".join(f"{name}={value}" for name, value in asked.items())
        if self.desk.staff:
            return ((words, f"/organizations/?{pairs}"),)
        return tuple((words, f"/organizations/?{pairs}&network={slug}") for slug in self.networks[:1])

    def valued(self, words: str, anchor: str = "") -> Links:
        """Links to what partnerships are worth: all, or those of each network itself."""
        if self.desk.staff:
            return ((words, f"/introductions/value{anchor}"),)
        return tuple((words, f"/organizations/{slug}/value") for slug in self.networks[:1])


def questions(session: Session, desk: Desk, networks: Sequence[str]) -> list[Question]:
    """All eight, in the order in which the network asks them."""
    reader = Reader(session, desk, networks)
    return [ask(reader) for ask in (partners, value, programmes, contributions, one_sided, quiet, unmet, meetings)]


def run(series: Series, what: str) -> str:
    """What a picture over time shows: from which number to which."""
    if not series:
        return ""
    first = format_date(series.days[0], "MMMM y")
    return _(
        "%(what)s: from %(from)s in %(month)s to %(to)s now",
        what=what,
        month=first,
        to=number(series.values[-1]),
        **{"from": number(series.values[0])},
    )


def written(series: Series, what: str) -> str:
    """What a picture of what happened month by month shows: how much it was in all, and when most."""
    if not series:
        return ""
    top = max(range(len(series.values)), key=lambda at: series.values[at])
    return _(
        "%(what)s by month: %(all)s in two years, most in %(month)s",
        what=what,
        month=format_date(series.days[top], "MMMM y"),
        all=number(sum(series.values)),
    )


def kind(key: str) -> str:
    return str(KINDS[key].label) if key in KINDS else ""


def partners(reader: Reader) -> Question:
    found = numbers.partners(reader.session, reader.desk)
    answer = ngettext(
        "%(count)s current partner", "%(count)s current partners", found.current, count=number(found.current)
    )
    more = _(
        "%(desired)s more are desired, and with %(talking)s we are in conversation.",
        desired=number(found.desired),
        talking=number(found.talking),
    )
    links = reader.listed(_("The partners"), category="partner")
    links = (*links, (_("Whom we would like to win"), "/maps/pipeline"))
    caption = run(found.grown, _("Current partners, by when they came here"))
    return Question(
        "partners", _("Who are our current and desired partners?"), answer, more, links, found.grown, caption
    )


def value(reader: Reader) -> Question:
    found = numbers.wishes(reader.session, reader.desk)
    answer = ngettext(
        "%(count)s organisation seeks something",
        "%(count)s organisations seek something",
        found.seeking,
        count=number(found.seeking),
    )
    more = ngettext(
        "%(count)s offers something.", "%(count)s offer something.", found.offering, count=number(found.offering)
    )
    if found.sought:
        more += " " + _("Sought most: %(kind)s.", kind=kind(found.sought))
    links = (*reader.listed(_("Who seeks"), side="seek"), *reader.listed(_("Who offers"), side="offer"))
    asked = _("What value do they seek from us, and what do they offer?")
    return Question(
        "value", asked, answer, more, links, found.seeks_written, written(found.seeks_written, _("New seeks"))
    )


def programmes(reader: Reader) -> Question:
    found = numbers.worth(reader.session, reader.desk)
    asked = _("Do they see value in our programmes?")
    if not found.answered:
        return Question(
            "programmes",
            asked,
            _("Nobody has said so far"),
            _("Partners are asked in March and September."),
            reader.valued(_("What partners say")),
            found.rounds,
            "",
        )
    answer = _(
        "%(yes)s of %(count)s who answered say that they are worth it",
        yes=number(found.worth["yes"]),
        count=number(found.answered),
    )
    more = _("Not sure: %(unsure)s. No: %(no)s.", unsure=number(found.worth["unsure"]), no=number(found.worth["no"]))
    caption = run(found.rounds, _("Of a hundred answers, yes"))
    links = reader.valued(_("What partners say"), "#programmes")
    return Question("programmes", asked, answer, more, links, found.rounds, caption)


def contributions(reader: Reader) -> Question:
    found = numbers.wishes(reader.session, reader.desk)
    answer = ngettext(
        "%(count)s offer stands open", "%(count)s offers stand open", found.offers, count=number(found.offers)
    )
    more = ngettext(
        "%(count)s says what is wanted in return.",
        "%(count)s say what is wanted in return.",
        found.returned,
        count=number(found.returned),
    )
    if found.offered:
        more += " " + _("Offered most: %(kind)s.", kind=kind(found.offered))
    links = reader.listed(_("What is offered"), side="offer")
    if found.offered:
        links = (*links, *reader.listed(kind(found.offered), side="offer", kind=found.offered))
    asked = _("What do they want to contribute, and what do they want in return?")
    caption = written(found.offers_written, _("New offers"))
    return Question("contributions", asked, answer, more, links, found.offers_written, caption)


def one_sided(reader: Reader) -> Question:
    found = numbers.one_sided(reader.session, reader.desk)
    uneven = found.values[-1] if found.values else 0
    answer = ngettext(
        "%(count)s partnership is one-sided", "%(count)s partnerships are one-sided", uneven, count=number(uneven)
    )
    more = _("By what both sides say: one gives much, and little comes back or arrives, twice in a row.")
    links = reader.valued(_("Which ones"), "#one-sided")
    caption = run(found, _("One-sided, after each round of asking"))
    return Question("one-sided", _("Which partnerships are one-sided?"), answer, more, links, found, caption)


def quiet(reader: Reader) -> Question:
    found = numbers.quiet(reader.session, reader.desk)
    answer = ngettext(
        "%(count)s club has gone quiet", "%(count)s clubs have gone quiet", found.quiet, count=number(found.quiet)
    )
    more = ngettext(
        "Of %(count)s: nobody confirmed it for a year.",
        "Of %(count)s: nobody confirmed them for a year.",
        found.clubs,
        count=number(found.clubs),
    )
    stale = Asked(kind="stale", network=reader.network)
    which = f"/staff/quiet?network={reader.network}" if reader.network else "/staff/quiet"
    links = (_("Which clubs"), which), (_("Those where nobody answers"), stale.address("/staff/queue"))
    caption = written(found.heard, _("When clubs were last confirmed"))
    return Question("quiet", _("Which clubs have gone quiet?"), answer, more, links, found.heard, caption)


def unmet(reader: Reader) -> Question:
    found, asked = numbers.unmet(reader.session, reader.desk), _("Which needs does nobody meet?")
    links: Links = ((_("What is missing"), "/matching/gaps"),)
    if found is None:
        waits = _("It takes a moment the first time: open this page again.")
        return Question("unmet", asked, _("They are being counted"), waits, links, Series((), ()), "")
    answer = ngettext(
        "%(count)s need is met by no offer",
        "%(count)s needs are met by no offer",
        found.unmet,
        count=number(found.unmet),
    )
    more = _("Of %(count)s: a kind of help, for a topic, in a country.", count=number(found.needs))
    for gap in found.barest:
        wanted = Wanted(gap.kind, gap.topic, gap.region)
        words = gap_words(reader.session, wanted)
        links = (*links, (words, f"/matching/gaps?{query(thesaurus(reader.session), wanted)}"))
    caption = written(found.written, _("New seeks"))
    return Question("unmet", asked, answer, more, links, found.written, caption)


def meetings(reader: Reader) -> Question:
    found = numbers.meetings(reader.session, reader.desk)
    answer = ngettext(
        "%(count)s introduction led to something",
        "%(count)s introductions led to something",
        found.helped,
        count=number(found.helped),
    )
    more = _(
        "Of %(asked)s that were asked for within a year; %(accepted)s were accepted.",
        asked=number(found.asked),
        accepted=number(found.accepted),
    )
    links = (_("Introductions"), "/introductions/"), (_("Matches nobody acted on"), "/matching/staff")
    caption = written(found.helping, _("Introductions that led to something"))
    return Question("meetings", _("Which introductions led to something?"), answer, more, links, found.helping, caption)
