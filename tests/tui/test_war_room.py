from __future__ import annotations

import functools

from incidentsim.text.problem import Problem
from tests.tui.driving import notices, press, run, shown, wait_for
from tests.tui.fake import MINUTE, FakeLibrary


@functools.cache
def play(*steps, size=(120, 32)):
    """Start the exercise, press *steps*; gives (library, the text at the end, notices)."""
    library = FakeLibrary()
    seen = {}

    async def story(app, pilot):
        await press(pilot, *steps)
        seen["text"], seen["notices"] = shown(app), notices(app)

    run(story, size=size, session=library.session)
    return library.session, seen["text"], seen["notices"]


def commands(session):
    return session.seat.commands


def test_the_top_line_says_what_it_is_how_long_how_bad_and_what_it_costs_by_our_own_measures():
    _, text, _ = play(size=(120, 32))
    top = text.splitlines()[0]
    for part in ("EXERCISE", "INC-2024-0312", "08:47 UTC", "T+00:47", "45-min learn", "SEV –", "observed budget ok"):
        assert part in top


def test_the_world_follows_the_clock_while_a_dialog_is_open():
    library = FakeLibrary()

    async def story(app, pilot):
        await press(pilot, "enter", "a")
        before = library.session.seat.ticks
        await pilot.pause(0.5)
        assert library.session.seat.ticks > before

    run(story, library)


def test_signals_show_value_unit_and_state_in_words():
    _, text, _ = play()
    lines = text.splitlines()
    assert any("broker disk" in line and "78 %" in line and "warn" in line for line in lines)
    assert any("error rate" in line and "crit" in line for line in lines)


def test_the_inbox_marks_what_is_unread_and_shows_the_time_left():
    _, text, _ = play()
    assert "Inbox · 3 unread" in text
    assert "23m left" in text
    assert text.count("●") == 3


def test_opening_a_message_reads_it_and_makes_it_evidence():
    session, text, _ = play("3", "down", "enter")
    assert ("open", "M-0002", {}) in commands(session)
    assert "Probably the campaign that ended." in text
    assert "E-0001" in text


def test_a_message_can_be_answered():
    session, _, _ = play("3", "enter", "a", "=not yet", "ctrl+s")
    assert commands(session)[-1] == ("answer", "M-0003", {"text": "not yet"})


def test_a_line_of_the_log_can_be_opened_and_pinned():
    session, text, _ = play("up", "asterisk", "enter")
    verbs = [verb for verb, _, _ in commands(session)]
    assert verbs == ["pin", "open"]
    assert commands(session)[0][1] == commands(session)[1][1]
    assert "E-0001" in text


def test_an_action_is_a_verb_a_target_its_options_and_says_what_it_costs_first():
    session, text, _ = play("a", "=repl", "enter", "=stream", "enter")
    flat = " ".join(text.replace("│", " ").replace("┃", " ").split())
    assert "30m (30m to 45m), 2 hands, changes the system, can usually be undone at a cost, in places it" in flat
    assert "choose …" in flat
    assert "Needs first: Something kept that can be read again." in flat
    assert commands(session) == []


def test_an_action_is_done_with_its_options_and_a_prediction_of_it_is_noted():
    session, _, _ = play(
        "a", "=repl", "enter", "=stream", "enter", "right", "right", "tab", "=lag falls", "tab", "right", "ctrl+s"
    )
    assert commands(session) == [
        ("act", "replay:stream", {"into": "in-place"}),
        ("predict", "1", {"text": "lag falls", "confidence": 10}),
    ]


def test_escape_goes_one_question_back():
    _, text, _ = play("a", "enter", "escape")
    assert "Act · what" in text


def test_what_is_under_way_is_shown_with_the_time_it_takes():
    _, text, _ = play("m", "enter", "down", "enter")
    assert "▷ 6m left  ask analyst" in text
    assert "free hands 1 of 2" in text


def test_what_is_under_way_can_be_called_off_from_its_pane_and_by_key():
    session, text, _ = play("m", "enter", "down", "enter", "5", "enter")
    assert "Call it off? It stops where it is" in " ".join(text.split())
    session, text, seen = play("m", "enter", "down", "enter", "X", "y")
    assert commands(session)[-1] == ("withdraw", "T-0001", {})
    assert "free hands 2 of 2" in text
    assert "Called off: T-0001" in seen
    session, _, seen = play("X")
    assert commands(session) == []
    assert "Nothing is under way." in seen


def test_a_question_in_own_words_reaches_the_person():
    session, _, _ = play("m", "=mobile", "enter", "enter", "=did the schema change", "enter")
    assert commands(session) == [("ask", "mobile", {"text": "did the schema change"})]


