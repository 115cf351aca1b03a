"""Token ids equal llama.cpp's: each pre-tokenizer, SentencePiece, the embedded model; special tokens."""

from __future__ import annotations

import importlib.util
import json
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import gguf_tiny
import pytest
from gguf_lines import lines
from gguf_referee import Referee

from hipatia.gguf import load_model_from_gguf, load_tokenizer_from_gguf
from hipatia.gguf.tokenizer import FAMILIES

LINES = lines(1000)
FEW = LINES[:200]
SPECIAL = (
    "<s>hola</s> mundo",
    "[INST] ¿2+2? [/INST] 4</s>",
    "a<unk> b",
    "<|im_start|>user\n2<|im_end|>\n",
    "\n\n1.",
)
BYTES = [f"<0x{byte:02X}>" for byte in range(256)]


def byte_level_vocabulary() -> dict[str, Any]:
    """Trained across words, digits and line breaks, so that each way to cut gives other tokens."""
    from tokenizers import Tokenizer, models, pre_tokenizers, trainers

    backend = Tokenizer(models.BPE())
    backend.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)
    trainer = trainers.BpeTrainer(
        vocab_size=1500, show_progress=False, initial_alphabet=pre_tokenizers.ByteLevel.alphabet()
    )
    backend.train_from_iterator(LINES, trainer)
    state = json.loads(backend.to_str())["model"]
    tokens = sorted(state["vocab"], key=state["vocab"].get)
    specials = ["<|endoftext|>", "<|im_start|>", "<|im_end|>"]
    return {
        "model": "gpt2",
        "tokens": tokens + specials,
        "token_type": [1] * len(tokens) + [3] * len(specials),
        "merges": [" ".join(pair) for pair in state["merges"]],
        "bos_token_id": len(tokens) + 1,
        "eos_token_id": len(tokens) + 2,
        "padding_token_id": len(tokens) + 2,
    }


def sentencepiece_vocabulary() -> dict[str, Any]:
    """Pieces learnt from the lines, scored by the order in which they were learnt, as SentencePiece does."""
    from tokenizers import Tokenizer, models, pre_tokenizers, trainers

    backend = Tokenizer(models.BPE())
    backend.pre_tokenizer = pre_tokenizers.Metaspace()
    trainer = trainers.BpeTrainer(vocab_size=1200, show_progress=False)
    backend.train_from_iterator([line for line in LINES if "\0" not in line], trainer)
    pieces = sorted(backend.get_vocab(), key=backend.get_vocab().get)
    ours = ["[INST]", "[/INST]", "  "]
    tokens = ["<unk>", "<s>", "</s>", *BYTES, *pieces, *ours]
    return {
        "model": "llama",
        "tokens": tokens,
        "scores": [0.0] * 259 + [-float(rank) for rank in range(len(pieces))] + [0.0] * len(ours),
        "token_type": [2, 3, 3] + [6] * 256 + [1] * len(pieces) + [3, 3, 4],
        "bos_token_id": 1,
        "eos_token_id": 2,
        "unknown_token_id": 0,
    }


def protobuf(data: bytes) -> Iterator[tuple[int, Any]]:
    """(field number, value) of a protocol buffer message: numbers, 4 bytes, or bytes."""
    place = 0

    def number() -> int:
        nonlocal place
        value = shift = 0
        while True:
            byte = data[place]
            place, value, shift = place + 1, value | (byte & 127) << shift, shift + 7
            if byte < 128:
                return value

    while place < len(data):
        tag = number()
        if tag & 7 == 0:
            yield tag >> 3, number()
        else:
            size = {5: 4, 1: 8}.get(tag & 7) or number()
            yield tag >> 3, data[place : place + size]
            place += size


def mistral_vocabulary(name: str) -> dict[str, Any]:
    """A published Mistral tokenizer, from the package mistral-common."""
    found = importlib.util.find_spec("mistral_common")
    if found is None or found.origin is None:
        pytest.skip("mistral-common is not installed")
    data = (Path(found.origin).parent / "data" / name).read_bytes()
    pieces = [dict(protobuf(piece)) for field, piece in protobuf(data) if field == 1]
    return {
        "model": "llama",
        "tokens": [piece[1].decode() for piece in pieces],
        "scores": [float(struct.unpack("<f", piece.get(2, bytes(4)))[0]) for piece in pieces],
        "token_type": [piece.get(3, 1) for piece in pieces],
        "bos_token_id": 1,
        "eos_token_id": 2,
        "unknown_token_id": 0,
    }


def differences(path: Path, texts: list[str]) -> list[str]:
    """The texts that our tokenizer and llama.cpp's cut differently."""
    referee, tokenizer = Referee(path), load_tokenizer_from_gguf(path)
    try:
        return [text for text in texts if referee.tokenize(text) != tokenizer(text).input_ids]
    finally:
        referee.close()


@pytest.fixture(scope="module")
def byte_level() -> dict[str, Any]:
    return byte_level_vocabulary()


@pytest.mark.parametrize("name", [name for names in FAMILIES.values() for name in names])
def test_each_pre_tokenizer_cuts_as_llama_cpp(name: str, byte_level: dict[str, Any], tmp_path: Path) -> None:
    path = gguf_tiny.write_vocabulary(tmp_path / "model.gguf", byte_level | {"pre": name})
    first_of_its_family = any(names[0] == name for names in FAMILIES.values())
    assert differences(path, [*SPECIAL, *(FEW if first_of_its_family else FEW[:40])]) == []


