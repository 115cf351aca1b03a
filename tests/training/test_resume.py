"""Stopping and taking up again: signals, damaged checkpoints, other data or settings, the offer."""

from __future__ import annotations

import json
import os
import shutil
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from small import During, adapter, at_each_step, metrics, settings, sums, write_rows
from tiny import save_tiny_model

from hipatia.catalog import open_engine
from hipatia.config import Config
from hipatia.errors import RunError
from hipatia.runs import CHECKPOINTS, RunFolder, newest_finished, read_manifest
from hipatia.train import TrainResult, train
from hipatia.training import fit, measure, resume
from hipatia.training.checkpoints import Checkpoints, problem_with
from hipatia.training.display import Display


def send(*signals: signal.Signals, step: int = 5) -> During:
    """Send signals to this process after a step."""

    def do(_: fit.Fit, taken: int) -> None:
        if taken == step:
            for number in signals:
                os.kill(os.getpid(), number)

    return do


def interrupted(config: Config, step: int = 5) -> TrainResult:
    """A run that Ctrl-C stops."""
    with at_each_step(send(signal.SIGINT, step=step)):
        return train(config, name="run")


def steps(folder: Path) -> list[int]:
    return [line["step"] for line in metrics(folder) if line["kind"] == "step"]


# --- signals --------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_finishes_the_step_and_saves(
    number: signal.Signals, home: Path, whole: Path, tmp_path: Path
) -> None:
    config = settings(home, tmp_path)
    with at_each_step(send(number)):
        result = train(config, name="run")
    assert not result.finished
    assert steps(result.folder) in ([1, 2, 3, 4, 5], [1, 2, 3, 4, 5, 6])
    manifest = read_manifest(result.folder)
    assert manifest is not None
    assert manifest["status"] == "interrupted"
    assert manifest["training"]["ended"] == "interrupted"
    newest = Checkpoints(result.folder / CHECKPOINTS, 2).newest()
    assert newest.path
    assert newest.path.name == f"step-{steps(result.folder)[-1]:08}"
    assert newest_finished(tmp_path) is None
    assert open_engine(str(result.folder), config)
    again = train(config, resume=result.folder)
    assert again.finished
    assert len(again.manifest["resumed"]) == 1
    assert metrics(again.folder) == metrics(whole)
    assert adapter(again.folder) == adapter(whole)


def test_two_signals_stop_now(home: Path, whole: Path, tmp_path: Path) -> None:
    config = settings(home, tmp_path)
    with at_each_step(send(signal.SIGINT, signal.SIGTERM)), pytest.raises(KeyboardInterrupt):
        train(config, name="run")
    folder = tmp_path / "run"
    assert (read_manifest(folder) or {})["status"] == "interrupted"
    assert not (folder / "adapter").exists()
    train(config, resume=folder)
    assert metrics(folder) == metrics(whole)
    assert adapter(folder) == adapter(whole)


