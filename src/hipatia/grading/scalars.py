"""Numbers and expressions with their units, nouns and money: ``scalars("3 m", tokens)``."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Any

from ..number_words import PARTS, plain_word
from ..numerals import tagged
from . import labels
from .parser import parse_tokens
from .tokens import ParseError, Token
from .tree import number
from .units import parse_unit
from .values import Label, Scalar, Value


class NoReading(Exception):
    """This reading does not hold."""


def shown(numeral: str, mark: str) -> tuple[int | None, int]:
    """Decimals and significant digits of a numeral read with this decimal mark."""
    digits = re.sub("[^0-9]", "", numeral).lstrip("0")
    if not mark:
        return None, len(digits)
    return len(re.split(r"[^0-9]", numeral)[-1]), len(digits)


def scalars(text: str, tokens: list[Token], sign: int) -> list[Value]:
    """A number or expression, with its unit or noun where it has one."""
    out: list[Value] = []
    if len(tokens) == 1 and tokens[0].text == "∞":
        return [Label("infinity", "+")]
    if len(tokens) == 2 and tokens[1].text == "∞" and tokens[0].text in "+-":
        return [Label("infinity", tokens[0].text)]
    if tokens[-1].text == "…":
        raise NoReading
    quantity = measured(text, tokens, sign)
    if quantity:
        out.append(quantity)
        if quantity.unit == parse_unit("lb") and re.search(r"(?:pound|libra)s?\b", plain_word(text)):
            out.append(
                Scalar(
                    quantity.tree,
                    parse_unit("£"),
                    places=quantity.places,
                    digits=quantity.digits,
                )
            )
    try:
        tree = parse_tokens(tokens, sign)
        out.append(Scalar(tree, **decimals(tokens), percent=tokens[-1].text == "%"))
    except ParseError:
        if not out:
            raise
    return out


def decimals(tokens: list[Token]) -> dict[str, Any]:
    """How precisely a bare (maybe signed) numeral is written."""
    core = [t for t in tokens if t.text not in "+-%"]
    if len(core) != 1 or core[0].kind != "num" or not core[0].text[0].isdigit() or "(" in core[0].text:
        return {}
    if "…" in core[0].text:
        written = re.sub("[^0-9]", "", core[0].text)
        after = re.split("[.,]", core[0].text.rstrip("…"))[-1]
        cut = core[0].value == Fraction(int(written), 10 ** len(after))  # 1,41421356…, of no period
        return {"places": len(after), "digits": len(written.lstrip("0"))} if cut else {}
    mark = next((used for used, v in tagged(core[0].text) if v == core[0].value), "")
    places, digits = shown(core[0].text, mark)
    return {"places": places, "digits": digits}


def measured(text: str, tokens: list[Token], sign: int) -> Scalar | None:
    if tokens[0].text in ("$", "€", "£", "¥") or plain_word(tokens[0].text) in (
        "usd",
        "eur",
        "us",
    ):
        return _money_first(text, tokens, sign)
    if text.count(" ") or text[-1] in "°%€$'\")" or tokens[-1].kind != "num":
        for cut in range(1, len(tokens)):
            scalar = _cut_at(text, tokens, cut, sign)
            if scalar:
                return scalar
    return None


_RATE = {"/", "per", "por", "cada", "each", "el", "la", "al", "a"}


def _money_first(text: str, tokens: list[Token], sign: int) -> Scalar | None:
    unit = parse_unit(tokens[0].text)
    rest = tokens[1:]
    if plain_word(tokens[0].text) == "us" and rest and rest[0].text == "$":
        unit, rest = parse_unit("$"), rest[1:]
    if not unit or not rest:
        return None
    count = next((i for i, token in enumerate(rest) if i and token.text in _RATE), None)
    if count:  # $15 per hour
        rate = parse_unit(f"{tokens[0].text} {text[rest[count].start : rest[-1].end]}")
        return Scalar(parse_tokens(rest[:count], sign), unit=rate) if rate else None
    tail = text[rest[0].start : rest[-1].end]
    if words := re.search(r"\s*((?:US|USD|EUR|MXN|d[oó]lares|dollars|euros|pesos)\.?)$", tail):
        named = parse_unit(words[1]) if words[1] != "US" else unit
        rest = [t for t in rest if t.end <= rest[0].start + words.start()]
        unit = named if named and unit == parse_unit("$") else unit
    return Scalar(parse_tokens(rest, sign), unit=unit, **decimals(rest))


PERCENT = re.compile(r"(?:por ?ciento|por cien|per ?cent|pct)(?: (?:de|of) \D+)?")


_COINS = {"p": "pence", "c": "cents"}


def _cut_at(text: str, tokens: list[Token], cut: int, sign: int) -> Scalar | None:
    """A number before ``cut`` and a unit (or a noun) from there on."""
    before, after = tokens[cut - 1], tokens[cut]
    if not (before.kind == "num" or before.text in (")", "π", "!", "%") or before.kind == "sym"):
        return None
    if before.kind == "sym" and not after.gap:
        return None  # A/B is no number of units
    if after.kind not in ("word", "sym", "func") and after.text not in "°%€$£¥¢/":
        return None
    if after.text == "°" and any(token.kind == "func" for token in tokens[:cut]):
        return None  # the degrees of an argument, not of the value
    suffix = text[after.start : tokens[-1].end]
    if PERCENT.fullmatch(plain_word(suffix)):
        tree = parse_tokens(tokens[:cut], sign)
        return Scalar(("/", tree, number(100)), percent=True)
    if suffix in _COINS and before.value is not None and before.value >= 10:
        suffix = _COINS[suffix]  # 240p; a 5p may be five times p
    unit = parse_unit(suffix) or parse_unit(re.sub(r"^(?:de|of) ", "", suffix))
    words = "" if unit else _noun(tokens[cut:])
    if before.kind == "sym" and plain_word(words) in PARTS:
        return None  # pi medios
    if not unit and not words:
        return None
    unit = unit or (parse_unit(words) if len(words) > 2 else None)  # 15 years old
    try:
        tree = parse_tokens(tokens[:cut], sign)
    except ParseError:
        return None
    if unit and not unit.dimensions:  # dozens
        return Scalar(("*", tree, number(unit.factor)))
    if unit:
        return Scalar(tree, unit=unit, **decimals(tokens[:cut]))
    return Scalar(tree, noun=words, percent=before.text == "%", **decimals(tokens[:cut]))


def _noun(tokens: list[Token]) -> str:
    """Plain words after a number (``manzanas rojas``), with a unit before them where there is one."""
    words = [t.text for t in tokens]
    if len(words) == 1 and len(words[0]) == 1:
        return ""  # 1/2 x
    if all(t.kind == "word" or (t.kind == "sym" and t.gap) for t in tokens) and labels.is_noun(words):
        return words[0]
    return ""
