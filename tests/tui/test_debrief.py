from __future__ import annotations

import functools

from tests.tui.driving import press, run, shown
from tests.tui.fake import FakeLibrary


@functools.cache
def debrief(*steps, before=(), size=(120, 32)):
    """Play, end, press *steps*; gives (session, the text at the end)."""
    library = FakeLibrary()
    seen = {}

    async def story(app, pilot):
        await press(pilot, *steps)
        seen["text"] = shown(app)

    for message in before:
        library.session.seat.do("open", message)
    library.session.seat.do("end")
    run(story, size=size, session=library.session)
    return library.session, seen["text"]


def test_interviews_and_history_are_learned_after_and_marked_so():
    session, text = debrief("enter", "enter", "down", "enter", "escape", "escape")
    assert session.seat.commands[-1] == ("interview", "analyst", {"topic": "changes", "question": "how"})
    assert "Learned after play · 1" in text
    assert "E-0001   after interview" in text
    assert "tolerant parsing on" in text


def test_the_bones_of_the_fishbone_can_be_changed():
    session, text = debrief("4", "c", "=x: Other", "ctrl+s")
    assert "x: Other" in session.case.bones
    assert "FISHBONE" in text


def test_the_timeline_names_milestones_and_evidence():
    _, text = debrief("2")
    assert "08:40 declared   DECLARED SEV2" in text
    assert "E-0001" in text


def test_a_tree_of_whys_is_written_with_keys_each_citing_evidence():
    session, text = debrief(
        "3", "enter", "=14M lost", "ctrl+s",
        "down", "a", "=drops rows", "tab", "space", "tab", "=a backfill", "ctrl+s",
        "a", "=set for backfill", "ctrl+s",
        "b", "=no gate", "ctrl+s",
        before=("M-0003",),
    )  # fmt: skip
    case = session.case
    assert case.effect() == "14M lost"
    first, second, third = case.whys()
    assert (first["branch"], first["parent"], first["cites"], first["sensible"]) == (
        "occurred",
        "",
        ["E-0001"],
        "a backfill",
    )
    assert second["parent"] == third["parent"] == first["id"]
    assert "why? drops rows" in text
    assert "E-0001         ok" in text
    assert "├ why? set for backfill" in text
    assert "└ why? no gate" in text
    assert "Findings · 2" in text


def test_a_why_can_be_ruled_out_cited_edited_and_deleted():
    library = FakeLibrary()
    case, seat = library.session.case, library.session.seat
    seat.do("open", "M-0003")
    seat.do("end")

    async def story(app, pilot):
        await press(pilot, "3", "down", "a", "=disk", "ctrl+s", "x")
        assert case.whys()[0]["ruled_out"]
        assert "ruled out" in shown(app)
        await press(pilot, "x", "c", "space", "ctrl+s", "enter", "=full ", "ctrl+s")
        assert case.whys()[0]["cites"] == ["E-0001"]
        assert case.whys()[0]["text"] == "full disk"
        await press(pilot, "d", "y")
        assert case.whys() == []

    run(story, session=library.session)


def test_what_made_it_sensible_at_the_time_is_asked():
    _, text = debrief("3", "down", "a")
    assert "What made this sensible at the time?" in text
    assert "What would show that it is not so?" in text


def test_the_fishbone_is_drawn_from_the_whys():
    _, text = debrief("3", "down", "a", "=drops", "ctrl+s", "4")
    assert "FISHBONE" in text
    assert "other: drops" in text


def test_action_items_are_filled_in_ranked_and_say_what_is_missing():
    library = FakeLibrary()
    case = library.session.case
    library.session.seat.do("end")

    async def story(app, pilot):
        await press(pilot, "5", "a", "=alert", "ctrl+s")
        assert "Done when (can be checked): please fill this in." in shown(app)
        await press(pilot, "=fires", "ctrl+s")
        assert "addresses no why" in shown(app)
        case.put_why(
            {"text": "no gate", "branch": "occurred", "parent": "", "gate": "", "cites": [], "ruled_out": False}
        )
        await press(pilot, "a", "=gate", "tab", "space", "tab", "tab", "tab", "tab", "tab", "=blocks", "ctrl+s", "plus")
        first, second = case.actions()
        assert (first["text"], first["addresses"], first["done_when"]) == ("gate", ["W-01"], "blocks")
        assert (second["text"], second["done_when"], second["priority"]) == ("alert", "fires", "P0")

    run(story, session=library.session)


def test_statements_of_the_postmortem_are_written_beside_their_preview():
    session, text = debrief("6", "a", "=rows were lost", "tab", "space", "ctrl+s", before=("M-0003",))
    assert session.case.sections()[0]["statements"][0]["cites"] == ["E-0001"]
    assert text.count("rows were lost") == 2
    assert "Preview · as it would be written now · findings: 1" in text


def test_findings_on_the_words_and_the_numbers_of_the_record_are_a_key_away():
    _, text = debrief("6", "f")
    assert "14 is not in what it cites" in text
    _, text = debrief("6", "n")
    assert "{{ loss.total }}  14.2M" in text


