"""Why an NVIDIA card lies idle, and what mends it: the first reason of several. Pure."""

from __future__ import annotations

import re

from . import builds, commands
from .facts import Facts, Gpu
from .remarks import Advice, problem

# What nvidia-smi says where it says no cards, and the name of the advice.
_ERRORS = (
    (r"version mismatch", "driver_mismatch"),
    (r"no answer in time", "driver_hangs"),
    (r"couldn't find libnvidia-ml|libnvidia-ml\.so.*(?:not found|No such file)", "driver_incomplete"),
    (r"blocked by the operating system", "wsl_blocked"),
    (r"[Ii]nsufficient [Pp]ermissions", "no_permission"),
    (r"GPU is lost|Unable to determine the device handle", "gpu_lost"),
    (r"has failed because it couldn't communicate|Driver Not Loaded", "driver_not_loaded"),
    (r"No devices were found", "no_devices"),
)
# What CUDA says where torch opens no card.
_DEVICE_ERRORS = (
    (r"802\b|system not yet initialized", "fabric_manager"),
    (r"80[34]\b|forward compatibility|unsupported display driver", "compat_library"),
    (r"999\b|unknown error", "cuda_unknown_error"),
)
_VARIABLE = "CUDA_VISIBLE_DEVICES"


def nvidia_advice(facts: Facts) -> Advice | None:
    """The first reason why no NVIDIA card is used; None if one is, or there is none."""
    if facts.nvidia_error:
        return _driver_error(facts, facts.nvidia_error)
    cards = facts.cards("nvidia")
    if not cards:
        return _no_gpu_in_wsl(facts)
    if facts.nvidia_driver is None:
        return _without_driver(facts, cards[0])
    return _unused(facts, cards[0])


# --- the driver answers ---------------------------------------------------------------------------


def _unused(facts: Facts, gpu: Gpu) -> Advice | None:
    """The card and its driver are there: is torch's build the right one, and does it open the card?"""
    cuda = facts.torch_cuda
    values: dict[str, object] = {
        "gpu": gpu.name,
        "driver": facts.nvidia_driver,
        "torch": facts.torch,
        "cuda": cuda or "",
    }
    hidden = facts.environment.get(_VARIABLE)
    if hides_all(hidden, len(facts.cards("nvidia"))):
        return problem("hidden", commands.unset(facts, _VARIABLE), **values, variable=_VARIABLE, value=hidden)
    if gpu.capability is not None and gpu.capability < builds.LOWEST_CAPABILITY:
        return problem("gpu_too_old", **values)
    if builds.cuda_wheel(facts.nvidia_driver, gpu.capability) is None:
        return _old_driver(facts, values)
    install = commands.install_torch(facts)
    if cuda is None:
        other = facts.torch_hip or facts.torch_xpu
        return problem("other_build" if other else "cpu_build", install, **values)
    if builds.branch(facts.nvidia_driver) < builds.oldest_branch(cuda):
        return problem("driver_older_than_torch", install, **values, needed=builds.oldest_branch(cuda))
    known = facts.check.architectures if facts.check else ()
    if not builds.holds_code(cuda, known, gpu.capability):
        return problem("not_in_build", install, **values, capability=gpu.capability)
    return _unopened(facts, values)


def _old_driver(facts: Facts, values: dict[str, object]) -> Advice:
    key = "driver_too_old"
    if facts.wsl:
        key = "driver_too_old_wsl"
    elif commands.is_legacy(facts):
        key = "driver_too_old_legacy"
    return problem(
        key,
        commands.install_driver(facts),
        **values,
        needed=builds.OLDEST_BRANCH[12],
        last=builds.LAST_LEGACY_BRANCH,
        supported=facts.nvidia_cuda or builds.newest_cuda(facts.nvidia_driver) or "?",
    )


