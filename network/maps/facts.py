"""The facts of an organisation that are edited beside a map."""

from collections.abc import Mapping
from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms import SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Optional

from network.directory.vocabulary import STANDINGS
from network.profiles.fields import Day, Line, Name, Sentence, Website
from network.profiles.forms import Part, at_most, countries_named
from network.text import lazy_gettext as _l


class FactsForm(Part):
    """The facts that are edited in the side panel: the fields of the profile that a first talk settles."""

    name = Name(_l("Name"), [DataRequired(_l("Write the organisation's name.")), at_most(200)])
    summary = Sentence(_l("In one sentence"), [at_most(400)])
    website = Website(_l("Website"), [at_most(500)])
    town = Line(_l("Town"), [at_most(120)])
    country = SelectField(_l("Country"), choices=countries_named, default="")

    @classmethod
    def of(cls, given: Mapping[str, Any]) -> "FactsForm":
        """The form as it was sent with a step; what isn't sent isn't asked for."""
        typed = MultiDict({name: str(value) for name, value in given.items()})
        form = cls("facts", typed, meta={"csrf": False})
        for name in [field.name for field in form if field.name not in given]:
            del form[name]
        return form


class StandingForm(Part):
    """Where the relationship with an organisation is, who looks after it, and what is next."""

    standing = SelectField(_l("Standing"), choices=[SelectChoice(term.key, term.label) for term in STANDINGS])
    owner = SelectField(_l("Who looks after it"), choices=[])
    next_step = Line(_l("Next step"), [at_most(300)])
    due_on = Day(_l("By"), [Optional()])
