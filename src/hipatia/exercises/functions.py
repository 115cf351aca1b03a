"""Functions: values both ways, compositions, exponential growth, what a story costs."""

from __future__ import annotations

from random import Random

from .core import Draft, Family
from .drawing import mostly, sign
from .polynomials import power, signed, value_at, written
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
            f"{say(lang, f'A {rate} cada uno', f'At {rate} each')}: {total - fixed} {DIVIDE} {rate} = {n}",
        )
        found = next(k for k in range(100) if fixed + k * rate == total)
        return Draft(fields, steps, (total - fixed) // rate, found, variant="count")
    steps = (
        f"{say(lang, f'{n} a {rate} cada uno', f'{n} at {rate} each')}: {n} {TIMES} {rate} = {n * rate}",
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
    head = say(lang, f"{n} veces", f"{n} times")
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


LINEAR_VALUE = {
    "es": (
        "Si f(x) = {f}, [find] f({x}).",
        "Dada la función f(x) = {f}, [find] f({x}).",
        "¿Cuánto vale f({x}) si f(x) = {f}?",
        "[Find] el valor de la función f(x) = {f} en x = {x}.",
        "[Find] la imagen de {x} por la función f(x) = {f}.",
        "Sea f(x) = {f}. ¿Cuál es el valor de f({x})?",
        "En la función y = {f}, ¿cuánto vale y [si|cuando] x = {x}?",
        "Completa la tabla de y = {f}: si x = {x}, y = …",
        "¿Qué valor toma f(x) = {f} para x = {x}?",
        "La regla de una función es {f}. ¿Qué número corresponde a x = {x}?",
        "Una máquina cambia x por {f}. ¿Qué sale si entra {x}?",
        "El punto de abscisa {x} está en la gráfica de y = {f}. ¿Cuál es su ordenada?",
    ),
    "en": (
        "If f(x) = {f}, [find] f({x}).",
        "Given the function f(x) = {f}, [find] f({x}).",
        "What is f({x}) if f(x) = {f}?",
        "[Find] the value of the function f(x) = {f} at x = {x}.",
        "[Find] the image of {x} under f(x) = {f}.",
        "Let f(x) = {f}. What is the value of f({x})?",
        "In the function y = {f}, what is y when x = {x}?",
        "A machine turns x into {f}. What comes out if we put in {x}?",
    ),
}
VALUE_TO_X = {
    "es": (
        "Si f(x) = {f}, ¿para qué x se cumple f(x) = {y}?",
        "[Find] x si f(x) = {f} y f(x) = {y}.",
        "¿Qué valor de x hace que y = {f} valga {y}?",
        "En la función y = {f}, ¿cuánto vale x si y = {y}?",
        "[Find] la antiimagen de {y} por la función f(x) = {f}.",
        "Una máquina cambia x por {f} y ha salido {y}. ¿Qué x había entrado?",
        "¿En qué abscisa pasa la recta y = {f} por la ordenada {y}?",
    ),
    "en": (
        "If f(x) = {f}, for which x is f(x) = {y}?",
        "[Find] x if f(x) = {f} and f(x) = {y}.",
        "Which value of x makes y = {f} equal to {y}?",
        "In the function y = {f}, what is x if y = {y}?",
        "A machine turns x into {f} and {y} came out. Which x went in?",
        "At which x does the line y = {f} reach the height {y}?",
    ),
}
COMPOSITION = {
    "es": (
        "Si f(x) = {f} y g(x) = {g}, [find] f(g({x})).",
        "Dadas f(x) = {f} y g(x) = {g}, ¿cuánto vale f(g({x}))?",
        "[Find] (f ∘ g)({x}) si f(x) = {f} y g(x) = {g}.",
        "Sean f(x) = {f} y g(x) = {g}. ¿Cuál es el valor de f(g({x}))?",
        "Primero se aplica g(x) = {g} y después f(x) = {f}. ¿Qué resulta para x = {x}?",
        "[Find] la imagen de {x} por f ∘ g, con f(x) = {f} y g(x) = {g}.",
    ),
    "en": (
        "If f(x) = {f} and g(x) = {g}, [find] f(g({x})).",
        "Given f(x) = {f} and g(x) = {g}, what is f(g({x}))?",
        "[Find] (f ∘ g)({x}) if f(x) = {f} and g(x) = {g}.",
        "Let f(x) = {f} and g(x) = {g}. What is the value of f(g({x}))?",
        "First g(x) = {g} is applied, then f(x) = {f}. What results for x = {x}?",
        "[Find] the image of {x} under f ∘ g, with f(x) = {f} and g(x) = {g}.",
    ),
}
LINE_STORY = {
    "es:cost": (
        "Un taxi cobra {a} € fijos y {b} € por kilómetro. ¿Cuánto cuesta un viaje de {n} km?",
        "Un gimnasio cuesta {a} € de matrícula y {b} € por clase. ¿Cuánto se paga por {n} clases?",
        "Un fontanero cobra {a} € por la visita y {b} € por hora. ¿Cuánto cobra por {n} horas?",
        "Alquilar una bicicleta cuesta {a} € más {b} € por hora. ¿Cuánto cuestan {n} horas?",
        "El coste es C(n) = {b}n + {a} euros. [Find] C({n}).",
        "Una tarifa tiene una cuota de {a} € y {b} € por cada película. "
        "¿Cuánto se paga al ver {n} películas?",
        "{p} tiene {a} € ahorrados y guarda {b} € cada semana. ¿Cuántos euros tendrá en {n} semanas?",
        "La entrada a la feria cuesta {a} € y cada atracción {b} €. ¿Cuánto gasta {p} si sube a {n} atracciones?",
    ),
    "es:count": (
        "Un taxi cobra {a} € fijos y {b} € por kilómetro. Si el viaje costó {t} €, ¿cuántos kilómetros fueron?",
        "Un fontanero cobra {a} € por la visita y {b} € por hora. Si cobró {t} €, ¿cuántas horas trabajó?",
        "{p} tiene {a} € y guarda {b} € cada semana. ¿En cuántas semanas tendrá {t} €?",
        "La entrada a la feria cuesta {a} € y cada atracción {b} €. {p} gastó {t} €. ¿A cuántas atracciones subió?",
        "El coste de n copias es C(n) = {b}n + {a} euros. ¿Para qué n se pagan {t} €?",
    ),
    "en:cost": (
        "A taxi charges {a} € plus {b} € a kilometre. What does a trip of {n} km cost?",
        "A gym costs {a} € to join and {b} € a class. What do {n} classes cost in all?",
        "A plumber charges {a} € for the visit and {b} € an hour. What do {n} hours cost?",
        "Hiring a bike costs {a} € plus {b} € an hour. What do {n} hours cost?",
        "The cost is C(n) = {b}n + {a} euros. [Find] C({n}).",
        "A plan has a fee of {a} € and {b} € for each film. What do {n} films cost?",
    ),
    "en:count": (
        "A taxi charges {a} € plus {b} € a kilometre. A trip cost {t} €. How many kilometres was it?",
        "A plumber charges {a} € for the visit and {b} € an hour. The bill was {t} €. How many hours was that?",
        "{p} has {a} € and saves {b} € a week. After how many weeks will there be {t} €?",
    ),
}
GROWTH = {
    "es:times": (
        "Hay {a} bacterias y su número se {v} cada hora. ¿Cuántas habrá después de {n} horas?",
        "Un valor de {a} se {v} cada año. ¿Cuánto vale al cabo de {n} años?",
        "El número de visitas de una página es {a} y se {v} cada mes. ¿Cuántas visitas tendrá tras {n} meses?",
        "Una cantidad empieza en {a} y se {v} en cada paso. ¿Qué número hay después de {n} pasos?",
    ),
    "es:half": (
        "Una muestra de {a} g se reduce a la mitad cada día. ¿Cuántos gramos quedan después de {n} días?",
        "Se parte por la mitad un número, {a}, y se repite {n} veces en total. ¿Qué número queda?",
        "Quedan {a} litros y cada hora se pierde la mitad. ¿Cuántos litros quedan tras {n} horas?",
    ),
    "en:times": (
        "There are {a} bacteria and their number {v} every hour. How many are there after {n} hours?",
        "A value begins at {a} and {v} every year. What is it after {n} years?",
        "A quantity begins at {a} and {v} at each step. What is it after {n} steps?",
    ),
    "en:half": (
        "A sample of {a} g is halved every day. How many grams are left after {n} days?",
        "A number, {a}, is halved {n} times in all. Which number is left?",
        "There are {a} litres and every hour half is lost. How many litres are left after {n} hours?",
    ),
}

_LOWER, _UPPER = ("functions", "lower_secondary"), ("functions", "upper_secondary")
FAMILIES = (
    Family("function_value", *_LOWER, linear_value, LINEAR_VALUE, weight=1.2),
    Family("quadratic_function_value", *_LOWER, quadratic_value, LINEAR_VALUE, weight=0.8),
    Family("function_value_to_x", *_LOWER, value_to_x, VALUE_TO_X),
    Family("composition", *_UPPER, composition, COMPOSITION, weight=0.6, unseen=True),
    Family("linear_cost", *_LOWER, line_story, LINE_STORY),
    Family("exponential_growth", *_LOWER, growth, GROWTH, weight=0.6),
)
