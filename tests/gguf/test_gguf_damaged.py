"""Damaged and hostile GGUF files end in a clear error: a table of cases, and a fuzzer."""

from __future__ import annotations

import json
import random
import re
import struct
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import gguf_tiny
import pytest
from gguf_bytes import ARRAY, BOOL, F32, Q4_0, STRING, UINT32, entry, file, tensor

from hipatia import i18n
from hipatia.errors import ModelError
from hipatia.gguf import GGUFFile, load_model_from_gguf, load_tokenizer_from_gguf

HUGE = 1 << 62
LLAMA = entry("general.architecture", STRING, "llama")


def words(name: str, *items: str | bytes) -> bytes:
    return entry(name, ARRAY, (STRING, items))


def token_entry(name: str, *items: str) -> bytes:
    return words(f"tokenizer.ggml.{name}", *items)


MODEL = entry("tokenizer.ggml.model", STRING, "gpt2")
PRE = entry("tokenizer.ggml.pre", STRING, "gpt-2")
ONE_TYPE = entry("tokenizer.ggml.token_type", ARRAY, (UINT32, [1]))
NUMBERS = entry("tokenizer.ggml.tokens", ARRAY, (UINT32, [1]))
VOCABULARY = [MODEL, token_entry("tokens", "a", "b")]

# name → (bytes of the file, name of the error)
HEADERS = {
    "empty": (b"", "not_gguf"),
    "text": (b"This is not a model", "not_gguf"),
    "old format": (b"ggjt" + bytes(60), "not_gguf"),
    "safetensors": (struct.pack("<Q", 20) + b'{"a": 1}' + bytes(20), "not_gguf"),
    "only the magic": (b"GGUF", "truncated"),
    "version 1": (file(version=1), "version"),
    "version of the future": (file(version=4), "version"),
    "big-endian": (b"GGUF" + struct.pack(">IQQ", 3, 0, 0), "version"),
    "cut after the version": (file()[:8], "truncated"),
    "more tensors than bytes": (file(tensor_count=HUGE), "count"),
    "more entries than bytes": (file(entry_count=HUGE), "count"),
    "one entry too many": (file([LLAMA], entry_count=2), "key"),
    "cut within an entry": (file([LLAMA])[:50], "count"),
    "key longer than the file": (file([struct.pack("<Q", HUGE) + b"key" + bytes(30)]), "count"),
    "key of 2^64 - 1 bytes": (file([struct.pack("<Q", (1 << 64) - 1) + b"key" + bytes(30)]), "count"),
    "empty key": (file([entry("", UINT32, 1)]), "key"),
    "immense key": (file([entry("k" * 70_000, UINT32, 1)]), "key"),
    "the same key twice": (file([LLAMA, LLAMA]), "key"),
    "key that is not UTF-8": (file([entry(b"\xff\xfe\xfd", UINT32, 1)]), "encoding"),
    "text that is not UTF-8": (file([entry("a", STRING, b"\xc3\x28")]), "encoding"),
    "token that is not UTF-8": (file([words("a", b"ok", b"\xed\xa0\x80")]), "encoding"),
    "text longer than the file": (file([entry("a", STRING, "abc", length=HUGE)]), "count"),
    "list longer than the file": (file([entry("a", ARRAY, (UINT32, [1]), length=HUGE)]), "count"),
    "list of texts longer than the file": (
        file([entry("a", ARRAY, (STRING, ["x"]), length=1 << 40)]),
        "count",
    ),
    "list of texts that ends early": (file([entry("a", ARRAY, (STRING, ["x"]), length=3)]), "count"),
    "unknown type of value": (file([entry("a", 99, 1)]), "value_type"),
    "unknown type of list": (file([entry("a", ARRAY, (77, [1]))]), "value_type"),
    "list of lists": (file([entry("a", ARRAY, (ARRAY, [1]))]), "value_type"),
    "alignment of zero": (file([entry("general.alignment", UINT32, 0)]), "alignment"),
    "alignment of 3": (file([entry("general.alignment", UINT32, 3)]), "alignment"),
    "alignment in words": (file([entry("general.alignment", STRING, "32")]), "alignment"),
    "cut within the last text": (file([LLAMA])[:66], "count"),
    "cut within a number": (file([entry("abcdef", UINT32, 1)])[:44], "truncated"),
    "no dimensions": (file(tensors=[tensor("t", [])], data=64), "dimensions"),
    "a billion dimensions": (file(tensors=[tensor("t", [4], dimensions=1 << 30)], data=64), "dimensions"),
    "dimension of zero": (file(tensors=[tensor("t", [8, 0])], data=64), "shape"),
    "dimensions that overflow": (file(tensors=[tensor("t", [1 << 40, 1 << 40])], data=64), "shape"),
    "half a block": (file(tensors=[tensor("t", [33], Q4_0)], data=64), "shape"),
    "unknown type of tensor": (file(tensors=[tensor("t", [8], 200)], data=64), "tensor_type"),
    "removed type of tensor": (file(tensors=[tensor("t", [8], 4)], data=64), "tensor_type"),
    "tensor beyond the end": (file(tensors=[tensor("t", [8], F32, 64)], data=64), "tensor_outside"),
    "tensor far beyond the end": (file(tensors=[tensor("t", [8], F32, HUGE)], data=64), "tensor_outside"),
    "tensor larger than the file": (file(tensors=[tensor("t", [1 << 40])], data=64), "tensor_outside"),
    "tensor between two lines": (file(tensors=[tensor("t", [8], F32, 7)], data=64), "shape"),
    "tensors on top of each other": (
        file(tensors=[tensor("a", [16]), tensor("b", [16], F32, 32)], data=128),
        "overlap",
    ),
    "tensors of the same name": (
        file(tensors=[tensor("a", [8]), tensor("a", [8], F32, 32)], data=64),
        "tensor_twice",
    ),
    "cut within the tensor table": (file(tensors=[tensor("t", [8])])[:40], "count"),
}

