"""What leadership asks, and what is found in the answers."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from incidentsim.case.document import BriefingAnswer, Statement
from incidentsim.case.file import dumps, loads
from incidentsim.packet.verify import verify
from incidentsim.postmortem.briefing import questions
from incidentsim.postmortem.briefing_check import check
from incidentsim.postmortem.build import build
from incidentsim.postmortem.draft import Draft
from incidentsim.postmortem.rendering import render, text_of
from tests.packet.drills import drill
from tests.postmortem.briefings import HELD_OUT, LAST, LATER, MADE, MISSED, TUNING, asked, draft_of


def codes(name, question, text, **more):
    return {each.code for each in check(text, asked(name)[question], draft_of(name), **more)}


class TestQuestions:
    def test_a_full_packet_raises_six_to_ten_of_all_three_frames_each_with_what_raised_it(self):
        for name in ("full", "big", "done"):
            found = questions(draft_of(name))
            assert 6 <= len(found) <= 10
            assert {each.frame for each in found} == {"vp", "cto", "engineer"}
            assert all(each.raised.startswith("Slide ") for each in found)
            assert len({each.id for each in found}) == len(found)

    def test_the_same_draft_raises_the_same_questions(self):
        for make in MADE.values():
            assert questions(make()) == questions(make())

    def test_what_is_not_back_and_does_not_stop_is_asked_about(self):
        assert "vp-rest" not in asked("full")
        assert asked("big")["vp-rest"].fields == ("loss.remaining",)
        assert asked("bare")["vp-still"].fields == ("duration.impact",)

    def test_a_decision_that_lacks_something_is_asked_for_with_what_it_lacks(self):
        assert "No due date yet: AI-01, AI-02, AI-03." in asked("full")["vp-need"].raised
        assert "vp-need" not in asked("big")
        assert "AI-01" in asked("big")["vp-no"].text

    def test_the_alternative_is_the_one_that_was_written_down(self):
        ruled_out = next(each for each in drill().case.whys if each.ruled_out)
        assert ruled_out.text.rstrip(".") in asked("full")["cto-certain"].text
        without = tuple(each for each in drill().case.whys if not each.ruled_out)
        draft = Draft(drill().record, drill().case.model_copy(update={"whys": without}))
        alone = next(each for each in questions(draft) if each.id == "cto-certain")
        assert "something else" in alone.text
        assert not any(each.text in alone.text for each in drill().record.scenario.truth.red_herrings)

    def test_what_is_written_as_unknown_is_asked_about(self):
        case = drill().case.model_copy(update={"sections": {"unknowns": (Statement(text="Who turned it off?"),)}})
        found = {each.id: each for each in questions(Draft(drill().record, case))}
        assert "Who turned it off?" in found["eng-unknown"].raised

    def test_nothing_of_the_truth_is_in_a_question(self):
        truth = drill().record.scenario.truth
        said = " ".join(f"{each.text} {each.raised} {each.hint}" for each in questions(draft_of("bare")))
        assert not any(each.text in said for each in (*truth.conditions, *truth.red_herrings))


@pytest.mark.parametrize(("name", "question", "text", "wanted"), TUNING + HELD_OUT + LATER + LAST)
def test_answers_are_found_as_labelled(name, question, text, wanted):
    found = codes(name, question, text)
    assert found == (wanted - {"blame"} if text in MISSED else wanted)


def test_evidence_and_an_estimate_account_for_what_the_text_alone_does_not():
    assert codes("full", "cto-certain", "The count shows it.", cites=("E-0003",)) == set()
    assert codes("full", "eng-monday", "It refuses 640 schemas a day.", estimate=True) == set()
    assert codes("big", "vp-rest", "250,000 of them (estimate).") == {"wrong"}


def test_a_field_that_is_not_there_is_found_with_the_nearest():
    (found,) = check("{{ tdd }} and {{ ttd }}", asked("big")["cto-sooner"], draft_of("big"))
    assert (found.code, "did you mean" in found.message) == ("field", True)


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(sorted(MADE)), st.data())
def test_any_text_is_checked_and_always_alike(name, data):
    question = data.draw(st.sampled_from(sorted(asked(name))))
    words = [each[2] for each in TUNING]
    words += ["{{ ttd }}", "{{", "9" * 40, "1,2,3", "٣", "half", "AI-01", "never again", "31 February"]
    text = data.draw(st.one_of(st.text(max_size=200), st.lists(st.sampled_from(words), max_size=6).map(" ".join)))
    first = check(text, asked(name)[question], draft_of(name))
    assert first == check(text, asked(name)[question], draft_of(name))
    assert all(each.code and each.message and each.mend for each in first)


@pytest.mark.parametrize(
    "piece", ["1,234", "not ", "a ", "E-0003 ", "if had ", "in 3 ", "all the ", "about ", "{{ ttd }} ", "- "]
)
def test_a_very_long_answer_is_checked_in_a_moment(piece):
    text = piece * (20_000 // len(piece))
    assert check(text, asked("big")["vp-cost"], draft_of("big"))


@settings(max_examples=100, deadline=None)
@given(st.integers(1, 10**9), st.sampled_from(["{:,}", "{}"]))
def test_a_count_in_full_is_always_taken(value, shown):
    from dataclasses import replace

    draft = MADE["big"]()
    fields = dict(draft.fields)
    fields["loss.remaining"] = replace(fields["loss.remaining"], value=value, text=f"{value:,}")
    draft.fields = fields
    answer = f"{shown.format(value)} events are not back; the data owner tells finance by Friday."
    assert "wrong" not in {each.code for each in check(answer, asked("big")["vp-rest"], draft)}
    assert "missing" not in {each.code for each in check(answer, asked("big")["vp-rest"], draft)}
    twice = answer.replace(shown.format(value), shown.format(2 * value + 1))
    assert "wrong" in {each.code for each in check(twice, asked("big")["vp-rest"], draft)}


class TestKept:
    case = drill().case.model_copy(
        update={"briefing": {
            "cto-stop": BriefingAnswer(text="The edge was stopped after {{ ttm }}.", cites=("E-0003",)),
            "vp-again": BriefingAnswer(text="It lost 987,654 that\nnobody saw."),
            "old-question": BriefingAnswer(text="Nobody asks this any more."),
        }}
    )  # fmt: skip

    def test_it_is_readable_yaml_and_comes_back(self):
        text = dumps(self.case)
        assert "briefing:\n  cto-stop:\n    text: The edge was stopped after {{ ttm }}." in text
        assert loads(text, "case.yaml") == self.case

    def test_it_stands_at_the_end_of_the_postmortem_and_its_numbers_are_looked_at(self):
        document = build(drill().record, self.case)
        text = text_of(render(document))
        ends = text.split("## Assumptions and unknowns")[1]
        assert "**What stopped it, and how long did that take?** The edge was stopped after 30 min." in ends
        assert "any more" not in ends
        assert [each.place for each in document.findings if "987,654" in each.text] == ["briefing.vp-again"]

    def test_without_answers_the_postmortem_says_nothing_of_it(self):
        assert "Questions and answers" not in text_of(render(build(drill().record, drill().case)))

    def test_the_packet_with_it_verifies(self, tmp_path):
        answers = {name: each for name, each in self.case.briefing.items() if name != "vp-again"}
        case = drill().case.model_copy(update={"briefing": answers})
        drill().packet(tmp_path / "packet", case)
        assert verify(tmp_path / "packet") == []
