"""Set phrases and other notations of a plain text in signs: ``rewritten("2 millones")`` is ``2*1000000``."""

from __future__ import annotations

import re
from collections.abc import Callable

from ..number_words import SCALES, plain_word
from ..numerals import read_number
from .latex import ARGUMENT, MIXED

_SAYS_PERIOD = re.compile(r"per[ií][oó]d|recurr|repe|repit|\bbar|\bl[ií]ne|\braya|\barc|vinculum", re.I)
_DECIMAL = r"(\d+)[.,'](\d*)"
_BLOCK = r"(?:solo |s[oó]lo |only |el |la |los |las |the |digits? |d[ií]gitos? |cifras? )*(\d+)"
_FOREVER = r"(?: (?:infinitamente|indefinidamente|siempre|forever|indefinitely|infinitely|sin fin))?"
_PERIODS = [
    re.compile(rf"{_DECIMAL}(),?\s+\(?(?:peri[oó]dic[oa](?: puro)?|per[ií]odo|repeating|recurring|repetido)\b{_FOREVER}(?! \d)\)?", re.I),
    re.compile(
        rf"{_DECIMAL},?\s+\(?(?:con|donde|with|where|y|and|siendo|seguido de|followed by)? ?{_BLOCK} "
        rf"(?:es |is )?(?:peri[oó]dic[oa]|(?:que )?se repiten?|repeat(?:s|ing)?|recurring|recurs){_FOREVER}\)?", re.I),
    re.compile(rf"{_DECIMAL},?\s+\(?(?:con |de |with |y )*(?:un |a )?(?:per[ií]odo|period)(?: de| of|:)? {_BLOCK}\)?", re.I),
    re.compile(
        rf"{_DECIMAL},?\s+\(?(?:con|with) (?:un |una |el |la |a |the )?(?:barra|bar|l[ií]nea|line|raya|rayita|arco|arc|vinculum)"
        rf" (?:sobre|encima de|over|above|on)(?: el| la| los|l)? {_BLOCK}\)?", re.I),
]  # fmt: skip


def periods(text: str) -> str:
    """Periodic decimals said in words in plain signs: ``0,16 con 6 periódico`` is ``0.1(6)``."""
    if _SAYS_PERIOD.search(text):
        for pattern in _PERIODS:
            text = pattern.sub(_block, text)
    return text


def _block(match: re.Match[str]) -> str:
    block = match[3] or match[2]
    if not block:
        return match[0]
    fixed = match[2].removesuffix(block)
    return f"{match[1]}.{fixed}({block})"


def _choose(match: re.Match[str]) -> str:
    return f"binom({match[1] or match[3]}{ARGUMENT}{match[2] or match[4]})"


def _scale(match: re.Match[str]) -> str:
    factor = 1
    for word in plain_word(match[1]).split():
        factor *= SCALES[word]
    return f"*{factor}"


