"""What may be typed to sign in and to look after one's account."""

import unicodedata

from flask_wtf import FlaskForm
from wtforms import EmailField, Field, HiddenField, RadioField, SelectField, StringField
from wtforms.validators import DataRequired, Email, InputRequired, Length, ValidationError

from network.accounts.addresses import own_path
from network.accounts.passkeys import NAME_LENGTH
from network.directory.texts import hidden_in
from network.locales import languages
from network.text import lazy_gettext as _l


def seen(form: FlaskForm, field: Field) -> None:
    """Refuse what nobody can see in a name, or what turns its direction."""
    if hidden_in(field.data or ""):
        raise ValidationError(_l("Something in it cannot be seen. Type it again instead of pasting it."))


def trimmed(text: str | None) -> str:
    """What was typed, as it is stored."""
    return unicodedata.normalize("NFC", text or "").strip()


ADDRESS = (
    InputRequired(_l("Type an e-mail address, such as amara@example.org.")),
    Length(max=254, message=_l("No e-mail address is as long as that. Take out what does not belong to it.")),
    Email(_l("That is not a whole e-mail address. It looks like amara@example.org.")),
)


class SignInForm(FlaskForm):
    """The address that a link is sent to, and the page that was wanted."""

    email = EmailField(_l("Your e-mail address"), [*ADDRESS], filters=[trimmed])
    next = HiddenField(filters=[own_path])


class CodeForm(FlaskForm):
    """The code that a link shows in another browser."""

    code = StringField(
        _l("The code"),
        [InputRequired(_l("Type the eight signs that the other browser shows.")), Length(max=40)],
        description=_l("Eight letters and digits. Capitals, spaces and dashes do not matter."),
    )


class DetailsForm(FlaskForm):
    """What an account says of its person."""

    name = StringField(
        _l("Your name"),
        [Length(max=120, message=_l("Shorten it to 120 signs.")), seen],
        filters=[trimmed],
        description=_l("Your colleagues see it beside what you change. It is on no public page."),
    )
    locale = SelectField(_l("The language of mails to you"))

    def __init__(self, *arguments, **options) -> None:
        super().__init__(*arguments, **options)
        self.locale.choices = languages()


class PasskeyForm(FlaskForm):
    """What somebody calls a passkey."""

    name = StringField(
        _l("What to call it"),
        [
            DataRequired(_l("Give it a name that you will know it by.")),
            Length(max=NAME_LENGTH, message=_l("Shorten it to 80 signs.")),
            seen,
        ],
        filters=[trimmed],
        description=_l("Such as “my phone” or “the blue key”."),
    )


class InviteForm(FlaskForm):
    """Who shall act for an organisation, and in which role."""

    email = EmailField(_l("Their e-mail address"), [*ADDRESS], filters=[trimmed])
    role = RadioField(_l("What they may do"), [InputRequired(_l("Choose what they may do."))])


class EmptyForm(FlaskForm):
    """A button alone: nothing but the token."""
