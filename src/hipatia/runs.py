"""Run folders: names, locks, atomic writes, manifests.

    with RunFolder.create(config.paths.runs, name=None) as run:
        run.write_json("run.json", {...})

A file is either complete or absent: it is written under another name, flushed, and renamed.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Self

from .config import Config
from .errors import RunError

MANIFEST = "run.json"
METRICS = "metrics.jsonl"
ADAPTER = "adapter"
_LOCK = ".lock"


@dataclass
class RunFolder:
    """A folder ``runs/<name>`` that this process alone writes while it is open."""

    path: Path
    _lock: BinaryIO | None = None

    @classmethod
    def create(cls, runs: Path, name: str | None = None) -> Self:
        """A new folder, locked. Raises RunError for a name that is taken or no name, or a full disk."""
        chosen = _checked_name(name) if name else time.strftime("%Y-%m-%d_%H%M%S")
        try:
            path = _make_folder(runs, chosen, numbered=not name)
            run = cls(path, _take_lock(path))
            run.write_text(".gitignore", "*\n")  # weights are no matter for a repository
            return run
        except FileExistsError as error:
            raise RunError.of("runs.taken", name=chosen, path=runs / chosen) from error
        except OSError as error:
            raise RunError.of("runs.cannot_write", path=runs, reason=error.strerror or error) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._lock:
            self._lock.close()
            self._lock = None

    def write_json(self, name: str, value: Any) -> None:
        """Write a JSON file, whole or not at all."""
        self.write_text(name, json.dumps(value, ensure_ascii=False, indent=2, default=str) + "\n")

    def write_text(self, name: str, text: str) -> None:
        """Write a text file, whole or not at all."""
        write_atomically(self.path / name, text)

    def append_metrics(self, values: dict[str, Any]) -> None:
        """Add a line to ``metrics.jsonl``."""
        line = json.dumps(values, ensure_ascii=False)
        with (self.path / METRICS).open("a", encoding="utf-8", newline="\n") as file:
            file.write(line + "\n")

    @contextmanager
    def folder(self, name: str) -> Iterator[Path]:
        """A folder to fill, which appears under ``name`` when the block ends well, else not at all."""
        temporary = Path(tempfile.mkdtemp(prefix=f".{name}.", dir=self.path))
        try:
            yield temporary
            temporary.chmod(0o755)
            _sync(temporary)
            temporary.replace(self.path / name)
        except BaseException:
            shutil.rmtree(temporary, ignore_errors=True)
            raise


def create_directories(config: Config) -> list[Path]:
    """Make the folders of the settings (runs, conversations, cache) and return them. Raises RunError."""
    folders = [config.paths.runs, config.paths.conversations, config.paths.cache_folder]
    for folder in folders:
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise RunError.of("runs.cannot_write", path=folder, reason=error.strerror or error) from error
    return folders


def write_atomically(path: Path, text: str, mode: int = 0o644) -> None:
    """Write under another name in the same folder, flush to the disk, rename. Raises RunError."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        try:
            with os.fdopen(descriptor, "w", encoding="utf-8", newline="\n") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            os.chmod(temporary, mode)
            os.replace(temporary, path)
        except BaseException:
            os.unlink(temporary)
            raise
    except OSError as error:
        raise RunError.of("runs.cannot_write", path=path, reason=error.strerror or error) from error


def read_manifest(folder: Path) -> dict[str, Any] | None:
    """The content of ``run.json``, None where there is none that can be read."""
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return manifest if isinstance(manifest, dict) else None


def newest_finished(runs: Path) -> Path | None:
    """The run folder that was finished last and has its adapter, None where there is none."""
    found = [
        (str(manifest.get("finished", "")), folder)
        for folder in (runs.iterdir() if runs.is_dir() else ())
        if (manifest := read_manifest(folder))
        and manifest.get("status") == "finished"
        and (folder / ADAPTER).is_dir()
    ]
    return max(found)[1] if found else None


def _checked_name(name: str) -> str:
    if not re.fullmatch(r"\w[\w.-]{0,79}", name):
        raise RunError.of("runs.bad_name", name=name)
    return name


def _make_folder(runs: Path, name: str, numbered: bool) -> Path:
    runs.mkdir(parents=True, exist_ok=True)
    for number in range(1, 1000):
        path = runs / (name if number == 1 else f"{name}-{number}")
        try:
            path.mkdir()
            return path
        except FileExistsError:
            if not numbered:
                raise
    raise FileExistsError(runs / name)


def _take_lock(path: Path) -> BinaryIO:
    """An open file with an exclusive lock that the system lets go when the process ends, however it does."""
    file = (path / _LOCK).open("wb")
    if os.name == "posix":
        import fcntl

        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    return file


def _sync(folder: Path) -> None:
    """Flush every file below the folder to the disk."""
    for path in folder.rglob("*"):
        if path.is_file():
            with path.open("rb+") as file:
                os.fsync(file.fileno())
