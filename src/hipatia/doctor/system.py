"""The system, the processor and the memory, read from a ``Machine``. The parsers take text and give records."""

from __future__ import annotations

import re

from .machine import Machine

# What speeds up a model on a processor, by the names of Linux.
CPU_FEATURES = ("avx2", "avx512f", "avx512_bf16", "amx_bf16", "bf16", "sve")
_MAC_FEATURES = {"avx2_0": "avx2", "avx512f": "avx512f", "FEAT_BF16": "bf16"}
_SECURE_BOOT = "/sys/firmware/efi/efivars/SecureBoot-8be4df61-93ca-11d2-aa0d-00e098032b8c"
_FAMILIES = ("ubuntu", "debian", "fedora", "rhel", "arch", "suse")
_CGROUPS = (
    ("/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory.current"),
    ("/sys/fs/cgroup/memory/memory.limit_in_bytes", "/sys/fs/cgroup/memory/memory.usage_in_bytes"),
)


def leading_number(text: str | None) -> int:
    """The leading whole number, 0 where there is none."""
    found = re.match(r"\d+", text or "")
    return int(found.group()) if found else 0


def processor(machine: Machine) -> tuple[str, tuple[str, ...] | None]:
    """The processor's name and which of CPU_FEATURES it has; None where the system does not tell."""
    if machine.system == "Linux":
        return parse_cpuinfo(machine.read("/proc/cpuinfo"))
    if machine.system == "Darwin":
        names = ("machdep.cpu.brand_string", "hw.optional.avx2_0", "hw.optional.avx512f")
        return parse_sysctl(machine.run("sysctl", "-i", *names, "hw.optional.arm.FEAT_BF16"))
    return machine.environ.get("PROCESSOR_IDENTIFIER", ""), None


def parse_cpuinfo(text: str) -> tuple[str, tuple[str, ...] | None]:
    """Name and features from ``/proc/cpuinfo``, of Intel's and AMD's form (flags) or ARM's (Features)."""
    name = re.search(r"^(?:model name|Model|Hardware)\s*:\s*(.+)$", text, re.MULTILINE)
    flags = re.search(r"^(?:flags|Features)\s*:(.*)$", text, re.MULTILINE)
    has = set(flags.group(1).split()) if flags else None
    features = None if has is None else tuple(one for one in CPU_FEATURES if one in has)
    return " ".join(name.group(1).split()) if name else "", features


def parse_sysctl(text: str) -> tuple[str, tuple[str, ...] | None]:
    """Name and features from macOS' ``sysctl``, a line ``key: value`` each."""
    values = dict(line.split(": ", 1) for line in text.splitlines() if ": " in line)
    name = values.pop("machdep.cpu.brand_string", "")
    has = {key.rpartition(".")[2] for key, value in values.items() if value.strip() == "1"}
    return name, tuple(feature for key, feature in _MAC_FEATURES.items() if key in has) if values else None


def distribution(machine: Machine) -> tuple[str, str, str]:
    """Linux distribution: its id, its version, and the family whose commands it understands."""
    return parse_os_release(machine.read("/etc/os-release") or machine.read("/usr/lib/os-release"))


def parse_os_release(text: str) -> tuple[str, str, str]:
    """Id, version and family from ``os-release``."""
    values = {key: value.strip("\"'") for key, value in re.findall(r"^(\w+)=(.*)$", text, re.MULTILINE)}
    own = values.get("ID", "")
    like = [own, *values.get("ID_LIKE", "").split()]
    family = next((one for one in like if one in _FAMILIES), "")
    return own, values.get("VERSION_ID", ""), family


def wsl_version(version: str) -> int:
    """1 or 2 where ``/proc/version`` is that of a Windows Subsystem for Linux, else 0."""
    if "microsoft" not in version.lower():
        return 0
    return 2 if "WSL2" in version or "microsoft-standard" in version else 1


def container(machine: Machine) -> str:
    """The kind of container that this runs in; empty outside."""
    if machine.environ.get("KUBERNETES_SERVICE_HOST"):
        return "kubernetes"
    if machine.exists("/run/.containerenv"):
        return "podman"
    if machine.exists("/.dockerenv"):
        return "docker"
    return parse_cgroup(machine.read("/proc/1/cgroup")) or machine.environ.get("container", "")


def parse_cgroup(text: str) -> str:
    """The kind of container that the control groups of process 1 name."""
    kinds = {"kubepods": "kubernetes", "libpod": "podman", "docker": "docker", "containerd": "docker"}
    return next((kind for word, kind in (kinds | {"/lxc": "lxc"}).items() if word in text), "")


def secure_boot(machine: Machine) -> bool | None:
    """Whether the firmware refuses unsigned kernel modules; None without such firmware."""
    text = machine.read(_SECURE_BOOT)  # four bytes of attributes, then 0 or 1
    return text.endswith("\x01") if text else None


def memory(machine: Machine) -> tuple[int, int]:
    """Memory in bytes, all and free, within the limit of a container."""
    total, available = machine.memory()
    for limit_file, used_file in _CGROUPS:
        limit = leading_number(machine.read(limit_file))
        if 0 < limit < total:
            used = leading_number(machine.read(used_file))
            return limit, max(0, min(available, limit - used))
    return total, available


def is_translated(machine: Machine) -> bool:
    """Whether an Intel Python runs on Apple silicon."""
    return machine.system == "Darwin" and machine.run("sysctl", "-n", "sysctl.proc_translated") == "1"
