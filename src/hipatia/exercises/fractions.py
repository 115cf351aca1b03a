"""Calculation with fractions: sums, products, quotients, lowest terms, decimals, comparison."""

from __future__ import annotations

from fractions import Fraction
from math import gcd
from random import Random

from .clauses import PLAIN
from .core import Draft, Family
from .drawing import SMALL
from .steps import DIVIDE, TIMES, reduce
from .wording import MINUS, frac, num, say

EASY = (2, 3, 4, 5)
ANY = (2, 3, 4, 5, 6, 8, 10)


def proper(rng: Random, bottoms: tuple[int, ...] | None = None) -> tuple[int, int]:
    """Top and bottom of a fraction below 1 in lowest terms, mostly of a small denominator."""
    choice = bottoms or (EASY if rng.random() < SMALL else ANY)
    while True:
        bottom = rng.choice(choice)
        top = rng.randint(1, bottom - 1)
        if gcd(top, bottom) == 1:
            return top, bottom


def same_denominator(rng: Random, lang: str) -> Draft:
    bottom = rng.randint(3, 12)
    a, c = rng.randint(1, bottom - 1), rng.randint(1, bottom - 1)
    plus = rng.random() < 0.6 or a == c
    a, c = (a, c) if plus else (max(a, c), min(a, c))
    sign, top = ("+", a + c) if plus else (MINUS, a - c)
    text = f"{a}/{bottom} {sign} {c}/{bottom}"
    head = say(lang, "Igual denominador, operamos arriba", "Same denominator, we work at the top")
    steps = (f"{head}: {a} {sign} {c} = {top}", f"{text} = {reduce(top, bottom)}")
    check = Fraction(a, bottom) + (1 if plus else -1) * Fraction(c, bottom)
    value = Fraction(top, bottom)
    return Draft({"e": text}, steps, value, check, answer=frac(value))


