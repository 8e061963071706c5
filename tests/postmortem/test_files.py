"""SLO file, action items, slides and data, read back by what reads them."""

import copy
import json
import re
from datetime import datetime
from fractions import Fraction

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from incidentsim.postmortem.action_items import action_items, items_yaml
from incidentsim.postmortem.build import build
from incidentsim.postmortem.draft import Draft
from incidentsim.postmortem.openslo import definitions_yaml, slo_definitions
from incidentsim.postmortem.openslo_rules import check
from incidentsim.postmortem.rendering import render, text_of
from incidentsim.postmortem.schema import json_schema, postmortem_json
from incidentsim.postmortem.summary import executive_summary
from tests.packet.drills import drill, scripted


def slos():
    return list(yaml.safe_load_all(definitions_yaml(slo_definitions(drill().record, drill().case))))


def only(documents, kind, name=""):
    return next(each for each in documents if each["kind"] == kind and name in each["metadata"]["name"])


class TestSlos:
    def test_the_file_keeps_its_rules(self):
        assert check(slos()) == []
        assert [each["kind"] for each in slos()].count("SLO") == 1

    def test_the_thresholds_are_exact_for_28_days(self):
        for name, threshold in (("fast", "13.44"), ("slow", "5.6")):
            condition = only(slos(), "AlertCondition", name)
            assert condition["spec"]["condition"]["threshold"] == float(threshold)
            exact = condition["metadata"]["annotations"]["incidentsim.dev/threshold-exact"]
            assert Fraction(exact) == Fraction(threshold)

    def test_the_short_window_stands_beside_the_long_one(self):
        notes = only(slos(), "AlertCondition", "fast")["metadata"]["annotations"]
        assert notes["incidentsim.dev/short-window"] == "5m"

    @pytest.mark.parametrize(
        ("rule", "kind", "change"),
        [
            ("SL01", "SLO", lambda each: each["metadata"].update(name="Not A Label")),
            ("SL01", "SLO", lambda each: each["spec"].update(service="elsewhere")),
            ("SL02", "SLO", lambda each: each["spec"]["objectives"][0].update(target=1)),
            ("SL02", "SLO", lambda each: each["spec"].update(indicator={})),
            ("SL03", "SLO", lambda each: each["spec"].update(timeWindow=[])),
            ("SL03", "SLO", lambda each: each["spec"]["timeWindow"][0].update(calendar={})),
            ("SL04", "SLO", lambda each: each["spec"].update(budgetingMethod="Guess")),
            ("SL04", "SLI", lambda each: each["spec"]["ratioMetric"].pop("total")),
            ("SL05", "AlertPolicy", lambda each: each["spec"]["conditions"].append({"conditionRef": "x"})),
            ("SL05", "AlertPolicy", lambda each: each["spec"].update(notificationTargets=[])),
            ("SL05", "AlertCondition", lambda each: each["spec"]["condition"].update(op="lte")),
            ("SL06", "SLO", lambda each: each["spec"]["timeWindow"][0].update(duration="four weeks")),
            ("SL07", "AlertCondition", lambda each: each["spec"]["condition"].update(threshold=14.4)),
            ("SL08", "AlertCondition", lambda each: each["spec"]["condition"].update(threshold=250)),
        ],
    )
    def test_each_rule_finds_what_breaks_it(self, rule, kind, change):
        documents = copy.deepcopy(slos())
        change(only(documents, kind))
        assert rule in {each.rule for each in check(documents)}

    @given(st.data())
    def test_whatever_stands_in_it_ends_in_findings(self, data):
        documents = copy.deepcopy(slos())
        spec = data.draw(st.sampled_from(documents))["spec"]
        junk = st.recursive(st.none() | st.integers() | st.text(max_size=3), lambda inner: st.lists(inner, max_size=2) |
                            st.dictionaries(st.sampled_from(["kind", "target", "duration", "conditionRef"]), inner), max_leaves=4)  # fmt: skip
        spec[data.draw(st.sampled_from(sorted(spec)))] = data.draw(junk)
        assert all(each.rule.startswith("SL0") for each in check(documents))

    @pytest.mark.parametrize("thing", [None, 3, [], {}, {"apiVersion": "openslo/v1", "kind": "SLO"}])
    def test_what_is_no_document_is_found_too(self, thing):
        assert [each.rule for each in check([thing])] == ["SL01"]


