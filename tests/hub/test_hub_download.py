"""Downloads arrive whole and right, or not at all, whatever the connection does."""

from __future__ import annotations

import io
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import TOKEN
from hub_server import Fault, Hub, cut, slow, stall, status, tampered, without_range

from hipatia import hub
from hipatia.errors import HubError
from hipatia.hub import cache, download

WEIGHTS = os.urandom(300_000)
FILES = {"config.json": b'{"model_type": "llama"}', "tokenizer.json": b"{}", "model.safetensors": WEIGHTS}


def fetched(repo: str = "org/m", **more: Any) -> bytes:
    return (hub.fetch(repo, **more).path / "model.safetensors").read_bytes()


def leftovers() -> list[str]:
    return [path.name for path in cache.cache_folder().rglob("*.incomplete")]


# faults on the way of the weights, Range headers of the requests for them, seconds waited
RANGE = "bytes=100000-"
INTERRUPTIONS: dict[str, tuple[list[Fault], list[str | None], list[float]]] = {
    "none": ([], [None], []),
    "slow": ([slow], [None], []),
    "cut once": ([cut(100_000)], [None, RANGE], [1]),
    "cut twice": ([cut(100_000), cut(50_000)], [None, RANGE, "bytes=150000-"], [1, 1]),
    "stalled": ([stall(100_000)], [None, RANGE], [1]),
    "busy, then cut": ([status(429, Retry_After="7"), cut(100_000)], [None, None, RANGE], [7, 1]),
    "errors of the server": ([status(503), status(500), status(502)], [None] * 4, [2, 4, 8]),
    "range ignored": ([cut(100_000), without_range], [None, RANGE], [1]),
}


