"""Why a card of AMD's, Intel's or Apple's lies idle, and what mends it. Pure."""

from __future__ import annotations

from . import builds, commands
from .facts import Check, Facts
from .remarks import Advice, problem

_HIDES_AMD = ("HIP_VISIBLE_DEVICES", "ROCR_VISIBLE_DEVICES", "CUDA_VISIBLE_DEVICES")
# Cards that PyTorch's wheels leave out, and the relative whose code usually runs on them.
_RELATIVES = {
    **dict.fromkeys(("gfx1031", "gfx1032", "gfx1033", "gfx1034", "gfx1035", "gfx1036"), "10.3.0"),
    "gfx1103": "11.0.0",
}


def amd_advice(facts: Facts) -> Advice | None:
    """The first reason why no AMD card is used; None if one is, or there is none that torch could use."""
    usable = [gpu for gpu in facts.cards("amd") if gpu.target in builds.ROCM_TARGETS]
    if not usable:
        return _relative(facts)
    gpu, check = usable[0], facts.check
    values = {"gpu": gpu.name, "target": gpu.target, "torch": facts.torch}
    for name in _HIDES_AMD:
        value = facts.environment.get(name)
        if value is not None and value.strip() in ("", "-1"):
            return problem("hidden", commands.unset(facts, name), **values, variable=name, value=value)
    if facts.torch_hip is None:
        if facts.torch_cuda and facts.cards("nvidia"):
            return None  # a torch for the other card of this machine
        return problem("rocm_build", commands.install_torch(facts, builds.ROCM_WHEEL), **values)
    if facts.kfd == "denied" or facts.render == "denied":
        return _no_permission(facts, gpu.name)
    if facts.container and not facts.kfd:
        return problem("rocm_container", "docker run --device=/dev/kfd --device=/dev/dri …", **values)
    return _unopened(check, "cuda", "rocm_unseen", "rocminfo", gpu.name)


def _relative(facts: Facts) -> Advice | None:
    """A build for AMD, and a card that it has no code for."""
    gpus = [gpu for gpu in facts.cards("amd") if gpu.target]
    if not gpus or facts.torch_hip is None or "HSA_OVERRIDE_GFX_VERSION" in facts.environment:
        return None
    version = _RELATIVES.get(gpus[0].target or "")
    command = f"export HSA_OVERRIDE_GFX_VERSION={version}" if version else None
    key = "rocm_relative" if version else "rocm_not_in_build"
    return problem(key, command, gpu=gpus[0].name, target=gpus[0].target)


def intel_advice(facts: Facts) -> Advice | None:
    """The first reason why no Arc of Intel's is used; None if one is, or there is none."""
    arcs = [gpu for gpu in facts.cards("intel") if builds.is_arc(gpu)]
    if facts.torch_xpu is None:
        if not arcs or facts.torch_cuda or facts.torch_hip:
            return None  # no such card, or a torch for another one of this machine
        return problem("xpu_build", commands.install_torch(facts, "xpu"), gpu=arcs[0].name, torch=facts.torch)
    name = arcs[0].name if arcs else "Intel"
    if arcs and facts.render == "denied":
        return _no_permission(facts, name)
    for variable in ("ZE_AFFINITY_MASK", "ONEAPI_DEVICE_SELECTOR"):
        value = facts.environment.get(variable, "")
        if value.strip() in ("-1", "opencl:cpu", "*:cpu"):
            return problem(
                "hidden", commands.unset(facts, variable), gpu=name, variable=variable, value=value
            )
    return _unopened(facts.check, "xpu", "xpu_unseen", None, name)


def apple_advice(facts: Facts) -> Advice | None:
    """Why a Mac's GPU is not used."""
    if facts.translated:
        return problem("rosetta")
    if not facts.cards("apple"):
        return None
    return _unopened(facts.check, "mps", "mps_unseen", None, facts.cards("apple")[0].name)


def _unopened(check: Check | None, device: str, key: str, command: str | None, gpu: str) -> Advice | None:
    if check is None or check.error:
        return None
    if device not in check.devices:
        return problem(key, command, gpu=gpu, reason=check.device_error or "?")
    result = check.products.get(device, True)
    return None if result is True else problem("wrong_product", gpu=gpu, reason=result or "≠")


def _no_permission(facts: Facts, gpu: str) -> Advice:
    join = commands.then(facts, 'sudo usermod -aG render,video "$USER"', "newgrp render")
    return problem("no_permission", join, error=gpu)
