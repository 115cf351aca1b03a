"""The engines side by side on one GGUF: how soon and how fast a chat is written, how fast a batch is answered.

    python benchmarks/engines.py [MODEL.gguf] [--questions 24] [--tokens 64]

Without MODEL.gguf: the embedded model. Each engine runs in a process of its own, opened as the program opens
it, on as many threads as OMP_NUM_THREADS says (else all cores). Questions are the bank's with the tutor's
prompt, answers greedy. Time to the first token of a chat is from the process' start (imports and loading
included) for the first question, then from the question for a second one of the same conversation.

The last lines say how many greedy answers are the same text. How much of that is rounding, which decides near
ties, is shown by transformers against itself in another precision.
"""

from __future__ import annotations

import argparse
import itertools
import json
import statistics
import subprocess
import sys
import time
from typing import Any

ENGINES = {
    "llama_cpp": ["engines.local=llama_cpp"],
    "transformers": ["engines.local=transformers"],
    "… in float32": ["engines.local=transformers", "model.dtype=float32"],
}
CHATS = 6  # conversations of two questions each


def measure(engine_name: str, model: str, questions: int, tokens: int, started: float) -> dict[str, Any]:
    """Every figure of one engine, in this process."""
    from hipatia import catalog, datamodule, evaluation
    from hipatia.config import load_config
    from hipatia.schema import Message

    config = load_config(sets=ENGINES[engine_name], environ={}).config
    options = config.generation.model_copy(update={"max_new_tokens": tokens})
    asked = [evaluation.prompt_for(problem, config) for problem in datamodule.bundled_bank()[:questions]]
    engine = catalog.open_engine(model, config)
    opened = time.time() - started
    figures: dict[str, list[float]] = {"first": [], "second": [], "rate": []}
    texts: list[str] = []

    def ask(messages: list[Message], kind: str) -> str:
        begin, first, written = time.perf_counter(), 0.0, 0
        pieces: list[str] = []
        for chunk in engine.stream(messages, options):
            if chunk.text and not first:
                first = time.perf_counter() - begin
            written += chunk.tokens
            pieces.append(chunk.text)
        figures[kind].append(first)
        after_first = time.perf_counter() - begin - first
        if written > 8:
            figures["rate"].append((written - 1) / after_first)
        return "".join(pieces)

    for index in range(CHATS):
        messages = list(asked[index])
        answer = ask(messages, "first")
        texts.append(answer)
        messages += [Message("assistant", answer), asked[(index + 1) % len(asked)][-1]]
        ask(messages, "second")
    begin = time.perf_counter()
    answers = engine.generate(asked, options)
    seconds = time.perf_counter() - begin
    batch = sum(answer.completion_tokens for answer in answers) / seconds
    return {
        "open": opened,
        "start": opened + figures["first"][0],
        "first": statistics.median(figures["first"][1:]),
        "second": statistics.median(figures["second"]),
        "rate": statistics.median(figures["rate"]),
        "batch": batch,
        "texts": texts + [answer.text for answer in answers],
    }


def in_a_process(engine_name: str, arguments: argparse.Namespace) -> dict[str, Any]:
    command = [sys.executable, __file__, arguments.model, "--measure", engine_name]
    command += ["--questions", str(arguments.questions), "--tokens", str(arguments.tokens)]
    run = subprocess.run(
        [*command, "--started", str(time.time())], check=True, stdout=subprocess.PIPE, text=True
    )
    return json.loads(run.stdout)


ROWS = [
    ("open", "from the command to an open model, s", False),
    ("start", "… to the first token, s", False),
    ("first", "first token, another conversation, s", False),
    ("second", "first token, second question, s", False),
    ("rate", "tokens/s of one answer", True),
    ("batch", "tokens/s of the batch", True),
]


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("model", nargs="?", default="embedded")
    parser.add_argument("--questions", type=int, default=24)
    parser.add_argument("--tokens", type=int, default=64)
    parser.add_argument("--measure", choices=ENGINES)
    parser.add_argument("--started", type=float)
    arguments = parser.parse_args()
    if arguments.measure:
        size = (arguments.questions, arguments.tokens)
        print(json.dumps(measure(arguments.measure, arguments.model, *size, arguments.started)))
        return
    results = {name: in_a_process(name, arguments) for name in ENGINES}
    ours, theirs, exact = results.values()
    print(f"{'':42}" + "".join(f"{name:>14}" for name in ENGINES) + f"{'ratio':>8}")
    for key, label, more_is_better in ROWS:
        ratio = ours[key] / theirs[key] if more_is_better else theirs[key] / ours[key]
        print(f"{label:42}" + "".join(f"{one[key]:14.2f}" for one in results.values()) + f"{ratio:8.1f}")
    print("same greedy text, one by one and in a batch:")
    names = list(ENGINES)
    for (one, left), (other, right) in itertools.combinations(
        zip(names, (ours, theirs, exact), strict=True), 2
    ):
        same = [a == b for a, b in zip(left["texts"], right["texts"], strict=True)]
        alone, batch = sum(same[:CHATS]), sum(same[CHATS:])
        print(f"  {one} and {other}: {alone} of {CHATS}, {batch} of {len(same) - CHATS}")


if __name__ == "__main__":
    main()