_Rewrites = list[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]]]
_SIGNS: _Rewrites = [
    (re.compile(r"^([$€£]?\d+(?:[.,]\d+)?)k$"), r"\1*1000"),
    (re.compile(r"(?<=\d)[eE]([+-]?\d{1,4})(?![\w.,])"), r"*10^(\1)"),
    (re.compile(r"[\[(|]\s*(⟦[^⟧]*⟧)\s*[\])|]"), r"\1"),
    (re.compile(r"(?<=[+\-] )(?:constante|constant|cte\.?|const\.?)$"), "C"),
    (re.compile(r"ℝ\s*[-\\]\s*(?=[{\d])"), "ℝ ∖ "),
    (re.compile(r"^C\. ?S\.? ?[:=] ?(?=[{\[(\]])"), ""),  # conjunto solución
    (re.compile(r"^(?:Dom(?:inio)?|D|Rec(?:orrido)?|Im)\s*\(?f?\)?\s*(?:\(f\))?\s*=\s*(?=[ℝ(\[\]{])"), ""),
    (re.compile(r"^[a-zA-Zπ](?:_?\d|')? ?[≡:] ?(?=[^=]*[xyz][^=]*=)"), ""),  # r ≡ 2x − y = 0
    (re.compile(r"\bR\s*[-−∖]\s*(?=\{)"), "ℝ ∖ "),
    (re.compile(r"^(?:dy/dx|d/dx ?\([^=]*\)|\(\(dy\)/\(dx\)\)|\(\(d\)/\(dx\)\)[^=]*)\s*=\s*"), "y' = "),
    (re.compile(r"\$\s?(?=\d)(?=.*(?:[+*=-]|/ ?\d))|(?<=[+*/=-] )\$\s?(?=\d)"), ""),
    (re.compile(r"\bC\((\d+)[,;] ?(\d+)\)|\bC_\(?(\d+),(\d+)\)?"), _choose),
    (re.compile(r"(?<=[)\]⟧])\s?\^\s?\(?[Tt⊤]\)?$"), ""),
    (re.compile(r"^(?:~|(?:aproximadamente|aprox\.?|approximately|approx\.?|about|around|unos|unas|alrededor de)\s+)(?=\s?[\d$√])"), "≈ "),
]  # fmt: skip
_WORDS: _Rewrites = [
    (re.compile(r"(?<=\d)\s*(?:de (?:un )?|of an? )?(mil millones|mill[oó]n(?:es)?|bill[oó]n(?:es)?|millions?|billion|thousand"
                r"|mil)\b(?: de\b)?", re.I), _scale),
    (re.compile(r"(?:todos los (?:n[uú]meros )?reales|all (?:real numbers|reals)) (?:excepto|menos|salvo"
                r"|except)(?: for)?(?: el| los| x ?=)? ", re.I), "ℝ ∖ "),
    (re.compile(r"\b(\d+) (?:enteros?|wholes?),? (?:y |con |and )?(\d+/\d+)"), rf"\1{MIXED}(\2)"),
    (re.compile(r"(?<=\d) (?:docenas?|dozen)\b(?: de| of)?"), "*12"),
    (re.compile(r"^-?(\d[\d.,]*) ?(?:°(?: ?C)?|grados(?: (?:cent[ií]grados|celsius))?|degrees(?: celsius)?)?"
                r" (?:bajo cero|below zero)"), r"-\1 °C"),
    (re.compile(r"^(?:siglo|a[ñn]o|year|century) (?=\d|[IVXLC]+$)"), ""),
    (re.compile(r"\bS/\.?\s*(\d[\d.,]*)"), r"\1 soles"),
    (re.compile(r"\b(\d+) (euros?|d[oó]lar(?:es)?|pesos?|soles|dollars?) (?:con|y|and) (\d\d)(?: (?:c[eé]ntimos|centavos|cents))?$"), r"\1.\3 \2"),
    (re.compile(r"\b[aá]rco? (?=(?:sen|sin|cos|tan|tg)\b)", re.I), "arc"),
    (re.compile(r"\b(\d+) (?:(?:de|por) cada|out of(?: every)?|in every) (\d+)\b"), r"(\1/\2)"),
    (re.compile(r"\b(?:el|la|los|las|the) (?=-?\d)|^(?:an?|una?) (?=[$€£]?\d)"), ""),
    (re.compile(r"^(?:either|both|o bien|ya sea|tanto) ", re.I), ""),
    (re.compile(r"^(\S.*?)\s*,?\s*\(?\b(?:aproximadamente|aprox\.?|approximately|approx\.?|m[aá]s o menos|o as[ií]|or so)"
                r"\)?\.?$"), r"≈ \1"),
    (re.compile(r"(?<=[^\W\d_]) (?:de (?:largo|ancho|alto|altura|longitud|profundidad|lado|radio|di[aá]metro)"
                r"|long|wide|tall|high|deep|in (?:length|width|height))(?=$|[,.;]| y | and )"), ""),
    (re.compile(r"\bo bien\b|\bor else\b"), "o"),
    (re.compile(r"\by también\b|\band also\b"), "y"),
    (re.compile(r"\((?:doble|multiplicidad \d|double(?: root)?|multiplicity \d|ra[ií]z doble|soluci[oó]n "
                r"doble|única|only)\)"), " "),
]  # fmt: skip
_HAS_WORD = re.compile(r"[^\W\d_]{2}|\bS/")


_IN_BOTH = re.compile(r"(\d[\d.,]*) \(([^\W\d_]+(?:[ -][^\W\d_]+)*)\)|([^\W\d_]+) \((\d[\d.,]*)\)")


def _once(match: re.Match[str]) -> str:
    """``12 (doce) manzanas`` and ``doce (12) manzanas`` with the numeral alone."""
    numeral, words = match[1] or match[4], match[2] or match[3]
    return numeral if set(read_number(numeral)) & set(read_number(words)) else match[0]


def rewritten(text: str) -> str:
    """The text with scales (``2 millones``), ``3e5`` and set phrases in plain signs."""
    if "(" in text:
        text = _IN_BOTH.sub(_once, text)
    rewrites: _Rewrites = _SIGNS
    if _HAS_WORD.search(text):
        text, rewrites = periods(text), [*_WORDS, *_SIGNS]
    for pattern, by in rewrites:
        text = pattern.sub(by, text)
    return text


_LEADING = re.compile(r"^(?:∴|⇒|→|:|=(?![=<>]))\s*")
_FACTORIAL = re.compile(r"[\w)]!$")
_REDUNDANT = re.compile(r"(\(+)([^()]*)(\)+)")


def trimmed(text: str) -> str:
    """A text without the stops, quotes and redundant brackets around it."""
    text = text.strip().lstrip("¡¿").strip()
    if (quoted := text.rstrip(".,;:")).startswith('"') and quoted.endswith('"'):
        text = quoted
    text = text.strip('"').strip()
    text = _LEADING.sub("", text)
    while text and text[-1] in ".,;:" and not text.endswith("…"):
        text = text[:-1].rstrip()
    if text.startswith("(((") and (core := _REDUNDANT.fullmatch(text)) and len(core[1]) == len(core[3]):
        return f"({core[2]})"
    return text.rstrip("!¡?¿") if text[-1:] in "!¡?¿" and not _FACTORIAL.search(text) else text
