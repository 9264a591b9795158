"""What may be typed about contact persons, to them, and on leaving."""

import re

from flask_wtf import FlaskForm
from wtforms import BooleanField, EmailField, RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, Optional, ValidationError

from network.accounts.forms import ADDRESS, seen, trimmed
from network.directory.texts import OVERRIDES
from network.profiles.contacts import VISIBLE
from network.text import lazy_gettext as _l

TURNING = re.compile(f"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f{OVERRIDES}]")
PHONE = re.compile(r"[\d\s()+./x-]{5,}")


def tidy(text: str | None) -> str:
    """One line, without spaces around it."""
    return " ".join(trimmed(text).split())


def plain(form: FlaskForm, field: TextAreaField) -> None:
    """Refuse what turns the direction of a text, or cannot be seen in it."""
    if TURNING.search(field.data or ""):
        raise ValidationError(_l("Something in it cannot be seen. Type it again instead of pasting it."))


def a_telephone(form: FlaskForm, field: StringField) -> None:
    if field.data and not PHONE.fullmatch(field.data):
        raise ValidationError(_l("Write digits, with the country in front: +44 113 496 0000."))


class OwnForm(FlaskForm):
    """What contact persons may say of themselves."""

    name = StringField(
        _l("Your name"),
        [DataRequired(_l("Type your name.")), Length(max=120), seen],
        [tidy],
        description=_l("As others should greet you."),
    )
    title = StringField(
        _l("What you do there"),
        [Optional(), Length(max=120), seen],
        [tidy],
        description=_l("In words that help others to choose: “looks after the workshop”, “answers on funding”."),
    )
    phone = StringField(_l("Telephone"), [Optional(), Length(max=60), a_telephone], [tidy])
    visible = RadioField(
        _l("Who sees this"), choices=[SelectChoice(value, label) for value, label in VISIBLE.items()], default="members"
    )


class ContactForm(OwnForm):
    """A contact person, as an organisation's people enter them."""

    name = StringField(
        _l("Name"),
        [DataRequired(_l("Say who it is.")), Length(max=120), seen],
        [tidy],
        description=_l("As others greet them."),
    )
    title = StringField(
        _l("What they do"),
        [Optional(), Length(max=120), seen],
        [tidy],
        description=_l("In words that help others to choose: “looks after the workshop”, “answers on funding”."),
    )

    email = EmailField(
        _l("Mail address"),
        [*ADDRESS],
        [tidy],
    )


class WriteForm(FlaskForm):
    """A message that is passed on."""

    name = StringField(
        _l("Your name"),
        [DataRequired(_l("Say who you are, so that they can greet you.")), Length(max=120), seen],
        [tidy],
    )
    email = EmailField(
        _l("Your mail address"),
        [*ADDRESS],
        [tidy],
        description=_l("The answer goes there. It is passed on with the message, and kept nowhere."),
    )
    message = TextAreaField(
        _l("Your message"),
        [
            DataRequired(_l("Write what you would like to know or to tell.")),
            Length(min=10, max=4000, message=_l("Write between 10 and 4,000 characters.")),
            plain,
        ],
    )


class FindForm(FlaskForm):
    """An address, to be told what is stored about it."""

    email = EmailField(
        _l("Your mail address"),
        [*ADDRESS],
        [tidy],
    )


class LeaveForm(FlaskForm):
    """Why an organisation leaves."""

    reason = TextAreaField(
        _l("Why are you leaving?"),
        [DataRequired(_l("A few words are enough.")), Length(max=1000), plain],
        description=_l(
            "Only the network’s staff read it. “We closed” or “it brought us nothing” help as much as praise."
        ),
    )


class ExportForm(FlaskForm):
    """Why staff take persons along."""

    reason = TextAreaField(
        _l("What do you need it for?"),
        [DataRequired(_l("A few words are enough.")), Length(max=1000), plain],
        description=_l("It is kept in the history, where the organisation’s admins read it."),
    )


class EraseForm(FlaskForm):
    """The name of what is to be erased, typed by hand."""

    name = StringField(_l("Its name"), [DataRequired(_l("Type the name."))], [tidy])


class ErasePersonForm(FlaskForm):
    """That somebody is sure, and what is to go with them."""

    sure = BooleanField(_l("Yes, erase all of it"), [InputRequired(_l("Tick this if you are sure."))])
    published = BooleanField(_l("Also where an organisation publishes it as its own"))
