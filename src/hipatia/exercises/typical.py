"""Typical mistakes that only one kind of exercise invites, read off its question and its lines.

    TYPICAL["median"](exercise, lines)      # [Mistake("unordered", 0, "10"), …]

A wrong result that happens to be the right one is sorted out by mistakes.py; the hints to each kind are the
chapter ``hints``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from math import gcd, isqrt, lcm

from ..arithmetic import evaluate
from .core import Exercise
from .wording import MINUS, num
from .worked import Line, Mistake

Found = Iterator[Mistake]
_FRACTION = re.compile(r"(\d+)/(\d+)")
_LIST = re.compile(r"\d+(?:, \d+)+(?:,? (?:y|and) \d+)?|\d+ (?:y|and) \d+")


def _whole_numbers(text: str) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", text)]


def _value(exercise: Exercise) -> Fraction:
    """The number of the answer."""
    found = re.match(rf"{MINUS}?[\d.,/]+", exercise.answer)
    assert found, exercise.answer
    return evaluate(found[0], language=exercise.language)


def _pair(exercise: Exercise, lines: list[Line]) -> tuple[int, int]:
    """The two numbers whose multiples or divisors are looked for."""
    listed, fits = exercise.solution.splitlines()[:2]
    first = _whole_numbers(listed)[0]
    dividend, divisor = map(int, re.findall(r"(\d+) ÷ (\d+)", fits)[0])
    return first, divisor if exercise.family == "least_common_multiple" else dividend


def _multiple(exercise: Exercise, lines: list[Line]) -> Found:
    """A common multiple that is not the least; a common divisor."""
    a, b = _pair(exercise, lines)
    yield Mistake("not_least", 0, str(a * b), f"{a} × {b} = {a * b}")
    if gcd(a, b) > 1:
        yield Mistake("divides", 0, str(gcd(a, b)))


def _divisor(exercise: Exercise, lines: list[Line]) -> Found:
    """A common divisor that is not the greatest; a common multiple."""
    a, b = _pair(exercise, lines)
    yield Mistake("not_greatest", 0, str(next(k for k in range(2, gcd(a, b) + 1) if gcd(a, b) % k == 0)))
    yield Mistake("is_multiple", 0, str(lcm(a, b)))


def _divisor_count(exercise: Exercise, lines: list[Line]) -> Found:
    """One and the number itself forgotten; the products counted; the middle of a square counted twice."""
    count = int(_value(exercise))
    yield Mistake("ends_forgotten", 1, str(count - 2))
    yield Mistake("products", 1, str((count + 1) // 2))
    if count % 2:
        yield Mistake("twice", 1, str(count + 1))


def _rounding(exercise: Exercise, lines: list[Line]) -> Found:
    """The rest cut off where one has to be added, or the other way round."""
    value = _value(exercise)
    shown = re.findall(r"\d+(?:[.,]\d+)?", exercise.question)
    given = min((evaluate(each, language=exercise.language) for each in shown), key=lambda x: abs(x - value))
    gap = abs(given - value)
    unit = next(Fraction(10) ** k for k in range(-4, 5) if Fraction(10) ** k > gap)
    wrong = value - unit if value > given else value + unit
    yield Mistake("next_digit", 0, num(wrong, exercise.language))


def _with_whole(exercise: Exercise, lines: list[Line]) -> Found:
    """The whole number put on top: 5 + 2/3 = 7/3; the part that is gone for the part that is left."""
    found = re.search(rf"(\d+) ([+{MINUS}]) (\d+)/(\d+) = ", exercise.solution)
    assert found, exercise.solution
    n, top = int(found[1]), int(found[3])
    changed = n + top if found[2] == "+" else n - top
    if changed > 0 and n > 1:
        yield Mistake("whole_on_top", 0, f"{changed}/{found[4]}", f"{found[0]}{changed}/{found[4]}")
    elif n == 1:
        yield Mistake("other_part", 0, f"{top}/{found[4]}")


def _simplify(exercise: Exercise, lines: list[Line]) -> Found:
    """Only the numerator divided; the same number taken off instead of divided by."""
    top, bottom = map(int, exercise.answer.split("/"))
    big, down = map(int, re.findall(_FRACTION, exercise.question)[0])
    yield Mistake("only_top", 0, f"{top}/{down}", f"{big}/{down} = {top}/{down}")
    k = big // top
    if k < big:
        yield Mistake("taken_off", 0, f"{big - k}/{down - k}", f"{big}/{down} = {big - k}/{down - k}")


def _to_decimal(exercise: Exercise, lines: list[Line]) -> Found:
    """The bar read as a decimal mark: 3/5 as 3,5; the denominator taken for the decimals: 1/5 as 0,5."""
    top, bottom = _FRACTION.findall(exercise.question)[0]
    mark = "," if exercise.language == "es" else "."
    yield Mistake("bar_as_mark", 0, f"{top}{mark}{bottom}", f"{top}/{bottom} = {top}{mark}{bottom}")
    if top == "1":
        yield Mistake("bottom_behind", 0, f"0{mark}{bottom}", f"{top}/{bottom} = 0{mark}{bottom}")


def _to_fraction(exercise: Exercise, lines: list[Line]) -> Found:
    """Tenths for hundredths, the mark read as a bar, the digits as a denominator."""
    shown = re.findall(r"\d+[.,]\d+", exercise.question)[0]
    whole, digits = re.split("[.,]", shown)
    top = int(whole + digits)
    bottom = 100 if len(digits) == 1 else 10
    yield Mistake("places", 0, f"{top}/{bottom}", f"{shown} = {top}/{bottom}")
    if whole == "0":
        yield Mistake("one_over", 0, f"1/{int(digits)}", f"{shown} = 1/{int(digits)}")
    else:
        yield Mistake("mark_as_bar", 0, f"{whole}/{digits}", f"{shown} = {whole}/{digits}")


def _compare(exercise: Exercise, lines: list[Line]) -> Found:
    """The larger numbers, or the larger pieces alone, taken for the larger fraction."""
    (a, b), (c, d) = (tuple(map(int, each)) for each in _FRACTION.findall(exercise.question)[:2])
    first, second = f"{a}/{b}", f"{c}/{d}"
    other = second if first == exercise.answer else first
    of_the_larger = Fraction(exercise.answer) > Fraction(other)
    if b == d:
        return
    if (a - c) * (b - d) >= 0 and ((first if b > d else second) == other) == of_the_larger:
        yield Mistake("larger_numbers", 0, other)
    if ((first if b < d else second) == other) == of_the_larger:
        yield Mistake("larger_pieces", 0, other)


def _part(exercise: Exercise, lines: list[Line]) -> Found:
    """The rest as the denominator; numerator and denominator changed about."""
    part, whole = map(int, _FRACTION.findall(exercise.solution)[0])
    yield Mistake("over_the_rest", 0, f"{part}/{whole - part}")
    yield Mistake("upside_down", 0, f"{whole}/{part}")


def _percent(exercise: Exercise, lines: list[Line]) -> Found:
    """Tenths for hundredths."""
    part, sign = _whole_numbers(exercise.solution)[0], " %" if exercise.language == "es" else "%"
    if "/" in exercise.answer:
        yield Mistake("of_ten", 0, f"{part}/10", f"{part}{sign} = {part}/10")
    else:
        tenths = num(Fraction(part, 10), exercise.language)
        yield Mistake("of_ten", 0, tenths, f"{part} ÷ 10 = {tenths}")


def _cube_root(exercise: Exercise, lines: list[Line]) -> Found:
    """A third of the number; its square root; divided by the root only once."""
    root = int(exercise.answer)
    cube = root**3
    if cube % 3 == 0:
        yield Mistake("third", 0, str(cube // 3), f"{cube} ÷ 3 = {cube // 3}")
    if isqrt(cube) ** 2 == cube:
        yield Mistake("square", 0, str(isqrt(cube)), f"{isqrt(cube)} × {isqrt(cube)} = {cube}")
    yield Mistake("divided_once", 0, str(root**2), f"{cube} ÷ {root} = {root**2}")


def _line(exercise: Exercise, lines: list[Line]) -> Found:
    """The other number of the equation; a minus sign lost."""
    found = re.search(rf"({MINUS}?)(\d*)x ([+{MINUS}]) (\d+)", exercise.question)
    if not found:
        return
    slope, start = f"{found[1]}{found[2] or 1}", f"{found[3].strip('+')}{found[4]}"
    yield Mistake("other_number", 0, start if exercise.answer == slope else slope)
    if exercise.answer.startswith(MINUS):
        yield Mistake("sign", 0, exercise.answer.strip(MINUS))


def _ratio(exercise: Exercise, lines: list[Line]) -> Found:
    """The other leg over the hypotenuse; the tangent upside down; for two given sides also the third one."""
    place = len(lines) - 1
    top, bottom = map(int, _FRACTION.findall(lines[place].work)[0])
    if lines[place].lead.startswith("Tang"):
        yield Mistake("legs_changed", place, f"{bottom}/{top}")
    else:
        yield Mistake("other_leg", place, f"{isqrt(bottom**2 - top**2)}/{bottom}")
    if place:
        squares, _, root = lines[0].work.partition("; ")
        square = _whole_numbers(root)[0]
        yield Mistake("no_root", 0, str(square), squares)
        if found := re.match(rf"(\d+)² ([+{MINUS}]) (\d+)²", squares):
            a, b = int(found[1]), int(found[3])
            side = a + b if found[2] == "+" else a - b
            yield Mistake("no_squares", 0, str(side), f"{a} {found[2]} {b} = {side}")


def _side(exercise: Exercise, lines: list[Line]) -> Found:
    """The leg twice the hypotenuse; the value of another angle; half a leg for an equal one."""
    found = re.search(r"(\d+) ([×÷]) \d+ = \d+", exercise.solution)
    assert found, exercise.solution
    side = int(found[1])
    if found[2] == "÷":
        yield Mistake("longer", 0, f"{2 * side} m", f"{side} × 2 = {2 * side}")
        yield Mistake("table", 0, f"{side // 2}√3 m", f"{side} × √3/2 = {side // 2}√3")
    else:
        yield Mistake("equal_legs", 0, f"{side // 2} m", f"{side} ÷ 2 = {side // 2}")


def _without(exercise: Exercise, lines: list[Line]) -> Found:
    """As if the first were put back; only its colour taken off, not the ball."""
    a, n = map(int, _FRACTION.findall(lines[0].work)[0])
    for top, bottom in ((a, n), (a - 1, n)):
        result = f"{a * top}/{n * bottom}"
        yield Mistake("put_back", 0, result, f"{a}/{n} × {top}/{bottom} = {result}")


def _orders(exercise: Exercise, lines: list[Line]) -> Found:
    """The choices added; each place filled as if all were still there."""
    numbers = _whole_numbers(exercise.solution.splitlines()[0].split(" = ")[0].partition(": ")[2])
    yield Mistake("added", 0, str(sum(numbers)), f"{' + '.join(map(str, numbers))} = {sum(numbers)}")
    n = numbers[0]
    if n < 6 and not re.search(r"!|factorial|permut", exercise.question):
        yield Mistake("all_again", 0, str(n**n), f"{' × '.join([str(n)] * n)} = {n**n}")


def _data(exercise: Exercise) -> list[int]:
    """The longest list of numbers of the question."""
    return _whole_numbers(max(_LIST.findall(exercise.question), key=len))


def _median(exercise: Exercise, lines: list[Line]) -> Found:
    """The middle of the data as they come; one of the two in the middle; the mean."""
    data = _data(exercise)
    n = len(data)
    if n % 2 and data != sorted(data):
        yield Mistake("unordered", 0, str(data[n // 2]))
    elif n % 2 == 0:
        yield Mistake("one_middle", 1, str(sorted(data)[n // 2]))
    if sum(data) % n == 0:
        whole = sum(data)
        work = f"{' + '.join(map(str, data))} = {whole}; {whole} ÷ {n} = {whole // n}"
        yield Mistake("is_mean", 0, str(whole // n), work)


def _mode(exercise: Exercise, lines: list[Line]) -> Found:
    """How often instead of what; the largest of the data."""
    data = _data(exercise)
    yield Mistake("how_often", 0, str(Counter(data).most_common(1)[0][1]))
    yield Mistake("largest", 0, str(max(data)))


def _variance(exercise: Exercise, lines: list[Line]) -> Found:
    """The differences added as they are; the sum of squares not divided."""
    gaps = lines[1].work.split(", ")
    shown = " + ".join(f"({gap})" if gap.startswith(MINUS) else gap for gap in gaps)
    yield Mistake("unsquared", 2, "0", f"{shown} = 0")
    yield Mistake("partial", 3, str(_whole_numbers(lines[2].work)[-1]), lines[2].work)


TYPICAL: Mapping[str, Callable[[Exercise, list[Line]], Found]] = {
    "least_common_multiple": _multiple,
    "greatest_common_divisor": _divisor,
    "number_of_divisors": _divisor_count,
    "rounding": _rounding,
    "fraction_and_whole": _with_whole,
    "simplify_fraction": _simplify,
    "fraction_to_decimal": _to_decimal,
    "decimal_to_fraction": _to_fraction,
    "compare_fractions": _compare,
    "part_as_fraction": _part,
    "percent_as_number": _percent,
    "cube_root": _cube_root,
    "slope_and_intercept": _line,
    "trigonometric_ratio": _ratio,
    "ratio_from_two_sides": _ratio,
    "side_from_angle": _side,
    "without_replacement": _without,
    "orders": _orders,
    "median": _median,
    "mode": _mode,
    "variance": _variance,
}
