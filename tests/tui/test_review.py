"""Looking back: the whole room as it was at any moment of the flagship, by keys and by mouse, and a fork from there."""

from __future__ import annotations

import functools
import re
import shutil
import tempfile
from pathlib import Path

import pytest
from textual.widgets import Input

from incidentsim.cli.main import run as command_line
from incidentsim.exercise import runs
from incidentsim.exercise.journal import read
from incidentsim.exercise.past import REFUSAL
from incidentsim.exercise.policies import play, policy_of
from incidentsim.exercise.seat import Seat
from incidentsim.exercise.settings import setting_for
from incidentsim.scenario.units import MINUTE
from incidentsim.tui.app import IncidentApp
from incidentsim.tui.keys.catalogue import commands
from incidentsim.tui.local import LocalLibrary
from incidentsim.tui.screens.debrief import DebriefScreen
from incidentsim.tui.screens.past_pages import WRITING, PastSignal
from incidentsim.tui.screens.review import ReviewScreen
from incidentsim.tui.screens.war_room import WarRoom
from incidentsim.tui.widgets.inbox_pane import InboxPane
from incidentsim.tui.widgets.log_pane import LogPane
from incidentsim.tui.widgets.map_pane import MapPane
from incidentsim.tui.widgets.record_pane import RecordPane
from incidentsim.tui.widgets.scrubber import Scrubber
from incidentsim.tui.widgets.signals_pane import SignalsPane
from tests.tui.driving import notices, press, run, shown
from tests.tui.fake import FakeLibrary
from tests.tui.test_keys import own, twice

ENDED = 130 * MINUTE
AT = 43 * MINUTE
"""A moment in the middle of play, at which the incident was declared."""


class ShortSeat(Seat):
    def advance(self, milliseconds):
        return super().advance(min(milliseconds, max(0, ENDED - self.now)))

    def do(self, verb, target="", arguments=None, **args):
        if self.now >= ENDED:
            return {"status": "refused", "text": "enough"}
        return super().do(verb, target, arguments, **args)


@functools.cache
def played() -> bytes:
    """The journal of a play of the flagship that was ended by hand, with something written after it."""
    setting = setting_for("inc-2024-0312", seed=3, exercise_id="drill-of-march")
    with tempfile.TemporaryDirectory() as folder:
        exercise, journal = runs.start(setting, Path(folder) / "exercise.journal")
        with journal:
            play(policy_of(setting.scenario, "reference"), ShortSeat(exercise))
            seat = Seat(exercise)
            assert seat.do("end")["status"] == "ok"
            assert seat.do("note", text="written in the debrief")["status"] == "ok"
        return journal.path.read_bytes()


@pytest.fixture
def journal(tmp_path, monkeypatch) -> Path:
    monkeypatch.setenv("INCIDENTSIM_HOME", str(tmp_path / "home"))
    path = tmp_path / "home" / "exercises" / "drill-of-march" / "exercise.journal"
    path.parent.mkdir(parents=True)
    path.write_bytes(played())
    return path


def look_back(journal, story, *keys, size=(120, 32)):
    """From the debrief with v, then *keys*, then ``await story(app, pilot, screen)``."""
    session = LocalLibrary().resume(journal)

    async def whole(app, pilot):
        await press(pilot, "v")
        assert isinstance(app.screen, ReviewScreen)
        await press(pilot, *keys)
        await story(app, pilot, app.screen)

    try:
        run(whole, session=session, size=size)
    finally:
        session.close()


def times(journal) -> list[int]:
    """When something was done in play, ascending."""
    commands = read(journal).commands()
    return sorted({each.t for each in commands[: [each.verb for each in commands].index("end")]})


def test_it_opens_from_the_debrief_at_the_last_moment_says_that_it_is_a_review_and_goes_back(journal):
    async def story(app, pilot, screen):
        assert "REVIEW INC-2024-0312" in shown(app).splitlines()[0]
        assert "10:10 UTC" in shown(app).splitlines()[0]
        assert screen.past.now == ENDED
        assert "10:10:00 UTC T+02:10 of 02:10" in shown(app)
        await press(pilot, "escape")
        assert isinstance(app.screen, DebriefScreen)

    look_back(journal, story)


