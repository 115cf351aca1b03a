"""Systems of two equations, and questions in words that lead to an equation."""

from __future__ import annotations

from random import Random

from .core import Draft, Family
from .drawing import mostly
from .polynomials import term
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
    head = say(lang, f"Si todos fueran de {low}", f"If all were of {low}")
    more = say(lang, "Sobran", "Left over")
    each = say(lang, f"Cada uno de {high} añade {high - low}", f"Each one of {high} adds {high - low}")
    steps = (
        f"{head}: {n} {TIMES} {low} = {low * n}",
        f"{more}: {whole} {MINUS} {low * n} = {extra}",
        f"{each}: {extra} {DIVIDE} {high - low} = {extra // (high - low)}",
    )
    found = next(k for k in range(n + 1) if low * (n - k) + high * k == whole)
    return Draft(fields, steps, extra // (high - low), found, variant=pair)


SYSTEM = {
    "es": (
        "Resuelve el sistema: {f}; {g}.",
        "Resuelve el sistema de ecuaciones {f}, {g}.",
        "[Find] x e y si {f} y {g}.",
        "¿Qué valores de x e y cumplen a la vez {f} y {g}?",
        "[Encuentra|Halla|Obtén] la solución del sistema formado por {f} y {g}.",
        "[Calcula|Halla] x e y: {f}; {g}",
        "Dos números x e y [cumplen|verifican] {f} y {g}. ¿Cuáles son?",
        "[Resuelve por el método que prefieras|Resuelve por cualquier método]: {f}; {g}",
        "[Se sabe que|Sabemos que] {f} y que {g}. ¿Cuánto valen x e y?",
        "Sistema de ecuaciones: {f}, {g}. ¿Cuánto vale cada incógnita?",
    ),
    "en": (
        "Solve the system: {f}; {g}.",
        "Solve the simultaneous equations {f}, {g}.",
        "[Find] x and y if {f} and {g}.",
        "Which values of x and y satisfy both {f} and {g}?",
        "Find the solution of the system of {f} and {g}.",
        "Work out x and y: {f}; {g}",
        "Two numbers x and y satisfy {f} and {g}. What are they?",
    ),
}
SUM_DIFFERENCE = {
    "es:system": SYSTEM["es"],
    "en:system": SYSTEM["en"],
    "es:words": (
        "La suma de dos números es {s} y su diferencia es {d}. ¿[Cuáles son|Qué números son]?",
        "[Find] dos números que suman {s} y cuya diferencia es {d}.",
        "Dos números suman {s} y uno [es {d} unidades mayor que el otro|supera al otro en {d}]. ¿Cuáles son?",
        "Entre {p} y {q} tienen {s} euros. {p} tiene {d} más que {q}. ¿Cuántos euros tiene cada uno, de más a menos?",
        "Reparte {s} en dos partes de modo que una tenga {d} más que la otra.",
    ),
    "en:words": (
        "The sum of two numbers is {s} and their difference {d}. What are they?",
        "[Find] two numbers that add up to {s} and differ by {d}.",
        "{p} and {q} have {s} euros together; {p} has {d} more than {q}. How much does each have?",
        "Split {s} into two parts, one of them {d} more than the other.",
    ),
}
RIDDLE = {
    "es:plus": (
        "El {veces} de un número más {b} es [igual a |]{c}. ¿Cuál es [el|ese] número?",
        "Pienso un número, lo multiplico por {a} y le sumo {b}. Obtengo {c}. ¿Qué número he pensado?",
        "Si al {veces} de un número le [sumas|añades] {b}, [sale|resulta] {c}. [Find] el número.",
        "¿Qué número cumple que su {veces} aumentado en {b} es {c}?",
        "[Find] un número tal que su {veces} más {b} [sea|dé] {c}.",
        "Al sumar {b} al {veces} de un número obtengo {c}. ¿De qué número [se trata|hablo]?",
        "Un grifo que gotea ya había dejado {b} litros y añade {a} litros cada hora. "
        "¿Después de cuántas horas habrá {c} litros?",
        "[Una tienda|Un taller] cobra {b} € fijos y {a} € por hora de alquiler. Alguien pagó {c} €. "
        "¿Cuántas horas fueron?",
    ),
    "es:minus": (
        "El {veces} de un número menos {b} es [igual a |]{c}. ¿Cuál es [el|ese] número?",
        "Pienso un número, lo multiplico por {a} y le resto {b}. Obtengo {c}. ¿Qué número he pensado?",
        "Si al {veces} de un número le [quitas|restas] {b}, [queda|resulta] {c}. [Find] el número.",
        "¿Qué número cumple que su {veces} disminuido en {b} es {c}?",
        "[Find] un número tal que su {veces} menos {b} [sea|dé] {c}.",
        "Al restar {b} del {veces} de un número obtengo {c}. ¿De qué número [se trata|hablo]?",
    ),
    "en:plus": (
        "{a} times a number plus {b} is {c}. What is the number?",
        "I think of a number, multiply it by {a} and add {b}. I get {c}. What was my number?",
        "If you add {b} to {times} a number, you get {c}. [Find] the number.",
        "[Find] a number such that {times} the number plus {b} is {c}.",
        "A shop charges {b} € plus {a} € an hour for a bike. Someone paid {c} €. How many hours was that?",
    ),
    "en:minus": (
        "{a} times a number minus {b} is {c}. What is the number?",
        "I think of a number, multiply it by {a} and subtract {b}. I get {c}. What was my number?",
        "If you take {b} from {times} a number, {c} is left. [Find] the number.",
        "[Find] a number such that {times} the number less {b} is {c}.",
    ),
}
SHARE_RIDDLE = {
    "es:plus": (
        "{Parte} de un número más {b} es [igual a |]{c}. ¿Cuál es el número?",
        "Pienso un número, lo divido entre {a} y le sumo {b}. Obtengo {c}. ¿Qué número he pensado?",
        "Si a {parte} de un número le [sumas|añades] {b}, resulta {c}. [Find] el número.",
    ),
    "es:minus": (
        "{Parte} de un número menos {b} es [igual a |]{c}. ¿Cuál es el número?",
        "Pienso un número, lo divido entre {a} y le resto {b}. Obtengo {c}. ¿Qué número he pensado?",
        "Si a {parte} de un número le [quitas|restas] {b}, queda {c}. [Find] el número.",
    ),
    "en:plus": (
        "{Part} of a number plus {b} is {c}. What is the number?",
        "I think of a number, divide it by {a} and add {b}. I get {c}. What was my number?",
        "If you add {b} to {part} of a number, you get {c}. [Find] the number.",
    ),
    "en:minus": (
        "{Part} of a number minus {b} is {c}. What is the number?",
        "I think of a number, divide it by {a} and subtract {b}. I get {c}. What was my number?",
        "If you take {b} from {part} of a number, {c} is left. [Find] the number.",
    ),
}
CONSECUTIVE = {
    "es": (
        "La suma de {n} números consecutivos es {s}. ¿[Cuáles son|Qué números son]?",
        "[Find] {n} números [enteros |naturales |]consecutivos que suman {s}.",
        "[Find] {n} números seguidos cuya suma es {s}.",
        "Si sumamos {n} números consecutivos obtenemos {s}. ¿De qué números se trata?",
        "¿Qué {n} números consecutivos suman {s}?",
        "{s} es la suma de {n} números consecutivos. [Find] los números.",
        "Los números de {n} páginas seguidas de un libro suman {s}. ¿Qué páginas son?",
    ),
    "en": (
        "The sum of {n} consecutive numbers is {s}. What are they?",
        "[Find] {n} consecutive numbers that add up to {s}.",
        "Which {n} consecutive numbers add up to {s}?",
        "If we add {n} consecutive numbers we get {s}. Which numbers are they?",
        "{s} is the sum of {n} consecutive numbers. [Find] them.",
        "The numbers of {n} pages in a row add up to {s}. Which pages are they?",
    ),
}
PARTS = {
    "es": (
        "Dos números suman {s} y uno es el {veces} del otro. ¿Cuál es el menor?",
        "[Find] el menor de dos números que suman {s}, si el mayor es el {veces} del menor.",
        "{p} tiene el {veces} de cromos que {q}. En total tienen {s}. ¿Cuántos cromos tiene {q}?",
        "Se reparten {s} euros de modo que {p} recibe el {veces} que {q}. ¿Cuántos euros recibe {q}?",
        "En una granja hay {s} animales, entre gallinas y conejos. Las gallinas son el {veces} de los conejos. "
        "¿Cuántos conejos hay?",
        "Una cuerda de {s} m se corta en dos trozos; uno mide el {veces} del otro. ¿Cuántos metros mide el más corto?",
        "La edad de una madre es el {veces} de la de su hijo y entre los dos suman {s} años. "
        "¿[Qué edad|Cuántos años] tiene el hijo?",
    ),
    "en": (
        "Two numbers add up to {s} and one is {times} the other. What is the smaller?",
        "[Find] the smaller of two numbers with the sum {s}, if the larger is {times} the smaller.",
        "{p} has {times} as many cards as {q}. Together they have {s}. How many cards has {q}?",
        "{s} euros are shared so that {p} gets {times} as much as {q}. How many euros does {q} get?",
        "A rope of {s} m is cut in two; one piece is {times} as long as the other. How many metres is the shorter?",
        "On a farm are {s} hens and rabbits, {times} as many hens as rabbits. How many rabbits are there?",
    ),
}
ANIMALS = {
    "es:legs": (
        "En un corral hay gallinas y conejos: {n} cabezas y {t} patas. ¿Cuántos conejos hay?",
        "Entre gallinas y vacas suman {n} animales y {t} patas. ¿Cuántas vacas son?",
        "Una granja tiene {n} animales, patos y ovejas, con {t} patas en total. ¿Cuántas ovejas tiene?",
    ),
    "es:wheels": (
        "En un aparcamiento hay {n} vehículos, motos y coches, con {t} ruedas en total. ¿Cuántos coches hay?",
        "Entre bicicletas y coches hay {n} vehículos y {t} ruedas. ¿Cuántos coches son?",
    ),
    "es:tickets": (
        "Se venden {n} entradas, de {a} € y de {b} €, y se recaudan {t} €. ¿Cuántas eran de {b} €?",
        "{n} cuadernos, unos de {a} € y otros de {b} €, cuestan en total {t} €. ¿Cuántos son de {b} €?",
        "En una caja hay {n} botellas, unas de {a} litros y otras de {b} litros, con {t} litros en total. "
        "¿Cuántas son de {b} litros?",
    ),
    "en:legs": (
        "In a yard are hens and rabbits: {n} heads and {t} legs. How many rabbits are there?",
        "A farm has {n} animals, ducks and sheep, with {t} legs in all. How many sheep are there?",
    ),
    "en:wheels": (
        "In a car park are {n} vehicles, motorbikes and cars, with {t} wheels in all. How many cars are there?",
        "There are {n} bicycles and cars with {t} wheels. How many of them are cars?",
    ),
    "en:tickets": (
        "{n} tickets, some of {a} € and some of {b} €, bring {t} €. How many were {b} € tickets?",
        "{n} notebooks, some of {a} € and some of {b} €, cost {t} € in all. How many cost {b} €?",
    ),
}

_LOWER = ("equations", "lower_secondary")
FAMILIES = (
    Family("system_sum_difference", *_LOWER, sum_and_difference, SUM_DIFFERENCE),
    Family("system_substitution", *_LOWER, substitution_system, SYSTEM, unseen=True),
    Family("system_elimination", *_LOWER, elimination_system, SYSTEM, weight=0.8),
    Family("number_riddle", *_LOWER, number_riddle, RIDDLE, weight=1.2),
    Family("share_riddle", *_LOWER, share_riddle, SHARE_RIDDLE, weight=0.8),
    Family("consecutive_numbers", *_LOWER, consecutive, CONSECUTIVE, weight=0.8),
    Family("parts_of_a_sum", *_LOWER, parts_of_a_sum, PARTS),
    Family("heads_and_legs", *_LOWER, animals, ANIMALS, weight=0.7, unseen=True),
)
