"""A form: labelled fields, an introduction, one way to confirm."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import ClassVar, Literal

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Button, Input, Label, Static, TextArea

from incidentsim.tui.dialogs.base import Dialog
from incidentsim.tui.dialogs.chooser import Chooser
from incidentsim.tui.dialogs.marks import Marks
from incidentsim.tui.keys import dialogs
from incidentsim.tui.keys.model import bindings
from incidentsim.tui.widgets.key_hints import KeyHints
from incidentsim.tui.wording import clean

KEYS = "tab next field · ←→ change · ctrl+s confirm · esc back"
KEYS_OF_MARKS = "space mark · tab next field · ctrl+s confirm · esc back"
SHORT = 28
"""Labels up to this length stand beside their field, longer ones above it."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field. *choices* are (id, name) for kinds ``choice`` and ``many``."""

    id: str
    label: str
    kind: Literal["line", "area", "choice", "many"] = "line"
    value: str = ""
    values: tuple[str, ...] = ()
    choices: tuple[tuple[str, str], ...] = ()
    required: bool = False


@dataclass(frozen=True, slots=True)
class Answers:
    """What was filled in."""

    texts: dict[str, str] = field(default_factory=dict)
    lists: dict[str, list[str]] = field(default_factory=dict)

    def __getitem__(self, id: str) -> str:  # noqa: A002
        return self.texts.get(id, "")


Check = Callable[[Answers], str]
"""What is wrong with the answers, in a sentence; empty where nothing is."""


class Form(Dialog[Answers]):
    """Gives the answers, or None where it was closed."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(dialogs.FORM)
    HELP_ID = "form"
    wide = True

    def __init__(
        self,
        title: str,
        fields: Sequence[Field],
        intro: Content | None = None,
        submit: str = "Confirm",
        check: Check | None = None,
    ) -> None:
        super().__init__(title, KEYS)
        self.fields = list(fields)
        self.intro = intro
        self.submit = submit
        self.check = check

    def body(self) -> ComposeResult:
        with VerticalScroll(classes="form-body"):
            if self.intro is not None:
                yield Static(self.intro, classes="form-intro")
            for one in self.fields:
                label = Label(Content(clean(one.label + (" *" if one.required else ""))), classes="form-label")
                if one.kind in ("line", "choice") and len(one.label) <= SHORT:
                    with Horizontal(classes="form-row"):
                        yield label
                        yield self._widget(one)
                else:
                    yield label
                    yield self._widget(one)
        yield Static("", id="form-problem", markup=False)
        yield Button(self.submit, id="form-submit", compact=True)

    def _widget(self, one: Field) -> Widget:
        name = f"field-{one.id}"
        if one.kind == "area":
            return TextArea(one.value, id=name, compact=True, soft_wrap=True, tab_behavior="focus")
        if one.kind == "choice":
            return Chooser(one.choices, one.value, id=name)
        if one.kind == "many":
            return Marks(one.choices, one.values, id=name)
        return Input(one.value, id=name, compact=True)

    def on_mount(self) -> None:
        for one in self.fields:
            self.query_one(f"#field-{one.id}").focus()
            return
        self.query_one("#form-submit").focus()

    def answers(self) -> Answers:
        """What is filled in now."""
        result = Answers()
        for one in self.fields:
            widget = self.query_one(f"#field-{one.id}")
            if isinstance(widget, Marks):
                result.lists[one.id] = widget.value
            elif isinstance(widget, TextArea):
                result.texts[one.id] = widget.text.strip()
            elif isinstance(widget, (Input, Chooser)):
                result.texts[one.id] = widget.value.strip()
        return result

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        self.query_one(KeyHints).say(KEYS_OF_MARKS if isinstance(event.widget, Marks) else self.keys)

    @on(Input.Submitted)
    def _next(self, event: Input.Submitted) -> None:
        event.stop()
        if self.fields and event.input.id == f"field-{self.fields[-1].id}":
            self.action_submit()
        else:
            self.focus_next()

    @on(Button.Pressed)
    def _pressed(self, event: Button.Pressed) -> None:
        event.stop()
        self.action_submit()

    def action_submit(self) -> None:
        answers = self.answers()
        problem = self._missing(answers) or (self.check(answers) if self.check else "")
        if problem:
            self.query_one("#form-problem", Static).update(Content.styled(f"! {clean(problem)}", "$text-error"))
        else:
            self.dismiss(answers)

    def _missing(self, answers: Answers) -> str:
        for one in self.fields:
            given = answers.lists.get(one.id) if one.kind == "many" else answers[one.id]
            if one.required and not given:
                self.query_one(f"#field-{one.id}").focus()
                return f"{one.label}: please fill this in."
        return ""