# name → (entries, name of the error): sound files that are no models
CONTENTS = {
    "nothing": ([], "no_tokenizer"),
    "no tokens": ([LLAMA, MODEL], "no_tokenizer"),
    "tokens that are numbers": ([MODEL, NUMBERS], "no_tokenizer"),
    "no merges": (VOCABULARY, "no_tokenizer"),
    "unknown tokenizer": (
        [entry("tokenizer.ggml.model", STRING, "t5"), token_entry("tokens", "a", "b")],
        "tokenizer_model",
    ),
    "unknown pre-tokenizer": (
        [*VOCABULARY, token_entry("merges"), entry("tokenizer.ggml.pre", STRING, "x")],
        "pre_tokenizer",
    ),
    "types for other tokens": ([*VOCABULARY, ONE_TYPE], "tokenizer_list"),
    "types in words": ([*VOCABULARY, token_entry("token_type", "a", "b")], "tokenizer_list"),
    "one type for all": ([*VOCABULARY, entry("tokenizer.ggml.token_type", BOOL, True)], "tokenizer_list"),
    "tokens twice": ([MODEL, token_entry("tokens", "a", "a")], "tokens"),
    "immense token": ([MODEL, token_entry("tokens", "a" * 3000)], "tokens"),
    "merge of unknown tokens": (
        [*VOCABULARY, token_entry("merges", "x y"), PRE],
        "tokenizer_broken",
    ),
    "immense template": (
        [
            *VOCABULARY,
            token_entry("merges"),
            entry("tokenizer.chat_template", STRING, "x" * 300_000),
        ],
        "template_long",
    ),
}

# name → (settings changed, tensors changed, name of the error): the tiny llama made wrong
MODELS: dict[str, tuple[dict[str, object], dict[str, tuple[int, ...] | None], str]] = {
    "more layers than blocks": ({"block_count": 1_000_000_000}, {}, "sizes"),
    "other width": ({"embedding_length": 512, "rope.dimension_count": 128}, {}, "sizes"),
    "no heads": ({"attention.head_count": 0}, {}, "setting"),
    "heads in words": ({"attention.head_count": "four"}, {}, "setting"),
    "heads that differ by layer": ({"attention.head_count_kv": [2, 4]}, {}, "setting"),
    "heads that do not divide": ({"attention.head_count": 3}, {}, "setting"),
    "more heads than weights": ({"attention.head_count": 8, "rope.dimension_count": 32}, {}, "tensor_shape"),
    "immense heads": ({"attention.key_length": 1 << 30, "rope.dimension_count": 1 << 30}, {}, "setting"),
    "positions turned in part": ({"rope.dimension_count": 32}, {}, "setting"),
    "no rotation": ({"rope.freq_base": 0.0}, {}, "setting"),
    "infinite rotation": ({"rope.freq_base": float("inf")}, {}, "setting"),
    "unknown scaling": ({"rope.scaling.type": "magic"}, {}, "setting"),
    "unknown divisors": ({}, {"rope_freqs.weight": (32,)}, "rope_divisors"),
    "experts": ({"expert_count": 8}, {}, "setting_unknown"),
    "a scale of another model": ({"residual_scale": 0.5}, {}, "setting_unknown"),
    "a tensor too many": ({}, {"blk.0.attn_sinks.weight": (4,)}, "tensor_unknown"),
    "a tensor too few": ({}, {"blk.1.ffn_up.weight": None}, "tensor_missing"),
    "a tensor turned": ({}, {"blk.1.ffn_up.weight": (256, 512)}, "tensor_shape"),
    "a norm too long": ({}, {"output_norm.weight": (257,)}, "tensor_shape"),
    "no embedding": ({}, {"token_embd.weight": None}, "sizes"),
    "more rows than tokens": ({}, {"token_embd.weight": (400, 256), "output.weight": (400, 256)}, "sizes"),
    "fewer rows than tokens": ({}, {"token_embd.weight": (100, 256), "output.weight": (100, 256)}, "sizes"),
}


