"""What a document defines, and a walk over everything in it that can refer to something."""

from __future__ import annotations

import functools
import typing
from collections.abc import Iterator
from dataclasses import dataclass, field

from pydantic import BaseModel

from incidentsim.scenario.document import Scenario
from incidentsim.scenario.effects import SetFlag
from incidentsim.scenario.explaining import suggest
from incidentsim.scenario.findings import Note, Path
from incidentsim.scenario.logs import TimedEvent
from incidentsim.scenario.units import Expression
from incidentsim.scenario.vocabulary import LABELLESS, SCALER_COUNTERS, SCALER_PARAMETERS, counters, parameters


@dataclass(frozen=True, slots=True)
class Index:
    """The names that a scenario defines, by what they name."""

    scenario: Scenario
    labels: tuple[str, ...]
    parts: tuple[tuple[Path, BaseModel], ...]
    """Every part of the document but its timed events, with its path."""
    quantities: dict[str, None]
    parameters: dict[str, None]
    flags: dict[str, None]

    def ids(self, *lists: str) -> tuple[str, ...]:
        """The ids in some of the document's lists, such as ``services``."""
        return tuple(each.id for name in lists for each in getattr(self.scenario, name))

    @property
    def all_faults(self) -> tuple[str, ...]:
        """Ids of the scenario's faults, and of those that variants and siblings add."""
        scenario = self.scenario
        own = [fault.id for each in (*scenario.variants, *scenario.siblings) for fault in each.faults]
        return (*self.ids("faults"), *own)

    @property
    def conditions(self) -> tuple[str, ...]:
        """Ids of the conditions of the truth."""
        return tuple(each.id for each in self.scenario.truth.conditions)

    @property
    def herrings(self) -> tuple[str, ...]:
        """Ids of the red herrings."""
        return tuple(each.id for each in self.scenario.truth.red_herrings)


def index(scenario: Scenario) -> Index:
    """Everything that a scenario defines."""
    labels = scenario.labels or (LABELLESS,)
    parts = tuple(walk(scenario))
    return Index(
        scenario,
        labels,
        parts,
        dict.fromkeys(
            [
                *(f"{node.id}.{counter}" for node in scenario.flow for counter in counters(node)),
                *(f"{scaler.id}.{counter}" for scaler in scenario.scalers for counter in SCALER_COUNTERS),
            ]
        ),
        dict.fromkeys(
            [
                *(f"{node.id}.{name}" for node in scenario.flow for name in parameters(node, labels)),
                *(f"{scaler.id}.{name}" for scaler in scenario.scalers for name in SCALER_PARAMETERS),
            ]
        ),
        dict.fromkeys(part.flag for _, part in parts if isinstance(part, SetFlag)),
    )


def walk(part: object, path: Path = ()) -> Iterator[tuple[Path, BaseModel]]:
    """Every model in a part of the document, with its path; timed events refer to nothing and are left out."""
    if isinstance(part, BaseModel):
        yield path, part
        for name in type(part).model_fields:
            child = getattr(part, name)
            if isinstance(child, BaseModel | tuple | dict):
                yield from walk(child, (*path, name))
    elif isinstance(part, tuple):
        if part and isinstance(part[0], TimedEvent):
            return
        for position, child in enumerate(part):
            yield from walk(child, (*path, position))
    elif isinstance(part, dict):
        for key, child in part.items():
            yield from walk(child, (*path, key))


@functools.cache
def expression_fields(kind: type[BaseModel]) -> tuple[str, ...]:
    """The fields of a model that hold an expression."""
    hints = typing.get_type_hints(kind, include_extras=True)
    return tuple(
        name for name in kind.model_fields if hints[name] == Expression or Expression in typing.get_args(hints[name])
    )


@dataclass(slots=True)
class Notes:
    """Collects what is found."""

    found: list[Note] = field(default_factory=list)

    def error(self, path: Path, message: str, mend: str = "", code: str = "reference") -> None:
        """Something that does not work."""
        self.found.append(Note("error", code, path, message, mend))

    def warn(self, path: Path, message: str, mend: str = "", code: str = "doubtful") -> None:
        """Something that works and is probably not what was meant."""
        self.found.append(Note("warning", code, path, message, mend))

    def known(self, path: Path, name: str, known: tuple[str, ...], what: str) -> bool:
        """Note an error where *name* is not among the *known*; whether it is."""
        if name in known:
            return True
        mend = suggest(name, known) or f"The document has no {what} yet; add it."
        self.error(path, f"there is no {what} {name!r}", mend)
        return False
