"""What leadership asks, and what is found in the answers."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from incidentsim.postmortem.briefing_check import check
from tests.postmortem.briefings import HELD_OUT, MADE, TUNING, asked, draft_of


def codes(name, question, text, **more):
    return {each.code for each in check(text, asked(name)[question], draft_of(name), **more)}


@pytest.mark.parametrize(("name", "question", "text", "wanted"), TUNING + HELD_OUT)
def test_answers_are_found_as_labelled(name, question, text, wanted):
    assert codes(name, question, text) == wanted


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(sorted(MADE)), st.data())
def test_any_text_is_checked_and_always_alike(name, data):
    question = data.draw(st.sampled_from(sorted(asked(name))))
    words = [each[2] for each in TUNING] + [
        "{{ ttd }}",
        "{{",
        "9" * 40,
        "1,2,3",
        "٣",
        "half",
        "AI-01",
        "never again",
        "31 February",
    ]
    text = data.draw(st.one_of(st.text(max_size=200), st.lists(st.sampled_from(words), max_size=6).map(" ".join)))
    first = check(text, asked(name)[question], draft_of(name))
    assert first == check(text, asked(name)[question], MADE[name]())
    assert all(each.code and each.message and each.mend for each in first)
