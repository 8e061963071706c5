"""Briefing leadership by lines: what they ask about the slides, an answer, and what there is to look at in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incidentsim.plain import asking
from incidentsim.text.wording import clean

if TYPE_CHECKING:
    from incidentsim.plain.desk import Desk
    from incidentsim.tui.session import Data


def offered(desk: Desk) -> None:
    """The questions, for those who want them now."""
    asked = desk.session.briefing()["questions"]
    if asked and asking.yes(desk, f"Leadership asks {len(asked)} questions about the slides. Answer them?"):
        briefing(desk)


def briefing(desk: Desk) -> None:
    """Each question in turn; an empty line leaves it as it is."""
    data = desk.session.briefing()
    if not data["questions"]:
        desk.say("Nobody asks anything.")
    desk.say(
        "An empty line skips a question, a dash takes its answer out. {{ time.mitigated }} in an answer is filled in "
        "from the record; fields lists what can be written so."
    )
    frame = ""
    for question in data["questions"]:
        if question["frame"] != frame:
            frame = question["frame"]
            desk.say(f"{clean(frame)}.")
        _ask(desk, question, data["fields"])


def _ask(desk: Desk, asked: Data, fields: list[tuple[str, str]]) -> None:
    desk.say(clean(asked["raised"]), f"A good answer has: {clean(asked['hint'])}")
    while (text := asking.optional(desk, f"{asked['id']}: {clean(asked['question'])}", asked["text"])) == "fields":
        desk.say(*(f"{{{{ {name} }}}}: {clean(value)}" for name, value in fields))
    if text == asked["text"]:
        return
    if not text:
        desk.session.case.put_answer(asked["id"], {"text": "", "cites": [], "estimate": False})
        desk.say("Taken back.")
        return
    cites = asking.evidence(desk, "On what evidence?", asked["cites"])
    estimate = asking.yes(desk, "Are other numbers in it your estimate?", asked["estimate"])
    desk.session.case.put_answer(asked["id"], {"text": text, "cites": cites, "estimate": estimate})
    now = next(each for each in desk.session.briefing()["questions"] if each["id"] == asked["id"])
    desk.say("Kept.", *(f"Look again: {clean(message)} {clean(mend)}".rstrip() for message, mend in now["findings"]))
