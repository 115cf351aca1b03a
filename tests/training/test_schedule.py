"""Length of a run, learning rates, places of evaluations, row order: tables and a referee."""

from __future__ import annotations

import math
import random
from typing import Any

import pytest
import torch
from transformers import get_scheduler

from hipatia.config import Config, TrainingConfig
from hipatia.training.batches import Plan, tokens_digest
from hipatia.training.progress import Evaluation, Progress
from hipatia.training.schedule import evaluation_due, planned_steps, position, rate_share
from hipatia.training.validation import Budget


@pytest.mark.parametrize(
    ("rows", "processes", "settings", "steps"),
    [
        (100, 1, {"batch_size": 8}, 13),
        (100, 1, {"batch_size": 8, "epochs": 2.5}, 32),
        (100, 1, {"batch_size": 8, "epochs": 0.01}, 1),
        (100, 2, {"batch_size": 8}, 7),
        (100, 1, {"batch_size": 8, "gradient_accumulation": 4}, 4),
        (100, 2, {"batch_size": 4, "epochs": 3}, 39),
        (100, 1, {"max_steps": 5, "epochs": 9}, 5),
    ],
)
def test_planned_steps(rows: int, processes: int, settings: dict[str, Any], steps: int) -> None:
    assert planned_steps(Config.model_validate({"training": settings}), rows, processes) == steps


@pytest.mark.parametrize("schedule", ["constant", "linear", "cosine"])
@pytest.mark.parametrize(("steps", "warmup"), [(1, 0.0), (7, 0.0), (7, 0.3), (100, 0.05), (3, 0.9)])
def test_rates_are_those_of_transformers(schedule: str, steps: int, warmup: float) -> None:
    settings = TrainingConfig.model_validate({"schedule": schedule, "warmup_ratio": warmup})
    optimizer = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=1.0)
    name = schedule if schedule != "constant" else "constant_with_warmup"
    theirs = get_scheduler(name, optimizer, math.ceil(steps * warmup), steps)
    for step in range(steps):
        assert rate_share(step, steps, settings) == pytest.approx(optimizer.param_groups[0]["lr"], abs=1e-12)
        optimizer.step()
        theirs.step()


@pytest.mark.parametrize("schedule", ["linear", "cosine"])
def test_the_rate_ends_at_nothing_by_time_too(schedule: str) -> None:
    settings = TrainingConfig.model_validate({"schedule": schedule})
    assert position(10, 100, 0.0, None) == 10
    assert position(10, 100, 30.0, 1.0) == 50
    assert position(90, 100, 30.0, 1.0) == 90
    assert position(10, 100, 600.0, 1.0) == 100
    rates = [rate_share(position(1, 100, seconds, 1.0), 100, settings) for seconds in (10, 30, 55, 60, 99)]
    assert rates == sorted(rates, reverse=True)
    assert rates[-2:] == [0.0, 0.0]


@pytest.mark.parametrize(
    ("steps", "evaluations", "places"),
    [(12, 1, {6}), (14, 2, {5, 9}), (100, 4, {20, 40, 60, 80}), (3, 0, set()), (2, 5, {1, 2}), (1, 1, set())],
)
def test_places_of_evaluations(steps: int, evaluations: int, places: set[int]) -> None:
    found = {step for step in range(1, steps + 1) if evaluation_due(step - 1, step, steps, evaluations)}
    assert found == places


def test_an_evaluation_is_due_once_however_far_a_step_leads() -> None:
    assert evaluation_due(4.5, 12.3, 14, 2)
    assert not evaluation_due(9.0, 13.9, 14, 2)


# --- row order ------------------------------------------------------------------------------------


def plan(rows: int = 50, digest: str = "d", **changes: int) -> Plan:
    rng = random.Random(3)
    lengths = [rng.randrange(10, 90) for _ in range(rows)]
    values = {"rows_at_once": 8, "batches_per_step": 1, "seed": 0, **changes}
    return Plan(lengths=lengths, digest=digest, **values)


