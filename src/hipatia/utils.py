"""The documented helper functions, importable from here, living where they belong.

from hipatia.utils import load_model_from_gguf, validate_math_response
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

_HOMES = {
    "create_directories": "runs",
    "load_tokenizer": "modeling",
    "count_trainable_parameters": "modeling",
    "find_linear_layers": "modeling",
    "save_lora_adapter": "modeling",
    "load_model_from_gguf": "gguf",
    "format_conversation": "prompting",
    "load_json_dataset": "datamodule",
    "validate_math_response": "grading",
}
__all__ = sorted(_HOMES)


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f".{_HOMES[name]}", __package__), name)


def __dir__() -> list[str]:
    return __all__
