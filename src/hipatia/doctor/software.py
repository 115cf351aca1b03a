"""The software that matters, read from a ``Machine``: torch's build, its companions, LM Studio, the hub."""

from __future__ import annotations

import json
import re
from dataclasses import fields
from typing import Any

from ..redaction import redact
from .facts import Check
from .machine import TIMED_OUT, Machine

COMPANIONS = ("torchvision", "torchaudio", "transformers", "peft", "bitsandbytes", "flash-attn", "xllamacpp")
# Variables that hide devices, or make a program take another for what it is.
DEVICE_VARIABLES = (
    "CUDA_VISIBLE_DEVICES",
    "NVIDIA_VISIBLE_DEVICES",
    "HIP_VISIBLE_DEVICES",
    "ROCR_VISIBLE_DEVICES",
    "HSA_OVERRIDE_GFX_VERSION",
    "ZE_AFFINITY_MASK",
    "ONEAPI_DEVICE_SELECTOR",
    "LD_LIBRARY_PATH",
    "BNB_CUDA_VERSION",
)
ENDPOINT = "https://huggingface.co"
_CHECK_SECONDS = 90  # a first start on a slow disk takes a minute
_ASK_XLLAMACPP = "import xllamacpp as x; print(*(one['name'] for one in x.get_device_info()))"


def torch_build(machine: Machine) -> dict[str, str | None]:
    """torch's version and what it was built for, from its version.py: torch is not imported."""
    folder = machine.package("torch")
    return parse_torch_version(machine.read(f"{folder}/version.py") if folder else "")


def parse_torch_version(text: str) -> dict[str, str | None]:
    """Version, CUDA, HIP and XPU from the text of torch's version.py, as fields of ``Facts``."""
    names = {"torch": "__version__", "torch_cuda": "cuda", "torch_hip": "hip", "torch_xpu": "xpu"}
    pattern = r"^{}\s*(?::[^=\n]*)?=\s*['\"]([^'\"]+)"
    found = {field: re.search(pattern.format(name), text, re.MULTILINE) for field, name in names.items()}
    return {field: one.group(1) if one else None for field, one in found.items()}


def check_torch(machine: Machine) -> Check:
    """Let torch look and compute, in a process of its own."""
    return parse_check(machine.run_python("-m", "hipatia.doctor.torch_check", seconds=_CHECK_SECONDS))


def parse_check(text: str) -> Check:
    """The check from what its process printed; the last line is the result, others come from libraries."""
    line = next((line for line in reversed(text.splitlines()) if line.startswith("{")), "")
    try:
        values = json.loads(line)
    except ValueError:
        last = text.strip().splitlines()
        return Check(error=last[-1] if last else "(no output)")
    known = {field.name for field in fields(Check)}
    return Check(**{name: _frozen(value) for name, value in values.items() if name in known})


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def installed(machine: Machine) -> dict[str, str]:
    """The versions of torch's companions that are installed."""
    found = {name: machine.distributions(name) for name in COMPANIONS}
    return {name: copies[0].version for name, copies in found.items() if copies}


def bitsandbytes_builds(machine: Machine) -> tuple[str, ...] | None:
    """What the installed bitsandbytes has code for, such as cuda126 or cpu; None where it is not installed."""
    folder = machine.package("bitsandbytes")
    if not folder:
        return None
    names = (
        re.search(r"libbitsandbytes_([a-z]+\d*)", path) for path in machine.files(f"{folder}/*bitsandbytes_*")
    )
    return tuple(dict.fromkeys(name.group(1) for name in names if name))


def xllamacpp_devices(machine: Machine) -> tuple[str, ...] | None:
    """The devices that the installed xllamacpp computes on (CPU, CUDA0, Vulkan0, MTL0); None without it."""
    if not machine.package("xllamacpp"):
        return None
    answer = machine.run_python("-c", _ASK_XLLAMACPP, seconds=10)
    last = answer.splitlines()[-1] if answer and answer != TIMED_OUT else ""
    return tuple(word for word in last.split() if re.fullmatch(r"[A-Za-z]+\d*", word))


def lmstudio(machine: Machine) -> dict[str, Any]:
    """How many models LM Studio has, and whether its server answers."""
    there = machine.lmstudio()
    if there is None:
        return {}
    models, url = there
    return {"lmstudio_models": models, "lmstudio_running": '"data"' in machine.ask_here(f"{url}/v1/models")}


def device_variables(machine: Machine) -> dict[str, str]:
    """The variables that are set among DEVICE_VARIABLES."""
    return {name: machine.environ[name] for name in DEVICE_VARIABLES if name in machine.environ}


def hub(machine: Machine, ask: bool = True) -> dict[str, Any]:
    """Where the hub's token comes from, and whether the hub can be reached."""
    origin = machine.hub_token_origin()
    offline = machine.hub_offline()
    endpoint = machine.environ.get("HF_ENDPOINT", "").rstrip("/") or ENDPOINT
    return {
        "hub_token": origin if origin is None or origin.isupper() else "file",
        "hub_offline": offline,
        "hub_endpoint": redact(endpoint),
        "hub_reached": None if offline or not ask else machine.reaches(endpoint),
    }
