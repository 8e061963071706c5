from __future__ import annotations

import pytest
from textual import events

from incidentsim.tui.widgets.log_pane import LogPane
from tests.tui.driving import notices, press, run, shown
from tests.tui.fake import FakeLibrary, FakeLog


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
        assert [each.words() for each in pane.filters] == ["broker", "“batch”", "-“999”"]
        assert "[x] broker  [x] “batch”  [x] -“999”" in shown(app)
        assert pane.view.size() > 0
        assert all(pane.view.line(place)["service"] == "broker" for place in range(pane.view.size()))

    in_the_log("f", "=batch", "tab", "=999", "tab", "tab", "right", "right", "right", "right", "ctrl+s", after=after)


def test_the_filter_keeps_the_place_in_time():
    def after(app, pane, session):
        assert pane.current()["level"] == "ERROR"
        assert pane.current()["time"] < "08:02:00"

    in_the_log("home", "pagedown", "l", "l", "l", after=after)


def test_clearing_the_filter_shows_all_lines_again():
    def after(app, pane, session):
        assert pane.view.size() == 1410

    in_the_log("l", "l", "F", "=all", "enter", after=after)


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
        assert any(line.startswith("┃*08:46:58") for line in shown(app).splitlines())

    in_the_log("asterisk", after=after)


def test_brackets_move_ten_minutes():
    def after(app, pane, session):
        assert pane.current()["time"] == "08:26:58"

    in_the_log("left_square_bracket", "left_square_bracket", after=after)


def test_a_million_lines_cost_no_more_than_what_is_seen():
    def after(app, pane, session):
        assert pane.virtual_size.height >= 1_000_000
        assert len(pane._rows) < 200

    in_the_log("home", "end", lines=1_000_000, after=after)


def title(pane):
    return pane.border_title.plain if hasattr(pane.border_title, "plain") else str(pane.border_title)


def test_switching_a_filter_off_and_on_comes_back_to_the_same_line():
    def after(app, pane, session):
        assert pane.current()["time"] == "08:46:44"
        assert pane.view.size() == 1410

    steps = ("up", "up", "up", "up", "up", "up", "up")
    in_the_log(*steps, "l", "l", "F", "enter", "enter", "escape", after=after)


def test_a_filter_is_switched_by_a_click_on_it():
    async def story(app, pilot):
        pane = app.screen.query_one(LogPane)
        await press(pilot, "l", "l")
        few = pane.view.size()
        await pilot.click(pane, offset=(3, 1))
        await pilot.pause()
        assert pane.view.size() == 1410 > few
        assert "[ ] level ≥ WARN" in shown(app)

    run(story, session=FakeLibrary().session)


def test_a_click_takes_a_line_and_a_second_opens_it():
    library = FakeLibrary()

    async def story(app, pilot):
        pane = app.screen.query_one(LogPane)
        await pilot.click(pane, offset=(40, 6))
        await pilot.pause()
        assert not pane.following
        line = pane.current()
        assert line["text"][:20] in shown(app).splitlines()[pane.region.y + 6]
        await pilot.click(pane, offset=(40, 6), times=2)
        await pilot.pause()
        assert ("open", line["address"]) in [each[:2] for each in library.session.seat.commands]

    run(story, session=library.session)


def test_a_click_on_the_histogram_goes_to_that_time():
    async def story(app, pilot):
        pane = app.screen.query_one(LogPane)
        await pilot.click(pane, offset=(8, 1))
        await pilot.pause()
        assert pane.current()["t"] < 3 * 60_000
        assert not pane.following

    run(story, session=FakeLibrary().session)


def test_the_histogram_is_walked_by_keys():
    def after(app, pane, session):
        assert 43 * 60_000 < pane.current()["t"] < 46 * 60_000
        assert "histogram" in title(pane)

    in_the_log("G", "left", "left", "left", after=after)


def test_hiding_lines_like_this_and_one_service_only_come_and_go_with_the_same_key():
    def after(app, pane, session):
        assert {pane.view.line(place)["address"].split(":")[1] for place in range(pane.view.size())} == {"p0"}
        assert not any(each.kind == "like" for each in pane.filters)

    in_the_log("up", "i", "x", "F", "=like", "enter", "=remove", "enter", "escape", after=after)


def test_rows_around_a_filtered_row_are_shown_as_not_passing():
    def after(app, pane, session):
        text = shown(app)
        assert text.count("·08:4") >= 5
        assert pane.current()["level"] == "ERROR"

    in_the_log("l", "l", "l", "up", "full_stop", after=after)


def test_fewer_rows_around_hides_them_again():
    def after(app, pane, session):
        assert "·08:4" not in shown(app)

    in_the_log("l", "l", "l", "up", "full_stop", "comma", after=after)


