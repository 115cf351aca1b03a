"""What goes wrong in the middle: numbers that are none, no memory, no disk. The last good state is kept."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import torch
from small import adapter, at_each_step, metrics, settings, sums, write_rows
from tiny import tiny_llama, tiny_tokenizer

from hipatia.config import Config
from hipatia.errors import ModelError, RunError
from hipatia.runs import CHECKPOINTS, read_manifest
from hipatia.train import train
from hipatia.training import fit
from hipatia.training.checkpoints import Checkpoints, problem_with, read
from hipatia.training.metrics import Metrics
from hipatia.training.rows import load_splits
from hipatia.training.trainer import Trainer

POISON = "~"  # a letter that the poisoned model knows no number for


def poisoned_home(home: Path) -> tuple[Path, int]:
    """A home where one training row makes the loss no number, and that row's line."""
    home.mkdir()
    model, tokenizer = tiny_llama(), tiny_tokenizer()
    with torch.no_grad():
        model.model.embed_tokens.weight[tokenizer.encode(POISON)[0]] = float("nan")
    model.save_pretrained(home / "base")
    tokenizer.save_pretrained(home / "base")
    rows = sums()
    write_rows(home / "rows.jsonl", rows)
    learnt = {row.messages[0].content for row in load_splits(settings(home, home)).train}
    line = next(line for line, row in enumerate(rows, 1) if row["instruction"] in learnt)
    rows[line - 1]["response"] += POISON  # the splits look at questions alone
    write_rows(home / "rows.jsonl", rows)
    return home, line


def test_a_loss_that_is_no_number_stops_the_run_and_names_the_row(tmp_path: Path) -> None:
    home, line = poisoned_home(tmp_path / "home")
    config = settings(home, tmp_path, training={"evaluations": 0})
    with pytest.raises(ModelError) as caught:
        train(config, name="run")
    assert f"rows.jsonl:{line}: " in caught.value.message
    assert caught.value.message.count("rows.jsonl:") == 1
    assert "--resume" in (caught.value.hint or "")
    manifest = read_manifest(tmp_path / "run")
    assert manifest
    assert manifest["status"] == "failed"
    assert f"rows.jsonl:{line}" in manifest["error"]
    taken = [each["step"] for each in metrics(tmp_path / "run")]
    newest = Checkpoints(tmp_path / "run" / CHECKPOINTS, 2).newest()
    if taken:  # the row may come in the very first step
        assert newest.path
        assert newest.path.name == f"step-{taken[-1]:08}"
        weights = read(newest.path)[0].tensors["adapter"].values()
        assert all(weight.isfinite().all() for weight in weights)
    write_rows(home / "rows.jsonl", sums())
    assert train(config, resume=tmp_path / "run", force=True).finished


# --- a step is taken whole or not at all ----------------------------------------------------------


@pytest.fixture
def trainer(home: Path, tmp_path: Path) -> Trainer:
    """A trainer after three steps."""
    found: list[Trainer] = []

    class Enough(Exception):
        pass

    def catch(self: fit.Fit, step: int) -> None:
        if step == 3:
            found.append(self.trainer)
            raise Enough

    with at_each_step(catch), pytest.raises(Enough):
        train(settings(home, tmp_path), name="run")
    return found[0]


def state(trainer: Trainer) -> list[Any]:
    snapshot = trainer.snapshot()
    tensors = [tensor.clone() for group in snapshot.tensors.values() for _, tensor in sorted(group.items())]
    return [*tensors, snapshot.values]


def same(one: list[Any], other: list[Any]) -> bool:
    return one[-1] == other[-1] and all(map(torch.equal, one[:-1], other[:-1]))


def infinite(gradient: torch.Tensor) -> torch.Tensor:
    return gradient * float("inf")


def no_memory(_: torch.Tensor) -> torch.Tensor:
    return torch.empty(1 << 60)


def python_has_no_memory(_: torch.Tensor) -> torch.Tensor:
    raise MemoryError


def interrupt(_: torch.Tensor) -> torch.Tensor:
    raise KeyboardInterrupt


