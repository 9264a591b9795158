"""What may be typed into the parts of a profile, each with its guidance."""

from collections.abc import Mapping
from typing import Any

from flask_wtf import FlaskForm
from wtforms import BooleanField, RadioField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length, ValidationError

from network.directory.spoken import language_named
from network.directory.thesaurus import topics_by_word
from network.directory.vocabulary import AREAS, DELIVERIES, KINDS, REACHES, STAGES, Terms
from network.extensions import db
from network.locales import chosen
from network.places import countries
from network.places.folding import fold
from network.profiles.fields import (
    Clock,
    Day,
    Email,
    Kilometres,
    Line,
    Name,
    Picks,
    Prose,
    Rhythm,
    Sentence,
    Served,
    Since,
    Website,
)
from network.text import gettext as _
from network.text import lazy_gettext as _l

LONGEST_PROSE, LONGEST_DETAIL = 20_000, 4_000
NO_LANGUAGE = _l("We know no language called %(words)s. Write its name, or its code, such as pt.")
NO_COUNTRY = _l("We know no country called %(words)s. Write its name, or its two letters.")


def at_most(characters: int) -> Length:
    return Length(max=characters, message=_l("That is too long: %(max)d characters are the most."))


def topic_named(text: str) -> str | None:
    """The slug of a topic that is named by its slug or any of its labels."""
    return topics_by_word(db.session())(text)


def choices(terms: Terms) -> list[SelectChoice]:
    return [SelectChoice("", _l("Not said")), *(SelectChoice(term.key, term.label) for term in terms)]


def countries_named() -> list[SelectChoice]:
    """All countries by their names in the reader's language."""
    named = [(countries.country_name(code, chosen()), code) for code in countries.codes()]
    known = [SelectChoice(code, name) for name, code in sorted(named, key=lambda one: fold(one[0]))]
    return [SelectChoice("", _("Not said")), *known]


class Part(FlaskForm):
    """A form of the page. Its fields keep their names, and get ids that no other form of the page has."""

    def __init__(self, prefix: str, typed: Any = None, **more: Any) -> None:
        super().__init__(formdata=typed, **more)
        for field in self:
            field.id = f"{prefix}-{field.name}"

    @property
    def values(self) -> dict[str, Any]:
        """What is typed, by column."""
        return {field.name: field.data for field in self if field.name != "csrf_token"}

    def fits(self, now: Mapping[str, Any]) -> bool:
        """Whether what is typed may be stored; what stands so already is nobody's mistake of today."""
        self.validate()
        for field in self:
            stands = isinstance(field.data, str) and field.data and field.data == now.get(field.name)
            if field.errors and stands:
                field.errors = ()
        return not self.errors_left

    @property
    def errors_left(self) -> list[str]:
        return [field.name for field in self if field.errors]

    def take(self, name: str, value: Any) -> None:
        """Let a field say something else than what was typed."""
        self[name].process_data(value)
        self[name].raw_data = None


class AboutForm(Part):
    name = Name(_l("Name"), [DataRequired(_l("Write the organisation's name.")), at_most(200)])
    summary = Sentence(
        _l("In one sentence"),
        [at_most(400)],
        description=_l("What you do, and for whom: “We teach children in Leeds to make their own games.”"),
    )
    description = Prose(
        _l("Description"),
        [at_most(LONGEST_PROSE)],
        description=_l("How you work and what has come of it. A blank line makes a paragraph, **stars** make bold."),
    )
    website = Website(_l("Website"), [at_most(500)])
    email = Email(_l("E-mail"), [at_most(254)], description=_l("Everyone sees it: rather info@ than a person's."))
    phone = Line(_l("Phone"), [at_most(60)], description=_l("With the country code: +44 113 496 0000."))
    founded = Since(_l("Since"), [at_most(10)], description=_l("The year is enough."))
    languages = Picks(_l("Languages"), read=language_named, advice=NO_LANGUAGE)
    topics = Picks(_l("Topics"), read=topic_named, strict=False)


class PlaceForm(Part):
    town = Line(_l("Town"), [at_most(120)], description=_l("The nearest one that people would search for."))
    region = Line(_l("Region"), [at_most(120)])
    country = SelectField(_l("Country"), choices=countries_named, default="")
    address = Line(_l("Street address"), [at_most(300)], description=_l("Where people come to, if they may."))
    online = BooleanField(_l("You can take part online"))
    area_served = Served(
        _l("Area served"),
        [at_most(1000)],
        description=_l("From how far people may come: “50 km”, “Ghana; Togo”, “worldwide”."),
    )


class MeetingsForm(Part):
    meets = Line(
        _l("When you meet, in your words"),
        [at_most(200)],
        description=_l("“Every Tuesday, 6 to 8 pm, but not in the school holidays.”"),
    )
    meets_rule = Rhythm(_l("For the calendar"))
    meets_at = Clock(_l("Begins at"), description=_l("The time where you are."))
    newcomers = BooleanField(_l("Newcomers are welcome: they can just come"))


class ListingForm(Part):
    """One thing that is offered or sought. Only its title is needed."""

    side = RadioField(
        _l("What is it?"),
        choices=[
            SelectChoice("offer", _l("Something that we offer")),
            SelectChoice("seek", _l("Something that we look for")),
        ],
        default="offer",
    )
    title = Name(
        _l("In one line"),
        [DataRequired(_l("Say in one line what it is.")), at_most(200)],
        description=_l("Such as “A room for twenty people on weekday evenings”."),
    )
    detail = Prose(
        _l("More"),
        [at_most(LONGEST_DETAIL)],
        description=_l("What somebody needs to know before they ask: how much, how often, for whom."),
    )
    kind = SelectField(_l("Kind of help"), choices=choices(KINDS), default="")
    topics = Picks(_l("Other topics"), read=topic_named, strict=False)
    area = SelectField(_l("Service area"), choices=choices(AREAS), default="")
    delivery = SelectField(_l("How it is given"), choices=choices(DELIVERIES), default="")
    stage = SelectField(_l("For work that is about to"), choices=choices(STAGES), default="")
    languages = Picks(_l("Languages"), read=language_named, advice=NO_LANGUAGE)
    reach = SelectField(_l("Where"), choices=choices(REACHES), default="")
    reach_km = Kilometres(_l("Within how many kilometres"), description=_l("If it is for people near you."))
    reach_countries = Picks(_l("Which countries"), read=countries.country_code, advice=NO_COUNTRY)
    in_return = Prose(
        _l("In return"),
        [at_most(1000)],
        description=_l("“A mention on your site”, “two hours of your time”, or “nothing”."),
    )
    until = Day(_l("Until"), description=_l("After this day it is no longer shown."))

    def validate_reach_countries(self, field: Picks) -> None:
        if self.reach.data == "countries" and not field.data and not field.unknown:
            raise ValidationError(_("Name the countries, such as Kenya, Uganda."))

    @property
    def values(self) -> dict[str, Any]:
        """What is typed, by column; a distance or countries count only where the reach is one of them."""
        found = super().values
        if found["reach"] != "here":
            found["reach_km"] = None
        if found["reach"] != "countries":
            found["reach_countries"] = ()
        return found


FORMS: dict[str, type[Part]] = {"about": AboutForm, "place": PlaceForm, "meetings": MeetingsForm}
"""The form of each section."""
