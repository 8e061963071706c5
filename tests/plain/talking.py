"""Talking with the plain terminal: lines in, all that it says out."""

from __future__ import annotations

import io
from pathlib import Path

from incidentsim.plain.starting import run

FLAGSHIP = "inc-2024-0312"
BEGIN = ("1", "")
"""The answers to format and mode."""


def talk(*lines: str, scenario: str | None = FLAGSHIP, journal: Path | None = None, out: Path | None = None) -> str:
    """Type some lines, then the end of the input; everything that was written."""
    sink = io.StringIO()
    typed = "".join(f"{line}\n" for line in lines)
    assert run(scenario, out=out, journal=journal, source=io.StringIO(typed), sink=sink) == 0
    return sink.getvalue()


def played(*lines: str, **where: object) -> str:
    """As `talk`, from the first command of a new exercise on."""
    said = talk(*BEGIN, *lines, **where)
    return said[said.index("help lists the commands") :]


def whole(said: str) -> str:
    """Wrapped lines as one again."""
    return said.replace("\n  ", " ")


def answer(said: str, line: str) -> str:
    """What was said to the first command that reads *line*, up to the next prompt."""
    after = said[said.index(f"> {line}\n") :].partition("\n")[2]
    return after.partition("\n> ")[0]
