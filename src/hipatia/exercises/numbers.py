"""Calculation: the four operations, missing numbers, their order, negative numbers."""

from __future__ import annotations

from random import Random

from ..arithmetic import evaluate
from .clauses import PLAIN
from .core import Draft, Family
from .drawing import mostly
from .steps import DIVIDE, TIMES, add, divide, sub, times
from .wording import MINUS, num, say


def addition(rng: Random, lang: str) -> Draft:
    a, b = mostly(rng, (2, 30), (25, 700)), mostly(rng, (2, 20), (21, 99))
    step = add(a, b, lang)
    head = say(lang, f"Sumamos {a} y {b}", f"We add {a} and {b}")
    return Draft({"a": a, "b": b}, (f"{head}: {step}",), step.value, b + a)


def subtraction(rng: Random, lang: str) -> Draft:
    b = mostly(rng, (2, 12), (11, 400))
    a = b + mostly(rng, (2, 20), (10, 300))
    step = sub(a, b, lang)
    head = say(lang, f"A {a} le quitamos {b}", f"From {a} we take {b}")
    return Draft({"a": a, "b": b}, (f"{head}: {step}",), step.value, a - b)


def multiplication(rng: Random, lang: str) -> Draft:
    a, b = mostly(rng, (2, 12), (11, 45)), mostly(rng, (2, 9), (3, 25))
    a, b = (a, b) if rng.random() < 0.7 else (b, a)
    step = times(a, b, lang)
    head = say(lang, f"Multiplicamos {a} por {b}", f"We multiply {a} by {b}")
    return Draft({"a": a, "b": b}, (f"{head}: {step}",), step.value, a * b)


def division(rng: Random, lang: str) -> Draft:
    b, q = rng.randint(2, 10), mostly(rng, (2, 12), (11, 45))
    step = divide(b * q, b, lang)
    head = say(lang, f"Dividimos {b * q} entre {b}", f"We divide {b * q} by {b}")
    return Draft({"a": b * q, "b": b}, (f"{head}: {step}",), step.value, q)


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
        head = say(lang, f"{es.capitalize()} es multiplicar por {k}", f"{en.capitalize()}: times {k}")
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


