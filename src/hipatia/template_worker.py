"""Renders chat templates in transformers' sandbox: ``python -m hipatia.template_worker``, one JSON request a line.

Started by ``templates`` alone, which kills it when it takes too long; its memory is bounded, and it ends by itself
when the parent is gone or when a request outlives all patience.
"""

from __future__ import annotations

import json
import os
import sys
import threading
import time
from typing import Any

from .templates import LIMIT, MAX_TEXT

_MEMORY = 3 * 2**30  # of addresses; the libraries take half a gigabyte of them


def _render(request: dict[str, Any]) -> dict[str, str]:
    from transformers.utils.chat_template_utils import render_jinja_template

    rendered: Any = render_jinja_template(
        conversations=[request["messages"]],
        chat_template=request["template"],
        add_generation_prompt=request["answer"],
        **request["special"],
    )
    text: str = rendered[0][0]
    return {"text": text} if len(text) <= MAX_TEXT else {"error": f"{len(text)} characters"}


def _bound_memory() -> None:
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    except (ImportError, ValueError, OSError):
        pass  # where the system sets no limit, time alone bounds it


def _watch(started: list[float]) -> None:
    parent = os.getppid()
    while True:
        time.sleep(1.0)
        if os.getppid() != parent or (started[0] and time.monotonic() - started[0] > 2 * LIMIT):
            os._exit(1)


def main() -> None:
    replies = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what a library prints is no reply
    import transformers.utils.chat_template_utils  # noqa: F401, its time is not the template's

    _bound_memory()
    started = [0.0]
    threading.Thread(target=_watch, args=(started,), daemon=True).start()
    print(json.dumps({"ready": ""}), file=replies, flush=True)
    for line in sys.stdin:
        started[0] = time.monotonic()
        try:
            reply = _render(json.loads(line))
        except MemoryError:
            os._exit(3)
        except Exception as error:  # whatever the template brings about
            reply = {"error": str(error)[:500]}
        started[0] = 0.0
        print(json.dumps(reply), file=replies, flush=True)


if __name__ == "__main__":
    main()
