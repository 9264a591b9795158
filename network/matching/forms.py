"""What a person may say about a match, and the sentence of who has no account."""

from typing import Any

from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import Form, RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import AnyOf, DataRequired, InputRequired, Length

from network.directory.texts import clean
from network.matching.actions import LATER
from network.matching.reasons import REASONS
from network.text import lazy_gettext as _l

LONGEST = 500


def tidy(text: str | None) -> str:
    return clean(text or "")


class AsideForm(FlaskForm):
    """Whom not to show, and why."""

    other = StringField(validators=[DataRequired()])
    reason = StringField(validators=[AnyOf((*REASONS, LATER))])


class TogetherForm(Form):
    """What somebody would like to do together with others; it is asked by an address."""

    words = TextAreaField(
        _l("Say it in a sentence, in your language"),
        [
            DataRequired(_l("Say in a sentence what you look for, or what you could give.")),
            Length(max=LONGEST, message=_l("Use fewer words: 500 characters are enough. Your text still stands here.")),
        ],
        [tidy],
        description=_l("Such as: we look for a legal home for our club; or: we could give a room on Saturdays."),
    )
    side = RadioField(
        _l("Do you look for it, or could you give it?"),
        [InputRequired(_l("Choose one of the two."))],
        choices=[SelectChoice("seek", _l("We look for it")), SelectChoice("offer", _l("We could give it"))],
        default="seek",
    )

    @property
    def seeking(self) -> bool:
        return self.side.data != "offer"


def together(typed: Any) -> TogetherForm:
    """The form as an address fills it in; an address that says no side looks for something."""
    side = typed.get("side")
    return TogetherForm(MultiDict({**typed, "side": side if side in ("seek", "offer") else "seek"}))
