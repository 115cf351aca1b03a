"""Batched greedy answers: Hipatia's decoding and ``transformers.generate`` with the same model, rows and stops.

    python benchmarks/generation.py [MODEL] [--questions 96] [--batch 96] [--tokens 128] [--rounds 2]
    python benchmarks/generation.py --dtype float32        the texts are then the same but for rounding

Without MODEL: the newest run, else the embedded model. Both answer the same exercises of families that no
training sees, with the tutor's prompt, in turn; transformers with its own attention for this device (SDPA), rows
padded on the left. A row counts with its tokens up to its stop, for both alike. Near ties of the likeliest tokens
are decided by rounding: "same text" is less than all in bfloat16 for that reason alone, as float32 shows.
"""

from __future__ import annotations

import argparse
import statistics
import time
from typing import Any

import torch

from hipatia import catalog, exercises
from hipatia.config import GenerationConfig, load_config
from hipatia.engines import Conversation
from hipatia.evaluation import prompt_for
from hipatia.prompting import encode_prompt, end_of_turn_ids


def ours(engine: Any, asked: list[Conversation], options: GenerationConfig) -> list[str]:
    return [one.text.strip() for one in engine.generate(asked, options)]


def theirs(engine: Any, asked: list[Conversation], options: GenerationConfig) -> list[str]:
    """``generate`` on batches of the same size, the longest rows first as well."""
    model, tokenizer = engine.model, engine.tokenizer
    stops = end_of_turn_ids(tokenizer)
    prompts = [encode_prompt(messages, tokenizer) for messages in asked]
    order = sorted(range(len(prompts)), key=lambda i: -len(prompts[i]))
    texts = [""] * len(prompts)
    for start in range(0, len(order), engine.batch_size):
        rows = order[start : start + engine.batch_size]
        width = max(len(prompts[row]) for row in rows)
        ids = torch.tensor([[stops[0]] * (width - len(prompts[r])) + list(prompts[r]) for r in rows])
        mask = torch.tensor([[0] * (width - len(prompts[r])) + [1] * len(prompts[r]) for r in rows])
        written = model.generate(
            input_ids=ids,
            attention_mask=mask,
            max_new_tokens=options.max_new_tokens,
            do_sample=False,
            eos_token_id=list(stops),
            pad_token_id=stops[0],
        )[:, width:].tolist()
        for row, tokens in zip(rows, written, strict=True):
            end = next((i for i, token in enumerate(tokens) if token in stops), len(tokens))
            texts[row] = tokenizer.decode(tokens[:end], skip_special_tokens=True).strip()
    return texts


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("model", nargs="?")
    parser.add_argument("--questions", type=int, default=96)
    parser.add_argument("--batch", type=int, default=96)
    parser.add_argument("--tokens", type=int, default=128)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--dtype", default="auto")
    arguments = parser.parse_args()
    sets = ["engines.local=transformers", f"model.dtype={arguments.dtype}"]
    sets += [f"evaluation.batch_size={arguments.batch}"]
    config = load_config(sets=sets, environ={}).config
    engine: Any = catalog.open_engine(arguments.model, config, many=True)
    engine.batch_size = arguments.batch
    options = GenerationConfig(max_new_tokens=arguments.tokens, exact_arithmetic=False)
    unseen = [family for family in exercises.FAMILIES if family.unseen]
    made = exercises.generate(arguments.questions, seed=1, families=unseen)
    asked: list[Conversation] = [prompt_for(exercise.problem(), config) for exercise in made]
    own = engine.model.config._attn_implementation
    texts: dict[str, list[str]] = {}
    speeds: dict[str, list[float]] = {"hipatia": [], "generate": []}
    print(engine.describe())
    for _ in range(arguments.rounds + 1):  # the first round warms up
        for name, answer, attention in (("hipatia", ours, own), ("generate", theirs, "sdpa")):
            engine.model.set_attn_implementation(attention)
            started = time.perf_counter()
            texts[name] = answer(engine, asked, options)
            seconds = time.perf_counter() - started
            tokens = sum(len(engine.tokenizer.encode(t, add_special_tokens=False)) + 1 for t in texts[name])
            speeds[name].append(tokens / seconds)
    same = sum(a == b for a, b in zip(texts["hipatia"], texts["generate"], strict=True))
    ratio = statistics.median(
        a / b for a, b in zip(speeds["hipatia"][1:], speeds["generate"][1:], strict=True)
    )
    for name, found in speeds.items():
        print(f"{name:<10} {statistics.median(found[1:]):7.1f} tokens/s")
    print(f"ratio {ratio:.2f}x; the same text in {same} of {len(asked)} answers")


if __name__ == "__main__":
    main()
