"""The public calls of the grader; everything is importable from ``hipatia.grading``."""

from __future__ import annotations

import os
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor

from .. import i18n
from ..schema import Grade
from . import batch, symbolic
from .grader import Outcome, judge, one_line


def validate_math_response(
    response: str, expected: str, *, question: str | None = None, language: str = "auto"
) -> Grade:
    """Whether a response claims the expected answer. Never raises on any text; bounded in time.

    ``question``, where given, settles a rounding, a value for π, or what "yes" agrees to. ``language``
    (``es``, ``en`` or ``auto``: told by the words) settles what 03/04/2024 is: in Spanish the day is first,
    in English either may be.
    """
    if not isinstance(response, str) or not isinstance(expected, str):
        return _grade(Outcome("unparsable", "", "not_text"), "")
    try:
        return _grade(judge(response, expected, question, language), expected)
    except symbolic.TimedOut:
        return _grade(Outcome("timeout", response[-200:], "timeout"), expected[:200])
    except Exception:  # the promise is a verdict for any text; tests ask below this guard
        return _grade(Outcome("unparsable", response[-200:], "unparsable"), expected[:200])


def _grade(outcome: Outcome, expected: str) -> Grade:
    said, wanted = one_line(outcome.claim), one_line(expected)
    sentence = i18n.t(f"grading.{outcome.reason}", given=said[:120], expected=wanted[:120])
    return Grade(outcome.status, outcome.claim, said, wanted, sentence)


def validate_many(rows: Iterable[tuple[str, str, str | None]]) -> list[Grade]:
    """Grades of (response, expected, question) rows, in order; on all cores where there are many."""
    rows = list(rows)
    count = batch.processes(len(rows))
    if count < 2:
        return _here(rows)
    parts = batch.graded(rows, count, i18n.language())
    size = -(-len(rows) // count)
    return [
        grade
        for i, grades in enumerate(parts)
        for grade in (grades if grades is not None else _here(rows[i * size : (i + 1) * size]))
    ]


def _here(rows: list[batch.Row]) -> list[Grade]:
    """In this process; threads, so that several symbolic questions are asked at a time."""
    with ThreadPoolExecutor(min(os.cpu_count() or 1, 8)) as pool:
        return list(pool.map(lambda row: validate_math_response(row[0], row[1], question=row[2]), rows))
