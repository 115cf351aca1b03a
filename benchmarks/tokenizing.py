"""What tokenizing many conversations takes: seconds and the most memory, the first time and again.

    python benchmarks/tokenizing.py [--rows 100000] [--tokenizer FILE.gguf|FOLDER]

A JSONL of generated conversations of one to three exercises is written to a temporary folder; a fresh process then
does what ``hipatia train`` does with it before the first step: reads, splits (near-duplicates together), tokenizes,
and once more, when everything should come from the cache. Memory is the resident memory of that process and of
its children added up, pages that they share counted in each; looked at 50 times a second.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psutil


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--tokenizer", help="of a .gguf file or a folder (default: the embedded model's)")
    parser.add_argument("--data", type=Path, help="a file of your own instead of generated rows")
    parser.add_argument("--inside", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.inside:
        measure(Path(options.inside), options.data, options.tokenizer)
        return
    with tempfile.TemporaryDirectory() as folder:
        data = options.data or write_rows(Path(folder) / "rows.jsonl", options.rows)
        print(f"{data.stat().st_size / 1e6:.0f} MB", flush=True)
        for title in ("first time", "again"):
            command = [sys.executable, __file__, "--inside", folder, "--data", str(data)]
            command += ["--tokenizer", options.tokenizer] if options.tokenizer else []
            print(f"--- {title}", flush=True)
            subprocess.run(command, check=True)


def write_rows(path: Path, count: int) -> Path:
    """Distinct conversations: each of one to three exercises, of a pool, with a number in its opening."""
    from hipatia.exercises import generate

    rng = random.Random(0)
    pool = [one.conversation() for one in generate(min(count, 8000), seed=0, language="es")]
    with path.open("w", encoding="utf-8") as file:
        for number in range(count):
            chosen = rng.sample(pool, rng.choice((1, 1, 2, 3)))
            turns = [
                {"role": message.role, "content": message.content}
                for one in chosen
                for message in one.messages
            ]
            turns[0]["content"] = f"Ejercicio {number}. {turns[0]['content']}"
            file.write(
                json.dumps({"messages": turns, "answer": chosen[-1].answer}, ensure_ascii=False) + "\n"
            )
    return path


def measure(folder: Path, data: Path, tokenizer_of: str | None) -> None:
    """Everything from the file to the tokens, phase by phase."""
    from hipatia.config import Config
    from hipatia.embedded import embedded_model_path
    from hipatia.modeling import load_tokenizer, prepared_tokenizer
    from hipatia.training import rows as training_rows
    from hipatia.training.batches import row_lengths, tokens_digest

    config = Config.model_validate({"data": {"files": [data]}})
    source = tokenizer_of or embedded_model_path(config, print)
    tokenizer = prepared_tokenizer(load_tokenizer(source), config)
    config.paths.cache = folder / "cache"
    with phase("the program itself"):
        pass
    with phase("read and split"):
        splits = training_rows.load_splits(config, folder)
    with phase("tokenize"):
        datasets = training_rows.tokenize(splits, tokenizer, config)
    with phase("hash and measure"):
        tokens_digest(datasets["train"])
        tokens = sum(row_lengths(datasets["train"]))
    print(f"{len(datasets['train'])} rows, {tokens / 1e6:.1f} million tokens to train on")


@contextmanager
def phase(title: str) -> Iterator[None]:
    """Tell the block's seconds and the most memory in it."""
    stopped, most = threading.Event(), [0]

    def watch() -> None:
        process = psutil.Process()
        while True:
            most[0] = max(
                most[0], sum(_resident(one) for one in (process, *process.children(recursive=True)))
            )
            if stopped.wait(0.02):
                return

    watcher = threading.Thread(target=watch)
    started = time.perf_counter()
    watcher.start()
    try:
        yield
    finally:
        seconds = time.perf_counter() - started
        stopped.set()
        watcher.join()
        print(f"{title:20} {seconds:7.1f} s   {most[0] / 1e6:7.0f} MB", flush=True)


def _resident(process: Any) -> int:
    try:
        return int(process.memory_info().rss)
    except psutil.NoSuchProcess:
        return 0


if __name__ == "__main__":
    main()
