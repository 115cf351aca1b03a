"""Layers in 4 bits (NF4, bitsandbytes), made one after the other: ``with_packed_layers(model, dtype)``, ``pack``.

A layer's weights are numbers only in the machine's memory and only while their turn lasts; the device sees them
packed. What transformers does for safetensors, for files that it refuses to quantize anew.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..errors import ModelError

if TYPE_CHECKING:
    import torch


def nf4_settings(dtype: torch.dtype) -> Any:
    """NF4 with double quantization (Dettmers et al., 2023, arXiv:2305.14314)."""
    from transformers import BitsAndBytesConfig

    return BitsAndBytesConfig(
        load_in_4bit=True,
        bnb_4bit_quant_type="nf4",
        bnb_4bit_use_double_quant=True,
        bnb_4bit_compute_dtype=dtype,
    )


def with_packed_layers(model: Any, dtype: torch.dtype) -> Any:
    """The model, still without storage, with layers of 4 bits in the place of all but the output.

    Raises ModelError where bitsandbytes is missing, or knows none of the layers (Falcon's).
    """
    import importlib.util

    if importlib.util.find_spec("bitsandbytes") is None:
        raise ModelError.of("gguf.no_bitsandbytes")
    from transformers.integrations.bitsandbytes import replace_with_bnb_linear
    from transformers.quantizers.base import get_keys_to_not_convert

    model = replace_with_bnb_linear(
        model, modules_to_not_convert=get_keys_to_not_convert(model), quantization_config=nf4_settings(dtype)
    )
    if not any(map(is_packed, model.parameters())):
        raise ModelError.of("gguf.not_packed", kind=model.config.model_type)
    model.is_loaded_in_4bit = True  # by this peft chooses its layers
    return model


def is_packed(parameter: Any) -> bool:
    """Whether a parameter is to be packed, or is."""
    return type(parameter).__name__ == "Params4bit"


def move_buffers(model: Any, device: str) -> None:
    """The rest of the model, such as its rotary frequencies, to where its weights are."""
    for module in model.modules():
        for name, buffer in module._buffers.items():
            module._buffers[name] = buffer if buffer is None else buffer.to(device)


def pack(model: Any, name: str, values: torch.Tensor, device: str) -> None:
    """Put the weights of a layer in their place, packed on the device."""
    from bitsandbytes.nn import Params4bit

    layer = model.get_submodule(name.rpartition(".")[0])
    empty = layer.weight
    layer.weight = Params4bit(
        values,
        requires_grad=False,
        quant_type=empty.quant_type,
        compress_statistics=empty.compress_statistics,
        quant_storage=empty.quant_storage,
        module=layer,
    ).to(device)
