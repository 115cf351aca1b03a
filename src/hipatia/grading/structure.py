"""One reading of a plain text as lists, relations, intervals, brackets and numbers with units.

``Reading(text, mark, commas).values()``; the decimal mark and the role of commas are settled by then.
"""

from __future__ import annotations

from fractions import Fraction

from ..numerals import plain_word
from . import labels
from .compare import equal, si
from .notation import ROW
from .parser import Token, parse_tokens, tokenize
from .regions import in_order, intersection, magnitude
from .scalars import NoReading, measured, scalars
from .tree import Tree, substitute, symbols
from .values import Matrix, Named, Region, Relation, Scalar, Seq, Value

_RELATIONS = {"=", "≠", "<", ">", "≤", "≥", "≈"}
_OPEN, _SHUT = "([{⟦", ")]}⟧"


class Reading:
    """One reading of a text; the decimal mark and the role of commas are settled."""

    def __init__(self, text: str, mark: str, commas: bool):
        self.text = text
        self.mark = mark
        self.commas = commas
        self.tokens = tokenize(text, mark, commas)

    def values(self) -> list[Value]:
        if any(token.text in "±∓" for token in self.tokens):
            both_all = [v for s in (1, -1) for v in self.value(self.tokens, s)]
            both = [self.value(self.tokens, s)[0] for s in (1, -1)]
            if any(token.text == "≠" for token in self.tokens):
                points = [v.right for v in both_all if isinstance(v, Relation)]
                return [without(points)]
            return [Seq("bare", tuple(both))] if len(both) == 2 else []
        return self.value(self.tokens)

    def value(self, tokens: list[Token], sign: int = 1, depth: int = 0) -> list[Value]:
        """All values of a run of tokens. Raises NoReading or ParseError where there is none."""
        if not tokens or depth > 12:
            raise NoReading
        for arrow in ("⇒", "⇔", "→"):
            cut = self._last(tokens, arrow)
            if cut is not None:
                return self.value(tokens[cut + 1 :], sign, depth + 1)
        if self._last(tokens, "∪") is not None or self._joined_u(tokens):
            return [self.union(tokens, sign, depth)]
        inside = self._last(tokens, "∈")
        if inside is not None:
            return self.value(tokens[inside + 1 :], sign, depth + 1)
        minus = self._last(tokens, "∖")
        if minus is None and tokens[0].text == "ℝ" and len(tokens) > 1 and tokens[1].text == "-":
            minus = 1
        if len(tokens) > 2 and minus == 1 and tokens[0].text == "ℝ":
            return [self.punctured(tokens[2:], sign, depth)]
        parts, alternative = self.split(tokens)
        if len(parts) > 1:
            return self.listed(parts, sign, depth, alternative)
        if tokens[0].text == "≈":
            return [_approximately(v) for v in self.value(tokens[1:], sign, depth + 1)]
        if self.relation_places(tokens):
            return self.relation(tokens, sign, depth)
        if bracketed := self.bracketed(tokens, sign, depth):
            return bracketed
        return scalars(self.text, tokens, sign)

    # Splitting ---------------------------------------------------------------------------------

    def levels(self, tokens: list[Token]) -> list[int]:
        """The bracket depth at each token; reversed square brackets (``]a, b[``) count as a pair."""
        level, out = 0, []
        for token in tokens:
            if token.kind == "op" and token.text in _SHUT:
                level = max(0, level - 1)
            out.append(level)
            if token.kind == "op" and token.text in _OPEN:
                level += 1
        return out

    def _last(self, tokens: list[Token], text: str) -> int | None:
        found = None
        for i, (token, level) in enumerate(zip(tokens, self.levels(tokens), strict=True)):
            if token.text == text and not level:
                found = i
        return found

    def _joined_u(self, tokens: list[Token]) -> bool:
        return any(
            token.text in ("U", "u") and tokens[i - 1].text in ")]}[" and tokens[i + 1].text in "([]{"
            for i, token in enumerate(tokens)
            if 0 < i < len(tokens) - 1
        )

    def relation_places(self, tokens: list[Token]) -> list[int]:
        levels = self.levels(tokens)
        return [i for i, t in enumerate(tokens) if t.kind == "op" and t.text in _RELATIONS and not levels[i]]

    def split(self, tokens: list[Token]) -> tuple[list[list[Token]], bool]:
        """The parts of a list without brackets, and whether "o"/"or" joins them."""
        if _is_interval(tokens):
            return [tokens], False
        levels = self.levels(tokens)
        semicolons = any(t.text == ";" and not level for t, level in zip(tokens, levels, strict=True))
        parts: list[list[Token]] = [[]]
        alternative = False
        for i, token in enumerate(tokens):
            joins = not levels[i] and (
                token.text == ";"
                or (token.text in (",", "\n") and (not semicolons or token.text != ","))
                or self.connective(tokens, i)
            )
            if joins:
                alternative |= plain_word(token.text) in ("o", "u", "or")
                if parts[-1]:
                    parts.append([])
            else:
                parts[-1].append(token)
        if not parts[-1]:
            parts.pop()
        return parts, alternative

    def connective(self, tokens: list[Token], i: int) -> bool:
        token = tokens[i]
        if token.kind not in ("sym", "word") and token.text != "&":
            return False
        word = plain_word(token.text)
        if word in ("and", "or", "&", "además", "ademas"):
            return True
        if word not in ("y", "e", "o", "u") or not 0 < i < len(tokens) - 1 or not token.gap:
            return False
        before, after = tokens[i - 1], tokens[i + 1]
        ends = before.kind in ("num", "word") or before.text in ")]}%°[!⟧" or before.kind == "sym"
        starts = after.kind in ("num", "sym", "func", "word") or after.text in "([{√-|]⟦±"
        if not (ends and starts and after.gap) or (word == "e" and plain_word(after.text)[:1] not in "iy"):
            return False
        return not (before.kind == "sym" and self.connective(tokens, i - 1))

    def listed(self, parts: list[list[Token]], sign: int, depth: int, alternative: bool) -> list[Value]:
        """The list; of intervals also their union ("o") or intersection ("y"); ``2 y 1/2`` is 5/2 too."""
        readings = [self.value(part, sign, depth + 1) for part in parts]
        items = [_plainest(values) for values in readings]
        out: list[Value] = []
        regions = [next((v for v in values if isinstance(v, Region)), None) for values in readings]
        whole = [region for region in regions if region]
        if len(whole) == len(readings):
            if alternative:
                return [Region(tuple(part for region in whole for part in region.parts))]
            both = intersection(whole[0], whole[1]) if len(whole) == 2 else None
            out.extend([both] if both else [])
        if mixed := _mixed(items, [part[-1] for part in parts], alternative):
            out.append(mixed)
        if (last := _derivation(items)) is not None:
            out.append(last)
        return [*out, Seq("bare", tuple(items), alternative)]

    # Relations ---------------------------------------------------------------------------------

    def relation(self, tokens: list[Token], sign: int, depth: int) -> list[Value]:
        places = self.relation_places(tokens)
        ops = [tokens[i].text for i in places]
        sides = [
            tokens[a:b] for a, b in zip([0, *[i + 1 for i in places]], [*places, len(tokens)], strict=True)
        ]
        if set(ops) <= {"=", "≈"}:
            return self.equality(sides, ops, sign, depth)
        if len(ops) == 1:
            if ops == ["≠"]:
                return self.unequal(self.tree(sides[0], sign), self.value(sides[1], sign, depth + 1))
            left = self.tree(sides[0], sign) if sides[0] else ("s", "x")
            return self.inequality(left, ops[0], self.tree(sides[1], sign))
        if len(ops) > 2 and ops[0] == "=":
            return self.relation(tokens[places[0] + 1 :], sign, depth + 1)
        if len(ops) == 2 and (set(ops) <= {"<", "≤"} or set(ops) <= {">", "≥"}):
            low, middle, high = (self.tree(side, sign) for side in sides)
            if middle[0] != "s":
                raise NoReading
            part = (_end(low), _end(high), ops[0] in "≤≥", ops[1] in "≤≥")
            if ops[0] in ">≥":
                part = (part[1], part[0], part[3], part[2])
            return [Region((part,))]
        raise NoReading

    def unequal(self, left: Tree, right: list[Value]) -> list[Value]:
        """``x ≠ 2`` as a relation and as ℝ without the point."""
        points = right[0].items if isinstance(right[0], Seq) else right[:1]
        trees = [item.tree for item in points if isinstance(item, Scalar)]
        if len(trees) != len(points) or not trees:
            raise NoReading
        out: list[Value] = [without(trees)] if left[0] == "s" else []
        return [*out, Relation("≠", left, trees[0])] if len(trees) == 1 else out

    def equality(self, sides: list[list[Token]], ops: list[str], sign: int, depth: int) -> list[Value]:
        sides[0] = _after_copula(sides[0])
        right = self.value(sides[-1], sign, depth + 1)
        if ops[-1] == "≈":
            return self.approximated(sides, ops, right, sign, depth)
        name, function = self.name(sides[0])
        if not name and len(sides) == 2 and len(sides[1]) == 1 and sides[1][0].kind == "sym":
            swapped, _ = self.name(sides[1])  # 5 = x
            left = self.value(sides[0], sign, depth + 1)
            if swapped and isinstance(left[0], Scalar) and not symbols(left[0].tree):
                return [Named(swapped, left[0])]
        if name:
            out: list[Value] = [Named(name, value, function) for value in right]
            first = right[0]
            if (
                len(ops) == 1
                and not function
                and isinstance(first, Scalar)
                and not first.unit
                and not first.noun
            ):
                out.append(Relation("=", ("s", name), first.tree))
            return out
        if self.described(sides[0]):
            return right
        if sides[0] and isinstance(right[0], Scalar) and (measure := measured(self.text, sides[0], sign)):
            if equal(si(measure), si(right[0])) is not True:
                raise NoReading
            return [right[0], measure]
        left_tree = self.tree(sides[0], sign)
        if len(ops) == 1 and isinstance(right[0], Scalar):
            closed = not symbols(left_tree) - {"∞"}
            if (
                closed
                and right[0].unit is None
                and not right[0].noun
                and equal(left_tree, right[0].tree) is False
            ):
                raise NoReading  # 12 = 13 claims nothing
            tree = right[0].tree
            if not closed and symbols(left_tree) == symbols(tree) and equal(left_tree, tree) is True:
                return right  # an identity: the work, and its result
            return [*(right if closed else []), Relation("=", left_tree, tree)]
        if len(ops) > 1:
            return right
        raise NoReading

    def approximated(
        self,
        sides: list[list[Token]],
        ops: list[str],
        right: list[Value],
        sign: int,
        depth: int,
    ) -> list[Value]:
        """``x = √5 ≈ 2,236``: the exact value and its rounding, where they agree."""
        out: list[Value] = [_approximately(value) for value in right]
        name, function = self.name(sides[0])
        if name and len(sides) == 2:
            return [Named(name, value, function) for value in out]
        exact = self.value(sides[-2], sign, depth + 1)[0]
        if isinstance(exact, Scalar) and isinstance(right[0], Scalar):
            a, b = magnitude(exact.tree), magnitude(right[0].tree)
            if a is None or b is None or abs(a - b) > max(abs(a), Fraction(1)) / 50:
                raise NoReading
            out = [exact, *out] if not name else [Named(name, exact), *[Named(name, v) for v in out]]
        return out

    def described(self, tokens: list[Token]) -> bool:
        """A left side that only says what is computed: words, or an integral, a limit, a determinant."""
        if any(
            t.text in ("∫", "∑", "∏", "∂") or plain_word(t.text) in ("lim", "det", "rang", "dom")
            for t in tokens
        ):
            return True
        call = (
            len(tokens) > 3 and tokens[0].kind == "sym" and tokens[1].text == "(" and tokens[-1].text == ")"
        )
        if call and any(t.text in "=<>≤≥∪∩|" for t in tokens):
            return True  # P(X = 2), P(A ∪ B)
        if [t.text for t in tokens if t.text not in "()"] == ["σ", "^", "2"]:
            return True
        letters = all(t.kind in ("word", "sym") or t.text in "()|‖∠△" for t in tokens)
        return (
            letters
            and (self.wordy(tokens) or len(tokens) > 1)
            and not labels.DENIAL & {t.text for t in tokens}
        )

    def wordy(self, tokens: list[Token]) -> bool:
        return any(t.kind == "word" for t in tokens)

    def name(self, tokens: list[Token]) -> tuple[str, bool]:
        """The name on the left of an equality: ``x``, ``f(x)``, ``x_1``, ``área``."""
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

    def inequality(self, left: Tree, op: str, right: Tree) -> list[Value]:
        if op in ">≥":
            left, right, op = right, left, {">": "<", "≥": "≤"}[op]
        out: list[Value] = [Relation(op, left, right)]
        closed = op == "≤"
        if left[0] == "s" and _free(right):
            out.insert(0, Region(((None, right, False, closed),)))
        elif right[0] == "s" and _free(left):
            out.insert(0, Region(((left, None, closed, False),)))
        return out

    # Brackets ----------------------------------------------------------------------------------

    def bracketed(self, tokens: list[Token], sign: int, depth: int) -> list[Value]:
        first, last = tokens[0].text, tokens[-1].text
        if first == "⟦" and last == "⟧":
            return [self.matrix(tokens)]
        out: list[Value] = []
        if tokens[0].kind == "sym" and len(tokens) > 4 and tokens[1].text == "(" and last == ")":
            parts = self.inner(tokens[1:])
            if len(parts) > 1:  # a named point, P(2, 3)
                return self.bracketed(tokens[1:], sign, depth)
        if _is_interval(tokens):
            low, high = self.inner(tokens)
            out.append(self.interval(first, low, high, last, sign))
        kind = {"(": "tuple", "[": "bracket", "{": "set"}.get(first)
        if kind and self.closes(tokens):
            parts = self.inner(tokens)
            if len(parts) > 1:
                items = tuple(_plainest(self.value(part, sign, depth + 1)) for part in parts)
                out.append(_as_matrix(kind, items) or Seq(kind, items))
            elif kind == "set":
                one = [_plainest(self.value(parts[0], sign, depth + 1))] if parts[0] else []
                out.append(Seq("set", tuple(one)))
        return out

    def closes(self, tokens: list[Token]) -> bool:
        """Whether the first bracket closes at the last token."""
        levels = self.levels(tokens)
        return tokens[-1].text in _SHUT and all(level > 0 for level in levels[1:-1]) and not levels[-1]

    def inner(self, tokens: list[Token]) -> list[list[Token]]:
        inside = tokens[1:-1]
        levels = self.levels(inside)
        cut = ";" if any(t.text == ";" and not lv for t, lv in zip(inside, levels, strict=True)) else ","
        parts: list[list[Token]] = [[]]
        for token, level in zip(inside, levels, strict=True):
            if token.text == cut and not level:
                parts.append([])
            else:
                parts[-1].append(token)
        return parts

    def interval(self, first: str, low: list[Token], high: list[Token], last: str, sign: int) -> Region:
        a, b = _end(self.tree(low, sign)), _end(self.tree(high, sign))
        return Region(((a, b, first == "[" and a is not None, last == "]" and b is not None),))

    def union(self, tokens: list[Token], sign: int, depth: int) -> Region:
        parts: list[list[Token]] = [[]]
        for i, token in enumerate(tokens):
            if token.text == "∪" or (token.text in "Uu" and i > 0 and tokens[i - 1].text in ")]}["):
                parts.append([])
            else:
                parts[-1].append(token)
        found: list[tuple] = []
        for part in parts:
            value = self.value(part, sign, depth + 1)
            region = next((v for v in value if isinstance(v, Region)), None)
            points = next((v for v in value if isinstance(v, Seq) and v.kind == "set"), None)
            if region:
                found.extend(region.parts)
            elif points:
                found.extend((i.tree, i.tree, True, True) for i in points.items if isinstance(i, Scalar))
            else:
                raise NoReading
        return Region(tuple(found))

    def punctured(self, tokens: list[Token], sign: int, depth: int) -> Region:
        """ℝ ∖ {2, 3}: what is left between the points."""
        value = self.value(tokens, sign, depth + 1)[-1]
        items = value.items if isinstance(value, Seq) else (value,)
        trees = [item.tree for item in items if isinstance(item, Scalar)]
        if not trees or len(trees) != len(items):
            raise NoReading
        return without(trees)

    def matrix(self, tokens: list[Token]) -> Matrix:
        rows: list[tuple[Tree, ...]] = []
        row: list[Tree] = []
        cell: list[Token] = []
        for token in tokens[1:]:
            if token.text in ("&", ROW, "⟧"):
                row.append(self.tree(cell, 1))
                cell = []
                if token.text != "&":
                    rows.append(tuple(row))
                    row = []
            else:
                cell.append(token)
        return Matrix(tuple(rows))

    def tree(self, tokens: list[Token], sign: int) -> Tree:
        return parse_tokens(tokens, sign)


