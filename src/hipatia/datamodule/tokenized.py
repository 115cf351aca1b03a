"""From rows to token ids and labels.

dataset = get_tokenized_dataset(config, tokenizer)      # input_ids, attention_mask, labels
tokenized = tokenize_rows(train_rows, tokenizer, config)
tokenized.dataset, tokenized.dropped
"""

from __future__ import annotations

import hashlib
import json
import logging
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .. import i18n, prompting
from ..config import Config
from ..errors import DataError
from ..schema import Conversation, Message, Pair
from .loading import (
    bundled_bank,
    bundled_conversations,
    log_rejected,
    pair_to_conversation,
    prepare_dataset,
    read_rows,
    write_rejects,
)
from .token_cache import TokenCache
from .topics import detect_language

if TYPE_CHECKING:
    import pyarrow
    from datasets import Dataset

_log = logging.getLogger(__name__)
_BATCH = 500  # rows that are tokenized together, on all cores


@dataclass(frozen=True, slots=True)
class Tokenized:
    """Rows as tokens. ``dropped`` rows were longer than ``data.max_length``."""

    dataset: Dataset
    dropped: int


def preprocess_function(
    batch: Mapping[str, Sequence[Any]], tokenizer: Any, config: Config
) -> dict[str, list]:
    """Token ids, attention mask and labels of a batch of pairs, for ``datasets.map(batched=True)``.

    ``batch`` has the columns of ``Pair``: ``instruction`` and ``response``, and if need be ``input`` and
    ``system``. The result is as that of ``preprocess_conversations``.
    """
    names = [name for name in ("instruction", "response", "input", "system") if name in batch]
    rows = zip(*(batch[name] for name in names), strict=True)
    pairs = [Pair(**{name: value or "" for name, value in zip(names, row, strict=True)}) for row in rows]
    return _encoded([pair_to_conversation(pair) for pair in pairs], tokenizer, config)


def preprocess_conversations(
    batch: Mapping[str, Sequence[Any]], tokenizer: Any, config: Config
) -> dict[str, list]:
    """Token ids, attention mask and labels of a batch of conversations, for ``datasets.map(batched=True)``.

    ``batch["messages"]`` holds a list of ``{"role", "content"}`` a row; ``batch["language"]`` may say es or
    en. Returns ``{"input_ids", "attention_mask", "labels"}``, three lists of lists of equal lengths; labels
    are token ids where they are learnt (the assistant's turns) and -100 elsewhere. With
    ``data.system_prompt`` rows without a system message get the tutor's. Rows longer than
    ``data.max_length`` tokens are left out whole, so that there may be fewer rows than came in.
    Raises ModelError for a chat template that cannot be followed.
    """
    languages = batch.get("language") or [None] * len(batch["messages"])
    rows = [
        Conversation(tuple(Message(item["role"], item["content"]) for item in messages), language=language)
        for messages, language in zip(batch["messages"], languages, strict=True)
    ]
    return _encoded(rows, tokenizer, config)


def encode_row(row: Conversation, tokenizer: Any, config: Config) -> prompting.Encoded:
    """The row as it is trained on: with the tutor's system prompt if it has none, as tokens and mask."""
    return prompting.encode_conversation(prompted(row, config), tokenizer)


def prompted(row: Conversation, config: Config) -> tuple[Message, ...]:
    """The row's messages, opened by the tutor's system prompt in its language where the settings say so."""
    if not config.data.system_prompt:
        return row.messages
    return prompting.with_system_prompt(row.messages, _system_prompt(row, config))


def configured_rows(config: Config, rejects: Path | None = None) -> list[Conversation]:
    """The rows that the settings name: ``data.files``, or the bundled Spanish conversations and exercises.

    Exercises avoid the questions of the bundled bank. Refused rows of a file are written to the folder
    ``rejects``. Raises DataError for files that cannot be used.
    """
    if not config.data.files:
        from .. import exercises

        generated = exercises.generate(
            config.exercise_count,
            seed=config.training.seed,
            families=exercises.TRAINING_FAMILIES,
            avoid=[problem.question for problem in bundled_bank()],
            factors=dict([*config.data.levels.items(), *config.data.topics.items()]),
        )
        told = exercises.conversations(generated, seed=config.training.seed, hints=config.data.hints_trained)
        conversations = bundled_conversations()
        count = min(config.conversation_count, len(conversations))
        chosen = random.Random(f"{config.training.seed}/conversations").sample(conversations, count)
        return [*chosen, *told]
    return [row for path in config.data.files for row in _file_rows(path, config, rejects)]


