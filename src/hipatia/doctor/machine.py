"""The machine as the doctor asks it: files, programs, the environment, the network.

    machine = Machine()
    machine.read("/proc/version"), machine.run("nvidia-smi")

Everything that a probe learns comes through here, so that a recording of another machine can stand in for it.
Nothing here raises, and nothing waits longer than it is told to: a program that hangs is left behind.
"""

from __future__ import annotations

import glob
import http.client
import importlib.metadata
import importlib.util
import os
import platform
import shutil
import subprocess
import sys
import urllib.request
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import psutil

from .. import embedded, hub, lmstudio
from ..config import PathsConfig

TIMED_OUT = "(no answer in time)"
_MOST_TEXT = 4_000_000  # characters of a file; /proc/cpuinfo of a large server has one million
_NO_WINDOW = getattr(subprocess, "CREATE_NO_WINDOW", 0)


@dataclass(frozen=True, slots=True)
class Package:
    """An installed distribution: its version, who installed it, the folder that holds it."""

    version: str
    installer: str
    folder: str


class Machine:
    """This machine. ``cache``: where Hipatia keeps the embedded model, if not in its usual folder."""

    def __init__(self, cache: Path | None = None) -> None:
        self.cache = cache or PathsConfig().cache_folder
        self.system = platform.system()
        self.architecture = platform.machine()
        self.release = platform.mac_ver()[0] or platform.release()
        self.python = platform.python_version()
        self.bits = 64 if sys.maxsize > 2**32 else 32
        self.libc = platform.libc_ver()[1]
        self.environ: Mapping[str, str] = os.environ

    # --- files ------------------------------------------------------------------------------------

    def read(self, path: str) -> str:
        """A text file; empty where there is none that can be read."""
        try:
            with open(os.path.expanduser(path), encoding="utf-8", errors="replace") as file:
                return file.read(_MOST_TEXT)
        except OSError:
            return ""

    def exists(self, path: str) -> bool:
        """Whether there is a file or folder."""
        return os.path.exists(os.path.expanduser(path))

    def files(self, pattern: str) -> list[str]:
        """The paths that match a pattern, sorted."""
        return sorted(glob.glob(os.path.expanduser(pattern)))

    def link(self, path: str) -> str:
        """The name of what a link points to; empty without one."""
        try:
            return os.path.basename(os.readlink(path))
        except OSError:
            return ""

    def writable(self, path: str) -> bool:
        """Whether this user may read and write a device or file."""
        return os.access(path, os.R_OK | os.W_OK)

    # --- programs ---------------------------------------------------------------------------------

    def has(self, program: str) -> bool:
        """Whether a program is there, by name or path."""
        return shutil.which(program) is not None

    def run(self, *command: str, seconds: float = 8) -> str:
        """What a program prints (else its errors), stripped; TIMED_OUT where it does not end in time."""
        program = shutil.which(command[0])
        if program is None:
            return ""
        try:
            process = subprocess.Popen(
                [program, *command[1:]],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                env={**self.environ, "LC_ALL": "C"},
                creationflags=_NO_WINDOW,
            )
        except (OSError, ValueError):
            return ""
        try:
            out, errors = process.communicate(timeout=seconds)
        except subprocess.TimeoutExpired:
            process.kill()  # and no waiting: a program stuck in a broken driver cannot be killed
            return TIMED_OUT
        printed = (out.strip() or errors.strip()).decode("utf-8", "replace")
        crashed = not printed and process.returncode < 0
        return f"(ended by signal {-process.returncode})" if crashed else printed

    def run_python(self, *arguments: str, seconds: float) -> str:
        """What a program of this very Python prints."""
        return self.run(sys.executable, *arguments, seconds=seconds)

    def python_command(self) -> str:
        """How a user calls this very Python: its short name where the shell finds it by that."""
        short = Path(sys.executable).stem if self.system == "Windows" else Path(sys.executable).name
        found = shutil.which(short)
        if found and Path(found).parent == Path(sys.executable).parent:
            return short
        return f'"{sys.executable}"' if " " in sys.executable else sys.executable

    # --- Python packages --------------------------------------------------------------------------

    def package(self, name: str) -> str:
        """The folder of the package that an import would take, found without importing it; empty without."""
        try:
            spec = importlib.util.find_spec(name)
        except (ImportError, ValueError):
            return ""
        return os.path.dirname(spec.origin) if spec and spec.origin else ""

    def distributions(self, name: str) -> list[Package]:
        """Every installed copy of a distribution, the one that an import takes first."""
        found: dict[str, Package] = {}
        with suppress(Exception):  # broken metadata of other packages must not stop a diagnosis
            for one in importlib.metadata.distributions(name=name):
                folder = str(one.locate_file(""))
                installer = (one.read_text("INSTALLER") or "").strip()
                found.setdefault(
                    f"{os.path.realpath(folder)} {one.version}", Package(one.version, installer, folder)
                )
        return list(found.values())

    def conda_packages(self, name: str) -> list[str] | None:
        """conda's records of a package in this environment; None where this Python is not conda's."""
        records = os.path.join(sys.prefix, "conda-meta")
        return self.files(os.path.join(records, f"{name}-[0-9]*.json")) if os.path.isdir(records) else None

    # --- sizes ------------------------------------------------------------------------------------

    def memory(self) -> tuple[int, int]:
        """Memory in bytes: all of it, and what is free for programs."""
        memory = psutil.virtual_memory()
        return memory.total, memory.available

    def disk_free(self) -> int:
        """Free bytes where this process works."""
        try:
            return shutil.disk_usage(os.getcwd()).free
        except OSError:
            return 0

    def cores(self) -> int:
        """Cores that this process may use."""
        affinity = getattr(os, "sched_getaffinity", None)
        return len(affinity(0)) if affinity else os.cpu_count() or 1

    # --- the network ------------------------------------------------------------------------------

    def ask_here(self, url: str, seconds: float = 1) -> str:
        """What a program on this machine answers over HTTP, no proxy asked; empty without one."""
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        try:
            with opener.open(url, timeout=seconds) as answer:
                return str(answer.read(_MOST_TEXT).decode("utf-8", "replace"))
        except (OSError, ValueError, http.client.HTTPException):
            return ""

    def reaches(self, url: str, seconds: float = 3) -> bool:
        """Whether a server answers at all, asked as the hub's library asks it (proxies, certificates)."""
        try:
            from huggingface_hub import get_session

            return bool(get_session().head(url, timeout=seconds, follow_redirects=False).status_code < 500)
        except Exception:  # every library version has errors of its own; all mean that it was not reached
            return False

    # --- other rooms ------------------------------------------------------------------------------

    def hub_token_origin(self) -> str | None:
        """The variable or file that the hub's token comes from. The token itself is never asked for."""
        return hub.token_origin()

    def hub_offline(self) -> bool:
        """Whether the environment keeps Hugging Face's libraries from the network."""
        return hub.is_offline()

    def cached_models(self) -> list[str]:
        """The models that lie in the hub's cache."""
        return hub.cached_models()

    def has_embedded(self) -> bool:
        """Whether the embedded model has been brought."""
        return (self.cache / "models" / embedded.FILE_NAME).is_file()

    def lmstudio(self) -> tuple[int, str] | None:
        """How many models LM Studio has, and where its server would listen; None where it never ran."""
        return (len(lmstudio.find_models()), lmstudio.server_url()) if lmstudio.models_folders() else None