def _unopened(facts: Facts, values: dict[str, object]) -> Advice | None:
    """Everything fits: torch itself tells whether it opens the card and computes on it."""
    check = facts.check
    if check is None or check.error:
        return None
    if "cuda" in check.devices:
        result = check.products.get("cuda", True)
        return None if result is True else problem("wrong_product", **values, reason=result or "≠")
    key = _match(_DEVICE_ERRORS, check.device_error or "") or "cuda_unseen"
    command: str | None = f'{facts.python_command} -c "import torch; torch.cuda.init()"'
    if key == "fabric_manager":
        command = "sudo systemctl enable --now nvidia-fabricmanager"
    elif key == "cuda_unknown_error":
        reload = ("sudo rmmod nvidia_uvm", "sudo modprobe nvidia_uvm")
        command = commands.then(facts, *reload) if facts.system == "Linux" and not facts.container else None
    elif key == "compat_library":
        command = None
    return problem(key, command, **values, reason=check.device_error or "?")


def hides_all(visible: str | None, count: int) -> bool:
    """CUDA stops at the first device that does not exist; what comes before it stays visible."""
    if visible is None:
        return False
    first = visible.split(",")[0].strip()
    return not first or (first.lstrip("-").isdigit() and not 0 <= int(first) < count) or first == "NoDevFiles"


# --- the driver does not answer -------------------------------------------------------------------


def _driver_error(facts: Facts, error: str) -> Advice:
    key = _match(_ERRORS, error) or "driver_error"
    if key == "driver_error" and facts.container:
        return problem("container_lost_gpu", commands.give_container_gpu(facts), error=_first_line(error))
    if key == "driver_not_loaded":
        return _not_loaded(facts)
    command = {
        "driver_mismatch": "sudo reboot",
        "driver_hangs": "sudo reboot" if facts.system == "Linux" else None,
        "driver_incomplete": commands.install_driver(facts),
        "wsl_blocked": "wsl --update",
        "gpu_lost": "sudo reboot",
        "no_permission": commands.then(facts, 'sudo usermod -aG render,video "$USER"', "newgrp render"),
        "no_devices": "sudo dmesg | grep -i -E 'nvrm|nvidia'" if facts.system == "Linux" else None,
    }.get(key)
    return problem(key, command, error=_first_line(error))


def _not_loaded(facts: Facts) -> Advice:
    """The tool is there and the kernel's part is not: another driver has the card, or the module is missing."""
    if facts.wsl:
        return problem("wsl_driver", commands.install_driver(facts))
    drivers = {gpu.driver for gpu in facts.cards("nvidia")}
    if "nouveau" in drivers:
        return problem("nouveau", commands.forbid_nouveau(facts))
    if facts.secure_boot and facts.nvidia_module in ("present", ""):
        return problem("secure_boot", commands.enroll_key(facts))
    if facts.nvidia_module == "missing":
        return problem("module_missing", commands.rebuild_module(facts), release=facts.release)
    command = "sudo modprobe nvidia" if facts.system == "Linux" else commands.install_driver(facts)
    return problem("driver_not_loaded", command)


def _without_driver(facts: Facts, gpu: Gpu) -> Advice:
    """A card on the bus, and no tool of NVIDIA's."""
    if facts.wsl:
        return problem("wsl_driver", commands.install_driver(facts))
    if facts.container:
        return problem("container_without_gpu", commands.give_container_gpu(facts))
    if gpu.state:
        return problem("device_stopped", "devmgmt.msc", gpu=gpu.name, state=gpu.state)
    if gpu.driver == "vfio-pci":
        return problem("reserved", gpu=gpu.name)
    key = "nouveau_only" if gpu.driver == "nouveau" else "no_driver"
    return problem(key, commands.install_driver(facts), gpu=gpu.name)


def _no_gpu_in_wsl(facts: Facts) -> Advice | None:
    if facts.wsl == 1:
        return problem("wsl1", "wsl --set-version Ubuntu 2")
    if facts.wsl == 2 and facts.wsl_gpu is False and not facts.container:
        return problem("wsl_no_gpu", "wsl --update")
    return None


def _match(table: tuple[tuple[str, str], ...], text: str) -> str | None:
    return next((key for pattern, key in table if re.search(pattern, text)), None)


def _first_line(text: str) -> str:
    return text.strip().splitlines()[0] if text.strip() else "?"
