"""A plain text to the values it may mean: ``read("x = 2 o x = 3")``. Several, where it is ambiguous.

An empty list says that the text was not understood whole.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction
from functools import lru_cache
from math import ceil, floor, gcd

from ..number_words import PARTS, SCALES, SMALL, plain_word, read_words, with_numerals
from ..numerals import NUMERAL, read_number, read_roman, tagged
from . import labels, prose, times, vocabulary
from .compare import same
from .notation import ARGUMENT, NotationError, plain
from .parser import ParseError
from .regions import magnitude
from .scalars import NoReading, shown
from .structure import Reading
from .times import read_time
from .tree import number
from .units import parse_unit
from .values import Label, Named, Region, Scalar, Seq, Value

MAX_READINGS = 12
_DECIMAL_COMMA = re.compile(r"\d,\d")
_PLAIN_NUMBER = re.compile(rf"([-+]?)\s?({NUMERAL.pattern})\s?(%?)")
_PARAMETER = re.compile(
    r"[,;(]?\s*(?:(?:con|donde|siendo|where|with)\s+)?[CcKk]\s*(?:∈\s*ℝ|(?:es |is )?(?:una |la |a |an |any |the )?"
    r"(?:arbitrary |integration |real )?(?:constante?|cte)\b[^,;()]*)\)?\s*$|"
    r"[,;(]?\s*(?:(?:con|donde|siendo|para|with|where|for|todo|cualquier|any|all"
    r"|∀)\s+)*[a-zA-Z]\s*∈\s*[ℤℕZN]\)?\s*$"
    r"|,?\s*(?:con|donde|siendo|where|with)\s+[a-zA-Z]\s+(?:entero|un entero|es un entero|un número entero"
    r"|es entero|an integer"
    r"|is an integer|integer)\s*$"
)
# x + 1, x ≠ 1
_CONDITION = re.compile(
    r"(.*[^\s,;(])[\s,;(]+(?:con|para|si|for|if|when|where|siempre que|with|donde|provided)?\s*[a-zA-Z] ?(?:≠|>|≥) ?-?[\d,]+\)?"
)
# In b/2a the denominator is 2a; in 1/2x the factor is a half.
_GLUED = re.compile(r"(?<=[a-zA-Zπ)])(\s?/\s?)(\d+[a-zA-Zπ](?![a-zA-Zπ]))")
_SET_BUILDER = re.compile(r"^\{\s*[a-zA-Z](?:\s*∈\s*(?P<of>[ℝℤℕRZN]))?\s*[|:/]\s*(?P<that>.*)\}$")
_REDUNDANT = re.compile(r"(\(+)([^()]*)(\)+)")


def read(text: str) -> list[Value]:
    """The values that a text (any notation) may mean; empty when it is not understood whole."""
    try:
        return list(_read(plain(text)))
    except (NotationError, RecursionError):
        return []


@lru_cache(maxsize=2048)
def _read(text: str, depth: int = 0) -> tuple[Value, ...]:
    text = _trim(text)
    if not text or len(text) > 3000:
        return ()
    if text.startswith("(((") and (core := _REDUNDANT.fullmatch(text)) and len(core[1]) == len(core[3]):
        text = f"({core[2]})"
    if fast := _numeral(text):
        return fast
    if infinite := _INFINITY.fullmatch(text):
        return (Label("infinity", "-" if infinite[1] == "-" else "+"),)
    if letters := labels.read_letters(text):
        return (Seq(*letters),)
    if re.fullmatch(r"[A-ZÑ](?:[\s,;-]+[A-ZÑ])+", text):
        return ()  # X Y Z: letters in order, no product
    if ")" in text and " (" in text and depth < 3 and (twice := _said_twice(text, depth)):
        return twice
    moments = read_time(text)
    text = rewritten(text).strip()
    if fast := _numeral(text):
        return fast
    found: list[Value] = []
    if label := labels.read_label(text):
        found.append(label)
        if label.kind in ("none", "all", "yes", "no"):
            return tuple(found)
        if label.kind == "option" and depth < 2 and (rest := labels.option_text(text)):
            found.extend(_read(rest, depth + 1))
    if (said := _PARTS.fullmatch(text)) and plain_word(said[2]) in PARTS:
        found.append(Scalar(number(Fraction(int(said[1]), PARTS[plain_word(said[2])]))))
    if (roman := read_roman(text)) and len(text) > 1:
        found.append(Scalar(number(roman)))
    if thousands := re.fullmatch(r"(\d+)k", text):
        found.append(Scalar(number(1000 * int(thousands[1]))))
        return (*found, *_structured(text))
    if len(text) > 1 and not re.search(r"[\d=+*/^(∞]", text) and (words := _in_words(text)):
        found.append(words)
    if any(isinstance(v, Label) and (v.kind == "date" or not re.search(r"\d", text)) for v in moments):
        return tuple(moments)
    found.extend(moments)
    if fields := _fields(text, depth):
        found.append(fields)
        if _DIVISION.fullmatch(text):
            return tuple(found)
    if ratio := _RATIO.fullmatch(text):
        found.extend(_ratio([int(part) for part in re.split(r"\D+", ratio[0])]))
        if len(found) == 1:
            return tuple(found)
    led = depth < 3 and ", " in text and prose.PREMISE.match(text)  # Si x = 2, y = 7
    if not led and not any(isinstance(value, Scalar) for value in found):
        found.extend(_structured(text))
    if not found and depth < 3:
        found.extend(_sentence(text, depth))
    return tuple(dict.fromkeys(found))[:MAX_READINGS]


_BRACKETED = re.compile(
    r"(?P<head>.*\S) \((?P<about>≈|aprox\w*\.?|approx\w*\.?|about|unos)? ?"
    r"(?:=|or|o|i\.e\.,?|es decir,?|o sea,?|that is,?)? ?(?P<inside>[^()]*\w[^()]*)\)(?P<rest> [^\d()]{1,20})?"
)


def _said_twice(text: str, depth: int) -> tuple[Value, ...]:
    """``1/2 (0,5)``, ``doce (12)``: one value in two notations; nothing where they differ."""
    match = _BRACKETED.fullmatch(text)
    if not match:
        return ()
    if match["about"]:
        whole = tuple(_structured(f"{match['head']} ≈ {match['inside']}"))
        return whole or _read(match["head"] + (match["rest"] or ""), depth + 2)
    if match["rest"]:
        return ()
    before, inside = _read(match["head"], depth + 2), _read(match["inside"], depth + 2)
    if any(same(a, b) for a in before for b in inside):
        return (*before, *inside)
    return ()


_RANGE = re.compile(
    r"(?:x est[aá] |x is |desde |los n[uú]meros (?:reales )?|numbers )?(?:entre|between|de|from) (?P<low>[^\s,;]+) (?:y|and|a|to|hasta) "
    r"(?P<high>[^\s,;]+)(?P<both>[,;]? ?\(?(?:ambos|both|inclu|los dos).*)?",
    re.I,
)
_WORD = re.compile(r"[^\W\d_]{4}|(?!sen|sin|cos|tan|log|mcm|mcd)[^\W\d_]{3}")
_INFINITY = re.compile(r"([-+]?)\s?(?:inf|infinity|infty|oo|(?:m[aá]s )?infinito)", re.I)
_HEADED = re.compile(r"[^\W\d_]{2}[^\d=:;?<>≤≥]{0,60}: +(\S.*)")  # Factor común: a(b + c)
_LOCATED = re.compile(
    r"[^\d=<>≤≥]{4,80}? (?:cuando|si|para|siempre que|en|when|whenever|if|for|at) "
    r"((?:todo |all |every )?[-−]?[\d,./]*\s?(?:[<>≤≥]\s?)?\|?[a-zA-Z]\|?\s?[=<>≤≥∈].*)"
)
_ALL_THOSE = re.compile(
    r"[^\d=<>≤≥]{3,60}? (?:es|son|is|are) ((?:(?:el |the )?(?:conjunto|set)|todos|all|los|cualquier)\b.* "
    r"(?:mayor|menor|greater|less|positiv|negativ).*)"
)
_GREATER = re.compile(
    r"(\S*\d\S*) (?:es|is) (?:el |the )?(?:mayor|menor|greater|larger|bigger|less|smaller|m[aá]s \w+) (?:que|than) .+"
)
_COUNTED = re.compile(
    r".{0,40}?\b(?P<count>\w+) (?:(?:posibles|distintas|reales|real|different|possible) )?(?:soluciones|ra[ií]ces|solutions|roots"
    r"|valores|values|puntos|points|n[uú]meros|numbers)(?: (?:reales|distintas|posibles))?\s*[,:(]\s*(?P<rest>[^()]+|.*\(.*\))\)?"
)
_RATIO = re.compile(r"\d{1,9}(?: ?: ?[1-9]\d{0,8}| (?:es )?a \d{1,9}| (?:is )?to \d{1,9}){1,5}")
_REMARKED = re.compile(r"(.*[\d%)°].*\S) \([^()]*[^\W\d_]{3}[^()]*\)|(?!)")
_PARTS = re.compile(r"(\d{1,9}) ([^\W\d_]+)(?: partes?| parts?)?")  # 3 cuartos
_FIELD = re.compile(
    r"(?P<name>[^\W\d_]{2,})\s*(?:\([^()]*\)\s*)?(?::|=|\b(?:es|is|son|are|mide|de|of|tiene|has|vale|cuesta|costs|pesa|en|at)\b)?\s*"
    r"(?P<value>[-−]?[\d√$€\\(].*)"
)


_FIELD_START = re.compile(r"^(?:hay |tiene |there is |it has )?(?:el|la|los|las|the|su|its|una?|an?) ", re.I)
_FIELD_NAMES = {"remainder": "resto", "residuo": "resto", "quotient": "cociente", "gcd": "mcd", "lcm": "mcm"}
_DIVISION = re.compile(
    r"(\d+)(?:,| y| con| with a| with| and)?(?: un)? \(?(?:sobran?|resto|residuo|remainder|[Rr])(?: de| of| es| is)?:? ?(\d+)\)?"
)


def _fields(text: str, depth: int) -> Value | None:
    """``cociente 5, resto 3``: several numbers, each with the word that says what it is."""
    if match := _DIVISION.fullmatch(text):
        numbers = (Scalar(number(int(part))) for part in match.groups())
        return Seq("bare", tuple(map(Named, ("cociente", "resto"), numbers)))
    parts = re.split(r"\s*(?:[,;](?![^()]*\))|\by\b|\band\b|\n)\s+", text)
    if not 2 <= len(parts) <= 6 or depth > 1:
        return None
    items: list[Value] = []
    for part in parts:
        match = _FIELD.fullmatch(_FIELD_START.sub("", part.strip(" .")))
        if not match or plain_word(match["name"]) in SMALL or plain_word(match["name"]) in vocabulary.NO_NAME:
            return None
        values = _read(match["value"], depth + 2)
        value = next(
            (v for v in values if isinstance(v, Scalar) or (isinstance(v, Seq) and v.kind == "tuple")), None
        )
        if value is None:
            return None
        name = plain_word(match["name"])
        items.append(Named(_FIELD_NAMES.get(name, name), value))
    return (
        Seq("bare", tuple(items))
        if len({i.name for i in items if isinstance(i, Named)}) == len(items)
        else None
    )


def _introduced(text: str) -> list[str]:
    """What words introduce: after a colon, ``se cumple para``, ``dos soluciones, ``."""
    if counted := _COUNTED.fullmatch(text):
        count = read_number(counted["count"])
        values = _read(counted["rest"], 2)
        if values and isinstance(values[0], Seq) and Fraction(len(values[0].items)) in count:
            return [counted["rest"]]
    found = [match[1] for pattern in (_HEADED, _LOCATED, _ALL_THOSE) if (match := pattern.fullmatch(text))]
    return [] if vocabulary.NEGATIVE & set(plain_word(text).split()) else found


def _ratio(parts: list[int]) -> list[Value]:
    """``3 : 5``, ``3 a 5``, ``1:2:3`` in lowest terms; of two parts also their quotient."""
    shared = gcd(*parts) or 1
    found: list[Value] = [Label("ratio", ":".join(str(part // shared) for part in parts))]
    return [*found, Scalar(number(Fraction(*parts)))] if len(parts) == 2 and parts[1] else found


def _sentence(text: str, depth: int) -> list[Value]:
    """Mathematics said in words, then a claim inside a sentence."""
    if match := _REMARKED.fullmatch(text):  # Quedan 12 (había 20)
        return list(_read(match[1], depth + 1))
    found: list[Value] = []
    if match := _RANGE.fullmatch(text):
        a, b = ("[", "]") if match["both"] else ("(", ")")
        return _structured(f"{a}{match['low']}; {match['high']}{b}")
    if match := _GREATER.fullmatch(text):
        found.extend(_read(match[1], depth + 1))
    said = labels.spoken(with_numerals(text))
    if said != text and (labels.COMPARATIVE.search(text) or not _WORD.search(said)):
        found.extend(_structured(_trim(said)))
        if found or depth:
            return found
    moments = times.mentions(text)
    for moment in moments:
        text = text.replace(moment, " ")
    if moments and not prose.SAYS_VALUE.search(text):
        return list(_read(moments[0], depth + 1)) if len(moments) == 1 else []
    for part in _introduced(text):
        found = found or list(_read(part, depth + 1))
    for part in [] if found else prose.claimed(text):
        if part != text and (inner := _read(part, depth + 1)):
            found.extend(inner)
            break
    if not found and said != text:
        found.extend(_structured(_trim(said)))
    if not found and (label := labels.in_sentence(text)):
        found.append(label)
    return found


def _block(match: re.Match[str]) -> str:
    """``0,16 con 6 periódico``: 0.1(6)."""
    fixed = match[2].removesuffix(match[3])
    return f"{match[1]}.{fixed}({match[3]})"


def _choose(match: re.Match[str]) -> str:
    return f"binom({match[1] or match[3]}{ARGUMENT}{match[2] or match[4]})"


_REWRITES: list[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str] | None]] = [
    (re.compile(r"(?<=\d)\s*(?:de (?:un )?|of an? )?(mil millones|mill[oó]n(?:es)?|bill[oó]n(?:es)?|millions?|billion|thousand"
                r"|mil)\b(?: de\b)?", re.I), None),
    (re.compile(r"(?<=\d)[eE]([+-]?\d{1,4})(?![\w.,])"), r"*10^(\1)"),
    (re.compile(r"(\d+)[.,](\d+)\s+\(?(?:peri[oó]dic[oa](?: puro)?|per[ií]odo|repeating|recurring)\b\)?"), r"\1.(\2)"),
    (re.compile(r"(\d+)[.,](\d*),?\s+\(?(?:con|donde|with|where)? ?(?:per[ií]odo )?(?:el |the )?(\d+)"
                r"(?: peri[oó]dico| (?:que )?se repite| repeat(?:s|ing)| recurring|(?<=periodo \d)|(?<=período \d))\)?"), _block),
    (re.compile(r"[\[(|]\s*(⟦[^⟧]*⟧)\s*[\])|]"), r"\1"),
    (re.compile(r"(?<=[+\-] )(?:constante|constant|cte\.?|const\.?)$"), "C"),
    (re.compile(r"(?:todos los (?:n[uú]meros )?reales|all (?:real numbers|reals)) (?:excepto|menos|salvo"
                r"|except)(?: for)?(?: el| los| x ?=)? ", re.I), "ℝ ∖ "),
    (re.compile(r"ℝ\s*[-\\]\s*(?=[{\d])"), "ℝ ∖ "),
    (re.compile(r"^(?:Dom(?:inio)?|D|Rec(?:orrido)?|Im)\s*\(?f?\)?\s*(?:\(f\))?\s*=\s*(?=[ℝ(\[\]{])"), ""),
    (re.compile(r"\bR\s*[-−∖]\s*(?=\{)"), "ℝ ∖ "),
    (re.compile(r"^(?:dy/dx|d/dx ?\([^=]*\)|\(\(dy\)/\(dx\)\)|\(\(d\)/\(dx\)\)[^=]*)\s*=\s*"), "y' = "),
    (re.compile(r"(?<=\d) (?:docenas?|dozen)\b(?: de| of)?"), "*12"),
    (re.compile(r"^-?(\d[\d.,]*) ?(?:°(?: ?C)?|grados(?: (?:cent[ií]grados|celsius))?|degrees(?: celsius)?)?"
                r" (?:bajo cero|below zero)"), r"-\1 °C"),
    (re.compile(r"^(?:siglo|a[ñn]o|year|century) (?=\d|[IVXLC]+$)"), ""),
    (re.compile(r"\bS/\.?\s*(\d[\d.,]*)"), r"\1 soles"),
    (re.compile(r"\b[aá]rco? (?=(?:sen|sin|cos|tan|tg)\b)", re.I), "arc"),
    (re.compile(r"\$\s?(?=\d)(?=.*(?:[+*=-]|/ ?\d))|(?<=[+*/=-] )\$\s?(?=\d)"), ""),
    (re.compile(r"\b(?:el|la|los|las|the) (?=-?\d)|^(?:an?|una?) (?=[$€£]?\d)"), ""),
    (re.compile(r"^(?:either|both|o bien|ya sea|tanto) ", re.I), ""),
    (re.compile(r"\bC\((\d+)[,;] ?(\d+)\)|\bC_\(?(\d+),(\d+)\)?"), _choose),
    (re.compile(r"(?<=[)\]⟧])\s?\^\s?\(?[Tt⊤]\)?$"), ""),
    (re.compile(r"^(\S.*?)\s*,?\s*\(?\b(?:aproximadamente|aprox\.?|approximately|approx\.?|m[aá]s o menos|o as[ií]|or so)"
                r"\)?\.?$"), r"≈ \1"),
    (re.compile(r"^(?:~|(?:aproximadamente|aprox\.?|approximately|approx\.?|about|around|unos|unas|alrededor de)\s+)(?=\s?[\d$√])"), "≈ "),
    (re.compile(r"(?<=[^\W\d_]) (?:de (?:largo|ancho|alto|altura|longitud|profundidad|lado|radio|di[aá]metro)"
                r"|long|wide|tall|high|deep|in (?:length|width|height))(?=$|[,.;]| y | and )"), ""),
    (re.compile(r"\bo bien\b|\bor else\b"), "o"),
    (re.compile(r"\by también\b|\band also\b"), "y"),
    (re.compile(r"\((?:doble|multiplicidad \d|double(?: root)?|multiplicity \d|ra[ií]z doble|soluci[oó]n "
                r"doble|única|only)\)"), " "),
]  # fmt: skip


_IN_BOTH = re.compile(r"(\d[\d.,]*) \(([^\W\d_]+(?:[ -][^\W\d_]+)*)\)|([^\W\d_]+) \((\d[\d.,]*)\)")


def _once(match: re.Match[str]) -> str:
    """``12 (doce) manzanas`` and ``doce (12) manzanas`` with the numeral alone."""
    numeral, words = match[1] or match[4], match[2] or match[3]
    return numeral if set(read_number(numeral)) & set(read_number(words)) else match[0]


def rewritten(text: str) -> str:
    """The text with scales (``2 millones``), ``3e5`` and set phrases in plain signs."""
    if "(" in text:
        text = _IN_BOTH.sub(_once, text)
    for pattern, by in _REWRITES:
        text = pattern.sub(by if by is not None else _scale, text)
    return text


def _scale(match: re.Match[str]) -> str:
    factor = 1
    for word in plain_word(match[1]).split():
        factor *= SCALES[word]
    return f"*{factor}"


def _trim(text: str) -> str:
    text = text.strip().lstrip("¡¿").strip()
    if (quoted := text.rstrip(".,;:")).startswith('"') and quoted.endswith('"'):
        text = quoted
    text = text.strip('"').strip()
    text = re.sub(r"^(?:∴|⇒|→|:|=(?![=<>]))\s*", "", text)
    while text and text[-1] in ".,;:" and not text.endswith("…"):
        text = text[:-1].rstrip()
    return re.sub(r"[!¡?¿]+$", "", text) if not re.search(r"[\w)]!$", text) else text


def _numeral(text: str) -> tuple[Value, ...]:
    """The commonest answer, a plain number, without the parser."""
    match = _PLAIN_NUMBER.fullmatch(text)
    if not match:
        return ()
    sign = -1 if match[1] == "-" else 1
    found: list[Value] = []
    for mark, value in tagged(match[2]):
        places, digits = shown(match[2], mark)
        tree = number(sign * value / (100 if match[3] else 1))
        found.append(Scalar(tree, percent=bool(match[3]), places=places, digits=digits))
    if _DECIMAL_COMMA.search(match[2]) and not match[3]:
        found.extend(_structured(text, only_commas=True))
    return tuple(found)


def _structured(text: str, only_commas: bool = False) -> list[Value]:
    """Every reading by decimal mark, role of the comma and sign of ±."""
    text = _PARAMETER.sub("", text)
    if (condition := _CONDITION.fullmatch(text)) and not re.search("[<>≤≥≠]", condition[1]):
        text = condition[1]
    if _GLUED.search(text):
        return [*_in_marks(text, only_commas), *_in_marks(_GLUED.sub(r"\1(\2)", text), only_commas)]
    return _in_marks(text, only_commas)


def _integers(region: Region, of: str) -> Value:
    """``{x ∈ ℤ : −2 < x < 2}`` as its elements, where they are few."""
    items: list[Value] = []
    for low, high, at_low, at_high in region.parts:
        a = magnitude(low) if low is not None else Fraction(1) if of in ("ℕ", "N") else None
        b = magnitude(high) if high is not None else None
        if a is None or b is None or b - a > 60:
            return region
        inside = (
            k
            for k in range(ceil(a), floor(b) + 1)
            if (k != a or at_low or low is None) and (k != b or at_high)
        )
        items.extend(Scalar(number(k)) for k in inside if k > 0 or of not in ("ℕ", "N"))
    return Seq("set", tuple(items))


def _in_marks(text: str, only_commas: bool) -> list[Value]:
    if match := _SET_BUILDER.match(text):
        if match["of"] in ("ℤ", "ℕ", "Z", "N"):
            return [
                _integers(value, match["of"])
                for value in _in_marks(match["that"], False)
                if isinstance(value, Region)
            ]
        text = match["that"]
    marks = [".", ","] if any(len(tagged(m[0])) > 1 for m in NUMERAL.finditer(text)) else ["."]
    modes = [(mark, False) for mark in marks]
    if _DECIMAL_COMMA.search(text):
        modes.append((".", True))
    found: list[Value] = []
    for mark, commas in modes:
        if only_commas and not commas:
            continue
        try:
            found.extend(Reading(text, mark, commas).values())
        except (ParseError, NoReading):
            continue
    return found


def _in_words(text: str) -> Value | None:
    """A number in words, with or without a unit: ``treinta y cinco euros``."""
    low = re.sub(r"(?<=usand|llion|lones),(?= )", "", plain_word(text))
    words = re.sub(r"^(?:el|la|los|las|the) ", "", low.replace("-", " ")).split()
    if not words or len(words) > 30:
        return None
    found = read_words(words)
    if not found:
        return None
    value, end = found
    rest = re.sub(r"^(?:de |of )?(?:una? |an? )?(?=hora|hour)", "", " ".join(words[end:]))
    if not rest:
        return Scalar(number(value)) if words not in (["a"], ["an"], ["un"]) else None
    if rest in ("por ciento", "percent", "per cent", "por cien", "pct"):
        return Scalar(number(value / 100), percent=True)
    unit = parse_unit(re.sub(r"^(?:de|of) ", "", rest))
    if unit and not unit.dimensions:
        return Scalar(number(value * unit.factor))
    if unit:
        return Scalar(number(value), unit=unit)
    article = end == 1 and len(words) > 2 and words[0] in ("a", "an", "un", "una")
    if article or not labels.is_noun(words[end:]) or any(w in SMALL or w in SCALES for w in words[end:]):
        return None
    return Scalar(number(value), noun=words[end])
