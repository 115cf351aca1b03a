"""A transformers tokenizer as a GGUF's entries: ``tokenizer_entries(tokenizer, size, name, source)``.

How text is cut is found out, not looked up: of the ways that llama.cpp knows, the one that cuts a text made to
tell them apart as the tokenizer does. The tokenizer that a reader makes of the entries must then give the same
ids on that text and inside a conversation; else it is refused.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np

from ..errors import ModelError
from ..prompting import end_of_turn_ids, format_conversation
from ..schema import Message
from .tokenizer import (
    BYTE,
    CONTROL,
    FAMILIES,
    NORMAL,
    UNKNOWN,
    UNUSED,
    USER_DEFINED,
    Vocabulary,
    build_cuts,
    build_tokenizer,
)
from .writer import Value

# Words, contractions, runs of digits, signs, blanks and line breaks: no two ways to cut agree on all of it.
_TEXTS = (
    "¿Cuánto es 12345678 + 7? Son 12345685; la mitad, 6172842,5 €.\n\n1. Paso",
    "It's what they'LL say: I'd've 'tis Don'T 1st 22nd.\n\n\n  2. Then\r\n \r\nx",
    r"\frac{3}{4} = \sqrt[3]{x^2} \cdot (a+b)^2 <= |y| ~ $10 & `code` {a}/[b]",
    "  tres  espacios   \t tab\t\n \n  fin  ",
    "camelCase ALLCAPS MixedUPCase ñandú Ñu ÀÉ ¡Olé! «sí» — “no”… x/y//z\n/w",
    "½ ² Ⅷ ٣٤٥ 数学 한국어 Ελληνικά 👍🏽 e\u0301",
    "",
    " ",
    "a",
)
_TALK = (
    Message("user", "¿Cuánto es 12 + 30?"),
    Message("assistant", "Son 42.\n\nRespuesta: 42"),
    Message("user", " Gracias, it's OK. "),
)


def tokenizer_entries(tokenizer: Any, size: int, name: str, source: str) -> dict[str, Value]:
    """The ``tokenizer`` entries for a model of ``size`` token embeddings, called ``name``.

    Raises ModelError for a tokenizer that llama.cpp has no counterpart of.
    """
    state = json.loads(tokenizer.backend_tokenizer.to_str())
    model = state["model"]
    if model.get("type") != "BPE":
        raise ModelError.of("gguf.no_such_tokenizer", source=source, reason=str(model.get("type")))
    entries = _vocabulary(tokenizer, state, size, source) | _special_ids(tokenizer)
    if isinstance(tokenizer.chat_template, str):
        entries["tokenizer.chat_template"] = tokenizer.chat_template
    choices: list[dict[str, Value]]
    if model.get("byte_fallback"):
        entries |= {"tokenizer.ggml.model": "llama", "tokenizer.ggml.scores": _scores(model, size)}
        choices = [{"tokenizer.ggml.add_space_prefix": prefix} for prefix in (True, False)]
    else:
        entries["tokenizer.ggml.model"] = "gpt2"
        entries["tokenizer.ggml.merges"] = [_merge(pair) for pair in model["merges"]]
        choices = [{"tokenizer.ggml.pre": _cut_name(tokenizer, model, source)}]
    for choice in choices:
        if _reads_the_same(tokenizer, entries | choice, name):
            return entries | choice
    raise ModelError.of("gguf.no_such_tokenizer", source=source, reason=_kind(state))


def _kind(state: dict[str, Any]) -> str:
    """How a tokenizer of another kind is named to people."""
    parts = [(state.get(part) or {}).get("type", "") for part in ("normalizer", "pre_tokenizer", "model")]
    return " · ".join(filter(None, parts))


def _vocabulary(tokenizer: Any, state: dict[str, Any], size: int, source: str) -> dict[str, Value]:
    """Tokens and their types; embeddings without a token get names that no text has."""
    tokens = [f"[PAD{index}]" for index in range(size)]
    types = np.full(size, UNUSED, "<i4")
    bytes_alone = bool(state["model"].get("byte_fallback"))
    for token, index in tokenizer.get_vocab().items():
        if index >= size:
            raise ModelError.of("gguf.more_tokens", source=source, tokens=len(tokenizer), rows=size)
        tokens[index] = token
        is_byte = bytes_alone and len(token) == 6 and token.startswith("<0x")
        types[index] = BYTE if is_byte else NORMAL
    for added in state["added_tokens"]:
        types[added["id"]] = CONTROL if added["special"] else USER_DEFINED
    unknown = state["model"].get("unk_token")
    if unknown is not None and bytes_alone:
        types[tokens.index(unknown)] = UNKNOWN
    return {"tokenizer.ggml.tokens": tokens, "tokenizer.ggml.token_type": types}


def _special_ids(tokenizer: Any) -> dict[str, Value]:
    """Begin, end, padding, end of turn; and whether a text begins with the first and ends with the second."""
    ids = {"bos": tokenizer.bos_token_id, "eos": tokenizer.eos_token_id, "unknown": tokenizer.unk_token_id}
    ids["padding"] = tokenizer.pad_token_id
    ends = [id for id in end_of_turn_ids(tokenizer) if id != tokenizer.eos_token_id]
    ids["eot"] = ends[0] if ends else None
    found: dict[str, Value] = {f"tokenizer.ggml.{k}_token_id": id for k, id in ids.items() if id is not None}
    around = tokenizer("a").input_ids
    # A talk must read as in training: where its template has no begin token, none is put before it.
    talk = format_conversation(_TALK, tokenizer)
    opened = bool(tokenizer.bos_token) and talk.startswith(tokenizer.bos_token)
    found["tokenizer.ggml.add_bos_token"] = opened and around[0] == tokenizer.bos_token_id
    found["tokenizer.ggml.add_eos_token"] = around[-1] == tokenizer.eos_token_id
    return found


def _merge(pair: str | list[str]) -> str:
    return pair if isinstance(pair, str) else " ".join(pair)


def _scores(model: dict[str, Any], size: int) -> np.ndarray:
    """For each token how early it is made: what SentencePiece calls its score."""
    scores = np.zeros(size, "<f4")
    for rank, pair in enumerate(model["merges"]):
        left, right = pair.split(" ", 1) if isinstance(pair, str) else pair
        index = model["vocab"][left + right]
        if not scores[index]:
            scores[index] = -(rank + 1)
    return scores


def _cut_name(tokenizer: Any, model: dict[str, Any], source: str) -> str:
    """The name by which llama.cpp knows how the tokenizer cuts text before it joins letters."""
    own = tokenizer.backend_tokenizer.pre_tokenizer
    for cut, names in FAMILIES.items():
        if cut.ignore_merges != bool(model.get("ignore_merges")):
            continue
        theirs = build_cuts(cut)
        if own and all(_pieces(own, text) == _pieces(theirs, text) for text in _TEXTS):
            return names[0]
    raise ModelError.of("gguf.no_such_tokenizer", source=source, reason=type(own).__name__)


def _pieces(cuts: Any, text: str) -> list[str]:
    return [piece for piece, _ in cuts.pre_tokenize_str(text)]


def _reads_the_same(tokenizer: Any, entries: dict[str, Value], name: str) -> bool:
    """Whether a reader of the entries cuts texts alone and inside a conversation as the tokenizer does."""
    vocabulary = _as_read(entries | {"general.name": name})
    again = build_tokenizer(vocabulary)
    alone, talk = _TEXTS, [format_conversation(_TALK[:length], tokenizer) for length in (1, 2, 3)]
    prefixed = bool(entries.get("tokenizer.ggml.add_space_prefix"))
    # Without a blank put before texts llama.cpp reads a text alone otherwise than some tokenizers do: what
    # counts is the conversation.
    compared = [*talk, *alone] if prefixed or vocabulary.model == "gpt2" else talk
    return all(_ids(tokenizer, text) == _ids(again, text) for text in compared)


def _ids(tokenizer: Any, text: str) -> list[int]:
    ids: list[int] = tokenizer(text, add_special_tokens=False).input_ids
    return ids


def _as_read(metadata: dict[str, Any]) -> Vocabulary:
    from .writer_metadata import Draft

    return Vocabulary.read(Draft(Path(), metadata, {}, {}))
