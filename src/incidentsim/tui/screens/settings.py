"""Settings on screen: theme and the rest at the top, then every command with its keys. Each change is kept at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import OptionList, Static

from incidentsim.text.problem import Problem
from incidentsim.tui import settings
from incidentsim.tui.dialogs.base import Dialog
from incidentsim.tui.keys import dialogs
from incidentsim.tui.keys.catalogue import places, shown
from incidentsim.tui.keys.model import bindings
from incidentsim.tui.widgets.list_pane import ListPane, Row
from incidentsim.tui.wording import clean, column

if TYPE_CHECKING:
    from incidentsim.tui.app import IncidentApp

MUTED = "$foreground-muted"
SHARED = ("everywhere", "room")
"""Places whose keys work beside those of a pane."""


class SettingsScreen(Dialog[None]):
    """Enter changes the row in focus: a value steps to the next, a command waits for its new key."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(dialogs.SETTINGS)
    HELP_ID = "settings"
    wide = True
    keeps_drafts = False

    def __init__(self) -> None:
        super().__init__("Settings", "enter change · r default keys · o where the file is · esc close")
        self.waiting_for = ""
        """The command whose new key is awaited."""

    @property
    def _app(self) -> IncidentApp:
        return cast("IncidentApp", self.app)

    def body(self) -> ComposeResult:
        yield ListPane(id="settings-list")
        yield Static("", id="settings-said", markup=False)

    def on_mount(self) -> None:
        self._fill()
        self.query_one(ListPane).focus()

    def _fill(self) -> None:
        now = self._app.settings
        rows: list[Row] = [
            ("set:theme", _row("theme", now.theme)),
            ("set:mouse", _row("mouse", "taken by this program" if now.mouse else "left to the terminal")),
            ("set:tour", _row("tour at the first time", now.tour)),
            ("set:notices", _row("notices stay", f"{now.notices} s")),
        ]
        for place, known in places().items():
            rows.append(("", Content.styled(f"Keys · {place}", "bold $text-accent")))
            for each in known:
                keys = now.keys.get(each.id, each.keys)
                mark = "  (yours)" if each.id in now.keys else ""
                rows.append((f"key:{each.id}", _row(each.title, shown(keys) + mark)))
        self.query_one(ListPane).show(rows)

    def _say(self, text: str, warn: bool = False) -> None:
        style = "$text-warning" if warn else MUTED
        self.query_one("#settings-said", Static).update(Content.styled(clean(text), style))

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        kind, _, name = (event.option_id or "").partition(":")
        if kind == "set":
            self._step(name)
        elif kind == "key":
            self.waiting_for = name
            self._say("Press the new key, or escape to leave it as it is.")

    def _step(self, name: str) -> None:
        now = self._app.settings
        themes, tours = settings.THEME_NAMES, settings.TOURS
        values: dict[str, settings.Value] = {
            "theme": themes[(themes.index(now.theme) + 1) % len(themes)],
            "mouse": not now.mouse,
            "tour": tours[(tours.index(now.tour) + 1) % len(tours)],
            "notices": now.notices % 12 + 2,
        }
        self._set(name, values[name])
        if name == "mouse":
            self._say("The mouse changes hands when the program is started the next time.")

    def _set(self, name: str, value: settings.Value) -> None:
        try:
            self._app.set(name, value)
        except Problem as problem:
            self._say(str(problem), warn=True)
        self._fill()

    def on_key(self, event: events.Key) -> None:
        if not self.waiting_for:
            return
        event.stop()
        event.prevent_default()
        command, self.waiting_for = self.waiting_for, ""
        if event.key == "escape":
            self._say("It stays as it is.")
            return
        other = self._taken(command, event.key)
        if other:
            self._say(f"{shown(event.key)} is “{other}” there already; choose another.", warn=True)
            return
        self._remap({**self._app.settings.keys, command: event.key})
        self._say(f"Now on {shown(event.key)}.")

    def _taken(self, command: str, key: str) -> str:
        """The command that has *key* where *command* works, or nothing."""
        known = places()
        own = next(place for place, table in known.items() if any(each.id == command for each in table))
        together = known if own in SHARED else (own, *SHARED)
        for place in together:
            for each in known.get(place, ()):
                keys = self._app.settings.keys.get(each.id, each.keys)
                if each.id != command and key in keys.split(","):
                    return each.title
        return ""

    def _remap(self, keys: dict[str, str]) -> None:
        try:
            self._app.set_keys(keys)
        except Problem as problem:
            self._say(str(problem), warn=True)
        self._fill()

    def action_reset(self) -> None:
        kind, _, name = self.query_one(ListPane).chosen.partition(":")
        if kind == "key":
            self._remap({command: keys for command, keys in self._app.settings.keys.items() if command != name})
            self._say("Back to the default.")

    def action_where(self) -> None:
        self._say(f"{settings.path()}")


def _row(name: str, value: str) -> Content:
    return Content.assemble(column(name, 26), Content.styled(f" {clean(value)}", "bold"))
