"""What the keys do where a query is written, and where its table is read."""

from __future__ import annotations

from incidentsim.tui.keys.model import Command

GROUP = "Query"

LINE = (
    Command("query.complete", "tab", "complete", "Takes the word that fits; with none begun, goes to the lists.",
            "complete", GROUP, footer=True),
    Command("query.next-fit", "down", "next that fits", "Moves down among the words that fit.", "fit(1)", GROUP),
    Command("query.previous-fit", "up", "previous that fits", "Moves up among the words that fit.", "fit(-1)", GROUP),
)  # fmt: skip

COMMANDS = (
    Command("query.run", "ctrl+s", "run", "Runs the query; its table comes to the inbox.", "run", GROUP, footer=True),
    Command("query.form", "f4", "as a form", "Shows the line as a form, and brings it back.", "form", GROUP,
            footer=True),
)  # fmt: skip

HISTORY = (Command("query.again", "r", "run again", "Runs the query in focus again, up to now.", "again", GROUP),)

TABLE = (
    Command("query.up", "up", "row up", "Moves a row up.", "move(-1)", GROUP),
    Command("query.down", "down", "row down", "Moves a row down.", "move(1)", GROUP),
    Command("query.page-up", "pageup", "page up", "Moves a page up.", "page(-1)", GROUP),
    Command("query.page-down", "pagedown,space", "page down", "Moves a page down.", "page(1)", GROUP),
    Command("query.first", "home", "first row", "Goes to the first row.", "first", GROUP),
    Command("query.last", "end", "last row", "Goes to the last row.", "last", GROUP),
    Command("query.left", "left", "columns left", "Shows columns further left.", "shift(-8)", GROUP),
    Command("query.right", "right", "columns right", "Shows columns further right.", "shift(8)", GROUP),
    Command("query.bars", "b", "bars", "Draws the bars of the next column, or none.", "bars", GROUP),
    Command("query.copy", "y", "copy", "Copies the table, with tabs between its columns.", "copy", GROUP),
)

RESULT = (
    Command("query.pin", "asterisk", "pin", "Pins the table as evidence.", "take('pin')", GROUP, footer=True),
    Command("query.keep", "k", "keep as a plot", "Plots this count with the signals from now on.", "take('keep')",
            GROUP, footer=True),
    Command("query.explain", "x", "explain", "Says what each column counts, and over which time.", "explain", GROUP,
            footer=True),
    Command("query.run-again", "r", "run again", "Asks the same again, up to now.", "take('again')", GROUP,
            footer=True),
    Command("query.edit", "e", "edit", "Takes the query back into the line, to change it.", "take('edit')", GROUP),
    Command("query.close", "q,enter", "close", "Closes the table.", "close", GROUP),
)  # fmt: skip
