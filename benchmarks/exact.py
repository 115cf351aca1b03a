"""What exact arithmetic costs: the same questions with and without it, on transformers and on llama.cpp.

    python benchmarks/exact.py [MODEL] [--questions 48] [--rounds 3] [--tokens 96]

Without MODEL: the newest run, else the embedded model, which writes few calculations. Questions are exercises of
`hipatia data make` that nobody was trained on, asked with the tutor's prompt, greedily. With and without take
turns; the speed is that of the tokens in the finished answers, those that were put in included and those that
were taken back not; in a second, and in a second of processor time, which other programs do not disturb. "stream" is one answer after another, as in a chat.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import psutil

from hipatia import catalog, exercises
from hipatia.config import Config, GenerationConfig, load_config
from hipatia.engines import Engine
from hipatia.engines.streams import collect
from hipatia.evaluation import prompt_for
from hipatia.schema import Completion

SEED = 20_240_601  # of exercises that no training draws
STREAMED = 8  # questions of a round of streams
Answer = Callable[[list[Any], GenerationConfig], list[Completion]]


@dataclass(frozen=True)
class Measured:
    """Tokens of the finished answers a second, and a second of the processor; the answers."""

    speed: float
    cpu_speed: float
    answers: list[Completion]


def cpu_seconds() -> float:
    """Of this process and of those that it started."""
    own = psutil.Process()
    spent = [process.cpu_times() for process in (own, *own.children())]
    return sum(times.user + times.system for times in spent)


def measure(engine: Any, answer: Answer, asked: list[Any], options: GenerationConfig) -> Measured:
    wall, cpu = time.perf_counter(), cpu_seconds()
    answers = answer(asked, options)
    wall, cpu = time.perf_counter() - wall, cpu_seconds() - cpu
    tokens = sum(len(engine.tokenizer.encode(one.text, add_special_tokens=False)) + 1 for one in answers)
    return Measured(tokens / wall, tokens / cpu, answers)


def compare(
    engine: Any, name: str, answer: Answer, asked: list[Any], options: GenerationConfig, rounds: int
) -> None:
    """Print both speeds, their ratio, and how much was put in."""
    both = {exact: options.model_copy(update={"exact_arithmetic": exact}) for exact in (False, True)}
    for warm in both.values():  # every new shape costs torch some time, once
        answer(asked, warm)
    found: dict[bool, list[Measured]] = {False: [], True: []}
    for number in range(rounds):
        for exact in (False, True) if number % 2 == 0 else (True, False):
            found[exact].append(measure(engine, answer, asked, both[exact]))
    plain, exact = [statistics.median(one.speed for one in found[which]) for which in (False, True)]
    busy = [statistics.median(one.cpu_speed for one in found[which]) for which in (False, True)]
    put = [len(one.forced) for one in found[True][0].answers]
    print(
        f"{name:<22} {plain:7.1f} tokens/s without, {exact:7.1f} with: {exact / plain - 1:+.0%}"
        f" (a CPU second: {busy[0]:.1f}, {busy[1]:.1f}: {busy[1] / busy[0] - 1:+.0%};"
        f" {sum(put)} values put into {sum(map(bool, put))} of {len(asked)} answers)",
        flush=True,
    )


def opened(model: str | None, local: str) -> tuple[Engine, Config]:
    config = load_config(sets=[f"engines.local={local}"], environ={}).config
    return catalog.open_engine(model, config, many=local == "transformers"), config


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("model", nargs="?")
    parser.add_argument("--questions", type=int, default=48)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--tokens", type=int, default=96)
    parser.add_argument("--engine", choices=("transformers", "llama_cpp"), action="append")
    arguments = parser.parse_args()
    problems = [one.problem() for one in exercises.generate(arguments.questions, seed=SEED)]
    options = GenerationConfig(max_new_tokens=arguments.tokens)
    for local in arguments.engine or ("transformers", "llama_cpp"):
        engine, config = opened(arguments.model, local)
        asked: list[Any] = [prompt_for(problem, config) for problem in problems]

        def stream(some: list[Any], options: GenerationConfig, engine: Engine = engine) -> list[Completion]:
            return [collect(engine.stream(messages, options)) for messages in some]

        print(engine.describe())
        compare(engine, f"{local}, batch", engine.generate, asked, options, arguments.rounds)
        compare(engine, f"{local}, stream", stream, asked[:STREAMED], options, arguments.rounds)


if __name__ == "__main__":
    main()
