"""What works on every screen."""

from __future__ import annotations

from incidentsim.tui.keys.model import Command

COMMANDS = (
    Command("app.help", "question_mark,f1", "help", "Says what this place is for, and every key that works in it.",
            "help"),
    Command("app.commands", "ctrl+p", "all commands", "Lists every command that works here; type to find one.",
            "command_palette", priority=True),
    Command("app.jump", "ctrl+o", "jump", "Puts a letter on every place that can have the focus; press it to go there.",
            "jump", priority=True),
    Command("app.settings", "f2", "settings", "Theme, keys and the other settings, kept in a file that you can edit.",
            "settings"),
    Command("app.leave", "ctrl+c,ctrl+q", "leave", "Leaves; everything is kept and can be taken up again.",
            "leave", priority=True),
    Command("app.real-incident", "f10,ctrl+x", "real incident: stop",
            "Stops at once because something real needs you; everything is kept.", "real_incident", priority=True),
)  # fmt: skip
