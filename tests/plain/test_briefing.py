"""Leadership is briefed by lines too."""

from __future__ import annotations

import yaml

from tests.plain.talking import talk

BEGUN = ("1", "", "wait", "read", "end now", "", "numbers differ", "a check", "1", "", "", "code", "", "", "quit")


def test_what_leadership_asks_is_answered_checked_and_taken_back(home):
    talk(*BEGUN)
    (journal,) = home.rglob("exercise.journal")
    said = talk("debrief briefing", "", "fields", "It was never loss; 4711 people saw it.", "1", "", journal=journal)
    assert "{{ time.detected }}:" in said or "{{ peak." in said
    answers = yaml.safe_load((journal.parent / "case.yaml").read_text())["briefing"]
    ((question, given),) = answers.items()
    assert (given["text"], given["cites"]) == ("It was never loss; 4711 people saw it.", ["E-0001"])
    after = said[said.index("Kept.") :]
    assert "Look again:" in after
    assert "4711" in after[: after.index("> ")]
    taken = talk("debrief briefing", "", "-", journal=journal)
    assert "Taken back." in taken
    assert not yaml.safe_load((journal.parent / "case.yaml").read_text()).get("briefing")
    assert f"{question}: " in taken


def test_the_whole_debrief_offers_the_briefing_and_goes_on_without(home):
    said = talk("1", "", "wait", "read", "end now", *[""] * 40, "quit")
    assert "Leadership asks" in said
    assert "A good answer has" not in said
