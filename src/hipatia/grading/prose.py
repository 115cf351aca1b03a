"""A claim inside a sentence: ``Después de 3 días le quedan 12 manzanas`` claims ``12 manzanas``.

``claimed(text)`` gives the shorter texts that the sentence may claim, best first. Nothing is given
where words around the number change it ("el doble de 6") or where several numbers could be meant.
"""

from __future__ import annotations

import re

from ..numerals import PARTS, SCALES, SMALL, plain_word, read_words
from .times import compound
from .units import parse_unit

_VERBS = set(
    "es son era eran sera seran fue fueron seria serian hay habra habia hubo tiene tienen tendra tendran "
    "tenia tenian "
    "queda quedan quedara quedaran quedaron quedo sobra sobran sobraran falta faltan faltaran gana ganan "
    "ganara gano "
    "cuesta cuestan costara costo costaran paga pagan pagara pagaran pago debe deben debera vale valen "
    "mide miden pesa "
    "pesan recorre recorren recorrera recorrio tarda tardan tardara tardo necesita necesitan necesitara "
    "necesitaran gasta "
    "gastan gastara gasto ahorra ahorran ahorrara ahorro recibe reciben recibira recibio vende venden "
    "vendera vendio da dan "
    "obtiene obtienen obtenemos sale salen equivale equivalen suman suma resulta contiene caben cabe usa "
    "usara come comen "
    "comio cobra cobrara produce producen leyo lee lleva llevan llevara hace hacen consume consumen dura "
    "duran durara "
    "compra compran comprara compro corre camino corrio trabaja trabajo pierde perdio "
    "is are was were be has have had makes make made earns earn earned costs cost pays pay paid gets get "
    "got needs need "
    "needed takes take took weighs weigh spends spend spent saves save saved sells sold equals equal "
    "remain remains contains "
    "leaves gives measures owes owe receives received there're left uses used eats ate wins won reads "
    "read travels traveled "
    "drove drives walked bought buys lasts ran runs sold works worked lost loses produced produces".split()
)
_COPULAS = set(
    "es son era eran sera seran fue fueron seria vale valen is are was were be equals equal =".split()
)
# Words after which the number is not itself what is claimed.
_ALTERS = set(
    "doble triple mitad tercio tercera cuarta parte twice half double third quarter cuadrado cubo raiz "
    "root square cube "
    "suma sum diferencia difference producto product cociente quotient entre between divide dividido "
    "divided veces times "
    "factorial resto remainder opuesto inverso reciprocal negativo negative menos minus plus multiplicado "
    "multiplied "
    "multiplicar sumar restar dividir add subtract multiply logaritmo seno coseno tangente modulo excepto "
    "except salvo "
    "elevado elevada raised squared cubed dado dada given si if sea let supongamos suppose mayor menor "
    "greater less larger smaller bigger que than cerca "
    "close near lejos multiplo multiple divisor factor potencia power paso step ejercicio exercise "
    "problema pregunta question".split()
)
# Words after a number that change it: "24 al cuadrado".
_CHANGES = set(
    "cuadrado cubo squared cubed menos minus mas plus elevado dividido "
    "multiplicado divided multiplied".split()
)
_NEGATIVE = set(
    "no not never nunca ni nor sin without jamas tampoco neither isn't "
    "aren't doesn't don't cannot can't".split()
)
_FILLERS = set(
    "de a un una total of exactly exactamente solo only just unos unas about aproximadamente "
    "approximately alrededor "
    "igual the el la los las al equal to que ser en total, por otros otras "
    "still todavia aun ya fin".split()
)
NO_NAME = (
    _VERBS
    | _NEGATIVE
    | _FILLERS
    | set("despues antes tras dentro en cada hace after before within every in".split())
)
_UNCOUNTED = set("por de del en al para con cada in per for of on at to left each total y and o or".split())
_JOINTS = {"y", "e", "o", "u", "and", "or"}
_LATER = re.compile(
    r"(?:,|;|\.|\by|\band)?\s*\b(?:as[ií] que|por lo que|por (?:lo )?tanto|de modo que|de manera que|con "
    r"lo que|so|therefore|thus"
    r"|hence|which means(?: that)?|lo que (?:da|hace|significa que)|which gives|es decir que|luego)\b,?\s*",
    re.I,
)
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_MATH_WORDS = set("sen sin cos tan tg ln log sqrt mcm mcd pi lim arcsen arctan".split())


