"""Acting on the system, and asking and answering people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incidentsim.plain import asking
from incidentsim.plain.desk import NothingDoneError
from incidentsim.plain.looking import target, unanswered
from incidentsim.text.wording import clean
from incidentsim.tui.house import needs, price

if TYPE_CHECKING:
    from incidentsim.plain.desk import Desk
    from incidentsim.tui.session import Data

EASY = ("none-needed", "reversible")


def act(desk: Desk, rest: str) -> None:
    """Choose, see what it costs, say what one expects, do it."""
    words = rest.split()
    verbs = [(each["id"], str(each["title"])) for each in desk.brief["verbs"]]
    verb_id = asking.choose(desk, "Which action?", verbs, words.pop(0) if words else "")
    verb = next(each for each in desk.brief["verbs"] if each["id"] == verb_id)
    names = [(each, _named(desk, each)) for each in verb["targets"]]
    on = asking.choose(desk, f"{clean(verb['title'])} on what?", names, words.pop(0) if words else "")
    options = {option["id"]: _option(desk, option, words) for option in verb["options"]}
    said = f" ({', '.join(options.values())})" if options else ""
    desk.say(f"{clean(verb['title'])} {clean(on)}{said}: {price(verb)}.", clean(needs(verb)))
    now = desk.seat.status()
    if now["hands_free"] < verb["hands"]:
        desk.say(f"Hands: {now['hands_free']} of {now['hands']} free; it waits until there are enough.")
    expected = asking.optional(desk, "What do you expect? It is compared with what happens; empty says nothing.")
    sure = asking.number(desk, "How sure, 0 to 100?", 100) if expected else None
    if not asking.yes(desk, "Do it?", verb["reversibility"] in EASY):
        raise NothingDoneError("Nothing was done.")
    done = desk.do("act", f"{verb_id}:{on}", **options)
    desk.say(f"Under way: {clean(done['text'])}. The result comes to the inbox.")
    if expected:
        desk.do("predict", str(done["command"]), text=expected, confidence=sure)


def _named(desk: Desk, known: str) -> str:
    name = desk.name("services", known)
    return name if name != known else desk.name("personas", known)


def _option(desk: Desk, option: Data, words: list[str]) -> str:
    """The choice of an option: from the words of the line, as ``status`` or ``aspect=status``, or asked for."""
    choices = [str(each) for each in option["choices"]]
    for word in words:
        name, _, value = word.rpartition("=")
        fits = [each for each in choices if each == value] or [each for each in choices if each.startswith(value)]
        if name in ("", option["id"]) and value and len(fits) == 1:
            words.remove(word)
            return fits[0]
    return asking.choose(desk, f"{clean(option['title'])}?", [(each, each) for each in choices])


def withdraw(desk: Desk, rest: str) -> None:
    """Call off what waits for hands or is under way."""
    running = [(str(each["number"]), str(each["title"])) for each in desk.seat.status()["running"]]
    if not running:
        raise NothingDoneError("Nothing is under way.")
    number = asking.choose(desk, "Call off what? Nothing comes of it then.", running, rest.strip())
    desk.say(clean(desk.do("withdraw", number)["text"]))


def predict(desk: Desk, rest: str) -> None:
    """Write down what one expects, of nothing that was done in particular."""
    text = asking.text(desk, "What do you expect?", rest)
    desk.do("predict", "", text=text, confidence=asking.number(desk, "How sure, 0 to 100? Empty says nothing.", 100))
    desk.say("Written down.")


def ask(desk: Desk, rest: str) -> None:
    """Ask somebody about a topic, or in one's own words."""
    persona, said = _persona(desk, rest)
    topic = _topic(desk, said)
    if said and topic:
        desk.do("ask", persona, topic=topic)
    elif said:
        desk.do("ask", persona, text=said)
    else:
        topics = [("", "In your own words"), *((each["id"], str(each["title"])) for each in desk.brief["topics"])]
        topic = asking.choose(desk, f"Ask {desk.name('personas', persona)} about what?", topics)
        if topic:
            desk.do("ask", persona, topic=topic)
        else:
            desk.do("ask", persona, text=asking.text(desk, "Your question:"))
    desk.say(f"Asked {desk.name('personas', persona)}. The reply comes to the inbox.")


def _persona(desk: Desk, rest: str) -> tuple[str, str]:
    first, _, said = rest.partition(" ")
    people = [(each["id"], str(each["title"])) for each in desk.brief["personas"]]
    if not people:
        raise NothingDoneError("There is nobody to ask in this scenario.")
    return asking.choose(desk, "Ask whom?", people, first), said.strip()


def _topic(desk: Desk, said: str) -> str:
    wanted = said.casefold()
    return next((str(each["id"]) for each in desk.brief["topics"]
                 if wanted in (each["id"].casefold(), each["title"].casefold())), "")  # fmt: skip


def interview(desk: Desk, rest: str) -> None:
    """After play: ask somebody about a topic; the answer is evidence, learned after."""
    persona, said = _persona(desk, rest)
    topics = [(each["id"], str(each["title"])) for each in desk.brief["topics"]]
    topic = asking.choose(desk, f"Interview {desk.name('personas', persona)} about what?", topics, said)
    number = desk.do("interview", persona, topic=topic)["evidence"][0]
    item = next(each for each in desk.seat.evidence() if each["id"] == number)
    desk.say(f"{number}, {clean(item['title'])}, learned after:", item["text"])


def reply(desk: Desk, rest: str) -> None:
    """Answer a message."""
    first, _, said = rest.partition(" ")
    waiting = [(each["id"], f"{each['sender']}: {each['title']}") for each in unanswered(desk)]
    if first:
        message = target(desk, first)
    elif waiting:
        message = asking.choose(desk, "Answer which message?", waiting)
    else:
        raise NothingDoneError("Nobody waits for an answer; reply M-0001 answers any message.")
    if desk.seat.message(message) is None:
        raise NothingDoneError(f"There is no message {clean(first)[:20]}; inbox lists them.")
    text = asking.text(desk, "Your answer:", said.strip())
    desk.do("answer", message, text=text)
    desk.say("Answered.")
