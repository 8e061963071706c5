"""The document: every section there, everything cited can be read, nothing filled in that nobody wrote."""

import pytest
from markdown_it import MarkdownIt

from incidentsim.case.document import Case
from incidentsim.postmortem.build import build
from incidentsim.postmortem.rendering import render, text_of
from incidentsim.text.problem import Problem
from tests.packet.drills import drill, scripted

ORDER = [
    "Executive summary", "Problem summary", "Impact", "Background", "Root causes", "Trigger", "Detection",
    "Resolution and recovery", "5 Whys", "Fishbone", "Contributing factors", "Action items", "SLOs and error budget",
    "Lessons learned", "Timeline", "Glossary", "Supporting information", "Assumptions and unknowns", "Method",
]  # fmt: skip


def markdown(made):
    return text_of(render(build(made.record, made.case)))


def body(text):
    return text.split("\n---\n", 1)[1]


def headings(text, level):
    tokens = MarkdownIt("commonmark").enable("table").parse(body(text))
    return [tokens[index + 1].content for index, token in enumerate(tokens)
            if token.type == "heading_open" and token.tag == f"h{level}"]  # fmt: skip


@pytest.mark.parametrize("made", [drill, lambda: drill("idle"), scripted])
def test_the_sections_stand_in_their_order_and_none_is_empty(made):
    text = markdown(made())
    assert headings(text, 2) == ORDER
    parts = body(text).split("\n## ")[1:]
    assert all(part.split("\n", 1)[1].strip() for part in parts)


def test_every_reference_leads_to_the_evidence_word_for_word():
    document = build(drill().record, drill().case)
    text = markdown(drill())
    for number in document.cited:
        evidence = next(each for each in drill().record.evidence if each.id == number)
        assert f"[{number}]: #{number.lower()}" in text
        part = text.split(f"### {number}\n")[1].split("\n### ")[0]
        assert all(line.rstrip() in part for line in evidence.text.split("\n"))


def test_every_why_and_every_cause_shows_its_evidence():
    text = markdown(drill())
    for why in drill().case.whys:
        row = next(line for line in text.split("\n") if line.startswith(f"| {why.id} "))
        assert all(f"[{each}]" in row for each in why.cites)


def test_a_why_without_evidence_says_so_instead():
    why = drill().case.whys[0].model_copy(update={"cites": ()})
    document = build(drill().record, Case(effect="Less was served", whys=(why,)))
    assert "no evidence yet" in text_of(render(document))


def test_causes_that_nobody_wrote_are_questions_never_the_truth():
    text = markdown(scripted()) + markdown(drill("idle"))
    for section in ("Root causes", "Trigger", "5 Whys", "Contributing factors", "Action items"):
        assert text.split(f"## {section}\n\n")[1].startswith("**TODO:**")
    truth = drill().record.scenario.truth
    assert not any(condition.text in text for condition in truth.conditions)


def test_open_questions_are_listed_at_the_end():
    text = markdown(scripted())
    listed = text.split("## Assumptions and unknowns")[1]
    question = "What set it off? Who changed or deployed something shortly before may know."
    assert f"- **TODO:** {question}" in listed


def test_the_arithmetic_of_the_budget_is_shown():
    text = markdown(drill("idle"))
    budget = drill("idle").record.world.budgets()["coverage"]
    assert f"{budget.total:,} − {budget.good:,} = {budget.bad:,}" in text
    assert "(1 − 0.995) × 400,000,000 = 2,000,000" in text


def test_actions_are_ranked_and_an_unknown_cause_is_a_finding():
    case = drill().case
    lost = case.action_items[0].model_copy(update={"id": "AI-00", "hierarchy": "document", "addresses": ("W-99",)})
    document = build(drill().record, case.model_copy(update={"action_items": (lost, *case.action_items)}))
    text = text_of(render(document))
    rows = [line.split("|")[1].strip() for line in text.split("\n") if line.startswith("| AI-")]
    assert rows == ["AI-01", "AI-02", "AI-03", "AI-00"]
    assert any(each.place == "AI-00" and "W-99" in each.text for each in document.findings)


def test_tables_have_one_width():
    tokens = MarkdownIt("commonmark").enable("table").parse(body(markdown(drill())))
    width = 0
    for token in tokens:
        if token.type == "tr_open":
            width = 0
        elif token.type in {"td_open", "th_open"}:
            width += 1
        elif token.type == "tr_close":
            assert width > 1


def test_it_reads_the_same_each_time():
    assert markdown(drill()) == markdown(drill())


class TestTemplates:
    @pytest.fixture
    def template(self, tmp_path, monkeypatch):
        (tmp_path / "postmortem_templates").mkdir()
        monkeypatch.chdir(tmp_path)

        def write(text):
            (tmp_path / "postmortem_templates" / "own.md.j2").write_text(text)
            return text_of(render(build(drill().record, drill().case), "own"))

        return write

    def test_an_own_template_chooses_sections(self, template):
        assert template("# {{ doc.title }}\n\n{{ sections.trigger | blocks }}\n") == (
            "# Two numbers differ\n\nThe release with the added field went out. [E-0002]\n"
        )

    def test_what_it_prints_is_escaped(self, template):
        assert template("{{ '<b> | *x*' }}\n") == "\\<b\\> \\| \\*x\\*\n"

    @pytest.mark.parametrize(
        "text",
        ["{{ nothing }}", "{{ sections.nothing | blocks }}", "{{ ''.__class__.__mro__ }}", "{% if %}", "{{ doc | nofilter }}",
         "{{ doc.front.clear() }}", "{{ 1 / 0 }}", "{% include 'x' %}"],
    )  # fmt: skip
    def test_an_error_in_it_is_one_message_with_its_file(self, template, text):
        with pytest.raises(Problem) as caught:
            template(text)
        assert "own.md.j2" in caught.value.report()

    def test_a_template_that_is_not_there_is_answered_with_those_that_are(self, monkeypatch, tmp_path):
        with pytest.raises(Problem, match="google-sre"):
            render(build(drill().record, drill().case), "no-such")
