"""kill -9 at random moments of a training's life, a third of them inside the writing of a checkpoint.

    python benchmarks/kills.py [--kills 100] [--base embedded] [--steps 60] [--seed 0]

A run that nobody kills comes first. Each kill then hits a fresh run at a moment that is uniform over the life
of the first one (or over the writing of one of its checkpoints); the run is taken up and brought to its end.
Prints how many steps each kill cost, and whether metrics, adapter and answers are those of the first run, bit
for bit. Processes are forked from one that has imported everything, so that lives are not mostly imports.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import select
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import datasets
import pandas
import peft.tuners.lora
import transformers.models.llama.modeling_llama

import hipatia.evaluation.show
import hipatia.training.fit
import hipatia.training.show
from hipatia.config import Config
from hipatia.runs import CHECKPOINTS, CONFIG, newest_finished
from hipatia.train import train
from hipatia.training.checkpoints import Checkpoints

IMPORTED = (datasets, pandas, peft, transformers, hipatia)  # once, for all processes
NAME = "run"


@dataclass
class Life:
    """A process that trains: what it tells of the checkpoints that it writes."""

    pid: int
    began: float
    pipe: int

    def saves(self) -> list[tuple[float, float]]:
        """(begin, end) of each writing of a checkpoint; waits until the process ends."""
        with os.fdopen(self.pipe, "rb") as file:
            times = [float(line) for line in file]
        return list(zip(times[::2], times[1::2], strict=False))

    def wait_for_save(self, number: int) -> bool:
        """Wait until a checkpoint is being written; False if the process ends before."""
        for _ in range(2 * number + 1):
            select.select([self.pipe], [], [])
            line = b""
            while not line.endswith(b"\n"):
                piece = os.read(self.pipe, 1)
                if not piece:
                    return False
                line += piece
        return True

    def end(self) -> int:
        """The signal that ended it, 0 for none. Raises RuntimeError where it failed by itself."""
        _, status = os.waitpid(self.pid, 0)
        if os.WIFEXITED(status) and os.WEXITSTATUS(status):
            raise RuntimeError("a training failed by itself; its log says why")
        return os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0


def start(config: Config, log: Path) -> Life:
    """Begin or take up the run, in a process of its own."""
    reading, writing = os.pipe()
    began = time.perf_counter()
    pid = os.fork()
    if pid:
        os.close(writing)
        return Life(pid, began, reading)
    code = 1
    try:
        file = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        os.dup2(file, 1)
        os.dup2(file, 2)
        told(Checkpoints.save, lambda: os.write(writing, f"{time.perf_counter() - began}\n".encode()))
        folder = config.paths.runs / NAME
        if not (folder / CONFIG).is_file():
            train(config, name=NAME)
        elif newest_finished(config.paths.runs) != folder:
            train(config, resume=folder)
        code = 0
    finally:
        os._exit(code)


def told(save: Callable[..., Path], tell: Callable[[], Any]) -> None:
    """Tell of the begin and the end of each writing of a checkpoint."""

    def telling(*arguments: Any, **named: Any) -> Path:
        tell()
        try:
            return save(*arguments, **named)
        finally:
            tell()

    Checkpoints.save = telling  # type: ignore[method-assign]


def kill(life: Life, moment: float, save: int | None) -> bool:
    """Kill after so many seconds, counted from the begin of the life or of a save. Whether it was in time."""
    if save is not None and not life.wait_for_save(save):
        life.end()
        return False
    wait = moment if save is not None else life.began + moment - time.perf_counter()
    time.sleep(max(0.0, wait))
    os.kill(life.pid, signal.SIGKILL)
    os.close(life.pipe)
    return life.end() == signal.SIGKILL


# --- what is left ---------------------------------------------------------------------------------


def steps(folder: Path) -> list[dict[str, Any]]:
    """``metrics.jsonl`` without the clock's share in it."""
    path = folder / "metrics.jsonl"
    lines = path.read_text().split("\n")[:-1] if path.is_file() else []
    return [{k: v for k, v in json.loads(line).items() if k != "seconds"} for line in lines]


