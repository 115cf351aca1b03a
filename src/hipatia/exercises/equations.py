"""Equations of the first degree, by the same move on both sides; inequalities."""

from __future__ import annotations

from fractions import Fraction
from random import Random

from .core import Draft, Family
from .drawing import mostly, sign
from .polynomials import signed, term
from .questions import Chapter
from .steps import DIVIDE, TIMES
from .wording import MINUS, num, say


def _root(value: int, lang: str) -> str:
    return f"x = {num(value, lang)}"


def _moved(b: int, lang: str) -> str:
    """How the term + b leaves its side."""
    if lang == "en":
        return f"{abs(b)} is {'added, so we subtract' if b > 0 else 'subtracted, so we add'}"
    return f"El {abs(b)} {'suma, pasa restando' if b > 0 else 'resta, pasa sumando'}"


def _divided(a: int, lang: str) -> str:
    return say(lang, f"El {a} multiplica, pasa dividiendo", f"{a} multiplies, so we divide")


def one_step(rng: Random, lang: str) -> Draft:
    kind = rng.choice(["add", "subtract", "times", "times", "divide"])
    if kind == "times":
        a, x = rng.randint(2, 10), mostly(rng, (2, 10), (11, 25))
        b = a * x
        text, step = f"{a}x = {b}", f"x = {b} {DIVIDE} {a} = {b // a}"
        check = [k for k in range(1, b) if a * k == b]
        why = _divided(a, lang)
    elif kind == "divide":
        a, b = rng.randint(2, 9), rng.randint(2, 12)
        x = a * b
        text, step = f"x/{a} = {b}", f"x = {b} {TIMES} {a} = {x}"
        check = [k for k in range(1, 200) if k % a == 0 and k // a == b]
        why = say(lang, f"El {a} divide, pasa multiplicando", f"{a} divides, so we multiply")
    elif kind == "add":
        a, x = (
            mostly(rng, (2, 12), (11, 40)),
            rng.choice([mostly(rng, (1, 12), (11, 40)), -rng.randint(1, 9)]),
        )
        b = x + a
        text, step = f"x + {a} = {num(b, lang)}", f"x = {num(b, lang)} {MINUS} {a} = {num(x, lang)}"
        check = [k for k in range(-60, 200) if k + a == b]
        why = _moved(a, lang)
    else:
        a, x = mostly(rng, (2, 12), (11, 40)), mostly(rng, (1, 15), (11, 50))
        b = x - a
        text, step = f"x {MINUS} {a} = {num(b, lang)}", f"x = {num(b, lang)} + {a} = {x}"
        check = [k for k in range(-60, 200) if k - a == b]
        why = _moved(-a, lang)
    return Draft({"e": text}, (f"{why}: {step}",), (x,), tuple(check), answer=_root(x, lang))


def two_steps(rng: Random, lang: str) -> Draft:
    a, b = rng.randint(2, 9), mostly(rng, (1, 9), (8, 25)) * sign(rng)
    x = rng.choice([rng.randint(1, 10), mostly(rng, (1, 10), (8, 15)), -rng.randint(1, 6)])
    c = a * x + b
    text = f"{a}x {signed(b)} = {num(c, lang)}"
    if rng.random() < 0.2:
        text = f"{b} + {a}x = {num(c, lang)}" if b > 0 else f"{num(c, lang)} = {a}x {signed(b)}"
    moved = _moved(b, lang)
    apart = _divided(a, lang)
    steps = (
        f"{moved}: {a}x = {num(c, lang)} {signed(-b)} = {num(c - b, lang)}",
        f"{apart}: x = {num(c - b, lang)} {DIVIDE} {a} = {num(x, lang)}",
    )
    roots = tuple(k for k in range(-30, 31) if a * k + b == c)
    return Draft({"e": text}, steps, (x,), roots, answer=_root(x, lang))


def both_sides(rng: Random, lang: str) -> Draft:
    c, gap = rng.randint(1, 5), rng.randint(2, 6)
    a, x = c + gap, rng.choice([rng.randint(1, 10), rng.randint(1, 10), -rng.randint(1, 5)])
    b = rng.randint(1, 12) * rng.choice([1, -1])
    d = gap * x + b
    text = f"{a}x {signed(b)} = {term(c, 1)} {signed(d)}" if d else f"{a}x {signed(b)} = {term(c, 1)}"
    joined = say(lang, "Las x a un lado", "The x on one side")
    numbers = say(lang, "Los números al otro", "The numbers on the other")
    apart = _divided(gap, lang)
    right = num(d, lang)
    steps = (
        f"{joined}: {a}x {MINUS} {term(c, 1)} = {gap}x",
        f"{numbers}: {gap}x = {right} {signed(-b)} = {num(d - b, lang)}",
        f"{apart}: x = {num(d - b, lang)} {DIVIDE} {gap} = {num(x, lang)}",
    )
    roots = tuple(k for k in range(-30, 31) if a * k + b == c * k + d)
    return Draft({"e": text}, steps, (x,), roots, answer=_root(x, lang))


def with_brackets(rng: Random, lang: str) -> Draft:
    k, b = rng.randint(2, 7), rng.randint(1, 9) * sign(rng)
    x = rng.randint(1, 10)
    while x + b == 0:
        x += 1
    c = k * (x + b)
    text = f"{k}(x {signed(b)}) = {num(c, lang)}"
    apart = _divided(k, lang)
    moved = _moved(b, lang)
    steps = (
        f"{apart}: x {signed(b)} = {num(c, lang)} {DIVIDE} {k} = {num(x + b, lang)}",
        f"{moved}: x = {num(x + b, lang)} {signed(-b)} = {num(x, lang)}",
    )
    roots = tuple(r for r in range(-30, 31) if k * r + k * b == c)
    return Draft({"e": text}, steps, (x,), roots, answer=_root(x, lang))


def with_fraction(rng: Random, lang: str) -> Draft:
    """x/a + b = c, or (x + b)/a = c."""
    a, b, q = rng.randint(2, 6), rng.randint(1, 9) * sign(rng), rng.randint(2, 9)
    times_a = say(lang, f"El {a} divide, pasa multiplicando", f"{a} divides, so we multiply")
    moved = _moved(b, lang)
    if rng.random() < 0.5:
        c, x = q + b, a * q
        text = f"x/{a} {signed(b)} = {num(c, lang)}"
        steps = (
            f"{moved}: x/{a} = {num(c, lang)} {signed(-b)} = {q}",
            f"{times_a}: x = {q} {TIMES} {a} = {x}",
        )
        found = next(k for k in range(200) if Fraction(k, a) + b == c)
    else:
        c, x = q, a * q - b
        text = f"(x {signed(b)})/{a} = {c}"
        steps = (
            f"{times_a}: x {signed(b)} = {c} {TIMES} {a} = {c * a}",
            f"{moved}: x = {c * a} {signed(-b)} = {num(x, lang)}",
        )
        found = next(k for k in range(-20, 200) if Fraction(k + b, a) == c)
    return Draft({"e": text}, steps, (x,), (found,), answer=_root(x, lang))


def inequality(rng: Random, lang: str) -> Draft:
    """ax + b < c; a positive, so that the sign stays."""
    a, b, x = rng.randint(2, 7), rng.randint(1, 9) * sign(rng), rng.randint(1, 9)
    c = a * x + b
    mark = rng.choice(["<", ">", "≤", "≥"])
    answer = f"x {mark} {x}"
    moved = _moved(b, lang)
    apart = _divided(a, lang)
    steps = (
        f"{moved}: {num(c, lang)} {signed(-b)} = {c - b}; {say(lang, 'queda', 'so')} {a}x {mark} {c - b}",
        f"{apart}: {c - b} {DIVIDE} {a} = {x}; {say(lang, 'queda', 'so')} {answer}",
    )
    border = next(Fraction(k) for k in range(100) if a * k + b == c)
    text = f"{a}x {signed(b)} {mark} {num(c, lang)}"
    return Draft({"e": text}, steps, Fraction(c - b, a), border, answer=answer)


ASKED = Chapter("equations")
_LOWER = ("equations", "lower_secondary")
FAMILIES = (
    Family("equation_one_step", *_LOWER, one_step, ASKED["solve"], weight=1.2),
    Family("equation_two_steps", *_LOWER, two_steps, ASKED["solve"], weight=1.5),
    Family("equation_both_sides", *_LOWER, both_sides, ASKED["solve"], weight=1.2),
    Family("equation_brackets", *_LOWER, with_brackets, ASKED["solve"]),
    Family("equation_fraction", *_LOWER, with_fraction, ASKED["solve"], weight=0.8),
    Family("inequality", *_LOWER, inequality, ASKED["inequality"], weight=0.8, unseen=True),
)