def test_a_count_groups_by_label_and_its_table_arrives_in_the_inbox():
    session, text, _ = play("q", "=count accepted, served by version", "enter", "3", "enter", "x")
    assert commands(session)[0] == ("query", "", {"datasets": ["accepted", "served"], "by": ["version"]})
    assert "412,120" in text
    assert "0.0000" in text
    assert "Events that ingest answered 200." in text


def test_a_count_can_be_kept_as_a_plot_beside_the_signals():
    session, text, _ = play("q", "=count accepted", "enter", "3", "enter", "k", "ctrl+s", "w")
    assert commands(session)[-1] == ("keep", "M-0004", {"title": "Count accepted, served"})
    assert "◇ Count a" in text


def test_severity_update_note_and_hypothesis_go_into_the_record():
    session, text, _ = play(
        "s", "left", "ctrl+s",
        "u", "tab", "=we are looking", "tab", "tab", "enter",
        "t", "=handed over", "enter",
        "h", "=the campaign ended", "ctrl+s",
    )  # fmt: skip
    assert [verb for verb, _, _ in commands(session)] == ["declare", "announce", "note", "hypothesis"]
    assert commands(session)[0][1] == "SEV2"
    assert commands(session)[1][2] == {"text": "we are looking", "impact": "", "next_update": 30}
    assert "SEV2 · declared 08:47 UTC" in text
    assert "H-01  50% +0 −0 the campaign ended" in text


def test_a_hypothesis_can_be_weighed_with_evidence_and_ruled_out():
    session, text, _ = play(
        "3", "enter", "escape", "h", "=lag", "ctrl+s",
        "4", "down", "enter", "tab", "tab", "right", "tab", "tab", "space", "ctrl+s",
    )  # fmt: skip
    assert commands(session)[-1] == (
        "hypothesis",
        "H-01",
        {"text": "lag", "confidence": 50, "state": "ruled-out", "for": [], "against": ["E-0001"]},
    )
    assert "+0 −1 ruled-out lag" in text


def test_runbooks_changes_and_evidence_can_be_read():
    session, text, _ = play("r", "enter", "escape", "escape", "c", "enter", "escape", "escape", "e")
    assert commands(session) == [("open", "runbook:consumer-lag", {}), ("open", "change:deploy", {})]
    assert "E-0001" in text
    assert "E-0002" in text
    assert "runbook" in text


def test_a_signal_opens_as_a_large_plot_and_is_evidence():
    session, text, _ = play("2", "enter")
    assert commands(session) == [("open", "signal:lag", {})]
    assert "08:00" in text
    assert "08:47 UTC" in text


def test_waiting_lets_time_pass_until_something_arrives():
    session, text, said = play("m", "enter", "down", "enter", "w")
    assert session.seat.now == 57 * MINUTE
    assert any(notice.startswith("result: ask analyst") for notice in said)
    assert "● 08:57 result" in text


def test_space_pauses_and_goes_on_and_the_pause_is_in_words():
    library = FakeLibrary()

    async def story(app, pilot):
        await press(pilot, "space")
        assert library.session.seat.state == "paused"
        assert "‖ T+00:47" in shown(app)
        await press(pilot, "space")
        assert library.session.seat.state == "running"

    run(story, session=library.session)


def test_ending_play_asks_first_and_leads_to_the_debrief():
    library = FakeLibrary()

    async def story(app, pilot):
        await press(pilot, "E")
        assert library.session.seat.state == "running"
        assert "End play" in shown(app)
        await press(pilot, "y")
        assert library.session.seat.state == "ended"
        assert "1 Learn more" in shown(app)

    run(story, session=library.session)


def test_play_that_is_over_by_itself_leads_to_the_debrief():
    library = FakeLibrary()

    async def story(app, pilot):
        await press(pilot, "enter")
        library.session.seat.state = "ended"
        await wait_for(pilot, "1 Learn more")

    run(story, library)


def test_a_pane_opens_full_with_one_key_and_closes_with_escape():
    async def story(app, pilot):
        await press(pilot, "3", "z")
        assert "Incident record" not in shown(app)
        assert "▸3 Inbox" in shown(app)
        await press(pilot, "escape")
        assert "Incident record" in shown(app)

    run(story, session=FakeLibrary().session)


def test_a_command_that_cannot_be_kept_is_refused_in_words_and_play_goes_on():
    library = FakeLibrary()

    def full(verb, target="", **args):
        raise Problem("the disk is full [b]x[/b]")

    async def story(app, pilot):
        library.session.seat.do = full
        await press(pilot, "t", "=n", "enter")
        assert notices(app) == ["the disk is full [b]x[/b]"]
        assert "Inbox" in shown(app)

    run(story, session=library.session)
