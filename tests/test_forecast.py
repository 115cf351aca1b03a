"""Memory and time foretold: the arithmetic by tables, and against what a tiny training holds."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tiny import save_tiny_model, tiny_llama

from hipatia.cli import main
from hipatia.config import LoraConfig, TrainingConfig, load_config
from hipatia.forecast import (
    Load,
    Place,
    Shape,
    Time,
    answering_bytes,
    forecast_memory,
    heaviest,
    largest_pass,
    longest_row,
    training_bytes,
)
from hipatia.modeling import apply_lora
from hipatia.training.forecasting import ways

# SmolLM2-135M with rank 16, in bfloat16.
SHAPE = Shape(30, 576, 192, 1536, 9, 49152, 16, 2, 269_000_000, 9_800_000, 4_900_000, stores_scores=True)


def memory(load: Load, free: int = 10**10, shape: Shape = SHAPE) -> Any:
    return forecast_memory(shape, load, held=800_000_000, free=free, device="cpu")


@pytest.mark.parametrize(
    ("at_once", "load"),
    [
        (1, Load(8, 160, 64, 1280)),
        (2, Load(8, 160, 64, 1280, 2)),
        (3, Load(6, 160, 64, 960, 3)),
        (32, Load(1, 160, 64, 160, 16)),
    ],
)
def test_parts_side_by_side_are_counted_together(at_once: int, load: Load) -> None:
    found = heaviest([160] * 16, [160] * 16, 16, 768, 64, at_once)
    assert found == load
    assert found.computed == load.at_once * (load.rows * 96 + 64)


@pytest.mark.parametrize(
    ("lengths", "batch", "most", "shared", "load"),
    [
        ([100, 90, 80, 10], 2, 768, 0, Load(2, 112, 0, 190)),
        ([160] * 16, 16, 768, 0, Load(4, 160, 0, 640)),
        ([160] * 16, 16, 768, 64, Load(8, 160, 64, 1280)),
        ([512] * 4, 4, 768, 0, Load(2, 512, 0, 1024)),
        ([1000, 20], 4, 768, 0, Load(1, 1008, 0, 1000)),
        ([100], 4, 768, 90, Load(1, 112, 0, 100)),
        ([100, 100], 4, 768, 15, Load(2, 112, 0, 200)),
    ],
)
def test_the_heaviest_pass(lengths: list[int], batch: int, most: int, shared: int, load: Load) -> None:
    assert heaviest(lengths, lengths, batch, most, shared) == load


@pytest.mark.parametrize(
    ("more", "less", "part"),
    [
        (Load(4, 160, 0, 300), Load(2, 160, 0, 300), "activations"),
        (Load(2, 320, 0, 300), Load(4, 160, 0, 300), "activations"),  # scores are a square
        (Load(4, 160, 0, 300), Load(4, 160, 64, 300), "activations"),
        (Load(4, 160, 0, 300), Load(4, 160, 0, 100), "logits"),
    ],
)
def test_more_takes_more(more: Load, less: Load, part: str) -> None:
    assert getattr(memory(more), part) > getattr(memory(less), part)
    assert memory(more).needed > memory(less).needed


def test_the_parts_are_the_whole() -> None:
    found = memory(Load(4, 160, 0, 300))
    assert found.needed == 800_000_000 + found.to_come
    assert found.optimizer == 12 * 4_900_000
    fused = memory(Load(4, 160, 0, 300), shape=replace(SHAPE, stores_scores=False))
    assert found.activations - fused.activations == 30 * 640 * 6 * 9 * 160


def test_what_would_fit_does_fit() -> None:
    load = Load(8, 160, 0, 800)
    assert memory(load).fits
    for free in range(150_000_000, 1_200_000_000, 50_000_000):
        tight = memory(load, free)
        tokens, length = largest_pass(SHAPE, load, tight), longest_row(SHAPE, tight)
        if tokens:
            rows = tokens // 160
            assert memory(Load(rows, 160, 0, 100 * rows), free).fits
        assert not tokens or (tokens == 8 * 160) == tight.fits
        assert memory(Load(1, length, 0, length), free).fits
    assert largest_pass(SHAPE, load, memory(load, 0)) == longest_row(SHAPE, memory(load, 0)) == 0


@pytest.mark.parametrize(
    ("time", "training", "seconds"),
    [
        (Time(100, 2.0, 0, 30, None), 200, 230),
        (Time(100, 2.0, 20, 30, None), 220, 250),
        (Time(100, 2.0, 20, 30, 60), 60, 90),  # evaluations stop with the steps, measuring comes after
        (Time(10, 2.0, 20, 0, 60), 40, 40),
    ],
)
def test_time_is_cut_at_its_limit(time: Time, training: float, seconds: float) -> None:
    assert (time.training, time.seconds) == (training, seconds)


@pytest.mark.parametrize("place", ["cpu", "gpu"])
def test_more_parameters_never_take_less(place: Place) -> None:
    sizes = [0.1e9 * 1.1**step for step in range(70)]
    for precision in ("bfloat16", "float32", "4bit"):
        amounts = [training_bytes(size, precision, place) for size in sizes]
        assert amounts == sorted(amounts)
    assert training_bytes(7e9, "4bit") < training_bytes(7e9, "bfloat16") < training_bytes(7e9, "float32")
    answers = [answering_bytes(size, 2 * size, place) for size in sizes]
    assert answers == sorted(answers)
    assert all(answer < training_bytes(size, "bfloat16") for answer, size in zip(answers, sizes, strict=True))


def test_the_embedded_model_takes_what_was_measured() -> None:
    assert 3.7e9 < training_bytes(0.135e9, "bfloat16", "cpu") < 4.1e9


@pytest.mark.parametrize(
    ("parameters", "layers", "hidden"),
    [(7.2e9, 32, 4096), (70e9, 80, 8192), (1.2e9, 16, 2048)],  # Mistral, Llama 3 of 70 and of 1 billion
)
def test_usual_shapes_are_like_the_real_ones(parameters: float, layers: int, hidden: int) -> None:
    shape = Shape.usual(parameters)
    assert shape.layers == pytest.approx(layers, rel=0.25)
    assert shape.hidden == pytest.approx(hidden, rel=0.25)
    assert shape.layers * shape.hidden == pytest.approx(layers * hidden, rel=0.35)


def test_checkpointing_keeps_less() -> None:
    saving = replace(SHAPE, checkpointing=True)
    load = Load(4, 160, 0, 300)
    assert memory(load, shape=saving).activations < memory(load).activations / 8
    assert memory(load, shape=saving).logits == memory(load).logits


# --- batches that fit -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "on_cpu", "found"),
    [
        ({}, True, [(8, 1, False, 512), (4, 2, False, 512), (2, 4, False, 512), (1, 8, False, 512)]),
        ({"batch_size": 6}, True, [(n, 6 // n, False, 512) for n in (6, 3, 2, 1)]),
        ({"batch_size": 2, "gradient_accumulation": 3}, True, [(2, 3, False, 512), (1, 6, False, 512)]),
        ({}, False, [(n, 8 // n, False, max(512, 512 * n)) for n in (8, 4, 2, 1)]),
        ({"gradient_accumulation": 2}, False, [(n, 16 // n, False, max(512, 512 * n)) for n in (16, 8, 4, 2, 1)]),
        ({"batch_size": 2}, False, [(2, 1, False, 512), (1, 2, False, 512)]),
    ],
)  # fmt: skip
@pytest.mark.parametrize("saving", ["auto", False, True])
def test_the_rows_of_a_step_stay(
    values: dict[str, Any], on_cpu: bool, found: list[tuple[Any, ...]], saving: Any
) -> None:
    settings = TrainingConfig(gradient_checkpointing=saving, **values)
    names = ("batch_size", "gradient_accumulation", "gradient_checkpointing", "pass_tokens")
    made = [tuple(way[name] for name in names) for way in ways(settings, 512, on_cpu=on_cpu)]
    kept, again = ([(*one[:2], saves, one[3]) for one in found] for saves in (False, True))
    assert made == {"auto": kept + again, False: kept, True: again}[saving]
    assert {one[0] * one[1] for one in made} == {settings.rows_per_step}


def test_the_shape_of_a_model() -> None:
    model = apply_lora(tiny_llama(), LoraConfig(rank=4))
    shape = Shape.of(model, 4, stores_scores=True)
    assert (shape.layers, shape.hidden, shape.keys, shape.feed_forward) == (2, 32, 16, 64)
    assert (shape.heads, shape.vocabulary, shape.bytes) == (4, 272, 4)
    assert shape.adapter_bytes == 4 * shape.adapter_parameters


@pytest.fixture
def small(tmp_path: Path) -> list[str]:
    """The command line of a training of forty sums on a tiny model."""
    base = save_tiny_model(tmp_path / "base")
    rows = [{"instruction": f"¿{n}+1?", "response": f"Son {n + 1}."} for n in range(40)]
    (tmp_path / "d.json").write_text(json.dumps(rows))
    sets = (f"paths.runs={tmp_path / 'runs'}", f"paths.cache={tmp_path / 'cache'}", "model.dtype=float32")
    options = [word for one in sets for word in ("--set", one)]
    return ["train", "--data", str(tmp_path / "d.json"), "--model", str(base), *options]


def test_the_command_stops_there(
    small: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*small, "--forecast", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["memory"]["fits"]
    assert found["memory"]["needed"] > found["memory"]["activations"] > 0
    assert found["training"] == {
        "batch_size": 8,
        "gradient_accumulation": 1,
        "gradient_checkpointing": False,
    }
    time = found["time"]
    assert time["steps"] > 0
    assert time["evaluations"] > 0
    assert time["measuring"] > 0
    assert time["seconds"] == time["training"] + time["measuring"]
    assert main([*small, "--forecast", "--language", "en"]) == 0
    shown = capsys.readouterr().out
    assert "Activations" in shown
    assert "Measuring the model before and after" in shown
    assert not (tmp_path / "runs").exists()


@pytest.mark.parametrize(
    ("free", "rows", "saves", "said"),
    [
        (10**9, 8, False, ""),
        (4_600_000, 4, False, "Batches of 8 rows do not fit"),
        (1_700_000, 1, True, "activations are computed twice"),
    ],
)
def test_a_training_takes_the_batches_that_fit(
    free: int,
    rows: int,
    saves: bool,
    said: str,
    small: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr("hipatia.training.forecasting._held_and_free", lambda _: (10**8, free))
    sets = ["--set", "training.max_steps=2", "--set", "evaluation.max_new_tokens=1", "--language", "en"]
    assert main([*small, *sets, "--name", "run", "--json"]) == 0
    assert said in capsys.readouterr().err
    kept = load_config(tmp_path / "runs" / "run" / "config.yaml", environ={}).config.training
    assert (kept.batch_size, kept.rows_per_step, kept.gradient_checkpointing) == (rows, 8, saves)


@pytest.mark.parametrize(
    ("free", "sets", "said"),
    [
        (1_800_000, ["training.gradient_checkpointing=false"], "training.gradient_checkpointing=true"),
        (1_800_000, ["training.gradient_checkpointing=false"], "data.max_length="),
        (100_000, [], "smaller model"),
    ],
)
def test_what_would_fit_is_said(
    free: int,
    sets: list[str],
    said: str,
    small: list[str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr("hipatia.training.forecasting._held_and_free", lambda _: (10**8, free))
    options = [word for one in sets for word in ("--set", one)]
    assert main([*small, *options, "--forecast", "--json", "--language", "en"]) == 1
    found = json.loads(capsys.readouterr().out)
    assert said in found["advice"]
    assert found["time"] is None
