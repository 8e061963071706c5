"""The pane of messages, alerts and results that have arrived."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.style import Style
from textual.widget import Widget
from textual.widgets import OptionList, Static

from incidentsim.tui.arrivals import KINDS, TOLD, Arrival, arrivals, headline
from incidentsim.tui.flows import asking, tasks, telling
from incidentsim.tui.keys import inbox
from incidentsim.tui.keys.model import bindings
from incidentsim.tui.screens.base import SeatPage
from incidentsim.tui.session import Data
from incidentsim.tui.widgets.list_pane import ListPane
from incidentsim.tui.wording import Clock, clean, column, plain

__all__ = ["TOLD", "InboxPane"]

MUTED = "$foreground-muted"
URGENT = "bold $text-warning"
PREVIEW_FROM = 64
"""Cells of width from which what was opened shows its first words in a second line."""
READER_FROM = 100
"""Cells of the room's width from which the text stands beside the list where the pane is alone."""


class Reader(VerticalScroll, can_focus=False):
    """The text of the message in focus, beside the list."""

    DEFAULT_CSS = """
    Reader { dock: right; width: 58%; height: 1fr; border: solid $border-blurred; padding: 0 1; display: none;
        border-title-color: $foreground-muted; border-subtitle-color: $foreground-muted; scrollbar-size-vertical: 1; }
    """

    def compose(self) -> ComposeResult:
        yield Static("", markup=False)

    def read(self, title: str, content: Content) -> None:
        """Show a text under a title."""
        self.border_title = Content(title)
        self.query_one(Static).update(content)
        self.scroll_home(animate=False)


