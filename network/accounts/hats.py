"""What the hats are called, and what each is for, in the reader's language."""

from network.hats import Hat
from network.text import lazy_gettext as _l

NAMES = {
    Hat.REPRESENTATIVE: _l("Representative"),
    Hat.ADMIN: _l("Admin"),
    Hat.COORDINATOR: _l("Coordinator"),
    Hat.STAFF: _l("Staff"),
    Hat.OPERATOR: _l("Operator"),
}
MEANINGS = {
    Hat.REPRESENTATIVE: _l("looks after the profile, what is offered and what is sought"),
    Hat.ADMIN: _l("looks after the profile, and decides who else acts for the organisation"),
    Hat.COORDINATOR: _l("looks after the members of a network"),
    Hat.STAFF: _l("looks after the whole directory"),
    Hat.OPERATOR: _l("runs the machine that the directory is on"),
}
CAREFUL = frozenset({Hat.STAFF, Hat.COORDINATOR, Hat.OPERATOR})
"""The hats that are worn only after a passkey was shown."""

OF_AN_ORGANIZATION = frozenset({Hat.REPRESENTATIVE, Hat.ADMIN, Hat.COORDINATOR})
