"""Answers in words: no solution, infinitely many, yes and no, an option, verdicts in a row."""

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
    r"|does not exist|doesn't exist|dne|∅|\{ ?\}|[^\d=]{1,15} ?[=∈] ?(?:∅|\{ ?\})|(?:es )?(?:una )?contradiccion|vacio|∄"
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


YES = {
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
YES |= {
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


NO = {
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
NO |= {
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


_RIGHT_ONE = re.compile(
    r"(?i:(?:la |el |the )?(?:(?:opci[oó]n|option|letra|letter|choice|alternativa|inciso|literal|apartado|respuesta|answer) )?)"
    r"\(?([A-Ha-h])\)? (?i:es|is) (?i:la |the )?(?i:correcta|correct|right|verdadera|buena)(?i: (?:one|opci[oó]n|option|respuesta|answer))?"
)
_REFUSED = re.compile(
    r"^\W*(?:(?:no|not)\b|(?:es|is) (?:fals|incorrect|wrong|err[oó]n)|(?:se )?descart)", re.I
)
_NAMING = re.compile(r"opci|option|altern|resp|choice|inciso|apart|answer|letr|litera", re.I)


# Words that a noun phrase after a number never holds: they change what is claimed.
_NOT_NOUN = set(
    "y e o u and or no ni not nor son es is are menos mas plus minus por times entre cuadrado cubo "
    "squared cubed elevado dividido multiplicado divided si but pero sino "
    "entonces then sobre over "
    "aproximadamente casi almost a pi raiz root equis equals equal igual negative vale valen coma punto point periodico periodica recurring repeating".split()
)


def read_label(text: str) -> Label | None:
    """What a short claim in words says, if it is one of the known ones."""
    if len(text) > 120:
        return None
    low = folded(text)
    if _NONE.fullmatch(low):
        return Label("none")
    if _ALL.fullmatch(low):
        return Label("all")
    head = re.split(r"[,;.:]", low, maxsplit=1)[0].strip()
    if low in YES or (head in YES - {"v", "t"} and head != low):
        return Label("yes")
    if re.match(r"no,? .*\b(?:no|not|n't|ni)\b", low) and re.match(
        r"no[,.:;]", plain_word(text).lstrip("*_ ")
    ):
        return Label("no")  # No, 221 no es primo.
    if low in NO or (head in NO - {"f"} and head != low and not re.search(r"\d", low)):
        return Label("no")
    if re.match(r"no (?:son|es|lo es|lo son|se puede|puede|esta|estan|tienen|coinciden)\b[^\d]*$", low):
        return Label("no")
    if len(text) == 1 and text.isalpha():
        return Label("option", text.upper())
    letter = _option(text)
    return Label("option", letter) if letter else None


def _option(text: str) -> str:
    """The letter that an answer chooses: ``B``, ``(b)``, ``B) 12``, ``la opción b``; empty where it chooses none."""
    text = text.strip(" .!*_")
    if match := _RIGHT_ONE.fullmatch(text):
        return match[1].upper()
    match = _OPTION.fullmatch(text)
    if not match:
        return ""
    letter, rest = match["letter"], match["rest"] or ""
    if _REFUSED.search(rest) or re.search(r"\b[A-H][):]", rest) or (match["open"] and not match["shut"]):
        return ""
    named = bool(_NAMING.search(match["lead"])) or bool(match["shut"]) or rest.startswith((")", ".-"))
    article = re.fullmatch(r"(?i:la|el|the|es la|is) ", match["lead"]) and (letter.isupper() or not rest)
    alone = not match["lead"] and letter.isupper() and rest[:1] in ("", ".", ":", ",", "(", ")", " ")
    return letter.upper() if named or article or alone else ""


def option_text(text: str) -> str:
    """What an answer says after its option letter: ``12`` of ``B) 12``; empty where there is nothing."""
    match = _OPTION.fullmatch(text.strip())
    return re.sub(r"^[.:,;)(–—\s-]+|\)$", "", match["rest"] or "") if match else ""


def folded(text: str) -> str:
    return re.sub(r"\s+", " ", plain_word(text)).strip(" .!¡")


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


_CHOSEN = re.compile(
    r"(?i:.{0,60}?\b(?:opci[oó]n|option|letra|letter|choice|alternativa|inciso|literal|apartado|respuesta|answer)"
    r"(?: correcta| correct)?(?: es| is)?(?: la| el| the)? )\(?([a-h])\)?\.?|(?i:.{0,60}?\b(?:la|el|es|is|the) )\(?([a-h])\)?\.?"
)


_CLAUSE = re.compile(r"[:;,]\s+|\s+(?:y|and|so|as[ií] que|luego|por lo que)\s+")


def in_sentence(text: str) -> Label | None:
    """A label that a whole sentence gives: ``La afirmación es falsa``, ``Elijo la B``."""
    low = folded(text)
    if len(low) > 160:
        return None
    if found := next((Label(kind) for pattern, kind in _IN_SENTENCE if pattern.fullmatch(low)), None):
        return found
    if (match := _CHOICE.fullmatch(text)) and not DENIAL & set(low.split()):
        return Label("option", match[1])
    if (match := _CHOSEN.fullmatch(text)) and not DENIAL & set(low.split()):
        return Label("option", (match[1] or match[2]).upper())
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
