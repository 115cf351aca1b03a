"""A GGUF from a model that has none: ``convert(trained, "Q8_0", template)`` of a folder or a hub model.

The weights are loaded in 16 bits (32 where the processor has no bfloat16) into the machine's memory, the
adapter added, and written as they come. The proof then has the same model beside the file.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from ..config import Config
from ..gguf.writer_merged import BASE
from ..gguf.writer_metadata import architecture_name
from ..gguf.writer_model import OWN_TYPES, Plan, plan_model
from ..modeling import detect_hardware, load_adapter, load_base, needs_4bit
from ..pretrained import count_parameters, locate, open_config

if TYPE_CHECKING:
    from .exporting import Trained

Say = Callable[[str], None]


def convert(trained: Trained, kind: str, template: str | None, say: Say) -> Plan:
    """The file of the whole model. Raises ModelError for one that a GGUF cannot hold."""
    place = locate(trained.base_source, trained.config, say)
    architecture_name(open_config(place), trained.base_source)  # before anything large is loaded
    config = in_memory(trained.config)
    hardware = detect_hardware(config)
    if trained.adapter:
        base = load_adapter(trained.adapter, config, hardware, say)
        model = base.model.unload()  # the adapter is in the weights already
    else:
        base = load_base(trained.base_source, config, hardware, say)
        model = base.model
    base.tokenizer.chat_template = template or base.tokenizer.chat_template
    return plan_model(model, base.tokenizer, kind, trained.stem, trained.base_source)


def in_memory(config: Config) -> Config:
    """The settings with the model in the machine's memory and all its bits."""
    changes = {"device": "cpu", "load_in_4bit": False, "attention": "auto"}
    return config.model_copy(update={"model": config.model.model_copy(update=changes)})


def for_the_proof(config: Config, source: str, say: Say) -> Config:
    """As set, but for 4 bits: the file was not made from those."""
    hardware = detect_hardware(config)
    parameters = count_parameters(locate(source, config, say).folder)
    return in_memory(config) if needs_4bit(parameters, config, hardware) else config


def parameters_of(trained: Trained, say: Say) -> int:
    """Weights of the base, by the headers of its files."""
    return count_parameters(locate(trained.base_source, trained.config, say).folder)


def shown_type(config: Config, kind: str) -> str:
    """How the file's type is called."""
    return OWN_TYPES[detect_hardware(in_memory(config)).dtype] if kind == BASE else kind
