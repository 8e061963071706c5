"""What screens talk to: a library, one session of an exercise, and its seat. All of it is data.

Screens know only these protocols; `incidentsim.tui.local` fills them with the rooms of this program, tests
with a double.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from incidentsim.case.document import Case

Data = dict[str, Any]
"""JSON data."""


class LogView(Protocol):
    """Log lines up to now, or those that pass a filter; it grows as time passes."""

    def size(self) -> int:
        """How many lines there are."""
        ...

    def line(self, index: int) -> Data:
        """One line: t (ms), time, service, level, text, address."""
        ...

    def filtered(self, level: str = "", service: str = "", text: str = "", exclude: str = "") -> LogView:
        """Only lines at least as severe as *level*, of *service*, with *text* and without *exclude*."""
        ...


class Seat(Protocol):
    """The one door to an exercise; see docs/architecture.md."""

    def briefing(self) -> Data:
        """All that is known before play."""
        ...

    def status(self) -> Data:
        """Time, severity, hands, what is under way, observed budgets."""
        ...

    def tick(self) -> Data:
        """Follow the clock; gives what is new."""
        ...

    def wait(self, most: int = 600_000) -> Data:
        """Let time pass until something visible arrives, at most so many ms."""
        ...

    def signals(self, start: int = 0, end: int | None = None, width: int = 60) -> list[Data]:
        """Measured signals and kept counts, as points."""
        ...

    def log(self) -> LogView:
        """The log up to now."""
        ...

    def row_counts(self, start: int, end: int, width: int) -> list[int]:
        """Log lines in each of *width* equal spans."""
        ...

    def inbox(self) -> list[Data]:
        """Messages, oldest first, without their text."""
        ...

    def message(self, message_id: str) -> Data | None:
        """A message; with its text once it was opened."""
        ...

    def alerts(self) -> list[Data]:
        """Firings of alerts, oldest first."""
        ...

    def changes(self) -> list[Data]:
        """The change history that can be looked up now."""
        ...

    def runbooks(self) -> list[str]:
        """Ids of the runbooks at hand."""
        ...

    def evidence(self) -> list[Data]:
        """What was opened, queried, told or pinned."""
        ...

    def hypotheses(self) -> list[Data]:
        """The incident record's hypotheses."""
        ...

    def incident_record(self) -> Data:
        """Severity, updates, notes and predictions so far."""
        ...

    def do(self, verb: str, target: str = "", **args: Any) -> Data:
        """Take a command: status, text, command, ref, evidence."""
        ...


@dataclass(frozen=True, slots=True)
class Entry:
    """A scenario in the library."""

    id: str
    number: str
    title: str
    origin: str
    """Where it was found: built in, your folder, this folder."""
    provenance: str
    """Where it comes from: fictional, from public facts …"""


@dataclass(frozen=True, slots=True)
class Unfinished:
    """An exercise that was left before its end."""

    path: Path
    number: str
    title: str
    when: str
    """How far it got, in words."""


class Session(Protocol):
    """One exercise, its seat, and what is written about it."""

    seat: Seat
    case: Case

    def save(self) -> None:
        """Keep the case."""
        ...

    def where(self) -> str:
        """Where the exercise is kept, and how to take it up again."""
        ...

    def timeline(self) -> list[Data]:
        """What was seen and done, in order: t, what, who, evidence."""
        ...

    def findings(self) -> list[str]:
        """What the 5 Whys still lack, one sentence each."""
        ...

    def why_states(self) -> dict[str, str]:
        """A word on each why, such as ``ok`` or ``no evidence``."""
        ...

    def fishbone(self, width: int) -> str:
        """The fishbone as terminal text."""
        ...

    def preview(self) -> str:
        """The postmortem as Markdown, as it stands."""
        ...

    def scorecard(self) -> Data:
        """The score and its criteria."""
        ...

    def write_packet(self, out: Path | None) -> tuple[Path, list[str]]:
        """Write the packet: its folder and the names of its files."""
        ...


class Library(Protocol):
    """Scenarios to play and exercises to take up again."""

    def entries(self) -> Sequence[Entry]:
        """All scenarios that can be found."""
        ...

    def unfinished(self) -> Sequence[Unfinished]:
        """Exercises that can be resumed, the latest first."""
        ...

    def briefing(self, scenario: str) -> Data:
        """What a participant is told before play. Raises `ScenarioError` where it cannot be read."""
        ...

    def start(self, scenario: str, format_id: str, mode: str) -> Session:
        """A new exercise."""
        ...

    def resume(self, path: Path) -> Session:
        """An exercise that was left; it returns paused."""
        ...
