"""The public calls of the grader; everything is importable from ``hipatia.grading``."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor

from .. import i18n
from ..schema import Grade, GradeStatus
from . import compare, symbolic
from .extract import Claim, find_claim
from .reader import read
from .values import Seq, Value

_SPACE = re.compile(r"\s+")


def validate_math_response(
    response: str, expected: str, *, question: str | None = None, language: str = "auto"
) -> Grade:
    """Whether a response claims the expected answer. Never raises on any text; bounded in time.

    ``question`` settles a rounding, where given. ``language`` (``es``, ``en``, ``auto``) is a hint for
    ambiguous texts only.
    """
    if not isinstance(response, str) or not isinstance(expected, str):
        return _grade("unparsable", "", "", "", "not_text")
    try:
        return _validate(response, expected, question)
    except symbolic.TimedOut:
        return _grade("timeout", response[-200:], "", expected[:200], "timeout")
    except (ValueError, ArithmeticError, RecursionError, MemoryError):
        return _grade("unparsable", response[-200:], "", expected[:200], "unparsable")


def _validate(response: str, expected: str, question: str | None) -> Grade:
    wanted = _one_line(expected)
    if wanted and _one_line(response) == wanted:
        return _grade("correct", response.strip(), wanted, wanted, "same_text")
    claim = find_claim(response)
    if claim is None or claim.fault == "cut" or not claim.text:
        return _grade("no_answer", "", "", wanted, "no_answer")
    said = _one_line(claim.text)
    if wanted and said.rstrip(".") == wanted.rstrip("."):
        return _grade("correct", claim.text, said, wanted, "same_text")
    if claim.fault:
        return _grade("incorrect", claim.text, said, wanted, claim.fault)
    return _compared(claim, said, wanted, expected, question)


def _compared(claim: Claim, said: str, wanted: str, expected: str, question: str | None) -> Grade:
    right, given = read(expected), read(claim.text)
    if not given:
        return _grade("unparsable", claim.text, said, wanted, "unparsable")
    places = _places(question)
    undecided = False
    for a in right:
        for b in given:
            verdict = compare.same(a, b, places=places)
            if verdict:
                return _grade("correct", claim.text, said, wanted, "equal")
            undecided |= verdict is None
    if not right:
        return _grade("incorrect", claim.text, said, wanted, "other_text")
    if undecided:
        return _grade("unparsable", claim.text, said, wanted, "undecided")
    if _is_choice(given) and not any(isinstance(a, Seq) for a in right):
        return _grade("incorrect", claim.text, said, wanted, "hedged")
    return _grade("incorrect", claim.text, said, wanted, "different")


def _is_choice(values: list[Value]) -> bool:
    return any(isinstance(value, Seq) and value.alternative for value in values)


_PLACES = re.compile(
    r"(?P<n>\d|un|dos|tres|cuatro|one|two|three|four) (?:cifras? )?(?:decimal(?:es)?|decimal places?|cifras decimales)"
    r"|(?P<tenth>d[eé]cimas?|nearest tenth)|(?P<hundredth>cent[eé]simas?|nearest hundredth|nearest cent)"
    r"|(?P<unit>redonde\w* (?:a la|al|a) (?:unidad|entero)|nearest (?:whole|integer|unit))",
    re.I,
)
_COUNT = {"un": 1, "dos": 2, "tres": 3, "cuatro": 4, "one": 1, "two": 2, "three": 3, "four": 4}


def _places(question: str | None) -> int | None:
    """The decimals that a question asks to round to."""
    if not question or not re.search(r"redond|aproxim|round|nearest|decimal", question[-2000:], re.I):
        return None
    match = _PLACES.search(question[-2000:])
    if not match:
        return None
    if match["n"]:
        return int(match["n"]) if match["n"].isdigit() else _COUNT[match["n"].lower()]
    return 1 if match["tenth"] else 2 if match["hundredth"] else 0


def _one_line(text: str) -> str:
    return _SPACE.sub(" ", text[:20_000]).strip()


def _grade(status: GradeStatus, span: str, said: str, wanted: str, reason: str) -> Grade:
    sentence = i18n.t(f"grading.{reason}", given=said[:120], expected=wanted[:120])
    return Grade(status, span, said, wanted, sentence)


def validate_many(rows: Iterable[tuple[str, str, str | None]]) -> list[Grade]:
    """Grades of (response, expected, question) rows, in order; the symbolic layer uses all cores."""
    with ThreadPoolExecutor(max_workers=min(os.cpu_count() or 1, 8)) as pool:
        return list(pool.map(lambda row: validate_math_response(row[0], row[1], question=row[2]), rows))
