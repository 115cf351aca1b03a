"""Run folders: names, locks, and files that are whole or absent."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

import hipatia
from hipatia.config import Config
from hipatia.errors import RunError
from hipatia.runs import (
    CONFIG,
    MANIFEST,
    RunFolder,
    create_directories,
    filled_folder,
    in_use,
    require_space,
    run_name,
    unfinished_runs,
    write_atomically,
)


def test_a_name_is_taken_once_and_cannot_leave_the_folder(tmp_path: Path) -> None:
    RunFolder.create(tmp_path, "a")
    for name in ("a", "../b", "x/y", "", "-x y"):
        if name:
            with pytest.raises(RunError) as caught:
                RunFolder.create(tmp_path, name)
            assert caught.value.hint
    unnamed = [RunFolder.create(tmp_path).path for _ in range(3)]
    assert len(set(unnamed)) == 3


def test_a_folder_that_was_not_filled_well_does_not_appear(tmp_path: Path) -> None:
    def fill(run: RunFolder, fail: bool) -> None:
        with run.folder("adapter") as folder:
            (folder / "file").write_text("x")
            if fail:
                raise RuntimeError

    with RunFolder.create(tmp_path, "a") as run:
        with pytest.raises(RuntimeError):
            fill(run, fail=True)
        assert not (run.path / "adapter").exists()
        fill(run, fail=False)
        assert (run.path / "adapter" / "file").read_text() == "x"
        assert [p.name for p in run.path.iterdir() if p.name.startswith(".adapter")] == []


def test_a_file_is_whole_or_as_before(tmp_path: Path) -> None:
    path = tmp_path / "f"
    write_atomically(path, "eins")
    with pytest.raises(UnicodeEncodeError):
        write_atomically(path, "zwei\udc80")
    assert path.read_text() == "eins"
    assert list(tmp_path.iterdir()) == [path]


def test_folders_of_the_settings(tmp_path: Path) -> None:
    config = Config.model_validate(
        {"paths": {name: tmp_path / name for name in ("runs", "conversations", "cache")}}
    )
    assert all(folder.is_dir() for folder in create_directories(config))
    (tmp_path / "file").write_text("")
    blocked = Config.model_validate({"paths": {"runs": tmp_path / "file" / "runs"}})
    with pytest.raises(RunError):
        create_directories(blocked)


def test_a_folder_takes_the_place_of_another_whole(tmp_path: Path) -> None:
    target = tmp_path / "adapter"
    for number in (1, 2):
        with filled_folder(target) as folder:
            (folder / f"file{number}").write_text("x")
    assert [path.name for path in target.iterdir()] == ["file2"]

    def fail() -> None:
        with filled_folder(target) as folder:
            (folder / "file3").write_text("x")
            raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        fail()
    assert [path.name for path in target.iterdir()] == ["file2"]
    assert list(tmp_path.iterdir()) == [target]


def test_a_new_folder_has_its_files_from_the_first_moment(tmp_path: Path) -> None:
    with RunFolder.create(tmp_path, "a", {CONFIG: "language: es"}) as run:
        assert (run.path / CONFIG).read_text() == "language: es"
        assert (run.path / ".gitignore").read_text() == "*\n"
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_a_run_is_opened_by_one_alone(tmp_path: Path) -> None:
    with RunFolder.create(tmp_path, "a", {CONFIG: ""}) as run:
        assert in_use(run.path)
        with pytest.raises(RunError, match="Otro proceso"):
            RunFolder.open(run.path)
    assert not in_use(run.path)
    with RunFolder.open(run.path):
        assert in_use(run.path)
    with pytest.raises(RunError, match="no es un entrenamiento"):
        RunFolder.open(tmp_path)


def test_opening_removes_what_was_left_half_written(tmp_path: Path) -> None:
    RunFolder.create(tmp_path, "a", {CONFIG: ""}).__exit__()
    (tmp_path / "a" / "checkpoints" / ".step-00000009.x1.tmp").mkdir(parents=True)
    (tmp_path / "a" / "checkpoints" / ".step-00000009.x1.tmp" / "adapter.safetensors").write_bytes(b"half")
    (tmp_path / "a" / ".run.json.x2.tmp").write_text("{")
    with RunFolder.open(tmp_path / "a") as run:
        left = {path.name for path in run.path.rglob("*")}
    assert left == {CONFIG, ".gitignore", ".lock", "checkpoints"}


OWNER = """
import os, sys
from pathlib import Path
from hipatia.runs import RunFolder
run = RunFolder.create(Path(sys.argv[1]), "a", {"config.yaml": ""})
if os.fork() == 0:
    sys.stdin.read()  # outlives its parent
    os._exit(0)
print("locked", flush=True)
os.wait()
"""


@contextmanager
def owner(runs: Path) -> Iterator[subprocess.Popen[str]]:
    """A process that holds the run ``a``, and a forked child of it."""
    environ = {**os.environ, "PYTHONPATH": str(Path(hipatia.__file__).parents[1])}
    command = [sys.executable, "-c", OWNER, str(runs)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, env=environ) as process:
        assert process.stdout
        assert process.stdout.readline() == "locked\n"
        yield process


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork and signals")
def test_a_dead_owners_lock_is_gone_even_if_a_child_of_it_lives(tmp_path: Path) -> None:
    with owner(tmp_path) as process:
        assert in_use(tmp_path / "a")
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert not in_use(tmp_path / "a")
        with RunFolder.open(tmp_path / "a"):
            assert in_use(tmp_path / "a")


def test_unfinished_runs_are_found_the_newest_first(tmp_path: Path) -> None:
    for name, status in (("a", "failed"), ("b", "finished"), ("c", "interrupted"), ("d", "running")):
        with RunFolder.create(tmp_path, name, {CONFIG: ""}) as run:
            run.write_json(MANIFEST, {"status": status, "started": f"2026-01-0{ord(name) - 96}"})
    held = RunFolder.open(tmp_path / "d")
    assert [path.name for path in unfinished_runs(tmp_path)] == ["c", "a"]
    held.__exit__()
    assert [path.name for path in unfinished_runs(tmp_path)] == ["d", "c", "a"]
    assert unfinished_runs(tmp_path / "none") == []


def test_space_is_asked_for_beforehand(tmp_path: Path) -> None:
    require_space(tmp_path, 1)
    with pytest.raises(RunError, match="quedan libres") as caught:
        require_space(tmp_path, 10**18)
    assert caught.value.hint


def test_a_run_is_called_by_its_name_where_that_is_enough() -> None:
    assert run_name(Path("runs/clase")) == "clase"
    assert run_name(Path("elsewhere/clase")) == "elsewhere/clase"
