"""The documented functions are importable from where the documentation says."""

from __future__ import annotations

import importlib
import inspect

import pytest

from hipatia import utils

DOCUMENTED = {
    "utils": [
        "load_model_from_gguf",
        "validate_math_response",
        "create_directories",
        "load_tokenizer",
        "count_trainable_parameters",
        "format_conversation",
        "load_json_dataset",
        "save_lora_adapter",
        "find_linear_layers",
    ],
    "datamodule": [
        "prepare_dataset",
        "prepare_conversations_dataset",
        "preprocess_function",
        "preprocess_conversations",
        "get_tokenized_dataset",
        "split_dataset",
        "analyze_dataset_stats",
    ],
    "grading": ["validate_math_response", "check_steps"],
    "train": ["train"],
    "evaluate": ["evaluate", "compare"],
    "config": ["Config", "load_config"],
}


@pytest.mark.parametrize(("module", "name"), [(m, n) for m, names in DOCUMENTED.items() for n in names])
def test_documented_names_are_there_with_a_docstring(module: str, name: str) -> None:
    found = getattr(importlib.import_module(f"hipatia.{module}"), name)
    assert callable(found)
    assert len(inspect.getdoc(found) or "") > 20


def test_the_facade_lists_what_it_has() -> None:
    assert set(utils.__all__) == set(DOCUMENTED["utils"])
    assert dir(utils) == utils.__all__
    with pytest.raises(AttributeError, match="no_such"):
        utils.no_such  # noqa: B018
