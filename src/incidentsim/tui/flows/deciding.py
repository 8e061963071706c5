"""Decisions: what was decided, how hard it is to take back, why, and who saw it otherwise."""

from __future__ import annotations

from incidentsim.tui.dialogs.form import Answers, Field, Form
from incidentsim.tui.flows import recording
from incidentsim.tui.flows.filling import fill_in
from incidentsim.tui.screens.base import SeatPage
from incidentsim.tui.session import Data
from incidentsim.tui.wording import plain

TIERS = (
    ("reversible", "reversible (two-way door)"),
    ("costly", "costly (a way back, at a price)"),
    ("irreversible", "irreversible (one-way door)"),
)
STATES = (("made", "made"), ("revised", "revised"), ("withdrawn", "withdrawn"))


async def decide(page: SeatPage, known: Data | None = None) -> None:
    """Record a decision, or revise or withdraw one."""
    now: Data = known or {"text": "", "tier": "reversible", "why": "", "dissent": "", "evidence": [], "state": "made"}
    fields = [
        Field("text", "What is decided", value=now["text"], required=True),
        Field("tier", "To take it back", kind="choice", choices=TIERS, value=now["tier"]),
        Field("why", "Why, on what is known now", value=now["why"]),
        Field("dissent", "Who sees it otherwise", value=now["dissent"]),
    ]
    if known:
        fields.append(Field("state", "State", kind="choice", choices=STATES, value=now["state"]))
    cites = recording.evidence_choices(page)
    if cites:
        fields.append(Field("evidence", "Evidence it rests on (space marks)", "many", choices=cites,
                            values=tuple(now["evidence"])))  # fmt: skip
    title = f"Decision {known['id']}" if known else "Decision"
    intro = plain("One-way doors deserve a second look; two-way doors deserve speed.", "$foreground-muted")

    def give(given: Answers) -> Data:
        said = {name: given[name] for name in ("text", "tier", "why", "dissent")}
        return page.do("decide", known["id"] if known else "", **said, state=given["state"] or "made",
                       evidence=given.lists.get("evidence", []))  # fmt: skip

    done = await fill_in(page, Form(title, fields, intro, submit="Record"), give)
    if done is not None:
        page.say(f"{done['ref']} recorded.")
