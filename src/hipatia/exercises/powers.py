"""Powers and roots, their laws, scientific notation."""

from __future__ import annotations

from fractions import Fraction
from math import isqrt
from random import Random

from ..arithmetic import evaluate
from .core import Draft, Family
from .drawing import mostly
from .polynomials import power
from .questions import Chapter
from .steps import TIMES, add, sub
from .wording import MINUS, frac, num, say


def power_value(rng: Random, lang: str) -> Draft:
    square, cube = (mostly(rng, (2, 10), (11, 20)), 2), (mostly(rng, (2, 5), (6, 10)), 3)
    base, exponent = rng.choice(
        [square, square, cube, cube, (2, rng.randint(4, 7)), (3, 4), (10, rng.randint(2, 6))]
    )
    product = f"{power(base, exponent)} = {f' {TIMES} '.join([str(base)] * exponent)}"
    fields = {"e": power(base, exponent), "b": base, "n": exponent}
    if exponent == 2 or base == 10:
        return Draft(fields, (f"{product} = {base**exponent}",), base**exponent, int(f"{base}") ** exponent)
    steps, value = [product], base
    for _ in range(exponent - 1):
        steps.append(f"{value} {TIMES} {base} = {value * base}")
        value *= base
    return Draft(fields, tuple(steps), value, base**exponent)


def signed_power(rng: Random, lang: str) -> Draft:
    """Powers of negative numbers, of fractions, with the exponent 0 or a negative one."""
    kind, a = rng.choice(["negative", "negative", "zero", "inverse", "fraction"]), rng.randint(2, 6)
    if kind == "negative":
        n = rng.choice([2, 3]) if a > 2 else rng.choice([2, 3, 4, 5])
        text, value = f"({MINUS}{a}){power('', n)}", (-a) ** n
        even = say(lang, "Exponente par, resultado positivo", "Even exponent, positive result")
        odd = say(lang, "Exponente impar, resultado negativo", "Odd exponent, negative result")
        steps = (f"{odd if n % 2 else even}: {text} = {num(value, lang)}",)
        return Draft({"e": text}, steps, value, (1 if n % 2 == 0 else -1) * a**n)
    if kind == "zero":
        a = rng.randint(2, 99)
        head = say(lang, "Todo número no nulo elevado a 0 da 1", "Any number but 0 to the power of 0 is 1")
        return Draft({"e": f"{a}⁰"}, (f"{head}: {a}⁰ = 1",), 1, Fraction(a**3, a**3))
    n = rng.choice([2, 2, 3, 4]) if a < 4 else 2
    if kind == "inverse":
        text, value = f"{a}⁻{power('', n)}", Fraction(1, a**n)
        head = say(
            lang, "Exponente negativo, la inversa de la potencia", "Negative exponent, one over the power"
        )
        steps = (f"{head}: {power(a, n)} = {a**n}",)
        return Draft({"e": text}, steps, value, Fraction(a) ** -n, answer=frac(value))
    b = a + 1
    n = rng.choice([2, 2, 3])
    top, bottom = a**n, b**n
    head = say(lang, "Elevamos arriba y abajo", "We raise top and bottom")
    steps = (f"{head}: {power(a, n)} = {top} {say(lang, 'y', 'and')} {power(b, n)} = {bottom}",)
    value = Fraction(top, bottom)
    return Draft({"e": f"({a}/{b}){power('', n)}"}, steps, value, Fraction(a, b) ** n, answer=frac(value))


def square_root(rng: Random, lang: str) -> Draft:
    root = mostly(rng, (2, 12), (11, 30))
    square = root * root
    step = f"{root} {TIMES} {root} = {square}"
    head = say(lang, f"El número que al cuadrado da {square}", f"The number whose square is {square}")
    steps = (f"{head}: {step}", f"√{square} = {root}")
    return Draft({"a": square}, steps, root, isqrt(square))


def cube_root(rng: Random, lang: str) -> Draft:
    root = mostly(rng, (2, 5), (4, 10))
    cube = root**3
    head = say(lang, f"El número que al cubo da {cube}", f"The number whose cube is {cube}")
    step = f"{root} {TIMES} {root} {TIMES} {root} = {cube}"
    check = next(k for k in range(1, 20) if k * k * k == cube)
    return Draft({"a": cube}, (f"{head}: {step}",), root, check)


def between_squares(rng: Random, lang: str) -> Draft:
    """The whole part of a root that is not exact."""
    low = mostly(rng, (2, 9), (8, 14))
    n = rng.randint(low * low + 1, (low + 1) ** 2 - 1)
    under = say(lang, "Cabe", "It holds")
    over = say(lang, "Se pasa", "Too much")
    steps = (
        f"{under}: {low} {TIMES} {low} = {low * low}",
        f"{over}: {low + 1} {TIMES} {low + 1} = {(low + 1) ** 2}",
    )
    return Draft({"a": n}, steps, low, isqrt(n))


def exponent_of(rng: Random, lang: str) -> Draft:
    """To which power a base gives a number: by counting factors."""
    base, n = rng.choice(
        [(2, 3), (2, 4), (2, 5), (2, 6), (3, 2), (3, 3), (3, 4), (5, 2), (5, 3), (10, 2), (10, 3), (10, 4)]
    )
    value, steps, rest = base**n, [], base
    for k in range(2, n + 1):
        steps.append(f"{rest} {TIMES} {base} = {rest * base}")
        rest *= base
        count = k
    last = say(lang, f"Hay {n} factores {base}.", f"There are {n} factors of {base}.")
    fields = {"b": base, "v": value}
    check = next(k for k in range(1, 20) if base**k == value)
    return Draft(fields, (*steps, last), count, check)


