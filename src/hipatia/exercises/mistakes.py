"""Typical mistakes in a worked solution: what a student would have written instead, and where.

    lines = worked(exercise)
    mistakes(exercise, lines)       # [Mistake("reversed", 0, "23", "20 + 3 = 23"), …]

All come from the exercise's own lines and answer; none is the right value of its line or of the answer.
Mistakes that only one kind of exercise invites are in typical.py.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterator
from fractions import Fraction

from ..arithmetic import evaluate
from .core import Exercise
from .typical import TYPICAL
from .wording import MINUS, frac, num
from .worked import BINARY, NUMBER, Calculation, Line, Mistake, numerals

_SUM = re.compile(r"(\d+(?: \+ \d+)+) \+ \d+")
_FRACTIONS = re.compile(rf"(\d+)/(\d+) ([+{MINUS}]) (\d+)/(\d+)")
_MIXED = re.compile(rf"(?:(\d+) × (\d+) ([+{MINUS}]) (\d+)|(\d+) ([+{MINUS}]) (\d+) × (\d+))")
_POWER = re.compile(r"(\d+)([²³⁴⁵⁶])")
_OPERATIONS: dict[str, Callable[[Fraction, Fraction], Fraction]] = {
    "+": operator.add,
    MINUS: operator.sub,
    "×": operator.mul,
    "÷": operator.truediv,
}
SIGNS = tuple(_OPERATIONS)
# What is done instead, the likeliest first.
_REVERSED = {"+": MINUS, MINUS: "+", "×": "÷+", "÷": f"×{MINUS}"}
_BY_RULE = {"+": "×", MINUS: "÷+", "×": "+", "÷": MINUS}
_BY_FORMULA = {**_REVERSED, "+": "×", "×": "+"}
# How a wrong operation is hinted at; a calculation that is told as such is not mistaken for another.
_CHOICES = {
    "numbers": ("", {}),
    "fractions": ("rule", {"×": "+", "÷": "×"}),
    "powers": ("rule", _BY_RULE),
    "algebra": ("rule", _BY_RULE),
    "calculus": ("rule", _BY_RULE),
    "geometry": ("formula", _BY_FORMULA),
    "trigonometry": ("rule", _REVERSED),
    "equations": ("operation", _REVERSED),
    "functions": ("operation", _REVERSED),
}
_TABLE = {"1/2": "√3/2", "√3/2": "1/2", "√3": "√3/3", "√3/3": "√3", "30°": "60°", "60°": "30°"}


def mistakes(exercise: Exercise, lines: list[Line]) -> list[Mistake]:
    """All typical mistakes that the exercise gives occasion for; there may be none."""
    found = [*_in_answer(exercise, lines), *_too_early(exercise, lines)]
    if exercise.family in TYPICAL:
        found += TYPICAL[exercise.family](exercise, lines)
    for place, line in enumerate(lines[:2]):
        if line.calculation and all("=" in before.work for before in lines[:place]):
            found += _in_line(exercise, line.calculation, place)
    steps = {line.work for line in lines}
    return [
        each
        for each in found
        if not _is_right(each.wrong, exercise) and (each.kind == "partial" or each.work not in steps)
    ]


def _is_right(wrong: str, exercise: Exercise) -> bool:
    """Whether it is the answer or a number of it, however written: 0,75 and 3/4, 0,4 and 40 %."""
    if not re.fullmatch(NUMBER, wrong):
        return wrong == exercise.answer
    values = {evaluate(number, language=exercise.language) for number in numerals(exercise.answer)}
    if exercise.answer.endswith("%"):
        values |= {value / 100 for value in values}
    return evaluate(wrong, language=exercise.language) in values


def _in_line(exercise: Exercise, right: Calculation, place: int) -> Iterator[Mistake]:
    """Mistakes of one calculation."""
    for kind, expression, value, written in _wrong_values(exercise, right):
        if not _believable(value, right.value, kind):
            continue
        wrong = written or num(value, exercise.language)
        instead = next((sign for sign in SIGNS if f" {sign} " in expression), "")
        line = 0 if kind.startswith("across") else place  # the step before is what was left out
        yield Mistake(kind, line, wrong, f"{right.left}{expression} = {wrong}", instead)


def _believable(value: Fraction, right: Fraction, kind: str) -> bool:
    whole = kind == "point" or kind.startswith("across") or right.denominator > 1 or value.denominator == 1
    return whole and value != right and (value > 0 or right < 0 != value)


Wrong = tuple[str, str, Fraction, str]


def _wrong_values(exercise: Exercise, right: Calculation) -> Iterator[Wrong]:
    """Kind, expression and value of each mistake, and the value as written where it is a fraction as it came."""
    yield from _other_operation(exercise, right)
    yield from _careless(exercise, right)
    yield from _fractions_across(right)
    yield from _signs(exercise, right)
    text = right.expression
    if found := _SUM.fullmatch(text):
        yield "addend", found[1], evaluate(found[1]), ""
    if _POWER.search(text):
        product = _POWER.sub(lambda power: f"({power[1]} × {'²³⁴⁵⁶'.index(power[2]) + 2})", text)
        yield "exponent", text, evaluate(product, language=exercise.language), ""
    if found := _MIXED.fullmatch(text):
        a, b, sign, c, d, minus, e, f = found.groups()
        grouped = f"{a} × ({b} {sign} {c})" if a else f"({d} {minus} {e}) × {f}"
        yield "order", text, evaluate(grouped), ""


def _operands(right: Calculation, language: str) -> tuple[Fraction, str, Fraction] | None:
    found = BINARY.fullmatch(right.expression)
    if not found:
        return None
    return evaluate(found[1], language=language), found[2], evaluate(found[3], language=language)


def _other_operation(exercise: Exercise, right: Calculation) -> Iterator[Wrong]:
    """Added instead of subtracted, divided instead of multiplied, and so on."""
    operands = _operands(right, exercise.language)
    kind, others = _CHOICES.get(exercise.topic, ("reversed", _REVERSED))
    if exercise.family.startswith("equation"):
        kind = "inverse"
    if not operands or exercise.family in TYPICAL:
        return
    a, sign, b = operands
    for other in others.get(sign, "") if 1 not in (a, b) else "":
        first, second = (b, a) if other == MINUS and 0 < a < b else (a, b)
        if other == "÷" and not second:
            continue
        value = _OPERATIONS[other](first, second)
        if _believable(value, right.value, kind) and value <= 100 * abs(right.value):
            left, end = right.expression.split(f" {sign} ", 1)
            left, end = (left, end) if first == a else (end, left)
            yield kind, f"{left} {other} {end}", value, frac(value) if "/" in right.expression else ""
            return


def _careless(exercise: Exercise, right: Calculation) -> Iterator[Wrong]:
    """The right operation with a slip: a carry forgotten, a place of the decimal mark, the neighbour in a table."""
    operands = _operands(right, exercise.language)
    if not operands or any(part < 0 or "/" in right.expression for part in (operands[0], operands[2])):
        return
    a, sign, b = operands
    text = right.expression
    if a.denominator > 1 or b.denominator > 1:
        yield from _decimal_slips(a, sign, b, text, right.value)
        return
    carried = _digitwise(int(a), sign, int(b))
    if carried is not None and carried != right.value:
        if sign != MINUS or carried < a:
            yield "borrow" if sign == MINUS else "carry", text, Fraction(carried), ""
    elif min(a, b) > 1 and max(a, b) < 100 and right.value > 2 and (sign != "×" or 2 < max(a, b) < 13):
        yield "slip", text, right.value - (min(a, b) if sign == "×" else 1), ""


def _decimal_slips(a: Fraction, sign: str, b: Fraction, text: str, right: Fraction) -> Iterator[Wrong]:
    if sign in "×÷":
        yield "point", text, right * 10, ""
        return
    scale = max(10**places for places in range(5) if places == 0 or _has_place((a, b), places))
    first, second = int(a * scale), int(b * scale)
    carried = _digitwise(first, sign, second)
    if carried is not None and (sign != MINUS or carried < first):
        yield "borrow" if sign == MINUS else "carry", text, Fraction(carried, scale), ""


def _has_place(numbers: tuple[Fraction, ...], places: int) -> bool:
    """Whether one of them needs so many decimals."""
    return any((each * 10 ** (places - 1)).denominator > 1 for each in numbers)


def _digitwise(a: int, sign: str, b: int) -> int | None:
    """The result of a calculation column by column, nothing carried or borrowed; None where it is not done so."""
    if sign == "×" and max(a, b) > 9 > min(a, b) - 1:
        columns = [int(digit) * min(a, b) for digit in reversed(str(max(a, b)))]
    elif sign in ("+", MINUS) and max(a, b) > 9:
        width = max(len(str(a)), len(str(b)))
        pairs = zip(reversed(f"{a:0{width}}"), reversed(f"{b:0{width}}"), strict=True)
        columns = [int(x) + int(y) if sign == "+" else abs(int(x) - int(y)) for x, y in pairs]
    else:
        return None
    kept = [column % 10 for column in columns[:-1]] + columns[-1:]
    return sum(digit * 10**place for place, digit in enumerate(kept))


def _fractions_across(right: Calculation) -> Iterator[Wrong]:
    """Numerators and denominators added apart: 1/2 + 1/3 = 2/5."""
    if found := _FRACTIONS.fullmatch(right.expression):
        a, b, sign, c, d = found.groups()
        top, bottom = (int(_OPERATIONS[sign](Fraction(x), Fraction(y))) for x, y in ((a, c), (b, d)))
        if top > 0 and bottom > 1:
            yield "across_same" if b == d else "across", found[0], Fraction(top, bottom), f"{top}/{bottom}"


def _signs(exercise: Exercise, right: Calculation) -> Iterator[Wrong]:
    """A minus sign lost in the result, or in a subtraction of a negative number."""
    text = right.expression
    if f"{MINUS} ({MINUS}" in text:
        plain = re.sub(rf"{MINUS} \({MINUS}([^)]+)\)", rf"{MINUS} \1", text)
        yield "minus", text, evaluate(plain, language=exercise.language), ""
    elif right.value < 0:
        yield "sign", text, -right.value, ""


def _too_early(exercise: Exercise, lines: list[Line]) -> Iterator[Mistake]:
    """The first steps are right, and what they come to is taken for the answer."""
    if len(lines) < 2:
        return
    first, second = lines[:2]
    if not first.calculation:
        if exercise.topic == "calculus" and re.fullmatch(
            rf"[\d xt²³⁴+{MINUS}]*[xt][\d xt²³⁴+{MINUS}]*", first.work
        ):
            yield Mistake("partial", 1, first.work)
        return
    value = _result(first.work, first.calculation, exercise.language)
    yield Mistake("partial", 1, value, first.work)
    if len(lines) > 2 and second.calculation and value in numerals(second.calculation.expression):
        wrong = _result(second.work, second.calculation, exercise.language)
        yield Mistake("partial", 2, wrong, second.work)


def _result(work: str, calculation: Calculation, language: str) -> str:
    """What a calculation comes to, as its line has it."""
    end = work.rpartition(" = ")[2]
    return end if re.fullmatch(NUMBER, end) else num(calculation.value, language)


def _in_answer(exercise: Exercise, lines: list[Line]) -> Iterator[Mistake]:
    """Mistakes that only show in the answer."""
    answer, end = exercise.answer, len(lines)
    if re.fullmatch(r"[\d.,]+ [dckm]?m[²³]", answer):
        yield Mistake("unit", end, answer[:-1])
    if found := re.fullmatch(r"(x = .+) (?:y|and) (x = .+)", answer):
        yield Mistake("both", end, found[2])
    if re.fullmatch(rf"x [<>≤≥] {NUMBER}", answer):
        yield Mistake("turned", end, answer.translate(str.maketrans("<>≤≥", "><≥≤")))
    if found := re.fullmatch(r"(\d+) : (\d+)", answer):
        yield Mistake("switched", end, f"{found[2]} : {found[1]}")
    if answer.endswith(" + C"):
        yield Mistake("constant", end, answer.removesuffix(" + C"))
    elif re.search(rf"[xn][²³]?\)?[^=]* [+{MINUS}] ", answer):
        yield Mistake("flipped", 0, _flipped(answer))
    if exercise.topic == "trigonometry" and answer in _TABLE:
        yield Mistake("table", 0, _TABLE[answer])
    if exercise.topic == "probability" and (
        found := re.fullmatch(r"(\d+)/(\d+)(?: = \d+/\d+)?", lines[-1].work)
    ):
        part, rest = int(found[1]), int(found[2]) - int(found[1])
        if part < rest:
            yield Mistake("odds", 0, f"{part}/{rest}")


def _flipped(answer: str) -> str:
    """The last sign the other way round; both of them in a product of two brackets."""
    other = {"+": MINUS, MINUS: "+"}
    if answer.count("(") == 2:
        return re.sub(rf"(?<= )[+{MINUS}](?= )", lambda found: other[found[0]], answer)
    place = max(answer.rfind(" + "), answer.rfind(f" {MINUS} ")) + 1
    return f"{answer[:place]}{other[answer[place]]}{answer[place + 1 :]}"
