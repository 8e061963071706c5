"""What people write: placeholders, and numbers that something has to account for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentsim.postmortem.draft import Draft
from incidentsim.postmortem.fields import Field, compute
from incidentsim.postmortem.numbers import numbers_in, quantities, unaccounted
from incidentsim.postmortem.resolving import resolved
from tests.packet.drills import drill

FIELDS = {
    "loss.total": Field("loss.total", 372_196, "events", "372,196", "DERIVED"),
    "time.started": Field("time.started", 0, "ms", "08:07 UTC", "DERIVED"),
    "open": Field("open", None, "", "How much? The owner may know.", "TODO"),
}


def shown(text):
    return "".join(span.text for span in resolved(text, FIELDS))


class TestPlaceholders:
    def test_a_field_stands_where_it_was_named(self):
        assert shown("Lost: {{ loss.total }} events.") == "Lost: 372,196 events."
        assert shown("{{loss.total}}") == "372,196"

    def test_the_zone_is_not_said_twice(self):
        assert shown("From {{ time.started }} UTC on.") == "From 08:07 UTC on."
        assert shown("From {{ time.started }} on.") == "From 08:07 UTC on."

    def test_a_name_that_is_no_field_is_an_open_question_with_the_nearest(self):
        spans = resolved("{{ loss.totl }}", FIELDS)
        assert [(span.kind, span.text) for span in spans] == [
            ("todo", "there is no field loss.totl; did you mean loss.total?")
        ]

    def test_a_field_that_is_not_known_is_an_open_question(self):
        assert resolved("{{ open }}", FIELDS)[0].kind == "todo"

    @pytest.mark.parametrize("text", ["{{ 7*7 }}", "{% for x in y %}", "{{ a.__class__ }}", "{{ ''.join('a') }}", "{{"])
    def test_nothing_is_ever_evaluated(self, text):
        assert "49" not in shown(text)
        assert "class '" not in shown(text)

    @given(st.text())
    def test_text_without_braces_stays_as_it_is(self, text):
        assert shown(text.replace("{{", "(")) == text.replace("{{", "(")

    @given(st.text(st.sampled_from("{} .abl-_os\n"), max_size=60))
    def test_any_text_gives_spans(self, text):
        resolved(text, FIELDS)


class TestNumbers:
    @pytest.mark.parametrize(
        ("text", "found"),
        [
            ("14.2M of 1,000 events", ["14.2M", "1,000"]),
            ("from 08:06 to 09:30 UTC", ["08:06", "09:30"]),
            ("5 h 54 min and 35 min", ["5 h 54 min", "35 min"]),
            ("178.6% of 28 days", ["178.6%", "28 days"]),
            ("on 12 March 2024 and 2024-03-12", ["12 March 2024", "2024-03-12"]),
            ("app 8.4.1", ["8.4.1"]),
            ("SEV2, P0, E-0042, events.v1, INC-2024-0312, W-03", []),
        ],
    )
    def test_they_are_found_with_their_units_and_names_are_none(self, text, found):
        assert [each.text for each in quantities(text)] == found

    def test_a_field_or_evidence_accounts_for_a_number(self):
        known = numbers_in(["accepted 15,242,326 in version 8.4"])
        assert unaccounted("15242326 of 8.4, and 372,196", known, ["372,196"]) == []
        assert [each.text for each in unaccounted("about 99 of 8.4", known)] == ["99"]

    def test_an_estimate_needs_nothing(self):
        assert unaccounted("about 5,000 (estimate)", frozenset()) == []

    @given(st.integers(0, 10**12))
    def test_every_whole_number_is_seen_however_it_is_written(self, number):
        assert [each.plain for each in quantities(f"lost {number:,} of it")] == [str(number)]
        assert unaccounted(f"lost {number} of it", numbers_in([f"{number:,}"])) == []

    @given(st.text(max_size=60))
    def test_any_text_can_be_searched(self, text):
        for each in quantities(text):
            assert text[each.start : each.end] == each.text


class TestClaims:
    def draft(self):
        return Draft(drill().record, drill().case)

    def test_a_number_in_the_cited_evidence_is_fine(self):
        draft = self.draft()
        count = next(each for each in drill().record.evidence if each.kind == "query")
        number = next(iter(sorted(numbers_in([count.text]), key=len, reverse=True)))
        draft.words(f"There were {number}.", "x", (count.id,))
        assert draft.findings == []

    def test_a_number_that_nothing_has_is_a_finding(self):
        draft = self.draft()
        draft.words("There were 987,654 of them.", "W-01", (drill().record.evidence[0].id,))
        assert [(each.kind, each.place) for each in draft.findings] == [("number", "W-01")]
        assert "987,654" in draft.findings[0].text

    def test_the_same_number_as_an_estimate_is_none(self):
        draft = self.draft()
        spans = draft.words("There were 987,654 of them.", "W-01", estimate=True)
        assert draft.findings == []
        assert spans[-1].text == " (estimate)"

    def test_evidence_that_was_never_held_is_a_finding_and_an_open_question(self):
        draft = self.draft()
        spans = draft.cites(("E-9999",), "W-01")
        assert spans[-1].kind == "todo"
        assert draft.findings[0].kind == "reference"

    def test_the_fields_of_the_draft_are_the_computed_ones(self):
        assert self.draft().fields == compute(drill().record)
