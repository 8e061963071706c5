"""What screens talk to: a library, one session of an exercise, and its seat. All of it is data.

Screens know only these protocols; `incidentsim.tui.local` fills them with the rooms of this program, tests
with a double.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from incidentsim.tui.drafts import Drafts

Data = dict[str, Any]
"""JSON data."""


class LogView(Protocol):
    """Log rows up to now, or those that pass filters; it grows as time passes.

    Positions count the rows that pass, an index counts all rows of the log.
    """

    @property
    def complete(self) -> bool:
        """Every row up to now has been looked at."""
        ...

    @property
    def seen(self) -> float:
        """How much of the log has been looked at, 0 to 1."""
        ...

    @property
    def reached(self) -> int:
        """The index from which on every row has been looked at."""
        ...

    def scan(self, cost: int = 2_000) -> bool:
        """Go on looking at older rows, about so many of them read; True when there are none left."""
        ...

    def size(self) -> int:
        """How many rows pass, as far as they have been looked at."""
        ...

    def all_size(self) -> int:
        """How many rows there are, filters or not."""
        ...

    def index(self, position: int) -> int:
        """The index of the row at a position."""
        ...

    def position(self, index: int) -> int:
        """The first position whose row's index is at least *index*; the size where there is none."""
        ...

    def first_at(self, t: int) -> int:
        """The first position whose row was written at or after *t* (ms)."""
        ...

    def row(self, index: int) -> Data:
        """A row by its index: t (ms), time, service, level, text, address."""
        ...

    def line(self, position: int) -> Data:
        """The row at a position."""
        ...

    def runs(self) -> Any:
        """The first position of each run of rows that one pattern wrote: a sequence or an array of numbers."""
        ...

    def counts(self, edges: Sequence[int]) -> tuple[list[int], list[int]]:
        """Rows that pass between each two moments (ms): all, and those at WARN or above."""
        ...

    def selected(self, filters: Iterable[Data]) -> LogView:
        """Only rows that pass *filters*, to be looked through in pieces. Raises `Problem`."""
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

    def query_of(self, message_id: str) -> Data | None:
        """What the count behind a message asked for, as the arguments of ``query``; None for any other message."""
        ...

    def alerts(self) -> list[Data]:
        """Firings of alerts, oldest first."""
        ...

    def excerpts(self) -> list[Data]:
        """Code, configuration and texts that can be read after play: id, service, title, kind, path."""
        ...

    def changes(self) -> list[Data]:
        """The change history that can be looked up now."""
        ...

    def runbooks(self) -> list[str]:
        """Ids of the runbooks at hand."""
        ...

    def runbook(self, name: str) -> str:
        """The text of a runbook at hand, Markdown."""
        ...

    def find_in_runbooks(self, text: str) -> list[Data]:
        """Lines of the runbooks that hold *text*: runbook, block (its number), text."""
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