def _is_interval(tokens: list[Token]) -> bool:
    """``[a, b)``, ``]a; b[``: two ends in brackets of any kind."""
    if len(tokens) < 5 or tokens[0].text not in ("(", "[", "]") or tokens[-1].text not in (")", "]", "["):
        return False
    level, cuts = 0, {",": 0, ";": 0}
    for token in tokens[1:-1]:
        if token.text in ("(", "{"):
            level += 1
        elif token.text in (")", "}"):
            level -= 1
            if level < 0:
                return False
        elif token.text in cuts and not level:
            cuts[token.text] += 1
        elif token.text in ("[", "]"):
            return False
    return level == 0 and (cuts[";"] == 1 or (cuts[","] == 1 and not cuts[";"]))


def _end(tree: Tree) -> Tree | None:
    """An end of an interval; ``None`` for plus or minus infinity."""
    if tree in (("s", "∞"), ("neg", ("s", "∞"))):
        return None
    return tree


def _free(tree: Tree) -> bool:
    return not symbols(tree) - {"∞"}


def _approximately(value: Value) -> Value:
    if isinstance(value, Scalar):
        return Scalar(
            value.tree,
            value.unit,
            value.noun,
            value.percent,
            True,
            value.places,
            value.digits,
        )
    return value


def _after_copula(tokens: list[Token]) -> list[Token]:
    """``La ecuación es y``: what stands after the last "es" or "is"."""
    places = [
        i
        for i, token in enumerate(tokens)
        if token.kind == "word" and token.text in ("es", "is", "son", "are")
    ]
    return tokens[places[-1] + 1 :] if places and places[-1] + 1 < len(tokens) else tokens


