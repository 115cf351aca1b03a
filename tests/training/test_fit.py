"""A whole training by a clock that the test winds: time limits, patience, evaluations that cost too much."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from small import at_each_step, metrics, settings

from hipatia.train import train
from hipatia.training import fit
from hipatia.training.measure import Measured


@pytest.fixture
def ticking(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each look at the clock is ten seconds after the one before."""
    seconds = iter(range(0, 10**6, 10))
    monkeypatch.setattr(fit, "perf_counter", lambda: next(seconds))


def rates(folder: Path) -> list[float]:
    return [line["learning_rate"] for line in metrics(folder) if line["kind"] == "step"]


@pytest.mark.usefixtures("ticking")
def test_a_run_ends_by_its_time_and_its_rate_with_it(home: Path, tmp_path: Path) -> None:
    changes = {"max_steps": 1000, "max_minutes": 2.0, "evaluations": 1}  # eleven steps and an evaluation
    result = train(settings(home, tmp_path, training=changes), name="run")
    assert result.finished
    figures = result.manifest["training"]
    assert figures["ended"] == "time"
    assert figures["steps"] == 11
    assert figures["seconds"] + figures["evaluation_seconds"] == 120
    found = rates(result.folder)
    assert found[1:] == sorted(found[1:], reverse=True)
    assert found[-1] < 0.1 * max(found)
    (evaluation,) = [line["step"] for line in metrics(result.folder) if line["kind"] == "evaluation"]
    assert evaluation == 6


@pytest.mark.usefixtures("ticking")
def test_the_time_of_all_processes_counts(home: Path, tmp_path: Path) -> None:
    changes = {"max_steps": 1000, "max_minutes": 2.0, "evaluations": 0, "checkpoint_steps": 3}
    config = settings(home, tmp_path, training=changes)
    with at_each_step(stop_after(5)):
        folder = train(config, name="run").folder
    result = train(config, resume=folder)
    assert result.manifest["training"]["steps"] == 12
    assert result.manifest["training"]["ended"] == "time"


def stop_after(last: int) -> Any:
    def do(self: fit.Fit, step: int) -> None:
        self.run.stopping.requested |= step == last

    return do


@pytest.mark.usefixtures("ticking")
@pytest.mark.parametrize(("minutes", "count"), [(0.0, 14), (0.5, 5), (5.0, 1)])
def test_checkpoints_by_the_minutes(minutes: float, count: int, home: Path, tmp_path: Path) -> None:
    changes = {
        "checkpoint_steps": None,
        "checkpoint_minutes": minutes,
        "checkpoints_kept": 99,
        "evaluations": 0,
    }
    folder = train(settings(home, tmp_path, training=changes), name="run").folder
    names = sorted(path.name for path in (folder / "checkpoints").iterdir())
    assert len(names) == count
    assert names[-1] == "step-00000014"


def test_patience_ends_a_run_that_gets_no_better(home: Path, tmp_path: Path) -> None:
    changes = {
        "max_steps": 60,
        "evaluations": 11,
        "patience": 2,
        "learning_rate": 3.0,
        "schedule": "constant",
        "keep": "best",
    }
    result = train(settings(home, tmp_path, training=changes), name="run")
    figures = result.manifest["training"]
    assert result.finished
    assert figures["ended"] == "patience"
    lines = [line for line in metrics(result.folder) if line["kind"] == "evaluation"]
    assert figures["steps"] == lines[-1]["step"] < 60
    assert figures["best_step"] == lines[-3]["step"]
    assert [line["best"] for line in lines[-3:]] == [True, False, False]


@pytest.mark.usefixtures("ticking")
@pytest.mark.parametrize(
    ("answer_seconds", "forward_share", "asked", "notice"),
    [
        (0.0, 0.0, [2, 2], "aciertos"),
        (9.0, 0.0, [1, 2], "1 problemas de 2"),  # the first one then shows that an answer takes no time
        (0.0, 1000.0, [], "sin evaluación en el paso 5"),
    ],
)
def test_evaluations_that_cost_too_much_shrink_or_are_left_out(
    answer_seconds: float,
    forward_share: float,
    asked: list[int],
    notice: str,
    home: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """By a clock of ten seconds a step, and of none during the evaluations."""
    monkeypatch.setattr(Measured, "seconds_per_answer", answer_seconds)
    monkeypatch.setattr("hipatia.training.validation.FORWARD_SHARE", forward_share)
    monkeypatch.setattr("hipatia.training.validation.time.perf_counter", lambda: 0.0)
    config = settings(home, tmp_path, training={"evaluation_share": 0.2})
    folder = train(config, name="run").folder
    found = [line["accuracy"]["n"] for line in metrics(folder) if line["kind"] == "evaluation"]
    assert found == asked
    assert notice in capsys.readouterr().err
