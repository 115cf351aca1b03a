"""llama.cpp's own process: ``python -m hipatia.engines.llama_worker``, one JSON object a line.

The first line in says what to load: ``{"model", "adapter", "context", "slots", "threads", "batch",
"folder"}``, the last one empty and for this process alone; the first line out is ``{"ready": true}`` or
``{"failed": reason}``. Then come requests ``{"id", "prompt": [token ids], "max_tokens", "temperature", "top_p",
"seed", "stop"}`` and ``{"cancel": id}``, and go events ``{"id", "text"}``, at the end ``{"id", "finish",
"tokens", "prompt_tokens"}`` or ``{"id", "error", "type"}``.

A bad file may end this process, not the program. It ends by itself when its input does: when the parent
closes the pipe or is gone. Started by ``llama_process.py`` alone.
"""

from __future__ import annotations

import json
import os
import secrets
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

ERRORS_ONLY = 1  # llama.cpp's verbosity
LONGEST_SOCKET_NAME = 103  # bytes, on macOS; Linux has four more


def parameters(wanted: dict[str, Any], address: str) -> Any:
    """xllamacpp's parameters: the model, and an HTTP side shut as far as it goes."""
    import xllamacpp

    made = xllamacpp.CommonParams()
    made.model.path = wanted["model"]
    if wanted["adapter"]:
        made.lora_adapters = [xllamacpp.CommonAdapterLoraInfo(wanted["adapter"], 1.0)]
    if not wanted.get("templated"):
        made.chat_template = (
            "chatml"  # prompts come as tokens; the file's own, which may never end, is not tried
        )
    made.n_ctx, made.n_parallel, made.kv_unified = wanted["context"], wanted["slots"], True
    made.n_batch = made.n_ubatch = wanted["batch"]
    made.cpuparams.n_threads = made.cpuparams_batch.n_threads = wanted["threads"]
    made.fit_params = any(device["type"].name.endswith("GPU") for device in xllamacpp.get_device_info())
    made.warmup, made.verbosity, made.offline = False, ERRORS_ONLY, True
    made.cache_ram_mib, made.cache_idle_slots = 0, False  # the slots' own caches are enough
    made.hostnames, made.n_threads_http = [address], 1
    made.api_keys = [secrets.token_urlsafe(32)]
    made.cors_origins, made.cors_credentials = "", False
    made.endpoint_slots = made.endpoint_props = made.endpoint_metrics = made.ui = False
    return made


def load(wanted: dict[str, Any]) -> Any:
    """The server. It insists on listening: where there are such, to a socket file that the parent removes."""
    import xllamacpp

    socket = os.path.join(wanted["folder"], "llama.sock")
    has_sockets = os.name == "posix" and len(os.fsencode(socket)) <= LONGEST_SOCKET_NAME
    return xllamacpp.Server(parameters(wanted, socket if has_sockets else "127.0.0.1"))


class Worker:
    """Answers requests, as many at once as there are slots; the others wait."""

    def __init__(self, server: Any, slots: int, replies: Any):
        self.server = server
        self.replies = replies
        self.pool = ThreadPoolExecutor(slots)
        self.cancelled: set[int] = set()
        self.writing = threading.Lock()

    def say(self, **event: Any) -> None:
        with self.writing:
            print(json.dumps(event), file=self.replies, flush=True)

    def hear(self, line: str) -> None:
        """Obey one line of the parent's."""
        request = json.loads(line)
        if "cancel" in request:
            self.cancelled.add(request["cancel"])
        else:
            self.pool.submit(self.answer, request)

    def answer(self, request: dict[str, Any]) -> None:
        number = request.pop("id")
        # Like the other engines: temperature, then the nucleus, and nothing that llama.cpp adds by itself.
        fixed = {"samplers": ["temperature", "top_p"], "stream": True, "return_progress": True}
        body = request | fixed | {"stream_options": {"include_usage": True}}
        try:
            if number not in self.cancelled:
                self.server.handle_completions(json.dumps(body), lambda text: self.pass_on(number, text))
        except Exception as error:  # whatever the binding raises is the parent's to tell
            self.say(id=number, error=str(error), type="exception")
        self.cancelled.discard(number)

    def pass_on(self, number: int, text: str) -> bool:
        """One event of llama.cpp's to the parent; True ends the answer."""
        if number in self.cancelled:
            return True
        event = json.loads(text)
        if error := event.get("error"):
            sizes = {"tokens": error.get("n_prompt_tokens"), "context": error.get("n_ctx")}
            self.say(id=number, error=error.get("message", text), type=error.get("type", ""), **sizes)
            return True
        choice = event["choices"][0]
        if choice["text"] or "prompt_progress" in event:
            self.say(id=number, text=choice["text"])
        if choice["finish_reason"]:
            usage = event["usage"]
            tokens, prompt = usage["completion_tokens"], usage["prompt_tokens"]
            self.say(id=number, finish=choice["finish_reason"], tokens=tokens, prompt_tokens=prompt)
        return False


def main() -> None:
    replies = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what a library prints is no reply
    wanted = json.loads(sys.stdin.readline() or "null")
    if wanted is None:
        return
    try:
        server = load(wanted)
    except Exception as error:
        print(json.dumps({"failed": str(error)}), file=replies, flush=True)
        return
    worker = Worker(server, wanted["slots"], replies)
    worker.say(ready=True)
    for line in sys.stdin:
        worker.hear(line)
    os._exit(0)  # without waiting for what is being written


if __name__ == "__main__":
    main()
