"""Adapters and merged models written as GGUF compute, in llama.cpp, what the training form computes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import gguf
import gguf_tiny
import numpy as np
import pytest
import torch
from gguf.constants import GGMLQuantizationType
from gguf_referee import Referee

from hipatia.config import LoraConfig
from hipatia.errors import ModelError
from hipatia.gguf import GGUFFile, load_model_from_gguf
from hipatia.gguf.quantizers import OWN, WRITABLE, quantize
from hipatia.gguf.writer_adapter import write_adapter
from hipatia.gguf.writer_merged import FILE_TYPES, merged_size, write_merged
from hipatia.modeling import apply_lora, merge_adapter, save_lora_adapter

TOKENS = np.random.default_rng(5).integers(0, 256, 40).tolist()
# Of the divergence from llama.cpp, in nats. The adapters change more than that.
ADAPTER_LIMIT = 5e-6
LIMITS = {
    "F16": 1e-5, "BF16": 3e-4, "Q8_0": 2e-3, "Q6_K": 5e-3, "Q5_0": 0.03, "Q4_K_M": 0.05, "Q4_0": 0.1,
    "base": 5e-6,
}  # fmt: skip


class Trained:
    """A tiny model with an adapter that changes it, as files and in its training form."""

    def __init__(self, folder: Path, name: str, kind: str = "F32"):
        folder.mkdir(exist_ok=True)
        self.base = gguf_tiny.write_entry(folder / "base.gguf", name, kind)
        self.adapter = folder / "adapter"
        self.model, _ = load_model_from_gguf(self.base)
        self.before = self.distribution()
        torch.manual_seed(1)
        self.model = apply_lora(self.model, LoraConfig(rank=4, alpha=8))
        for parameter_name, parameter in self.model.named_parameters():
            if "lora_B" in parameter_name:
                torch.nn.init.normal_(parameter, std=0.1)
        save_lora_adapter(self.model, self.adapter)
        merge_adapter(self.model)

    def distribution(self) -> np.ndarray:
        """Log-probabilities of the next token in the training form."""
        with torch.no_grad():
            return torch.log_softmax(self.model(torch.tensor([TOKENS])).logits[0, -1].double(), -1).numpy()


def divergence(wanted: np.ndarray, found: np.ndarray) -> float:
    return float((np.exp(wanted) * (wanted - found)).sum())


def by_llama_cpp(path: Path, size: int, adapter: Path | None = None) -> np.ndarray:
    referee = Referee(path, adapter=adapter)
    try:
        return referee.log_probabilities(TOKENS, size)
    finally:
        referee.close()


@pytest.mark.parametrize("name", gguf_tiny.TABLE)
def test_an_adapter_in_llama_cpp_changes_what_it_changes_here(name: str, tmp_path: Path) -> None:
    trained = Trained(tmp_path, name)
    path = tmp_path / "adapter.gguf"
    write_adapter(trained.adapter, trained.base, path)
    wanted = trained.distribution()
    found = by_llama_cpp(trained.base, len(wanted), path)
    assert abs(divergence(wanted, found)) < ADAPTER_LIMIT
    assert divergence(wanted, trained.before) > 0.03


@pytest.mark.parametrize("kind", LIMITS)
@pytest.mark.parametrize("name", ["llama", "falcon"])
def test_a_merged_model_in_llama_cpp_is_the_training_form(name: str, kind: str, tmp_path: Path) -> None:
    trained = Trained(tmp_path, name)
    path = tmp_path / "merged.gguf"
    write_merged(trained.base, trained.adapter, path, kind)
    wanted = trained.distribution()
    found = by_llama_cpp(path, len(wanted))
    assert abs(divergence(wanted, found)) < LIMITS[kind]
    assert divergence(wanted, trained.before) > (1 if kind == "Q4_0" else 2) * LIMITS[kind]


@pytest.mark.parametrize("name", ["gpt2", "phi3", "gemma3", "qwen2"])
def test_every_layout_merges(name: str, tmp_path: Path) -> None:
    trained = Trained(tmp_path, name, "Q8_0")
    path = tmp_path / "merged.gguf"
    write_merged(trained.base, trained.adapter, path, "base")
    wanted = trained.distribution()
    assert abs(divergence(wanted, by_llama_cpp(path, len(wanted)))) < LIMITS["Q8_0"]


def test_the_limits_tell_rows_that_are_out_of_order(tmp_path: Path) -> None:
    from hipatia.gguf import writer_adapter

    trained = Trained(tmp_path, "llama")
    path = tmp_path / "adapter.gguf"
    before, writer_adapter.in_file_order = writer_adapter.in_file_order, lambda b, order: b
    try:
        write_adapter(trained.adapter, trained.base, path)
    finally:
        writer_adapter.in_file_order = before
    wanted = trained.distribution()
    assert abs(divergence(wanted, by_llama_cpp(trained.base, len(wanted), path))) > 0.01


# --- what stays -----------------------------------------------------------------------------------


def raw_entries(path: Path) -> dict[str, bytes]:
    data = path.read_bytes()
    with GGUFFile(path) as file:
        return {key: data[start:end] for key, (start, end) in file.places.items()}


def raw_tensor(path: Path, name: str) -> bytes:
    with GGUFFile(path) as file:
        info = file.tensors[name]
        return path.read_bytes()[info.offset : info.offset + info.size]


@pytest.mark.parametrize("kind", ["base", "Q4_K_M"])
def test_metadata_and_tensors_left_alone_stay_byte_for_byte(kind: str, tmp_path: Path) -> None:
    trained = Trained(tmp_path, "llama", "Q4_1")
    path = tmp_path / "merged.gguf"
    write_merged(trained.base, trained.adapter, path, kind, template="{{ messages }}")
    before, after = raw_entries(trained.base), raw_entries(path)
    added = {"tokenizer.chat_template"} | (set() if kind == "base" else {"general.file_type"})
    assert list(after)[: len(before)] == list(before)
    assert {key for key in after if after[key] != before.get(key)} == added
    for name in ("token_embd.weight", "output.weight", "blk.0.attn_norm.weight"):
        assert raw_tensor(path, name) == raw_tensor(trained.base, name)
    assert raw_tensor(path, "blk.0.attn_q.weight") != raw_tensor(trained.base, "blk.0.attn_q.weight")
    gguf.GGUFReader(path)


@pytest.mark.parametrize("kind", [*FILE_TYPES, "base"])
def test_sizes_are_known_beforehand(kind: str, tmp_path: Path) -> None:
    trained = Trained(tmp_path, "llama", "F16")
    path = tmp_path / "merged.gguf"
    write_merged(trained.base, trained.adapter, path, kind)
    assert abs(path.stat().st_size - merged_size(trained.base, trained.adapter, kind)) < 200
    with GGUFFile(path) as file:
        # Large matrices that the adapter leaves alone do not stay in 16 bits where fewer are wanted.
        expected = {"base": "F16", "F32": "F16", "Q4_K_M": "Q6_K", "BF16": "F16"}.get(kind, kind)
        assert file.tensors["token_embd.weight"].type_name == expected


def test_a_file_is_whole_or_absent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from hipatia.gguf import writer_merged

    trained = Trained(tmp_path, "llama")
    monkeypatch.setattr(writer_merged, "quantize", lambda *_: (_ for _ in ()).throw(OSError(28, "full")))
    with pytest.raises(OSError, match="full"):
        write_merged(trained.base, trained.adapter, tmp_path / "merged.gguf", "Q8_0")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["adapter", "base.gguf"]


# --- what cannot be -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "names"),
    [
        ({"use_dora": True}, "use_dora"),
        ({"bias": "all"}, "bias"),
        ({"modules_to_save": ["lm_head"]}, "modules_to_save"),
        ({"rank_pattern": {"q_proj": 2}}, "rank_pattern"),
        ({"peft_type": "IA3"}, "peft_type"),
        ({"r": None}, "adapter"),
    ],
)
def test_more_than_plain_lora_is_refused(change: dict[str, Any], names: str, tmp_path: Path) -> None:
    import json

    trained = Trained(tmp_path, "llama")
    settings = trained.adapter / "adapter_config.json"
    settings.write_text(json.dumps(json.loads(settings.read_text()) | change))
    with pytest.raises(ModelError, match=names):
        write_adapter(trained.adapter, trained.base, tmp_path / "adapter.gguf")


def test_an_adapter_of_another_model_is_refused(tmp_path: Path) -> None:
    trained, other = Trained(tmp_path / "a", "llama"), Trained(tmp_path / "b", "gpt2")
    with pytest.raises(ModelError, match="base"):
        write_adapter(trained.adapter, other.base, tmp_path / "adapter.gguf")


# --- blocks ---------------------------------------------------------------------------------------

SOURCE = np.random.default_rng(0)
SHAPES = {
    "normal": SOURCE.normal(0, 0.06, (64, 1024)),
    "heavy tails": SOURCE.standard_t(4, (64, 1024)) * 0.03,
    "positive": SOURCE.uniform(0, 0.1, (64, 1024)),
    "negative": SOURCE.uniform(-0.1, 0, (64, 1024)),
    "zeros": np.zeros((2, 1024)),
    "one value": np.full((2, 1024), 0.3),
    "one large": np.eye(4, 1024) * 5 + 1e-3,
    "tiny": SOURCE.normal(0, 1e-7, (4, 1024)),
    "large": SOURCE.normal(0, 1e3, (4, 1024)),
}


def error(name: str, kind: str) -> float:
    """The root of the mean square error of a round trip that ``gguf`` reads."""
    values = SHAPES[name].astype(np.float32)
    data = quantize(values, kind).reshape(len(values), -1)
    back = gguf.quants.dequantize(data, GGMLQuantizationType[kind])
    return float(np.sqrt(np.square(back - values).mean()))


@pytest.mark.parametrize("name", ["normal", "heavy tails", "positive", "negative", "large"])
@pytest.mark.parametrize(("kind", "better_than"), [("Q4_K", "Q4_0"), ("Q4_K", "Q4_1"), ("Q6_K", "Q5_0")])
def test_k_types_are_nearer_than_the_plain_type_of_their_size(kind: str, better_than: str, name: str) -> None:
    assert error(name, kind) < error(name, better_than)


@pytest.mark.parametrize("name", SHAPES)
@pytest.mark.parametrize("kind", OWN)
def test_no_weights_throw_a_k_type_off(kind: str, name: str) -> None:
    """No error beyond a step of a part's range; weights below what 16 bits can scale become nothing."""
    largest = float(np.abs(SHAPES[name]).max())
    assert error(name, kind) <= largest / 25 + 1e-7


def test_the_errors_are_those_of_the_format() -> None:
    """Relative to the spread of normal weights; llama.cpp's own quantizers come to 0.072 and 0.018."""
    spread = float(SHAPES["normal"].std())
    assert error("normal", "Q4_K") / spread < 0.073
    assert error("normal", "Q6_K") / spread < 0.0182
    assert error("normal", "Q8_0") < error("normal", "Q6_K")


@pytest.mark.parametrize("kind", WRITABLE)
def test_sizes_and_the_number_of_threads(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    values = SOURCE.normal(0, 1, (300, 1024)).astype(np.float32)
    monkeypatch.setenv("OMP_NUM_THREADS", "1")
    alone = quantize(values, kind)
    monkeypatch.setenv("OMP_NUM_THREADS", "3")
    assert np.array_equal(alone, quantize(values, kind))
    block, size = gguf.GGML_QUANT_SIZES[GGMLQuantizationType[kind]]
    assert alone.nbytes == values.size // block * size
    # Blocks do not depend on what stands beside them.
    if kind in OWN:
        assert np.array_equal(alone[:size], quantize(values[:1, :block], kind))
