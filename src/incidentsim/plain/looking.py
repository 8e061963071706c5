"""Looking at how it stands and at what arrived; opening things, which are evidence from then on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incidentsim.plain import asking
from incidentsim.plain.desk import TOLD, NothingDoneError
from incidentsim.plain.reading import row
from incidentsim.plain.system import runbook
from incidentsim.text.wording import clean, elapsed, span
from incidentsim.tui.house import timers
from incidentsim.tui.to_do import ordered, until

if TYPE_CHECKING:
    from incidentsim.plain.desk import Desk
    from incidentsim.tui.session import Data


def status(desk: Desk, _rest: str) -> None:
    """How it stands, a fact a line."""
    now = desk.seat.status()
    record, say = desk.seat.incident_record(), desk.say
    say(f"{desk.clock.utc(now['t'])}, {elapsed(now['t'])} of {span(now['duration'])}, {now['state']}, "
        f"{now['format']}-minute format, {now['mode']}.")  # fmt: skip
    declared = now["declared_at"]
    at = f", declared {desk.clock.utc(declared)}" if declared is not None else ""
    say(f"Severity {clean(now['severity'])}{at}." if now["severity"] else "Not declared.")
    say(f"Hands: {now['hands_free']} of {now['hands']} free.")
    for each in now["running"]:
        left = f"{span(each['left'])} left" if each["left"] is not None else "waits for hands"
        say(f"Under way: {each['number']} {clean(each['title'])}, {left}.")
    say(f"Unread: {len(desk.unread())}.")
    for item in unanswered(desk):
        say(f"{item['id']} from {clean(item['sender'])} wants an answer, {desk.left(item['asks_by'])}.")
    for timer in timers(record):
        say(f"Update for {timer.audience}: {timer.words(now['t'], desk.clock)}.")
    for item in ordered(record["tasks"]):
        if item["state"] == "open" and item["due"] is not None:
            say(f"Task {item['id']} {clean(item['text'])}: {until(item['due'], now['t'])}.")
    for budget in now["budgets"]:
        say(f"Error budget of {clean(budget['title'])}: {budget['consumed']}% used.")


def unanswered(desk: Desk) -> list[Data]:
    """Messages whose senders wait for an answer."""
    standing = desk.seat.standing()
    return [item for item in desk.seat.inbox()
            if item["asks_by"] is not None and standing[item["id"]]["answered_at"] is None]  # fmt: skip


def inbox(desk: Desk, rest: str) -> None:
    """Messages, oldest first; unread ones only with ``inbox unread``."""
    standing, only = desk.seat.standing(), bool(rest) and "unread".startswith(rest.casefold())
    unread = {item["id"] for item in desk.unread()}
    items = [item for item in desk.seat.inbox() if not only or item["id"] in unread]
    for item in items:
        sender = "" if item["sender"] == item["channel"] else f" from {clean(item['sender'])}"
        state = ", unread" if item["id"] in unread else ""
        if standing[item["id"]]["answered_at"] is not None:
            state += ", answered"
        elif item["asks_by"] is not None:
            state += f", wants an answer, {desk.left(item['asks_by'])}"
        desk.say(f"{item['id']}, {desk.clock.utc(item['t'])}, {item['channel']}{sender}{state}: {clean(item['title'])}")
    if not items:
        desk.say("Nothing unread." if only else "No message has arrived.")


def alerts(desk: Desk, _rest: str) -> None:
    """Firings, oldest first."""
    items = desk.seat.alerts()
    for item in items:
        ended = item["resolved_at"]
        state = "fires" if ended is None else f"ended {desk.clock.utc(ended)}"
        unread = "" if item["opened"] else ", unread"
        desk.say(f"{item['id']}, {desk.clock.utc(item['t'])}, {clean(item['severity'])}, {clean(item['service'])}, "
                 f"{state}{unread}: {clean(item['title'])}")  # fmt: skip
    if not items:
        desk.say("No alert has fired.")


def target(desk: Desk, typed: str) -> str:
    """What a person means by an id: of a message, alert, piece of evidence, log line, change, runbook or signal."""
    if typed[:2].upper() in ("M-", "A-", "E-"):
        return typed.upper()
    if typed.startswith("#"):
        digits = typed[1:].replace(",", "")
        log = desk.seat.log()
        if not (digits.isascii() and digits.isdecimal()) or len(digits) > 9 or int(digits) >= log.all_size():
            raise NothingDoneError(f"There is no log line {typed[:20]}.")
        return str(log.row(int(digits))["address"])
    groups = (("change", [each["id"] for each in desk.seat.changes()]), ("runbook", desk.seat.runbooks()),
              ("signal", [each["id"] for each in desk.brief["signals"]]))  # fmt: skip
    fits = [(f"{kind}:{typed}", f"the {kind} {typed}") for kind, known in groups if typed in known]
    if len(fits) > 1:
        return asking.choose(desk, "Which of them?", fits)
    return fits[0][0] if fits else typed


def read(desk: Desk, rest: str) -> None:
    """Open something, and say what it says."""
    unread = [(each["id"], str(each["title"])) for each in desk.unread()] if not rest else []
    if not rest and not unread:
        raise NothingDoneError("Nothing is unread; read ID opens anything.")
    rest = rest or (unread[0][0] if len(unread) == 1 else asking.choose(desk, "Read what?", unread))
    wanted = target(desk, rest)
    if wanted.startswith("E-"):
        found = next((each for each in desk.seat.evidence() if each["id"] == wanted), None)
        if found is None:
            raise NothingDoneError(f"There is no evidence {wanted[:20]}.")
        desk.say(asking.evidence_line(desk, found), *str(found["text"]).split("\n"))
        return
    if wanted.startswith("runbook:"):
        runbook(desk, wanted.removeprefix("runbook:"))
        return
    minted = desk.do("open", wanted)["evidence"]
    item = desk.seat.message(wanted) if wanted.startswith("M-") else None
    if item is not None:
        desk.see(wanted)
        _message(desk, item)
    else:
        known = {each["id"]: each for each in desk.seat.evidence()}
        desk.say(*(f"{clean(known[each]['title'])}: {known[each]['text']}" for each in minted))
    if minted:
        desk.say(f"Kept as evidence {minted[0]}.")


def _message(desk: Desk, item: Data) -> None:
    sender = "" if item["sender"] == item["channel"] else f" from {clean(item['sender'])}"
    desk.say(f"{item['id']}, {clean(item['channel'])}{sender}, {desk.clock.utc(item['t'])}: {clean(item['title'])}")
    table = item.get("table")
    if table is None:
        desk.say(item["text"])
    else:
        say_table(desk, table)
    if item["asks_by"] is not None:
        desk.say(f"Wants an answer by {desk.clock.utc(item['asks_by'])}, {desk.left(item['asks_by'])}: "
                 f"reply {item['id']}")  # fmt: skip
    elif item["channel"] not in TOLD and not desk.ended:
        desk.say(f"To answer: reply {item['id']}")


def say_table(desk: Desk, table: Data) -> None:
    """A table of a count, a row a line."""
    desk.say(f"From {desk.clock.short(table['from'])} to {desk.clock.utc(table['to'])}. Columns: "
             f"{', '.join(clean(each) for each in table['columns'])}. Rows: {len(table['rows'])}.")  # fmt: skip
    heads = [clean(each) for each in table["columns"]]
    for cells in table["rows"]:
        said = ["none" if each is None else f"{each:,}" if isinstance(each, int) else clean(each) for each in cells]
        desk.say(row(["", *heads], ["", *said]))
    if table.get("cut"):
        desk.say(f"{table['cut']:,} more rows are not shown; narrow the time, or group less.")


def evidence(desk: Desk, rest: str) -> None:
    """What is evidence so far; pinned ones only with ``evidence pinned``."""
    only = bool(rest) and "pinned".startswith(rest.casefold())
    items = [each for each in desk.seat.evidence() if not only or each["pinned"]]
    for each in items:
        note = f" Note: {clean(each['note'])}" if each.get("note") else ""
        desk.say(asking.evidence_line(desk, each) + note)
    if not items:
        desk.say("Nothing is pinned." if only else "No evidence yet. What you open, count, are told or pin is.")
