"""Numbers as people write them in Spanish and English, read and written exactly.

    read_number("1 234,5")                     (Fraction(2469, 2),)
    read_number("1.234")                       (Fraction(617, 500), Fraction(1234))
    read_number("treinta y cinco millones")    (Fraction(35000000),)
    write_number(Fraction(7, 2), "es")         "3,5"

A numeral with one separator and exactly three digits after it can be read in two ways; every
reading is given. Nothing here ever computes with floats.
"""

from __future__ import annotations

import re
import unicodedata
from fractions import Fraction
from functools import lru_cache

MAX_DIGITS = 400
SPACES = "\u00a0\u202f\u2009\u2007\u2008\u2002\u2003\u2005\u2006\u200a\u3000"
APOSTROPHES = "'\u2019\u02bc\u00b4"
_GROUP_SPACE = f"[ {SPACES}_]"
# A numeral without sign: grouped by spaces, or digits with points, commas or apostrophes, or ".5".
NUMERAL = re.compile(
    rf"[0-9]{{1,3}}(?:{_GROUP_SPACE}[0-9]{{3}})+(?![0-9])(?:[.,{APOSTROPHES}][0-9]+)?"
    rf"|[0-9]+(?:[.,{APOSTROPHES}][0-9]+)*"
    r"|(?<![^\s(\[{+*/=<>≤≥≈$€;:&-])[.,][0-9]+"
)
_VULGAR = "½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅐⅛⅜⅝⅞⅑⅒"
_SIGNS = "+-\u2212\u2013\u2010\u2011\ufe63\uff0d"


class NumeralError(ValueError):
    """The text is not a number, or it is longer than MAX_DIGITS digits."""


@lru_cache(maxsize=4096)
def tagged(numeral: str) -> tuple[tuple[str, Fraction], ...]:
    """The readings of a bare numeral, each with the decimal mark it supposes: ``.``, ``,`` or none."""
    if len(numeral) > MAX_DIGITS:
        return ()
    text = re.sub(_GROUP_SPACE, "", numeral)
    grouped = text != numeral
    marks = re.sub("[0-9]", "", text)
    parts = re.split(rf"[.,{APOSTROPHES}]", text)
    if not marks:
        return (("", Fraction(int(text))),)
    if len(set(marks)) == 1:
        return _one_mark(marks, parts, grouped)
    return _two_marks(marks, parts, grouped)


def _one_mark(marks: str, parts: list[str], grouped: bool) -> tuple[tuple[str, Fraction], ...]:
    mark = "," if marks[0] in APOSTROPHES else marks[0]
    other = "." if mark == "," else ","
    thousands = bool(not grouped and parts[0] and _are_groups(parts))
    found = []
    if len(marks) == 1:
        found.append((mark, _decimal(parts[0], parts[1])))
    if thousands:
        found.append((other, Fraction(int("".join(parts)))))
    return tuple(found)


def _two_marks(marks: str, parts: list[str], grouped: bool) -> tuple[tuple[str, Fraction], ...]:
    """``1.234,5``: the last mark is the decimal one, the others group thousands."""
    if grouped or len(set(marks[:-1])) != 1 or marks[-1] in marks[:-1] or not _are_groups(parts[:-1]):
        return ()
    mark = "." if marks[-1] == "." or marks[:-1] == "," else ","
    return ((mark, _decimal("".join(parts[:-1]), parts[-1])),)


def _are_groups(parts: list[str]) -> bool:
    return 1 <= len(parts[0]) <= 3 and parts[0][0] != "0" and all(len(part) == 3 for part in parts[1:])


def _decimal(whole: str, digits: str) -> Fraction:
    return Fraction(int((whole or "0") + digits), 10 ** len(digits))


def readings(numeral: str) -> tuple[Fraction, ...]:
    """All values of a bare numeral (no sign, no words); empty when it is not one."""
    if not NUMERAL.fullmatch(numeral):
        return ()
    return tuple(value for _, value in tagged(numeral))


def periodic(whole: str, fixed: str, block: str) -> Fraction:
    """The periodic decimal whole.fixed(block), exactly: ``periodic("0", "1", "6")`` is 1/6."""
    if len(whole) + len(fixed) + len(block) > MAX_DIGITS:
        raise NumeralError(block[:20])
    scale = 10 ** len(fixed)
    return Fraction(int((whole or "0") + fixed), scale) + Fraction(int(block), scale * (10 ** len(block) - 1))


