"""What happened: head, summary, impact, trigger, detection, resolution, lessons, timeline."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incidentsim.postmortem.document import Paragraph, Section, Span, strong, text
from incidentsim.postmortem.draft import cell, paragraph, table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from incidentsim.postmortem.document import Block, Spans
    from incidentsim.postmortem.draft import Draft

WHO_WAS_THERE = "Who was on call may know."


def head(draft: Draft) -> Section:
    """Title lines: date, owner, authors, status, severity."""
    owner, authors = people(draft)
    status = "Draft of an exercise" if draft.case.exercise else "Draft"
    status += ", a reconstruction" if draft.reconstruction else ""
    items = sum(each.status not in {"done", "verified", "declined"} for each in draft.case.action_items)
    status += f"; {items} action item{'' if items == 1 else 's'} proposed or open" if items else "; no action items yet"
    rows: list[tuple[str, list[Spans]]] = [
        ("date", [cell("Date"), cell(draft.value("date"))]),
        ("owner", [cell("Owner"), (Span("words", owner),)]),
        ("authors", [cell("Authors"), (Span("words", ", ".join(authors)),)]),
        ("status", [cell("Status"), cell(status)]),
        ("severity", [cell("Severity"), cell(draft.value("severity"))]),
    ]
    return Section("head", "", (table("head", ("", ""), "ll", rows),))


def people(draft: Draft) -> tuple[str, tuple[str, ...]]:
    """(owner, authors), as roles: those of the case, else the roles that acted."""
    commands = draft.record.commands[draft.record.theirs :]
    acted = tuple(dict.fromkeys(each.actor for each in commands)) or ("responder",)
    authors = draft.case.authors or acted
    return authors[0], authors


def summary(draft: Draft) -> Section:
    """At most a few sentences: what, how long, for whom."""
    written = draft.statements("summary")
    if written:
        return Section("summary", "Executive summary", tuple(Paragraph(line) for line in written))
    blocks: list[Block] = []
    if draft.has("time.started") and draft.has("loss.total"):
        lost = f" {draft.record.scenario.items} were lost or late over "
        spans = [text("From "), draft.value("time.started"), text(" on "), draft.value("date"), text(", "),
                 draft.value("loss.total"), text(lost), draft.value("duration.impact"), text(".")]  # fmt: skip
        blocks.append(paragraph("summary.record", *spans))
    blocks.append(draft.ask("summary", "What happened, for how long, for whom?", WHO_WAS_THERE))
    return Section("summary", "Executive summary", tuple(blocks))


def problem(draft: Draft) -> Section:
    """The problem in one table, from the record."""
    reached = draft.reached
    how = draft.evidence.get(reached.detected_by)
    detection = cell(draft.value("time.detected"))
    if how is not None:
        draft.cited[how.id] = None
        detection = cell(draft.value("time.detected"), f", by {_KINDS.get(how.kind, how.kind)} ",
                         Span("evidence", how.id, how.id))  # fmt: skip
    elif reached.detected is not None:
        by = reached.detected_by if draft.reconstruction else "declaration"
        detection = cell(draft.value("time.detected"), f", by {by}")
    severity = (", ", draft.value("severity")) if draft.has("time.declared") else ()
    rows: list[tuple[str, list[Spans]]] = [
        ("began", [cell("Began"), cell(draft.value("time.started"))]),
        ("detected", [cell("Detected"), detection]),
        ("declared", [cell("Declared"), cell(draft.value("time.declared"), *severity)]),
        ("mitigated", [cell("Mitigated"), cell(draft.value("time.mitigated"))]),
        ("resolved", [cell("Resolved"), cell(draft.value("time.resolved"))]),
        ("duration", [cell("New loss lasted"), cell(draft.value("duration.impact"))]),
    ]
    if reached.started is not None:
        spans = cell(
            draft.value("ttd"), " / ", draft.value("tta"), " / ", draft.value("ttm"), " / ", draft.value("ttr")
        )
        rows.append(("spans", [cell("TTD / TTA / TTM / TTR"), spans]))
    worst = worst_slo(draft)
    if worst is not None:
        consumed = draft.value(f"budget.{worst}.consumed")
        window = draft.value(f"slo.{worst}.window")
        rows.append(("budget", [cell("Error budget"), cell(consumed, " of ", window, ", ", Span("code", worst))]))
    return Section("problem", "Problem summary", (table("problem", ("", "From the record"), "ll", rows),))


_KINDS = {
    "query": "a count",
    "result": "an action's result",
    "reply": "a reply",
    "row": "a log line",
    "message": "a message",
    "alert": "an alert",
    "change": "the change history",
    "search": "a search",
}


def worst_slo(draft: Draft) -> str | None:
    """The SLO whose budget lost most; the first of equals."""
    budgets = draft.record.world.budgets()
    return max(budgets, key=lambda name: budgets[name].consumed, default=None)


def impact(draft: Draft) -> Section:
    """Who and what was hurt, in numbers with their source."""
    written = draft.bullets(
        "impact", "Who noticed, and what did it cost them?", "Support and the data's users may know."
    )
    return Section("impact", "Impact", (*written, *_losses(draft)))


def _losses(draft: Draft) -> Iterator[Block]:
    truth = draft.record.scenario.truth
    if not draft.has("loss.total"):
        yield draft.ask("impact.loss", "How much was lost, and how much can be brought back?",
                        "The owners of the data may know.")  # fmt: skip
        return
    kinds = [(kind.id, kind.title) for kind in truth.loss]
    rows: list[tuple[str, list[Spans]]] = [
        ("recovered", [cell("Lost and brought back"), _exact(draft, "loss.recovered")])
    ]
    rows += [(name, [cell(title), _exact(draft, f"loss.{name}")]) for name, title in kinds]
    rows.append(("total", [cell(strong("Lost in all")), _exact(draft, "loss.total")]))
    if draft.has("accepted.total"):
        rows.append(("of", [cell("Of, over the whole exercise"), _exact(draft, "accepted.total")]))
    if draft.has("duplicates"):
        rows.append(("duplicates", [cell("Copies written by replays"), _exact(draft, "duplicates")]))
    yield table("loss", ("Events", "Count"), "lr", rows)
    if draft.has("peak.loss"):
        yield paragraph("loss.peak", text("Worst moment: "), draft.value("peak.loss"), text(", at "),
                        draft.value("peak.loss.time"), text("."))  # fmt: skip


def _exact(draft: Draft, name: str) -> Spans:
    """A count in full."""
    found = draft.fields[name]
    return (Span("field", f"{found.value:,}" if isinstance(found.value, int) else found.text, name),)


def background(draft: Draft) -> Section:
    """What a reader from elsewhere has to know."""
    who = "The teams that own the services may know."
    return Section("background", "Background", draft.prose("background", "What does a newcomer have to know?", who))


def trigger(draft: Draft) -> Section:
    """What set it off, apart from why it could happen."""
    who = "Who changed or deployed something shortly before may know."
    return Section("trigger", "Trigger", draft.prose("trigger", "What set it off?", who))


def detection(draft: Draft) -> Section:
    """How it was noticed, and what would have noticed it sooner."""
    blocks: list[Block] = list(draft.prose("detection", "How was it noticed: by a rule, by a person, by a customer?",
                                           WHO_WAS_THERE))  # fmt: skip
    worst = worst_slo(draft)
    if worst is not None and draft.has(f"alert.{worst}-page-fast.ttd"):
        name = f"alert.{worst}-page-fast"
        blocks.append(
            paragraph("detection.modelled", text("Modelled: the fast burn-rate page on "), Span("code", worst),
                      text(" of the SLO file would have fired at "), draft.value(f"{name}.fires"), text(", "),
                      draft.value(f"{name}.ttd"), text(" after the loss began."))
        )  # fmt: skip
    return Section("detection", "Detection", tuple(blocks))


def resolution(draft: Draft) -> Section:
    """What stopped it, what was brought back, and how that was proven."""
    question = "What stopped it, what was brought back, and how was that proven?"
    return Section("resolution", "Resolution and recovery", draft.prose("resolution", question, WHO_WAS_THERE))


def lessons(draft: Draft) -> Section:
    """Well, poorly, lucky, surprised; and what made decisions sensible."""
    parts = (
        ("went-well", "What went well", "What should be done the same way again?"),
        ("went-poorly", "What went poorly", "What in the system made this harder?"),
        ("lucky", "Where we got lucky", "What could have made it worse and did not?"),
        ("surprised", "What surprised us", "Where did what was expected and what happened differ?"),
        ("decisions", "Decisions and what made them sensible", "What was known, what was chosen, and why?"),
    )
    title = "Lessons learned"
    if not any(draft.case.sections.get(name) for name, _, _ in parts):
        question = "What went well, what made it harder, where were we lucky, what surprised us?"
        return Section("lessons", title, (draft.ask("lessons", question, WHO_WAS_THERE),))
    sections = tuple(
        Section(name, title, draft.bullets(name, question, WHO_WAS_THERE)) for name, title, question in parts
    )
    return Section("lessons", title, (), sections)
