"""A person edits a packet: words survive the next rendering, numbers of the record are reported."""

import pytest

from incidentsim.case.file import load
from incidentsim.packet.contents import SUMMARY
from incidentsim.packet.verify import verify
from tests.packet.drills import drill

NAME = "SMALL-postmortem.md"


@pytest.fixture
def packet(tmp_path):
    out = tmp_path / "packet"
    drill().packet(out)
    return out


def change(path, *pairs):
    text = path.read_text()
    for before, after in pairs:
        assert text.count(before) >= 1, before
        text = text.replace(before, after, 1)
    path.write_text(text)


def place(path, text):
    return next(number for number, line in enumerate(path.read_text().split("\n"), 1) if text in line)


def test_a_sentence_and_a_number_are_edited_the_sentence_survives_only_the_number_is_reported(packet):
    document = packet / NAME
    change(
        document,
        (
            "A field was added and the pipe dropped what has it.",
            "A new field went out, and the pipe drops what has it.",
        ),
        ("7,482 events were lost", "9,999 events were lost"),
    )
    line = place(document, "9,999")
    written = drill().packet(packet)
    text = document.read_text()
    assert "A new field went out, and the pipe drops what has it." in text
    assert "7,482 events were lost" in text
    assert "9,999" not in text
    found = written.findings
    assert [(each.kind, each.file, each.line, each.field, each.typed, each.recorded) for each in found] == [
        ("edited-number", NAME, line, "loss.total", "9,999", "7,482")
    ]
    assert verify(packet) == []


def test_the_edit_stands_in_the_case_and_in_every_rendering_after(packet):
    change(packet / NAME, ("Both ends were counted", "The two ends of the pipe were counted"))
    written = drill().packet(packet)
    assert written.case.edits["postmortem.went-well.1"].text.startswith("- The two ends")
    assert load(packet / "case.yaml") == written.case
    drill().packet(packet)
    again = drill().packet(packet)
    assert "The two ends of the pipe were counted" in (packet / NAME).read_text()
    assert again.findings == ()


def test_a_number_in_an_edited_sentence_stays_the_records(packet):
    change(packet / NAME, ("7,482 events were lost from 00:07 UTC on.", "From 00:07 UTC on we lost 7,482 events."))
    written = drill().packet(packet)
    edit = written.case.edits["postmortem.summary.1"].text
    assert "{{ loss.total }}" in edit
    assert "{{ time.started }}" in edit
    assert written.findings == ()
    assert "From 00:07 UTC on we lost 7,482 events." in (packet / NAME).read_text()


def test_a_span_typed_over_is_reported_whole(packet):
    change(packet / NAME, ("| 30 min ", "| 2 h 5 min "))
    (found,) = drill().packet(packet).findings
    assert (found.field, found.typed, found.recorded) == ("duration.impact", "2 h 5 min", "30 min")


def test_a_new_number_is_kept_and_named_until_it_is_marked_as_an_estimate(packet):
    change(packet / NAME, ("what has it.", "what has it, for 123,456 people."))
    (found,) = drill().packet(packet).findings
    assert (found.kind, found.typed) == ("unaccounted-number", "123,456")
    assert "123,456 people" in (packet / NAME).read_text()
    assert [each.kind for each in verify(packet)] == ["unaccounted-number"]
    change(packet / NAME, ("123,456 people", "123,456 people (estimate)"))
    assert drill().packet(packet).findings == ()
    assert verify(packet) == []


def test_lines_that_were_put_in_and_taken_out_stay_so(packet):
    path = packet / NAME
    change(path, ("## Trigger\n", "## Trigger\n\nSeen from outside, nothing had changed.\n"))
    change(path, ("- **W-02** It was optional.\n", ""))
    for _ in range(2):
        assert drill().packet(packet).findings == ()
        text = path.read_text()
        assert text.count("Seen from outside, nothing had changed.") == 1
        assert "It was optional." not in text
    assert text.index("## Trigger") < text.index("Seen from outside") < text.index("The release with the added field")
    change(path, ("Seen from outside, nothing had changed.", "Seen from outside, all was quiet."))
    drill().packet(packet)
    assert "all was quiet" in path.read_text()
    assert "nothing had changed" not in path.read_text()


def test_taking_an_edit_back_removes_it(packet):
    path = packet / NAME
    original = path.read_text()
    change(path, ("Both ends were", "The ends were"))
    drill().packet(packet)
    change(path, ("The ends were", "Both ends were"))
    assert drill().packet(packet).case.edits == {}
    assert path.read_text() == original


def test_spaces_and_rulers_of_tables_are_no_edit(packet):
    path = packet / NAME
    text = path.read_text()
    path.write_text("\n".join(" ".join(line.split()) if line.startswith("|") else line for line in text.split("\n")))
    assert drill().packet(packet).case.edits == {}
    assert path.read_text() == text


def test_where_the_case_changes_under_an_edit_the_edit_is_kept_and_reported(packet):
    change(packet / NAME, ("A field was added and the pipe dropped", "A field came and the pipe dropped"))
    summary = drill().case.sections["summary"]
    rewritten = summary[1].model_copy(update={"text": "Something else is said now."})
    case = drill().case.model_copy(
        update={"sections": {**drill().case.sections, "summary": (summary[0], rewritten)}}
    )  # fmt: skip
    written = drill().packet(packet, case)
    assert "A field came and the pipe dropped" in (packet / NAME).read_text()
    (found,) = written.findings
    assert found.kind == "conflict"
    assert "Something else is said now." in found.text


def test_evidence_stands_word_for_word(packet):
    change(packet / NAME, ("Held at 7,277 a minute\n", "Held at 9,277 a minute\n"))
    (found,) = drill().packet(packet).findings
    assert found.kind == "differs"
    assert "Held at 9,277 a minute" not in (packet / NAME).read_text()


def test_a_change_of_the_slides_survives_too(packet):
    change(packet / SUMMARY, ("Several conditions met", "Three conditions met"))
    assert drill().packet(packet).findings == ()
    assert "Three conditions met" in (packet / SUMMARY).read_text()


def test_a_person_may_remove_the_marker_on_purpose(packet):
    change(packet / NAME, ("> **EXERCISE.** This is about a drill. Nothing here happened in production.\n", ""))
    assert drill().packet(packet).findings == ()
    assert "> **EXERCISE.**" not in (packet / NAME).read_text()
