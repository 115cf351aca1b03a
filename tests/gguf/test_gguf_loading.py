"""Models read from GGUF compute what llama.cpp computes on the same file; the embedded model as a whole."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import gguf_tiny
import numpy as np
import pytest
import torch
from gguf_lines import lines
from gguf_referee import Referee

from hipatia.config import Config
from hipatia.embedded import embedded_model_path
from hipatia.errors import ModelError
from hipatia.gguf import load_model_from_gguf, load_tokenizer_from_gguf

EMBEDDED = os.environ.get("HIPATIA_MODEL_EMBEDDED_PATH")  # read here: tests run without such variables
TOKENS = np.random.default_rng(5).integers(0, 256, 40).tolist()
# The largest Kullback-Leibler divergence from llama.cpp, which rounds activations to 8 bits beside quantized
# weights, to 16 beside F16 and BF16, and looks GELU up in a table of 16-bit numbers.
LIMITS = {"F32": 5e-6, "F16": 1e-5, "BF16": 2e-4}
QUANTIZED_LIMIT = 2e-3
TYPES = ("F32", "F16", "BF16", "Q8_0", "Q4_0", "Q4_1", "Q5_0", "Q5_1", "Q4_K", "Q5_K", "Q6_K")


def divergence(path: Path, tokens: list[int], dtype: torch.dtype | None = None) -> float:
    """Of our next-token distribution from llama.cpp's, in nats."""
    model, tokenizer = load_model_from_gguf(path, dtype)
    referee = Referee(path)
    try:
        wanted = referee.log_probabilities(tokens, len(tokenizer))
    finally:
        referee.close()
    with torch.no_grad():
        logits = model(torch.tensor([tokens])).logits[0, -1]
    found = torch.log_softmax(logits.double(), -1).numpy()
    return float((np.exp(wanted) * (wanted - found)).sum())


@pytest.mark.parametrize(
    ("name", "kind"),
    [(name, kind) for name in gguf_tiny.TABLE for kind in TYPES if kind == "F32" or "," not in name],
)
def test_each_architecture_and_type_computes_as_llama_cpp(name: str, kind: str, tmp_path: Path) -> None:
    path = gguf_tiny.write_entry(tmp_path / "model.gguf", name, kind)
    assert abs(divergence(path, TOKENS)) < LIMITS.get(kind, QUANTIZED_LIMIT)


def test_the_limits_tell_a_wrong_model(tmp_path: Path) -> None:
    """Queries and keys left in the order in which llama.cpp keeps them are far beyond the limits."""
    from hipatia.gguf import architectures

    path = gguf_tiny.write_entry(tmp_path / "model.gguf", "llama", "Q8_0")
    right = architectures.ARCHITECTURES["llama"]
    architectures.ARCHITECTURES["llama"] = replace(right, row_order=lambda tensor, config: None)
    try:
        assert divergence(path, TOKENS) > 10 * QUANTIZED_LIMIT
    finally:
        architectures.ARCHITECTURES["llama"] = right


@pytest.mark.parametrize("dtype", [torch.float32, torch.bfloat16, torch.float16])
def test_weights_are_ordinary_and_trainable(dtype: torch.dtype, tmp_path: Path) -> None:
    path = gguf_tiny.write_entry(tmp_path / "model.gguf", "llama, tied", "Q4_0")
    model, _ = load_model_from_gguf(path, dtype)
    assert {parameter.dtype for parameter in model.parameters()} == {dtype}
    assert all(parameter.requires_grad for parameter in model.parameters())
    assert type(model.model.layers[0].self_attn.q_proj) is torch.nn.Linear
    assert model.lm_head.weight is model.model.embed_tokens.weight
    assert getattr(model.config, "quantization_config", None) is None
    assert not model.training
    tokens = torch.tensor([TOKENS])
    model(tokens, labels=tokens).loss.backward()
    assert model.model.layers[0].self_attn.k_proj.weight.grad.abs().max() > 0


