"""What the keys of the debrief and of its steps do."""

from __future__ import annotations

from incidentsim.tui.keys.model import Command

STEPS = ("Learn more", "Timeline", "Whys", "Fishbone", "Actions", "Postmortem", "Brief")
"""The steps in the order of their numbers."""

COMMANDS = (
    Command("debrief.next", "right_square_bracket", "next step", "Goes to the next step.", "turn(1)", footer=True),
    Command("debrief.previous", "left_square_bracket", "step before", "Goes to the step before.", "turn(-1)"),
    Command("debrief.evidence", "e", "evidence", "Lists what was seen, during play and after.", "evidence",
            footer=True),
    Command("debrief.review", "v", "look back", "Shows the whole room as it was at any moment; a fork can go on there.",
            "app.review", footer=True),
    Command("debrief.causes", "m", "matrix", "Shows what the causes come to: what was necessary, what would have "
            "prevented it, what the action items cover.", "causes"),
    Command("debrief.scorecard", "S", "scorecard", "Shows the scorecard.", "app.scorecard", footer=True),
    Command("debrief.packet", "P", "write the packet", "Writes the packet.", "app.packet", footer=True),
    *(
        Command(f"debrief.step-{number}", str(number), f"step {name.lower()}", f"Goes to the step “{name}”.",
                f"step({number - 1})")
        for number, name in enumerate(STEPS, 1)
    ),
)  # fmt: skip

LEARN = (
    Command("learn.query", "q", "query", "Counts or reads what was measured, over all of it.", "query", footer=True),
    Command("learn.lines", "L", "count lines", "Counts log lines by service, level or hour.", "count_lines",
            footer=True),
    Command("learn.log", "slash", "read the log", "Searches the log, and opens lines as evidence.", "read_log",
            footer=True),
    Command("learn.arrivals", "i", "messages and alerts", "Lists what arrived; what is opened is evidence.",
            "read_arrivals", footer=True),
    Command("learn.cite", "f", "cite file:line", "Opens a line of the exports of a reconstruction as evidence.",
            "cite_line"),
)  # fmt: skip

TIMELINE = (
    Command("story.pin", "asterisk", "pin", "Says that the row belongs into the story, or no longer.", "pin",
            footer=True),
    Command("story.word", "w", "add words", "Writes words beside the row; what was recorded stays.", "word",
            footer=True),
    Command("story.join", "j", "join", "Tells the row with the one above it, or on its own again.", "join",
            footer=True),
    Command("story.mark", "o", "milestone", "Marks the row as the moment of a milestone.", "mark", footer=True),
    Command("story.phase", "p", "phase", "Begins a phase with the row.", "phase", footer=True),
    Command("story.add", "a", "add a row", "Writes a row of your own, with its time and its evidence.", "add",
            footer=True),
    Command("story.change", "c", "change", "Changes a row of your own.", "change"),
    Command("story.delete", "d", "delete", "Deletes a row of your own.", "drop"),
)  # fmt: skip

WHYS = (
    Command("whys.add", "a", "add why below", "Adds a why below the one in focus.", "add", footer=True),
    Command("whys.beside", "b", "add beside", "Adds a why beside the one in focus.", "branch", footer=True),
    Command("whys.cite", "c", "cite", "Chooses the evidence for the why in focus.", "cite", footer=True),
    Command("whys.rule-out", "x", "ruled out", "Says that the why in focus was ruled out.", "rule_out", footer=True),
    Command("whys.delete", "d", "delete", "Deletes the why in focus; what hung on it moves up.", "drop", footer=True),
)

FISHBONE = (
    Command("fishbone.categories", "c", "categories", "Changes the categories of the fishbone.", "categories",
            footer=True),
)  # fmt: skip

ACTIONS = (
    Command("actions.add", "a", "add", "Adds an action item.", "add", footer=True),
    Command("actions.up", "plus,K", "rank up", "Moves the item in focus up in rank.", "move(-1)", footer=True),
    Command("actions.down", "minus,J", "rank down", "Moves the item in focus down in rank.", "move(1)", footer=True),
    Command("actions.model", "w", "what if", "Models what the controls of the action items would have changed.",
            "model", footer=True),
    Command("actions.delete", "d", "delete", "Deletes the item in focus.", "drop", footer=True),
)  # fmt: skip

POSTMORTEM = (
    Command("postmortem.add", "a", "add statement", "Adds a statement to the section in focus.", "add", footer=True),
    Command("postmortem.cite", "c", "cite", "Chooses the evidence for the statement in focus.", "cite", footer=True),
    Command("postmortem.delete", "d", "delete", "Deletes the statement in focus.", "drop", footer=True),
    Command("postmortem.numbers", "n", "numbers", "Puts in a number from the record.", "numbers", footer=True),
    Command("postmortem.findings", "f", "findings", "Shows what is still missing or wrong.", "findings", footer=True),
    Command("postmortem.preview", "p", "preview", "Shows the document as it stands.", "preview", footer=True),
)

BRIEFING = (
    Command("briefing.answer", "a", "answer", "Answers the question in focus.", "answer", footer=True),
    Command("briefing.numbers", "n", "numbers", "Shows the numbers of the record.", "numbers", footer=True),
)
