"""What a text is about and in which language: word lists, no model.

detect_language("¿Cuánto es la mitad de 8?")            # "es"
find_topics("Halla el área del triángulo")              # {"geometry"}
keywords(["La derivada de la función…", …], limit=20)   # [("derivada", 7), …]
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import cache

from .columns import column_key

_SPANISH = """
a al algo alguna algunas algunos algún ambos ante antes aquel aquella aquí así aunque aún bien cada casi
como con contra cual cuales cuando cuanto cuál cuáles cuándo cuánta cuántas cuánto cuántos cómo da dan das
de debe deben del desde después di dice dicen donde dos durante dónde e el ella ellas ellos en entonces
entre era eran eres es esa esas ese eso esos esta estas este esto estos está están fue fueron ha hace
hacer hacia han has hasta hay he la las le les lo los luego mas me mi mientras mis misma mismo mucho
muchos muy más nada ni no nos nosotros nuestra nuestro o obtenemos obtiene otra otras otro otros para pero
poco por porque pregunta primero pues que quien quieres quién qué respuesta resultado sale se sea según
ser será si sido sin sobre solo solución son su sus sí sólo tal también tampoco tan tanto te tenemos tener
tengo ti tiene tienen tienes toda todas todo todos tres tu tus tú u un una unas uno unos usted va vale
vamos van ves vez y ya yo él
"""
_ENGLISH = """
a about above after again all also am an and answer any are as at be because been before being below
between both but by can cannot could did do does doing done down each either else every few find first for
from further get gets give given gives go had has have having he her here hers him his how i if in into is
it its just let like make many may me more most much must my next no nor not now of off on once one only
or other our out over own question result same second she should so solution some such than that the their
them then there these they this those three through to too total two under until up us use used very was
way we were what when where which while who whom whose why will with would yes you your
"""
STOP_WORDS = {"es": frozenset(_SPANISH.split()), "en": frozenset(_ENGLISH.split())}

# Beginnings of words, so that plurals and inflections count; those of _WHOLE count as whole words only.
_TOPIC_WORDS: dict[str, str] = {
    "numbers": (
        "número natural|números naturales|número entero|números enteros|número primo|números primos|divisor|"
        "divisib|múltiplo|mcm|mcd|mínimo común|máximo común|redonde|valor posicional|número decimal|"
        "números decimales|cociente|divide exactamente|jerarquía|orden de las operaciones|operación|"
        "operaciones combinadas|bajo cero|números negativos|prime|integer|divisible|multiple of|"
        "siguiente resta|siguiente suma|quita los paréntesis|least common|greatest common|rounding|place value|"
        "remainder|quotient|order of operations"
    ),
    "fractions": (
        "fracci|numerador|denominador|quebrado|cuartas partes|tercera parte|cuarta parte|quinta parte|"
        "terceras partes|quintas partes|número mixto|fraction|numerator|denominator|mixed number"
    ),
    "percentages": (
        "porcent|por ciento|tanto por ciento|descuento|rebaja|recargo|iva|interés simple|interés compuesto|"
        "percent|discount|sales tax|simple interest|compound interest"
    ),
    "proportion": (
        "proporcional|proporción|proporciones|regla de tres|razón entre|la escala|a escala|escala de|"
        "al mismo ritmo|en un mapa|proportion|ratio|rule of three|unit rate|"
        "scale factor|at the same rate"
    ),
    "powers": (
        "potencia|exponente|elevado|elevar|raíz cuadrada|raíces cuadradas|raíz cúbica|radical|logaritm|"
        "notación científica|power of|powers of|exponent|square root|cube root|logarithm|scientific notation"
    ),
    "algebra": (
        "álgebra|algebr|polinomi|monomio|binomio|trinomio|factoriz|factor común|identidad notable|"
        "identidades notables|términos semejantes|producto notable|productos notables|expresión algebraica|"
        "valor numérico|polynomial|monomial|binomial|trinomial|factoris|like terms|expand the"
    ),
    "equations": (
        "ecuaci|inecuaci|incógnita|despej|sistema de ecuaciones|discriminante|pienso un número|equation|"
        "inequalit|unknown|solve for|discriminant"
    ),
    "functions": (
        "función|funciones|dominio|recorrido de la|pendiente|ordenada en el origen|abscisas|parábola|"
        "gráfica de|asíntota|function|domain|slope|y-intercept|parabola|graph of|asymptote"
    ),
    "geometry": (
        "geometr|área|perímetro|triángul|cuadrado de lado|rectángul|rectangular|círcul|circunferencia|"
        "polígono|volumen|ángulo|prisma|cilindro|cono|esfera|pitágoras|hipotenusa|cateto|diámetro|rombo|"
        "trapecio|paralelogramo|perimeter|triangle|rectangle|circle|circumference|polygon|volume|angle|prism|cylinder|"
        "cone|sphere|pythagor|hypotenuse|diameter|surface area|area of"
    ),
    "trigonometry": (
        "trigonom|seno|coseno|la tangente del|la tangente de un ángulo|radianes|arcoseno|ángulo de elevación|"
        "con un ángulo de|sine|cosine|radians"
    ),
    "probability": (
        "probabilidad|al azar|moneda al aire|lanza una moneda|lanzar una moneda|un dado|el dado|dos dados|"
        "urna|combinatoria|permutaci|combinaciones|variaciones con|suceso|probabilit|at random|a die|"
        "two dice|toss|permutation|combinations|likelihood"
    ),
    "statistics": (
        "estadístic|media aritmética|nota media|la media|mediana|moda|desviación típica|desviación estándar|"
        "varianza|frecuencia|conjunto de datos|diagrama de barras|histograma|cuartil|promedio|statistic|mean of|"
        "median|mode of|standard deviation|variance|frequency|histogram|quartile|average"
    ),
    "calculus": (
        "deriva|integral|integrar|límite de|cuando x tiende|continuidad|primitiva|tasa de variación|recta tangente|"
        "derivative|differentiat|integrate|limit of|antiderivative|rate of change|tangent line"
    ),
    "word_problems": (
        "cuántos|cuántas|cuánto dinero|cuánto paga|cuánto cuesta|qué edad|a qué hora|euros|pesos|compra|"
        "vende|reparte|gasta|ahorra|le quedan|cuánto hay que pagar|a cuánto sale|qué precio|cuánto pesa|"
        "how many|how much|how old|dollars|buys|sells|spends|earns|"
        "each day|per day"
    ),
}
# Signs that tell a topic without a word.
_TOPIC_SIGNS: dict[str, str] = {
    "fractions": r"(?<![\d/])\d{1,9}/\d{1,9}(?![\d/])|\\frac|[½⅓¼¾⅔⅕]",
    "percentages": r"\d ?\\?%",
    "powers": r"[√∛]|\\sqrt|\d(?:\^|[⁻⁰¹²³⁴⁵⁶⁷⁸⁹])|\b[a-z]\^\{?\d",
    "algebra": (
        r"[xyz](?:²|³|\^2|\^3) ?[-−+]|\d\([-−\d ]{0,9}[xyz] ?[-−+]|\([xyz] ?[-−+] ?\d{1,9}\)(?:²|³|\^)"
    ),
    "equations": (
        r"(?<![\w(])\d{0,9}[xyz](?:²|\^2)?(?: ?[-−+] ?\d{0,9}[xyz]?(?:²|\^2)?){0,6} ?= ?[-−\d]|□|"
        r"\([xyz] ?[-−+] ?\d{1,9}\)[-−+ \d]{0,20}=|\d[xyz] ?[-−+] ?\d{1,9}\)? ?="
    ),
    "functions": r"\b[fgh]\(x\)|\by = [-−\d]*x\b",
    "trigonometry": r"\b(?:sen|cos|tg|sin|tan)(?:[²³(]| ?\d+ ?°| [αβθx]\b)|\\(?:sin|cos|tan)\b",
    "calculus": r"∫|\\(?:int|lim)(?![a-z])|\blim\b|f'\(",
}
_WHOLE = {
    *("iva", "mcm", "mcd", "un dado", "el dado", "moda", "seno", "cono", "área", "ratio", "a die"),
    *("cone", "sine", "prime", "average", "domain", "pesos", "euros", "rombo", "operación"),
}
_TOPIC_NAMES = {
    "numbers": "numeros aritmetica arithmetic number_theory numero",
    "fractions": "fracciones fraccion fraction",
    "percentages": "porcentajes porcentaje percentage percents",
    "proportion": "proporcionalidad proporciones ratios proportions",
    "powers": "potencias raices potencias_y_raices radicales exponents",
    "algebra": "polinomios polynomials",
    "equations": "ecuaciones ecuacion equation inecuaciones sistemas",
    "functions": "funciones funcion function",
    "geometry": "geometria",
    "trigonometry": "trigonometria",
    "probability": "probabilidad combinatoria counting_probability",
    "statistics": "estadistica",
    "calculus": "calculo analisis derivadas integrales limites",
    "word_problems": "problemas word_problem problemas_verbales problema",
}
_TOPIC_OF = {name: slug for slug, names in _TOPIC_NAMES.items() for name in (slug, *names.split())}
_WORDS = re.compile(r"[\w-]+")
_MAX_TEXT = 20_000
_WORD = re.compile(r"[^\W\d_]{2,}")


@cache
def _tests() -> dict[str, tuple[tuple[str, ...], re.Pattern[str]]]:
    """For each topic the beginnings of words to look for, a blank before each, and its signs."""
    tests = {}
    for topic, words in _TOPIC_WORDS.items():
        begins = [f" {word}" for word in words.split("|") if word not in _WHOLE]
        begins += [f" {word}{end} " for word in words.split("|") if word in _WHOLE for end in ("", "s", "es")]
        tests[topic] = tuple(begins), re.compile(_TOPIC_SIGNS.get(topic, r"(?!)"))
    return tests


def topic_slug(name: str) -> str:
    """The slug of ``schema.TOPICS`` that a topic's usual name means, else the name as it is."""
    return _TOPIC_OF.get(column_key(name), name)


