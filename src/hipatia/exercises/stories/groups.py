"""Stories of equal groups: so many in each, shared out, with some loose, taken away or left for the rest.

    groups_product.make(Random(7), "es")

``groups.toml`` tells shapes of numbers about holders of things, paces and prices.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from random import Random
from typing import Any

from ..core import Draft, Family
from ..steps import Step, add, divide, sub, times
from .telling import Clause, Form, Teller, capital, infinitive, noun_fields, people_fields
from .words import PAST, PRESENT, chapter, noun, unit

Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Shape:
    """Numbers that belong together: their names, the calculations, and the answer by another route."""

    numbers: Mapping[str, int]
    steps: tuple[Step, ...]
    check: int


def _groups(rng: Random, bounds: Range) -> tuple[int, int]:
    """How many groups, and how many in each."""
    low, high = bounds
    each = rng.randint(low, high if high <= 12 or rng.random() < 0.35 else max(low + 2, min(high, 12)))
    return rng.randint(2, 10 if each <= 12 else 9), each


def _product(rng: Random, bounds: Range, lang: str) -> Shape:
    k, a = _groups(rng, bounds)
    return Shape({"k": k, "a": a}, (times(k, a, lang),), sum([a] * k))


def _each(rng: Random, bounds: Range, lang: str) -> Shape:
    k, a = _groups(rng, bounds)
    return Shape({"k": k, "t": k * a}, (divide(k * a, k, lang),), a)


def _count(rng: Random, bounds: Range, lang: str) -> Shape:
    k, a = _groups(rng, bounds)
    return Shape({"a": a, "t": k * a}, (divide(k * a, a, lang),), k)


def _loose(rng: Random, bounds: Range, lang: str) -> Shape:
    k, a = _groups(rng, bounds)
    c = rng.randint(2, 20)
    first = times(k, a, lang)
    return Shape({"k": k, "a": a, "c": c}, (first, add(int(first.value), c, lang)), c + sum([a] * k))


def _taken(rng: Random, bounds: Range, lang: str) -> Shape:
    k, a = _groups(rng, bounds)
    c = rng.randint(2, min(k * a - 1, 30))
    first = times(k, a, lang)
    return Shape({"k": k, "a": a, "c": c}, (first, sub(int(first.value), c, lang)), sum([a] * k) - c)


def _rest_each(rng: Random, bounds: Range, lang: str) -> Shape:
    k, a = _groups(rng, bounds)
    c = rng.randint(2, 20)
    first = sub(k * a + c, c, lang)
    return Shape({"k": k, "c": c, "t": k * a + c}, (first, divide(int(first.value), k, lang)), a)


def _joined(rng: Random, bounds: Range, lang: str) -> tuple[int, int, int, int, Step]:
    k, a = _groups(rng, bounds)
    b = rng.randint(2, k * a - 2)
    return k, a, b, k * a - b, add(b, k * a - b, lang)


def _joined_each(rng: Random, bounds: Range, lang: str) -> Shape:
    k, a, b, c, first = _joined(rng, bounds, lang)
    return Shape({"k": k, "b": b, "c": c}, (first, divide(int(first.value), k, lang)), a)


def _sum_count(rng: Random, bounds: Range, lang: str) -> Shape:
    k, a, b, c, first = _joined(rng, bounds, lang)
    return Shape({"a": a, "b": b, "c": c}, (first, divide(int(first.value), a, lang)), k)


def _two_products(rng: Random, bounds: Range, lang: str) -> Shape:
    (k, a), (j, b) = _groups(rng, bounds), _groups(rng, bounds)
    b = b if b > a else a + rng.randint(1, 4)
    first, second = times(k, a, lang), times(j, b, lang)
    last = add(int(first.value), int(second.value), lang)
    return Shape({"k": k, "a": a, "j": j, "b": b}, (first, second, last), sum([a] * k + [b] * j))


def _kinds_product(rng: Random, bounds: Range, lang: str) -> Shape:
    (k, a), (_, b) = _groups(rng, bounds), _groups(rng, bounds)
    first = add(a, b, lang)
    return Shape({"k": k, "a": a, "b": b}, (first, times(k, int(first.value), lang)), k * a + k * b)


SHAPES: dict[str, Callable[[Random, Range, str], Shape]] = {
    "product": _product,
    "each": _each,
    "count": _count,
    "loose": _loose,
    "taken": _taken,
    "rest_each": _rest_each,
    "joined_each": _joined_each,
    "sum_count": _sum_count,
    "two_products": _two_products,
    "kinds_product": _kinds_product,
}


def _drafter(*shapes: str) -> Callable[[Random, str], Draft]:
    """The function that draws a story of one of these shapes."""

    def draw(rng: Random, language: str) -> Draft:
        words = chapter(language, "groups")
        shape = rng.choice(shapes)
        frame = rng.choice([each for each in words["frame"] if each["shape"] == shape])
        return _tell(rng, language, frame, rng.choice(words[frame["of"]]))

    return draw


def _tell(rng: Random, language: str, frame: dict[str, Any], context: dict[str, Any]) -> Draft:
    low, high = context.get("a", (2, 12))
    shape = SHAPES[frame["shape"]](rng, (low, high), language)
    fields, raw, asked = _fields(rng, language, frame, context)
    numbers = {key: str(value) for key, value in shape.numbers.items()}

    def fill(template: str) -> str:
        for key, value in [*raw.items(), *numbers.items()]:
            template = template.replace(f"{{{key}}}", value)
        return template

    teller = Teller(rng, language, fields, rng.choice((PAST, PRESENT)))
    facts = [Clause.of(fill(rng.choice(alternatives))) for alternatives in frame["facts"]]
    if not frame.get("fixed"):
        rng.shuffle(facts)
    question = teller.tell(facts, [fill(text) for text in frame["ask"]])
    lines = []
    for text in frame["work"]:
        line = capital(teller.format(fill(text)))
        for i, step in enumerate(shape.steps, start=1):
            line = line.replace(f"<{i}>", str(step))
        lines.append(line)
    answer_unit = teller.format(fill(frame["unit"])) if "unit" in frame else asked
    return Draft({}, tuple(lines), shape.steps[-1].value, shape.check, unit=answer_unit, question=question)


def _fields(
    rng: Random, language: str, frame: dict[str, Any], context: dict[str, Any]
) -> tuple[dict[str, Form], dict[str, str], str]:
    """Fields for the teller, texts that fill the templates first, and the unit of what is counted."""
    thing = noun(context["things"], rng)
    fields = people_fields(rng, language) | noun_fields(thing, language)
    if "box" in context:
        fields |= noun_fields(noun(context["box"], rng), language, "caja")
    if "day" in context:
        fields |= noun_fields(noun(context["day"], rng), language, "día")
    coin = noun("money", rng)
    fields["euros"] = coin.es_plural if language == "es" else coin.en_plural
    other = noun(context["things"], rng, thing) if "|" not in context["things"] else thing
    fields["otras_cosas"] = other.es_plural if language == "es" else other.en_plural
    raw = {"do": infinitive(context.get("verb", ""))}
    raw |= {key: str(context[key]) for key in ("verb", "gone", "gente", "uno") if key in context}
    if isinstance(context.get("who"), list):
        fields["h"] = (context["who"][0], context["who"][1])
        fields["h_he"] = "it"
    if "gone" in raw:
        raw["gone_said"] = raw["gone"].replace(" / ", " ")
    raw["who"] = "{h}" if "h" in fields else "{p}"
    asked = unit(thing, language) if frame["shape"] not in ("count", "sum_count") else ""
    return fields, raw, asked


_WORDS = ("word_problems", "primary")
FAMILIES = (
    Family("groups_product", *_WORDS, _drafter("product"), weight=2.5),
    Family("groups_division", *_WORDS, _drafter("each", "count"), weight=2.5),
    Family("groups_loose", *_WORDS, _drafter("loose", "taken"), weight=1.5),
    Family("groups_shared", *_WORDS, _drafter("rest_each", "joined_each", "sum_count"), weight=1.5),
    Family("groups_two_kinds", *_WORDS, _drafter("two_products", "kinds_product"), weight=1.2),
)
