"""The full screens of the incident record and of the timeline so far."""

from __future__ import annotations

from incidentsim.tui.screens.base import SeatPage


async def record(page: SeatPage) -> None:
    """Show the whole incident record."""
    from incidentsim.tui.screens.record import RecordScreen

    page.app.clear_notifications()
    await page.app.push_screen_wait(RecordScreen(page.session))
    page.follow()


async def timeline(page: SeatPage) -> None:
    """Show what was seen and done so far."""
    from incidentsim.tui.screens.timeline_so_far import TimelineScreen

    page.app.clear_notifications()
    await page.app.push_screen_wait(TimelineScreen(page.session))
    page.follow()
