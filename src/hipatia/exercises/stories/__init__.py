"""Word problems composed of clauses: a scene, what happens in it, what is asked, and in which order.

    from .stories import FAMILIES

The wordings are data (``es/*.toml``, ``en/*.toml``), the numbers and their checks are code. The operation
can only be read from what happens, and each line of a solution repeats what it uses.
"""

from __future__ import annotations

from ..core import Family
from . import buying, comparing, everyday, flows, groups, parts, rates

_CHAPTERS = (flows, parts, comparing, groups, buying, rates, everyday)
FAMILIES: tuple[Family, ...] = tuple(family for chapter in _CHAPTERS for family in chapter.FAMILIES)
