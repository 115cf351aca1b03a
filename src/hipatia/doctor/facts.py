"""What the doctor knows of a machine: plain records, filled by ``probing`` and read by everything else."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from .machine import Package

Vendor = Literal["nvidia", "amd", "intel", "apple"]
MIB = 1024**2


@dataclass(frozen=True, slots=True)
class Gpu:
    """A graphics card: from its vendor's tool where that answers, else from the bus.

    Memory in MiB, 0 where it is not known. ``capability``: NVIDIA's compute capability, such as 8.6.
    ``target``: AMD's architecture, such as gfx1100. ``driver``: the kernel driver that holds it (on Windows
    the driver's version). ``state``: Windows' number of what is wrong with the device, 0 for nothing.
    """

    name: str
    memory: int = 0
    capability: float | None = None
    used: int | None = None
    vendor: Vendor = "nvidia"
    target: str | None = None
    driver: str = ""
    state: int = 0

    @property
    def free(self) -> int:
        """Free memory in bytes, 0 where it is not known."""
        return max(0, self.memory - (self.used or 0)) * MIB


@dataclass(frozen=True, slots=True)
class Check:
    """What torch says and does on this machine, from a process of its own.

    ``error``: why it could not be imported. ``devices``: what it sees. ``device_error``: why it opens no
    device. ``architectures``: what its build holds code for (sm_86, compute_120, gfx1100). ``products``: for
    each device, whether a small product of matrices was right, or the error. ``broken``: installed
    extensions that do not load, with the reason.
    """

    error: str | None = None
    devices: tuple[str, ...] = ()
    device_error: str | None = None
    architectures: tuple[str, ...] = ()
    capability: float | None = None
    products: dict[str, bool | str] = field(default_factory=dict)
    cpu_features: tuple[str, ...] = ()
    broken: dict[str, str] = field(default_factory=dict)
    works: tuple[str, ...] = ()
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Facts:
    """What a machine is. Sizes in bytes; None: not known or not asked."""

    # the system
    system: str = "Linux"
    release: str = ""
    architecture: str = "x86_64"
    distribution: str = ""
    distribution_version: str = ""
    family: str = (
        ""  # the distribution whose commands it understands: ubuntu, debian, fedora, rhel, arch, suse
    )
    wsl: int = 0  # 1 or 2 inside the Windows Subsystem for Linux
    container: str = ""  # docker, podman, kubernetes, lxc
    translated: bool = False  # an Intel Python on Apple silicon
    secure_boot: bool | None = None
    python: str = ""
    python_bits: int = 64
    python_command: str = "python"
    libc: str = ""
    # the processor, memory, disk
    cpu: str = ""
    cores: int = 1
    cpu_features: tuple[str, ...] | None = None  # of CPU_FEATURES
    memory_total: int = 0
    memory_available: int = 0
    disk_free: int = 0
    # graphics cards
    gpus: tuple[Gpu, ...] = ()
    nvidia_driver: str | None = None
    nvidia_cuda: str | None = None  # the newest CUDA that this driver supports
    nvidia_error: str | None = None
    nvidia_module: Literal["", "missing", "present", "loaded"] = ""  # the kernel module
    wsl_gpu: bool | None = None  # whether WSL passes any card through (/dev/dxg)
    kfd: Literal["", "present", "denied"] = ""  # AMD's compute device
    render: Literal["", "present", "denied"] = ""  # the device that Intel's and AMD's runtimes open
    gpu_programs: tuple[tuple[str, int], ...] = ()  # programs and the MiB that they hold on a card
    environment: dict[str, str] = field(default_factory=dict)  # variables that hide or change devices
    # torch
    torch: str | None = None
    torch_cuda: str | None = None
    torch_hip: str | None = None
    torch_xpu: str | None = None
    torch_copies: tuple[Package, ...] = ()
    conda: bool = False  # whether this Python is conda's
    conda_torch: bool = False  # whether conda believes to have installed torch
    installer: Literal["pip", "uv"] = "pip"
    check: Check | None = None
    # other software
    packages: dict[str, str] = field(default_factory=dict)  # versions of torchvision, bitsandbytes, …
    bitsandbytes_builds: tuple[str, ...] | None = None  # such as cuda126, rocm72, xpu, cpu
    xllamacpp_devices: tuple[str, ...] | None = None
    lmstudio_models: int | None = None
    lmstudio_running: bool = False
    # Hugging Face
    hub_token: str | None = None  # where it comes from, never what it is
    hub_offline: bool = False
    hub_endpoint: str = ""
    hub_reached: bool | None = None
    cached_models: tuple[str, ...] | None = None
    embedded_model: bool | None = None  # whether it has been brought
    # the examination itself
    unanswered: tuple[str, ...] = ()  # questions that met an error or took too long

    @property
    def bf16(self) -> bool | None:
        """Whether the processor multiplies bfloat16 itself."""
        if self.cpu_features is None:
            return None
        return any(name in self.cpu_features for name in ("avx512_bf16", "amx_bf16", "bf16"))

    def cards(self, vendor: Vendor) -> tuple[Gpu, ...]:
        """The cards of one vendor, the most capable first."""
        cards = (gpu for gpu in self.gpus if gpu.vendor == vendor)
        return tuple(sorted(cards, key=lambda gpu: (gpu.capability or 0, gpu.memory), reverse=True))
