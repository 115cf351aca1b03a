"""Frames: ways to tell one shape of numbers about one kind of context, all three from the TOML files.

    draw = drafter("groups", {"product": product}, "product")      # the draw function of a family

A shape draws numbers that belong together and works them out. A frame says which facts tell them, what is
asked and what the solution repeats. A context is what it is about: a holder of things, a pace, a price.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from random import Random
from typing import Any

from ..core import Draft
from ..steps import Step
from ..wording import Noun
from .telling import ASIDES, Clause, Form, Teller, capital, infinitive, needless, noun_fields, people_fields
from .words import PAST, PRESENT, chapter, noun, unit

Context = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Shape:
    """Numbers that belong together: their names, the calculations, and the answer by another route.

    ``written`` is the answer's number where it is not written plainly (7,50).
    """

    numbers: Mapping[str, int | str]
    steps: tuple[Step, ...]
    check: int | Fraction
    written: str = ""


Draw = Callable[[Random, Context, str], Shape]

# What a context's nouns are called in templates.
_NOUNS = {"things": "cosa", "box": "caja", "day": "día", "extra": "extra"}
# Which of its words have a first and a later form.
_FORMS = ("who", "one", "two")


def drafter(name: str, shapes: Mapping[str, Draw], *chosen: str) -> Callable[[Random, str], Draft]:
    """The function that draws a story of one of the chosen shapes, from the frames of a chapter."""

    def draw(rng: Random, language: str) -> Draft:
        words = chapter(language, name)
        shape = rng.choice(chosen)
        frame = rng.choice([each for each in words["frame"] if each["shape"] == shape])
        context = rng.choice(contexts(language, name, frame))
        return tell(rng, language, name, frame, context, shapes[shape])

    return draw


def tell(
    rng: Random, language: str, name: str, frame: Mapping[str, Any], context: Context, draw: Draw
) -> Draft:
    """One story of a frame about a context."""
    return _Story(rng, language, chapter(language, name), frame, context).draft(draw)


def contexts(language: str, name: str, frame: Mapping[str, Any]) -> list[Context]:
    """What a frame can be about: «of = "pack"» in its own chapter, «of = "pace in groups"» in another."""
    kind, _, elsewhere = frame["of"].partition(" in ")
    found: list[Context] = chapter(language, elsewhere or name)[kind]
    return [each for each in found if _suits(each, kind, frame)]


def _suits(context: Context, kind: str, frame: Mapping[str, Any]) -> bool:
    """Comparisons are between people, of things for which «5 más» can only mean one.

    A context may refuse a shape: no seat is loose, and of money nothing is left over that could not be shared.
    """
    if not context.get(frame["shape"], True):
        return False
    if kind == "doing" or frame.get("who") == "people":
        return context.get("who", "{p}") == "{p}" and bool(context.get("compare", True))
    return True


@dataclass(slots=True)
class _Story:
    rng: Random
    language: str
    words: Mapping[str, Any]
    frame: Mapping[str, Any]
    context: Context

    def draft(self, draw: Draw) -> Draft:
        """The story told, its solution and its answer."""
        rng, frame = self.rng, self.frame
        shape = draw(rng, self.context, self.language)
        nouns = self._nouns()
        raw = self._raw(shape)
        teller = Teller(rng, self.language, self._fields(nouns), rng.choice((PAST, PRESENT)))

        def fill(template: str) -> str:
            for key, value in raw:
                template = template.replace(f"{{{key}}}", value)
            return template

        facts = [Clause.of(fill(rng.choice(alternatives))) for alternatives in frame["facts"]]
        told = {f"f{i}": self._repeated(fact) for i, fact in enumerate(facts, start=1)}
        if not frame.get("fixed"):
            rng.shuffle(facts)
        question = teller.tell(self._with_aside(facts, fill), [fill(text) for text in frame["ask"]])
        raw += told.items()
        lines = [capital(teller.format(fill(text))) for text in frame["work"]]
        for i, step in enumerate(shape.steps, start=1):
            lines = [line.replace(f"<{i}>", str(step)) for line in lines]
        unit_name = self._unit(teller, fill, shape, nouns["cosa"])
        answer = f"{shape.written} {unit_name}" if shape.written else ""
        value = shape.steps[-1].value
        return Draft({}, teller.explained(lines), value, shape.check, answer, unit_name, question=question)

    def _repeated(self, fact: Clause) -> str:
        """A fact as the solution repeats it: «gastó 22 en un libro», "she spent 22 on a book"."""
        subject, _, predicate = fact.text.rpartition(" / ")
        if subject == "{p}" and "{q}" not in predicate:
            subject = "{p_he}" if self.language == "en" else ""
        return " ".join(part for part in (fact.when, subject, predicate) if part)

    def _unit(self, teller: Teller, fill: Callable[[str], str], shape: Shape, thing: Noun) -> str:
        """The unit of the answer: the frame's, or the thing's where it is a measure."""
        if "unit" not in self.frame:
            return unit(thing, self.language, shape.check)
        template = fill(self.frame["unit"])
        return teller.format(template.replace("s}", "}") if shape.check == 1 else template)

    def _nouns(self) -> dict[str, Noun]:
        """A noun for each key of the context, all different."""
        nouns: dict[str, Noun] = {}
        for key, name in _NOUNS.items():
            if key in self.context:
                nouns[name] = noun(self.context[key], self.rng, *nouns.values())
        return nouns

    def _fields(self, nouns: Mapping[str, Noun]) -> dict[str, Form]:
        fields = people_fields(self.rng, self.language)
        for name, each in nouns.items():
            fields |= noun_fields(each, self.language, name)
        coin = noun(self.context.get("coins", "money"), self.rng)
        fields |= {"euro": coin.es, "euros": coin.es_plural}
        if self.language == "en":
            fields |= {"euro": coin.en, "euros": coin.en_plural}
        for key, value in self.context.items():
            if key in _FORMS and isinstance(value, list):
                name = "h" if key == "who" else key
                fields |= {name: (value[0], value[1]), f"{name}_he": self.context.get("pronoun", "it")}
        return fields

    def _raw(self, shape: Shape) -> list[tuple[str, str]]:
        """What fills templates before they are told: words of the context, then numbers and their names."""
        who = self.context.get("who")
        raw = {
            "who": "{h}" if isinstance(who, list) else "{p}",
            "do": infinitive(self.context.get("verb", "")),
        }
        for key, value in self.context.items():
            if key in _NOUNS or key in _FORMS or key == "asides":
                continue
            if isinstance(value, list) and isinstance(value[0], str):
                value = self.rng.choice(value)
            if isinstance(value, str):
                raw[key] = value
                raw[f"{key}_said"] = value.replace(" / ", " ")
        raw = {"tail": "", "adj": "", "de_ellas": "{las} {cosas} que", "lo_que": "{las} que", **raw}
        raw |= {key: str(value) for key, value in shape.numbers.items()}
        for name, table in self.words.get("spelled", {}).items():
            number = str(shape.numbers.get(name.partition("_")[0]))
            if number in table:
                raw[name] = self.rng.choice(table[number])
        if "more" in self.context:  # "taller" or "shorter"
            raw["s_more"] = self.context["more"][str(shape.numbers.get("s", 1))]
        return list(raw.items())

    def _with_aside(self, facts: list[Clause], fill: Callable[[str], str]) -> list[Clause]:
        """Now and then a fact that nobody needs."""
        kind = self.frame["of"].partition(" ")[0]
        persons = not isinstance(self.context.get("who"), list)
        usual = self.words.get("asides", {}).get(kind, []) if persons else []
        asides = self.frame.get("asides", self.context.get("asides", usual))
        if not any("{p}" in fact.text for fact in facts):  # nothing of somebody who is in no fact
            asides = [each for each in asides if "{p}" not in each]
        if not asides or self.rng.random() > ASIDES:
            return facts
        aside = needless(self.rng, self.rng.choice(asides), fill)
        place = self.rng.randint(0 if aside.text.startswith("{p}") else 1, len(facts))
        boxes = [i for i, fact in enumerate(facts, start=1) if "{caja" in fact.text]
        if boxes and "{caja}" in aside.text:  # «cada caja» comes after the boxes
            place = self.rng.randint(boxes[0], len(facts))
        whose = [i for i, fact in enumerate(facts, start=1) if "{h}" in fact.text]
        if whose and "{h}" in aside.text:  # «Un coche tiene 7 años» is no beginning
            place = self.rng.randint(whose[0], len(facts))
        # «Leo tenía 7 peras» may not come between the things and what is done with 3 of them.
        if "{extras}" in aside.text:
            place = self.rng.choice((0, len(facts)))
        if any(fact.text[-1:].isdigit() for fact in facts[place:]):  # «tiene 6 hermanos. Sofía tiene 4»
            place = 0 if aside.text.startswith("{") else len(facts)
        return [*facts[:place], aside, *facts[place:]]
