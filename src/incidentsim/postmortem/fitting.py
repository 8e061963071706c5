"""Whether a number that somebody says is a number of the record: exactly, or rounded as people round."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from incidentsim.postmortem.readings import Kind, readings

if TYPE_CHECKING:
    from incidentsim.postmortem.fields import Field, Fields
    from incidentsim.postmortem.readings import Reading

Fit = Literal["", "exact", "rounded"]
FINE = 3
"""From so many digits on a number needs no "about"; it is how the record shows millions."""
COARSE = 2
STEPS = (1, 5, 10, 15, 30, 60)
"""Minutes to which people round a span."""
FARTHEST = Fraction(1, 20)
"""A rounded span lies no farther off than two digits may."""
TELLING = 100
"""A smaller count may be the count of anything."""


class Target:
    """A field and every way to say its value."""

    def __init__(self, field: Field) -> None:
        self.field = field
        self.kind, value = _value(field)
        self._exact: set[Fraction] = set()
        self._about: set[Fraction] = set()
        self._above: set[Fraction] = set()
        self._below: set[Fraction] = set()
        if value is not None:
            self._exact = {value, *_rounded(value, FINE)}
            self._about = set(_rounded(value, COARSE))
            self._above, self._below = set(_cut(value, COARSE, 0)), set(_cut(value, COARSE, 1))
            if self.kind == "span":
                self._exact |= {Fraction(value // 1), Fraction(round(value))}
                self._steps(value)
        for each in readings(field.text):
            if each.kind == self.kind:
                (self._below if each.mark == "below" else self._exact).add(each.value)

    def _steps(self, value: Fraction) -> None:
        self._about |= {60 * each for each in _rounded(value / 60, COARSE)}
        for step in STEPS:
            down = value // step * step
            near = down if value - down <= Fraction(step, 2) else down + step
            for known, at in ((self._about, near), (self._above, down), (self._below, down + step)):
                if abs(at - value) <= FARTHEST * value:
                    known.add(Fraction(at))

    def fit(self, reading: Reading) -> Fit:
        """How a number that was said fits: ``rounded`` where it is near and has to be marked so."""
        value = reading.value
        if reading.kind != self.kind and value != 0:
            # 0.6 of the budget is 60% of it.
            if (reading.kind, self.kind) != ("count", "share") or value.denominator == 1:
                return ""
            value *= 100
        if value in self._exact:
            return "exact"
        known = {"above": self._above | self._about, "below": self._below | self._about}
        return "rounded" if value in known.get(reading.mark, self._about) else ""

    @property
    def telling(self) -> bool:
        """Whether the number is recognised wherever it stands."""
        return bool(self._exact) and (self.kind != "count" or max(self._exact) >= TELLING)


def targets(fields: Fields) -> dict[str, Target]:
    """The numbers of a record, by the id of their field."""
    return {name: Target(field) for name, field in fields.items() if not _moment(field)}


def _moment(field: Field) -> bool:
    return field.unit in {"", "date"} or (
        field.unit == "ms" and (field.id.startswith("time.") or field.id.endswith((".fires", ".time")))
    )


def _value(field: Field) -> tuple[Kind, Fraction | None]:
    kind: Kind = {"ms": "span", "minutes": "span", "share": "share"}.get(field.unit, "count")  # type: ignore[assignment]
    if field.value is None or field.unit.startswith("10^"):
        return kind, None
    value = Fraction(field.value)
    return kind, value / 60_000 if field.unit == "ms" else value * 100 if kind == "share" else value


def _rounded(value: Fraction, digits: int) -> list[Fraction]:
    """The value to so many digits, and to a few more; halves up."""
    return [(value / unit + Fraction(1, 2)) // 1 * unit for unit in _places(value, digits)]


def _cut(value: Fraction, digits: int, up: int) -> list[Fraction]:
    """The value cut off after so many digits and a few more, or the next after it."""
    return [(value / unit // 1 + up) * unit for unit in _places(value, digits)]


def _places(value: Fraction, digits: int) -> list[Fraction]:
    if value == 0:
        return []
    size, unit = abs(value), Fraction(1)
    while unit * 10 <= size:
        unit *= 10
    while unit > size:
        unit /= 10
    return [unit / 10 ** (each - 1) for each in range(digits, digits + 6)]
