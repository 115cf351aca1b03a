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

from .number_words import SCALES, plain_word, read_words

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
    decimal = (mark, _decimal("".join(parts[:-1]), parts[-1]))
    if marks[0] in APOSTROPHES and len(parts[-1]) == 3:  # millions after an apostrophe: 1'234,567
        return decimal, ("." if mark == "," else ",", Fraction(int("".join(parts))))
    return (decimal,)


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


# A mark over each digit of the period, a dot over its first and over its last, an arc over two.
PERIOD_MARKED = "[0-9]\u0307(?:[0-9]\u0307?)*[0-9]\u0307|[0-9]\u0361[0-9]|(?:[0-9][\u0305\u0304\u0302\u0311\u0308\u0307])+"
_PERIODIC = re.compile(
    r"(?P<whole>[0-9]+)[.,'](?P<fixed>[0-9]*?)"
    rf"(?:\((?P<block>[0-9]+)\)|(?P<marked>{PERIOD_MARKED})"
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


_ROMAN = re.compile(r"M{0,3}(CM|CD|D?C{0,3})(XC|XL|L?X{0,3})(IX|IV|V?I{0,3})")
_LETTERS = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}


def read_roman(text: str) -> int | None:
    """``XIV`` is 14; ``None`` where the text is no Roman numeral as they are written."""
    if not text or not _ROMAN.fullmatch(text):
        return None
    values = [_LETTERS[letter] for letter in text]
    return sum(-a if a < b else a for a, b in zip(values, [*values[1:], 0], strict=True))


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
