"""A server that speaks the OpenAI way: JSON asked for, answers streamed, failures put into words.

    server = Server("http://127.0.0.1:1234/v1", timeout=300, retries=5)
    for event in server.stream("/chat/completions", body): ...

Asked again, each time later, is what a server refuses for the moment: 429 (after the time it names), 5xx, a
line that breaks before the first word. A server that was never reached is not running; that is said at once.
"""

from __future__ import annotations

import http.client
import json
import os
import random
import socket
import threading
import time
import urllib.parse
from collections.abc import Generator, Iterator
from contextlib import suppress
from email.utils import parsedate_to_datetime
from typing import Any

from ..errors import ModelError

KEY_VARIABLE = "OPENAI_API_KEY"
_CONNECT_TIMEOUT = 10.0  # seconds
_LONGEST_WAIT = 60.0  # seconds between two attempts, whatever the server says
_LONGEST_LINE = 1 << 22  # bytes of an event; a longer one is no answer
_BUSY = {408, 409, 425, 429, 500, 502, 503, 504}
_BROKEN = (OSError, http.client.HTTPException)
# What is meant by a port, where nobody answers: how to start what usually listens there.
_USUAL = {1234: "lmstudio", 11434: "ollama", 8080: "llama_server"}


class ServerGone(ModelError):
    """The line broke, or fell silent, in the middle of an answer."""


class NotRunning(ModelError):
    """Nobody answers at the address."""


