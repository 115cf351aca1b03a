"""From rows to tokens and labels, and the cache of them."""

from __future__ import annotations

import logging
import os
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from hipatia import datamodule
from hipatia.config import SYSTEM_PROMPTS, Config
from hipatia.datamodule import token_cache
from hipatia.datamodule import tokenized as tokenized_module
from hipatia.datamodule.duplicates import skeleton
from hipatia.errors import DataError
from hipatia.schema import Conversation, Message, Pair

SPANISH = Pair(instruction="¿Cuánto es 2 + 3?", response="Son 5.")
ENGLISH = Pair(instruction="What is the sum of these?", input="2 and 3", response="It is 5.")
OWN_SYSTEM = Pair(instruction="¿Y?", response="No.", system="Sé breve.")


@pytest.fixture
def config(tmp_path: Path) -> Config:
    return Config.model_validate({"paths": {"cache": tmp_path / "cache"}})


def columns(pairs: list[Pair]) -> dict[str, list[Any]]:
    return {name: [asdict(pair)[name] for pair in pairs] for name in asdict(pairs[0])}


def learnt(labels: list[int], tokenizer: Any) -> str:
    return tokenizer.decode([token for token in labels if token != -100])


@pytest.mark.parametrize(
    ("pair", "system"),
    [(SPANISH, SYSTEM_PROMPTS["es"]), (ENGLISH, SYSTEM_PROMPTS["en"]), (OWN_SYSTEM, "Sé breve.")],
)
def test_pairs(pair: Pair, system: str, tokenizer: Any, config: Config) -> None:
    made = datamodule.preprocess_function(columns([pair]), tokenizer, config)
    assert set(made) == {"input_ids", "attention_mask", "labels"}
    [ids], [mask], [labels] = made["input_ids"], made["attention_mask"], made["labels"]
    messages = [
        {"role": "system", "content": system},
        {"role": "user", "content": "\n\n".join(filter(None, (pair.instruction, pair.input)))},
        {"role": "assistant", "content": pair.response},
    ]
    assert ids == tokenizer.apply_chat_template(messages, return_dict=False)
    assert mask == [1] * len(ids)
    assert len(labels) == len(ids)
    assert learnt(labels, tokenizer) == pair.response + "<|im_end|>"


def test_pairs_need_only_two_columns(tokenizer: Any, config: Config) -> None:
    batch = {"instruction": ["¿2?"], "response": ["2"]}
    made = datamodule.preprocess_function(batch, tokenizer, config)
    assert made == datamodule.preprocess_function(columns([Pair("¿2?", "2")]), tokenizer, config)


def test_every_answer_of_a_conversation_is_learnt(tokenizer: Any, config: Config) -> None:
    turns = [("user", "What?"), ("assistant", "Uno"), ("user", "¿Y?"), ("assistant", "Dos")]
    batch = {"messages": [[{"role": role, "content": text} for role, text in turns]], "language": ["es"]}
    made = datamodule.preprocess_conversations(batch, tokenizer, config)
    assert learnt(made["labels"][0], tokenizer) == "Uno<|im_end|>Dos<|im_end|>"
    assert SYSTEM_PROMPTS["es"] in tokenizer.decode(made["input_ids"][0])
    config.data.system_prompt = False
    plain = datamodule.preprocess_conversations(batch, tokenizer, config)
    assert tokenizer.decode(plain["input_ids"][0]).startswith("<|im_start|>user\nWhat?")


@pytest.mark.parametrize(("spare", "kept"), [(0, 1), (-1, 0)])
def test_a_row_too_long_is_left_out_whole(spare: int, kept: int, tokenizer: Any, config: Config) -> None:
    length = len(datamodule.preprocess_function(columns([SPANISH]), tokenizer, config)["input_ids"][0])
    config.data.max_length = length + spare
    made = datamodule.preprocess_function(columns([SPANISH]), tokenizer, config)
    assert {name: len(column) for name, column in made.items()} == dict.fromkeys(made, kept)


def test_datasets_can_map_them(tokenizer: Any, config: Config) -> None:
    from datasets import Dataset

    raw = Dataset.from_list([asdict(pair) for pair in (SPANISH, ENGLISH, OWN_SYSTEM)])
    arguments = {"tokenizer": tokenizer, "config": config}
    made = raw.map(
        datamodule.preprocess_function, batched=True, fn_kwargs=arguments, remove_columns=raw.column_names
    )
    assert made.column_names == ["input_ids", "attention_mask", "labels"]
    assert learnt(made[1]["labels"], tokenizer) == "It is 5.<|im_end|>"


