"""A GGUF, with or without a LoRA, run by llama.cpp in a process of its own.

    with_tokenizer = lambda: prepared_tokenizer(load_tokenizer_from_gguf(path), config)
    engine = LlamaCppEngine(path, with_tokenizer, "mathstral", config.engines, adapter=adapter)

Prompts are tokenized here, by ``prompting``: what a user types never becomes a special token. Answers that
are asked for together share the model's passes, and what a prompt has in common with an earlier one is not
computed again. Greedy answers may differ in a batch, because llama.cpp rounds differently with the number
of rows; where the same answers are wanted each time, the transformers engine is the one to ask.
"""

from __future__ import annotations

import importlib.util
import itertools
import os
import threading
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

from ..config import EnginesConfig, GenerationConfig
from ..errors import ModelError
from ..prompting import encode_prompt
from ..schema import Chunk, Completion, Message
from . import Conversation, OnDone
from .edits import begun_answer
from .llama_process import LlamaProcess
from .streams import answer_all, edited

_PASS_TOKENS = 256  # of a prompt, computed at once; between two passes an answer can be cancelled


def llama_cpp_is_installed() -> bool:
    """Whether xllamacpp is there; it has no wheel for every system."""
    return importlib.util.find_spec("xllamacpp") is not None


def threads() -> int:
    """Processor cores to compute with: as OMP_NUM_THREADS says, else all that this process may use."""
    import psutil

    wanted = os.environ.get("OMP_NUM_THREADS", "")
    if wanted.isdigit() and int(wanted):
        return int(wanted)
    affinity = getattr(os, "sched_getaffinity", None)
    usable = len(affinity(0)) if affinity else os.cpu_count() or 1
    return min(psutil.cpu_count(logical=False) or usable, usable)


class LlamaCppEngine:
    """Answers with a GGUF. After a crash of llama.cpp the next question starts it again."""

    def __init__(
        self,
        model: Path,
        tokenizer: Callable[[], Any],
        name: str,
        settings: EnginesConfig,
        *,
        adapter: Path | None = None,
        description: str = "",
    ):
        self.name = name
        self.parallel = settings.parallel
        self.context = settings.context
        self._description = description or name
        self._wanted = {
            "model": str(model),
            "adapter": str(adapter) if adapter else None,
            "context": settings.context,
            "slots": settings.parallel,
            "threads": threads(),
            "batch": _PASS_TOKENS,
        }
        self._starting = threading.Lock()
        self._process = LlamaProcess(self._wanted)
        self.tokenizer = tokenizer()  # while llama.cpp loads the model
        self._process.wait_until_ready()
        # A tokenizer whose decoder drops the space before a first word, which llama.cpp shows.
        last = self.tokenizer.encode("a b", add_special_tokens=False)[-1:]
        self._drops_space = not self.tokenizer.decode(last).startswith(" ")
        self._warming: threading.Thread | None = None

    def describe(self) -> str:
        return self._description

    def can_continue(self) -> bool:
        return True

    def warm(self, system: str) -> None:
        """Read the beginning of every conversation with this system message while the first is thought up."""
        opened = [Message("system", system)] if system else []
        two = [encode_prompt([*opened, Message("user", text)], self.tokenizer) for text in "ab"]
        shared = [a for a, _ in itertools.takewhile(lambda pair: pair[0] == pair[1], zip(*two, strict=False))]

        def read() -> None:
            with suppress(ModelError):  # the first question will meet the same, and tell
                list(self._process.ask({"prompt": shared, "max_tokens": 0}))

        if shared:
            self._warming = threading.Thread(target=read, daemon=True)
            self._warming.start()

    def close(self) -> None:
        """End llama.cpp's process now; it ends with this object anyway."""
        self._process.close()

    def stream(self, messages: Conversation, options: GenerationConfig) -> Iterator[Chunk]:
        begun = begun_answer(messages)
        before = messages[:-1] if begun else messages

        def begin(said: str, most: int) -> Iterator[Chunk]:
            asked = [*before, Message("assistant", begun + said)] if begun + said else messages
            chunks = self._generate(encode_prompt(asked, self.tokenizer), most, options)
            return chunks if begun + said or not self._drops_space else _without_first_space(chunks)

        return edited(begin, messages, options)

    def generate(
        self, batch: Sequence[Conversation], options: GenerationConfig, on_done: OnDone | None = None
    ) -> list[Completion]:
        longest = max((len(encode_prompt(messages, self.tokenizer)) for messages in batch), default=0)
        room = self.context // (longest + options.max_new_tokens)  # all answers share one cache
        return answer_all(self.stream, batch, options, max(1, min(self.parallel, room)), on_done)

    def _generate(
        self, prompt: list[int], most: int, options: GenerationConfig
    ) -> Generator[Chunk, None, None]:
        request = {
            "prompt": prompt,
            "max_tokens": most,
            "temperature": options.temperature,
            "top_p": options.top_p,
            "seed": options.seed,
            "stop": options.stop,
        }
        counted = 0
        with closing(self._running().ask(request)) as events:
            for event in events:
                if "text" in event:
                    tokens = bool(event["text"])
                    counted += tokens
                    yield Chunk(event["text"], tokens)
                else:
                    # A piece may hold several tokens; the last chunk sets the count right.
                    left = event["tokens"] - counted
                    yield Chunk("", left, event["finish"], event["prompt_tokens"])

    def _running(self) -> LlamaProcess:
        with self._starting:
            if self._warming:  # what is being read is part of this question
                self._warming.join()
                self._warming = None
            if not self._process.alive:
                self._process = LlamaProcess(self._wanted)
                self._process.wait_until_ready()
            return self._process


def _without_first_space(chunks: Generator[Chunk, None, None]) -> Iterator[Chunk]:
    begun = False
    with closing(chunks):
        for chunk in chunks:
            text = chunk.text if begun else chunk.text.removeprefix(" ")
            begun = begun or bool(chunk.text)
            yield Chunk(text, chunk.tokens, chunk.finish_reason, chunk.prompt_tokens)
