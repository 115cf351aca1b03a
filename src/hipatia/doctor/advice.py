"""What to mend, from facts alone: ``advise(facts)``. Pure, so that recorded situations test it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .. import i18n
from . import builds, commands
from .facts import MIB, Facts
from .machine import TIMED_OUT
from .nvidia import nvidia_advice
from .others import amd_advice, apple_advice, intel_advice
from .remarks import Advice, gib, note, problem, warning

MEMORY_NEEDED = 4 * 1024**3  # training the embedded model peaked at 3.8 GB
DISK_NEEDED = 2 * 1024**3
_USED_SHARE = 0.2  # a desktop takes less of a card
_TORCH_ERRORS = (
    (re.escape(TIMED_OUT), "torch_slow"),
    (r"WinError (?:126|127|1114|193)|c10\.dll|fbgemm\.dll", "torch_needs_redist"),
    (r"nvJitLink|undefined symbol|cannot open shared object|libcu\w+\.so", "torch_wrong_libraries"),
)
_KINDS = ("problem", "warning", "note")


def advise(facts: Facts) -> list[Advice]:
    """What to mend, the most important first. Depends on the facts alone."""
    idle = _idle(facts)
    said = [one for one in (idle, *_software(facts), *_room(facts)) if one]
    if not idle:
        said += _companions(facts)
    said += _notes(facts, in_use=not idle and uses_gpu(facts))
    return sorted(said, key=lambda one: _KINDS.index(one.kind))


def uses_gpu(facts: Facts) -> bool:
    """Whether torch's build is one for a card of this machine; with no problem, it is used."""
    if facts.check and not facts.check.error:
        return bool(facts.check.devices)
    nvidia = bool(facts.cards("nvidia") and facts.nvidia_driver and facts.torch_cuda)
    amd = any(gpu.target in builds.ROCM_TARGETS for gpu in facts.cards("amd")) and bool(facts.torch_hip)
    intel = any(builds.is_arc(gpu) for gpu in facts.cards("intel")) and bool(facts.torch_xpu)
    return nvidia or amd or intel or bool(facts.cards("apple") and not facts.translated)


def _idle(facts: Facts) -> Advice | None:
    """The first reason why a card is not used, or why nothing runs; None where all is well."""
    if facts.python_bits == 32:
        return problem("python_32_bits")
    if facts.torch is None:
        return problem("torch_missing", commands.install_torch(facts))
    if facts.check and facts.check.error:
        return _torch_broken(facts, facts.check.error)
    if facts.system == "Darwin":
        return apple_advice(facts)
    return nvidia_advice(facts) or amd_advice(facts) or intel_advice(facts)


def _torch_broken(facts: Facts, error: str) -> Advice:
    key = next((key for pattern, key in _TORCH_ERRORS if re.search(pattern, error)), "torch_broken")
    if key == "torch_needs_redist":
        return problem(key, "winget install Microsoft.VCRedist.2015+.x64", error=error)
    if key == "torch_wrong_libraries" and facts.environment.get("LD_LIBRARY_PATH"):
        return problem(key, commands.unset(facts, "LD_LIBRARY_PATH"), error=error)
    if key == "torch_slow":
        return problem(key, f"{facts.python_command} -X importtime -c 'import torch'")
    return problem("torch_broken", commands.install_torch(facts), error=error)


def _software(facts: Facts) -> Iterator[Advice]:
    """Installations that do not go together."""
    if facts.torch is None:
        return
    if _version(facts.torch) < builds.OLDEST_TORCH:
        yield warning("torch_too_old", commands.install_torch(facts), torch=facts.torch)
    copies = facts.torch_copies
    if facts.conda_torch and copies and copies[0].installer != "conda":
        yield warning("conda_and_pip", commands.clean_torch(facts), torch=facts.torch)
    elif len(copies) > 1:
        listed = ", ".join(f"{copy.version} ({copy.installer or '?'}, {copy.folder})" for copy in copies)
        yield warning("two_torches", commands.clean_torch(facts), copies=listed)
    vision = facts.packages.get("torchvision")
    if vision and not _fit(facts.torch, vision):
        yield warning("torchvision_unfit", commands.install_torch(facts), torch=facts.torch, vision=vision)


def _fit(torch: str, vision: str) -> bool:
    """Whether torchvision was built for this torch: 0.(n+15) goes with 2.n, and both have the same suffix."""
    major, minor = _version(torch)
    suffixes = [version.partition("+")[2] for version in (torch, vision)]
    same_build = not all(suffixes) or suffixes[0] == suffixes[1]
    return same_build and (major != 2 or _version(vision) == (0, minor + 15))


