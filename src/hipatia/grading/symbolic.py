"""The parent's side of the symbolic layer: ``ask("same", a, b)`` answers True, False or None (undecided).

Workers are subprocesses that start at first need, are killed after LIMIT seconds or when they grow too
large, and start again by themselves. Safe from threads, async code (it blocks at most LIMIT seconds a
question) and forked processes. ``release`` ends them; it also runs at exit.
"""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import queue
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import NoReturn

from .tree import Tree

LIMIT = 1.5  # seconds of work for one question
BUSY = 6  # times as long is waited where the machine is busy with other things
START_LIMIT = 30.0  # seconds for the interpreter and mpmath to load
MEMORY = 700 * 2**20


class TimedOut(Exception):
    """The question was not answered in time (or memory); its worker is gone."""


def _encode(tree: Tree) -> list[object]:
    if tree[0] == "n":
        return ["n", str(tree[1])]
    return [_encode(part) if isinstance(part, tuple) else part for part in tree]


class _Worker:
    """One subprocess and the thread that reads its answers."""

    def __init__(self) -> None:
        root = str(Path(__file__).resolve().parents[2])
        path = os.pathsep.join(filter(None, [root, os.environ.get("PYTHONPATH", "")]))
        self.process = subprocess.Popen(
            [sys.executable, "-P", "-m", "hipatia.grading.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            encoding="utf-8",
            env={**os.environ, "PYTHONPATH": path, "OMP_NUM_THREADS": "1"},
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            close_fds=True,
        )
        self.lines: queue.Queue[str] = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()
        self._receive(START_LIMIT)

    def _read(self) -> None:
        assert self.process.stdout
        with contextlib.suppress(ValueError, OSError):
            for line in self.process.stdout:
                self.lines.put(line)
        self.lines.put("")

    def _receive(self, limit: float) -> dict[str, object]:
        started, used = time.monotonic(), self._cpu()
        watched = not sys.platform.startswith("linux")
        while True:
            waited = time.monotonic() - started
            if waited > limit and (waited > BUSY * limit or self._cpu() - used > 0.8 * limit):
                self._give_up()
            if watched and self._too_large():
                self._give_up()
            try:
                line = self.lines.get(timeout=0.05 if watched else 0.25)
            except queue.Empty:
                continue
            if not line:
                self._give_up()
            return json.loads(line)

    def _give_up(self) -> NoReturn:
        self.kill()
        raise TimedOut

    def _cpu(self) -> float:
        """Seconds of processor that the worker has used: on a busy machine waiting is not working."""
        import psutil

        try:
            times = psutil.Process(self.process.pid).cpu_times()
            return times.user + times.system
        except psutil.Error:
            return 0.0

    def _too_large(self) -> bool:
        import psutil

        try:
            return psutil.Process(self.process.pid).memory_info().rss > MEMORY
        except psutil.Error:
            return False

    def ask(self, request: str) -> bool | None:
        assert self.process.stdin
        try:
            self.process.stdin.write(request + "\n")
            self.process.stdin.flush()
        except (OSError, ValueError) as error:
            self.kill()
            raise TimedOut from error
        answer = self._receive(LIMIT)["answer"]
        return answer if isinstance(answer, bool) else None

    def kill(self) -> None:
        self.process.kill()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(5)
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe:
                with contextlib.suppress(OSError, ValueError):
                    pipe.close()


_idle: list[_Worker] = []
_busy: set[_Worker] = set()
_lock = threading.Lock()
_slots = threading.BoundedSemaphore(max(1, min(os.cpu_count() or 1, 8)))


def _forget() -> None:
    """In a forked child: the parent's workers are not ours, nor are its locks."""
    global _lock, _slots
    _idle.clear()
    _busy.clear()
    _lock = threading.Lock()
    _slots = threading.BoundedSemaphore(max(1, min(os.cpu_count() or 1, 8)))


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget)


def ask(task: str, *trees: Tree) -> bool | None:
    """One question to a free worker. Raises TimedOut; a worker that cannot start is undecided (None)."""
    request = json.dumps({"task": task, "trees": [_encode(tree) for tree in trees]})
    with _slots:
        with _lock:
            worker = _idle.pop() if _idle else None
        if worker is not None and worker.process.poll() is not None:
            worker = None  # somebody ended it while it was idle
        try:
            worker = worker or _Worker()
        except (OSError, TimedOut):
            return None
        with _lock:
            _busy.add(worker)
        try:
            answer = worker.ask(request)
        finally:
            with _lock:
                _busy.discard(worker)
        with _lock:
            _idle.append(worker)
        return answer


def release() -> None:
    """End every worker. They start again at the next need."""
    with _lock:
        workers = [*_idle, *_busy]
        _idle.clear()
        _busy.clear()
    for worker in workers:
        worker.kill()


atexit.register(release)
