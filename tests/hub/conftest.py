"""A hub on this machine in the place of Hugging Face, and a cache and a token file of the test's own."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hub_server import Hub
from tiny import save_tiny_model

import hipatia

TOKEN = "hf_" + "Planted" * 5


@pytest.fixture(scope="session")
def tiny_files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The files of a model that can be loaded."""
    folder = save_tiny_model(tmp_path_factory.mktemp("tiny"))
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hub]:
    """The hub that Hugging Face's libraries talk to, in this process (which read their environment long ago)."""
    from huggingface_hub import constants

    home = tmp_path / "hf"
    for name in (
        "HF_TOKEN",
        "HUGGING_FACE_HUB_TOKEN",
        "HF_TOKEN_PATH",
        "HF_HUB_OFFLINE",
        "TRANSFORMERS_OFFLINE",
    ):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HF_HOME", str(home))
    monkeypatch.setenv("NO_PROXY", "127.0.0.1,localhost")
    with Hub() as hub:
        values = {
            "ENDPOINT": hub.url,
            "HUGGINGFACE_CO_URL_TEMPLATE": hub.url + "/{repo_id}/resolve/{revision}/{filename}",
            "HF_HUB_CACHE": str(home / "hub"),
            "HF_TOKEN_PATH": str(home / "token"),
            "HF_STORED_TOKENS_PATH": str(home / "stored_tokens"),
        }
        for name, value in values.items():
            monkeypatch.setattr(constants, name, value)
        yield hub


@pytest.fixture
def environ(server: Hub, tmp_path: Path) -> dict[str, str]:
    """The environment of a process of its own that talks to the same hub."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("HIPATIA_", "HF_"))}
    return {
        **kept,
        "HF_ENDPOINT": server.url,
        "HF_HOME": str(tmp_path / "hf"),
        "PYTHONPATH": str(Path(hipatia.__file__).parents[1]),
        "LANG": "es_ES.UTF-8",
        "LC_ALL": "",
        "OMP_NUM_THREADS": "1",
        "TERM": "dumb",
    }


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The seconds that would have been waited."""
    from hipatia.hub import download

    seconds: list[float] = []
    monkeypatch.setattr(download, "_wait", seconds.append)
    return seconds
