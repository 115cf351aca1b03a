"""Servers that answer the OpenAI way: a real one, llama.cpp's own, and one that does everything wrong."""

from __future__ import annotations

import http.client
import socket
import threading
import urllib.parse
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from faulty import FaultyServer, Handler, Turn, answer, end, piece, raw, reset, status

from hipatia import lmstudio
from hipatia.config import EnginesConfig, GenerationConfig
from hipatia.engines.http import ServerGone, _seconds
from hipatia.engines.openai import OpenAIEngine, is_server, open_server
from hipatia.errors import ModelError
from hipatia.schema import Message

GREEDY = GenerationConfig(max_new_tokens=30)
SETTINGS = EnginesConfig(parallel=3, timeout=20, retries=2)
ASKED = [Message("user", "¿2 + 2?")]


# --- a real server ----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def real(tiny_gguf: Path) -> Iterator[str]:
    """llama.cpp's own server on loopback, with the tiny model."""
    xllamacpp = pytest.importorskip("xllamacpp")
    parameters = xllamacpp.CommonParams()
    parameters.model.path = str(tiny_gguf)
    parameters.n_ctx, parameters.n_parallel, parameters.kv_unified = 1024, 3, True
    parameters.cpuparams.n_threads = parameters.cpuparams_batch.n_threads = 1
    parameters.warmup, parameters.fit_params, parameters.verbosity = False, False, -1
    server = xllamacpp.Server(parameters)
    yield server.listening_address + "/v1"
    del server


def test_a_real_server_streams_an_answer(real: str) -> None:
    engine = open_server(real, SETTINGS)
    chunks = list(engine.stream(ASKED, GREEDY))
    text = "".join(chunk.text for chunk in chunks)
    assert text
    assert text.isascii()
    assert chunks[-1].finish_reason == "stop"
    assert chunks[-1].prompt_tokens > 20
    assert sum(chunk.tokens for chunk in chunks) == len(text) + 1  # and the token that ends it
    short = list(engine.stream(ASKED, GREEDY.model_copy(update={"max_new_tokens": 3})))
    assert "".join(chunk.text for chunk in short) == text[:3]
    assert (short[-1].finish_reason, sum(chunk.tokens for chunk in short)) == ("length", 3)
    assert engine.generate([ASKED], GREEDY)[0].text == text
    assert engine.name in engine.describe()
    assert real in engine.describe()


def test_a_real_server_answers_a_batch_in_order(real: str) -> None:
    engine = open_server(real, SETTINGS)
    asked = [[Message("user", word)] for word in ("a", "bb", "ccc", "dddd", "eeeee")]
    alone = [engine.generate([messages], GREEDY)[0] for messages in asked]
    together = engine.generate(asked, GREEDY)
    sizes = [answer.prompt_tokens for answer in together]
    assert sizes == [answer.prompt_tokens for answer in alone]
    assert [b - a for a, b in zip(sizes, sizes[1:], strict=False)] == [1, 1, 1, 1]


def test_a_real_server_heeds_stop_seed_and_temperature(real: str) -> None:
    engine = open_server(real, SETTINGS)
    whole = engine.generate([ASKED], GREEDY)[0].text
    cut = engine.generate([ASKED], GREEDY.model_copy(update={"stop": [whole[4:6]]}))[0]
    assert (cut.text, cut.finish_reason) == (whole[: whole.find(whole[4:6])], "stop")

    def say(seed: int) -> str:
        options = GenerationConfig(max_new_tokens=20, temperature=1.5, seed=seed)
        return engine.generate([ASKED], options)[0].text

    assert say(1) == say(1)
    assert len({say(seed) for seed in range(4)}) > 1


def test_a_real_server_continues_a_begun_answer(real: str) -> None:
    engine = open_server(real, SETTINGS)
    whole = engine.generate([ASKED], GREEDY)[0].text
    begun = [*ASKED, Message("assistant", whole[:10])]
    rest = engine.generate([begun], GREEDY.model_copy(update={"max_new_tokens": 20}))[0].text
    assert whole[:10] + rest == whole
    options = GREEDY.interjecting(lambda text: "42" if text == whole[:5] else None)
    assert engine.generate([ASKED], options)[0].text.startswith(whole[:5] + "42")


