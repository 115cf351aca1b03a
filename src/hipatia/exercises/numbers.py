"""Calculation: the four operations, missing numbers, their order, negative numbers."""

from __future__ import annotations

from random import Random

from ..arithmetic import evaluate
from .core import Draft, Family
from .drawing import mostly
from .questions import Chapter
from .steps import DIVIDE, TIMES, add, divide, sub, times
from .wording import MINUS, num, say


def addition(rng: Random, lang: str) -> Draft:
    a, b = mostly(rng, (2, 30), (25, 700)), mostly(rng, (2, 20), (21, 99))
    step = add(a, b, lang)
    head = say(lang, f"Sumamos {a} y {b}", f"We add {a} and {b}")
    return Draft({"a": a, "b": b, "e": f"{a} + {b}"}, (f"{head}: {step}",), step.value, b + a)


def subtraction(rng: Random, lang: str) -> Draft:
    b = mostly(rng, (2, 12), (11, 400))
    a = b + mostly(rng, (2, 20), (10, 300))
    step = sub(a, b, lang)
    head = say(lang, f"A {a} le quitamos {b}", f"From {a} we take {b}")
    return Draft({"a": a, "b": b, "e": f"{a} {MINUS} {b}"}, (f"{head}: {step}",), step.value, a - b)


def multiplication(rng: Random, lang: str) -> Draft:
    a, b = mostly(rng, (2, 12), (11, 45)), mostly(rng, (2, 9), (3, 25))
    a, b = (a, b) if rng.random() < 0.7 else (b, a)
    step = times(a, b, lang)
    head = say(lang, f"Multiplicamos {a} por {b}", f"We multiply {a} by {b}")
    return Draft({"a": a, "b": b, "e": f"{a} {TIMES} {b}"}, (f"{head}: {step}",), step.value, a * b)


def division(rng: Random, lang: str) -> Draft:
    b, q = rng.randint(2, 10), mostly(rng, (2, 12), (11, 45))
    step = divide(b * q, b, lang)
    head = say(lang, f"Dividimos {b * q} entre {b}", f"We divide {b * q} by {b}")
    return Draft({"a": b * q, "b": b, "e": f"{b * q} {DIVIDE} {b}"}, (f"{head}: {step}",), step.value, q)


def missing_number(rng: Random, lang: str) -> Draft:
    """The unknown of an operation, by its inverse."""
    kind = rng.choice(["plus", "minus", "times", "over"])
    x = mostly(rng, (2, 15), (11, 60))
    if kind == "plus":
        b = mostly(rng, (2, 15), (11, 60))
        c, back, found = x + b, sub(x + b, b, lang), [k for k in range(200) if k + b == x + b]
    elif kind == "minus":
        b = mostly(rng, (2, 12), (11, 50))
        x += b
        c, back, found = x - b, add(x - b, b, lang), [k for k in range(200) if k - b == x - b]
    elif kind == "times":
        b = rng.randint(2, 10)
        c, back, found = x * b, divide(x * b, b, lang), [k for k in range(200) if k * b == x * b]
    else:
        b, c = rng.randint(2, 9), rng.randint(2, 12)
        back, found = times(c, b, lang), [k for k in range(200) if k == b * c]
    why = {
        "plus": ("Lo contrario de sumar es restar", "The inverse of adding is subtracting"),
        "minus": ("Lo contrario de restar es sumar", "The inverse of subtracting is adding"),
        "times": ("Lo contrario de multiplicar es dividir", "The inverse of multiplying is dividing"),
        "over": ("Lo contrario de dividir es multiplicar", "The inverse of dividing is multiplying"),
    }[kind]
    return Draft({"b": b, "c": c}, (f"{say(lang, *why)}: {back}",), back.value, found[0], variant=kind)


_SHARES = {
    "half": ("la mitad", "half", 2),
    "third": ("la tercera parte", "a third", 3),
    "quarter": ("la cuarta parte", "a quarter", 4),
    "fifth": ("la quinta parte", "a fifth", 5),
    "tenth": ("la décima parte", "a tenth", 10),
}
_MULTIPLES = {
    2: ("el doble", "double"),
    3: ("el triple", "three times"),
    4: ("el cuádruple", "four times"),
    5: ("el quíntuple", "five times"),
}


