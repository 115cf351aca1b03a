"""Answers in words: no solution, infinitely many, yes and no, options, and mathematics spoken aloud."""

from __future__ import annotations

import re

from ..number_words import plain_word
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
    r"|no solution set|(?:es |is |esta )?(?:undefined|indefinid[oa]|no (?:esta )?definid[oa]|not defined)"
    r"|(?:para )?ningun (?:valor|numero|x)(?: real)?(?: de x| posible)?"
    r"|no hay ning[uú]n (?:valor|numero)(?: real)?(?: de x)?(?: que (?:lo|la|las?|los) (?:cumpla|verifique|satisfaga))?"
    r"|no (?:such )?(?:value|number)s?(?: of x)?(?: exists?)?|no existe (?:ningun |tal |dicho )?(?:valor|numero|x)[^\d]{0,30}"
    r"|no hay (?:valores|numeros)[^\d]{0,30})"
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
    r"|(?:every|any|all|todo|cualquier|todos los) (?:real )?(?:numbers?|numeros?|values?|valor|x)(?: reales| real)?(?: de x| of x)?"
    r" (?:is|are|es|son)(?: a| una)? (?:solutions?|soluci[oó]n(?:es)?|v[aá]lid[oa]s?)|(?:every|any) (?:value|number) works"
    r"|(?:la )?recta real|infinite solutions|infinitely many|(?:tiene |hay )?∞ (?:soluciones|solutions)"
    r"|(?:(?:se cumple|es cierta?|es valid[ao]|valido|it holds|holds|true|vale) )?(?:siempre|always"
    r"|(?:para|for) (?:todo|cualquier|all|every|any) (?:x|valor de x|numero|real)s?(?: real| ∈ ℝ)?)(?: se cumple)?)"
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
    r"(?P<lead>(?i:(?:la|el|the|es|is|una?|an?|correcta?|right|opci[oó]n|option|alternativa|respuesta|choice|inciso|apartado"
    r"|answer|letra|literal|letter)\b ?:? ?)*)(?P<open>[(\[]?)(?P<letter>[A-Ha-h])(?P<shut>[)\]]?)"
    r"(?P<rest>(?:[.:,;)]|\.-| ?\(|(?<=[)\]])\s)\s*\S.*)?"
)
_NAMING = re.compile(r"opci|option|altern|resp|choice|inciso|apart|answer|letr|litera", re.I)


def _option(text: str) -> str:
    """The letter that an answer chooses: ``B``, ``(b)``, ``B) 12``, ``la opción b``; empty where it chooses none."""
    match = _OPTION.fullmatch(text.strip(" .!*_"))
    if not match:
        return ""
    letter, rest = match["letter"], match["rest"] or ""
    if re.search(r"\b[A-H][):]", rest) or (match["open"] and not match["shut"]):
        return ""
    named = bool(_NAMING.search(match["lead"])) or bool(match["shut"]) or rest.startswith((")", ".-"))
    article = re.fullmatch(r"(?i:la|el|the|es la|is) ", match["lead"]) and letter.isupper()
    alone = not match["lead"] and letter.isupper() and rest[:1] in ("", ".", ":", ",", "(", ")", " ")
    return letter.upper() if named or article or alone else ""


# Words that a noun phrase after a number never holds: they change what is claimed.
_NOT_NOUN = set(
    "y e o u and or no ni not nor son es is are menos mas plus minus por times entre cuadrado cubo "
    "squared cubed elevado dividido multiplicado divided si but pero sino "
    "entonces then sobre over "
    "aproximadamente casi almost".split()
)


