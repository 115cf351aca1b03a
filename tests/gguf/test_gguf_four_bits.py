"""Layers in 4 bits from a GGUF, where bitsandbytes is installed; its absence is told."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import gguf_tiny
import numpy as np
import pytest
import torch

from hipatia.config import LoraConfig
from hipatia.errors import ModelError
from hipatia.gguf import load_model_from_gguf
from hipatia.modeling import apply_lora, count_trainable_parameters

TOKENS = torch.tensor([np.random.default_rng(5).integers(0, 256, 40).tolist()])
installed = pytest.mark.skipif(
    importlib.util.find_spec("bitsandbytes") is None, reason="bitsandbytes is not installed"
)


@pytest.mark.skipif(importlib.util.find_spec("bitsandbytes") is not None, reason="bitsandbytes is installed")
def test_without_bitsandbytes_it_is_told(tmp_path: Path) -> None:
    path = gguf_tiny.write_entry(tmp_path / "model.gguf", "llama", "Q4_0")
    with pytest.raises(ModelError, match="bitsandbytes"):
        load_model_from_gguf(path, four_bits=True)


@installed
@pytest.mark.parametrize("name", ["llama", "qwen3", "gemma2", "phi3", "gpt2"])
def test_packed_layers_compute_nearly_the_same(name: str, tmp_path: Path) -> None:
    path = gguf_tiny.write_entry(tmp_path / "model.gguf", name, "Q8_0")
    exact, _ = load_model_from_gguf(path)
    packed, _ = load_model_from_gguf(path, four_bits=True)
    with torch.no_grad():
        wanted = torch.log_softmax(exact(TOKENS).logits[0].double(), -1)
        found = torch.log_softmax(packed(TOKENS).logits[0].double(), -1)
        shuffled = wanted.flip(0)
    divergence = float((wanted.exp() * (wanted - found)).sum(-1).mean())
    assert 1e-5 < divergence < 0.2 * float((wanted.exp() * (wanted - shuffled)).sum(-1).mean())


@installed
def test_layers_that_cannot_be_packed_are_told(tmp_path: Path) -> None:
    path = gguf_tiny.write_entry(tmp_path / "model.gguf", "falcon", "Q8_0")
    with pytest.raises(ModelError, match="falcon"):
        load_model_from_gguf(path, four_bits=True)


@installed
@pytest.mark.parametrize("name", ["llama", "gpt2"])
def test_they_train(name: str, tmp_path: Path) -> None:
    path = gguf_tiny.write_entry(tmp_path / "model.gguf", name, "Q4_0")
    model, _ = load_model_from_gguf(path, torch.bfloat16, four_bits=True)
    plain, _ = load_model_from_gguf(path)
    assert count_trainable_parameters(model)[1] == count_trainable_parameters(plain)[1]
    adapted = apply_lora(model, LoraConfig(rank=4, alpha=8))
    optimizer = torch.optim.Adam([p for p in adapted.parameters() if p.requires_grad], 1e-2)
    losses = []
    for _ in range(5):
        loss = adapted(TOKENS, labels=TOKENS).loss
        loss.backward()
        optimizer.step()
        optimizer.zero_grad()
        losses.append(loss.item())
    assert {p.dtype for p in adapted.parameters() if p.requires_grad} == {torch.bfloat16}
    assert losses[-1] < losses[0] - 0.05
