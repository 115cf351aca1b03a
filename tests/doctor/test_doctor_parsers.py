"""The parsers, one by one: what the tools of several years and systems print."""

from __future__ import annotations

from typing import Any

import pytest
from recorded import Recorded

from hipatia.doctor import Gpu, cards, software, system

MISMATCH = "Failed to initialize NVML: Driver/library version mismatch\nNVML library version: 550.144"
FIRST = Gpu("NVIDIA GeForce RTX 3060", 12288, 8.6, 612)
CSV: list[tuple[str, tuple[str | None, tuple[Gpu, ...], str | None]]] = [
    ("", (None, (), None)),
    ("580.95.05, NVIDIA GeForce RTX 3060, 12288, 612, 8.6", ("580.95.05", (FIRST,), None)),
    ("470.256.02, Tesla T4, 15109, 0", ("470.256.02", (Gpu("Tesla T4", 15109, None, 0),), None)),
    (
        "580.95.05, NVIDIA GB10, [N/A], [N/A], 12.1",
        ("580.95.05", (Gpu("NVIDIA GB10", 0, 12.1, None),), None),
    ),
    ("535.98, GPU, 4096, [Not Supported], [N/A]", ("535.98", (Gpu("GPU", 4096, None, None),), None)),
    (MISMATCH, (None, (), MISMATCH)),
    ("No devices were found", (None, (), "No devices were found")),
    ("a, b, c, d, e", (None, (), "a, b, c, d, e")),
]


@pytest.mark.parametrize(("text", "answer"), CSV)
def test_nvidia_smi(text: str, answer: Any) -> None:
    assert cards.parse_nvidia_smi(text) == answer


@pytest.mark.parametrize(
    ("text", "cuda"),
    [
        ("| NVIDIA-SMI 470.57.02    Driver Version: 470.57.02    CUDA Version: 11.4     |", "11.4"),
        ("| NVIDIA-SMI 580.95.02   Driver Version: 581.57   CUDA Version: 13.0     |", "13.0"),
        ("| NVIDIA-SMI 610.43.02   KMD Version: 610.43.02   CUDA UMD Version: 13.3     |", "13.3"),
        ("| NVIDIA-SMI 575.64.03   Driver Version: 575.64.03   CUDA Version: N/A      |", None),
        (MISMATCH, None),
        ("", None),
    ],
)
def test_cuda_of_the_driver(text: str, cuda: str | None) -> None:
    assert cards.driver_cuda(text) == cuda


@pytest.mark.parametrize(
    ("version", "driver"),
    [
        ("32.0.15.8157", "581.57"),
        ("31.0.15.3623", "536.23"),
        ("27.21.14.5671", "456.71"),
        ("30.0.14.9649", "496.49"),
        ("10.0.26100.1", ""),
        ("", ""),
        ("None", ""),
    ],
)
def test_windows_numbers_of_drivers(version: str, driver: str) -> None:
    assert cards.windows_driver(version) == driver


@pytest.mark.parametrize(
    ("number", "name"), [(110000, "gfx1100"), (100306, "gfx1036"), (90010, "gfx90a"), (90402, "gfx942")]
)
def test_gfx_names(number: int, name: str) -> None:
    assert cards.gfx_name(number) == name


@pytest.mark.parametrize(
    "text", ["", "{}", "[]", "null", "not JSON", '[{"Name": "X"}]', '{"PNPDeviceID": null}', "[null]"]
)
def test_windows_lists_without_a_card(text: str) -> None:
    assert cards.parse_windows_cards(text) == ()


@pytest.mark.parametrize(
    ("vendor", "device", "name"),
    [
        ("nvidia", "2504", "NVIDIA GeForce RTX 3060 Lite Hash Rate"),
        ("nvidia", "2d05", "NVIDIA GB206"),
        ("nvidia", "744c", "NVIDIA [744c]"),
        ("amd", "744c", "AMD Radeon RX 7900 XT/7900 XTX/7900M"),
        ("amd", "0e3b", "AMD [0e3b]"),
        ("intel", "56a0", "Intel Arc A770"),
        ("intel", "7d55", "Intel Arc Graphics"),
        ("intel", "e20b", "Intel Arc [e20b]"),
        ("intel", "4680", "Intel UHD Graphics 770"),
    ],
)
def test_names_on_the_bus(vendor: Any, device: str, name: str) -> None:
    assert cards.card_name(Recorded("pci-ids").read("/usr/share/misc/pci.ids"), vendor, device) == name


