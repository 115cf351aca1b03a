"""One reading of a plain text as lists, relations, intervals, brackets and numbers with units.

``Reading(text, mark, commas).values()``; the decimal mark and the role of commas are settled by then.
"""

from __future__ import annotations

import re

from .brackets import bracketed, plainest, punctured, union, without
from .equality import equal
from .layout import is_union, last, split
from .parser import parse_tokens
from .regions import intersection, normal
from .relations import approximately, places, relation
from .scalars import NoReading, scalars
from .tokens import Token, tokenize
from .tree import Tree, substitute, symbols
from .values import Named, Region, Relation, Scalar, Seq, Value

MAX_DEPTH = 12


class Reading:
    """One reading of a text; the decimal mark, the role of commas and the sign of ± are settled."""

    def __init__(self, text: str, mark: str, commas: bool):
        self.text = text
        self.glued = commas and not re.search(r",\s|,.*,|;", text)
        self.sign = 1
        if self.glued and re.search(r"\s(?:y|o|u|e|and|or)\s[^,]*,", text):
            raise NoReading  # "2 y 3,5": no list has a comma after its last "y"
        self.tokens = tokenize(text, mark, commas)

    def values(self) -> list[Value]:
        if not any(token.text in "±∓" for token in self.tokens):
            return self.value(self.tokens)
        both = []
        for self.sign in (1, -1):
            both.append(self.value(self.tokens))
        if any(token.text == "≠" for token in self.tokens):
            return [without([v.right for values in both for v in values if isinstance(v, Relation)])]
        firsts = [values[0] for values in both]
        lists = [v for v in firsts if isinstance(v, Seq) and v.kind == "bare"]
        if len(lists) == 2:  # x = ±1 y x = ±2
            return [Seq("bare", (*lists[0].items, *lists[1].items))]
        return [Seq("bare", tuple(firsts))]

    def value(self, tokens: list[Token], depth: int = 0) -> list[Value]:
        """All values of a run of tokens. Raises NoReading or ParseError where there is none."""
        if not tokens or depth > MAX_DEPTH:
            raise NoReading
        for arrow in ("⇒", "⇔", "→"):
            cut = last(tokens, arrow)
            if cut is not None:
                return self.value(tokens[cut + 1 :], depth + 1)
        if tokens[0].text == "∅" and len(tokens) == 1:
            return [Seq("set", ())]
        if is_union(tokens):
            relations = [tokens[i].text for i in places(tokens)]
            return relation(self, tokens, depth) if relations == ["="] else [union(self, tokens, depth)]
        inside = last(tokens, "∈")
        if inside is not None:
            return self.value(tokens[inside + 1 :], depth + 1)
        if len(tokens) > 2 and tokens[0].text == "ℝ" and tokens[1].text in "∖-":
            return [punctured(self, tokens[2:], depth)]
        parts, alternative = split(tokens)
        if len(parts) > 1:
            return self.listed(parts, depth, alternative)
        if tokens[0].text == "≈":
            return [approximately(v) for v in self.value(tokens[1:], depth + 1)]
        if places(tokens):
            return relation(self, tokens, depth)
        return bracketed(self, tokens, depth) or scalars(self.text, tokens, self.sign)

    def tree(self, tokens: list[Token]) -> Tree:
        return parse_tokens(tokens, self.sign)

    def listed(self, parts: list[list[Token]], depth: int, alternative: bool) -> list[Value]:
        """The list; of intervals also their union ("o") or intersection ("y"); ``2 y 1/2`` is 5/2 too."""
        readings = [self.value(part, depth + 1) for part in parts]
        items = [plainest(values) for values in readings]
        if self.glued and any(isinstance(item, Scalar) and (item.unit or item.noun) for item in items):
            raise NoReading  # 2,5 kg
        out: list[Value] = []
        regions = [next((v for v in values if isinstance(v, Region)), None) for values in readings]
        whole = [region for region in regions if region]
        if len(whole) == len(readings):
            if alternative:
                return [Region(tuple(part for region in whole for part in region.parts))]
            both = intersection(whole[0], whole[1]) if len(whole) == 2 else None
            out.extend([both] if both and normal(both) else [])
        if mixed := _mixed(items, alternative):
            out.append(mixed)
        if (solved := _derivation(items)) is not None:
            out.append(solved)
        return [*out, Seq("bare", tuple(items), alternative, self.glued)]


def _derivation(items: list[Value]) -> Value | None:
    """``2x + 4 = 10; 2x = 6; x = 3``: equations of one unknown that the last line solves."""
    final = items[-1]
    if not isinstance(final, Named) or not isinstance(final.value, Scalar) or len(items) < 2:
        return None
    for item in items[:-1]:
        if not isinstance(item, Relation) or symbols(item.left) | symbols(item.right) != {final.name}:
            return None
        sides = [substitute(side, final.name, final.value.tree) for side in (item.left, item.right)]
        if equal(sides[0], sides[1]) is not True:
            return None
    return final


def _mixed(items: list[Value], alternative: bool) -> Scalar | None:
    """``1 y 1/2``: a whole number and a proper fraction."""
    if alternative or len(items) != 2 or not all(isinstance(i, Scalar) for i in items):
        return None
    whole, part = items
    assert isinstance(whole, Scalar)
    assert isinstance(part, Scalar)
    if whole.unit or whole.noun not in ("", "entero", "enteros", "whole"):
        return None
    if whole.tree[0] != "n" or whole.tree[1].denominator != 1 or part.tree[0] != "/":
        return None
    if part.tree[1][0] != "n" or part.tree[2][0] != "n" or not 0 < part.tree[1][1] < part.tree[2][1]:
        return None
    return Scalar(("+", whole.tree, part.tree), unit=part.unit, noun=part.noun)
