"""How far a run has come, and whether it got better.

progress.best, progress.evaluations_since_best
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Evaluation:
    """A periodic evaluation: loss on the validation rows, and which of the sample's first problems were right."""

    step: int
    loss: float | None
    right: tuple[bool, ...] = ()

    def is_better_than(self, other: Evaluation) -> bool:
        """More right answers to the problems that both were asked; the lower loss where they are as many."""
        asked = min(len(self.right), len(other.right))
        mine, theirs = sum(self.right[:asked]), sum(other.right[:asked])
        if mine != theirs:
            return mine > theirs
        return self.loss is not None and other.loss is not None and self.loss < other.loss


@dataclass(slots=True)
class Progress:
    """Steps, and seconds over all processes that worked on the run one after the other."""

    step: int = 0
    tokens: int = 0
    seconds: float = 0.0
    evaluation_seconds: float = 0.0
    evaluations: list[Evaluation] = field(default_factory=list)

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> Progress:
        """The progress that ``dataclasses.asdict`` made JSON of."""
        evaluations = [
            Evaluation(one["step"], one["loss"], tuple(one["right"])) for one in value["evaluations"]
        ]
        return cls(**{**value, "evaluations": evaluations})

    @property
    def best(self) -> Evaluation | None:
        """The best evaluation so far; among equals the first."""
        best: Evaluation | None = None
        for one in self.evaluations:
            if best is None or one.is_better_than(best):
                best = one
        return best

    @property
    def evaluations_since_best(self) -> int:
        """How many evaluations in a row have brought nothing better."""
        return len(self.evaluations) - 1 - self.evaluations.index(self.best) if self.best else 0
