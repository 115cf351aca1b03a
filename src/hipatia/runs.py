"""Run folders: names, locks, atomic writes, manifests.

    with RunFolder.create(config.paths.runs, name=None) as run:
        run.write_json("run.json", {...})
    with RunFolder.open(path) as run: ...

A file or folder is either complete or absent: it is written under another name, flushed, and renamed.
"""

from __future__ import annotations

import errno
import json
import os
import re
import shutil
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Self

from . import i18n
from .config import Config
from .errors import RunError

CONFIG = "config.yaml"
MANIFEST = "run.json"
METRICS = "metrics.jsonl"
ADAPTER = "adapter"
CHECKPOINTS = "checkpoints"
EVALUATION = "evaluation"
_LOCK = ".lock"
_UNFINISHED = ".tmp"  # how the names of what is being written end


@dataclass
class RunFolder:
    """A folder ``runs/<name>`` that this process alone writes while it is open."""

    path: Path
    _lock: BinaryIO | None = None

    @classmethod
    def create(cls, runs: Path, name: str | None = None, files: Mapping[str, str] | None = None) -> Self:
        """A new folder, locked, that from its first moment holds ``files`` (name to text).

        Raises RunError for a name that is taken or no name, or a folder that cannot be written.
        """
        chosen = _checked_name(name) if name else time.strftime("%Y-%m-%d_%H%M%S")
        content = {".gitignore": "*\n", **(files or {})}  # weights are no matter for a repository
        try:
            runs.mkdir(parents=True, exist_ok=True)
            path = _new_folder(runs, chosen, content, numbered=not name)
            return cls(path, _held_lock(path))
        except FileExistsError as error:
            raise RunError.of("runs.taken", name=chosen, path=runs / chosen) from error
        except OSError as error:
            raise cannot_write(runs, error) from error

    @classmethod
    def open(cls, path: Path) -> Self:
        """An existing folder, locked; what a killed owner left half written is removed.

        Raises RunError if it is no run, another process writes in it, or it cannot be written.
        """
        if not (path / CONFIG).is_file():
            raise RunError.of("runs.no_run", path=path)
        try:
            run = cls(path, _held_lock(path))
            clear_unfinished(path)
            return run
        except BlockingIOError:
            raise RunError.of("runs.in_use", name=path.name) from None
        except OSError as error:
            raise cannot_write(path, error) from error

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

    @contextmanager
    def folder(self, name: str) -> Iterator[Path]:
        """A folder to fill, which appears under ``name`` when the block ends well, else not at all."""
        with filled_folder(self.path / name) as folder:
            yield folder


def create_directories(config: Config) -> list[Path]:
    """Make the folders of the settings (runs, conversations, cache) and return them. Raises RunError."""
    folders = [config.paths.runs, config.paths.conversations_folder, config.paths.cache_folder]
    for folder in folders:
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise cannot_write(folder, error) from error
    return folders


def cannot_write(path: Path, error: Exception) -> RunError:
    """The error that says so, with the system's reason."""
    return RunError.of("runs.cannot_write", path=path, reason=getattr(error, "strerror", None) or error)


def require_space(folder: Path, needed: int) -> None:
    """Raise RunError if the disk of a folder has less than so many bytes free."""
    free = shutil.disk_usage(folder).free
    if free < needed:
        sizes = {"needed": i18n.number(needed / 1e6, 0), "free": i18n.number(free / 1e6, 0)}
        raise RunError.of("runs.no_space", path=folder, **sizes)


# --- writing --------------------------------------------------------------------------------------


