"""What all dialogs share: a frame with a title, a line of keys, escape closes, what is typed survives a crash."""

from __future__ import annotations

from typing import ClassVar, Generic, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.await_complete import AwaitComplete
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, TextArea

from incidentsim.tui.drafts import Drafts, Texts
from incidentsim.tui.keys import dialogs
from incidentsim.tui.keys.model import bindings
from incidentsim.tui.widgets.key_hints import KeyHints
from incidentsim.tui.wording import clean

Result = TypeVar("Result")

KEPT_EVERY = 1.0
"""Seconds between writings of what is being typed."""


class Dialog(ModalScreen[Result | None], Generic[Result]):
    """A modal frame. Subclasses fill `body`; *keys* is what the last line says.

    With *drafts*, what is typed into its fields is kept until the dialog is confirmed or closed.
    """

    BINDINGS: ClassVar[list[BindingType]] = bindings(dialogs.DIALOG)
    HELP_ID: ClassVar[str] = "dialog"
    VERTICAL_BREAKPOINTS = [(0, "-h24"), (30, "-h30"), (40, "-h40"), (55, "-h55")]
    wide: ClassVar[bool] = False
    keeps_drafts: ClassVar[bool] = True

    def __init__(self, title: str, keys: str = "esc close") -> None:
        super().__init__()
        self.heading = title
        self.keys = keys
        self.drafts: Drafts | None = None
        self._typed = False

    def compose(self) -> ComposeResult:
        frame = Vertical(classes="dialog -wide" if self.wide else "dialog")
        frame.border_title = Content(clean(self.heading))
        with frame:
            yield from self.body()
            yield KeyHints(self.keys)

    def body(self) -> ComposeResult:
        """The widgets inside the frame."""
        yield from ()

    def action_close(self) -> None:
        self.dismiss(None)

    def _on_mount(self, event: object) -> None:
        if self.drafts is not None and self.keeps_drafts:
            self._restore(self.drafts.get(self._draft_name))
            self.set_interval(KEPT_EVERY, self.keep_draft)

    @property
    def _draft_name(self) -> str:
        return f"{type(self).__name__}: {self.heading}"

    def _fields(self) -> dict[str, Input | TextArea]:
        return {one.id: one for one in self.query("*") if isinstance(one, (Input, TextArea)) and one.id}

    def _restore(self, texts: Texts) -> None:
        for name, field in self._fields().items():
            if texts.get(name):
                if isinstance(field, Input):
                    field.select_on_focus = False
                    field.value = texts[name]
                else:
                    field.text = texts[name]

    @on(Input.Changed)
    @on(TextArea.Changed)
    def _typing(self) -> None:
        self._typed = True

    def keep_draft(self) -> None:
        """Keep what is being typed, now."""
        if self._typed and self.drafts is not None and self.is_attached:
            self._typed = False
            texts = {name: one.value if isinstance(one, Input) else one.text for name, one in self._fields().items()}
            self.drafts.put(self._draft_name, texts)

    def dismiss(self, result: Result | None = None) -> AwaitComplete:
        """Close with *result*; what was typed is no draft any more."""
        if self.drafts is not None:
            self.drafts.drop(self._draft_name)
        return super().dismiss(result)
