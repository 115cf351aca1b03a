"""A home with a tiny model and rows, the run that nothing happens to, and processes to train in."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from small import prepare, settings

import hipatia
from hipatia import i18n
from hipatia.train import train


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return prepare(tmp_path_factory.mktemp("home"))


@pytest.fixture(scope="session")
def whole(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a run of the settings of ``small``, uninterrupted."""
    i18n.set_language("es")
    return train(settings(home, tmp_path_factory.mktemp("whole")), name="run").folder


@dataclass
class Forks:
    """The process of ``fork_server.py``."""

    process: subprocess.Popen[str]

    def train(self, config: dict[str, Any], log: Path, **job: Any) -> list[dict[str, Any]]:
        """Begin or take up a run; how each worker's process ended."""
        given = {"workers": 1, "kill": None, "victim": 0, "count": False, **job}
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(json.dumps({"config": config, "log": str(log), **given}) + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())


@pytest.fixture(scope="session")
def forks() -> Iterator[Forks]:
    if not hasattr(os, "fork"):
        pytest.skip("needs fork and SIGKILL")
    environ = {
        **os.environ,
        "PYTHONPATH": str(Path(hipatia.__file__).parents[1]),
        "OMP_NUM_THREADS": "1",  # no threads before the fork
    }
    command = [sys.executable, str(Path(__file__).parent / "fork_server.py")]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, env=environ) as process:
        yield Forks(process)
        assert process.stdin
        process.stdin.close()
