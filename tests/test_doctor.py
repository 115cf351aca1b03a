"""Advice from recorded situations: no card is needed to test what is said about one."""

from __future__ import annotations

from typing import Any

import pytest

from hipatia import i18n
from hipatia.doctor import Facts, Gpu, advise, parse_nvidia_smi, probe

ROOM: dict[str, Any] = {"memory_available": 12 * 1024**3, "disk_free": 90 * 1024**3, "bf16": True}
CPU_BUILD: dict[str, Any] = {"torch": "2.13.0+cpu", "torch_cuda": None}
CUDA_13: dict[str, Any] = {"torch": "2.13.0", "torch_cuda": "13.0"}
CUDA_128: dict[str, Any] = {"torch": "2.8.0+cu128", "torch_cuda": "12.8"}
CUDA_126: dict[str, Any] = {"torch": "2.13.0+cu126", "torch_cuda": "12.6"}


def card(driver: str, name: str, capability: float | None, memory: int = 8192) -> dict[str, Any]:
    return {"nvidia_driver": driver, "gpus": (Gpu(name, memory, capability),)}


RTX_3060 = card("580.95.05", "NVIDIA GeForce RTX 3060", 8.6, 12288)
RTX_3060_550 = card("550.144.03", "NVIDIA GeForce RTX 3060", 8.6, 12288)
GTX_1060 = card("580.95.05", "NVIDIA GeForce GTX 1060 6GB", 6.1, 6144)
V100 = card("535.183.01", "Tesla V100-SXM2-16GB", 7.0, 16160)
RTX_5090 = card("580.95.05", "NVIDIA GeForce RTX 5090", 12.0, 32607)
RTX_5090_570 = card("570.86.16", "NVIDIA GeForce RTX 5090", 12.0, 32607)
T4_470 = card("470.256.02", "Tesla T4", None, 15109)
K80 = card("470.256.02", "Tesla K80", 3.7, 11441)

# (what, facts, key of the advice about the card or None, part of its command or None)
SITUATIONS: list[tuple[str, dict[str, Any], str | None, str | None]] = [
    ("no card", CPU_BUILD, None, None),
    ("no card, CUDA build", CUDA_13, None, None),
    ("all well", RTX_3060 | CUDA_13, None, None),
    ("all well, torch agrees", RTX_3060 | CUDA_13 | {"torch_devices": ("cuda",)}, None, None),
    ("older build on newer driver", RTX_3060 | CUDA_126, None, None),
    ("no torch at all", {"torch": None}, "torch_missing", "install"),
    ("CPU build", RTX_3060 | CPU_BUILD, "cpu_build", "whl/cu130"),
    ("CPU build, driver 550", RTX_3060_550 | CPU_BUILD, "cpu_build", "whl/cu126"),
    ("CPU build, Windows", RTX_3060 | CPU_BUILD | {"system": "Windows"}, "cpu_build", "whl/cu130"),
    ("CPU build, Pascal card", GTX_1060 | CPU_BUILD, "cpu_build", "whl/cu126"),
    ("CPU build, Volta card", V100 | CPU_BUILD, "cpu_build", "whl/cu126"),
    ("CPU build, Blackwell card", RTX_5090 | CPU_BUILD, "cpu_build", "whl/cu130"),
    ("CPU build, capability unknown", card("560.35", "GPU", None) | CPU_BUILD, "cpu_build", "whl/cu126"),
    ("Blackwell card, older driver", RTX_5090_570 | CUDA_13, "driver_too_old", None),
    ("CUDA 13 build, driver 550", RTX_3060_550 | CUDA_13, "driver_older_than_torch", "whl/cu126"),
    ("CUDA 12.6 build, driver 550", RTX_3060_550 | CUDA_126, None, None),
    ("CUDA 12.8 build, Pascal card", GTX_1060 | CUDA_128, "not_in_build", "whl/cu126"),
    ("CUDA 13 build, Pascal card", GTX_1060 | CUDA_13, "not_in_build", "whl/cu126"),
    ("CUDA 12.6 build, Pascal card", GTX_1060 | CUDA_126, None, None),
    ("CUDA 12.6 build, Blackwell card", RTX_5090 | CUDA_126, "not_in_build", "whl/cu130"),
    ("CUDA 12.8 build, Blackwell card", RTX_5090 | CUDA_128, None, None),
    ("driver 470", T4_470 | CUDA_126, "driver_too_old", None),
    (
        "driver 470, Ubuntu",
        T4_470 | CUDA_126 | {"distribution": "ubuntu"},
        "driver_too_old",
        "ubuntu-drivers",
    ),
    ("Kepler card", K80 | CPU_BUILD, "gpu_too_old", None),
    ("hidden by nothing", RTX_3060 | CUDA_13 | {"visible_devices": ""}, "hidden", "unset CUDA"),
    ("hidden by -1", RTX_3060 | CUDA_13 | {"visible_devices": "-1"}, "hidden", "unset CUDA"),
    ("hidden by 1 of 1", RTX_3060 | CUDA_13 | {"visible_devices": "1,0"}, "hidden", "unset CUDA"),
    (
        "hidden, Windows",
        RTX_3060 | CUDA_13 | {"visible_devices": "", "system": "Windows"},
        "hidden",
        "set CUDA",
    ),
    ("hidden before all else", RTX_3060 | CPU_BUILD | {"visible_devices": ""}, "hidden", "unset CUDA"),
    ("chosen, not hidden", RTX_3060 | CUDA_13 | {"visible_devices": "0"}, None, None),
    ("chosen by name", RTX_3060 | CUDA_13 | {"visible_devices": "GPU-8932f937"}, None, None),
    ("torch does not see it", RTX_3060 | CUDA_13 | {"torch_devices": ()}, "cuda_unseen", "torch.cuda.init"),
    ("no driver", CPU_BUILD | {"nvidia_cards_on_bus": 1}, "no_driver", None),
    (
        "no driver, Fedora",
        {**CPU_BUILD, "nvidia_cards_on_bus": 1, "distribution": "fedora"},
        "no_driver",
        "akmod",
    ),
    (
        "container without the card",
        CPU_BUILD | {"nvidia_cards_on_bus": 1, "container": True},
        "container_without_gpu",
        "--gpus all",
    ),
    (
        "driver updated, not loaded",
        CUDA_13 | {"nvidia_error": "Failed to initialize NVML: Driver/library version mismatch"},
        "driver_mismatch",
        "reboot",
    ),
    (
        "driver not loaded",
        CUDA_13
        | {"nvidia_error": "NVIDIA-SMI has failed because it couldn't communicate with the NVIDIA driver."},
        "driver_error",
        None,
    ),
    ("Mac", {"system": "Darwin", "torch": "2.13.0"}, None, None),
    ("Mac, torch sees MPS", {"system": "Darwin", "torch": "2.13.0", "torch_devices": ("mps",)}, None, None),
    ("Mac without MPS", {"system": "Darwin", "torch": "2.13.0", "torch_devices": ()}, "mps_unseen", None),
    ("Mac, Intel Python", {"system": "Darwin", "torch": "2.2.2", "translated": True}, "rosetta", None),
    (
        "Intel build, no card",
        {"torch": "2.13.0+xpu", "torch_xpu": "20250301", "torch_devices": ()},
        "xpu_unseen",
        None,
    ),
    ("Intel build, well", {"torch": "2.13.0+xpu", "torch_xpu": "1", "torch_devices": ("xpu",)}, None, None),
]