def _version(text: str) -> tuple[int, int]:
    found = re.match(r"(\d+)\.(\d+)", text)
    return (int(found.group(1)), int(found.group(2))) if found else (0, 0)


def _room(facts: Facts) -> Iterator[Advice]:
    """Memory and disk."""
    if facts.memory_available < MEMORY_NEEDED:
        yield warning("memory_low", free=gib(facts.memory_available), needed=gib(MEMORY_NEEDED))
    if facts.disk_free < DISK_NEEDED:
        yield warning("disk_low", free=gib(facts.disk_free), needed=gib(DISK_NEEDED))
    for gpu in facts.gpus:
        if gpu.memory and (gpu.used or 0) > _USED_SHARE * gpu.memory:
            held = ", ".join(f"{name} ({gib(mib * MIB)} GiB)" for name, mib in facts.gpu_programs[:3])
            values = {"gpu": gpu.name, "used": gib((gpu.used or 0) * MIB), "total": gib(gpu.memory * MIB)}
            command = "nvidia-smi" if gpu.vendor == "nvidia" else "rocm-smi --showpids"
            key = "gpu_memory_used_by" if held and gpu.vendor == "nvidia" else "gpu_memory_used"
            yield warning(key, command, **values, programs=held)


def _companions(facts: Facts) -> Iterator[Advice]:
    """Extensions of torch that the card could use."""
    broken = facts.check.broken if facts.check else {}
    upgrade = commands.install(facts, "--upgrade bitsandbytes")
    if "bitsandbytes" in broken:
        yield warning("bitsandbytes_broken", upgrade, error=broken["bitsandbytes"])
    elif facts.bitsandbytes_builds is not None:
        wanted = _bitsandbytes_build(facts)
        if not any(build.startswith(wanted) for build in facts.bitsandbytes_builds):
            there = ", ".join(facts.bitsandbytes_builds) or "–"
            yield warning("bitsandbytes_without_build", upgrade, wanted=wanted, there=there)
    if "flash_attn" in broken:
        remove = f"{facts.python_command} -m pip uninstall -y flash-attn"
        yield warning("flash_attention_broken", remove, error=broken["flash_attn"])


def _bitsandbytes_build(facts: Facts) -> str:
    """The part of bitsandbytes that this torch needs; empty (any will do) where it computes on no card."""
    if not uses_gpu(facts):
        return ""
    if facts.torch_cuda:
        return "cuda" + facts.torch_cuda.replace(".", "")
    return "rocm" if facts.torch_hip else "xpu" if facts.torch_xpu else ""


def _notes(facts: Facts, in_use: bool) -> Iterator[Advice]:
    """What is good to know."""
    if in_use and facts.torch_cuda and facts.packages and facts.bitsandbytes_builds is None:
        yield note("bitsandbytes_missing", commands.install(facts, "bitsandbytes"))
    if not in_use and facts.system != "Darwin":
        is_x86 = facts.architecture in ("x86_64", "AMD64")
        if is_x86 and facts.cpu_features is not None and "avx2" not in facts.cpu_features:
            yield note("no_avx2")
        if facts.bf16 is False:
            yield note("no_bf16")
    amd = [gpu for gpu in facts.cards("amd") if builds.is_large_amd(gpu, facts)]
    unsupported = [gpu for gpu in amd if gpu.target not in builds.ROCM_TARGETS]
    if unsupported and not in_use and facts.torch_hip is None:
        yield note("gpu_without_build", gpu=unsupported[0].name)
    yield from _hub(facts)
    wheel = builds.xllamacpp_wheel(facts)
    if wheel and facts.packages and _answers_on_cpu(facts):
        yield note("xllamacpp_for_gpu", commands.install_xllamacpp(facts, wheel))
    if facts.unanswered:
        yield note("unanswered", names=", ".join(facts.unanswered))


def _answers_on_cpu(facts: Facts) -> bool:
    """Whether GGUF models would answer on the processor: xllamacpp is missing, or knows no card."""
    devices = facts.xllamacpp_devices
    return "xllamacpp" not in facts.packages if devices is None else set(devices) <= {"CPU"}


def _hub(facts: Facts) -> Iterator[Advice]:
    cached = ", ".join(facts.cached_models or ()) or i18n.t("doctor.none_kept")
    if facts.hub_offline:
        yield note("hub_offline", models=cached)
    elif facts.hub_reached is False:
        yield note("hub_unreached", endpoint=facts.hub_endpoint, models=cached)
