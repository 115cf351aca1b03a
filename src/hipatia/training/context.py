"""What the stages of a training run hand on to each other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ..config import Config
from ..modeling import Base, Hardware
from ..runs import RunFolder, run_name
from ..schema import Problem
from .display import Display
from .rows import Splits
from .stopping import Stopping
from .workers import Workers


@dataclass(slots=True)
class Run:
    """A run that is ready to compute: ``model`` is the base with the adapter on it."""

    config: Config
    folder: RunFolder
    display: Display
    stopping: Stopping
    workers: Workers
    hardware: Hardware
    base: Base
    model: Any
    splits: Splits
    datasets: dict[str, Any]
    problems: list[Problem]
    dataset_name: str
    unseen: list[Problem]
    manifest: dict[str, Any]

    @property
    def name(self) -> str:
        """How the user calls the run: by its name where the settings find it, else by its folder."""
        return run_name(self.folder.path)
