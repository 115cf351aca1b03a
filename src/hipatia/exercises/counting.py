"""Counting: choices one after the other, orders, groups."""

from __future__ import annotations

from itertools import combinations, permutations, product
from math import comb, factorial
from random import Random

from .core import Draft, Family
from .steps import DIVIDE, TIMES, total
from .wording import people, say


def outfits(rng: Random, lang: str) -> Draft:
    a, b, c = rng.randint(2, 7), rng.randint(2, 7), rng.randint(2, 5)
    fields = people(rng, lang) | {"a": a, "b": b, "c": c}
    first = f"{a} {TIMES} {b} = {a * b}"
    head = say(lang, "Multiplicamos las posibilidades", "We multiply the choices")
    if rng.random() < 0.6:
        pairs = len([(i, j) for i in range(a) for j in range(b)])
        return Draft(fields, (f"{head}: {first}",), a * b, pairs, variant="two")
    triples = total([a * b] * c, lang).value
    steps = (f"{head}: {first}", f"{a * b} {TIMES} {c} = {a * b * c}")
    return Draft(fields, steps, a * b * c, triples, variant="three")


def orders(rng: Random, lang: str) -> Draft:
    """n things in a row, or the factorial itself."""
    n = rng.choice([3, 3, 4, 4, 5, 5, 6])
    fields = people(rng, lang) | {"n": n}
    left = say(
        lang, f"{n} para el primer lugar y uno menos cada vez", f"{n} for the first place, then one less"
    )
    chain = f" {TIMES} ".join(str(k) for k in range(n, 0, -1))
    check = sum(1 for _ in permutations(range(n)))
    variant = "factorial" if rng.random() < 0.25 else "row"
    return Draft(fields, (f"{left}: {chain} = {factorial(n)}",), factorial(n), check, variant=variant)


def podium(rng: Random, lang: str) -> Draft:
    """Ordered choices of two or three among n."""
    n, k = rng.randint(4, 9), rng.choice([2, 3])
    factors = [n - i for i in range(k)]
    chain = f" {TIMES} ".join(map(str, factors))
    value = n * (n - 1) if k == 2 else n * (n - 1) * (n - 2)
    head = say(lang, f"{n} para el primero y uno menos cada vez", f"{n} for the first, then one less")
    fields = people(rng, lang) | {"n": n}
    check = sum(1 for _ in permutations(range(n), k))
    return Draft(fields, (f"{head}: {chain} = {value}",), value, check, variant="two" if k == 2 else "three")