def write_atomically(path: Path, text: str, mode: int = 0o644) -> None:
    """Write under another name in the same folder, flush to the disk, rename. Raises RunError."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=_UNFINISHED)
        try:
            with os.fdopen(descriptor, "w", encoding="utf-8", newline="\n") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            os.chmod(temporary, mode)
            os.replace(temporary, path)
            _sync_names(path.parent)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise cannot_write(path, error) from error


@contextmanager
def filled_folder(target: Path) -> Iterator[Path]:
    """A folder to fill, which takes its place at ``target`` when the block ends well.

    Else nothing changes. What was there before is there until then. Raises OSError.
    """
    temporary = Path(tempfile.mkdtemp(prefix=f".{target.name}.", suffix=_UNFINISHED, dir=target.parent))
    try:
        yield temporary
        temporary.chmod(0o755)
        _sync(temporary)
        if target.exists():
            target.replace(temporary.with_suffix(f".old{_UNFINISHED}"))
        temporary.replace(target)
        _sync_names(target.parent)
    except BaseException:
        shutil.rmtree(temporary, ignore_errors=True)
        raise
    shutil.rmtree(temporary.with_suffix(f".old{_UNFINISHED}"), ignore_errors=True)


def clear_unfinished(folder: Path) -> None:
    """Remove what a process that was killed left half written in a folder and the folders in it."""
    for path in [*folder.glob(f".*{_UNFINISHED}"), *folder.glob(f"*/.*{_UNFINISHED}")]:
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)


def _sync(folder: Path) -> None:
    """Flush every file below the folder to the disk."""
    for path in folder.rglob("*"):
        if path.is_file():
            with path.open("rb+") as file:
                os.fsync(file.fileno())
    _sync_names(folder)


def _sync_names(folder: Path) -> None:
    """Flush the folder's own list of names, where the system lets folders be opened."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


# --- finding --------------------------------------------------------------------------------------


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


def unfinished_runs(runs: Path) -> list[Path]:
    """The run folders that have not come to their end and that no process works on, the newest first."""
    found = [
        (str(manifest.get("started", "")), folder)
        for folder in (runs.iterdir() if runs.is_dir() else ())
        if (manifest := read_manifest(folder))
        and manifest.get("status") != "finished"
        and (folder / CONFIG).is_file()
        and not in_use(folder)
    ]
    return [folder for _, folder in sorted(found, reverse=True)]


def run_name(folder: Path) -> str:
    """How a command names a run: by its name in the usual folder, else by its path."""
    return folder.name if folder.parent == Config().paths.runs else str(folder)


def in_use(folder: Path) -> bool:
    """Whether a living process writes in a run folder. A dead one's lock is gone with it."""
    try:
        _take_lock(folder).close()
    except BlockingIOError:
        return True
    except OSError:
        return False
    return False


# --- names and locks ------------------------------------------------------------------------------


def _checked_name(name: str) -> str:
    if not re.fullmatch(r"\w[\w.-]{0,79}", name):
        raise RunError.of("runs.bad_name", name=name)
    return name


def _new_folder(runs: Path, name: str, content: Mapping[str, str], numbered: bool) -> Path:
    """A folder under a name that was free, filled before it gets that name. Raises FileExistsError."""
    temporary = Path(tempfile.mkdtemp(prefix=f".{name}.", suffix=_UNFINISHED, dir=runs))
    try:
        for file, text in content.items():
            write_atomically(temporary / file, text)
        temporary.chmod(0o755)
        for number in range(1, 1000 if numbered else 2):
            path = runs / (name if number == 1 else f"{name}-{number}")
            if not path.exists() and _renamed(temporary, path):
                return path
        raise FileExistsError(runs / name)
    except BaseException:
        shutil.rmtree(temporary, ignore_errors=True)
        raise


def _renamed(folder: Path, path: Path) -> bool:
    """Whether the folder got its new name: another process may have been quicker."""
    try:
        folder.rename(path)
    except OSError as error:
        if error.errno in (errno.EEXIST, errno.ENOTEMPTY, errno.ENOTDIR):
            return False
        raise
    return True


def _take_lock(path: Path) -> BinaryIO:
    """An open file with an exclusive lock that the system lets go when the process ends, however it does.

    Raises BlockingIOError if a process holds it.
    """
    file = (path / _LOCK).open("ab")
    try:
        _lock(file)
    except OSError as error:
        if error.errno in (errno.EAGAIN, errno.EACCES, errno.EDEADLK):
            file.close()
            raise BlockingIOError(error.errno, "locked") from None
        # A file system without locks: there is nothing to hold.
    return file


def _held_lock(path: Path) -> BinaryIO:
    """A lock that this process alone keeps: a forked helper may outlive it, and must not hold its lock."""
    file = _take_lock(path)
    if hasattr(os, "register_at_fork"):
        os.register_at_fork(after_in_child=file.close)
    return file


def _lock(file: BinaryIO) -> None:
    if os.name == "posix":
        import fcntl

        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    else:
        import msvcrt

        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
