"""The one home of every setting and every default.

    loaded = load_config(sets=["training.learning_rate=5e-4"])
    loaded.config.training.learning_rate, loaded.sources["training.learning_rate"]

Order: defaults < ``hipatia.yaml`` (or ``--config FILE``) < ``HIPATIA_…`` < ``--set a.b=value`` and flags.
Secrets are never part of it. The English description of a field is its ``description``; the Spanish one
lives in ``locale/es/fields.json``.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import NoneType
from typing import Annotated, Any, Literal, Self, get_args

import yaml
from pydantic import BaseModel, ConfigDict, Field, PrivateAttr, TypeAdapter, ValidationError
from pydantic.fields import FieldInfo

from . import i18n
from .config_sources import Given, from_environment, from_file, from_sets, unknown
from .errors import ConfigError
from .redaction import redact

SYSTEM_PROMPTS: dict[Literal["es", "en"], str] = {
    "es": "Eres Hipatia, tutora de matemáticas. Explica paso a paso y acaba con «Respuesta: …».",
    "en": 'You are Hipatia, a mathematics tutor. Explain step by step and finish with "Answer: …".',
}

# For models that can follow more than one instruction at once; tuned ones answer as they were trained.
TUTOR_PROMPTS: dict[Literal["es", "en"], str] = {
    "es": (
        "Eres Hipatia, tutora de matemáticas. Quieres que quien estudia entienda, no solo que tenga el resultado.\n"
        "- Si te pega un ejercicio sin decir qué ha intentado, pregúntale primero qué ha probado o dónde se atasca.\n"
        "- Antes de resolver, da una pista: una sola, que le deje dar el paso siguiente.\n"
        "- Si en lo que ha hecho hay un error, di en qué paso está y por qué, y deja que lo corrija.\n"
        "- Si pregunta por un concepto o te pide que compruebes algo, contesta sin rodeos.\n"
        "- Si pide la solución o el resultado, resuélvelo entero, con una igualdad por paso, y acaba con una línea "
        "«Respuesta: …».\n"
        "Si no sabes algo, dilo. Escribe en español, claro y breve."
    ),
    "en": (
        "You are Hipatia, a mathematics tutor. You want the student to understand, not merely to have the result.\n"
        "- If an exercise is pasted without a word of what was tried, first ask what they tried or where they are stuck.\n"
        "- Before solving, give a hint: a single one, which lets them take the next step.\n"
        "- If there is a mistake in their work, say in which step it is and why, and let them correct it.\n"
        "- If they ask about a concept, or ask you to check something, answer straight away.\n"
        "- If they ask for the solution or the result, solve it in full, one equality a step, and finish with a line "
        '"Answer: …".\n'
        "If you do not know something, say so. Write in English, clearly and briefly."
    ),
}

# For models whose tokenizer brings no chat template. It needs no token beyond the end-of-text one.
FALLBACK_CHAT_TEMPLATE = (
    "{% for message in messages %}"
    "{% if message['role'] == 'system' %}{{ message['content'] + '\n\n' }}"
    "{% elif message['role'] == 'user' %}{{ '### Pregunta:\n' + message['content'] + '\n\n' }}"
    "{% else %}{{ '### Respuesta:\n' + message['content'] + eos_token + '\n\n' }}"
    "{% endif %}{% endfor %}"
    "{% if add_generation_prompt %}{{ '### Respuesta:\n' }}{% endif %}"
)

Positive = Annotated[int, Field(gt=0)]
NotNegative = Annotated[int, Field(ge=0)]
Share = Annotated[float, Field(ge=0)]
Minutes = Annotated[float, Field(gt=0)]
NonEmpty = Annotated[str, Field(min_length=1)]
Interject = Callable[[str], str | None]
Fraction01 = Annotated[float, Field(ge=0, lt=1)]
Whole01 = Annotated[float, Field(ge=0, le=1)]


_BATCH = 8  # rows of a step
_BUNDLED_MINUTES = 6.0  # with measuring before and after, ten on two cores
_EXERCISES_A_MINUTE = 600  # somewhat more than two cores learn
_CONVERSATIONS_A_MINUTE = 12  # they take a seventh of the time, being long
_HINTS_MADE = 0.1  # share, where nothing is set


class Section(BaseModel):
    """A group of settings; unknown keys are an error."""

    model_config = ConfigDict(
        extra="forbid", validate_default=True, protected_namespaces=(), allow_inf_nan=False
    )


class PathsConfig(Section):
    """Folders. Relative ones are relative to the working folder."""

    runs: Path = Field(default=Path("runs"), description="folder of the training runs")
    conversations: Path | None = Field(
        default=None, description="folder of the saved conversations (none: in the user's own data folder)"
    )
    cache: Path | None = Field(default=None, description="cache folder (none: the user's own cache folder)")

    @property
    def conversations_folder(self) -> Path:
        """``conversations``, else a place among what the system keeps for the user."""
        return self.conversations or _data_home() / "hipatia" / "conversations"

    @property
    def cache_folder(self) -> Path:
        """``cache``, else the place that the system has for such files."""
        if self.cache:
            return self.cache
        if sys.platform == "win32":
            return Path(os.environ.get("LOCALAPPDATA", Path.home() / "AppData" / "Local")) / "hipatia"
        if sys.platform == "darwin":
            return Path.home() / "Library" / "Caches" / "hipatia"
        return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "hipatia"


def _data_home() -> Path:
    """Where the system keeps what programs save for their user."""
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", Path.home() / "AppData" / "Local"))
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support"
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")


class ModelConfig(Section):
    """Which model, where it runs, in which precision."""

    base: str = Field(
        default="auto",
        description="base model: auto, embedded, a folder, a .gguf file, lmstudio:NAME, ollama:NAME or a hub id",
    )
    candidates: list[str] = Field(
        default=["mistralai/Mathstral-7B-v0.1", "tiiuae/falcon-7b", "facebook/opt-6.7b"],
        description="hub models that auto tries in this order before the embedded one",
    )
    revision: str | None = Field(default=None, description="revision of a hub model (none: the newest)")
    trust_remote_code: bool = Field(
        default=False,
        description="run Python code that a hub model brings; only with a revision of 40 digits",
    )
    embedded_path: Path | None = Field(
        default=None, description="local wheel or .gguf file of the embedded model (none: it is downloaded)"
    )
    max_auto_download_gb: float = Field(
        default=1.0, ge=0, description="auto never downloads more than this (in GB) without asking"
    )
    device: Literal["auto", "cuda", "mps", "xpu", "cpu"] = Field(
        default="auto", description="where to compute"
    )
    dtype: Literal["auto", "bfloat16", "float16", "float32"] = Field(
        default="auto", description="precision of weights"
    )
    load_in_4bit: bool | None = Field(
        default=None, description="4-bit weights (none: only where memory needs it)"
    )
    attention: Literal["auto", "eager", "sdpa", "flash_attention_2"] = Field(
        default="auto", description="attention implementation"
    )


class LoraConfig(Section):
    """The adapter (Hu et al., 2021, arXiv:2106.09685): W + alpha/rank · B·A."""

    rank: Positive = Field(default=16, description="rank of the adapter's matrices")
    alpha: Positive = Field(default=32, description="scale of the adapter; alpha/rank multiplies B·A")
    dropout: Fraction01 = Field(default=0.0, description="dropout on the adapter's input")
    rate_ratio: float = Field(
        default=8.0,
        gt=0,
        description="learning rate of B over that of A (LoRA+, Hayou et al., 2024, 2402.12354)",
    )
    target_modules: Literal["auto"] | list[str] = Field(
        default="auto",
        description="layers that get an adapter (auto: every linear layer but the output head)",
    )


class DataConfig(Section):
    """What is learnt from, and how it is split."""

    files: list[Path] = Field(default=[], description="training files (none: the bundled Spanish data)")
    format: Literal["auto", "pairs", "conversations"] = Field(
        default="auto", description="format of the files"
    )
    conversations: NotNegative | Literal["auto"] = Field(
        default="auto",
        description="bundled conversations that are learnt from (auto: by the time limit, at most all)",
    )
    exercises: NotNegative | Literal["auto"] = Field(
        default="auto",
        description="generated exercises added to the bundled conversations (auto: by the time limit)",
    )
    levels: dict[Literal["primary", "lower_secondary", "upper_secondary"], Share] = Field(
        default={"primary": 2.0, "lower_secondary": 1.0, "upper_secondary": 0.4},
        description="how often generated exercises are of each level, times the weight of their family",
    )
    topics: dict[str, Share] = Field(
        default={"word_problems": 2.5},
        description="the same by topic; a topic that is not named counts once",
    )
    hints: Whole01 | Literal["auto"] = Field(
        default="auto",
        description="share of the generated exercises told as a conversation with hints (auto: 0.1 in "
        "`hipatia data make`, none in training)",
    )
    max_length: Positive = Field(
        default=512, description="longest row, in tokens; longer ones are dropped and counted"
    )
    eval_fraction: Fraction01 = Field(default=0.05, description="share of the rows kept for validation")
    test_fraction: Fraction01 = Field(default=0.05, description="share of the rows kept for the final test")
    system_prompt: bool = Field(
        default=True, description="give rows without a system message the tutor's prompt"
    )

    @property
    def hints_made(self) -> float:
        """Share of conversations with hints among exercises that are made: ``hints``, and what its ``auto`` means."""
        return _HINTS_MADE if self.hints == "auto" else self.hints

    @property
    def hints_trained(self) -> float:
        """The same among the generated exercises of a training."""
        return 0.0 if self.hints == "auto" else self.hints


class TrainingConfig(Section):
    """How it learns."""

    seed: int = Field(default=0, ge=0, description="seed of every random choice")
    epochs: float = Field(default=1.0, gt=0, description="passes over the training rows")
    max_steps: Positive | None = Field(
        default=None, description="stop after this many steps (none: by epochs)"
    )
    max_minutes: Minutes | Literal["auto"] | None = Field(
        default="auto",
        description="end in good order after so many minutes of training (auto: 6 with the bundled data, else "
        "without limit; none: no limit)",
    )
    batch_size: Positive | Literal["auto"] = Field(
        default="auto",
        description="rows of a batch on one device; where so many do not fit into the memory, a step adds up "
        "smaller batches (auto: 8, on a GPU all at once)",
    )
    pass_tokens: Positive = Field(
        default=512, description="most tokens that are computed together; a larger batch is computed in parts"
    )
    gradient_accumulation: Positive = Field(default=1, description="batches added up into one step")
    gradient_checkpointing: bool | Literal["auto"] = Field(
        default="auto",
        description="compute activations again rather than keep them: less memory, more time (auto: only where "
        "memory needs it)",
    )
    learning_rate: float = Field(default=1e-3, gt=0, description="highest learning rate")
    schedule: Literal["constant", "linear", "cosine"] = Field(
        default="linear", description="learning rate after warm-up"
    )
    warmup_ratio: Fraction01 = Field(default=0.05, description="share of the steps in which the rate rises")
    weight_decay: float = Field(default=0.0, ge=0, description="weight decay of the adapter")
    max_grad_norm: float = Field(default=1.0, gt=0, description="gradients are clipped to this norm")
    evaluations: int = Field(
        default=1, ge=0, description="periodic evaluations in the course of the training"
    )
    evaluation_share: float = Field(
        default=0.2, gt=0, description="evaluations ask less where they would take more of the training time"
    )
    keep: Literal["last", "best"] = Field(
        default="last", description="the adapter at the end: the last one, or the best by verified accuracy"
    )
    patience: Positive | None = Field(
        default=None, description="stop after so many evaluations in a row without a better one (none: never)"
    )
    checkpoint_minutes: float = Field(default=5.0, ge=0, description="minutes between checkpoints")
    checkpoint_steps: Positive | None = Field(
        default=None, description="steps between checkpoints (none: by the minutes)"
    )
    checkpoints_kept: Positive = Field(
        default=2, description="newest checkpoints that are kept, beside that of the best evaluation"
    )
    trackers: list[Literal["tensorboard", "trackio"]] = Field(
        default=[], description="programs that are told the metrics too; they are installed apart"
    )

    @property
    def rows_at_once(self) -> int:
        """Rows of a batch on one device, as set: ``batch_size``, and what its ``auto`` asks for."""
        return _BATCH if self.batch_size == "auto" else self.batch_size

    @property
    def rows_per_step(self) -> int:
        """Rows that a step learns from on one device, however it is computed."""
        return self.rows_at_once * self.gradient_accumulation


class EvaluationConfig(Section):
    """How answers are measured."""

    batch_size: Positive = Field(default=96, description="answers generated together")
    max_new_tokens: Positive = Field(default=128, description="longest answer when measuring, in tokens")
    validation_problems: int = Field(
        default=24, ge=0, description="problems answered at each periodic evaluation"
    )
    unseen_exercises: int = Field(
        default=40, ge=0, description="exercises of families never trained on, at the end"
    )
    confidence: float = Field(default=0.95, gt=0, lt=1, description="confidence of the intervals")


class GenerationConfig(Section):
    """How answers are written."""

    max_new_tokens: Positive = Field(default=256, description="longest answer, in tokens")
    temperature: float = Field(default=0.0, ge=0, description="0: always the likeliest token (greedy)")
    top_p: float = Field(
        default=1.0, gt=0, le=1, description="sample from the likeliest tokens of this total probability"
    )
    seed: int = Field(default=0, ge=0, description="seed of sampling")
    stop: list[NonEmpty] = Field(
        default=[], description="texts that end an answer, of which they are no part"
    )
    exact_arithmetic: bool = Field(
        default=True,
        description="compute the value of each expression that an answer writes before an =, and put it in",
    )
    _interject: Interject | None = PrivateAttr(default=None)

    @property
    def interject(self) -> Interject | None:
        """What may put words in while an answer is written, in the place of exact arithmetic.

        No setting, it comes from the program.
        """
        return self._interject

    def interjecting(self, interject: Interject | None) -> Self:
        """These options with ``interject(text so far) -> words to go on with, or None``."""
        options = self.model_copy()
        options._interject = interject
        return options


class EnginesConfig(Section):
    """What runs the models."""

    local: Literal["auto", "llama_cpp", "transformers"] = Field(
        default="auto",
        description="what runs models on this machine (auto: llama.cpp to talk to a GGUF on a CPU, else transformers)",
    )
    context: Positive = Field(
        default=4096, description="longest conversation with its answer in llama.cpp, in tokens"
    )
    parallel: Positive = Field(default=8, description="answers that llama.cpp or a server writes at once")
    timeout: float = Field(
        default=300.0, gt=0, description="seconds without a word after which a server counts as gone"
    )
    retries: int = Field(default=5, ge=0, description="times that a busy or failing server is asked again")


class ChatConfig(Section):
    """How conversations are put to the model."""

    system_prompt: dict[Literal["es", "en"], str] = Field(
        default=SYSTEM_PROMPTS,
        description="the tutor's system prompt in each language: of training, of evaluation, and of the chat "
        "with the embedded model (with a tuned one, the prompt of its training)",
    )
    tutor_prompt: dict[Literal["es", "en"], str] = Field(
        default=TUTOR_PROMPTS,
        description="fuller system prompt of the chat with other models; one of your own goes to every model",
    )
    marks: bool = Field(default=True, description="mark right and wrong equalities of an answer with ✓ and ✗")
    save: bool = Field(default=True, description="save every conversation as it goes")
    regenerate_temperature: float = Field(
        default=0.7, gt=0, description="temperature of another answer (/regen) where it would be 0"
    )
    check_memory: bool = Field(
        default=True, description="load no model that the free memory is not enough for"
    )
    template: str = Field(
        default=FALLBACK_CHAT_TEMPLATE,
        description="Jinja chat template for models that bring none of their own",
    )


class ExportConfig(Section):
    """How trained models are written for other programs."""

    quantization: Literal["auto", "base", "F16", "BF16", "Q8_0", "Q6_K", "Q5_0", "Q4_0", "Q4_K_M"] = Field(
        default="auto",
        description="type of the weights (base: that of the base; auto: Q8_0, above 3 billion parameters Q4_K_M)",
    )
    system_prompt: bool = Field(
        default=True, description="the tutor's prompt becomes the default system message of the chat template"
    )
    proof_problems: int = Field(
        default=12, ge=0, description="held-out exercises that an export must answer as trained (0: no proof)"
    )
    folder: Path = Field(
        default=Path("export"), description="folder of exported models that are no training run's"
    )
    publisher: NonEmpty = Field(
        default="hipatia", description="publisher's name in LM Studio's models folder"
    )


class Config(Section):
    """Everything that can be set."""

    language: Literal["es", "en"] | None = Field(default=None, description="language (none: the system's)")
    paths: PathsConfig = PathsConfig()
    model: ModelConfig = ModelConfig()
    lora: LoraConfig = LoraConfig()
    data: DataConfig = DataConfig()
    training: TrainingConfig = TrainingConfig()
    evaluation: EvaluationConfig = EvaluationConfig()
    generation: GenerationConfig = GenerationConfig()
    engines: EnginesConfig = EnginesConfig()
    chat: ChatConfig = ChatConfig()
    export: ExportConfig = ExportConfig()

    @property
    def time_limit(self) -> float | None:
        """Minutes of training in force: ``training.max_minutes``, and what its ``auto`` means."""
        limit = self.training.max_minutes
        if limit == "auto":
            return None if self.data.files or self.training.max_steps else _BUNDLED_MINUTES
        return limit

    @property
    def conversation_count(self) -> int:
        """Bundled conversations to take: ``data.conversations``, and what its ``auto`` means."""
        if self.data.conversations == "auto":
            return round((self.time_limit or _BUNDLED_MINUTES) * _CONVERSATIONS_A_MINUTE)
        return self.data.conversations

    @property
    def exercise_count(self) -> int:
        """Exercises to generate: ``data.exercises``, and what its ``auto`` means."""
        if self.data.exercises == "auto":
            return round((self.time_limit or _BUNDLED_MINUTES) * _EXERCISES_A_MINUTE)
        return self.data.exercises

    @property
    def settled(self) -> Self:
        """With the amounts that ``auto`` stands for in ``data``: a run keeps to them, whatever time it is given."""
        counts = {"conversations": self.conversation_count, "exercises": self.exercise_count}
        return self if self.data.files else self.changed("data", **counts)

    def changed(self, section: str, **values: Any) -> Self:
        """A copy with other values in a section, which are not checked."""
        return self.model_copy(update={section: getattr(self, section).model_copy(update=values)})


@dataclass(frozen=True, slots=True)
class LoadedConfig:
    """The effective configuration, and for each setting where its value came from.

    A source is ``default``, the configuration file's path, an environment variable's name, ``--set`` or
    ``flag``.
    """

    config: Config
    sources: dict[str, str]


def settings(model: type[BaseModel] = Config, prefix: str = "") -> dict[str, FieldInfo]:
    """Every setting by its dotted name, in the order of this file."""
    found: dict[str, FieldInfo] = {}
    for name, field in model.model_fields.items():
        if isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel):
            found |= settings(field.annotation, f"{prefix}{name}.")
        else:
            found[prefix + name] = field
    return found


def describe(name: str) -> str:
    """What a setting is for, in the language in force."""
    if i18n.language() == "es":
        return i18n.t(f"fields.{name}")
    return settings()[name].description or ""


def load_config(
    file: str | Path | None = None,
    sets: Iterable[str] = (),
    flags: Mapping[str, Any] | None = None,
    environ: Mapping[str, str] = os.environ,
) -> LoadedConfig:
    """The configuration from all its origins; later ones win.

    ``file`` must exist if it is given; else ``hipatia.yaml`` of the working folder is read where there is
    one. ``sets`` are ``"a.b=value"``; ``flags`` map dotted names to values, ``None`` meaning not given.
    Raises ConfigError, with all problems in one message.
    """
    known = settings()
    mappings = {name: field.default for name, field in known.items() if isinstance(field.default, dict)}
    inner = {f"{name}.{key}": name for name, default in mappings.items() for key in default}
    names = [*known, *inner]
    problems: list[str] = []
    given = [*from_file(file, names), *from_environment(environ, names, problems), *from_sets(sets, problems)]
    given += [Given(name, value, "flag") for name, value in (flags or {}).items() if value is not None]
    values: dict[str, Any] = Config().model_dump()
    sources = dict.fromkeys(known, "default")
    for item in given:
        if item.name not in names:
            problems.append(unknown(item, names))
            continue
        as_text = item.is_text and item.name in known
        _place(values, item.name, _typed(known[item.name], item.value) if as_text else item.value)
        sources[inner.get(item.name, item.name)] = item.source
    return LoadedConfig(_validate(values, sources, problems), sources)


def dump_yaml(config: Config) -> str:
    """The configuration as YAML that ``load_config`` reads back to an equal one, unless a secret was in it."""
    return redact(yaml.safe_dump(config.model_dump(mode="json"), sort_keys=False, allow_unicode=True))


def annotated_yaml(loaded: LoadedConfig) -> str:
    """The configuration as YAML with a comment a setting: its description and its value's source."""
    values, lines, section = loaded.config.model_dump(mode="json"), [], ""
    for name, source in loaded.sources.items():
        group, _, last = name.rpartition(".")
        if group != section:
            lines += ["", f"{group}:"]
        section, indent = group, "  " if group else ""
        value = values[group][last] if group else values[last]
        text = yaml.safe_dump({last: value}, sort_keys=False, allow_unicode=True, width=110)
        lines.append(f"{indent}# {describe(name)} [{_label(source)}]")
        lines += [indent + line for line in text.splitlines()]
    return redact("\n".join([*lines, ""]))


