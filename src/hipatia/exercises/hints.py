"""An exercise told as a conversation: the tutor answers a typical mistake with a question, not with the solution.

    hinted(exercise, random.Random(7))      # a Conversation of four or six turns

The student shows the problem with a mistake (mistakes.py) or asks for help; the tutor points at the first step
that is wrong or missing without giving its value; the student does it; the tutor goes on or finishes with the
remaining lines of the worked solution and its answer. The sentences are the chapter ``hints``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from random import Random

from ..schema import Conversation, Message
from .clauses import unfold
from .core import Exercise
from .mistakes import SIGNS, mistakes
from .questions import Chapter
from .worked import Line, Mistake, numerals, worked

_SAID = Chapter("hints")
# How often help is asked for without an attempt, only a result is told, and a second hint follows.
_STUCK = 0.15
_ONLY_RESULT = 0.35
_SECOND_HINT = 0.2


def hinted(exercise: Exercise, rng: Random) -> Conversation:
    """The exercise as a conversation with hints; its id is the exercise's with «-hints»."""
    return _Lesson(exercise, rng, worked(exercise)).told()


@dataclass(frozen=True, slots=True)
class _Lesson:
    exercise: Exercise
    rng: Random
    lines: Sequence[Line]

    def told(self) -> Conversation:
        mistake = self._mistake()
        place = mistake.line
        turns = [
            f"{self.exercise.question}\n{self._attempt(mistake)}",
            self._hint(mistake.kind, place, mistake),
        ]
        turns.append(self._step(place))
        if place + 2 < len(self.lines) and self.rng.random() < _SECOND_HINT:
            place += 1
            turns += [f"{self._say('tutor', 'well')} {self._hint('next', place)}", self._step(place)]
        rest = self.exercise.solution.splitlines()[place + 1 if place < len(self.lines) else -1 :]
        turns.append("\n".join((self._say("tutor", "well"), *rest)))
        messages = tuple(
            Message("assistant" if number % 2 else "user", text) for number, text in enumerate(turns)
        )
        return replace(self.exercise.conversation(), messages=messages, id=f"{self.exercise.id}-hints")

    def _mistake(self) -> Mistake:
        found = mistakes(self.exercise, list(self.lines))
        if not found or self.rng.random() < _STUCK:
            return Mistake("stuck", 0, "")
        kind = self.rng.choice(sorted({each.kind for each in found}))
        return self.rng.choice([each for each in found if each.kind == kind])

    def _attempt(self, mistake: Mistake) -> str:
        """What the student says of the problem."""
        if mistake.kind == "stuck":
            return self._say("student", "stuck")
        alone = mistake.line == 0 and len(self.lines) == 1 and self.rng.random() < _ONLY_RESULT
        if not mistake.work or alone:
            return self._say("student", "result", wrong=mistake.wrong)
        partial = mistake.kind == "partial"
        before = [line.work for line in self.lines[: mistake.line - partial]]
        work = self._say("words", "then").join((*before, mistake.work))
        return self._say("student", "partial" if partial else "work", work=work, wrong=mistake.wrong)

    def _step(self, place: int) -> str:
        """The student does it right; past the last line, it is the answer that is mended."""
        work = self.lines[place].work if place < len(self.lines) else self.exercise.answer
        return self._say("student", "step", work=work)

    def _hint(self, kind: str, place: int, mistake: Mistake | None = None) -> str:
        """A question about a line, the first of its wordings that has all it needs and gives nothing away."""
        line = self.lines[place] if place < len(self.lines) else Line("", self.exercise.answer)
        usual = ("next", "compute", "bare") if line.calculation else ("next_said", "bare")
        kinds = usual if kind in ("stuck", "next") else (kind, *usual)
        fields = self._fields(line, mistake)
        begin = f"{self._say('tutor', 'begin')} " if kind == "stuck" else ""
        for each in kinds:
            templates = list(self._templates("tutor", each))
            self.rng.shuffle(templates)
            for template in templates:
                text = unfold(template, self.rng, self.exercise.language)
                if all(fields.get(name) for name in re.findall(r"\{(\w+)\}", text)):
                    hint = text.format_map(fields)
                    if not self._tells(hint, line):
                        return begin + hint
        raise AssertionError(f"no hint for {kind} in {self.exercise.id}")

    def _fields(self, line: Line, mistake: Mistake | None) -> dict[str, str]:
        """What the templates may name: the line's own words and numbers, the two operations."""
        right = line.calculation
        signs = {right.operation if right else "", mistake.instead if mistake else ""} - {""}
        verbs = [self._say("words", sign) for sign in sorted(signs, key=SIGNS.index)]
        fields = {"lead": line.lead.replace(": ", ", "), **dict(zip(("one", "two"), verbs, strict=False))}
        if right and right.operation:
            fields["a"], _, fields["b"] = right.expression.partition(f" {right.operation} ")
        return {**fields, "expression": right.expression} if right else fields

    def _tells(self, hint: str, line: Line) -> bool:
        """Whether it holds the answer, or what the line at hand comes to."""
        answer = self.exercise.answer
        values = {*numerals(answer), *numerals(line.work)[-1:]}
        return answer in hint or not values.isdisjoint(numerals(hint))

    def _say(self, speaker: str, what: str, **fields: str) -> str:
        template = self.rng.choice(self._templates(speaker, what))
        return unfold(template, self.rng, self.exercise.language).format_map(fields)

    def _templates(self, speaker: str, what: str) -> tuple[str, ...]:
        return _SAID[speaker][f"{self.exercise.language}:{what}"]
