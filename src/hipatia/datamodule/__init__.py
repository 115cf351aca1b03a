"""Data files → conversations → tokens and loss masks → splits; statistics and checks.

loaded = datamodule.read_rows("mis_datos.jsonl")
train, validation = datamodule.split_dataset(loaded.conversations, eval_fraction=0.05, seed=0)
dataset = datamodule.get_tokenized_dataset(config, tokenizer)
"""

from .loading import (
    LoadedRow,
    LoadedRows,
    RowNote,
    bundled_bank,
    bundled_conversations,
    load_rows,
    pair_to_conversation,
    prepare_conversations_dataset,
    prepare_dataset,
    read_problems,
    read_rows,
    write_rejects,
)
from .splits import split_dataset

__all__ = [
    "LoadedRow",
    "LoadedRows",
    "RowNote",
    "bundled_bank",
    "bundled_conversations",
    "load_rows",
    "pair_to_conversation",
    "prepare_conversations_dataset",
    "prepare_dataset",
    "read_problems",
    "read_rows",
    "split_dataset",
    "write_rejects",
]
