"""Models of transformers written as GGUF: llama.cpp computes what they compute and cuts text as they do."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import gguf_tiny
import numpy as np
import pytest
import torch
from gguf_lines import lines
from gguf_referee import Referee
from test_gguf_tokenizer import byte_level_vocabulary, sentencepiece_vocabulary
from tiny import CHATML

from hipatia.errors import ModelError
from hipatia.gguf import load_model_from_gguf, load_tokenizer_from_gguf
from hipatia.gguf.tokenizer import FAMILIES
from hipatia.gguf.writer_metadata import architecture_name
from hipatia.gguf.writer_model import plan_model

TOKENS = np.random.default_rng(5).integers(0, 256, 40).tolist()
SIZES = {
    "hidden_size": 256, "intermediate_size": 512, "num_hidden_layers": 2, "num_attention_heads": 4,
    "num_key_value_heads": 2, "max_position_embeddings": 512,
}  # fmt: skip
GPT2 = {"n_embd": 256, "n_layer": 2, "n_head": 4, "n_positions": 512}
FALCON = {
    "hidden_size": 256, "ffn_hidden_size": 1024, "num_hidden_layers": 2, "num_attention_heads": 4,
    "max_position_embeddings": 512, "activation": "gelu_pytorch_tanh",
}  # fmt: skip
LLAMA3 = {
    "rope_type": "llama3", "rope_theta": 500000.0, "factor": 32.0, "low_freq_factor": 1.0, "high_freq_factor": 4.0,
    "original_max_position_embeddings": 8192,
}  # fmt: skip
LONG = {
    "rope_type": "longrope", "rope_theta": 10000.0, "short_factor": [1.0 + 0.01 * i for i in range(32)],
    "long_factor": [1.5 + 0.1 * i for i in range(32)],
}  # fmt: skip
GEMMA3_ROPE = {
    "full_attention": {"rope_type": "linear", "factor": 8.0, "rope_theta": 1e6},
    "sliding_attention": {"rope_type": "default", "rope_theta": 10000.0},
}
YARN = {"rope_type": "yarn", "rope_theta": 1e6, "factor": 4.0, "original_max_position_embeddings": 128}
GEMMA = {"head_dim": 64, "query_pre_attn_scalar": 64, "sliding_window": 8}
# Name → (transformers' model type, settings). As their makers publish them, made small.
MODELS: dict[str, tuple[str, dict[str, Any]]] = {
    "llama": ("llama", SIZES),
    "llama, tied, wide heads, biases": (
        "llama",
        SIZES | {"tie_word_embeddings": True, "head_dim": 128, "attention_bias": True, "mlp_bias": True},
    ),
    "llama 3.2": ("llama", SIZES | {"rope_parameters": LLAMA3}),
    "mistral": ("mistral", SIZES | {"head_dim": 128, "sliding_window": None}),
    "qwen2": ("qwen2", SIZES | {"rope_parameters": {"rope_type": "default", "rope_theta": 1e6}}),
    "qwen2, YaRN": ("qwen2", SIZES | {"rope_parameters": YARN}),
    "qwen3": ("qwen3", SIZES | {"head_dim": 128, "tie_word_embeddings": True}),
    "gemma2": ("gemma2", SIZES | GEMMA),
    "gemma3": ("gemma3_text", SIZES | GEMMA | {"num_hidden_layers": 7, "rope_parameters": GEMMA3_ROPE}),
    "phi3": ("phi3", SIZES),
    "phi3, long": (
        "phi3",
        SIZES | {"rope_parameters": LONG, "original_max_position_embeddings": 256},
    ),
    "falcon": ("falcon", FALCON),
    "falcon, groups": ("falcon", FALCON | {"new_decoder_architecture": True, "num_kv_heads": 2}),
    "gpt2": ("gpt2", GPT2),
    "starcoder2": ("starcoder2", SIZES),
}
LIMITS = {"F32": 5e-6, "F16": 1e-5, "BF16": 2e-4, "Q8_0": 2e-3, "Q6_K": 5e-3, "Q4_K_M": 0.06}


def tiny(name: str, seed: int = 0, **changes: Any) -> Any:
    """The model with random weights, norms not all alike, 384 embeddings."""
    from transformers import AutoConfig, AutoModelForCausalLM

    torch.manual_seed(seed)
    kind, settings = MODELS[name]
    ids = {"bos_token_id": 256, "eos_token_id": 256, "pad_token_id": None}
    config = AutoConfig.for_model(kind, **{"vocab_size": 384} | ids | settings | changes)
    model = AutoModelForCausalLM.from_config(config).eval()
    for parameter_name, parameter in model.named_parameters():
        torch.nn.init.normal_(parameter, std=0.06)
        if (
            parameter.dim() == 1
            and parameter_name.endswith("weight")
            and kind not in ("gemma2", "gemma3_text")
        ):
            parameter.data += 1
    return model


def tokenizer_of(folder: Path, vocabulary: dict[str, Any], **changes: Any) -> Any:
    path = gguf_tiny.write_vocabulary(folder / "tokenizer.gguf", vocabulary | changes)
    tokenizer = load_tokenizer_from_gguf(path)
    tokenizer.chat_template = tokenizer.chat_template or CHATML
    return tokenizer


def by_llama_cpp(path: Path, tokens: list[int], size: int) -> np.ndarray:
    referee = Referee(path)
    try:
        return referee.log_probabilities(tokens, size)
    finally:
        referee.close()


def divergence(model: Any, path: Path) -> float:
    with torch.no_grad():
        found = torch.log_softmax(model(torch.tensor([TOKENS])).logits[0, -1].double(), -1).numpy()
    wanted = by_llama_cpp(path, TOKENS, len(found))
    return float((np.exp(wanted) * (wanted - found)).sum())


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Any:
    return tokenizer_of(tmp_path_factory.mktemp("plain"), gguf_tiny.byte_vocabulary())


def written(model: Any, tokenizer: Any, path: Path, kind: str = "F32") -> Path:
    plan_model(model, tokenizer, kind, "tiny", "org/tiny").write(path)
    return path


@pytest.mark.parametrize("name", MODELS)
def test_each_architecture_computes_in_llama_cpp_as_in_transformers(
    name: str, plain: Any, tmp_path: Path
) -> None:
    model = tiny(name)
    path = written(model, plain, tmp_path / "model.gguf")
    assert abs(divergence(model, path)) < LIMITS["F32"]
    again, _ = load_model_from_gguf(path)
    for mine, other in zip(model.parameters(), again.parameters(), strict=True):
        torch.testing.assert_close(mine, other, rtol=1e-6, atol=1e-6)


@pytest.mark.parametrize("kind", LIMITS)
@pytest.mark.parametrize("name", ["llama", "gemma2", "gpt2"])
def test_each_type(name: str, kind: str, plain: Any, tmp_path: Path) -> None:
    model = tiny(name)
    plan = plan_model(model, plain, kind, "tiny", "org/tiny")
    path = tmp_path / "model.gguf"
    plan.write(path)
    assert 0 < path.stat().st_size - plan.size < 40_000
    assert abs(divergence(model, path)) < LIMITS[kind]


def test_the_types_own_is_kept(plain: Any, tmp_path: Path) -> None:
    model = tiny("llama").to(torch.bfloat16)
    path = written(model, plain, tmp_path / "model.gguf", "base")
    again, _ = load_model_from_gguf(path, torch.bfloat16)
    assert all(map(torch.equal, model.parameters(), again.parameters()))


# --- tokenizers -----------------------------------------------------------------------------------


def differences(path: Path, tokenizer: Any, texts: list[str]) -> list[str]:
    referee = Referee(path)
    try:
        return [text for text in texts if referee.tokenize(text) != tokenizer(text).input_ids]
    finally:
        referee.close()


@pytest.mark.parametrize("cut", [names[-1] for names in FAMILIES.values()])
def test_the_way_to_cut_is_found_out(cut: str, tmp_path: Path) -> None:
    begins = {"add_bos_token": False}
    tokenizer = tokenizer_of(tmp_path, byte_level_vocabulary() | begins, pre=cut)
    model = tiny("llama", vocab_size=1536, num_hidden_layers=1)
    path = written(model, tokenizer, tmp_path / "model.gguf", "Q8_0")
    assert differences(path, tokenizer, lines(200)) == []
    again = load_tokenizer_from_gguf(path)
    assert again.special_tokens_map == tokenizer.special_tokens_map
    assert again.chat_template == tokenizer.chat_template


@pytest.mark.parametrize("prefix", [True, False])
def test_sentencepiece(prefix: bool, tmp_path: Path) -> None:
    tokenizer = tokenizer_of(
        tmp_path,
        sentencepiece_vocabulary(),
        add_space_prefix=prefix,
        chat_template="<s>{% for m in messages %}[INST]{{ m['content'] }}[/INST]{% endfor %}",
    )
    model = tiny("mistral", vocab_size=len(tokenizer) + 5, num_hidden_layers=1)
    path = written(model, tokenizer, tmp_path / "model.gguf", "Q8_0")
    assert differences(path, tokenizer, [*lines(1000), "<s>[INST] hola[/INST]", "[INST]2  +2"]) == []


def test_a_saved_models_own_tokenizer(tmp_path: Path) -> None:
    """As the hub has them: a folder, opened by transformers; special tokens that strip what follows them."""
    from transformers import AutoTokenizer

    vocabulary = sentencepiece_vocabulary()
    vocabulary["tokens"][-3:-1] = ["<|user|>", "<|endoftext|>"]
    tokenizer = tokenizer_of(
        tmp_path,
        vocabulary,
        chat_template="<s>{% for m in messages %}<|user|>\n{{ m['content'] }}{% endfor %}",
    )
    tokenizer.save_pretrained(tmp_path / "saved")
    for name in ("tokenizer.json", "tokenizer_config.json"):
        stripping = json.loads((tmp_path / "saved" / name).read_text())
        added = stripping.get("added_tokens") or list(stripping.get("added_tokens_decoder", {}).values())
        for token in added:
            token["rstrip"] = token["content"] not in ("<unk>", "<s>", "<|endoftext|>")
        (tmp_path / "saved" / name).write_text(json.dumps(stripping))
    own = AutoTokenizer.from_pretrained(tmp_path / "saved")
    model = tiny("phi3", vocab_size=len(own), num_hidden_layers=1)
    plan_model(model, own, "Q8_0", "Phi-3-tiny", "org/Phi-3-tiny").write(path := tmp_path / "model.gguf")
    texts = ["<|user|>\n 2 + 2", "<s>  a", "<|user|>x</s>\n\ny"]
    assert len({len(own(text).input_ids) for text in texts}) > 1
    assert differences(path, own, texts) == []


# --- what cannot be -------------------------------------------------------------------------------

REFUSED = [
    ("llama", {"hidden_act": "gelu"}, "hidden_act"),
    (
        "llama",
        {"rope_parameters": {"rope_type": "dynamic", "rope_theta": 1e4, "factor": 2.0}},
        "rope_parameters",
    ),
    ("llama 3.2", {"rope_parameters": LLAMA3 | {"low_freq_factor": 2.0}}, "org/tiny"),
    ("qwen2, YaRN", {"rope_parameters": YARN | {"beta_fast": 16.0}}, "rope_parameters"),
    ("gemma2", {"query_pre_attn_scalar": 100}, "query_pre_attn_scalar"),
    ("gemma3", {"layer_types": ["sliding_attention"] * 7}, "layer_types"),
    ("gpt2", {"scale_attn_by_inverse_layer_idx": True}, "scale_attn_by_inverse_layer_idx"),
    ("falcon", {"alibi": True}, "alibi"),
    ("qwen3", {"use_sliding_window": True, "sliding_window": 8, "max_window_layers": 1}, "sliding_window"),
    ("llama", {"vocab_size": 300}, "300"),
]


@pytest.mark.parametrize(("name", "change", "told"), REFUSED)
def test_what_a_gguf_cannot_say_is_refused_by_name(
    name: str, change: dict[str, Any], told: str, plain: Any, tmp_path: Path
) -> None:
    with pytest.raises(ModelError, match=told):
        plan_model(tiny(name, **change), plain, "F32", "tiny", "org/tiny")


def test_other_architectures_are_told_what_to_run() -> None:
    from transformers import AutoConfig

    with pytest.raises(ModelError, match="olmo2") as caught:
        architecture_name(AutoConfig.for_model("olmo2"), "org/olmo")
    assert "convert_hf_to_gguf.py" in str(caught.value.hint)


def test_context_ends_where_llama_cpp_would_leave_the_window_out(plain: Any) -> None:
    plan = plan_model(tiny("mistral", sliding_window=64), plain, "F32", "tiny", "org/tiny")
    assert plan.metadata["llama.context_length"] == 64


@pytest.mark.parametrize("kind", ["lowercase", "wordpiece"])
def test_tokenizers_without_a_counterpart_are_refused(kind: str, plain: Any, tmp_path: Path) -> None:
    from tokenizers import Tokenizer, models, normalizers

    tokenizer = tokenizer_of(tmp_path, gguf_tiny.byte_vocabulary())
    if kind == "lowercase":
        tokenizer.backend_tokenizer.normalizer = normalizers.Lowercase()
    else:
        tokenizer._tokenizer = Tokenizer(models.WordPiece({"[UNK]": 0, "a": 1}, unk_token="[UNK]"))
    with pytest.raises(ModelError, match="tokenizer|tokenizador"):
        plan_model(tiny("llama"), tokenizer, "F32", "tiny", "org/tiny")
