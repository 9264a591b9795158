"""What staff and coordinators type about a partner that they look for."""

from collections.abc import Sequence

from flask_wtf import FlaskForm
from wtforms import BooleanField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length

from network.directory.vocabulary import STANDINGS as ALL
from network.matching.prospects import STANDINGS
from network.profiles.fields import Day, Line, Name
from network.text import gettext as _
from network.text import lazy_gettext as _l

NAME = Length(max=200, message=_l("Use at most 200 characters."))
STEP = Length(max=300, message=_l("Use at most 300 characters."))
Choices = Sequence[tuple[str, str]]


class Following(FlaskForm):
    """Who looks after it, and what is next."""

    owner = SelectField(_l("Who looks after it?"), default="")
    next_step = Line(
        _l("Next step"),
        [DataRequired(_l("Say in a line what is to be done next.")), STEP],
        description=_l("Such as “Ask Harbour Lab who they rent from”. Keep persons' details out of it."),
    )
    due_on = Day(_l("Until when?"), description=_l("After this day it is marked as overdue."))

    def offer(self, owners: Choices) -> None:
        """Let the reader choose among these persons."""
        self.owner.choices = [("", _("Nobody yet")), *owners]

    @property
    def owner_id(self) -> int | None:
        return int(self.owner.data) if self.owner.data else None


class PartnerForm(Following):
    """A partner to be won."""

    name = Name(
        _l("Which organisation would you like to win?"),
        [NAME],
        description=_l("Leave it empty if you don't know yet: it is then called “Somebody for …”."),
    )
    country = SelectField(_l("Country"), default="")
    network = SelectField(_l("For which network?"), default="")
    anyway = BooleanField(_l("Look for this one all the same"))

    def offer_places(self, countries: Choices, networks: Choices) -> None:
        """Let the reader choose among these countries and networks."""
        self.country.choices = [("", _("Not known yet")), *countries]
        self.network.choices = list(networks) or [("", "")]


class ProspectForm(Following):
    """A partner that is looked for already."""

    name = Name(_l("Name"), [DataRequired(_l("Give it a name, if only for now.")), NAME])
    standing = SelectField(_l("How far is it?"), choices=[SelectChoice(key, ALL[key].label) for key in STANDINGS])
