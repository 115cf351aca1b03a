"""Another machine, from a recording: files, programs' outputs and variables as they were there.

A recording is made of named pieces (``recordings/pieces.json``: a system, a card with its driver, a torch…),
merged in their order; lists of lines stand for texts.
"""

from __future__ import annotations

import fnmatch
import json
from pathlib import Path
from typing import Any

from hipatia.doctor.machine import Machine, Package

FOLDER = Path(__file__).parent / "recordings"
PIECES: dict[str, dict[str, Any]] = json.loads((FOLDER / "pieces.json").read_text(encoding="utf-8"))
SITUATIONS: list[dict[str, Any]] = json.loads((FOLDER / "situations.json").read_text(encoding="utf-8"))
GIB = 1024**3


def text(value: str | list[str]) -> str:
    return value if isinstance(value, str) else "\n".join(value)


class Recorded(Machine):
    """Answers from a recording alone; a program that it does not have is not there."""

    def __init__(self, *pieces: str, **more: Any):
        self.data: dict[str, Any] = {
            "files": {},
            "commands": {},
            "environ": {},
            "links": {},
            "modules": {},
            "copies": {},
        }
        for piece in (*(PIECES[name] for name in ("usual", *pieces)), more):
            for key, value in piece.items():
                self.data[key] = (
                    {**self.data[key], **value} if isinstance(self.data.get(key), dict) else value
                )
        self.system, self.architecture = self.data["system"], self.data["architecture"]
        self.release, self.python, self.bits = self.data["release"], self.data["python"], self.data["bits"]
        self.libc, self.environ = self.data["libc"], self.data["environ"]

    def read(self, path: str) -> str:
        return text(self.data["files"].get(path.replace("\\", "/"), ""))

    def exists(self, path: str) -> bool:
        return any(one == path or one.startswith(f"{path}/") for one in self.data["files"])

    def files(self, pattern: str) -> list[str]:
        wanted = pattern.split("/")
        parts = {tuple(one.split("/")[: len(wanted)]) for one in self.data["files"]}
        found = [one for one in parts if len(one) == len(wanted) and all(map(fnmatch.fnmatch, one, wanted))]
        return sorted("/".join(one) for one in found)

    def link(self, path: str) -> str:
        return str(self.data["links"].get(path, ""))

    def writable(self, path: str) -> bool:
        return path not in self.data["denied"]

    def has(self, program: str) -> bool:
        return any(one.split(" ")[0] == program for one in self.data["commands"])

    def run(self, *command: str, seconds: float = 8) -> str:
        line = " ".join(command)
        keys = [key for key in self.data["commands"] if line == key or (" " in key and line.startswith(key))]
        return text(self.data["commands"][max(keys, key=len)]).strip() if keys else ""

    def run_python(self, *arguments: str, seconds: float) -> str:
        return self.run("python", *arguments)

    def python_command(self) -> str:
        return str(self.data["python_command"])

    def package(self, name: str) -> str:
        return str(self.data["modules"].get(name, ""))

    def distributions(self, name: str) -> list[Package]:
        return [Package(*one) for one in self.data["copies"].get(name, [])]

    def conda_packages(self, name: str) -> list[str] | None:
        conda: dict[str, list[str]] | None = self.data["conda"]
        return None if conda is None else conda.get(name, [])

    def memory(self) -> tuple[int, int]:
        total, available = self.data["memory"]
        return int(total * GIB), int(available * GIB)

    def disk_free(self) -> int:
        return int(self.data["disk"] * GIB)

    def cores(self) -> int:
        return int(self.data["cores"])

    def ask_here(self, url: str, seconds: float = 1) -> str:
        return str(self.data["answers"].get(url, ""))

    def reaches(self, url: str, seconds: float = 3) -> bool:
        return bool(self.data["reaches"])

    def hub_token_origin(self) -> str | None:
        origin: str | None = self.data["token"]
        return origin

    def hub_offline(self) -> bool:
        return "HF_HUB_OFFLINE" in self.environ

    def cached_models(self) -> list[str]:
        return list(self.data["cached"])

    def has_embedded(self) -> bool:
        return bool(self.data["embedded"])

    def lmstudio(self) -> tuple[int, str] | None:
        there = self.data["lmstudio"]
        return (there[0], there[1]) if there else None