def ellipsis_block(digits: str) -> tuple[str, str] | None:
    """Split the decimals of ``0,1666…`` in fixed part and block; ``None`` where no block repeats."""
    for size in range(1, len(digits) // 2 + 1):
        block = digits[-size:]
        repeats = 0
        while digits.endswith(block * (repeats + 1)):
            repeats += 1
        # One digit must be seen three times (0.333…, 3.1… is no period), longer blocks twice.
        if repeats >= (3 if size == 1 and len(digits) > 2 else 2):
            return digits[: len(digits) - size * repeats], block
    return None


_PERIODIC = re.compile(
    r"(?P<whole>[0-9]+)[.,'](?P<fixed>[0-9]*?)"
    r"(?:\((?P<block>[0-9]+)\)|(?P<marked>(?:[0-9][\u0305\u0304\u0302\u0311\u0361\u0308\u0307])+)"
    r"|(?P<run>[0-9]+)(?:\.{3}|\u2026))"
)


def read_periodic(text: str) -> Fraction | None:
    """``0,(3)``, ``0.1(6)``, ``0,3̅``, ``0,333…`` as an exact fraction; ``None`` when it is none."""
    match = _PERIODIC.fullmatch(text)
    if not match or len(text) > MAX_DIGITS:
        return None
    if match["run"]:
        split = ellipsis_block(match["fixed"] + match["run"])
        return periodic(match["whole"], *split) if split else None
    block = match["block"] or re.sub("[^0-9]", "", match["marked"])
    return periodic(match["whole"], match["fixed"], block)


# Number words ---------------------------------------------------------------------------------

SMALL: dict[str, int] = {
    word: value
    for words in (
        "cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciseis "
        "diecisiete dieciocho diecinueve veinte veintiuno veintidos veintitres veinticuatro veinticinco "
        "veintiseis veintisiete veintiocho veintinueve",
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
        "sixteen seventeen eighteen nineteen",
    )
    for value, word in enumerate(words.split())
}
SMALL |= {
    word: 10 * n
    for n, word in enumerate("treinta cuarenta cincuenta sesenta setenta ochenta noventa".split(), 3)
}
SMALL |= {
    word: 10 * n for n, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)
}
_HUNDREDS = {
    2: "doscient",
    3: "trescient",
    4: "cuatrocient",
    5: "quinient",
    6: "seiscient",
    7: "setecient",
    8: "ochocient",
    9: "novecient",
}
SMALL |= {stem + ending: 100 * n for n, stem in _HUNDREDS.items() for ending in ("os", "as")}
SMALL |= {
    "un": 1,
    "una": 1,
    "a": 1,
    "an": 1,
    "veintiun": 21,
    "veintiuna": 21,
    "cien": 100,
    "ciento": 100,
}
SCALES = {
    "mil": 10**3,
    "millon": 10**6,
    "millones": 10**6,
    "billon": 10**12,
    "billones": 10**12,
}
SCALES |= {
    "hundred": 100,
    "thousand": 10**3,
    "million": 10**6,
    "millions": 10**6,
    "billion": 10**9,
}
SCALES |= {
    "trillion": 10**12,
    "trillon": 10**18,
    "trillones": 10**18,
    "thousands": 10**3,
}
PARTS: dict[str, int] = {
    "medio": 2,
    "media": 2,
    "medios": 2,
    "medias": 2,
    "mitad": 2,
    "half": 2,
    "halves": 2,
}
for _n, _names in enumerate(
    "tercio|third cuarto|quarter|fourth quinto|fifth sexto|sixth septimo|seventh octavo|eighth noveno|ninth "
    "decimo|tenth onceavo|eleventh doceavo|twelfth".split(),
    3,
):
    for _name in _names.split("|"):
        PARTS |= {_name: _n, _name + "s": _n}