def claimed(text: str) -> list[str]:
    """What a sentence may claim, best first; empty where that is not clear."""
    if len(text) > 1500:
        return []
    parts = _LATER.split(text)
    if len(parts) > 1 and re.search(r"\d|[^\W\d_]\s*=", parts[-1]) and (found := claimed(parts[-1])):
        return found
    if len(parts) > 1 and parts[-1].strip() and not parts[0].strip():
        return [parts[-1]]
    text = _after_colon(text)
    pieces = text.split()
    if len(pieces) > 80 or ";" in text:
        return []
    words = [_word(piece) for piece in pieces]
    for i, word in enumerate(words):  # "y = 3x" and "3 + e" have letters, not connectives
        after = pieces[i + 1][0] if i + 1 < len(pieces) else ""
        if word in ("a", "y", "e", "o", "u") and (
            after and after in "=<>≤≥+-*/^≠" or i and pieces[i - 1][-1] in "=+*/^"
        ):
            words[i] = ""
    runs = _runs(pieces, words)
    if not runs:
        return _in_words(pieces, words)
    suffix = " ".join(pieces[runs[0][0] :]).rstrip(".,;:")
    if compound(suffix) and _unaltered(pieces, words, runs[0][0]):
        return [suffix]
    if len(runs) > 1 and (rest := _tail(pieces, words, runs)):
        return rest
    if len(runs) > 1:
        runs = _chosen(pieces, words, runs)
    if len(runs) != 1 or not _unaltered(pieces, words, runs[0][0]):
        return []
    return list(filter(None, [_with_unit(pieces, words, *runs[0])]))


def _after_colon(text: str) -> str:
    """``Ana compra 3 cajas: 3 × 14 = 42 lápices``: what follows the last colon, where it has a number."""
    head, colon, rest = text.rpartition(": ")
    return rest if colon and re.search(r"\d", rest) and re.search(r"[^\W\d_]{3}", head) else text


def _word(piece: str) -> str:
    """The folded word that a piece is, or an empty text where it is mathematics."""
    bare = piece.strip("¿?¡!\"'()*_.,;:")
    folded = plain_word(bare)
    if not _WORD.fullmatch(bare) or folded in _MATH_WORDS:
        return ""
    return folded if len(bare) > 1 or folded in ("a", "y", "e", "o", "u") else ""


def _runs(pieces: list[str], words: list[str]) -> list[tuple[int, int]]:
    runs, i = [], 0
    while i < len(pieces):
        j = i
        while j < len(pieces) and not words[j]:
            j += 1
            inside = " ".join(pieces[i:j])
            if pieces[j - 1][-1] in ",;:" and inside.count("(") + inside.count("[") <= inside.count(
                ")"
            ) + inside.count("]"):
                break
        if j > i and re.search(r"[\dπ√½¼¾⅓⅔]|[^\W\d_]\s*=|[∞ℝ∅]", " ".join(pieces[i:j])):
            runs.append((i, j))
        i = max(j, i + 1)
    return runs


def _tail(pieces: list[str], words: list[str], runs: list[tuple[int, int]]) -> list[str]:
    """``Las soluciones son 2 y 3``, ``Hay 23 gallinas y 12 conejos``: all that follows the verb."""
    first, end = runs[0][0], runs[-1][1]
    between = [word for word in words[first:end] if word]
    before = [word for word in words[:first] if word not in _FILLERS]
    if (before and before[-1] not in _VERBS) or not _unaltered(pieces, words, first):
        return []
    if _VERBS & set(between) or (_ALTERS | _NEGATIVE) & set(between):
        return []
    if any(word not in _JOINTS for word in between):
        # Things counted: each number but the last must be followed by its noun and a connective.
        if not all(words[b - 1 : b] and _joint_after(pieces, words, b) for _, b in runs[:-1]):
            return []
        return [" ".join(pieces[first:])]
    return [" ".join(pieces[first:]), " ".join(pieces[first:end])] if before else []


