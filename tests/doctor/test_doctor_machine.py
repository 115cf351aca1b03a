"""This machine, really asked: bounded in time, without exceptions, and without names in the report."""

from __future__ import annotations

import json
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest
from recorded import Recorded

from hipatia.doctor import Facts, Machine, advise, capacity, probe, report
from hipatia.doctor.machine import TIMED_OUT
from hipatia.doctor.report import anonymous
from hipatia.doctor.torch_check import check

TOKEN = "hf_" + "QwErTyUiOpAsDfGhJkLzXcVbNm123456"


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:9")
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")


def test_quick_and_full() -> None:
    quick = probe()
    assert quick.memory_total >= quick.memory_available > 0
    assert quick.disk_free > 0
    assert quick.torch
    assert quick.check is None
    assert quick.packages["transformers"]
    full = probe(full=True)
    assert full.unanswered == ()
    assert full.torch == quick.torch
    assert full.packages == quick.packages
    assert full.hub_reached is False
    assert full.check is None
    assert "hub_unreached" in [one.key for one in advise(full)]


def test_torch_is_asked_for_a_product() -> None:
    found = check()
    assert found["products"]["cpu"] is True
    assert found["broken"] == {}
    assert set(found["devices"]) <= {"cuda", "mps", "xpu"}


def test_programs_are_bounded_and_never_raise() -> None:
    machine = Machine()
    assert machine.run("no-such-program-of-hipatia") == ""
    assert machine.run_python("-c", "print('out')", seconds=60) == "out"
    assert machine.run_python("-c", "import sys; sys.exit('only an error')", seconds=60) == "only an error"
    assert machine.run_python("-c", "input_never_comes = open(0).read(); print(1)", seconds=60) == "1"
    assert machine.run_python("-c", "import threading; threading.Event().wait()", seconds=0.3) == TIMED_OUT


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_a_crash_is_named() -> None:
    crash = "import os, signal; os.kill(os.getpid(), signal.SIGKILL)"
    assert Machine().run_python("-c", crash, seconds=60) == "(ended by signal 9)"


def test_files_that_are_not_there(tmp_path: Path) -> None:
    machine = Machine()
    (tmp_path / "bytes").write_bytes(b"\xff\xfe\x00ok")
    assert machine.read(str(tmp_path)) == ""
    assert machine.read(str(tmp_path / "none")) == ""
    assert machine.read(str(tmp_path / "bytes")).endswith("ok")
    assert machine.link(str(tmp_path / "none")) == ""
    assert machine.package("no_such_package_of_hipatia") == ""
    assert machine.distributions("no-such-package-of-hipatia") == []
    assert machine.distributions("torch")[0].version == probe().torch


def test_a_question_that_fails_is_named_and_stops_nothing() -> None:
    class Broken(Recorded):
        def cached_models(self) -> list[str]:
            raise RuntimeError("a broken cache")

    facts = probe(Broken("ubuntu-24.04", "torch-cpu"), full=True)
    assert facts.unanswered == ("cache",)
    assert facts.torch == "2.13.0+cpu"
    assert "cache" in next(one.message for one in advise(facts) if one.key == "unanswered")


class LmStudio(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b'{"data": [{"id": "m"}], "object": "list"}')

    def log_message(self, *_: object) -> None:
        pass


def test_servers_on_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")  # must not be asked for this machine's own servers
    server = HTTPServer(("127.0.0.1", 0), LmStudio)
    Thread(target=server.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{server.server_port}"
    try:
        assert '"data"' in Machine().ask_here(f"{url}/v1/models")
        assert Machine().reaches(url) is False  # it has no HEAD: 501
    finally:
        server.shutdown()
        server.server_close()
    assert Machine().ask_here(url) == ""
    assert Machine().reaches(url) is False


def test_the_report_names_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_TOKEN", TOKEN)
    monkeypatch.setenv("HOME", "/home/marisol")
    monkeypatch.setenv("USER", "marisol")
    monkeypatch.setenv("LOGNAME", "marisol")
    recording = Recorded(
        "ubuntu-24.04",
        "rtx-4090-busy-595",
        "torch-cu130",
        "two-torches",
        "check-nvjitlink",
        cached=["marisol/private-model"],
        token="/home/marisol/.cache/huggingface/token",
        python_command="/home/marisol/tutor/.venv/bin/python",
        environ={
            "CUDA_VISIBLE_DEVICES": "GPU-8932f937-d72c-4106-c12f-20bd9faed9f6",
            "LD_LIBRARY_PATH": "/home/marisol/lib:/Users/Otra Persona/lib:C:\\Users\\Ana\\lib",
            "HF_ENDPOINT": "https://marisol:geheim123@mirror.example/",
            "ZE_AFFINITY_MASK": TOKEN,
        },
    )
    facts = probe(recording, full=True, compute=True)
    assert "geheim123" not in facts.hub_endpoint
    advice = advise(facts)
    written = json.dumps(report(facts, advice, capacity(facts)), ensure_ascii=False)
    for secret in (
        "marisol",
        TOKEN,
        TOKEN[3:],
        "geheim123",
        "Otra",
        "Ana",
        "/home/ana",
        "8932f937",
        "private-model",
    ):
        assert secret not in written, secret
    assert '"cached_models": 1' in written
    assert "torch_wrong_libraries" in written
    assert "NVIDIA GeForce RTX 4090" in written


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("/home/ana/x and /home/ana", "/home/<user>/x and /home/<user>"),
        ("/Users/ana/venv/bin/python", "/Users/<user>/venv/bin/python"),
        (r"C:\Users\Ana\venv", r"C:\Users\<user>\venv"),
        ("c:/users/ana/venv", "c:/users/<user>/venv"),
        ("/srv/eva/data of eva, evangelist", "/srv/<user>/data of <user>, evangelist"),
        ("MIG-8932f937-d72c-4106", "MIG-<id>"),
        ("http://eva@proxy:80/", "http://<user>@proxy:80/"),
        ("python 3.11 on Linux", "python 3.11 on Linux"),
        ("/opt/tutor/x", "~/x"),
    ],
)
def test_anonymous(text: str, clean: str) -> None:
    assert anonymous({"a": [text]}, "/opt/tutor", ["eva", "root", "li"]) == {"a": [clean]}


def test_facts_without_anything_can_be_advised() -> None:
    assert [one.key for one in advise(Facts())] == ["torch_missing", "memory_low", "disk_low"]
