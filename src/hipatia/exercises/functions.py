"""Functions: values both ways, compositions, exponential growth, what a story costs."""

from __future__ import annotations

from random import Random

from .core import Draft, Family
from .drawing import mostly, sign
from .polynomials import power, signed, value_at, written
from .questions import Chapter
from .steps import DIVIDE, TIMES
from .wording import MINUS, num, people, say


def _put(x: int, lang: str) -> str:
    return f"({num(x, lang)})" if x < 0 else str(x)


def linear_value(rng: Random, lang: str) -> Draft:
    a, b = rng.randint(2, 9), mostly(rng, (1, 9), (8, 20)) * sign(rng)
    x = rng.choice([rng.randint(0, 10), rng.randint(2, 10), -rng.randint(1, 6)])
    steps = (
        f"{say(lang, f'Ponemos {num(x, lang)} en lugar de x', f'We put {num(x, lang)} for x')}: "
        f"{a} {TIMES} {_put(x, lang)} = {num(a * x, lang)}",
        f"{say(lang, 'Después', 'Then')}: {num(a * x, lang)} {signed(b)} = {num(a * x + b, lang)}",
    )
    fields = {"f": written({1: a, 0: b}), "x": num(x, lang)}
    return Draft(fields, steps, a * x + b, value_at({1: a, 0: b}, x))


def quadratic_value(rng: Random, lang: str) -> Draft:
    b, c, x = rng.randint(1, 6) * sign(rng), rng.randint(1, 9) * sign(rng), rng.randint(1, 6)
    coefficients = {2: 1, 1: b, 0: c}
    value = x * x + b * x + c
    mark = MINUS if b < 0 else "+"
    steps = (
        f"{say(lang, f'Con {x}', f'With {x}')}: {power(x, 2)} = {x * x}; {abs(b)} {TIMES} {x} = {abs(b) * x}",
        f"{x * x} {mark} {abs(b) * x} {signed(c)} = {num(x * x + b * x, lang)} {signed(c)} = {num(value, lang)}",
    )
    return Draft({"f": written(coefficients), "x": x}, steps, value, value_at(coefficients, x))


def value_to_x(rng: Random, lang: str) -> Draft:
    """For which x has a linear function a given value."""
    a, b = rng.randint(2, 8), rng.randint(1, 12) * sign(rng)
    x = rng.choice([rng.randint(1, 10), rng.randint(1, 10), -rng.randint(1, 5)])
    y = a * x + b
    steps = (
        f"{say(lang, f'Igualamos a {num(y, lang)}', f'We set it to {num(y, lang)}')}: "
        f"{a}x = {num(y, lang)} {signed(-b)} = {num(y - b, lang)}",
        f"x = {num(y - b, lang)} {DIVIDE} {a} = {num(x, lang)}",
    )
    root = next(k for k in range(-30, 31) if value_at({1: a, 0: b}, k) == y)
    fields = {"f": written({1: a, 0: b}), "y": num(y, lang)}
    return Draft(fields, steps, x, root, answer=f"x = {num(x, lang)}")


def composition(rng: Random, lang: str) -> Draft:
    a, b, c, x = rng.randint(2, 5), rng.randint(1, 9) * sign(rng), rng.randint(1, 9), rng.randint(1, 6)
    first, inner = written({1: a, 0: b}), written({1: 1, 0: c})
    middle = x + c
    value = a * middle + b
    steps = (
        f"{say(lang, 'Primero g', 'First g')}: {x} + {c} = {middle}",
        f"{say(lang, f'Después f, con {middle}', f'Then f, with {middle}')}: {a} {TIMES} {middle} = {a * middle}",
        f"{a * middle} {signed(b)} = {num(value, lang)}",
    )
    check = value_at({1: a, 0: b}, value_at({1: 1, 0: c}, x))
    return Draft({"f": first, "g": inner, "x": x}, steps, value, check)


def line_story(rng: Random, lang: str) -> Draft:
    """A fixed part and so much each: the cost, or how many for a cost."""
    fixed, rate, n = mostly(rng, (2, 10), (8, 40)), rng.randint(2, 9), mostly(rng, (2, 9), (8, 15))
    total = fixed + n * rate
    fields = people(rng, lang) | {"a": fixed, "b": rate, "n": n, "t": total}
    each = say(lang, "Parte fija", "Fixed part")
    if rng.random() < 0.35:
        steps = (
            f"{each}, {say(lang, 'la quitamos', 'taken off')}: {total} {MINUS} {fixed} = {total - fixed}",
            f"{say(lang, f'De {rate} en {rate}', f'At {rate} each')}: {total - fixed} {DIVIDE} {rate} = {n}",
        )
        found = next(k for k in range(100) if fixed + k * rate == total)
        return Draft(fields, steps, (total - fixed) // rate, found, variant="count")
    steps = (
        f"{say(lang, 'Parte variable', f'{n} at {rate} each')}: {n} {TIMES} {rate} = {n * rate}",
        f"{each}, {say(lang, 'la sumamos', 'added')}: {fixed} + {n * rate} = {total}",
    )
    return Draft(fields, steps, total, value_at({1: rate, 0: fixed}, n), unit="€", variant="cost")


def growth(rng: Random, lang: str) -> Draft:
    """Doubling, tripling, halving again and again."""
    factor, n = rng.choice([2, 2, 2, 3, 10]), rng.choice([2, 3, 3, 4])
    start = rng.choice([2, 3, 4, 5, 10, 20, 50, 100])
    values = [start * factor**k for k in range(n + 1)]
    halving = factor == 2 and rng.random() < 0.35
    if halving:
        values.reverse()
    lines = [f"{values[k]} {DIVIDE if halving else TIMES} {factor} = {values[k + 1]}" for k in range(n)]
    head = say(lang, f"{n} veces", f"{n} steps")
    fields = {"a": values[0], "n": n}
    names = {
        2: ("duplica", "doubles"),
        3: ("triplica", "triples"),
        10: ("multiplica por 10", "grows tenfold"),
    }
    fields |= {"v": say(lang, *names[factor])}
    check = values[0] * factor**n if not halving else values[0] // factor**n
    return Draft(
        fields, (f"{head}: {lines[0]}", *lines[1:]), values[-1], check, variant="half" if halving else "times"
    )


ASKED = Chapter("functions")
_LOWER, _UPPER = ("functions", "lower_secondary"), ("functions", "upper_secondary")
FAMILIES = (
    Family("function_value", *_LOWER, linear_value, ASKED["linear_value"], weight=1.2),
    Family("quadratic_function_value", *_LOWER, quadratic_value, ASKED["linear_value"], weight=0.8),
    Family("function_value_to_x", *_LOWER, value_to_x, ASKED["value_to_x"]),
    Family("composition", *_UPPER, composition, ASKED["composition"], weight=0.6, unseen=True),
    Family("linear_cost", *_LOWER, line_story, ASKED["line_story"]),
    Family("exponential_growth", *_LOWER, growth, ASKED["growth"], weight=0.6),
)
