"""Templates with alternatives: every alternative comes up, nothing of the notation is left."""

from __future__ import annotations

from random import Random

import pytest

from hipatia import exercises
from hipatia.exercises.clauses import unfold

CASES = [
    ("Plain {a}.", {"Plain {a}."}),
    ("[a|b] {x}", {"a {x}", "b {x}"}),
    ("x[| y]", {"x", "x y"}),
    ("[a [b|c]|d]", {"a b", "a c", "d"}),
    ("[a|b][c|d]", {"ac", "ad", "bc", "bd"}),
    ("the interval [0, 3]", {"the interval [0, 3]"}),
]


@pytest.mark.parametrize(("template", "expected"), CASES, ids=[template for template, _ in CASES])
def test_unfold(template: str, expected: set[str]) -> None:
    rng = Random(1)
    assert {unfold(template, rng, "es") for _ in range(80)} == expected


def test_shared_clauses() -> None:
    rng = Random(1)
    assert "Halla x." in {unfold("[Find] x.", rng, "es") for _ in range(80)}
    assert "Find x." in {unfold("[Find] x.", rng, "en") for _ in range(80)}
    with pytest.raises(KeyError):
        unfold("[Misspelt] x.", rng, "es")


@pytest.mark.parametrize("language", ["es", "en"])
def test_no_notation_is_left(language: str) -> None:
    rng = Random(2)
    for family in exercises.FAMILIES:
        for key, templates in family.phrasings.items():
            if key.split(":")[0] == language:
                for template in templates:
                    assert not set("[]|") & set(unfold(template, rng, language)), (family.name, template)
