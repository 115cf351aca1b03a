"""What an exercise and a family of exercises are.

    family = Family("joining", "word_problems", "primary", draw, {"es": (...), "en": (...)})
    exercise = family.make(random.Random(7), "es")

A family draws its numbers and works the solution once; the wording of the question is one of many
phrasings. ``draw`` returns a ``Draft`` whose value was computed twice, by independent routes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from random import Random

from ..schema import Conversation, Message, Problem
from .clauses import UNIT, phrase
from .wording import agree, num

Value = int | Fraction | tuple["int | Fraction", ...]
ANSWER_LABELS = {"es": "Respuesta", "en": "Answer"}


@dataclass(frozen=True, slots=True)
class Exercise:
    """A question, its worked solution (which ends with the answer line) and the answer."""

    question: str
    solution: str
    answer: str
    family: str
    topic: str
    level: str
    language: str

    @property
    def id(self) -> str:
        """Family, language and a digest of the question: the same text has the same id everywhere."""
        digest = hashlib.sha256(self.question.encode()).hexdigest()[:10]
        return f"{self.family}-{self.language}-{digest}"

    def conversation(self) -> Conversation:
        """A training row: the question and the worked solution."""
        return Conversation(
            messages=(Message("user", self.question), Message("assistant", self.solution)),
            id=self.id,
            topic=self.topic,
            level=self.level,
            answer=self.answer,
            language=self.language,
            family=self.family,
        )

    def problem(self) -> Problem:
        """An evaluation row: the question and the expected answer."""
        return Problem(
            self.id, self.question, self.answer, self.topic, self.level, self.language, self.family
        )


@dataclass(frozen=True, slots=True)
class Draft:
    """One drawing of a family: what fills a phrasing, the steps of the solution and the result.

    ``value`` comes from the worked steps, ``check`` from the parameters by another route.
    ``answer`` is ``value`` as it is written where the plain number (with ``unit``, or with that of the
    template) will not do.
    ``variant`` chooses the phrasings under ``language:variant``; a family that composes its texts gives
    the ``question`` itself and needs no phrasings.
    """

    fields: Mapping[str, object]
    steps: tuple[str, ...]
    value: Value
    check: Value
    answer: str = ""
    unit: str = ""
    variant: str = ""
    question: str = ""


@dataclass(frozen=True, slots=True)
class Family:
    """Exercises of one kind.

    ``phrasings`` maps ``es``, ``en`` or ``es:variant`` to question templates, each of which may hold
    alternatives (clauses.py).
    """

    name: str
    topic: str
    level: str
    draw: Callable[[Random, str], Draft]
    phrasings: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    weight: float = 1.0
    unseen: bool = False

    def make(self, rng: Random, language: str) -> Exercise:
        """One exercise. Raises AssertionError where the two routes to the answer disagree."""
        draft = self.draw(rng, language)
        assert draft.value == draft.check, f"{self.name}: {draft.value} is not {draft.check}"
        question, unit = (draft.question, "") if draft.question else self._phrase(draft, rng, language)
        plain = draft.answer or written(draft.value, draft.unit or unit, language)
        answer = f"{plain} {unit}".rstrip() if draft.answer else plain
        lines = (*draft.steps, f"{ANSWER_LABELS[language]}: {answer}")
        solution = "\n".join(lines)
        if language == "es":
            question, solution = agree(question), agree(solution)
        return Exercise(question, solution, answer, self.name, self.topic, self.level, language)

    def _phrase(self, draft: Draft, rng: Random, language: str) -> tuple[str, str]:
        """The question in one of its wordings, and the unit that its template ends with («… -> horas»)."""
        templates = self.phrasings[f"{language}:{draft.variant}" if draft.variant else language]
        template, _, unit = rng.choice(templates).partition(UNIT)
        return phrase(template, rng, language).format_map(dict(draft.fields)), unit


def written(value: Value, unit: str, language: str) -> str:
    """A single number with its unit, as it stands in the answer line."""
    assert not isinstance(value, tuple), "a family with several results writes its own answer"
    if unit == "%" and language == "en":
        return f"{num(value, language)}%"
    if unit == "€" and language == "en":
        return f"€{num(value, language)}"
    if value == 1 and len(unit) > 3:  # 1 hora, not a sign such as cm²
        unit = unit.removesuffix("s")
    return f"{num(value, language)} {unit}".rstrip()
