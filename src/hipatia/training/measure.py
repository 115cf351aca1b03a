"""Measuring a model in the course of its training, without disturbing it.

with undisturbed(model):
    loss = held_out_loss(module, dataset, config, pad_id)
before = measured_base(run)
"""

from __future__ import annotations

import ctypes
import json
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, fields, replace
from typing import Any, Literal

import torch

from .. import i18n
from ..config import Config
from ..engines.transformers import TransformersEngine
from ..evaluation import Answered, Report, evaluate
from ..evaluation.show import progress_bar
from ..modeling import merge_adapter
from ..runs import EVALUATION
from ..schema import Completion, Grade, Problem
from .batches import Collator
from .context import Run
from .loss import IGNORED, AnswerLoss
from .randomness import random_states, set_random_states

Side = Literal["base", "tuned"]


@dataclass(frozen=True, slots=True)
class Measured:
    """A model's answers to the test problems and to unseen families, and its losses on test rows."""

    main: Report
    unseen: Report
    losses: dict[str, float | None]
    seconds: float  # for the answers

    @property
    def seconds_per_answer(self) -> float:
        return self.seconds / max(1, len(self.main.answers) + len(self.unseen.answers))


def measured_base(run: Run) -> Measured:
    """The base model's answers: those that an earlier process of this run has kept, else asked now."""
    return _kept(run) or _measured(run, "base")


def measured_tuned(run: Run) -> Measured:
    """The tuned model's answers."""
    return _measured(run, "tuned")


def _measured(run: Run, side: Side) -> Measured:
    """Ask the test problems and the exercises of unseen families, and keep the answers in the run folder."""
    title = i18n.t(f"train.measuring_{side}")
    problems = [*run.problems, *run.unseen]
    with undisturbed(run.model), progress_bar(title, run.display.console) as progress:
        started = time.perf_counter()
        report = evaluate(
            engine(run, i18n.t(f"train.{side}")),
            problems,
            run.config,
            dataset=run.dataset_name,
            progress=progress,
        )
        seconds = time.perf_counter() - started
        losses = {name: loss_on(run, data) for name, data in run.datasets.items() if name.startswith("test")}
    measured = _parted(report, len(run.problems), losses, seconds)
    content = measured.main.to_json() | {
        "unseen": measured.unseen.to_json(),
        "losses": losses,
        "seconds": round(seconds, 1),
    }
    text = json.dumps(content, ensure_ascii=False, indent=1)
    run.folder.write_text(f"{EVALUATION}/{side}.json", text)
    return measured


def _parted(report: Report, count: int, losses: dict[str, float | None], seconds: float) -> Measured:
    """The first ``count`` answers are to the test problems, the others to unseen families."""
    main, unseen = report.answers[:count], report.answers[count:]
    return Measured(replace(report, answers=main), replace(report, answers=unseen), losses, seconds)


def _kept(run: Run) -> Measured | None:
    """The base's answers in the run folder, if they are there, whole, and to the same problems."""
    path = run.folder.path / EVALUATION / "base.json"
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        answers = [_answered(row) for row in [*content["answers"], *content["unseen"]["answers"]]]
        report = Report(content["model"], content["dataset"], tuple(answers), content["confidence"])
        losses, seconds = content["losses"], content["seconds"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    if [answer.problem for answer in answers] != [*run.problems, *run.unseen]:
        return None
    return _parted(report, len(run.problems), losses, seconds)


def _answered(row: dict[str, Any]) -> Answered:
    """The inverse of ``Answered.to_json``."""
    problem = Problem(**{field.name: row[field.name] for field in fields(Problem) if field.name in row})
    exact = _answered({**row, **row["exact"], "exact": None}) if row.get("exact") else None
    forced = tuple((start, end) for start, end in row["forced"])
    completion = Completion(
        row["response"], row["finish_reason"], completion_tokens=row["tokens"], forced=forced
    )
    return Answered(problem, completion, Grade(**row["grade"]), row["steps"], exact)


def engine(run: Run, name: str = "") -> TransformersEngine:
    """The run's model, to ask it."""
    return TransformersEngine(
        run.model, run.base.tokenizer, name, batch_size=run.config.evaluation.batch_size
    )


def loss_on(run: Run, dataset: Any) -> float | None:
    """The run's model's loss on the rows of a dataset."""
    module = AnswerLoss(run.model, share_prefix=run.model.device.type == "cpu")
    return held_out_loss(module, dataset, run.config, run.base.tokenizer.pad_token_id)


@contextmanager
def undisturbed(model: Any) -> Iterator[None]:
    """Within the block the model answers as it will: evaluation mode, the adapter merged for speed.

    Afterwards mode, weights and random states are exactly as before.
    """
    states = random_states()
    training = model.training
    model.eval()
    restore = merge_adapter(model)
    try:
        yield
    finally:
        restore()
        model.train(training)
        set_random_states(states)
        give_back_memory()


def give_back_memory() -> None:
    """Return what was freed to the system: glibc's heap keeps gigabytes after a batch of answers."""
    with suppress(OSError, TypeError, AttributeError):  # another system, or another C library
        ctypes.CDLL(None).malloc_trim(0)


@torch.no_grad()
def held_out_loss(module: AnswerLoss, dataset: Any, config: Config, pad_id: int) -> float | None:
    """Mean cross-entropy in nats over the learnt tokens of all rows; None where there are no rows."""
    rows = sorted(dataset, key=lambda row: len(row["input_ids"]))
    size = config.training.rows_at_once
    total, count = 0.0, 0
    for start in range(0, len(rows), size):
        batch = Collator(pad_id)(rows[start : start + size])
        batch = {name: tensor.to(module.model.device) for name, tensor in batch.items()}
        count += int((batch["labels"][:, 1:] != IGNORED).sum())
        for part in module.parts(batch, config.training.pass_tokens):
            total += float(module(**part, num_items_in_batch=1)["loss"])
    return total / count if count else None
