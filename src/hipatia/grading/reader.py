"""A plain text to the values it may mean: ``read("x = 2 o x = 3")``. Several, where it is ambiguous.

An empty list says that the text was not understood whole.
"""

from __future__ import annotations

import re
from functools import lru_cache

from ..numerals import NUMERAL, plain_word, read_words, tagged
from . import labels, prose
from .notation import ROW, NotationError, plain
from .parser import ParseError, Token, parse_tokens, tokenize
from .tree import Tree, number
from .units import parse_unit
from .values import Label, Matrix, Named, Region, Relation, Scalar, Seq, Value

_RELATIONS = {"=", "≠", "<", ">", "≤", "≥", "≈"}
_OPEN, _SHUT = "([{⟦", ")]}⟧"
_DECIMAL_COMMA = re.compile(r"\d,\d")
_PLAIN_NUMBER = re.compile(rf"([-+]?)\s?({NUMERAL.pattern})\s?(%?)")
_PARAMETER = re.compile(
    r"[,;(]?\s*(?:(?:con|donde|siendo|para|with|where|for|todo|cualquier|any|all|∀)\s+)*[a-zA-Z]\s*∈\s*[ℤℕ]\)?\s*$"
    r"|,?\s*(?:con|donde|siendo|where|with)\s+[a-zA-Z]\s+(?:entero|un entero|es un entero|un número entero|es entero|an integer"
    r"|is an integer|integer)\s*$"
)
_SET_BUILDER = re.compile(r"^\{\s*[a-zA-Z](?:\s*∈\s*ℝ)?\s*[|:]\s*(.*)\}$")
_FUNCTION_HEAD = re.compile(r"^\s*([a-zA-Z])('*)\s*(?:\^\(-1\))?\s*\(\s*([a-zA-Z])\s*\)\s*=")


class _No(Exception):
    """This reading does not hold."""


def read(text: str) -> list[Value]:
    """The values that a text (any notation) may mean; empty when it is not understood whole."""
    try:
        return list(_read(plain(text)))
    except (NotationError, RecursionError):
        return []


@lru_cache(maxsize=2048)
def _read(text: str) -> tuple[Value, ...]:
    text = _trim(text)
    if not text:
        return ()
    if fast := _numeral(text):
        return fast
    found: list[Value] = []
    if label := labels.read_label(text):
        found.append(label)
        if label.kind in ("none", "all", "yes", "no"):
            return tuple(found)
    found.extend(_structured(text))
    if not found:
        spoken = labels.spoken(text)
        if spoken != text:
            found.extend(_structured(_trim(spoken)))
    if not found and (words := _in_words(text)):
        found.append(words)
    if not found and (one := prose.quantity(text)) and one != text:
        found.extend(_read(one))
    return tuple(dict.fromkeys(found))


def _trim(text: str) -> str:
    text = text.strip().strip('"').strip()
    text = re.sub(r"^(?:∴|⇒|→|:)\s*", "", text)
    while text and text[-1] in ".,;:" and not text.endswith("…"):
        text = text[:-1].rstrip()
    return re.sub(r"[!¡?¿]+$", "", text) if not re.search(r"\w!$", text) else text


def _numeral(text: str) -> tuple[Value, ...]:
    """The commonest answer, a plain number, without the parser."""
    match = _PLAIN_NUMBER.fullmatch(text)
    if not match:
        return ()
    sign = -1 if match[1] == "-" else 1
    found: list[Value] = []
    for mark, value in tagged(match[2]):
        places, digits = _shown(match[2], mark)
        tree = number(sign * value / (100 if match[3] else 1))
        found.append(Scalar(tree, percent=bool(match[3]), places=places, digits=digits))
    if _DECIMAL_COMMA.search(match[2]) and not match[3]:
        found.extend(_structured(text, only_commas=True))
    return tuple(found)


def _shown(numeral: str, mark: str) -> tuple[int | None, int]:
    """Decimals and significant digits of a numeral read with this decimal mark."""
    digits = re.sub("[^0-9]", "", numeral).lstrip("0")
    if not mark:
        return None, len(digits)
    return len(re.split(r"[^0-9]", numeral)[-1]), len(digits)


