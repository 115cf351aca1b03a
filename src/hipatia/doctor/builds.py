"""Which build of torch and of xllamacpp a card and its driver can use. Tables with their sources; pure.

CUDA builds need a driver of a certain branch (NVIDIA, *CUDA Compatibility*, "Minor Version Compatibility":
CUDA 11 a driver of branch 450, CUDA 12 one of 525, CUDA 13 one of 580), and hold code for some compute
capabilities only (PyTorch, RELEASE.md, "CUDA Support Matrix"):

    torch 2.8         cu126, cu128, cu129          cu126: Maxwell 5.0 to Hopper 9.0
    torch 2.9, 2.10   cu126, cu128, cu130          cu128: Turing 7.5 (before 2.11: Volta 7.0) to Blackwell 12.0
    torch 2.11        cu126, cu128, cu130          cu130: Turing 7.5 to Blackwell 12.0
    torch 2.12, 2.13  cu126, cu130, (cu132)        cu118 ended with torch 2.7, which is too old for Hipatia

cu132 is called experimental there and runs nothing that cu130 does not.
"""

from __future__ import annotations

from .facts import Facts, Gpu
from .system import leading_number

TORCH = '"torch>=2.8,<2.14"'
OLDEST_TORCH = (2, 8)
TORCH_INDEX = "https://download.pytorch.org/whl/"
XLLAMACPP_INDEX = "https://xorbitsai.github.io/xllamacpp/whl/"

# Newest first: the wheel, the oldest driver branch on which every card runs it, compute capabilities.
CUDA_WHEELS = (("cu130", 580, 7.5, 12.9), ("cu128", 570, 7.5, 12.9), ("cu126", 525, 5.0, 9.9))
LOWEST_CAPABILITY = 5.0
OLDEST_BRANCH = {11: 450, 12: 525, 13: 580}
# Drivers after this branch leave out Maxwell, Pascal and Volta.
LAST_LEGACY_BRANCH = 580
LEGACY_BELOW = 7.5
# The driver branch that first knew a CUDA version, for drivers that do not say it themselves.
_BRANCH_CUDA = (
    (595, "13.2"), (590, "13.1"), (580, "13.0"), (575, "12.9"), (570, "12.8"), (565, "12.7"), (560, "12.6"),
    (555, "12.5"), (550, "12.4"), (545, "12.3"), (535, "12.2"), (530, "12.1"), (525, "12.0"), (520, "11.8"),
    (515, "11.7"), (510, "11.6"), (495, "11.5"), (470, "11.4"), (465, "11.3"), (460, "11.2"), (455, "11.1"),
    (450, "11.0"), (440, "10.2"),
)  # fmt: skip

# PyTorch's ROCm wheels (Linux only) and the architectures in them.
ROCM_WHEEL = "rocm7.2"
ROCM_TARGETS = {
    "gfx900", "gfx906", "gfx908", "gfx90a", "gfx942", "gfx950", "gfx1030", "gfx1100", "gfx1101", "gfx1102",
    "gfx1150", "gfx1151", "gfx1200", "gfx1201",
}  # fmt: skip

# xllamacpp's GPU wheels, from its README: machine code for these capabilities; others are compiled by the
# driver, which then has to be as new as the wheel's CUDA. On Linux they need glibc 2.35.
_XLLAMACPP_CUDA = (
    ("cu132", 580, 595, 7.5, {7.5, 8.6, 8.9, 12.0, 12.1}),
    ("cu128", 525, 570, 5.0, {8.6, 8.9, 12.0}),
)
_XLLAMACPP_ROCM = "rocm-7.2.4"
_XLLAMACPP_TARGETS = {
    "gfx950", "gfx1030", "gfx1031", "gfx1032", "gfx1100", "gfx1101", "gfx1102", "gfx1150", "gfx1151",
    "gfx1200", "gfx1201",
}  # fmt: skip
_XLLAMACPP_GLIBC = (2, 35)
LARGE_CARD = 4096  # MiB; smaller GPUs sit inside processors


def branch(driver: str | None) -> int:
    """The branch of NVIDIA's driver: 580 of 580.95.05 and, on Windows, of 581.57."""
    return leading_number(driver)