def find_topics(text: str) -> set[str]:
    """The slugs of ``schema.TOPICS`` whose words or signs occur in the text, Spanish and English alike.

    Of a very long text the first 20,000 characters count.
    """
    text = text[:_MAX_TEXT].lower()
    words = f" {' '.join(_WORDS.findall(text))} "
    return {
        topic
        for topic, (begins, signs) in _tests().items()
        if any(begin in words for begin in begins) or signs.search(text)
    }


def detect_language(text: str) -> str:
    """``es`` or ``en``, by the small words and Spanish letters in the first 2,000 characters."""
    text = text[:2000].lower()
    words = _WORD.findall(text) + re.findall(r"\b[aeouyi]\b", text)
    spanish = sum(word in STOP_WORDS["es"] for word in words) + 2 * sum(text.count(c) for c in "¿¡ñáéíóú")
    english = sum(word in STOP_WORDS["en"] for word in words)
    return "en" if english > spanish else "es"


def keywords(texts: Iterable[str], limit: int = 20) -> list[tuple[str, int]]:
    """The commonest words of three letters or more that are not stop words, with their counts."""
    skipped = STOP_WORDS["es"] | STOP_WORDS["en"]
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update(word for word in _WORD.findall(text.lower()) if len(word) > 2 and word not in skipped)
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:limit]
