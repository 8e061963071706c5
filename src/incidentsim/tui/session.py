"""What screens talk to: a library, one session of an exercise, and its seat. All of it is data.

Screens know only these protocols; `incidentsim.tui.local` fills them with the rooms of this program, tests
with a double.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from incidentsim.tui.drafts import Drafts

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

    def samples(self, plot: str, start: int = 0, end: int | None = None) -> Data | None:
        """One of `signals` with every sample, or None where there is no such plot."""
        ...

    def budgets(self) -> list[Data]:
        """The error budgets that the organisation observes."""
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

    def standing(self) -> dict[str, Data]:
        """Of each message and alert that has arrived: answered_at (ms or None), evidence (or empty), pinned."""
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
        """Everything written down so far: severity, declared, roles, decisions, tasks, steps, marks, updates, notes,
        handovers, predictions.
        """
        ...

    def timeline(self) -> list[Data]:
        """What was shown and done so far, oldest first: t (ms), kind, text, ref (what can be opened, or empty)."""
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


class Casework(Protocol):
    """What people write about one incident, as JSON data. Everything that is put is kept at once.

    What puts or drops raises `Problem` where it cannot be kept; nothing is changed then.
    """

    def vocabulary(self) -> dict[str, list[tuple[str, str]]]:
        """What there is to choose from, as (id, name): branches, gates, categories, stops, hierarchies, types,
        priorities, owners, slos, controls.
        """
        ...

    def effect(self) -> str:
        """The effect at the head of the whys."""
        ...

    def put_effect(self, text: str) -> None:
        """Write the effect."""
        ...

    def whys(self) -> list[Data]:
        """The whys: id, text, branch, parent, gate, category, stop, sensible, falsify, ruled_out, cites; state is
        a word on each.
        """
        ...

    def put_why(self, why: Data) -> str:
        """Add a why (without id) or change one; gives its id."""
        ...

    def drop_why(self, id: str) -> None:  # noqa: A002
        """Take out a why; what hung on it hangs on its parent then."""
        ...

    def findings(self) -> list[str]:
        """What the whys still lack, one sentence each."""
        ...

    def actions(self) -> list[Data]:
        """Action items in rank: id, text, hierarchy, type, theme, priority, owner, addresses, slo, done_when,
        bypass, side_effect, control, due, cites; state says what is missing.
        """
        ...

    def put_action(self, action: Data) -> str:
        """Add an action item or change one; gives its id."""
        ...

    def drop_action(self, id: str) -> None:  # noqa: A002
        """Take out an action item."""
        ...

    def move_action(self, id: str, by: int) -> None:  # noqa: A002
        """Move an action item in rank."""
        ...

    def sections(self) -> list[Data]:
        """The postmortem's sections: id, title, hint, statements (id, text, cites)."""
        ...

    def put_statement(self, section: str, statement: Data) -> str:
        """Add a statement or change one; gives its id."""
        ...

    def drop_statement(self, section: str, id: str) -> None:  # noqa: A002
        """Take out a statement."""
        ...


class Session(Protocol):
    """One exercise, its seat, and what is written about it."""

    waiting: bool
    """It was taken up again, and its clock waits for `go_on`."""
    drafts: Drafts
    """What is being typed into forms."""

    @property
    def seat(self) -> Seat:
        """The player's door to it."""
        ...

    @property
    def case(self) -> Casework:
        """What is written. Raises `Problem` where its file cannot be used."""
        ...

    def go_on(self) -> None:
        """Start the clock."""
        ...

    def close(self) -> None:
        """Let go of the exercise; nothing can be done in it then."""
        ...

    def where(self) -> str:
        """Where the exercise is kept, and how to take it up again."""
        ...

    def timeline(self) -> list[Data]:
        """What was seen and done, in order: t, kind, text, milestone, evidence."""
        ...

    def fishbone(self, width: int) -> str:
        """The fishbone as terminal text."""
        ...

    def preview(self) -> Data:
        """The postmortem as it stands: markdown, findings on its words, fields of the record as (id, text)."""
        ...

    def scorecard(self) -> str:
        """The score and its criteria, as Markdown."""
        ...

    def write_packet(self, out: Path | None) -> Data:
        """Write the packet: folder, files (their names), findings. Raises `Problem`."""
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
        """What a participant is told before play. Raises `Problem` where it cannot be read."""
        ...

    def start(self, scenario: str, format_id: str, mode: str, waiting: bool = False) -> Session:
        """A new exercise; its clock runs, or waits for `Session.go_on`."""
        ...

    def resume(self, path: Path) -> Session:
        """An exercise that was left; it returns paused."""
        ...
