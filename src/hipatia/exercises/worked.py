"""A worked solution line by line, and what a student may write instead of a line.

lines = worked(exercise)        # [Line("Tenía 20 y perdió 3", "20 − 3 = 17", Calculation(…))]
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from ..arithmetic import evaluate
from .core import Exercise
from .wording import MINUS

NUMBER = rf"{MINUS}?\d+(?:[.,]\d+)?(?:/\d+)?"
_OPERAND = rf"(?:{NUMBER}|\({NUMBER}\))"
BINARY = re.compile(rf"({_OPERAND}) ([+{MINUS}×÷]) ({_OPERAND})")
_SIDE = rf"[\d.,/()+{MINUS}×÷√ ⁰¹²³⁴⁵⁶⁷⁸⁹]+"
# «Sumamos 29 y 29: 29 + 29 = 58», «x = 8 + 3 = 11», «El 10 % es 40 ÷ 10 = 4».
_CALCULATION = re.compile(
    rf"(?:(?P<lead>[^=]+?)(?:[:;]| es| is) )?(?P<left>[^=:;]*[a-z][^=:;]* = )?(?P<expression>{_SIDE}?)(?: = {_SIDE})+"
)
_PROSE = re.compile(
    r"(?P<lead>[^:(]+(?:\([^)]+\))?): (?P<work>.+)|(?P<subject>\D[^:;]*?) (?:es|is) (?P<said>[−\d√x][^;]*)"
)


@dataclass(frozen=True, slots=True)
class Calculation:
    """``left`` (empty, or what is looked for: "x = "), a numeric expression, its value."""

    left: str
    expression: str
    value: Fraction

    @property
    def operation(self) -> str:
        """The sign between two operands; empty where there are more, or fewer."""
        found = BINARY.fullmatch(self.expression)
        return found[2] if found else ""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a solution: what it is about, what is done, and the calculation where it is a single one."""

    lead: str
    work: str
    calculation: Calculation | None = None


@dataclass(frozen=True, slots=True)
class Mistake:
    """What kind it is, the first line that is wrong or missing, the wrong result, and how it came about.

    ``line`` is the number of lines where the work is right and only the answer is not. ``work`` is empty
    where the student only tells the result.
    """

    kind: str
    line: int
    wrong: str
    work: str = ""
    instead: str = ""


def worked(exercise: Exercise) -> list[Line]:
    """The lines of the solution, without the answer's."""
    return [_line(text.removesuffix("."), exercise.language) for text in exercise.solution.splitlines()[:-1]]


def numerals(text: str) -> list[str]:
    """The numbers of a text as they are written: 12, −3, 2,5, 3/4."""
    return re.findall(NUMBER, text)


def _line(text: str, language: str) -> Line:
    found = _CALCULATION.fullmatch(text)
    if found:
        left, expression = found["left"] or "", found["expression"]
        try:
            value = evaluate(expression, language=language)
        except ValueError:
            pass
        else:
            work = text[found.start("left" if left else "expression") :]
            return Line(found["lead"] or "", work, Calculation(left, expression, value))
    if prose := _PROSE.fullmatch(text):
        return Line(prose["lead"] or prose["subject"], prose["work"] or prose["said"])
    return Line("", text[0].lower() + text[1:])