def refused(path: Path, name: str, load: Callable[[Path], object] = load_model_from_gguf) -> None:
    """Loading fails with the sentence ``gguf.<name>``, in both languages."""
    for language in i18n.LANGUAGES:
        i18n.set_language(language)
        with pytest.raises(ModelError) as caught:
            load(path)
        pattern = re.sub(r"\\\{.*?\\\}", ".*", re.escape(i18n.catalog(language)[f"gguf.{name}"]))
        assert re.fullmatch(pattern, caught.value.message, re.DOTALL), caught.value.message


@pytest.mark.parametrize("case", HEADERS)
def test_a_damaged_header_is_refused(case: str, tmp_path: Path) -> None:
    data, name = HEADERS[case]
    path = tmp_path / "model.gguf"
    path.write_bytes(data)
    refused(path, name)


@pytest.mark.parametrize("case", CONTENTS)
def test_a_file_without_a_usable_tokenizer_is_refused(case: str, tmp_path: Path) -> None:
    entries, name = CONTENTS[case]
    path = tmp_path / "model.gguf"
    path.write_bytes(file(entries))
    refused(path, name, load_tokenizer_from_gguf)


@pytest.mark.parametrize("case", MODELS)
def test_a_model_that_contradicts_itself_is_refused(case: str, tmp_path: Path) -> None:
    settings, tensors, name = MODELS[case]
    refused(gguf_tiny.write_changed(tmp_path / "model.gguf", settings, tensors), name)


def test_missing_files_and_folders_are_refused(tmp_path: Path) -> None:
    refused(tmp_path / "none.gguf", "unreadable")
    refused(tmp_path, "unreadable")


def test_an_unknown_architecture_is_refused_by_name(tmp_path: Path) -> None:
    path = gguf_tiny.write(
        tmp_path / "model.gguf", "mamba", {"block_count": 1}, {"token_embd.weight": (384, 256)}
    )
    with pytest.raises(ModelError, match="mamba") as caught:
        load_model_from_gguf(path)
    assert "qwen3" in (caught.value.hint or "")


def test_a_part_of_a_split_model_is_refused(tmp_path: Path) -> None:
    path = gguf_tiny.write_changed(tmp_path / "model.gguf", {}, {}, {"split.count": 3})
    with pytest.raises(ModelError, match="parte"):
        load_model_from_gguf(path)


def test_nothing_large_is_allocated_for_a_lie(tmp_path: Path) -> None:
    path = tmp_path / "model.gguf"
    for data in (
        file(tensors=[tensor("t", [1 << 40])], data=64),
        file(entry_count=HUGE),
        file(tensor_count=HUGE),
    ):
        path.write_bytes(data)
        tracemalloc.start()
        with pytest.raises(ModelError):
            GGUFFile(path)
        assert tracemalloc.get_traced_memory()[1] < 1_000_000
        tracemalloc.stop()


def fuzzed(original: bytes, header_size: int, source: random.Random) -> bytes:
    """The file with a few bytes of its header changed, a number replaced, or a piece cut out or doubled."""
    data = bytearray(original)
    for _ in range(source.randint(1, 4)):
        place = source.randrange(header_size)
        match source.randrange(6):
            case 0:
                data[place] = source.randrange(256)
            case 1:
                data[place] ^= 1 << source.randrange(8)
            case 2:
                value = source.choice((0, 1, 2**31, 2**32 - 1, 2**63, 2**64 - 1, source.randrange(1 << 20)))
                data[place : place + 8] = struct.pack("<Q", value)
            case 3:
                del data[place : place + source.randrange(40)]
            case 4:
                data[place:place] = data[place : place + source.randrange(40)]
            case 5:
                del data[source.randrange(len(data)) :]
                break
    return bytes(data)


def test_a_fuzzed_file_loads_or_is_refused(tmp_path: Path) -> None:
    path = gguf_tiny.write_entry(tmp_path / "model.gguf", "llama, tied", "Q4_0")
    original = path.read_bytes()
    header = min(info.offset for info in GGUFFile(path).tensors.values())
    source = random.Random(6)
    outcomes = {"loaded": 0, "refused": 0}
    for _ in range(300):
        path.write_bytes(fuzzed(original, header, source))
        try:
            load_model_from_gguf(path)
            outcomes["loaded"] += 1
        except ModelError:
            outcomes["refused"] += 1
    assert outcomes["refused"] > 50, outcomes
    assert outcomes["loaded"] > 5, outcomes


def test_every_sentence_is_used() -> None:
    sources = "".join(
        path.read_text("utf-8")
        for path in Path(load_model_from_gguf.__code__.co_filename).parent.glob("*.py")
    )
    sentences = json.loads((Path(i18n.__file__).parent / "locale" / "es" / "gguf.json").read_text("utf-8"))
    assert not [name for name in sentences if not name.endswith(".hint") and f'"gguf.{name}"' not in sources]
