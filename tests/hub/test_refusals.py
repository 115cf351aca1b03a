"""The hub's refusals become sentences that say what to do; asked over HTTP, on this machine."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from hipatia import hub
from hipatia.errors import HubError


class Hub(BaseHTTPRequestHandler):
    """Answers ``/api/models/<owner>/<name>`` as the hub does; the name says how."""

    def do_GET(self) -> None:
        name = self.path.split("?")[0].rsplit("/", 1)[-1]
        status, code = {
            "good": (200, None),
            "gated": (403, "GatedRepo"),
            "missing": (404, "RepoNotFound"),
            "revision": (404, "RevisionNotFound"),
            "broken": (500, None),
            "token": (401, None),
        }[name]
        info = {
            "id": f"a/{name}",
            "sha": "0" * 40,
            "siblings": [{"rfilename": "model.safetensors", "size": 1234}, {"rfilename": "x.bin", "size": 9}],
            "safetensors": {"parameters": {"BF16": 600}, "total": 600},
            "tags": [],
            "private": False,
            "downloads": 0,
        }
        body = json.dumps(info if status == 200 else {"error": name}).encode()
        self.send_response(status)
        if code:
            self.send_header("X-Error-Code", code)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def _hub(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Hub)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_address[1]}"
    api = __import__("huggingface_hub").HfApi
    monkeypatch.setattr("huggingface_hub.HfApi", lambda: api(endpoint=address, token=False))
    yield
    server.shutdown()
    server.server_close()


@pytest.mark.usefixtures("_hub")
def test_a_model_is_looked_up() -> None:
    assert hub.look_up("a/good") == hub.HubModel(parameters=600, size=1234)


REFUSALS = [
    ("gated", None, "licencia", "settings/tokens"),
    ("gated", "hf_x", "licencia", "huggingface.co/a/gated"),
    ("missing", None, "no existe", "hf auth login"),
    ("revision", None, "revisión", "model.revision"),
    ("broken", None, "500", "pasajero"),
]


@pytest.mark.usefixtures("_hub")
@pytest.mark.parametrize(("name", "token", "said", "hint"), REFUSALS)
def test_a_refusal_says_what_to_do(
    name: str, token: str | None, said: str, hint: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hub, "_token", lambda: token)
    with pytest.raises(HubError) as caught:
        hub.look_up(f"a/{name}")
    assert said in caught.value.message
    assert hint in (caught.value.hint or "")
    assert "hf_x" not in f"{caught.value.message}{caught.value.hint}"


def test_an_empty_cache_holds_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import huggingface_hub

    scan = huggingface_hub.scan_cache_dir
    monkeypatch.setattr("huggingface_hub.scan_cache_dir", lambda: scan(tmp_path / "none"))
    assert not hub.is_cached("a/b")


@pytest.mark.parametrize(("value", "offline"), [("1", True), ("true", True), ("0", False), ("", False)])
def test_offline_is_what_the_environment_says(
    value: str, offline: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("TRANSFORMERS_OFFLINE", raising=False)
    monkeypatch.setenv("HF_HUB_OFFLINE", value)
    assert hub.is_offline() is offline
