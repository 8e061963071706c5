"""Acting on the system: a verb, a target, its options, what it costs; and what one expects of it."""

from __future__ import annotations

from textual.content import Content

from incidentsim.tui.dialogs.form import Answers, Field, Form
from incidentsim.tui.dialogs.picker import Choice, Picker
from incidentsim.tui.house import glance, needs, price
from incidentsim.tui.screens.base import SeatPage
from incidentsim.tui.session import Data
from incidentsim.tui.wording import clean

SURE = (("", "not said"), *((str(value), f"{value}%") for value in (10, 25, 50, 75, 90)))


async def act(page: SeatPage, verb_id: str | None = None, target: str | None = None) -> None:
    """Choose and do an action. Typing a verb and a target finds the action at once; escape goes one question back."""
    verbs = {str(verb["id"]): verb for verb in page.brief["verbs"]}
    while True:
        picked = verb_id
        if picked is None:
            title = f"Act · what, on {clean(target)}" if target else "Act · what"
            picked = await page.ask(Picker(title, _choices(page, list(verbs.values()), target)))
        if picked is None:
            return
        chosen, _, on = picked.partition(":")
        verb = verbs[chosen]
        where: str | None = on or target
        if not where:
            where = await page.ask(Picker(f"{clean(verb['title'])} · on what", targets(page, verb)))
        if where is not None and await _confirm(page, verb, where):
            return
        if verb_id:
            return


def _choices(page: SeatPage, verbs: list[Data], target: str | None) -> list[Choice]:
    """The verbs with what they cost; then each verb with each target, for those who type both."""
    if target is not None:
        return [Choice(str(verb["id"]), verb["title"], glance(verb)) for verb in verbs if target in verb["targets"]]
    whole = [
        Choice(f"{verb['id']}:{each.id}", f"{verb['title']} {each.name}", glance(verb))
        for verb in verbs
        for each in targets(page, verb)
    ]
    return [*(Choice(str(verb["id"]), verb["title"], glance(verb)) for verb in verbs), *whole]


def targets(page: SeatPage, verb: Data) -> list[Choice]:
    """What the verb can be done to, with the names that the briefing knows."""
    choices = []
    for target in verb["targets"]:
        name = page.name_of("services", target)
        if name == target:
            name = page.name_of("personas", target)
        choices.append(Choice(target, target, name if name != target else ""))
    return choices


def _option(verb: Data, option: Data) -> Field:
    """An option of a verb. Where the verb changes the system nothing is chosen beforehand: a default suggests."""
    choices = tuple((str(each), str(each)) for each in option["choices"])
    if verb["changes"] and len(choices) > 1:
        choices = (("", "choose …"), *choices)
    return Field(option["id"], option["title"], kind="choice", choices=choices)


async def _confirm(page: SeatPage, verb: Data, target: str) -> bool:
    fields = [_option(verb, option) for option in verb["options"]]
    fields += [
        Field("expect", "What do you expect? (optional; it is compared with what happens)"),
        Field("sure", "How sure are you?", kind="choice", choices=SURE),
    ]
    free = page.seat.status()
    hands = f"free hands now: {free['hands_free']} of {free['hands']}"
    if free["hands_free"] < verb["hands"]:
        hands += "; it waits until there are enough"
    intro = Content.assemble(
        Content.styled(f"{clean(verb['title'])} {clean(target)}\n", "bold"), price(verb), "\n",
        f"{clean(needs(verb))}\n" if verb["needs"] else "", hands,
    )  # fmt: skip

    def check(given: Answers) -> str:
        open_ones = [option["title"] for option in verb["options"] if not given[option["id"]]]
        return f"{clean(open_ones[0])}: choose one with ← →." if open_ones else ""

    title = f"{clean(verb['title'])} {clean(target)}"
    answers = await page.ask(Form(title, fields, intro, submit="Do it", check=check))
    if answers is None:
        return False
    options = {option["id"]: answers[option["id"]] for option in verb["options"]}
    done = page.do("act", f"{verb['id']}:{target}", **options)
    if done["status"] == "ok":
        page.say(f"Under way: {done['text']}")
        if answers["expect"]:
            sure = int(answers["sure"]) if answers["sure"] else None
            page.do("predict", str(done["command"]), text=answers["expect"], confidence=sure)
    return bool(done["status"] == "ok")