def _structured(text: str, only_commas: bool = False) -> list[Value]:
    """Every reading by decimal mark, role of the comma and sign of ±."""
    text = _PARAMETER.sub("", text)
    if match := _SET_BUILDER.match(text):
        text = match[1]
    marks = [".", ","] if any(len(tagged(m[0])) > 1 for m in NUMERAL.finditer(text)) else ["."]
    modes = [(mark, False) for mark in marks]
    if _DECIMAL_COMMA.search(text):
        modes.append((".", True))
    found: list[Value] = []
    for mark, commas in modes:
        if only_commas and not commas:
            continue
        try:
            found.extend(_Reading(text, mark, commas).values())
        except (ParseError, _No):
            continue
    return found


def _in_words(text: str) -> Value | None:
    """A number in words, with or without a unit: ``treinta y cinco euros``."""
    words = plain_word(text.replace("-", " ").replace(",", " ")).split()
    if not words or len(words) > 30:
        return None
    found = read_words(words)
    if not found or (words[0] in ("a", "an", "un", "una") and found[1] == 1 and len(words) > 2):
        return None
    value, end = found
    rest = " ".join(words[end:])
    if rest in ("por ciento", "percent", "per cent"):
        return Scalar(number(value / 100), percent=True)
    if not rest:
        return Scalar(number(value))
    unit = parse_unit(re.sub(r"^(?:de|of) ", "", rest))
    if unit:
        return Scalar(number(value), unit=unit)
    return Scalar(number(value), noun=words[end]) if labels.is_noun(words[end:]) else None