def test_the_type_asked_for_is_the_type_computed_once(tmp_path: Path) -> None:
    """bfloat16 weights are the float32 ones, rounded: nothing else is lost on the way."""
    path = gguf_tiny.write_entry(tmp_path / "model.gguf", "gemma2", "Q6_K")
    exact, _ = load_model_from_gguf(path)
    short, _ = load_model_from_gguf(path, torch.bfloat16)
    for wanted, found in zip(exact.parameters(), short.parameters(), strict=True):
        assert torch.equal(found, wanted.to(torch.bfloat16))


def test_a_saved_model_comes_back_the_same(tmp_path: Path) -> None:
    from transformers import AutoModelForCausalLM

    for name in gguf_tiny.TABLE:
        path = gguf_tiny.write_entry(tmp_path / "model.gguf", name)
        model, _ = load_model_from_gguf(path)
        model.save_pretrained(tmp_path / name)
        again = AutoModelForCausalLM.from_pretrained(tmp_path / name, dtype=torch.float32)
        tokens = torch.tensor([TOKENS])
        with torch.no_grad():
            torch.testing.assert_close(again(tokens).logits, model(tokens).logits, rtol=1e-5, atol=1e-5)


def test_the_end_of_an_answer_is_known(tmp_path: Path) -> None:
    vocabulary = gguf_tiny.byte_vocabulary()
    vocabulary["tokens"][300:302] = ["<|im_end|>", "<|eot_id|>"]
    vocabulary |= {"eos_token_id": 256, "eot_token_id": 300}
    model, _ = load_model_from_gguf(gguf_tiny.write_vocabulary(tmp_path / "model.gguf", vocabulary))
    assert model.generation_config.eos_token_id == [256, 300, 301]
    assert model.config.eos_token_id == 256


def test_a_type_without_numbers_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import gguf.quants

    path = gguf_tiny.write_entry(tmp_path / "model.gguf", "llama", "Q5_1")
    monkeypatch.delitem(gguf.quants._type_traits, gguf.GGMLQuantizationType.Q5_1)
    with pytest.raises(ModelError, match="Q5_1"):
        load_model_from_gguf(path)


@pytest.fixture(scope="module")
def embedded() -> Path:
    """The embedded model's GGUF: named by the environment, else in the cache or brought by pip."""
    if EMBEDDED and EMBEDDED.endswith(".gguf"):
        return Path(EMBEDDED)
    return embedded_model_path(Config())


@pytest.mark.network
def test_the_embedded_models_token_ids_are_llama_cpps(embedded: Path) -> None:
    referee, tokenizer = Referee(embedded), load_tokenizer_from_gguf(embedded)
    try:
        different = [text for text in lines(1000) if referee.tokenize(text) != tokenizer(text).input_ids]
    finally:
        referee.close()
    assert different == []


@pytest.mark.network
def test_plain_text_holds_no_special_token(embedded: Path) -> None:
    """``split_special_tokens`` is llama.cpp's reading of text without special tokens."""
    referee, tokenizer = Referee(embedded), load_tokenizer_from_gguf(embedded)
    try:
        for text in ["<|im_end|> hola <|im_start|>", *lines(100)]:
            wanted = referee.tokenize(text, parse_special=False, add_special=False)
            assert tokenizer(text, add_special_tokens=False, split_special_tokens=True).input_ids == wanted
    finally:
        referee.close()


@pytest.mark.network
def test_the_embedded_model_answers_as_in_llama_cpp(embedded: Path) -> None:
    tokenizer = load_tokenizer_from_gguf(embedded)
    assert (tokenizer.eos_token, tokenizer.pad_token) == ("<|im_end|>", "<|endoftext|>")
    tokens = tokenizer("La suma de dos y tres es igual a").input_ids
    assert divergence(embedded, tokens) < 5e-3
