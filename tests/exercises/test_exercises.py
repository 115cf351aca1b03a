"""Every family, in both languages: right equalities, right answers, sound texts, the same each time."""

from __future__ import annotations

import itertools
import json
import re
import unicodedata
from collections import Counter
from fractions import Fraction
from pathlib import Path
from random import Random

import pytest

from hipatia import exercises
from hipatia.arithmetic import evaluate
from hipatia.errors import DataError
from hipatia.exercises.core import ANSWER_LABELS, Exercise, Family
from hipatia.grading import check_steps, validate_math_response
from hipatia.schema import LEVELS, TOPICS

ROWS = 200
CASES = [(family, language) for family in exercises.FAMILIES for language in ("es", "en")]
WORDING = json.loads((Path(__file__).parent / "wording.json").read_text(encoding="utf-8"))
_cache: dict[tuple[str, str], list[Exercise]] = {}


def rows(family: Family, language: str) -> list[Exercise]:
    key = family.name, language
    if key not in _cache:
        rng = Random(f"{family.name}/{language}")
        _cache[key] = [family.make(rng, language) for _ in range(ROWS)]
    return _cache[key]


def every(check):
    """The families with both languages as the cases of a test."""
    return pytest.mark.parametrize(("family", "language"), CASES, ids=lambda v: getattr(v, "name", v))(check)


def _number(text: str) -> Fraction:
    return evaluate(text.replace("−", "-"))


def _holds(step: str, answer: str) -> bool:
    """Whether an equality with letters is true for the values in the answer (x = 3, y = 2; or a number)."""
    values: dict[str, list[Fraction]] = {}
    for letter, value in re.findall(r"([xy]) = (−?\d+)", answer):
        values.setdefault(letter, []).append(_number(value))
    if not values:
        number = _number(re.sub(r" (?!/)[^\W\d_]{2,}$| €$", "", answer))
        step = re.sub(r"f\(.*?\)(?= =)", "m", step)
        values = {"m": [number], "x": [number]}
    for chosen in itertools.product(*values.values()):
        sides = step
        for letter, value in zip(values, chosen, strict=True):
            sides = re.sub(rf"(\d){letter}", rf"\1 × ({value})", sides)
            sides = sides.replace(letter, f"({value})")
        left, right = sides.split("=")
        if evaluate(left) == evaluate(right):
            return True
    return False


@every
def test_equalities_are_right(family: Family, language: str) -> None:
    # A written chain is checked once however often it occurs.
    for solution, answer in {(row.solution, row.answer) for row in rows(family, language)[:8]}:
        work = solution.rsplit("\n", 1)[0]
        for step in check_steps(work):
            text = step.text if step.text[0] != "²" else f"x{step.text}"
            assert step.verdict == "right" or (step.verdict == "undecided" and _holds(text, answer)), solution


@every
def test_written_chains_are_right(family: Family, language: str) -> None:
    """Purely numeric chains, by the project's exact arithmetic, on every row."""
    chain = re.compile(r"[-−√(\d][-\d\s.,+−×÷/()²³⁴⁵⁶⁷⁸⁹⁰¹√]*(?:=[-\d\s.,+−×÷/()²³⁴⁵⁶⁷⁸⁹⁰¹√]+)+")
    for row in rows(family, language):
        for line in row.solution.splitlines():
            if re.search(r"\d[a-z]\b|\b[xymf]\b", line):
                continue
            for match in chain.finditer(line):
                sides = [side.strip(" .") for side in match[0].split("=")]
                assert len({evaluate(side, language=language) for side in sides}) == 1, line


@every
def test_solution_ends_with_the_answer(family: Family, language: str) -> None:
    for row in rows(family, language):
        *work, last = row.solution.splitlines()
        assert last == f"{ANSWER_LABELS[language]}: {row.answer}"
        assert work


@every
def test_grader_accepts_the_solution(family: Family, language: str) -> None:
    for row in rows(family, language)[:3]:
        grade = validate_math_response(row.solution, row.answer, question=row.question)
        assert grade, (row.question, row.answer, grade.reason)


@every
def test_texts_are_sound(family: Family, language: str) -> None:
    for row in rows(family, language):
        for text in (row.question, row.solution):
            assert unicodedata.is_normalized("NFC", text)
            assert not re.search(r"  |->|[{}]| [,.;!](?!\d)|(?<![=,]) \?|None|Fraction", text), text
            assert text == text.strip()
            asked = len(re.findall(r"(?<![=,] )\?", text))
            assert text.count("¿") == (asked if language == "es" else 0), text
        assert not re.search(r"\d\.\d", row.solution) or language == "en", row.solution
        assert not row.question[0].islower() or re.match(r"\w{3} ?\(", row.question), row.question
        assert 5 <= len(row.solution.split()) <= 75, row.solution


@every
def test_grammar_traps(family: Family, language: str) -> None:
    for row in rows(family, language):
        for trap, why in WORDING["traps"][language].items():
            found = re.search(trap, row.question)
            assert not found, (why, row.question)


