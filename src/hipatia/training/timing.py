"""How long a run that is ready to compute will take: a few of its steps and the beginning of some answers.

    time = measured_time(run)        # a forecast.Time; leaves the adapter as it was

Steps are timed at several places of the order of all steps by size, so that long rows count as often as they
come. Answers are begun in one batch; a batch is taken to cost half for its steps and half for its rows that are
still being written, and a tuned model to answer about as long as the rows that it learns from.
"""

from __future__ import annotations

from dataclasses import dataclass
from time import perf_counter

from ..evaluation import evaluation_options, prompt_for
from ..forecast import Time
from ..schema import Problem
from .batches import Collator, row_lengths
from .context import Run
from .loss import IGNORED
from .measure import engine, undisturbed
from .rows import validation_sample
from .trainer import Trainer
from .validation import FORWARD_SHARE

_STEPS = 5
_TOKENS = (2, 10)  # of the answers that are begun, to tell reading from writing
_ASKED_AGAIN = 0.5  # of a tuned model's answers: exact arithmetic would change them


@dataclass(frozen=True, slots=True)
class Answering:
    """What a full batch takes: to read its questions, and to write a token of each answer. In seconds."""

    batch: int
    reading: float
    token: float

    def seconds(self, count: float, mean: float, longest: float) -> float:
        """For ``count`` answers of so many tokens."""
        full, rest = divmod(count, self.batch)
        steps = (full + (0.5 + 0.5 * rest / self.batch if rest else 0)) * (mean + longest) / 2
        return count / self.batch * self.reading + steps * self.token


def measured_time(run: Run) -> Time:
    """The steps of the run, its evaluations and the measuring before and after."""
    collate = Collator(run.base.tokenizer.pad_token_id)
    trainer = Trainer(run.model, run.datasets["train"], collate, run.config, run.workers)
    step = _step_seconds(trainer)
    minutes = run.config.time_limit
    training = min(trainer.steps * step, 60 * minutes if minutes else float("inf"))
    token = step * trainer.plan.steps_per_epoch / sum(trainer.plan.lengths)
    answering = _answering(run)
    return Time(
        steps=trainer.steps,
        seconds_per_step=step,
        evaluations=_evaluations(run, answering, FORWARD_SHARE * token, training),
        measuring=_measuring(run, answering, FORWARD_SHARE * token),
        limit_seconds=60 * minutes if minutes else None,
    )


def _step_seconds(trainer: Trainer) -> float:
    """The mean over steps of sizes that are spread evenly among those of an epoch; a first one sets things up."""
    lengths, plan = trainer.plan.lengths, trainer.plan
    steps = range(min(trainer.steps, plan.steps_per_epoch))
    sizes = {
        step: sum(len(rows) * max(lengths[row] for row in rows) for rows in plan.batches(step))
        for step in steps
    }
    ordered = sorted(steps, key=lambda step: sizes[step])
    count = min(_STEPS, len(ordered))
    chosen = [ordered[(2 * place + 1) * len(ordered) // (2 * count)] for place in range(count)]
    laps = []
    for step in [chosen[-1], *chosen]:
        trainer.progress.step = step
        started = perf_counter()
        trainer.step(position=0)  # at a rate of 0 where there is a warm-up
        laps.append(perf_counter() - started)
    return sum(laps[1:]) / count


def _answering(run: Run) -> Answering:
    """By beginning a batch of answers; the first time sets things up."""
    batch = run.config.evaluation.batch_size
    problems = [*run.problems, *run.unseen][:batch]
    few, more = _TOKENS
    _, short, longer = (_begin(run, problems, tokens) for tokens in (few, few, more))
    token = max(0.0, longer - short) / (more - few)
    share = len(problems) / batch
    return Answering(batch, max(0.0, short - few * token) / share, token / (0.5 + 0.5 * share))


def _begin(run: Run, problems: list[Problem], tokens: int) -> float:
    options = evaluation_options(run.config).model_copy(update={"max_new_tokens": tokens})
    asked = [prompt_for(problem, run.config) for problem in problems]
    with undisturbed(run.model):
        started = perf_counter()
        engine(run).generate(asked, options)
        return perf_counter() - started


def _evaluations(run: Run, answering: Answering, token: float, training: float) -> float:
    """Of all periodic evaluations, which take no more than their share; ``token``: seconds for its loss."""
    settings = run.config.training
    sample = len(validation_sample(run.splits.validation, run.config.evaluation.validation_problems))
    loss = token * sum(row_lengths(run.datasets["validation"]) if run.datasets["validation"] else [])
    once = loss + answering.seconds(sample, *_tuned_tokens(run))
    return min(settings.evaluations * once, settings.evaluation_share * training)


def _measuring(run: Run, answering: Answering, token: float) -> float:
    """Of the base and of the tuned model: the answers, and the loss on the test rows."""
    count, longest = len(run.problems) + len(run.unseen), run.config.evaluation.max_new_tokens
    again = _ASKED_AGAIN * count if run.config.generation.exact_arithmetic else 0
    loss = sum(
        token * length
        for name, data in run.datasets.items()
        if name.startswith("test") and data
        for length in row_lengths(data)
    )
    base = answering.seconds(count, longest, longest)
    tuned = answering.seconds(count, *_tuned_tokens(run)) + answering.seconds(again, *_tuned_tokens(run))
    return 2 * loss + base + tuned


def _tuned_tokens(run: Run) -> tuple[float, float]:
    """Tokens of a tuned model's answers: as many as a row has to learn in the mean, and the most."""
    longest = run.config.evaluation.max_new_tokens
    labels = run.datasets["train"].select_columns("labels").with_format("numpy")
    rows = (row for batch in labels.iter(1000) for row in batch["labels"])
    learnt = [min(longest, int((row != IGNORED).sum())) for row in rows]
    return sum(learnt) / len(learnt), longest
