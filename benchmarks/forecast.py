"""Is the forecast right? Memory and time of ``hipatia train --forecast`` against the same training's own.

    OMP_NUM_THREADS=1 python benchmarks/forecast.py [--steps 10] [--base embedded]

Three shapes of the bundled data. Each training and each forecast runs in a fresh process, for the peak of the
resident memory is a process's own; the rows of a shape are all as long as it says, or nearly. Time is that of the
steps, and of it all: an evaluation on the way and the measuring of base and tuned model included. Answers are
written few at a time, so that it is the training whose memory is measured.
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
    names = ("memory", "step", "whole")
    print("batch length" + "".join(f"   {name:>8}: forecast measured ratio" for name in names))
    for batch, length in SHAPES:
        common = {"batch": batch, "length": length, "steps": options.steps, "base": options.base}
        ahead, then = (_fresh(common | {"ahead": ahead}) for ahead in (True, False))
        cells = (f"   {'':9}{ahead[n]:9.2f}{then[n]:9.2f}{ahead[n] / then[n]:6.2f}" for n in names)
        print(f"{batch:5} {length:6}" + "".join(cells), flush=True)


def _fresh(one: dict[str, Any]) -> dict[str, float]:
    """The figures of a process of its own."""
    command = [sys.executable, __file__, "--one", json.dumps(one)]
    lines = subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()
    return json.loads(lines[-1])


def measure(batch: int, length: int, steps: int, base: str, *, ahead: bool) -> dict[str, float]:
    """Peak memory in GB, seconds a step and of it all: foretold, or of the training itself."""
    from hipatia.train import forecast, train

    with tempfile.TemporaryDirectory() as folder:
        config = _config(Path(folder), batch, length, steps, base)
        if ahead:
            found = forecast(config)
            assert found.time
            memory, time = found.memory.needed, found.time
            return {"memory": memory / 1e9, "step": time.seconds_per_step, "whole": time.seconds}
        result = train(config)
        training = result.manifest["training"]
        asked = [
            json.loads((result.folder / "evaluation" / f"{side}.json").read_text(encoding="utf-8"))["seconds"]
            for side in ("base", "tuned")
        ]
        return {
            "memory": training["peak_memory_bytes"] / 1e9,
            "step": training["seconds"] / training["steps"],
            "whole": training["seconds"] + training["evaluation_seconds"] + sum(asked),
        }


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
            "paths": {"runs": folder / "runs"},
            "data": {"files": [path], "max_length": length, "eval_fraction": 0.1, "test_fraction": 0.1},
            "training": {"batch_size": batch, "max_steps": steps, "evaluations": 1},
            "evaluation": {"batch_size": 16, "max_new_tokens": 24},
        }
    )


if __name__ == "__main__":
    main()
