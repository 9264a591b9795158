"""What people answer when they are asked what a partnership, or our programmes, are worth."""

from flask_wtf import FlaskForm
from wtforms import RadioField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length, Optional

from network.directory.texts import clean
from network.introductions.value import AMOUNTS, WORTH
from network.text import lazy_gettext as _l

AMOUNT_WORDS = {"nothing": _l("Nothing"), "little": _l("A little"), "much": _l("Much")}
WORTH_WORDS = {"yes": _l("Yes"), "unsure": _l("We are not sure"), "no": _l("No")}
FIELDS = ("got", "gave", "worth", "words")


class ValueForm(FlaskForm):
    """The questions about one partner; each may be left out."""

    class Meta:
        csrf = False  # the page has one token for all of them

    got = RadioField(
        _l("What did you get from it in the last half-year?"),
        [Optional()],
        choices=[SelectChoice(key, AMOUNT_WORDS[key]) for key in AMOUNTS],
    )
    gave = RadioField(
        _l("What did you give?"),
        [Optional()],
        choices=[SelectChoice(key, AMOUNT_WORDS[key]) for key in AMOUNTS],
    )
    worth = RadioField(
        _l("Is it worth it?"),
        [Optional()],
        choices=[SelectChoice(key, WORTH_WORDS[key]) for key in WORTH],
    )
    words = TextAreaField(
        _l("In a sentence"),
        [Optional(), Length(max=500, message=_l("Use at most 500 characters."))],
        [lambda text: clean(text or "")],
    )

    @property
    def said(self) -> dict[str, str]:
        """What was answered, by column."""
        return {name: str(self[name].data or "") for name in FIELDS}