def option_text(text: str) -> str:
    """What an answer says after its option letter: ``12`` of ``B) 12``; empty where there is nothing."""
    match = _OPTION.fullmatch(text.strip())
    return re.sub(r"^[.:,;)(–—\s-]+|\)$", "", match["rest"] or "") if match else ""


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
    if re.match(r"no,? .*\b(?:no|not|n't|ni)\b", low) and re.match(
        r"no[,.:;]", plain_word(text).lstrip("*_ ")
    ):
        return Label("no")  # No, 221 no es primo.
    if low in _NO or (head in _NO - {"f"} and head != low and not re.search(r"\d", low)):
        return Label("no")
    if re.match(r"no (?:son|es|lo es|lo son|se puede|puede|esta|estan|tienen|coinciden)\b[^\d]*$", low):
        return Label("no")
    if len(text) == 1 and text.isalpha():
        return Label("option", text.upper())
    letter = _option(text)
    return Label("option", letter) if letter else None


DENIAL = {"no", "not", "nunca", "never", "ni", "nor", "sin", "without", "tampoco"}
_SUBJECT = (
    r"(?:el|la|los|las|the|esta|this|dicho|dicha|ese|that|x|esa|su|it|un|una|a)\b"
    r"(?:(?! no | not |n't )[^\d=<>]){0,60}?"
)
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


_CHOICE = re.compile(
    r"(?i:.{0,60}?\b(?:elijo|escojo|marco|selecciono|opto por|me quedo con|choose|pick|select|go with|es|is|sería)"
    r" (?:(?:la|el|the|opci[oó]n|option|letra|letter|respuesta|answer|alternativa|correcta|correct) )*)\(?([A-H])\)?\.?"
)
_CLAUSE = re.compile(r"[:;,]\s+|\s+(?:y|and|so|as[ií] que|luego|por lo que)\s+")


def in_sentence(text: str) -> Label | None:
    """A label that a whole sentence gives: ``La afirmación es falsa``, ``Elijo la B``."""
    low = _fold(text)
    if len(low) > 160:
        return None
    if found := next((Label(kind) for pattern, kind in _IN_SENTENCE if pattern.fullmatch(low)), None):
        return found
    if (match := _CHOICE.fullmatch(text)) and not DENIAL & set(low.split()):
        return Label("option", match[1])
    clause = _CLAUSE.split(low)[-1]  # Las rectas son paralelas: no hay solución
    if clause != low and (_NONE.fullmatch(clause) or _ALL.fullmatch(clause)):
        return Label("none" if _NONE.fullmatch(clause) else "all")
    return None


_ITEM = re.compile(r"(?:\(?[a-h1-9ivx]{1,4}[).:]|[-•])\s*", re.I)
_VERDICTS = {"v": "yes", "f": "no", "t": "yes", **dict.fromkeys(("verdadero", "verdadera", "true", "si", "yes"), "yes"),
             **dict.fromkeys(("falso", "falsa", "false", "no"), "no")}  # fmt: skip


def read_letters(text: str) -> tuple[str, tuple[Label, ...]] | None:
    """``V, F, V`` (in order: a tuple) and ``A, C y D`` (options: a set); ``None`` where it is neither."""
    if len(text) > 120 or not re.search(r"[A-Za-z]", text):
        return None
    if re.fullmatch(r"[VF]{2,}|[TF]{2,}", text):
        text = " ".join(text)
    parts = [part for part in re.split(r"[\s,;–-]+|\b(?:y|e|and)\b", _ITEM.sub(" ", text)) if part]
    said = [plain_word(part) for part in parts]
    if len(parts) > 1 and all(word in _VERDICTS for word in said):
        return "tuple", tuple(Label(_VERDICTS[word]) for word in said)
    if (
        len(parts) > 1
        and all(re.fullmatch("[A-H]", part) for part in parts)
        and len(set(parts)) == len(parts)
    ):
        return "set", tuple(Label("option", part) for part in parts)
    return None


def is_noun(words: list[str]) -> bool:
    """Whether the words after a number only name what is counted."""
    return bool(words) and len(words) <= 8 and not _NOT_NOUN & {plain_word(word) for word in words}


