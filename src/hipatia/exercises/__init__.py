"""Exercises with worked solutions, drawn from parametric families, in Spanish and English.

    for exercise in generate(1000, seed=7, families=TRAINING_FAMILIES):
        rows.append(exercise.conversation())

    rows = conversations(exercises, seed=7, hints=0.1)      # a tenth of them with hints
    generate(100, seed=7, levels=["primary"], avoid=asked_in(other_rows))

Every answer is computed by two routes and every written equality is exact. ``UNSEEN_FAMILIES`` never
occur in training, so that evaluation can tell learning from recognition.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from random import Random
from types import MappingProxyType

from ..errors import DataError
from ..schema import LEVELS, Conversation
from . import (
    algebra,
    areas,
    calculus,
    counting,
    decimals,
    divisibility,
    equations,
    fraction_parts,
    fractions,
    functions,
    lines,
    mental,
    numbers,
    percentages,
    perimeters,
    powers,
    probability,
    proportion,
    quadratics,
    riddles,
    sequences,
    solids,
    statistics,
    stories,
    triangles,
    trigonometry,
    words_units,
)
from .core import Draft, Exercise, Family
from .hints import hinted

__all__ = [
    "FAMILIES",
    "TRAINING_FAMILIES",
    "UNSEEN_FAMILIES",
    "Draft",
    "Exercise",
    "Family",
    "asked_in",
    "conversations",
    "generate",
]

_TOPIC_FILES = (
    stories,
    words_units,
    mental,
    numbers,
    divisibility,
    decimals,
    fractions,
    fraction_parts,
    percentages,
    proportion,
    powers,
    algebra,
    sequences,
    equations,
    quadratics,
    riddles,
    functions,
    lines,
    perimeters,
    areas,
    triangles,
    solids,
    trigonometry,
    probability,
    counting,
    statistics,
    calculus,
)
FAMILIES: tuple[Family, ...] = tuple(family for file in _TOPIC_FILES for family in file.FAMILIES)
TRAINING_FAMILIES: tuple[Family, ...] = tuple(family for family in FAMILIES if not family.unseen)
UNSEEN_FAMILIES: tuple[Family, ...] = tuple(family for family in FAMILIES if family.unseen)

# A family that yields nothing new in this many tries on end has nothing left to give.
_PATIENCE = 200


def generate(
    n: int,
    *,
    seed: int,
    language: str = "es",
    topics: Collection[str] | None = None,
    levels: Collection[str] | None = None,
    families: Iterable[Family | str] | None = None,
    avoid: Collection[str] = (),
    factors: Mapping[str, float] = MappingProxyType({}),
) -> list[Exercise]:
    """``n`` different exercises, shared out over the families by their weights and shuffled.

    ``factors`` multiplies the weights of the families of a level or a topic.

    The same arguments give the same list. ``topics`` and ``levels`` keep the families of those topics and
    levels; ``families`` (families or their names) keeps those. No question equals a text of ``avoid`` when
    every numeral of both is replaced by ``#``. Raises ``DataError`` for an unknown language, topic, level or
    family, and where the families cannot give ``n`` different questions.
    """
    _require_topics(factors.keys() - set(LEVELS))
    chosen = _choose(language, topics, levels, families)
    banned = {mask_numerals(text) for text in avoid}
    exercises: list[Exercise] = []
    seen: set[str] = set()
    sources = {family.name: _different(family, seed, language, banned, seen) for family in chosen}
    weights = {
        family.name: family.weight * factors.get(family.level, 1.0) * factors.get(family.topic, 1.0)
        for family in chosen
    }
    wanted = {name: weight for name, weight in weights.items() if weight}
    while len(exercises) < n and wanted:
        for name, count in _shares(n - len(exercises), wanted).items():
            new = list(islice(sources[name], count))
            exercises += new
            if len(new) < count:
                del wanted[name]
    if len(exercises) < n:
        raise DataError.of("exercises.exhausted", wanted=n, found=len(exercises))
    Random(f"{seed}/order").shuffle(exercises)
    return exercises


def conversations(exercises: Sequence[Exercise], *, seed: int, hints: float = 0.0) -> list[Conversation]:
    """The exercises as training rows, in their order; a share ``hints`` of them with hints (hints.py)."""
    chosen = Random(f"{seed}/hints").sample(range(len(exercises)), round(hints * len(exercises)))
    told = set(chosen)
    return [
        hinted(exercise, Random(f"{seed}/{exercise.id}")) if place in told else exercise.conversation()
        for place, exercise in enumerate(exercises)
    ]


def asked_in(rows: Iterable[Conversation]) -> list[str]:
    """What the rows ask, for ``avoid``: each message, its lines, and it without its last line (an attempt)."""
    texts = [message.content.strip() for row in rows for message in row.messages if message.role != "system"]
    parts = ((text, text.rpartition("\n")[0], *text.splitlines()) for text in texts)
    return [part for text in parts for part in text if part.strip()]


def mask_numerals(text: str) -> str:
    """The text with every numeral (2, 3,5, 1.200) as ``#``, whatever its case, spacing and minus signs."""
    masked = re.sub(r"\d+(?:[.,]\d+)*", "#", text).casefold()
    return " ".join(re.sub(r"[-−‐‑–]", "-", masked).split())


def _choose(
    language: str,
    topics: Collection[str] | None,
    levels: Collection[str] | None,
    families: Iterable[Family | str] | None,
) -> list[Family]:
    if language not in ("es", "en"):
        raise DataError.of("exercises.unknown_language", language=language)
    by_name = {family.name: family for family in FAMILIES}
    chosen = list(FAMILIES)
    if families is not None:
        names = [family.name if isinstance(family, Family) else family for family in families]
        for name in names:
            if name not in by_name:
                raise DataError.of("exercises.unknown_family", family=name, known=", ".join(by_name))
        chosen = [by_name[name] for name in dict.fromkeys(names)]
    if topics is not None:
        _require_topics(topics)
        chosen = [family for family in chosen if family.topic in topics]
    if levels is not None:
        for level in sorted(set(levels).difference(LEVELS)):
            raise DataError.of("exercises.unknown_level", level=level, known=", ".join(LEVELS))
        chosen = [family for family in chosen if family.level in levels]
    return chosen


def _require_topics(topics: Collection[str]) -> None:
    known = dict.fromkeys(family.topic for family in FAMILIES)
    for topic in sorted(topics):
        if topic not in known:
            raise DataError.of("exercises.unknown_topic", topic=topic, known=", ".join(known))


def _different(
    family: Family, seed: int, language: str, banned: Collection[str], seen: set[str]
) -> Iterator[Exercise]:
    """The family's exercises from a random source of its own, without a question that was ``seen``."""
    rng = Random(f"{seed}/{language}/{family.name}")
    failures = 0
    while failures < _PATIENCE:
        exercise = family.make(rng, language)
        if exercise.question in seen or (banned and mask_numerals(exercise.question) in banned):
            failures += 1
            continue
        failures = 0
        seen.add(exercise.question)
        yield exercise


def _shares(n: int, weights: dict[str, float]) -> dict[str, int]:
    """``n`` shared out by weight, the largest remainders rounded up."""
    whole = sum(weights.values())
    exact = {name: n * weight / whole for name, weight in weights.items()}
    shares = {name: int(share) for name, share in exact.items()}
    order = sorted(exact, key=lambda name: shares[name] - exact[name])
    for name in order[: n - sum(shares.values())]:
        shares[name] += 1
    return shares
