"""LM Studio's folders and port are found wherever its versions and systems put them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from hipatia import lmstudio

CUSTOM = {"downloadsFolder": "{home}/disk/llm"}
# What lies in the user's folder → the models folders, in order. Text is a file's content, None a folder.
PLACES: dict[str, tuple[dict[str, Any], list[str]]] = {
    "never ran": ({}, []),
    "today": ({".lmstudio/models": None}, [".lmstudio/models"]),
    "before 0.3.6": ({".cache/lm-studio/models": None}, [".cache/lm-studio/models"]),
    "both": (
        {".cache/lm-studio/models": None, ".lmstudio/models": None},
        [".lmstudio/models", ".cache/lm-studio/models"],
    ),
    "home moved": (
        {".lmstudio-home-pointer": "{home}/big/lms\n", "big/lms/models": None},
        ["big/lms/models"],
    ),
    "set, today": (
        {".lmstudio/settings.json": CUSTOM, "disk/llm": None, ".lmstudio/models": None},
        ["disk/llm", ".lmstudio/models"],
    ),
    "set, Linux": ({".config/LM Studio/settings.json": CUSTOM, "disk/llm": None}, ["disk/llm"]),
    "set, macOS": (
        {"Library/Application Support/LM Studio/settings.json": CUSTOM, "disk/llm": None},
        ["disk/llm"],
    ),
    "set, Windows": ({"Roaming/LM Studio/settings.json": CUSTOM, "disk/llm": None}, ["disk/llm"]),
    "relative": (
        {"Roaming/LM Studio/settings.json": {"downloadsFolder": "../../llm"}, "llm": None},
        ["llm"],
    ),
    "set, but gone": (
        {".lmstudio/settings.json": CUSTOM, ".lmstudio/models": None},
        [".lmstudio/models"],
    ),
    "damaged": (
        {".lmstudio/settings.json": "{", ".lmstudio-home-pointer": "", ".lmstudio/models": None},
        [".lmstudio/models"],
    ),
    "other types": ({".lmstudio/settings.json": [1], ".lmstudio/models": None}, [".lmstudio/models"]),
}


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    monkeypatch.setenv("APPDATA", str(tmp_path / "Roaming"))
    return tmp_path


def put(home: Path, files: dict[str, Any]) -> None:
    for name, content in files.items():
        path = home / name
        if content is None:
            path.mkdir(parents=True)
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        text = content if isinstance(content, str) else json.dumps(content)
        path.write_text(text.replace("{home}", home.as_posix()), encoding="utf-8")


@pytest.mark.parametrize("place", PLACES)
def test_models_folders(place: str, home: Path) -> None:
    files, expected = PLACES[place]
    put(home, files)
    assert lmstudio.models_folders() == [home / name for name in expected]
    assert lmstudio.models_folder() == home / (expected or [".lmstudio/models"])[0]


def test_the_models_are_its_gguf_files(home: Path) -> None:
    names = [
        "lmstudio-community/mathstral-7B-v0.1-GGUF/mathstral-7B-v0.1-Q4_K_M.gguf",
        "me/big/big-00001-of-00002.gguf",
    ]
    others = [
        "me/big/big-00002-of-00002.gguf",
        "me/seer/mmproj-model-f16.gguf",
        "mlx/some/model.safetensors",
        "me/README.md",
    ]
    put(home, {f".lmstudio/models/{name}": "x" for name in (*names, *others)})
    assert lmstudio.find_models() == [home / ".lmstudio/models" / name for name in names]


PORTS = [(None, 1234), ({"port": 4321}, 4321), ({"port": "x"}, 1234), ({"port": 0}, 1234), ("{", 1234)]


@pytest.mark.parametrize(("settings", "port"), PORTS)
def test_the_port_is_the_one_that_is_set(settings: Any, port: int, home: Path) -> None:
    if settings is not None:
        put(home, {".lmstudio/.internal/http-server-config.json": settings})
    assert lmstudio.server_url() == f"http://127.0.0.1:{port}"