@pytest.mark.parametrize("name", INTERRUPTIONS)
def test_an_interrupted_download_goes_on(
    name: str, server: Hub, waits: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    from huggingface_hub import constants

    faults, ranges, seconds = INTERRUPTIONS[name]
    monkeypatch.setattr(constants, "HF_HUB_DOWNLOAD_TIMEOUT", 0.3)
    server.add("org/m", FILES)
    server.faults["/cdn/org/m/model.safetensors"] = list(faults)
    assert fetched() == WEIGHTS
    assert [seen.range for seen in server.asked("/cdn/org/m/model.safetensors")] == ranges
    assert waits == seconds
    assert not leftovers()


def test_the_next_run_goes_on_where_this_one_stopped(server: Hub, waits: list[float]) -> None:
    server.add("org/m", FILES)
    server.faults["/cdn/org/m/model.safetensors"] = [cut(200_000), *[status(503)] * 5]
    with pytest.raises(HubError, match=r"model\.safetensors") as caught:
        hub.fetch("org/m")
    assert "continúa donde se quedó" in (caught.value.hint or "")
    assert len(leftovers()) == 1
    server.seen.clear()
    assert fetched() == WEIGHTS
    assert [seen.range for seen in server.asked("/cdn/org/m/model.safetensors")] == ["bytes=200000-"]
    assert not server.asked("/config.json")
    assert not leftovers()


def test_ctrl_c_keeps_what_came(server: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    server.add("org/m", FILES)
    server.faults["/cdn/org/m/model.safetensors"] = [cut(200_000)]
    said: list[str] = []

    def interrupt(_: float) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(download, "_wait", interrupt)
    with pytest.raises(KeyboardInterrupt):
        hub.fetch("org/m", say=said.append)
    assert "seguir donde se quedó" in said[-1]
    assert [path.stat().st_size for path in cache.cache_folder().rglob("*.incomplete")] == [200_000]


def test_a_wait_of_hours_is_said_not_waited(server: Hub, waits: list[float]) -> None:
    server.add("org/m", FILES)
    server.faults["/cdn/org/m/model.safetensors"] = [status(429, Retry_After="7200")]
    with pytest.raises(HubError, match="120 min"):
        hub.fetch("org/m")
    assert waits == []


@pytest.mark.parametrize("file", ["model.safetensors", "config.json"])
def test_a_wrong_hash_is_never_kept(file: str, server: Hub) -> None:
    server.add("org/m", FILES)
    server.faults[f"/{file}"] = [tampered]
    with pytest.raises(HubError, match="otro contenido") as caught:
        hub.fetch("org/m")
    assert file in caught.value.message
    assert not leftovers()
    assert not hub.is_cached("org/m")
    assert fetched() == WEIGHTS  # the next run has it right


def test_what_an_earlier_run_left_is_not_trusted(server: Hub) -> None:
    repo, said = server.add("org/m", FILES), list[str]()
    part = cache.repo_folder("org/m") / "blobs" / f"{repo.etag('model.safetensors')}.incomplete"
    part.parent.mkdir(parents=True)
    for left in (b"x" * 1000, b"x" * len(WEIGHTS), b"x" * 400_000):
        part.write_bytes(left)
        assert fetched(say=said.append) == WEIGHTS
        assert any("se empieza de nuevo" in line for line in said)
        shutil.rmtree(part.parent.parent / "snapshots")
        for blob in part.parent.iterdir():
            blob.unlink()
        said.clear()


def test_the_token_goes_to_the_hub_alone(server: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_TOKEN", server.add_account(TOKEN))
    server.add("org/m", FILES, gated=True, access={TOKEN: "accepted"})
    assert fetched() == WEIGHTS
    elsewhere = [seen for seen in server.seen if seen.path.startswith("/cdn/")]
    assert elsewhere
    assert {seen.token for seen in elsewhere} == {None}
    assert {seen.token for seen in server.seen if seen not in elsewhere} == {TOKEN}
    assert {seen.host.partition(":")[0] for seen in elsewhere} == {"localhost"}


INDEX = b'{"weight_map": {"a": "model-00001-of-00002.safetensors", "b": "model-00002-of-00002.safetensors"}}'
SHARDS = {
    "config.json": b"{}",
    "tokenizer.json": b"{}",
    "model.safetensors.index.json": INDEX,
    "model-00001-of-00002.safetensors": b"one",
    "model-00002-of-00002.safetensors": b"two",
}


def test_the_weights_that_count_and_nothing_else_come(server: Hub) -> None:
    others = [
        "consolidated.safetensors",
        "pytorch_model.bin",
        "README.md",
        "modeling_x.py",
        "onnx/model.onnx",
    ]
    server.add("org/one", {**SHARDS, **FILES, **dict.fromkeys(others, b"!")})
    server.add("org/two", {**SHARDS, "model-00001-of-00003.safetensors": b"!", **dict.fromkeys(others, b"!")})
    assert sorted(p.name for p in hub.fetch("org/one").path.iterdir()) == sorted(FILES)
    assert sorted(p.name for p in hub.fetch("org/two").path.iterdir()) == sorted(SHARDS)
    assert hub.cached_models() == ["org/one", "org/two"]
    size = sum(len(content) for content in FILES.values())
    assert hub.look_up("org/one").size == size


LIES = {
    "another folder": b'{"weight_map": {"a": "../../../evil.safetensors"}}',
    "a pickle": b'{"weight_map": {"a": "pytorch_model.bin"}}',
    "no list": b'{"weight_map": 3}',
    "no JSON": b"<html>",
    "not there": b'{"weight_map": {"a": "model-00009-of-00009.safetensors"}}',
}


@pytest.mark.parametrize("name", LIES)
def test_an_index_that_lies_is_refused(name: str, server: Hub) -> None:
    server.add("org/m", {**SHARDS, "model.safetensors.index.json": LIES[name]})
    with pytest.raises(HubError) as caught:
        hub.fetch("org/m")
    assert caught.value.hint
    assert not server.asked(".bin")


def test_names_that_leave_the_folder_are_not_taken(server: Hub, tmp_path: Path) -> None:
    server.add("org/m", {**FILES, "../tokenizer.model": b"!", "/etc/x": b"!", "a\\..\\vocab.json": b"!"})
    names = {path.name for path in hub.fetch("org/m").path.iterdir()}
    assert names == set(FILES)


def test_the_disk_is_looked_at_before(server: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    server.add("org/m", FILES)
    usage = shutil.disk_usage("/")._replace(free=200_100_000)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage)
    with pytest.raises(HubError, match="0,3 MB") as caught:
        hub.fetch("org/m")
    assert "HF_HOME" in (caught.value.hint or "")
    assert not server.asked("model.safetensors")


def failing_write(number: int) -> Callable[..., None]:
    def write(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    return write


@pytest.mark.parametrize(("number", "said"), [(28, "se ha llenado"), (13, "No se puede escribir")])
def test_a_disk_that_fails_is_a_message(
    number: int, said: str, server: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.add("org/m", FILES)
    monkeypatch.setattr(download._Part, "write", failing_write(number))
    with pytest.raises(HubError, match=said):
        hub.fetch("org/m")


def test_two_at_once_wait_for_each_other(server: Hub) -> None:
    from huggingface_hub.utils import WeakFileLock

    repo, said = server.add("org/m", FILES), list[str]()
    path = cache.cache_folder() / ".locks" / "models--org--m" / f"{repo.etag('model.safetensors')}.lock"
    path.parent.mkdir(parents=True)
    other = WeakFileLock(path)
    other.__enter__()

    def say(line: str) -> None:
        said.append(line)
        if "otro programa" in line:
            other.__exit__(None, None, None)

    assert fetched(say=say) == WEIGHTS
    assert sum("otro programa" in line for line in said) == 1


def test_progress_is_a_line_a_tenth_without_a_terminal(server: Hub) -> None:
    server.add("org/m", {**FILES, "model.safetensors": WEIGHTS * 5})
    server.faults["/cdn/org/m/model.safetensors"] = [slow]
    said: list[str] = []
    hub.fetch("org/m", say=said.append)
    assert [line.split(" (")[0] for line in said] == [f"org/m: {10 * n} %" for n in range(1, 11)]
    assert said[-1] == "org/m: 100 % (1,5 MB de 1,5 MB)"


def test_progress_is_a_bar_on_a_terminal(server: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    screen, said = io.StringIO(), list[str]()
    monkeypatch.setattr(sys, "stderr", screen)
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "100")
    server.add("org/m", {**FILES, "model.safetensors": WEIGHTS * 5})
    hub.fetch("org/m", say=said.append)
    assert "Descargando org/m" in screen.getvalue()
    assert "1,5 MB / 1,5 MB" in screen.getvalue()
    assert said == []


def test_the_libraries_find_what_was_downloaded_here(server: Hub) -> None:
    from huggingface_hub import hf_hub_download, scan_cache_dir, snapshot_download

    server.add("org/m", FILES)
    snapshot = hub.fetch("org/m")
    found = hf_hub_download("org/m", "model.safetensors", local_files_only=True)
    assert Path(found) == snapshot.path / "model.safetensors"
    server.seen.clear()
    assert snapshot_download("org/m") == str(snapshot.path)
    assert not server.asked("model.safetensors")
    scan = scan_cache_dir(cache.cache_folder())
    assert [entry.repo_id for entry in scan.repos] == ["org/m"]
    assert not scan.warnings


def test_what_the_libraries_downloaded_is_found_here(server: Hub) -> None:
    from huggingface_hub import snapshot_download

    repo = server.add("org/m", FILES)
    snapshot_download("org/m")
    server.seen.clear()
    assert fetched() == WEIGHTS
    assert [seen.path for seen in server.seen] == ["/api/models/org/m"]
    assert hub.fetch("org/m", repo.commit).commit == repo.commit
    assert len(server.seen) == 1  # a pinned commit asks nobody


def test_without_symbolic_links_files_lie_in_the_snapshot(
    server: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError("a privilege is not held")

    monkeypatch.setattr(Path, "symlink_to", refuse)
    server.add("org/m", FILES)
    assert fetched() == WEIGHTS
    server.seen.clear()
    assert fetched() == WEIGHTS
    assert [seen.path for seen in server.seen] == ["/api/models/org/m"]