PARTS |= {
    "centesimo": 100,
    "centesimos": 100,
    "centesima": 100,
    "centesimas": 100,
    "hundredth": 100,
}
PARTS |= {
    "hundredths": 100,
    "milesimo": 1000,
    "milesimos": 1000,
    "milesima": 1000,
    "milesimas": 1000,
}
PARTS |= {
    "thousandth": 1000,
    "thousandths": 1000,
    "decima": 10,
    "decimas": 10,
    "veinteavo": 20,
}
PARTS |= {
    "veinteavos": 20,
    "quinta": 5,
    "quintas": 5,
    "tercera": 3,
    "cuarta": 4,
    "twentieth": 20,
}
PARTS |= {
    "twentieths": 20,
    "treceavos": 13,
    "quinceavos": 15,
    "quinceavo": 15,
    "dieciseisavos": 16,
}
# Words that say a number wherever they stand; articles and ordinals ("un", "second") do not.
NUMBER_WORDS = frozenset({*SMALL, *SCALES, *PARTS} - {"un", "una", "uno", "a", "an", "one"}) | {
    "dieciséis",
    "veintidós",
    "veintitrés",
    "veintiséis",
    "veintiún",
    "millón",
    "billón",
}
_POINTS = ("coma", "punto", "point")
_NEGATIVE = ("menos", "minus", "negative")
_ARTICLES = ("un", "una", "a", "an")


def plain_word(word: str) -> str:
    """Lower case, without accents (ñ stays)."""
    folded = unicodedata.normalize("NFD", word.lower().replace("ñ", "\0"))
    return "".join(c for c in folded if not unicodedata.combining(c)).replace("\0", "ñ")


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
    if i < len(words) and words[i] in ("half", "medio", "media", "mitad"):
        return Fraction(1, 2), i + 1
    found = _integer(words, i)
    if found is None:
        return None
    whole, i = found
    value = Fraction(whole)
    nxt = words[i] if i < len(words) else ""
    if nxt in PARTS:
        return value / PARTS[nxt], i + 1
    if nxt in _POINTS:
        digits, j = _spoken_digits(words, i + 1)
        if digits:
            return value + Fraction(int(digits), 10 ** len(digits)), j
    if nxt in ("y", "and", "enteros", "entero", "con"):
        return _mixed(words, i, value)
    return value, i


def _mixed(words: list[str], i: int, whole: Fraction) -> tuple[Fraction, int]:
    """``dos y medio``, ``three and two fifths``: the fraction after the whole number, where there is one."""
    j = i + 1
    if words[i].startswith("entero") and j < len(words) and words[j] in ("y", "con"):
        j += 1
    if j < len(words) and words[j] in ("medio", "media", "half"):
        return whole + Fraction(1, 2), j + 1
    found = _integer(words, j)
    if found and found[1] < len(words) and words[found[1]] in PARTS:
        part = Fraction(found[0], PARTS[words[found[1]]])
        if part < 1:
            return whole + part, found[1] + 1
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
        elif word in SCALES and (end > start or word in ("mil", "thousand", "million", "hundred")):
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


_ACCENTED = "dieciséis veintidós veintitrés veintiséis veintiún millón billón trillón décimo séptimo centésima milésima"
_ALL_WORDS = "|".join(sorted({*SMALL, *SCALES, *PARTS, *_ACCENTED.split()}, key=len, reverse=True))
# English "once we know" and Spanish "ten en cuenta" are no numbers.
_NUMBER_RUN = re.compile(
    rf"(?<!por )\b(?!once (?:we|you|the|a|again|per|every|it|they|he|she|i|x)\b|ten (?:en|cuidado|presente)\b)(?:{_ALL_WORDS})"
    rf"(?:(?: |-)(?:{_ALL_WORDS}|y|and|con|{'|'.join(_POINTS)})(?![\w]))*\b",
    re.I,
)
_HALF_WORDS = ("medio", "media", "half", "mitad")


def with_numerals(text: str) -> str:
    """A text with every number in words as a numeral: ``12 horas y media``. Articles and halves stay."""
    return _NUMBER_RUN.sub(_as_numerals, text)


def _as_numerals(match: re.Match[str]) -> str:
    said = re.split(r"[ -]", match[0])
    words = [plain_word(word) for word in said]
    out, i = [], 0
    while i < len(words):
        found = read_words(words, i)
        alone = found is not None and found[1] == i + 1
        if found is None or (alone and (words[i] in (*_ARTICLES, "uno", "one", *_HALF_WORDS))):
            out.append(said[i])
            i += 1
        else:
            out.append(str(found[0]))
            i = found[1]
    return " ".join(out)


# Whole texts ----------------------------------------------------------------------------------

_SCIENTIFIC = re.compile(r"\s*(?:[x×·⋅*]|\\times|\\cdot)\s*10\s*(?:\^\s*)?\{?\(?(?P<e>[+\-−–]?[0-9]+)\)?\}?")
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺", "0123456789-+")


