"""Who looks after matches for others: staff for everybody, coordinators for their networks."""

from dataclasses import dataclass, replace

from flask import abort, g

from network.hats import Hat, Worn
from network.permissions import identity


@dataclass(frozen=True)
class Desk:
    """For whom the reader looks: all when `networks` is None, else the networks that they coordinate."""

    worn: Worn
    networks: tuple[int, ...] | None

    def narrowed(self, network: int | None) -> "Desk":
        """The same for one of its networks; itself where that is none of them. The staff's is always for all."""
        return replace(self, networks=(network,)) if network in (self.networks or ()) else self

    @property
    def staff(self) -> bool:
        return self.networks is None


def desk() -> Desk | None:
    """The reader's desk; None for whoever looks after nobody else."""
    worn = identity().worn
    for one in worn:
        if one.hat == Hat.STAFF:
            return Desk(one, None)
    mine = [one for one in worn if one.hat == Hat.COORDINATOR and one.organization_id]
    ids = tuple(dict.fromkeys(one.organization_id for one in mine if one.organization_id))
    return Desk(mine[0], ids) if mine else None


def desk_here() -> Desk:
    """The same on a page that is for them alone; what is done there is done in that hat."""
    found = desk()
    if found is None:
        abort(403)
    g.worn = found.worn
    return found
