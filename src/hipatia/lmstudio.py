"""LM Studio: where it keeps its models, and where its server listens. Nothing here starts or changes it.

    models_folder()    # where a model has to be put for LM Studio to show it
    find_models()      # the GGUF files that it has
    server_url()       # "http://127.0.0.1:1234"

Its home is ``~/.lmstudio``, or ``~/.cache/lm-studio`` of earlier versions, or what the file
``~/.lmstudio-home-pointer`` names; the models folder can be moved in its settings.
"""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import Any

DEFAULT_PORT = 1234
# A model in several files is named by its first; projectors of pictures are no models of their own.
_NOT_A_MODEL = re.compile(r"-(?!00001)\d{5}-of-\d{5}\.gguf$|^mmproj", re.IGNORECASE)


def models_folders() -> list[Path]:
    """The folders with models that exist: the one set in LM Studio first, then the usual ones."""
    set_there = [
        settings.parent / text
        for settings in _settings_files()
        if isinstance(text := _read_json(settings).get("downloadsFolder"), str) and text
    ]
    usual = [home / "models" for home in _homes()]
    folders = [Path(os.path.normpath(folder)) for folder in (*set_there, *usual)]
    return list(dict.fromkeys(folder for folder in folders if folder.is_dir()))


def models_folder() -> Path:
    """The folder that LM Studio shows models from; where it never ran, the one it will use."""
    return next(iter(models_folders()), Path.home() / ".lmstudio" / "models")


def find_models() -> list[Path]:
    """Its GGUF files, ``publisher/model/file.gguf``, in the order of their names."""
    found = (file for folder in models_folders() for file in sorted(folder.rglob("*.gguf")))
    return [file for file in found if file.is_file() and not _NOT_A_MODEL.search(file.name)]


def server_url() -> str:
    """Where its server listens, or would: the port set in LM Studio, on this machine."""
    ports = (_read_json(home / ".internal" / "http-server-config.json").get("port") for home in _homes())
    port = next((port for port in ports if isinstance(port, int) and 0 < port < 65536), DEFAULT_PORT)
    return f"http://127.0.0.1:{port}"


def _homes() -> list[Path]:
    user = Path.home()
    try:
        pointed = (user / ".lmstudio-home-pointer").read_text(encoding="utf-8").strip()
    except (OSError, ValueError):
        pointed = ""
    usual = [user / ".lmstudio", user / ".cache" / "lm-studio"]
    return [Path(pointed), *usual] if pointed else usual


def _settings_files() -> list[Path]:
    """Its settings, in its home and in each system's folder for the settings of programs."""
    user = Path.home()
    roaming = Path(os.environ.get("APPDATA") or user / "AppData" / "Roaming")
    programs = [user / ".config", user / "Library" / "Application Support", roaming]
    folders = [*_homes(), *(folder / "LM Studio" for folder in programs)]
    return [folder / "settings.json" for folder in folders]


def _read_json(path: Path) -> dict[str, Any]:
    """What the file holds; nothing where it is missing, damaged or something else."""
    try:
        content = json.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError):
        return {}
    return content if isinstance(content, dict) else {}
