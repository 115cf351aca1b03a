"""Answers that are words alone, compared as words in both languages: ``same_words("lunes", "It is Monday.")``."""

from __future__ import annotations

import re
from functools import lru_cache

from .labels import DENIAL, NO, YES, folded

_SYNONYMS = {
    "monday": "lunes", "tuesday": "martes", "wednesday": "miercoles", "thursday": "jueves",
        "friday": "viernes",
    "saturday": "sabado", "sunday": "domingo", "even": "par", "odd": "impar", "equilateral": "equilatero",
    "isosceles": "isosceles", "scalene": "escaleno", "prime": "primo", "increasing": "creciente",
    "decreasing": "decreciente", "square": "cuadrado", "circle": "circulo", "rectangle": "rectangulo",
    "triangle": "triangulo", "obtuse": "obtuso", "obtusangulo": "obtuso", "acute": "agudo",
        "acutangulo": "agudo",
    "positive": "positivo", "negative": "negativo", "red": "rojo", "blue": "azul", "green": "verde",
    "january": "enero", "february": "febrero", "march": "marzo", "april": "abril", "may": "mayo",
        "june": "junio",
    "july": "julio", "august": "agosto", "september": "septiembre", "october": "octubre",
        "november": "noviembre",
    "december": "diciembre", "parabola": "parabola", "ellipse": "elipse", "hyperbola": "hiperbola",
        "line": "recta",
}  # fmt: skip


_EMPTY = set("el la los las un una the a an de of es is son are".split())


_BREAKS = DENIAL | set(
    "o u or either neither tampoco casi almost isn't aren't excepto except salvo menos pero but".split()
)


def same_words(expected: str, given: str) -> bool:
    """Whether a claim in words holds the expected ones, in order, and nothing denies or doubts them."""
    wanted, said = _content(expected), _content(given)
    if not wanted or not said or len(said) > 30:
        return False
    if wanted == said:
        return True
    if (items := _listed(expected)) and items == _listed(given):
        return True
    if len(wanted) > 4 or _BREAKS & set(said) - set(wanted):
        return False
    return any(said[i : i + len(wanted)] == wanted for i in range(len(said) - len(wanted) + 1))


def _listed(text: str) -> frozenset[str]:
    """``rojo, verde y azul`` as a set of different words that are no verdicts; empty where it is no list."""
    items = [
        " ".join(_content(part)) for part in re.split(r"[,;]|\b(?:y|e|and)\b", folded(text)) if part.strip()
    ]
    if len(items) < 2 or len(set(items)) < len(items) or (YES | NO) & set(items):
        return frozenset()
    return frozenset(items)


def _content(text: str) -> list[str]:
    words = re.findall(r"[^\W_]+(?:'[^\W\d_]+)?|[^\w\s.,;:!¡¿?\"'()]", folded(text))
    return [_SYNONYMS.get(word, word) for word in words if word not in _EMPTY]


_FUNCTION = re.compile(
    r"\b(?:a?rc)?(?:sen|sin|cos|tan|tg|cot|ctg|sec|csc|cosec|log|ln|lg|exp|mcm|mcd)\s?\(?[a-zα-ω](?:\b|\)|$)",
    re.I,
)


_SIGN = re.compile(r"[\d=<>+*/^\\$%{}\[\]²³¹⁰-₟√∛π∞∅≤≥≠±×÷·∪∩∈°ℝ½¼¾]")
_WORD = re.compile(r"[^\W\d_]{2}")


@lru_cache(maxsize=256)
def is_text(text: str) -> bool:
    """Whether an expected answer is words alone, to be compared as words."""
    return (
        len(text) <= 400
        and not _SIGN.search(text)
        and bool(_WORD.search(text))
        and not _FUNCTION.search(text)
    )
