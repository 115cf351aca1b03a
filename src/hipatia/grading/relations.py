"""Equalities and inequalities: ``x = 2``, ``área = 3 m²``, ``√5 ≈ 2,236``, ``1 < x ≤ 3``, ``x ≠ 2``."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING

from ..number_words import plain_word
from . import labels
from .brackets import interval_end, without
from .equality import equal, si
from .layout import levels
from .regions import magnitude
from .scalars import NoReading, measured
from .tokens import Token
from .tree import Tree, symbols
from .values import Matrix, Named, Region, Relation, Scalar, Seq, Value

if TYPE_CHECKING:
    from .structure import Reading

SIGNS = {"=", "≠", "<", ">", "≤", "≥", "≈"}
_COUNTING = re.compile(
    r"\^?\(?\d+\)?[CPV]R?_?\(?\d+\)?|[CPV]R?_\(?\d+\)?\^\(?\d+\)?|[CPV]R?_\(?\d+[,;]\d+\)?"
)
_COMPUTED = {"∫", "∑", "∏", "∂", "lim", "det", "rang", "dom"}


def places(tokens: list[Token]) -> list[int]:
    """Where the signs of relations stand, outside all brackets."""
    depth = levels(tokens)
    return [i for i, t in enumerate(tokens) if t.kind == "op" and t.text in SIGNS and not depth[i]]


def relation(reading: Reading, tokens: list[Token], depth: int) -> list[Value]:
    cuts = places(tokens)
    ops = [tokens[i].text for i in cuts]
    sides = [tokens[a:b] for a, b in zip([0, *[i + 1 for i in cuts]], [*cuts, len(tokens)], strict=True)]
    if set(ops) <= {"=", "≈"}:
        return _equality(reading, sides, ops, depth)
    if len(ops) == 1:
        if ops == ["≠"]:
            return _unequal(reading.tree(sides[0]), reading.value(sides[1], depth + 1))
        left = reading.tree(sides[0]) if sides[0] else ("s", "x")
        return _inequality(left, ops[0], reading.tree(sides[1]))
    if len(ops) > 2 and ops[0] == "=":
        return relation(reading, tokens[cuts[0] + 1 :], depth + 1)
    if len(ops) > 1 and (chain := _chain(reading, sides, ops)):
        return [chain]
    if len(ops) == 2 and (set(ops) <= {"<", "≤"} or set(ops) <= {">", "≥"}):
        return [_between([reading.tree(side) for side in sides], ops)]
    raise NoReading


def _chain(reading: Reading, sides: list[list[Token]], ops: list[str]) -> Seq | None:
    """``1/4 < 1/3 < 1/2`` as numbers in order, the smallest first."""
    if not (set(ops) <= {"<", "≤"} or set(ops) <= {">", "≥"}):
        return None
    trees = [reading.tree(side) for side in sides]
    values = [None if symbols(tree) else magnitude(tree) for tree in trees]
    known = [value for value in values if value is not None]
    if len(known) < len(trees):
        return None
    if known != sorted(known, reverse=ops[0] in ">≥"):
        raise NoReading
    return Seq("tuple", tuple(Scalar(tree) for tree in (trees if ops[0] in "<≤" else trees[::-1])))


def _between(sides: list[Tree], ops: list[str]) -> Region:
    low, middle, high = sides
    if middle[0] != "s":
        raise NoReading
    part = (interval_end(low), interval_end(high), ops[0] in "≤≥", ops[1] in "≤≥")
    return Region(((part[1], part[0], part[3], part[2]) if ops[0] in ">≥" else part,))


def _unequal(left: Tree, right: list[Value]) -> list[Value]:
    """``x ≠ 2`` as a relation and as ℝ without the point."""
    points = right[0].items if isinstance(right[0], Seq) else right[:1]
    trees = [item.tree for item in points if isinstance(item, Scalar)]
    if len(trees) != len(points) or not trees:
        raise NoReading
    out: list[Value] = [without(trees)] if left[0] == "s" else []
    return [*out, Relation("≠", left, trees[0])] if len(trees) == 1 else out


def _inequality(left: Tree, op: str, right: Tree) -> list[Value]:
    if op in ">≥":
        left, right, op = right, left, {">": "<", "≥": "≤"}[op]
    out: list[Value] = [Relation(op, left, right)]
    closed = op == "≤"
    if left[0] == "s" and _free(right):
        out.insert(0, Region(((None, right, False, closed),)))
    elif right[0] == "s" and _free(left):
        out.insert(0, Region(((left, None, closed, False),)))
    return out


def _free(tree: Tree) -> bool:
    return not symbols(tree) - {"∞"}


# Equalities -------------------------------------------------------------------------------------


def _equality(reading: Reading, sides: list[list[Token]], ops: list[str], depth: int) -> list[Value]:
    sides[0] = _after_copula(sides[0])
    right = reading.value(sides[-1], depth + 1)
    if ops[-1] == "≈":
        return _approximated(reading, sides, right, depth)
    if not sides[0]:
        return right  # "= 12" goes on with a calculation
    name, function = _name(sides[0])
    if not name and (swapped := _swapped(reading, sides, depth)):
        return [swapped]
    if name:
        return _named(name, function, right, len(ops))
    if (
        len(sides[0]) > 1
        and sides[0][-1].kind == "sym"
        and _described(sides[0])
        and sides[0][-2].kind == "word"
    ):
        return [*_named(sides[0][-1].text, False, right, len(ops)), *right]  # la recta de ecuación y = 2x
    if _described(sides[0]) or any(isinstance(v, Matrix | Region) or _is_collection(v) for v in right):
        return right  # also "2u − v = (1, 2)", "A⁻¹ = …", "A ∪ B = {1, 2}", "Div(6) = {1, 2, 3, 6}"
    if isinstance(right[0], Scalar) and (measure := measured(reading.text, sides[0], reading.sign)):
        if equal(si(measure), si(right[0])) is not True:
            raise NoReading
        return [right[0], measure]
    left = reading.tree(sides[0])
    if len(ops) == 1 and isinstance(right[0], Scalar):
        return _equation(left, right, right[0])
    if len(ops) > 1:
        return right
    raise NoReading


def _is_collection(value: Value) -> bool:
    return isinstance(value, Seq) and value.kind in ("tuple", "set")


def _swapped(reading: Reading, sides: list[list[Token]], depth: int) -> Named | None:
    """``5 = x``."""
    if len(sides) != 2 or len(sides[1]) != 1 or sides[1][0].kind != "sym":
        return None
    name, _ = _name(sides[1])
    left = reading.value(sides[0], depth + 1)[0]
    if name and isinstance(left, Scalar) and not symbols(left.tree):
        return Named(name, left)
    return None


def _named(name: str, function: bool, right: list[Value], count: int) -> list[Value]:
    out: list[Value] = [Named(name, value, function) for value in right]
    first = right[0]
    plain = isinstance(first, Scalar) and not first.unit and not first.noun
    if count == 1 and not function and plain and isinstance(first, Scalar):
        out.append(Relation("=", ("s", name), first.tree))
    return out


def _equation(left: Tree, right: list[Value], value: Scalar) -> list[Value]:
    closed = not (symbols(left) | symbols(value.tree)) - {"∞"}
    if closed and value.unit is None and not value.noun and equal(left, value.tree) is False:
        raise NoReading  # 12 = 13 claims nothing
    if not closed and symbols(left) == symbols(value.tree) and equal(left, value.tree) is True:
        return right  # an identity: the work, and its result
    says = closed and left != value.tree  # 0 = 0 says nothing of a value
    return [*(right if says else []), Relation("=", left, value.tree)]


def _approximated(reading: Reading, sides: list[list[Token]], right: list[Value], depth: int) -> list[Value]:
    """``x = √5 ≈ 2,236``: the exact value and its rounding, where they agree."""
    out: list[Value] = [approximately(value) for value in right]
    if len(sides) == 2 and not sides[0]:
        return out
    name, function = _name(sides[0])
    if name and len(sides) == 2:
        return [Named(name, value, function) for value in out]
    exact = reading.value(sides[-2], depth + 1)[0]
    if isinstance(exact, Scalar) and isinstance(right[0], Scalar):
        if symbols(exact.tree):
            return out  # πr² ≈ 78,54
        a, b = magnitude(exact.tree), magnitude(right[0].tree)
        if a is None or b is None or abs(a - b) > max(abs(a), Fraction(1)) / 50:
            raise NoReading
        out = [exact, *out] if not name else [Named(name, exact), *[Named(name, v) for v in out]]
    return out


def approximately(value: Value) -> Value:
    if isinstance(value, Named):
        return Named(value.name, approximately(value.value), value.function)
    if isinstance(value, Scalar):
        return Scalar(value.tree, value.unit, value.noun, value.percent, True, value.places, value.digits)
    return value


# Left sides -------------------------------------------------------------------------------------


def _after_copula(tokens: list[Token]) -> list[Token]:
    """``La ecuación es y``: what stands after the last "es" or "is"."""
    copulas = [
        i
        for i, token in enumerate(tokens)
        if token.kind == "word" and token.text in ("es", "is", "son", "are")
    ]
    return tokens[copulas[-1] + 1 :] if copulas and copulas[-1] + 1 < len(tokens) else tokens


def _described(tokens: list[Token]) -> bool:
    """A left side that only says what is computed: words, or an integral, a limit, a determinant."""
    texts = [t.text for t in tokens]
    if any(text in _COMPUTED or plain_word(text) in _COMPUTED for text in texts):
        return True
    if len(tokens) == 1 and tokens[0].kind == "func":
        return True  # MCD = 6
    if _COUNTING.fullmatch("".join(texts)):
        return True  # 5P2, C_5^2
    if "_" in texts and texts[texts.index("_") - 1] in "]|" or set(texts) <= {"u", "v", "w", "*"}:
        return True  # [x³/3]₀¹, and the product of vectors
    call = len(tokens) > 3 and tokens[0].kind == "sym" and texts[1] == "(" and texts[-1] == ")"
    if call and any(text in "=<>≤≥∪∩|" for text in texts):
        return True  # P(X = 2), P(A ∪ B)
    if [text for text in texts if text not in "()"] == ["σ", "^", "2"]:
        return True
    letters = all(t.kind in ("word", "sym") or t.text in "()|‖∠△∪∩∖#'" for t in tokens)
    wordy = len(tokens) > 1 or any(t.kind == "word" for t in tokens)
    return letters and wordy and not labels.DENIAL & set(texts)


def _name(tokens: list[Token]) -> tuple[str, bool]:
    """The name on the left of an equality (``x``, ``f(x)``, ``x_1``, ``área``), whether of a function."""
    if len(tokens) == 1 and tokens[0].kind in ("sym", "word"):
        return tokens[0].text, False
    texts = [t.text for t in tokens]
    if not tokens or tokens[0].kind not in ("sym", "op"):
        return "", False
    if len(tokens) == 4 and tokens[0].kind == "sym" and texts[1] == "(" and texts[3] == ")":
        return texts[0], True
    if texts[1:6] == ["^", "(", "-", "1", ")"] and len(tokens) == 9 and texts[6] == "(":
        return texts[0] + "⁻¹", True
    if texts[0] == "(" and texts[-1] == ")" and all(t.kind == "sym" or t.text in ",;()" for t in tokens):
        return "".join(texts), True
    return "", False
