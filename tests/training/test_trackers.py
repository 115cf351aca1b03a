"""Metrics for TensorBoard and trackio: what they are told, and that none of them ends a training.

With the real packages where they are installed; they are no dependency.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from small import During, at_each_step, metrics, settings

from hipatia.errors import RunError
from hipatia.runs import read_manifest
from hipatia.train import train
from hipatia.training import fit, trackers
from hipatia.training.trackers import curves_of

SHORT = {"max_steps": 4, "evaluations": 1}


@pytest.mark.parametrize(
    ("line", "curves"),
    [
        (
            {"kind": "step", "step": 3, "steps": 9, "loss": 2.5, "learning_rate": 0.1, "tokens": 70},
            {"train/loss": 2.5, "train/learning_rate": 0.1},
        ),
        (
            {
                "kind": "evaluation",
                "step": 3,
                "loss": None,
                "accuracy": {"value": 0.5, "low": 0.1, "high": 0.9, "n": 2},
                "by_topic": {"algebra": {"value": 1.0, "low": 0.2, "high": 1.0, "n": 1}},
                "best": True,
            },
            {"validation/accuracy": 0.5, "validation/accuracy/algebra": 1.0},
        ),
        ({"kind": "evaluation", "step": 3, "loss": 1.0, "accuracy": None, "by_topic": {}}, {"validation/loss": 1.0}),
    ],
)  # fmt: skip
def test_the_curves_of_a_line(line: dict[str, Any], curves: dict[str, float]) -> None:
    assert dict(curves_of(line)) == curves


@pytest.mark.parametrize("name", ["tensorboard", "trackio"])
def test_a_tracker_that_is_not_there_is_named_at_once(
    name: str, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trackers, "find_spec", lambda _: None)
    with pytest.raises(RunError, match=name) as caught:
        train(settings(home, tmp_path, training={**SHORT, "trackers": [name]}), name="run")
    assert caught.value.hint == f"pip install {name}"
    assert not (tmp_path / "run").exists()


@pytest.mark.parametrize("when", ["opened", "told", "closed"])
def test_a_tracker_that_fails_ends_no_training(
    when: str, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    told: list[int] = []

    def fail(place: str) -> None:
        if when == place:
            raise ConnectionError("nobody there")

    def log(_: dict[str, float], step: int) -> None:
        told.append(step)
        fail("told")

    def opened(*_: Any) -> Any:
        fail("opened")
        return trackers._Tracker("tensorboard", log, lambda: fail("closed"))

    monkeypatch.setattr(trackers, "find_spec", lambda _: object())
    monkeypatch.setitem(trackers._OPENERS, "tensorboard", opened)
    folder = train(
        settings(home, tmp_path, training={**SHORT, "trackers": ["tensorboard"]}), name="run"
    ).folder
    assert (read_manifest(folder) or {})["status"] == "finished"
    assert capsys.readouterr().err.count("nobody there") == 1
    lines = [line["step"] for line in metrics(folder)]
    assert told == {"opened": [], "told": lines[:1], "closed": lines}[when]


def test_tensorboard_has_every_step_once(home: Path, tmp_path: Path) -> None:
    """After a run that was taken up too."""
    pytest.importorskip("tensorboard")
    from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

    config = settings(home, tmp_path, training={**SHORT, "checkpoint_steps": 2, "trackers": ["tensorboard"]})
    with at_each_step(stop_after(3)), pytest.raises(InterruptedError):
        train(config, name="run")
    folder = train(config, resume=tmp_path / "run").folder
    found = EventAccumulator(str(folder / "tensorboard")).Reload()
    curve = {event.step: event.value for event in found.Scalars("train/loss")}
    lines = [line for line in metrics(folder) if line["kind"] == "step"]
    assert curve == pytest.approx({line["step"]: line["loss"] for line in lines})
    assert len(found.Scalars("train/loss")) == len(lines)
    assert found.Scalars("validation/accuracy")


def test_trackio_has_every_step(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TRACKIO_DIR", str(tmp_path / "trackio"))
    storage = pytest.importorskip("trackio.sqlite_storage")
    config = settings(home, tmp_path / "runs", training={**SHORT, "trackers": ["trackio"]})
    folder = train(config, name="run").folder
    found = [
        row["train/loss"] for row in storage.SQLiteStorage.get_logs("hipatia", "run") if "train/loss" in row
    ]
    assert capsys.readouterr().out == ""  # trackio says hello where results belong
    assert found == pytest.approx([line["loss"] for line in metrics(folder) if line["kind"] == "step"])


def stop_after(step: int) -> During:
    def do(_: fit.Fit, taken: int) -> None:
        if taken == step:
            raise InterruptedError

    return do