FAULTS: dict[str, tuple[Callable[[torch.Tensor], torch.Tensor], type[BaseException]]] = {
    "infinite gradient": (infinite, ArithmeticError),
    "allocator": (no_memory, RuntimeError),
    "python": (python_has_no_memory, MemoryError),
    "Ctrl-C": (interrupt, KeyboardInterrupt),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_step_that_fails_changes_nothing(fault: str, trainer: Trainer) -> None:
    hook, kind = FAULTS[fault]
    before = state(trainer)
    handle = list(trainer.parameters.values())[-1].register_hook(hook)
    with pytest.raises(kind) as caught:
        trainer.step(3)
    assert same(before, state(trainer))
    assert fit.is_out_of_memory(caught.value) == (fault in ("allocator", "python"))
    handle.remove()
    assert trainer.step(3).step == 4
    assert not same(before, state(trainer))


@pytest.mark.parametrize(
    ("message", "is_memory"),
    [
        (
            "[enforce fail at alloc_cpu.cpp:124] err == 0. DefaultCPUAllocator: can't allocate memory: you",
            True,
        ),
        ("CUDA out of memory. Tried to allocate 20.00 MiB", True),
        ("MPS backend out of memory (MPS allocated: 17.97 GB", True),
        ("[enforce fail at alloc_cpu.cpp:125] . DefaultCPUAllocator: not enough memory: you tried", True),
        ("expected scalar type Float but found BFloat16", False),
        ("mat1 and mat2 shapes cannot be multiplied", False),
    ],
)
def test_messages_of_no_memory(message: str, is_memory: bool) -> None:
    assert fit.is_out_of_memory(RuntimeError(message)) == is_memory


def test_without_memory_the_run_says_what_to_change_and_goes_on_so(
    home: Path, whole: Path, tmp_path: Path
) -> None:
    def exhaust(self: fit.Fit, step: int) -> None:
        if step == 4:
            list(self.trainer.parameters.values())[0].register_hook(no_memory)

    with at_each_step(exhaust), pytest.raises(ModelError) as caught:
        train(settings(home, tmp_path), name="run")
    assert "paso 5" in caught.value.message
    assert "El del paso 4 está entero" in caught.value.message
    assert f"--resume {tmp_path / 'run'} --set training.pass_tokens=256" in (caught.value.hint or "")
    smaller = settings(home, tmp_path, training={"pass_tokens": 256})
    assert train(smaller, resume=tmp_path / "run").finished
    losses = [[line["loss"] for line in metrics(folder)] for folder in (tmp_path / "run", whole)]
    assert losses[0][:4] == losses[1][:4]
    assert losses[0] == pytest.approx(losses[1], rel=0.01)


def test_what_a_half_taken_step_left_is_never_saved(home: Path, whole: Path, tmp_path: Path) -> None:
    def exhaust(self: fit.Fit, step: int) -> None:
        optimizer, take = self.trainer.optimizer, self.trainer.optimizer.step

        def half_a_step() -> None:
            take()
            no_memory(torch.zeros(1))

        if step == 4:
            optimizer.step = half_a_step  # type: ignore[method-assign]

    with at_each_step(exhaust), pytest.raises(ModelError, match="El del paso 3 está entero"):
        train(settings(home, tmp_path), name="run")
    assert train(settings(home, tmp_path), resume=tmp_path / "run").finished
    assert metrics(tmp_path / "run") == metrics(whole)
    assert adapter(tmp_path / "run") == adapter(whole)


def test_another_error_is_ours(home: Path, tmp_path: Path) -> None:
    def break_it(self: fit.Fit, step: int) -> None:
        raise RuntimeError("a bug")

    with at_each_step(break_it), pytest.raises(RuntimeError, match="a bug"):
        train(settings(home, tmp_path), name="run")
    assert (read_manifest(tmp_path / "run") or {})["error"] == "a bug"


# --- disks ----------------------------------------------------------------------------------------


@contextmanager
def small_files(size: int = 50_000) -> Iterator[Callable[[bool], None]]:
    """The system lets no file grow beyond ``size``, from when the yielded function is told to."""
    import resource

    before = resource.getrlimit(resource.RLIMIT_FSIZE)

    def limit(on: bool) -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (size if on else before[0], before[1]))

    try:
        yield limit
    finally:
        limit(False)


def write_for_ever(file: Any, content: bytes) -> None:
    while True:
        file.write(content)


