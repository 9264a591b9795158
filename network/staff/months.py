"""Numbers over time, and the little picture of them. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

WIDTH, HEIGHT, EDGE = 160, 40, 4  # of the picture, in its own units


def first_of(day: date) -> date:
    return day.replace(day=1)


def months(today: date, count: int) -> list[date]:
    """The first days of the last months, the present one last."""
    number = today.year * 12 + today.month - 1
    return [date(at // 12, at % 12 + 1, 1) for at in range(number - count + 1, number + 1)]


@dataclass(frozen=True)
class Series:
    """A number for each of some days, the oldest first."""

    days: Sequence[date]
    values: Sequence[int]

    def __bool__(self) -> bool:
        """Whether there is anything to see."""
        return len(self.values) > 1 and any(self.values)

    @property
    def places(self) -> list[tuple[float, float]]:
        """Where each number stands in the picture: time runs to the right, zero lies at the bottom."""
        most, steps = max(self.values) or 1, len(self.values) - 1
        wide, high = WIDTH - 2 * EDGE, HEIGHT - 2 * EDGE
        return [
            (round(EDGE + wide * at / steps, 1), round(HEIGHT - EDGE - high * value / most, 1))
            for at, value in enumerate(self.values)
        ]

    @property
    def line(self) -> str:
        return " ".join(f"{x},{y}" for x, y in self.places)

    @property
    def area(self) -> str:
        """The surface below the line."""
        floor = HEIGHT - EDGE
        return f"{EDGE},{floor} {self.line} {WIDTH - EDGE},{floor}"

    @property
    def end(self) -> tuple[float, float]:
        return self.places[-1]


def by_month(counted: Mapping[tuple[int, int], int], today: date, count: int) -> Series:
    """What happened in each of the last months, by (year, month)."""
    days = months(today, count)
    return Series(days, [counted.get((day.year, day.month), 0) for day in days])


def adding_up(counted: Mapping[tuple[int, int], int], today: date, count: int) -> Series:
    """How many there were at the end of each of the last months, of what came in each month ever."""
    days = months(today, count)
    before = sum(number for month, number in counted.items() if month < (days[0].year, days[0].month))
    values = []
    for day in days:
        before += counted.get((day.year, day.month), 0)
        values.append(before)
    return Series(days, values)
