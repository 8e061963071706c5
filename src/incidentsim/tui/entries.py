"""The incident record as rows of a list: short in the pane, with all its parts on the full screen."""

from __future__ import annotations

from textual.content import Content

from incidentsim.text.severity import criteria, every
from incidentsim.tui import to_do
from incidentsim.tui.flows import recording
from incidentsim.tui.house import Timer, known_roles, timers
from incidentsim.tui.screens.base import SeatPage
from incidentsim.tui.session import Data
from incidentsim.tui.widgets.list_pane import Row
from incidentsim.tui.wording import Clock, clean

MUTED = "$foreground-muted"
URGENT = "bold $text-warning"
TIER_SIGNS = {"reversible": "⇄", "costly": "⇢", "irreversible": "→|"}
"""Two-way door, way back at a price, one-way door."""


def short_rows(page: SeatPage, record: Data, hypotheses: list[Data], clock: Clock) -> list[Row]:
    """One line an entry: severity, roles, updates that are due, hypotheses, decisions, tasks, the last words."""
    now = int(page.seat.status()["t"])
    rows = [("severity", _severity(record, clock))]
    if record["roles"]:
        held = " · ".join(f"{name} {clean(item['who'])}" for name, item in record["roles"].items())
        rows.append(("roles", Content.assemble(Content.styled("roles ", MUTED), held)))
    rows += [(f"announce:{timer.audience}", timer_line(timer, now, clock)) for timer in timers(record)]
    rows += [(item["id"], hypothesis_line(item)) for item in standing_first(hypotheses, "ruled-out")]
    rows += [(item["id"], decision_line(item)) for item in standing_first(record["decisions"], "withdrawn")]
    left = [item for item in record["tasks"] if item["state"] == "open"]
    if left:
        late = sum(item["due"] is not None and item["due"] <= now for item in left)
        text = f"tasks {len(left)} open" + (f", {late} due" if late else "")
        rows.append(("tasks", Content.styled(text, URGENT if late else MUTED)))
    for name, word in (("updates", "update"), ("notes", "note"), ("handovers", "handover")):
        rows += [("", Content.styled(f"{word} {clock.short(item['t'])} {_said(item)}", MUTED))
                 for item in record[name][-2:]]  # fmt: skip
    return rows


def standing_first(items: list[Data], gone: str) -> list[Data]:
    """What still stands first, each part in the order of writing."""
    return sorted(items, key=lambda item: item["state"] == gone)


def _said(item: Data) -> str:
    audience = f"{clean(item['audience'])}: " if "audience" in item else ""
    return audience + clean(item["text"])


def _severity(record: Data, clock: Clock) -> Content:
    if not record["severity"]:
        return Content.styled("not declared", MUTED)
    declared = f"{clean(record['severity'])} · declared {clock.utc(record['declared_at'] or 0)}"
    changed = record["declared"][-1]["t"] if len(record["declared"]) > 1 else None
    since = f" · so since {clock.utc(changed)}" if changed is not None else ""
    return Content.assemble(Content.styled(declared, "bold"), Content.styled(since, MUTED))


def timer_line(timer: Timer, now: int, clock: Clock) -> Content:
    """``internal update next in 12m (09:20 UTC)``."""
    late = timer.late(now)
    sign = Content.styled("! ", URGENT) if late else Content("")
    words = Content.styled(timer.words(now, clock), URGENT if late else "")
    return Content.assemble(sign, Content.styled(f"{clean(timer.audience)} update ", MUTED), words)


def hypothesis_line(item: Data, width: int = 5) -> Content:
    """``██░░░ H-01  40% +1 −0 campaign ended``; a state other than open is said."""
    word = "" if item["state"] == "open" else f" {clean(item['state'])}"
    weight = f" +{len(item['for'])} −{len(item['against'])}"
    return Content.assemble(
        Content.styled(f"{recording.bar(item['confidence'], width)} ", MUTED if word else "$text-accent"),
        Content.styled(f"{item['id']} ", MUTED),
        f"{item['confidence']:>3}%",
        Content.styled(f"{weight}{word} ", MUTED),
        Content.styled(clean(item["text"]), MUTED if word else ""),
    )


def decision_line(item: Data) -> Content:
    """``D-01 → irreversible stop the replay``."""
    gone = item["state"] == "withdrawn"
    word = "" if item["state"] == "made" else f"{clean(item['state'])} "
    hard = item["tier"] == "irreversible"
    return Content.assemble(
        Content.styled(f"{item['id']} ", MUTED),
        Content.styled(f"{TIER_SIGNS[item['tier']]} {item['tier']} ", URGENT if hard and not gone else MUTED),
        Content.styled(word, MUTED),
        Content.styled(clean(item["text"]), MUTED if gone else ""),
    )