def _powers(rng: Random) -> tuple[int, int, int]:
    m = rng.randint(2, 6)
    return rng.randint(2, 9), m, rng.randint(2, 9 - m)


def same_base_product(rng: Random, lang: str) -> Draft:
    base, m, n = _powers(rng)
    text = f"{power(base, m)} {TIMES} {power(base, n)}"
    head = say(lang, "Misma base, se suman los exponentes", "Same base, the exponents are added")
    total = add(m, n, lang)
    one = power(base, int(total.value))
    steps = (f"{head}: {total}", f"{text} = {one}")
    return Draft({"e": text}, steps, base ** int(total.value), base**m * base**n, answer=one)


def same_base_quotient(rng: Random, lang: str) -> Draft:
    base, m, n = _powers(rng)
    m += n
    text = f"{power(base, m)} ÷ {power(base, n)}"
    head = say(lang, "Misma base, se restan los exponentes", "Same base, the exponents are subtracted")
    rest = sub(m, n, lang)
    one = power(base, int(rest.value))
    steps = (f"{head}: {rest}", f"{text} = {one}")
    return Draft({"e": text}, steps, base ** int(rest.value), base**m // base**n, answer=one)


def power_of_power(rng: Random, lang: str) -> Draft:
    base, (m, n) = rng.randint(2, 9), rng.choice([(2, 2), (2, 3), (3, 2), (2, 4), (4, 2), (3, 3)])
    text = f"({power(base, m)}){power('', n)}"
    head = say(lang, "Se multiplican los exponentes", "The exponents are multiplied")
    steps = (f"{head}: {m} {TIMES} {n} = {m * n}", f"{text} = {power(base, m * n)}")
    return Draft({"e": text}, steps, base ** (m * n), (base**m) ** n, answer=power(base, m * n))


def scientific(rng: Random, lang: str) -> Draft:
    """A number in scientific notation, or written out."""
    digits, n = Fraction(rng.choice([rng.randint(1, 9) * 10, rng.randint(11, 99)]), 10), rng.randint(2, 7)
    value = digits * 10**n
    short = f"{num(digits, lang)} {TIMES} {power(10, n)}"
    long = num(value, lang)
    places = say(lang, f"La coma se mueve {n} lugares", f"The point moves {n} places")
    check = Fraction(int(digits * 10)) * 10 ** (n - 1)
    if rng.random() < 0.5:
        return Draft(
            {"a": long}, (f"{places}: {long} = {short}",), value, check, answer=short, variant="short"
        )
    return Draft({"a": short}, (f"{places}: {short} = {long}",), value, check, variant="long")


def powers_mixed(rng: Random, lang: str) -> Draft:
    """Sums and differences of squares, cubes and roots."""
    a, b = rng.randint(2, 9), rng.randint(2, 9)
    shape = rng.randrange(6)
    first = say(lang, "Primero las potencias", "First the powers")
    if shape == 0:
        text, middle, line = f"{a}² + {b}²", f"{a * a} + {b * b}", f"{a}² = {a * a}; {b}² = {b * b}"
    elif shape == 1:
        text, middle, line = f"{a}² {MINUS} {b}", f"{a * a} {MINUS} {b}", f"{a}² = {a * a}"
    elif shape == 2:
        text, middle, line = f"√{a * a} + {b}²", f"{a} + {b * b}", f"√{a * a} = {a}; {b}² = {b * b}"
    elif shape == 3:
        a = rng.randint(2, 5)
        text, middle, line = f"2 {TIMES} {a}³", f"2 {TIMES} {a**3}", f"{a}³ = {a**3}"
    elif shape == 4:
        text, middle, line = (
            f"√{a * a} {TIMES} √{b * b}",
            f"{a} {TIMES} {b}",
            f"√{a * a} = {a}; √{b * b} = {b}",
        )
        first = say(lang, "Primero las raíces", "First the roots")
    else:
        text, middle, line = f"({a} + {b})²", f"{a + b}²", f"{a} + {b} = {a + b}"
        first = say(lang, "Primero el paréntesis", "First the brackets")
    value = evaluate(middle)
    steps = (f"{first}: {line}", f"{say(lang, 'Después', 'Then')}: {middle} = {num(value, lang)}")
    return Draft({"e": text}, steps, value, evaluate(text))


ASKED = Chapter("powers")
_LOWER = ("powers", "lower_secondary")
FAMILIES = (
    Family("power_value", *_LOWER, power_value, ASKED["power_value"]),
    Family("signed_powers", *_LOWER, signed_power, ASKED["simple"], weight=0.7),
    Family("square_root", *_LOWER, square_root, ASKED["square_root"]),
    Family("cube_root", *_LOWER, cube_root, ASKED["cube_root"], weight=0.5, unseen=True),
    Family("root_between", *_LOWER, between_squares, ASKED["between"], weight=0.5),
    Family("which_exponent", *_LOWER, exponent_of, ASKED["exponent"], weight=0.6),
    Family("same_base_product", *_LOWER, same_base_product, ASKED["one_power"], weight=0.8),
    Family("same_base_quotient", *_LOWER, same_base_quotient, ASKED["one_power"], weight=0.8, unseen=True),
    Family("power_of_power", *_LOWER, power_of_power, ASKED["one_power"], weight=0.6, unseen=True),
    Family("scientific_notation", *_LOWER, scientific, ASKED["scientific"], weight=0.6),
    Family("powers_mixed", *_LOWER, powers_mixed, ASKED["simple"], weight=0.8),
)
