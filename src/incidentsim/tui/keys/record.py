"""What the keys do on the incident record, its full screen, the timeline so far and in an update's form."""

from __future__ import annotations

from incidentsim.tui.keys.model import Command

COMMANDS = (
    Command("record.open", "enter", "change", "Changes the entry in focus, or adds the first of its kind.", "select",
            footer=True),
)  # fmt: skip


def _flow(place: str, name: str, keys: str, title: str, help: str, footer: bool = True) -> Command:  # noqa: A002
    return Command(f"{place}.{name.replace('_', '-')}", keys, title, help, f"flow('{name}')", footer=footer)


SCREEN = (
    _flow("record", "severity", "s", "severity", "Declares the incident, or changes its severity."),
    _flow("record", "roles", "o", "roles", "Who leads, who works on it, who tells people, who writes."),
    _flow("record", "announce", "u", "update", "Posts a status update to an audience."),
    _flow("record", "hypothesis", "h", "hypothesis", "Notes what may be going on, and how sure you are."),
    _flow("record", "decide", "d", "decide", "Records a decision, how hard it is to undo, and who saw it otherwise."),
    _flow("record", "tasks", "k", "tasks", "The team's list of things to do."),
    _flow("record", "note", "t", "note", "Writes a note into the incident record."),
    _flow("record", "handover", "H", "handover note", "Writes a handover note, drafted from the record."),
    _flow("record", "timeline", "T", "timeline", "What you saw and did so far, in order.", footer=False),
    Command("record.close", "escape,q", "back", "Goes back to the war room.", "close", footer=True),
)

TIMELINE = (
    Command("timeline.open", "enter", "open", "Opens what the entry refers to.", "select", footer=True),
    Command("timeline.search", "slash", "search", "Shows only entries with a text in them; empty shows all.", "search",
            footer=True),
    Command("timeline.next-kind", "right_square_bracket,f", "next kind", "Shows only the next kind of entries.",
            "kind(1)", footer=True),
    Command("timeline.previous-kind", "left_square_bracket,F", "kind before", "Shows only the kind before.",
            "kind(-1)"),
    Command("timeline.note", "t", "add a note", "Adds a note at a moment: now, or one that has passed.", "note",
            footer=True),
    Command("timeline.close", "escape,q", "back", "Goes back.", "close", footer=True),
)  # fmt: skip

UPDATE = (
    Command(
        "update.template", "ctrl+t", "template", "Puts the parts of a good update into the empty text.", "template"
    ),
)
