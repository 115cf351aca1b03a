"""Memory and time foretold: the arithmetic by tables, and against what a tiny training holds."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tiny import save_tiny_model, tiny_llama

from hipatia.cli import main
from hipatia.config import LoraConfig
from hipatia.forecast import Load, Shape, Time, forecast_memory, heaviest, largest_pass, longest_row
from hipatia.modeling import apply_lora

# SmolLM2-135M with rank 16, in bfloat16.
SHAPE = Shape(30, 576, 192, 1536, 9, 49152, 16, 2, 269_000_000, 9_800_000, 4_900_000, stores_scores=True)


def memory(load: Load, free: int = 10**10, shape: Shape = SHAPE) -> Any:
    return forecast_memory(shape, load, held=800_000_000, free=free, device="cpu")


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
    ("time", "seconds"), [(Time(100, 2.0, None), 200), (Time(100, 2.0, 60), 60), (Time(10, 2.0, 60), 20)]
)
def test_time_is_cut_at_its_limit(time: Time, seconds: float) -> None:
    assert time.seconds == seconds


def test_the_shape_of_a_model() -> None:
    model = apply_lora(tiny_llama(), LoraConfig(rank=4))
    shape = Shape.of(model, 4, stores_scores=True)
    assert (shape.layers, shape.hidden, shape.keys, shape.feed_forward) == (2, 32, 16, 64)
    assert (shape.heads, shape.vocabulary, shape.bytes) == (4, 272, 4)
    assert shape.adapter_bytes == 4 * shape.adapter_parameters


def test_the_command_stops_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    base = save_tiny_model(tmp_path / "base")
    rows = [{"instruction": f"¿{n}+1?", "response": f"Son {n + 1}."} for n in range(40)]
    (tmp_path / "d.json").write_text(json.dumps(rows))
    sets = (f"paths.runs={tmp_path / 'runs'}", f"paths.cache={tmp_path / 'cache'}", "model.dtype=float32")
    options = [word for one in sets for word in ("--set", one)]
    arguments = ["train", "--forecast", "--data", str(tmp_path / "d.json"), "--model", str(base), *options]
    assert main([*arguments, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["memory"]["fits"]
    assert found["memory"]["needed"] > found["memory"]["activations"] > 0
    assert found["time"]["steps"] > 0
    assert main([*arguments, "--language", "en"]) == 0
    assert "Activations" in capsys.readouterr().out
    assert not (tmp_path / "runs").exists()
