"""A GGUF as an ordinary transformers model: ``load_model_from_gguf(path) -> (model, tokenizer)``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import ModelError
from .architectures import IN_THE_CONFIGURATION, Architecture, Settings, architecture_of
from .four_bits import is_packed, move_buffers, pack, with_packed_layers
from .reader import GGUFFile
from .tokenizer import Vocabulary, build_tokenizer

if TYPE_CHECKING:
    import torch
    from transformers import PretrainedConfig, PreTrainedModel, PreTrainedTokenizerFast

EMBEDDING, OUTPUT = "token_embd.weight", "output.weight"


def load_model_from_gguf(
    path: str | Path, dtype: torch.dtype | None = None, *, four_bits: bool = False, device: str = "cpu"
) -> tuple[PreTrainedModel, PreTrainedTokenizerFast]:
    """The model and tokenizer of a GGUF; the model has plain trainable weights of type ``dtype`` (float32).

    Quantized tensors are turned into numbers one after the other, straight into their place, so that the
    peak is little above the size of the result. The tokenizer gives llama.cpp's ids. ``four_bits``: layers are
    packed as NF4 on ``device``, one after the other too, and frozen; they compute in ``dtype``.

    Raises ModelError when the file is missing or unsound, or of an architecture that is not known.
    """
    import torch

    with GGUFFile(path) as file:
        vocabulary = Vocabulary.read(file)
        model = _empty_model(file, vocabulary)
        if four_bits:
            model = with_packed_layers(model, dtype or torch.float32)
        _fill(model, file, dtype or torch.float32, device)
        move_buffers(model, device)
        tokenizer = build_tokenizer(vocabulary)
    return model, tokenizer


def _empty_model(file: GGUFFile, vocabulary: Vocabulary) -> PreTrainedModel:
    """The model without storage for its weights, with configuration and generation settings."""
    from accelerate import init_empty_weights
    from transformers import AutoModelForCausalLM, GenerationConfig

    if file.metadata.get("split.count", 1) != 1:
        raise ModelError.of("gguf.split", path=file.path)
    settings = Settings(file)
    try:
        config = configuration(settings, architecture_of(settings), vocabulary)
        with init_empty_weights(include_buffers=False):
            model = AutoModelForCausalLM.from_config(config)
    except ModelError:
        raise
    except Exception as error:  # whatever transformers raises for sizes that do not go together
        raise ModelError.of("gguf.configuration", path=file.path, reason=error) from error
    model.generation_config = GenerationConfig(
        bos_token_id=vocabulary.bos, eos_token_id=vocabulary.ends or None, pad_token_id=vocabulary.padding
    )
    return model.eval()


def configuration(settings: Settings, architecture: Architecture, vocabulary: Vocabulary) -> PretrainedConfig:
    """The transformers configuration of a file. Raises ModelError for what would go unheeded."""
    from transformers import AutoConfig

    file = settings.file
    arguments = architecture.arguments(settings)
    if unheeded := settings.leftovers():
        raise ModelError.of(
            "gguf.setting_unknown", path=file.path, key=f"{settings.architecture}.{unheeded[0]}"
        )
    _check_sizes(file, arguments, len(vocabulary.tokens))
    return AutoConfig.for_model(
        architecture.model_type,
        vocab_size=len(vocabulary.tokens),
        tie_word_embeddings=OUTPUT not in file.tensors,
        bos_token_id=vocabulary.bos,
        eos_token_id=vocabulary.eos,
        pad_token_id=vocabulary.padding,
        **arguments,
    )


def _check_sizes(file: GGUFFile, arguments: dict[str, Any], tokens: int) -> None:
    """Refuse sizes that the tensors do not bear out, before a model of these sizes is laid out."""
    embedding = file.tensors.get(EMBEDDING)
    blocks = {name.split(".")[1] for name in file.tensors if name.startswith("blk.")}
    width: int = arguments.get("hidden_size") or arguments["n_embd"]
    layers: int = arguments.get("num_hidden_layers") or arguments["n_layer"]
    fits = embedding is not None and embedding.shape == (tokens, width) and len(blocks) == layers
    if not fits:
        raise ModelError.of("gguf.sizes", path=file.path, width=width, layers=layers, tokens=tokens)


def _fill(model: PreTrainedModel, file: GGUFFile, dtype: torch.dtype, device: str) -> None:
    """Give each parameter its storage and its values, then tie the embeddings where the file has one."""
    import torch

    architecture = architecture_of(Settings(file))
    names = tensor_names(model, file.metadata["general.architecture"])
    if OUTPUT not in file.tensors:  # the output matrix is the embedding
        names.pop("lm_head.weight", None)
    parameters = dict(model.named_parameters())
    if unknown := sorted(set(file.tensors) - set(names.values()) - set(IN_THE_CONFIGURATION)):
        raise ModelError.of("gguf.tensor_unknown", path=file.path, tensor=unknown[0])
    packed = {name for name, parameter in parameters.items() if is_packed(parameter)}
    for parameter, tensor in names.items():
        turned = architecture.is_transposed(tensor) and parameter not in packed
        _check_shape(file, tensor, tuple(parameters[parameter].shape), turned)
    # All at first, else what is freed between them stays as holes that nothing fits into.
    state = {
        parameter: torch.empty(parameters[parameter].shape, dtype=dtype, device=device)
        for parameter in names.keys() - packed
    }
    for parameter, tensor in names.items():
        if parameter in packed:
            values = torch.empty(parameters[parameter].shape, dtype=dtype)
            file.read_tensor(tensor, values, architecture.row_order(tensor, model.config))
            pack(model, parameter, values, device)
        else:
            _read_parameter(file, architecture, tensor, model.config, state[parameter])
    model.load_state_dict(state, strict=False, assign=True)
    model.tie_weights()
    model.config.dtype = dtype


def _check_shape(file: GGUFFile, tensor: str, wanted: tuple[int, ...], turned: bool) -> None:
    if tensor not in file.tensors:
        raise ModelError.of("gguf.tensor_missing", path=file.path, tensor=tensor)
    if turned:
        wanted = wanted[::-1]
    found = file.tensors[tensor].shape
    if found != wanted:
        raise ModelError.of("gguf.tensor_shape", path=file.path, tensor=tensor, found=found, wanted=wanted)


def _read_parameter(
    file: GGUFFile, architecture: Architecture, tensor: str, config: Any, out: torch.Tensor
) -> None:
    import torch

    offset = architecture.norm_offset if tensor.endswith("norm.weight") else 0.0
    order = architecture.row_order(tensor, config)
    if not offset and not architecture.is_transposed(tensor):
        file.read_tensor(tensor, out, order)
        return
    # One less something near one: taken off before rounding to a shorter type.
    values = torch.empty(file.tensors[tensor].shape, dtype=torch.float32 if offset else out.dtype)
    file.read_tensor(tensor, values, order)
    values -= offset
    out.copy_(values.t() if architecture.is_transposed(tensor) else values)


def tensor_name_map(architecture: str, config: Any) -> Any:
    """gguf's table of transformers' names to its own for an architecture."""
    from gguf import MODEL_ARCH_NAMES, get_tensor_name_map

    numbers = {name: number for number, name in MODEL_ARCH_NAMES.items()}
    return get_tensor_name_map(numbers[architecture], config.num_hidden_layers)


def tensor_names(model: PreTrainedModel, architecture: str) -> dict[str, str]:
    """Parameter name → tensor name. Raises KeyError for a parameter that has none."""
    name_map = tensor_name_map(architecture, model.config)
    names = {}
    for parameter, _ in model.named_parameters():
        tensor = (
            OUTPUT if parameter == "lm_head.weight" else name_map.get_name(parameter, (".weight", ".bias"))
        )
        if tensor is None:
            raise KeyError(parameter)
        names[parameter] = tensor
    return names