def doubles_and_halves(rng: Random, lang: str) -> Draft:
    if rng.random() < 0.5:
        es, en, k = rng.choice(list(_SHARES.values()))
        q = mostly(rng, (2, 15), (12, 60))
        a, step, check = k * q, divide(k * q, k, lang), q
        head = say(lang, f"{es.capitalize()} es dividir entre {k}", f"{en.capitalize()}: we divide by {k}")
    else:
        k = rng.choice([2, 2, 3, 3, 4, 5])
        es, en = _MULTIPLES[k]
        a = mostly(rng, (2, 15), (12, 80))
        step, check = times(k, a, lang), sum([a] * k)
        head = say(
            lang, f"{es.capitalize()} es multiplicar por {k}", f"{en.capitalize()}: we multiply by {k}"
        )
    fields = {"a": a, "es": es, "en": f"{en} of" if en.startswith(("a ", "half")) else en}
    return Draft(fields, (f"{head}: {step}",), step.value, check)


def order_of_operations(rng: Random, lang: str) -> Draft:
    a, b, c, d = rng.randint(3, 20), rng.randint(2, 9), rng.randint(2, 9), rng.randint(2, 10)
    steps: tuple[str, ...]
    shape = rng.randrange(8)
    product = f"{b} {TIMES} {c} = {b * c}"
    inner = f"{d} + {b} = {d + b}"
    first = say(lang, "Primero el producto", "First the product")
    bracket = say(lang, "Primero el paréntesis", "First the brackets")
    after = say(lang, "Después", "Then")
    if shape == 0:
        text, steps = f"{a} + {b} {TIMES} {c}", (f"{first}: {product}", f"{after}: {add(a, b * c, lang)}")
    elif shape == 1:
        a += b * c
        text = f"{a} {MINUS} {b} {TIMES} {c}"
        steps = (f"{first}: {product}", f"{after}: {sub(a, b * c, lang)}")
    elif shape == 2:
        text = f"({d} + {b}) {TIMES} {c}"
        steps = (f"{bracket}: {inner}", f"{after}: {times(d + b, c, lang)}")
    elif shape == 3:
        text = f"{a} + {b * c} {DIVIDE} {b}"
        division_first = say(lang, "Primero la división", "First the division")
        steps = (f"{division_first}: {b * c} {DIVIDE} {b} = {c}", f"{after}: {add(a, c, lang)}")
    elif shape == 4:
        text = f"{b} {TIMES} {c} + {d} {TIMES} 2"
        both = say(lang, "Primero los productos", "First the products")
        steps = (f"{both}: {product}", f"{d} {TIMES} 2 = {d * 2}", f"{after}: {add(b * c, d * 2, lang)}")
    elif shape == 5:
        text = f"{c} {TIMES} ({d + b} {MINUS} {b})"
        steps = (f"{bracket}: {d + b} {MINUS} {b} = {d}", f"{after}: {c} {TIMES} {d} = {c * d}")
    elif shape == 6:
        whole, part = b * c, rng.randint(1, b * c - 1)
        text = f"({part} + {whole - part}) {DIVIDE} {b}"
        steps = (f"{bracket}: {add(part, whole - part, lang)}", f"{after}: {whole} {DIVIDE} {b} = {c}")
    else:
        whole = a + b * c + d
        text = f"{whole} {MINUS} ({a} + {d})"
        steps = (f"{bracket}: {add(a, d, lang)}", f"{after}: {sub(whole, a + d, lang)}")
    value = evaluate(steps[-1].rsplit("=", 1)[1])
    return Draft({"e": text}, steps, value, evaluate(text))