def test_the_whole_room_moves_the_log_ends_and_the_inbox_holds_nothing_later(journal):
    async def story(app, pilot, screen):
        assert screen.past.now == screen.moment == AT
        log = screen.query_one(LogPane)
        rows = log.view.size()
        assert AT - MINUTE < log.view.line(rows - 1)["t"] < AT
        lines = re.findall(r"│\s+(\d\d:\d\d:\d\d) (?:INFO|WARN|ERROR|DEBUG)", shown(app))
        assert lines == sorted(lines)
        assert lines[-1] == log.view.line(rows - 1)["time"] < "08:43:00"
        inbox = {row.id for row in screen.query_one(InboxPane).options}
        arrived = {each["id"] for each in [*screen.past.inbox(), *screen.past.alerts()]}
        assert inbox == arrived
        assert all(each["t"] <= AT for each in screen.past.inbox())
        assert "SEV2 · declared 08:43 UTC" in shown(app)
        screen.past.go_to(screen.past.last)
        assert len(screen.past.inbox()) > len(inbox)
        screen.past.go_to(AT)
        await press(pilot, "left")
        assert "not declared" in shown(app)
        assert "08:42 UTC" in shown(app).splitlines()[0]
        assert log.view.size() < rows
        await press(pilot, "end")
        assert log.view.size() > rows
        assert "10:09:" in shown(app)

    look_back(journal, story, "g", "=08:43", "ctrl+s")


