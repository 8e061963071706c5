"""Looking at things: what a target means, whether it can be seen now, and the evidence it gives."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, Any

from incidentsim.exercise.kept import keeps
from incidentsim.exercise.reconstruction import trace_of, trace_text
from incidentsim.simulation.querying_cells import decimal

if TYPE_CHECKING:
    from incidentsim.exercise.evidence import Evidence
    from incidentsim.exercise.exercise import Exercise
    from incidentsim.exercise.export_lines import Addresses
    from incidentsim.scenario.people import Answer, Change, Persona
    from incidentsim.scenario.system import Signal
    from incidentsim.simulation.command import Command

NOTHING = "There is nothing of that name to be seen."


QUESTIONS = {
    "saw": "What did you see?",
    "how": "How did it go, how does it work?",
    "why": "Why was it so?",
}
"""Ways to ask in an interview. *Why* asks people to justify themselves, and is answered with less."""
UNASKED = f"A question is one of {', '.join(QUESTIONS)}."


def guarded_answer(answer: Answer) -> str:
    """What is said to a question that begins with *why*: what the author wrote, or the first sentence."""
    return answer.why or re.split(r"(?<=[.!?])\s", answer.text, maxsplit=1)[0]


class LookUp:
    """Resolves the targets of ``open``, ``pin``, ``answer``, ``keep``, ``predict`` and ``interview``."""

    def __init__(self, exercise: Exercise) -> None:
        self._exercise = exercise

    @cached_property
    def _addresses(self) -> Addresses:
        from incidentsim.exercise.export_lines import Addresses

        return Addresses(self._exercise)

    def refusal(self, command: Command) -> str | None:
        """Why the target cannot be looked at now, or None. Changes nothing."""
        target = command.target
        match command.verb:
            case "open":
                return None if self._visible(target) else NOTHING
            case "pin":
                if target.startswith("E-"):
                    return None if self._exercise.ledger.evidence_by_id(target) else NOTHING
                return None if self._visible(target) else NOTHING
            case "answer":
                message = self._exercise.ledger.message(target)
                if message is None:
                    return NOTHING
                return None if str(command.args.get("text", "")).strip() else "Write what you answer."
            case "keep":
                asked = self.query_of(target)
                if asked is not None and asked.get("signals"):
                    return "Measured signals are plotted already; only a count can be kept as a plot."
                return None if asked is not None else "Only a count can be kept as a plot."
            case "hypothesis":
                known = self._exercise.ledger.hypotheses
                if target and target not in known:
                    return f"There is no hypothesis {target!r}."
                return None if target or str(command.args.get("text", "")).strip() else "Write the hypothesis."
            case "interview":
                persona = self._persona(target)
                if persona is None:
                    return NOTHING
                topics = {topic.id: None for topic in self._exercise.scenario.topics}
                if command.args.get("topic") not in topics:
                    return "Choose what to ask about."
                return None if command.args.get("question", "how") in QUESTIONS else UNASKED
        return None

    def subject(self, command: Command) -> str:
        """What a command is about, in the document's ids."""
        if command.verb == "answer":
            message = self._exercise.ledger.message(command.target)
            return str(message.data["inject"] or message.data["sender"]) if message else ""
        if command.verb in {"open", "pin"}:
            message = self._exercise.ledger.message(command.target)
            if message is not None:
                return str(message.data["source"])
        return ""

    def mint(self, command: Command) -> Evidence:
        """The evidence that looking gives."""
        if command.verb == "interview":
            return self._interview(command)
        ledger, target, pinned = self._exercise.ledger, command.target, command.verb == "pin"
        known = ledger.evidence_by_id(target)
        note = str(command.args.get("note", "")) if pinned else ""
        if known is not None:
            ledger.pin(target, note)
            return known
        kind, source, title, text, about = self._describe(target)
        found = ledger.mint(
            kind, source, title, text, command.t, command.actor, command=command.id, pinned=pinned, about=about,
            phase="after" if self._exercise.over else "during", again=kind == "signal",
        )  # fmt: skip
        if note:
            ledger.pin(found.id, note)
        return found

    def _visible(self, target: str) -> bool:
        try:
            self._describe(target, look=False)
        except KeyError:
            return False
        return True

    def _describe(self, target: str, look: bool = True) -> tuple[str, str, str, str, int | None]:
        """(kind, source, title, text, about) of a target. Raises `KeyError` where it cannot be seen."""
        exercise, ledger = self._exercise, self._exercise.ledger
        if target.startswith("file:"):
            target = self._addresses.target(target.removeprefix("file:"))
        kind, _, rest = target.partition(":")
        if target.startswith("M-"):
            message = ledger.message(target)
            if message is None:
                raise KeyError(target)
            if look:
                message.opened = True
            data = message.data
            return "message", data["source"], f"{data['sender']}: {data['title']}", data["text"], message.t
        if target.startswith("A-"):
            alert = ledger.alert(target)
            if alert is None:
                raise KeyError(target)
            if look:
                alert.opened = True
            return "alert", alert.data["source"], alert.data["title"], alert.data["text"], alert.t
        if kind == "row":
            pattern, _, index = rest.rpartition(":")
            row = exercise.store.find(pattern, int(index)) if index.isdecimal() and len(index) < 12 else None
            if row is None:
                raise KeyError(target)
            return "row", target, f"{row.level} {row.service}", row.text, row.t
        if kind == "change":
            change = self._change(rest)
            if change is None:
                raise KeyError(target)
            return "change", target, f"{change.service}: {change.title}", change.text or change.title, None
        if kind == "runbook" and rest in exercise.scenario.runbooks:
            return "runbook", target, rest, f"Runbook {rest}", None
        if kind == "excerpt":
            excerpt = next((each for each in exercise.scenario.excerpts if each.id == rest and exercise.over), None)
            if excerpt is None:
                raise KeyError(target)
            where = f"{excerpt.path}\n\n" if excerpt.path else ""
            return "excerpt", target, f"{excerpt.service}: {excerpt.title}", f"{where}{excerpt.text}", None
        if kind == "signal":
            name, _, step = rest.partition("@")
            signal = self._signal(name)
            if signal is None:
                raise KeyError(target)
            if step:
                return self._sample(signal, step)
            return "signal", target, signal.title, self._reading(signal), None
        if (said := trace_of(exercise, target)) is not None:
            return "message", target, f"{said.actor}, {said.verb}", trace_text(exercise, said), said.t
        raise KeyError(target)

    def _change(self, change_id: str) -> Change | None:
        for change in self._exercise.scenario.changes:
            if change.id == change_id and change_visible(change, self._exercise.now, self._exercise.over):
                return change
        return None

    def _signal(self, signal_id: str) -> Signal | None:
        for signal in self._exercise.scenario.signals:
            if signal.id == signal_id and signal.measured:
                return signal
        return None

    def _reading(self, signal: Signal) -> str:
        world = self._exercise.world
        values, arrived = world.measured(signal.id), world.arrived(signal.id)
        last = next((at for at in range(world.steps - 1, -1, -1) if arrived[at]), None)
        if last is None:
            return f"{signal.title}: no value yet"
        text = f"{signal.title}: {decimal(values[last], signal.decimals)} {signal.unit}".rstrip()
        if last == world.steps - 1:
            return text
        return f"{text} at {world.clock_text((last + 1) * self._exercise.scenario.step)} UTC; no samples since"

    def _sample(self, signal: Signal, step: str) -> tuple[str, str, str, str, int | None]:
        """One sample that is past, where it arrived. Raises `KeyError`."""
        world, at = self._exercise.world, int(step) if step.isdecimal() and len(step) < 9 else -1
        if not self._exercise.over or not 0 <= at < world.steps or not world.arrived(signal.id)[at]:
            raise KeyError(step)
        t = (at + 1) * self._exercise.scenario.step
        value = f"{decimal(world.measured(signal.id)[at], signal.decimals)} {signal.unit}".rstrip()
        text = f"{signal.title}: {value} at {world.clock_text(t)} UTC"
        return "signal", f"signal:{signal.id}", signal.title, text, t

    def _persona(self, persona_id: str) -> Persona | None:
        return next((each for each in self._exercise.scenario.personas if each.id == persona_id), None)

    def _interview(self, command: Command) -> Evidence:
        persona = self._persona(command.target)
        if persona is None:
            raise KeyError(command.target)
        topic, guarded = str(command.args["topic"]), command.args.get("question") == "why"
        answer = next((each for each in persona.interview if each.topic == topic), None)
        if answer is None:
            text = persona.default.text if persona.default else "Nothing to add on that."
        else:
            text = guarded_answer(answer) if guarded else answer.text
        # A guarded answer shows nothing that a clue could mean.
        source = f"interview:{persona.id}:{'none' if answer is None else f'{topic}?why' if guarded else topic}"
        title = f"{persona.title} on {self._topic_title(topic)}{', asked why' if guarded else ''}"
        return self._exercise.ledger.mint(
            "interview", source, title, text, command.t, command.actor, command=command.id, phase="after"
        )

    def _topic_title(self, topic_id: str) -> str:
        return next((each.title for each in self._exercise.scenario.topics if each.id == topic_id), topic_id)

    def query_of(self, target: str) -> dict[str, Any] | None:
        """The arguments of the count behind a message or a piece of evidence."""
        ledger = self._exercise.ledger
        message = ledger.message(target)
        found = ledger.evidence_by_id(target)
        number = message.data["command"] if message else found.command if found else None
        for command in self._exercise.commands:
            if command.id == number and command.verb == "query":
                return command.args
        return None

    def keep(self, command: Command) -> str:
        """Keep a count as a plot; gives its number."""
        kept = self._exercise.ledger.kept
        query = self.query_of(command.target)
        if query is None:
            raise KeyError(command.target)
        number = f"K-{len(kept) + 1:02d}"
        title = str(command.args.get("title") or "").strip()
        kept.append(keeps(query, self._exercise.scenario, number, command.t, title))
        return number


def change_visible(change: Change, now: int, over: bool) -> bool:
    """Whether an entry of the change history can be looked up: it has happened, and it is its time."""
    happened = change.days_before > 0 or change.at <= now
    return happened and (over or change.seen == "during")
