"""An OpenAI-style server on loopback that does what a test says: answers, refuses, falls silent, breaks off.

    with FaultyServer(status(429, headers={"Retry-After": "3"}), answer("Hola", " a todos")) as server: ...

Each turn serves one request for an answer; the last turn serves all that follow.
"""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

Turn = Callable[["Handler"], None]


def piece(text: str, **more: Any) -> bytes:
    choice = {"index": 0, "delta": {"content": text}, "finish_reason": None} | more
    return b"data: " + json.dumps({"choices": [choice]}).encode() + b"\n\n"


def end(reason: str = "stop", prompt: int = 11, tokens: int = 2) -> bytes:
    usage = {"prompt_tokens": prompt, "completion_tokens": tokens}
    return (
        piece("", delta={}, finish_reason=reason)
        + b"data: " + json.dumps({"choices": [], "usage": usage}).encode() + b"\n\ndata: [DONE]\n\n"
    )  # fmt: skip


def raw(*parts: bytes, kind: str = "text/event-stream", length: int | None = None) -> Turn:
    """A 200 with these bytes, then the line is closed; ``length`` announces more than there is."""

    def turn(handler: Handler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", kind)
        if length is not None:
            handler.send_header("Content-Length", str(length))
        handler.end_headers()
        for part in parts:
            handler.wfile.write(part)

    return turn


def answer(*texts: str, reason: str = "stop", prompt: int = 11) -> Turn:
    return raw(*map(piece, texts), end(reason, prompt, len(texts)))


def status(code: int, message: str = "", headers: dict[str, str] | None = None) -> Turn:
    """A refusal with OpenAI's error object."""

    def turn(handler: Handler) -> None:
        handler.reply_json({"error": {"message": message, "code": code}}, code, headers or {})

    return turn


def reset(handler: Handler) -> None:
    """Nothing: the line is cut before any answer."""
    handler.connection.shutdown(socket.SHUT_RDWR)


class Handler(BaseHTTPRequestHandler):
    server: Any

    def do_GET(self) -> None:
        listed = self.server.owner.lists.get(self.path)
        self.reply_json(
            listed if listed is not None else {"error": "not found"}, 200 if listed is not None else 404
        )

    def do_POST(self) -> None:
        owner: FaultyServer = self.server.owner
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        with owner.lock:
            owner.requests.append(body)
            owner.headers.append(dict(self.headers))
            turn = owner.turns.pop(0) if len(owner.turns) > 1 else owner.turns[0]
        try:
            turn(self)
        except OSError:
            owner.hung_up.set()
        self.close_connection = True

    def reply_json(self, value: Any, code: int = 200, headers: dict[str, str] | None = None) -> None:
        data = json.dumps(value).encode()
        self.send_response(code)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        for name, text in (headers or {}).items():
            self.send_header(name, text)
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: Any) -> None:
        pass


class FaultyServer:
    """``requests`` and ``headers`` are what came; ``hung_up`` is set when a client left in mid-answer."""

    def __init__(
        self, *turns: Turn, models: tuple[str, ...] = ("tiny",), own: list[dict[str, Any]] | None = None
    ):
        self.turns = list(turns) or [answer("Hola")]
        self.lists: dict[str, Any] = {"/v1/models": {"data": [{"id": name} for name in models]}}
        if own is not None:
            self.lists["/api/v0/models"] = {"data": own}
        self.requests: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.hung_up = threading.Event()
        self.lock = threading.Lock()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._server.owner = self  # type: ignore[attr-defined]
        self.port = self._server.server_address[1]
        self.url = f"http://127.0.0.1:{self.port}/v1"

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
