"""What an answer can be: numbers, lists, intervals, relations, matrices, labels. Plain records."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from .tree import Tree
from .units import Unit


@dataclass(frozen=True, slots=True)
class Scalar:
    """A number or an expression, with what was written around it.

    ``places``: decimals written (``None`` unless a bare decimal numeral); ``digits``: significant ones.
    """

    tree: Tree
    unit: Unit | None = None
    noun: str = ""
    percent: bool = False
    approximate: bool = False
    places: int | None = None
    digits: int = 0


@dataclass(frozen=True, slots=True)
class Seq:
    """Several values. kind: ``tuple`` (round), ``bracket`` (square), ``set`` (curly), ``bare`` (none).

    ``glued``: its commas may as well be decimal ones (``0,5``).
    """

    kind: str
    items: tuple[Value, ...]
    alternative: bool = False  # joined by "o"/"or"
    glued: bool = False


@dataclass(frozen=True, slots=True)
class Region:
    """A union of intervals (low, high, low closed, high closed); infinite ends are ``None``."""

    parts: tuple[tuple[Tree | None, Tree | None, bool, bool], ...]


@dataclass(frozen=True, slots=True)
class Relation:
    """``left op right`` with op in = ≠ < ≤ (> and ≥ are turned round) ≈."""

    op: str
    left: Tree
    right: Tree


@dataclass(frozen=True, slots=True)
class Named:
    """``x = value``, ``f(x) = value``."""

    name: str
    value: Value
    function: bool = False


@dataclass(frozen=True, slots=True)
class Matrix:
    rows: tuple[tuple[Tree, ...], ...]


@dataclass(frozen=True, slots=True)
class Label:
    """A claim in words. kind: none, all, yes, no, option, infinity, clock, date, ratio or word."""

    kind: str
    text: str = ""
    number: Fraction | None = None


Value = Scalar | Seq | Region | Relation | Named | Matrix | Label
