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

from ..schema import TOPICS
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
        "divisib|múltiplo|mcm|mcd|mínimo común|máximo común|redonde|valor posicional|decimal|sumand|resta de|"
        "multiplic|división|cociente|prime|integer|divis|multiple of|least common|greatest common|rounding|"
        "place value|remainder|quotient"
    ),
    "fractions": "fracci|numerador|denominador|quebrado|fraction|numerator|denominator|mixed number",
    "percentages": (
        "porcent|por ciento|tanto por ciento|descuento|rebaja|iva|interés simple|interés compuesto|percent|"
        "discount|sales tax|simple interest|compound interest"
    ),
    "proportion": (
        "proporcional|proporción|proporciones|regla de tres|razón entre|escala del|escala de|directamente|"
        "inversamente|reparto|proportion|ratio|rule of three|unit rate|scale factor"
    ),
    "powers": (
        "potencia|exponente|elevado|elevar|raíz cuadrada|raíces cuadradas|raíz cúbica|radical|logaritm|"
        "notación científica|power of|powers of|exponent|square root|cube root|logarithm|scientific notation|"
        "\\sqrt"
    ),
    "algebra": (
        "álgebra|algebr|polinomi|monomio|binomio|trinomio|factoriz|factor común|identidad notable|"
        "identidades notables|términos semejantes|producto notable|productos notables|expresión algebraica|"
        "polynomial|monomial|binomial|trinomial|factoris|like terms|expand the"
    ),
    "equations": (
        "ecuaci|inecuaci|incógnita|despej|sistema de ecuaciones|discriminante|equation|inequalit|unknown|"
        "solve for|discriminant"
    ),
    "functions": (
        "función|funciones|dominio|recorrido de la|pendiente|ordenada en el origen|parábola|gráfica de|"
        "asíntota|function|domain|slope|y-intercept|parabola|graph of|asymptote"
    ),
    "geometry": (
        "geometr|área|perímetro|triángul|cuadrado de lado|rectángul|círcul|circunferencia|polígono|volumen|"
        "ángulo|prisma|cilindro|cono|esfera|pitágoras|hipotenusa|cateto|diámetro|rombo|trapecio|paralel|"
        "perimeter|triangle|rectangle|circle|circumference|polygon|volume|angle|prism|cylinder|cone|sphere|"
        "pythagor|hypotenuse|diameter|surface area|area of"
    ),
    "trigonometry": (
        "trigonom|seno|coseno|tangente|radianes|arcoseno|sine|cosine|tangent|radians|\\sin|\\cos|\\tan|sen(|"
        "sin(|cos(|tan(|tg("
    ),
    "probability": (
        "probabilidad|al azar|moneda|dado|dados|urna|combinatoria|permutaci|combinaciones|variaciones con|"
        "suceso|probabilit|at random|dice|coin|permutation|combinations|likelihood"
    ),
    "statistics": (
        "estadístic|media aritmética|media de|mediana|moda|desviación típica|desviación estándar|varianza|"
        "frecuencia|diagrama de barras|histograma|cuartil|promedio|statistic|mean of|median|mode of|"
        "standard deviation|variance|frequency|histogram|quartile|average"
    ),
    "calculus": (
        "derivada|derivar|derivad|integral|integrar|límite|continuidad|primitiva|tasa de variación|"
        "derivative|differentiat|integrate|limit of|limits|antiderivative|rate of change|\\int|\\lim"
    ),
    "word_problems": (
        "cuántos|cuántas|cuánto dinero|cuánto paga|cuánto cuesta|euros|pesos|compra|vende|reparte|gasta|"
        "ahorra|le quedan|how many|how much|dollars|buys|sells|spends|earns|each day|per day"
    ),
}
_WHOLE = {
    *("iva", "mcm", "mcd", "dado", "dados", "moda", "seno", "cono", "área", "ratio", "dice", "coin", "cone"),
    *("sine", "prime", "limits", "average", "domain", "pesos", "euros", "decimal", "rombo", "radical"),
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
_WORD = re.compile(r"[^\W\d_]{2,}")


@cache
def _topic_patterns() -> dict[str, re.Pattern[str]]:
    def part(word: str) -> str:
        before = r"(?<![\w])" if word[0].isalpha() else ""
        after = r"(?:e?s)?(?!\w)" if word in _WHOLE else ""
        return f"{before}{re.escape(word)}{after}"

    return {
        topic: re.compile("|".join(part(word) for word in words.split("|")), re.IGNORECASE)
        for topic, words in _TOPIC_WORDS.items()
    }


def topic_slug(name: str) -> str:
    """The slug of ``schema.TOPICS`` that a topic's usual name means, else the name as it is."""
    return _TOPIC_OF.get(column_key(name), name)


def find_topics(text: str) -> set[str]:
    """The slugs of ``schema.TOPICS`` whose words occur in the text, Spanish and English alike."""
    patterns = _topic_patterns()
    return {topic for topic in TOPICS if patterns[topic].search(text)}


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
