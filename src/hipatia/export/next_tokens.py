"""llama.cpp's next-token probabilities, in a process of its own: ``with NextTokens(path, adapter) as ask: …``.

    tops = ask.after(tokens, first=20)      # for each place from ``first`` on: {token id: log-probability}

The child is ``python -m hipatia.export.next_tokens``, one JSON object a line: first what to load and the id of
a letter, then ``{"tokens", "first"}`` or ``{"chat": messages}``. A bad file may end it, not the program.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Self

from ..errors import ModelError

_PATIENCE = 900.0  # seconds for one reply, the loading of a large file on a slow disk too
TOP = 64  # likeliest tokens that are compared one by one; the others as one


class NextTokens:
    """A GGUF, with or without a LoRA, loaded by llama.cpp in a child process."""

    def __init__(self, model: Path, adapter: Path | None, letter: int, threads: int, context: int):
        self._path = model
        self._folder = tempfile.TemporaryDirectory(prefix="hipatia-")
        wanted = {
            "model": str(model),
            "adapter": str(adapter) if adapter else None,
            "context": context,
            "slots": 1,
            "threads": threads,
            "batch": 256,
            "folder": self._folder.name,
            "letter": letter,
            "templated": True,
        }
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115, open as long as the process
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "hipatia.export.next_tokens"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            text=True,
            encoding="utf-8",
            env={**os.environ, "GGML_NO_BACKTRACE": "1"},
        )
        self._ask(wanted)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        assert self._process.stdin
        self._process.stdin.close()
        self._process.wait()
        self._errors.close()
        self._folder.cleanup()

    def after(self, tokens: Sequence[int], first: int) -> list[dict[int, float]]:
        """For each place from ``first`` to the end: the likeliest tokens after those before it."""
        found = self._ask({"tokens": list(tokens), "first": first})["tops"]
        return [{int(token): value for token, value in top} for top in found]

    def prompt_tokens(self, messages: Sequence[dict[str, str]]) -> int | None:
        """How many tokens llama.cpp makes of a conversation by the file's own template; None: it cannot."""
        tokens: int | None = self._ask({"chat": list(messages)})["prompt_tokens"]
        return tokens

    def _ask(self, request: dict[str, Any]) -> dict[str, Any]:
        assert self._process.stdin
        assert self._process.stdout
        patience = threading.Timer(_PATIENCE, self._process.kill)  # a chat template may never end
        patience.start()
        try:
            self._process.stdin.write(json.dumps(request) + "\n")
            self._process.stdin.flush()
            reply: dict[str, Any] = json.loads(self._process.stdout.readline())
        except (OSError, ValueError):
            raise ModelError.of("engines.not_loaded", path=self._path, reason=self._last_words()) from None
        finally:
            patience.cancel()
        return reply

    def _last_words(self) -> str:
        self._process.wait()
        self._errors.seek(0)
        lines = [line for line in self._errors.read().decode("utf-8", "replace").splitlines() if line.strip()]
        return lines[-1] if lines else f"exit {self._process.returncode}"


# --- the child ------------------------------------------------------------------------------------


def _tops(server: Any, tokens: list[int], first: int, letter: int) -> list[list[tuple[int, float]]]:
    # A letter is forced upon the sampler: half a character or an end would come without probabilities.
    # Those that are told are the model's own, before sampling.
    fixed = {"max_tokens": 1, "temperature": -1.0, "logprobs": TOP, "logit_bias": [[letter, 1000.0]]}
    found = []
    for end in range(first, len(tokens)):
        reply = _reply(server.handle_completions, {"prompt": tokens[:end], **fixed})
        content = reply["choices"][0]["logprobs"]["content"][0]["top_logprobs"]
        found.append([(one["id"], one["logprob"]) for one in content])
    return found


def _prompt_tokens(server: Any, messages: list[dict[str, str]]) -> int | None:
    reply = _reply(server.handle_chat_completions, {"messages": messages, "max_tokens": 1})
    tokens: int | None = reply.get("usage", {}).get("prompt_tokens")
    return tokens


def _reply(handle: Any, body: dict[str, Any]) -> dict[str, Any]:
    replies: list[Any] = []

    def take(reply: Any) -> bool:
        replies.append(reply)
        return False  # go on

    handle(json.dumps({**body, "stream": False}), take)
    reply: dict[str, Any] = json.loads(replies[0]) if isinstance(replies[0], str) else replies[0]
    return reply


def main() -> None:
    from ..engines.llama_worker import load

    replies = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what a library prints is no reply
    wanted = json.loads(sys.stdin.readline())
    server = load(wanted)
    print(json.dumps({"ready": True}), file=replies, flush=True)
    for line in sys.stdin:
        request = json.loads(line)
        if "chat" in request:
            reply: dict[str, Any] = {"prompt_tokens": _prompt_tokens(server, request["chat"])}
        else:
            reply = {"tops": _tops(server, request["tokens"], request["first"], wanted["letter"])}
        print(json.dumps(reply), file=replies, flush=True)
    os._exit(0)


if __name__ == "__main__":
    main()
