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
    """The run that nobody kills, and its function calls by place."""

    folder: Path
    calls: dict[str, int]


@pytest.fixture(scope="module")
def unharmed(train: Train, tmp_path_factory: pytest.TempPathFactory) -> Whole:
    runs = tmp_path_factory.mktemp("unharmed")
    answer = train(runs, count=True)
    assert answer["ended"] == "finished"
    assert sum(place.startswith("save") for place in answer["calls"]) >= STEPS // BETWEEN
    return Whole(runs / "run", answer["calls"])


def kills(whole: Whole, seed: int = 5) -> list[dict[str, Any]]:
    """Moments at random: a third in a process's whole life, a third between the first step and the last (which
    so small a run would not often be hit in), a third inside the writing of a checkpoint."""
    rng = random.Random(seed)
    saves = [place for place in whole.calls if place.startswith("save")]
    places = ["life", "training", ""] * KILLS
    chosen = [place or rng.choice(saves) for place in places[: KILLS - 3]]
    # Processes differ by some calls; the very last ones may never come.
    return [{"place": place, "call": rng.randint(1, whole.calls[place] * 97 // 100)} for place in chosen]


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
    again = [
        {"place": place, "call": unharmed.calls[place] * percent // 100}
        for place, percent in (("training", 40), ("save 1", 70), ("life", 50))
    ]
    for kill in again:
        assert train(tmp_path, kill=kill) == KILLED
    assert train(tmp_path)["ended"] == "finished"
    assert_same(tmp_path / "run", unharmed)
