"""The handover note: drafted from the record, written by a person."""

from __future__ import annotations

from textual.widgets import TextArea

from incidentsim.tui.dialogs.form import Field, Form
from incidentsim.tui.flows import tasks, telling
from incidentsim.tui.flows.filling import fill_in
from incidentsim.tui.flows.roles import known_roles
from incidentsim.tui.screens.base import SeatPage
from incidentsim.tui.wording import clean, plain, span


class NoteForm(Form):
    """A form with one long text: as high as the screen allows."""

    def on_mount(self) -> None:
        super().on_mount()
        self.query_one(TextArea).styles.height = max(8, self.app.size.height - 16)


async def handover(page: SeatPage) -> None:
    """Write a handover note; it begins with what the record says now."""
    intro = plain(
        "Drafted from the record. Say what the next person needs; change whatever you like.", "$foreground-muted"
    )
    field = Field("text", "Handover note", kind="area", value=draft(page), required=True)
    form = NoteForm("Handover note", [field], intro, submit="Keep")
    if await fill_in(page, form, lambda given: page.do("handover", text=given["text"])):
        page.say("The handover note is in the record.")


def draft(page: SeatPage) -> str:
    """State, severity, open hypotheses, what runs, what is open, when the next updates are due."""
    seat, clock = page.seat, page.clock
    record, status = seat.incident_record(), seat.status()
    now = int(status["t"])
    lines = [f"Handover at {clock.utc(now)}, {span(now)} in" if now else f"Handover at {clock.utc(now)}"]
    severity = clean(record["severity"]) if record["severity"] else "not declared"
    since = f" since {clock.utc(record['declared'][-1]['t'])}" if record["declared"] else ""
    lines += [f"Severity: {severity}{since}", "State in one sentence: "]
    titles = {name: title for name, title, _ in known_roles(page.brief)}
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
    lines += _part("Under way", [
        f"{clean(item['title'])}" + (f", {span(item['left'])} left" if item["left"] is not None else ", waits")
        for item in status["running"]
    ])  # fmt: skip
    lines += _part("Open tasks", [
        f"{clean(item['text'])}" + (f" ({said})" if (said := tasks.note(item, now, clock)) else "")
        for item in tasks.ordered(record["tasks"]) if item["state"] == "open"
    ])  # fmt: skip
    lines += _part("Next updates", [f"{timer.audience}: {timer.words(now, clock)}" for timer in telling.timers(record)])
    waiting = [item for item in seat.inbox() if item["asks_by"] is not None
               and seat.standing().get(item["id"], {}).get("answered_at") is None]  # fmt: skip
    lines += _part("Waiting for an answer", [
        f"{clean(item['sender'])}: {clean(item['title'])} ({tasks.until(item['asks_by'], now)})" for item in waiting
    ])  # fmt: skip
    return "\n".join(lines)


def _part(title: str, items: list[str]) -> list[str]:
    return [f"{title}:", *(f"- {item}" for item in items)] if items else [f"{title}: none"]
