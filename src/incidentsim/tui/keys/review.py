"""What the keys do in a review: the whole room as it was at any moment of play."""

from __future__ import annotations

from incidentsim.tui.keys.model import Command
from incidentsim.tui.keys.room import PANES

TIME, LOOK, ROOM = "The moment", "Look", "The room"

COMMANDS = (
    Command("review.fork", "f6", "fork here", "Starts a new exercise that goes on from this moment; this one stays.",
            "fork", TIME, footer=True),
    Command("review.go", "g", "go to a time", "Moves the whole room to a moment.", "go_to_time", TIME, footer=True),
    Command("review.wait", "w", "next arrival", "Goes on to when something arrived that was to be seen.", "wait", TIME,
            footer=True),
    Command("review.back", "less_than_sign", "minute back", "Moves the whole room a minute back, from any pane.",
            "move(-1)", TIME),
    Command("review.on", "greater_than_sign", "minute on", "Moves the whole room a minute on, from any pane.",
            "move(1)", TIME),
    Command("review.timeline", "T", "timeline so far", "What was seen and done up to this moment.", "timeline", LOOK,
            footer=True),
    Command("review.record", "I", "incident record", "The whole incident record as it was.", "record", LOOK,
            footer=True),
    Command("review.evidence", "e", "evidence", "Lists what was opened, counted, told or pinned by then.",
            "flow('evidence')", LOOK),
    Command("review.changes", "c", "changes", "Lists the change history that could be looked up then.",
            "flow('changes')", LOOK),
    Command("review.runbooks", "r", "runbooks", "Reads the runbooks, with the steps that were ticked by then.",
            "flow('runbooks')", LOOK),
    Command("review.budgets", "B", "budgets", "Shows the error budgets as they stood.", "budgets", LOOK),
    Command("review.briefing", "b", "briefing", "Reads the briefing again.", "flow('briefing')", LOOK),
    Command("review.search", "slash", "search", "Looks for a text in the log.", "flow('search')", LOOK),
    Command("review.filter", "f", "filter", "Adds a filter to the log.", "flow('filter')", LOOK),
    Command("review.scrubber", "0", "the line of time", "Goes to the line of time at the bottom.", "scrubber", ROOM),
    Command("review.zoom", "z", "pane full / back", "Shows the pane in focus alone, or all panes again.", "fold", ROOM),
    Command("review.copy", "y", "copy", "Copies what is selected, or the line in focus.", "copy", ROOM),
    Command("review.close", "escape", "back", "Goes to the line of time, and from there back to where you came from.",
            "back", ROOM, footer=True),
    *(
        Command(f"review.pane-{name}", str(place), f"pane {title.lower()}", f"Goes to the pane “{title}”.",
                f"pane('{name}')", ROOM)
        for place, (name, title) in enumerate(PANES.items(), 1)
    ),
)  # fmt: skip

SCRUBBER = (
    Command("scrubber.back", "left", "−1 min", "Moves the whole room a minute back.", "move(-1)", TIME,
            footer=True),
    Command("scrubber.on", "right", "+1 min", "Moves the whole room a minute on.", "move(1)", TIME, footer=True),
    Command("scrubber.ten-back", "shift+left,pageup", "−10 min", "Moves the whole room ten minutes back.",
            "move(-10)", TIME),
    Command("scrubber.ten-on", "shift+right,pagedown", "+10 min", "Moves the whole room ten minutes on.", "move(10)",
            TIME),
    Command("scrubber.start", "home", "start", "Moves the whole room to the start of play.", "edge(-1)", TIME),
    Command("scrubber.end", "end", "end", "Moves the whole room to the last moment of play.", "edge(1)", TIME),
    Command("scrubber.step-back", "comma", "step before", "Goes to the own step before.", "step(-1)", TIME,
            footer=True),
    Command("scrubber.step-on", "full_stop", "next step", "Goes to the next own step.", "step(1)", TIME, footer=True),
)  # fmt: skip
