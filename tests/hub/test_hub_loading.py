"""A real model, tiny, from the hub on this machine: loaded, trained on, converted from pickles."""

from __future__ import annotations

import io
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import torch
from conftest import TOKEN
from hub_server import Hub
from tiny import save_tiny_model, tiny_llama

from hipatia import hub
from hipatia.config import Config
from hipatia.errors import HubError, ModelError
from hipatia.modeling import (
    Hardware,
    apply_lora,
    load_adapter,
    load_base,
    load_tokenizer,
    save_lora_adapter,
)
from hipatia.pretrained import count_parameters

CPU = Hardware("cpu", "float32", "CPU", 16_000_000_000)
IDS = torch.tensor([[5, 6, 7, 8, 9]])


def settings(**model: Any) -> Config:
    return Config.model_validate({"model": model})


def test_a_hub_model_is_the_model_of_its_files(server: Hub, tiny_files: dict[str, bytes]) -> None:
    repo = server.add("org/tiny", tiny_files)
    base = load_base("org/tiny", Config(), CPU)
    with torch.no_grad():
        torch.testing.assert_close(base.model(input_ids=IDS).logits, tiny_llama()(input_ids=IDS).logits)
    assert (base.source, base.digest) == ("org/tiny", repo.commit)
    assert base.tokenizer.decode(base.tokenizer("hola").input_ids) == "hola"
    paths = [seen.path for seen in server.seen]
    assert len(paths) == len(set(paths))  # each once, and nothing that is not needed
    assert count_parameters(hub.fetch("org/tiny").path) == sum(p.numel() for p in tiny_llama().parameters())


def test_a_tokenizer_comes_without_weights(server: Hub, tiny_files: dict[str, bytes]) -> None:
    server.add("org/tiny", tiny_files)
    assert load_tokenizer("org/tiny")("hola").input_ids
    assert not server.asked(".safetensors")


def test_an_adapter_finds_the_revision_that_it_was_trained_on(
    server: Hub, tiny_files: dict[str, bytes], tmp_path: Path
) -> None:
    first = server.add("org/tiny", tiny_files).commit
    base = load_base("org/tiny", Config(), CPU)
    save_lora_adapter(apply_lora(base.model, Config().lora), tmp_path / "adapter", base)
    save_tiny_model(tmp_path / "new", seed=7)
    assert server.add_folder("org/tiny", tmp_path / "new").commit != first
    server.seen.clear()
    assert load_adapter(tmp_path / "adapter", Config(), CPU).digest == first
    assert server.seen == []


CODE = """
from transformers import LlamaConfig, LlamaForCausalLM

class OwnConfig(LlamaConfig):
    model_type = "own"

class Own(LlamaForCausalLM):
    config_class = OwnConfig
    came_from_the_hub = True
"""


def test_own_code_runs_where_it_was_allowed_and_pinned(
    server: Hub, tiny_files: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("transformers.dynamic_module_utils.HF_MODULES_CACHE", str(tmp_path / "modules"))
    own = tiny_files["config.json"].replace(b'"model_type": "llama"', b'"model_type": "own"')
    mapped = b'{"auto_map": {"AutoConfig": "own.OwnConfig", "AutoModelForCausalLM": "own.Own"},' + own[1:]
    repo = server.add("org/own", {**tiny_files, "config.json": mapped, "own.py": CODE.encode()})
    with pytest.raises(HubError, match="código Python"):
        load_base("org/own", settings(revision=repo.commit), CPU)
    base = load_base("org/own", settings(revision=repo.commit, trust_remote_code=True), CPU)
    assert base.model.came_from_the_hub


def pickled(files: dict[str, bytes]) -> dict[str, bytes]:
    """The same model with its weights as a pickle."""
    content = io.BytesIO()
    torch.save(tiny_llama().state_dict(), content)
    rest = {name: data for name, data in files.items() if name != "model.safetensors"}
    return {**rest, "pytorch_model.bin": content.getvalue()}


def test_the_conversion_that_is_shown_works(
    server: Hub, tiny_files: dict[str, bytes], environ: dict[str, str], tmp_path: Path
) -> None:
    server.add("org/tiny", pickled(tiny_files))
    with pytest.raises(HubError) as caught:
        load_base("org/tiny", Config(), CPU)
    command = shlex.split(re.search(r"python -c .*", caught.value.hint or "")[0])  # type: ignore[index]
    subprocess.run([sys.executable, *command[1:]], cwd=tmp_path, env=environ, check=True, capture_output=True)
    base = load_base(str(tmp_path / "tiny"), Config(), CPU)
    with torch.no_grad():
        torch.testing.assert_close(base.model(input_ids=IDS).logits, tiny_llama()(input_ids=IDS).logits)


def test_a_folder_of_pickles_is_refused(tmp_path: Path, tiny_files: dict[str, bytes]) -> None:
    for name, content in pickled(tiny_files).items():
        (tmp_path / name).write_bytes(content)
    with pytest.raises(HubError, match="pickle") as caught:
        load_base(str(tmp_path), Config(), CPU)
    assert f"{tmp_path}-safetensors" in (caught.value.hint or "")
    (tmp_path / "model.safetensors").write_bytes(b"cut")
    with pytest.raises(ModelError, match="No se puede cargar"):
        load_base(str(tmp_path), Config(), CPU)


def test_training_on_a_gated_hub_model(
    server: Hub, tiny_files: dict[str, bytes], environ: dict[str, str], tmp_path: Path
) -> None:
    server.add_account(TOKEN)
    server.add("org/tiny", tiny_files, gated=True, access={TOKEN: "accepted"})
    rows = [f'{{"instruction": "¿Cuánto es {n} + {n * n}?", "response": "{n + n * n}"}}' for n in range(12)]
    (tmp_path / "rows.jsonl").write_text("\n".join(rows), encoding="utf-8")
    small = ["model.base=org/tiny", "training.max_steps=1", "evaluation.max_new_tokens=1"]
    sets = [part for one in small for part in ("--set", one)]
    run = subprocess.run(
        [sys.executable, "-m", "hipatia", "train", "--data", "rows.jsonl", "--debug", *sets],
        cwd=tmp_path,
        env={**environ, "HF_TOKEN": TOKEN},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert run.returncode == 0, run.stderr
    written = [path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()]
    assert len(written) > 10
    assert not [
        1 for content in [*written, run.stdout.encode(), run.stderr.encode()] if TOKEN.encode() in content
    ]