def test_the_scorecard_and_the_packet_follow():
    session, text = debrief("S", "n")
    assert "What went well" not in text
    assert not session.seen
    _, text = debrief("S")
    assert "as a second attempt" in text
    session, text = debrief("S", "y")
    assert session.seen
    assert "What went well" in text
    assert "61 of 100" in text
    session, text = debrief("S", "y", "P")
    assert session.written == [None]
    assert "Written to out/packet" in text
    assert "a number was edited" in text
    assert "INC-2024-0312-postmortem.md" in text


def test_a_price_stands_there_once_it_was_said_what_made_the_choice_sensible():
    _, text = debrief("S", "y", "c")
    assert "Patch at 09:10" in text
    assert "E-0001" in text
    assert "What made this sensible at the time?" in text
    assert "81,400" not in text
    assert "It could not be told apart." in text
    _, text = debrief("S", "y", "c", "enter")
    assert "Before the price" in text
    assert "You held then:" in text
    assert "81,400" not in text
    session, text = debrief("S", "y", "c", "enter", "escape")
    assert session.case.said == {}
    assert "81,400" not in text
    session, text = debrief("S", "y", "c", "enter", "ctrl+s")
    assert "please fill this in" in text
    session, text = debrief("S", "y", "c", "enter", "=All boards were green [b]then[/]", "ctrl+s")
    assert session.case.said == {"waiting": "All boards were green [b]then[/]"}
    assert "sensible then: All boards were green [b]then[/]" in text
    assert "price: It cost 81,400 events." in text
    session, text = debrief("S", "y", "c", "down", "enter")
    assert "Before the price" not in text, "what could not be told apart has no price to ask for"
    _, text = debrief("S", "y", "c", "escape")
    assert "61 of 100" in text


def test_a_packet_that_cannot_be_written_says_why_and_loses_nothing():
    library = FakeLibrary()

    def fail(out):
        raise PermissionError("no space [red]left[/]")

    library.session.write_packet = fail

    async def story(app, pilot):
        await press(pilot, "P", "y")
        text = shown(app)
        assert "The packet was not written." in text
        assert "no space [red]left[/]" in text
        await press(pilot, "escape")
        assert "1 Learn more" in shown(app)

    library.session.seat.do("end")
    run(story, session=library.session)


def test_a_long_list_of_evidence_is_narrowed_by_typing():
    library = FakeLibrary()
    seat = library.session.seat
    for number in range(20):
        seat.do("open", f"row:pattern-{number}:1")
    seat.do("end")

    async def story(app, pilot):
        await press(pilot, "3", "down", "a", "=w", "tab", "=n-17", "space", "ctrl+s")
        assert library.session.case.whys()[0]["cites"] == ["E-0018"]

    run(story, session=library.session)


def test_a_row_of_the_timeline_is_pinned_worded_marked_joined_and_begins_a_phase():
    session, text = debrief(
        "2", "asterisk", "w", "=first sign", "ctrl+s", "o", "down", "enter", "p", "=nobody knows", "ctrl+s",
    )  # fmt: skip
    assert session.case.rows["row:0"] == {
        "pinned": True,
        "wording": "first sign",
        "milestone": "detected",
        "phase": "nobody knows",
    }
    assert "── nobody knows ──" in text
    assert "* 08:31" in text
    assert "◆ detected" in text
    assert "“first sign”" in text
    session, text = debrief("2", "down", "j")
    assert session.case.rows["row:1"] == {"into": "row:0"}
    assert "+1 E-0001" in text
    session, _ = debrief("2", "down", "j", "j")
    assert session.case.rows["row:1"] == {"into": ""}


def test_data_can_still_be_asked_and_code_read():
    _, text = debrief()
    assert "Query: count, compare, read what was measured" in text
    assert "Parser" in text


def test_leadership_asks_and_answers_are_kept_with_what_was_found_in_them():
    library = FakeLibrary()
    case, seat = library.session.case, library.session.seat
    seat.do("open", "M-0003")
    seat.do("end")

    async def story(app, pilot):
        await press(pilot, "7")
        text = shown(app)
        assert "VP: cost and risk" in text
        assert "open     What did that cost?" in text
        assert "Slide 1 says: “14.2M" in text
        await press(pilot, "down", "enter", "=never again", "tab", "space", "tab", "right", "ctrl+s")
        assert case.answers == {"vp-again": {"text": "never again", "cites": ["E-0001"], "estimate": True}}
        text = shown(app)
        assert "1 found  Can it happen again?" in text
        assert "“never again” is more than is carried. Say less." in text
        await press(pilot, "up", "a", "=24.9%", "ctrl+s")
        text = shown(app)
        assert "answered What did that cost?" in text
        assert "Nothing was found." in text
        await press(pilot, "n")
        assert "{{ loss.total }}  14.2M" in shown(app)

    run(story, session=library.session)


def test_the_briefing_can_be_read_in_a_small_window():
    _, text = debrief("7", "a", "=never", "ctrl+s", size=(80, 24))
    assert "1 found  What did that cost?" in text
    assert "Findings · 1" in text
    assert "Whose fault was it?" in text


def test_what_the_causes_come_to_is_a_key_away():
    _, text = debrief(
        "3", "enter", "=14M lost", "ctrl+s", "down", "a", "=drops rows", "ctrl+s", "m",
        before=("M-0003",),
    )  # fmt: skip
    assert "What the causes come to" in text
    assert "Necessary, as the whys are written" in text
    assert "Nothing covers: W-01" in text
