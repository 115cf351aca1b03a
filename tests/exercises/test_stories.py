"""The composed word problems: every frame with every context, every scene, and how clauses are told."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest

from hipatia.exercises.core import Draft
from hipatia.exercises.stories import (
    FAMILIES,
    buying,
    comparing,
    everyday,
    flows,
    frames,
    groups,
    rates,
    scenes,
    words,
)
from hipatia.exercises.stories.telling import Clause, Teller, noun_fields, people_fields
from hipatia.exercises.wording import agree

CASES = json.loads((Path(__file__).parent / "stories.json").read_text(encoding="utf-8"))
SHAPES = {
    "groups": groups.SHAPES,
    "comparing": comparing.SHAPES,
    "ages": comparing.AGE_SHAPES,
    "buying": buying.SHAPES,
    "rates": rates.SHAPES,
    "everyday": everyday.SHAPES,
}


def every_frame() -> Iterator[tuple[str, str, int]]:
    for language in ("es", "en"):
        for name in SHAPES:
            for i in range(len(words.chapter(language, name)["frame"])):
                yield language, name, i


def is_sound(draft: Draft) -> None:
    text = "\n".join((draft.question, *draft.steps))
    assert draft.value == draft.check, text
    assert not re.search(r"[{}\[\]<>|]|  | / |\bNone\b", text), text


@pytest.mark.parametrize(("language", "name", "i"), list(every_frame()))
def test_every_frame_suits_its_contexts(language: str, name: str, i: int) -> None:
    frame = words.chapter(language, name)["frame"][i]
    contexts = frames.contexts(language, name, frame)
    assert contexts
    rng = Random(f"{language}/{name}/{i}")
    for context in contexts:
        for _ in range(3):
            is_sound(frames.tell(rng, language, name, frame, context, SHAPES[name][frame["shape"]]))


@pytest.mark.parametrize("language", ["es", "en"])
@pytest.mark.parametrize("name", SHAPES)
def test_shapes_are_told_in_each_language(language: str, name: str) -> None:
    told = {frame["shape"] for frame in words.chapter(language, name)["frame"]}
    assert told == set(SHAPES[name])


@pytest.mark.parametrize("language", ["es", "en"])
@pytest.mark.parametrize("asked", ["end", "begin", "change", "totals"])
def test_every_scene_is_told(language: str, asked: str, monkeypatch: pytest.MonkeyPatch) -> None:
    family = getattr(flows, f"story_{asked}")
    seen: set[str] = set()

    def noted(*arguments: Any) -> scenes.Flow:
        flow = scenes.draw(*arguments)
        seen.add(flow.scene["name"])
        return flow

    monkeypatch.setattr(flows, "draw", noted)
    rng = Random(f"{language}/{asked}")
    for _ in range(900):
        is_sound(family(rng, language))
    every = words.chapter(language, "flows")["scene"]
    assert seen == {scene["name"] for scene in every if scenes.suits(scene, asked)}


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.name)
def test_solutions_repeat_facts_and_name_no_operation(family: Any) -> None:
    names = re.compile(
        r"\b[Ss]um(?:amos|ar\b)|\b[Rr]est(?:amos|ar\b)|[Mm]ultiplic|[Dd]ividi|[Jj]untamos|[Qq]uitamos"
    )
    rng = Random(family.name)
    for _ in range(60):
        for line in family.make(rng, "es").solution.splitlines()[:-1]:
            head = line.partition(":")[0]
            assert len(head) >= 4, line
            assert not names.search(head), line


@pytest.mark.parametrize("case", CASES["told"], ids=lambda case: case["told"])
def test_telling(case: dict[str, Any]) -> None:
    language = case.get("language", "es")
    noun = words.noun("canica|canicas|f|marble|marbles", Random(1))
    fields = people_fields(Random(1), language) | noun_fields(noun, language) | case.get("fields", {})
    fields = {key: tuple(value) if isinstance(value, list) else value for key, value in fields.items()}
    teller = Teller(Random(1), language, fields, case.get("tense", words.PAST))
    told = "; ".join(teller.joined([Clause.of(text) for text in clauses]) for clauses in case["clauses"])
    assert agree(told) == case["told"]


@pytest.mark.parametrize("text", CASES["kept"])
def test_numbers_that_stay_in_digits(text: str) -> None:
    assert {Teller(Random(seed), "es", {}).numerals(text) for seed in range(40)} == {text}


@pytest.mark.parametrize(("text", "wanted"), CASES["spelled"].items())
def test_numbers_in_words(text: str, wanted: str) -> None:
    language = "en" if re.search("[a-z]s? (?:were|had|are)", text) else "es"
    told = {Teller(Random(seed), language, {}).numerals(text) for seed in range(300)}
    assert {text, wanted} <= told


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("cuánto paga", False),
        ("cuánto paga {p}", True),
        ("cuánto le dan de vuelta", False),
        ("cuánto cuesta cada libro", True),
        ("cuántos libros le tocan a cada amigo", True),
        ("cuál es su velocidad media", False),
        ("cuánto gasta {p} en ese tiempo", False),
    ],
)
def test_a_question_goes_first_only_where_it_points_to_nothing_untold(question: str, first: bool) -> None:
    told = set()
    for seed in range(80):
        teller = Teller(Random(seed), "es", {"p": "Ana"})
        told.add(
            teller.tell([Clause("{p} / compra dos libros"), Clause("{p} / paga con 50 euros")], [question])
        )
    assert any(text.startswith("¿") for text in told) == first


@pytest.mark.parametrize(
    ("language", "part"), [("es", r"la mitad|la (?:tercera|cuarta) parte"), ("en", r"half|a third|a quarter")]
)
def test_what_a_solution_uses_is_told(language: str, part: str) -> None:
    """Of what happened, the half of something is told as well, wherever the question stands."""
    rng = Random(f"{language}/parts")
    told = 0
    for _ in range(1500):
        draft = flows.story_end(rng, language)
        if re.search(part, " ".join(draft.steps)):
            told += 1
            assert re.search(part, draft.question), (draft.question, draft.steps)
    assert told > 20


def test_le_is_of_somebody_who_was_named() -> None:
    rng = Random("le")
    for _ in range(1500):
        question = flows.story_begin(rng, "es").question
        assert not re.search(r"\b[Ll]es? quedan\b.* (?:antes|principio) una? ", question), question
