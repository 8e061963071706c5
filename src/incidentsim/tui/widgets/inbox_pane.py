"""The pane of messages, alerts and results that have arrived."""

from __future__ import annotations

from textual.content import Content

from incidentsim.tui.session import Data
from incidentsim.tui.widgets.list_pane import ListPane
from incidentsim.tui.wording import Clock, clean, span

MUTED = "$foreground-muted"
TOLD = ("result", "reply", "query")
"""Channels of what was asked for: they need no answer."""


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


def from_whom(item: Data) -> str:
    """A message's sender and title; answers that come from no person have no sender."""
    title = clean(item["title"])
    return title if item["sender"] == item["channel"] else f"{clean(item['sender'])}: {title}"
