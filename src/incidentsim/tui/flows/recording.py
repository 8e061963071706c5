"""The incident record: hypotheses and notes."""

from __future__ import annotations

from incidentsim.tui.dialogs.form import Answers, Field, Form
from incidentsim.tui.screens.base import SeatPage
from incidentsim.tui.session import Data
from incidentsim.tui.wording import clean

STATES = (("open", "open"), ("ruled-out", "ruled out"), ("confirmed", "confirmed"))


def evidence_choices(page: SeatPage) -> tuple[tuple[str, str], ...]:
    """Evidence to cite: what was pinned first, then the newest."""
    items = page.seat.evidence()[::-1]
    items.sort(key=lambda item: not item["pinned"])
    return tuple((item["id"], evidence_line(page, item)) for item in items)


def evidence_line(page: SeatPage, item: Data) -> str:
    """``E-0042 * 08:31 chat analyst: …``, with *after* where it was learned after play."""
    when = "after" if item["phase"] == "after" else page.clock.short(item["t"])
    pin = "*" if item["pinned"] else " "
    return f"{item['id']} {pin} {when:<5} {item['kind']:<9} {clean(item['title'])}"


async def hypothesis(page: SeatPage, known: Data | None = None) -> None:
    """Write a new hypothesis, or change one."""
    cites = evidence_choices(page)
    fields = [
        Field("text", "Hypothesis: what would explain it", value=known["text"] if known else "", required=True),
        Field("confidence", "How sure, 0 to 100", value=str(known["confidence"] if known else 50)),
        Field("state", "State", kind="choice", choices=STATES, value=known["state"] if known else "open"),
    ]
    if cites:
        fields += [
            Field(
                "for",
                "Evidence for it (space marks)",
                "many",
                choices=cites,
                values=tuple(known["for"]) if known else (),
            ),
            Field(
                "against", "Evidence against it", "many", choices=cites, values=tuple(known["against"]) if known else ()
            ),
        ]
    title = f"Hypothesis {known['id']}" if known else "New hypothesis"
    answers = await page.ask(Form(title, fields, submit="Keep", check=_percent))
    if answers is None:
        return
    page.do(
        "hypothesis", known["id"] if known else "", text=answers["text"], confidence=int(answers["confidence"] or 50),
        state=answers["state"], **{"for": answers.lists.get("for", []), "against": answers.lists.get("against", [])},
    )  # fmt: skip


def _percent(given: Answers) -> str:
    text = given["confidence"]
    return "" if not text or (text.isdecimal() and int(text) <= 100) else "How sure: a whole number from 0 to 100."


async def note(page: SeatPage) -> None:
    """Write a note into the incident record."""
    answers = await page.ask(Form("Note", [Field("text", "Note", required=True)], submit="Keep"))
    if answers is not None:
        page.do("note", text=answers["text"])
