"""Plots: a signal's detail, the error budgets, a marker at this moment."""

from __future__ import annotations

from incidentsim.tui.screens.base import SeatPage

SPAN = 6 * 3_600_000
"""What the signals pane plots, up to now."""


async def signal(page: SeatPage, signal_id: str) -> None:
    """Show one signal or kept count over all of play so far. Opening a signal is evidence."""
    from incidentsim.tui.screens.signal import SignalScreen

    page.app.clear_notifications()
    await page.app.push_screen_wait(SignalScreen(page.session, signal_id))


async def budgets(page: SeatPage) -> None:
    """Show the error budgets that the organisation observes."""
    from incidentsim.tui.screens.budgets import BudgetsScreen

    if not page.seat.budgets():
        page.say("No error budget is observed here.")
        return
    page.app.clear_notifications()
    await page.app.push_screen_wait(BudgetsScreen(page.session))


async def mark(page: SeatPage) -> None:
    """Put a marker on the plots at this moment."""
    from incidentsim.tui.screens.plot_page import put_mark

    await put_mark(page, int(page.seat.status()["t"]))
