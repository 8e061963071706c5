"""The log rows of an incident as files, one for each service: which file a row stands in, and which row a line is.

Line 1 of a file says that it is an exercise; row *n* of its service stands in line *n + 1*.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from incidentsim.simulation.rendering import raw_line
from incidentsim.text.escaping import for_terminal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from incidentsim.exercise.exercise import Exercise
    from incidentsim.simulation.rows import RowBlock

FOLDER = "logs"
FIRST_ROW = 2
"""The line of a service's first row."""
MOST_FILES = 100
"""Services beyond this share one file; a timeline may name as many as it has rows."""
OTHERS = "other-services"


class LogFiles:
    """The log files of an exercise whose play is over."""

    def __init__(self, exercise: Exercise) -> None:
        scenario = exercise.scenario
        self._start = scenario.start
        self._formats = {each.id: each.log_format for each in scenario.services}
        store = exercise.store
        self._blocks = [block for block, *_ in store.pieces(0, len(store))]
        self._pattern_services = [each.service for each in store.engine.patterns]
        self._plain = [self._plain_services(block) for block in self._blocks]
        present = {self._pattern_services[code] for block in self._blocks for code in self._codes_in(block)}
        services = sorted(present.union(*self._plain)) if self._plain else sorted(present)
        self._number = {service: min(at, MOST_FILES) for at, service in enumerate(services)}
        """The number of the file that has a service's rows."""
        self.names = _names(services)

    def _codes_in(self, block: RowBlock) -> list[int]:
        """The patterns that wrote in a block."""
        found: list[int] = np.unique(block.codes).tolist()
        return [code for code in found if code < len(self._pattern_services)]

    def _plain_services(self, block: RowBlock) -> list[str]:
        """The services of a block's rows that no pattern wrote, in order."""
        others = np.flatnonzero(block.codes == len(self._pattern_services))
        return [row.service for row in block.at(others).rows()] if len(others) else []

    def _files(self, at: int) -> NDArray[np.int64]:
        """The file of each row of a block."""
        block = self._blocks[at]
        # A pattern that never wrote has no file; no code of a block names it.
        numbers = [self._number.get(service, -1) for service in self._pattern_services]
        files = np.array([*numbers, -1], dtype=np.int64)[block.codes]
        files[block.codes == len(self._pattern_services)] = [self._number[each] for each in self._plain[at]]
        return files

    def address(self, name: str, line: int) -> str:
        """The address of the row that a line of a file is. Raises `KeyError` where it is none."""
        if name not in self.names or line < FIRST_ROW:
            raise KeyError(f"{name}:{line}")
        wanted, left = self.names.index(name), line - FIRST_ROW
        for at, block in enumerate(self._blocks):
            here = np.flatnonzero(self._files(at) == wanted)
            if left < len(here):
                row = block.row(int(here[left]))
                return f"row:{row.pattern}:{row.index}"
            left -= len(here)
        raise KeyError(f"{name}:{line}")

    def head(self, number: int, about: str) -> str:
        """The first line of a file, in the shape that its service writes."""
        services = [service for service, each in self._number.items() if each == number]
        return self._raw(services[0], "INFO", 0, f"EXERCISE {about}: these rows are simulated, times are UTC")

    def lines(self) -> Iterator[tuple[int, str]]:
        """(file, line) of every row in the order of time; some thousands are held at a time."""
        for at, block in enumerate(self._blocks):
            files = self._files(at).tolist()
            for number, (t, service, level, text, _, _) in zip(files, block.tuples(), strict=True):
                yield number, self._raw(service, level, t, text)

    def _raw(self, service: str, level: str, t: int, text: str) -> str:
        return for_terminal(raw_line(self._start, self._formats.get(service, "plain"), service, level, t, text))


def _names(services: list[str]) -> tuple[str, ...]:
    """A file's name for each service, all different also where letters' case is not."""
    taken: set[str] = set()
    found = []
    for service in [*services[:MOST_FILES], *([OTHERS] if len(services) > MOST_FILES else [])]:
        plain = re.sub(r"[^A-Za-z0-9._-]+", "-", service).strip("-.")[:60] or "service"
        name, number = plain, 2
        while name.casefold() in taken:
            name, number = f"{plain}-{number}", number + 1
        taken.add(name.casefold())
        found.append(f"{FOLDER}/{name}.log")
    return tuple(found)
