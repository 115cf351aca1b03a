"""Data files → conversations → tokens and loss masks → splits; statistics and checks.

loaded = datamodule.read_rows("mis_datos.jsonl")
train, validation = datamodule.split_dataset(loaded.conversations, eval_fraction=0.05, seed=0)
dataset = datamodule.get_tokenized_dataset(config, tokenizer)
"""

from .check import DataCheck, FileCheck, Place, check_dataset
from .loading import (
    LoadedRow,
    LoadedRows,
    RowNote,
    bundled_bank,
    bundled_conversations,
    load_json_dataset,
    load_rows,
    pair_to_conversation,
    prepare_conversations_dataset,
    prepare_dataset,
    read_problems,
    read_rows,
    write_rejects,
)
from .splits import split_dataset
from .statistics import DatasetStats, Spread, analyze_dataset_stats
from .tokenized import (
    Tokenized,
    configured_rows,
    encode_row,
    get_tokenized_dataset,
    preprocess_conversations,
    preprocess_function,
    prompted,
    tokenize_rows,
)

__all__ = [
    "DataCheck",
    "DatasetStats",
    "FileCheck",
    "LoadedRow",
    "LoadedRows",
    "Place",
    "RowNote",
    "Spread",
    "Tokenized",
    "analyze_dataset_stats",
    "bundled_bank",
    "bundled_conversations",
    "check_dataset",
    "configured_rows",
    "encode_row",
    "get_tokenized_dataset",
    "load_json_dataset",
    "load_rows",
    "pair_to_conversation",
    "prepare_conversations_dataset",
    "prepare_dataset",
    "preprocess_conversations",
    "preprocess_function",
    "prompted",
    "read_problems",
    "read_rows",
    "split_dataset",
    "tokenize_rows",
    "write_rejects",
]