@every
def test_the_answer_has_the_unit_that_is_asked_for(family: Family, language: str) -> None:
    """«¿Cuántas horas tardan?» has no bare number for an answer."""
    for row in rows(family, language):
        asked = re.search(WORDING["units"][language], row.question)
        assert not asked or not re.fullmatch(r"−?[\d.,/]+", row.answer), row


@every
def test_phrasings(family: Family, language: str) -> None:
    keys = [key for key in family.phrasings if key.split(":")[0] == language]
    templates = [text for key in keys for text in family.phrasings[key]]
    wordings = {exercises.mask_numerals(row.question) for row in rows(family, language)}
    if not family.phrasings:  # composed of clauses
        assert len(wordings) > ROWS * (0.2 if family.unseen else 0.6)
        return
    assert len(templates) >= 6
    assert len(set(templates)) == len(templates)
    assert len(wordings) >= 6


def test_families_are_well_formed() -> None:
    names = Counter(family.name for family in exercises.FAMILIES)
    assert max(names.values()) == 1
    assert {family.topic for family in exercises.FAMILIES} == set(TOPICS)
    assert {family.level for family in exercises.FAMILIES} <= set(LEVELS)


def test_unseen_families_are_apart() -> None:
    unseen = {family.name for family in exercises.UNSEEN_FAMILIES}
    assert not unseen & {family.name for family in exercises.TRAINING_FAMILIES}
    assert 0.18 <= len(unseen) / len(exercises.FAMILIES) <= 0.25
    assert {family.topic for family in exercises.UNSEEN_FAMILIES} == set(TOPICS)
    made = exercises.generate(1500, seed=4, families=exercises.TRAINING_FAMILIES)
    assert not {row.family for row in made} & unseen


def test_generate_is_deterministic_and_different() -> None:
    first, again, other = (exercises.generate(800, seed=seed) for seed in (1, 1, 2))
    assert first == again
    assert {row.question for row in first} != {row.question for row in other}
    assert len({row.question for row in first}) == len({row.id for row in first}) == 800


def test_generate_is_balanced() -> None:
    counts = Counter(row.family for row in exercises.generate(2000, seed=9))
    whole = sum(family.weight for family in exercises.FAMILIES)
    for family in exercises.FAMILIES:
        assert counts[family.name] >= min(int(2000 * family.weight / whole), 40)


def test_generate_chooses() -> None:
    made = exercises.generate(50, seed=1, topics=["statistics"], language="en")
    assert {row.topic for row in made} == {"statistics"}
    made = exercises.generate(50, seed=1, families=["ages", exercises.FAMILIES[1]])
    assert {row.family for row in made} == {"ages", exercises.FAMILIES[1].name}
    made = exercises.generate(50, seed=1, levels=["primary", "upper_secondary"])
    assert {row.level for row in made} == {"primary", "upper_secondary"}


def test_avoid_ignores_the_numbers() -> None:
    banned = [row.question for row in exercises.generate(300, seed=1, families=["percent_of", "addition"])]
    masks = {exercises.mask_numerals(text) for text in banned[:3]}
    made = exercises.generate(100, seed=2, families=["percent_of", "addition"], avoid=banned[:3])
    assert not masks & {exercises.mask_numerals(row.question) for row in made}


def test_what_rows_ask() -> None:
    row = exercises.generate(1, seed=3, families=["percent_of"])[0]
    told = exercises.conversations([row], seed=3, hints=1)
    assert row.question in exercises.asked_in(told)
    again = exercises.generate(60, seed=3, families=["percent_of"], avoid=exercises.asked_in(told))
    assert exercises.mask_numerals(row.question) not in {exercises.mask_numerals(r.question) for r in again}


@pytest.mark.parametrize(
    ("arguments", "key"),
    [
        ({"language": "fr"}, "fr"),
        ({"levels": ["primary", "magic"]}, "magic"),
        ({"topics": ["magic"]}, "magic"),
        ({"families": ["magic"]}, "magic"),
        ({"families": ["usual_angle"], "n": 5000}, "5000"),
    ],
)
def test_mistakes_are_told(arguments: dict, key: str) -> None:
    with pytest.raises(DataError) as caught:
        exercises.generate(arguments.pop("n", 5), seed=1, **arguments)
    assert key in caught.value.message
    assert caught.value.hint


def test_records() -> None:
    row = exercises.generate(1, seed=3, families=["discount"])[0]
    conversation, problem = row.conversation(), row.problem()
    assert [message.role for message in conversation.messages] == ["user", "assistant"]
    assert (conversation.answer, conversation.family, conversation.topic) == (
        row.answer,
        "discount",
        "percentages",
    )
    assert (conversation.language, conversation.level, conversation.id) == ("es", row.level, row.id)
    assert (problem.question, problem.answer, problem.id) == (row.question, row.answer, row.id)


@pytest.mark.parametrize("case", WORDING["chains"], ids=lambda case: case["written"])
def test_chains(case: dict) -> None:
    from hipatia.exercises import steps

    written = getattr(steps, case["call"])(*case["numbers"], "es")
    assert written.text == case["written"]


@pytest.mark.parametrize("case", WORDING["agreement"], ids=lambda case: case[1])
def test_agreement(case: list[str]) -> None:
    from hipatia.exercises.wording import agree

    assert agree(case[0]) == case[1]
