"""What players set in motion: actions, questions and counts, done by scarce responders."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from incidentsim.scenario.units import MINUTE
from incidentsim.simulation.command import AUDIENCES, Command, Receipt
from incidentsim.simulation.counting import Counts
from incidentsim.simulation.event import Phase
from incidentsim.simulation.grammar import NotUnderstoodError, Task, understand
from incidentsim.simulation.querying import Query, understand_query
from incidentsim.simulation.working import Work
from incidentsim.text.concepts import names
from incidentsim.text.escaping import one_line

if TYPE_CHECKING:
    from incidentsim.scenario.people import Persona
    from incidentsim.simulation.context import Context
    from incidentsim.simulation.effecting import Effects

LONGEST_TALK = 2 * MINUTE
"""A question keeps a responder busy for at most this long; waiting for the reply does not."""

LONGEST_QUESTION = 80
"""So many characters of a question stand in the title of its reply."""

SearchRows = Callable[[dict[str, Any], int], dict[str, Any]]


class Desk:
    """Takes commands and carries them out."""

    def __init__(self, context: Context, effects: Effects, counts: Counts, search: SearchRows) -> None:
        self._context = context
        self._effects = effects
        self._counts = counts
        self._search = search
        self._hands = context.agenda.hands(context.scenario.hands)
        self._total = context.scenario.hands
        self._work: dict[int, Work] = {}

    @property
    def hands(self) -> tuple[int, int]:
        """(free, all) responders."""
        return int(self._hands.level), self._total

    def set_hands(self, count: int) -> None:
        """A shift brings more responders or takes some away, as soon as they are free."""
        difference, self._total = count - self._total, count
        if difference > 0:
            self._hands.put(difference)
        elif difference < 0:
            self._hands.get(-difference)

    def refusal(self, command: Command) -> str | None:
        """Why a command cannot be taken, or None. Changes nothing."""
        try:
            self._understand(command)
        except NotUnderstoodError as error:
            return str(error)
        return None

    def _understand(self, command: Command) -> None:
        scenario = self._context.scenario
        match command.verb:
            case "act":
                understand(command, scenario)
            case "ask":
                self._topic(self._persona(command), command.args)
            case "query":
                understand_query(command.args, scenario)
            case "withdraw":
                self._withdrawable(command)
            case "search":
                if len(str(command.args.get("text", ""))) > 200:
                    raise NotUnderstoodError("A search has at most 200 characters.")
            case "announce":
                if command.target not in AUDIENCES:
                    raise NotUnderstoodError(f"An update goes to one of {', '.join(AUDIENCES)}.")
                if not str(command.args.get("text", "")).strip():
                    raise NotUnderstoodError("Write what the update says.")
            case "declare":
                if command.target not in scenario.severities:
                    raise NotUnderstoodError(f"A severity is one of {', '.join(scenario.severities)}.")

    def take(self, command: Command) -> Receipt:
        """Start what a command asks for. What is refused has no effect."""
        refusal = self.refusal(command)
        if refusal is not None:
            return Receipt(False, refusal)
        match command.verb:
            case "act":
                return self._act(command)
            case "ask":
                return self._ask(command)
            case "query":
                return self._query(command)
            case "search":
                return self._count_rows(command)
            case "withdraw":
                return self._withdraw(command)
            case "announce":
                self._context.emit("announced", Phase.COMMAND, command=command.id, audience=command.target,
                                   text=str(command.args["text"]))  # fmt: skip
                return Receipt(True, f"Posted to {command.target}.")
            case "declare":
                self._context.emit("declared", Phase.COMMAND, command=command.id, severity=command.target,
                                   text=str(command.args.get("text", "")))  # fmt: skip
                return Receipt(True, f"Declared {command.target}.")
            case _:
                return Receipt(True)

    def _act(self, command: Command) -> Receipt:
        task = understand(command, self._context.scenario)
        title = f"{task.verb.title} {self._target_title(task.target)}"
        details = ", ".join(choice for _, choice in task.options)
        if details:
            title = f"{title} ({details})"
        self._start(command, title, task.takes, task.hands, lambda: self._finish(command, task, title))
        return Receipt(True, title, f"T-{command.id:04d}")

    def _target_title(self, target: str) -> str:
        scenario = self._context.scenario
        titles = {each.id: each.title for each in scenario.services}
        titles |= {each.id: each.title for each in scenario.personas}
        return titles.get(target, target)

    def _start(
        self, command: Command, title: str, takes: int, hands: int, finish: Callable[[], None], talk: int | None = None
    ) -> None:
        """Work begins as soon as there are hands for it; with *talk* they are free again after so long (ms)."""
        work = Work(self._context, self._hands, command.id, title, takes, hands, finish, talk)
        self._work[command.id] = work
        self._context.agenda.start(work.run())

    def _withdrawable(self, command: Command) -> Work:
        digits = command.target.removeprefix("T-")
        work = self._work.get(int(digits)) if digits.isdecimal() else None
        if work is None:
            raise NotUnderstoodError(f"There is nothing under way with the number {command.target!r}.")
        if work.over:
            raise NotUnderstoodError(f"{work.title}: that is over; there is nothing to call off.")
        if work.asked:
            raise NotUnderstoodError(f"{work.title}: it is asked already; the reply comes when it comes.")
        return work

    def _withdraw(self, command: Command) -> Receipt:
        work = self._withdrawable(command)
        began = work.began
        work.withdraw()
        return Receipt(True, f"Called off{' before its end' if began else ''}: {work.title}.")

    def _finish(self, command: Command, task: Task, title: str) -> None:
        context = self._context
        outcome = None
        if task.action is not None:
            outcome = next((each for each in task.action.outcomes if context.holds(each.when)), None)
        if outcome is None:
            self._report(command, "result", title, context.worded(task.verb.otherwise), f"{task.source}#none")
            return
        text = context.worded(outcome.text)
        self._report(command, "result", title, text, f"{task.source}#{outcome.id}")
        context.emit(
            "outcome", command=command.id, action=task.action.id if task.action else "", outcome=outcome.id,
            harm=outcome.harm, harm_text=outcome.harm_text, refused=outcome.refused,
        )  # fmt: skip
        self._effects.apply(outcome.effects)

    def _report(
        self,
        command: Command,
        channel: str,
        title: str,
        text: str,
        source: str,
        sender: str = "",
        table: dict[str, Any] | None = None,
    ) -> None:
        self._context.emit("message", **_message(command, channel, title, text, source, sender, table))

    def _ask(self, command: Command) -> Receipt:
        persona = self._persona(command)
        topic = self._topic(persona, command.args)
        title = self._question(persona, topic, command.args)
        takes = persona.replies_after
        self._start(
            command, title, takes, 1, lambda: self._reply(command, persona, topic, title), min(takes, LONGEST_TALK)
        )
        return Receipt(True, title, f"T-{command.id:04d}")

    def _persona(self, command: Command) -> Persona:
        for persona in self._context.scenario.personas:
            if persona.id == command.target:
                return persona
        raise NotUnderstoodError(f"There is nobody called {command.target!r} here.")

    def _topic(self, persona: Persona, args: dict[str, Any]) -> str:
        """What a question is about: the topic that was chosen, or that the words fit best; empty where none does.

        A person hears in a free question what they can say something about, if the words allow it.
        """
        topics = self._context.scenario.topics
        wanted = args.get("topic")
        if wanted:
            if all(topic.id != wanted for topic in topics):
                raise NotUnderstoodError(f"There is no topic {wanted!r}.")
            return str(wanted)
        text = str(args.get("text", ""))
        if not text.strip():
            raise NotUnderstoodError("Say what you want to ask.")
        known = {answer.topic for answer in persona.answers}
        fits = {topic.id: sum(names(text, ((word,),)) for word in topic.words) for topic in topics}
        best = max(topics, key=lambda topic: (topic.id in known, fits[topic.id]) if fits[topic.id] else (False, 0),
                   default=None)  # fmt: skip
        return best.id if best is not None and fits[best.id] else ""

    def _question(self, persona: Persona, topic: str, args: dict[str, Any]) -> str:
        """What was asked whom, as the title of the reply: its words, or the topic's title."""
        asked = one_line(str(args.get("text", "")))
        if len(asked) > LONGEST_QUESTION:
            asked = asked[: LONGEST_QUESTION - 1].rstrip() + "…"
        if not args.get("text"):
            asked = next((each.title for each in self._context.scenario.topics if each.id == topic), topic)
        return f"Ask {persona.title}: {asked}"

    def _reply(self, command: Command, persona: Persona, topic: str, title: str) -> None:
        context = self._context
        source = f"reply:{persona.id}:{topic or 'none'}"
        if persona.reachable is not None and not context.holds(persona.reachable.when):
            text = context.worded(persona.reachable.otherwise)
            self._report(command, "reply", title, text, f"reply:{persona.id}:unreachable", persona.id)
            return
        answer = next((each for each in persona.answers if each.topic == topic and context.holds(each.when)), None)
        if answer is None:
            text = persona.default.text if persona.default else "I have nothing on that, sorry."
            self._report(command, "reply", title, context.worded(text), f"reply:{persona.id}:none", persona.id)
            return
        self._report(command, "reply", title, context.worded(answer.text), source, persona.id)
        self._effects.apply(answer.effects)

    def answered(self, command: Command) -> dict[str, Any]:
        """The message that a query or a search would bring, at once: after play nothing takes time or hands.

        Raises `NotUnderstoodError`.
        """
        now = self._context.now
        if command.verb == "search":
            text = str(command.args.get("text", ""))
            table, title, source = self._search(command.args, now), _search_title(text), f"search:{text}"
        else:
            query = understand_query(command.args, self._context.scenario)
            table, title, source = self._counts.table(query, now), query.title(self._context.clock_text), query.source
        return _message(command, "query", title, table_text(table), source, "", table)

    def _query(self, command: Command) -> Receipt:
        query = understand_query(command.args, self._context.scenario)
        title = query.title(self._context.clock_text)
        takes = self._context.scenario.query_takes
        self._start(command, title, takes, 1, lambda: self._answer(command, query, title))
        return Receipt(True, title, f"T-{command.id:04d}")

    def _answer(self, command: Command, query: Query, title: str) -> None:
        table = self._counts.table(query, self._context.now)
        self._report(command, "query", title, table_text(table), query.source, table=table)

    def _count_rows(self, command: Command) -> Receipt:
        text = str(command.args.get("text", ""))
        title = _search_title(text)
        takes = self._context.scenario.query_takes
        self._start(command, title, takes, 1, lambda: self._found(command, text, title))
        return Receipt(True, title, f"T-{command.id:04d}")

    def _found(self, command: Command, text: str, title: str) -> None:
        table = self._search(command.args, self._context.now)
        self._report(command, "query", title, table_text(table), f"search:{text}", table=table)


def _message(
    command: Command, channel: str, title: str, text: str, source: str, sender: str, table: dict[str, Any] | None
) -> dict[str, Any]:
    data: dict[str, Any] = {
        "channel": channel, "sender": sender or channel, "to": command.actor, "title": title, "text": text,
        "asks_by": None, "source": source, "inject": None, "command": command.id,
    }  # fmt: skip
    if table is not None:
        data["table"] = table
    return data


def _search_title(text: str) -> str:
    return f"Count log lines with {text!r}" if text else "Count log lines"


def table_text(table: dict[str, Any]) -> str:
    """A table as aligned text, numbers with thousands separators."""
    cells = [[str(title) for title in table["columns"]]]
    for row in table["rows"]:
        cells.append(
            [f"{value:,}" if isinstance(value, int) else "–" if value is None else str(value) for value in row]
        )
    widths = [max(len(line[column]) for line in cells) for column in range(len(cells[0]))]
    lines = ["  ".join(cell.rjust(width) for cell, width in zip(line, widths, strict=True)) for line in cells]
    if table.get("cut"):
        lines.append(f"… {table['cut']} more rows")
    return "\n".join(lines)
