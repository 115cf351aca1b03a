"""From the first step to the last: metrics, periodic evaluations, checkpoints, and every way to end.

fit = Fit(run)
fit.go_on_from(checkpoint)
ended = fit.run_through(before)           # steps, time, patience or interrupted
"""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from time import perf_counter
from typing import Any, Literal

from .. import i18n
from ..errors import HipatiaError, ModelError, RunError
from ..runs import CHECKPOINTS, METRICS, require_space
from .batches import Collator
from .checkpoints import Checkpoints, problem_with, read, size_of
from .context import Run
from .measure import Measured
from .metrics import Metrics
from .rows import row_names
from .schedule import evaluation_due, position
from .trackers import Trackers
from .trainer import NotFinite, StepResult, Trainer
from .validation import Validator

Ended = Literal["steps", "time", "patience", "interrupted"]
_OUT_OF_MEMORY = ("out of memory", "not enough memory", "can't allocate memory", "bad allocation")


class Fit:
    """The training of a run."""

    def __init__(self, run: Run):
        self.run, self.settings, self.minutes = run, run.config.training, run.config.time_limit
        collate = Collator(run.base.tokenizer.pad_token_id)
        self.trainer = Trainer(run.model, run.datasets["train"], collate, run.config, run.workers)
        self.metrics = Metrics(run.folder.path / METRICS)
        self.trackers = Trackers(run.display.warn)
        self.checkpoints = Checkpoints(run.folder.path / CHECKPOINTS, self.settings.checkpoints_kept)
        self.validator: Validator | None = None
        self._lap_began = 0.0
        self._saved: int | None = None  # the step of the newest checkpoint
        self._tried = 0, 0.0  # step and seconds of the latest attempt at one
        if run.workers.is_main:
            pieces = self.settings.checkpoints_kept + 3  # the best, the one being written, the adapter
            require_space(run.folder.path, pieces * size_of(self.trainer.parameters))

    def go_on_from(self, checkpoint: Path | None) -> None:
        """Take up a run at one of its checkpoints, or at its beginning."""
        content = b""
        if checkpoint:
            snapshot, content = read(checkpoint)
            try:
                self.trainer.restore(snapshot)
            except ValueError as error:
                raise RunError.of("train.other_adapter", path=checkpoint) from error
            self._saved = self.trainer.progress.step
        self._tried = self.trainer.progress.step, self._seconds
        if self.run.workers.is_main:
            self.metrics.start_from(content)
            self.trackers = Trackers.opened(self.run, self.trainer.progress.step)

    def run_through(self, before: Measured | None) -> Ended:
        """Train to the end, whichever it is; afterwards the model holds the adapter to keep.

        ``before`` is what the main worker has measured. Raises ModelError where a step cannot be taken.
        """
        self.validator = Validator(self.run, before) if before else None
        try:
            return self._run_through()
        finally:
            self.trackers.close()

    def _run_through(self) -> Ended:
        self._lap()
        while (ended := self._ended()) is None:
            self._turn()
        if ended != "interrupted" and self.settings.keep == "best":
            self._evaluate(last=True)
        self.save()
        if ended != "interrupted" and self.settings.keep == "best":
            self._take_best()
        return ended

    def figures(self, ended: Ended) -> dict[str, Any]:
        """What ``run.json`` says of the training."""
        progress = self.trainer.progress
        return {
            "ended": ended,
            "seconds": round(progress.seconds, 1),
            "evaluation_seconds": round(progress.evaluation_seconds, 1),
            "steps": progress.step,
            "planned_steps": self.trainer.steps,
            "epochs": round(progress.step / self.trainer.plan.steps_per_epoch, 3),
            "tokens": progress.tokens,
            "tokens_per_second": round(progress.tokens / max(progress.seconds, 1e-9), 1),
            "best_step": progress.best.step if progress.best else None,
            "processes": self.run.workers.size,
        }

    # --- one turn ---------------------------------------------------------------------------------

    def _turn(self) -> None:
        before = self._position
        result = self._step(before)
        lap, stop = self.run.workers.total(self._own(self._lap(), self.run.stopping.requested))
        self.trainer.progress.seconds += lap
        self.run.stopping.requested = bool(stop)
        self._tell(result)
        if evaluation_due(before, self._position, self.trainer.steps, self.settings.evaluations):
            self._evaluate()
        if self._checkpoint_due():
            self.save()

    def _step(self, place: float) -> StepResult:
        try:
            return self.trainer.step(place)
        except NotFinite as error:
            self.save()
            raise self._not_finite(error.rows) from error
        except (MemoryError, RuntimeError) as error:
            if not is_out_of_memory(error):
                raise
            if self.trainer.whole and self.run.workers.size == 1:  # the other workers are elsewhere
                self.save()
            raise self._too_large() from error

    def _own(self, lap: float, stop: bool) -> tuple[float, float]:
        """What this worker adds to the common sums: time is the main worker's, to stop is anybody's."""
        return (lap if self.run.workers.is_main else 0.0), float(stop)

    def _tell(self, result: StepResult) -> None:
        progress = self.trainer.progress
        if self.run.workers.is_main:
            line = {"kind": "step", **asdict(result), "seconds": round(progress.seconds, 3)}
            self._record(line)
            self.run.display.step(result, progress, self._seconds_left)

    def _record(self, line: dict[str, Any]) -> None:
        self.metrics.append(line)
        self.trackers.tell(line)

    def _evaluate(self, *, last: bool = False) -> None:
        """Evaluate, in the main worker; all workers then know what it found."""
        progress = self.trainer.progress
        if progress.evaluations and progress.evaluations[-1].step == progress.step:
            return
        self.trainer.give_back_memory()
        finding = self.validator.evaluate(progress, last=last) if self.validator else None
        record = self.run.workers.shared(finding.record if finding else None)
        (lap,) = self.run.workers.total([self._own(self._lap(), False)[0]])
        progress.evaluation_seconds += lap
        if record:
            progress.evaluations.append(record)
        if finding:
            best = progress.best is record
            self._record({**finding.metrics, "best": best})
            self.run.display.say(finding.sentence, style="cyan")
        if record and progress.best is record:
            self.save()

    # --- when to end ------------------------------------------------------------------------------

    def _ended(self) -> Ended | None:
        progress = self.trainer.progress
        if self.run.stopping.requested:
            return "interrupted"
        if progress.step >= self.trainer.steps:
            return "steps"
        if self.settings.patience and progress.evaluations_since_best >= self.settings.patience:
            return "patience"
        typical = progress.seconds / max(1, progress.step)
        if self.minutes and self._seconds + typical > 60 * self.minutes:
            return "time"
        return None

    @property
    def _seconds(self) -> float:
        """Of training and evaluating, in all processes that worked on this run."""
        return self.trainer.progress.seconds + self.trainer.progress.evaluation_seconds

    @property
    def _position(self) -> float:
        return position(self.trainer.progress.step, self.trainer.steps, self._seconds, self.minutes)

    @property
    def _seconds_left(self) -> float:
        progress = self.trainer.progress
        by_steps = progress.seconds / max(1, progress.step) * (self.trainer.steps - progress.step)
        if self.minutes is None:
            return by_steps
        return min(by_steps, 60 * self.minutes - self._seconds)

    def _lap(self) -> float:
        """Seconds since the latest lap."""
        now = perf_counter()
        lap, self._lap_began = now - self._lap_began, now
        return lap

    # --- checkpoints ------------------------------------------------------------------------------

    def _checkpoint_due(self) -> bool:
        step, seconds = self._tried
        if self.settings.checkpoint_steps:
            return self.trainer.progress.step - step >= self.settings.checkpoint_steps
        return self._seconds - seconds >= 60 * self.settings.checkpoint_minutes

    def save(self) -> None:
        """Write a checkpoint. A disk that takes none is told of, and the training goes on."""
        progress = self.trainer.progress
        if self._tried[0] == progress.step:
            return
        self._tried = progress.step, self._seconds
        snapshot = self.trainer.snapshot()
        if not self.run.workers.is_main:
            return
        try:
            self.metrics.flush(to_disk=True)
            best = progress.best.step if progress.best else None
            self.checkpoints.save(progress.step, snapshot, self.metrics.content(), best)
            self._saved = progress.step
        except OSError as error:
            words = {"step": progress.step, "reason": error.strerror or error, "intact": self._intact}
            self.run.display.say(i18n.t("train.checkpoint_failed", **words), style="yellow")

    @property
    def _intact(self) -> str:
        """Which checkpoint there is to go on from."""
        if self._saved is None:
            return i18n.t("train.no_checkpoint_yet")
        return i18n.t("train.checkpoint_intact", step=self._saved)

    def _take_best(self) -> None:
        """Put the best evaluation's adapter in place of the last."""
        best = self.trainer.progress.best
        if best is None or best.step == self.trainer.progress.step:
            return
        path = self.checkpoints.path(best.step)
        reason = problem_with(path)
        if reason:
            self.run.display.say(i18n.t("train.best_damaged", step=best.step, reason=reason), style="yellow")
            return
        self.trainer.set_adapter(read(path)[0].tensors["adapter"])
        self.run.display.say(i18n.t("train.best_kept", step=best.step))

    # --- what went wrong --------------------------------------------------------------------------

    def _not_finite(self, rows: list[int]) -> HipatiaError:
        run = self.run
        names = row_names(rows, run.splits.train, run.base.tokenizer, run.config)
        return ModelError.of(
            "training.not_finite",
            step=self.trainer.progress.step + 1,
            rows=names,
            intact=self._intact,
            run=run.name,
            rate=f"{self.settings.learning_rate / 10:g}",
        )

    def _too_large(self) -> HipatiaError:
        return ModelError.of(
            "training.out_of_memory",
            step=self.trainer.progress.step + 1,
            intact=self._intact,
            run=self.run.name,
            tokens=max(64, self.settings.pass_tokens // 2),
            length=max(64, self.run.config.data.max_length // 2),
        )


def is_out_of_memory(error: BaseException) -> bool:
    """Whether an error says that there was no memory: Python's own, an accelerator's or the CPU allocator's."""
    if isinstance(error, MemoryError) or type(error).__name__ == "OutOfMemoryError":
        return True
    return any(words in str(error).lower() for words in _OUT_OF_MEMORY)