def read_number(text: str) -> tuple[Fraction, ...]:
    """All values of a number in any common notation; empty when the text is not one number.

    Numerals, signs, ``3/4``, ``2 1/2``, ``3 ½``, ``1,5 × 10³``, ``0,(3)``, ``3,5 millones``, words.
    A percent sign or a unit is not part of a number.
    """
    text = text.strip()
    if not text or len(text) > MAX_DIGITS:
        return ()
    sign = 1
    if text[0] in _SIGNS:
        sign = 1 if text[0] == "+" else -1
        text = text[1:].lstrip()
    return tuple(dict.fromkeys(sign * value for value in _unsigned(text)))


def _unsigned(text: str) -> tuple[Fraction, ...]:
    exact = read_periodic(text)
    if exact is not None:
        return (exact,)
    match = NUMERAL.match(text)
    if not match:
        return _vulgar("", text) or _words(text)
    values, rest = readings(match.group()), text[match.end() :].strip()
    if not rest:
        return values
    if (scaled := _scale(rest)) is not None:
        return tuple(value * scaled for value in values)
    return _vulgar(match.group(), rest) or _fraction(match.group(), rest)


def _scale(rest: str) -> Fraction | None:
    """The factor written after a numeral: ``× 10³``, ``e-5``, ``millones``, ``mil millones``."""
    if match := _SCIENTIFIC.fullmatch(rest.translate(_SUPERSCRIPTS)):
        exponent = match["e"]
    elif match := re.fullmatch(r"[eE]([+\-−]?[0-9]+)", rest):
        exponent = match[1]
    else:
        words = plain_word(rest).split()
        if words and all(word in SCALES for word in words) and len(words) <= 2:
            factor = Fraction(1)
            for word in words:
                factor *= SCALES[word]
            return factor
        return None
    power = int(re.sub("[−–]", "-", exponent)) if len(exponent) <= 4 else 10**6
    return Fraction(10) ** power if abs(power) <= MAX_DIGITS else None


def _fraction(first: str, rest: str) -> tuple[Fraction, ...]:
    """``3/4`` (any readings of both) and the mixed number ``2 1/2``."""
    if match := re.fullmatch(rf"\s*[/⁄∕]\s*({NUMERAL.pattern})", rest):
        return tuple(a / b for a in readings(first) for b in readings(match[1]) if b)
    match = re.fullmatch(r"([0-9]+)\s*[/⁄∕]\s*([0-9]+)", rest)
    if match and first.isdigit() and int(match[2]):
        return (int(first) + Fraction(int(match[1]), int(match[2])),)
    return ()


def _vulgar(whole: str, rest: str) -> tuple[Fraction, ...]:
    if len(rest) != 1 or rest not in _VULGAR or (whole and not whole.isdigit()):
        return ()
    top, bottom = unicodedata.normalize("NFKC", rest).split("\u2044")
    return (int(whole or "0") + Fraction(int(top), int(bottom)),)


def _words(text: str) -> tuple[Fraction, ...]:
    words = plain_word(text).replace("-", " ").split()
    if not words or words in (["a"], ["an"]):
        return ()
    found = read_words(words)
    return (found[0],) if found and found[1] == len(words) else ()


def write_number(value: Fraction | int, language: str = "es", *, group: bool = False) -> str:
    """A fraction as people write it: ``3,5`` (es), ``3.5`` (en); ``1/3`` where no decimal ends.

    With ``group``, five digits and more are grouped: ``12 345,5`` (es, thin space), ``12,345.5`` (en).
    """
    value = Fraction(value)
    mark, separator = (",", "\u202f") if language == "es" else (".", ",")
    twos, fives, rest = 0, 0, value.denominator
    while rest % 2 == 0:
        rest, twos = rest // 2, twos + 1
    while rest % 5 == 0:
        rest, fives = rest // 5, fives + 1
    if rest != 1:
        return f"{value.numerator}/{value.denominator}"
    places = max(twos, fives)
    digits = str(abs(value.numerator) * 10**places // value.denominator).rjust(places + 1, "0")
    whole, decimals = (digits[:-places], digits[-places:]) if places else (digits, "")
    if group and len(whole) > 4:
        whole = f"{int(whole):,}".replace(",", separator)
    return ("-" if value < 0 else "") + whole + (mark + decimals if decimals else "")
