"""Lists, sets, points and assignments compared: ``compared(expected, given, same)``.

``same`` compares two items; lists of solutions are unordered and complete, points are ordered.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from ..number_words import plain_word
from .equality import equal
from .tree import Tree, number, substitute, symbols
from .values import Label, Matrix, Named, Scalar, Seq, Value

Same = Callable[[Value, Value], bool | None]
MAX_ITEMS = 60


def compared(expected: Value, given: Value, same: Same) -> bool | None:
    if isinstance(expected, Seq) and isinstance(given, Seq):
        return _two_sequences(expected, given, same)
    sequence, other = (expected, given) if isinstance(expected, Seq) else (given, expected)
    assert isinstance(sequence, Seq)
    if isinstance(other, Matrix):
        if sequence.kind != "set" and all(isinstance(item, Seq) for item in sequence.items):
            rows = tuple(Seq("tuple", tuple(Scalar(cell) for cell in row)) for row in other.rows)
            return _ordered(sequence.items, rows, same)
        return _column(sequence, other, same)
    if isinstance(other, Scalar) and sequence.kind == "tuple":
        return _vector(sequence, other.tree)
    if isinstance(other, Label):
        return other.kind == "none" and sequence.kind == "set" and not sequence.items
    items = _distinct(sequence.items, same)
    if len(items) == 1 and sequence.kind != "tuple":
        return same(items[0], other)
    return False


def _two_sequences(expected: Seq, given: Seq, same: Same) -> bool | None:
    a, b = expected.items, given.items
    kinds = {expected.kind, given.kind}
    if (expected.glued or given.glued) and (kinds & {"tuple", "bracket"} or expected.glued == given.glued):
        return False  # 0,5 and 5,0 are numbers on both sides
    for one, other in ((expected, given), (given, expected)):
        if one.kind == "set" and len(one.items) == 1 and isinstance(one.items[0], Seq):
            return same(one.items[0], other)  # the set of one point
    if kinds == {"bare"} and all(isinstance(item, Named) for item in (*a, *b)):
        return _assignments(a, b, same)
    if "tuple" in kinds:
        if (
            "set" in kinds
            or (kinds == {"tuple", "bracket"} and len(a) == 2)
            or expected.alternative
            or given.alternative
        ):
            return False
        return _ordered(_by_name(a), _by_name(b), same)
    if "bracket" in kinds and "set" not in kinds:
        return _ordered(a, b, same)
    if max(len(_names(a)), len(_names(b))) > 1 and (
        expected.alternative or given.alternative or "set" in kinds
    ):
        return False  # "x = 2 or 3" gives no y
    if max(len(_names(a)), len(_names(b))) > 1:  # x = 23, y = 12 and "23 and 12": in that order
        return _ordered(_values(a), _values(b), same)
    if len(_nouns(a)) == len(a) and len(_nouns(b)) == len(b):
        pairs = (
            sorted(zip(_nouns(a), range(len(a)), strict=True)),
            sorted(zip(_nouns(b), range(len(b)), strict=True)),
        )
        if [noun for noun, _ in pairs[0]] != [noun for noun, _ in pairs[1]]:
            return False
        return _ordered(tuple(a[i] for _, i in pairs[0]), tuple(b[i] for _, i in pairs[1]), same)
    return unordered(_distinct(a, same), _distinct(b, same), same)


def _values(items: tuple[Value, ...]) -> tuple[Value, ...]:
    return tuple(item.value if isinstance(item, Named) else item for item in items)


def _vector(sequence: Seq, tree: Tree) -> bool | None:
    """``(3, 4)`` and ``3i + 4j``."""
    names = ("i", "j", "k")[: len(sequence.items)]
    if "j" not in symbols(tree) or symbols(tree) - {"j", "k"} or not 2 <= len(sequence.items) <= 3:
        return False
    total: Tree = number(0)
    for name, item in zip(names, sequence.items, strict=True):
        if not isinstance(item, Scalar):
            return False
        total = ("+", total, ("*", item.tree, ("s", "j_" + name)))
    for name in names:
        tree = substitute(tree, name, ("s", "j_" + name))
    return equal(total, tree)


def _nouns(items: tuple[Value, ...]) -> list[str]:
    return [plain_word(item.noun)[:4] for item in items if isinstance(item, Scalar) and item.noun]


def _names(items: tuple[Value, ...]) -> set[str]:
    """The different unknowns that a list gives values to; empty where an item has no name."""
    names = [item.name.split("_")[0] for item in items if isinstance(item, Named)]
    return set(names) if len(names) == len(items) else set()


def _by_name(items: tuple[Value, ...]) -> tuple[Value, ...]:
    """``y = 3, x = 2`` in the order of a point: (2, 3)."""
    if all(isinstance(item, Named) for item in items):
        named = sorted(
            (item for item in items if isinstance(item, Named)),
            key=lambda item: item.name,
        )
        return tuple(item.value for item in named)
    return items


def _distinct(items: tuple[Value, ...], same: Same) -> tuple[Value, ...]:
    kept: list[Value] = []
    for item in items[: MAX_ITEMS + 1]:
        if not any(same(item, other) for other in kept):
            kept.append(item)
    return tuple(kept)


def _assignments(a: tuple[Value, ...], b: tuple[Value, ...], same: Same) -> bool | None:
    first = {item.name.split("_")[0].lower() for item in a if isinstance(item, Named)}
    second = {item.name.split("_")[0].lower() for item in b if isinstance(item, Named)}
    if len(first) == len(second) == 1:  # x_1 = 2, x_2 = 3: solutions of one unknown
        if first != second:
            return False
        values = [tuple(item.value for item in items if isinstance(item, Named)) for items in (a, b)]
        return unordered(_distinct(values[0], same), _distinct(values[1], same), same)
    if first != second and len({len(name) > 1 for name in first | second}) == 1:
        return False  # words name what is what ("cociente 5, resto 3"), and letters do
    if min(len(name) for name in first | second) > 1:
        key = {item.name.lower(): item for item in b if isinstance(item, Named)}
        return every(same(item, key[item.name.lower()]) for item in a if isinstance(item, Named))
    return unordered(_distinct(a, same), _distinct(b, same), same)


def every(verdicts: Iterable[bool | None]) -> bool | None:
    result: bool | None = True
    for verdict in verdicts:
        if verdict is False:
            return False
        result = None if verdict is None else result
    return result


def _ordered(a: tuple[Value, ...], b: tuple[Value, ...], same: Same) -> bool | None:
    if len(a) != len(b) or len(a) > MAX_ITEMS:
        return False
    return every(same(x, y) for x, y in zip(a, b, strict=True))


def unordered(a: tuple[Value, ...], b: tuple[Value, ...], same: Same) -> bool | None:
    if len(a) != len(b) or len(a) > MAX_ITEMS:
        return False
    left, undecided = list(b), False
    for item in a:
        for i, other in enumerate(left):
            verdict = same(item, other)
            undecided |= verdict is None
            if verdict:
                del left[i]
                break
        else:
            return None if undecided else False
    return True


def _column(sequence: Seq, matrix: Matrix, same: Same) -> bool | None:
    """A vector written as a column or a row."""
    rows = matrix.rows
    if sequence.kind == "set" or (len(rows) > 1 and any(len(row) > 1 for row in rows)):
        return False
    cells = [row[0] for row in rows] if len(rows) > 1 else list(rows[0])
    return _ordered(sequence.items, tuple(Scalar(cell) for cell in cells), same)
