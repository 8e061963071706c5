"""The panes of the war room that show what the seat says, as rows of text."""

from __future__ import annotations

from textual.content import Content

from incidentsim.tui.session import Data
from incidentsim.tui.widgets.list_pane import ListPane, Row
from incidentsim.tui.widgets.plot import braille
from incidentsim.tui.wording import STATE_STYLES, Clock, clean, column, span

MUTED = "$foreground-muted"
STATES = {"critical": "crit", "none": ""}
TOLD = ("result", "reply", "query")
"""Channels of what was asked for: they need no answer."""


class SignalsPane(ListPane):
    """What the organisation measures, and the counts the player keeps."""

    def __init__(self) -> None:
        super().__init__("Signals · measured", "Nothing is measured here.", id="signals")

    def update_signals(self, signals: list[Data]) -> None:
        """Show *signals* with their latest value and its state, in words."""
        width = max(30, self.scrollable_content_region.width - 2)
        rows: list[Row] = []
        values = [f"{signal['last'] or '–'} {signal['unit']}".strip() for signal in signals]
        value_width = min(16, max((len(clean(value)) for value in values), default=0))
        plot_width = max(6, min(28, width // 5))
        name_width = max(10, width - value_width - plot_width - 7)
        for signal, value in zip(signals, values, strict=True):
            state = STATES.get(str(signal["state"]), str(signal["state"]))
            mark = "◇ " if signal["own"] else ""
            rows.append(
                (
                    f"signal:{signal['id']}",
                    Content.assemble(
                        column(mark + signal["title"], name_width),
                        " ",
                        Content.styled(braille(signal["points"], plot_width)[0], "$text-accent"),
                        " ",
                        column(value, value_width).strip().rjust(value_width),
                        " ",
                        Content.styled(f"{clean(state):<4}", STATE_STYLES.get(state, MUTED)),
                    ),
                )
            )
        if not any(signal["own"] for signal in signals):
            rows.append(("", Content.styled("q to count something; k keeps it as a plot", MUTED)))
        self.show(rows)


class InboxPane(ListPane):
    """Messages, alerts and results, the newest first; ● has not been opened."""

    def __init__(self) -> None:
        super().__init__("Inbox", "Nothing has arrived.", id="inbox")
        self.seen: set[str] = set()
        """Answers and results that were looked at; a seat counts them as opened when they arrive."""
        self.unread = 0
        self.newest = ""
        """The id of the newest that was not read."""

    def update_inbox(self, messages: list[Data], alerts: list[Data], now: int, clock: Clock) -> None:
        """Show what has arrived, with the time left where a message states a deadline."""
        arrived = [(item["t"], item["id"], self._message(item, now, clock)) for item in messages]
        arrived += [(item["t"], item["id"], self._alert(item, clock)) for item in alerts]
        new = [item for item in [*messages, *alerts] if self._new(item)]
        self.unread = len(new)
        self.newest = str(max(new, key=lambda item: (item["t"], item["id"]))["id"]) if new else ""
        self.border_title = Content(f"Inbox · {self.unread} unread" if self.unread else "Inbox")
        self.show([(name, content) for _, name, content in sorted(arrived, key=lambda row: row[:2], reverse=True)])

    def _new(self, item: Data) -> bool:
        return not item["opened"] or (item.get("channel") in TOLD and item["id"] not in self.seen)

    def _mark(self, item: Data) -> Content:
        return Content.styled("● ", "bold $text-warning") if self._new(item) else Content("  ")

    def _message(self, item: Data, now: int, clock: Clock) -> Content:
        style = "" if self._new(item) else MUTED
        parts: list[Content | str] = [
            self._mark(item),
            Content.styled(f"{clock.short(item['t'])} ", MUTED),
            Content.styled(f"{clean(item['channel']):<6} ", MUTED),
        ]
        if item["asks_by"] is not None:
            left = item["asks_by"] - now
            late = "past due" if left <= 0 else f"{span(left)} left"
            parts.append(Content.styled(f"{late} ", "$foreground-muted" if left <= 0 else "bold $text-warning"))
        parts.append(Content.styled(from_whom(item), style))
        return Content.assemble(*parts)

    def _alert(self, item: Data, clock: Clock) -> Content:
        firing = item["resolved_at"] is None
        word = "alert " if firing else "ended "
        style = "bold $text-warning" if firing else MUTED
        return Content.assemble(
            self._mark(item),
            Content.styled(f"{clock.short(item['t'])} ", MUTED),
            Content.styled(f"{word} ", style),
            Content.styled(f"{clean(item['severity'])} · {clean(item['title'])}", "" if firing else MUTED),
        )


class RecordPane(ListPane):
    """The incident record: severity, hypotheses, the last update."""

    def __init__(self) -> None:
        super().__init__("Incident record", id="record")

    def update_record(self, record: Data, hypotheses: list[Data], clock: Clock) -> None:
        """Show the record. What is not set yet is said so."""
        rows: list[Row] = []
        if record["severity"]:
            declared = f"{clean(record['severity'])} · declared {clock.utc(record['declared_at'] or 0)}"
            rows.append(("severity", Content.styled(declared, "bold")))
        else:
            rows.append(("severity", Content.styled("not declared", MUTED)))
        for item in hypotheses:
            word = "" if item["state"] == "open" else f" {clean(item['state'])}"
            weight = f" +{len(item['for'])} −{len(item['against'])}"
            rows.append(
                (
                    item["id"],
                    Content.assemble(
                        Content.styled(f"{item['id']} ", MUTED),
                        f"{item['confidence']:>3}%",
                        Content.styled(f"{weight}{word} ", MUTED),
                        Content.styled(clean(item["text"]), MUTED if word else ""),
                    ),
                )
            )
        for update in record["updates"][-2:]:
            text = f"update {clock.short(update['t'])} {clean(update['audience'])}: {clean(update['text'])}"
            rows.append(("", Content.styled(text, MUTED)))
        for note in record["notes"][-2:]:
            rows.append(("", Content.styled(f"note {clock.short(note['t'])} {clean(note['text'])}", MUTED)))
        self.show(rows)


class NowPane(ListPane):
    """What is under way, and how many hands are free."""

    def __init__(self) -> None:
        super().__init__("Now", id="now")

    def update_now(self, status: Data) -> None:
        """Show running and queued actions with the time that they still take."""
        free = f"free hands {status['hands_free']} of {status['hands']}"
        rows: list[Row] = [("", Content.styled(free, "" if status["hands_free"] else "bold $text-warning"))]
        for item in status["running"]:
            queued = item["left"] is None
            word = "waits" if queued else f"{span(item['left'])} left"
            rows.append(
                (
                    "",
                    Content.assemble(
                        Content.styled("◦ " if queued else "▷ ", "$text-accent"),
                        Content.styled(f"{word:<9}", MUTED),
                        clean(item["title"]),
                    ),
                )
            )
        if status["state"] == "paused":
            rows.append(("", Content.styled("paused; space goes on", "bold $text-warning")))
        self.show(rows)


def from_whom(item: Data) -> str:
    """A message's sender and title; answers that come from no person have no sender."""
    title = clean(item["title"])
    return title if item["sender"] == item["channel"] else f"{clean(item['sender'])}: {title}"