def _operation(sign: str, spanish: tuple[str, ...], english: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """The plain phrasings of ``a sign b`` and further ones in words."""
    more = {"es": spanish, "en": english}
    shown = f"{{a}} {sign} {{b}}"
    return {lang: (*(text.replace("{e}", shown) for text in PLAIN[lang]), *more[lang]) for lang in PLAIN}


ADDITION = _operation(
    "+",
    (
        "Suma {a} y {b}.",
        "¿[Cuál es|Cuánto vale] la suma de {a} y {b}?",
        "¿Qué número [resulta de|se obtiene al] sumar {b} a {a}?",
        "¿Cuánto [suman|hacen] {a} y {b}[| juntos]?",
        "[A|Al número] {a} le [añadimos|sumamos] {b}. ¿[Cuánto|Qué número] [sale|resulta]?",
        "[Find] la suma de {a} [y|más] {b}.",
        "¿[Qué número es|Cuál es el número que es] {b} unidades mayor que {a}?",
        "Los sumandos son {a} y {b}. ¿Cuánto vale la suma?",
    ),
    (
        "Add {a} and {b}.",
        "What is the [sum|total] of {a} and {b}?",
        "[Find] the sum of {a} and {b}.",
        "{b} is added to {a}. What [number results|do we get]?",
        "Which number is {b} more than {a}?",
    ),
)
SUBTRACTION = _operation(
    MINUS,
    (
        "Resta {b} a {a}.",
        "¿[Cuál es|Cuánto vale] la diferencia entre {a} y {b}?",
        "A {a} [réstale|quítale] {b}. ¿Cuánto [queda|resulta]?",
        "¿Cuánto le falta a {b} para llegar a {a}?",
        "¿Cuánto hay que [sumar|añadir] a {b} para [obtener|llegar a] {a}?",
        "Calcula {a} - {b}.",
        "¿[En cuánto|En cuántas unidades] supera {a} a {b}?",
        "¿Qué número es {b} unidades menor que {a}?",
        "El minuendo es {a} y el sustraendo es {b}. [Find] la diferencia.",
    ),
    (
        "Subtract {b} from {a}.",
        "What is the difference between {a} and {b}?",
        "[Take|Take away] {b} from {a}. What is left?",
        "How much must be added to {b} to [get|reach] {a}?",
        "Which number is {b} less than {a}?",
        "By how much is {a} greater than {b}?",
    ),
)
MULTIPLICATION = _operation(
    TIMES,
    (
        "Multiplica {a} por {b}.",
        "¿[Cuál es|Cuánto vale] el producto de {a} y {b}?",
        "¿[Cuánto es|Cuánto da|Cuántas son] {a} por {b}?",
        "[Find] el producto {a} · {b}.",
        "Los factores son {a} y {b}. ¿Cuál es el producto?",
        "¿Cuánto es {b} veces {a}?",
        "¿Qué número [se obtiene|resulta] al multiplicar {a} por {b}?",
        "[Calcula|Resuelve] {a} x {b}.",
    ),
    (
        "Multiply {a} by {b}.",
        "What is the product of {a} and {b}?",
        "What is {a} times {b}?",
        "[Find] the product of {a} and {b}.",
        "The factors are {a} and {b}. What is the product?",
    ),
)
DIVISION = _operation(
    DIVIDE,
    (
        "Divide {a} entre {b}.",
        "¿Cuánto es {a} [entre|dividido entre|dividido por] {b}?",
        "[Find] el cociente de {a} [y|entre] {b}.",
        "[Calcula|Resuelve|Efectúa] {a} : {b}.",
        "¿Cuántas veces [cabe|está contenido] {b} en {a}?",
        "Calcula {a} / {b}.",
        "El dividendo es {a} y el divisor es {b}. ¿Cuál es el cociente?",
        "[Repartimos|Se reparten] {a} en {b} partes iguales. ¿Cuánto vale cada parte?",
        "¿Qué número multiplicado por {b} da {a}?",
    ),
    (
        "Divide {a} by {b}.",
        "What is {a} divided by {b}?",
        "How many times does {b} go into {a}?",
        "The dividend is {a} and the divisor {b}. What is the quotient?",
        "{a} is split into {b} equal parts. How much is each part?",
        "Which number times {b} gives {a}?",
    ),
)
MISSING = {
    "es:plus": (
        "¿Qué número sumado [a|con] {b} da {c}?",
        "[Completa|Halla el número que falta]: ___ + {b} = {c}",
        "[Find] el número que falta: ☐ + {b} = {c}",
        "Al sumar {b} a un número [se obtiene|sale|resulta] {c}. ¿Cuál es [el|ese] número?",
        "Si a un número le [sumamos|añadimos] {b}, obtenemos {c}. ¿De qué número se trata?",
        "Pienso un número, le sumo {b} y [me da|obtengo] {c}. ¿Qué número pensé?",
        "Un sumando es {b} y la suma es {c}. ¿Cuál es el otro sumando?",
    ),
    "es:minus": (
        "¿A qué número hay que restarle {b} para [obtener|que quede] {c}?",
        "[Completa|Halla el número que falta]: ___ − {b} = {c}",
        "Si a un número le [quitamos|restamos] {b}, quedan {c}. ¿Qué número era?",
        "Pienso un número, le resto {b} y [me da|obtengo] {c}. ¿Qué número pensé?",
        "El sustraendo es {b} y la diferencia es {c}. [Find] el minuendo.",
        "Un número disminuido en {b} es {c}. ¿Cuál es?",
    ),
    "es:times": (
        "¿Qué número multiplicado por {b} da {c}?",
        "[Completa|Halla el número que falta]: ___ × {b} = {c}",
        "[Find] el factor que falta: {b} × ☐ = {c}",
        "El producto de un número por {b} es {c}. ¿Cuál es [el|ese] número?",
        "Pienso un número, lo multiplico por {b} y [me da|obtengo] {c}. ¿Qué número pensé?",
        "Un factor es {b} y el producto es {c}. ¿Cuánto vale el otro factor?",
        "¿Por qué número hay que multiplicar {b} para [obtener|llegar a] {c}?",
    ),
    "es:over": (
        "¿Qué número dividido entre {b} da {c}?",
        "[Completa|Halla el número que falta]: ___ ÷ {b} = {c}",
        "Al dividir un número entre {b} [se obtiene|resulta] {c} exacto. ¿Cuál es el número?",
        "Pienso un número, lo divido entre {b} y [me da|obtengo] {c}. ¿Qué número pensé?",
        "En una división exacta el divisor es {b} y el cociente es {c}. [Find] el dividendo.",
        "Si repartimos un número en {b} partes iguales, cada parte vale {c}. ¿Qué número es?",
    ),
    "en:plus": (
        "Which number added to {b} gives {c}?",
        "[Complete|Find the missing number]: ___ + {b} = {c}",
        "I think of a number, add {b} and get {c}. What was my number?",
        "If {b} is added to a number, we get {c}. What is the number?",
    ),
    "en:minus": (
        "From which number must {b} be taken to leave {c}?",
        "[Complete|Find the missing number]: ___ − {b} = {c}",
        "I think of a number, subtract {b} and get {c}. What was my number?",
        "A number less {b} is {c}. Which number is it?",
    ),
    "en:times": (
        "Which number multiplied by {b} gives {c}?",
        "[Complete|Find the missing number]: ___ × {b} = {c}",
        "I think of a number, multiply it by {b} and get {c}. What was my number?",
        "One factor is {b} and the product {c}. What is the other factor?",
    ),
    "en:over": (
        "Which number divided by {b} gives {c}?",
        "[Complete|Find the missing number]: ___ ÷ {b} = {c}",
        "I think of a number, divide it by {b} and get {c}. What was my number?",
        "A number is split into {b} equal parts of {c}. What is the number?",
    ),
}
DOUBLES = {
    "es": (
        "¿Cuánto es {es} de {a}?",
        "[Find] {es} de {a}.",
        "¿Cuál es {es} de {a}?",
        "Escribe {es} de {a}.",
        "¿Qué número es {es} de {a}?",
        "Si un número es {a}, ¿cuánto vale {es} de ese número?",
        "[Tengo|Había|Son] {a} y [quiero saber|me preguntan] {es}. ¿Cuánto es?",
    ),
    "en": (
        "What is {en} {a}?",
        "[Find] {en} {a}.",
        "How much is {en} {a}?",
        "Write down {en} {a}.",
        "Which number is {en} {a}?",
        "[Can you tell me|Do you know] what {en} {a} is?",
    ),
}
ORDER = {
    "es": (
        *PLAIN["es"],
        "Calcula [respetando|siguiendo|teniendo en cuenta] el orden de las operaciones: {e}",
        "Ten en cuenta la [jerarquía|prioridad] de las operaciones y [find] {e}.",
        "[Operación combinada|Operaciones combinadas]: {e}",
    ),
    "en": (
        *PLAIN["en"],
        "Calculate in the right order: {e}",
        "Mind the order of operations and calculate {e}.",
    ),
}
NEGATIVES = {
    "es": (*PLAIN["es"], "[Opera|Calcula] con números [enteros|negativos]: {e}"),
    "en": (*PLAIN["en"], "[Calculate|Work] with [integers|negative numbers]: {e}"),
}
TEMPERATURES = {
    "es:up": (
        "[Por la mañana|A las seis|De madrugada] [había|estábamos a] {a} °C y la temperatura [subió|ha subido] "
        "{c} grados. ¿Qué temperatura hay ahora?",
        "El termómetro marcaba {a} grados y sube {c}. ¿Cuánto marca [ahora|después]?",
        "La temperatura de un congelador es de {a} °C. Si aumenta {c} grados, ¿a qué temperatura queda?",
        "Un buzo [está|se encuentra] a {a} metros (bajo el nivel del mar) y un dron [sube|asciende] {c} metros "
        "desde allí. ¿A qué altura queda el dron?",
    ),
    "es:down": (
        "[Al mediodía|Por la tarde|Hace unas horas] había {a} °C y la temperatura bajó {c} grados. "
        "¿Qué temperatura [hay|quedó]?",
        "El termómetro marca {a} grados y [baja|desciende] {c}. ¿Cuánto marca entonces?",
        "Un ascensor está en la planta {a} y baja {c} plantas. ¿En qué planta [se para|queda]?",
    ),
    "es:gap": (
        "En una ciudad hay {a} °C y en otra {b} °C. ¿Cuál es la diferencia de temperatura?",
        "La mínima fue de {a} °C y la máxima de {b} °C. ¿Cuántos grados [hay de diferencia|varió la temperatura]?",
        "¿Cuántos grados [sube|aumenta] la temperatura si pasa de {a} °C a {b} °C?",
        "¿Qué distancia hay en la recta numérica entre {a} y {b}?",
    ),
    "en:up": (
        "In the morning it was {a} °C and the temperature rose by {c} degrees. What is it now?",
        "The thermometer showed {a} degrees and goes up {c}. What does it show?",
        "A freezer is at {a} °C. What is its temperature after a rise of {c} degrees?",
    ),
    "en:down": (
        "At noon it was {a} °C and the temperature fell by {c} degrees. What is it now?",
        "The thermometer shows {a} degrees and drops {c}. What does it show then?",
        "A lift is on floor {a} and goes down {c} floors. On which floor does it stop?",
    ),
    "en:gap": (
        "One town has {a} °C and another {b} °C. What is the difference?",
        "The lowest was {a} °C and the highest {b} °C. How many degrees apart are they?",
        "How far apart are {a} and {b} on the number line?",
    ),
}

_PRIMARY, _LOWER = ("numbers", "primary"), ("numbers", "lower_secondary")
FAMILIES = (
    Family("addition", *_PRIMARY, addition, ADDITION),
    Family("subtraction", *_PRIMARY, subtraction, SUBTRACTION),
    Family("multiplication", *_PRIMARY, multiplication, MULTIPLICATION),
    Family("division", *_PRIMARY, division, DIVISION),
    Family("missing_number", *_PRIMARY, missing_number, MISSING, weight=1.2),
    Family("doubles_and_halves", *_PRIMARY, doubles_and_halves, DOUBLES, weight=0.8),
    Family("order_of_operations", *_LOWER, order_of_operations, ORDER, weight=1.3),
    Family("negatives", *_LOWER, negatives, NEGATIVES, weight=1.2),
    Family("temperatures", *_LOWER, temperatures, TEMPERATURES, weight=0.8, unseen=True),
)
