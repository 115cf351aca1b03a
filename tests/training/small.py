"""Runs small enough to take a second: a tiny model, eighty sums, a dozen steps."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tiny import save_tiny_model

from hipatia.config import Config
from hipatia.training import fit


def sums(count: int = 80) -> list[dict[str, str]]:
    """Rows with answers."""
    return [
        {"instruction": f"¿{n} + {n * n}?", "response": f"Son {n + n * n}", "answer": str(n + n * n)}
        for n in range(count)
    ]


def write_rows(path: Path, rows: list[dict[str, str]]) -> Path:
    """A line a row, so that row n stands in line n + 1."""
    lines = [json.dumps(row, ensure_ascii=False) for row in rows]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def prepare(folder: Path) -> Path:
    """Model and rows in a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    save_tiny_model(folder / "base")
    write_rows(folder / "rows.jsonl", sums())
    return folder


def values(home: Path, runs: Path, **changes: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Settings for a run on ``prepare(home)``: 48 rows to train on, more than two epochs, dropout."""
    found: dict[str, dict[str, Any]] = {
        "paths": {"runs": str(runs), "cache": str(home / "cache")},
        "model": {"base": str(home / "base"), "dtype": "bfloat16"},
        "lora": {"dropout": 0.1, "rate_ratio": 1.0},  # dropout, so that random states matter
        "data": {"files": [str(home / "rows.jsonl")], "test_fraction": 0.4},
        "training": {
            "batch_size": 8,
            "learning_rate": 3e-3,
            "max_steps": 14,
            "checkpoint_steps": 3,
            "evaluations": 2,
            "evaluation_share": 1e9,
        },
        "evaluation": {"max_new_tokens": 1, "validation_problems": 2},
    }
    for section, some in changes.items():
        found[section] = {**found.get(section, {}), **some}
    return found


def settings(home: Path, runs: Path, **changes: dict[str, Any]) -> Config:
    """``values`` as a configuration."""
    return Config.model_validate(values(home, runs, **changes))


def metrics(folder: Path) -> list[dict[str, Any]]:
    """``metrics.jsonl`` without the clock's share in it; half a line at the end is none."""
    text = (folder / "metrics.jsonl").read_text() if (folder / "metrics.jsonl").is_file() else ""
    found = [json.loads(line) for line in text.split("\n")[:-1]]
    return [{name: value for name, value in line.items() if name != "seconds"} for line in found]


def adapter(folder: Path) -> bytes:
    """The weights that a run came to."""
    return (folder / "adapter" / "adapter_model.safetensors").read_bytes()


During = Callable[[fit.Fit, int], None]


@contextmanager
def at_each_step(do: During) -> Iterator[None]:
    """Within the block ``do(fit, step)`` is called after every step."""
    tell = fit.Fit._tell

    def told(self: fit.Fit, result: Any) -> None:
        tell(self, result)
        do(self, result.step)

    fit.Fit._tell = told  # type: ignore[method-assign]
    try:
        yield
    finally:
        fit.Fit._tell = tell  # type: ignore[method-assign]