def test_programs_come_without_their_folders() -> None:
    text = "/home/ana/bin/python3.11, 400\nC:\\Games\\game.exe, 900\n/usr/bin/Xorg --x, 20\n[N/A], [N/A]\n, 5"
    assert cards.parse_programs(text) == (("game.exe", 900), ("python3.11", 400), ("Xorg", 20), ("", 5))


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ('ID=ubuntu\nVERSION_ID="24.04"\nID_LIKE=debian', ("ubuntu", "24.04", "ubuntu")),
        ('ID=linuxmint\nVERSION_ID="22"\nID_LIKE="ubuntu debian"', ("linuxmint", "22", "ubuntu")),
        ("ID=fedora\nVERSION_ID=43", ("fedora", "43", "fedora")),
        ('ID="rocky"\nVERSION_ID="9.4"\nID_LIKE="rhel centos fedora"', ("rocky", "9.4", "rhel")),
        ("ID=arch", ("arch", "", "arch")),
        ("ID=cachyos\nID_LIKE=arch", ("cachyos", "", "arch")),
        ('ID="opensuse-leap"\nID_LIKE="suse opensuse"', ("opensuse-leap", "", "suse")),
        ("ID=nixos", ("nixos", "", "")),
        ("", ("", "", "")),
    ],
)
def test_distributions(text: str, answer: tuple[str, str, str]) -> None:
    assert system.parse_os_release(text) == answer


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("0::/", ""),
        ("0::/init.scope", ""),
        ("12:pids:/docker/3f1c2b", "docker"),
        ("0::/system.slice/docker-3f1c.scope", "docker"),
        ("0::/kubepods/besteffort/pod1", "kubernetes"),
        ("0::/machine.slice/libpod-77.scope", "podman"),
        ("4:memory:/lxc/web", "lxc"),
    ],
)
def test_containers(text: str, kind: str) -> None:
    assert system.parse_cgroup(text) == kind


@pytest.mark.parametrize(
    ("text", "version"),
    [
        ("Linux version 6.8.0-45-generic (buildd@lcy02)", 0),
        ("Linux version 5.15.167.4-microsoft-standard-WSL2 (root@f9c8)", 2),
        ("Linux version 4.19.104-microsoft-standard (oe-user@oe-host)", 2),
        ("Linux version 4.4.0-19041-Microsoft (Microsoft@Microsoft.com)", 1),
        ("", 0),
    ],
)
def test_wsl(text: str, version: int) -> None:
    assert system.wsl_version(text) == version


@pytest.mark.parametrize("text", ["", "{", "Segmentation fault", "[1, 2]", '{"devices": '])
def test_a_check_that_is_none_is_an_error(text: str) -> None:
    assert software.parse_check(text).error


def test_a_check_may_be_surrounded_by_what_libraries_print() -> None:
    check = software.parse_check(
        'loading…\n\n{"devices": ["cuda"], "products": {"cuda": true}, "later": 1}\nbye'
    )
    assert check.devices == ("cuda",)
    assert check.products == {"cuda": True}


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("", (None, None, None, None)),
        (
            "__version__ = '2.13.0+cpu'\ncuda: Optional[str] = None\nhip: Optional[str] = None",
            ("2.13.0+cpu", None, None, None),
        ),
        ("__version__ = '2.5.1'\ncuda = '12.4'\nhip = None", ("2.5.1", "12.4", None, None)),
        (
            '__version__ = "2.13.0+xpu"\nxpu: Optional[str] = "20250302"',
            ("2.13.0+xpu", None, None, "20250302"),
        ),
    ],
)
def test_builds_of_torch(text: str, answer: tuple[str | None, ...]) -> None:
    assert tuple(software.parse_torch_version(text).values()) == answer


def test_a_mac_that_tells_nothing() -> None:
    assert system.parse_sysctl("") == ("", None)
    assert system.processor(Recorded("windows-11"))[1] is None
