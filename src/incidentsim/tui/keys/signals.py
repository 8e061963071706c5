"""What the keys do on the signals pane, in a plot, in a signal's detail and on the error budgets."""

from __future__ import annotations

from incidentsim.tui.keys.model import Command

COMMANDS = (
    Command("signals.open", "enter", "details", "Opens the signal in focus as a large plot; that is evidence.",
            "select", footer=True),
    Command("signals.pin", "asterisk,p", "pin", "Pins the present value of the signal in focus as evidence.", "pin",
            footer=True),
)  # fmt: skip

CHART = (
    Command("chart.back", "left", "cursor back", "Moves the cursor to the sample before.", "move(-1)", footer=True),
    Command("chart.on", "right", "cursor on", "Moves the cursor to the next sample.", "move(1)", footer=True),
    Command("chart.ten-back", "shift+left", "ten back", "Moves the cursor ten samples back.", "move(-10)"),
    Command("chart.ten-on", "shift+right", "ten on", "Moves the cursor ten samples on.", "move(10)"),
    Command("chart.first", "home", "first sample", "Moves the cursor to the first sample.", "edge(-1)"),
    Command("chart.last", "end", "last sample", "Moves the cursor to the newest sample, and follows it.", "edge(1)"),
    Command("chart.closer", "plus,equals_sign", "closer", "Zooms in around the cursor.", "zoom(1)", footer=True),
    Command("chart.wider", "minus", "wider", "Zooms out around the cursor.", "zoom(-1)", footer=True),
    Command("chart.all", "0", "all of it", "Shows all of the time so far.", "all"),
)

SIGNAL = (
    Command("signal.next", "tab", "next signal", "Opens the next signal; that is evidence too.", "next(1)",
            footer=True),
    Command("signal.previous", "shift+tab", "signal before", "Opens the signal before.", "next(-1)"),
    Command("signal.overlay", "o", "overlay", "Lays a second signal over this one, with its own scale at the right.",
            "overlay", footer=True),
    Command("signal.mark", "M", "marker here", "Puts a marker at the cursor, on all plots.", "mark", footer=True),
    Command("signal.pin", "asterisk", "pin", "Pins the signal's present value as evidence.", "pin", footer=True),
    Command("signal.close", "escape,q", "back", "Goes back to the war room.", "close", footer=True),
)  # fmt: skip

BUDGETS = (
    Command("budgets.next", "tab,down", "next budget", "Shows the next budget.", "next(1)", footer=True),
    Command("budgets.previous", "shift+tab,up", "budget before", "Shows the budget before.", "next(-1)"),
    Command("budgets.mark", "M", "marker here", "Puts a marker at the cursor, on all plots.", "mark", footer=True),
    Command("budgets.close", "escape,q,B", "back", "Goes back to the war room.", "close", footer=True),
)