def lost(folder: Path) -> int:
    """Steps beyond the newest checkpoint. Raises RuntimeError where a checkpoint does not verify."""
    found = Checkpoints(folder / CHECKPOINTS, kept=1).newest()
    if found.damaged:
        raise RuntimeError(f"{found.damaged[0].path}: {found.damaged[0].reason}")
    kept = int(found.path.name.removeprefix("step-")) if found.path else 0
    return max((line["step"] for line in steps(folder)), default=0) - kept


def differences(folder: Path, whole: Path) -> list[str]:
    """What is not as in the run that nobody killed."""
    wrong = [] if steps(folder) == steps(whole) else ["metrics"]
    weights = "adapter/adapter_model.safetensors"
    if (folder / weights).read_bytes() != (whole / weights).read_bytes():
        wrong.append("adapter")
    mine, theirs = (json.loads((one / "evaluation/tuned.json").read_text()) for one in (folder, whole))
    return wrong + ([] if mine["answers"] == theirs["answers"] else ["answers"])


# --- the benchmark --------------------------------------------------------------------------------


def settings(work: Path, base: str, count: int) -> Config:
    """A run on eighty sums, with dropout (so that random states matter), a checkpoint every fifth step."""
    rows = [
        {"instruction": f"¿{n} + {n * n}?", "response": f"Son {n + n * n}", "answer": str(n + n * n)}
        for n in range(80)
    ]
    (work / "rows.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    values: dict[str, Any] = {
        "paths": {"runs": work / "first"},
        "model": {"base": base},
        "lora": {"dropout": 0.1},
        "data": {"files": [work / "rows.jsonl"], "test_fraction": 0.4},
        "training": {
            "max_steps": count,
            "checkpoint_steps": 5,
            "evaluation_share": 1e9,
            "keep": "best",
        },
        "evaluation": {"max_new_tokens": 2, "validation_problems": 2},
    }
    return Config.model_validate(values)


def tiny_base(folder: Path) -> str:
    """The test suite's tiny model."""
    sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
    from tiny import save_tiny_model

    return str(save_tiny_model(folder))


def elsewhere(config: Config, runs: Path) -> Config:
    return config.model_copy(update={"paths": config.paths.model_copy(update={"runs": runs})})


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--base", help="base model (else the test suite's tiny one)")
    parser.add_argument("--steps", type=int, default=60)
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args()
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    rng = random.Random(given.seed)
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        config = settings(work, given.base or tiny_base(work / "base"), given.steps)
        start(config, work / "log").end()  # what is cached is cached
        shutil.rmtree(work / "first")
        life = start(config, work / "log")
        saves = life.saves()
        life.end()
        whole, length = work / "first" / NAME, time.perf_counter() - life.began
        print(f"A whole life: {length:.1f} s, {given.steps} steps, {len(saves)} checkpoints.", flush=True)
        outcomes: Counter[str] = Counter()
        costs: list[int] = []
        while len(costs) < given.kills:
            runs = work / f"killed-{len(costs)}"
            mine = elsewhere(config, runs)
            save = rng.randrange(len(saves)) if len(costs) % 3 == 2 else None
            begin, end = saves[save] if save is not None else (0.0, length)
            if not kill(start(mine, work / "log"), rng.uniform(0, end - begin), save):
                outcomes["too late: the run was finished"] += 1
                shutil.rmtree(runs, ignore_errors=True)
                continue
            left = list((runs / NAME / CHECKPOINTS).glob(".*.tmp"))
            outcomes["killed inside a checkpoint" if left else "killed elsewhere"] += 1
            costs.append(lost(runs / NAME))
            start(mine, work / "log").end()
            wrong = differences(runs / NAME, whole)
            outcomes["the same as never killed" if not wrong else f"OTHER: {', '.join(wrong)}"] += 1
            shutil.rmtree(runs)
        for text, count in outcomes.items():
            print(f"{count:5}  {text}")
        print(f"Steps lost: {max(costs)} at most, {sum(costs) / len(costs):.1f} on average.")


if __name__ == "__main__":
    main()
