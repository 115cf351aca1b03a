"""What engines have in common that answer with a stream each: answers edited, whole answers, many at once.

yield from edited(begin, messages, options)
completions = answer_all(engine.stream, batch, options, parallel=8, on_done=on_done)
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import closing
from dataclasses import replace

from ..config import GenerationConfig
from ..schema import Chunk, Completion, FinishReason
from . import Conversation, OnDone
from .edits import Editor, begun_answer, editor_for, spans_within

Begin = Callable[[str, int], Iterator[Chunk]]
Stream = Callable[[Conversation, GenerationConfig], Iterator[Chunk]]


def edited(begin: Begin, messages: Conversation, options: GenerationConfig) -> Iterator[Chunk]:
    """The answer, changed where its editor changes it: exact arithmetic, or ``options.interject``.

    ``begin(said, most)`` is to go on after ``said`` for at most so many tokens. What is put in counts no
    tokens, and what the model had gone on to write after that place is dropped.
    """
    editor = editor_for(messages, options)
    if editor is None:
        yield from begin("", options.max_new_tokens)
        return
    answer = _Edited(editor, begun_answer(messages))
    left = options.max_new_tokens
    if answer.begun and answer.change():
        yield answer.piece(Chunk(""))
    while left > 0:
        with closing(_generator(begin(answer.said, left))) as stream:
            for chunk in stream:
                left -= chunk.tokens
                changed = answer.hear(chunk)
                yield answer.piece(chunk)
                if chunk.finish_reason:
                    return
                if changed:
                    break
    yield answer.piece(Chunk("", finish_reason="length"))


class _Edited:
    """An answer that an editor follows: what has been said after ``begun``, and how much of it was shown."""

    def __init__(self, editor: Editor, begun: str):
        self.begun = begun
        self.said = ""
        self._editor = editor
        self._shown = self._settled = 0

    def hear(self, chunk: Chunk) -> bool:
        """Take in what came; whether the editor changed the answer at that."""
        self.said += chunk.text
        ended = chunk.finish_reason == "stop"
        if ended or (chunk.text and self._editor.waits_for in chunk.text):
            return self.change(ended=ended)
        if chunk.text:
            self._settled = len(self.said)
        return False

    def change(self, *, ended: bool = False) -> bool:
        """Have all changes made; whether there were any."""
        before = self.said
        while edit := self._editor.hear(self.begun + self.said, ended=ended):
            self.said = edit.applied_to(self.begun + self.said)[len(self.begun) :]
        self._settled = self._editor.settled - len(self.begun)
        return self.said != before

    def piece(self, chunk: Chunk) -> Chunk:
        """The chunk with what can be shown now."""
        start, self._shown = self._shown, max(self._shown, self._settled)
        if chunk.finish_reason:
            self._shown = len(self.said)
        offset = len(self.begun)
        forced = spans_within(self._editor.forced, offset + start, offset + self._shown)
        return replace(chunk, text=self.said[start : self._shown], forced=forced)


def _generator(chunks: Iterator[Chunk]) -> Generator[Chunk, None, None]:
    """The chunks from something that can be closed, however they are made."""
    yield from chunks


def collect(stream: Iterator[Chunk], stopped: threading.Event | None = None) -> Completion:
    """The whole answer of a stream; left, and given as ``cancelled``, once ``stopped`` is set."""
    started = time.perf_counter()
    text, forced = "", list[tuple[int, int]]()
    tokens = prompt_tokens = 0
    reason: FinishReason = "cancelled"
    with closing(_generator(stream)) as chunks:
        for chunk in chunks:
            forced += [(len(text) + start, len(text) + end) for start, end in chunk.forced]
            text += chunk.text
            tokens += chunk.tokens
            prompt_tokens = chunk.prompt_tokens or prompt_tokens
            reason = chunk.finish_reason or reason
            if stopped and stopped.is_set():
                break
    seconds = time.perf_counter() - started
    return Completion(text, reason, prompt_tokens, tokens, seconds, tuple(forced))


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