def with_setting(config: Config, name: str, text: str) -> Config:
    """The configuration with one setting changed, its value read as that of ``--set``. Raises ConfigError."""
    known = settings()
    values = config.model_dump()
    _place(values, name, _typed(known[name], text))
    return _validate(values, dict.fromkeys(known, "/set"), [])


def _label(source: str) -> str:
    return i18n.t(f"config.source.{source}") if source in ("default", "flag") else source


def _typed(field: FieldInfo, text: str) -> Any:
    """What the text means for this setting: itself, a YAML list or mapping, or a list by commas."""
    if text.strip().lower() in ("null", "none", "~") and NoneType in get_args(field.annotation):
        return None
    kind = TypeAdapter[Any](field.annotation or Any)
    for read in (str, yaml.safe_load, lambda text: [part.strip() for part in text.split(",")]):
        with suppress(ValidationError, yaml.YAMLError):
            kind.validate_python(value := read(text))
            return value
    return text


def _place(values: dict[str, Any], name: str, value: Any) -> None:
    *sections, last = name.split(".")
    for section in sections:
        values = values[section]
    if isinstance(value, dict) and isinstance(values[last], dict):
        value = values[last] | value
    values[last] = value


def _validate(values: dict[str, Any], sources: Mapping[str, str], problems: list[str]) -> Config:
    config = Config()
    try:
        config = Config.model_validate(values)
    except ValidationError as error:
        problems += _explain(error, sources)
    if problems:
        raise ConfigError.of("config.problems", problems="\n".join(f"  - {line}" for line in problems))
    return config


def _explain(error: ValidationError, sources: Mapping[str, str]) -> Iterator[str]:
    """One sentence a setting, in the language in force."""
    seen = set()
    for problem in error.errors(include_url=False):
        parts = [str(part) for part in problem["loc"]]
        name = next(n for n in (".".join(parts[:2]), parts[0]) if n in sources)
        if name in seen:
            continue
        seen.add(name)
        kinds = (problem["type"], problem["type"].split("_")[0], "other")
        kind = next(kind for kind in kinds if i18n.has(f"config.must.{kind}"))
        limit = next(iter(problem.get("ctx", {}).values()), "")
        limit = f"{limit:g}" if isinstance(limit, int | float) else str(limit).replace(" or ", ", ")
        must = i18n.t(f"config.must.{kind}", limit=limit, reason=problem["msg"])
        value = str(problem["input"])[:60]
        yield i18n.t("config.bad_value", name=name, value=value, must=must, source=_label(sources[name]))
