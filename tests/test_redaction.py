"""No secret leaves the program: not in messages, logs, tracebacks, configurations, run folders."""

from __future__ import annotations

import io
import json
import logging
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from hipatia import redaction
from hipatia.cli import main
from hipatia.config import Config, dump_yaml
from hipatia.redaction import MASK, redact

TOKEN = "hf_" + "Planted" * 5
ODD = "secreto-de-un-espejo"  # a mirror's token has any shape

TEXTS = {
    "shape": (f"token={TOKEN}.", f"token={MASK}."),
    "old shape": ("api_org_" + "a1" * 16, MASK),
    "cut off": (TOKEN[:20], MASK),
    "bearer": (f"Authorization: Bearer {'x' * 40}", f"Authorization: Bearer {MASK}"),
    "password": ("https://ana:cl4ve@espejo.org/x", f"https://ana:{MASK}@espejo.org/x"),
    "in quotes": (f"'{TOKEN}'", f"'{MASK}'"),
    "known": (f"valor {ODD} puesto", f"valor {MASK} puesto"),
    "address": ("http://localhost:8080/a@b", "http://localhost:8080/a@b"),
    "function": (
        "from huggingface_hub import hf_hub_download",
        "from huggingface_hub import hf_hub_download",
    ),
    "mathematics": ("f_1 = 2·3^4, h_f = 1234567890123456789", "f_1 = 2·3^4, h_f = 1234567890123456789"),
    "prose": ("the bearer of good news", "the bearer of good news"),
}


@pytest.fixture(params=["variable", "file"])
def _planted(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HOME", str(tmp_path))
    for name in (*redaction.VARIABLES, "HF_TOKEN_PATH"):
        monkeypatch.delenv(name, raising=False)
    if request.param == "variable":
        monkeypatch.setenv("HF_TOKEN", ODD)
    else:
        (tmp_path / "token").write_text(f"{ODD}\n")


@pytest.mark.usefixtures("_planted")
@pytest.mark.parametrize("name", TEXTS)
def test_secrets_and_nothing_else_are_taken_out(name: str) -> None:
    text, safe = TEXTS[name]
    assert redact(text) == safe


def test_a_short_variable_does_not_mask_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_TOKEN", "de")
    assert redact("el token de HF_TOKEN") == "el token de HF_TOKEN"


@pytest.mark.usefixtures("_planted")
def test_the_file_is_the_one_that_the_library_reads(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HF_TOKEN_PATH", str(tmp_path / "mine"))
    (tmp_path / "mine").write_text("otro-secreto-mio")
    assert redact("otro-secreto-mio") == MASK


@pytest.fixture
def logged(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    """What a logger of another library writes, once redaction is installed."""
    before, hook = logging.getLogRecordFactory(), sys.excepthook
    redaction.install()
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    logger = logging.getLogger("some.library")
    logger.addHandler(handler)
    monkeypatch.setattr(logging, "raiseExceptions", True)
    yield stream
    logger.removeHandler(handler)
    logging.setLogRecordFactory(before)
    sys.excepthook = hook


def test_logs_hold_no_secret(logged: io.StringIO, capsys: pytest.CaptureFixture[str]) -> None:
    logger = logging.getLogger("some.library")
    logger.warning("sent %s to %s", {"token": TOKEN}, "there")
    logger.warning("one field %s %s too few for " + TOKEN, "only")
    try:
        raise ValueError(f"no good: {TOKEN}")
    except ValueError:
        logger.exception("failed")
    assert TOKEN not in logged.getvalue() + capsys.readouterr().err
    assert f"sent {{'token': '{MASK}'}} to there" in logged.getvalue()
    assert f"ValueError: no good: {MASK}" in logged.getvalue()


def test_an_uncaught_bug_shows_no_secret(logged: io.StringIO, capsys: pytest.CaptureFixture[str]) -> None:
    error = RuntimeError(f"bug with {TOKEN}")
    sys.excepthook(RuntimeError, error, None)
    printed = capsys.readouterr().err
    assert "RuntimeError: bug with" in printed
    assert TOKEN not in printed


def test_settings_that_hold_a_secret_are_not_saved_with_it() -> None:
    config = Config.model_validate({"model": {"base": f"https://ana:{TOKEN}@espejo.org/m"}})
    assert TOKEN not in dump_yaml(config)


COMMANDS = [
    ["config"],
    ["config", "--json"],
    ["doctor", "--json"],
    ["config", "--set", f"lora.rank={TOKEN}", "--debug"],
    ["config", "--set", f"hub.token={TOKEN}"],
    ["config", "--set", TOKEN],
    ["config", "--config", f"/nowhere/{TOKEN}.yaml"],
    ["train", "--data", f"/nowhere/{TOKEN}.json", "--debug"],
    ["evaluate", f"./nowhere/{TOKEN}", "--debug"],
    ["grade", f"{TOKEN}.jsonl"],
    ["nonsense", TOKEN],
]


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: " ".join(command).replace(TOKEN, "TOKEN"))
def test_no_command_shows_a_token(
    command: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HF_HOME", str(tmp_path / "hf"))
    monkeypatch.setenv("HF_TOKEN", TOKEN)
    (tmp_path / "hf").mkdir()
    (tmp_path / "hf" / "token").write_text(TOKEN)
    (tmp_path / "hipatia.yaml").write_text(f'model:\n  base: "org/{TOKEN}"\n')
    main([*command, "--language", "es"])
    printed = capsys.readouterr()
    assert printed.out + printed.err
    assert TOKEN not in printed.out + printed.err
    if "--json" in command:
        json.loads(printed.out)
    written = [
        path for path in tmp_path.rglob("*") if path.is_file() and path.name not in ("token", "hipatia.yaml")
    ]
    assert not [path for path in written if TOKEN.encode() in path.read_bytes()]
