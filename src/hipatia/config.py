"""The one home of every setting and every default.

    loaded = load_config(sets=["training.learning_rate=5e-4"])
    loaded.config.training.learning_rate, loaded.sources["training.learning_rate"]

Order: defaults < ``hipatia.yaml`` (or ``--config FILE``) < ``HIPATIA_…`` < ``--set a.b=value`` and flags.
Secrets are never part of it. The English description of a field is its ``description``; the Spanish one
lives in ``locale/es/fields.json``.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

SYSTEM_PROMPTS = {
    "es": (
        "Eres Hipatia, tutora de matemáticas. Explica paso a paso, con frases claras y cálculos exactos. "
        "Si te piden un resultado, termina con una línea «Respuesta: …»."
    ),
    "en": (
        "You are Hipatia, a mathematics tutor. Explain step by step, in clear sentences with exact "
        'calculations. When a result is asked for, finish with a line "Answer: …".'
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
Fraction01 = Annotated[float, Field(ge=0, lt=1)]


class Section(BaseModel):
    """A group of settings; unknown keys are an error."""

    model_config = ConfigDict(extra="forbid", validate_default=True, protected_namespaces=())


class PathsConfig(Section):
    """Folders. Relative ones are relative to the working folder."""

    runs: Path = Field(Path("runs"), description="folder of the training runs")
    conversations: Path = Field(Path("conversations"), description="folder of the saved conversations")
    cache: Path | None = Field(None, description="cache folder (none: the user's own cache folder)")


class ModelConfig(Section):
    """Which model, where it runs, in which precision."""

    base: str = Field("auto", description="base model: auto, embedded, a folder, a .gguf file or a hub id")
    candidates: list[str] = Field(
        default=["mistralai/Mathstral-7B-v0.1", "tiiuae/falcon-7b", "facebook/opt-6.7b"],
        description="hub models that auto tries in this order before the embedded one",
    )
    revision: str | None = Field(None, description="revision of a hub model (none: the newest)")
    embedded_path: Path | None = Field(
        None, description="local wheel or .gguf file of the embedded model (none: it is downloaded)"
    )
    max_auto_download_gb: float = Field(
        1.0, ge=0, description="auto never downloads more than this (in GB) without asking"
    )
    device: Literal["auto", "cuda", "mps", "xpu", "cpu"] = Field("auto", description="where to compute")
    dtype: Literal["auto", "bfloat16", "float16", "float32"] = Field("auto", description="precision of weights")
    load_in_4bit: bool | None = Field(None, description="4-bit weights (none: only where memory needs it)")
    attention: Literal["auto", "eager", "sdpa", "flash_attention_2"] = Field(
        "auto", description="attention implementation"
    )


class LoraConfig(Section):
    """The adapter (Hu et al., 2021, arXiv:2106.09685): W + alpha/rank · B·A."""

    rank: Positive = Field(16, description="rank of the adapter's matrices")
    alpha: Positive = Field(32, description="scale of the adapter; alpha/rank multiplies B·A")
    dropout: Fraction01 = Field(0.0, description="dropout on the adapter's input")
    target_modules: Literal["auto"] | list[str] = Field(
        "auto", description="layers that get an adapter (auto: every linear layer but the output head)"
    )


class DataConfig(Section):
    """What is learnt from, and how it is split."""

    files: list[Path] = Field(default=[], description="training files (none: the bundled Spanish data)")
    format: Literal["auto", "pairs", "conversations"] = Field("auto", description="format of the files")
    exercises: int = Field(1200, ge=0, description="generated exercises added to the bundled conversations")
    max_length: Positive = Field(512, description="longest row, in tokens; longer ones are dropped and counted")
    eval_fraction: Fraction01 = Field(0.05, description="share of the rows kept for validation")
    test_fraction: Fraction01 = Field(0.05, description="share of the rows kept for the final test")
    system_prompt: bool = Field(True, description="give rows without a system message the tutor's prompt")


class TrainingConfig(Section):
    """How it learns."""

    seed: int = Field(0, ge=0, description="seed of every random choice")
    epochs: float = Field(1.0, gt=0, description="passes over the training rows")
    max_steps: Positive | None = Field(None, description="stop after this many steps (none: by epochs)")
    batch_size: Positive = Field(16, description="rows per step on one device")
    gradient_accumulation: Positive = Field(1, description="batches added up into one step")
    learning_rate: float = Field(1e-3, gt=0, description="highest learning rate")
    schedule: Literal["constant", "linear", "cosine"] = Field("linear", description="learning rate after warm-up")
    warmup_ratio: Fraction01 = Field(0.05, description="share of the steps in which the rate rises")
    weight_decay: float = Field(0.0, ge=0, description="weight decay of the adapter")
    max_grad_norm: float = Field(1.0, gt=0, description="gradients are clipped to this norm")
    evaluations: int = Field(3, ge=0, description="periodic evaluations in the course of the training")
    checkpoints: Positive = Field(2, description="checkpoints kept")


class EvaluationConfig(Section):
    """How answers are measured."""

    batch_size: Positive = Field(64, description="answers generated together")
    validation_problems: int = Field(24, ge=0, description="problems answered at each periodic evaluation")
    unseen_exercises: int = Field(40, ge=0, description="exercises of families never trained on, at the end")
    confidence: float = Field(0.95, gt=0, lt=1, description="confidence of the intervals")


class GenerationConfig(Section):
    """How answers are written."""

    max_new_tokens: Positive = Field(256, description="longest answer, in tokens")
    temperature: float = Field(0.0, ge=0, description="0: always the likeliest token (greedy)")
    top_p: float = Field(1.0, gt=0, le=1, description="sample from the likeliest tokens of this total probability")
    seed: int = Field(0, ge=0, description="seed of sampling")


class ChatConfig(Section):
    """How conversations are put to the model."""

    system_prompt: dict[Literal["es", "en"], str] = Field(
        default=SYSTEM_PROMPTS, description="the tutor's system prompt in each language"
    )
    template: str = Field(
        FALLBACK_CHAT_TEMPLATE, description="Jinja chat template for models that bring none of their own"
    )


class Config(Section):
    """Everything that can be set."""

    language: Literal["es", "en"] | None = Field(None, description="language (none: the system's)")
    paths: PathsConfig = PathsConfig()
    model: ModelConfig = ModelConfig()
    lora: LoraConfig = LoraConfig()
    data: DataConfig = DataConfig()
    training: TrainingConfig = TrainingConfig()
    evaluation: EvaluationConfig = EvaluationConfig()
    generation: GenerationConfig = GenerationConfig()
    chat: ChatConfig = ChatConfig()