def _joint_after(pieces: list[str], words: list[str], b: int) -> bool:
    """Whether after the number that ends at b come one or two words and "y", "and" or a comma."""
    for i in range(b, min(b + 3, len(pieces))):
        if i > b and (words[i] in _JOINTS or pieces[i - 1].endswith(",")):
            return True
    return False


def _chosen(pieces: list[str], words: list[str], runs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Of several runs the one that is an equality, or that follows a verb directly."""
    equalities = [run for run in runs if "=" in " ".join(pieces[run[0] : run[1]])]
    if len(equalities) == 1 and equalities[0] == runs[-1]:
        return equalities
    verbal = [run for run in runs if _verb_before(words, run[0])]
    if len(verbal) > 1:
        copular = [run for run in verbal if _verb_before(words, run[0]) in _COPULAS]
        verbal = copular if len(copular) == 1 and copular[0] == verbal[-1] else verbal
    return verbal


def _verb_before(words: list[str], start: int) -> str:
    i = start - 1
    while i >= 0 and words[i] in _FILLERS and words[i] not in _VERBS:
        i -= 1
    return words[i] if i >= 0 and words[i] in _VERBS else ""


def _unaltered(pieces: list[str], words: list[str], start: int) -> bool:
    """Whether nothing between the verb and the number changes its meaning, and nothing denies it."""
    if _NEGATIVE & set(words[:start]):
        return False
    for i in range(start - 1, -1, -1):
        if words[i] in _VERBS:
            return True
        if words[i] in _ALTERS or (not words[i] and re.search(r"\w", pieces[i])):
            return False
    return True


def _with_unit(pieces: list[str], words: list[str], a: int, b: int) -> str:
    if _CHANGES & set(words[b : b + 3]) and pieces[b - 1][-1] not in ",;:.":
        return ""
    number = " ".join(pieces[a:b])
    ended = number[-1] in ",;:"
    number = number.rstrip(",;:.")
    if ended or b >= len(pieces):
        return number
    after = []
    for piece in pieces[b : b + 4]:
        after.append(piece.rstrip(",;:.)"))
        if piece[-1] in ",;:.":
            break
    for count in range(len(after), 0, -1):
        name = " ".join(after[:count])
        if name == "in":
            continue
        if parse_unit(name.removeprefix("de ").removeprefix("of ")) or (
            after[:2] == ["por", "ciento"] and count == 2
        ):
            return f"{number} {' '.join(after[:count])}"
    if after and number[0] not in "$€£" and words[b] and words[b] not in _UNCOUNTED | _VERBS:
        return f"{number} {after[0]}"
    return number


def _in_words(pieces: list[str], words: list[str]) -> list[str]:
    """``Quedan siete caramelos``: the one number said in words."""
    flat = [part for word in words for part in (word.split("-") if word else [""])]
    spans, i = [], 0
    while i < len(flat):
        found = (
            read_words(flat, i)
            if flat[i] in SMALL or flat[i] in SCALES or flat[i] in ("medio", "media", "half")
            else None
        )
        if found and not (
            found[1] == i + 1 and flat[i] in ("un", "una", "a", "an", "uno", "one", "once", "second", "half")
        ):
            spans.append((i, found[1]))
            i = found[1]
        else:
            i += 1
    if len(spans) != 1 or not _unaltered(flat, flat, spans[0][0]):
        return []
    a, b = spans[0]
    if any(word in PARTS for word in flat[:a]):
        return []
    after = flat[b : b + 1]
    if after and after[0] and after[0] not in _UNCOUNTED | _VERBS:
        return [" ".join([*flat[a:b], after[0]])]
    return [" ".join(flat[a:b])]
