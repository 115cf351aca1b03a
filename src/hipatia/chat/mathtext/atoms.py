"""One line of mathematics from its pieces: where spaces go, and where brackets must be added.

LaTeX draws a fraction's bar and a root's roof; a line of characters has neither, so that ``\\frac{a+b}{c}``
needs brackets, and ``\\frac{1}{2}x`` too. An Atom knows both of its spellings, ``join`` takes the one that
its neighbours ask for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from .layout import Box
from .symbols import SUBSCRIPTS, SUPERSCRIPTS, Kind

Row = list["Atom"]


@dataclass(frozen=True, slots=True)
class Atom:
    """A piece of a formula.

    ``closed`` is its spelling beside a factor (fractions, roots). ``gap`` is the space before it in the
    source: 0 none, 1 typed, 2 asked for, 3 wide. ``plain``: typed as a character rather than a command.
    ``loose``: what follows at once would seem to belong to it (``v_final``). ``box``: several lines.
    """

    kind: Kind
    text: str
    closed: str = ""
    gap: int = 0
    plain: bool = False
    loose: bool = False
    box: Box | None = None


_FACTORS = {Kind.NUM, Kind.ORD, Kind.POST, Kind.ROOT, Kind.FRAC, Kind.OPEN, Kind.CLOSE, Kind.BLOCK}
_BEFORE_FACTOR = {Kind.NUM, Kind.ORD, Kind.CLOSE, Kind.FRAC, Kind.ROOT, Kind.POST, Kind.BLOCK}
_AFTER_FACTOR = {
    Kind.NUM,
    Kind.ORD,
    Kind.OPEN,
    Kind.FRAC,
    Kind.ROOT,
    Kind.FUNC,
    Kind.BIG,
    Kind.POST,
    Kind.BLOCK,
}
_DIVIDES = {Kind.SLASH, Kind.TYPED}
_OPERANDS = {Kind.NUM, Kind.ORD, Kind.ROOT, Kind.FUNC, Kind.BIG, Kind.TEXT, Kind.SIGN, Kind.DOTS, Kind.BLOCK}
_NO_LEFT_OPERAND = {
    Kind.BIN,
    Kind.SIGN,
    Kind.REL,
    Kind.OPEN,
    Kind.PUNCT,
    Kind.SLASH,
    Kind.BIG,
    Kind.FUNC,
    Kind.TYPED,
}
_TYPED_SPACE = {(Kind.NUM, Kind.TEXT), (Kind.NUM, Kind.POST), (Kind.TEXT, Kind.NUM), (Kind.TEXT, Kind.ORD),
                (Kind.ORD, Kind.TEXT), (Kind.NUM, Kind.NUM), (Kind.TEXT, Kind.TEXT), (Kind.TEXT, Kind.OPEN)}  # fmt: skip


def roles(row: Sequence[Atom]) -> Row:
    """The pieces with bars as opening and closing ones, and signs told from operators."""
    bars = sum(atom.kind is Kind.BAR for atom in row)
    out: Row = []
    before: Atom | None = None
    seen = 0
    for atom in row:
        if atom.kind is Kind.BAR:
            seen += 1
            side = Kind.ORD if bars % 2 else Kind.OPEN if seen % 2 else Kind.CLOSE
            atom = replace(atom, kind=side)
        elif atom.kind is Kind.BIN and (before is None or before.kind in _NO_LEFT_OPERAND):
            atom = replace(atom, kind=Kind.SIGN, loose=before is None)
        out.append(atom)
        before = before if atom.kind is Kind.MARK else atom
    return out


def join(row: Sequence[Atom], tight: bool = False) -> str:
    """The pieces as one line; ``tight``: without spaces around operators, as in exponents."""
    row = roles(row)
    out: list[str] = []
    before: Atom | None = None
    for i, atom in enumerate(row):
        if atom.kind is Kind.MARK:
            out.append(" " + atom.text)
            continue
        after = next((later for later in row[i + 1 : i + 3] if later.kind is not Kind.MARK), None)
        if before is not None and _is_mixed(before, atom):
            if _meets(atom, after):
                out[-1] = f"({out[-1]}"
            out.append(f" {atom.text}" + (")" if _meets(atom, after) else ""))
        else:
            out.append(_space(before, atom, tight))
            out.append(_spelling(before, atom, after))
        before = atom
    return "".join(out)


def _is_mixed(before: Atom, atom: Atom) -> bool:
    """2 1/3: a number and a proper fraction of numbers."""
    if before.kind is not Kind.NUM or atom.kind is not Kind.FRAC or not before.text.isdecimal():
        return False
    top, _, bottom = atom.text.partition("/")
    return top.isdecimal() and bottom.isdecimal() and len(bottom) < 9 and int(top) < int(bottom)


def _meets(atom: Atom, after: Atom | None) -> bool:
    """What follows would change what the fraction or the root reaches over."""
    if after is None or after.gap >= 3:
        return False
    if atom.kind is Kind.FRAC and (after.kind in _DIVIDES or after.text == "÷"):
        return True
    return after.kind in _AFTER_FACTOR


def _spelling(before: Atom | None, atom: Atom, after: Atom | None) -> str:
    if atom.kind not in (Kind.FRAC, Kind.ROOT):
        return atom.text
    near = before if atom.gap < 3 else None
    dot = "·" if near and near.kind in (Kind.ORD, Kind.ROOT, Kind.POST) else ""
    if atom.kind is Kind.ROOT:
        indexed = near and near.kind in _BEFORE_FACTOR and atom.text[0] in SUPERSCRIPTS.values()
        return ("·" if indexed else "") + (atom.closed if _meets(atom, after) else atom.text)
    divided = near is not None and (
        near.kind in _BEFORE_FACTOR
        or near.kind in _DIVIDES
        or near.kind is Kind.FUNC
        or near.text == "÷"
        or (atom.text.startswith("-") and near.kind in (Kind.BIN, Kind.SIGN))
    )
    return dot + atom.closed if divided else atom.closed if _meets(atom, after) else atom.text


def _space(before: Atom | None, atom: Atom, tight: bool) -> str:
    """What stands between two pieces."""
    if before is None:
        return ""
    if before.text.endswith(" ") or atom.text.startswith(" "):
        return ""
    if atom.gap >= 2:
        return "  " if atom.gap > 2 and not tight else " "
    one, two = before.kind, atom.kind
    if one is Kind.SIGN:  # "+ 17" in a column
        return " " if before.loose and atom.gap and not tight else ""
    if two is Kind.PUNCT or two is Kind.CLOSE or one is Kind.OPEN:
        return ""
    if Kind.REL in (one, two):
        one_sign = one in (Kind.REL, Kind.TYPED) and two is Kind.REL and not atom.gap  # <=, :=
        return "" if tight or one_sign else " "
    if Kind.BIN in (one, two):
        operator = atom if two is Kind.BIN else before
        return "" if tight and not operator.text.isalpha() else " "
    if one is Kind.PUNCT or Kind.TYPED in (one, two):
        return " " if atom.gap else ""
    if one is Kind.BIG:
        return " "
    if one is Kind.FUNC:
        return " " if two in _OPERANDS else ""
    if two in (Kind.FUNC, Kind.BIG):
        return " " if one in _BEFORE_FACTOR or one is Kind.TEXT else ""
    if Kind.DOTS in (one, two):
        return " " if atom.gap or {one, two} & _FACTORS else ""
    if (one is Kind.FRAC and two is Kind.TEXT) or (before.loose and two in (Kind.NUM, Kind.ORD)):
        return " "
    if Kind.BLOCK in (one, two) and two is not Kind.POST:
        return " "
    typed = (before.plain and atom.plain) or (one, two) in _TYPED_SPACE
    return " " if atom.gap and typed else ""


def is_bracketed(row: Sequence[Atom]) -> bool:
    """One pair of brackets around all of it."""
    row = roles(row)
    if len(row) < 2 or row[0].kind is not Kind.OPEN or row[-1].kind is not Kind.CLOSE:
        return False
    depth = 0
    for atom in row[:-1]:
        depth += (atom.kind is Kind.OPEN) - (atom.kind is Kind.CLOSE)
        if depth == 0:
            return False
    return True


def is_factor(row: Sequence[Atom]) -> bool:
    """One piece, which needs no brackets behind a division's bar."""
    if is_bracketed(row):
        return True
    if not row or any(atom.kind is not Kind.POST for atom in row[1:]):
        return False
    head = row[0]
    return head.kind in (Kind.NUM, Kind.ORD, Kind.ROOT) or (head.kind is Kind.TEXT and head.text.isalnum())


