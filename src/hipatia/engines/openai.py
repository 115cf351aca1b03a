"""A server that answers the OpenAI way: LM Studio, Ollama, llama-server, vLLM, SGLang.

    engine = open_server("http://127.0.0.1:8000/v1#qwen3", config.engines)
    engine = open_server("lmstudio:mathstral", config.engines)

The model is the one named after ``#`` or ``:``, or a part of its name that only one has, or the one that is
loaded, or the only one. OPENAI_API_KEY is sent if it is set.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import asdict
from typing import Any

from .. import i18n, lmstudio
from ..config import EnginesConfig, GenerationConfig
from ..errors import ModelError
from ..schema import Chunk, Completion, FinishReason, Message
from . import Conversation, OnDone
from .edits import begun_answer
from .http import Server, ServerGone
from .streams import answer_all, edited

OLLAMA = "http://127.0.0.1:11434/v1"
# How servers are asked to go on with the assistant's last message: as it stands, or as vLLM and SGLang have it.
_CONTINUATIONS: tuple[dict[str, Any], ...] = (
    {},
    {"continue_final_message": True, "add_generation_prompt": False},
)
_PROBE_WORDS = 8


def is_server(model: str) -> bool:
    """Whether a MODEL argument names a server."""
    return model.startswith(("http://", "https://", "lmstudio:", "ollama:"))


def open_server(model: str, settings: EnginesConfig) -> OpenAIEngine:
    """The engine for ``http://…#model``, ``lmstudio:NAME`` or ``ollama:NAME``.

    Raises ModelError where no server answers or it does not have the model.
    """
    kind, _, wanted = model.partition(":")
    urls = {"lmstudio": lmstudio.server_url() + "/v1", "ollama": OLLAMA}
    url = urls.get(kind)
    if url is None:
        url, _, wanted = model.partition("#")
    server = Server(url, settings.timeout, settings.retries)
    return OpenAIEngine(server, _pick(_models(server, kind), wanted, server.url), settings.parallel)


def _models(server: Server, kind: str) -> list[dict[str, Any]]:
    """What the server has, as ``{"id", …}``; with ``state`` where LM Studio tells."""
    listed = server.get("/models")
    if kind == "lmstudio":  # its own list says what is loaded, and leaves nothing out
        own = Server(server.url.removesuffix("/v1") + "/api/v0", 10, 0)
        with suppress(ModelError):  # it has none before 0.3.6
            listed = own.get("/models")
    rows = listed.get("data") if isinstance(listed, dict) else None
    models = [row for row in rows or [] if isinstance(row, dict) and isinstance(row.get("id"), str)]
    return [row for row in models if row.get("type") != "embeddings"]


def _pick(models: list[dict[str, Any]], wanted: str, url: str) -> str:
    """The model meant. Raises ModelError naming those that there are."""
    names = [str(row["id"]) for row in models]
    if wanted in names:
        return wanted
    loaded = [str(row["id"]) for row in models if row.get("state") == "loaded"]
    found = [name for name in names if wanted.lower() in name.lower()]
    for several in (found, [name for name in loaded if name in found]):
        if len(several) == 1:
            return several[0]
    shown = "\n".join(f"  {name}" for name in names)
    if not names:
        raise ModelError.of("engines.no_models", url=url)
    if not found:
        raise ModelError.of("engines.no_such_model", name=wanted, url=url, names=shown)
    raise ModelError.of("engines.which_model", url=url, names=shown)


class OpenAIEngine:
    """Answers with a model behind an OpenAI-style server."""

    def __init__(self, server: Server, model: str, parallel: int):
        self.name = model
        self.parallel = parallel
        self._server = server
        self._continuation: dict[str, Any] | None = None
        self._probed = False

    @property
    def url(self) -> str:
        return self._server.url

    def describe(self) -> str:
        return i18n.t("engines.at_server", name=self.name, url=self._server.url)

    def close(self) -> None:
        """The server goes on without us."""

    def stream(self, messages: Conversation, options: GenerationConfig) -> Iterator[Chunk]:
        begun = begun_answer(messages)
        before = messages[:-1] if begun else messages

        def begin(said: str, most: int) -> Iterator[Chunk]:
            if not begun + said:
                return self._chunks(messages, options, most, {})
            asked = [*before, Message("assistant", begun + said)]
            return self._chunks(asked, options, most, self._how_to_continue())

        if self._continuation is None:  # it cannot be told to go on after a value
            options = options.model_copy(update={"exact_arithmetic": False})
        return edited(begin, messages, options)

    def can_continue(self) -> bool:
        """Asked of the server once."""
        if not self._probed:
            self._continuation = next((extra for extra in _CONTINUATIONS if self._continues(extra)), None)
            self._probed = True
        return self._continuation is not None

    def generate(
        self, batch: Sequence[Conversation], options: GenerationConfig, on_done: OnDone | None = None
    ) -> list[Completion]:
        try:
            return answer_all(
                self._whole, batch, options, self.parallel, on_done, hang_up=self._server.hang_up
            )
        finally:
            self._server.pick_up()

    def _whole(self, messages: Conversation, options: GenerationConfig) -> Iterator[Chunk]:
        """The chunks of an answer once it is complete, asked for again if the line broke in its middle."""
        try:
            chunks = list(self.stream(messages, options))
        except ServerGone:
            if self._server.hung_up.is_set():
                raise
            chunks = list(self.stream(messages, options))
        yield from chunks

    def _chunks(
        self, messages: Conversation, options: GenerationConfig, most: int, extra: dict[str, Any]
    ) -> Generator[Chunk, None, None]:
        body: dict[str, Any] = {
            "model": self.name,
            "messages": [asdict(message) for message in messages],
            "stream": True,
            "stream_options": {"include_usage": True},
            "max_tokens": most,
            "temperature": options.temperature,
            "top_p": options.top_p,
            "seed": options.seed,
        }
        if options.stop:
            body["stop"] = options.stop
        counted, usage, reason = 0, dict[str, Any](), None
        with closing(self._server.stream("/chat/completions", body | extra)) as events:
            for event in events:
                usage = event.get("usage") or usage
                text, ended = _said(event)
                reason = ended or reason
                if text:
                    counted += 1
                    yield Chunk(text, 1)
        if reason is None:
            raise ServerGone.of("engines.gone", url=self._server.url)
        tokens = usage.get("completion_tokens") or counted
        yield Chunk("", tokens - counted, reason, usage.get("prompt_tokens") or 0)

    def _how_to_continue(self) -> dict[str, Any]:
        """What to add to a request whose last message is to be continued, found out once.

        Raises ModelError if the server cannot do that.
        """
        if not self.can_continue():
            raise ModelError.of("engines.cannot_continue", name=self.name, url=self._server.url)
        assert self._continuation is not None
        return self._continuation

    def _continues(self, extra: dict[str, Any]) -> bool:
        """Whether a begun answer is left open, judged by the number of tokens that the server reads.

        Twice the words are twice the tokens, but an answer that is closed, and a new one opened, costs some
        of its own, which then count once in place of twice.
        """
        question = Message("user", "x")
        try:
            sizes = [
                self._prompt_size((question, Message("assistant", text)) if text else (question,), extra)
                for text in ("", " ".join("x" * _PROBE_WORDS), " ".join("x" * 2 * _PROBE_WORDS))
            ]
        except ServerGone:
            raise
        except ModelError:  # some refuse such a message, or the words that they do not know
            return False
        alone, once, twice = sizes
        return alone > 0 and 2 * (once - alone) - (twice - alone) <= 0

    def _prompt_size(self, messages: Conversation, extra: dict[str, Any]) -> int:
        options = GenerationConfig()
        asked = extra if messages[-1].role == "assistant" else {}
        return max(chunk.prompt_tokens for chunk in self._chunks(messages, options, 1, asked))


def _said(event: dict[str, Any]) -> tuple[str, FinishReason | None]:
    """The text of an event, and the finish reason where the answer ends."""
    choices = event.get("choices")
    choice = choices[0] if isinstance(choices, list) and choices and isinstance(choices[0], dict) else {}
    part = choice.get("delta") or choice.get("message") or {}
    text = part.get("content") if isinstance(part, dict) else None
    ended = choice.get("finish_reason")
    reason: FinishReason | None = None
    if ended:
        reason = "length" if ended == "length" else "stop"
    return text if isinstance(text, str) else "", reason
