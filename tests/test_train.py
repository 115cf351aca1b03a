"""A whole training on a tiny model: files, figures, honesty of the splits, stopping."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tiny import save_tiny_model

from hipatia import datamodule, exercises
from hipatia import train as training
from hipatia.catalog import open_engine, resolve
from hipatia.cli import main
from hipatia.config import Config
from hipatia.errors import DataError, ModelError
from hipatia.runs import newest_finished, read_manifest
from hipatia.schema import Message
from hipatia.training.rows import load_splits

BANK = len(datamodule.bundled_bank())


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return save_tiny_model(tmp_path_factory.mktemp("base"))


def settings(base: Path, folder: Path, **changes: dict[str, Any]) -> Config:
    """Small enough to take seconds."""
    values: dict[str, dict[str, Any]] = {
        "paths": {"runs": folder / "runs", "cache": folder / "cache", "conversations": folder / "talk"},
        "model": {"base": str(base), "dtype": "float32"},
        "data": {"exercises": 40, "max_length": 4000},
        "training": {
            "batch_size": 8,
            "max_steps": 4,
            "evaluations": 1,
            "evaluation_share": 1e9,
            "pass_tokens": 2048,
        },
        "evaluation": {"max_new_tokens": 2, "validation_problems": 2, "unseen_exercises": 3},
    }
    for section, some in changes.items():
        values[section] |= some
    return Config.model_validate(values)


@pytest.fixture(scope="module")
def finished(base: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Config, training.TrainResult]:
    config = settings(
        base, tmp_path_factory.mktemp("work"), training={"max_steps": 12, "learning_rate": 1e-2}
    )
    return config, training.train(config, name="uno")


def test_a_run_leaves_what_was_promised(finished: tuple[Config, training.TrainResult]) -> None:
    config, result = finished
    names = {path.name for path in result.folder.iterdir() if not path.name.startswith(".")}
    assert names == {
        "config.yaml",
        "run.json",
        "metrics.jsonl",
        "adapter",
        "checkpoints",
        "evaluation",
        "report.html",
    }
    manifest = read_manifest(result.folder)
    assert manifest == json.loads(json.dumps(result.manifest, default=str))
    assert manifest["status"] == "finished"
    for side in ("base", "tuned"):
        assert set(manifest["accuracy"][side]) == {"value", "low", "high", "n"}
        assert manifest["accuracy"][side]["n"] == manifest["accuracy_exact"][side]["n"] == BANK
        answers = json.loads((result.folder / "evaluation" / f"{side}.json").read_text())["answers"]
        assert len(answers) == BANK
    figures = manifest["training"]
    assert figures["steps"] == 12
    assert figures["tokens"] > 12 * 8 * 50
    assert figures["peak_memory_bytes"] > 1e8
    assert len(manifest["base"]["sha256"]) == len(manifest["dataset"]["sha256"]) == 64


def test_it_learns(finished: tuple[Config, training.TrainResult]) -> None:
    _, result = finished
    losses = result.manifest["loss"]
    assert losses["tuned"]["test"] < losses["base"]["test"] - 0.1
    assert losses["tuned"]["test_conversations"] < losses["base"]["test_conversations"]


def test_metrics_have_every_step_and_evaluation(finished: tuple[Config, training.TrainResult]) -> None:
    _, result = finished
    lines = [json.loads(line) for line in (result.folder / "metrics.jsonl").read_text().splitlines()]
    steps = [line for line in lines if line["kind"] == "step"]
    assert [line["step"] for line in steps] == list(range(1, 13))
    assert all(line["gradient_norm"] > 0 and line["tokens"] > 0 for line in steps)
    (evaluation,) = [line for line in lines if line["kind"] == "evaluation"]
    assert evaluation["step"] == 6
    assert evaluation["accuracy"]["n"] == 2
    assert steps[0]["loss"] > evaluation["loss"]


def test_the_end_is_told_in_words(finished: tuple[Config, training.TrainResult]) -> None:
    from rich.console import Console

    _, result = finished
    console = Console(width=200)
    with console.capture() as capture:
        console.print(result.view())
    text = capture.get()
    for piece in (
        "base",
        "entrenado",
        f"(0/{BANK})",
        "Diferencia",
        f"hipatia chat {result.folder}",
        "problemas de enunciado",
    ):
        assert piece in text


@pytest.mark.parametrize(
    ("files", "base", "expected"),
    [
        ([], "embedded", "hipatia train --set"),
        (["clase.jsonl"], "embedded", "hipatia train --data clase.jsonl --set"),
        (
            ["mi clase.json", "b.csv"],
            "org/m",
            "hipatia train --data 'mi clase.json' --data b.csv --model org/m --set",
        ),
    ],
)
def test_a_longer_run_is_of_the_same_data_and_base(files: list[str], base: str, expected: str) -> None:
    from hipatia.training.show import longer_command

    command = longer_command({"dataset": {"files": files}, "base": {"source": base}})
    assert command == f"{expected} training.max_minutes=60"


def test_the_run_is_the_newest_and_talks(finished: tuple[Config, training.TrainResult]) -> None:
    config, result = finished
    assert newest_finished(config.paths.runs) == result.folder
    for model in (None, "latest", "uno", str(result.folder), str(result.folder / "adapter")):
        assert resolve(model, config).kind == "adapter"
    engine = open_engine("uno", config)
    assert "uno" in engine.describe()
    (answer,) = engine.generate([[Message("user", "¿2+2?")]], config.generation)
    assert answer.completion_tokens > 0


def test_the_same_seed_gives_the_same_training(base: Path, tmp_path: Path) -> None:
    def losses(name: str, **changes: Any) -> list[float]:
        config = settings(
            base, tmp_path, data={"files": [path], "test_fraction": 0.5}, training={"seed": 3, **changes}
        )
        folder = training.train(config, name=name).folder
        lines = [json.loads(line) for line in (folder / "metrics.jsonl").read_text().splitlines()]
        return [line["loss"] for line in lines if line["kind"] == "step"]

    path = write_rows(tmp_path / "d.json", 80, True)
    first = losses("a")
    assert losses("b", evaluations=0) == first
    assert losses("c", pass_tokens=300) == pytest.approx(first, rel=1e-4)
    assert losses("d", gradient_checkpointing=True) == pytest.approx(first, rel=1e-4)
    assert losses("e", batch_size=4, gradient_accumulation=2) != first


def test_splits_are_disjoint_and_far_from_the_bank() -> None:
    config = Config()
    splits = load_splits(config)
    sides = [splits.train, splits.validation, splits.test]
    texts = [{datamodule.splits.question_text(row) for row in side} for side in sides]
    assert not texts[0] & texts[1]
    assert not texts[0] & texts[2]
    assert not texts[1] & texts[2]
    assert sum(map(len, sides)) == config.exercise_count + config.conversation_count
    masked = {exercises.mask_numerals(message.content) for row in splits.train for message in row.messages}
    bank = {exercises.mask_numerals(problem.question) for problem in datamodule.bundled_bank()}
    assert not masked & bank
    unseen = {family.name for family in exercises.UNSEEN_FAMILIES}
    assert not unseen & {row.family for side in sides for row in side}
    assert len(unseen) * 5 >= len(exercises.FAMILIES)
    assert any(row.family is None for row in splits.test)


def write_rows(path: Path, count: int, answer: bool) -> Path:
    rows = [
        {"instruction": f"¿Cuánto es {n} + {n * n}?", "response": f"Respuesta: {n + n * n}"}
        | ({"answer": str(n + n * n)} if answer else {})
        for n in range(count)
    ]
    path.write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")
    return path


@pytest.mark.parametrize("answer", [True, False])
def test_own_data_is_measured_on_its_own_test_rows_if_it_has_answers(
    base: Path, tmp_path: Path, answer: bool
) -> None:
    config = settings(
        base, tmp_path, data={"files": [write_rows(tmp_path / "d.json", 80, answer)], "test_fraction": 0.5}
    )
    manifest = training.train(config, name="own").manifest
    assert manifest["accuracy"]["tuned"]["n"] == (40 if answer else BANK)
    assert manifest["accuracy"]["unseen_families"]["tuned"]["n"] == 0
    assert set(manifest["loss"]["tuned"]) == {"test", "test_conversations"}
    assert manifest["loss"]["tuned"]["test_conversations"] is None


def test_rejected_rows_are_kept_beside_the_run(base: Path, tmp_path: Path) -> None:
    path = write_rows(tmp_path / "d.json", 20, False)
    rows = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps([*rows, {"instruction": "sin respuesta"}]), encoding="utf-8")
    result = training.train(settings(base, tmp_path, data={"files": [path]}), name="r")
    (reject,) = (result.folder / "d.json.rejects.jsonl").read_text(encoding="utf-8").splitlines()
    assert json.loads(reject)["row"] == 21


def test_the_command_line_trains_and_prints_one_json_object(
    base: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    small = [
        "data.exercises=20",
        "training.max_steps=1",
        "training.evaluations=0",
        "evaluation.max_new_tokens=1",
    ]
    sets = [text for one in (*small, f"paths.cache={tmp_path}") for text in ("--set", one)]
    assert main(["train", "--model", str(base), "--name", "x", "--json", *sets]) == 0
    assert json.loads(capsys.readouterr().out)["status"] == "finished"
    assert main(["train", "--model", str(base), "--name", "x", *sets]) == 2
    assert "--name" in capsys.readouterr().err
    assert main(["evaluate", "x", "--compare", str(base), "--limit", "2", "--json", *sets]) == 0
    assert json.loads(capsys.readouterr().out)["difference"]["n"] == 2


# --- what a MODEL argument means ------------------------------------------------------------------


def test_no_run_means_the_embedded_model(tmp_path: Path) -> None:
    config = Config.model_validate({"paths": {"runs": tmp_path}})
    for model in (None, "latest", "embedded"):
        assert resolve(model, config).location == "embedded"


def test_folders_are_known_by_what_they_hold(tmp_path: Path) -> None:
    config = Config.model_validate({"paths": {"runs": tmp_path}})
    for name, files in {
        "whole": ["config.json"],
        "one": ["m.gguf"],
        "none": ["x.txt"],
        "two": ["a.gguf", "b.gguf"],
    }.items():
        (tmp_path / name).mkdir()
        for file in files:
            (tmp_path / name / file).write_text("{}")
    assert resolve(str(tmp_path / "whole"), config).kind == "whole"
    assert resolve(str(tmp_path / "one"), config).location.endswith("m.gguf")
    (tmp_path / "none" / "run.json").write_text("{}")
    for name in ("none", "two"):
        with pytest.raises(ModelError) as caught:
            resolve(str(tmp_path / name), config)
        assert caught.value.hint
    assert resolve("org/name", config).location == "org/name"


def test_one_row_is_learnt_from_and_none_is_an_error(base: Path, tmp_path: Path) -> None:
    path = tmp_path / "one.json"
    path.write_text(json.dumps([{"question": "¿1+1?", "answer": "2"}]), encoding="utf-8")
    config = settings(base, tmp_path, data={"files": [path]})
    assert len(load_splits(config).train) == 1
    path.write_text("[]", encoding="utf-8")
    with pytest.raises(DataError) as caught:
        load_splits(config)
    assert caught.value.hint
