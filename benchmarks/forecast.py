"""Is the forecast right? Memory and time of ``hipatia train --forecast`` against the same training's own.

    OMP_NUM_THREADS=1 python benchmarks/forecast.py [--steps 10] [--base embedded]

Three shapes of the bundled data. Each training and each forecast runs in a fresh process, for the peak of the
resident memory is a process's own; the rows of a shape are all as long as it says, or nearly.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

SHAPES = ((4, 160), (16, 160), (4, 512))  # rows a step, tokens a row


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--steps", type=int, default=10)
    parser.add_argument("--base", default="embedded")
    parser.add_argument("--one", type=json.loads, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        print(json.dumps(measure(**options.one)))
        return
    print(f"{'batch':>5} {'length':>6}   {'memory GB: forecast':>19} {'measured':>8} {'ratio':>6}", end="")
    print(f"   {'s/step: forecast':>16} {'measured':>8} {'ratio':>6}")
    for batch, length in SHAPES:
        common = {"batch": batch, "length": length, "steps": options.steps, "base": options.base}
        ahead, then = (_fresh(common | {"ahead": ahead}) for ahead in (True, False))
        ratios = [ahead[name] / then[name] for name in ("memory", "seconds")]
        print(
            f"{batch:5} {length:6}   {ahead['memory'] / 1e9:19.2f} {then['memory'] / 1e9:8.2f} {ratios[0]:6.2f}",
            end="",
        )
        print(f"   {ahead['seconds']:16.2f} {then['seconds']:8.2f} {ratios[1]:6.2f}", flush=True)


def _fresh(one: dict[str, Any]) -> dict[str, float]:
    """The figures of a process of its own."""
    command = [sys.executable, __file__, "--one", json.dumps(one)]
    lines = subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()
    return json.loads(lines[-1])


def measure(batch: int, length: int, steps: int, base: str, *, ahead: bool) -> dict[str, float]:
    """Peak memory in bytes and seconds a step: foretold, or measured over so many steps."""
    from hipatia.train import forecast, peak_memory

    with tempfile.TemporaryDirectory() as folder:
        config = _config(Path(folder), batch, length, steps, base)
        if ahead:
            found = forecast(config)
            assert found.time
            return {"memory": found.memory.needed, "seconds": found.time.seconds_per_step}
        import hipatia.training.forecasting as forecasting

        forecasting._STEPS = steps + 1  # the steps alone, without the answers before and after
        seconds = forecast(config).time.seconds_per_step  # type: ignore[union-attr]
        return {"memory": peak_memory() or 0, "seconds": seconds}


def _config(folder: Path, batch: int, length: int, steps: int, base: str) -> Any:
    """Settings over rows that nearly fill the length: as many exercises in one as fit. Longer ones are dropped."""
    from hipatia.config import Config
    from hipatia.exercises import generate

    rows: list[dict[str, Any]] = []
    made = (one.conversation().messages for one in generate(40 * batch, seed=1, language="es"))
    messages: list[dict[str, str]] = []
    for one in made:
        turns = [{"role": message.role, "content": message.content} for message in one]
        if messages and sum(len(turn["content"]) for turn in [*messages, *turns]) > 2 * (length - 80):
            rows.append({"messages": messages})
            messages = []
        messages = [*messages, *turns]
    path = folder / "rows.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return Config.model_validate(
        {
            "model": {"base": base},
            "data": {"files": [path], "max_length": length, "eval_fraction": 0, "test_fraction": 0},
            "training": {"batch_size": batch, "max_steps": steps + 1},
        }
    )


if __name__ == "__main__":
    main()
