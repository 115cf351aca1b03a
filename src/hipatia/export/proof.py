"""Whether an exported file still answers as the trained model does: ``prove(exported, settings) -> Proof``.

llama.cpp on the file against the model in its training form, on held-out exercises of families that no
training has seen, with and without the system prompt. On their worked solutions, token by token: how often both
find the same token likeliest, and the Kullback-Leibler divergence over the likeliest tokens and the rest as
one. On the questions: greedy answers, and how many are right.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from .. import i18n
from ..config import Config, GenerationConfig
from ..engines.llama_cpp import LlamaCppEngine, threads
from ..engines.transformers import TransformersEngine
from ..exercises import UNSEEN_FAMILIES, Exercise, generate
from ..grading import validate_many
from ..modeling import detect_hardware, load_adapter, load_base, load_tokenizer, prepared_tokenizer
from ..prompting import encode_conversation, encode_prompt, with_system_prompt
from ..schema import Message
from .next_tokens import NextTokens

_SEED = 40_000  # other exercises than those of the evaluation
_CONTEXT = 2048
# By type: the least agreement of likeliest tokens, and the most divergence, in nats a token. Measured on the
# embedded model, with room for others; bfloat16 against llama.cpp's rounding alone comes to about 0.003.
LIMITS = {
    "F32": (0.95, 0.02), "F16": (0.95, 0.02), "BF16": (0.95, 0.02), "Q8_0": (0.95, 0.02), "Q6_K": (0.93, 0.03),
    "Q5_0": (0.90, 0.06), "Q5_1": (0.90, 0.06), "Q4_K_M": (0.87, 0.10), "Q4_1": (0.85, 0.12),
}  # fmt: skip
_OTHER_LIMITS = (0.82, 0.20)  # Q4_0, and types of less than 5 bits
_NOISE = 0.01  # nats; below this a difference is rounding, however little the adapter changes

Say = Callable[[str], None]
Top = dict[int, float]


@dataclass(frozen=True, slots=True)
class Exported:
    """What is to be proven: the file (and LoRA) for llama.cpp, the adapter that it comes from, if any.

    ``is_converted``: metadata and tokenizer were written anew, too.
    """

    model: Path
    lora: Path | None
    adapter: Path | None
    base: str
    type_name: str
    system: str
    has_default_system: bool = False
    is_converted: bool = False


@dataclass(frozen=True, slots=True)
class Figures:
    """With or without the system prompt. ``agreement`` and ``equal_answers`` are shares, ``kl`` nats a token."""

    tokens: int
    agreement: float
    kl: float
    effect: float
    problems: int
    equal_answers: float
    right_training: int
    right_export: int


@dataclass(frozen=True, slots=True)
class Proof:
    """The figures, and why the export is refused; empty if it is not."""

    type: str
    figures: dict[str, Figures]
    least_agreement: float
    most_kl: float
    refused: str = ""

    def to_json(self) -> dict[str, Any]:
        """As it stands in run.json."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class _Given:
    """A held-out exercise as tokens: the prompt, and from ``first`` on its worked solution."""

    tokens: list[int]
    places: list[int]


