"""Trainings that are killed where they are told to be: a script that reads jobs, one JSON object a line.

It imports everything once and forks a process for each job: ``{"config", "runs_folder", "kill"}``. A run that
exists there is taken up, else it begins. ``kill`` is null, ``{"call": n}`` (SIGKILL at the n-th function call
of the process) or ``{"save": i, "call": n}`` (at the n-th call inside the i-th writing of a checkpoint). The
answer tells how the process ended and, if it lived, how many calls there were. No clock is involved.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from pathlib import Path
from typing import Any

import datasets
import pandas
import peft.tuners.lora
import transformers.models.llama.modeling_llama

import hipatia.evaluation.show
import hipatia.training.fit
import hipatia.training.show
from hipatia import i18n
from hipatia.config import Config
from hipatia.runs import CONFIG, newest_finished
from hipatia.train import train
from hipatia.training.checkpoints import Checkpoints

NAME = "run"
IMPORTED = (datasets, pandas, peft, transformers, hipatia)  # once, for all jobs


class Killer:
    """Counts function calls, all and those of each writing of a checkpoint, and kills at the one it is told."""

    def __init__(self, kill: dict[str, int] | None):
        self.kill = kill or {}
        self.calls, self.saves, self.saving = 0, [], False
        save = Checkpoints.save

        def counted(*arguments: Any, **named: Any) -> Path:
            self.saves.append(0)
            self.saving = True
            try:
                return save(*arguments, **named)
            finally:
                self.saving = False

        Checkpoints.save = counted  # type: ignore[method-assign]

    def __call__(self, frame: Any, event: str, argument: Any) -> None:
        if event not in ("call", "c_call"):
            return
        self.calls += 1
        if self.saving:
            self.saves[-1] += 1
        if self._now():
            os.kill(os.getpid(), signal.SIGKILL)

    def _now(self) -> bool:
        if "save" not in self.kill:
            return self.calls == self.kill.get("call")
        return (
            self.saving and len(self.saves) - 1 == self.kill["save"] and self.saves[-1] == self.kill["call"]
        )


def run(job: dict[str, Any]) -> None:
    """Begin or take up the run of a job; the answer is printed last."""
    config = Config.model_validate(job["config"])
    folder = config.paths.runs / NAME
    killer = Killer(job["kill"])
    if job["kill"] or job.get("count"):
        sys.setprofile(killer)
    if not (folder / CONFIG).is_file():
        train(config, name=NAME)
    elif newest_finished(config.paths.runs) != folder:
        train(config, resume=folder)
    sys.setprofile(None)
    answer({"ended": "finished", "calls": killer.calls, "saves": killer.saves})


def answer(value: dict[str, Any]) -> None:
    os.write(ANSWERS, json.dumps(value).encode() + b"\n")


def main() -> None:
    for line in sys.stdin:
        pid = os.fork()
        if pid == 0:
            run(json.loads(line))
            os._exit(0)
        _, status = os.waitpid(pid, 0)
        if os.WIFSIGNALED(status):
            answer({"ended": "killed", "signal": os.WTERMSIG(status)})
        elif os.WEXITSTATUS(status):
            answer({"ended": "failed"})


if __name__ == "__main__":
    ANSWERS = os.dup(1)
    os.dup2(2, 1)
    i18n.set_language("es")
    main()
