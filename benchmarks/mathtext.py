"""Showing an answer of 4,000 tokens: Hipatia's Markdown with mathematics against rich's own Markdown, which has none.

    python benchmarks/mathtext.py

The answer is put together from those of the test table (about 3.5 characters a token). The median of each:
drawn for the first time, drawn again with one more word, as plain text for a pipe; and the mean of what
is drawn while the answer streams in a thousand pieces, as the chat does it. Ratios are to rich drawing the same source.
"""

from __future__ import annotations

import io
import json
import statistics
import time
from collections.abc import Callable
from pathlib import Path

from rich.console import Console
from rich.markdown import Markdown

from hipatia.chat.mathtext import render, renderable, settled
from hipatia.chat.mathtext.latex import convert
from hipatia.chat.mathtext.markdown import markdown

TABLE = Path(__file__).parents[1] / "tests" / "chat" / "mathtext.json"
CHARACTERS = 14_000
ROUNDS = 21


def answer() -> str:
    """No two stretches alike, so that nothing is remembered from one to the next."""
    texts = [row["text"] for row in json.loads(TABLE.read_text(encoding="utf-8"))["answers"]]
    out: list[str] = []
    while sum(map(len, out)) < CHARACTERS:
        number = len(out)
        out.append(
            texts[number % len(texts)].replace("x", "xyz"[number // len(texts) % 3]).replace("2", str(number))
        )
    return "\n".join(out).rstrip()


def median(work: Callable[[int], object]) -> float:
    times = []
    for turn in range(ROUNDS):
        start = time.perf_counter()
        work(turn)
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def streamed(text: str, console: Console) -> float:
    """All of it as the chat shows it: what is settled once, the block that grows at each redraw."""
    done, start = 0, time.perf_counter()
    for redraw in range(1, 1001):
        written = text[done : len(text) * redraw // 1000]
        if size := settled(written):
            console.print(renderable(written[:size]))
            done += size
        console.print(renderable(written[size:]))
    return time.perf_counter() - start


def main() -> None:
    text = answer()
    console = Console(width=80, file=io.StringIO(), force_terminal=True, color_system="truecolor")

    def first(turn: int) -> None:
        convert.cache_clear()
        markdown.cache_clear()
        console.print(renderable(text))

    rich = median(lambda turn: console.print(Markdown(text)))
    rows = {
        "rich's Markdown": rich,
        "first time": median(first),
        "again, one word more": median(lambda turn: console.print(renderable(f"{text} palabra{turn}"))),
        "each of 1,000 redraws": streamed(text, console) / 1000,
        "plain text": median(lambda turn: render(text)),
    }
    print(f"{len(text)} characters, {len(text.splitlines())} lines")
    for name, seconds in rows.items():
        print(f"{name:24}{seconds * 1000:8.1f} ms   × {seconds / rich:.2f}")


if __name__ == "__main__":
    main()
