"""From rows to token ids and labels.

dataset = get_tokenized_dataset(config, tokenizer)      # input_ids, attention_mask, labels
tokenized = tokenize_rows(train_rows, tokenizer, config)
tokenized.dataset, tokenized.dropped
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import random
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .. import i18n, prompting
from ..config import Config
from ..errors import DataError
from ..schema import Conversation, Message, Pair
from .loading import (
    bundled_bank,
    bundled_conversations,
    load_rows,
    pair_to_conversation,
    prepare_conversations_dataset,
    prepare_dataset,
    write_rejects,
)
from .topics import detect_language

if TYPE_CHECKING:
    from datasets import Dataset

_log = logging.getLogger(__name__)
_BATCH = 200
_ROWS_PER_PROCESS = 10_000
_KEPT_CACHES = 6


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
            levels=dict(config.data.levels.items()),
        )
        conversations = bundled_conversations()
        count = min(config.conversation_count, len(conversations))
        chosen = random.Random(f"{config.training.seed}/conversations").sample(conversations, count)
        return [*chosen, *(exercise.conversation() for exercise in generated)]
    return [row for path in config.data.files for row in _file_rows(path, config, rejects)]


def _file_rows(path: Path, config: Config, rejects: Path | None) -> list[Conversation]:
    if rejects:
        write_rejects(load_rows(path), rejects)
    if config.data.format == "pairs":
        return [pair_to_conversation(pair) for pair in prepare_dataset(path)]
    return prepare_conversations_dataset(path)


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
    from datasets import load_from_disk

    folder = config.paths.cache_folder / "tokenized"
    key = _fingerprint(rows, tokenizer, config)
    with _progress_bars(len(rows) > _ROWS_PER_PROCESS):
        if (folder / key).is_dir():
            dataset = load_from_disk(folder / key)
        else:
            dataset = _map(rows, tokenizer, config, key)
            if len(dataset):
                _store(dataset, folder, key)
    if required and len(dataset) == 0:
        raise DataError.of("data.all_too_long", rows=len(rows), limit=config.data.max_length)
    dropped = len(rows) - len(dataset)
    if dropped:
        _log.warning(i18n.t("data.some_too_long", rows=dropped, limit=config.data.max_length))
    return Tokenized(dataset, dropped)


def _encoded(rows: Sequence[Conversation], tokenizer: Any, config: Config) -> dict[str, list]:
    columns: dict[str, list] = {"input_ids": [], "attention_mask": [], "labels": []}
    for row in rows:
        encoded = encode_row(row, tokenizer, config)
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


def _map(rows: Sequence[Conversation], tokenizer: Any, config: Config, key: str) -> Dataset:
    from datasets import Dataset, Features, List, Value

    message = {"role": Value("string"), "content": Value("string")}
    raw = Dataset.from_list(
        [
            {"messages": [asdict(message) for message in row.messages], "language": row.language}
            for row in rows
        ],
        features=Features({"messages": List(message), "language": Value("string")}),
    )
    tokens = List(Value("int32"))
    return raw.map(
        preprocess_conversations,
        batched=True,
        batch_size=_BATCH,
        fn_kwargs={"tokenizer": tokenizer, "config": config},
        remove_columns=raw.column_names,
        features=Features({"input_ids": tokens, "attention_mask": List(Value("int8")), "labels": tokens}),
        num_proc=min(os.cpu_count() or 1, len(rows) // _ROWS_PER_PROCESS) or None,
        new_fingerprint=key,
    )


# --- the cache ------------------------------------------------------------------------------------


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


def _store(dataset: Dataset, folder: Path, key: str) -> None:
    """Save under a temporary name, rename: a cache entry is whole or absent. The oldest ones go.

    A folder that cannot be written only means that the work is done again next time.
    """
    temporary = None
    try:
        folder.mkdir(parents=True, exist_ok=True)
        temporary = Path(tempfile.mkdtemp(prefix=f".{key}", dir=folder))
        dataset.save_to_disk(temporary)
        temporary.replace(folder / key)
        entries = sorted(folder.iterdir(), key=lambda entry: entry.stat().st_mtime, reverse=True)
        for entry in entries[_KEPT_CACHES:]:
            shutil.rmtree(entry, ignore_errors=True)
    except OSError as error:
        _log.info("The tokens are not kept: %s", error)
        if temporary:
            shutil.rmtree(temporary, ignore_errors=True)


@contextmanager
def _progress_bars(wanted: bool) -> Iterator[None]:
    """Bars of ``datasets`` for long work only."""
    import datasets

    shown = datasets.is_progress_bar_enabled()
    if not wanted:
        datasets.disable_progress_bars()
    try:
        yield
    finally:
        if shown:
            datasets.enable_progress_bars()
