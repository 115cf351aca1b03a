"""GGUF files as trainable models: what LM Studio runs can be trained as it is.

    model, tokenizer = load_model_from_gguf("model.gguf")

``reader`` parses the untrusted file, ``tokenizer`` builds llama.cpp's tokenizer from it, ``architectures``
knows each model's configuration and layout, ``loading`` puts the model together.
"""

from .loading import load_model_from_gguf
from .reader import GGUFFile, TensorInfo, count_gguf_parameters, is_gguf, quantization
from .tokenizer import load_tokenizer_from_gguf

__all__ = [
    "GGUFFile",
    "TensorInfo",
    "count_gguf_parameters",
    "is_gguf",
    "load_model_from_gguf",
    "load_tokenizer_from_gguf",
    "quantization",
]
