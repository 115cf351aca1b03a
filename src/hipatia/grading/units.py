"""Units of measure: ``parse_unit("km/h")`` has a factor to SI and dimensions; equal dimensions convert.

Money is a dimension for each currency: euros never equal dollars.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from ..number_words import plain_word

Dimensions = tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Unit:
    """``factor`` units of SI (radians and single coins included), and an offset for temperatures."""

    factor: Fraction
    dimensions: Dimensions
    offset: Fraction = Fraction(0)
    pi: bool = False  # the factor is to be multiplied by π (degrees)


_Known = tuple[Fraction, dict[str, int], Fraction]  # factor, dimensions, offset

# factor, dimensions, words (folded; a plural in -s is added)
_WORDS = (
    ("1000", "mass", "tonelada tonne ton"),
    ("100", "mass", "quintal quintales"),
    ("1", "mass", "kilo kgr"),
    ("0.45359237", "mass", "libra pound lb"),
    ("0.028349523125", "mass", "onza ounce oz"),
    ("0.0254", "length", "pulgada inch inches"),
    ("0.3048", "length", "pie foot feet ft"),
    ("0.9144", "length", "yarda yard yd"),
    ("1609.344", "length", "milla mile mi"),
    ("0.44704", "length time^-1", "mph"),
    ("5/18", "length time^-1", "kmh kph"),
    ("10000", "length^2", "hectarea hectare ha"),
    ("0.003785411784", "length^3", "galon galones gallon gal"),
    ("1", "time", "segundo second seg sec"),
    ("60", "time", "minuto minute min"),
    ("3600", "time", "hora hour hr hs"),
    ("86400", "time", "dia day"),
    ("604800", "time", "semana week"),
    ("1", "months", "mes meses month"),
    ("2", "months", "bimestre"),
    ("3", "months", "trimestre quarter"),
    ("6", "months", "semestre semester"),
    ("12", "months", "ano año year yr"),
    ("60", "months", "lustro"),
    ("120", "months", "decada decade"),
    ("1200", "months", "siglo century centuries"),
    ("12000", "months", "milenio millennium millennia"),
    ("1", "generic", "unidad unidades unit ud u"),
    ("1", "eur", "euro eur €"),
    ("1", "usd", "dolar dolares dollar usd us$ bucks"),
    ("1", "sign", "$"),
    ("1", "peso", "peso mxn cop ars clp"),
    ("1", "sol", "sol soles"),
    ("1", "gbp", "libra_esterlina gbp £"),
    ("0.01", "gbp", "pence penny penique"),
    ("1", "jpy", "yen yenes jpy ¥"),
    ("0.01", "eur", "centimo"),
    ("0.01", "usd", "cent ¢"),
    ("0.01", "centavo", "centavo"),
    ("1", "angle", "radian radianes rad"),
    ("8", "bit", "byte"),
    ("1", "bit", "bit"),
    ("1", "mass length^2 time^-2", "julio joule"),
    ("1", "mass length^2 time^-3", "vatio watt"),
    ("1000", "mass length^2 time^-3", "kilovatio kilowatt"),
    ("3600000", "mass length^2 time^-2", "kwh"),
    ("1", "mass length time^-2", "newton"),
    ("1", "volt", "voltio volt"),
    ("1", "ampere", "amperio ampere amp"),
    ("1", "mol", "mol moles mole"),
    ("1", "temperature", "kelvin"),
    ("10", "", "decena"),
    ("12", "", "docena dozen"),
    ("100", "", "centena centenar centenares"),
    ("1000", "", "millar millares"),
)
# Symbols whose case tells them apart (mg, Mg) or that would be taken for letters elsewhere.
_SYMBOLS = (
    ("0.000001", "length", "μm"),
    ("0.000000001", "length", "nm"),
    ("0.0254", "length", "in"),
    ("0.000001", "length^3", "cc"),
    ("1000", "mass", "t"),
    ("0.001", "time", "ms"),
    ("1", "time", "s"),
    ("3600", "time", "h"),
    ("86400", "time", "d"),
    ("1", "temperature", "K"),
    ("8", "bit", "B"),
    ("8000", "bit", "kB KB"),
    ("8000000", "bit", "MB"),
    ("8000000000", "bit", "GB"),
    ("8000000000000", "bit", "TB"),
)
# Symbols that take k, M, m before them.
_PREFIXED = (
    ("1", "time^-1", "Hz"),
    ("1", "mass length time^-2", "N"),
    ("1", "mass length^2 time^-2", "J"),
    ("4.184", "mass length^2 time^-2", "cal"),
    ("1", "mass length^2 time^-3", "W"),
    ("3600", "mass length^2 time^-2", "Wh"),
    ("1", "mass length^-1 time^-2", "Pa"),
    ("1", "volt", "V"),
    ("1", "ampere", "A"),
    ("1", "ohm", "Ω"),
)
# symbol, its other spellings, names that take kilo-, centi- …, dimensions, factor
_METRIC = (
    ("m", "mts mt", "metro meter metre", "length", "1"),
    ("g", "gr grs", "gramo gram", "mass", "0.001"),
    ("l", "lt lts L", "litro liter litre", "length^3", "0.001"),
)
_TENS = {"k": 3, "h": 2, "da": 1, "d": -1, "c": -2, "m": -3}
_TENS_NAMED = {"kilo": 3, "hecto": 2, "deca": 1, "deci": -1, "centi": -2, "mili": -3, "milli": -3, "micro": -6,
               "nano": -9, "mega": 6, "giga": 9}  # fmt: skip


def _dimensions(text: str) -> dict[str, int]:
    """``length time^-2`` as a table."""
    return {name: int(power or 1) for name, _, power in (part.partition("^") for part in text.split())}


def _table(rows: tuple[tuple[str, str, str], ...]) -> dict[str, _Known]:
    return {
        name: (Fraction(factor), _dimensions(dims), Fraction(0))
        for factor, dims, names in rows
        for name in names.split()
    }


def _scaled(known: _Known, power: int) -> _Known:
    return known[0] * Fraction(10) ** power, known[1], known[2]


def _by_word() -> dict[str, _Known]:
    table = _table(_WORDS)
    for _, _, names, dims, factor in _METRIC:
        for name in names.split():
            base = table[name] = (Fraction(factor), _dimensions(dims), Fraction(0))
            table |= {prefix + name: _scaled(base, power) for prefix, power in _TENS_NAMED.items()}
    return table | {
        name + "s": known for name, known in table.items() if not name.endswith(("s", "h", "€", "$"))
    }


def _by_symbol() -> dict[str, _Known]:
    table = _table(_SYMBOLS)
    for name, known in _table(_PREFIXED).items():
        table |= {
            name: known,
            "k" + name: _scaled(known, 3),
            "M" + name: _scaled(known, 6),
            "m" + name: _scaled(known, -3),
        }
    for symbol, spellings, _, dims, factor in _METRIC:
        base = (Fraction(factor), _dimensions(dims), Fraction(0))
        table |= dict.fromkeys((symbol, *spellings.split()), base)
        for prefix, power in _TENS.items():
            table |= dict.fromkeys((prefix + symbol, f"{prefix}{symbol}s"), _scaled(base, power))
    table |= {prefix + "L": table[prefix + "l"] for prefix in _TENS}
    table |= dict.fromkeys(("Km", "KM", "Kms"), table["km"]) | dict.fromkeys(("Kg", "KG", "Kgs"), table["kg"])
    return table


_TABLE = _by_word()
_EXACT = _by_symbol()
_DEGREES = Unit(Fraction(1, 180), (("angle", 1),), pi=True)
_SPECIAL = {
    "°": _DEGREES,
    "grado": _DEGREES, "grados": _DEGREES, "degree": _DEGREES, "degrees": _DEGREES, "deg": _DEGREES,
    "grados sexagesimales": _DEGREES,
    "°C": Unit(Fraction(1), (("temperature", 1),), Fraction(27315, 100)),
    "°F": Unit(Fraction(5, 9), (("temperature", 1),), Fraction(45967, 100) * Fraction(5, 9)),
    "grados celsius": Unit(Fraction(1), (("temperature", 1),), Fraction(27315, 100)),
    "grados centigrados": Unit(Fraction(1), (("temperature", 1),), Fraction(27315, 100)),
    "degrees celsius": Unit(Fraction(1), (("temperature", 1),), Fraction(27315, 100)),
    "grados fahrenheit": Unit(Fraction(5, 9), (("temperature", 1),), Fraction(45967, 100) * Fraction(5, 9)),
    "degrees fahrenheit": Unit(Fraction(5, 9), (("temperature", 1),), Fraction(45967, 100) * Fraction(5, 9)),
}  # fmt: skip
_POWERS = {"cuadrado": 2, "cuadrados": 2, "cuadrada": 2, "cuadradas": 2, "square": 2, "squared": 2, "sq": 2,
           "cubico": 3, "cubicos": 3, "cubica": 3, "cubicas": 3, "cubic": 3, "cubed": 3}  # fmt: skip
_PER = {"/", "por", "per", "al", "a", "cada", "each", "an", "el", "la"}
_PIECE = re.compile(r"\s*(?:([^\W\d_]+|[€$£¥¢]|us\$)(?:\^?\(?(-?[1-9])\)?)?|([/*.·]))")


@lru_cache(maxsize=4096)
def parse_unit(text: str) -> Unit | None:
    """The unit that a text is, whole; ``None`` when it is none."""
    text = re.sub(r"\s*\^\s*", "^", text.strip().strip("."))
    if not text or len(text) > 60:
        return None
    low = plain_word(text)
    for key in (text, re.sub(r"\s+", "", text), low):
        if key in _SPECIAL:
            return _SPECIAL[key]
    pieces = []
    position = 0
    while position < len(text):
        match = _PIECE.match(text, position)
        if not match:
            return None
        position = match.end()
        pieces.append((match[1], match[2], match[3]))
    return _compose(pieces)


def _compose(pieces: list[tuple[str | None, str | None, str | None]]) -> Unit | None:
    factor, dims = Fraction(1), dict[str, int]()
    sign, pending, seen, offset = 1, 1, 0, Fraction(0)
    last: tuple[_Known, int] | None = None
    for name, exponent, op in pieces:
        if op:
            if op == "/":
                sign = -1
            continue
        assert name
        low = plain_word(name)
        if low in _POWERS:
            if last and (not low.startswith(("square", "sq", "cubic")) or low in ("squared", "cubed")):
                factor, dims = _repower(factor, dims, last, _POWERS[low])
            else:
                pending = _POWERS[low]
            continue
        if seen and low in _PER:
            sign = -1
            continue
        if low in ("de", "of") and seen:
            continue
        found = _EXACT.get(name) or _TABLE.get(low)
        if not found:
            return None
        power = int(exponent or 1) * pending * sign
        last = (found, power)
        seen, pending, sign = seen + 1, 1, 1 if op == "*" else sign
        factor, offset = factor * found[0] ** power, found[2]
        for dim, size in found[1].items():
            dims[dim] = dims.get(dim, 0) + size * power
    if not seen:
        return None
    kept = {dim: power for dim, power in dims.items() if power}
    if seen > 1 and not kept:  # hours per week are no plain number
        kept = {f"rate of {dim}": 1 for dim in dims}
    return Unit(factor, tuple(sorted(kept.items())), offset)


def _repower(
    factor: Fraction, dims: dict[str, int], last: tuple[_Known, int], power: int
) -> tuple[Fraction, dict[str, int]]:
    """Raise the last unit read (``metros`` … ``cuadrados``) to a power."""
    found, before = last
    factor *= found[0] ** (before * (power - 1))
    for dim, size in found[1].items():
        dims[dim] = dims.get(dim, 0) + size * before * (power - 1)
    return factor, dims


# What a sign or a coin may be of.
_CURRENCIES = {"sign": ("usd", "peso"), "centavo": ("peso", "sign", "usd", "sol")}


def same_kind(a: Unit, b: Unit) -> bool:
    """Whether two units measure the same thing. The sign $ stands for dollars and for pesos, a centavo for theirs."""
    if a.dimensions == b.dimensions:
        return True
    first, second = dict(a.dimensions), dict(b.dimensions)
    return any(
        one.get(general) and {**one, general: 0, name: one[general]} == {**other, general: 0}
        for one, other in ((first, second), (second, first))
        for general, names in _CURRENCIES.items()
        for name in names
        if general not in other and name not in one
    )