class Server:
    """The address of a server; each request has a connection of its own. Several threads may ask at once."""

    def __init__(self, url: str, timeout: float, retries: int):
        parts = _parsed(url)
        path = parts.path.rstrip("/")
        self.url = f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{path or '/v1'}"
        self.path = path or "/v1"
        self._parts = parts
        self._timeout = timeout
        self._retries = retries
        self._reached = False
        self._open: dict[http.client.HTTPConnection, socket.socket] = {}
        self.hung_up = threading.Event()

    def get(self, path: str) -> Any:
        """The JSON under a path. Raises ModelError, also for what is no JSON."""
        connection, response = self._request("GET", path, None, timeout=_CONNECT_TIMEOUT)
        try:
            return json.loads(response.read(_LONGEST_LINE))
        except ValueError:
            raise ModelError.of("engines.no_json", url=self.url + path) from None
        except _BROKEN as error:
            raise self._failure(error, _CONNECT_TIMEOUT) from error
        finally:
            self._close(connection)

    def stream(self, path: str, body: dict[str, Any]) -> Generator[dict[str, Any], None, None]:
        """The events of a streamed answer. Leaving them hangs up, at which servers stop writing.

        Raises ServerGone for an answer that breaks off, else ModelError.
        """
        connection, response = self._request("POST", path, body, timeout=self._timeout)
        try:
            yield from self._events(response)
        except _BROKEN as error:
            raise self._failure(error, self._timeout) from error
        finally:
            self._close(connection)

    def hang_up(self) -> None:
        """Break all lines, so that nobody waits for a word any more, until ``pick_up``."""
        self.hung_up.set()
        for line in list(self._open.values()):
            with suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)

    def pick_up(self) -> None:
        """Be as before ``hang_up``."""
        self.hung_up.clear()

    # --- one request --------------------------------------------------------------------------------

    def _request(
        self, method: str, path: str, body: dict[str, Any] | None, timeout: float
    ) -> tuple[http.client.HTTPConnection, http.client.HTTPResponse]:
        """The connection and the response, whose status is 200; what may pass is tried again."""
        for attempt in range(self._retries + 1):
            connection, named = self._connection(), None
            try:
                response = self._send(connection, method, path, body, timeout)
                self._reached = True
                if response.status == 200:
                    return connection, response
                failure, may_pass = self._refusal(response), response.status in _BUSY
                named = response.headers.get("Retry-After")
            except _BROKEN as error:
                failure = self._failure(error, timeout, connected=connection in self._open)
                may_pass = self._reached and not isinstance(error, TimeoutError)
            self._close(connection)
            if not may_pass or attempt == self._retries:
                raise failure
            self._wait(attempt, named)
        raise AssertionError("the last attempt returns or raises")

    def _connection(self) -> http.client.HTTPConnection:
        kinds = {"http": http.client.HTTPConnection, "https": http.client.HTTPSConnection}
        host, port = self._parts.hostname or "", self._parts.port
        return kinds[self._parts.scheme](host, port, timeout=_CONNECT_TIMEOUT)

    def _close(self, connection: http.client.HTTPConnection) -> None:
        """Let the server know at once, also where the response still holds the line."""
        if line := self._open.pop(connection, None):
            with suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)
        connection.close()

    def _send(
        self,
        connection: http.client.HTTPConnection,
        method: str,
        path: str,
        body: dict[str, Any] | None,
        timeout: float,
    ) -> http.client.HTTPResponse:
        headers = {"Accept": "application/json, text/event-stream"}
        if key := os.environ.get(KEY_VARIABLE):
            headers["Authorization"] = f"Bearer {key}"
        data = None
        if body is not None:
            headers["Content-Type"] = "application/json"
            data = json.dumps(body).encode()
        connection.connect()
        self._open[connection] = connection.sock
        connection.sock.settimeout(timeout)
        connection.request(method, self.path + path, data, headers)
        return connection.getresponse()

    def _wait(self, attempt: int, named: str | None = None) -> None:
        """As long as the server names, else about 1, 2, 4, 8… seconds. Raises ServerGone once hung up."""
        seconds = _seconds(named)
        if seconds is None:
            seconds = 2**attempt * random.uniform(0.75, 1.25)  # so that not all come back at once
        if self.hung_up.wait(min(seconds, _LONGEST_WAIT)):
            raise ServerGone.of("engines.gone", url=self.url)

    # --- what came back -----------------------------------------------------------------------------

    def _events(self, response: http.client.HTTPResponse) -> Iterator[dict[str, Any]]:
        """The objects of the ``data:`` lines, to ``[DONE]``; a server that does not stream sends just one."""
        if "json" in response.headers.get("Content-Type", ""):
            yield self._event(response.read(_LONGEST_LINE))
            return
        while line := response.readline(_LONGEST_LINE + 1):
            if len(line) > _LONGEST_LINE:
                raise ModelError.of("engines.bad_answer", url=self.url, text=_shown(line))
            name, _, value = line.strip().partition(b":")
            if name == b"data" and value.strip() == b"[DONE]":
                return
            if name in (b"data", b"error"):
                yield self._event(value)

    def _event(self, text: bytes) -> dict[str, Any]:
        try:
            event = json.loads(text)
        except ValueError:
            raise ModelError.of("engines.bad_answer", url=self.url, text=_shown(text)) from None
        if not isinstance(event, dict):
            raise ModelError.of("engines.bad_answer", url=self.url, text=_shown(text))
        if error := event.get("error"):
            raise ModelError.of("engines.server_error", url=self.url, reason=_reason(error))
        return event

    # --- failures in words --------------------------------------------------------------------------

    def _failure(self, error: Exception, timeout: float, connected: bool = True) -> ModelError:
        """A line that broke, or could not be had."""
        if connected and isinstance(error, TimeoutError):
            return ServerGone.of("engines.silent", url=self.url, seconds=f"{timeout:g}")
        if self._reached:
            return ServerGone.of("engines.gone", url=self.url)
        usual = _USUAL.get(self._parts.port or 0, "server")
        reason = getattr(error, "strerror", None) or str(error) or type(error).__name__
        return NotRunning.of(f"engines.not_running.{usual}", url=self.url, reason=reason)

    def _refusal(self, response: http.client.HTTPResponse) -> ModelError:
        """A status other than 200."""
        text = response.read(_LONGEST_LINE)
        if response.status in (401, 403):
            return ModelError.of("engines.needs_key", url=self.url, variable=KEY_VARIABLE)
        try:
            reason = _reason(json.loads(text))
        except ValueError:
            reason = _shown(text)
        return ModelError.of("engines.refused_by_server", url=self.url, status=response.status, reason=reason)


def _parsed(url: str) -> urllib.parse.SplitResult:
    """The parts of a http address. Raises ModelError for anything else."""
    with suppress(ValueError):
        parts = urllib.parse.urlsplit(url)
        if parts.scheme in ("http", "https") and parts.hostname and parts.port != 0:
            return parts
    raise ModelError.of("engines.bad_url", url=url)


def _seconds(named: str | None) -> float | None:
    """What a Retry-After header says, in seconds from now; None for none that can be read."""
    if not named:
        return None
    with suppress(ValueError):
        return max(0.0, float(named))
    with suppress(ValueError, TypeError):
        return max(0.0, parsedate_to_datetime(named).timestamp() - time.time())
    return None


def _reason(error: Any) -> str:
    """The sentence in an error object, however deep the server has put it."""
    while isinstance(error, dict):
        error = next((error[key] for key in ("error", "message", "detail") if key in error), str(error))
    return str(error)[:300]


def _shown(text: bytes) -> str:
    return text.decode("utf-8", "replace").strip()[:100]