class TestActionItems:
    def data(self):
        return yaml.safe_load(items_yaml(action_items(Draft(drill().record, drill().case))))

    def test_each_names_a_cause_and_an_slo_of_the_slo_file(self):
        whys = {why.id for why in drill().case.whys}
        names = {each["metadata"]["name"] for each in slos() if each["kind"] == "SLO"}
        items = self.data()["items"]
        assert len(items) == 3
        for item in items:
            assert set(item["addresses"]) <= whys
            assert item["addresses"]
            assert item["slo"]["ref"] in names
            assert item["slo"]["effect"] == "not modelled"

    def test_they_are_ranked_by_hierarchy(self):
        items = self.data()["items"]
        order = self.data()["ranking"]
        assert [each["rank"] for each in items] == [1, 2, 3]
        assert [each["hierarchy"] for each in items] == sorted((each["hierarchy"] for each in items), key=order.index)

    def test_the_budget_is_the_records(self):
        consumed = drill().record.world.budgets()["coverage"].consumed
        assert Fraction(self.data()["budget"]["consumed_exact"]) == consumed


class TestSlides:
    @pytest.mark.parametrize("made", [drill, lambda: drill("idle"), scripted])
    def test_there_are_five_each_with_a_title_few_words_and_notes(self, made):
        text = text_of(executive_summary(Draft(made().record, made().case)))
        front, rest = text.removeprefix("---\n").split("\n---\n", 1)
        assert yaml.safe_load(front)["marp"] is True
        slides = rest.split("\n\n---\n\n")
        assert len(slides) == 5
        for slide in slides:
            lines = [line for line in slide.strip().split("\n") if line]
            assert lines[0].startswith("# ")
            assert len(lines[0].split()) <= 15
            assert re.fullmatch(r"<!-- .+ -->", lines[-1])
            bullets = [line for line in lines if line.startswith("- ")]
            assert 1 <= len(bullets) <= 5
            assert sum(len(line.split()) for line in bullets) <= 70

    def test_the_answer_comes_first(self):
        text = text_of(executive_summary(Draft(drill().record, drill().case)))
        title = next(line for line in text.split("\n") if line.startswith("# "))
        assert title == "# 7,482 events were lost or late; what could be brought back is back"

    def test_a_loss_that_nobody_stopped_is_said(self):
        text = text_of(executive_summary(Draft(drill("idle").record, drill("idle").case)))
        assert "had not stopped at the end" in text


class TestData:
    @pytest.mark.parametrize("made", [drill, lambda: drill("idle"), scripted])
    def test_it_fits_its_schema(self, made):
        document = build(made().record, made().case)
        data = json.loads(json.dumps(postmortem_json(document, {"x.md": render(document)})))
        schema = json_schema()
        assert list(problems(data, schema, schema)) == []

    def test_the_schema_refuses_what_is_something_else(self):
        document = build(drill().record, drill().case)
        schema = json_schema()
        for change in (lambda data: data.pop("fields"), lambda data: data.update(more=1),
                       lambda data: data["front"].update(trigger_class="bad luck"),
                       lambda data: data["fields"][0].update(value=1.5)):  # fmt: skip
            data = json.loads(json.dumps(postmortem_json(document, {})))
            change(data)
            assert list(problems(data, schema, schema))


def problems(data, schema, root, place="$"):
    """What a value breaks of the part of JSON Schema that the schema uses."""
    if "$ref" in schema:
        schema = root["$defs"][schema["$ref"].rsplit("/", 1)[1]]
    if "anyOf" in schema and all(list(problems(data, each, root, place)) for each in schema["anyOf"]):
        yield f"{place}: none fits"
    if ("const" in schema and data != schema["const"]) or ("enum" in schema and data not in schema["enum"]):
        yield f"{place}: {data!r}"
    kinds = {"string": str, "object": dict, "array": list, "null": type(None), "integer": int}
    wanted = schema.get("type", [])
    wanted = [wanted] if isinstance(wanted, str) else wanted
    if wanted and not any(isinstance(data, kinds[each]) for each in wanted):
        yield f"{place}: {type(data).__name__} is not {wanted}"
    elif isinstance(data, dict):
        yield from (f"{place}: {each} is missing" for each in schema.get("required", []) if each not in data)
        for key, value in data.items():
            if key in schema.get("properties", {}):
                yield from problems(value, schema["properties"][key], root, f"{place}.{key}")
            elif schema.get("additionalProperties") is False:
                yield f"{place}: {key} is one too many"
    elif isinstance(data, list):
        if len(data) < schema.get("minItems", 0):
            yield f"{place}: too few"
        for index, value in enumerate(data):
            yield from problems(value, schema.get("items", {}), root, f"{place}[{index}]")
    elif isinstance(data, str):
        if "pattern" in schema and not re.search(schema["pattern"], data):
            yield f"{place}: {data!r} does not match"
        if schema.get("format") == "date-time":
            datetime.fromisoformat(data)