def test_each_epoch_has_every_row_once() -> None:
    one = plan()
    for epoch in range(3):
        steps = range(epoch * 7, epoch * 7 + 7)
        assert sorted(row for step in steps for batch in one.batches(step) for row in batch) == list(
            range(50)
        )
        assert [one.place(step) for step in steps] == [(epoch, 8 * i) for i in range(7)]


def test_a_step_has_its_batches_whatever_was_asked_before() -> None:
    one, other = plan(), plan()
    forward = [one.batches(step) for step in range(20)]
    assert [other.batches(step) for step in reversed(range(20))] == forward[::-1]
    halves = plan(rows_at_once=8, batches_per_step=2)
    assert [len(batch) for batch in halves.batches(3)] == [2]
    assert [len(batch) for batch in halves.batches(0)] == [8, 8]


@pytest.mark.parametrize("change", [{"seed": 1}, {"digest": "e"}])
def test_the_order_is_decided_by_seed_epoch_and_data(change: dict[str, Any]) -> None:
    assert plan().batches(0) == plan().batches(0)
    assert plan().batches(0) != plan(**change).batches(0)
    assert plan().batches(0) != plan().batches(7)


def test_the_hash_of_the_data_sees_tokens_labels_and_order() -> None:
    from datasets import Dataset

    def digest(ids: list[list[int]], labels: list[list[int]]) -> str:
        masks = [[1] * len(row) for row in ids]
        return tokens_digest(Dataset.from_dict({"input_ids": ids, "attention_mask": masks, "labels": labels}))

    first = digest([[1, 2], [3]], [[-100, 2], [3]])
    assert first == digest([[1, 2], [3]], [[-100, 2], [3]])
    others = [
        digest([[1, 2], [4]], [[-100, 2], [3]]),
        digest([[1, 2], [3]], [[-100, 2], [-100]]),
        digest([[3], [1, 2]], [[3], [-100, 2]]),
        digest([[1], [2, 3]], [[-100], [2, 3]]),
    ]
    assert len({first, *others}) == 5


# --- better or not --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("found", "best", "since"),
    [
        ([], None, 0),
        ([(1.0, "00")], 0, 0),
        ([(1.0, "00"), (0.9, "00")], 1, 0),
        ([(1.0, "00"), (1.1, "01")], 1, 0),
        ([(1.0, "01"), (0.5, "00")], 0, 1),
        ([(1.0, "01"), (1.0, "10"), (1.0, "01")], 0, 2),
        ([(1.0, "0111"), (0.9, "01")], 1, 0),  # alike on the two that both were asked
        ([(1.0, ""), (0.9, ""), (0.8, "")], 2, 0),
        ([(None, "01"), (0.5, "01")], 0, 1),
    ],
)
def test_the_best_evaluation(found: list[tuple[float | None, str]], best: int | None, since: int) -> None:
    evaluations = [
        Evaluation(step, loss, tuple(letter == "1" for letter in right))
        for step, (loss, right) in enumerate(found)
    ]
    progress = Progress(evaluations=evaluations)
    assert progress.best == (None if best is None else evaluations[best])
    assert progress.evaluations_since_best == since


@pytest.mark.parametrize(
    ("budget", "wanted", "training", "spent", "count"),
    [
        (Budget(0.2, 1.0, 2.0), 24, 1000.0, 0.0, 24),
        (Budget(0.2, 1.0, 2.0), 24, 100.0, 0.0, 18),  # 20 seconds, 2 of them for the loss
        (Budget(0.2, 1.0, 2.0), 24, 100.0, 15.0, 3),
        (Budget(0.2, 1.0, 2.0), 24, 100.0, 18.5, None),
        (Budget(0.2, 1.0, 2.0), 24, 12.0, 0.0, 0),
        (Budget(0.2, 0.0, 0.0), 24, 0.0, 0.0, 24),  # nothing is known yet
        (Budget(0.2, 1.0, 2.0), 0, 100.0, 0.0, 0),
    ],
)
def test_evaluations_stay_within_their_share(
    budget: Budget, wanted: int, training: float, spent: float, count: int | None
) -> None:
    assert budget.answers(wanted, training, spent) == count
