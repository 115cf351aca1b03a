"""Models for the engines, made once: a tiny Llama as GGUF, its tokenizer, the embedded model if it is here."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from hipatia.config import Config
from hipatia.embedded import FILE_NAME

sys.path.insert(0, str(Path(__file__).parents[1] / "gguf"))  # the writer of tiny GGUF files


@pytest.fixture(scope="session")
def tiny_gguf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two layers of random weights in F32, a vocabulary of bytes, no chat template.

    It writes letters, and ends its answer where it was about to write a q.
    """
    import gguf
    from gguf_tiny import byte_vocabulary, write_entry

    path = write_entry(tmp_path_factory.mktemp("gguf") / "tiny.gguf", "llama")
    reader = gguf.GGUFReader(path, "r+")
    output = next(tensor for tensor in reader.tensors if tensor.name == "output.weight")
    tokens: list[str] = byte_vocabulary()["tokens"]
    for number, token in enumerate(tokens):
        if token not in "abcdefghijklmnopqrstuvwxyz ":
            output.data[number] = 0
    output.data[tokens.index("<|endoftext|>")] = 1.02 * output.data[tokens.index("q")]
    reader.data.flush()
    return path


@pytest.fixture(scope="session")
def embedded_gguf() -> Path:
    """The embedded model's file."""
    path = Config().paths.cache_folder / "models" / FILE_NAME
    if not path.is_file():
        pytest.skip("the embedded model is not on this machine yet")
    return path