def _file_rows(path: Path, config: Config, rejects: Path | None) -> list[Conversation]:
    loaded = read_rows(path)
    if rejects:
        write_rejects(loaded, rejects)
    if config.data.format == "pairs":
        return [pair_to_conversation(pair) for pair in prepare_dataset(path)]
    log_rejected(loaded)
    return loaded.conversations


def get_tokenized_dataset(config: Config, tokenizer: Any) -> Dataset:
    """All rows of ``configured_rows`` as a ``datasets.Dataset`` of input_ids, attention_mask, labels.

    The log says how many rows were too long and left out. Raises DataError where none is left.
    """
    return tokenize_rows(configured_rows(config), tokenizer, config).dataset


def tokenize_rows(
    rows: Sequence[Conversation], tokenizer: Any, config: Config, *, required: bool = True
) -> Tokenized:
    """The rows as tokens, kept in the cache folder: the same rows, tokenizer and settings come from there.

    Rows longer than ``data.max_length`` are dropped, counted and named in the log.
    Raises DataError where no row is left and rows are ``required``.
    """
    kept = TokenCache(config.paths.cache_folder / "tokenized")
    dataset = kept.get(_fingerprint(rows, tokenizer, config), lambda: _batches(rows, tokenizer, config))
    if required and len(dataset) == 0:
        raise DataError.of("data.all_too_long", rows=len(rows), limit=config.data.max_length)
    dropped = len(rows) - len(dataset)
    if dropped:
        _log.warning(i18n.t("data.some_too_long", rows=dropped, limit=config.data.max_length))
    return Tokenized(dataset, dropped)


def _encoded(rows: Sequence[Conversation], tokenizer: Any, config: Config) -> dict[str, list]:
    columns: dict[str, list] = {"input_ids": [], "attention_mask": [], "labels": []}
    for encoded in prompting.encode_conversations([prompted(row, config) for row in rows], tokenizer):
        if len(encoded.input_ids) <= config.data.max_length:
            columns["input_ids"].append(encoded.input_ids)
            columns["attention_mask"].append([1] * len(encoded.input_ids))
            columns["labels"].append(encoded.labels)
    return columns


def _system_prompt(row: Conversation, config: Config) -> str | None:
    prompts: dict[str, str] = {str(name): text for name, text in config.chat.system_prompt.items()}
    if row.language in prompts:
        return prompts[row.language]
    return prompts.get(detect_language("\n".join(message.content for message in row.messages)))


def _batches(rows: Sequence[Conversation], tokenizer: Any, config: Config) -> Iterator[pyarrow.RecordBatch]:
    """The rows as tokens, some at a time."""
    import pyarrow
    from datasets import Features, List, Value

    tokens = List(Value("int32"))
    features = Features({"input_ids": tokens, "attention_mask": List(Value("int8")), "labels": tokens})
    for start in range(0, max(1, len(rows)), _BATCH):
        columns = _encoded(rows[start : start + _BATCH], tokenizer, config)
        yield pyarrow.RecordBatch.from_pydict(columns, features.arrow_schema)


def _fingerprint(rows: Sequence[Conversation], tokenizer: Any, config: Config) -> str:
    """A hash of everything that the tokens depend on, the code included."""
    digest = hashlib.sha256()
    for module in (__file__, prompting.__file__):
        digest.update(Path(module).read_bytes())
    settings = [config.data.max_length, config.data.system_prompt, config.chat.system_prompt]
    special = {name: str(token) for name, token in tokenizer.special_tokens_map.items()}
    digest.update(json.dumps([settings, special, tokenizer.chat_template], sort_keys=True).encode())
    digest.update(tokenizer.backend_tokenizer.to_str().encode())
    for row in rows:
        messages = [(message.role, message.content) for message in row.messages]
        digest.update(json.dumps([row.language, messages]).encode())
    return digest.hexdigest()[:32]
