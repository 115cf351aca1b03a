"""Trained models for other programs: llama.cpp, LM Studio, Ollama, transformers.

    write_run_adapter(run_folder, config)      # adapter.gguf beside a run's adapter, for `hipatia chat`

A run's adapter lies in its folder ``adapter``; where its base is a GGUF, everything is written against that file.
"""

from __future__ import annotations

from pathlib import Path

from ..catalog import ADAPTER_GGUF, Source, gguf_files
from ..config import Config
from ..modeling import adapter_origin
from ..runs import ADAPTER, cannot_write


def base_file(adapter: Path, config: Config) -> Path | None:
    """The GGUF that an adapter was trained on; None where its base is something else.

    Raises ModelError where the file is not there or is not the same any more.
    """
    origin = adapter_origin(adapter)
    files = gguf_files(Source("whole", origin["source"], ""), config)
    return files.model if files else None


def write_run_adapter(run: Path, config: Config) -> Path | None:
    """Write a run's adapter for llama.cpp too, where its base is a GGUF; else None.

    Raises HipatiaError for an adapter that a GGUF cannot hold, and where it cannot be written.
    """
    from ..gguf.writer_adapter import write_adapter

    base = base_file(run / ADAPTER, config)
    if base is None:
        return None
    path = run / ADAPTER_GGUF
    try:
        write_adapter(run / ADAPTER, base, path)
    except OSError as error:
        raise cannot_write(path, error) from error
    return path