def negatives(rng: Random, lang: str) -> Draft:
    a, b = rng.sample(range(2, 16), 2)
    n = lambda value: num(value, lang)  # noqa: E731
    steps: tuple[str, ...]
    shape = rng.randrange(8)
    gap = f"{max(a, b)} {MINUS} {min(a, b)} = {abs(b - a)}"
    away = say(
        lang,
        "Signos distintos, restamos; queda el del mayor",
        "Unlike signs, we subtract; the larger keeps its sign",
    )
    alike = say(lang, "Los dos son negativos, sumamos", "Both are negative, we add")
    if shape == 0:
        text, value = f"{n(-a)} + {b}", b - a
        steps = (f"{away}: {gap}", f"{text} = {n(value)}")
    elif shape == 1:
        text, value = f"{n(-a)} {MINUS} {b}", -(a + b)
        steps = (f"{alike}: {a} + {b} = {a + b}", f"{text} = {n(value)}")
    elif shape == 2:
        text, value = f"{a} {MINUS} ({n(-b)})", a + b
        head = say(lang, "Restar un negativo es sumar", "Taking away a negative is adding")
        steps = (f"{head}: {text} = {a} + {b} = {n(value)}",)
    elif shape == 3:
        text, value = f"{n(-a)} + ({n(-b)})", -(a + b)
        steps = (f"{alike}: {a} + {b} = {a + b}", f"{text} = {n(value)}")
    elif shape == 4:
        a, b = min(a, b), max(a, b)
        text, value = f"{a} {MINUS} {b}", a - b
        steps = (f"{away}: {b} {MINUS} {a} = {b - a}", f"{text} = {n(value)}")
    elif shape == 5:
        a, b = rng.randint(2, 10), rng.randint(2, 10)
        text, value = f"({n(-a)}) {TIMES} {b}", -(a * b)
        head = say(lang, "Signos distintos, resultado negativo", "Unlike signs, a negative result")
        steps = (f"{head}: {text} = {n(value)}",)
    elif shape == 6:
        a, b = rng.randint(2, 10), rng.randint(2, 10)
        text, value = f"({n(-a)}) {TIMES} ({n(-b)})", a * b
        head = say(lang, "Signos iguales, resultado positivo", "Like signs, a positive result")
        steps = (f"{head}: {text} = {a} {TIMES} {b} = {n(value)}",)
    else:
        a, b = rng.randint(2, 10), rng.randint(2, 10)
        text, value = f"({n(-a * b)}) {DIVIDE} {a}", -b
        head = say(lang, "Signos distintos, resultado negativo", "Unlike signs, a negative result")
        steps = (f"{head}: {text} = {n(value)}",)
    return Draft({"e": text}, steps, value, evaluate(text))


def temperatures(rng: Random, lang: str) -> Draft:
    """Up and down a scale that passes zero."""
    cold, warm = -rng.randint(2, 12), rng.randint(2, 20)
    if rng.random() < 0.5:
        step = f"{num(cold, lang)} + {warm - cold} = {num(warm, lang)}"
        head = say(lang, f"Sube {warm - cold}", f"It goes up {warm - cold}")
        fields = {"a": num(cold, lang), "c": warm - cold}
        return Draft(fields, (f"{head}: {step}",), warm, range(cold, 60)[warm - cold], variant="up")
    if rng.random() < 0.5:
        cold, warm = -rng.randint(2, 6), rng.randint(2, 9)
        step = f"{warm} {MINUS} {warm - cold} = {num(cold, lang)}"
        head = say(lang, f"Baja {warm - cold}", f"It goes down {warm - cold}")
        fields = {"a": warm, "c": warm - cold}
        return Draft(fields, (f"{head}: {step}",), cold, range(warm, -60, -1)[warm - cold], variant="down")
    step = f"{warm} {MINUS} ({num(cold, lang)}) = {warm} + {-cold} = {warm - cold}"
    head = say(lang, "Diferencia", "Difference")
    return Draft(
        {"a": num(cold, lang), "b": warm},
        (f"{head}: {step}",),
        warm - cold,
        len(range(cold, warm)),
        variant="gap",
    )


ASKED = Chapter("numbers")
_PRIMARY, _LOWER = ("numbers", "primary"), ("numbers", "lower_secondary")
FAMILIES = (
    Family("addition", *_PRIMARY, addition, ASKED["addition"]),
    Family("subtraction", *_PRIMARY, subtraction, ASKED["subtraction"]),
    Family("multiplication", *_PRIMARY, multiplication, ASKED["multiplication"]),
    Family("division", *_PRIMARY, division, ASKED["division"]),
    Family("missing_number", *_PRIMARY, missing_number, ASKED["missing"], weight=1.2),
    Family("doubles_and_halves", *_PRIMARY, doubles_and_halves, ASKED["doubles"], weight=0.8),
    Family("order_of_operations", *_LOWER, order_of_operations, ASKED["order"], weight=1.3),
    Family("negatives", *_LOWER, negatives, ASKED["negatives"], weight=1.2),
    Family("temperatures", *_LOWER, temperatures, ASKED["temperatures"], weight=0.8, unseen=True),
)
