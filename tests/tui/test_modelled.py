"""What action items would have changed: asked for on their step, shown while it is worked out, and ended early."""

from __future__ import annotations

import threading

import pytest

from incidentsim.case.document import ActionItem
from incidentsim.exercise.exercise import Exercise
from incidentsim.exercise.policies import play, policy_of
from incidentsim.exercise.seat import Seat
from incidentsim.text.problem import Problem
from incidentsim.tui.modelling import Modelling
from tests.tui.driving import notices, press, run, shown, wait_for
from tests.tui.fake import FakeSession
from tests.whatif.small import setting


class Slow(FakeSession):
    """Its runs take until somebody lets them go on."""

    def __init__(self, seat=None):
        super().__init__(seat)
        self.go_on_with_it = threading.Event()
        self.asked_to_stop = False

    def modelled(self, progress):
        for done in (1, 2):
            if not progress(done, 4):
                self.asked_to_stop = True
                break
            self.go_on_with_it.wait(10)
        return {**super().modelled(lambda *_: True), "seeds": 2 if self.asked_to_stop else 5,
                "partly": self.asked_to_stop}  # fmt: skip


WITH_CONTROL = {
    "text": "Refuse it", "control": "compatibility-gate", "hierarchy": "eliminate", "type": "prevent", "priority": "P0",
    "owner": "", "addresses": [], "slo": "", "due": "", "done_when": "", "bypass": "", "side_effect": "",
}  # fmt: skip


def modelling(story) -> Slow:
    """Play is over, an action item says which control it adds, and *story* begins on its step."""
    session = Slow()
    session.case.put_action(WITH_CONTROL)
    session.seat.do("end")

    async def all_of_it(app, pilot):
        await press(pilot, "5", "w")
        await wait_for(pilot, "1 of 4 pieces of work")
        await story(session, app, pilot)

    run(all_of_it, session=session)
    return session


def test_progress_is_shown_then_the_result_with_its_assumptions():
    async def story(session, app, pilot):
        session.go_on_with_it.set()
        await wait_for(pilot, "Modelled on these assumptions")
        for text in ("5 seeds", "saves 11.8 % of budget", "It works in 4 of 5 runs.", "gate [red]x[/]"):
            assert text in shown(app)
        assert "pieces of work" not in shown(app)
        await press(pilot, "escape")
        assert "Action items, by rank" in shown(app)

    assert not modelling(story).asked_to_stop


def test_escape_stops_what_runs_and_keeps_what_is_finished():
    async def story(session, app, pilot):
        await press(pilot, "escape")
        await wait_for(pilot, "Stopping after what runs now")
        session.go_on_with_it.set()
        await wait_for(pilot, "2 seeds, fewer than were asked for")

    assert modelling(story).asked_to_stop


def test_without_a_control_it_says_where_to_choose_one():
    session = FakeSession()
    session.seat.do("end")

    async def story(app, pilot):
        await press(pilot, "5", "w")
        assert any("which control it adds" in each for each in notices(app))

    run(story, session=session)


def item(name: str, control: str | None, **more: str) -> ActionItem:
    return ActionItem.model_validate(
        {"id": name, "title": "x", "hierarchy": "automate", "type": "prevent", "control": control, **more}
    )


def test_the_real_runs_are_made_once_for_the_same_controls_and_again_for_others():
    exercise = Exercise(setting())
    play(policy_of(exercise.scenario, "slow"), Seat(exercise))
    modelling = Modelling(exercise.record())
    steps: list[tuple[int, int]] = []

    def progress(done: int, tasks: int) -> bool:
        steps.append((done, tasks))
        return True

    items = [item("AI-01", "gate"), item("AI-02", "gate"), item("AI-03", None), item("AI-04", "there-already"),
             item("AI-05", "watch", status="declined", reason="x")]  # fmt: skip
    found = modelling.of(items, progress)
    assert steps[-1][0] == steps[-1][1] > 0
    assert [(each["control"], each["items"]) for each in found["controls"]] == [("gate", ["AI-01", "AI-02"])]
    assert found["seeds"] == 5
    assert any("Responder shifted" in each for each in found["assumptions"])
    before = len(steps)
    assert modelling.of(items[:1], progress)["controls"][0]["items"] == ["AI-01"]
    assert len(steps) == before
    assert {each["control"] for each in modelling.of([*items, item("AI-06", "watch")], progress)["controls"]} == {
        "gate", "watch",
    }  # fmt: skip
    assert len(steps) > before
    with pytest.raises(Problem, match="no control is chosen"):
        modelling.of(items[2:], progress)


def test_the_real_runs_are_made_inside_the_application_which_holds_standard_error():
    exercise = Exercise(setting())
    play(policy_of(exercise.scenario, "slow"), Seat(exercise))

    class Real(FakeSession):
        def modelled(self, progress):
            return Modelling(exercise.record()).of([item("AI-01", "gate")], progress)

    session = Real()
    session.case.put_action(WITH_CONTROL)
    session.seat.do("end")

    async def story(app, pilot):
        await press(pilot, "5", "w")
        await wait_for(pilot, "Modelled on these assumptions", 60)
        assert "It works in 5 of 5 runs." in shown(app)

    run(story, session=session)


def test_runs_that_are_stopped_are_made_again_when_asked_again():
    exercise = Exercise(setting())
    play(policy_of(exercise.scenario, "slow"), Seat(exercise))
    modelling = Modelling(exercise.record())
    assert modelling.of([item("AI-01", "gate")], lambda *_: False)["partly"]
    assert not modelling.of([item("AI-01", "gate")], lambda *_: True)["partly"]
