"""The symbolic layer's own process: ``python -m hipatia.grading.worker``, one JSON request a line.

It reads trees, never text, and answers ``{"answer": true | false | null}``. The parent kills it when it
takes too long; it also ends by itself when the parent is gone. Started by ``symbolic.py`` alone.
"""

from __future__ import annotations

import json
import os
import sys
import threading
import time
from fractions import Fraction
from typing import Any

MEMORY = 700 * 2**20
PATIENCE = 10.0  # seconds after which a request that nobody killed ends the process


def decode(tree: Any) -> Any:
    """A tree as JSON carries it (fractions as text, tuples as lists) back to nested tuples."""
    if tree[0] == "n":
        return ("n", Fraction(tree[1]))
    return tuple(decode(part) if isinstance(part, list) else part for part in tree)


def answer(request: dict[str, Any]) -> bool | None:
    from . import proofs

    task = proofs.TASKS[request["task"]]
    return task(*[decode(tree) for tree in request["trees"]])


def limit_memory() -> None:
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    except (ImportError, ValueError, OSError):
        pass  # the parent watches the memory where the system sets no limit


def watch(started: list[float]) -> None:
    """End the process when a request outlives any patience, or when the parent has gone."""
    parent = os.getppid()
    while True:
        time.sleep(1.0)
        if os.getppid() != parent or (started[0] and time.monotonic() - started[0] > PATIENCE):
            os._exit(1)


def main() -> None:
    limit_memory()
    sys.setrecursionlimit(5000)
    from . import proofs

    proofs.warm_up()
    started = [0.0]
    threading.Thread(target=watch, args=(started,), daemon=True).start()
    replies = os.fdopen(os.dup(1), "w", encoding="utf-8")
    sys.stdout = sys.stderr
    print(json.dumps({"ready": True}), file=replies, flush=True)
    for line in sys.stdin:
        started[0] = time.monotonic()
        try:
            reply = answer(json.loads(line))
        except MemoryError:
            os._exit(3)
        except Exception:  # an answer that cannot be had is "undecided", whatever the library raised
            reply = None
        started[0] = 0.0
        print(json.dumps({"answer": reply}), file=replies, flush=True)


if __name__ == "__main__":
    main()