def prove(exported: Exported, config: Config, say: Say = lambda _: None) -> Proof:
    """Compare both and judge. Raises ModelError for a file that llama.cpp cannot load."""
    exercises = generate(
        config.export.proof_problems, seed=_SEED, language=i18n.language(), families=UNSEEN_FAMILIES
    )
    variants = {"with_system": exported.system, "without_system": ""}
    variants = {name: prompt for name, prompt in variants.items() if prompt or name == "without_system"}
    tokenizer = prepared_tokenizer(_tokenizer(exported, config), config)
    given = {name: [_given(one, prompt, tokenizer) for one in exercises] for name, prompt in variants.items()}
    asked = {name: _asked(exercises, prompt) for name, prompt in variants.items()}
    hardware = detect_hardware(config)
    say(i18n.t("export.proving", problems=len(exercises)))
    theirs, template_is_used = _by_llama_cpp(exported, given, tokenizer)
    reference = load_base(exported.base, config, hardware)
    # What the adapter changes is the scale of all errors.
    before = _compared(reference.model, given, theirs)
    if exported.adapter:
        del reference  # one model at a time
        reference = load_adapter(exported.adapter, config, hardware)
    ours = _compared(reference.model, given, theirs)
    engine = TransformersEngine(reference.model, tokenizer, "training")
    options = _options(config)
    answers = {name: [one.text for one in engine.generate(talk, options)] for name, talk in asked.items()}
    del reference, engine
    with _llama_cpp(exported, tokenizer, config) as other:
        found = {name: [one.text for one in other.generate(talk, options)] for name, talk in asked.items()}
    figures = {
        name: _figures(exercises, ours[name], before[name], theirs[name], answers[name], found[name])
        for name in variants
    }
    return _judged(exported, figures, template_is_used)


def _tokenizer(exported: Exported, config: Config) -> Any:
    """The base's, which it was trained with."""
    from . import base_file

    path = base_file(exported.adapter, config) if exported.adapter else None
    return load_tokenizer(path or exported.base, revision=config.model.revision)


def _judged(exported: Exported, figures: dict[str, Figures], template_is_used: bool) -> Proof:
    agreement, kl = LIMITS.get(exported.type_name, _OTHER_LIMITS)
    least, most = min(f.agreement for f in figures.values()), max(f.kl for f in figures.values())
    reasons = []
    if least < agreement:
        reasons.append(i18n.t("export.why.agreement", found=_percent(least), limit=_percent(agreement)))
    if most > kl:
        reasons.append(i18n.t("export.why.kl", found=i18n.number(most, 4), limit=i18n.number(kl, 2)))
    if exported.adapter and any(f.kl > max(f.effect, _NOISE) for f in figures.values()):
        reasons.append(i18n.t("export.why.effect"))
    if not template_is_used:
        reasons.append(i18n.t("export.why.template"))
    return Proof(exported.type_name, figures, agreement, kl, " ".join(reasons))


def _percent(share: float) -> str:
    return f"{i18n.number(100 * share, 1)} %"


# --- what is asked --------------------------------------------------------------------------------


def _given(exercise: Exercise, prompt: str, tokenizer: Any) -> _Given:
    messages = with_system_prompt(exercise.conversation().messages, prompt)
    encoded = encode_conversation(messages, tokenizer)
    places = [index for index, learnt in enumerate(encoded.loss_mask) if learnt and index]
    end = places[-1] + 1
    return _Given(encoded.input_ids[:end], list(range(places[0], end)))


def _asked(exercises: Sequence[Exercise], prompt: str) -> list[tuple[Message, ...]]:
    return [with_system_prompt([Message("user", one.question)], prompt) for one in exercises]


def _options(config: Config) -> GenerationConfig:
    changes = {
        "temperature": 0.0,
        "max_new_tokens": config.evaluation.max_new_tokens,
        "exact_arithmetic": False,
    }
    return config.generation.model_copy(update=changes)


# --- llama.cpp ------------------------------------------------------------------------------------


def _by_llama_cpp(
    exported: Exported, given: dict[str, list[_Given]], tokenizer: Any
) -> tuple[dict[str, list[list[Top]]], bool]:
    """The likeliest tokens at each place; and whether llama.cpp reads a conversation as the training did."""
    letter = tokenizer.encode("a", add_special_tokens=False)[-1]
    asked = _conversations(exported)
    with NextTokens(exported.model, exported.lora, letter, threads(), _CONTEXT) as ask:
        tops = {name: [ask.after(one.tokens, one.places[0]) for one in rows] for name, rows in given.items()}
        used = all(
            ask.prompt_tokens([{"role": one.role, "content": one.content} for one in talk])
            == len(encode_prompt(meant, tokenizer))
            for talk, meant in asked
        )
    return tops, used


