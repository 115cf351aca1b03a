"""Models that write what they were told to, whatever is put into their mouths meanwhile."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import torch
from tiny import tiny_tokenizer

from hipatia.schema import Chunk, Message

END = "\0"


def next_letter(script: str, said: str) -> str:
    """How the script goes on after the longest end of what was said that it has, the nearest one of several."""
    script += END
    for start in range(len(said)):
        end = said[start:]
        places = [place for place in range(len(script)) if script.startswith(end, place)]
        if places:
            return script[min(places, key=lambda place: abs(place - start)) + len(end)]
    return END if said else script[0]


def streamed(script: str, said: str, most: int, size: int) -> Iterator[Chunk]:
    """The script from what has been said on, in pieces of ``size`` letters."""
    piece, tokens = "", 0
    while tokens < most and (letter := next_letter(script, said)) != END:
        said, piece, tokens = said + letter, piece + letter, tokens + 1
        if len(piece) == size:
            yield Chunk(piece, len(piece))
            piece = ""
    yield Chunk(piece, len(piece))
    yield Chunk("", 0, "length" if tokens == most else "stop", 7)


class Parrots(torch.nn.Module):
    """A model of bytes for the transformers engine that writes the script with the system message's number.

    What it has read it keeps in the cache, as models do, and sees it through the attention mask.
    """

    device = torch.device("cpu")

    def __init__(self, scripts: Sequence[str]):
        from transformers import LlamaConfig

        super().__init__()
        self.config = LlamaConfig(num_hidden_layers=1, max_position_embeddings=100_000)
        self.tokenizer = tiny_tokenizer()
        self.begins, self.ends = (
            self.tokenizer.convert_tokens_to_ids(f"<|im_{end}|>") for end in ("start", "end")
        )
        self.scripts = [self._letters(self.tokenizer.encode(script)) for script in scripts]

    def get_output_embeddings(self) -> torch.nn.Module:
        return torch.nn.Identity()

    def forward(
        self,
        input_ids: torch.Tensor,
        attention_mask: torch.Tensor | None,
        position_ids: torch.Tensor | None,
        past_key_values: Any,
        **_: Any,
    ) -> Any:
        states = input_ids[:, None, :, None].float()
        read = past_key_values.update(states, states, 0)[0][:, 0, :, 0].long()
        logits = torch.zeros(len(read), 1, 272)
        if attention_mask is not None and position_ids is not None:
            assert (attention_mask.sum(1) == position_ids[:, -1] + 1).all()
            for row, ids in enumerate(read):
                logits[row, 0, self._next(ids[attention_mask[row] == 1].tolist())] = 1.0
        return type("Output", (), {"logits": logits})()

    def _next(self, ids: list[int]) -> int:
        opening = len(ids) - ids[::-1].index(self.begins) + len("assistant\n")
        number = self.tokenizer.decode(ids).partition("system\n")[2].partition("<")[0]
        letter = next_letter(self.scripts[int(number)], self._letters(ids[opening:]))
        return self.ends if letter == END else ord(letter) - 1

    def _letters(self, ids: Sequence[int]) -> str:
        return "".join(chr(token + 1) for token in ids)  # END stands for nothing else


def asked(number: int, question: str, begun: str = "") -> list[Message]:
    """A conversation whose answer is the script with this number."""
    messages = [Message("system", str(number)), Message("user", question or "?")]
    return [*messages, Message("assistant", begun)] if begun else messages
