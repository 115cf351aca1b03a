"""What engines have in common that answer with a stream each: words put in, whole answers, many at once.

yield from interjected(begin, begun, options)
completions = answer_all(engine.stream, batch, options, parallel=8, on_done=on_done)
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import closing

from ..config import GenerationConfig
from ..schema import Chunk, Completion, FinishReason
from . import Conversation, OnDone

Begin = Callable[[str, int], Iterator[Chunk]]
Stream = Callable[[Conversation, GenerationConfig], Iterator[Chunk]]


def begun_answer(messages: Conversation) -> str:
    """What the answer has already, where the last message is the assistant's."""
    return messages[-1].content if messages and messages[-1].role == "assistant" else ""


def interjected(begin: Begin, begun: str, options: GenerationConfig) -> Iterator[Chunk]:
    """The answer, with the words of ``options.interject`` put in where it gives some.

    ``begin(said, most)`` is to go on after ``begun + said`` for at most so many tokens. Words put in are a
    chunk of no tokens, and what the model had gone on to write after that place is dropped.
    """
    said, left, words = "", options.max_new_tokens, None
    if options.interject and begun:
        words = options.interject(begun)
    while True:
        if words:
            said += words
            yield Chunk(words)
        with closing(_generator(begin(said, left))) as stream:
            for chunk in stream:
                said, left = said + chunk.text, left - chunk.tokens
                yield chunk
                if chunk.finish_reason:
                    return
                if options.interject and chunk.text and (words := options.interject(begun + said)):
                    break
        if left <= 0:
            yield Chunk("", finish_reason="length")
            return


def _generator(chunks: Iterator[Chunk]) -> Generator[Chunk, None, None]:
    """The chunks from something that can be closed, however they are made."""
    yield from chunks


def collect(stream: Iterator[Chunk], stopped: threading.Event | None = None) -> Completion:
    """The whole answer of a stream; left, and given as ``cancelled``, once ``stopped`` is set."""
    started = time.perf_counter()
    pieces: list[str] = []
    tokens = prompt_tokens = 0
    reason: FinishReason = "cancelled"
    with closing(_generator(stream)) as chunks:
        for chunk in chunks:
            pieces.append(chunk.text)
            tokens += chunk.tokens
            prompt_tokens = chunk.prompt_tokens or prompt_tokens
            reason = chunk.finish_reason or reason
            if stopped and stopped.is_set():
                break
    return Completion("".join(pieces), reason, prompt_tokens, tokens, time.perf_counter() - started)


def answer_all(
    stream: Stream,
    batch: Sequence[Conversation],
    options: GenerationConfig,
    parallel: int,
    on_done: OnDone | None = None,
    hang_up: Callable[[], None] = lambda: None,
) -> list[Completion]:
    """The answers to all conversations, in order, ``parallel`` of them being written at once.

    Each is sampled with a seed of its own. An error, Ctrl-C among them, ends all that are being written;
    ``hang_up`` is to wake those that wait for a word.
    """
    stopped = threading.Event()
    done: dict[int, Completion] = {}

    def answer(index: int) -> Completion:
        own = options.model_copy(update={"seed": options.seed + index})
        return collect(stream(batch[index], own), stopped)

    with ThreadPoolExecutor(max_workers=parallel) as pool:
        futures = {pool.submit(answer, index): index for index in range(len(batch))}
        try:
            for future in as_completed(futures):
                done[futures[future]] = future.result()
                if on_done:
                    on_done(futures[future], done[futures[future]])
        except BaseException:
            stopped.set()
            hang_up()
            pool.shutdown(cancel_futures=True)
            raise
    return [done[index] for index in range(len(batch))]
