"""Answers in words: no solution, infinitely many, yes and no, options, and mathematics spoken aloud."""

from __future__ import annotations

import re

from ..numerals import plain_word
from .values import Label

_NONE = re.compile(
    r"(?:(?:la |el |this |the |esta |dicha )?(?:ecuacion|sistema|equation|system|inecuacion|inequality"
    r"|problema|problem)s? )?"
    r"(?:no (?:tiene|hay|existen?|posee|has|admite)(?: ninguna| ningun)?(?: real)?"
    r" ?(?:solucion(?:es)?|solutions?|raices|raiz)?(?: real(?:es)?| en (?:los )?(?:numeros )?(?:reales|r"
    r"|ℝ)| posibles?)?"
    r"|no (?:real )?(?:solutions?|roots?)(?: exists?)?|there (?:is|are) no (?:real )?(?:solutions?|roots?)"
    r"|(?:has|have) no (?:real )?(?:solutions?|roots?)|sin solucion(?:es)?(?: reales| real)?|ninguna(?: "
    r"solucion)?|none"
    r"|does not have (?:any |a )?(?:real )?(?:solutions?|roots?)|doesn't have (?:any |a )?(?:real "
    r")?solutions?"
    r"|(?:es |is )?(?:un )?(?:sistema )?(?:incompatible|inconsistent|imposible|impossible|unsolvable)"
    r"|(?:el |the )?(?:conjunto|set)(?: solucion)?(?: es)?(?: el)? ?(?:vacio|conjunto vacio)|(?:the "
    r")?empty set|no existe(?:n)?"
    r"|does not exist|doesn't exist|dne|∅|\{ ?\}|s ?= ?∅|x ?∈ ?∅|(?:es )?(?:una )?contradiccion|vacio|∄"
    r"|no solution set)"
)
_ALL = re.compile(
    r"(?:(?:la |el |this |the |esta )?(?:ecuacion|sistema|equation|system|inecuacion|inequality)s? )?"
    r"(?:(?:tiene|hay|has|have|there (?:is|are)|existen) )?(?:(?:an )?infinit(?:as|os|ely many|e number of|e)"
    r"(?: de)? ?(?:soluciones|solutions|numeros)?|(?:es |is )?(?:un )?(?:sistema )?compatible indeterminado"
    r"|(?:todos|all)(?: of)?(?: los| the)? ?(?:numeros )?(?:reales|reals?(?: numbers)?|valores(?: "
    r"reales)?(?: de x)?|numbers)"
    r"|(?:any|cualquier|every|todo) (?:real )?(?:numero|number|value|valor)(?: real)?(?: de x| of x)?|ℝ|x "
    r"?∈ ?ℝ|\(-∞[,;] ?\+?∞\)"
    r"|(?:es |is )?(?:una |an )?(?:identidad|identity)|x puede ser cualquier numero(?: real)?|siempre se "
    r"cumple|always true"
    r"|(?:la )?recta real|infinite solutions|infinitely many)"
)
_YES = {
    "si",
    "yes",
    "verdadero",
    "verdadera",
    "true",
    "cierto",
    "cierta",
    "correcto",
    "correct",
    "v",
    "t",
    "afirmativo",
}
_YES |= {
    "es verdadero",
    "es verdadera",
    "es cierto",
    "es cierta",
    "it is true",
    "es correcto",
    "is true",
    "es verdad",
    "it's true",
}
_NO = {
    "no",
    "falso",
    "falsa",
    "false",
    "incorrecto",
    "incorrect",
    "f",
    "negativo",
    "es falso",
    "es falsa",
    "it is false",
    "is false",
}
_NO |= {
    "no es cierto",
    "no es verdad",
    "no es verdadero",
    "not true",
    "no es correcto",
    "it's false",
    "is not true",
}
_OPTION = re.compile(
    r"(?:(?:la |the |el |es |is )*(?:correct |right )?(?:opcion|option|alternativa|respuesta|choice|inciso"
    r"|answer|letra|literal|letter)(?: correcta| correct| es| is)* ?:? ?)*"
    r"\(?([A-Ha-h])\)?(?:[).:]|\.-| -)?(?P<rest>(?<=[).:-]).+)?"
)
# Words that a noun phrase after a number never holds: they change what is claimed.
_NOT_NOUN = set(
    "y e o u and or no ni not nor son es is are menos mas plus minus por times entre cuadrado cubo "
    "squared cubed elevado dividido multiplicado divided si but pero sino "
    "entonces then "
    "aproximadamente casi almost".split()
)


