"""What may be typed of a map that is kept."""

from wtforms import SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length

from network.maps.keeping import AUDIENCES
from network.profiles.fields import Line, Sentence
from network.profiles.forms import Part, at_most
from network.text import lazy_gettext as _l


class MapForm(Part):
    """What a saved map is called, and who may look at it."""

    name = Line(_l("Name"), [DataRequired(_l("Give the map a name.")), Length(max=120)])
    description = Sentence(_l("What it shows"), [at_most(2000)])
    audience = SelectField(
        _l("Who may look at it"), choices=[SelectChoice(*one) for one in AUDIENCES.items()], default="me"
    )