def test_a_real_server_stops_when_the_stream_is_left(real: str) -> None:
    """More answers than it has slots are left; the next one comes at once all the same."""
    engine = open_server(real, SETTINGS)
    for _ in range(6):
        stream = engine.stream(ASKED, GenerationConfig(max_new_tokens=400))
        next(stream)
        stream.close()  # type: ignore[attr-defined]
    assert engine.generate([ASKED], GREEDY)[0].text


def test_a_real_servers_refusal_is_told(real: str) -> None:
    with pytest.raises(ModelError, match="400.*tokens"):
        list(open_server(real, SETTINGS).stream([Message("user", "x" * 2000)], GREEDY))


# --- which model ------------------------------------------------------------------------------------

THREE = ("mathstral-7b-v0.1", "qwen3-4b", "qwen3-8b")
LM_STUDIO = [
    {"id": "mathstral-7b-v0.1", "type": "llm", "state": "not-loaded"},
    {"id": "qwen3-4b", "type": "llm", "state": "loaded"},
    {"id": "qwen3-8b", "type": "llm", "state": "not-loaded"},
    {"id": "nomic-embed", "type": "embeddings", "state": "loaded"},
]
# what is asked for, what the server has → the model, or a part of the error's hint
PICKED: list[tuple[str, tuple[str, ...], str, str | None]] = [
    ("", ("tiny",), "tiny", None),
    ("#qwen3-8b", THREE, "qwen3-8b", None),
    ("#Mathstral", THREE, "mathstral-7b-v0.1", None),
    ("#org/model:tag", ("org/model:tag", "org/model"), "org/model:tag", None),
    ("#qwen3", THREE, "", "qwen3-4b\n"),
    ("", THREE, "", "mathstral"),
    ("#llama", THREE, "", "qwen3-8b"),
    ("", (), "", "Descarga"),
]


@pytest.mark.parametrize(("asked", "models", "picked", "hint"), PICKED)
def test_the_model_is_picked_by_its_name(
    asked: str, models: tuple[str, ...], picked: str, hint: str | None
) -> None:
    with FaultyServer(models=models) as server:
        if hint is None:
            engine = open_server(server.url + asked, SETTINGS)
            list(engine.stream(ASKED, GREEDY))
            assert engine.name == server.requests[0]["model"] == picked
            return
        with pytest.raises(ModelError) as caught:
            open_server(server.url + asked, SETTINGS)
        assert hint in (caught.value.hint or "")