class InboxPane(ListPane):
    """Messages, alerts and results, the newest first, under the player's own reminders.

    ● has not been opened, ↩ was answered, * is pinned. Nothing is shown of what has not arrived.
    """

    BINDINGS: ClassVar[list[BindingType]] = bindings(inbox.COMMANDS)

    def __init__(self) -> None:
        super().__init__("Inbox", "Nothing has arrived.", id="inbox")
        self.seen: set[str] = set()
        """Answers and results that were looked at; a seat counts them as opened when they arrive."""
        self.unread = 0
        self.newest = ""
        """The id of the newest that was not read."""
        self.kind = "all"
        self._items: dict[str, Arrival] = {}
        self._drawn: tuple[list[Data], list[Data], int, Clock] | None = None
        self._read = ""

    @property
    def page(self) -> SeatPage | None:
        """The screen, where it has a seat."""
        screen = self.screen
        return screen if isinstance(screen, SeatPage) else None

    def on_mount(self) -> None:
        if isinstance(self.parent, Widget):
            self.parent.mount(Reader(), after=self)
        self._say_kinds()

    def update_inbox(self, messages: list[Data], alerts: list[Data], now: int, clock: Clock) -> None:
        """Show what has arrived, with the time left where a message states a deadline, and the open tasks' times."""
        self._drawn = (messages, alerts, now, clock)
        page = self.page
        items = arrivals(messages, alerts, page.seat.standing() if page else {}, self.seen)
        self._items = {item.id: item for item in items}
        new = [item for item in items if item.unread]
        self.unread = len(new)
        self.newest = new[0].id if new else ""
        self.border_title = Content(f"Inbox · {self.unread} unread" if self.unread else "Inbox")
        shown = [item for item in items if KINDS[self.kind](item)]
        self.empty = "Nothing has arrived." if self.kind == "all" else f"Nothing of this kind ({self.kind})."
        reminders = tasks.reminders(page, now) if page and self.kind == "all" else []
        self.show([*reminders, *((item.id, self._line(item, now, clock)) for item in shown)])
        self._read_along()

    def _redraw(self) -> None:
        if self._drawn is not None:
            self.update_inbox(*self._drawn)

    def _line(self, item: Arrival, now: int, clock: Clock) -> Content:
        mark = "●" if item.unread else "↩" if item.answered else " "
        word, urgent = item.state(now)
        quiet = "" if item.unread else MUTED
        parts: list[Content | str] = [
            Content.styled(mark, URGENT if item.unread else MUTED),
            Content.styled("*" if item.pinned else " ", "bold $text-accent"),
            Content.styled(f"{clock.short(item.t)} ", MUTED),
        ]
        if not item.alert:
            parts.append(Content.styled(f"{column(item.kind, 6)} ", MUTED))
        if word and mark != "↩":
            parts.append(Content.styled(f"{word} ", URGENT if urgent else MUTED))
        parts.append(Content.styled(headline(item), quiet))
        preview = self._preview(item)
        if preview:
            parts.append(Content.styled(f"\n        {preview}", MUTED))
        return Content.assemble(*parts)

    def _preview(self, item: Arrival) -> str:
        """The first words of what was opened, where there is room for them."""
        page = self.page
        if page is None or item.unread or item.alert or self.size.width < PREVIEW_FROM:
            return ""
        text = clean((page.seat.message(item.id) or {}).get("text", ""))
        room = self.size.width - 12
        return column(text, room).rstrip() if text else ""

    def _say_kinds(self) -> None:
        parts: list[Content | str] = []
        for name in KINDS:
            style = Style.parse("bold reverse" if name == self.kind else "")
            click = Style.from_meta({"@click": f"show_kind('{name}')"})
            parts += [Content.styled(f" {name} ", style + click)]
        self.border_subtitle = Content.assemble(*parts)

    # The reader beside the list.

    def on_show(self) -> None:
        self._arrange()

    def on_hide(self) -> None:
        self._arrange()

    def on_resize(self) -> None:
        self._arrange()
        self._redraw()

    def _arrange(self) -> None:
        if not self.is_attached or not isinstance(self.parent, Widget):
            return
        alone = self.screen.has_class("-folded") and self.parent.size.width >= READER_FROM
        for reader in self.parent.query_children(Reader):
            reader.display = bool(alone and self.display)
            self._read = ""
        self._read_along()

    @on(OptionList.OptionHighlighted)
    def _read_along(self) -> None:
        if not self.is_attached or not isinstance(self.parent, Widget):
            return
        for reader in self.parent.query_children(Reader):
            if reader.display:
                self._fill(reader)

    def _fill(self, reader: Reader) -> None:
        page, item = self.page, self._items.get(self.chosen)
        if page is None or item is None or self._drawn is None:
            reader.read("", Content(""))
            self._read = ""
            return
        state = f"{item.id} {item.unread} {item.answered} {item.pinned} {item.firing}"
        if state == self._read:
            return
        self._read = state
        if item.alert:
            alert = next((each for each in page.seat.alerts() if each["id"] == item.id), {})
            text = str(alert.get("text", ""))
        else:
            text = str((page.seat.message(item.id) or {}).get("text", ""))
        head = Content.styled(f"{clean(item.title)}\n", "bold")
        closed = Content.styled("\nNot opened yet: Enter opens it, and notes it as evidence.", MUTED)
        body = closed if item.unread and not text else plain(f"\n{text}" if text else "")
        due = ""
        if item.due is not None:
            word, _ = item.state(self._drawn[2])
            due = f"answer wanted by {page.clock.utc(item.due)}, {word}\n"
        who = " · ".join(part for part in (clean(item.kind), clean(item.sender), page.clock.utc(item.t)) if part)
        reader.read(who, Content.assemble(head, Content.styled(due, URGENT), body))

    # What the keys do.

    def action_show_kind(self, kind: str) -> None:
        """Show only one of `KINDS`."""
        self.kind = kind
        self._say_kinds()
        self._redraw()

    def action_kind(self, steps: int) -> None:
        names = list(KINDS)
        self.action_show_kind(names[(names.index(self.kind) + steps) % len(names)])

    def action_unread(self, steps: int) -> None:
        names = [row.id for row in self.options if row.id]
        new = [name for name in names if name in self._items and self._items[name].unread]
        if not new:
            if self.page:
                self.page.say("Everything here was read.")
            return
        here = names.index(self.chosen) if self.chosen in names else -1
        after = [name for name in new if names.index(name) > here]
        before = [name for name in new if names.index(name) < here]
        self.choose((after or new)[0] if steps > 0 else (before or new)[-1])

    def action_answer(self) -> None:
        page, item = self.page, self._items.get(self.chosen)
        if page is None or item is None:
            return
        if item.alert or item.told:
            page.say("Only messages from people can be answered; Enter opens this one.")
            return
        if item.unread:
            page.say("Open it first: Enter.")
            return
        message = page.seat.message(item.id)
        if message is not None:
            page.run_worker(telling.answer(page, message), group="flow", exclusive=True)

    def action_ask_back(self) -> None:
        page, item = self.page, self._items.get(self.chosen)
        if page is None or item is None:
            return
        if not any(each["id"] == item.sender for each in page.brief["personas"]):
            page.say("Its sender cannot be asked; m asks somebody else.")
            return
        page.run_worker(asking.message(page, item.sender), group="flow", exclusive=True)

    def action_pin(self) -> None:
        page, item = self.page, self._items.get(self.chosen)
        if page is not None and item is not None:
            done = page.do("pin", item.id)
            if done["status"] == "ok":
                self.seen.add(item.id)
                page.say(f"Pinned as {done['ref']}.")
                page.follow()

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        """The player's own tasks are dealt with here; arrivals go on to the room."""
        page = self.page
        if page is not None and (event.option_id or "").startswith("TD-"):
            event.stop()
            page.run_worker(tasks.change(page, event.option_id or ""), group="flow", exclusive=True)
