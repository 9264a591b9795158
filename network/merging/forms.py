"""What may be typed when two pages are to be merged."""

from flask_wtf import FlaskForm
from wtforms import HiddenField, TextAreaField
from wtforms.validators import DataRequired, Length

from network.profiles.contact_forms import plain
from network.text import lazy_gettext as _l


class AskForm(FlaskForm):
    """Why the two are one."""

    words = TextAreaField(
        _l("How do you know that the two are one?"),
        [DataRequired(_l("A few words are enough.")), Length(max=1000), plain],
        description=_l("The one who decides reads it, and the admins of both pages do."),
    )


class DecideForm(FlaskForm):
    """What a second person says: the pages as they saw them, and why they decline."""

    mark = HiddenField()
    reason = TextAreaField(
        _l("Why not, if you decline?"),
        [Length(max=1000), plain],
        description=_l("Whoever asked reads it, and the admins of both pages do."),
    )