def _fold(text: str) -> str:
    return re.sub(r"\s+", " ", plain_word(text)).strip(" .!¡")


def read_label(text: str) -> Label | None:
    """What a short claim in words says, if it is one of the known ones."""
    if len(text) > 120:
        return None
    low = _fold(text)
    if _NONE.fullmatch(low):
        return Label("none")
    if _ALL.fullmatch(low):
        return Label("all")
    head = re.split(r"[,;.:]", low, maxsplit=1)[0].strip()
    if low in _YES or (head in _YES - {"v", "t"} and head != low):
        return Label("yes")
    if low in _NO or (head in _NO - {"f"} and head != low and not re.search(r"\d", low)):
        return Label("no")
    if re.match(r"no (?:son|es|lo es|lo son|se puede|puede|esta|estan|tienen|coinciden)\b[^\d]*$", low):
        return Label("no")
    if len(text) == 1 and text.isalpha() or re.fullmatch(r"\(?[A-Ha-h]\)", text):
        return Label("option", text.strip("()").upper())
    match = _OPTION.fullmatch(re.sub(r"^(?:la|el|the) (?=\(?[a-h]\)?$)", "", low))
    if match and (len(low) > 3 or low.endswith(")")) and not re.fullmatch(r"[a-h] ?[-+*/=].*", low):
        return Label("option", match[1].upper())
    return None


DENIAL = {"no", "not", "nunca", "never", "ni", "nor", "sin", "without", "tampoco"}
_SUBJECT = r"(?:el|la|los|las|the|esta|this|dicho|dicha|ese|that|x|esa|su|it|un|una|a)\b[^\d=<>]{0,60}?"
_IN_SENTENCE = [
    (
        re.compile(
            rf"{_SUBJECT} (?:es|is|resulta|sale) (?:una afirmacion |a )?(verdadera?|ciert[oa]|true"
            rf"|correct[oa]?)"
        ),
        "yes",
    ),
    (
        re.compile(rf"{_SUBJECT} (?:es|is|resulta) (?:una afirmacion |a )?(fals[oa]|false|incorrect[oa]?)"),
        "no",
    ),
    (
        re.compile(rf"{_SUBJECT} (?:no es|is not|isn't) (verdadera?|ciert[oa]|true|correct[oa]?)"),
        "no",
    ),
    (
        re.compile(rf"(?:{_SUBJECT})? ?(?:no existe|does not exist|doesn't exist)"),
        "none",
    ),
    (
        re.compile(
            rf"(?:{_SUBJECT})? ?(?:no (?:tiene|hay) (?:ninguna )?solucion(?:es)?(?: reales?)?|has no "
            rf"(?:real )?solutions?)"
        ),
        "none",
    ),
    (
        re.compile(rf"(?:{_SUBJECT})? ?(?:tiene|has) (?:infinitas soluciones|infinitely many solutions)"),
        "all",
    ),
]


def in_sentence(text: str) -> Label | None:
    """A label that a whole sentence gives: ``La afirmación es falsa``."""
    low = _fold(text)
    if len(low) > 160:
        return None
    return next((Label(kind) for pattern, kind in _IN_SENTENCE if pattern.fullmatch(low)), None)


def is_noun(words: list[str]) -> bool:
    """Whether the words after a number only name what is counted."""
    return bool(words) and len(words) <= 8 and not _NOT_NOUN & {plain_word(word) for word in words}


