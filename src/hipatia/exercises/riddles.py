"""Systems of two equations, and questions in words that lead to an equation."""

from __future__ import annotations

from random import Random

from .core import Draft, Family
from .drawing import mostly
from .polynomials import term
from .questions import Chapter
from .steps import DIVIDE, TIMES
from .wording import MINUS, people, say


def sum_and_difference(rng: Random, lang: str) -> Draft:
    """The system x + y = s, x − y = d."""
    y = mostly(rng, (1, 8), (8, 20))
    x = y + mostly(rng, (2, 8), (6, 15))
    s, d = x + y, x - y
    fields = people(rng, lang) | {"f": f"x + y = {s}", "g": f"x {MINUS} y = {d}", "s": s, "d": d}
    found = [(u, v) for u in range(60) for v in range(60) if u + v == s and u - v == d]
    if rng.random() < 0.45:
        head = say(
            lang, "Suma más diferencia es el doble del mayor", "Sum plus difference is twice the larger"
        )
        steps = (
            f"{head}: {s} + {d} = {s + d}",
            f"{say(lang, 'Mayor', 'Larger')}: {s + d} {DIVIDE} 2 = {x}",
            f"{say(lang, 'Menor', 'Smaller')}: {s} {MINUS} {x} = {s - x}",
        )
        answer = f"{x} {say(lang, 'y', 'and')} {s - x}"
        return Draft(fields, steps, (x, s - x), found[0], answer=answer, variant="words")
    steps = (
        f"{say(lang, 'Sumamos las dos ecuaciones', 'We add both equations')}: 2x = {s} + {d} = {s + d}",
        f"x = {s + d} {DIVIDE} 2 = {(s + d) // 2}",
        f"{say(lang, 'En la primera', 'In the first')}: y = {s} {MINUS} {x} = {s - x}",
    )
    return Draft(fields, steps, (x, s - x), found[0], answer=f"x = {x}, y = {y}", variant="system")