def full_rows(page: SeatPage) -> list[Row]:
    """Everything that was written down, part by part, each entry with all its fields."""
    record, clock = page.seat.incident_record(), page.clock
    now = int(page.seat.status()["t"])
    known = {item["id"]: f"{item['id']} {clean(item['title'])}" for item in page.seat.evidence()}
    rows: list[Row] = []
    _severity_part(rows, page, record)
    _part(rows, "Roles")
    for name, title, about in known_roles(page.brief):
        holder = record["roles"].get(name)
        who = f"{clean(holder['who'])}, since {clock.utc(holder['t'])}" if holder else "nobody"
        line = Content.assemble(f"{clean(title)}: ", Content.styled(who, "bold" if holder else MUTED),
                                Content.styled(f"  {clean(about)}", MUTED))  # fmt: skip
        rows.append((f"role:{name}", line))
    _part(rows, "Updates")
    told = {timer.audience: timer for timer in timers(record)}
    for name in page.brief["audiences"]:
        timer = told.get(name)
        line = timer_line(timer, now, clock) if timer else Content.styled(f"{clean(name)}: not told yet", MUTED)
        sent = [_update(item, clock) for item in record["updates"] if item["audience"] == name]
        rows.append((f"announce:{name}", _under(line, *sent[-5:])))
    _part(rows, "Hypotheses", "none yet; h adds one" if not page.seat.hypotheses() else "")
    for item in standing_first(page.seat.hypotheses(), "ruled-out"):
        lines = [f"how sure: {recording.course(item, clock)}"]
        lines += [f"for: {known.get(each, each)}" for each in item["for"]]
        lines += [f"against: {known.get(each, each)}" for each in item["against"]]
        rows.append((item["id"], _under(hypothesis_line(item, 20), *lines)))
    _part(rows, "Decisions", "none yet; d records one" if not record["decisions"] else "")
    for item in standing_first(record["decisions"], "withdrawn"):
        lines = [f"{clock.utc(item['t'])}" + (f" · why: {clean(item['why'])}" if item["why"] else "")]
        lines += [f"sees it otherwise: {clean(item['dissent'])}"] if item["dissent"] else []
        lines += [f"rests on: {known.get(each, each)}" for each in item["evidence"]]
        rows.append((item["id"], _under(decision_line(item), *lines)))
    _part(rows, "Tasks", "none yet; k adds one" if not record["tasks"] else "")
    for item in to_do.ordered(record["tasks"]):
        late = item["state"] == "open" and item["due"] is not None and item["due"] <= now
        owed = to_do.note(item, now, clock)
        line = Content.assemble(f"{to_do.SIGNS[item['state']]} {clean(item['text'])}",
                                Content.styled(f"  {owed}" if owed else "", URGENT if late else MUTED))  # fmt: skip
        rows.append((item["id"], line))
    _told(rows, record, clock)
    return rows


def _severity_part(rows: list[Row], page: SeatPage, record: Data) -> None:
    _part(rows, "Severity")
    lines = []
    for item in record["declared"]:
        why = f": {clean(item['text'])}" if item["text"] else ""
        lines.append(f"{page.clock.utc(item['t'])} {clean(item['severity'])}{why}")
    found = criteria(page.brief["severities"]).get(record["severity"])
    if found:
        lines.append(f"the house's words: {found.users}; {found.harm}; updates {every(found.update_every)}")
    rows.append(("severity", _under(_severity(record, page.clock), *lines)))


def _told(rows: list[Row], record: Data, clock: Clock) -> None:
    """What cannot be changed any more: steps, markers, notes, predictions, handovers."""
    steps = [f"{clock.utc(item['t'])} {clean(item['runbook'])}, step {item['step']}: {clean(item['text'])}"
             + ("" if item["done"] else " (not done)") for item in record["steps"]]  # fmt: skip
    marks = [f"{clock.utc(item['at'])} {clean(item['text'])}" for item in record["marks"]]
    notes = [f"{clock.utc(item['t'])} {clean(item['text'])}" for item in record["notes"]]
    expected = [f"{clock.utc(item['t'])} {clean(item['text'])}"
                + (f" ({item['confidence']}%)" if item["confidence"] is not None else "")
                for item in record["predictions"]]  # fmt: skip
    for title, lines in (("Runbook steps", steps), ("Markers", marks), ("Notes", notes), ("Predictions", expected)):
        if lines:
            _part(rows, title)
            rows += [("", Content(line)) for line in lines]
    for number, item in enumerate(record["handovers"]):
        _part(rows, f"Handover note of {clock.utc(item['t'])}")
        lines = [clean(line) for line in str(item["text"]).splitlines()]
        rows.append((f"handover:{number}", Content("\n".join(lines))))


def _update(item: Data, clock: Clock) -> str:
    impact = f" · impact: {clean(item['impact'])}" if item["impact"] else ""
    return f"{clock.utc(item['t'])} {clean(item['text'])}{impact}"


def _part(rows: list[Row], title: str, empty: str = "") -> None:
    space = "\n" if rows else ""
    more = Content.styled(f"  {empty}", MUTED) if empty else ""
    rows.append(("", Content.assemble(space, Content.styled(title, "bold $text-accent"), more)))


def _under(head: Content, *lines: str) -> Content:
    """A line with others below it, set in."""
    parts: list[Content] = [head, *(Content.styled(f"      {line}", MUTED) for line in lines)]
    return Content("\n").join(parts)
