"""What organisations are compared by, when one asks which of them are one: read at once, for all of them."""

from collections import defaultdict
from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.engine import Connection

from network.directory.duplicates import Entry
from network.directory.models import Organization
from network.history.models import Edit, EditValue

COMPARED = "id name website email phone town country latitude longitude precision".split()


def entries(connection: Connection) -> Iterator[Entry]:
    """Every organisation as it is compared, in the order of their numbers."""
    former = former_names(connection)
    columns = (getattr(Organization, name) for name in COMPARED)
    query = select(*columns).order_by(Organization.id)
    for row in connection.execute(query, execution_options={"yield_per": 1000}):
        yield Entry(**row._mapping, former=former.get(row.id, ()))


def former_names(connection: Connection) -> dict[int, tuple[str, ...]]:
    """The names that organisations had before they were changed."""
    had = select(Edit.organization_id, EditValue.before).join(Edit.values)
    found: defaultdict[int, list[str]] = defaultdict(list)
    for id, name in connection.execute(had.where(Edit.thing == "organization", EditValue.field == "name")):
        if name:
            found[id].append(name)
    return {id: tuple(dict.fromkeys(names)) for id, names in found.items()}