class _Reading:
    """One reading of a text; the decimal mark and the role of commas are settled."""

    def __init__(self, text: str, mark: str, commas: bool):
        self.text = text
        self.mark = mark
        self.commas = commas
        self.tokens = tokenize(text, mark, commas)

    def values(self) -> list[Value]:
        if any(token.text in "±∓" for token in self.tokens):
            both = [v for s in (1, -1) for v in self.value(self.tokens, s)[:1]]
            return [Seq("bare", tuple(_spread_names(both)))] if len(both) == 2 else []
        return self.value(self.tokens)

    def value(self, tokens: list[Token], sign: int = 1, depth: int = 0) -> list[Value]:
        """All values of a run of tokens. Raises _No or ParseError where there is none."""
        if not tokens or depth > 12:
            raise _No
        for arrow in ("⇒", "⇔", "→"):
            cut = self._last(tokens, arrow)
            if cut is not None:
                return self.value(tokens[cut + 1 :], sign, depth + 1)
        if any(token.text == "∪" for token in tokens) or self._joined_u(tokens):
            return [self.union(tokens, sign, depth)]
        inside = self._last(tokens, "∈")
        if inside is not None:
            return self.value(tokens[inside + 1 :], sign, depth + 1)
        minus = self._last(tokens, "∖")
        if minus is None and tokens[0].text == "ℝ" and len(tokens) > 1 and tokens[1].text == "-":
            minus = 1
        if minus == 1 and tokens[0].text == "ℝ":
            return [self.punctured(tokens[2:], sign, depth)]
        parts, alternative = self.split(tokens)
        if len(parts) > 1:
            return [self.listed(parts, sign, depth, alternative)]
        if self.relation_places(tokens):
            return self.relation(tokens, sign, depth)
        if tokens[0].text in ("≈",):
            return [_approximately(v) for v in self.value(tokens[1:], sign, depth + 1)]
        if bracketed := self.bracketed(tokens, sign, depth):
            return bracketed
        return self.scalars(tokens, sign)

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
                or (token.text in (",", "\n") and (not semicolons or not token.text == ","))
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

    def listed(self, parts: list[list[Token]], sign: int, depth: int, alternative: bool) -> Value:
        items: list[Value] = []
        for part in parts:
            items.append(self.value(part, sign, depth + 1)[0])
        items = _spread_names(items)
        if all(isinstance(item, Region) for item in items):
            regions = [item for item in items if isinstance(item, Region)]
            if alternative:
                return Region(tuple(part for region in regions for part in region.parts))
        return Seq("bare", tuple(items), alternative)

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
                return [Relation("≠", self.tree(sides[0], sign), self.tree(sides[1], sign))]
            return self.inequality(self.tree(sides[0], sign), ops[0], self.tree(sides[1], sign))
        if len(ops) == 2 and (set(ops) <= {"<", "≤"} or set(ops) <= {">", "≥"}):
            low, middle, high = (self.tree(side, sign) for side in sides)
            if middle[0] != "s":
                raise _No
            part = (_end(low), _end(high), ops[0] in "≤≥", ops[1] in "≤≥")
            if ops[0] in ">≥":
                part = (part[1], part[0], part[3], part[2])
            return [Region((part,))]
        raise _No

    def equality(self, sides: list[list[Token]], ops: list[str], sign: int, depth: int) -> list[Value]:
        right = self.value(sides[-1], sign, depth + 1)
        if ops[-1] == "≈":
            right = [_approximately(v) for v in right]
        name, function = self.name(sides[0])
        if name:
            out: list[Value] = [Named(name, value, function) for value in right]
            if len(ops) == 1 and name not in ("π", "e", "i") and not function:
                first = right[0]
                if isinstance(first, Scalar) and not first.unit and not first.noun:
                    out.append(Relation("=", ("s", name), first.tree))
            return out
        if (
            not sides[0]
            or all(t.kind == "word" or t.kind == "sym" for t in sides[0])
            and self.wordy(sides[0])
        ):
            return right
        left = self.tree(sides[0], sign)
        if len(ops) == 1 and isinstance(right[0], Scalar):
            return [Relation("=", left, right[0].tree), *([right[0]] if _numeric(left) else [])]
        if len(ops) > 1 and _numeric(left):
            return right[:1]
        raise _No

    def wordy(self, tokens: list[Token]) -> bool:
        return any(t.kind == "word" for t in tokens)

    def name(self, tokens: list[Token]) -> tuple[str, bool]:
        """The name on the left of an equality: ``x``, ``f(x)``, ``x_1``, ``área``."""
        if len(tokens) == 1 and tokens[0].kind in ("sym", "word"):
            return tokens[0].text, False
        texts = [t.text for t in tokens]
        if len(tokens) == 4 and tokens[0].kind == "sym" and texts[1] == "(" and texts[3] == ")":
            return texts[0], True
        if (
            len(tokens) > 4
            and tokens[0].kind == "sym"
            and texts[-3] == "("
            and texts[-1] == ")"
            and "^" in texts[1]
        ):
            return texts[0] + "⁻¹", True
        if len(tokens) == 2 and texts[0] in ("d", "D"):
            return "", False
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
                items = tuple(self.value(part, sign, depth + 1)[0] for part in parts)
                out.append(_as_matrix(kind, items) or Seq(kind, items))
            elif kind == "set":
                out.append(
                    Seq("set", tuple(self.value(parts[0], sign, depth + 1)[:1]) if parts and parts[0] else ())
                )
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
            if token.text == "∪" or (token.text in "Uu" and 0 < i and tokens[i - 1].text in ")]}["):
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
                raise _No
        return Region(tuple(found))

    def punctured(self, tokens: list[Token], sign: int, depth: int) -> Region:
        """ℝ ∖ {2, 3}: the open intervals between the points, in the order of their values."""
        value = self.value(tokens, sign, depth + 1)[0]
        items = value.items if isinstance(value, Seq) else (value,)
        trees = [item.tree for item in items if isinstance(item, Scalar)]
        if not trees or len(trees) != len(items):
            raise _No
        from .compare import in_order

        ends: list[Tree | None] = [None, *in_order(trees), None]
        return Region(tuple((a, b, False, False) for a, b in zip(ends, ends[1:], strict=False)))

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

    # Scalars -----------------------------------------------------------------------------------

    def tree(self, tokens: list[Token], sign: int) -> Tree:
        return parse_tokens(tokens, sign)

    def scalars(self, tokens: list[Token], sign: int) -> list[Value]:
        """A number or expression, with its unit or noun where it has one."""
        out: list[Value] = []
        if len(tokens) == 1 and tokens[0].text == "∞":
            return [Label("infinity", "+")]
        if len(tokens) == 2 and tokens[1].text == "∞" and tokens[0].text in "+-":
            return [Label("infinity", tokens[0].text)]
        if tokens[-1].text == "…":
            raise _No
        measured = self.measured(tokens, sign)
        if measured:
            out.append(measured)
        try:
            tree = self.tree(tokens, sign)
            out.append(Scalar(tree, **self.decimals(tokens), percent=tokens[-1].text == "%"))
        except ParseError:
            if not out:
                raise
        return out

    def decimals(self, tokens: list[Token]) -> dict[str, int | None]:
        """How precisely a bare (maybe signed) numeral is written."""
        core = [t for t in tokens if t.text not in "+-"]
        if len(core) != 1 or core[0].kind != "num" or not core[0].text[0].isdigit() or "(" in core[0].text:
            return {}
        if "…" in core[0].text:
            return {}
        mark = next((used for used, v in tagged(core[0].text) if v == core[0].value), "")
        places, digits = _shown(core[0].text, mark)
        return {"places": places, "digits": digits}

    def measured(self, tokens: list[Token], sign: int) -> Scalar | None:
        if tokens[0].text in ("$", "€", "£", "¥") or plain_word(tokens[0].text) in ("usd", "eur", "us"):
            return self.money_first(tokens, sign)
        if self.text.count(" ") or self.text[-1] in "°%€$'\")" or tokens[-1].kind != "num":
            for cut in range(1, len(tokens)):
                scalar = self.cut_at(tokens, cut, sign)
                if scalar:
                    return scalar
        return None

    def money_first(self, tokens: list[Token], sign: int) -> Scalar | None:
        unit = parse_unit(tokens[0].text)
        rest = tokens[1:]
        if plain_word(tokens[0].text) == "us" and rest and rest[0].text == "$":
            unit, rest = parse_unit("$"), rest[1:]
        if not unit or not rest:
            return None
        tail = self.text[rest[0].start : rest[-1].end]
        if words := re.search(r"\s*((?:US|USD|EUR|MXN|d[oó]lares|dollars|euros|pesos)\.?)$", tail):
            named = parse_unit(words[1]) if words[1] != "US" else unit
            rest = [t for t in rest if t.end <= rest[0].start + words.start()]
            unit = named if named and unit == parse_unit("$") else unit
        return Scalar(self.tree(rest, sign), unit=unit, **self.decimals(rest))

    def cut_at(self, tokens: list[Token], cut: int, sign: int) -> Scalar | None:
        """A number before ``cut`` and a unit (or a noun) from there on."""
        before, after = tokens[cut - 1], tokens[cut]
        if not (before.kind == "num" or before.text in (")", "π", "!") or before.kind == "sym"):
            return None
        if after.kind not in ("word", "sym", "func") and after.text not in "°%€$£¥¢/":
            return None
        suffix = self.text[after.start : tokens[-1].end]
        if plain_word(suffix) in ("por ciento", "percent", "per cent", "por cien", "porciento"):
            tree = self.tree(tokens[:cut], sign)
            return Scalar(("/", tree, number(100)), percent=True)
        unit = parse_unit(suffix) or parse_unit(re.sub(r"^(?:de|of) ", "", suffix))
        if not unit and not (words := self.noun(tokens[cut:])):
            return None
        try:
            tree = self.tree(tokens[:cut], sign)
        except ParseError:
            return None
        if unit:
            return Scalar(tree, unit=unit, **self.decimals(tokens[:cut]))
        return Scalar(tree, noun=words, **self.decimals(tokens[:cut]))

    def noun(self, tokens: list[Token]) -> str:
        """Plain words after a number (``manzanas rojas``), with a unit before them where there is one."""
        words = [t.text for t in tokens]
        if all(t.kind == "word" or (t.kind == "sym" and t.gap) for t in tokens) and labels.is_noun(words):
            return words[0]
        return ""


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
    from .tree import symbols

    return not symbols(tree) - {"∞"}


_numeric = _free


def _approximately(value: Value) -> Value:
    if isinstance(value, Scalar):
        return Scalar(value.tree, value.unit, value.noun, value.percent, True, value.places, value.digits)
    return value


def _spread_names(items: list[Value]) -> list[Value]:
    """``x = 2, 3``: the name of the first holds for those that follow without one."""
    return items


def _as_matrix(kind: str, items: tuple[Value, ...]) -> Matrix | None:
    """``[[1, 2], [3, 4]]``."""
    if kind != "bracket":
        return None
    rows = []
    for item in items:
        if isinstance(item, Region):
            return None
        if not isinstance(item, Seq) or item.kind != "bracket":
            return None
        rows.append(tuple(cell.tree for cell in item.items if isinstance(cell, Scalar)))
    return Matrix(tuple(rows)) if len({len(row) for row in rows}) == 1 else None