@pytest.mark.parametrize("language", ["es", "en"])
@pytest.mark.parametrize(
    ("facts", "key", "command"), [row[1:] for row in SITUATIONS], ids=[r[0] for r in SITUATIONS]
)
def test_advice(facts: dict[str, Any], key: str | None, command: str | None, language: str) -> None:
    i18n.set_language(language)
    given = advise(Facts(**ROOM | facts))
    assert [one.key for one in given] == ([key] if key else [])
    for one in given:
        assert one.kind == "problem"
        assert one.message
        assert "None" not in one.message
        assert (command or "") in (one.command or "")
        assert (one.command is None) == (command is None)


NOTES: list[tuple[dict[str, Any], list[str]]] = [
    ({}, []),
    ({"bf16": None}, []),
    ({"bf16": False}, ["no_bf16"]),
    ({"bf16": False} | RTX_3060 | CUDA_13, []),
    ({"memory_available": 3 * 1024**3}, ["memory_low"]),
    ({"disk_free": 1024**3}, ["disk_low"]),
    ({"bf16": False, "memory_available": 0, "disk_free": 0}, ["no_bf16", "memory_low", "disk_low"]),
]


@pytest.mark.parametrize(("facts", "keys"), NOTES)
def test_notes(facts: dict[str, Any], keys: list[str]) -> None:
    assert [one.key for one in advise(Facts(**ROOM | CPU_BUILD | facts))] == keys


def test_spanish_has_a_decimal_comma() -> None:
    facts = Facts(**ROOM | CPU_BUILD | {"memory_available": int(2.5 * 1024**3)})
    assert "2,5 GiB" in advise(facts)[0].message


MISMATCH = "Failed to initialize NVML: Driver/library version mismatch\nNVML library version: 550.144"
OUTPUTS: list[tuple[str, str | None, tuple[Gpu, ...], str | None]] = [
    ("", None, (), None),
    (
        "580.95.05, NVIDIA GeForce RTX 3060, 12288, 8.6",
        "580.95.05",
        (Gpu("NVIDIA GeForce RTX 3060", 12288, 8.6),),
        None,
    ),
    (
        "550.54.15, NVIDIA A100-SXM4-40GB, 40960, 8.0\n550.54.15, NVIDIA A100-SXM4-40GB, 40960, 8.0",
        "550.54.15",
        (Gpu("NVIDIA A100-SXM4-40GB", 40960, 8.0),) * 2,
        None,
    ),
    ("470.256.02, Tesla T4, 15109", "470.256.02", (Gpu("Tesla T4", 15109),), None),
    ("535.98, NVIDIA GB10, [N/A], 12.1", "535.98", (Gpu("NVIDIA GB10", 0, 12.1),), None),
    (MISMATCH, None, (), MISMATCH),
    ("No devices were found", None, (), "No devices were found"),
]


@pytest.mark.parametrize(("text", "driver", "gpus", "error"), OUTPUTS)
def test_nvidia_smi(text: str, driver: str | None, gpus: tuple[Gpu, ...], error: str | None) -> None:
    assert parse_nvidia_smi(text) == (driver, gpus, error)


def test_probe_of_this_machine() -> None:
    facts = probe()
    assert facts.cores >= 1
    assert facts.memory_total >= facts.memory_available > 0
    assert facts.disk_free > 0
    assert facts.torch
    assert facts.torch_devices is None
    assert isinstance(advise(facts), list)
