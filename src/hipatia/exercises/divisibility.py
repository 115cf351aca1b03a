"""Divisibility: remainders, multiples and divisors, lcm and gcd, prime factors."""

from __future__ import annotations

from math import gcd, lcm, prod
from random import Random

from .core import Draft, Family
from .drawing import mostly
from .polynomials import power
from .steps import DIVIDE, TIMES, add, sub, times
from .wording import say


def remainder(rng: Random, lang: str) -> Draft:
    b, q = rng.randint(3, 9), mostly(rng, (2, 9), (8, 20))
    a = b * q + rng.randint(1, b - 1)
    product = times(q, b, lang)
    rest = sub(a, int(product.value), lang)
    steps = (
        f"{say(lang, f'El {b} cabe {q} veces en {a}', f'{b} goes {q} times into {a}')}: {product}",
        f"{say(lang, 'Resto', 'Remainder')}: {rest}",
    )
    return Draft({"a": a, "b": b}, steps, rest.value, a % b)


def dividend(rng: Random, lang: str) -> Draft:
    """dividend = divisor × quotient + remainder."""
    b, q = rng.randint(3, 9), mostly(rng, (2, 10), (11, 30))
    r = rng.randint(1, b - 1)
    product = times(b, q, lang)
    last = add(int(product.value), r, lang)
    steps = (
        f"{say(lang, 'Divisor por cociente', 'Divisor times quotient')}: {product}",
        f"{say(lang, 'Más el resto', 'Plus the remainder')}: {last}",
    )
    found = next(k for k in range(400) if k // b == q and k % b == r)
    return Draft({"b": b, "q": q, "r": r}, steps, last.value, found)


def _multiples(number: int, last: int) -> str:
    return ", ".join(str(k) for k in range(number, last + 1, number))


def least_common_multiple(rng: Random, lang: str) -> Draft:
    while True:
        a, b = rng.randint(2, 15), rng.randint(3, 20)
        m = lcm(a, b)
        if a < b and m <= 60 and m // b <= 6 and (m > b or rng.random() < 0.2):
            break
    listed = say(lang, f"Múltiplos de {b}", f"Multiples of {b}")
    fits = say(lang, f"{m} es el primero que también es de {a}", f"{m} is the first that {a} divides")
    steps = (f"{listed}: {_multiples(b, m)}", f"{fits}: {m} {DIVIDE} {a} = {m // a}")
    a, b = (a, b) if rng.random() < 0.7 else (b, a)
    return Draft(
        {"a": a, "b": b}, steps, m, next(k for k in range(max(a, b), a * b + 1) if k % a == k % b == 0)
    )


def _divisors(number: int) -> list[int]:
    return [k for k in range(1, number + 1) if number % k == 0]


def greatest_common_divisor(rng: Random, lang: str) -> Draft:
    while True:
        g = rng.randint(2, 12)
        a, b = sorted((g * rng.randint(1, 6), g * rng.randint(2, 7)))
        if a != b and b <= 60:
            break
    tried = [k for k in reversed(_divisors(a)) if k >= gcd(a, b)]
    listed = say(lang, f"Divisores de {a}, de mayor a menor", f"Divisors of {a}, the greatest first")
    fits = say(
        lang, f"{tried[-1]} es el primero que divide a {b}", f"{tried[-1]} is the first that divides {b}"
    )
    steps = (
        f"{listed}: {', '.join(map(str, tried))}",
        f"{fits}: {b} {DIVIDE} {tried[-1]} = {b // tried[-1]}",
    )
    a, b = (a, b) if rng.random() < 0.5 else (b, a)
    common = max(set(_divisors(a)) & set(_divisors(b)))
    return Draft({"a": a, "b": b}, steps, tried[-1], common)


def _prime_factors(number: int) -> list[int]:
    factors, k = [], 2
    while number > 1:
        while number % k == 0:
            factors.append(k)
            number //= k
        k += 1
    return factors


def prime_factors(rng: Random, lang: str) -> Draft:
    while True:
        n = rng.randint(8, 120)
        factors = _prime_factors(n)
        if 2 <= len(factors) <= 5 and max(factors) <= 13:
            break
    steps, rest = [], n
    for k in factors:
        head = say(lang, f"Dividimos entre {k}", f"We divide by {k}")
        steps.append(f"{head}: {rest} {DIVIDE} {k} = {rest // k}")
        rest //= k
    bases = sorted(set(factors))
    answer = f" {TIMES} ".join(power(k, factors.count(k)) for k in bases)
    check = prod(k ** factors.count(k) for k in bases)
    return Draft({"a": n}, tuple(steps), n, check, answer=answer)


def number_of_divisors(rng: Random, lang: str) -> Draft:
    n = rng.choice([6, 8, 9, 10, 12, 14, 15, 16, 18, 20, 21, 22, 24, 25, 26, 27, 28, 30, 32, 33, 35, 40])
    pairs = [(k, n // k) for k in _divisors(n) if k * k <= n]
    shown = ", ".join(f"{a} {TIMES} {b}" for a, b in pairs)
    head = say(lang, f"Productos que dan {n}", f"Products that give {n}")
    listed = ", ".join(map(str, _divisors(n)))
    count = sum(2 - (a == b) for a, b in pairs)
    tail = say(lang, f"Divisores: {listed}; son {count}.", f"Divisors: {listed}; that makes {count}.")
    return Draft({"a": n}, (f"{head}: {shown}.", tail), count, len(_divisors(n)))


REMAINDER = {
    "es": (
        "¿Cuál es el resto [de dividir|al dividir] {a} entre {b}?",
        "[Find] el resto de la división {a} : {b}.",
        "Al dividir {a} entre {b}, ¿[qué resto queda|cuál es el residuo|cuánto sobra]?",
        "Divide {a} entre {b} e indica el [resto|residuo].",
        "¿Cuánto sobra si [dividimos|repartimos] {a} entre {b}?",
        "[Find] el [resto|residuo] de {a} ÷ {b}.",
        "En la división {a} ÷ {b}, ¿[qué resto queda|cuál es el resto|cuál es el residuo]?",
        "[Repartimos|Se reparten] {a} objetos en {b} montones iguales, lo más grandes posible. "
        "¿Cuántos [sobran|quedan sin repartir]?",
        "Haz la división entera de {a} entre {b} y [di|escribe] el resto.",
    ),
    "en": (
        "What is the remainder [of|when you divide] {a} [divided by|by] {b}?",
        "[Find] the remainder of the division {a} ÷ {b}.",
        "When {a} is divided by {b}, what remainder is left?",
        "Divide {a} by {b} and give the remainder.",
        "How much is left over if we divide {a} by {b}?",
        "[Find] the remainder of {a} ÷ {b}.",
        "{a} things are put into {b} equal heaps, as large as possible. How many are left over?",
    ),
}
DIVIDEND = {
    "es": (
        "En una división el divisor es {b}, el cociente es {q} y el resto es {r}. ¿Cuál es el dividendo?",
        "[Find] el dividendo de una división con divisor {b}, cociente {q} y resto {r}.",
        "¿Qué número dividido entre {b} da {q} de cociente y {r} de resto?",
        "Al dividir un número entre {b}, el cociente es {q} y sobran {r}. ¿[Qué número era|Cuál es el número]?",
        "Cociente: {q}. Divisor: {b}. Resto: {r}. ¿Cuánto vale el dividendo?",
        "Divido un número entre {b}; obtengo {q} y me sobran {r}. ¿Qué número dividí?",
    ),
    "en": (
        "In a division the divisor is {b}, the quotient {q} and the remainder {r}. What is the dividend?",
        "[Find] the dividend of a division with divisor {b}, quotient {q} and remainder {r}.",
        "Which number divided by {b} gives the quotient {q} and the remainder {r}?",
        "When a number is divided by {b}, the quotient is {q} and {r} is left over. What is the number?",
        "Quotient: {q}. Divisor: {b}. Remainder: {r}. What is the dividend?",
        "I divide a number by {b}; I get {q} and have {r} left. Which number was it?",
    ),
}
LCM = {
    "es": (
        "[Find] el [mínimo común múltiplo|m.c.m.] de {a} y {b}.",
        "[Find] el mcm de {a} y {b}.",
        "¿Cuál es el [mínimo común múltiplo|menor múltiplo común] de {a} y {b}?",
        "mcm({a}, {b}) = ?",
        "¿Cuál es el menor número [positivo|natural] que es múltiplo de {a} y de {b} a la vez?",
        "¿Cuánto vale el [mínimo común múltiplo|mcm] de los números {a} y {b}?",
        "Un autobús pasa cada {a} minutos y otro cada {b}. Si [salen|acaban de pasar] juntos, "
        "¿[cuántos minutos tardan en coincidir|dentro de cuántos minutos volverán a coincidir]?",
        "Una luz parpadea cada {a} segundos y otra cada {b} segundos. Acaban de encenderse a la vez. "
        "¿Dentro de cuántos segundos volverán a coincidir?",
        "Una persona riega las plantas cada {a} días y [las abona|limpia las hojas] cada {b} días. Hoy ha hecho "
        "las dos cosas. ¿Cuántos días pasarán hasta que coincidan [otra vez|de nuevo]?",
        "Dos campanas suenan cada {a} y cada {b} minutos. Ahora suenan juntas. "
        "¿Cuántos minutos faltan para que vuelvan a sonar [a la vez|juntas]?",
        "Dos amigos van a la biblioteca, uno cada {a} días y el otro cada {b}. Hoy se han visto allí. "
        "¿Cuántos días tardarán en volver a encontrarse?",
        "Queremos el mismo número de salchichas y de panes. Las salchichas vienen de {a} en {a} y los panes de "
        "{b} en {b}. ¿Cuál es el menor número de cada cosa que podemos comprar?",
    ),
    "en": (
        "[Find] the [least|lowest] common multiple of {a} and {b}.",
        "What is the [lcm|least common multiple] of {a} and {b}?",
        "[Find] the lcm of {a} and {b}.",
        "lcm({a}, {b}) = ?",
        "What is the least number that is a multiple of both {a} and {b}?",
        "One bus leaves every {a} minutes and another every {b}. They leave together now. "
        "After how many minutes do they leave together again?",
        "One bell rings every {a} minutes and another every {b}. They have just rung together. "
        "In how many minutes will they ring together again?",
        "One lamp flashes every {a} seconds, another every {b} seconds; now both flash. "
        "After how many seconds do they flash together next?",
    ),
}
GCD = {
    "es": (
        "[Find] el [máximo común divisor|m.c.d.] de {a} y {b}.",
        "[Find] el MCD de {a} y {b}.",
        "¿Cuál es el [máximo común divisor|mayor divisor común] de {a} y {b}?",
        "MCD({a}, {b}) = ?",
        "¿Cuál es el mayor número que divide[| exactamente] a {a} y a {b}?",
        "¿Cuánto vale el [máximo común divisor|mcd] de los números {a} y {b}?",
        "Se quieren cortar dos [cuerdas|cintas|tablas] de {a} y {b} metros en trozos iguales lo más largos "
        "posible, sin que sobre nada. ¿Cuántos metros mide cada trozo?",
        "Con {a} rosas y {b} lirios se hacen ramos iguales sin que sobre ninguna flor. "
        "¿Cuál es el mayor número de ramos posible?",
        "[Una maestra|Un monitor] tiene {a} lápices y {b} gomas y prepara lotes idénticos, sin que sobre nada. "
        "¿Cuántos lotes puede hacer como máximo?",
        "Un suelo de {a} dm por {b} dm se cubre con baldosas cuadradas, lo más grandes posible, sin cortar "
        "ninguna. ¿Cuántos decímetros mide el lado de cada baldosa?",
        "En un taller hay {a} chicas y {b} chicos. Se forman equipos iguales, con las mismas chicas y los mismos "
        "chicos en cada uno. ¿Cuál es el mayor número de equipos?",
        "Para simplificar la fracción {a}/{b} de una vez, ¿entre qué número hay que dividir arriba y abajo?",
    ),
    "en": (
        "[Find] the [greatest|highest] common divisor of {a} and {b}.",
        "What is the [gcd|greatest common divisor|highest common factor] of {a} and {b}?",
        "[Find] the gcd of {a} and {b}.",
        "gcd({a}, {b}) = ?",
        "What is the greatest number that divides both {a} and {b}?",
        "Two ropes of {a} and {b} metres are cut into equal pieces, as long as possible, with nothing left. "
        "How many metres long is each piece?",
        "{a} roses and {b} lilies make equal bunches with no flower left. "
        "What is the greatest possible number of bunches?",
        "A floor of {a} dm by {b} dm is laid with square tiles, as large as possible, none of them cut. "
        "How many decimetres is the side of a tile?",
    ),
}
PRIME_FACTORS = {
    "es": (
        "Descompón {a} en factores primos.",
        "[Find] la descomposición [en factores primos|factorial] de {a}.",
        "[Escribe|Expresa] {a} como producto de [números|factores] primos.",
        "Factoriza el número {a}.",
        "¿Cuál es la descomposición en factores primos [de|del número] {a}?",
        "¿Qué producto de números primos da {a}?",
    ),
    "en": (
        "Factorise {a} into primes.",
        "[Find] the prime factorisation of {a}.",
        "[Write|Express] {a} as a product of prime numbers.",
        "Split {a} into prime factors.",
        "What is the prime factorisation of {a}?",
        "Which product of primes gives {a}?",
    ),
}
DIVISOR_COUNT = {
    "es": (
        "¿Cuántos divisores tiene [|el número ]{a}?",
        "[Find] el número de divisores de {a}.",
        "¿Entre cuántos números [naturales|distintos] se puede dividir {a} de forma exacta?",
        "[Cuenta|Di cuántos son] los divisores de {a}.",
        "Escribe los divisores de {a}. ¿Cuántos son?",
        "¿De cuántas maneras se pueden colocar {a} sillas en filas iguales (contando una sola fila y filas de una "
        "silla)?",
    ),
    "en": (
        "How many divisors has [|the number ]{a}?",
        "[Find] the number of divisors of {a}.",
        "By how many [whole|natural] numbers can {a} be divided exactly?",
        "Count the divisors of {a}.",
        "Write down the divisors of {a}. How many are there?",
        "In how many ways can {a} chairs be set in equal rows (one row and rows of one chair included)?",
    ),
}

_PRIMARY, _LOWER = ("numbers", "primary"), ("numbers", "lower_secondary")
FAMILIES = (
    Family("remainder", *_PRIMARY, remainder, REMAINDER, unseen=True),
    Family("dividend", *_PRIMARY, dividend, DIVIDEND, weight=0.7),
    Family("least_common_multiple", *_LOWER, least_common_multiple, LCM),
    Family("greatest_common_divisor", *_LOWER, greatest_common_divisor, GCD),
    Family("prime_factors", *_LOWER, prime_factors, PRIME_FACTORS, weight=0.7),
    Family("number_of_divisors", *_LOWER, number_of_divisors, DIVISOR_COUNT, weight=0.5, unseen=True),
)
