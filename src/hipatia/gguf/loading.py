"""A GGUF as an ordinary transformers model: ``load_model_from_gguf(path) -> (model, tokenizer)``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import ModelError
from .architectures import Architecture, Settings, architecture_of
from .reader import GGUFFile
from .tokenizer import Vocabulary, build_tokenizer

if TYPE_CHECKING:
    import torch
    from transformers import PretrainedConfig, PreTrainedModel, PreTrainedTokenizerFast

EMBEDDING, OUTPUT = "token_embd.weight", "output.weight"
_UNUSED = ("rope_freqs.weight",)  # read as part of the configuration


def load_model_from_gguf(
    path: str | Path, dtype: torch.dtype | None = None
) -> tuple[PreTrainedModel, PreTrainedTokenizerFast]:
    """The model and tokenizer of a GGUF; the model has plain trainable weights of type ``dtype`` (float32).

    Quantized tensors are turned into numbers one after the other, straight into their place, so that the
    peak is little above the size of the result. The tokenizer gives llama.cpp's ids.

    Raises ModelError when the file is missing or unsound, or of an architecture that is not known.
    """
    with GGUFFile(path) as file:
        vocabulary = Vocabulary.read(file)
        model = _empty_model(file, vocabulary)
        _fill(model, file, dtype)
        tokenizer = build_tokenizer(vocabulary)
    return model, tokenizer


def _empty_model(file: GGUFFile, vocabulary: Vocabulary) -> PreTrainedModel:
    """The model without storage for its weights, with configuration and generation settings."""
    import torch
    from accelerate import init_empty_weights
    from transformers import AutoModelForCausalLM, GenerationConfig

    settings = Settings(file)
    config = _configuration(settings, architecture_of(settings), vocabulary)
    with init_empty_weights(include_buffers=False), torch.device("cpu"):
        model = AutoModelForCausalLM.from_config(config)
    model.generation_config = GenerationConfig(
        bos_token_id=vocabulary.bos, eos_token_id=vocabulary.ends or None, pad_token_id=vocabulary.padding
    )
    return model.eval()


def _configuration(
    settings: Settings, architecture: Architecture, vocabulary: Vocabulary
) -> PretrainedConfig:
    from transformers import AutoConfig

    file = settings.file
    arguments = architecture.settings(settings)
    _check_sizes(file, arguments)
    return AutoConfig.for_model(
        architecture.model_type,
        vocab_size=file.tensors[EMBEDDING].shape[0],
        tie_word_embeddings=OUTPUT not in file.tensors,
        bos_token_id=vocabulary.bos,
        eos_token_id=vocabulary.eos,
        pad_token_id=vocabulary.padding,
        **arguments,
    )


def _check_sizes(file: GGUFFile, arguments: dict[str, Any]) -> None:
    """Refuse sizes that the tensors do not bear out, before a model of these sizes is laid out."""
    embedding = file.tensors.get(EMBEDDING)
    blocks = {name.split(".")[1] for name in file.tensors if name.startswith("blk.")}
    width = arguments.get("hidden_size", arguments.get("n_embd"))
    layers = arguments.get("num_hidden_layers", arguments.get("n_layer"))
    if embedding is None or embedding.shape[1:] != (width,) or len(blocks) != layers:
        raise ModelError.of("gguf.sizes", path=file.path, width=width, layers=layers)


def _fill(model: PreTrainedModel, file: GGUFFile, dtype: torch.dtype | None) -> None:
    """Give each parameter its storage and its values, then tie the embeddings where the file has one."""
    import torch

    dtype = dtype or torch.float32
    architecture = architecture_of(Settings(file))
    names = _tensor_names(model, file)
    parameters = dict(model.named_parameters())
    if missing := sorted(set(file.tensors) - set(names.values()) - set(_UNUSED)):
        raise ModelError.of("gguf.tensor_unknown", path=file.path, tensor=missing[0])
    state = {}
    for parameter, tensor in names.items():
        if tensor not in file.tensors:
            raise ModelError.of("gguf.tensor_missing", path=file.path, tensor=tensor)
        shape = parameters[parameter].shape
        if tuple(shape) != file.tensors[tensor].shape:
            raise ModelError.of(
                "gguf.tensor_shape",
                path=file.path,
                tensor=tensor,
                found=list(file.tensors[tensor].shape),
                wanted=list(shape),
            )
        state[parameter] = torch.empty(shape, dtype=dtype)
        file.read_tensor(tensor, state[parameter], architecture.row_order(tensor, model.config))
    model.load_state_dict(state, strict=False, assign=True)
    model.tie_weights()
    model.config.dtype = dtype


def _tensor_names(model: PreTrainedModel, file: GGUFFile) -> dict[str, str]:
    """Parameter name → tensor name, without the output matrix where it is the embedding."""
    from gguf import MODEL_ARCH_NAMES, get_tensor_name_map

    numbers = {name: number for number, name in MODEL_ARCH_NAMES.items()}
    name_map = get_tensor_name_map(
        numbers[file.metadata["general.architecture"]], model.config.num_hidden_layers
    )
    names = {}
    for parameter, _ in model.named_parameters():
        tensor = name_map.get_name(parameter, (".weight", ".bias"))
        if tensor is None:
            raise AssertionError(f"no tensor name for {parameter}")
        if tensor != OUTPUT or OUTPUT in file.tensors:
            names[parameter] = tensor
    return names