def groups(rng: Random, lang: str) -> Draft:
    """Groups of two or three of n, where the order does not count."""
    n, k = rng.randint(4, 10), rng.choice([2, 2, 3])
    ordered = n * (n - 1) if k == 2 else n * (n - 1) * (n - 2)
    chain = f" {TIMES} ".join(str(n - i) for i in range(k))
    head = say(lang, "En orden", "In order")
    same = say(lang, f"Cada grupo sale {factorial(k)} veces", f"Each group comes {factorial(k)} times")
    steps = (
        f"{head}: {chain} = {ordered}",
        f"{same}: {ordered} {DIVIDE} {factorial(k)} = {comb(n, k)}",
    )
    fields = people(rng, lang) | {"n": n}
    check = sum(1 for _ in combinations(range(n), k))
    return Draft(fields, steps, ordered // factorial(k), check, variant="two" if k == 2 else "three")


def numbers_of_digits(rng: Random, lang: str) -> Draft:
    """Numbers or codes of k digits, digits repeated or not."""
    n, k = rng.randint(3, 6), rng.choice([2, 2, 3])
    digits = ", ".join(map(str, range(1, n + 1)))
    fields = people(rng, lang) | {"d": digits, "k": k, "n": n}
    if rng.random() < 0.5:
        chain = f" {TIMES} ".join([str(n)] * k)
        head = say(lang, f"{n} cifras para cada lugar", f"{n} digits for each place")
        check = sum(1 for _ in product(range(n), repeat=k))
        return Draft(fields, (f"{head}: {chain} = {n**k}",), n**k, check, variant="repeated")
    chain = f" {TIMES} ".join(str(n - i) for i in range(k))
    value = n * (n - 1) if k == 2 else n * (n - 1) * (n - 2)
    head = say(lang, "Una cifra menos en cada lugar", "One digit less at each place")
    check = sum(1 for _ in permutations(range(n), k))
    return Draft(fields, (f"{head}: {chain} = {value}",), value, check, variant="different")


OUTFITS = {
    "es:two": (
        "{p} tiene {a} camisas y {b} pantalones. ¿De cuántas formas distintas puede vestirse?",
        "Un menú ofrece {a} primeros platos y {b} segundos. ¿Cuántos menús diferentes hay?",
        "De A a B hay {a} caminos y de B a C hay {b}. "
        "¿De cuántas maneras se puede ir de A a C pasando por B?",
        "¿Cuántas parejas distintas se pueden formar con una de {a} letras y una de {b} cifras?",
        "Una heladería tiene {a} sabores y {b} tipos de cucurucho. ¿Cuántos helados de un sabor se pueden pedir?",
        "{p} elige uno de {a} libros y una de {b} revistas. ¿Cuántas elecciones son posibles?",
    ),
    "es:three": (
        "{p} tiene {a} camisas, {b} pantalones y {c} gorras. ¿De cuántas formas distintas puede vestirse?",
        "Un menú ofrece {a} primeros, {b} segundos y {c} postres. ¿Cuántos menús diferentes hay?",
        "Un candado se abre eligiendo una de {a} letras, una de {b} cifras y uno de {c} colores. "
        "¿Cuántas combinaciones hay?",
        "Un coche se vende en {a} colores, con {b} motores y {c} tapicerías. ¿Cuántas versiones hay?",
    ),
    "en:two": (
        "{p} has {a} shirts and {b} pairs of trousers. In how many ways can {p} dress?",
        "A menu offers {a} starters and {b} main courses. How many different menus are there?",
        "There are {a} roads from A to B and {b} from B to C. In how many ways can one go from A to C by B?",
    ),
    "en:three": (
        "{p} has {a} shirts, {b} pairs of trousers and {c} caps. In how many ways can {p} dress?",
        "A menu offers {a} starters, {b} main courses and {c} desserts. How many menus are there?",
        "A lock takes one of {a} letters, one of {b} digits and one of {c} colours. "
        "How many codes are there?",
    ),
}
ORDERS = {
    "es:row": (
        "¿De cuántas maneras se pueden colocar {n} libros distintos en una estantería?",
        "¿De cuántas formas pueden ponerse en fila {n} personas?",
        "{n} amigos se sientan en {n} butacas seguidas. ¿De cuántas maneras pueden hacerlo?",
        "¿Cuántas palabras, con o sin sentido, se forman ordenando {n} letras distintas?",
        "¿De cuántas maneras pueden llegar a la meta {n} corredores, sin empates?",
        "{p} ordena {n} cuadros distintos en una pared, uno al lado de otro. ¿De cuántas formas puede?",
    ),
    "es:factorial": (
        "[Find] {n}!.",
        "¿Cuánto vale el factorial de {n}?",
        "[Find] el factorial de {n}.",
        "¿Cuántas permutaciones tienen {n} elementos?",
    ),
    "en:row": (
        "In how many ways can {n} different books be put on a shelf?",
        "In how many ways can {n} people stand in a row?",
        "{n} friends sit on {n} seats in a row. In how many ways can they do it?",
        "In how many orders can {n} runners finish without a tie?",
    ),
    "en:factorial": (
        "What is the factorial of {n}?",
        "[Find] the factorial of {n}.",
        "How many permutations have {n} elements?",
    ),
}
PODIUM = {
    "es:two": (
        "En una carrera de {n} corredores, ¿de cuántas formas se pueden repartir el oro y la plata?",
        "De un grupo de {n} personas se eligen presidente y secretario. ¿Cuántas elecciones son posibles?",
        "¿Cuántas palabras de 2 letras diferentes se forman con {n} letras distintas?",
    ),
    "es:three": (
        "En una carrera de {n} corredores, ¿cuántos podios distintos (oro, plata y bronce) puede haber?",
        "De {n} socios se eligen presidente, secretario y tesorero. ¿De cuántas maneras se puede hacer?",
        "¿De cuántas formas se dan un primer, un segundo y un tercer premio entre {n} cuentos?",
    ),
    "en:two": (
        "In a race of {n} runners, in how many ways can gold and silver go?",
        "From {n} people a president and a secretary are chosen. How many choices are there?",
        "How many words of 2 different letters can be made from {n} letters?",
    ),
    "en:three": (
        "In a race of {n} runners, how many podiums (gold, silver, bronze) are possible?",
        "From {n} members a president, a secretary and a treasurer are chosen. In how many ways?",
        "In how many ways can a first, a second and a third prize go to {n} stories?",
    ),
}
GROUPS = {
    "es:two": (
        "¿Cuántas parejas distintas se pueden formar con {n} personas?",
        "{n} amigos se saludan todos entre sí con un apretón de manos. ¿Cuántos apretones hay?",
        "En una liga de {n} equipos, cada uno juega una vez contra cada otro. ¿Cuántos partidos se juegan?",
        "¿De cuántas formas se pueden elegir 2 sabores de entre {n}?",
        "¿Cuántos segmentos unen de dos en dos {n} puntos, sin que haya tres en línea?",
    ),
    "es:three": (
        "¿Cuántos grupos de 3 personas se pueden formar con {n} personas?",
        "¿De cuántas formas se pueden elegir 3 libros de entre {n}?",
        "De {n} alumnos se eligen 3 delegados con el mismo cargo. ¿Cuántas elecciones son posibles?",
    ),
    "en:two": (
        "How many different pairs can be formed with {n} people?",
        "{n} friends all shake hands with one another. How many handshakes are there?",
        "In a league of {n} teams each plays each other once. How many matches are there?",
    ),
    "en:three": (
        "How many groups of 3 can be formed with {n} people?",
        "In how many ways can 3 books be chosen out of {n}?",
        "From {n} pupils 3 speakers of equal rank are chosen. How many choices are there?",
    ),
}
DIGITS = {
    "es:repeated": (
        "¿Cuántos números de {k} cifras se forman con {d}, si se pueden repetir?",
        "Un código tiene {k} cifras, cada una del 1 al {n}, y se pueden repetir. ¿Cuántos códigos hay?",
        "Con las cifras {d}, repetidas o no, ¿cuántos números de {k} cifras hay?",
    ),
    "es:different": (
        "¿Cuántos números de {k} cifras distintas se forman con {d}?",
        "Un código tiene {k} cifras diferentes, cada una del 1 al {n}. ¿Cuántos códigos hay?",
        "Con las cifras {d}, sin repetir, ¿cuántos números de {k} cifras se pueden escribir?",
    ),
    "en:repeated": (
        "How many numbers of {k} digits can be formed with {d}, if they may be repeated?",
        "A code has {k} digits, each from 1 to {n}, and they may be repeated. How many codes are there?",
        "With the digits {d}, repeated or not, how many numbers of {k} digits are there?",
    ),
    "en:different": (
        "How many numbers of {k} different digits can be formed with {d}?",
        "A code has {k} different digits, each from 1 to {n}. How many codes are there?",
        "With the digits {d}, none repeated, how many numbers of {k} digits are there?",
    ),
}

_LOWER, _UPPER = ("probability", "lower_secondary"), ("probability", "upper_secondary")
FAMILIES = (
    Family("counting_choices", *_LOWER, outfits, OUTFITS, weight=0.8),
    Family("orders", *_UPPER, orders, ORDERS, weight=0.5),
    Family("podiums", *_UPPER, podium, PODIUM, weight=0.5, unseen=True),
    Family("groups_of_people", *_UPPER, groups, GROUPS, weight=0.5),
    Family("numbers_of_digits", *_UPPER, numbers_of_digits, DIGITS, weight=0.5),
)