_SPOKEN = [
    (re.compile(pattern, re.I), by)
    for pattern, by in (
        (
            r"\bra[ií]z cuadrada de (?:la )?|\bra[ií]z de |\b(?:the )?square root of ",
            " √ ",
        ),
        (r"\bra[ií]z c[uú]bica de |\b(?:the )?cube root of ", " ∛ "),
        (r"\bal cuadrado\b|\bsquared\b", "^2"),
        (r"\bal cubo\b|\bcubed\b", "^3"),
        (r"\belevad[oa] a(?: la)?\b|\bto the power of\b|\braised to(?: the)?\b", "^"),
        (r"\bm[aá]s infinito\b", "+∞"),
        (r"\bmenos infinito\b|\bminus infinity\b|\bnegative infinity\b", "-∞"),
        (r"\binfinito\b|\binfinity\b", "∞"),
        (
            r"\b(?:es |is )?(?:mayor o igual (?:que|a)|greater than or equal to|at least|al menos|como "
            r"m[ií]nimo)\b",
            "≥",
        ),
        (
            r"\b(?:es |is )?(?:menor o igual (?:que|a)|less than or equal to|at most|como m[aá]ximo|a lo "
            r"sumo)\b",
            "≤",
        ),
        (
            r"\b(?:es |is )?(?:mayor (?:que|a|de)|greater than|more than|m[aá]s de)\b",
            ">",
        ),
        (r"\b(?:es |is )?(?:menor (?:que|a|de)|less than|menos de)\b", "<"),
        (r"\b(?:es |is )?(?:distinto de|diferente de|not equal to)\b", "≠"),
        (r"\b(?:es igual a|is equal to|igual a|equals|vale|es|is)\b", "="),
        (r"\b(?:dividido (?:entre|por)|divided by|sobre|over)\b", "/"),
        (r"\b(?:multiplicado por|por|times)\b", "*"),
        (r"\bm[aá]s\b|\bplus\b", "+"),
        (r"\bmenos\b|\bminus\b", "-"),
        (r"\bpertenece a\b", "∈"),
    )
]


COMPARATIVE = re.compile(
    r"\b(?:mayor|menor|greater|less|at least|at most|al menos|como m[aá]ximo|como m[ií]nimo|a lo sumo"
    r"|m[aá]s de|menos de|more than)\b",
    re.I,
)


def spoken(text: str) -> str:
    """Mathematics said in words (``x al cuadrado más 3``) with its signs."""
    for pattern, by in _SPOKEN:
        text = pattern.sub(by, text)
    return text


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
_BREAKS = DENIAL | set("o u or either neither tampoco casi almost isn't aren't".split())


def same_words(expected: str, given: str) -> bool:
    """Whether a claim in words holds the expected ones, in order, and nothing denies or doubts them."""
    wanted, said = _content(expected), _content(given)
    if not wanted or not said or len(said) > 30:
        return False
    if wanted == said:
        return True
    if len(wanted) > 4 or _BREAKS & set(said) - set(wanted):
        return False
    return any(said[i : i + len(wanted)] == wanted for i in range(len(said) - len(wanted) + 1))


def _content(text: str) -> list[str]:
    words = re.findall(r"[^\W_]+(?:'[^\W\d_]+)?|[^\w\s.,;:!¡¿?\"'()]", _fold(text))
    return [_SYNONYMS.get(word, word) for word in words if word not in _EMPTY]


_FUNCTION = re.compile(
    r"\b(?:a?rc)?(?:sen|sin|cos|tan|tg|cot|ctg|sec|csc|cosec|log|ln|lg|exp|mcm|mcd)\s?\(?[a-zα-ω](?:\b|\)|$)",
    re.I,
)


def is_text(text: str) -> bool:
    """Whether an expected answer is words alone, to be compared as words."""
    return (
        len(text) <= 400
        and not _FUNCTION.search(text)
        and not re.search(r"[\d=<>+*/^\\$%{}\[\]]", text)
        and bool(re.search(r"[^\W\d_]{2}", text))
    )