def _conversations(exported: Exported) -> list[tuple[tuple[Message, ...], tuple[Message, ...]]]:
    """What is said to llama.cpp, and what it is to make of it by the file's template and tokenizer."""
    talks: list[tuple[Message, ...]] = [(Message("user", "¿2 + 2?"),)]
    if exported.is_converted:
        talks.append(
            (*talks[0], Message("assistant", "2 + 2 = 4\n\nRespuesta: 4"), Message("user", " \\frac{1}{2}? "))
        )
    found = []
    for talk in talks:
        meant = with_system_prompt(talk, exported.system)
        if exported.has_default_system:
            found.append((talk, meant))
        elif exported.is_converted:
            found.append((meant, meant))
    return found


@contextmanager
def _llama_cpp(exported: Exported, tokenizer: Any, config: Config) -> Iterator[LlamaCppEngine]:
    """One answer at a time, which does not depend on those beside it."""
    settings = config.engines.model_copy(update={"parallel": 1, "context": _CONTEXT})
    engine = LlamaCppEngine(exported.model, lambda: tokenizer, "export", settings, adapter=exported.lora)
    try:
        yield engine
    finally:
        engine.close()


# --- the training form ----------------------------------------------------------------------------


def _compared(
    model: Any, given: dict[str, list[_Given]], theirs: dict[str, list[list[Top]]]
) -> dict[str, list[list[tuple[int, Top]]]]:
    """At each place the likeliest token, and the log-probabilities of llama.cpp's likeliest ones."""
    import torch

    def one(row: _Given, tops: list[Top]) -> list[tuple[int, Top]]:
        ids = torch.tensor([row.tokens], device=model.device)
        with torch.no_grad():
            logits = model(ids).logits[0, [place - 1 for place in row.places]]
        values = torch.log_softmax(logits.float(), -1).cpu()
        found = []
        for line, top in zip(values, tops, strict=True):
            named = list(top)
            found.append((int(line.argmax()), dict(zip(named, line[named].tolist(), strict=True))))
        return found

    model.eval()
    return {
        name: [one(row, tops) for row, tops in zip(rows, theirs[name], strict=True)]
        for name, rows in given.items()
    }


# --- figures --------------------------------------------------------------------------------------


def _figures(
    exercises: Sequence[Exercise],
    ours: list[list[tuple[int, Top]]],
    before: list[list[tuple[int, Top]]],
    theirs: list[list[Top]],
    answers: list[str],
    found: list[str],
) -> Figures:
    places = [
        (mine, old, top)
        for rows in zip(ours, before, theirs, strict=True)
        for mine, old, top in zip(*rows, strict=True)
    ]
    same = sum(max(top, key=lambda token: top[token]) == mine[0] for mine, _, top in places)
    right = [
        sum(
            map(
                bool,
                validate_many([(t, e.answer, e.question) for t, e in zip(texts, exercises, strict=True)]),
            )
        )
        for texts in (answers, found)
    ]
    return Figures(
        tokens=len(places),
        agreement=same / len(places),
        kl=sum(divergence(mine[1], top) for mine, _, top in places) / len(places),
        effect=sum(divergence(mine[1], old[1]) for mine, old, _ in places) / len(places),
        problems=len(exercises),
        equal_answers=sum(a.strip() == b.strip() for a, b in zip(answers, found, strict=True))
        / len(exercises),
        right_training=right[0],
        right_export=right[1],
    )


def divergence(p: Top, q: Top) -> float:
    """KL(p‖q) in nats over the named tokens and all others as one: at most the whole one's."""
    total, rest_p, rest_q = 0.0, 1.0, 1.0
    for token, value in p.items():
        total += math.exp(value) * (value - q[token])
        rest_p -= math.exp(value)
        rest_q -= math.exp(q[token])
    if rest_p > 1e-9:
        total += rest_p * math.log(rest_p / max(rest_q, 1e-9))
    return total