def different_denominators(rng: Random, lang: str) -> Draft:
    while True:
        (a, b), (c, d) = proper(rng), proper(rng)
        common = b * d // gcd(b, d)
        if b != d and common <= 40:
            break
    plus = rng.random() < 0.6
    if not plus and Fraction(a, b) < Fraction(c, d):
        (a, b), (c, d) = (c, d), (a, b)
    x, z = a * (common // b), c * (common // d)
    sign, top = ("+", x + z) if plus else (MINUS, x - z)
    text = f"{a}/{b} {sign} {c}/{d}"
    head = say(lang, f"Denominador común {common}", f"Common denominator {common}")
    changed = [f"{p}/{q} = {r}/{common}" for p, q, r in ((a, b, x), (c, d, z)) if q != common]
    word = say(lang, " y ", " and ")
    steps = (
        f"{head}: {word.join(changed)}",
        f"{text} = {x}/{common} {sign} {z}/{common} = {reduce(top, common)}",
    )
    value = Fraction(top, common)
    check = Fraction(a * d + c * b if plus else a * d - c * b, b * d)
    return Draft({"e": text}, steps, value, check, answer=frac(value))


def product(rng: Random, lang: str) -> Draft:
    (a, b), (c, d) = proper(rng), proper(rng)
    if rng.random() < 0.3:
        c, d = rng.randint(2, 8), 1
    shown = f"{c}/{d}" if d > 1 else str(c)
    text = f"{a}/{b} {TIMES} {shown}"
    up, down = f"{a} {TIMES} {c} = {a * c}", f"{b} {TIMES} {d} = {b * d}"
    steps = [f"{say(lang, 'Arriba', 'Top')}: {up}"]
    if d > 1:
        steps.append(f"{say(lang, 'Abajo', 'Bottom')}: {down}")
    steps.append(f"{text} = {reduce(a * c, b * d)}")
    value = Fraction(a * c, b * d)
    return Draft({"e": text}, tuple(steps), value, Fraction(a, b) * Fraction(c, d), answer=frac(value))


def quotient(rng: Random, lang: str) -> Draft:
    (a, b), (c, d) = proper(rng), proper(rng)
    text = f"({a}/{b}) {DIVIDE} ({c}/{d})"
    shown = f"{a}/{b} {say(lang, ':', DIVIDE)} {c}/{d}"
    head = say(lang, f"La inversa de {c}/{d} es {d}/{c}", f"The inverse of {c}/{d} is {d}/{c}")
    value = Fraction(a * d, b * c)
    step = f"{head}: {text} = {a}/{b} {TIMES} {d}/{c} = {reduce(a * d, b * c)}"
    return Draft({"e": shown}, (step,), value, Fraction(a, b) / Fraction(c, d), answer=frac(value))


def with_whole(rng: Random, lang: str) -> Draft:
    """A whole number plus or minus a fraction; what is missing from a whole."""
    (top, bottom), n = proper(rng, ANY), rng.choice([1, 1, 2, 3, 4, 5])
    minus = n == 1 or rng.random() < 0.5
    sign = MINUS if minus else "+"
    result = n * bottom - top if minus else n * bottom + top
    text = f"{n} {sign} {top}/{bottom}"
    head = say(lang, f"{n} en {bottom} partes son {n * bottom}/{bottom}", f"{n} is {n * bottom}/{bottom}")
    steps = (f"{head}: {text} = {n * bottom}/{bottom} {sign} {top}/{bottom} = {reduce(result, bottom)}",)
    value = Fraction(result, bottom)
    check = n - Fraction(top, bottom) if minus else n + Fraction(top, bottom)
    fields = {"e": text, "f": f"{top}/{bottom}"}
    story = n == 1 and rng.random() < 0.7
    return Draft(fields, steps, value, check, answer=frac(value), variant="left" if story else "plain")


def simplify(rng: Random, lang: str) -> Draft:
    top, bottom = proper(rng, (2, 3, 4, 5, 6, 7, 8, 9))
    k = rng.randint(2, 5) if rng.random() < SMALL else rng.randint(6, 12)
    text = f"{top * k}/{bottom * k}"
    head = say(lang, f"Dividimos arriba y abajo entre {k}", f"We divide top and bottom by {k}")
    steps = (
        f"{head}: {top * k} {DIVIDE} {k} = {top} {say(lang, 'y', 'and')} {bottom * k} {DIVIDE} {k} = {bottom}",
        f"{text} = {top}/{bottom}",
    )
    value, answer = Fraction(top, bottom), f"{top}/{bottom}"
    return Draft({"e": text}, steps, value, Fraction(top * k, bottom * k), answer=answer)


def equivalent(rng: Random, lang: str) -> Draft:
    """The missing term of a/b = ?/d."""
    top, bottom = proper(rng, (2, 3, 4, 5, 6, 7, 8))
    k = rng.randint(2, 5) if rng.random() < SMALL else rng.randint(6, 11)
    if rng.random() < 0.6:
        fields = {"e": f"{top}/{bottom} = x/{bottom * k}", "f": f"{top}/{bottom}", "n": bottom * k}
        head = say(lang, f"De {bottom} a {bottom * k}", f"From {bottom} to {bottom * k}")
        first, second, value, variant = f"{bottom * k} {DIVIDE} {bottom} = {k}", top, top * k, "top"
    else:
        fields = {"e": f"{top}/{bottom} = {top * k}/x", "f": f"{top}/{bottom}", "n": top * k}
        head = say(lang, f"De {top} a {top * k}", f"From {top} to {top * k}")
        first, second, value, variant = f"{top * k} {DIVIDE} {top} = {k}", bottom, bottom * k, "bottom"
    steps = (
        f"{head}: {first}",
        f"{say(lang, 'Multiplicamos por lo mismo', 'We multiply by the same')}: {second} {TIMES} {k} = {value}",
    )
    whole = Fraction(top, bottom)
    check = whole * (bottom * k) if variant == "top" else Fraction(top * k) / whole
    return Draft(fields, steps, value, check, variant=variant)


def fraction_to_decimal(rng: Random, lang: str) -> Draft:
    top, bottom = proper(rng, (2, 4, 5, 10) if rng.random() < SMALL else (8, 20, 25))
    scale = next(s for s in (10, 100, 1000) if s % bottom == 0)
    k = scale // bottom
    value = Fraction(top * k, scale)
    text = f"{top}/{bottom}"
    middle = f"{text} = {top * k}/{scale}" if k > 1 else text
    head = say(lang, f"La llevamos a denominador {scale}", f"We bring it to the denominator {scale}")
    step = f"{head}: {middle} = {num(value, lang)}"
    return Draft({"e": text}, (step,), value, Fraction(top, bottom))


def decimal_to_fraction(rng: Random, lang: str) -> Draft:
    top, bottom = proper(rng, (2, 4, 5, 10) if rng.random() < SMALL else (4, 20, 25))
    whole = rng.choice([0, 0, 0, 1, 2])
    value = Fraction(top, bottom) + whole
    scale = next(s for s in (10, 100) if s % bottom == 0)
    text = num(value, lang)
    digits = int(value * scale)
    places = len(str(scale)) - 1
    head = say(
        lang,
        f"{places} {'decimal' if places == 1 else 'decimales'}, dividimos entre {scale}",
        f"{places} decimal{'' if places == 1 else 's'}, over {scale}",
    )
    check = whole + Fraction(top, bottom)
    return Draft(
        {"e": text}, (f"{head}: {text} = {reduce(digits, scale)}",), value, check, answer=frac(value)
    )


def mixed_number(rng: Random, lang: str) -> Draft:
    """2 3/4 as 11/4."""
    (top, bottom), n = proper(rng, ANY), rng.randint(2, 6)
    steps = (
        f"{say(lang, 'Entero por denominador', 'Whole times denominator')}: {n} {TIMES} {bottom} = {n * bottom}",
        f"{say(lang, 'Más el numerador', 'Plus the numerator')}: {n * bottom} + {top} = {n * bottom + top}",
        say(lang, f"Queda {n * bottom + top}/{bottom}.", f"It is {n * bottom + top}/{bottom}."),
    )
    value = Fraction(n * bottom + top, bottom)
    fields = {"n": n, "f": f"{top}/{bottom}"}
    return Draft(fields, steps, value, n + Fraction(top, bottom), answer=frac(value))


def compare(rng: Random, lang: str) -> Draft:
    while True:
        (a, b), (c, d) = proper(rng), proper(rng)
        common = b * d // gcd(b, d)
        if (b != d or rng.random() < 0.2) and Fraction(a, b) != Fraction(c, d) and common <= 40:
            break
    x, z = a * (common // b), c * (common // d)
    greater = rng.random() < 0.6
    first = (x > z) == greater
    answer = f"{a}/{b}" if first else f"{c}/{d}"
    head = say(lang, f"Denominador común {common}", f"Common denominator {common}")
    changed = [f"{p}/{q} = {r}/{common}" for p, q, r in ((a, b, x), (c, d, z)) if q != common]
    word, larger = say(lang, " y ", " and "), max(x, z)
    end = say(lang, f"{larger} es más que {min(x, z)}.", f"{larger} is more than {min(x, z)}.")
    steps = (f"{head}: {word.join(changed)}", end) if changed else (end,)
    if b == d:
        same = say(lang, "Igual denominador, miramos arriba", "Same denominator, we look at the top")
        steps = (f"{same}: {end}",)
    fractions = (Fraction(a, b), Fraction(c, d))
    value = fractions[0] if first else fractions[1]
    check = max(fractions) if greater else min(fractions)
    fields = {"a": f"{a}/{b}", "b": f"{c}/{d}"}
    return Draft(fields, steps, value, check, answer=answer, variant="greater" if greater else "smaller")


FRACTION_PLAIN = {
    "es": (
        *PLAIN["es"],
        "[Find] {e} y [simplifica el resultado|da la fracción irreducible].",
        "[Calcula|Opera|Efectúa] y simplifica: {e}",
        "[Opera con fracciones|Operaciones con fracciones|Calcula y reduce]: {e}",
        "¿Qué fracción [resulta de|se obtiene con|es igual a] {e}?",
    ),
    "en": (
        *PLAIN["en"],
        "[Find] {e} and simplify the result.",
        "[Calculate|Work out] and simplify: {e}",
        "[Find] {e} in lowest terms.",
        "Which fraction equals {e}?",
    ),
}
WITH_WHOLE = {
    "es:plain": FRACTION_PLAIN["es"],
    "es:left": (
        "¿Qué fracción [queda de una pizza|de una pizza queda] si [se comen|nos comemos] {f}?",
        "[Se han|Hemos] recorrido {f} de un camino. ¿Qué fracción[ del camino|] falta?",
        "Una persona ha leído {f} de un libro. ¿Qué fracción le queda por leer?",
        "Un depósito está lleno hasta {f} de su capacidad. ¿Qué fracción [está vacía|falta por llenar]?",
        "¿Qué fracción hay que sumar a {f} para [llegar a|completar] la unidad?",
        "¿Cuánto le falta a {f} para ser 1?",
        "Gasto {f} de mi dinero. ¿Qué fracción [de mi dinero me queda|me queda]?",
        "Un jardín tiene {f} de césped y el resto de flores. ¿Qué fracción ocupan las flores?",
    ),
    "en:plain": FRACTION_PLAIN["en"],
    "en:left": (
        "What fraction of a pizza is left if {f} of it is eaten?",
        "{f} of a path is done. What fraction is still to go?",
        "Someone has read {f} of a book. What fraction is left to read?",
        "A tank is full to {f}. What fraction is empty?",
        "What fraction must be added to {f} to make 1?",
    ),
}
SIMPLIFY = {
    "es": (
        "Simplifica [la fracción |]{e}.",
        "[Escribe|Expresa] {e} como fracción irreducible.",
        "Reduce {e} a su forma más simple.",
        "¿Cuál es la fracción irreducible [equivalente a|de] {e}?",
        "Simplifica {e} [todo lo posible|al máximo|hasta que no se pueda más].",
        "[Find] la fracción irreducible de {e}.",
        "¿Cómo queda {e} [simplificada|si la simplificamos|en su mínima expresión]?",
        "[Amplificar o simplificar|Ejercicio de simplificar]: lleva {e} a [términos mínimos|su forma irreducible].",
    ),
    "en": (
        "Simplify [the fraction |]{e}.",
        "Write {e} in lowest terms.",
        "Reduce {e} to its simplest form.",
        "Which fraction in lowest terms equals {e}?",
        "Simplify {e} as far as possible.",
        "[Find] the simplest form of {e}.",
    ),
}
EQUIVALENT = {
    "es:top": (
        "[Completa|Calcula x]: {e}",
        "¿Qué numerador falta para que {f} sea equivalente a una fracción de denominador {n}?",
        "Si {e}, ¿cuánto vale x?",
        "Escribe {f} con denominador {n}. ¿Cuál es el numerador?",
        "[Find] el numerador x que hace equivalentes las fracciones: {e}.",
        "{f} es lo mismo que x/{n}. [Find] x.",
    ),
    "es:bottom": (
        "[Completa la igualdad|Calcula el denominador x|Encuentra el término que falta]: {e}",
        "¿Qué denominador falta para que {f} sea equivalente a una fracción de numerador {n}?",
        "Las fracciones {e} son equivalentes. ¿Cuánto vale x?",
        "[Find] el denominador x que hace equivalentes las fracciones: {e}.",
        "Busca una fracción equivalente a {f} con numerador {n}. ¿Cuál es su denominador?",
    ),
    "en:top": (
        "[Complete|Find x]: {e}",
        "Write {f} with the denominator {n}. What is the numerator?",
        "If {e}, what is x?",
        "[Find] the numerator x that makes the fractions equivalent: {e}.",
    ),
    "en:bottom": (
        "[Complete the equality|Find the missing denominator]: {e}",
        "Write {f} with the numerator {n}. What is the denominator?",
        "The fractions {e} are equivalent. What is x?",
    ),
}
TO_DECIMAL = {
    "es": (
        "[Escribe|Expresa] {e} [como número decimal|en forma decimal|con decimales].",
        "¿Qué número decimal [es|corresponde a|equivale a] {e}?",
        "[Pasa|Convierte] la fracción {e} [a decimal|en un número decimal].",
        "[Transforma|Convierte] {e} en un número decimal.",
        "¿Cuál es la expresión decimal de {e}?",
        "[Find] el decimal [equivalente a|que corresponde a] {e}.",
        "En la calculadora alguien divide para pasar {e} a decimal. ¿Qué [ve en la pantalla|número aparece]?",
    ),
    "en": (
        "Write {e} as a decimal.",
        "Which decimal number is {e}?",
        "Turn the fraction {e} into a decimal.",
        "Express {e} in decimal form.",
        "Convert {e} to a decimal number.",
        "What is the decimal expression of {e}?",
    ),
}
TO_FRACTION = {
    "es": (
        "[Escribe|Expresa] {e} como fracción irreducible.",
        "¿Qué fracción [irreducible|simplificada] es {e}?",
        "Pasa {e} a fracción y simplifica.",
        "[Convierte|Transforma] el [decimal|número decimal] {e} en una fracción irreducible.",
        "[Find] la fracción generatriz de {e}.",
        "¿A qué fracción irreducible equivale {e}?",
    ),
    "en": (
        "Write {e} as a fraction in lowest terms.",
        "Which fraction in lowest terms is {e}?",
        "Turn {e} into a fraction and simplify it.",
        "Convert the decimal {e} to a fraction in lowest terms.",
        "[Find] the fraction in lowest terms that equals {e}.",
        "Express {e} as a simplified fraction.",
    ),
}
MIXED = {
    "es": (
        "[Escribe|Expresa] el número mixto {n} {f} como [fracción|fracción impropia].",
        "¿Qué fracción[ impropia|] es {n} enteros y {f}?",
        "Convierte {n} y {f} en una [sola fracción|fracción impropia].",
        "Pasa el número mixto {n} {f} a fracción.",
        "Hay {n} pizzas enteras y {f} de otra. ¿Qué fracción representa el total?",
        "[Find] la fracción impropia [que equivale|equivalente] a {n} {f}.",
    ),
    "en": (
        "Write the mixed number {n} {f} as an improper fraction.",
        "Which improper fraction is {n} {f}?",
        "Convert {n} and {f} to a single fraction.",
        "Turn the mixed number {n} {f} into a fraction.",
        "There are {n} whole pizzas and {f} of another. Which fraction is that in all?",
        "[Find] the improper fraction that equals {n} {f}.",
    ),
}
COMPARE = {
    "es:greater": (
        "¿Qué fracción es mayor, {a} o {b}?",
        "¿Cuál es mayor: {a} o {b}?",
        "Compara {a} y {b}. ¿Cuál [es la mayor|vale más]?",
        "De las fracciones {a} y {b}, [indica|di|escribe] la mayor.",
        "Una jarra tiene {a} de litro y otra {b} de litro. ¿Qué fracción de litro tiene la que más tiene?",
        "Dos corredores han hecho {a} y {b} del recorrido. ¿Qué fracción lleva el que va delante?",
    ),
    "es:smaller": (
        "¿Qué fracción es menor, {a} o {b}?",
        "¿Cuál es menor: {a} o {b}?",
        "Compara {a} y {b}. ¿Cuál [es la menor|vale menos]?",
        "De las fracciones {a} y {b}, [indica|di|escribe] la menor.",
    ),
    "en:greater": (
        "Which fraction is greater, {a} or {b}?",
        "Compare {a} and {b}. Which is greater?",
        "Of the fractions {a} and {b}, give the greater.",
        "One jug holds {a} of a litre and another {b}. What fraction is in the fuller one?",
    ),
    "en:smaller": (
        "Which fraction is smaller, {a} or {b}?",
        "Compare {a} and {b}. Which is smaller?",
    ),
}

_PRIMARY, _LOWER = ("fractions", "primary"), ("fractions", "lower_secondary")
FAMILIES = (
    Family("fractions_same_denominator", *_PRIMARY, same_denominator, FRACTION_PLAIN),
    Family("fractions_sum", *_LOWER, different_denominators, FRACTION_PLAIN, weight=1.5),
    Family("fractions_product", *_LOWER, product, FRACTION_PLAIN),
    Family("fractions_quotient", *_LOWER, quotient, FRACTION_PLAIN, unseen=True),
    Family("fraction_and_whole", *_LOWER, with_whole, WITH_WHOLE, weight=0.8),
    Family("simplify_fraction", *_PRIMARY, simplify, SIMPLIFY),
    Family("equivalent_fraction", *_PRIMARY, equivalent, EQUIVALENT, weight=0.7),
    Family("fraction_to_decimal", *_PRIMARY, fraction_to_decimal, TO_DECIMAL),
    Family("decimal_to_fraction", *_LOWER, decimal_to_fraction, TO_FRACTION, weight=0.7, unseen=True),
    Family("mixed_number", *_PRIMARY, mixed_number, MIXED, weight=0.7),
    Family("compare_fractions", *_PRIMARY, compare, COMPARE, weight=0.7),
)
