"""kill -9 at any moment: nothing but the steps since the last checkpoint is lost, and what follows is the same."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from small import adapter, metrics, values

from hipatia.runs import CHECKPOINTS
from hipatia.training.checkpoints import Checkpoints

STEPS, BETWEEN = 14, 3  # of the run, and from checkpoint to checkpoint
KILLS = 10
KILLED = {"ended": "killed", "signal": 9}

Train = Callable[..., dict[str, Any]]


@pytest.fixture(scope="module")
def train(forks: Any, home: Path) -> Train:
    """Train in a folder, in a process of its own."""

    def run(runs: Path, **job: Any) -> dict[str, Any]:
        training = {"max_steps": STEPS, "checkpoint_steps": BETWEEN, "keep": "best"}
        (answer,) = forks.train(values(home, runs, training=training), runs / "log", **job)
        return answer

    return run


@dataclass
class Whole:
    """The run that nobody kills."""

    folder: Path
    calls: int
    saves: list[int]


@pytest.fixture(scope="module")
def unharmed(train: Train, tmp_path_factory: pytest.TempPathFactory) -> Whole:
    runs = tmp_path_factory.mktemp("unharmed")
    answer = train(runs, count=True)
    assert answer["ended"] == "finished"
    assert len(answer["saves"]) >= STEPS // BETWEEN
    return Whole(runs / "run", answer["calls"], answer["saves"])


def kills(whole: Whole, seed: int = 5) -> list[dict[str, int]]:
    """Moments at random: two thirds over the process's life, a third inside the writing of a checkpoint."""
    rng = random.Random(seed)
    chosen = []
    for number in range(KILLS - 3):
        if number % 3 == 2:
            save = rng.randrange(len(whole.saves))
            chosen.append({"save": save, "call": rng.randint(1, whole.saves[save])})
        else:
            chosen.append({"call": rng.randint(1, whole.calls * 97 // 100)})
    return chosen


def lost_steps(folder: Path) -> int:
    """Steps that the killed process had taken beyond its newest checkpoint that verifies."""
    taken = [line["step"] for line in metrics(folder) if line["kind"] == "step"]
    found = Checkpoints(folder / CHECKPOINTS, kept=2).newest()
    assert not found.damaged
    return max(taken, default=0) - (int(found.path.name.removeprefix("step-")) if found.path else 0)


def assert_same(folder: Path, whole: Whole) -> None:
    assert metrics(folder) == metrics(whole.folder)
    assert adapter(folder) == adapter(whole.folder)
    files = ("run.json", "evaluation/tuned.json")
    for file, names in zip(files, (("status", "accuracy", "loss"), ("answers",)), strict=True):
        mine, theirs = (json.loads((one / file).read_text()) for one in (folder, whole.folder))
        for name in names:
            assert mine[name] == theirs[name]


@pytest.mark.parametrize("number", range(KILLS - 3))
def test_a_killed_run_goes_on_as_if_nothing_had_been(
    number: int, train: Train, unharmed: Whole, tmp_path: Path
) -> None:
    assert train(tmp_path, kill=kills(unharmed)[number]) == KILLED
    if (tmp_path / "run").exists():
        assert lost_steps(tmp_path / "run") <= BETWEEN
    assert train(tmp_path)["ended"] == "finished"
    assert_same(tmp_path / "run", unharmed)


def test_a_run_that_is_killed_again_and_again_gets_there_too(
    train: Train, unharmed: Whole, tmp_path: Path
) -> None:
    """Once in a checkpoint, as a third of all."""
    again = [
        {"call": unharmed.calls * 40 // 100},
        {"save": 1, "call": unharmed.saves[1] * 70 // 100},
        {"call": unharmed.calls * 30 // 100},
    ]
    for kill in again:
        assert train(tmp_path, kill=kill) == KILLED
    assert train(tmp_path)["ended"] == "finished"
    assert_same(tmp_path / "run", unharmed)
