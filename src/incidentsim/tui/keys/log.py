"""What the keys do in the log pane."""

from __future__ import annotations

from incidentsim.tui.keys.model import Command

MOVE, FILTER, LOOK = "Log: move", "Log: filter", "Log: look"

COMMANDS = (
    Command("log.open", "enter", "open", "Opens the line in focus; that is evidence.", "open", LOOK, footer=True),
    Command("log.pin", "asterisk", "pin", "Pins the line in focus as evidence; a second time adds a note.", "pin", LOOK,
            footer=True),
    Command("log.level", "l", "level", "Steps through the lowest level that is shown.", "level", FILTER, footer=True),
    Command("log.filters", "F", "filters", "Lists the filters: switch, change, remove or add one.", "filters", FILTER,
            footer=True),
    Command("log.exclude-like", "x", "hide lines like this", "Hides all lines that were written like the one in focus.",
            "hide_like", FILTER),
    Command("log.only-service", "i", "this service only", "Shows only lines of the service in focus, or all again.",
            "only_service", FILTER),
    Command("log.more-around", "full_stop", "rows around", "Shows five more rows around the filtered row in focus.",
            "around(5)", FILTER),
    Command("log.less-around", "comma", "fewer around", "Shows five rows fewer around it.", "around(-5)", FILTER),
    Command("log.fold", "R", "fold repeats", "Folds rows that repeat into one with a count, and back.", "fold", LOOK),
    Command("log.wrap", "W", "wrap", "Wraps long lines, and back.", "wrap", LOOK),
    Command("log.select", "v", "select lines", "Begins to select lines; moving extends, y copies.", "select", LOOK),
    Command("log.histogram", "G", "histogram", "Moves along the rows over time; enter leaves.", "histogram", MOVE),
    Command("log.ten-back", "left_square_bracket", "ten minutes back", "Moves ten minutes back.", "jump(-10)", MOVE),
    Command("log.ten-on", "right_square_bracket", "ten minutes on", "Moves ten minutes on.", "jump(10)", MOVE),
    Command("log.next", "n", "next match", "Goes to the next line that was searched for.", "again(1)", MOVE),
    Command("log.previous", "N", "match before", "Goes to the line before that was searched for.", "again(-1)", MOVE),
    Command("log.up", "up", "line up", "Moves a line up.", "move(-1)", MOVE),
    Command("log.down", "down", "line down", "Moves a line down.", "move(1)", MOVE),
    Command("log.page-up", "pageup", "page up", "Moves a page up.", "page(-1)", MOVE),
    Command("log.page-down", "pagedown", "page down", "Moves a page down.", "page(1)", MOVE),
    Command("log.first", "home", "first line", "Goes to the first line.", "first", MOVE),
    Command("log.follow", "end", "last line, follow", "Goes to the last line, and follows.", "follow", MOVE),
    Command("log.left", "left", "text left", "Shows the text further left.", "shift(-20)", MOVE),
    Command("log.right", "right", "text right", "Shows the text further right.", "shift(20)", MOVE),
)  # fmt: skip
