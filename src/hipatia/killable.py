"""The inner side of a process that its parent kills when it takes too long: JSON requests in, replies out.

    serve(prepare, reply, memory=700 * 2**20, patience=10.0)

A line each way; the first one says that ``prepare()`` is done. The memory is bounded from then on, and the process
ends by itself when its parent has gone or when a request outlives ``patience`` seconds.
"""

from __future__ import annotations

import json
import os
import sys
import threading
import time
from collections.abc import Callable
from typing import Any


def serve(prepare: Callable[[], None], reply: Callable[[Any], Any], *, memory: int, patience: float) -> None:
    """Answer the requests on stdin until it is closed. ``memory``: bytes of addresses."""
    replies = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what a library prints is no reply
    prepare()
    _bound_memory(memory)
    started = [0.0]
    threading.Thread(target=_watch, args=(started, patience), daemon=True).start()
    print(json.dumps({"ready": True}), file=replies, flush=True)
    for line in sys.stdin:
        started[0] = time.monotonic()
        try:
            answer = reply(json.loads(line))
        except MemoryError:
            os._exit(3)
        started[0] = 0.0
        print(json.dumps(answer), file=replies, flush=True)


def _bound_memory(size: int) -> None:
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (size, size))
    except (ImportError, ValueError, OSError):
        pass  # where the system sets no limit, the parent's clock alone bounds it


def _watch(started: list[float], patience: float) -> None:
    parent = os.getppid()
    while True:
        time.sleep(1.0)
        if os.getppid() != parent or (started[0] and time.monotonic() - started[0] > patience):
            os._exit(1)
