"""Asking colleagues, in play and afterwards."""

from __future__ import annotations

from incidentsim.tui.dialogs.form import Field, Form
from incidentsim.tui.dialogs.picker import Choice, Picker
from incidentsim.tui.screens.base import SeatPage
from incidentsim.tui.wording import plain

OWN_WORDS = "~own-words"
ASKING_TAKES = "It takes one hand for up to two minutes; waiting for the reply takes none."


async def choose_persona(page: SeatPage, title: str) -> str | None:
    """The id of a person or team."""
    people = [
        Choice(item["id"], item["title"], " · ".join(part for part in (item["team"], item["about"]) if part))
        for item in page.brief["personas"]
    ]
    if not people:
        page.say("There is nobody to ask in this scenario.")
        return None
    return await page.ask(Picker(title, people))


async def message(page: SeatPage, known: str = "") -> None:
    """Ask somebody about a topic, or in one's own words. The reply comes to the inbox.

    With a *known* persona nobody has to be chosen.
    """
    while (persona := known or await choose_persona(page, "Ask whom")) is not None:
        name = page.name_of("personas", persona)
        topics = [Choice(OWN_WORDS, "In your own words …", "")]
        topics += [Choice(item["id"], item["title"]) for item in page.brief["topics"]]
        topic = await page.ask(Picker(f"Ask {name} about", topics))
        if topic is None:
            if known:
                return
            continue
        if topic != OWN_WORDS:
            _sent(page, page.do("ask", persona, topic=topic)["status"], name)
            return
        fields = [Field("text", "Question", required=True)]
        answers = await page.ask(Form(f"Ask {name}", fields, plain(ASKING_TAKES), submit="Send"))
        if answers is not None:
            _sent(page, page.do("ask", persona, text=answers["text"])["status"], name)
            return


def _sent(page: SeatPage, status: str, name: str) -> None:
    if status == "ok":
        page.say(f"Asked {name}: one hand for up to two minutes. The reply comes to the inbox.")
