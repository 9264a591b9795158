"""What a person may send to import a list."""

import io
from typing import IO, Any

from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length, Optional, ValidationError

from network.directory.categories import CATEGORIES
from network.directory.texts import UNSTORABLE, one_line
from network.directory.vocabulary import STANDINGS
from network.interchange.columns import COLUMNS
from network.interchange.source_words import EVERY_WORDS
from network.outside.addresses import Unreachable, target_of
from network.outside.words import why_words
from network.text import lazy_gettext as _l

MOST_MAPPING = 100_000  # bytes


def tidy(text: str | None) -> str:
    return one_line(text or "")


def readable(form: FlaskForm, field: Any) -> None:
    if UNSTORABLE.search(field.data or ""):
        raise ValidationError(_l("Something in it cannot be stored. Type it again."))


class UploadForm(FlaskForm):
    """A list, as a file or as rows, and a mapping file if there is one."""

    file = FileField(
        _l("The file"),
        description=_l("A table (CSV or Excel, XLSX), GeoJSON, JSON or a Kumu blueprint, of up to 16 MB."),
    )
    rows = TextAreaField(
        _l("Or rows, copied from a table"),
        [Optional()],
        description=_l("With the headers in the first row."),
    )
    mapping = FileField(
        _l("A mapping file"),
        [Optional()],
        description=_l("If you have one (TOML). Otherwise you say on the next page what the columns mean."),
    )

    def validate_file(self, field: FileField) -> None:
        chosen = bool(field.data and field.data.filename)
        if not chosen and not (self.rows.data or "").strip():
            raise ValidationError(_l("Choose a file, or paste rows."))
        if chosen and (self.rows.data or "").strip():
            raise ValidationError(_l("Choose a file or paste rows, not both."))

    @property
    def content(self) -> tuple[IO[bytes], str]:
        """What was sent, and the name it came under."""
        if self.file.data and self.file.data.filename:
            return self.file.data.stream, self.file.data.filename
        return io.BytesIO((self.rows.data or "").encode("utf-8", "replace")), ""

    @property
    def mapping_text(self) -> bytes:
        found = self.mapping.data
        return found.stream.read(MOST_MAPPING) if found and found.filename else b""


class SourceForm(FlaskForm):
    """What holds for a whole list: its name, and what to take where a row says nothing."""

    source = StringField(
        _l("Name of the list"),
        [
            DataRequired(_l("Give the list a name: by it, it is known again the next time.")),
            Length(max=COLUMNS["source"].longest, message=_l("Shorten the name to 200 characters.")),
            readable,
        ],
        [tidy],
        description=_l("The same name every time: rows are recognised by it, and what you say here is remembered."),
    )
    category = SelectField(_l("Category, where a row has none"))
    standing = SelectField(_l("Standing, where a row has none"))
    country = SelectField(_l("Country, where a row has none"))

    def offer(self, countries: list[tuple[str, str]]) -> None:
        """Fill the lists to choose from."""
        nothing = ("", _l("As the row says"))
        self.category.choices = [nothing, *((one.key, one.label) for one in CATEGORIES.values())]
        self.standing.choices = [nothing, *((term.key, term.label) for term in STANDINGS)]
        self.country.choices = [nothing, *countries]


class RefreshForm(FlaskForm):
    """A list at an address that is fetched again and again."""

    name = StringField(
        _l("Name of the list"),
        [
            DataRequired(_l("Give the list a name: by it, it is known again the next time.")),
            Length(max=COLUMNS["source"].longest, message=_l("Shorten the name to 200 characters.")),
            readable,
        ],
        [tidy],
        description=_l("If you brought this list before, the same name: then its columns and rows are known already."),
    )
    address = StringField(
        _l("Address"),
        [
            DataRequired(_l("Say at which address the list is.")),
            Length(max=500, message=_l("Shorten the address to 500 characters.")),
        ],
        [tidy],
        description=_l("Of the file itself: CSV, GeoJSON or JSON, of up to 16 MB, that anybody may fetch."),
    )
    every = SelectField(
        _l("How often"), choices=[SelectChoice(key, words) for key, words in EVERY_WORDS.items()], default="week"
    )

    def validate_address(self, field: StringField) -> None:
        try:
            target_of(field.data or "")
        except Unreachable as error:
            raise ValidationError(why_words(error.why, error.detail)) from None
