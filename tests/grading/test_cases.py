"""The tables of graded answers: each row's verdict must be the grader's."""

import json
from pathlib import Path

import pytest

from hipatia.grading import batch, symbolic, validate_many, validate_math_response
from hipatia.grading.grader import judge

TABLES = sorted(Path(__file__).parent.glob("*.json"))


def rows(path):
    return json.loads(path.read_text(encoding="utf-8"))


def judged(row):
    """Below the public call, whose last guard would hide a mistake of ours."""
    try:
        return judge(row["response"], row["expected"], row.get("question")).status
    except symbolic.TimedOut:
        return "timeout"


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.stem)
def test_verdicts(path):
    mistakes = []
    for row in rows(path):
        outcome = judged(row)
        if (outcome == "correct") != row["correct"]:
            mistakes.append(f"{row['response']!r} for {row['expected']!r}: {outcome}")
    assert not mistakes, "\n".join(mistakes)


def test_tables_are_many_and_a_third_is_wrong():
    every = [row for path in TABLES for row in rows(path)]
    wrong = sum(not row["correct"] for row in every)
    assert len(every) >= 600
    assert wrong >= len(every) * 0.3
    assert len(TABLES) >= 20


@pytest.mark.parametrize("processes", [1, 2])
def test_many_keeps_the_order(monkeypatch, processes):
    monkeypatch.setattr(batch, "processes", lambda rows: processes)
    sample = [(row["response"], row["expected"], row.get("question")) for row in rows(TABLES[0])]
    assert validate_many(sample) == [validate_math_response(r, e, question=q) for r, e, q in sample]


def test_many_outlive_a_process_that_fails(monkeypatch):
    monkeypatch.setattr(batch, "processes", lambda rows: 2)
    monkeypatch.setattr(batch, "_in_process", lambda rows, language: None)
    assert [grade.status for grade in validate_many([("12", "12", None), ("13", "12", None)])] == [
        "correct",
        "incorrect",
    ]


@pytest.mark.parametrize(
    ("rows", "cores", "processes"), [(10, 8, 0), (4_000, 8, 2), (1_000_000, 8, 8), (4_000, 1, 1)]
)
def test_processes_where_they_pay(monkeypatch, rows, cores, processes):
    monkeypatch.setattr("os.cpu_count", lambda: cores)
    assert batch.processes(rows) == processes


@pytest.mark.parametrize(
    ("response", "expected", "language", "correct"),
    [
        ("03/04/2024", "3 de abril de 2024", "es", True),
        ("04/03/2024", "3 de abril de 2024", "es", False),
        ("04/03/2024", "April 3, 2024", "en", True),
        ("03/04/2024", "April 3, 2024", "en", True),
        ("La fecha es el 04/03/2024.", "3 de abril de 2024", "auto", False),
        ("The date is 04/03/2024.", "April 3, 2024", "auto", True),
    ],
)
def test_the_language_settles_dates(response, expected, language, correct):
    assert bool(validate_math_response(response, expected, language=language)) is correct


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