def test_a_signal_before_anything_is_computed_leaves_no_folder(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def kill(*_: Any) -> None:
        os.kill(os.getpid(), signal.SIGTERM)

    before = signal.getsignal(signal.SIGTERM)
    monkeypatch.setattr("hipatia.train.modeling.load_base", kill)
    with pytest.raises(KeyboardInterrupt):
        train(settings(home, tmp_path), name="run")
    assert list(tmp_path.iterdir()) == []
    assert signal.getsignal(signal.SIGTERM) == before


def test_a_signal_while_the_end_is_measured_costs_no_step(
    home: Path, whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = settings(home, tmp_path)
    with monkeypatch.context() as patch:
        patch.setattr(
            "hipatia.training.measure.measured_tuned", lambda _: os.kill(os.getpid(), signal.SIGINT)
        )
        with pytest.raises(KeyboardInterrupt):
            train(config, name="run")
    assert (read_manifest(tmp_path / "run") or {})["status"] == "interrupted"

    def forbid(*_: Any) -> None:
        raise AssertionError("there is nothing left to learn")

    with at_each_step(forbid):
        result = train(config, resume=tmp_path / "run")
    assert result.finished
    assert adapter(result.folder) == adapter(whole)


def test_the_base_is_measured_once(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config = settings(home, tmp_path)
    folder = interrupted(config).folder
    before = (folder / "evaluation" / "base.json").read_bytes()
    asked: list[str] = []
    original = measure._measured
    monkeypatch.setattr(measure, "_measured", lambda run, side: asked.append(side) or original(run, side))
    result = train(config, resume=folder)
    assert asked == ["tuned"]
    assert (folder / "evaluation" / "base.json").read_bytes() == before
    assert result.manifest["accuracy"]["base"]["n"] == 32
    assert result.comparison
    assert len(result.comparison.first.answers) == 32


# --- checkpoints ----------------------------------------------------------------------------------


def truncate(path: Path) -> None:
    file = path / "optimizer_master.safetensors"
    file.write_bytes(file.read_bytes()[:-100])


def flip_a_bit(path: Path) -> None:
    file = path / "adapter.safetensors"
    content = bytearray(file.read_bytes())
    content[-1] ^= 1
    file.write_bytes(content)


def empty(path: Path) -> None:
    for file in path.iterdir():
        file.unlink()


WILD = {"learning_rate": 3.0, "schedule": "constant"}  # no evaluation is like the one before

DAMAGES: dict[str, tuple[Callable[[Path], None], str]] = {
    "truncated": (truncate, "optimizer_master.safetensors no está"),
    "flipped": (flip_a_bit, "adapter.safetensors no está"),
    "file missing": (lambda path: (path / "random.json").unlink(), "falta random.json"),
    "no manifest": (lambda path: (path / "manifest.json").unlink(), "manifiesto"),
    "half a manifest": (lambda path: (path / "manifest.json").write_text('{"schema": 1, "fi'), "manifiesto"),
    "another manifest": (lambda path: (path / "manifest.json").write_text("[1]"), "manifiesto"),
    "empty": (empty, "manifiesto"),
}


@pytest.fixture(scope="module")
def stopped(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run that was stopped after the eighth step: its checkpoints are of steps 5 and 8."""
    return interrupted(settings(home, tmp_path_factory.mktemp("stopped")), step=8).folder


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_checkpoint_is_named_and_passed_over(
    damage: str, stopped: Path, home: Path, whole: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "run"
    shutil.copytree(stopped, folder)
    newest = Checkpoints(folder / CHECKPOINTS, 2).newest().path
    assert newest
    hurt, reason = DAMAGES[damage]
    hurt(newest)
    assert reason in (problem_with(newest) or "")
    result = train(settings(home, tmp_path), resume=folder)
    errors = capsys.readouterr().err
    assert f"{newest.name} está dañado" in errors
    assert "Se sigue después del paso 5 de 14" in errors
    assert metrics(result.folder) == metrics(whole)
    assert adapter(result.folder) == adapter(whole)
    assert not any(problem_with(path) for path in (folder / CHECKPOINTS).iterdir())


def test_without_a_whole_checkpoint_the_run_begins_anew(
    stopped: Path, home: Path, whole: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "run"
    shutil.copytree(stopped, folder)
    for path in (folder / CHECKPOINTS).iterdir():
        empty(path)
    result = train(settings(home, tmp_path), resume=folder)
    assert metrics(result.folder) == metrics(whole)
    assert adapter(result.folder) == adapter(whole)


def best_step(folder: Path) -> int:
    """The step of the evaluation with most right answers, and of those with the smallest loss."""
    found = [line for line in metrics(folder) if line["kind"] == "evaluation"]
    return int(min(found, key=lambda line: (-line["accuracy"]["value"], line["loss"]))["step"])


@pytest.fixture(scope="module")
def wild_seed(home: Path, tmp_path_factory: pytest.TempPathFactory) -> int:
    """A seed whose last evaluation is not the best; which one it is depends on the processor."""
    for seed in range(12):
        run = settings(home, tmp_path_factory.mktemp("wild"), training={**WILD, "keep": "best", "seed": seed})
        if best_step(train(run, name="run").folder) < 14:
            return seed
    raise AssertionError("the last evaluation is always the best")


@pytest.mark.parametrize("kept", [1, 2])
def test_the_last_and_the_best_are_kept(kept: int, home: Path, tmp_path: Path, wild_seed: int) -> None:
    changes = {"checkpoints_kept": kept, "keep": "best", "seed": wild_seed, **WILD}
    result = train(settings(home, tmp_path, training=changes), name="run")
    best = best_step(result.folder)
    assert result.manifest["training"]["best_step"] == best < 14
    steps = sorted(int(path.name[-8:]) for path in (result.folder / CHECKPOINTS).iterdir())
    assert len(steps) == kept + 1
    assert (steps[0], steps[-1]) == (best, 14)


def test_the_best_adapter_is_taken_in_its_own_precision(home: Path, tmp_path: Path, wild_seed: int) -> None:
    from safetensors.torch import load_file

    changes = {"seed": wild_seed, **WILD}
    best = train(settings(home, tmp_path, training={**changes, "keep": "best"}), name="best").folder
    last = train(settings(home, tmp_path, training={**changes, "keep": "last"}), name="last").folder
    kept = load_file(best / "adapter" / "adapter_model.safetensors")
    checkpoint = load_file(best / CHECKPOINTS / f"step-{best_step(best):08}" / "adapter.safetensors")
    assert all(str(tensor.dtype) == "torch.bfloat16" for tensor in kept.values())
    for name, tensor in checkpoint.items():
        assert kept[name.replace(".default", "")].equal(tensor)
    assert adapter(best) != adapter(last)


# --- the same run ---------------------------------------------------------------------------------


def test_other_settings_are_refused_and_shown(home: Path, stopped: Path) -> None:
    changes = {"learning_rate": 1e-4, "checkpoint_steps": 5, "max_minutes": 9.0}
    other = settings(home, stopped.parent, training=changes, lora={"rank": 8})
    with pytest.raises(RunError) as caught:
        train(other, resume=stopped)
    assert "training.learning_rate: 0.003 → 0.0001" in caught.value.message
    assert "lora.rank: 16 → 8" in caught.value.message
    assert "checkpoint" not in caught.value.message
    assert "max_minutes" not in caught.value.message
    assert "--force" in (caught.value.hint or "")


@pytest.mark.parametrize("what", ["rows", "base"])
def test_other_data_or_another_base_is_refused_and_shown(
    what: str, home: Path, stopped: Path, tmp_path: Path
) -> None:
    own = tmp_path / "home"
    shutil.copytree(home, own)
    config = settings(own, tmp_path, training={"evaluations": 0, "max_steps": 8})
    folder = interrupted(config, step=4).folder
    if what == "rows":
        write_rows(own / "rows.jsonl", sums(81))
    else:
        save_tiny_model(own / "base", seed=1)
    with pytest.raises(RunError) as caught:
        train(config, resume=folder)
    shown = {"rows": "filas de entrenamiento: 46 (", "base": "modelo base: "}[what]
    assert shown in caught.value.message
    assert (read_manifest(folder) or {})["status"] == "failed"
    result = train(config, resume=folder, force=True)
    assert result.finished
    assert steps(folder) == list(range(1, 9))


def test_an_adapter_of_another_shape_is_refused_even_by_force(
    home: Path, stopped: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "run"
    shutil.copytree(stopped, folder)
    with pytest.raises(RunError, match="otra forma"):
        train(settings(home, tmp_path, lora={"rank": 8}), resume=folder, force=True)


def test_a_finished_run_and_one_at_work_are_refused(home: Path, whole: Path, stopped: Path) -> None:
    with pytest.raises(RunError, match="terminado"):
        train(settings(home, whole.parent), resume=whole)
    with RunFolder.open(stopped), pytest.raises(RunError, match="Otro proceso"):
        train(settings(home, stopped.parent), resume=stopped)


# --- finding it -----------------------------------------------------------------------------------


def test_a_run_is_found_by_name_or_folder(stopped: Path) -> None:
    assert resume.find_run(stopped.parent, "run") == stopped
    assert resume.find_run(Path("elsewhere"), str(stopped)) == stopped
    for run, name in (("nothing", None), ("run", "new")):
        with pytest.raises(RunError):
            resume.find_run(stopped.parent, run, name)


def test_an_unfinished_run_with_the_same_settings_is_named(
    home: Path, stopped: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = settings(home, stopped.parent)
    assert resume.offer(config, None) is None
    assert f"hipatia train --resume {stopped}" in capsys.readouterr().err.replace("\n", "")
    for same in (False, True):
        changes = {} if same else {"epochs": 3.0}
        assert resume.offer(settings(home, stopped.parent, training=changes), "new" if same else None) is None
        assert capsys.readouterr().err == ""
    (stopped / CHECKPOINTS).rename(stopped / "elsewhere")
    assert resume.offer(config, None) is None
    (stopped / "elsewhere").rename(stopped / CHECKPOINTS)
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(("answer", "taken"), [("s", True), ("", False), ("n", False)])
def test_on_a_terminal_it_is_offered(
    answer: str, taken: bool, home: Path, stopped: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Display, "can_ask", True)
    monkeypatch.setattr("builtins.input", lambda: answer)
    assert resume.offer(settings(home, stopped.parent), None) == (stopped if taken else None)


BEGUN = Config.model_validate(
    {
        "data": {"conversations": 84, "exercises": 3150},
        "training": {"batch_size": 4, "gradient_accumulation": 2, "max_minutes": 7},
    }
)


@pytest.mark.parametrize(
    ("given", "differing"),
    [
        ({}, []),
        ({"training": {"max_minutes": 60}}, []),  # more time is no more data
        ({"training": {"batch_size": 8, "max_minutes": None}}, []),
        ({"training": {"batch_size": 8, "gradient_accumulation": 2}}, ["training.batch_size"]),
        ({"training": {"epochs": 2}}, ["training.epochs"]),
        ({"data": {"exercises": 100}}, ["data.exercises"]),
        ({"data": {"max_length": 100}}, ["data.max_length"]),
    ],
)
def test_what_is_left_to_the_run_stays_as_it_was(given: dict[str, Any], differing: list[str]) -> None:
    new = resume.as_begun(BEGUN, Config.model_validate(given))
    lines = resume.settings_differences(BEGUN, new)
    assert [line.partition(":")[0] for line in lines] == differing


def test_a_run_is_given_more_time(home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """On the bundled data, whose amount goes by the time."""
    from hipatia.cli import main

    data = {"files": [], "test_fraction": 0.05, "max_length": 400}
    training = {"max_steps": None, "batch_size": "auto", "max_minutes": 0.1, "evaluations": 0}
    folder = interrupted(settings(home, tmp_path, data=data, training=training), step=2).folder
    begun = read_manifest(folder)
    assert begun
    capsys.readouterr()
    more = ["--set", "training.max_minutes=0.2", "--json"]
    assert main(["train", "--resume", str(folder), *more]) == 0
    finished = json.loads(capsys.readouterr().out)
    assert finished["dataset"] == begun["dataset"]
    assert finished["training"]["planned_steps"] == begun["training"]["planned_steps"]
    config = resume.run_config(folder)
    assert (config.data.conversations, config.data.exercises) == (1, 60)
    assert config.time_limit == 0.2


def test_the_command_line_goes_on_with_the_runs_own_settings(
    home: Path, whole: Path, stopped: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from hipatia.cli import main

    folder = tmp_path / "run"
    shutil.copytree(stopped, folder)
    assert main(["train", "--resume", str(folder), "--set", "training.learning_rate=0.1"]) == 2
    assert "training.learning_rate: 0.003 → 0.1" in capsys.readouterr().err
    assert main(["train", "--resume", str(folder), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["status"] == "finished"
    assert metrics(folder) == metrics(whole)
    assert adapter(folder) == adapter(whole)
    assert main(["train", "--resume", str(folder)]) == 2
    assert "terminado" in capsys.readouterr().err
