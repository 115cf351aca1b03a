"""Which build goes with which card and driver; which sizes go with which memory."""

from __future__ import annotations

from pathlib import Path

import pytest
from recorded import Recorded

from hipatia.doctor import Facts, Gpu, builds, capacity, probe
from hipatia.doctor.nvidia import hides_all
from hipatia.doctor.show import size_name

GIB = 1024**3
CU130 = ("sm_75", "sm_80", "sm_86", "sm_90", "sm_100", "sm_120", "compute_120")
CU126 = ("sm_50", "sm_60", "sm_70", "sm_75", "sm_80", "sm_86", "sm_90")
AARCH64 = ("sm_80", "sm_90", "sm_100", "sm_110", "sm_120", "compute_120")


@pytest.mark.parametrize(
    ("driver", "capability", "wheel"),
    [
        ("610.57.04", 8.6, "cu130"),
        ("580.95.05", 7.5, "cu130"),
        ("580.95.05", 12.1, "cu130"),
        ("581.57", 8.9, "cu130"),
        ("580.95.05", 7.0, "cu126"),
        ("580.95.05", 5.2, "cu126"),
        ("576.02", 12.0, "cu128"),
        ("570.86.16", 8.6, "cu128"),
        ("570.86.16", 6.1, "cu126"),
        ("566.36", 8.6, "cu126"),
        ("525.60.13", 9.0, "cu126"),
        ("560.35", None, "cu126"),
        ("580.65", None, "cu130"),
        ("566.36", 12.0, None),
        ("524.99", 8.6, None),
        ("470.256.02", None, None),
        ("580.95.05", 3.7, None),
        (None, 8.6, None),
    ],
)
def test_wheel_for_card_and_driver(driver: str | None, capability: float | None, wheel: str | None) -> None:
    assert builds.cuda_wheel(driver, capability) == wheel


@pytest.mark.parametrize(
    ("driver", "cuda"),
    [
        ("595.71.05", "13.2"),
        ("581.57", "13.0"),
        ("535.183.01", "12.2"),
        ("470.82.01", "11.4"),
        ("390.157", None),
    ],
)
def test_newest_cuda_of_a_driver(driver: str, cuda: str | None) -> None:
    assert builds.newest_cuda(driver) == cuda


@pytest.mark.parametrize(
    ("cuda", "architectures", "capability", "holds"),
    [
        ("13.0", CU130, 8.6, True),
        ("13.0", CU130, 8.9, True),
        ("13.0", CU130, 12.0, True),
        ("13.0", CU130, 12.1, True),
        ("13.0", CU130, 6.1, False),
        ("13.0", CU130, 7.0, False),
        ("12.6", CU126, 6.1, True),
        ("12.6", CU126, 8.9, True),
        ("12.6", CU126, 10.0, False),
        ("12.6", CU126, 12.0, False),
        ("13.0", AARCH64, 7.5, False),
        ("13.0", AARCH64, 9.0, True),
        ("12.8", ("sm_90a",), 9.0, True),
        ("13.0", (), 7.0, False),
        ("13.0", (), 8.0, True),
        ("12.8", (), 6.1, False),
        ("12.8", (), 12.0, True),
        ("12.6", (), 12.0, False),
        ("12.6", (), 5.0, True),
        ("11.8", (), 8.6, True),
        ("13.0", CU130, None, True),
    ],
)
def test_code_for_a_card(
    cuda: str, architectures: tuple[str, ...], capability: float | None, holds: bool
) -> None:
    assert builds.holds_code(cuda, architectures, capability) is holds


@pytest.mark.parametrize(
    ("driver", "capability", "wheel"),
    [
        ("595.71.05", 8.0, "cu132"),
        ("580.95.05", 8.6, "cu132"),
        ("580.95.05", 12.1, "cu132"),
        ("580.95.05", 8.0, "cu128"),
        ("580.95.05", 6.1, "cu128"),
        ("550.144.03", 8.9, "cu128"),
        ("550.144.03", 8.0, "vulkan"),
        ("550.144.03", 6.1, "vulkan"),
        ("470.256.02", 8.6, "vulkan"),
    ],
)
def test_wheel_of_xllamacpp(driver: str, capability: float, wheel: str) -> None:
    facts = Facts(gpus=(Gpu("card", 8192, capability),), nvidia_driver=driver, libc="2.39")
    assert builds.xllamacpp_wheel(facts) == wheel


@pytest.mark.parametrize(
    ("visible", "count", "hidden"),
    [
        (None, 1, False),
        ("", 1, True),
        ("-1", 1, True),
        ("0", 1, False),
        ("1", 1, True),
        ("1", 2, False),
        ("0,7", 1, False),
        ("7,0", 1, True),
        (" 0", 1, False),
        ("GPU-8932f937", 1, False),
        ("MIG-1", 1, False),
    ],
)
def test_hidden_devices(visible: str | None, count: int, hidden: bool) -> None:
    assert hides_all(visible, count) is hidden


# (recording, what the best card trains, trains in 4 bits, answers with in 16 bits, answers with as GGUF)
@pytest.mark.parametrize(
    ("pieces", "device", "sizes"),
    [
        (("rtx-3060-580", "torch-cu130"), "NVIDIA GeForce RTX 3060", (3.0, 4.0, 4.0, 14.0)),
        (("gtx-1060-580", "torch-cu126"), "NVIDIA GeForce GTX 1060 6GB", (1.0, 1.5, 1.5, 4.0)),
        (("h100-575", "torch-cu128"), "NVIDIA H100 80GB HBM3", (14.0, 70.0, 32.0, 70.0)),
        (("mac-m2", "torch-mac"), "Apple M2", (1.5, None, 3.0, 8.0)),
    ],
)
def test_sizes_on_cards(pieces: tuple[str, ...], device: str, sizes: tuple[float | None, ...]) -> None:
    best = capacity(probe(Recorded(*pieces)))[0]
    assert best.device == device
    assert best.now
    assert (best.train, best.train_4bit, best.run, best.run_gguf) == sizes


def test_a_card_that_lies_idle_is_listed_as_such() -> None:
    card, cpu = capacity(probe(Recorded("ubuntu-24.04", "rtx-3060-580", "torch-cpu")), idle=True)
    assert not card.now
    assert cpu.now
    assert cpu.device == "cpu"


def test_without_memory_nothing_fits() -> None:
    (cpu,) = capacity(Facts(memory_available=GIB // 4, cpu_features=()))
    assert (cpu.train, cpu.train_4bit, cpu.run, cpu.run_gguf) == (None, None, None, None)


@pytest.mark.parametrize(
    ("size", "name"), [(0.135, "135M"), (0.36, "360M"), (1.5, "1,5B"), (7.0, "7B"), (None, "–")]
)
def test_names_of_sizes(size: float | None, name: str) -> None:
    assert size_name(size) == name


@pytest.mark.parametrize("name", ["README.md", "README.es.md"])
def test_the_readme_has_the_same_table(name: str) -> None:
    text = (Path(__file__).parents[2] / name).read_text(encoding="utf-8")
    for wheel in (*(one[0] for one in builds.CUDA_WHEELS), builds.ROCM_WHEEL, "xpu"):
        assert f"`{wheel}`" in text
    assert builds.TORCH in text
