"""What the war room's keys do, whichever pane has the focus."""

from __future__ import annotations

from incidentsim.tui.keys.model import Command

PANES = {"log": "Log", "signals": "Signals", "inbox": "Inbox", "record": "Record", "now": "Now", "map": "Map"}
"""The panes in the order of their numbers."""


def _flow(name: str, keys: str, title: str, help: str, group: str, footer: bool = False) -> Command:  # noqa: A002
    return Command(f"room.{name.replace('_', '-')}", keys, title, help, f"flow('{name}')", group, footer)


FIND, DO, TELL, ROOM = "Find out", "Do", "Tell and record", "The room"

COMMANDS = (
    _flow("act", "a", "act", "Chooses an action: a verb on a target, with what it costs.", DO, footer=True),
    _flow("withdraw", "X", "call off", "Calls off what waits for hands or is under way.", DO),
    _flow("query", "q", "query", "Counts what passed any point of the system, by time and label.", FIND, footer=True),
    _flow("message", "m", "ask", "Asks a person something; the reply comes to the inbox.", FIND, footer=True),
    _flow("severity", "s", "severity", "Declares the incident, or changes its severity.", TELL, footer=True),
    _flow("announce", "u", "update", "Posts a status update to an audience.", TELL, footer=True),
    _flow("hypothesis", "h", "hypothesis", "Notes what may be going on, and how sure you are.", TELL, footer=True),
    Command("room.wait", "w", "wait", "Lets time pass until something arrives that you can see.", "wait", ROOM, True),
    Command("room.pause", "space", "pause", "Stops the clock, and starts it again.", "pause", ROOM, True),
    _flow("search", "slash", "search", "Looks for a text in the log.", FIND, footer=True),
    _flow("filter", "f", "filter", "Shows only log lines that pass a filter.", FIND, footer=True),
    _flow("runbooks", "r", "runbooks", "Lists the runbooks at hand.", FIND, footer=True),
    _flow("evidence", "e", "evidence", "Lists what you opened, counted, were told or pinned.", FIND, footer=True),
    _flow("changes", "c", "changes", "Looks through the change and configuration history.", FIND, footer=True),
    _flow("budgets", "B", "budgets", "Shows the error budgets that the organisation observes, and how fast they burn.",
          FIND),
    _flow("count_lines", "L", "count log lines", "Counts log lines by service, level or hour.", FIND),
    _flow("go_to_time", "g", "go to a time", "Moves the log to a moment.", FIND),
    _flow("decide", "d", "decide", "Records a decision, how hard it is to undo, and who saw it otherwise.", TELL),
    _flow("note", "t", "note", "Writes a note into the incident record.", TELL),
    _flow("tasks", "k", "tasks", "The team's list of things to do.", TELL),
    _flow("roles", "o", "roles", "Who leads, who works on it, who tells people, who writes.", TELL),
    _flow("handover", "H", "handover note", "Writes a handover note, drafted from the record.", TELL),
    _flow("timeline", "T", "timeline so far", "What you saw and did so far, in order.", TELL),
    _flow("record", "I", "incident record", "The whole incident record on one screen.", TELL),
    _flow("mark", "M", "marker now", "Puts a marker on the plots at this moment.", TELL),
    _flow("briefing", "b", "briefing again", "Reads the briefing again.", ROOM),
    Command("room.end", "E", "end play", "Ends play and goes to the debrief.", "end", ROOM, True),
    Command("room.zoom", "z", "pane full / back", "Shows the pane in focus alone, or all panes again.", "fold", ROOM),
    Command("room.back", "escape", "all panes", "Shows all panes again.", "unfold", ROOM),
    Command("room.copy", "y", "copy", "Copies what is selected, or the line in focus.", "copy", ROOM),
    *(
        Command(f"room.pane-{name}", str(place), f"pane {title.lower()}", f"Goes to the pane “{title}”.",
                f"pane('{name}')", ROOM)
        for place, (name, title) in enumerate(PANES.items(), 1)
    ),
)  # fmt: skip
