"""What torch says and does here, as one JSON line: ``python -m hipatia.doctor.torch_check``.

A process of its own: importing torch takes seconds, a broken driver may crash or hang it, and the process
that asks must survive that.
"""

from __future__ import annotations

import importlib
import importlib.util
import json
import sys
import time
import warnings
from typing import Any

_SIZE = 64
_EXTENSIONS = ("bitsandbytes", "flash_attn")
# torch's names of processor features, and Linux'
_FEATURES = {
    "avx2": "avx2",
    "avx512_f": "avx512f",
    "avx512_bf16": "avx512_bf16",
    "amx_bf16": "amx_bf16",
    "arm_bf16": "bf16",
}


def check() -> dict[str, Any]:
    """The fields of ``Check``, as JSON has them."""
    start = time.perf_counter()
    try:
        torch = importlib.import_module("torch")
    except (ImportError, OSError, RuntimeError, AttributeError) as error:
        return {"error": f"{type(error).__name__}: {error}"}
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        devices = _devices(torch)
    found: dict[str, Any] = {
        "devices": devices,
        "device_error": _device_error(torch, devices, [str(one.message) for one in said]),
        "architectures": _architectures(torch),
        "capability": _capability(torch) if "cuda" in devices and not torch.version.hip else None,
        "products": {device: _product(torch, device) for device in (*devices, "cpu")},
        "cpu_features": _cpu_features(torch),
    }
    found["works"], found["broken"] = _extensions(torch, devices)
    return {**found, "seconds": round(time.perf_counter() - start, 2)}


def _devices(torch: Any) -> list[str]:
    seen = {
        "cuda": torch.cuda.is_available,
        "mps": torch.backends.mps.is_available,
        "xpu": torch.xpu.is_available,
    }
    return [name for name, available in seen.items() if available()]


def _device_error(torch: Any, devices: list[str], said: list[str]) -> str | None:
    """Why a build for NVIDIA's or AMD's cards opens none."""
    if "cuda" in devices or not (torch.version.cuda or torch.version.hip):
        return None
    try:
        torch.cuda.init()
    except (RuntimeError, AssertionError) as error:
        return "; ".join([*said, str(error)])
    return "; ".join(said) or None


def _architectures(torch: Any) -> list[str]:
    flags = getattr(torch._C, "_cuda_getArchFlags", None)  # get_arch_list() is empty without a device
    return (flags() or "").split() if flags else []


def _capability(torch: Any) -> float:
    major, minor = torch.cuda.get_device_capability()
    return float(major + minor / 10)


def _product(torch: Any, device: str) -> bool | str:
    """Whether a product of whole numbers, exact in every precision, comes out right; or the error."""
    try:
        numbers = torch.arange(_SIZE * _SIZE).reshape(_SIZE, _SIZE) % 7
        result = (numbers.to(device, torch.float32) @ numbers.to(device, torch.float32)).cpu()
        return bool((result.long() == numbers @ numbers).all())
    except RuntimeError as error:
        return str(error).splitlines()[0]


def _cpu_features(torch: Any) -> list[str]:
    has: dict[str, Any] = getattr(torch.cpu, "get_capabilities", dict)()
    return [name for key, name in _FEATURES.items() if has.get(key)]


def _extensions(torch: Any, devices: list[str]) -> tuple[list[str], dict[str, str]]:
    """The installed extensions that load (and, for bitsandbytes, compute), and why the others do not."""
    works, broken = [], {}
    for name in _EXTENSIONS:
        if importlib.util.find_spec(name) is None:
            continue
        try:
            module = importlib.import_module(name)
            if name == "bitsandbytes" and devices:
                ones = torch.ones(_SIZE, _SIZE, dtype=torch.float16, device=devices[0])
                importlib.import_module("bitsandbytes.functional").quantize_4bit(ones)
            works.append(module.__name__)
        except Exception as error:  # whatever a foreign extension raises, its name and words are the finding
            broken[name] = f"{type(error).__name__}: {error}".splitlines()[0]
    return works, broken


if __name__ == "__main__":
    sys.stdout.write("\n" + json.dumps(check()) + "\n")
