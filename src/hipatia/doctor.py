"""Why a graphics card lies idle, and what would mend it: facts first, then advice from facts alone.

    for advice in advise(probe()):
        print(advice.message, advice.command)

This is the quick part, which ``hipatia train`` says before anything else and ``hipatia doctor`` prints.
``probe`` reads files, asks ``nvidia-smi`` and does not import torch; ``advise`` is pure.
"""

from __future__ import annotations

import importlib.util
import os
import platform
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import psutil

from . import i18n

# PyTorch's wheels for Linux and Windows: their CUDA, the oldest driver branch, the compute capabilities.
WHEELS = (("cu130", 580, 7.5, 99.0), ("cu126", 525, 5.0, 9.9))
WHEEL_INDEX = "https://download.pytorch.org/whl/"
MEMORY_NEEDED = 4 * 1024**3
DISK_NEEDED = 2 * 1024**3
WSL_NVIDIA_SMI = "/usr/lib/wsl/lib/nvidia-smi"


@dataclass(frozen=True, slots=True)
class Gpu:
    """An NVIDIA card as its driver tells it; memory in MiB, compute capability such as 8.6."""

    name: str
    memory: int
    capability: float | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """What this machine is. Sizes in bytes; None: not known."""

    system: str = "Linux"
    distribution: str = ""
    container: bool = False
    translated: bool = False
    cores: int = 1
    bf16: bool | None = None
    memory_total: int = 0
    memory_available: int = 0
    disk_free: int = 0
    nvidia_cards_on_bus: int = 0
    nvidia_driver: str | None = None
    nvidia_error: str | None = None
    gpus: tuple[Gpu, ...] = ()
    visible_devices: str | None = None
    torch: str | None = None
    torch_cuda: str | None = None
    torch_hip: str | None = None
    torch_xpu: str | None = None
    torch_devices: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Advice:
    """One thing to know or to mend, in the user's language, with the command that does it."""

    key: str
    kind: Literal["problem", "note"]
    message: str
    command: str | None = None


def probe(ask_torch: bool = False) -> Facts:
    """The facts of this machine, in well under a second; ``ask_torch`` imports torch to see what it sees."""
    memory = psutil.virtual_memory()
    limit = _cgroup_limit() or memory.total
    driver, gpus, error = _ask_nvidia()
    version, cuda, hip, xpu = _torch_build()
    return Facts(
        system=platform.system(),
        distribution=_distribution(),
        container=Path("/.dockerenv").exists() or Path("/run/.containerenv").exists(),
        translated=sys.platform == "darwin" and _output("sysctl", "-n", "sysctl.proc_translated") == "1",
        cores=_cores(),
        bf16=_cpu_has_bf16(),
        memory_total=min(memory.total, limit),
        memory_available=min(memory.available, limit),
        disk_free=shutil.disk_usage(Path.cwd()).free,
        nvidia_cards_on_bus=_nvidia_cards_on_bus(),
        nvidia_driver=driver,
        nvidia_error=error,
        gpus=gpus,
        visible_devices=os.environ.get("CUDA_VISIBLE_DEVICES"),
        torch=version,
        torch_cuda=cuda,
        torch_hip=hip,
        torch_xpu=xpu,
        torch_devices=_torch_devices() if ask_torch and version else None,
    )


def advise(facts: Facts) -> list[Advice]:
    """What to mend, the most important first. Depends on the facts alone."""
    gpu = _gpu_advice(facts)
    found = [gpu] if gpu else []
    if facts.bf16 is False and not facts.gpus and facts.system != "Darwin":
        found.append(_note("no_bf16"))
    if facts.memory_available < MEMORY_NEEDED:
        found.append(_note("memory_low", free=_gib(facts.memory_available), needed=_gib(MEMORY_NEEDED)))
    if facts.disk_free < DISK_NEEDED:
        found.append(_note("disk_low", free=_gib(facts.disk_free), needed=_gib(DISK_NEEDED)))
    return found


def _gpu_advice(facts: Facts) -> Advice | None:
    """The first reason why a card is not used, None if it is or there is none."""
    if facts.torch is None:
        return _problem("torch_missing", f"{_pip()} install torch")
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
    branch = _number(facts.nvidia_driver)
    wheel = _wheel_for(branch, gpu)
    install = f"{_pip()} install --force-reinstall torch --index-url {WHEEL_INDEX}{wheel}" if wheel else None
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
    return 580 if _number(cuda) >= 13 else 525


