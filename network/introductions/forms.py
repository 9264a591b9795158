"""What people type into introductions: a sentence, a question, a reason, what came of it, what they allow."""

import re
from typing import Any

from flask_wtf import FlaskForm
from wtforms import BooleanField, RadioField, SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, ValidationError

from network.directory.texts import clean
from network.introductions.wording import OUTCOMES, REASONS
from network.text import gettext as _
from network.text import lazy_gettext as _l

ADDRESS = re.compile(r"\S@\S+\.\w")
LONGEST = 1000


def without_address(form: FlaskForm, field: Any) -> None:
    """Addresses are shown once everyone agreed, and by nobody's mistake before."""
    if ADDRESS.search(field.data or ""):
        raise ValidationError(_l("Leave out e-mail addresses: they are exchanged as soon as everyone agrees."))


def words_field(label: Any, missing: Any, **more: Any) -> TextAreaField:
    """A few words to the others."""
    length = Length(min=10, max=LONGEST, message=_l("Write between 10 and 1,000 characters."))
    return TextAreaField(
        label, [DataRequired(missing), length, without_address], [lambda text: clean(text or "")], **more
    )


class AskForm(FlaskForm):
    """Why two or three organisations should meet."""

    words = words_field(
        _l("What would you like to do together?"),
        _l("Say in a sentence or two why you ask: they decide by that."),
        description=_l(
            "Say what you look for or bring, for whom, and by when. A good example: “We run a Saturday club for twenty "
            "children in Leeds and look for a room from March. In return we would show your volunteers how to teach "
            "with Scratch.”"
        ),
    )
    listing = SelectField(_l("What is it about?"), default="")
    introducer = SelectField(
        _l("Who knows both of you?"),
        default="",
        description=_l("They are told that they are named, and who is to meet; your words they don't see."),
    )

    def offer(self, listings: list[tuple[str, str]], introducers: list[tuple[str, str]]) -> None:
        """Let the reader choose among these; nothing is chosen by itself."""
        self.listing.choices = [("", _("Nothing in particular")), *listings]
        self.introducer.choices = [("", _("Nobody; we ask ourselves")), *introducers]


class QuestionForm(FlaskForm):
    """What a party wants to know before it answers."""

    words = words_field(_l("Your question"), _l("Type what you would like to know."))


class ReplyForm(FlaskForm):
    """What is replied to a question."""

    words = words_field(_l("Your reply"), _l("Type your reply."))


class DeclineForm(FlaskForm):
    """Why it does not fit."""

    reason = RadioField(
        _l("Why does it not fit?"),
        [InputRequired(_l("Choose one of the reasons."))],
        choices=[SelectChoice(value, label) for value, label in REASONS.items()],
    )


class OutcomeForm(FlaskForm):
    """What came of it."""

    outcome = RadioField(
        _l("What came of it?"),
        [InputRequired(_l("Choose what came of it."))],
        choices=[SelectChoice(value, label) for value, label in OUTCOMES.items()],
    )


class SettingsForm(FlaskForm):
    """What an organisation allows."""

    open = BooleanField(
        _l("Others may ask us for introductions"),
        description=_l("Without it you are not suggested to anybody. What waits already stays."),
    )
    introduces = BooleanField(
        _l("We may be named as one who knows both sides"),
        description=_l("Only between organisations that are both tied to you. You are told each time."),
    )
