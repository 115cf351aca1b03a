"""Chat templates of strangers, rendered within bounds of time and size: ``render_template(tokenizer, messages)``.

A template comes with a model's file and is a program. transformers' sandbox keeps it from the machine, not from
running for ever. One that is seen to be plain (``is_plain``: a loop over the messages, nothing that grows) is
rendered at once; any other in a process of its own, which is killed when it takes too long.
"""

from __future__ import annotations

import atexit
import json
import os
import queue
import subprocess
import sys
import threading
from functools import lru_cache
from typing import Any

from .errors import ModelError

LIMIT = 5.0  # seconds for one conversation
_START = 120.0  # seconds in which the process must be ready, on a busy machine
MAX_TEXT = 1 << 24  # characters of a rendered conversation

_FILTERS = {
    "trim",
    "length",
    "count",
    "tojson",
    "upper",
    "lower",
    "first",
    "last",
    "string",
    "default",
    "capitalize",
}
_FUNCTIONS = {"raise_exception", "namespace", "strftime_now"}
_METHODS = {"strip", "lstrip", "rstrip", "startswith", "endswith", "upper", "lower", "get", "split"}
_PUTTING_TOGETHER = ("Add", "Concat", "List", "Tuple", "Dict", "Call")
_NOT_PLAIN = (
    "Mul",
    "Pow",
    "Macro",
    "CallBlock",
    "FilterBlock",
    "AssignBlock",
    "Block",
    "With",
    "Include",
    "Import",
    "FromImport",
    "Extends",
)


def render_template(
    tokenizer: Any, messages: list[dict[str, str]], answer: bool, template: str | None = None
) -> str:
    """The conversation by the tokenizer's chat template, or another.

    Raises jinja2's TemplateError for messages that it refuses, ModelError for one beyond all bounds.
    """
    template = template or tokenizer.get_chat_template()
    if is_plain(template):
        text: str = tokenizer.apply_chat_template(
            messages, chat_template=template, tokenize=False, add_generation_prompt=answer
        )
        return text
    special = {name: str(token) for name, token in tokenizer.special_tokens_map.items()}
    request = {"template": template, "messages": messages, "answer": answer, "special": special}
    with _lock:
        return _ask(request)


@lru_cache(maxsize=64)
def is_plain(template: str) -> bool:
    """Whether it is plain from its text that a template takes no more time than its messages are long."""
    from jinja2 import Environment, nodes
    from jinja2.exceptions import TemplateError

    try:
        tree = Environment(extensions=["jinja2.ext.loopcontrols"]).parse(template)
    except (TemplateError, RecursionError):
        return False  # a template with tags of transformers' own, or none at all: it will be told elsewhere
    if any(next(tree.find_all(getattr(nodes, name)), None) for name in _NOT_PLAIN):
        return False
    loops = list(tree.find_all(nodes.For))
    if any(loop.recursive or any(_found(part, nodes.For) for part in loop.body) for loop in loops):
        return False
    filters = all(one.name in _FILTERS for one in tree.find_all(nodes.Filter))
    calls = all(_is_known(call.node) for call in tree.find_all(nodes.Call))
    formats = any(not _is_loop_index(one.left) for one in tree.find_all(nodes.Mod))
    return filters and calls and not formats and not _grows(tree)


def _is_known(function: Any) -> bool:
    from jinja2 import nodes

    if isinstance(function, nodes.Name):
        return function.name in _FUNCTIONS
    return isinstance(function, nodes.Getattr) and function.attr in _METHODS


def _is_loop_index(node: Any) -> bool:
    """``loop.index0 % 2``; of a text, ``%`` may make anything."""
    from jinja2 import nodes

    named = isinstance(node, nodes.Getattr) and isinstance(node.node, nodes.Name)
    return named and node.node.name == "loop" and node.attr in ("index", "index0")


def _grows(tree: Any) -> bool:
    """Whether something is put together of what was itself put together: doubled forty times it is endless."""
    from jinja2 import nodes

    kinds = tuple(getattr(nodes, kind) for kind in _PUTTING_TOGETHER)
    steps = [(step.target, step.node) for step in tree.find_all(nodes.Assign)]
    steps += [(step.target, step.iter) for step in tree.find_all(nodes.For)]
    made = [(target, value) for target, value in steps if _found(value, kinds)]
    names = {name for target, _ in made for name in _names(target)}
    for _ in steps:  # what a copy is made of was put together too
        names |= {name for target, value in steps if names & _names(value) for name in _names(target)}
    return any(names & _names(value) for _, value in made)


def _found(node: Any, kinds: Any) -> bool:
    return isinstance(node, kinds) or next(node.find_all(kinds), None) is not None


def _names(node: Any) -> set[str]:
    from jinja2 import nodes

    kinds = (nodes.Name, nodes.NSRef)
    return {one.name for one in ([node] if isinstance(node, kinds) else node.find_all(kinds))}


# --- the process ----------------------------------------------------------------------------------

_lock = threading.Lock()
_workers: dict[int, _Worker] = {}  # by the process that started it: a fork must not talk to its parent's
_endless: set[str] = set()  # templates that have been given up


class _Worker:
    """``python -m hipatia.template_worker``: a JSON object a line, each way."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-P", "-m", "hipatia.template_worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            encoding="utf-8",
        )
        self._lines: queue.Queue[str] = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()
        self.receive(_START)

    def _read(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            self._lines.put(line)
        self._lines.put("")

    def receive(self, limit: float) -> dict[str, str]:
        """Raises queue.Empty when it takes too long, ValueError when the process has ended."""
        reply: dict[str, str] = json.loads(self._lines.get(timeout=limit))
        return reply

    def ask(self, request: dict[str, Any]) -> dict[str, str]:
        assert self.process.stdin
        self.process.stdin.write(json.dumps(request) + "\n")
        self.process.stdin.flush()
        return self.receive(LIMIT)


def _ask(request: dict[str, Any]) -> str:
    from jinja2.exceptions import TemplateError

    if request["template"] in _endless:
        raise ModelError.of("prompting.template_endless", seconds=round(LIMIT))
    try:
        worker = _workers.get(os.getpid()) or _workers.setdefault(os.getpid(), _Worker())
        reply = worker.ask(request)
    except (queue.Empty, ValueError, OSError):
        release()
        _endless.add(request["template"])
        raise ModelError.of("prompting.template_endless", seconds=round(LIMIT)) from None
    if "error" in reply:
        raise TemplateError(reply["error"])
    return reply["text"]


def release() -> None:
    """End the process, if there is one."""
    if worker := _workers.pop(os.getpid(), None):
        worker.process.kill()
        worker.process.wait()


atexit.register(release)
