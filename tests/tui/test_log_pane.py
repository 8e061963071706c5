from __future__ import annotations

from incidentsim.tui.widgets.log_pane import LogPane
from tests.tui.driving import notices, press, run, shown
from tests.tui.fake import FakeLibrary


def in_the_log(*steps, after=None, size=(120, 32), lines=None):
    """Press *steps* in the log pane, then call ``after(app, pane, session)``."""
    library = FakeLibrary()
    library.session.seat.log_size = lines

    async def story(app, pilot):
        await press(pilot, *steps)
        await app.workers.wait_for_complete()
        await pilot.pause()
        after(app, app.screen.query_one(LogPane), library.session)

    run(story, size=size, session=library.session)


def test_the_log_follows_until_one_moves_and_end_follows_again():
    async def story(app, pilot):
        pane = app.screen.query_one(LogPane)
        await press(pilot, "up", "up")
        assert not pane.following
        assert pane.cursor == 1409 - 2
        await press(pilot, "end")
        assert pane.following
        assert "Log · follow" in shown(app)

    run(story, session=FakeLibrary().session)


def test_new_lines_appear_at_the_foot_while_it_follows():
    library = FakeLibrary()

    async def story(app, pilot):
        await press(pilot, "enter")
        library.session.seat.now += 60_000
        await pilot.pause(0.4)
        assert "08:47:58" in shown(app)

    run(story, library)


def test_the_level_key_filters_and_the_title_says_so():
    def after(app, pane, session):
        text = shown(app)
        assert "level ≥ WARN" in text
        assert " INFO " not in "".join(line for line in text.splitlines() if "batch" in line)
        assert "WARN" in text

    in_the_log("l", "l", after=after)


def test_the_filter_takes_text_service_and_what_to_leave_out():
    def after(app, pane, session):
        assert pane.filter.words() == ["broker", "+batch", "-999"]
        assert pane.view.size() > 0
        assert all(pane.view.line(place)["service"] == "broker" for place in range(pane.view.size()))

    in_the_log("f", "=batch", "tab", "=999", "tab", "right", "right", "right", "right", "ctrl+s", after=after)


def test_the_filter_keeps_the_place_in_time():
    def after(app, pane, session):
        assert pane.current()["level"] == "ERROR"
        assert pane.current()["time"] < "08:02:00"

    in_the_log("home", "pagedown", "l", "l", "l", after=after)


def test_clearing_the_filter_shows_all_lines_again():
    def after(app, pane, session):
        assert pane.view.size() == 1410

    in_the_log("l", "l", "F", after=after)


def test_search_goes_to_the_nearest_line_before_and_n_goes_on():
    def after(app, pane, session):
        assert pane.current()["text"].startswith("batch 48100 ")
        assert "/48100" in shown(app)

    in_the_log("slash", "=48100", "enter", after=after)

    def next_one(app, pane, session):
        assert "batch 49" in pane.current()["text"]
        assert pane.cursor > 1000

    in_the_log("slash", "=batch 49", "enter", "N", "n", after=next_one)


def test_a_search_that_finds_nothing_says_so():
    def after(app, pane, session):
        assert notices(app) == ["No line with “zzz”."]

    in_the_log("slash", "=zzz", "enter", after=after)


def test_a_pinned_line_is_marked_with_a_star():
    def after(app, pane, session):
        assert session.seat.commands[0][0] == "pin"
        assert any(line.startswith("│*08:46:58") for line in shown(app).splitlines())

    in_the_log("asterisk", after=after)


def test_brackets_move_ten_minutes():
    def after(app, pane, session):
        assert pane.current()["time"] == "08:26:58"

    in_the_log("left_square_bracket", "left_square_bracket", after=after)


def test_a_million_lines_cost_no_more_than_what_is_seen():
    def after(app, pane, session):
        assert pane.virtual_size.height == 1_000_000
        assert len(pane._cache) < 200

    in_the_log("home", "end", lines=1_000_000, after=after)