def test_selected_lines_are_copied():
    copied = []

    async def story(app, pilot):
        app.copy_to_clipboard = copied.append
        await press(pilot, "up", "v", "up", "up", "y")
        assert "3 selected" in title(app.screen.query_one(LogPane))
        await press(pilot, "escape")
        assert "selected" not in title(app.screen.query_one(LogPane))

    run(story, session=FakeLibrary().session)
    assert [line[:8] for line in copied[0].splitlines()] == ["08:46:52", "08:46:54", "08:46:56"]


def test_a_wrapped_log_still_ends_with_its_newest_line():
    def after(app, pane, session):
        foot = shown(app).splitlines()[pane.region.bottom - 2]
        assert "LOADED" in foot
        assert "wrapped" in title(pane)

    in_the_log("W", after=after, size=(80, 24))


def test_going_to_a_time_takes_clock_minutes_and_elapsed():
    for typed, time in (("08:20", "08:20:00"), ("-10", "08:36:58"), ("T+00:05", "08:05:00")):

        def after(app, pane, session, time=time):
            assert pane.current()["time"] == time

        in_the_log("g", f"={typed}", "enter", after=after)


def test_a_time_that_is_still_to_come_is_refused_in_words():
    async def story(app, pilot):
        await press(pilot, "g", "=23:00", "enter")
        assert "That is still to come" in shown(app)

    run(story, session=FakeLibrary().session)


def test_a_search_counts_its_matches():
    def after(app, pane, session):
        assert "/batch 4810" in title(pane)
        assert "of 10" in title(pane)

    in_the_log("slash", "=batch 4810", "enter", after=after)


def test_an_expression_that_cannot_be_read_is_told_where_it_is_typed():
    async def story(app, pilot):
        await press(pilot, "slash", "=/(/", "enter")
        assert "The expression cannot be read" in shown(app)

    run(story, session=FakeLibrary().session)


def test_a_second_star_adds_a_note():
    def after(app, pane, session):
        (first, *_), (second, *_) = session.seat.commands[:2]
        assert (first, second) == ("pin", "pin")
        assert session.seat.commands[1][2]["note"] == "odd size"

    in_the_log("asterisk", "asterisk", "=odd size", "enter", after=after)


def test_the_wheel_stops_following_and_lines_that_come_are_counted():
    library = FakeLibrary()

    async def story(app, pilot):
        pane = app.screen.query_one(LogPane)
        pane._on_mouse_scroll_up(wheel(pane))
        await pilot.pause(0.3)
        assert not pane.following
        library.session.seat.now += 60_000
        await pilot.pause(0.5)
        assert "30 new" in title(pane)

    run(story, session=library.session)


@pytest.mark.parametrize("before", [(), ("up",), ("home",), ("W",), ("W", "up", "up")], ids=" ".join)
def test_a_terminal_that_changes_its_size_moves_nobody(before):
    async def story(app, pilot):
        pane = app.screen.query_one(LogPane)
        await press(pilot, *before)
        was = pane.following, pane.cursor
        for size in ((80, 24), (300, 80), (90, 30), (120, 32)):
            await pilot.resize_terminal(*size)
            await pilot.pause()
            assert (pane.following, pane.cursor) == was
            lines = [pane.render_line(y).text for y in range(pane.scrollable_content_region.height)]
            assert any(f"batch {48_000 + pane.cursor} " in line for line in lines)

    run(story, session=FakeLibrary().session)


def wheel(pane):
    return events.MouseScrollUp(pane, 10, 5, 0, -1, 0, False, False, False)


def test_a_long_look_grows_from_the_newest_and_escape_stops_it():
    class Slow(FakeLog):
        """A view that looks at four rows a slice."""

        def __init__(self, seat, keep):
            super().__init__(seat, keep)
            self.reached = self.all_size()

        @property
        def complete(self):
            return self.reached <= 0

        @complete.setter
        def complete(self, value): ...

        def scan(self, cost=2_000):
            self.reached = max(0, self.reached - 4)
            return self.complete

        def _indices(self):
            return [i for i in super()._indices() if i >= self.reached]

    class Source(FakeLog):
        def selected(self, filters):
            return Slow(self.seat, super().selected(filters).keep)

    library = FakeLibrary()
    library.session.seat.log = lambda: Source(library.session.seat)

    async def story(app, pilot):
        pane = app.screen.query_one(LogPane)
        await press(pilot, "l", "l")
        first = pane.view.size()
        await pilot.pause(0.1)
        assert "% read" in title(pane)
        assert first < pane.view.size()
        await press(pilot, "escape")
        stopped = pane.view.reached
        await pilot.pause(0.1)
        assert pane.view.reached == stopped > 0
        assert notices(app) == ["Stopped; rows before were not looked at."]

    run(story, session=library.session)
