"""The organisations of the index: where they are, what they speak, which networks they share."""

import math
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from network.matching.distances import point
from network.matching.items import roomy
from network.matching.limits import coded
from network.matching.values import Context

COLUMNS: Mapping[str, tuple[Any, ...]] = {  # each with its kind of number, and with how many when not with one
    "id": (np.int32,),  # of the organisation; 0 once it moved to another row or left
    "degrees": (np.float32, 2),  # latitude and longitude
    "point": (np.float64, 3),  # the same on the ball
    "confirmed": (np.int32,),
    "host": (np.int32,),
    "country": (np.uint16,),  # its code as a number, 0 when it isn't known
    "said": (np.int32,),  # the place of its country, languages and networks among `sayings`
}

Saying = tuple[str, tuple[str, ...], frozenset[int]]  # what many have in common: a country, languages, networks


def saying(context: Context) -> Saying:
    """What an organisation has in common with others."""
    return context.country, context.languages, context.networks


class Rows:
    """A row for each organisation. One that changes moves to a new row: what stands is never written again."""

    def __init__(self, contexts: Sequence[Context]) -> None:
        self.count = 0
        self.row_of: dict[int, int] = {}
        self.columns: dict[str, NDArray[Any]] = {
            name: np.zeros((len(contexts), *several), kind) for name, (kind, *several) in COLUMNS.items()
        }
        self.sayings: list[Saying] = []  # once each
        self.said: dict[Saying, int] = {}
        for context in contexts:
            self.add(context)

    def __len__(self) -> int:
        return self.count

    def __getitem__(self, name: str) -> NDArray[Any]:
        return self.columns[name][: self.count]

    def host(self, id: int) -> int:
        """The organisation that hosts one, else 0."""
        return int(self["host"][self.row_of[id]])

    def add(self, context: Context) -> int:
        """Give an organisation the next row."""
        row, self.count = self.count, self.count + 1
        if row >= len(self.columns["id"]):
            self.columns = {name: roomy(column) for name, column in self.columns.items()}
        columns = self.columns
        columns["id"][row] = context.id
        columns["degrees"][row] = columns["point"][row] = math.nan
        if context.latitude is not None and context.longitude is not None:
            columns["degrees"][row] = context.latitude, context.longitude
            columns["point"][row] = point(*columns["degrees"][row].tolist())
        columns["confirmed"][row] = context.confirmed.toordinal() if context.confirmed else 0
        columns["host"][row] = context.host
        columns["country"][row] = coded(context.country)
        said = saying(context)
        if said not in self.said:
            self.said[said] = len(self.sayings)
            self.sayings.append(said)
        columns["said"][row] = self.said[said]
        self.row_of[context.id] = row
        return row

    def remove(self, organization: int) -> int | None:
        """Let go of an organisation's row; gives it, or nothing when there was none."""
        row = self.row_of.pop(organization, None)
        if row is not None:
            self.columns["id"][row] = 0
        return row

    def context(self, row: int) -> Context:
        """What is known of the organisation in a row."""
        country, languages, networks = self.sayings[int(self.columns["said"][row])]
        latitude, longitude = self.columns["degrees"][row].tolist()
        confirmed = int(self.columns["confirmed"][row])
        return Context(
            int(self.columns["id"][row]),
            country,
            None if math.isnan(latitude) else latitude,
            None if math.isnan(longitude) else longitude,
            languages,
            networks,
            int(self.columns["host"][row]),
            date.fromordinal(confirmed) if confirmed else None,
        )
