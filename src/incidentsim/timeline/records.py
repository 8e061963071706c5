"""The timeline of a run: what was seen and done, and when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from incidentsim.exercise.reconstruction import RECONSTRUCT
from incidentsim.scenario.units import DAY
from incidentsim.text.escaping import one_line
from incidentsim.timeline.clock import UtcClock
from incidentsim.timeline.milestones import Milestones, milestones

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from incidentsim.exercise.evidence import Evidence
    from incidentsim.exercise.record import ExerciseRecord
    from incidentsim.simulation.command import Command

LONGEST = 160
"""Characters of a row's text; the whole stands with the evidence."""
ANSWERS = ("result", "reply", "query", "search", "interview")
ENTRY = "entry"
EXIT_CRITERION = "play is over; the incident counts as ended then"


class Entry(Protocol):
    """A row that a person wrote; `incidentsim.case.document.Entry` is one."""

    @property
    def id(self) -> str:
        """Its number in the case."""
        ...

    @property
    def t(self) -> int:
        """When it happened (ms)."""
        ...

    @property
    def text(self) -> str:
        """What happened."""
        ...


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """One row.

    *kind*: change, log, event, message, alert, shift, action, result, reply, query, search, runbook, signal,
    declare, update, answer, hypothesis, note, decision, role, task, step, mark, handover, interview,
    milestone, entry (written by a person). *source*: the evidence (``E-0042``), else the message, alert, command or
    entry (``M-0003``, ``C-0012``, ``T-01``) it comes from. *marker*: of the five that Google's format has, and
    DETECTED. *changes*: it changed the system.
    *learned_after*: it was not known in play.
    """

    t: int
    utc: str
    what: str
    who: str
    kind: str
    source: str
    marker: str = ""
    changes: bool = False
    learned_after: bool = False

    @property
    def key(self) -> str:
        """What names this row in what people write about it; the same for the same record."""
        if self.kind == ENTRY:
            # Whoever corrects its time keeps what else was written of it.
            return f"{ENTRY}:{self.source}"
        return f"milestone:{self.marker}" if self.kind == "milestone" else f"{self.kind}:{self.source}@{self.t}"


def timeline(record: ExerciseRecord, entries: Iterable[Entry] = ()) -> tuple[TimelineRow, ...]:
    """All rows in the order of time, *entries* among them; rows of one moment in the order milestone last.

    In a reconstruction there is only what the trainee found, each at its own moment, and what they wrote.
    """
    rows = _Rows(record)
    known = rows.found() if record.mode == RECONSTRUCT else rows.all()
    written = (rows.row(each.t, each.text, "written", ENTRY, each.id) for each in entries)
    return tuple(sorted((*known, *written), key=lambda row: (row.t, row.kind == "milestone")))