def _covers(cuda: str, capability: float | None) -> bool:
    """Whether PyTorch's build for this CUDA holds code for the card, by its release notes."""
    if capability is None:
        return True
    major, _, minor = cuda.partition(".")
    if int(major) >= 13:
        return capability >= 7.5
    return capability >= 7.0 if _number(minor) >= 8 else capability < 10


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


def _gib(size: int) -> str:
    text = f"{size / 1024**3:.1f}"
    return text.replace(".", ",") if i18n.language() == "es" else text


def _number(text: str | None) -> int:
    """The leading whole number, 0 where there is none."""
    found = re.match(r"\d+", text or "")
    return int(found.group()) if found else 0


def _pip() -> str:
    return f"{Path(sys.executable).name} -m pip"


def _output(*command: str) -> str:
    """What a command prints (its errors too), stripped; empty where it is missing or takes too long."""
    try:
        run = subprocess.run(command, capture_output=True, text=True, timeout=10, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return (run.stdout or run.stderr).strip()


def _ask_nvidia() -> tuple[str | None, tuple[Gpu, ...], str | None]:
    """Driver version, cards, and the error where the driver does not answer."""
    tool = shutil.which("nvidia-smi") or (WSL_NVIDIA_SMI if Path(WSL_NVIDIA_SMI).exists() else None)
    if tool is None:
        return None, (), None
    query = "--query-gpu=driver_version,name,memory.total"
    text = _output(tool, f"{query},compute_cap", "--format=csv,noheader,nounits")
    if "not a valid field" in text:  # drivers before 510
        text = _output(tool, query, "--format=csv,noheader,nounits")
    return parse_nvidia_smi(text)


def parse_nvidia_smi(text: str) -> tuple[str | None, tuple[Gpu, ...], str | None]:
    """Driver version, cards and error from the CSV ``driver, name, memory[, capability]``, a line a card."""
    driver, gpus = None, []
    for line in text.splitlines():
        parts = [part.strip() for part in line.split(",")]
        if len(parts) < 3 or not re.fullmatch(r"\d+[.\d]*", parts[0]):
            return None, (), text or None
        driver = parts[0]
        capability = float(parts[3]) if len(parts) > 3 and re.fullmatch(r"\d+\.\d+", parts[3]) else None
        gpus.append(Gpu(parts[1], _number(parts[2]), capability))
    return driver, tuple(gpus), None


def _torch_build() -> tuple[str | None, str | None, str | None, str | None]:
    """torch's version and what it was built for (CUDA, HIP, XPU), read from its version.py, not imported."""
    spec = importlib.util.find_spec("torch")
    file = Path(spec.origin).parent / "version.py" if spec and spec.origin else None
    if file is None or not file.is_file():
        return None, None, None, None
    text = file.read_text(encoding="utf-8")
    pattern = r"^{}\s*(?::[^=\n]*)?=\s*['\"]([^'\"]+)"
    found = [
        re.search(pattern.format(name), text, re.MULTILINE) for name in ("__version__", "cuda", "hip", "xpu")
    ]
    version, cuda, hip, xpu = (one.group(1) if one else None for one in found)
    return version, cuda, hip, xpu


def _torch_devices() -> tuple[str, ...]:
    import torch

    seen = {
        "cuda": torch.cuda.is_available(),
        "mps": torch.backends.mps.is_available(),
        "xpu": hasattr(torch, "xpu") and torch.xpu.is_available(),
    }
    return tuple(name for name, available in seen.items() if available)


def _cores() -> int:
    """Cores that this process may use."""
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1


def _cpu_has_bf16() -> bool | None:
    """Whether the processor multiplies bfloat16 itself; None where it cannot be read."""
    try:
        text = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    except OSError:
        return None
    found = re.search(r"^(?:flags|Features)\s*:(.*)$", text, re.MULTILINE)
    return bool({"avx512_bf16", "amx_bf16", "bf16"} & set(found.group(1).split())) if found else None


def _cgroup_limit() -> int | None:
    """The memory limit of a container, in bytes."""
    for name in ("/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes"):
        if Path(name).is_file() and (limit := _number(Path(name).read_text())):
            return limit
    return None


def _nvidia_cards_on_bus() -> int:
    """Display and 3D controllers of NVIDIA's that Linux sees on the PCI bus, driver or not."""
    count = 0
    for device in Path("/sys/bus/pci/devices").glob("*"):
        try:
            vendor, kind = ((device / name).read_text().strip() for name in ("vendor", "class"))
        except OSError:
            continue
        count += vendor == "0x10de" and kind.startswith("0x03")
    return count


def _distribution() -> str:
    try:
        return platform.freedesktop_os_release().get("ID", "")
    except OSError:
        return ""