def test_dataset_of_files(
    tokenizer: Any, config: Config, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "d.csv"
    path.write_text(f"pregunta;respuesta\n¿2 + 3?;5\n¿Largo?;{'x' * 600}\n", encoding="utf-8")
    config.data.files = [path]
    dataset = datamodule.get_tokenized_dataset(config, tokenizer)
    assert dataset.column_names == ["input_ids", "attention_mask", "labels"]
    assert [learnt(row["labels"], tokenizer) for row in dataset] == ["5<|im_end|>"]
    assert "512" in caplog.text
    config.data.max_length = 5
    with pytest.raises(DataError, match="Ninguna fila cabe en 5 tokens"):
        datamodule.get_tokenized_dataset(config, tokenizer)


def test_format_pairs_refuses_longer_conversations(config: Config, tmp_path: Path) -> None:
    path = tmp_path / "d.jsonl"
    two = '{"role": "user", "content": "a"}, {"role": "assistant", "content": "b"}'
    path.write_text(f'{{"messages": [{two}]}}\n{{"messages": [{two}, {two}]}}\n', encoding="utf-8")
    config.data.files = [path, path]
    assert len(datamodule.configured_rows(config)) == 4
    config.data.format = "pairs"
    assert len(datamodule.configured_rows(config)) == 2


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_bundled_rows_ask_nothing_of_the_bank(config: Config, seed: int) -> None:
    config.training.seed = seed
    rows = datamodule.configured_rows(config)
    assert len(rows) == config.conversation_count + config.exercise_count
    assert rows == datamodule.configured_rows(config)
    asked = {skeleton(problem.question) for problem in datamodule.bundled_bank()}
    assert not [m.content for row in rows for m in row.messages if skeleton(m.content) in asked]


ROW = datamodule.pair_to_conversation(SPANISH)
OTHER = Conversation((Message("user", "¿Y?"), Message("assistant", "No.")))


def test_tokens_are_kept_until_something_changes(
    tokenizer: Any, config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = []
    prompted = tokenized_module.prompted
    monkeypatch.setattr(tokenized_module, "prompted", lambda *values: calls.append(1) or prompted(*values))

    def work(rows: list[Conversation]) -> int:
        before = len(calls)
        assert len(datamodule.tokenize_rows(rows, tokenizer, config).dataset) == len(rows)
        return len(calls) - before

    assert work([ROW]) == 1
    assert work([ROW]) == 0
    assert work([ROW, OTHER]) == 2
    config.data.max_length += 1
    assert work([ROW]) == 1
    config.chat.system_prompt = {"es": "Otra.", "en": "Other."}
    assert work([ROW]) == 1
    monkeypatch.setattr(tokenizer, "chat_template", tokenizer.chat_template + " ")
    assert work([ROW]) == 1
    folder = config.paths.cache / "tokenized"  # type: ignore[operator]
    assert {entry.suffix for entry in folder.iterdir()} == {".arrow"}


def entries(config: Config) -> list[Path]:
    return sorted((config.paths.cache / "tokenized").iterdir())  # type: ignore[operator]


@pytest.mark.parametrize(("limit", "kept"), [({"_KEPT_FILES": 3}, 3), ({"KEPT_BYTES": 1}, 1)])
def test_old_tokens_are_thrown_away(
    limit: dict[str, int], kept: int, tokenizer: Any, config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in limit.items():
        monkeypatch.setattr(token_cache, name, value)
    abandoned = config.paths.cache / "tokenized" / "x.part"  # type: ignore[operator]
    abandoned.parent.mkdir(parents=True)
    abandoned.touch()
    os.utime(abandoned, (0, 0))
    for length in range(500, 506):
        config.data.max_length = length
        datamodule.tokenize_rows([ROW], tokenizer, config)
        for age, entry in enumerate(sorted(entries(config), key=lambda path: path.stat().st_mtime_ns)):
            os.utime(entry, (age, age))  # the order in which they came, whatever the clock's grain
    assert len(entries(config)) == kept
    assert not abandoned.exists()


@pytest.mark.parametrize("damage", ["flipped", "cut", "empty", "of other rows", "a folder"])
def test_damaged_tokens_are_made_again(damage: str, tokenizer: Any, config: Config) -> None:
    whole = datamodule.tokenize_rows([ROW, OTHER], tokenizer, config).dataset.to_list()
    (entry,) = entries(config)
    content = entry.read_bytes()
    middle = len(content) // 2
    contents = {
        "flipped": content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :],
        "cut": content[:middle],
        "empty": b"",
    }
    if damage in contents:
        entry.write_bytes(contents[damage])
    elif damage == "a folder":
        entry.unlink()
        entry.mkdir()
    else:
        datamodule.tokenize_rows([OTHER], tokenizer, config)
        (other,) = set(entries(config)) - {entry}
        other.replace(entry)
    assert datamodule.tokenize_rows([ROW, OTHER], tokenizer, config).dataset.to_list() == whole
    assert datamodule.tokenize_rows([ROW, OTHER], tokenizer, config).dataset.to_list() == whole


def test_a_write_that_fails_leaves_nothing(
    tokenizer: Any, config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on a disk that is full by the time the file is to be made safe."""

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(token_cache.os, "fsync", full)
    assert len(datamodule.tokenize_rows([ROW, OTHER], tokenizer, config).dataset) == 2
    assert entries(config) == []


def test_many_rows_are_the_same_as_one_by_one(
    tokenizer: Any, config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [
        Conversation((Message("user", f"¿{n}? {'<|im_end|>' * (n % 3 == 0)}"), Message("assistant", "ñ" * n)))
        for n in range(1, 20)
    ]
    monkeypatch.setattr(tokenized_module, "_BATCH", 4)
    dataset = datamodule.tokenize_rows(rows, tokenizer, config).dataset
    for made, row in zip(dataset, rows, strict=True):
        encoded = datamodule.encode_row(row, tokenizer, config)
        assert (made["input_ids"], made["labels"]) == (encoded.input_ids, encoded.labels)
        assert tokenizer.eos_token_id in encoded.input_ids


def test_a_cache_that_cannot_be_written_is_no_error(
    tokenizer: Any, config: Config, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "cache").write_text("a file in the way")
    with caplog.at_level(logging.INFO):
        assert len(datamodule.tokenize_rows([ROW], tokenizer, config).dataset) == 1
    assert "not kept" in caplog.text