class _Rows:
    """Makes the rows of one record."""

    def __init__(self, record: ExerciseRecord) -> None:
        self.record = record
        self.clock = UtcClock.of(record.scenario)
        self.people = {each.id: each.title for each in record.scenario.personas}
        self.thoughts = {each.id: each.text for each in record.hypotheses}
        self.by_source: dict[str, Evidence] = {}
        for each in record.evidence:
            self.by_source.setdefault(each.source, each)
        self.answers = {each.command: each for each in record.evidence if each.kind in ANSWERS}
        self.named: dict[str, list[str]] = {"decide": [], "task": []}
        self.seen = [each for each in record.events if each.t <= record.ended_at]

    def all(self) -> Iterator[TimelineRow]:
        """Every row, in no order."""
        yield from self.looked_at()
        yield from self.scripted()
        yield from self.messages()
        yield from self.alerts()
        yield from self.commands()
        for each in self.seen:
            if each.kind == "shift":
                yield self.row(each.t, str(each.data["title"]), "roster", "shift", "roster")
        yield from self.markers(milestones(self.record))

    def row(self, t: int, what: str, who: str, kind: str, source: str, **more: Any) -> TimelineRow:
        """A row whose text is one line of at most `LONGEST` characters."""
        return TimelineRow(t, self.clock.utc(t), shortened(what), one_line(who), kind, source, **more)

    def found(self) -> Iterator[TimelineRow]:
        """The evidence that has a moment of its own in the incident; a count or an interview has none."""
        changes = {each.id: each for each in self.record.scenario.changes}
        for each in self.record.evidence:
            change = changes.get(each.source.partition(":")[2]) if each.kind == "change" else None
            if change is not None:
                yield self.row(change.at - change.days_before * DAY, each.title, "change history", "change", each.id)
            elif each.about is not None:
                kind, who = {"row": ("log", "log"), "alert": ("alert", "monitoring")}.get(each.kind, (each.kind, ""))
                sender = each.title.partition(":")[0].partition(",")[0]
                text = each.text if each.kind == "signal" else f"{each.title}: {each.text}"
                yield self.row(each.about, text, who or self.people.get(sender, sender), kind, each.id)

    def looked_at(self) -> Iterator[TimelineRow]:
        """Changes, log rows, runbooks, plots and interviews; changes and rows stand at their own moment."""
        changes = {each.id: each for each in self.record.scenario.changes}
        for each in self.record.evidence:
            after = each.phase == "after"
            if each.kind == "change":
                change = changes.get(each.source.partition(":")[2])
                t = each.t if change is None else change.at - change.days_before * DAY
                yield self.row(t, each.title, "change history", "change", each.id, learned_after=after)
            elif each.kind == "row":
                t = each.t if each.about is None else each.about
                yield self.row(t, f"{each.title}: {each.text}", "log", "log", each.id, learned_after=after)
            elif each.kind in {"runbook", "signal"}:
                what = f"Read runbook {each.title}" if each.kind == "runbook" else f"Looked at {each.text}"
                yield self.row(each.t, what, each.by, each.kind, each.id, learned_after=after)
            elif each.kind == "interview":
                yield self.row(each.t, f"{each.title}: {each.text}", each.by, "interview", each.id, learned_after=True)

    def scripted(self) -> Iterator[TimelineRow]:
        """The events of a scenario that is nothing but a timeline: all that went by is what there is to know."""
        scenario = self.record.scenario
        if scenario.flow or scenario.patterns or scenario.truth.conditions:
            return
        for index, event in enumerate(scenario.events):
            source = f"row:event:{index}"
            if event.at <= self.record.ended_at and source not in self.by_source:
                what = f"{event.level} {event.service}: {event.text}"
                yield self.row(event.at, what, event.service, "event", f"R-{index + 1:04d}")

    def messages(self) -> Iterator[TimelineRow]:
        """Messages that arrived; those that answer a command stand with it."""
        for each in self.record.messages:
            if each["channel"] in ANSWERS or each["t"] > self.record.ended_at:
                continue
            evidence = self.by_source.get(each["source"])
            sender = self.people.get(each["sender"], each["sender"])
            text = f": {each['text']}" if evidence is not None else " (not opened)"
            source = each["id"] if evidence is None else evidence.id
            yield self.row(each["t"], f"{each['title']}{text}", sender, "message", source)

    def alerts(self) -> Iterator[TimelineRow]:
        """One row for each alert that fired, with how often, and one where a single firing resolved."""
        fired: dict[str, list[Any]] = {}
        for event in self.seen:
            if event.kind == "alert":
                fired.setdefault(event.data["alert"], []).append(event)
        for events in fired.values():
            fires = [each for each in events if each.data["state"] == "fires"]
            if not fires:
                continue
            first = fires[0]
            title = f"{first.data['severity']} alert: {first.data['title']}"
            evidence = self.by_source.get(first.data["source"])
            source = "alert" if evidence is None else evidence.id
            if len(fires) > 1:
                title = f"{title} (x{len(fires)}, last at {self.clock.time(fires[-1].t)})"
            yield self.row(first.t, title, "monitoring", "alert", source)
            ends = [each for each in events if each.data["state"] == "resolves"]
            if len(fires) == 1 and ends:
                yield self.row(ends[0].t, f"alert resolved: {first.data['title']}", "monitoring", "alert", source)

    def commands(self) -> Iterator[TimelineRow]:
        """What was done; questions, counts and actions stand where their answer arrived."""
        titles = {each.data["command"]: str(each.data["title"]) for each in self.seen if each.kind == "action"}
        ends = {each.data["command"]: each.t for each in self.seen
                if each.kind == "action" and each.data["state"] == "done"}  # fmt: skip
        withdrawn = {each.data["command"] for each in self.seen
                     if each.kind == "action" and each.data["state"] == "withdrawn"}  # fmt: skip
        changing = {verb.id for verb in self.record.scenario.verbs if verb.changes}
        for command in self.record.commands:
            number = f"C-{command.id:04d}"
            if command.verb in {"act", "ask", "query", "search"}:
                title = titles.get(command.id, command.target)
                changes = command.verb == "act" and command.target.partition(":")[0] in changing
                evidence = self.answers.get(command.id)
                if changes:
                    yield self.row(command.t, f"Started: {title}", command.actor, "action", number, changes=True)
                if evidence is not None:
                    what = f"{title}: {evidence.text}" if evidence.kind != "query" else title
                    t = max(evidence.t, ends.get(command.id, 0))
                    yield self.row(t, what, command.actor, evidence.kind, evidence.id, changes=changes)
                elif not changes and command.id not in withdrawn:
                    yield self.row(command.t, f"{title} (no answer in play)", command.actor, "action", number)
            elif command.verb == "withdraw":
                title = titles.get(int(command.target.removeprefix("T-")), command.target)
                yield self.row(command.t, f"Called off: {title}", command.actor, "action", number)
            else:
                yield from self.said(command, number)

    def said(self, command: Command, number: str) -> Iterator[TimelineRow]:
        """Declarations, updates, answers and entries of the incident record."""
        text = str(command.args.get("text", ""))
        match command.verb:
            case "declare":
                what = f"Declared {command.target}{': ' + text if text else ''}"
                yield self.row(command.t, what, command.actor, "declare", number)
            case "announce":
                yield self.row(command.t, f"Update to {command.target}: {text}", command.actor, "update", number)
            case "answer":
                yield self.row(command.t, f"Answered {command.target}: {text}", command.actor, "answer", number)
            case "hypothesis":
                confidence = command.args.get("confidence")
                state = command.args.get("state") or (f"{confidence}%" if type(confidence) is int else "open")
                what = f"Hypothesis ({state}): {text or self.thoughts.get(command.target, command.target)}"
                yield self.row(command.t, what, command.actor, "hypothesis", number)
            case "note":
                yield self.row(command.t, f"Note: {text}", command.actor, "note", number)
            case _:
                yield from self.written(command, number)

    def written(self, command: Command, number: str) -> Iterator[TimelineRow]:
        """Decisions, roles, tasks, runbook steps, markers and handover notes."""
        args, target = command.args, command.target
        text, state = str(args.get("text", "")), str(args.get("state", ""))
        if command.verb in ("decide", "task") and not target:
            self.named[command.verb].append(text)
        match command.verb:
            case "decide":
                tier = str(args.get("tier", ""))
                what = " · ".join(part for part in (text or self.name(command), state, tier) if part)
                yield self.row(command.t, f"Decision: {what}", command.actor, "decision", number)
            case "task":
                owner = str(args.get("owner", ""))
                what = " · ".join(part for part in (text or self.name(command), owner, state) if part)
                yield self.row(command.t, f"Task: {what}", command.actor, "task", number)
            case "assign":
                yield self.row(command.t, f"Role {target}: {args.get('who', '')}", command.actor, "role", number)
            case "step":
                done = "" if args.get("done", True) is not False else " (not done)"
                what = f"Runbook {target.removeprefix('runbook:')}, step {args.get('step')}{done}: {text}"
                yield self.row(command.t, what, command.actor, "step", number)
            case "mark":
                yield self.row(int(args["at"]), f"Marker: {text}", command.actor, "mark", number)
            case "handover":
                yield self.row(command.t, f"Handover note: {text}", command.actor, "handover", number)

    def name(self, command: Command) -> str:
        """What a decision or task was called when it was first written down, or its number."""
        known = self.named[command.verb]
        digits = command.target.rpartition("-")[2]
        place = int(digits) - 1 if digits.isdecimal() else -1
        return known[place] if 0 <= place < len(known) else command.target

    def markers(self, found: Milestones) -> Iterator[TimelineRow]:
        """The markers, at the milestones that were reached."""
        moments = (
            ("OUTAGE BEGINS", found.started, "first loss"),
            ("DETECTED", found.detected, f"told by {found.detected_by}"),
            ("INCIDENT BEGINS", found.acknowledged, "first declaration"),
            ("OUTAGE MITIGATED", found.mitigated, "no new loss from here on"),
            ("OUTAGE ENDS", found.resolved, "served data is whole as far as it can be"),
            ("INCIDENT ENDS", found.ended, EXIT_CRITERION),
        )
        for marker, t, what in moments:
            if t is not None and not (marker == "INCIDENT ENDS" and found.acknowledged is None):
                yield self.row(t, what, "record", "milestone", "computed", marker=marker)


def shortened(text: str, longest: int = LONGEST) -> str:
    """The text in one line, cut at a word where it is longer than *longest* characters."""
    line = one_line(text)
    if len(line) <= longest:
        return line
    return line[:longest].rsplit(" ", 1)[0].rstrip(",.;: ") + " …"
