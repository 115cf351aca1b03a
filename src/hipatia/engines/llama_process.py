"""llama.cpp in a process of its own, seen from the program.

    process = LlamaProcess({"model": "model.gguf", "adapter": None, …})     # starts loading
    process.wait_until_ready()                                              # ModelError if it cannot load
    for event in process.ask({"prompt": [1, 2, 3], "max_tokens": 100}): ...

The events are those of ``llama_worker.py``. Where the process dies, every question that it had ends with a
ModelError; the program goes on, and a new process can be started.
"""

from __future__ import annotations

import itertools
import json
import os
import queue
import subprocess
import sys
import tempfile
import threading
import weakref
from collections.abc import Generator
from contextlib import suppress
from typing import IO, Any

from ..errors import ModelError

Event = dict[str, Any]
_GONE: Event = {"gone": True}
_READY = -1  # the number under which the first line comes
_LAST_WORDS = 2000  # bytes of what it said on stderr before it died


class LlamaProcess:
    """A running ``llama_worker``. Several threads may ask at once; it ends with this object."""

    def __init__(self, wanted: Event):
        self.path = wanted["model"]
        self._folder = tempfile.TemporaryDirectory(prefix="hipatia-")  # which this user alone may enter
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115, open as long as the process
        self._numbers = itertools.count()
        self._waiting: dict[int, queue.SimpleQueue[Event]] = {_READY: queue.SimpleQueue()}
        self._gone = threading.Event()
        self._writing = threading.Lock()
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "hipatia.engines.llama_worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            text=True,
            encoding="utf-8",
            env={**os.environ, "GGML_NO_BACKTRACE": "1"},  # else it starts a debugger when it fails
            **_out_of_reach_of_ctrl_c(),
        )
        assert self._process.stdin
        assert self._process.stdout
        self.close = weakref.finalize(self, _end, self._process)
        reader = (self._process.stdout, self._waiting, self._gone)
        threading.Thread(target=_read, args=reader, daemon=True).start()
        self._send({**wanted, "folder": self._folder.name})

    @property
    def alive(self) -> bool:
        return self._process.poll() is None and not self._gone.is_set()

    @property
    def pid(self) -> int:
        return self._process.pid

    def wait_until_ready(self) -> None:
        """Return once the model is loaded. Raises ModelError with llama.cpp's reason if it cannot be."""
        event = _next(self._waiting[_READY])
        self._folder.cleanup()  # nobody can reach the socket any more
        if "ready" not in event:
            raise ModelError.of("engines.not_loaded", path=self.path, reason=self._last_words())

    def ask(self, request: Event) -> Generator[Event, None, None]:
        """The events of an answer, the last with ``finish``. Leaving them ends the answer.

        Raises ModelError for what llama.cpp refuses and when the process dies.
        """
        number = next(self._numbers)
        events = self._waiting[number] = queue.SimpleQueue()
        open_still = True
        try:
            self._send({"id": number, **request})
            while open_still:
                event = _GONE if self._gone.is_set() and events.empty() else _next(events)
                open_still = "text" in event
                if event is _GONE:
                    raise ModelError.of("engines.crashed", path=self.path, reason=self._last_words())
                if "error" in event:
                    raise _refusal(event)
                yield event
        finally:
            del self._waiting[number]
            if open_still:
                self._send({"cancel": number})

    def _send(self, message: Event) -> None:
        """Write a line; where nobody reads it any more, the reader of the answers will find out."""
        assert self._process.stdin
        with self._writing, suppress(OSError, ValueError):
            self._process.stdin.write(json.dumps(message) + "\n")
            self._process.stdin.flush()

    def _last_words(self) -> str:
        """Why it failed: its last error line without llama.cpp's time stamp, or how it ended."""
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(timeout=5)
        self._errors.seek(max(0, self._errors.seek(0, 2) - _LAST_WORDS))
        lines = self._errors.read().decode("utf-8", "replace").splitlines()
        named = [line.partition(": ")[2] for line in lines if "error loading model" in line]
        said = [line.rpartition("/")[2] for line in lines if line.strip()]  # without its authors' folders
        return next(iter([*named, *said[-1:]]), f"exit {self._process.returncode}")


def _out_of_reach_of_ctrl_c() -> dict[str, Any]:
    """Ctrl-C is for the program, which ends the answer and keeps the model loaded."""
    if sys.platform == "win32":
        return {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP}
    return {"process_group": 0}


def _read(lines: IO[str], waiting: dict[int, queue.SimpleQueue[Event]], gone: threading.Event) -> None:
    """Hand each event to the one who waits for it, until the process ends."""
    with suppress(ValueError, OSError):  # the pipe is closed under it, or holds no JSON
        for line in lines:
            event = json.loads(line)
            if events := waiting.get(event.get("id", _READY)):  # else nobody waits any more
                events.put(event)
    gone.set()
    for left in list(waiting.values()):
        left.put(_GONE)


def _next(events: queue.SimpleQueue[Event]) -> Event:
    """The next event; waiting in short naps lets Ctrl-C through on every system."""
    while True:
        with suppress(queue.Empty):
            return events.get(timeout=0.2)


def _refusal(event: Event) -> ModelError:
    if event["type"] == "exceed_context_size_error":
        return ModelError.of("engines.too_long", tokens=event["tokens"], context=event["context"])
    return ModelError.of("engines.refused", reason=event["error"])


def _end(process: subprocess.Popen[str]) -> None:
    """Close its input, at which it ends, and see that it does."""
    assert process.stdin
    with suppress(OSError):
        process.stdin.close()
    try:
        process.wait(timeout=5)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
