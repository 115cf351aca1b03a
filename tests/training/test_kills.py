"""kill -9 at any moment: nothing but the steps since the last checkpoint is lost, and what follows is the same."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from small import adapter, metrics, prepare, values

import hipatia
from hipatia.runs import CHECKPOINTS
from hipatia.training.checkpoints import Checkpoints

STEPS, BETWEEN = 14, 3  # of the run, and from checkpoint to checkpoint
KILLS = 10

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork and SIGKILL")


@dataclass
class Server:
    """The process that forks a training for each job."""

    process: subprocess.Popen[str]
    config: dict[str, Any]

    def train(self, runs: Path, kill: dict[str, int] | None = None, count: bool = False) -> dict[str, Any]:
        config = {**self.config, "paths": {**self.config["paths"], "runs": str(runs)}}
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(json.dumps({"config": config, "kill": kill, "count": count}) + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    home = prepare(tmp_path_factory.mktemp("kills"))
    training = {"max_steps": STEPS, "checkpoint_steps": BETWEEN, "keep": "best"}
    config = values(home, home / "runs", training=training)
    environ = {
        **os.environ,
        "PYTHONPATH": str(Path(hipatia.__file__).parents[1]),
        "OMP_NUM_THREADS": "1",  # no threads before the fork
    }
    command = [sys.executable, str(Path(__file__).parent / "kill_server.py")]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environ
    ) as process:
        yield Server(process, config)
        assert process.stdin
        process.stdin.close()


@dataclass
class Whole:
    """The run that nobody kills."""

    folder: Path
    calls: int
    saves: list[int]


@pytest.fixture(scope="module")
def whole(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Whole:
    runs = tmp_path_factory.mktemp("whole")
    answer = server.train(runs, count=True)
    assert answer["ended"] == "finished"
    assert len(answer["saves"]) >= STEPS // BETWEEN
    return Whole(runs / "run", answer["calls"], answer["saves"])


def kills(whole: Whole, seed: int = 5) -> list[dict[str, int]]:
    """Moments at random: two thirds over the process's life, a third inside the writing of a checkpoint."""
    rng = random.Random(seed)
    chosen = []
    for number in range(KILLS):
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
    number: int, server: Server, whole: Whole, tmp_path: Path
) -> None:
    assert server.train(tmp_path, kills(whole)[number]) == {"ended": "killed", "signal": 9}
    if (tmp_path / "run").exists():
        assert lost_steps(tmp_path / "run") <= BETWEEN
    assert server.train(tmp_path)["ended"] == "finished"
    assert_same(tmp_path / "run", whole)


def test_a_run_that_is_killed_again_and_again_gets_there_too(
    server: Server, whole: Whole, tmp_path: Path
) -> None:
    for share in (40, 50, 30):
        assert server.train(tmp_path, {"call": whole.calls * share // 100})["ended"] == "killed"
    assert server.train(tmp_path)["ended"] == "finished"
    assert_same(tmp_path / "run", whole)
