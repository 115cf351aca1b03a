"""Every way in which a hub model cannot be had: exit code 2, what happened, and the page or command that mends it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from conftest import TOKEN
from hub_server import Hub, Repo, login_page, status

from hipatia import hub, i18n
from hipatia.cli import main
from hipatia.errors import HubError
from hipatia.redaction import token_file

CONFIG = {"config.json": b'{"model_type": "llama"}', "tokenizer.json": b"{}"}
WHOLE = {**CONFIG, "model.safetensors": b"weights"}
CODE = {
    **WHOLE,
    "config.json": b'{"model_type": "new", "auto_map": {"AutoModelForCausalLM": "modeling.New"}}',
}
PAGE, TOKENS = "https://huggingface.co/org/m", "https://huggingface.co/settings/tokens"


@dataclass
class Case:
    """A model on the hub, an account, and what a person reads."""

    said: str
    hints: list[str]
    files: dict[str, bytes] = field(default_factory=lambda: dict(WHOLE))
    gated: bool = False
    account: bool = False  # whether HF_TOKEN holds a token of an account
    state: str = ""  # of the account's request
    arrange: Callable[[Hub, Repo], object] = lambda hub, repo: None
    model: str = "org/m"
    environ: dict[str, str] = field(default_factory=dict)
    sets: tuple[str, ...] = ()


def expire(server: Hub, _: Repo) -> None:
    server.expired.add(TOKEN)


def unscoped(server: Hub, _: Repo) -> None:
    server.without_gated.add(TOKEN)


def fault(*faults: Callable[..., bool]) -> Callable[[Hub, Repo], object]:
    return lambda server, _: server.faults.update({"/api/models/org/m": list(faults)})


def made(**changes: bool) -> Callable[[Hub, Repo], object]:
    return lambda _, repo: [setattr(repo, name, value) for name, value in changes.items()]


CASES = {
    "licence, no token": Case("aceptar su licencia", [PAGE, TOKENS, "hipatia login"], gated=True),
    "licence not accepted": Case("no lo ha hecho", [PAGE], gated=True, account=True),
    "licence pending": Case("pendiente", [PAGE, "embedded"], gated=True, account=True, state="pending"),
    "licence refused": Case("rechazado", [PAGE, "embedded"], gated=True, account=True, state="rejected"),
    "token of small scope": Case(
        "no tiene permiso", [TOKENS, PAGE], gated=True, account=True, arrange=unscoped
    ),
    "wrong token": Case("no acepta el token de HF_TOKEN", [TOKENS], environ={"HF_TOKEN": TOKEN}),
    "expired token": Case("ha caducado", [TOKENS], account=True, arrange=expire),
    "no token at all": Case("El token de HF_TOKEN no es", [TOKENS], environ={"HF_TOKEN": "mi tokén"}),
    "token with a control character": Case("no es un token", [TOKENS], environ={"HF_TOKEN": f"{TOKEN}\x7f"}),
    "token that cannot be read": Case(
        "No se puede leer el token",
        ["HF_TOKEN"],
        arrange=lambda server, repo: token_file().mkdir(parents=True),
    ),
    "no such model": Case("no existe", ["hipatia login"], model="org/none"),
    "no such model, signed in": Case("no existe", ["organización/modelo"], model="org/none", account=True),
    "private": Case("es privado", ["hipatia login"], arrange=made(private=True)),
    "closed": Case("cerrado el acceso", [PAGE], arrange=made(disabled=True)),
    "no such revision": Case("no tiene esa revisión", [PAGE], sets=("model.revision=v9",)),
    "no name": Case("no es un nombre", ["organización/modelo"], model="org/m..m--x"),
    "too many requests": Case("demasiadas", ["hipatia login"], arrange=fault(status(429, Retry_After="30"))),
    "server error": Case("error 503", ["status.huggingface.co"], arrange=fault(status(503))),
    "another server": Case("no es de Hugging Face", ["HF_ENDPOINT"], arrange=fault(login_page)),
    "offline": Case("HF_HUB_OFFLINE", ["embedded"], environ={"HF_HUB_OFFLINE": "1"}),
    "pickles only": Case(
        "pickle", ["save_pretrained", "./m", PAGE], {**CONFIG, "pytorch_model-00001-of-00002.bin": b"!"}
    ),
    "gguf only": Case("GGUF", ["hf download org/m m.Q4.gguf"], {"README.md": b"", "m.Q4.gguf": b"!"}),
    "no weights": Case("safetensors", [PAGE], {**CONFIG, "tf_model.h5": b"!"}),
    "no configuration": Case("config.json", ["model.revision"], {"model.safetensors": b"!"}),
    "own code": Case("código Python", ["model.trust_remote_code=true", "40 cifras", PAGE], CODE),
    "own code, not pinned": Case(
        "sin fijar la revisión", ["40 cifras"], CODE, sets=("model.trust_remote_code=true",)
    ),
    "no weights in the weights": Case("No se puede cargar", ["transformers"]),
}


@pytest.mark.parametrize("name", CASES)
def test_what_cannot_be_had_says_why_and_what_to_do(
    name: str, server: Hub, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    case = CASES[name]
    access = {TOKEN: case.state} if case.state else {}
    repo = server.add("org/m", case.files, gated=case.gated, access=access)
    if case.account:
        monkeypatch.setenv("HF_TOKEN", server.add_account(TOKEN))
    case.arrange(server, repo)
    for variable, value in case.environ.items():
        monkeypatch.setenv(variable, value)
    sets = [part for one in case.sets for part in ("--set", one)]
    code = main(["evaluate", case.model, "--limit", "1", "--debug", "--language", "es", *sets])
    printed = capsys.readouterr()
    told = printed.err[printed.err.rindex("Error: ") :]
    assert (code, printed.out) == (2, "")
    assert case.said in told.splitlines()[0]
    for hint in case.hints:
        assert hint in told
    assert TOKEN not in printed.err
    assert "Traceback" in printed.err
    i18n.set_language("es")


def test_without_a_network_what_is_here_is_named(server: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    from huggingface_hub import constants

    server.add("org/here", WHOLE)
    server.add("org/half", WHOLE)
    here = hub.fetch("org/here")
    hub.fetch("org/half", weights=False)
    monkeypatch.setattr(constants, "ENDPOINT", "http://127.0.0.1:1")
    with pytest.raises(HubError, match=r"No hay conexión .*org/half no está entero .*: org/here\."):
        hub.fetch("org/half")
    said: list[str] = []
    assert hub.fetch("org/here", say=said.append) == here
    assert "Se usa la copia de org/here" in said[0]
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    said.clear()
    assert hub.fetch("org/here", say=said.append) == here
    assert said == []  # asked for, so no news
    with pytest.raises(HubError, match=r"HF_HUB_OFFLINE.*: org/here\."):
        hub.fetch("org/half")


@pytest.mark.parametrize("kind", ["changed", "cut short"])
def test_a_damaged_copy_is_replaced(kind: str, server: Hub) -> None:
    from huggingface_hub import snapshot_download

    server.add("org/m", WHOLE)
    said: list[str] = []
    path = Path(snapshot_download("org/m")) / "model.safetensors"  # by a program that looks at no hash
    path.write_bytes(b"weightz" if kind == "changed" else b"wei")
    assert (hub.fetch("org/m", say=said.append).path / path.name).read_bytes() == b"weights"
    path.write_bytes(b"WEIGHTS")  # after it was checked once
    assert (hub.fetch("org/m", say=said.append).path / path.name).read_bytes() == b"weights"
    assert "model.safetensors" in said[-1]


def test_a_file_is_read_through_once(server: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    from huggingface_hub import snapshot_download

    from hipatia.hub import integrity

    server.add("org/m", WHOLE)
    read: list[str] = []
    matches = integrity.matches
    monkeypatch.setattr(
        integrity, "matches", lambda path, digest: read.append(path.name) or matches(path, digest)
    )
    snapshot_download("org/m")
    hub.fetch("org/m")
    assert sorted(read) == sorted(WHOLE)
    hub.fetch("org/m")
    assert len(read) == len(WHOLE)
    hub.fetch("org/m", server.repos["org/m"].commit)
    assert len(read) == len(WHOLE)


def test_own_code_where_transformers_has_the_model_is_not_needed(server: Hub) -> None:
    config = {"model_type": "llama", "auto_map": {"AutoModelForCausalLM": "modeling.Own"}}
    server.add("org/m", {**WHOLE, "config.json": json.dumps(config).encode(), "modeling.py": b"1/0"})
    assert not hub.fetch("org/m").runs_code
    assert not server.asked(".py")


def test_own_code_comes_with_a_pinned_revision_and_from_there_alone(server: Hub) -> None:
    repo = server.add("org/m", {**CODE, "modeling.py": b"x = 1", "tokenizer_config.json": b"{}"})
    snapshot = hub.fetch("org/m", repo.commit, trust_code=True)
    assert snapshot.runs_code
    assert (snapshot.path / "modeling.py").is_file()
    elsewhere = b'{"auto_map": {"AutoTokenizer": ["org/other--tokens.T", null]}}'
    repo = server.add("org/m", {**repo.files, "tokenizer_config.json": elsewhere})
    with pytest.raises(HubError, match="org/other"):
        hub.fetch("org/m", repo.commit, trust_code=True)


def test_a_new_revision_is_taken_and_a_pinned_one_stays(server: Hub) -> None:
    first = server.add("org/m", WHOLE).commit
    assert hub.fetch("org/m").commit == first
    second = server.add("org/m", {**WHOLE, "model.safetensors": b"better"}).commit
    assert hub.fetch("org/m").commit == second
    server.seen.clear()
    assert hub.fetch("org/m", first).commit == first
    assert hub.is_cached("org/m", first)
    assert not server.seen


# (what the hub has) → whether auto would take it, and what it says otherwise
CANDIDATES = {
    "safetensors": (WHOLE, False, None),
    "pickles": ({**CONFIG, "pytorch_model.bin": b"!"}, False, "pickle"),
    "own code": (CODE, False, "código Python"),
    "gated": (WHOLE, True, "licencia"),
}


@pytest.mark.parametrize("name", CANDIDATES)
def test_auto_passes_over_what_could_not_be_loaded(name: str, server: Hub) -> None:
    from hipatia.config import Config
    from hipatia.modeling import Hardware, choose_base

    files, gated, said = CANDIDATES[name]
    server.add("org/m", files, gated=gated)
    server.add("org/next", WHOLE)
    lines: list[str] = []
    config = Config.model_validate({"model": {"candidates": ["org/m", "org/next"]}})
    chosen = choose_base(config, Hardware("cuda", "bfloat16", "Card", 24_000_000_000), lines.append)
    assert chosen == ("org/next" if said else "org/m")
    assert [said in line for line in lines] == ([True] if said else [])
    assert not server.asked("model.safetensors")