def test_each_key_moves_as_far_as_it_says(journal):
    steps = times(journal)
    near = max(t for t in steps if t < AT)

    async def story(app, pilot, screen):
        async def goes(key, t):
            await press(pilot, key)
            assert screen.past.now == screen.moment == t, key

        await goes("home", 0)
        await goes("left", 0)
        await goes("right", MINUTE)
        await goes("shift+right", 11 * MINUTE)
        await goes("shift+left", MINUTE)
        await goes("end", ENDED)
        await goes("right", ENDED)
        await goes("comma", steps[-1])
        await press(pilot, "g", "=8:43", "ctrl+s")
        assert screen.past.now == AT
        await goes("comma", near)
        await goes("full_stop", AT)
        await goes("home", 0)
        await goes("full_stop", steps[0])
        await goes("comma", steps[0])
        await goes("w", min(each["t"] for each in arrivals(screen) if each["t"] > steps[0]) // 1000 * 1000 + 1000)

    look_back(journal, story)


def arrivals(screen):
    events = screen.past.go_to(ENDED) and screen.past.frame(0)["events"]
    screen.past.go_to(screen.moment)
    return [each for each in events if each["kind"] in ("message", "alert", "shift")]


def test_time_can_be_moved_from_any_pane_which_keep_their_own_keys(journal):
    async def story(app, pilot, screen):
        await press(pilot, "1", "home")
        assert screen.query_one(LogPane).cursor == 0
        assert screen.past.now == ENDED
        await press(pilot, "less_than_sign", "less_than_sign", "greater_than_sign")
        assert screen.past.now == ENDED - MINUTE
        assert screen.query_one(LogPane).has_focus
        await press(pilot, "escape")
        assert screen.query_one(Scrubber).has_focus
        await press(pilot, "3", "0", "home")
        assert screen.past.now == 0

    look_back(journal, story)


def test_moves_that_come_together_all_count(journal):
    async def story(app, pilot, screen):
        for _ in range(12):
            screen.query_one(Scrubber).action_move(-1)
            screen.action_move(-1)
        await press(pilot, "left")
        assert screen.past.now == screen.moment
        assert screen.moment < ENDED - 12 * MINUTE

    look_back(journal, story)


def test_a_click_on_the_line_of_time_sets_the_moment_and_drawing_along_it_moves_the_room(journal):
    async def story(app, pilot, screen):
        scrubber = screen.query_one(Scrubber)
        row = shown(app).splitlines()[scrubber.region.y]
        left, right = row.index("├"), row.index("┤")
        await pilot.click(Scrubber, offset=(left + 1, 0))
        await pilot.pause()
        assert screen.past.now < 5 * MINUTE
        await pilot.click(Scrubber, offset=(right - 1, 0))
        await pilot.pause()
        assert screen.past.now == ENDED
        mark = row.index("•", left + 10)
        await pilot.click(Scrubber, offset=(mark, 0))
        await pilot.pause()
        assert screen.past.now in times(journal)
        await pilot.mouse_down(Scrubber, offset=(left + 20, 0))
        await pilot.hover(Scrubber, offset=(left + 5, 0))
        await pilot.mouse_up(Scrubber, offset=(left + 5, 0))
        await pilot.pause()
        at = screen.past.now
        assert at < 20 * MINUTE
        await pilot.hover(Scrubber, offset=(right - 3, 0))
        await pilot.pause()
        assert screen.past.now == at

    look_back(journal, story)


def test_the_line_of_time_tells_the_marks_in_words_and_by_signs(journal):
    async def story(app, pilot, screen):
        top, words = shown(app).splitlines()[screen.query_one(Scrubber).region.y :][:2]
        count = sum(each["own"] for each in screen.past.story())
        done = sum(each["own"] and each["t"] <= AT for each in screen.past.story())
        assert f"• step {done} of {count}, 08:43 declare SEV2" in words
        assert "! page 1 of" in words
        assert "08:24 page: Consumer lag" in words
        assert "08:43:00 UTC T+00:43 of 02:10" in top
        assert "•" in top
        assert "!" in top or "‡" in top
        assert top.count("█") == 1
        await press(pilot, "home")
        words = shown(app).splitlines()[screen.query_one(Scrubber).region.y + 1]
        assert f"• step 0 of {count}, the first at" in words

    look_back(journal, story, "g", "=08:43", "ctrl+s")


@pytest.mark.parametrize("keys", [("1", "asterisk"), ("3", "p"), ("2", "p"), ("4", "enter"),
                                  ("I", "h"), ("T", "t"), ("I", "enter")])  # fmt: skip
def test_whatever_would_be_done_is_refused_kindly_before_anything_is_typed(journal, keys):
    before = journal.read_bytes()

    async def story(app, pilot, screen):
        held = screen.past.evidence()
        await press(pilot, *keys)
        await pilot.pause()
        assert REFUSAL in notices(app)
        assert not app.screen.query(Input)
        assert screen.past.evidence() == held

    look_back(journal, story, "g", "=08:43", "ctrl+s")
    assert journal.read_bytes() == before


def test_what_a_review_refuses_is_not_offered(journal):
    async def story(app, pilot, screen):
        def offered():
            return {each.binding.id for each in app.screen.active_bindings.values()}

        for pane in ("1", "2", "3", "4", "6"):
            await press(pilot, pane)
            assert not offered() & set(WRITING)
            assert "review.fork" in offered()
        await press(pilot, "3")
        assert "answer" not in shown(app).splitlines()[-1]
        for keys in ("I", "T"):
            await press(pilot, keys)
            assert not offered() & set(WRITING)
            await press(pilot, "escape")
        await press(pilot, "question_mark")
        assert "This is the room as it was" in shown(app)

    look_back(journal, story)
    assert set(WRITING) <= set(commands())


@pytest.mark.parametrize("place", [Scrubber, LogPane, SignalsPane, InboxPane, RecordPane, MapPane])
def test_no_pane_takes_a_key_of_the_review(place):
    assert not twice(own(place), own(ReviewScreen), own(IncidentApp))


def test_one_signal_can_be_laid_over_another_as_it_was(journal):
    async def story(app, pilot, screen):
        await press(pilot, "2", "enter", "o", "enter")
        await app.workers.wait_for_complete()
        assert app.screen.overlay == [each["id"] for each in screen.past.signals(0, None, 1)][1]
        assert REFUSAL not in notices(app)

    look_back(journal, story, "g", "=08:43", "ctrl+s")


def test_a_service_and_a_runbook_are_read_and_nothing_is_opened_ticked_or_done(journal):
    async def story(app, pilot, screen):
        evidence = screen.past.evidence()
        await press(pilot, "6", "enter")
        assert "REVIEW" in shown(app).splitlines()[0]
        assert "Owned by the team" in shown(app)
        await press(pilot, "a")
        assert REFUSAL in notices(app)
        await press(pilot, "i")
        assert app.screen is screen
        assert len(screen.query_one(LogPane).filters) == 1
        await press(pilot, "r", "enter")
        assert "Runbook " in shown(app)
        assert "REVIEW" in shown(app).splitlines()[0]
        app.clear_notifications()
        await press(pilot, "n", "space")
        assert screen.past.evidence() == evidence
        assert screen.past.incident_record()["steps"] == []
        await press(pilot, "asterisk")
        assert REFUSAL in notices(app)

    look_back(journal, story, "g", "=08:43", "ctrl+s")


@pytest.mark.parametrize("key", ["R", "A"])
def test_a_message_of_then_can_not_be_answered_now(journal, key):
    async def story(app, pilot, screen):
        await press(pilot, "3")
        written = next(each for each in screen.past.inbox() if each["channel"] == "chat" and each["opened"])
        screen.query_one(InboxPane).choose(written["id"])
        await press(pilot, key)
        if key == "A":
            await press(pilot, "enter")
        assert REFUSAL in notices(app) or any("cannot be asked" in each for each in notices(app))
        assert not app.screen.query("#field-text")
        await press(pilot, "escape")

    look_back(journal, story, "g", "=08:43", "ctrl+s")


def test_what_was_opened_by_then_can_be_read_again_and_the_rest_says_that_it_was_not(journal):
    async def story(app, pilot, screen):
        inbox = screen.query_one(InboxPane)
        first = screen.past.inbox()[0]
        await press(pilot, "3")
        inbox.choose(first["id"])
        await press(pilot, "enter")
        assert "It had not been opened by then." in shown(app)
        await press(pilot, "escape", "0", "end", "3")
        inbox.choose(first["id"])
        await press(pilot, "enter")
        assert "It had not been opened by then." not in shown(app)
        assert screen.past.message(first["id"])["text"][:20] in shown(app)

    look_back(journal, story, "home", "w")


def test_signals_lines_and_the_timeline_open_as_they_were(journal):
    async def story(app, pilot, screen):
        evidence = len(screen.past.evidence())
        await press(pilot, "2", "enter")
        assert isinstance(app.screen, PastSignal)
        assert "REVIEW" in shown(app).splitlines()[0]
        assert REFUSAL not in notices(app)
        await press(pilot, "escape", "1", "enter")
        assert screen.query_one(LogPane).current()["text"][:30] in shown(app)
        await press(pilot, "escape", "T")
        last = re.findall(r"(\d\d:\d\d:\d\d) T\+", shown(app))[-1]
        assert last <= "08:43:00"
        await press(pilot, "escape", "e")
        assert f"Evidence · {evidence}" in shown(app)
        await press(pilot, "escape", "c", "enter")
        assert "not been opened by then" in shown(app) or "E-00" in shown(app)
        assert len(screen.past.evidence()) == evidence

    look_back(journal, story, "g", "=08:43", "ctrl+s")


def test_a_fork_goes_on_in_the_war_room_from_that_moment_and_says_where_it_comes_from(journal):
    before = journal.read_bytes()
    seen = {}

    async def story(app, pilot, screen):
        await press(pilot, "f6")
        assert "inc-2024-0312-from-0843" in shown(app)
        await press(pilot, "=Other way", "ctrl+s")
        await pilot.pause()
        assert isinstance(app.screen_stack[2], WarRoom)
        assert "Forked from drill-of-march at 08:43 UTC." in shown(app)
        await press(pilot, "enter")
        seat = app.session.seat
        assert isinstance(app.screen, WarRoom)
        assert AT <= seat.status()["t"] < AT + MINUTE
        assert seat.status()["severity"] == "SEV2"
        assert seat.status()["state"] == "running"
        assert all(each["t"] <= AT for each in seat.evidence())
        assert seat.do("note", text="another way")["status"] == "ok"
        seen["path"] = app.session.where()
        app.session.close()

    look_back(journal, story, "g", "=08:43", "ctrl+s")
    assert journal.read_bytes() == before
    (folder,) = (each for each in journal.parents[1].iterdir() if "other-way" in each.name)
    assert str(folder) in seen["path"]
    forked = read(folder / "exercise.journal")
    whole = read(journal)
    kept = [each for each in whole.commands() if each.t <= AT]
    assert forked.commands()[:-1] == kept
    assert forked.commands()[-1].args["text"] == "another way"
    assert runs.forked_from(forked) == ("drill-of-march", AT)
    assert runs.forked_from(whole) is None


def test_a_fork_at_the_last_moment_goes_on_and_is_not_over(journal):
    async def story(app, pilot, screen):
        await press(pilot, "f6", "ctrl+s")
        await press(pilot, "enter")
        assert isinstance(app.screen, WarRoom)
        assert app.session.seat.status()["state"] == "running"
        assert not app.session.seat.incident_record()["notes"][-1:] or (
            app.session.seat.incident_record()["notes"][-1]["text"] != "written in the debrief"
        )
        app.session.close()

    look_back(journal, story)


def test_a_fork_that_cannot_be_kept_says_so_and_the_name_stays(journal):
    async def story(app, pilot, screen):
        folder = journal.parents[1]
        shutil.move(folder, folder.with_name("elsewhere"))
        folder.write_text("no folder")
        await press(pilot, "f6", "=again", "ctrl+s")
        assert "cannot be used" in "".join(notices(app))
        assert app.screen.query_one(Input).value == "again"
        await press(pilot, "escape")
        assert app.screen is screen
        folder.unlink()
        shutil.move(folder.with_name("elsewhere"), folder)

    look_back(journal, story)


@pytest.mark.parametrize("size", [(80, 24), (100, 30), (300, 80)])
def test_it_fits_from_the_smallest_to_the_largest_window(journal, size):
    async def story(app, pilot, screen):
        for key in ("0", "1", "2", "3", "4", "5", "6"):
            await press(pilot, key)
            lines = shown(app).splitlines()
            assert "REVIEW" in lines[0]
            assert "08:43 UTC" in lines[0]
            assert "SEV2" in lines[0]
            assert "08:43:00 UTC T+00:43 of 02:10 ├" in lines[-3]
            assert lines[-3].rstrip().endswith("┤")
            assert "• step" in lines[-2]
            assert "! page" in lines[-2]
            assert lines[-1].rstrip().endswith("? help ^p all")
        await press(pilot, "0")
        foot = shown(app).splitlines()[-1]
        for words in ("← −1 min", "→ +1 min", ", step before", ". next step", "f6 fork here"):
            assert words in foot

    look_back(journal, story, "g", "=08:43", "ctrl+s", size=size)


def test_hostile_words_in_the_line_of_time_are_words():
    session = FakeLibrary().session
    session.seat.do("end")

    async def story(app, pilot):
        await press(pilot, "v")
        assert "page: lag [red]x[/]" in shown(app) or "page 1 of 1, 08:31 lag [red]x[/]" in shown(app)
        assert "\x1b" not in shown(app)

    run(story, session=session, size=(200, 40))


def test_a_play_in_which_nothing_was_done_can_be_looked_back_at(tmp_path, monkeypatch):
    monkeypatch.setenv("INCIDENTSIM_HOME", str(tmp_path))
    session = LocalLibrary().start("inc-2024-0312", "45", "learn")
    session.seat.do("end")

    async def story(app, pilot):
        await press(pilot, "v", "comma", "full_stop", "left", "right", "end", "home")
        assert isinstance(app.screen, ReviewScreen)
        assert "• no steps in all of play" in shown(app)
        assert "! no pages in all of play" in shown(app)

    run(story, session=session)
    session.close()


def test_the_command_line_opens_the_review_without_holding_the_exercise(journal, monkeypatch):
    asked = {}
    monkeypatch.setattr("incidentsim.tui.app.run", lambda **how: asked.update(how) or 0)
    assert command_line(["exercise", "review", str(journal.parent)]) == 0
    assert asked == {"review": journal}
    review = LocalLibrary().review(journal)
    held = LocalLibrary().resume(journal)
    held.close()

    async def main():
        app = IncidentApp(LocalLibrary(), review=review)
        async with app.run_test(size=(120, 32)) as pilot:
            await pilot.pause()
            assert isinstance(app.screen, ReviewScreen)
            assert app.session is None
            await press(pilot, "g", "=08:43", "ctrl+s", "f6", "ctrl+s", "enter")
            assert isinstance(app.screen, WarRoom)
            app.session.close()

    import asyncio

    asyncio.run(main())


def test_an_exercise_that_is_not_there_is_one_message(journal, capsys):
    assert command_line(["exercise", "review", "nowhere"]) == 2
    assert "there is no exercise 'nowhere'" in capsys.readouterr().err


def test_the_command_line_says_what_a_fork_was_forked_from(journal, tmp_path, capsys):
    target = tmp_path / "fork.journal"
    assert command_line(["exercise", "fork", str(journal), "--at", "43m", "--to", str(target)]) == 0
    assert "forked from drill-of-march at 08:43:00 UTC" in capsys.readouterr().out
    assert command_line(["exercise", "show", str(target)]) == 0
    assert "origin    forked from drill-of-march at 08:43:00 UTC" in capsys.readouterr().out
    assert command_line(["exercise", "show", str(journal)]) == 0
    assert "origin" not in capsys.readouterr().out
