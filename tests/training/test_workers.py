"""Several processes that train one adapter: the same curve, one that writes, and the death of any of them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from small import adapter, metrics, values

import hipatia
from hipatia.config import Config, dump_yaml
from hipatia.errors import RunError
from hipatia.runs import CHECKPOINTS, read_manifest
from hipatia.training.checkpoints import Checkpoints
from hipatia.training.workers import Workers

FINISHED = ["finished", "finished"]


def endings(answers: list[dict[str, Any]]) -> list[str]:
    return [answer["ended"] for answer in answers]


def two(home: Path, runs: Path, **changes: dict[str, Any]) -> dict[str, Any]:
    """Settings whose step, with two workers, is that of one worker with batches of eight."""
    return values(home, runs, **{**changes, "training": {"batch_size": 4, **changes.get("training", {})}})


@pytest.fixture(scope="module")
def both(forks: Any, home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run of two workers that nothing happens to."""
    runs = tmp_path_factory.mktemp("both")
    assert endings(forks.train(two(home, runs), runs / "log", workers=2)) == FINISHED
    return runs / "run"


def test_two_processes_learn_as_one_with_the_same_batch(forks: Any, home: Path, tmp_path: Path) -> None:
    """Two batches a step, and at the end of an epoch one of two rows, of which each has one."""
    exact = {"lora": {"dropout": 0.0}, "model": {"dtype": "float32"}}
    settings = {"max_steps": 5, "gradient_accumulation": 2}
    one, other = tmp_path / "one", tmp_path / "other"
    assert endings(forks.train(values(home, one, training=settings, **exact), tmp_path / "log")) == [
        "finished"
    ]
    answers = forks.train(two(home, other, training=settings, **exact), tmp_path / "log", workers=2)
    assert endings(answers) == FINISHED
    alone, together = metrics(one / "run"), metrics(other / "run")
    assert [line["step"] for line in together] == [line["step"] for line in alone]
    for mine, theirs in zip(together, alone, strict=True):
        for name in ("loss", "gradient_norm", "learning_rate", "tokens"):
            if name in theirs:
                assert mine[name] == pytest.approx(theirs[name], rel=1e-5)
    assert (read_manifest(other / "run") or {})["processes"] == 2


def test_torchrun_starts_it_and_one_process_speaks(home: Path, tmp_path: Path) -> None:
    exact = {"lora": {"dropout": 0.0}, "training": {"max_steps": 2, "evaluations": 0}}
    settings = tmp_path / "hipatia.yaml"
    settings.write_text(dump_yaml(Config.model_validate(two(home, tmp_path / "runs", **exact))))
    command = [sys.executable, "-m", "torch.distributed.run", "--nproc-per-node", "2", "-m", "hipatia"]
    command += ["train", "--name", "run", "--json", "--config", str(settings)]
    environ = {**os.environ, "OMP_NUM_THREADS": "1", "PYTHONPATH": str(Path(hipatia.__file__).parents[1])}
    done = subprocess.run(command, capture_output=True, text=True, env=environ, cwd=tmp_path, check=False)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["training"]["steps"] == 2
    assert done.stderr.count("paso 1/2") + done.stderr.count("step 1/2") == 1


@pytest.mark.parametrize(
    ("victim", "place", "call"),
    [(0, "save 1", 50), (1, "training", 30_000)],  # inside a checkpoint; between two, after six steps or so
)
def test_when_one_dies_the_others_say_so_and_the_run_goes_on_later(
    victim: int, place: str, call: int, forks: Any, home: Path, both: Path, tmp_path: Path
) -> None:
    folder, log = tmp_path / "run", tmp_path / "log"
    settings = two(home, tmp_path)
    kill = {"place": place, "call": call}
    answers = forks.train(settings, log, workers=2, kill=kill, victim=victim)
    assert answers[victim] == {"ended": "killed", "signal": 9}
    assert answers[1 - victim]["ended"] == "failed"
    assert "Otro proceso de este entrenamiento ha terminado" in answers[1 - victim]["message"]
    found = Checkpoints(folder / CHECKPOINTS, 2).newest()
    assert found.path
    assert not found.damaged
    (alone,) = forks.train(settings, log)
    assert "procesos: 2 → 1" in alone["message"]
    assert endings(forks.train(settings, log, workers=2)) == FINISHED
    assert metrics(folder) == metrics(both)
    assert adapter(folder) == adapter(both)


@pytest.mark.parametrize("name", ["FSDP", "DEEPSPEED"])
def test_what_is_not_built_is_refused(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(f"ACCELERATE_USE_{name}", "true")
    with pytest.raises(RunError, match=name) as caught, Workers.started():
        pass
    assert "torchrun" in (caught.value.hint or "")
