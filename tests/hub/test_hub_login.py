"""``hipatia login``: the token is checked before it is kept, kept for its owner alone, and shown to nobody."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import TOKEN
from hub_server import Hub, login_page, status

OTHER = "hf_" + "Another" * 5


def login(
    environ: dict[str, str], typed: str = "", *options: str, **more: str
) -> subprocess.CompletedProcess[str]:
    run = subprocess.run(
        [sys.executable, "-m", "hipatia", "login", *options],
        input=typed,
        env={**environ, **more},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    for token in (TOKEN, OTHER):
        assert token not in run.stdout + run.stderr
    return run


def kept(environ: dict[str, str]) -> str | None:
    path = Path(environ.get("HF_TOKEN_PATH") or Path(environ["HF_HOME"]) / "token")
    return path.read_text() if path.exists() else None


def keep(environ: dict[str, str], token: str) -> None:
    Path(environ["HF_HOME"]).mkdir(parents=True, exist_ok=True)
    (Path(environ["HF_HOME"]) / "token").write_text(token)


def test_a_good_token_is_kept_for_its_owner_alone(
    server: Hub, environ: dict[str, str], tmp_path: Path
) -> None:
    server.add_account(TOKEN)
    run = login(environ, f'  "{TOKEN}"\n')
    assert (run.returncode, kept(environ)) == (0, TOKEN)
    assert "Sesión iniciada como ana." in run.stdout
    secret = [path for path in tmp_path.rglob("*") if path.is_file() and TOKEN in path.read_text()]
    assert {path.name for path in secret} == {"token", "stored_tokens"}
    if os.name == "posix":
        assert {stat.S_IMODE(path.stat().st_mode) for path in secret} == {0o600}


def test_the_place_is_the_one_of_the_environment(
    server: Hub, environ: dict[str, str], tmp_path: Path
) -> None:
    server.add_account(TOKEN)
    environ["HF_TOKEN_PATH"] = str(tmp_path / "elsewhere" / "token")
    result = json.loads(login(environ, TOKEN, "--json").stdout)
    assert result == {
        "user": "ana",
        "token": "portátil",
        "role": "read",
        "reads_gated": True,
        "origin": environ["HF_TOKEN_PATH"],
        "stored": True,
    }
    assert kept(environ) == TOKEN


# what is typed → exit code 2 and what is said; nothing is kept
REFUSED = {
    "nothing": ("", "No se ha dado ningún token"),
    "a sentence": ("mi token es éste", "no es un token"),
    "an organisation's": ("api_org_" + "x" * 30, "no es un token"),
    "wrong": (OTHER, "no acepta el token que has dado"),
    "expired": (TOKEN, "El token que has dado ha caducado"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_bad_token_is_not_kept(name: str, server: Hub, environ: dict[str, str]) -> None:
    typed, said = REFUSED[name]
    server.add_account(TOKEN)
    server.expired.add(TOKEN)
    run = login(environ, typed, "--debug")
    assert (run.returncode, run.stdout, kept(environ)) == (2, "", None)
    assert said in run.stderr
    assert "https://huggingface.co/settings/tokens" in run.stderr


ELSEWHERE = {
    "server error": (status(503), "", "error 503"),
    "hotel": (login_page, "", "no es de Hugging Face"),
    "offline": (None, "1", "HF_HUB_OFFLINE"),
}


@pytest.mark.parametrize("name", ELSEWHERE)
def test_a_token_that_cannot_be_checked_is_not_kept(name: str, server: Hub, environ: dict[str, str]) -> None:
    fault, offline, said = ELSEWHERE[name]
    server.add_account(TOKEN)
    server.faults["/whoami-v2"] = [fault] if fault else []
    run = login(environ, TOKEN, HF_HUB_OFFLINE=offline)
    assert (run.returncode, kept(environ)) == (2, None)
    assert said in run.stderr


def test_without_a_network_it_says_so(environ: dict[str, str]) -> None:
    run = login(environ, TOKEN, HF_ENDPOINT="http://127.0.0.1:1")
    assert (run.returncode, kept(environ)) == (2, None)
    assert "No hay conexión" in run.stderr


def test_the_token_in_the_environment_is_checked_and_left_there(server: Hub, environ: dict[str, str]) -> None:
    server.add_account(TOKEN)
    run = login(environ, HF_TOKEN=TOKEN)
    assert (run.returncode, kept(environ)) == (0, None)
    assert "HF_TOKEN" in run.stdout
    wrong = login(environ, TOKEN, HF_TOKEN=OTHER)
    assert (wrong.returncode, kept(environ)) == (2, None)
    assert "de HF_TOKEN" in wrong.stderr


def test_a_kept_token_stays_unless_another_is_given(server: Hub, environ: dict[str, str]) -> None:
    server.add_account(TOKEN)
    server.add_account(OTHER, user="eva")
    keep(environ, TOKEN)
    assert "ana" in login(environ).stdout
    assert kept(environ) == TOKEN
    assert "eva" in login(environ, OTHER).stdout
    assert kept(environ) == OTHER
    for bad, said in ((OTHER, "ha caducado"), ("mi token", "no es un token")):
        server.expired.add(bad)
        keep(environ, bad)
        run = login(environ, TOKEN)
        assert said in run.stderr
        assert (run.returncode, kept(environ)) == (0, TOKEN)


def test_a_fine_grained_token_that_cannot_read_gated_models_is_told(
    server: Hub, environ: dict[str, str]
) -> None:
    server.without_gated.add(TOKEN)
    server.add_account(TOKEN, role="fineGrained")
    assert "public gated repos" in login(environ, TOKEN).stdout


def test_a_token_file_that_cannot_be_written_is_said(
    server: Hub, environ: dict[str, str], tmp_path: Path
) -> None:
    server.add_account(TOKEN)
    (tmp_path / "file").write_text("")
    run = login(environ, TOKEN, HF_TOKEN_PATH=str(tmp_path / "file" / "token"))
    assert run.returncode == 2
    assert "No se ha podido guardar" in run.stderr


@pytest.mark.skipif(os.name != "posix", reason="needs a pseudo-terminal")
def test_what_is_typed_on_a_terminal_is_not_shown(server: Hub, environ: dict[str, str]) -> None:
    import pty

    server.add_account(TOKEN)
    process, screen = pty.fork()
    if process == 0:
        os.execvpe(sys.executable, [sys.executable, "-m", "hipatia", "login"], environ)
    shown = b""
    try:
        while b"Token: " not in shown:
            shown += os.read(screen, 1000)
        os.write(screen, TOKEN.encode() + b"\n")
        while chunk := os.read(screen, 1000):
            shown += chunk
    except OSError:  # Linux says so when the other side has ended
        pass
    assert os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]) == 0
    assert kept(environ) == TOKEN
    assert b"settings/tokens" in shown
    assert "Sesión iniciada como ana." in shown.decode()
    assert TOKEN not in shown.decode()


def test_no_option_takes_a_token(environ: dict[str, str]) -> None:
    run = login(environ, "", "--token", "x")
    assert run.returncode == 2
    assert "--token" in run.stderr
    assert "token" not in login(environ, "", "--help").stdout.partition("Opciones")[2].lower()