def newest_cuda(driver: str | None) -> str | None:
    """The newest CUDA that a driver supports, by its branch."""
    return next((cuda for oldest, cuda in _BRANCH_CUDA if branch(driver) >= oldest), None)


def oldest_branch(cuda: str) -> int:
    """The oldest driver branch that runs a build for this CUDA."""
    return OLDEST_BRANCH.get(leading_number(cuda), max(OLDEST_BRANCH.values()))


def cuda_wheel(driver: str | None, capability: float | None) -> str | None:
    """The wheel of torch with the newest CUDA that runs on this driver and holds code for this card."""
    for wheel, oldest, lowest, highest in CUDA_WHEELS:
        if branch(driver) >= oldest and lowest <= (capability or lowest) <= highest:
            return wheel
    return None


def torch_wheel(facts: Facts) -> str | None:
    """The part of PyTorch's index that suits this machine; None where plain pip does."""
    if facts.system == "Darwin":
        return None
    if nvidia := facts.cards("nvidia"):
        return cuda_wheel(facts.nvidia_driver, nvidia[0].capability) or "cpu"
    if facts.system == "Linux" and any(gpu.target in ROCM_TARGETS for gpu in facts.cards("amd")):
        return ROCM_WHEEL
    return "xpu" if any(is_arc(gpu) for gpu in facts.cards("intel")) else "cpu"


def is_arc(gpu: Gpu) -> bool:
    """Whether one of Intel's GPUs is of the kind that torch's XPU builds are made for."""
    return gpu.vendor == "intel" and "Arc" in gpu.name


def holds_code(cuda: str, architectures: tuple[str, ...], capability: float | None) -> bool:
    """Whether a build runs on a card: by its own list of architectures, else by PyTorch's matrix.

    ``sm_XY`` runs on cards X.Z with Z >= Y; ``compute_XY`` is compiled by the driver for any newer card.
    """
    if capability is None:
        return True
    if not architectures:
        lowest, highest = {12: (5.0, 9.9), 13: (7.5, 99.0)}.get(leading_number(cuda), (0.0, 99.0))
        if cuda.startswith(("12.8", "12.9")):
            lowest, highest = 7.0, 99.0
        return lowest <= capability <= highest
    major, minor = divmod(round(capability * 10), 10)
    for name in architectures:
        kind, _, number = name.partition("_")
        number = number.rstrip("af")
        if not number.isdigit():
            continue
        if kind == "compute" and int(number) <= round(capability * 10):
            return True
        if kind == "sm" and int(number[:-1]) == major and int(number[-1]) <= minor:
            return True
    return False


def xllamacpp_wheel(facts: Facts) -> str | None:
    """The part of xllamacpp's index with the wheel for this machine's card; None where there is none.

    Vulkan serves every vendor's card with a driver for it, but not inside WSL.
    """
    if facts.system == "Darwin" or not facts.gpus or (facts.system == "Linux" and _old_libc(facts.libc)):
        return None
    for gpu in facts.cards("nvidia") if facts.nvidia_driver else ():
        for wheel, oldest, compiling, lowest, native in _XLLAMACPP_CUDA:
            capability = gpu.capability or 0.0
            needed = oldest if capability in native else compiling
            if capability >= lowest and branch(facts.nvidia_driver) >= needed:
                return wheel
    if facts.kfd == "present" and any(gpu.target in _XLLAMACPP_TARGETS for gpu in facts.cards("amd")):
        return _XLLAMACPP_ROCM
    return "vulkan" if not facts.wsl and any(_is_worth(gpu, facts) for gpu in facts.gpus) else None


def is_large_amd(gpu: Gpu, facts: Facts) -> bool:
    """Whether an AMD card is more than the small GPU inside a processor (Windows does not tell its memory)."""
    return gpu.vendor == "amd" and (gpu.memory >= LARGE_CARD or facts.system == "Windows")


def _is_worth(gpu: Gpu, facts: Facts) -> bool:
    """Whether answering on this GPU through Vulkan is likely to be faster than on the processor."""
    if gpu.vendor == "nvidia":
        return facts.nvidia_driver is not None
    return is_arc(gpu) or is_large_amd(gpu, facts)


def _old_libc(version: str) -> bool:
    parts = version.split(".")
    return len(parts) < 2 or (leading_number(parts[0]), leading_number(parts[1])) < _XLLAMACPP_GLIBC
