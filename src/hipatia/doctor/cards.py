"""The graphics cards, read from a ``Machine``: nvidia-smi, the PCI bus, AMD's and Apple's and Windows' ways."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from .facts import MIB, Gpu, Vendor
from .machine import TIMED_OUT, Machine
from .system import leading_number

NVIDIA_SMI = (
    "nvidia-smi",
    "/usr/lib/wsl/lib/nvidia-smi",
    r"C:\Windows\System32\nvidia-smi.exe",
    r"C:\Program Files\NVIDIA Corporation\NVSMI\nvidia-smi.exe",
)
POWERSHELL = ("powershell", "/mnt/c/Windows/System32/WindowsPowerShell/v1.0/powershell.exe")
_WINDOWS_CARDS = (
    "Get-CimInstance Win32_VideoController | Select-Object Name,DriverVersion,PNPDeviceID,"
    "ConfigManagerErrorCode | ConvertTo-Json -Compress"
)
PCI_IDS = ("/usr/share/misc/pci.ids", "/usr/share/hwdata/pci.ids")
_VENDORS: dict[str, Vendor] = {"10de": "nvidia", "1002": "amd", "8086": "intel"}
# PCI ids of Intel's separate cards, Arc A and B: the ones that torch's XPU builds are made for.
_ARC = re.compile(r"(?:56[0-9a-f]{2}|e2[0-9a-f]{2})$")
Answer = tuple[str | None, tuple[Gpu, ...], str | None]


# --- NVIDIA's tool --------------------------------------------------------------------------------


def ask_nvidia(machine: Machine) -> Answer:
    """Driver version, cards, and the error where the driver does not answer."""
    tool = nvidia_tool(machine)
    if tool is None:
        return None, (), None
    query = "--query-gpu=driver_version,name,memory.total,memory.used"
    text = machine.run(tool, f"{query},compute_cap", "--format=csv,noheader,nounits")
    if "not a valid field" in text:  # drivers before 510
        text = machine.run(tool, query, "--format=csv,noheader,nounits")
    return parse_nvidia_smi(text)


def nvidia_tool(machine: Machine) -> str | None:
    """How nvidia-smi is called here; None without one."""
    return next((tool for tool in NVIDIA_SMI if machine.has(tool)), None)


def parse_nvidia_smi(text: str) -> Answer:
    """Driver, cards and error from the CSV ``driver, name, total, used[, capability]``, a line a card.

    Lines of other kinds are warnings where there is a card, and the error where there is none.
    """
    driver, gpus = None, []
    for line in text.splitlines():
        parts = [part.strip() for part in line.split(",")]
        if len(parts) < 4 or not re.fullmatch(r"\d+[.\d]*", parts[0]):
            continue
        driver = parts[0]
        capability = float(parts[4]) if len(parts) > 4 and re.fullmatch(r"\d+\.\d+", parts[4]) else None
        used = leading_number(parts[3]) if parts[3].isdigit() else None
        gpus.append(Gpu(parts[1], leading_number(parts[2]), capability, used))
    return driver, tuple(gpus), None if gpus else text.strip() or None


def driver_cuda(text: str) -> str | None:
    """The newest CUDA that the driver supports, from the head of plain ``nvidia-smi``."""
    found = re.search(r"CUDA(?: UMD)? Version: *(\d+\.\d+)", text)
    return found.group(1) if found else None


def parse_programs(text: str) -> tuple[tuple[str, int], ...]:
    """Programs that hold a card's memory and how many MiB, from the CSV ``process_name, used_memory``."""
    found = []
    for line in text.splitlines():
        path, _, used = line.rpartition(",")
        if used.strip().isdigit():
            found.append((re.split(r"[\\/]", path.strip())[-1].split(" ")[0], int(used)))
    return tuple(sorted(found, key=lambda one: -one[1]))


def nvidia_module(machine: Machine) -> str:
    """NVIDIA's kernel module: loaded, present for this kernel, missing; empty where that has no meaning."""
    if machine.system != "Linux":
        return ""
    if machine.read("/proc/driver/nvidia/version"):
        return "loaded"
    answer = machine.run("modinfo", "-F", "filename", "nvidia")
    if "not found" in answer:
        return "missing"
    return "present" if "nvidia" in answer else ""


# --- the bus --------------------------------------------------------------------------------------


def on_bus(machine: Machine) -> tuple[Gpu, ...]:
    """Every card that the system sees, driver or not."""
    if machine.system == "Linux":
        return tuple(_on_pci(machine))
    if machine.system == "Darwin":
        return _apple(machine)
    return ()


def _on_pci(machine: Machine) -> Iterator[Gpu]:
    targets = kfd_targets(machine)
    names = next(filter(None, map(machine.read, PCI_IDS)), "")
    for path in machine.files("/sys/bus/pci/devices/*"):
        vendor = _VENDORS.get(machine.read(f"{path}/vendor").strip().removeprefix("0x"))
        if vendor is None or not machine.read(f"{path}/class").startswith("0x03"):
            continue
        device = machine.read(f"{path}/device").strip().removeprefix("0x")
        total, used = (
            leading_number(machine.read(f"{path}/mem_info_vram_{one}")) for one in ("total", "used")
        )
        yield Gpu(
            card_name(names, vendor, device),
            total // MIB,
            used=used // MIB if total else None,
            vendor=vendor,
            target=targets.get(_location(path)),
            driver=machine.link(f"{path}/driver"),
        )


