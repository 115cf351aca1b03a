"""The facts of a machine: ``probe()``.

    probe()                              # the quick part: what train and chat look at
    probe(full=True)                     # everything, but torch is not imported
    probe(full=True, compute=True)       # and torch computes a small product

Each question is bounded in time and none raises: what does not answer stays unknown and is named in ``unanswered``.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any

from . import cards, software, system
from .facts import Facts, Gpu
from .machine import Machine

_SECONDS = 15  # for all questions together, torch's own apart
_TORCH_SECONDS = 95
_FAILED = "failed"
Answers = dict[str, Any]


def probe(machine: Machine | None = None, *, full: bool = False, compute: bool = False) -> Facts:
    """What this machine is. Quick: well under a second; ``full`` a few; ``compute`` as long as torch needs."""
    machine = machine or Machine()
    unanswered: list[str] = []
    checking = _start(machine, TORCH if compute else {})
    answers = _gather(_start(machine, QUICK | (FULL if full else {})), _SECONDS, unanswered)
    if answers.get("torch"):
        answers |= _gather(checking, _TORCH_SECONDS, unanswered)
    gpus = _cards(answers)
    return Facts(**_base(machine), **answers, gpus=gpus, unanswered=tuple(unanswered))


def _cards(answers: Answers) -> tuple[Gpu, ...]:
    """One list of cards from what several sources say of them, which is taken out of the answers."""
    reported, seen, windows, names = (
        answers.pop(name, ()) for name in ("reported", "seen", "windows", "amd_names")
    )
    return cards.name_amd(cards.merged(reported, windows or seen), names or "")


def _base(machine: Machine) -> Answers:
    """What is known without asking anybody."""
    return {
        "system": machine.system,
        "release": machine.release,
        "architecture": machine.architecture,
        "python": machine.python,
        "python_bits": machine.bits,
        "python_command": machine.python_command(),
        "libc": machine.libc,
        "cores": machine.cores(),
        "disk_free": machine.disk_free(),
        "environment": software.device_variables(machine),
    }


def _system(machine: Machine) -> Answers:
    name, version, family = system.distribution(machine) if machine.system == "Linux" else ("", "", "")
    cpu, features = system.processor(machine)
    total, available = system.memory(machine)
    return {
        "distribution": name,
        "distribution_version": version,
        "family": family,
        "wsl": system.wsl_version(machine.read("/proc/version")),
        "container": system.container(machine),
        "translated": system.is_translated(machine),
        "cpu": cpu,
        "cpu_features": features,
        "memory_total": total,
        "memory_available": available,
    }


def _nvidia(machine: Machine) -> Answers:
    driver, gpus, error = cards.ask_nvidia(machine)
    return {"nvidia_driver": driver, "reported": gpus, "nvidia_error": error}


def _bus(machine: Machine) -> Answers:
    return {
        "seen": cards.on_bus(machine),
        "nvidia_module": cards.nvidia_module(machine),
        "secure_boot": system.secure_boot(machine),
        "wsl_gpu": machine.exists("/dev/dxg") if machine.system == "Linux" else None,
        "kfd": _access(machine, "/dev/kfd"),
        "render": _access(machine, *machine.files("/dev/dri/renderD*")),
    }


def _access(machine: Machine, *paths: str) -> str:
    """Whether the first of these devices is there, and may be opened."""
    path = next((path for path in paths if machine.exists(path)), None)
    return "" if path is None else "present" if machine.writable(path) else "denied"


def _driver(machine: Machine) -> Answers:
    """What NVIDIA's tool says beyond the cards, and Windows' list of them."""
    tool = cards.nvidia_tool(machine)
    if tool is None:
        return {"windows": cards.ask_windows(machine)}
    programs = machine.run(
        tool, "--query-compute-apps=process_name,used_memory", "--format=csv,noheader,nounits"
    )
    return {
        "nvidia_cuda": cards.driver_cuda(machine.run(tool)),
        "gpu_programs": cards.parse_programs(programs),
        "windows": cards.ask_windows(machine) if machine.system == "Windows" else (),
    }


def _torch(machine: Machine) -> Answers:
    by_conda = machine.conda_packages("pytorch")
    return {
        **software.torch_build(machine),
        "torch_copies": tuple(machine.distributions("torch")),
        "conda": by_conda is not None,
        "conda_torch": bool(by_conda),
        "installer": "pip" if machine.package("pip") or not machine.has("uv") else "uv",
    }


def _packages(machine: Machine) -> Answers:
    return {
        "packages": software.installed(machine),
        "bitsandbytes_builds": software.bitsandbytes_builds(machine),
    }


Question = Callable[[Machine], Answers]
QUICK: dict[str, Question] = {
    "system": _system,
    "nvidia-smi": _nvidia,
    "bus": _bus,
    "torch-build": _torch,
    "packages": _packages,
}
FULL: dict[str, Question] = {
    "driver": _driver,
    "rocm-smi": lambda machine: {"amd_names": machine.run("rocm-smi", "--showproductname", "--json")},
    "xllamacpp": lambda machine: {"xllamacpp_devices": software.xllamacpp_devices(machine)},
    "lmstudio": software.lmstudio,
    "hub": software.hub,
    "cache": lambda machine: {
        "cached_models": tuple(machine.cached_models()),
        "embedded_model": machine.has_embedded(),
    },
}
TORCH: dict[str, Question] = {"torch": lambda machine: {"check": software.check_torch(machine)}}


# --- asking all at once ---------------------------------------------------------------------------

Running = list[tuple[str, threading.Thread, Answers]]


def _start(machine: Machine, questions: dict[str, Question]) -> Running:
    """Ask every question in a thread of its own; threads that hang do not keep the program from ending."""
    running: Running = []
    for name, ask in questions.items():
        answer: Answers = {}
        thread = threading.Thread(
            target=_answer, args=(ask, machine, answer), name=f"doctor-{name}", daemon=True
        )
        thread.start()
        running.append((name, thread, answer))
    return running


def _answer(ask: Question, machine: Machine, answer: Answers) -> None:
    try:
        answer.update(ask(machine))
    except Exception as error:  # a diagnosis goes on, whatever one of its questions meets
        answer[_FAILED] = error


def _gather(running: Running, seconds: float, unanswered: list[str]) -> Answers:
    """The answers that come in time; the names of the others go to ``unanswered``."""
    deadline = time.monotonic() + seconds
    answers: Answers = {}
    for name, thread, answer in running:
        thread.join(max(0.0, deadline - time.monotonic()))
        if thread.is_alive() or _FAILED in answer:
            unanswered.append(name)
        else:
            answers |= answer
    return answers
