"""What all dialogs share: a frame with a title, a line of keys, escape closes."""

from __future__ import annotations

from typing import ClassVar, Generic, TypeVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from incidentsim.tui.wording import clean

Result = TypeVar("Result")


class Dialog(ModalScreen[Result | None], Generic[Result]):
    """A modal frame. Subclasses fill `body`; *keys* is what the last line says."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "close", "close", show=False)]
    HELP_ID: ClassVar[str] = "dialog"
    wide: ClassVar[bool] = False

    def __init__(self, title: str, keys: str = "esc close") -> None:
        super().__init__()
        self.heading = title
        self.keys = keys

    def compose(self) -> ComposeResult:
        frame = Vertical(classes="dialog -wide" if self.wide else "dialog")
        frame.border_title = Content(clean(self.heading))
        with frame:
            yield from self.body()
            yield Static(Content.styled(self.keys, "$foreground-muted"), classes="dialog-keys")

    def body(self) -> ComposeResult:
        """The widgets inside the frame."""
        yield from ()

    def action_close(self) -> None:
        self.dismiss(None)
