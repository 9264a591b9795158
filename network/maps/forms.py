"""What may be typed of a map that is kept, and of a relationship."""

from collections.abc import Sequence
from typing import Any

from wtforms import SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length

from network.directory.vocabulary import STANDINGS
from network.maps.keeping import AUDIENCES
from network.maps.relations import Relation
from network.maps.standings import STEP
from network.profiles.fields import Day, Line, Sentence
from network.profiles.forms import Part, at_most
from network.text import gettext as _
from network.text import lazy_gettext as _l


class MapForm(Part):
    """What a saved map is called, and who may look at it."""

    name = Line(_l("Name"), [DataRequired(_l("Give the map a name.")), Length(max=120)])
    description = Sentence(_l("What it shows"), [at_most(2000)])
    audience = SelectField(
        _l("Who may look at it"), choices=[SelectChoice(key, label) for key, label in AUDIENCES.items()], default="me"
    )


class RelationForm(Part):
    """Where a relationship is, who looks after it, and what is next."""

    standing = SelectField(_l("Standing"), choices=[SelectChoice(term.key, term.label) for term in STANDINGS])
    owner = SelectField(_l("Who looks after it"), default="")
    next_step = Line(_l("Next step"), [at_most(STEP)])
    due_on = Day(_l("By"))

    @classmethod
    def of(cls, one: Relation, owners: Sequence[tuple[str, str]], typed: Any = None) -> "RelationForm":
        """The form of a relationship as it stands, or as it was typed, with who may look after it."""
        present = [(str(one.owner_id), one.owner)] if one.owner_id else []
        stands = {"standing": one.standing, "owner": str(one.owner_id or ""), "next_step": one.next_step}
        form = cls(f"o{one.id}", typed, data=stands | {"due_on": one.due_on})
        named = [("", _("Nobody yet")), *dict([*present, *owners]).items()]
        form.owner.choices = [SelectChoice(key, label) for key, label in named]
        return form

    @property
    def said(self) -> dict[str, Any]:
        """What was typed, as a standing is changed by it."""
        due, owner = self.due_on.data, self.owner.data
        return {
            "standing": self.standing.data,
            "owner": int(owner) if owner else None,
            "next_step": self.next_step.data or "",
            "due_on": due.isoformat() if due else None,
        }
