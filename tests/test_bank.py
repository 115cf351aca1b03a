"""The bundled question bank keeps the shape and the distribution it was committed with."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections import Counter
from importlib import resources

import pytest

from hipatia import grading
from hipatia.schema import LEVELS, TOPICS, Problem

FIRST = 150  # committed before the exercise generator; every earlier figure rests on them
FIRST_SHA256 = "7c175419220a49dbb8c6909a45760f328f7b67827ecaebbd08ffe76a50332a2f"
BY_TOPIC = {
    "word_problems": (34, 70),
    "numbers": (18, 14),
    "equations": (14, 6),
    "fractions": (12, 6),
    "percentages": (12, 4),
    "geometry": (12, 6),
    "powers": (10, 6),
    "proportion": (8, 6),
    "algebra": (8, 6),
    "functions": (6, 6),
    "trigonometry": (4, 5),
    "probability": (4, 5),
    "statistics": (4, 5),
    "calculus": (4, 5),
}
BY_LEVEL = {"primary": (75, 97), "lower_secondary": (50, 45), "upper_secondary": (25, 8)}
NUMERAL = re.compile(r"\d+(?:[.,]\d+)*")


@pytest.fixture(scope="module")
def text() -> str:
    return resources.files("hipatia").joinpath("data/bank.json").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def bank(text: str) -> list[Problem]:
    return [Problem(**row) for row in json.loads(text)]


def masked(question: str) -> str:
    return " ".join(NUMERAL.sub("#", question).casefold().split())


def test_ids_are_consecutive(bank: list[Problem]) -> None:
    assert [p.id for p in bank] == [f"bank-{i:03d}" for i in range(1, 301)]


def test_first_problems_are_unchanged(text: str) -> None:
    lines = text.split("\n")[1 : FIRST + 1]
    assert hashlib.sha256("\n".join(lines).removesuffix(",").encode()).hexdigest() == FIRST_SHA256


@pytest.mark.parametrize("part", [0, 1], ids=["first", "added"])
def test_distribution(bank: list[Problem], part: int) -> None:
    rows = bank[FIRST:] if part else bank[:FIRST]
    assert set(BY_TOPIC) == set(TOPICS)
    assert set(BY_LEVEL) == set(LEVELS)
    assert Counter(p.topic for p in rows) == {topic: n[part] for topic, n in BY_TOPIC.items()}
    assert Counter(p.level for p in rows) == {level: n[part] for level, n in BY_LEVEL.items()}
    assert {p.language for p in rows} == {"es"}


def test_the_grader_agrees_with_every_answer(bank: list[Problem]) -> None:
    grade = grading.validate_math_response
    assert [p.id for p in bank if not grade(p.answer, p.answer, question=p.question)] == []


def test_texts_are_clean(text: str, bank: list[Problem]) -> None:
    assert unicodedata.is_normalized("NFC", text)
    for problem in bank:
        for field in (problem.question, problem.answer):
            assert field, problem.id
            assert field == " ".join(field.split()), problem.id


def test_question_marks_open_and_close(bank: list[Problem]) -> None:
    assert [p.id for p in bank if p.question.count("¿") != p.question.count("?")] == []


def test_answers_are_short(bank: list[Problem]) -> None:
    assert [p.id for p in bank if len(p.answer) > 20 or "." in p.answer] == []


def test_no_two_questions_differ_in_numerals_only(bank: list[Problem]) -> None:
    repeated = {q: n for q, n in Counter(masked(p.question) for p in bank).items() if n > 1}
    assert repeated == {}