def test_the_families_of_pre_tokenizers_differ(byte_level: dict[str, Any], tmp_path: Path) -> None:
    """Else the test above would prove nothing."""
    cut = set()
    for names in FAMILIES.values():
        path = gguf_tiny.write_vocabulary(tmp_path / "model.gguf", byte_level | {"pre": names[0]})
        tokenizer = load_tokenizer_from_gguf(path)
        cut.add(str([tokenizer(text).input_ids for text in FEW]))
    assert len(cut) == len(FAMILIES)


@pytest.mark.parametrize("prefix", [True, False])
def test_sentencepiece_joins_as_llama_cpp(prefix: bool, tmp_path: Path) -> None:
    vocabulary = sentencepiece_vocabulary() | {"add_space_prefix": prefix}
    path = gguf_tiny.write_vocabulary(tmp_path / "model.gguf", vocabulary)
    assert differences(path, [*LINES, *SPECIAL]) == []


@pytest.mark.parametrize("name", ["tokenizer.model.v1", "mistral_instruct_tokenizer_240323.model.v3"])
def test_mistral_tokenizers_join_as_llama_cpp(name: str, tmp_path: Path) -> None:
    path = gguf_tiny.write_vocabulary(tmp_path / "model.gguf", mistral_vocabulary(name))
    assert differences(path, [*LINES, *SPECIAL]) == []


@pytest.mark.parametrize(
    ("changes", "begins", "ends"),
    [
        ({"pre": "gpt-2"}, False, False),
        ({"pre": "llama-bpe"}, True, False),
        ({"pre": "llama-bpe", "add_bos_token": False}, False, False),
        ({"pre": "gpt-2", "add_bos_token": True, "add_eos_token": True}, True, True),
        ({"pre": "gpt-2", "add_eos_token": True}, False, True),
    ],
)
def test_begin_and_end_tokens(
    changes: dict[str, Any], begins: bool, ends: bool, byte_level: dict[str, Any], tmp_path: Path
) -> None:
    path = gguf_tiny.write_vocabulary(tmp_path / "model.gguf", byte_level | changes)
    tokenizer = load_tokenizer_from_gguf(path)
    ids = tokenizer("hola", add_special_tokens=True).input_ids
    assert (ids[0] == tokenizer.bos_token_id, ids[-1] == tokenizer.eos_token_id) == (begins, ends)
    assert differences(path, ["hola", ""]) == []


def test_special_tokens_and_template_are_kept(byte_level: dict[str, Any], tmp_path: Path) -> None:
    vocabulary = byte_level | {"pre": "smollm", "chat_template": "{{ messages[0]['content'] }}<|im_end|>"}
    tokenizer = load_tokenizer_from_gguf(gguf_tiny.write_vocabulary(tmp_path / "model.gguf", vocabulary))
    assert (tokenizer.bos_token, tokenizer.eos_token) == ("<|im_start|>", "<|im_end|>")
    assert tokenizer.pad_token == "<|endoftext|>"  # not the end of the turn, which the file names
    assert tokenizer.model_max_length == 512
    ids = tokenizer.apply_chat_template([{"role": "user", "content": "7"}], return_dict=False)
    assert ids == tokenizer("7<|im_end|>").input_ids
    assert ids[-1] == tokenizer.eos_token_id
    assert "<|im_end|>" not in tokenizer.decode(ids, skip_special_tokens=True)
    for text in LINES[20:60]:
        assert tokenizer.decode(tokenizer(text).input_ids) == text


def test_a_saved_tokenizer_comes_back_the_same(byte_level: dict[str, Any], tmp_path: Path) -> None:
    from transformers import AutoTokenizer

    path = gguf_tiny.write_vocabulary(
        tmp_path / "model.gguf", byte_level | {"pre": "smollm", "chat_template": "x"}
    )
    model, tokenizer = load_model_from_gguf(path)
    model.save_pretrained(tmp_path / "saved")
    tokenizer.save_pretrained(tmp_path / "saved")
    again = AutoTokenizer.from_pretrained(tmp_path / "saved")
    assert [again(text).input_ids for text in FEW] == [tokenizer(text).input_ids for text in FEW]
    assert again.special_tokens_map == tokenizer.special_tokens_map
    assert again.chat_template == "x"


@pytest.mark.parametrize(
    ("tokens", "pad", "wanted"),
    [
        (["<|endoftext|>", "<|im_end|>"], 1, "<|endoftext|>"),
        (["<pad>", "<|im_end|>"], None, "<pad>"),
        (["<unk>", "<|im_end|>"], None, "<|im_end|>"),
        (["<|finetune_right_pad_id|>", "<|eot_id|>"], 1, "<|finetune_right_pad_id|>"),
        (["<other>", "<|im_end|>"], 0, "<other>"),
    ],
)
def test_padding_is_not_the_end_of_a_turn(
    tokens: list[str], pad: int | None, wanted: str, byte_level: dict[str, Any], tmp_path: Path
) -> None:
    plain = len(byte_level["tokens"]) - 3
    vocabulary = byte_level | {
        "pre": "gpt-2",
        "tokens": byte_level["tokens"][:plain] + tokens,
        "token_type": [1] * plain + [3] * len(tokens),
        "bos_token_id": plain + 1,
        "eos_token_id": plain + 1,
        "padding_token_id": plain + (1 if pad is None else pad),
    }
    path = gguf_tiny.write_vocabulary(tmp_path / "model.gguf", vocabulary)
    assert load_tokenizer_from_gguf(path).pad_token == wanted
