"""The seat: the one door through which any player sees and acts."""

from __future__ import annotations

import copy
import itertools
from typing import TYPE_CHECKING, Any

from incidentsim.exercise.deadlines import deadlines_of
from incidentsim.exercise.logview import LogView
from incidentsim.exercise.looking import change_visible
from incidentsim.exercise.observed import budgets
from incidentsim.exercise.plots import plots, samples
from incidentsim.exercise.so_far import so_far
from incidentsim.exercise.standing import confidences, standing
from incidentsim.exercise.view import alert_note, message_body, message_header, visible
from incidentsim.scenario.library import runbook as runbook_text
from incidentsim.scenario.units import MINUTE
from incidentsim.simulation.command import AUDIENCES
from incidentsim.simulation.grammar import targets_of
from incidentsim.simulation.querying_cells import decimal
from incidentsim.text.problem import Problem
from incidentsim.text.runbook import found_in

if TYPE_CHECKING:
    from collections.abc import Iterable

    from incidentsim.exercise.clock import Clock
    from incidentsim.exercise.exercise import Exercise

LONGEST_WAIT = 30 * MINUTE


class Seat:
    """A player's view of an exercise, and the player's hands.

    Everything it returns is JSON data that the player may know, so a pipe, a screen and a script get the same.
    With a *clock*, `tick` lets the world follow wall time; without one, time moves only by `advance` and `wait`.
    """

    def __init__(self, exercise: Exercise, role: str = "responder", clock: Clock | None = None) -> None:
        self._exercise = exercise
        self._role = role
        self._clock = clock
        self._events: list[dict[str, Any]] = []
        self._next_event = 0
        self._messages = 0
        self._alert_states: dict[str, int | None] = {}

    # Time.

    @property
    def now(self) -> int:
        """The time (ms)."""
        return self._exercise.now

    def tick(self) -> dict[str, Any]:
        """Let the world follow the clock, and give what is new since the last tick."""
        after = len(self._events)
        if self._clock is not None and not self._exercise.over:
            self._exercise.advance(self._clock.now())
        return self.frame(after)

    def advance(self, milliseconds: int) -> dict[str, Any]:
        """Let so much time pass, and give what became visible."""
        after = len(self._events)
        self._move_to(self.now + max(0, milliseconds))
        return self.frame(after)

    def wait(self, most: int = 10 * MINUTE) -> dict[str, Any]:
        """Let time pass until something visible arrives or falls due, at most *most* ms, and give what it is.

        It never stops for anything that the player cannot see. *due* are the deadlines that have come: what was
        promised to an audience, tasks, messages that want an answer.
        """
        after, began = len(self.frame(0)["events"]), self.now
        end = min(self.now + max(0, min(most, LONGEST_WAIT)), self._exercise.scenario.duration)
        deadlines = sorted(each for each in self._deadlines() if each[0] > self.now)
        end = min([end, *(at for at, _ in deadlines)])
        while self.now < end and not self._exercise.over:
            self._move_to(min(end, (self.now // 1000 + 1) * 1000))
            if any(each["kind"] in {"message", "alert", "shift"} for each in self.frame(after)["events"]):
                break
        return {**self.frame(after), "due": [what for at, what in deadlines if began < at <= self.now]}

    def _deadlines(self) -> Iterable[tuple[int, str]]:
        return deadlines_of(self._exercise)

    def _move_to(self, t: int) -> None:
        self._exercise.advance(t)
        if self._clock is not None:
            self._clock.skip_to(self.now)

    # What there is to see.

    def briefing(self) -> dict[str, Any]:
        """All that is known before play: the situation, the system, what can be done and asked."""
        scenario, setting = self._exercise.scenario, self._exercise.setting
        brief = scenario.briefing
        return {
            "id": scenario.id,
            "number": scenario.number,
            "title": scenario.title,
            "start": scenario.start.isoformat(),
            "duration": scenario.duration,
            "local_zone": scenario.local_zone,
            "organisation": scenario.organisation,
            "role": brief.role,
            "situation": brief.situation,
            "goal": brief.goal,
            "notes": list(brief.notes),
            "format": setting.format_id,
            "formats": [{"id": each.id, "title": each.title, "wall": each.wall} for each in scenario.formats],
            "mode": setting.mode,
            "objectives": [each.text for each in scenario.objectives],
            "roles": [{"id": each.id, "title": each.title, "about": each.about} for each in scenario.roles],
            "services": [
                {"id": each.id, "title": each.title, "team": each.team, "depends_on": list(each.depends_on),
                 "about": each.about, "log_format": each.log_format}
                for each in scenario.services
            ],
            "verbs": [
                {"id": verb.id, "title": verb.title, "targets": list(targets_of(verb, scenario)),
                 "options": [{"id": option.id, "title": option.title, "choices": list(option.choices)}
                             for option in verb.options],
                 "takes": verb.takes, "shortest": verb.takes if verb.shortest is None else verb.shortest,
                 "longest": verb.takes if verb.longest is None else verb.longest, "hands": verb.hands,
                 "changes": verb.changes, "reversibility": verb.reversibility,
                 "at_best": verb.at_best or verb.reversibility, "at_worst": verb.at_worst or verb.reversibility,
                 "needs": verb.needs}
                for verb in scenario.verbs
            ],
            "personas": [{"id": each.id, "title": each.title, "team": each.team, "about": each.about}
                         for each in scenario.personas],
            "topics": [{"id": each.id, "title": each.title} for each in scenario.topics],
            "datasets": [{"id": each.id, "title": each.title, "explains": each.explains, "unit": each.unit}
                         for each in scenario.datasets],
            "signals": [{"id": each.id, "title": each.title, "service": each.service, "unit": each.unit}
                        for each in scenario.signals if each.measured],
            "query": {"takes": scenario.query_takes, "hands": 1, "step": scenario.step},
            "label_name": scenario.label_name if scenario.labels else None,
            "labels": list(scenario.labels),
            "audiences": list(AUDIENCES),
            "severities": list(scenario.severities),
            "runbooks": list(scenario.runbooks),
            "slos": [{"id": each.id, "title": each.title, "target": each.target, "window": each.window,
                      "description": each.description}
                     for each in scenario.slos if each.observed],
        }  # fmt: skip

    def frame(self, after: int = 0) -> dict[str, Any]:
        """Everything visible that happened, from the viewer's number *after* on, and the next number."""
        self._collect()
        return {"v": len(self._events), "t": self.now, "events": self._events[max(0, after) :]}

    def _collect(self) -> None:
        exercise = self._exercise
        fresh: list[dict[str, Any]] = []
        for event in exercise.world.events[self._next_event :]:
            shown = visible(event)
            if shown is not None:
                fresh.append(shown)
            elif event.kind == "message":
                message = exercise.ledger.messages[self._messages]
                self._messages += 1
                header = message_header(message)
                del header["opened"]
                fresh.append({**header, "kind": "message"})
            elif event.kind == "alert":
                fresh.append({"t": event.t, "kind": "alert", "state": event.data["state"],
                              "title": event.data["title"], "severity": event.data["severity"]})  # fmt: skip
        self._next_event = len(exercise.world.events)
        for shown in fresh:
            self._events.append({"v": len(self._events) + 1, **shown})

    def status(self) -> dict[str, Any]:
        """The top line: time, severity, hands, what is under way, the budgets that the organisation observes."""
        exercise, ledger = self._exercise, self._exercise.ledger
        free, hands = exercise.world.hands
        running = [
            {"command": each["command"], "number": f"T-{each['command']:04d}", "title": each["title"],
             "state": each["state"], "hands": each["hands"],
             "left": max(0, each["t"] + each["takes"] - self.now) if each["state"] == "started" else None}
            for each in ledger.tasks.values()
            if each["state"] in ("queued", "started")
        ]  # fmt: skip
        return {
            "t": self.now,
            "clock": self.clock_text(self.now),
            "duration": exercise.scenario.duration,
            "state": "ended" if exercise.over else "paused" if ledger.paused else "running",
            "severity": ledger.severity,
            "declared_at": ledger.declared_at,
            "hands_free": free,
            "hands": hands,
            "running": running,
            "unread": sum(not each.opened for each in ledger.messages)
            + sum(not each.opened for each in ledger.alerts),
            "budgets": [
                {"slo": slo.id, "title": slo.title, "consumed": self._consumed(slo.id)}
                for slo in exercise.scenario.slos
                if slo.observed
            ],
            "format": exercise.setting.format_id,
            "mode": exercise.setting.mode,
            "pauses": ledger.pauses,
        }  # fmt: skip

    def _consumed(self, slo: str) -> str:
        """Percent of an error budget, to two places, rounded down."""
        return decimal(int(self._exercise.world.budget_at(slo, self.now).consumed * 10_000), 2)

    def clock_text(self, t: int) -> str:
        """A moment as ``08:31:07``, UTC."""
        from datetime import timedelta

        return (self._exercise.scenario.start + timedelta(milliseconds=t)).strftime("%H:%M:%S")

    def inbox(self) -> list[dict[str, Any]]:
        """Messages that have arrived, oldest first, without their text."""
        return [message_header(each) for each in self._exercise.ledger.messages]

    def message(self, message_id: str) -> dict[str, Any] | None:
        """A message; its text only once it was opened (verb ``open``)."""
        message = self._exercise.ledger.message(message_id)
        if message is None:
            return None
        return message_body(message) if message.opened else message_header(message)

    def standing(self) -> dict[str, dict[str, Any]]:
        """Of each message and alert that has arrived: answered_at (ms or None), evidence (or empty), pinned."""
        return standing(self._exercise)

    def query_of(self, message_id: str) -> dict[str, Any] | None:
        """What the count behind a message asked for, as the arguments of ``query``; None for any other message."""
        return copy.deepcopy(self._exercise.query_of(message_id))

    def alerts(self) -> list[dict[str, Any]]:
        """Firings of alerts, oldest first."""
        return [alert_note(each) for each in self._exercise.ledger.alerts]

    def signals(self, start: int = 0, end: int | None = None, width: int = 60) -> list[dict[str, Any]]:
        """Measured signals and kept counts as points."""
        return plots(self._exercise, start, self.now if end is None else min(end, self.now), width)

    def samples(self, plot: str, start: int = 0, end: int | None = None) -> dict[str, Any] | None:
        """One of `signals` with every sample, or None where there is no such plot."""
        return samples(self._exercise, plot, start, self.now if end is None else min(end, self.now))

    def budgets(self) -> list[dict[str, Any]]:
        """The error budgets that the organisation observes: consumed, burn by window, when used up at this rate."""
        return budgets(self._exercise)

    def log(self) -> LogView:
        """The log up to now, for a pane that renders what it shows."""
        return LogView(self._exercise.store, self.clock_text)

    def rows(self, start: int, end: int, most: int = 1000) -> list[dict[str, Any]]:
        """Log rows between two moments (ms), up to now."""
        view, store = self.log(), self._exercise.store
        first, last = store.first_at(start), store.first_at(min(end, self.now))
        return view.lines(first, min(last, first + most))

    def row_counts(self, start: int, end: int, width: int) -> list[int]:
        """Rows in each of *width* equal spans between two moments (ms)."""
        store = self._exercise.store
        edges = [start + (end - start) * index // width for index in range(width + 1)]
        at = [store.first_at(min(edge, self.now)) for edge in edges]
        return [after - before for before, after in itertools.pairwise(at)]

    def changes(self) -> list[dict[str, Any]]:
        """The change history that can be looked up now, newest first."""
        exercise = self._exercise
        seen = [each for each in exercise.scenario.changes if change_visible(each, self.now, exercise.over)]
        return [
            {
                "id": each.id,
                "t": each.at,
                "days_before": each.days_before,
                "service": each.service,
                "title": each.title,
            }
            for each in sorted(seen, key=lambda each: (each.days_before, -each.at))
        ]

    def excerpts(self) -> list[dict[str, Any]]:
        """Code, configuration and texts as they stood, without what they say; none before play is over."""
        exercise = self._exercise
        shown = exercise.scenario.excerpts if exercise.over else ()
        return [{name: getattr(each, name) for name in ("id", "service", "title", "kind", "path")} for each in shown]

    def runbooks(self) -> list[str]:
        """Ids of the runbooks at hand."""
        return list(self._exercise.scenario.runbooks)

    def runbook(self, name: str) -> str:
        """The text of a runbook at hand, Markdown. Raises `Problem` where it is not at hand."""
        if name not in self.runbooks():
            raise Problem(f"there is no runbook {name!r} here", mend=f"There are: {', '.join(self.runbooks())}.")
        return runbook_text(name)

    def find_in_runbooks(self, text: str) -> list[dict[str, Any]]:
        """Lines of the runbooks that hold *text*: runbook, block (its number), text."""
        runbooks = {name: runbook_text(name) for name in self.runbooks()}
        return [dict(zip(("runbook", "block", "text"), hit, strict=True)) for hit in found_in(runbooks, text)]

    def evidence(self) -> list[dict[str, Any]]:
        """What was opened, queried, told or pinned."""
        return [each.to_json() for each in self._exercise.ledger.evidence]

    def hypotheses(self) -> list[dict[str, Any]]:
        """The incident record's hypotheses, in their last state; *history* is how sure people were when."""
        history = confidences(self._exercise.commands)
        return [
            {"id": each.id, "t": each.t, "text": each.text, "confidence": each.confidence, "state": each.state,
             "for": list(each.supports), "against": list(each.against), "history": history.get(each.id, [])}
            for each in self._exercise.ledger.hypotheses.values()
        ]  # fmt: skip

    def incident_record(self) -> dict[str, Any]:
        """Everything that was written down so far: severity, roles, decisions, tasks, updates, notes and the rest."""
        ledger = self._exercise.ledger
        return {
            "severity": ledger.severity,
            "declared_at": ledger.declared_at,
            **ledger.written.to_json(),
            "predictions": [{"t": each.t, "about": each.about, "text": each.text, "confidence": each.confidence}
                            for each in ledger.predictions],
        }  # fmt: skip

    def timeline(self) -> list[dict[str, Any]]:
        """What was shown and done so far, oldest first: t (ms), kind, text, ref (what can be opened, or empty)."""
        return so_far(self._exercise)

    # What can be done.

    def do(self, verb: str, target: str = "", arguments: dict[str, Any] | None = None, **args: Any) -> dict[str, Any]:
        """Take a command; see docs/architecture.md for the verbs. It is journaled and synced before this returns.

        Its arguments are given by name, or together as *arguments*.
        """
        args = {**(arguments or {}), **args}
        refusal = None
        if self._clock is not None and verb == "pause":
            refusal = self._clock.pause(str(args.get("reason", "")))
        elif self._clock is not None and verb == "resume":
            refusal = self._clock.resume()
        if refusal:
            return {"status": "refused", "text": refusal}
        answer = self._exercise.do(self._role, verb, target, args)
        if self._clock is not None and verb in ("pause", "resume"):
            self._exercise.note_clock(self._clock.note())
        return answer
