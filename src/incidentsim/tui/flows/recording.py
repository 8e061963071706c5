"""The incident record: hypotheses and notes."""

from __future__ import annotations

from incidentsim.tui.dialogs.form import Answers, Field, Form
from incidentsim.tui.flows.filling import fill_in
from incidentsim.tui.screens.base import SeatPage
from incidentsim.tui.session import Data
from incidentsim.tui.wording import Clock, clean, plain

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

    def give(given: Answers) -> Data:
        return page.do(
            "hypothesis", known["id"] if known else "", text=given["text"], confidence=int(given["confidence"] or 50),
            state=given["state"], **{"for": given.lists.get("for", []), "against": given.lists.get("against", [])},
        )  # fmt: skip

    title = f"Hypothesis {known['id']}" if known else "New hypothesis"
    intro = plain(f"How sure so far: {course(known, page.clock)}", "$foreground-muted") if known else None
    await fill_in(page, Form(title, fields, intro, submit="Keep", check=_percent), give)


def course(item: Data, clock: Clock) -> str:
    """How sure people were when: ``08:31 40% → 08:52 70% → 09:10 90% confirmed``; the last six."""
    steps = item["history"]
    parts = [
        f"{clock.short(step['t'])} {step['confidence']}%" + ("" if step["state"] == "open" else f" {step['state']}")
        for step in steps[-6:]
    ]
    return ("… → " if len(steps) > 6 else "") + " → ".join(parts)


def bar(confidence: int, width: int = 10) -> str:
    """A confidence as a bar of *width* cells."""
    full = round(confidence * width / 100)
    return "█" * full + "░" * (width - full)


def _percent(given: Answers) -> str:
    text = given["confidence"]
    return (
        ""
        if not text or (text.isascii() and text.isdecimal() and len(text) < 4 and int(text) <= 100)
        else "How sure: a whole number from 0 to 100."
    )


async def note(page: SeatPage) -> None:
    """Write a note into the incident record."""
    form = Form("Note", [Field("text", "Note", required=True)], submit="Keep")
    await fill_in(page, form, lambda given: page.do("note", text=given["text"]))