def is_product(row: Sequence[Atom]) -> bool:
    """Factors beside each other, perhaps behind a minus: no brackets before a division's bar."""
    if is_factor(row):
        return True
    row = roles(row)
    row = row[1:] if row and row[0].kind is Kind.SIGN and row[0].text == "-" else row
    depth = 0
    for i, atom in enumerate(row):
        depth += (atom.kind is Kind.OPEN) - (atom.kind is Kind.CLOSE)
        inside = depth > 0 or atom.kind is Kind.CLOSE
        numbers = i > 0 and atom.kind is Kind.NUM and row[i - 1].kind is Kind.NUM
        if not inside and (atom.kind not in _FACTORS - {Kind.FRAC} or atom.gap >= 2 or numbers):
            return False
    return bool(row) and depth == 0


def grouped(row: Sequence[Atom], bare: bool) -> str:
    """The line, in brackets unless it can do without."""
    return join(row) if bare or not row else f"({join(row)})"


def fraction(top: Row, bottom: Row) -> Atom:
    """a/b with the brackets that the bar made needless."""
    if not top and not bottom:  # not written yet
        return Atom(Kind.ORD, "")
    over, under = join(top), join(bottom)
    differential = over[:1] in ("d", "∂", "Δ") and under[:1] in ("d", "∂", "Δ") and len(under) > 1
    simple = differential and all(atom.kind is Kind.ORD for atom in bottom)
    text = f"{grouped(top, is_product(top))}/{grouped(bottom, simple or is_factor(bottom))}"
    return Atom(Kind.FRAC, text, f"({text})")