def substitution_system(rng: Random, lang: str) -> Draft:
    """The system y = kx, ax + y = c, by substitution."""
    k, a, x = rng.randint(2, 5), rng.randint(1, 4), rng.randint(1, 8)
    c = a * x + k * x
    head = say(lang, f"Cambiamos y por {k}x en la otra", f"We put {k}x for y in the other one")
    fields = {"f": f"y = {k}x", "g": f"{term(a, 1)} + y = {c}"}
    steps = (
        f"{head}: {term(a, 1)} + {k}x = {a + k}x = {c}",
        f"x = {c} {DIVIDE} {a + k} = {c // (a + k)}",
        f"y = {k} {TIMES} {x} = {k * x}",
    )
    found = [(u, v) for u in range(60) for v in range(60) if v == k * u and a * u + v == c]
    return Draft(fields, steps, (c // (a + k), k * x), found[0], answer=f"x = {x}, y = {k * x}")


def elimination_system(rng: Random, lang: str) -> Draft:
    """The system ax + y = c, bx + y = d, by subtracting one equation from the other."""
    b, gap = rng.randint(1, 4), rng.randint(1, 4)
    a, x, y = b + gap, rng.randint(1, 9), rng.randint(1, 9)
    c, d = a * x + y, b * x + y
    fields = {"f": f"{a}x + y = {c}", "g": f"{term(b, 1)} + y = {d}"}
    head = say(lang, "Restamos las dos ecuaciones", "We subtract the equations")
    first = f"{head}: {term(gap, 1)} = {c} {MINUS} {d} = {c - d}"
    rest = f"{d} {MINUS} {b} {TIMES} {x} = {d} {MINUS} {b * x}" if b > 1 else f"{d} {MINUS} {x}"
    last = f"{say(lang, 'En la segunda', 'In the second')}: y = {rest} = {y}"
    steps = (first, f"x = {c - d} {DIVIDE} {gap} = {x}", last) if gap > 1 else (first, last)
    found = [(u, v) for u in range(20) for v in range(20) if a * u + v == c and b * u + v == d]
    return Draft(fields, steps, (x, d - b * x), found[0], answer=f"x = {x}, y = {y}")


_TIMES_ES = {2: "doble", 3: "triple", 4: "cuádruple", 5: "quíntuple"}
_TIMES_EN = {2: "twice", 3: "three times", 4: "four times", 5: "five times"}


def number_riddle(rng: Random, lang: str) -> Draft:
    a, b, x = rng.randint(2, 5), mostly(rng, (2, 10), (8, 25)), mostly(rng, (2, 10), (8, 20))
    plus = rng.random() < 0.6 or a * x <= b
    c = a * x + b if plus else a * x - b
    fields = {"veces": _TIMES_ES[a], "times": _TIMES_EN[a], "b": b, "c": c, "a": a}
    mark, back = ("+", MINUS) if plus else (MINUS, "+")
    steps = (
        f"{say(lang, 'Lo buscado es x', 'We call it x')}: {a}x {mark} {b} = {c}",
        f"{a}x = {c} {back} {b} = {a * x}",
        f"x = {a * x} {DIVIDE} {a} = {x}",
    )
    found = next(k for k in range(200) if (a * k + b if plus else a * k - b) == c)
    return Draft(fields, steps, x, found, variant="plus" if plus else "minus")


def share_riddle(rng: Random, lang: str) -> Draft:
    """A part of a number plus or minus something."""
    a, b, q = rng.choice([2, 3, 4, 5]), rng.randint(2, 9), mostly(rng, (2, 9), (8, 20))
    plus = rng.random() < 0.6 or q <= b
    c = q + b if plus else q - b
    es = {2: "La mitad", 3: "La tercera parte", 4: "La cuarta parte", 5: "La quinta parte"}[a]
    en = {2: "Half", 3: "A third", 4: "A quarter", 5: "A fifth"}[a]
    fields = {"Parte": es, "parte": es.lower(), "Part": en, "part": en.lower(), "b": b, "c": c, "a": a}
    mark, back = ("+", MINUS) if plus else (MINUS, "+")
    steps = (
        f"{say(lang, 'Lo buscado es x', 'We call it x')}: x/{a} {mark} {b} = {c}",
        f"x/{a} = {c} {back} {b} = {q}",
        f"x = {q} {TIMES} {a} = {q * a}",
    )
    found = next(k * a for k in range(200) if (k + b if plus else k - b) == c)
    return Draft(fields, steps, q * a, found, variant="plus" if plus else "minus")


def consecutive(rng: Random, lang: str) -> Draft:
    """Two or three consecutive numbers with a given sum."""
    n, first = rng.choice([2, 3, 3]), mostly(rng, (2, 12), (11, 40))
    numbers = [first + k for k in range(n)]
    whole = sum(numbers)
    if n == 3:
        steps = (
            f"{say(lang, 'El del centro, la suma entre 3', 'The middle one, the sum over 3')}: "
            f"{whole} {DIVIDE} 3 = {first + 1}",
            f"{say(lang, 'El anterior', 'The one before')}: {first + 1} {MINUS} 1 = {first}",
            f"{say(lang, 'El siguiente', 'The one after')}: {first + 1} + 1 = {first + 2}",
        )
    else:
        steps = (
            f"{say(lang, 'El mayor tiene 1 más; lo quitamos', 'The larger has 1 more; without it')}: "
            f"{whole} {MINUS} 1 = {whole - 1}",
            f"{say(lang, 'El menor', 'The smaller')}: {whole - 1} {DIVIDE} 2 = {first}",
            f"{say(lang, 'El mayor', 'The larger')}: {first} + 1 = {first + 1}",
        )
    middle = whole // n  # the number in the middle, or the smaller of two
    check = tuple(range(middle, middle + 2)) if n == 2 else (middle - 1, middle, middle + 1)
    joined = [str(k) for k in numbers]
    answer = f"{', '.join(joined[:-1])} {say(lang, 'y', 'and')} {joined[-1]}"
    fields = {"n": say(lang, {2: "dos", 3: "tres"}[n], {2: "two", 3: "three"}[n]), "s": whole}
    return Draft(fields, steps, tuple(numbers), check, answer=answer)


def parts_of_a_sum(rng: Random, lang: str) -> Draft:
    """Two amounts, one k times the other, with a given sum: how much is the smaller."""
    k, x = rng.choice([2, 3, 4, 5]), mostly(rng, (2, 10), (8, 25))
    s = (k + 1) * x
    fields = people(rng, lang) | {"veces": _TIMES_ES[k], "times": _TIMES_EN[k], "k": k, "s": s}
    steps = (
        f"{say(lang, 'Lo menor es x', 'The smaller is x')}: x + {k}x = {k + 1}x = {s}",
        f"x = {s} {DIVIDE} {k + 1} = {x}",
    )
    found = next(v for v in range(200) if v + k * v == s)
    return Draft(fields, steps, s // (k + 1), found)


def animals(rng: Random, lang: str) -> Draft:
    """Heads and legs, tickets of two prices: so many in all, so much in all."""
    low, high, pair = rng.choice(
        [(2, 4, "legs"), (2, 4, "wheels"), (2, 5, "tickets"), (3, 5, "tickets"), (4, 6, "tickets")]
    )
    x, y = rng.randint(2, 12), rng.randint(2, 12)
    n, whole = x + y, low * x + high * y
    extra = whole - low * n
    fields = {"n": n, "t": whole, "a": low, "b": high}
    head = say(lang, f"Si todos fueran de {low}", f"With {low} each")
    more = say(lang, "Sobran", "Left over")
    each = say(lang, f"Cada uno de {high} añade {high - low}", f"Each one with {high} adds {high - low}")
    steps = (
        f"{head}: {n} {TIMES} {low} = {low * n}",
        f"{more}: {whole} {MINUS} {low * n} = {extra}",
        f"{each}: {extra} {DIVIDE} {high - low} = {extra // (high - low)}",
    )
    found = next(k for k in range(n + 1) if low * (n - k) + high * k == whole)
    return Draft(fields, steps, extra // (high - low), found, variant=pair)


ASKED = Chapter("riddles")
_LOWER = ("equations", "lower_secondary")
FAMILIES = (
    Family("system_sum_difference", *_LOWER, sum_and_difference, ASKED["sum_difference"]),
    Family("system_substitution", *_LOWER, substitution_system, ASKED["system"], unseen=True),
    Family("system_elimination", *_LOWER, elimination_system, ASKED["system"], weight=0.8),
    Family("number_riddle", *_LOWER, number_riddle, ASKED["riddle"], weight=1.2),
    Family("share_riddle", *_LOWER, share_riddle, ASKED["share_riddle"], weight=0.8),
    Family("consecutive_numbers", *_LOWER, consecutive, ASKED["consecutive"], weight=0.8),
    Family("parts_of_a_sum", *_LOWER, parts_of_a_sum, ASKED["parts"]),
    Family("heads_and_legs", *_LOWER, animals, ASKED["animals"], weight=0.7, unseen=True),
)
