"""What the players hold: messages, alerts, evidence and the incident record, folded from events and commands."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Literal, get_args

from incidentsim.exercise.evidence import Evidence, EvidenceKind
from incidentsim.exercise.incident_record import IncidentRecord
from incidentsim.exercise.record import Hypothesis, Prediction

if TYPE_CHECKING:
    from incidentsim.simulation.command import Command
    from incidentsim.simulation.event import Event

TOLD = {"result": "result", "reply": "reply", "query": "query", "interview": "interview"}
"""Messages that answer what a player asked: they are evidence as soon as they arrive."""


@dataclass(slots=True)
class Message:
    """A message as the seat numbers it. *data* is the event's, secrets included."""

    id: str
    t: int
    data: dict[str, Any]
    opened: bool = False


@dataclass(slots=True)
class AlertNote:
    """A firing of an alert as the seat numbers it."""

    id: str
    t: int
    data: dict[str, Any]
    resolved_at: int | None = None
    opened: bool = False


@dataclass(slots=True)
class Ledger:
    """Everything the players hold so far.

    Numbers (``M-0001``, ``A-0001``, ``E-0001`` …) count what the seat has seen, so that a gap in them never
    tells of something hidden.
    """

    messages: list[Message] = field(default_factory=list)
    alerts: list[AlertNote] = field(default_factory=list)
    evidence: list[Evidence] = field(default_factory=list)
    hypotheses: dict[str, Hypothesis] = field(default_factory=dict)
    predictions: list[Prediction] = field(default_factory=list)
    kept: list[dict[str, Any]] = field(default_factory=list)
    written: IncidentRecord = field(default_factory=IncidentRecord)
    tasks: dict[int, dict[str, Any]] = field(default_factory=dict)
    severity: str = ""
    declared_at: int | None = None
    ended_at: int | None = None
    pauses: int = 0
    paused: bool = False
    theirs: int = 0
    """How many commands were others', who responded before a reconstruction began."""
    seen_then: tuple[Evidence, ...] = ()
    """What those others saw; it is nobody's evidence here."""
    _by_source: dict[str, int] = field(default_factory=dict)

    def absorb(self, event: Event) -> None:
        """Take in an event of the world."""
        data = event.data
        match event.kind:
            case "message":
                self.receive(event.t, data)
            case "alert":
                self._alert(event)
            case "action":
                self.tasks[data["command"]] = {**data, "t": event.t}
            case "declared":
                self.severity = data["severity"]
                if self.declared_at is None:
                    self.declared_at = event.t
                self.written.declared.append({"t": event.t, "severity": self.severity, "text": data.get("text", "")})

    def receive(
        self, t: int, data: dict[str, Any], phase: Literal["during", "after"] = "during"
    ) -> tuple[Message, Evidence | None]:
        """A message arrives; what answers a question of the player's is evidence."""
        message = Message(f"M-{len(self.messages) + 1:04d}", t, data)
        self.messages.append(message)
        channel = data["channel"]
        if channel not in TOLD:
            return message, None
        message.opened = True
        kind = "search" if data["source"].startswith("search:") else TOLD[channel]
        return message, self.mint(kind, data["source"], data["title"], data["text"], t, data["to"],
                                  command=data["command"], phase=phase, again=True)  # fmt: skip

    def _alert(self, event: Event) -> None:
        data = event.data
        open_one = next(
            (each for each in reversed(self.alerts)
             if each.data["alert"] == data["alert"] and each.resolved_at is None),
            None,
        )  # fmt: skip
        if data["state"] == "resolves":
            if open_one is not None:
                open_one.resolved_at = event.t
            return
        self.alerts.append(AlertNote(f"A-{len(self.alerts) + 1:04d}", event.t, data))
        if open_one is not None:
            open_one.resolved_at = event.t

    def task(self, number: str) -> dict[str, Any] | None:
        """What was set to work under a number such as ``T-0012``, in its last state."""
        digits = number.removeprefix("T-")
        return self.tasks.get(int(digits)) if digits.isdecimal() and len(digits) < 10 else None

    def message(self, message_id: str) -> Message | None:
        """A message by the seat's number."""
        return next((each for each in self.messages if each.id == message_id), None)

    def alert(self, alert_id: str) -> AlertNote | None:
        """A firing by the seat's number."""
        return next((each for each in self.alerts if each.id == alert_id), None)

    def evidence_by_id(self, evidence_id: str) -> Evidence | None:
        """A piece of evidence by its number."""
        return next((each for each in self.evidence if each.id == evidence_id), None)

    def mint(
        self, kind: str, source: str, title: str, text: str, t: int, by: str, *, command: int,
        phase: Literal["during", "after"] = "during", pinned: bool = False, about: int | None = None,
        again: bool = False,
    ) -> Evidence:  # fmt: skip
        """Evidence of what was seen at *t*. Seeing the same thing again gives the first one, unless *again*."""
        known = self._by_source.get(source)
        if known is not None and not again:
            if pinned and not self.evidence[known].pinned:
                self.evidence[known] = replace(self.evidence[known], pinned=True)
            return self.evidence[known]
        number = len(self.evidence) + 1
        found = Evidence(f"E-{number:04d}", t, _kind(kind), source, title, text, by, phase, pinned, command, about)
        self._by_source[source] = len(self.evidence)
        self.evidence.append(found)
        return found

    def forget(self) -> None:
        """Hold no evidence; numbers begin again."""
        self.evidence = []
        self._by_source = {}

    def pin(self, evidence_id: str, note: str = "") -> bool:
        """Mark evidence as pinned, with what the player noted. False where there is none of that number."""
        for index, each in enumerate(self.evidence):
            if each.id == evidence_id:
                self.evidence[index] = replace(each, pinned=True, note=note or each.note)
                return True
        return False

    def think(self, command: Command) -> str:
        """Add or change a hypothesis; gives its number."""
        args = command.args
        known = self.hypotheses.get(command.target)
        number = command.target if known else f"H-{len(self.hypotheses) + 1:02d}"
        before = known or Hypothesis(number, command.t, "", 50, "open", (), ())
        self.hypotheses[number] = Hypothesis(
            number,
            before.t,
            str(args.get("text") or before.text),
            _percent(args.get("confidence"), before.confidence),
            str(args.get("state") or before.state),
            tuple(dict.fromkeys((*before.supports, *_ids(args.get("for"))))),
            tuple(dict.fromkeys((*before.against, *_ids(args.get("against"))))),
        )
        return number

    def predict(self, command: Command) -> None:
        """Note what a player expects."""
        confidence = command.args.get("confidence")
        self.predictions.append(
            Prediction(command.t, command.target, str(command.args.get("text", "")),
                       None if confidence is None else _percent(confidence, 50))
        )  # fmt: skip


def _kind(kind: str) -> EvidenceKind:
    for known in get_args(EvidenceKind):
        if known == kind:
            return known  # type: ignore[no-any-return]
    raise ValueError(f"{kind!r} is not a kind of evidence")


def _percent(value: Any, default: int) -> int:
    return max(0, min(100, value)) if type(value) is int else default


def _ids(value: Any) -> tuple[str, ...]:
    return tuple(str(each) for each in value[:100]) if isinstance(value, list) else ()
