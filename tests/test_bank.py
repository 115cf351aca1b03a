"""The bundled question bank keeps the shape and the distribution it was committed with."""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from importlib import resources

import pytest

from hipatia.schema import LEVELS, TOPICS, Problem

BY_TOPIC = {
    "word_problems": 34,
    "numbers": 18,
    "equations": 14,
    "fractions": 12,
    "percentages": 12,
    "geometry": 12,
    "powers": 10,
    "proportion": 8,
    "algebra": 8,
    "functions": 6,
    "trigonometry": 4,
    "probability": 4,
    "statistics": 4,
    "calculus": 4,
}
BY_LEVEL = {"primary": 75, "lower_secondary": 50, "upper_secondary": 25}
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
    assert [p.id for p in bank] == [f"bank-{i:03d}" for i in range(1, 151)]


def test_distribution(bank: list[Problem]) -> None:
    assert set(BY_TOPIC) == set(TOPICS)
    assert set(BY_LEVEL) == set(LEVELS)
    assert Counter(p.topic for p in bank) == BY_TOPIC
    assert Counter(p.level for p in bank) == BY_LEVEL
    assert {p.language for p in bank} == {"es"}


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
