"""Trainings in processes of their own, killed where they are told to be: a script that reads jobs.

It imports everything once and forks for each job, one JSON object a line: ``config``; ``workers``, how many
processes train together; ``kill``: null, or ``{"place", "call": n}``: SIGKILL at the n-th function call in the
process's whole ``life``, in its ``training`` from the first step to the last, or inside ``save i``, the i-th
writing of a checkpoint; ``victim``, the worker that is killed; ``log``, the file for what they say. A run that
exists is taken up, else it begins. The answer tells how each process ended and how many calls there were in
each place. No clock is involved.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import sys
import traceback
from collections import Counter
from collections.abc import Callable
from typing import Any

import datasets
import pandas
import peft.tuners.lora
import transformers.models.llama.modeling_llama

import hipatia.evaluation.show
import hipatia.training.show
from hipatia import i18n
from hipatia.config import Config
from hipatia.errors import HipatiaError
from hipatia.runs import CONFIG, newest_finished
from hipatia.train import train
from hipatia.training.checkpoints import Checkpoints
from hipatia.training.fit import Fit

NAME = "run"
IMPORTED = (datasets, pandas, peft, transformers, hipatia)  # once, for all jobs


class Killer:
    """Counts function calls by place, and kills at the one it is told."""

    def __init__(self, kill: dict[str, Any] | None):
        self.kill = kill
        self.calls: Counter[str] = Counter()
        self.places = ["life"]
        self._watch(Fit, "run_through", lambda: "training")
        self._watch(
            Checkpoints, "save", lambda: f"save {sum(name.startswith('save') for name in self.calls)}"
        )

    def _watch(self, owner: type, name: str, place: Callable[[], str]) -> None:
        """While the method runs, its calls are counted under this place too."""
        method = getattr(owner, name)

        def watched(*arguments: Any, **named: Any) -> Any:
            self.places.append(place())
            try:
                return method(*arguments, **named)
            finally:
                self.places.pop()

        setattr(owner, name, watched)

    def __call__(self, frame: Any, event: str, argument: Any) -> None:
        if event not in ("call", "c_call"):
            return
        for place in self.places:
            self.calls[place] += 1
            if self.kill and place == self.kill["place"] and self.calls[place] == self.kill["call"]:
                os.kill(os.getpid(), signal.SIGKILL)


def run(job: dict[str, Any], rank: int) -> dict[str, Any]:
    """Begin or take up the run of a job; the calls that it took."""
    config = Config.model_validate(job["config"])
    folder = config.paths.runs / NAME
    killer = Killer(job["kill"] if rank == job["victim"] else None)
    if killer.kill or job["count"]:
        sys.setprofile(killer)
    if not (folder / CONFIG).is_file():
        train(config, name=NAME)
    elif newest_finished(config.paths.runs) != folder:
        train(config, resume=folder)
    sys.setprofile(None)
    return {"ended": "finished", "calls": killer.calls}


def child(job: dict[str, Any], rank: int, answers: int) -> None:
    """A forked process: one worker of a job."""
    log = os.open(job["log"], os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.dup2(log, 1)
    os.dup2(log, 2)
    if job["workers"] > 1:
        size = str(job["workers"])
        os.environ |= {"RANK": str(rank), "LOCAL_RANK": str(rank), "WORLD_SIZE": size}
        os.environ |= {"MASTER_ADDR": "127.0.0.1", "MASTER_PORT": str(job["port"])}
    try:
        answer = run(job, rank)
    except (HipatiaError, SystemExit) as error:
        answer = {"ended": "failed", "message": str(error)}
    os.write(answers, json.dumps(answer).encode())


def start(job: dict[str, Any], rank: int) -> tuple[int, int]:
    """Fork a worker: its process and the pipe of its answer."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            child(job, rank, writing)
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(0)
    os.close(writing)
    return pid, reading


def end(pid: int, reading: int) -> dict[str, Any]:
    """Wait for a worker."""
    with os.fdopen(reading, "rb") as pipe:
        answer = pipe.read()
    _, status = os.waitpid(pid, 0)
    if os.WIFSIGNALED(status):
        return {"ended": "killed", "signal": os.WTERMSIG(status)}
    return json.loads(answer) if answer else {"ended": "crashed"}


def main() -> None:
    for line in sys.stdin:
        job = json.loads(line)
        with socket.create_server(("127.0.0.1", 0)) as probe:
            job["port"] = probe.getsockname()[1]
        workers = [start(job, rank) for rank in range(job["workers"])]
        print(json.dumps([end(*worker) for worker in workers]), flush=True)


if __name__ == "__main__":
    i18n.set_language("es")
    main()
