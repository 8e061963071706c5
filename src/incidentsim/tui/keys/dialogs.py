"""What the keys of dialogs do."""

from __future__ import annotations

from incidentsim.tui.keys.model import Command

DIALOG = (
    Command("dialog.close", "escape", "back", "Closes this; nothing is done.", "close"),
    Command("dialog.help", "f1", "help", "Says what this is for, and every key that works in it.", "app.help"),
)

FORM = (Command("form.submit", "ctrl+s", "confirm", "Confirms the form from any field.", "submit"),)

CONFIRM = (
    Command("confirm.yes", "y,enter", "yes", "Says yes.", "yes"),
    Command("confirm.no", "n", "no", "Says no; nothing is done.", "close"),
)

PICKER = (
    Command("picker.next", "down", "next", "Moves down in the list.", "move(1)"),
    Command("picker.previous", "up", "previous", "Moves up in the list.", "move(-1)"),
    Command("picker.ten-down", "pagedown", "ten down", "Moves ten down.", "move(10)"),
    Command("picker.ten-up", "pageup", "ten up", "Moves ten up.", "move(-10)"),
)

READING = (Command("reading.close", "enter,q", "close", "Closes what you read.", "close"),)

MARKS = (
    Command("marks.mark", "space", "mark", "Marks the row in focus, or takes the mark away.", "select"),
    Command("marks.widen", "backspace", "take back a letter", "Takes back the last letter that narrows the list.",
            "widen"),
)  # fmt: skip

CHOOSER = (
    Command("chooser.previous", "left", "previous value", "Changes to the value before.", "step(-1)"),
    Command("chooser.next", "right,space", "next value", "Changes to the next value.", "step(1)"),
)

HELP = (Command("help.close", "question_mark,q,enter", "close help", "Closes help.", "close"),)

JUMP = (Command("jump.close", "escape,ctrl+o", "stay here", "Leaves jump mode; the focus stays where it is.", "close"),)

TOUR = (
    Command("tour.next", "enter,right,space", "next", "Goes to the next page of the tour.", "turn(1)"),
    Command("tour.back", "left", "back", "Goes back a page.", "turn(-1)"),
)

SETTINGS = (
    Command("settings.file", "o", "where the file is", "Says where the settings are kept.", "where"),
    Command("settings.reset", "r", "default keys", "Gives the command in focus its default keys again.", "reset"),
)
