"""What to mend, from facts alone: ``advise(facts)``. Pure, so that recorded situations test it."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from .. import i18n
from .facts import Facts, Gpu, leading_number
from .show import gib

# PyTorch's wheels for Linux and Windows: their CUDA, the oldest driver branch, the compute capabilities.
WHEELS = (("cu130", 580, 7.5, 99.0), ("cu126", 525, 5.0, 9.9))
WHEEL_INDEX = "https://download.pytorch.org/whl/"
TORCH = '"torch>=2.8,<2.14"'
MEMORY_NEEDED = 4 * 1024**3
DISK_NEEDED = 2 * 1024**3


@dataclass(frozen=True, slots=True)
class Advice:
    """One thing to know or to mend, in the user's language, with the command that does it."""

    key: str
    kind: Literal["problem", "note"]
    message: str
    command: str | None = None


def advise(facts: Facts) -> list[Advice]:
    """What to mend, the most important first. Depends on the facts alone."""
    gpu = _gpu_advice(facts)
    found = [gpu] if gpu else []
    if facts.bf16 is False and not facts.gpus and facts.system != "Darwin":
        found.append(_note("no_bf16"))
    if facts.memory_available < MEMORY_NEEDED:
        found.append(_note("memory_low", free=gib(facts.memory_available), needed=gib(MEMORY_NEEDED)))
    if facts.disk_free < DISK_NEEDED:
        found.append(_note("disk_low", free=gib(facts.disk_free), needed=gib(DISK_NEEDED)))
    return found


def _gpu_advice(facts: Facts) -> Advice | None:
    """The first reason why a card is not used, None if it is or there is none."""
    if facts.torch is None:
        return _problem("torch_missing", f"{_pip()} install {TORCH}")
    if facts.system == "Darwin":
        return _mac_advice(facts)
    if facts.gpus:
        return _nvidia_advice(facts, facts.gpus[0])
    if facts.nvidia_error:
        return _driver_error(facts.nvidia_error)
    if facts.nvidia_cards_on_bus:
        return _no_driver(facts)
    if facts.torch_xpu and facts.torch_devices is not None and "xpu" not in facts.torch_devices:
        return _problem("xpu_unseen")
    return None


def _mac_advice(facts: Facts) -> Advice | None:
    if facts.translated:
        return _problem("rosetta")
    if facts.torch_devices is not None and "mps" not in facts.torch_devices:
        return _problem("mps_unseen")
    return None


def _nvidia_advice(facts: Facts, gpu: Gpu) -> Advice | None:
    values = {"gpu": gpu.name, "driver": facts.nvidia_driver or "?", "torch": facts.torch}
    branch = leading_number(facts.nvidia_driver)
    wheel = _wheel_for(branch, gpu)
    install = (
        f"{_pip()} install --force-reinstall {TORCH} --index-url {WHEEL_INDEX}{wheel}" if wheel else None
    )
    if _hides_all(facts.visible_devices, len(facts.gpus)):
        unset = "set CUDA_VISIBLE_DEVICES=" if facts.system == "Windows" else "unset CUDA_VISIBLE_DEVICES"
        return _problem("hidden", unset, value=facts.visible_devices, **values)
    if wheel is None:
        old = gpu.capability is not None and gpu.capability < WHEELS[-1][2]
        return _problem("gpu_too_old" if old else "driver_too_old", _driver_command(facts, not old), **values)
    if facts.torch_cuda is None:
        return _problem("cpu_build", install, **values)
    if branch < _oldest_driver(facts.torch_cuda):
        return _problem("driver_older_than_torch", install, cuda=facts.torch_cuda, **values)
    if not _covers(facts.torch_cuda, gpu.capability):
        return _problem("not_in_build", install, cuda=facts.torch_cuda, **values)
    if facts.torch_devices is not None and "cuda" not in facts.torch_devices:
        return _problem("cuda_unseen", 'python -c "import torch; torch.cuda.init()"', **values)
    return None


def _driver_error(error: str) -> Advice:
    if "version mismatch" in error:
        return _problem("driver_mismatch", "sudo reboot")
    return _problem("driver_error", error=error)


def _no_driver(facts: Facts) -> Advice:
    if facts.container:
        return _problem("container_without_gpu", "docker run --gpus all …")
    return _problem("no_driver", _driver_command(facts, True))


def _driver_command(facts: Facts, wanted: bool) -> str | None:
    """The command that brings the newest driver to this system, where one is known."""
    commands = {"ubuntu": "sudo ubuntu-drivers install", "fedora": "sudo dnf install akmod-nvidia"}
    return commands.get(facts.distribution) if wanted else None


def _wheel_for(branch: int, gpu: Gpu) -> str | None:
    """The newest wheel that runs on this driver and holds code for this card."""
    for wheel, oldest, lowest, highest in WHEELS:
        if branch >= oldest and lowest <= (gpu.capability or lowest) <= highest:
            return wheel
    return None


def _oldest_driver(cuda: str) -> int:
    """NVIDIA's table: CUDA 13 needs a driver of branch 580, CUDA 12 one of 525."""
    return 580 if leading_number(cuda) >= 13 else 525


def _covers(cuda: str, capability: float | None) -> bool:
    """Whether PyTorch's build for this CUDA holds code for the card, by its release notes."""
    if capability is None:
        return True
    major, _, minor = cuda.partition(".")
    if int(major) >= 13:
        return capability >= 7.5
    return capability >= 7.0 if leading_number(minor) >= 8 else capability < 10


def _hides_all(visible: str | None, count: int) -> bool:
    """CUDA stops at the first device that does not exist; what comes before it stays visible."""
    if visible is None:
        return False
    first = visible.split(",")[0].strip()
    return not first or (first.lstrip("-").isdigit() and not 0 <= int(first) < count) or first == "NoDevFiles"


def _problem(key: str, command: str | None = None, **values: object) -> Advice:
    return Advice(key, "problem", i18n.t(f"doctor.{key}", **values), command)


def _note(key: str, **values: object) -> Advice:
    return Advice(key, "note", i18n.t(f"doctor.{key}", **values))


def _pip() -> str:
    return f"{Path(sys.executable).name} -m pip"