def _plainest(values: list[Value]) -> Value:
    """Of the readings of an item in a list: a number before a region, a tuple before an interval."""
    return next((v for v in values if not isinstance(v, Region)), values[0])


def _derivation(items: list[Value]) -> Value | None:
    """``2x + 4 = 10; 2x = 6; x = 3``: equations of one unknown that the last line solves."""
    last = items[-1]
    if not isinstance(last, Named) or not isinstance(last.value, Scalar) or len(items) < 2:
        return None
    for item in items[:-1]:
        if not isinstance(item, Relation) or symbols(item.left) | symbols(item.right) != {last.name}:
            return None
        sides = [substitute(side, last.name, last.value.tree) for side in (item.left, item.right)]
        if equal(sides[0], sides[1]) is not True:
            return None
    return last


def _mixed(items: list[Value], last: list[Token], alternative: bool) -> Scalar | None:
    """``1 y 1/2``: a whole number and a proper fraction."""
    if alternative or len(items) != 2 or not all(isinstance(i, Scalar) and not i.unit for i in items):
        return None
    whole, part = items
    assert isinstance(whole, Scalar)
    assert isinstance(part, Scalar)
    if whole.tree[0] != "n" or whole.tree[1].denominator != 1 or part.tree[0] != "/":
        return None
    if part.tree[1][0] != "n" or part.tree[2][0] != "n" or not 0 < part.tree[1][1] < part.tree[2][1]:
        return None
    return Scalar(("+", whole.tree, part.tree), noun=part.noun)


def without(trees: list[Tree]) -> Region:
    """ℝ without these points."""
    ends: list[Tree | None] = [None, *in_order(trees), None]
    return Region(tuple((a, b, False, False) for a, b in zip(ends, ends[1:], strict=False)))


def _as_matrix(kind: str, items: tuple[Value, ...]) -> Matrix | None:
    """``[[1, 2], [3, 4]]``."""
    if kind != "bracket" or not all(isinstance(item, Seq) and item.kind == "bracket" for item in items):
        return None
    rows = [item.items for item in items if isinstance(item, Seq)]
    if len({len(row) for row in rows}) != 1 or not all(
        isinstance(cell, Scalar) for row in rows for cell in row
    ):
        return None
    return Matrix(tuple(tuple(cell.tree for cell in row if isinstance(cell, Scalar)) for row in rows))
