"""Numbers said in words, in Spanish and English, read exactly.

    read_words("treinta y cinco millones de euros".split())    (Fraction(35000000), 4)
    with_numerals("quedan doce euros y medio")                 "quedan 12 euros y medio"

Words are compared folded: ``plain_word("Dieciséis")`` is ``dieciseis``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from fractions import Fraction

_PLAIN = str.maketrans("áéíóúü", "aeiouu")  # the commonest first


def plain_word(word: str) -> str:
    """Lower case, without accents (ñ stays)."""
    if word.isascii():
        return word.lower()
    word = word.lower().translate(_PLAIN)
    if word.isascii():
        return word
    folded = unicodedata.normalize("NFD", word.replace("ñ", "\0"))
    return "".join(c for c in folded if not unicodedata.combining(c)).replace("\0", "ñ")


_SPANISH = (
    "cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciseis "
    "diecisiete dieciocho diecinueve veinte veintiuno veintidos veintitres veinticuatro veinticinco "
    "veintiseis veintisiete veintiocho veintinueve"
).split()
_ENGLISH = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
).split()
_SPANISH_TENS = "treinta cuarenta cincuenta sesenta setenta ochenta noventa".split()
_ENGLISH_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_HUNDREDS = "doscient trescient cuatrocient quinient seiscient setecient ochocient novecient".split()

SMALL: dict[str, int] = {
    **{word: n for words in (_SPANISH, _ENGLISH) for n, word in enumerate(words)},
    **{word: 10 * n for n, word in enumerate(_SPANISH_TENS, 3)},
    **{word: 10 * n for n, word in enumerate(_ENGLISH_TENS, 2)},
    **{stem + ending: 100 * n for n, stem in enumerate(_HUNDREDS, 2) for ending in ("os", "as")},
    **dict.fromkeys(("un", "una", "a", "an"), 1),
    **dict.fromkeys(("veintiun", "veintiuna"), 21),
    **dict.fromkeys(("cien", "ciento"), 100),
}
SCALES: dict[str, int] = {
    "hundred": 100,
    **dict.fromkeys(("mil", "thousand", "thousands"), 10**3),
    **dict.fromkeys(("millon", "millones", "million", "millions"), 10**6),
    "billion": 10**9,
    **dict.fromkeys(("billon", "billones", "trillion"), 10**12),
    **dict.fromkeys(("trillon", "trillones"), 10**18),
}
_DOZENS = ("docena", "docenas", "dozen", "dozens")
_HALVES = ("medio", "media", "half", "mitad")


def _parts() -> dict[str, int]:
    """The names of unit fractions and their denominators: ``tercio``, ``doceavos``, ``eighths``."""
    names = dict.fromkeys((*_HALVES, "medios", "medias", "halves"), 2)
    ordinals = (
        "tercio tercera third|cuarto cuarta quarter fourth|quinto quinta fifth|sexto sexta sixth|septimo septima "
        "seventh|octavo octava eighth|noveno novena ninth|decimo decima tenth|undecimo onceavo eleventh|duodecimo "
        "doceavo twelfth|thirteenth|fourteenth|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|vigesimo twentieth"
    )
    for n, words in enumerate(ordinals.split("|"), 3):
        names |= dict.fromkeys(words.split(), n)
    for n, word in (*enumerate(_SPANISH[11:], 11), *((10 * n, w) for n, w in enumerate(_SPANISH_TENS, 3))):
        names |= {stem + ending: n for stem in (word, word[:-1]) for ending in ("avo", "ava")}
    for n, word in enumerate(_ENGLISH_TENS, 2):
        names[word[:-1] + "ieth"] = 10 * n
    for power, stems in {2: "cent", 3: "mil", 4: "diezmil", 5: "cienmil", 6: "millon"}.items():
        names |= {f"{stems}esim{ending}": 10**power for ending in "oa"}
    names |= {"hundredth": 100, "thousandth": 1000, "millionth": 10**6}
    return names | {name + "s": n for name, n in names.items() if not name.endswith("s")}


PARTS = _parts()
# Words that say a number wherever they stand; articles and ordinals ("un", "third") do not.
NUMBER_WORDS = frozenset(
    {*SMALL, *SCALES, *_DOZENS, *_HALVES, *(name for name in PARTS if name.endswith("s"))}
    | {
        "tercio",
        "cuarto",
        "quarter",
        "dieciséis",
        "veintidós",
        "veintitrés",
        "veintiséis",
        "veintiún",
        "millón",
        "billón",
    }
) - {"un", "una", "uno", "a", "an", "one"}


def alternatives(words: Iterable[str]) -> str:
    """A pattern of any of these words, the longest first, that shares what they begin with: ten times as quick."""
    heads: dict[str, list[str]] = {}
    for word in sorted(words):
        heads.setdefault(word[:1], []).append(word[1:])
    ends = "" in heads
    parts = [head + alternatives(set(tails)) for head, tails in heads.items() if head]
    if not parts:
        return ""
    joined = parts[0] if len(parts) == 1 and not ends else f"(?:{'|'.join(parts)})"
    return joined + ("?" if ends else "")


_POINTS = ("coma", "punto", "point")
_PERIODS = set("periodico periodica periodicos recurring repeating".split())
_WHOLES = ("entero", "enteros", "whole", "wholes")
_NEGATIVE = ("menos", "minus", "negative")
_ARTICLES = ("un", "una", "a", "an")


def read_words(words: list[str], start: int = 0) -> tuple[Fraction, int] | None:
    """The longest number in words from ``words[start]``: its value and the index after it.

    The words are plain (``plain_word``), a hyphen counting as a space. ``None`` where none starts.
    """
    i = start
    negative = i < len(words) and words[i] in _NEGATIVE
    if negative:
        i += 1
    found = _quantity(words, i)
    if found is None:
        return None
    value, i = found
    return (-value if negative else value), i


def _quantity(words: list[str], i: int) -> tuple[Fraction, int] | None:
    """``tres cuartos``, ``dos coma cinco``, ``media docena``, ``un millón y medio``."""
    if i < len(words) and words[i] in _DOZENS:
        return _dozens(words, Fraction(1), i)
    found = _fraction(words, i)
    if found is None:
        return None
    value, i = found
    j = i + (words[i : i + 1] in (["de"], ["of"]))
    j += words[j : j + 1] != [] and words[j] in _ARTICLES
    if j < len(words) and words[j] in _DOZENS:
        return _dozens(words, value, j)
    if value.denominator > 1 and j < len(words) and words[j] in SCALES:
        return value * SCALES[words[j]], j + 1
    return value, i


def _dozens(words: list[str], count: Fraction, i: int) -> tuple[Fraction, int]:
    """``docenas`` stands at i; "y media" may follow."""
    if words[i + 1 : i + 3] == ["y", "media"]:
        return (count + Fraction(1, 2)) * 12, i + 3
    return count * 12, i + 1


def _fraction(words: list[str], i: int) -> tuple[Fraction, int] | None:
    if i < len(words) and words[i] in _HALVES:
        return Fraction(1, 2), i + 1
    if words[i + 1 : i + 2] in (["parte"], ["part"]) and words[i] in PARTS:
        return Fraction(1, PARTS[words[i]]), i + 2
    if words[i : i + 1] == ["point"]:
        digits, j = _spoken_digits(words, i + 1)
        return (Fraction(int(digits), 10 ** len(digits)), j) if digits else None
    found = _integer(words, i)
    if found is None:
        return None
    value, i = Fraction(found[0]), found[1]
    if part := _part(words, i):
        return value / part[0], part[1]
    nxt = words[i] if i < len(words) else ""
    if nxt in _POINTS:
        digits, j = _spoken_digits(words, i + 1)
        if digits and words[j : j + 1] and words[j] in _PERIODS:
            # "coma uno seis periódico" may be 0,1(6) and 0,(16): only one number said is a period.
            once = (_integer(words, i + 1) or (0, 0))[1] == j
            return (value + Fraction(int(digits), 10 ** len(digits) - 1), j + 1) if once else None
        if digits:
            return value + Fraction(int(digits), 10 ** len(digits)), j
    if nxt in ("y", "and", "con", *_WHOLES):
        return _mixed(words, i, value)
    if (
        10 <= value <= 20
        and nxt in (*_ENGLISH[10:], *_ENGLISH_TENS)
        and words[i - 1] in (*_ENGLISH, "twenty")
    ):
        later = _integer(words, i)  # nineteen ninety-nine
        if later and 10 <= later[0] <= 99:
            return 100 * value + later[0], later[1]
    return value, i


def _part(words: list[str], i: int) -> tuple[int, int] | None:
    """The denominator at i and the index after it: ``cuartos``, ``terceras partes``, ``twenty fifths``."""
    if i >= len(words):
        return None
    if words[i] in PARTS:
        return PARTS[words[i]], i + 1 + (words[i + 1 : i + 2] in (["parte"], ["partes"], ["part"], ["parts"]))
    if words[i] in _ENGLISH_TENS and i + 1 < len(words) and PARTS.get(words[i + 1], 10) < 10:
        return SMALL[words[i]] + PARTS[words[i + 1]], i + 2
    return None


def _mixed(words: list[str], i: int, whole: Fraction) -> tuple[Fraction, int]:
    """``dos y medio``, ``three and two fifths``: the fraction after the whole number, where there is one."""
    j = i + 1
    if words[i] in _WHOLES and j < len(words) and words[j] in ("y", "con", "and"):
        j += 1
    scale = SCALES.get(words[i - 1], 1) if i else 1
    scale = scale if scale >= 10**6 else 1  # un millón y medio
    if j < len(words) and words[j] in ("medio", "media", "half"):
        return whole + Fraction(scale, 2), j + 1
    found = _integer(words, j)
    if found and (part := _part(words, found[1])) and found[0] < part[0]:
        return whole + Fraction(scale * found[0], part[0]), part[1]
    return whole, i


def _spoken_digits(words: list[str], i: int) -> tuple[str, int]:
    """The decimals said after "coma": ``cero cinco`` is "05", ``veinticinco`` is "25"."""
    digits = ""
    while i < len(words) and SMALL.get(words[i]) == 0:
        digits += "0"
        i += 1
    if i < len(words) and words[i] in SMALL and words[i] not in _ARTICLES:
        found = _integer(words, i)
        if found:
            digits += str(found[0])
            i = found[1]
            while i < len(words) and SMALL.get(words[i], 10) < 10:
                digits += str(SMALL[words[i]])
                i += 1
    return digits, i


def _integer(words: list[str], i: int) -> tuple[int, int] | None:
    """``ciento veinte mil trescientos``: value and next index. Parts must fall in size."""
    total = group = 0
    room = 1000  # what may still be added to the group must be smaller than this
    ceiling = 10**30
    start = end = i
    while i < len(words):
        word = words[i]
        if word in ("y", "and") and end > start and i + 1 < len(words) and _joins(words, i, room):
            i += 1
            continue
        if word in SMALL and (SMALL[word] < room or end == start):
            if end > start and (SMALL[word] == 0 or word in _ARTICLES[2:]):
                break
            group += SMALL[word]
            room = _room(SMALL[word])
        elif word in SCALES and (end > start or word in ("mil", "thousand", "millon", "million", "hundred")):
            scale = SCALES[word]
            if scale == 100 and 0 < group < 100:
                group, room = group * 100, 100
            elif scale >= 1000 and scale < ceiling and (group or end == start):
                # "dos mil millones": a thousand before the millions multiplies with them.
                total, group = (
                    (total + group * scale, 0)
                    if scale == 1000 or ceiling > 1000
                    else ((total + group) * scale, 0)
                )
                if end == start:
                    total = scale
                room, ceiling = 1000, scale
            elif scale >= 10**6 and ceiling == 1000 and total < 10**6:
                total, group, room, ceiling = (total + group) * scale, 0, 1000, scale
            else:
                break
        else:
            break
        i += 1
        end = i
    return (total + group, end) if end > start else None


def _room(value: int) -> int:
    if value >= 100:
        return 100
    return 10 if value >= 20 and value % 10 == 0 else 0


def _joins(words: list[str], i: int, room: int) -> bool:
    """Whether "y" or "and" at i continues the number: ``treinta y cinco``, ``one hundred and five``."""
    value = SMALL.get(words[i + 1])
    after = words[i + 2] if i + 2 < len(words) else ""
    if value is None or words[i + 1] in _ARTICLES[2:] or after in PARTS:
        return False
    if words[i] == "y":
        return room == 10 and 0 < value < 10
    return 0 < value < room and room == 100 or (room == 1000 and words[i - 1] in SCALES and 0 < value < 100)


# Numbers in words inside a text -----------------------------------------------------------------

_VALUES = {*SMALL, *SCALES, *PARTS}
_ACCENTED = "dós trés séis ún dieciséis veintidós veintitrés veintiséis veintiún millón billón trillón décimo séptimo centésima milésima"
_ALL_WORDS = alternatives({*SMALL, *SCALES, *PARTS, *_ACCENTED.split()})
_TENS_AND_UNITS = re.compile(
    rf"\b({'|'.join(_SPANISH_TENS)})i(?=(?:un[oa]?|ún|d[oó]s|tr[eé]s|cuatro|cinco|s[eé]is|siete|ocho|nueve)\b)",
    re.I,
)
# English "once we know", Spanish "ten en cuenta" and "por ciento" are no numbers.
_NUMBER_RUN = re.compile(
    rf"\b(?!(?<=por )cien(?:to)?\b)(?!once (?:we|you|the|a|again|per|every|it|they|he|she|i|x)\b|ten (?:en|cuidado|presente)\b)"
    rf"(?:(?:{'|'.join(_NEGATIVE)}) )?(?:{_ALL_WORDS})"
    rf"(?:(?: |-)(?:{_ALL_WORDS}|y|and|con|parte|partes|{'|'.join((*_POINTS, *_WHOLES))}|peri[oó]dic[oa]|recurring|repeating)(?!\w))*\b",
    re.I,
)
# Before a number "menos" is its sign but after another number ("cinco menos dos") and in "al menos dos".
_NO_SIGN = re.compile(r"(?:[\d)%€$]|\b(?:al?|o|lo|ni|mucho|tod[oa]s?|nada|algo|at|or))\s*$", re.I)


def separated(text: str) -> str:
    """``treintaiséis`` as ``treinta y seis``."""
    return _TENS_AND_UNITS.sub(r"\1 y ", text) if "ntai" in text.lower() else text


def with_numerals(text: str) -> str:
    """A text with every number in words as a numeral: ``12 horas y media``. Articles and halves stay."""
    return _NUMBER_RUN.sub(_as_numerals, text)


def _ends_in_number(text: str) -> bool:
    last = re.search(r"(\w+)\s*$", text)
    return last is not None and plain_word(last[1]) in _VALUES


def _as_numerals(match: re.Match[str]) -> str:
    said = re.split(r"[ -]", match[0])
    words = [plain_word(word) for word in said]
    out, i = [], 0
    before = match.string[: match.start()]
    if words[0] in _NEGATIVE and (
        _NO_SIGN.search(before) or (words[0] != "negative" and _ends_in_number(before))
    ):
        out, i = said[:1], 1
    while i < len(words):
        found = read_words(words, i)
        alone = found is not None and found[1] == i + 1
        if found is None or (alone and words[i] in (*_ARTICLES, "uno", "one", *_HALVES)):
            out.append(said[i])
            i += 1
        else:
            out.append(str(found[0]))
            i = found[1]
    return " ".join(out)