def card_name(pci_ids: str, vendor: Vendor, device: str) -> str:
    """A name from the PCI ids: the trade name in the system's list of them, else the number."""
    code = next(code for code, name in _VENDORS.items() if name == vendor)
    block = re.search(rf"^{code}  .*\n((?:[\t#].*\n?)*)", pci_ids, re.MULTILINE)
    found = re.search(rf"^\t{device}  (.+)$", block.group(1), re.MULTILINE) if block else None
    trade = re.search(r"\[(.+)\]", found.group(1)) if found else None
    name = trade.group(1) if trade else found.group(1) if found else f"[{device}]"
    is_arc = vendor == "intel" and _ARC.match(device) and "Arc" not in name
    maker = {"nvidia": "NVIDIA", "amd": "AMD", "intel": "Intel", "apple": "Apple"}[vendor]
    return " ".join(filter(None, ["" if name.startswith(maker) else maker, "Arc" if is_arc else "", name]))


def kfd_targets(machine: Machine) -> dict[int, str]:
    """AMD's architectures by the card's place on the bus, from the compute driver's topology."""
    found = {}
    for path in machine.files("/sys/class/kfd/kfd/topology/nodes/*/properties"):
        values = dict(line.split(" ", 1) for line in machine.read(path).splitlines() if " " in line)
        if version := leading_number(values.get("gfx_target_version")):
            found[leading_number(values.get("location_id"))] = gfx_name(version)
    return found


def gfx_name(version: int) -> str:
    """The architecture's name from the driver's number: 110000 is gfx1100, 90010 is gfx90a."""
    return f"gfx{version // 10000}{version // 100 % 100}{version % 100:x}"


def _location(path: str) -> int:
    """The place on the bus as the compute driver counts it, from ``…/0000:03:00.0``."""
    found = re.search(r":([0-9a-f]{2}):([0-9a-f]{2})\.(\d)$", path)
    if not found:
        return -1
    bus, slot, function = (int(part, 16) for part in found.groups())
    return bus << 8 | slot << 3 | function


def name_amd(gpus: tuple[Gpu, ...], text: str) -> tuple[Gpu, ...]:
    """AMD's cards with the names that ``rocm-smi --showproductname --json`` gives, in the bus's order."""
    cards = _json(text)
    names = (
        [
            next((str(value) for key, value in card.items() if key.lower() == "card series"), "")
            for _, card in sorted(cards.items())
            if isinstance(card, dict)
        ]
        if isinstance(cards, dict)
        else []
    )
    amd = [gpu for gpu in gpus if gpu.vendor == "amd"]
    if len(names) != len(amd):
        return gpus
    named = {id(gpu): replace(gpu, name=name or gpu.name) for gpu, name in zip(amd, names, strict=True)}
    return tuple(named.get(id(gpu), gpu) for gpu in gpus)


# --- Apple and Windows ----------------------------------------------------------------------------


def _apple(machine: Machine) -> tuple[Gpu, ...]:
    """Apple silicon's own GPU; it shares the machine's memory."""
    name = machine.run("sysctl", "-n", "machdep.cpu.brand_string")
    return (Gpu(name, machine.memory()[0] // MIB, vendor="apple"),) if name.startswith("Apple") else ()


def ask_windows(machine: Machine) -> tuple[Gpu, ...]:
    """The cards as Windows lists them; out of WSL too, where its PowerShell can be reached."""
    tool = next((tool for tool in POWERSHELL if machine.has(tool)), None)
    if tool is None:
        return ()
    return parse_windows_cards(machine.run(tool, "-NoProfile", "-NonInteractive", "-Command", _WINDOWS_CARDS))


def parse_windows_cards(text: str) -> tuple[Gpu, ...]:
    """Cards from ``Win32_VideoController`` as JSON: one object, or a list of them."""
    found = _json(text)
    cards = []
    for one in found if isinstance(found, list) else [found]:
        ids = re.search(r"VEN_(\w{4})&DEV_(\w{4})", str(one.get("PNPDeviceID"))) if one else None
        vendor = _VENDORS.get(ids.group(1).lower()) if ids else None
        if vendor is None:
            continue
        version = str(one.get("DriverVersion") or "")
        driver = windows_driver(version) if vendor == "nvidia" else version
        state = one.get("ConfigManagerErrorCode")
        cards.append(Gpu(str(one.get("Name")), vendor=vendor, driver=driver, state=int(state or 0)))
    return tuple(cards)


def windows_driver(version: str) -> str:
    """NVIDIA's number of a driver from Windows': 32.0.15.8157 is 581.57. Empty for Microsoft's own driver."""
    digits = version.replace(".", "")[-5:]
    is_nvidias = re.fullmatch(r"\d+\.\d+\.1\d\.\d+", version)
    return f"{digits[:3]}.{digits[3:]}" if is_nvidias and len(digits) == 5 else ""


def merged(answered: tuple[Gpu, ...], seen: tuple[Gpu, ...]) -> tuple[Gpu, ...]:
    """The cards that NVIDIA's tool describes, and those on the bus that it does not."""
    return (*answered, *(gpu for gpu in seen if not (answered and gpu.vendor == "nvidia")))


def _json(text: str) -> Any:
    try:
        return json.loads(text) if text and text != TIMED_OUT else {}
    except ValueError:
        return {}
