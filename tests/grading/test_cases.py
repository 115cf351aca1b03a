"""The tables of graded answers: each row's verdict must be the grader's."""

import json
from pathlib import Path

import pytest

from hipatia.grading import validate_many, validate_math_response

TABLES = sorted(Path(__file__).parent.glob("*.json"))


def rows(path):
    return json.loads(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.stem)
def test_verdicts(path):
    mistakes = []
    for row in rows(path):
        grade = validate_math_response(row["response"], row["expected"], question=row.get("question"))
        if bool(grade) != row["correct"]:
            mistakes.append(f"{row['response']!r} for {row['expected']!r}: {grade.status}, {grade.reason}")
    assert not mistakes, "\n".join(mistakes)


def test_tables_are_many_and_a_third_is_wrong():
    every = [row for path in TABLES for row in rows(path)]
    wrong = sum(not row["correct"] for row in every)
    assert len(every) >= 600
    assert wrong >= len(every) * 0.3
    assert len(TABLES) >= 20


def test_many_keeps_the_order():
    sample = [(row["response"], row["expected"], row.get("question")) for row in rows(TABLES[0])]
    assert validate_many(sample) == [validate_math_response(r, e, question=q) for r, e, q in sample]


def test_an_expected_answer_is_right_for_itself():
    for path in TABLES:
        for row in rows(path):
            expected = row["expected"]
            if expected:
                assert validate_math_response(expected, expected), expected


@pytest.mark.parametrize(
    ("response", "expected", "status"),
    [
        ("La respuesta es 12.", "12", "correct"),
        ("La respuesta es 13.", "12", "incorrect"),
        ("12 o 13", "12", "incorrect"),
        ("No es 12.", "12", "incorrect"),
        ("más de 12", "12", "incorrect"),
        ("", "12", "no_answer"),
        ("La respuesta es", "12", "no_answer"),
        ("<think>12", "12", "no_answer"),
        ("La respuesta es 12 @@ 13", "12", "unparsable"),
    ],
)
def test_statuses(response, expected, status):
    grade = validate_math_response(response, expected)
    assert grade.status == status
    assert grade.reason.endswith(".")
