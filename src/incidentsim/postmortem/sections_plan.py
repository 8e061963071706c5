"""What will be done, and what it cost: action items, SLOs and error budget."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from incidentsim.case.actions import ranked
from incidentsim.postmortem.burn import PAGES, window_id
from incidentsim.postmortem.document import Bullets, Line, Section, Span, strong, text
from incidentsim.postmortem.draft import cell, paragraph, table
from incidentsim.postmortem.sections_story import worst_slo

if TYPE_CHECKING:
    from collections.abc import Iterator

    from incidentsim.case.document import ActionItem
    from incidentsim.postmortem.document import Block, Spans
    from incidentsim.postmortem.draft import Draft
    from incidentsim.scenario.system import Slo

LIMIT = Fraction(20, 100)
"""A single incident that consumes more of a four-week budget asks for a postmortem and a P0 (error-budget policy)."""


def actions(draft: Draft) -> Section:
    """The ranked action items, what was declined, and what nothing addresses."""
    items = ranked(draft.case.action_items)
    title = "Action items"
    if not items:
        question = "What removes the hazard, what does the work, what stops a mistake?"
        return Section("actions", title, (draft.ask("actions", question, "The owners of the causes may know."),))
    lead = paragraph(
        "actions.lead",
        text("Ranked: eliminate, automate, guardrail, document; within each by priority. Numbers in this table are "
             "targets. What each would save is not modelled yet. The same list for tools: "),
        Span("link", "action-items.yaml", "action-items.yaml"), text("."),
    )  # fmt: skip
    rows = [(item.id, _row(draft, item)) for item in items]
    columns = ("ID", "Action", "Hierarchy", "Type", "P", "Owner", "Due", "Addresses", "SLO", "Done when")
    blocks: list[Block] = [lead, table("actions", columns, "llllllllll", rows)]
    guards = [
        Line(f"bypass.{item.id}", (strong(f"{item.id} "), *draft.plan(item.bypass, item.id),
                                   *((text(f"{_stop(item.bypass)} Side effect: "),
                                      *draft.plan(item.side_effect, item.id)) if item.side_effect.strip() else ())))
        for item in items
        if item.bypass.strip()
    ]  # fmt: skip
    if guards:
        blocks += [
            paragraph("actions.bypass", strong("If somebody ignores it, what still holds?")),
            Bullets(tuple(guards)),
        ]
    if draft.case.declined:
        declined = tuple(
            draft.statement(each, f"declined.{number}") for number, each in enumerate(draft.case.declined, 1)
        )
        blocks += [paragraph("actions.declined", strong("Declined, with the reason")), Bullets(declined)]
    return Section("actions", title, (*blocks, *_orphans(draft, items)))


def _stop(sentence: str) -> str:
    """A full stop where a sentence has none."""
    return "" if sentence.rstrip().endswith((".", "!", "?")) else "."


def _row(draft: Draft, item: ActionItem) -> list[Spans]:
    place = item.id
    whys = {each.id for each in draft.case.whys}
    slos = {each.id for each in draft.record.scenario.slos}
    for each in item.addresses:
        if each not in whys:
            draft.finding(place, f"it addresses {each}, which is no why of this case", "reference")
    if not item.addresses:
        draft.finding(place, "it addresses no cause")
    if item.slo not in slos:
        draft.finding(place, f"its SLO {item.slo!r} is not defined" if item.slo else "it names no SLO", "reference")
    owner = (Span("words", item.owner),) if item.owner.strip() else (Span("todo", "who?"),)
    done_when = draft.plan(item.done_when, place) if item.done_when.strip() else (Span("todo", "how is it seen?"),)
    due = cell(item.due.isoformat()) if item.due else cell("–")
    return [
        cell(item.id), draft.plan(item.title, place), cell(item.hierarchy), cell(item.type), cell(item.priority),
        owner, due, cell(", ".join(item.addresses) or "–"),
        (Span("code", item.slo),) if item.slo in slos else (Span("todo", "which SLO?"),), done_when,
    ]  # fmt: skip


def _orphans(draft: Draft, items: list[ActionItem]) -> Iterator[Block]:
    """Causes that nothing addresses, and the P0 that the policy asks for."""
    from incidentsim.postmortem.sections_causes import graph_of

    addressed = {why for item in items for why in item.addresses}
    lone = [each.id for each in graph_of(draft).leaves() if each.id not in addressed]
    if lone:
        yield draft.ask("actions.orphans", f"Nothing addresses {', '.join(lone)}: an item, or a reason to decline one?",
                        "The owners of these conditions may know.")  # fmt: skip


def slo_section(draft: Draft) -> Section:
    """The objectives, the arithmetic of the budget, and what follows from it."""
    slos = draft.record.scenario.slos
    title = "SLOs and error budget"
    worst = worst_slo(draft)
    if not slos or worst is None:
        question = "Which objective was missed, and how much of its budget is gone?"
        return Section("slo", title, (draft.ask("slo", question, "The owners of the service may know."),))
    rows = []
    for slo in slos:
        force = "in force" if slo.observed else "proposed" if slo.id in draft.case.slos else "not in force"
        rows.append(
            (slo.id, [(Span("code", slo.id),), cell(force), cell(draft.value(f"slo.{slo.id}.target")),
                      cell(draft.value(f"slo.{slo.id}.window")), cell(draft.value(f"slo.{slo.id}.bad")),
                      cell(draft.value(f"budget.{slo.id}.allowed")), cell(draft.value(f"budget.{slo.id}.consumed"))])
        )  # fmt: skip
    columns = ("SLO", "State", "Target", "Window", "Bad", "Budget", "Consumed")
    lead = paragraph("slo.lead", text("Definitions and alert rules: "),
                     Span("link", "slo-definitions.yaml", "slo-definitions.yaml"), text("."))  # fmt: skip
    slo = next(each for each in slos if each.id == worst)
    blocks: list[Block] = [
        lead,
        table("slo", columns, "llrlrrr", rows),
        *_arithmetic(draft, slo),
        *_modelled(draft, slo),
    ]
    return Section("slo", title, tuple(blocks))


def _arithmetic(draft: Draft, slo: Slo) -> Iterator[Block]:
    value = draft.value
    name = slo.id
    yield paragraph("slo.arithmetic", strong("Arithmetic for "), Span("code", name))
    lines = [
        Line("slo.sum.bad", (text("Bad = total − good = "), value(f"slo.{name}.total"), text(" − "),
                             value(f"slo.{name}.good"), text(" = "), value(f"slo.{name}.bad"))),
        Line("slo.sum.budget", (text("Budget = (1 − "), Span("text", slo.target), text(") × "),
                                Span("field", f"{slo.window_total:,}", f"slo.{name}.expected"), text(" = "),
                                value(f"budget.{name}.allowed"))),
        Line("slo.sum.consumed", (text("Consumed = bad ÷ budget = "), value(f"budget.{name}.consumed"), text(", or "),
                                  value(f"budget.{name}.minutes_used"), text(" of the "),
                                  value(f"budget.{name}.minutes"), text(" of total loss that the window allows"))),
    ]  # fmt: skip
    yield Bullets(tuple(lines))
    consumed = draft.record.world.budgets()[name].consumed
    state = "" if slo.observed else "Had it been in force: "
    if consumed > LIMIT:
        what = "more than 20% of a budget in one incident: a postmortem is due, with a P0 item on a root cause."
    else:
        what = "20% of a budget or less in one incident: the policy asks for no P0 by itself."
    if draft.has("loss.total") and draft.fields["loss.total"].value:
        what += " Data was lost, which asks for a postmortem whatever the budget says."
    spans: list[Span] = [strong("Policy. "), text(state + what if state else what[0].upper() + what[1:])]
    if slo.policy.strip():
        spans += [text(" The organisation's: "), Span("text", slo.policy)]
    yield paragraph("slo.policy", *spans)
    if consumed > LIMIT and not any(each.priority == "P0" for each in draft.case.action_items):
        yield draft.ask("slo.p0", "The policy asks for a P0 item on a root cause, and there is none.",
                        "The owner of the service may know.")  # fmt: skip


def _modelled(draft: Draft, slo: Slo) -> Iterator[Block]:
    """When the rules of the SLO file would have fired in this run."""
    rows = []
    for window in PAGES:
        name = f"alert.{window_id(slo.id, window)}"
        fires = draft.value(f"{name}.fires") if f"{name}.fires" in draft.fields else text("–")
        after = draft.value(f"{name}.ttd") if f"{name}.ttd" in draft.fields else text("–")
        rule, windows = (Span("code", window_id(slo.id, window)),), f"{window.long_text} and {window.short_text}"
        rows.append((window.name, [rule, cell(windows), cell(fires), cell(after)]))
    yield table("slo.alerts", ("Rule (modelled on this run)", "Windows", "Would fire", "After the start"), "llll", rows)
