"""Units of measure: ``parse_unit("km/h")`` has a factor to SI and dimensions; equal dimensions convert.

Money is a dimension for each currency: euros never equal dollars.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from ..numerals import plain_word

Dimensions = tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Unit:
    """``factor`` units of SI (radians and single coins included), and an offset for temperatures."""

    factor: Fraction
    dimensions: Dimensions
    offset: Fraction = Fraction(0)
    pi: bool = False  # the factor is to be multiplied by π (degrees)


_PREFIXES = {"k": 3, "h": 2, "da": 1, "d": -1, "c": -2, "m": -3}
_NAMES = {"kilo": 3, "hecto": 2, "deca": 1, "deci": -1, "centi": -2, "mili": -3, "milli": -3, "micro": -6,
    "nano": -9,
          "mega": 6, "giga": 9}  # fmt: skip
_TABLE: dict[str, tuple[Fraction, dict[str, int], Fraction]] = {}
# Symbols whose case tells them apart (mg, Mg) or that would be taken for letters elsewhere.
_EXACT: dict[str, tuple[Fraction, dict[str, int], Fraction]] = {}


def _add(
    names: str,
    factor: Fraction | int | str,
    offset: Fraction | int | str = 0,
    **dims: int,
) -> None:
    for name in names.split():
        _TABLE[name] = (Fraction(factor), dims, Fraction(offset))


def _fill() -> None:
    for symbol, names, dims, base in (
        ("m", "metro metros meter meters metre metres", {"length": 1}, Fraction(1)),
        ("g", "gramo gramos gram grams gr grs", {"mass": 1}, Fraction(1, 1000)),
        (
            "l",
            "litro litros liter liters litre litres lt lts",
            {"length": 3},
            Fraction(1, 1000),
        ),
    ):
        _EXACT[symbol] = _EXACT[symbol + "s"] = (base, dims, Fraction(0))
        for name in names.split():
            _TABLE[name] = (base, dims, Fraction(0))
        for prefix, power in _PREFIXES.items():
            _EXACT[prefix + symbol] = _EXACT[prefix + symbol + "s"] = (
                base * Fraction(10) ** power,
                dims,
                Fraction(0),
            )
        for prefix, power in _NAMES.items():
            for name in names.split()[:6]:
                _TABLE[prefix + name] = (
                    base * Fraction(10) ** power,
                    dims,
                    Fraction(0),
                )
    _EXACT["L"] = _EXACT["l"]
    del _EXACT["ms"], _EXACT["ls"], _EXACT["gs"]
    for prefix in _PREFIXES:
        _EXACT[prefix + "L"] = _EXACT[prefix + "l"]
    _EXACT["Km"] = _EXACT["KM"] = _EXACT["Kms"] = _EXACT["km"]
    _EXACT["Kg"] = _EXACT["KG"] = _EXACT["Kgs"] = _EXACT["kg"]
    _EXACT["μm"] = (Fraction(1, 10**6), {"length": 1}, Fraction(0))
    _EXACT["nm"] = (Fraction(1, 10**9), {"length": 1}, Fraction(0))
    _EXACT["in"] = (Fraction("0.0254"), {"length": 1}, Fraction(0))
    _EXACT["cc"] = _EXACT["ml"]
    _EXACT["t"] = (Fraction(1000), {"mass": 1}, Fraction(0))
    _EXACT["Hz"] = (Fraction(1), {"time": -1}, Fraction(0))
    _EXACT["N"] = (Fraction(1), {"mass": 1, "length": 1, "time": -2}, Fraction(0))
    _EXACT["J"] = (Fraction(1), {"mass": 1, "length": 2, "time": -2}, Fraction(0))
    _EXACT["kJ"] = (Fraction(1000), {"mass": 1, "length": 2, "time": -2}, Fraction(0))
    _EXACT["W"] = (Fraction(1), {"mass": 1, "length": 2, "time": -3}, Fraction(0))
    _EXACT["kW"] = (Fraction(1000), {"mass": 1, "length": 2, "time": -3}, Fraction(0))
    _EXACT["kWh"] = (
        Fraction(3600000),
        {"mass": 1, "length": 2, "time": -2},
        Fraction(0),
    )
    _EXACT["Pa"] = (Fraction(1), {"mass": 1, "length": -1, "time": -2}, Fraction(0))
    _EXACT["V"] = (Fraction(1), {"volt": 1}, Fraction(0))
    _EXACT["A"] = (Fraction(1), {"ampere": 1}, Fraction(0))
    _EXACT["K"] = (Fraction(1), {"temperature": 1}, Fraction(0))
    _EXACT["ms"] = (Fraction(1, 1000), {"time": 1}, Fraction(0))
    _EXACT["s"] = (Fraction(1), {"time": 1}, Fraction(0))
    _EXACT["h"] = (Fraction(3600), {"time": 1}, Fraction(0))
    _EXACT["d"] = (Fraction(86400), {"time": 1}, Fraction(0))
    _EXACT["B"] = (Fraction(8), {"bit": 1}, Fraction(0))
    for name, power in (("kB", 3), ("KB", 3), ("MB", 6), ("GB", 9), ("TB", 12)):
        _EXACT[name] = (8 * Fraction(10) ** power, {"bit": 1}, Fraction(0))
    _add("tonelada toneladas tonne tonnes ton tons", 1000, mass=1)
    _add("quintal quintales", 100, mass=1)
    _add("kilo kilos kgr", 1, mass=1)
    _add("libra libras pound pounds lb lbs", "0.45359237", mass=1)
    _add("onza onzas ounce ounces oz", "0.028349523125", mass=1)
    _add("pulgada pulgadas inch inches", "0.0254", length=1)
    _add("pie pies foot feet ft", "0.3048", length=1)
    _add("yarda yardas yard yards yd", "0.9144", length=1)
    _add("milla millas mile miles mi", "1609.344", length=1)
    _add("mph", "0.44704", length=1, time=-1)
    _add("kmh kph", Fraction(5, 18), length=1, time=-1)
    _add("hectarea hectareas hectare hectares ha", 10000, length=2)
    _add("area areas", 100, length=2)
    _TABLE.pop("area"), _TABLE.pop("areas")
    _add("segundo segundos second seconds seg segs sec secs", 1, time=1)
    _add("minuto minutos minute minutes min mins", 60, time=1)
    _add("hora horas hour hours hr hrs", 3600, time=1)
    _add("dia dias day days", 86400, time=1)
    _add("semana semanas week weeks", 604800, time=1)
    _add("mes meses month months", 1, months=1)
    _add("ano anos año años year years yr yrs", 12, months=1)
    _add("trimestre trimestres", 3, months=1)
    _add("decada decadas decade decades", 120, months=1)
    _add("siglo siglos century centuries", 1200, months=1)
    _add("unidad unidades unit units ud uds u", 1, generic=1)
    _add("euro euros eur €", 1, eur=1)
    _add("dolar dolares dollar dollars usd us$ bucks", 1, usd=1)
    _add("$", 1, sign=1)
    _add("peso pesos mxn cop ars clp", 1, peso=1)
    _add("sol soles", 1, sol=1)
    _add("libra_esterlina gbp £", 1, gbp=1)
    _add("yen yenes jpy ¥", 1, jpy=1)
    _add("centimo centimos", "0.01", eur=1)
    _add("cent cents ¢", "0.01", usd=1)
    _add("centavo centavos", "0.01", centavo=1)
    _add("radian radianes radians rad rads", 1, angle=1)
    _add("vuelta_completa", 2, angle=1)
    _add("byte bytes", 8, bit=1)
    _add("bit bits", 1, bit=1)
    _add("julio julios joule joules", 1, mass=1, length=2, time=-2)
    _add("vatio vatios watt watts", 1, mass=1, length=2, time=-3)
    _add("newton newtons", 1, mass=1, length=1, time=-2)
    _add("docena docenas dozen dozens", 12)
    _add("mol moles", 1, mol=1)
    _add("galon galones gallon gallons gal", "0.003785411784", length=3)
    _add("kelvin kelvins", 1, temperature=1)
    _add("mesh", 1, mesh=1)
    _TABLE.pop("mesh")


_fill()
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
    last: tuple = ()
    for name, exponent, op in pieces:
        if op:
            if op == "/":
                sign = -1
            continue
        assert name
        low = plain_word(name)
        if low in _POWERS:
            if seen and not low.startswith(("square", "sq", "cubic")) or low in ("squared", "cubed"):
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
    return Unit(factor, tuple(sorted((d, n) for d, n in dims.items() if n)), offset)


def _repower(
    factor: Fraction, dims: dict[str, int], last: tuple, power: int
) -> tuple[Fraction, dict[str, int]]:
    """Raise the last unit read (``metros`` … ``cuadrados``) to a power."""
    found, before = last
    factor *= found[0] ** (before * (power - 1))
    for dim, size in found[1].items():
        dims[dim] = dims.get(dim, 0) + size * before * (power - 1)
    return factor, dims


def same_kind(a: Unit, b: Unit) -> bool:
    """Whether two units measure the same thing. The sign $ stands for dollars and for pesos."""
    if a.dimensions == b.dimensions:
        return True
    first, second = dict(a.dimensions), dict(b.dimensions)
    for one, other in ((first, second), (second, first)):
        if "sign" in one:
            power = one.pop("sign")
            for name in ("usd", "peso"):
                if other.get(name) == power:
                    other.pop(name)
                    return first == second
            one["sign"] = power
    return False
