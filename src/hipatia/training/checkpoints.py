"""Checkpoints: everything that a run needs to go on as if it had never stopped.

    checkpoints = Checkpoints(run_folder / "checkpoints", kept=2)
    checkpoints.save(step, snapshot, metrics.content())
    found = checkpoints.newest()
    found.path, found.damaged          # None if there is none that verifies

A checkpoint is a folder of safetensors and JSON files, no pickle, with the SHA-256 of each in its manifest.
It is written beside, flushed and renamed; older ones go only when it is there.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .. import i18n
from ..runs import METRICS, filled_folder

if TYPE_CHECKING:
    import torch

_MANIFEST = "manifest.json"
_SCHEMA = 1


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Named groups of tensors, and values as JSON carries them."""

    tensors: dict[str, dict[str, torch.Tensor]]
    values: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Damaged:
    """A checkpoint that does not verify, and why."""

    path: Path
    reason: str


@dataclass(frozen=True, slots=True)
class Found:
    """The newest checkpoint that verifies, and the newer ones that do not."""

    path: Path | None
    damaged: tuple[Damaged, ...]


class Checkpoints:
    """The checkpoints of a run, by step."""

    def __init__(self, folder: Path, kept: int):
        self.folder, self.kept = folder, kept

    def save(self, step: int, snapshot: Snapshot, metrics: bytes, best: int | None = None) -> Path:
        """Write a checkpoint; then drop all but the ``kept`` newest and the best one. Raises OSError.

        Those of later steps go too: they are of a course that was left.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        path = self.path(step)
        with filled_folder(path) as folder:
            _write(folder, snapshot, metrics)
        past = [one for one in self._steps() if one <= step]
        for other in self._steps():
            if other not in {*past[-self.kept :], best}:
                shutil.rmtree(self.path(other), ignore_errors=True)
        return path

    def newest(self) -> Found:
        """The newest checkpoint that verifies."""
        damaged: list[Damaged] = []
        for step in reversed(self._steps()):
            reason = problem_with(self.path(step))
            if reason is None:
                return Found(self.path(step), tuple(damaged))
            damaged.append(Damaged(self.path(step), reason))
        return Found(None, tuple(damaged))

    def path(self, step: int) -> Path:
        return self.folder / f"step-{step:08}"

    def _steps(self) -> list[int]:
        names = (path.name.removeprefix("step-") for path in self.folder.glob("step-*"))
        return sorted(int(name) for name in names if name.isdigit())


def problem_with(path: Path) -> str | None:
    """Why a checkpoint cannot be trusted, in the user's language; None if every file is as it was written."""
    try:
        manifest = json.loads((path / _MANIFEST).read_bytes())
        files = manifest["files"].items() if manifest["schema"] == _SCHEMA else None
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        files = None
    if not files:
        return i18n.t("training.no_manifest")
    for name, wanted in files:
        try:
            with (path / name).open("rb") as file:
                same = hashlib.file_digest(file, "sha256").hexdigest() == wanted
        except OSError:
            return i18n.t("training.file_missing", file=name)
        if not same:
            return i18n.t("training.file_changed", file=name)
    return None


def read(path: Path) -> tuple[Snapshot, bytes]:
    """What a checkpoint that verifies holds: the snapshot and the lines of ``metrics.jsonl``."""
    from safetensors.torch import load_file

    tensors = {file.stem: load_file(file) for file in path.glob("*.safetensors")}
    values = {
        file.stem: json.loads(file.read_bytes()) for file in path.glob("*.json") if file.name != _MANIFEST
    }
    return Snapshot(tensors, values), (path / METRICS).read_bytes()


def size_of(parameters: dict[str, torch.Tensor]) -> int:
    """Bytes that a checkpoint of this adapter takes, about: the weights, and three float32 copies of them."""
    return sum(p.numel() * (p.element_size() + 12) for p in parameters.values()) + 1_000_000


def _write(folder: Path, snapshot: Snapshot, metrics: bytes) -> None:
    digests: dict[str, str] = {}
    for name, content in _files(snapshot, metrics):
        (folder / name).write_bytes(content)
        digests[name] = hashlib.sha256(content).hexdigest()
    manifest = {"schema": _SCHEMA, "step": snapshot.values["progress"]["step"], "files": digests}
    (folder / _MANIFEST).write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")


def _files(snapshot: Snapshot, metrics: bytes) -> Iterator[tuple[str, bytes]]:
    """Name and content of each file, made one at a time."""
    from safetensors.torch import save

    for name, tensors in snapshot.tensors.items():
        yield f"{name}.safetensors", save({key: tensor.contiguous() for key, tensor in tensors.items()})
    for name, value in snapshot.values.items():
        yield f"{name}.json", json.dumps(value).encode()
    yield METRICS, metrics
