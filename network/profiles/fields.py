"""The kinds of field that a profile needs beside the usual ones, and what a person may type into them."""

import re
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from email_validator import EmailNotValidError, validate_email
from wtforms import Field, IntegerField, StringField, TextAreaField
from wtforms.validators import ValidationError
from wtforms.widgets import DateInput, EmailInput, TextInput, TimeInput, URLInput

from network.directory.texts import clean, hidden_in, one_line, web_address
from network.locales import chosen
from network.places.area import Area
from network.places.countries import country_name
from network.places.folding import fold
from network.profiles import rhythm
from network.text import gettext as _

SEPARATORS = re.compile(r"[;,\n]")
PARTIAL = re.compile(r"\d{4}(-(0[1-9]|1[0-2]))?")
CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


class Line(StringField):
    """A text in one line, in normal form."""

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        self.data = one_line(valuelist[0]) if valuelist else ""


class Sentence(Line):
    """A line that may be long: typed into a box that shows all of it."""

    def __init__(self, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self.type = "TextAreaField"  # which is how templates know what to draw


class Prose(TextAreaField):
    """A text of several lines, in normal form."""

    def __init__(self, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self.type = "TextAreaField"

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        self.data = clean(valuelist[0]) if valuelist else ""


class Name(Line):
    """A line without characters that can't be seen or that turn the reading order around."""

    def pre_validate(self, form: Any) -> None:
        if hidden := hidden_in((self.raw_data or [""])[0]):
            raise ValidationError(_("A name can't hold %(character)s: take it out.", character=hidden))


class Website(Line):
    """The address of a web page; `https://` is put before a bare host."""

    widget = URLInput()

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        super().process_formdata(valuelist)
        self.data = web_address(self.data) or self.data

    def pre_validate(self, form: Any) -> None:
        if self.data and not web_address(self.data):
            raise ValidationError(_("Write the whole address; it begins with https://"))


class Email(Line):
    """An e-mail address that could be one."""

    widget = EmailInput()

    def pre_validate(self, form: Any) -> None:
        if self.data:
            try:
                validate_email(self.data, check_deliverability=False)
            except EmailNotValidError:
                advice = _("Write a whole e-mail address, such as hello@example.org.")
                raise ValidationError(advice) from None


class Since(Line):
    """A year, a month or a day."""

    def pre_validate(self, form: Any) -> None:
        if self.data and not PARTIAL.fullmatch(self.data):
            try:
                date.fromisoformat(self.data)
            except ValueError:
                raise ValidationError(_("Write a year, such as 2014, or year and month, 2014-05.")) from None


class Clock(Line):
    """A time of day, HH:MM."""

    widget = TimeInput()

    def pre_validate(self, form: Any) -> None:
        if self.data and not CLOCK.fullmatch(self.data):
            raise ValidationError(_("Write a time, such as 18:30."))


class Day(Field):
    """A day, as a date."""

    widget = DateInput()

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        self.typed, self.data = one_line(valuelist[0]) if valuelist else "", None
        try:
            self.data = date.fromisoformat(self.typed) if self.typed else None
        except ValueError:
            raise ValueError(_("Write the day as year-month-day, such as 2026-11-21.")) from None

    def _value(self) -> str:
        return self.data.isoformat() if self.data else getattr(self, "typed", "")


class Kilometres(IntegerField):
    """A distance, a whole number from 1 to half the way round the Earth."""

    widget = TextInput()

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        text = one_line(valuelist[0]) if valuelist else ""
        self.data = int(text) if text.isascii() and text.isdigit() and len(text) < 6 else None
        if text and not (self.data and self.data <= 20_038):
            self.data = None
            raise ValueError(_("Write a whole number of kilometres, such as 25."))


class Served(Line):
    """The area that an organisation serves, in words that are read as `places.Area`."""

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        typed = clean(valuelist[0]) if valuelist else ""
        found = min((served(typed), served(typed.replace(",", ";"))), key=lambda area: len(area.unknown))
        self.data = typed if found.unknown else str(found)
        self.strange = found.unknown

    def _value(self) -> str:
        area = Area.parse(self.data or "")
        if area.unknown:
            return self.data
        said = [f"{area.kilometres} km"] if area.kilometres else []
        said += [country_name(code, chosen()) for code in area.countries]
        return "; ".join((*said, *area.regions, *([_("worldwide")] if area.world else [])))

    def pre_validate(self, form: Any) -> None:
        if self.raw_data and self.strange:
            words = ", ".join(self.strange)
            raise ValidationError(
                _("We can't place %(words)s. Write distances (50 km), countries, or “worldwide”.", words=words)
            )


def served(text: str) -> Area:
    """The area of a text that may say "worldwide" in the reader's language."""
    everywhere = fold(_("worldwide"))
    return Area.parse(";".join("world" if fold(part) == everywhere else part for part in re.split(r"[;\n]", text)))


class Picks(Field):
    """Several things of a known list: ticked by their codes, or named in a text, all under one name.

    `read` gives the code of a code or a name. What means nothing stands in `unknown`; if `strict`, that is an error.
    """

    def __init__(
        self, *arguments: Any, read: Callable[[str], str | None], advice: Any = "", strict: bool = True, **more: Any
    ) -> None:
        super().__init__(*arguments, **more)
        self.read, self.advice, self.strict = read, advice, strict
        self.unknown: tuple[str, ...] = ()

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        words = [one_line(part) for value in valuelist for part in SEPARATORS.split(value)]
        read = {word: self.read(word) for word in words if word}
        self.data = tuple(dict.fromkeys(code for code in read.values() if code))
        self.unknown = tuple(word for word, code in read.items() if not code)

    def pre_validate(self, form: Any) -> None:
        if self.unknown and self.strict:
            raise ValidationError(str(self.advice) % {"words": ", ".join(self.unknown)})


class Rhythm(Field):
    """When a club meets: how often and on which weekday, two controls of one name, as the rule that they make.

    A rule that says more than that is kept as long as nobody chooses anything else.
    """

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        self.every, self.weekday = (*valuelist, "", "")[:2]
        self.data = self.every if self.every == self.object_data else rhythm.rule(self.every, self.weekday)

    def process_data(self, value: Any) -> None:
        self.data = value or ""
        self.every, self.weekday = rhythm.rhythm(self.data) or (self.data, "")

    def pre_validate(self, form: Any) -> None:
        if not self.data and self.every:
            raise ValidationError(_("Choose the weekday as well."))
        if not self.data and self.weekday:
            raise ValidationError(_("Choose how often, too."))
