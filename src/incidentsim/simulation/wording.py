"""Text of the document with quantities filled in: ``{stream.in:,}``."""

from __future__ import annotations

from collections.abc import Callable
from string import Formatter
from typing import TYPE_CHECKING

from incidentsim.scenario.expression import ExpressionError

if TYPE_CHECKING:
    from incidentsim.simulation.quantities import Number, Quantities

_SPECS = frozenset({"", "d", ",", ".0f", ".1f", ".2f", ".3f", ",.0f", ",.1f", ".0%", ".1%", ".2%", ".3%", ".4%"})


class Wording:
    """A text prepared once. Braces that hold no expression stay as they are."""

    def __init__(self, text: str, quantities: Quantities, clock: Callable[[], str]) -> None:
        self._text = text
        self._clock = clock
        self._parts = _parts(text, quantities)

    def __call__(self) -> str:
        """The text as the world stands."""
        if self._parts is None:
            return self._text
        words = []
        for literal, value, spec in self._parts:
            words.append(literal)
            if value == "clock":
                words.append(self._clock())
            elif callable(value):
                number = value()
                whole = isinstance(number, float) and number.is_integer() and spec in {"", "d", ","}
                words.append(format(int(number) if whole or spec in {"d", ","} else number, spec))
        return "".join(words)


_Part = tuple[str, "Callable[[], Number] | str | None", str]


def _parts(text: str, quantities: Quantities) -> list[_Part] | None:
    if "{" not in text:
        return None
    parts: list[_Part] = []
    try:
        for literal, field, spec, _ in Formatter().parse(text):
            if field is None:
                parts.append((literal, None, ""))
            elif field == "clock":
                parts.append((literal, "clock", ""))
            else:
                if spec not in _SPECS:
                    return None
                parts.append((literal, quantities.compile(field), spec or ""))
    except (ValueError, KeyError, ExpressionError):
        return None
    return parts