def root(body: Row, index: Row) -> Atom:
    """√x, ∛(a + b); an index in small characters."""
    sign = {"": "√", "2": "√", "3": "∛", "4": "∜"}.get(join(index, tight=True))
    if sign is None:
        small = superscript(join(index, tight=True))
        sign = small + "√" if small else f"^({join(index, tight=True)})√"
    inside = join(body)
    bare = is_bracketed(body) and body[-1].text == ")"
    simple = len(body) == 1 and (inside.isalnum() or body[0].kind is Kind.ROOT) and not is_raised(inside)
    text = sign + (inside if bare or simple or not body else f"({inside})")
    return Atom(Kind.ROOT, text, text if not simple else f"{sign}({inside})")


def is_raised(text: str) -> bool:
    """It ends in an exponent."""
    return "^" in text or text[-1:] in SUPERSCRIPTS.values() or text[-1:] == "'"


def superscript(text: str) -> str:
    """The text in raised characters, or nothing where one of them does not exist."""
    return "".join(SUPERSCRIPTS.get(c, "") for c in text) if all(c in SUPERSCRIPTS for c in text) else ""


def subscript(text: str) -> str:
    """The text in lowered characters, or nothing where one is missing or a word would be hard to read."""
    if text.isalpha() and len(text) > 3:
        return ""
    return "".join(SUBSCRIPTS.get(c, "") for c in text) if all(c in SUBSCRIPTS for c in text) else ""


def explicit(sign: str, text: str) -> str:
    """An index or exponent on the line; a word is one index, but no one exponent."""
    bare = len(text) == 1 or (sign == "_" and text.isalnum() and not is_raised(text))
    return f"{sign}{text}" if bare else f"{sign}({text})"


def with_scripts(base: Atom, below: Row | None, above: Row | None, primes: str = "") -> Atom:
    """The piece with its index and its exponent."""
    lower, upper = join(below or [], tight=True), join(above or [], tight=True)
    low = (subscript(lower) or explicit("_", lower)) if lower else ""
    if upper in ("∘", "°"):
        high = "°"
    elif upper in ("†", "‡", "'") or not upper:
        high = upper
    else:
        high = superscript(upper)
        if not high or (low.startswith("_") and base.kind is Kind.BIG):
            high = explicit("^", upper)
    text = (
        f"({base.text})"
        if base.kind in (Kind.FRAC, Kind.ROOT) or (above and is_raised(base.text))
        else base.text
    )
    text += primes + low
    if low.startswith("_") and high and base.kind is not Kind.BIG and high != "°":
        text = f"({text})"
    kind = Kind.ORD if base.kind in (Kind.NUM, Kind.FRAC, Kind.ROOT) else base.kind
    loose = (high or low).startswith(("^", "_")) and not (high or low).endswith(")")
    return replace(base, kind=kind, text=text + high, closed="", loose=loose)
