"""What the keys do in the inbox."""

from __future__ import annotations

from incidentsim.tui.keys.model import Command

COMMANDS = (
    Command("inbox.open", "enter", "open", "Opens what is in focus; an alert counts as acknowledged then.", "select",
            footer=True),
    Command("inbox.answer", "R", "answer", "Answers the message in focus.", "answer", footer=True),
    Command("inbox.ask-back", "A", "ask the sender", "Asks the sender of the message in focus something.", "ask_back",
            footer=True),
    Command("inbox.pin", "asterisk,p", "pin", "Opens what is in focus and pins it as evidence.", "pin", footer=True),
    Command("inbox.next-unread", "n", "next unread", "Goes to the next message or alert that was not read.",
            "unread(1)"),
    Command("inbox.previous-unread", "N", "unread before", "Goes to the unread one before.", "unread(-1)"),
    Command("inbox.next-kind", "right_square_bracket", "next kind",
            "Shows only the next kind: all, unread, asks, alerts, answers.", "kind(1)", footer=True),
    Command("inbox.previous-kind", "left_square_bracket", "kind before", "Shows only the kind before.", "kind(-1)"),
)  # fmt: skip
