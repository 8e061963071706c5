"""What choices cost: what made each sensible at the time is asked first, and stands beside its price."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import OptionList

from incidentsim.text.problem import Problem
from incidentsim.tui.dialogs.form import Field, Form
from incidentsim.tui.keys import outside
from incidentsim.tui.keys.model import bindings
from incidentsim.tui.screens.base import SeatPage
from incidentsim.tui.session import Data, Session
from incidentsim.tui.widgets.key_line import KeyLine
from incidentsim.tui.widgets.list_pane import ListPane
from incidentsim.tui.widgets.top_line import TopLine
from incidentsim.tui.wording import clean

QUESTION = "What made this sensible at the time?"
NONE = "No choice of this run has a price."
MUTED = "$foreground-muted"


class PricesScreen(SeatPage):
    """One entry a choice. *prices* are those of `Session.prices`."""

    HELP_ID = "prices"
    BINDINGS: ClassVar[list[BindingType]] = bindings(outside.PRICES)
    DEFAULT_CSS: ClassVar[str] = """
    PricesScreen ListPane { height: 1fr; max-height: 100%; margin: 1 2; text-wrap: wrap; }
    """

    def __init__(self, session: Session, prices: list[Data]) -> None:
        super().__init__(session)
        self.prices = prices

    def compose(self) -> ComposeResult:
        yield TopLine(str(self.brief["number"]), str(self.brief["title"]))
        yield ListPane("What choices cost · modelled · against what you held then", NONE, id="prices")
        yield KeyLine()

    def on_mount(self) -> None:
        self.query_one(ListPane).focus()
        self.follow()

    def follow(self) -> None:
        """Show what was answered, and the prices of that."""
        said = self.session.case.sensible()
        self.query_one(ListPane).show(
            [(str(each["id"]), Content("\n").join(_entry(each, said.get(each["id"], "")))) for each in self.prices]
        )

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.action_answer()

    def action_answer(self) -> None:
        chosen = next((each for each in self.prices if each["id"] == self.query_one(ListPane).chosen), None)
        if chosen is not None and chosen["priced"]:
            self.run_worker(self._ask(chosen), group="flow", exclusive=True)

    async def _ask(self, price: Data) -> None:
        held = [Content.styled("You held then:", MUTED), *_held(price)]
        intro = Content("\n").join([Content.styled(_choice(price), "bold"), *held])
        now = self.session.case.sensible().get(price["id"], "")
        field = Field("sensible", QUESTION, "area", now, required=True)
        answers = await self.ask(Form("Before the price", [field], intro, submit="Keep it, and show the price"))
        if answers is None:
            return
        try:
            self.session.case.put_sensible(price["id"], answers["sensible"])
        except Problem as problem:
            self.say(str(problem), warn=True)
        self.follow()


def _choice(price: Data) -> str:
    return f"{price['at']}  {clean(price['choice'])}; against: {clean(price['option'])}"


def _held(price: Data) -> Iterator[Content]:
    for name, title in price["evidence"]:
        yield Content.assemble("  ", Content.styled(str(name), "$text-accent"), f"  {clean(title)}")


def _entry(price: Data, sensible: str) -> Iterator[Content]:
    yield Content.styled(_choice(price), "bold")
    yield from _held(price)
    if not price["priced"]:
        yield Content.styled(f"  {clean(price['text'])}", MUTED)
    elif not sensible:
        yield Content.styled(f"  {QUESTION} Enter to say so; then its price stands here.", "$text-warning")
    else:
        yield Content.assemble(Content.styled("  sensible then: ", MUTED), clean(sensible))
        yield Content.assemble(Content.styled("  price: ", MUTED), clean(price["text"]))
    yield Content("")
