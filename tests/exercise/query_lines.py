"""Lines of queries as completion alone writes them, on the flagship."""

from __future__ import annotations

from functools import cache
from typing import Any

from hypothesis import strategies as st

from incidentsim.exercise.exercise import Exercise
from incidentsim.exercise.query_completion import complete
from incidentsim.exercise.query_line import parse_query
from incidentsim.exercise.query_words import NotReadError
from incidentsim.exercise.seat import Seat
from incidentsim.exercise.settings import setting_for
from incidentsim.scenario.units import MINUTE

NOW = 100 * MINUTE


@cache
def exercise() -> Exercise:
    """The flagship; nothing is done in it."""
    return Exercise(setting_for("inc-2024-0312"))


@cache
def brief() -> dict[str, Any]:
    """Its briefing."""
    return Seat(exercise()).briefing()


@st.composite
def lines(draw) -> str:
    """A line as tab alone writes it: at each place one of the words that are offered, up to where it can be read."""
    line, whole = "", ""
    for _ in range(draw(st.integers(2, 16))):
        # A word that stands there in full is followed by what may come next.
        line = f"{line.rstrip()} ".lstrip()
        place = complete(line, len(line), brief(), NOW)
        if not place.fits:
            break
        line, _ = place.applied(line, draw(st.sampled_from(place.fits)))
        if read(line) is not None:
            whole = line
    return whole.strip() or line.strip()


def read(line: str) -> dict[str, Any] | None:
    """What a line means; None where it is unfinished."""
    try:
        return parse_query(line, brief())
    except NotReadError:
        return None
