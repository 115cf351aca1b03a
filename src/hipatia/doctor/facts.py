"""What this machine is: ``probe()``. Reads files, asks ``nvidia-smi``, and imports torch only if wished."""

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

import psutil

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


def leading_number(text: str | None) -> int:
    """The leading whole number, 0 where there is none."""
    found = re.match(r"\d+", text or "")
    return int(found.group()) if found else 0


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
        gpus.append(Gpu(parts[1], leading_number(parts[2]), capability))
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
        if Path(name).is_file() and (limit := leading_number(Path(name).read_text())):
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