@pytest.mark.parametrize(
    ("asked", "picked"),
    [("", "qwen3-4b"), ("mathstral", "mathstral-7b-v0.1"), ("qwen3", "qwen3-4b"), ("8b", "qwen3-8b")],
)
@pytest.mark.parametrize("version", ["today", "before 0.3.6"])
def test_lm_studios_loaded_model_comes_first(
    asked: str, picked: str, version: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with FaultyServer(models=THREE, own=LM_STUDIO if version == "today" else None) as server:
        monkeypatch.setattr(lmstudio, "server_url", lambda: server.url.removesuffix("/v1"))
        if version != "today" and asked in ("", "qwen3"):  # it does not tell which one is loaded
            with pytest.raises(ModelError, match="varios"):
                open_server(f"lmstudio:{asked}", SETTINGS)
        else:
            assert open_server(f"lmstudio:{asked}", SETTINGS).name == picked


SERVERS = [
    ("http://localhost:8000", True), ("https://host/v1#m", True), ("lmstudio:", True), ("ollama:llama3", True),
    ("embedded", False), ("org/name", False), ("C:\\models\\m.gguf", False), ("httpd.gguf", False),
]  # fmt: skip


@pytest.mark.parametrize(("model", "expected"), SERVERS)
def test_what_is_a_server(model: str, expected: bool) -> None:
    assert is_server(model) is expected


@pytest.mark.parametrize("url", ["http://", "http://host:port/v1", "https:///v1#m", "http://host:99999/v1"])
def test_what_is_no_address(url: str) -> None:
    with pytest.raises(ModelError, match="no es la dirección"):
        open_server(url, SETTINGS)


def test_an_address_without_a_path_is_completed() -> None:
    with FaultyServer() as server:
        engine = open_server(server.url.removesuffix("/v1"), SETTINGS)
        assert engine.describe().endswith("/v1")


# --- what is sent -----------------------------------------------------------------------------------


def test_the_request(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-secret")
    options = GenerationConfig(max_new_tokens=7, temperature=0.5, top_p=0.9, seed=3, stop=["\n\n"])
    with FaultyServer() as server:
        engine = open_server(server.url, SETTINGS)
        list(engine.stream([Message("system", "Eres Hipatia."), *ASKED], options))
        assert server.requests == [
            {
                "model": "tiny",
                "messages": [
                    {"role": "system", "content": "Eres Hipatia."},
                    {"role": "user", "content": "¿2 + 2?"},
                ],
                "stream": True,
                "stream_options": {"include_usage": True},
                "max_tokens": 7,
                "temperature": 0.5,
                "top_p": 0.9,
                "seed": 3,
                "stop": ["\n\n"],
            }
        ]
        assert server.headers[0]["Authorization"] == "Bearer sk-secret"
        assert "sk-secret" not in engine.describe()


def test_a_key_that_is_not_there_is_not_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    with FaultyServer() as server:
        list(open_server(server.url, SETTINGS).stream(ASKED, GREEDY))
        assert "Authorization" not in server.headers[0]
        assert "stop" not in server.requests[0]


# --- answers in all their shapes --------------------------------------------------------------------

NOT_STREAMED = (
    b'{"choices": [{"message": {"role": "assistant", "content": "Hola a todos"}, "finish_reason": "stop"}]}'
)
ROLE_FIRST = piece("", delta={"role": "assistant", "content": None})
THOUGHTS = piece("", delta={"reasoning_content": "Hm."})
SHAPES: dict[str, tuple[Turn, str]] = {
    "usual": (answer("Hola", " a todos"), "stop"),
    "cut by length": (answer("Hola", " a todos", reason="length"), "length"),
    "another reason": (answer("Hola", " a todos", reason="eos_token"), "stop"),
    "comments, roles, thoughts": (
        raw(
            b": ping\n\n",
            ROLE_FIRST,
            THOUGHTS,
            b"event: message\n",
            piece("Hola"),
            b"\n",
            piece(" a todos"),
            end(),
        ),
        "stop",
    ),
    "CRLF": (raw(*(p.replace(b"\n", b"\r\n") for p in (piece("Hola"), piece(" a todos"), end()))), "stop"),
    "no blank after the colon": (raw(piece("Hola a todos").replace(b"data: ", b"data:"), end()), "stop"),
    "without usage and [DONE]": (raw(piece("Hola a todos"), piece("", finish_reason="stop")), "stop"),
    "text with the reason": (raw(piece("Hola a todos", finish_reason="stop")), "stop"),
    "not streamed": (raw(NOT_STREAMED, kind="application/json; charset=utf-8"), "stop"),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_answers_in_all_their_shapes(shape: str) -> None:
    turn, reason = SHAPES[shape]
    with FaultyServer(turn) as server:
        engine = open_server(server.url, SETTINGS)
        chunks = list(engine.stream(ASKED, GREEDY))
        assert "".join(chunk.text for chunk in chunks) == "Hola a todos"
        assert chunks[-1].finish_reason == reason
        assert engine.generate([ASKED], GREEDY)[0].text == "Hola a todos"


def test_pieces_come_as_they_are_written() -> None:
    """The second word is written when the first has been read: a slow server shows what it has."""
    read = threading.Event()

    def turn(handler: Handler) -> None:
        raw(piece("uno"))(handler)
        assert read.wait(timeout=10)
        handler.wfile.write(piece("dos") + end())

    with FaultyServer(turn) as server:
        stream = open_server(server.url, SETTINGS).stream(ASKED, GREEDY)
        assert next(stream).text == "uno"
        read.set()
        assert "".join(chunk.text for chunk in stream) == "dos"


def test_a_slow_first_word_is_waited_for() -> None:
    """It comes when somebody else says so; the time-out is of silence, not of the whole answer."""
    asked, go = threading.Event(), threading.Event()

    def turn(handler: Handler) -> None:
        asked.set()
        assert go.wait(timeout=10)
        answer("por fin")(handler)

    def release() -> None:
        asked.wait(timeout=10)
        go.set()

    with FaultyServer(turn) as server:
        threading.Thread(target=release, daemon=True).start()
        chunks = list(open_server(server.url, SETTINGS).stream(ASKED, GREEDY))
        assert chunks[0].text == "por fin"


# --- faults -----------------------------------------------------------------------------------------


def silent(handler: Handler) -> None:
    """Says nothing until the client leaves."""
    handler.connection.settimeout(20)
    handler.rfile.read(1)


def silent_in_the_middle(handler: Handler) -> None:
    raw(piece("uno"))(handler)
    silent(handler)


LONG_LINE = b"data: " + b"x" * (5 << 20) + b"\n\n"
# what the server does → a part of the error's message and of its hint
FAULTS: dict[str, tuple[Turn, str, str]] = {
    "gone in mid-answer": (raw(piece("uno ")), "ha cortado", "registro"),
    "gone in mid-answer, with its length": (raw(piece("uno "), length=5000), "ha cortado", ""),
    "gone in mid-line": (raw(piece("uno "), b'data: {"choi'), "no es una respuesta", ""),
    "broken JSON": (raw(b"data: {no json}\n\n"), "no es una respuesta: {no json}", ""),
    "a list": (raw(b"data: [1]\n\n"), "no es una respuesta", ""),
    "a page": (raw(b"<html>hola</html>", kind="text/html"), "ha cortado", ""),
    "a page as JSON": (raw(b"<html>", kind="application/json"), "no es una respuesta: <html>", ""),
    "an endless line": (raw(LONG_LINE), "no es una respuesta", ""),
    "an error in the stream": (
        raw(piece("uno "), b'data: {"error": {"message": "out of memory"}}\n\n'),
        "out of memory",
        "",
    ),
    "an error event": (raw(b'error: {"error": {"message": "no memory"}}\n\n'), "no memory", ""),
    "silent": (silent, "0.2 segundos sin decir", "engines.timeout"),
    "silent in the middle": (silent_in_the_middle, "0.2 segundos sin decir", "engines.timeout"),
    "401": (status(401, "bad key"), "pide una clave", "OPENAI_API_KEY"),
    "403": (status(403), "pide una clave", "OPENAI_API_KEY"),
    "model not found": (status(404, "model 'x' not found, try pulling it first"), "404.*try pulling", ""),
    "bad request": (status(400, "max_tokens is too large"), "400.*too large", ""),
    "a redirect": (status(301), "301", ""),
    "always busy": (status(503, "Loading model"), "503.*Loading", ""),
    "always over the limit": (status(429, "slow down", {"Retry-After": "7"}), "429.*slow down", ""),
    "hangs up on everybody": (reset, "ha cortado", ""),
}


class Clock(threading.Event):
    """Notes how long one would have waited."""

    def __init__(self) -> None:
        super().__init__()
        self.waited: list[float] = []

    def wait(self, timeout: float | None = None) -> bool:
        self.waited.append(timeout or 0)
        return self.is_set()


def open_impatient(server: FaultyServer, **changes: Any) -> tuple[OpenAIEngine, Clock]:
    settings = EnginesConfig(parallel=3, timeout=0.2, retries=3).model_copy(update=changes)
    engine, clock = open_server(server.url, settings), Clock()
    engine._server.hung_up = clock
    return engine, clock


@pytest.mark.parametrize("fault", FAULTS)
def test_faults_are_told(fault: str) -> None:
    turn, message, hint = FAULTS[fault]
    with FaultyServer(turn) as server:
        engine, clock = open_impatient(server)
        with pytest.raises(ModelError, match=message) as caught:
            list(engine.stream(ASKED, GREEDY))
        assert hint in (caught.value.hint or "")
        repeated = 4 if "always" in fault or "everybody" in fault else 1
        assert len(server.requests) == repeated
        assert len(clock.waited) == repeated - 1
        if fault == "always over the limit":
            assert clock.waited == [7, 7, 7]
        elif repeated > 1:
            assert [0.75 * 2**i <= seconds <= 1.25 * 2**i for i, seconds in enumerate(clock.waited)] == [
                True
            ] * 3


PASSING = [
    [status(429, "slow", {"Retry-After": "2"})],
    [status(500, "oops"), status(502), status(503)],
    [reset, reset, reset],
]


@pytest.mark.parametrize("faults", PASSING)
def test_what_passes_is_tried_again(faults: list[Turn]) -> None:
    with FaultyServer(*faults, answer("ya")) as server:
        engine, clock = open_impatient(server)
        assert next(iter(engine.stream(ASKED, GREEDY))).text == "ya"
        assert len(clock.waited) == len(faults)


@pytest.mark.parametrize("fault", [raw(piece("me")), silent_in_the_middle])
def test_in_a_batch_a_broken_answer_is_asked_for_again(fault: Turn) -> None:
    with FaultyServer(fault, answer("entera")) as server:
        engine, _ = open_impatient(server)
        texts = [done.text for done in engine.generate([ASKED] * 4, GREEDY)]
        assert texts == ["entera"] * 4
        assert len(server.requests) == 5


def test_a_batch_fails_as_a_whole_and_at_once() -> None:
    """Figures over a part of the answers would be wrong ones. The other lines, silent, are cut."""
    with FaultyServer(silent_in_the_middle, silent_in_the_middle, status(401)) as server:
        engine, _ = open_impatient(server, timeout=300)
        with pytest.raises(ModelError, match="clave"):
            engine.generate([ASKED] * 9, GREEDY)
        server.turns = [answer("de nuevo")]
        assert engine.generate([ASKED], GREEDY)[0].text == "de nuevo"


def test_no_more_at_once_than_set() -> None:
    lock, meeting, most, running = threading.Lock(), threading.Barrier(3), [0], [0]

    def turn(handler: Handler) -> None:
        with lock:
            running[0] += 1
            most[0] = max(most[0], running[0])
        meeting.wait(timeout=10)
        with lock:
            running[0] -= 1
        answer("x")(handler)

    with FaultyServer(turn) as server:
        open_server(server.url, SETTINGS).generate([ASKED] * 9, GREEDY)
    assert most[0] == 3


def test_leaving_a_stream_hangs_up() -> None:
    def turn(handler: Handler) -> None:
        raw(piece("uno"))(handler)
        while True:
            handler.wfile.write(piece("más"))

    with FaultyServer(turn) as server:
        stream = open_server(server.url, SETTINGS).stream(ASKED, GREEDY)
        next(stream)
        stream.close()  # type: ignore[attr-defined]
        assert server.hung_up.wait(timeout=10)


def free_port() -> int:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        return int(unused.getsockname()[1])


def test_a_server_that_is_not_there_is_said_at_once() -> None:
    with pytest.raises(ModelError, match="Nadie responde") as caught:
        open_server(f"http://127.0.0.1:{free_port()}/v1", SETTINGS)
    assert "Arranca el servidor" in (caught.value.hint or "")


@pytest.mark.parametrize(
    ("model", "port", "message", "hint"),
    [
        ("lmstudio:mathstral", 1234, "LM Studio no está en marcha", "lms server start"),
        ("ollama:llama3", 11434, "Ollama no está en marcha", "ollama serve"),
        ("http://127.0.0.1:8080/v1", 8080, "Nadie responde", "llama-server -m"),
    ],
)
def test_it_is_said_how_to_start_what_is_missing(
    model: str, port: int, message: str, hint: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(self: http.client.HTTPConnection) -> None:
        assert self.port == port
        raise ConnectionRefusedError(111, "Connection refused")

    monkeypatch.setattr(lmstudio, "server_url", lambda: f"http://127.0.0.1:{port}")
    monkeypatch.setattr(http.client.HTTPConnection, "connect", refuse)
    with pytest.raises(ModelError, match=message) as caught:
        open_server(model, SETTINGS)
    assert hint in (caught.value.hint or "")
    assert "refused" in caught.value.message


def test_something_else_on_the_port_is_told() -> None:
    with FaultyServer() as server:
        server.lists["/v1/models"] = "not an object"
        with pytest.raises(ModelError, match="ningún modelo"):
            open_server(server.url, SETTINGS)
    for reply in (b"HTTP/1.1 200 OK\r\n\r\n<html>", b"SSH-2.0-OpenSSH\r\n"):
        with socket.create_server(("127.0.0.1", 0)) as listener:
            port = listener.getsockname()[1]

            def serve(listener: socket.socket = listener, reply: bytes = reply) -> None:
                line, _ = listener.accept()
                line.recv(1000)
                line.sendall(reply)
                line.close()

            threading.Thread(target=serve, daemon=True).start()
            with pytest.raises(ModelError):
                open_server(f"http://127.0.0.1:{port}/v1", SETTINGS)


RETRY_AFTER = [
    ("3", 3.0), ("0", 0.0), ("-5", 0.0), ("1.5", 1.5), (None, None), ("soon", None),
    ("Wed, 21 Oct 2015 07:28:00 GMT", 0.0),
]  # fmt: skip


@pytest.mark.parametrize(("text", "seconds"), RETRY_AFTER)
def test_retry_after(text: str | None, seconds: float | None) -> None:
    assert _seconds(text) == seconds


# --- going on with a begun answer -------------------------------------------------------------------


def reads(size: Any) -> Turn:
    """A server that counts ``size(messages, body)`` tokens in a prompt and answers with « y»."""

    def turn(handler: Handler) -> None:
        body = handler.server.owner.requests[-1]
        answer(" y", prompt=size(body["messages"], body))(handler)

    return turn


def words(messages: list[dict[str, str]]) -> int:
    return sum(len(message["content"].split()) for message in messages)


def open_turn(messages: list[dict[str, str]], body: dict[str, Any]) -> int:
    return 10 + words(messages)


def closed_turn(messages: list[dict[str, str]], body: dict[str, Any]) -> int:
    """The end of a turn and the opening of the next cost three tokens each time."""
    return 10 + words(messages) + 3 * (len(messages) - 1)


def open_if_told(messages: list[dict[str, str]], body: dict[str, Any]) -> int:
    return (open_turn if body.get("continue_final_message") else closed_turn)(messages, body)


CONTINUING: dict[str, tuple[Any, dict[str, Any] | None]] = {
    "llama-server, Ollama": (open_turn, {}),
    "vLLM, SGLang": (open_if_told, {"continue_final_message": True, "add_generation_prompt": False}),
    "closes every turn": (closed_turn, None),
    "closes it with one token": (lambda m, b: 10 + words(m) + len(m) - 1, None),
    "counts nothing": (lambda m, b: 0, None),
}


@pytest.mark.parametrize("kind", CONTINUING)
def test_whether_a_server_continues_is_found_out_once(kind: str) -> None:
    size, extra = CONTINUING[kind]
    begun = [*ASKED, Message("assistant", "Son 4")]
    with FaultyServer(reads(size)) as server:
        engine = open_server(server.url, SETTINGS)
        if extra is None:
            for _ in range(2):
                with pytest.raises(ModelError, match="no sabe seguir"):
                    list(engine.stream(begun, GREEDY))
            assert len(server.requests) == 6
            return
        for _ in range(2):
            assert engine.generate([begun], GREEDY)[0].text == " y"
        assert len(server.requests) == (5 if not extra else 8)
        last = server.requests[-1]
        assert last["messages"][-1] == {"role": "assistant", "content": "Son 4"}
        assert {key: last[key] for key in extra} == extra


def test_a_server_that_refuses_such_messages_cannot_continue() -> None:
    def turn(handler: Handler) -> None:
        body = handler.server.owner.requests[-1]
        refused = body["messages"][-1]["role"] == "assistant"
        (status(400, "must end with a user message") if refused else answer("x"))(handler)

    with FaultyServer(turn) as server, pytest.raises(ModelError, match="no sabe seguir"):
        list(open_server(server.url, SETTINGS).stream([*ASKED, Message("assistant", "Son")], GREEDY))


def test_a_lost_server_is_not_taken_for_one_that_cannot() -> None:
    with FaultyServer(raw(piece("x"))) as server, pytest.raises(ServerGone):
        list(open_server(server.url, SETTINGS).stream([*ASKED, Message("assistant", "Son")], GREEDY))


def test_only_the_named_host_is_spoken_to() -> None:
    """A name and password in the address are not shown again."""
    with FaultyServer() as server:
        parts = urllib.parse.urlsplit(server.url)
        engine = open_server(f"http://user:pass@{parts.netloc}/v1", SETTINGS)
        assert "pass" not in engine.describe()
