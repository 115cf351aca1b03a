"""Periodic evaluation: is it getting better, at a price that stays small?

validator = Validator(run, before)
evaluation = validator.evaluate(trainer.progress)          # None if there was no time for it
"""

from __future__ import annotations

import time
from dataclasses import asdict, dataclass
from typing import Any

from .. import i18n
from ..evaluation import Report, evaluate
from ..evaluation.show import share
from .context import Run
from .measure import Measured, engine, loss_on, undisturbed
from .progress import Evaluation, Progress
from .rows import validation_sample

FORWARD_SHARE = 1 / 3  # of a training step's time: it also runs backward, which costs twice as much


@dataclass(slots=True)
class Budget:
    """How many answers an evaluation may ask for, so that evaluations stay within their share of the time."""

    share: float
    answer_seconds: float
    loss_seconds: float

    def answers(self, wanted: int, training_seconds: float, spent: float) -> int | None:
        """At most ``wanted``; None where there is not even time for the loss."""
        left = self.share * training_seconds - spent - self.loss_seconds
        if left < 0:
            return None
        return wanted if left >= wanted * self.answer_seconds else int(left / self.answer_seconds)


@dataclass(frozen=True, slots=True)
class Finding:
    """What a periodic evaluation found: the record, its line of ``metrics.jsonl``, its sentence."""

    record: Evaluation
    metrics: dict[str, Any]
    sentence: str


class Validator:
    """Asks a fixed, topic-balanced sample of the validation rows, and takes the loss on all of them."""

    def __init__(self, run: Run, before: Measured):
        self.run = run
        self.sample = validation_sample(run.splits.validation, run.config.evaluation.validation_problems)
        self.budget = Budget(run.config.training.evaluation_share, before.seconds_per_answer, 0.0)
        self._loss_measured = False

    def evaluate(self, progress: Progress, *, last: bool = False) -> Finding | None:
        """Evaluate if there is time for it; the ``last`` one always takes the loss at least."""
        count = self._affordable(progress)
        if count is None and not last:
            self.run.display.say(i18n.t("train.evaluation_skipped", step=progress.step), style="yellow")
            return None
        if count is not None and count < len(self.sample):
            words = {"step": progress.step, "count": count, "wanted": len(self.sample)}
            self.run.display.say(i18n.t("train.evaluation_shrunk", **words), style="yellow")
        return self._evaluate(progress.step, count or 0)

    def _affordable(self, progress: Progress) -> int | None:
        if not self._loss_measured and progress.tokens:
            tokens = sum(len(row["input_ids"]) for row in self.run.datasets["validation"])
            self.budget.loss_seconds = FORWARD_SHARE * tokens * progress.seconds / progress.tokens
        return self.budget.answers(len(self.sample), progress.seconds, progress.evaluation_seconds)

    def _evaluate(self, step: int, count: int) -> Finding:
        run, started = self.run, time.perf_counter()
        with undisturbed(run.model):
            loss = loss_on(run, run.datasets["validation"])
            asked = time.perf_counter()
            sample = self.sample[:count]
            report = evaluate(engine(run), sample, run.config, exact=False) if count else None
        self.budget.loss_seconds, self._loss_measured = asked - started, True
        if count:
            self.budget.answer_seconds = (time.perf_counter() - asked) / count
        right = tuple(bool(answer.grade) for answer in report.answers) if report else ()
        return Finding(Evaluation(step, loss, right), _metrics(step, loss, report), _line(step, loss, report))


def _metrics(step: int, loss: float | None, report: Report | None) -> dict[str, Any]:
    """The line of ``metrics.jsonl``; accuracy with its interval, all together and by topic."""
    accuracy = asdict(report.accuracy) if report else None
    topics = {name: asdict(share) for name, share in report.by("topic").items()} if report else {}
    return {"kind": "evaluation", "step": step, "loss": loss, "accuracy": accuracy, "by_topic": topics}


def _line(step: int, loss: float | None, report: Report | None) -> str:
    parts = {"step": step, "loss": i18n.number(loss, 3) if loss is not None else "—"}
    if report is None:
        return i18n.t("train.evaluated_loss", **parts)
    return i18n.t("train.evaluated", accuracy=share(report.accuracy), **parts)