_SPOKEN = [
    (re.compile(pattern, re.I), by)
    for pattern, by in (
        (
            r"\b(?:la )?ra[ií]z(?: cuadrada)? de |\b(?:the )?square root of ",
            " √ ",
        ),
        (r"\bra[ií]z c[uú]bica de |\b(?:the )?cube root of ", " ∛ "),
        (r"\bequis\b", " x "),
        (r"\b(?:el |la |the )?(seno|coseno|tangente|sine|cosine|tangent) (?:de|of) ", r" \1 "),
        (
            r"(?<=seno )(\d+) grados|(?<=gente )(\d+) grados|(?<=ine )(\d+) degrees|(?<=gent )(\d+) degrees",
            r"\1\2\3\4°",
        ),
        (
            r"\b(?:el |the )?(?:logaritmo neperiano|logaritmo natural|natural log(?:arithm)?) (?:de|of) ",
            " ln ",
        ),
        (r"\bal cuadrado\b|\bsquared\b", "^2"),
        (r"\bal cubo\b|\bcubed\b", "^3"),
        (r"\belevad[oa] a(?: la)?\b|\bto the power of\b|\braised to(?: the)?\b", "^"),
        (r"\bm[aá]s infinito\b", "+∞"),
        (r"\bmenos infinito\b|\bminus infinity\b|\bnegative infinity\b", "-∞"),
        (r"\binfinito\b|\binfinity\b", "∞"),
        (
            r"\b(?:es |is )?(?:mayor(?:es)? o igual(?:es)? (?:que|a)|greater than or equal to|at least|al menos|como "
            r"m[ií]nimo)\b",
            "≥",
        ),
        (
            r"\b(?:es |is )?(?:menor(?:es)? o igual(?:es)? (?:que|a)|less than or equal to|at most|como m[aá]ximo|a lo "
            r"sumo)\b",
            "≤",
        ),
        (
            r"\b(?:es |is )?(?:mayor(?:es)? (?:que|a|de)|greater than|more than|m[aá]s de)\b",
            ">",
        ),
        (r"\b(?:es |is )?(?:menor(?:es)? (?:que|a|de)|less than|menos de)\b", "<"),
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
    r"\b(?:mayor(?:es)?|menor(?:es)?|greater|less|at least|at most|al menos|como m[aá]ximo|como m[ií]nimo|a lo sumo"
    r"|m[aá]s de|menos de|more than)\b",
    re.I,
)


_NUMBERS = re.compile(
    r"^(?:(?:todos|all|any|every|cualquier|el conjunto de|the set of|son|are)\s+)*(?:los |the )?"
    r"(?:n[uú]meros? reales|real numbers?|n[uú]meros?|numbers?|valores|values|reales|reals|x)"
    r"(?: (?:de|of) x)?(?: (?:que son|que sean|que cumplen|tales? que|such that|that are|which are|con|with))?"
    r"(?: x)?(?= (?:estrictamente |strictly )?(?:may|men|great|less|[<>≤≥]|x [<>≤≥]|positiv|negativ))",
    re.I,
)


def spoken(text: str) -> str:
    """Mathematics said in words (``x al cuadrado más 3``) with its signs."""
    text = re.sub(r"\b(?:estrictamente|strictly) ", "", _NUMBERS.sub("x", text))
    text = re.sub(r"^x positiv\w*$", "x > 0", re.sub(r"^x negativ\w*$", "x < 0", text))
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
        " ".join(_content(part)) for part in re.split(r"[,;]|\b(?:y|e|and)\b", _fold(text)) if part.strip()
    ]
    if len(items) < 2 or len(set(items)) < len(items) or (_YES | _NO) & set(items):
        return frozenset()
    return frozenset(items)


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
        and not re.search(r"[\d=<>+*/^\\$%{}\[\]²³¹⁰-₟√∛π∞∅≤≥≠±×÷·∪∩∈°ℝ½¼¾]", text)
        and bool(re.search(r"[^\W\d_]{2}", text))
    )
