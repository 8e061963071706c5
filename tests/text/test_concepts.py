"""Free text is matched to concepts by groups of words."""

from __future__ import annotations

import pytest

from incidentsim.text.concepts import names


@pytest.mark.parametrize(
    ("text", "group"),
    [
        ("The Schema registries accepted it", "schema registry"),
        ("schema-registry", "schema_registry"),
        ("we STOPPED the ramp", "stop"),
        ("retries storm", "retry"),
        ("dropping events", "drop"),
        ("it was causing loss", "cause"),
        ("incompatible change", "incompat*"),
        ("the dead-letter queue", "dead letter queue"),
        ("rollback done", "roll back"),
        ("since version 8.4", "8.4"),
    ],
)
def test_a_word_is_found_in_its_forms(text: str, group: str) -> None:
    assert names(text, ((group,),))


@pytest.mark.parametrize(
    ("text", "group"),
    [("restart", "start"), ("newspaper", "new"), ("compatible", "incompat*"), ("version 18.4", "8.4"), ("", "a")],
)
def test_a_part_of_another_word_is_not_a_name(text: str, group: str) -> None:
    assert not names(text, ((group,),))


def test_every_group_needs_one_of_its_words() -> None:
    groups = (("schema", "field"), ("change", "rename"))
    assert names("a field was renamed", groups)
    assert not names("a field was there", groups)
    assert not names("anything", ())
    assert not names("anything", ((),))