class PastSeat(Seat, Protocol):
    """A seat as it was at a moment of play; it refuses to do anything."""

    @property
    def now(self) -> int:
        """The moment (ms)."""
        ...

    @property
    def last(self) -> int:
        """The last moment of play (ms)."""
        ...

    def go_to(self, t: int) -> int:
        """Be at a moment (ms); gives where it is, which is at most *last*."""
        ...

    def story(self) -> list[Data]:
        """What was done, and what rang, in all of play: t (ms), kind, text, own (False for what rang)."""
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

    def refresh(self) -> bool:
        """Take up what was written into the case's file by another program meanwhile; whether there was anything.
        Raises `Problem` where that cannot be used; all stays as it was then.
        """
        ...

    def vocabulary(self) -> dict[str, list[tuple[str, str]]]:
        """What there is to choose from, as (id, name): marks (milestones of a row), branches, gates, categories,
        stops, hierarchies, types, priorities, owners, slos, controls.
        """
        ...

    def put_row(self, key: str, **parts: str | bool) -> None:
        """Change what is written of a row of the timeline: wording, pinned, milestone, phase, into (the key of the
        row that it is told with).
        """
        ...

    def put_entry(self, entry: Data) -> str:
        """Add a row of one's own to the timeline (without id) or change one: id, t (ms), text, cites; gives its id."""
        ...

    def entry(self, id: str) -> Data | None:  # noqa: A002
        """A row of one's own."""
        ...

    def drop_entry(self, id: str) -> None:  # noqa: A002
        """Take out a row of one's own, and what was made of it."""
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

    def fishbone_findings(self) -> list[str]:
        """What the fishbone still lacks, one sentence each."""
        ...

    def categories(self) -> str:
        """The categories of the fishbone, one a line, as ``id: Title``."""
        ...

    def put_categories(self, text: str) -> None:
        """Take other categories; an empty text takes the usual ones. Raises `Problem` for what is none."""
        ...

    def causes(self) -> Data:
        """What the whys come to: texts (by why), necessary, sets and changeable (the smallest sets of whys without
        which the effect would not have come about; of all, and of those that can be changed), cut (there are more),
        unsaid; items, cells (for each cause ``direct``, ``above`` or empty, an item each), bare, documented, idle.
        """
        ...

    def actions(self) -> list[Data]:
        """Action items in rank: id, text, hierarchy, type, theme, priority, owner, addresses, slo, done_when,
        bypass, side_effect, control, due, cites; state says what is missing.
        """
        ...

    def item_findings(self) -> list[str]:
        """What the action items still lack, one sentence each; those of one item begin with its id and a colon."""
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

    def sensible(self) -> dict[str, str]:
        """What made choices sensible at the time, by the id of the choice (see `Session.prices`)."""
        ...

    def put_sensible(self, choice: str, text: str) -> None:
        """Say what made a choice sensible at the time. An empty text takes it back."""
        ...

    def put_answer(self, question: str, answer: Data) -> None:
        """Answer a question of the briefing: text, cites, estimate. An empty text takes the answer back."""
        ...


class Review(Protocol):
    """An exercise to look back at."""

    scenario: str
    """The scenario's id."""
    waiting: bool
    drafts: Drafts

    @property
    def seat(self) -> PastSeat:
        """What was to be seen."""
        ...

    def fork(self, at: int, name: str) -> Session:
        """A new exercise of that name that goes on from *at* (ms); its clock waits. Raises `Problem`."""
        ...


class Session(Protocol):
    """One exercise, its seat, and what is written about it."""

    origin: str
    """What it was forked from, in a sentence; empty where from nothing."""

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

    def review(self) -> Review:
        """The exercise to look back at, up to its present moment."""
        ...

    def timeline(self) -> list[Data]:
        """What was seen and done, in order: t, kind, text, milestone, evidence; entry is the id of a written row."""
        ...

    def fishbone(self, width: int) -> str:
        """The fishbone as terminal text."""
        ...

    def preview(self) -> Data:
        """The postmortem as it stands: markdown, findings on its words, fields of the record as (id, text)."""
        ...

    def briefing(self) -> Data:
        """Briefing leadership: questions in order (id, frame in words, question, raised, hint, and the answer: text,
        cites, estimate, findings as (message, mend)), and fields of the record as (id, text).
        """
        ...

    def graded(self) -> bool:
        """Whether the scorecard, or a packet with it, has been seen; from then on a second attempt is written."""
        ...

    def close_attempt(self) -> None:
        """Write down how the case stands, before its scorecard is seen for the first time."""
        ...

    def scorecard(self) -> str:
        """The score and its criteria, as Markdown."""
        ...

    def modelled(self, progress: Callable[[int, int], bool]) -> Data:
        """What the controls of the action items would have changed, in what was done here; it takes a while.

        *progress* is called with (finished, all) pieces of work; where it is False, what is finished is kept.
        controls (control, title, items, short, sentences), without, seeds, partly, assumptions. Raises `Problem`
        where no action item names a control.
        """
        ...

    def prices(self) -> list[Data]:
        """What choices cost, in order of time: id, at (UTC), choice, option, evidence as (id, title), priced (it has
        a price, as it could be told from its option on that evidence), text. It takes a few runs.
        """
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
