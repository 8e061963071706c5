"""What the keys do before and after play: library, briefing, scorecard, packet."""

from __future__ import annotations

from incidentsim.tui.keys.model import Command

OPENING = (Command("opening.quit", "q,escape", "quit", "Leaves the program.", "app.leave"),)

LIBRARY = (
    Command("library.open", "enter", "open", "Opens the scenario or the exercise in focus.", "take", footer=True),
    Command("library.quit", "q,escape", "quit", "Leaves the program.", "app.leave", footer=True),
)

BRIEFING = (
    Command("briefing.start", "enter", "start the exercise", "Starts the exercise; the clock runs from then on.",
            "start", footer=True),
    Command("briefing.back", "escape", "library", "Goes back to the library.", "app.return", footer=True),
    Command("briefing.up", "up", "scroll up", "Scrolls the briefing up.", "scroll(-2)"),
    Command("briefing.down", "down", "scroll down", "Scrolls the briefing down.", "scroll(2)"),
)  # fmt: skip

SCORECARD = (
    Command("scorecard.prices", "c", "what choices cost", "Asks what made each choice sensible at the time, then says "
            "what it cost.", "prices", footer=True),
    Command("scorecard.packet", "P,enter", "write the packet", "Writes the packet.", "app.packet", footer=True),
    Command("scorecard.back", "escape", "back to the debrief", "Goes back to the debrief.", "app.return", footer=True),
)  # fmt: skip

PRICES = (
    Command("prices.answer", "enter", "what made it sensible", "Asks what made the choice in focus sensible at the "
            "time; then its price stands there.", "answer", footer=True),
    Command("prices.back", "escape", "back to the scorecard", "Goes back to the scorecard.", "app.return", footer=True),
)  # fmt: skip

MODELLED = (
    Command("modelled.back", "escape", "stop, or back", "Stops the runs and keeps what is finished; then goes back to "
            "the action items.", "leave", footer=True),
)  # fmt: skip

PACKET = (
    Command("packet.back", "escape", "back", "Goes back, to change something.", "app.return", footer=True),
    Command("packet.library", "l", "library", "Goes to the library; this exercise is done.", "app.home", footer=True),
    Command("packet.finish", "q,enter", "finish", "Leaves the program.", "app.leave_now", footer=True),
)
