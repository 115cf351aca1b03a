"""Linear layers of many architectures, LoRA, adapters that come back, the choice of a base model."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import torch
from tiny import save_tiny_model, tiny_llama, tiny_tokenizer
from torch import nn

from hipatia import hub, modeling
from hipatia.config import Config, LoraConfig
from hipatia.errors import HubError, ModelError
from hipatia.hub import HubModel
from hipatia.modeling import (
    Base,
    Hardware,
    apply_lora,
    choose_base,
    count_trainable_parameters,
    find_linear_layers,
    load_adapter,
    load_base,
    merge_adapter,
    save_lora_adapter,
)

CPU = Hardware("cpu", "float32", "CPU", 16_000_000_000)
GPU = Hardware("cuda", "bfloat16", "Card", 24_000_000_000)
MLP, ATTENTION = ["down_proj", "gate_proj", "up_proj"], ["k_proj", "o_proj", "q_proj", "v_proj"]
SMALL = {"vocab_size": 64, "hidden_size": 32, "num_hidden_layers": 1, "num_attention_heads": 4}
LLAMA_LIKE = {**SMALL, "intermediate_size": 64, "num_key_value_heads": 2}

ARCHITECTURES: dict[str, tuple[str, dict[str, Any], list[str]]] = {
    "llama": ("LlamaConfig", LLAMA_LIKE, sorted(MLP + ATTENTION)),
    "mistral": ("MistralConfig", LLAMA_LIKE, sorted(MLP + ATTENTION)),
    "qwen2": ("Qwen2Config", LLAMA_LIKE, sorted(MLP + ATTENTION)),
    "gemma": ("GemmaConfig", {**LLAMA_LIKE, "head_dim": 8}, sorted(MLP + ATTENTION)),
    "falcon": ("FalconConfig", SMALL, ["dense", "dense_4h_to_h", "dense_h_to_4h", "query_key_value"]),
    "opt": (
        "OPTConfig",
        {**SMALL, "ffn_dim": 64, "word_embed_proj_dim": 32, "max_position_embeddings": 32},
        ["fc1", "fc2", "k_proj", "out_proj", "q_proj", "v_proj"],
    ),
    "gpt2": (
        "GPT2Config",
        {"vocab_size": 64, "n_embd": 32, "n_layer": 1, "n_head": 4},
        ["c_attn", "c_fc", "c_proj"],
    ),
}


@pytest.mark.parametrize("name", ARCHITECTURES)
def test_linear_layers_without_the_output_head(name: str) -> None:
    import transformers

    config_class, settings, expected = ARCHITECTURES[name]
    config = getattr(transformers, config_class)(**settings, tie_word_embeddings=False)
    model = transformers.AutoModelForCausalLM.from_config(config)
    assert find_linear_layers(model) == expected
    adapted = apply_lora(model, LoraConfig(rank=2))
    trainable, total = count_trainable_parameters(adapted)
    assert 0 < trainable < total
    adapted(input_ids=torch.tensor([[1, 2, 3]])).logits.sum().backward()
    assert all(p.grad is not None for n, p in adapted.named_parameters() if p.requires_grad and "lora_B" in n)


class Linear4bit(nn.Linear):
    """What bitsandbytes has: a subclass of Linear with its weights packed."""


class Params4bit(nn.Parameter):
    """Two weights a byte."""


def test_layers_in_four_bits_are_found_and_counted_unpacked() -> None:
    model = tiny_llama()
    layer = Linear4bit(32, 32, bias=False)
    layer.weight = Params4bit(torch.zeros(512, 1, dtype=torch.uint8), requires_grad=False)
    model.model.layers[0].self_attn.q_proj = layer
    assert "q_proj" in find_linear_layers(model)
    assert count_trainable_parameters(model)[1] == count_trainable_parameters(tiny_llama())[1]


def test_a_layer_that_is_not_there_is_named() -> None:
    with pytest.raises(ModelError, match="c_attn") as caught:
        apply_lora(tiny_llama(), LoraConfig(target_modules=["q_proj", "c_attn"]))
    assert "down_proj" in (caught.value.hint or "")


def test_the_adapter_has_the_precision_of_the_weights() -> None:
    adapted = apply_lora(tiny_llama(dtype="bfloat16"), LoraConfig(rank=2))
    assert {p.dtype for p in adapted.parameters()} == {torch.bfloat16}


def disturbed_adapter(model: Any) -> Any:
    """LoRA with a B that is not zero."""
    adapted = apply_lora(model, LoraConfig(rank=4))
    torch.manual_seed(1)
    for name, parameter in adapted.named_parameters():
        if "lora_B" in name:
            parameter.data.normal_(std=0.1)
    return adapted.eval()


IDS = torch.tensor([[5, 6, 7, 8, 9]])


def test_merging_gives_the_same_logits_and_is_undone_exactly() -> None:
    model = disturbed_adapter(tiny_llama())
    with torch.no_grad():
        before = model(input_ids=IDS).logits
        weights = {name: p.clone() for name, p in model.named_parameters()}
        restore = merge_adapter(model)
        merged = model(input_ids=IDS).logits
        assert not torch.equal(
            weights["base_model.model.model.layers.0.mlp.up_proj.base_layer.weight"],
            model.base_model.model.model.layers[0].mlp.up_proj.base_layer.weight,
        )
        restore()
        after = model(input_ids=IDS).logits
    torch.testing.assert_close(before, merged, atol=1e-5, rtol=1e-4)
    assert torch.equal(before, after)
    assert all(torch.equal(p, weights[name]) for name, p in model.named_parameters())


def test_an_adapter_comes_back_on_its_base_and_with_peft_alone(tmp_path: Path) -> None:
    from peft import PeftModel
    from transformers import AutoModelForCausalLM

    config = Config()
    base = load_base(str(save_tiny_model(tmp_path / "base")), config, CPU)
    model = disturbed_adapter(base.model)
    save_lora_adapter(model, tmp_path / "adapter", base)
    assert {f.name for f in (tmp_path / "adapter").iterdir()} >= {
        "adapter_model.safetensors",
        "tokenizer.json",
    }
    again = load_adapter(tmp_path / "adapter", config, CPU)
    alone = PeftModel.from_pretrained(
        AutoModelForCausalLM.from_pretrained(tmp_path / "base"), tmp_path / "adapter"
    )
    with torch.no_grad():
        wanted = model(input_ids=IDS).logits
        torch.testing.assert_close(again.model(input_ids=IDS).logits, wanted, atol=1e-5, rtol=1e-4)
        torch.testing.assert_close(alone(input_ids=IDS).logits, wanted, atol=1e-5, rtol=1e-4)


def test_an_adapter_on_another_base_is_refused(tmp_path: Path) -> None:
    base = load_base(str(save_tiny_model(tmp_path / "base")), Config(), CPU)
    save_lora_adapter(apply_lora(base.model, LoraConfig()), tmp_path / "adapter", base)
    save_tiny_model(tmp_path / "base", seed=7)
    with pytest.raises(ModelError, match="base"):
        load_adapter(tmp_path / "adapter", Config(), CPU)


def test_a_model_without_adapter_is_not_saved(tmp_path: Path) -> None:
    with pytest.raises(ModelError):
        save_lora_adapter(tiny_llama(), tmp_path)


MISSING = {
    "gguf": ("no-such.gguf", "no-such.gguf"),
    "word": ("mathstral", "mathstral"),
    "path": ("./nowhere/model", "nowhere"),
}


@pytest.mark.parametrize(("source", "named"), MISSING.values(), ids=MISSING)
def test_a_model_that_is_not_there_is_an_error_with_a_hint(source: str, named: str) -> None:
    with pytest.raises(ModelError, match=named) as caught:
        load_base(source, Config(), CPU)
    assert caught.value.hint


def test_a_folder_without_a_model_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"config\.json"):
        load_base(str(tmp_path), Config(), CPU)


def test_a_tokenizer_without_template_gets_the_configured_one(tmp_path: Path) -> None:
    tiny_llama().save_pretrained(tmp_path)
    tiny_tokenizer(None).save_pretrained(tmp_path)
    base = load_base(str(tmp_path), Config(), CPU)
    assert base.tokenizer.chat_template == Config().chat.template


# (candidates on the hub: parameters and bytes, cached ones, offline, answer to a question) → base, words said
B7 = HubModel(7_000_000_000, 14_000_000_000)
B70 = HubModel(70_000_000_000, 140_000_000_000)
TINY = HubModel(100_000_000, 200_000_000)
CHOICES: dict[str, tuple[dict[str, HubModel | HubError], set[str], bool, bool | None, str, str]] = {
    "cached": ({"a/big": B7}, {"a/big"}, False, None, "a/big", ""),
    "small enough": ({"a/small": TINY}, set(), False, None, "a/small", ""),
    "no terminal": ({"a/big": B7}, set(), False, None, "embedded", "14,0 GB"),
    "consent": ({"a/big": B7}, set(), False, True, "a/big", ""),
    "refused": ({"a/big": B7}, set(), False, False, "embedded", "14,0 GB"),
    "too large": ({"a/huge": B70, "a/big": B7}, {"a/huge", "a/big"}, False, None, "a/big", "a/huge"),
    "gated": (
        {"a/gated": HubError("con licencia"), "a/small": TINY},
        set(),
        False,
        None,
        "a/small",
        "con licencia",
    ),
    "offline": ({"a/big": B7}, set(), True, None, "embedded", "conexión"),
    "offline but cached": ({"a/big": HubError("no net")}, {"a/big"}, True, None, "a/big", ""),
}


@pytest.mark.parametrize("name", CHOICES)
def test_the_first_candidate_that_fits_and_can_be_had(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    known, cached, offline, answer, expected, said = CHOICES[name]

    def look_up(repo: str, revision: str | None = None) -> HubModel:
        found = known[repo]
        if isinstance(found, HubError):
            raise found
        return found

    monkeypatch.setattr(hub, "look_up", look_up)
    monkeypatch.setattr(hub, "is_cached", lambda repo, revision=None: repo in cached)
    monkeypatch.setattr(hub, "is_offline", lambda: offline)
    config = Config.model_validate({"model": {"candidates": list(known)}})
    lines: list[str] = []
    ask = None if answer is None else (lambda question: answer)
    assert choose_base(config, GPU, lines.append, ask) == expected
    assert said in " ".join(lines)


def test_without_a_gpu_the_embedded_model_is_taken_and_it_is_said() -> None:
    lines: list[str] = []
    assert choose_base(Config(), CPU, lines.append) == "embedded"
    assert "Mathstral" in lines[0]


def test_four_bits_only_where_memory_needs_them() -> None:
    config = Config()
    assert not modeling.needs_4bit(1_000_000_000, config, GPU)
    assert modeling.needs_4bit(13_000_000_000, config, GPU)
    assert not modeling.needs_4bit(13_000_000_000, config, CPU)
    forced = Config.model_validate({"model": {"load_in_4bit": True}})
    assert modeling.needs_4bit(1, forced, CPU)


def test_a_device_that_is_not_there_is_an_error() -> None:
    config = Config.model_validate({"model": {"device": "mps"}})
    if torch.backends.mps.is_available():
        pytest.skip("this machine has it")
    with pytest.raises(ModelError, match="mps"):
        modeling.detect_hardware(config)


def test_the_origin_of_a_foreign_adapter_is_read_from_its_configuration(tmp_path: Path) -> None:
    (tmp_path / "adapter_config.json").write_text(json.dumps({"base_model_name_or_path": "a/b"}))
    assert modeling.adapter_origin(tmp_path) == {"source": "a/b"}
    with pytest.raises(ModelError):
        modeling.adapter_origin(tmp_path / "nothing")


def test_base_holds_what_it_was_given() -> None:
    base = Base(None, None, "embedded", "n", "d")
    assert not base.quantized