@contextmanager
def small_disk(folder: Path) -> Iterator[Callable[[bool], None]]:
    """A disk of 12 MB at the folder, full from when the yielded function is told to."""
    command = ["mount", "-t", "tmpfs", "-o", "size=12m", "hipatia-test", str(folder)]
    if not sys.platform.startswith("linux") or subprocess.run(command, check=False).returncode:
        pytest.skip("this system lets nobody mount a small disk here")
    filler = folder / "filler"

    def fill(on: bool) -> None:
        if not on:
            filler.unlink()
            return
        with filler.open("wb", buffering=0) as file:
            for size in (1 << 16, 1):
                with pytest.raises(OSError, match="No space left"):
                    write_for_ever(file, b"0" * size)

    try:
        yield fill
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


@pytest.mark.skipif(os.name != "posix", reason="needs limits or mounts")
@pytest.mark.parametrize("kind", ["limit", "disk"])
def test_a_disk_that_is_full_for_a_while_costs_nothing(
    kind: str, home: Path, whole: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, intact = tmp_path / "run", []
    with small_files() if kind == "limit" else small_disk(tmp_path) as full:

        def fill(_: fit.Fit, step: int) -> None:
            if step in (4, 10):
                full(step == 4)
            if step == 9:
                newest = Checkpoints(folder / CHECKPOINTS, 2).newest()
                intact.append((newest.path, newest.damaged))

        with at_each_step(fill):
            result = train(settings(home, tmp_path), name="run")
        assert result.finished
        assert intact == [(folder / CHECKPOINTS / "step-00000003", ())]
        errors = capsys.readouterr().err
        assert "punto de control del paso 8" in errors
        assert "El del paso 3 está entero" in errors
        assert metrics(folder) == metrics(whole)
        assert adapter(folder) == adapter(whole)
        assert all(problem_with(path) is None for path in (folder / CHECKPOINTS).iterdir())


@pytest.mark.skipif(os.name != "posix", reason="needs limits or mounts")
def test_a_disk_that_stays_full_ends_with_a_message_and_the_last_checkpoint(
    home: Path, whole: Path, tmp_path: Path
) -> None:
    config = settings(home, tmp_path)
    filling = at_each_step(lambda _, step: full(True) if step == 7 else None)
    with small_files(20_000) as full, filling, pytest.raises(RunError) as caught:
        train(config, name="run")
    assert "adapter" in caught.value.message
    assert caught.value.hint
    assert Checkpoints(tmp_path / "run" / CHECKPOINTS, 2).newest().path
    assert train(config, resume=tmp_path / "run").finished
    assert metrics(tmp_path / "run") == metrics(whole)
    assert adapter(tmp_path / "run") == adapter(whole)


def test_a_disk_without_space_is_refused_before_anything_is_computed(home: Path, tmp_path: Path) -> None:
    """By the size of what would be written: ten million copies of a checkpoint fit on no disk."""
    config = settings(home, tmp_path, training={"checkpoints_kept": 10_000_000})
    with pytest.raises(RunError, match="quedan libres"):
        train(config, name="run")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(os.name != "posix", reason="needs permissions or mounts")
def test_a_read_only_folder_is_refused(home: Path, tmp_path: Path) -> None:
    config: Config = settings(home, tmp_path / "runs")
    (tmp_path / "runs").mkdir()
    with read_only(tmp_path / "runs"), pytest.raises(RunError) as caught:
        train(config, name="run")
    assert caught.value.hint


@contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """The folder as one that cannot be written, by its permissions; for root, by its mount."""
    if os.geteuid():
        folder.chmod(0o500)
        yield
        folder.chmod(0o700)
        return
    command = ["mount", "-t", "tmpfs", "-o", "ro", "hipatia-test", str(folder)]
    if subprocess.run(command, check=False).returncode:
        pytest.skip("root can write everywhere, and this system lets nobody mount")
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def test_no_line_is_lost_or_halved_by_a_disk_that_is_full_for_a_while(tmp_path: Path) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("needs a device that is always full")
    path, kept = tmp_path / "metrics.jsonl", tmp_path / "kept"
    lines = Metrics(path)
    lines.append({"step": 1})
    path.rename(kept)
    path.symlink_to("/dev/full")
    lines.append({"step": 2})
    lines.append({"step": 3})
    path.unlink()
    kept.rename(path)
    with path.open("a") as file:
        file.write('{"step": 2')  # as far as the disk let it
    lines.append({"step": 4})
    assert [line["step"] for line in metrics(tmp_path)] == [1, 2, 3, 4]
    assert lines.content() == path.read_bytes()
    lines.start_from(b'{"step": 1}\n')
    assert path.read_bytes() == b'{"step": 1}\n'
