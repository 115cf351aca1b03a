"""Opening a model to talk to: what it is, whether it fits, and with which system prompt.

    opened = open_model("latest", config, say=print)
    opened.engine, opened.system

The system prompt of a model that was trained here is that of its training, which it answers best to. The
embedded model, too small for instructions, has the short one of ``chat.system_prompt``; every other model has
``chat.tutor_prompt``. Whoever writes a ``chat.tutor_prompt`` of their own has it with every model.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from .. import i18n
from ..catalog import Source, open_engine, resolve
from ..config import TUTOR_PROMPTS, Config, GenerationConfig
from ..doctor import Facts
from ..engines import Conversation, Engine, OnDone
from ..engines.llama_cpp import LlamaCppEngine
from ..engines.openai import is_server
from ..errors import ModelError
from ..modeling import BASE_FILE, EMBEDDED
from ..runs import ADAPTER, newest_finished
from ..schema import Chunk, Completion
from .memory import memory_forecast

Say = Callable[[str], None]


class NotEnoughMemory(ModelError):
    """A model that the free memory is not enough for; without the one that is loaded it might be."""


class Nobody:
    """In the place of an engine that had to leave."""

    name = ""

    def describe(self) -> str:
        return ""

    def can_continue(self) -> bool:
        return False

    def close(self) -> None:
        """It has left already."""

    def stream(self, messages: Conversation, options: GenerationConfig) -> Iterator[Chunk]:
        raise ModelError.of("chat.no_model")

    def generate(
        self, batch: Sequence[Conversation], options: GenerationConfig, on_done: OnDone | None = None
    ) -> list[Completion]:
        raise ModelError.of("chat.no_model")


@dataclass(frozen=True, slots=True)
class Opened:
    """A model that answers: the MODEL argument that opens it again, and the system prompt for it."""

    engine: Engine
    argument: str
    system: str

    def close(self) -> None:
        """Let go of its memory, or of the process that it runs in."""
        self.engine.close()


def open_model(model: str | None, config: Config, facts: Facts, say: Say) -> Opened:
    """Load what MODEL means. Raises ModelError; NotEnoughMemory before anything is loaded."""
    if model and is_server(model):
        return Opened(open_engine(model, config, say), model, config.chat.tutor_prompt[i18n.language()])  # type: ignore[index]
    source = resolve(model, config)
    if model in (None, "", "latest") and newest_finished(config.paths.runs) is None:
        say(i18n.t("chat.nothing_trained"))
    if config.chat.check_memory:
        _check_memory(source, config, facts)
    engine, system = open_engine(model, config, say), system_prompt(source, config)
    if isinstance(engine, LlamaCppEngine):
        engine.warm(system)  # while the first question is being typed
    return Opened(engine, argument_of(source), system)


def argument_of(source: Source) -> str:
    """The MODEL argument that means this source wherever it is given."""
    path = Path(source.location)
    if not path.exists():
        return source.location  # embedded, or a name on the hub
    return str((path.parent if path.name == ADAPTER else path).resolve())


def system_prompt(source: Source, config: Config) -> str:
    """The system prompt to talk to a model with, in the language in force; empty for none."""
    language: Any = i18n.language()
    fuller = config.chat.tutor_prompt[language]
    if fuller != TUTOR_PROMPTS[language]:
        return fuller
    if (
        source.kind == "adapter"
        and (trained := _prompt_of_training(Path(source.location), language)) is not None
    ):
        return trained
    made_here = source.location == EMBEDDED or (Path(source.location) / BASE_FILE).is_file()
    return config.chat.system_prompt[language] if made_here else fuller


def _prompt_of_training(adapter: Path, language: str) -> str | None:
    """The prompt that a run was trained with, None where its settings cannot be read."""
    try:
        settings = yaml.safe_load((adapter.parent / "config.yaml").read_text(encoding="utf-8"))
        if not settings["data"]["system_prompt"]:
            return ""
        return str(settings["chat"]["system_prompt"][language])
    except (OSError, ValueError, KeyError, TypeError, yaml.YAMLError):
        return None


def _check_memory(source: Source, config: Config, facts: Facts) -> None:
    forecast = memory_forecast(source, config, facts)
    if forecast and not forecast.fits:
        kind = NotEnoughMemory if forecast.needed < forecast.total else ModelError
        raise kind.of(
            "chat.no_memory.cpu" if forecast.device == "cpu" else "chat.no_memory.gpu",
            model=source.name,
            needed=_gb(forecast.needed),
            free=_gb(forecast.free),
            device=forecast.device,
        )


def _gb(size: int) -> str:
    return i18n.number(size / 1e9, 1)
