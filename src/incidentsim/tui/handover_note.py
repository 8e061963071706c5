"""A handover note, drafted from the record for a person to go on with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from incidentsim.text.wording import clean, span
from incidentsim.tui.house import known_roles, timers
from incidentsim.tui.to_do import note, ordered, until

if TYPE_CHECKING:
    from incidentsim.text.wording import Clock
    from incidentsim.tui.session import Data


class Known(Protocol):
    """What of a seat the note is made of."""

    def status(self) -> Data:
        """Time and what is under way."""
        ...

    def incident_record(self) -> Data:
        """Everything written down so far."""
        ...

    def hypotheses(self) -> list[Data]:
        """The explanations."""
        ...

    def inbox(self) -> list[Data]:
        """Messages."""
        ...

    def timeline(self) -> list[Data]:
        """What was shown and done so far."""
        ...

    def standing(self) -> dict[str, Data]:
        """Which of them were answered."""
        ...


def draft(seat: Known, brief: Data, clock: Clock) -> str:
    """State, severity, open hypotheses, what runs, what is open, when the next updates are due."""
    record, status = seat.incident_record(), seat.status()
    now = int(status["t"])
    lines = [f"Handover at {clock.utc(now)}, {span(now)} in" if now else f"Handover at {clock.utc(now)}"]
    severity = clean(record["severity"]) if record["severity"] else "not declared"
    since = f" since {clock.utc(record['declared'][-1]['t'])}" if record["declared"] else ""
    lines += [f"Severity: {severity}{since}", "State in one sentence: "]
    titles = {name: title for name, title, _ in known_roles(brief)}
    held = [f"{clean(titles.get(name, name))} {clean(item['who'])}" for name, item in record["roles"].items()]
    lines.append(f"Roles: {'; '.join(held) or 'none assigned'}")
    lines += _part("Open hypotheses", [
        f"{item['id']} {item['confidence']}% {clean(item['text'])}"
        f" (for {len(item['for'])}, against {len(item['against'])})"
        for item in sorted(seat.hypotheses(), key=lambda item: -int(item["confidence"])) if item["state"] == "open"
    ])  # fmt: skip
    lines += _part("Decisions that stand", [f"{item['id']} {clean(item['text'])} ({item['tier']})"
                                            for item in record["decisions"]
                                            if item["state"] != "withdrawn"])  # fmt: skip
    running = [str(item["title"]) for item in status["running"]]
    lines += _part("Done to the system", [
        f"{clock.utc(row['t'])} {clean(row['text'])}"
        for row in seat.timeline() if row["kind"] == "act" and _changes(row, brief) and row["text"] not in running
    ])  # fmt: skip
    lines += _part("Under way", [
        f"{clean(item['title'])}" + (f", {span(item['left'])} left" if item["left"] is not None else ", waits")
        for item in status["running"]
    ])  # fmt: skip
    lines += _part("Open tasks", [
        f"{clean(item['text'])}" + (f" ({said})" if (said := note(item, now, clock)) else "")
        for item in ordered(record["tasks"]) if item["state"] == "open"
    ])  # fmt: skip
    lines += _part("Next updates", [f"{timer.audience}: {timer.words(now, clock)}" for timer in timers(record)])
    waiting = [item for item in seat.inbox() if item["asks_by"] is not None
               and seat.standing().get(item["id"], {}).get("answered_at") is None]  # fmt: skip
    lines += _part("Waiting for an answer", [
        f"{clean(item['sender'])}: {clean(item['title'])} ({until(item['asks_by'], now)})" for item in waiting
    ])  # fmt: skip
    return "\n".join(lines)


def _changes(row: Data, brief: Data) -> bool:
    """Whether an action of the timeline changes the system, told by its verb."""
    fits = [verb for verb in brief["verbs"] if str(row["text"]).startswith(f"{verb['title']} ")]
    return bool(max(fits, key=lambda verb: len(verb["title"]))["changes"]) if fits else True


def _part(title: str, items: list[str]) -> list[str]:
    return [f"{title}:", *(f"- {item}" for item in items)] if items else [f"{title}: none"]
