"""The engine's answers equal transformers' own generation, whatever the batch."""

from __future__ import annotations

from typing import Any

import pytest
import torch
from tiny import tiny_llama, tiny_tokenizer

from hipatia.attention import register_grouped_attention
from hipatia.config import GenerationConfig
from hipatia.engines.decoding import shared_prefix_length
from hipatia.engines.transformers import TransformersEngine
from hipatia.engines.written import WrittenAnswer
from hipatia.prompting import encode_prompt
from hipatia.schema import Completion, Message

QUESTIONS = [
    "¿2+2?",
    "Halla el área de un cuadrado de lado 3.",
    "x",
    "¿Por qué?",
    "Suma 1/2 y 1/3, por favor.",
]
SYSTEM = Message("system", "Eres una tutora de matemáticas muy paciente.")
CONVERSATIONS = [(SYSTEM, Message("user", question)) for question in QUESTIONS]
GREEDY = GenerationConfig(max_new_tokens=40)


def engine(
    attention: str = "sdpa", batch_size: int = 64, seed: int = 0, **changes: Any
) -> TransformersEngine:
    model = tiny_llama(seed, **changes)
    model.set_attn_implementation(attention)
    return TransformersEngine(model, tiny_tokenizer(), "tiny", batch_size=batch_size)


def reference(made: TransformersEngine, messages: tuple[Message, ...], most: int) -> list[int]:
    """transformers' generate on one row."""
    ids = torch.tensor([encode_prompt(messages, made.tokenizer)])
    out = made.model.generate(ids, max_new_tokens=most, do_sample=False, eos_token_id=257, pad_token_id=258)
    answer = out[0, ids.shape[1] :].tolist()
    return answer[: answer.index(257)] if 257 in answer else answer


@pytest.mark.parametrize("attention", ["sdpa", "eager", "grouped"])
@pytest.mark.parametrize("batch_size", [1, 2, 64])
def test_batches_say_what_transformers_says(attention: str, batch_size: int) -> None:
    made = engine(register_grouped_attention() if attention == "grouped" else attention, batch_size)
    answers = made.generate(CONVERSATIONS, GREEDY)
    for messages, answer in zip(CONVERSATIONS, answers, strict=True):
        ids = reference(made, messages, GREEDY.max_new_tokens)
        assert answer.text == made.tokenizer.decode(ids, skip_special_tokens=True)
        assert answer.completion_tokens == len(ids)
        assert answer.finish_reason == ("length" if len(ids) == GREEDY.max_new_tokens else "stop")
        assert answer.prompt_tokens == len(encode_prompt(messages, made.tokenizer))


def test_rows_that_end_early_leave_the_others_alone() -> None:
    """A head that likes the end of turn makes rows stop at different steps, so that the batch shrinks."""
    made = engine(tie_word_embeddings=False)
    with torch.no_grad():
        made.model.lm_head.weight[257] *= 3
    answers = made.generate(CONVERSATIONS * 3, GREEDY)
    lengths = {answer.completion_tokens for answer in answers}
    assert len(lengths) > 1
    for messages, answer in zip(CONVERSATIONS, answers[: len(CONVERSATIONS)], strict=True):
        ids = reference(made, messages, GREEDY.max_new_tokens)
        assert answer.text == made.tokenizer.decode(ids, skip_special_tokens=True)
    assert [a.text for a in answers[:5]] == [a.text for a in answers[5:10]]


def test_sliding_windows_keep_transformers_own_cache() -> None:
    from transformers import MistralConfig, MistralForCausalLM

    torch.manual_seed(0)
    config = MistralConfig(
        vocab_size=272, hidden_size=32, intermediate_size=64, num_hidden_layers=2, num_attention_heads=4,
        num_key_value_heads=2, sliding_window=16, bos_token_id=261, eos_token_id=257, pad_token_id=258,
    )  # fmt: skip
    made = TransformersEngine(MistralForCausalLM(config).eval(), tiny_tokenizer(), "tiny")
    answers = made.generate(CONVERSATIONS[:3], GREEDY)
    for messages, answer in zip(CONVERSATIONS, answers, strict=False):
        ids = reference(made, messages, GREEDY.max_new_tokens)
        assert answer.text == made.tokenizer.decode(ids, skip_special_tokens=True)


def test_each_answer_is_announced_once() -> None:
    done: dict[int, Completion] = {}
    answers = engine(batch_size=2).generate(
        CONVERSATIONS, GREEDY, lambda index, answer: done.setdefault(index, answer)
    )
    assert [done[index] for index in range(5)] == answers


def test_a_stream_is_the_same_answer_in_pieces() -> None:
    made = engine()
    whole = made.generate([CONVERSATIONS[1]], GREEDY)[0]
    chunks = list(made.stream(CONVERSATIONS[1], GREEDY))
    assert "".join(chunk.text for chunk in chunks) == whole.text
    assert chunks[-1].finish_reason == whole.finish_reason
    assert all(chunk.finish_reason is None for chunk in chunks[:-1])


def test_letters_of_several_tokens_come_whole() -> None:
    """In a tokenizer of bytes every accented letter takes two tokens."""
    made = engine()
    forced = made.tokenizer("ñandú √2", add_special_tokens=False)["input_ids"]
    made._stop_ids = [257]

    class Speaker(torch.nn.Module):
        """Says what it was told to, one token a step."""

        config, device = made.model.config, torch.device("cpu")

        def __init__(self) -> None:
            super().__init__()
            self.left = [*forced, 257]

        def get_output_embeddings(self) -> torch.nn.Module:
            return torch.nn.Identity()

        def forward(self, input_ids: torch.Tensor, **_: Any) -> Any:
            logits = torch.zeros(len(input_ids), 1, 272)
            logits[:, :, self.left.pop(0)] = 1.0
            return type("Output", (), {"logits": logits})()

    made.model = Speaker()
    pieces = [chunk.text for chunk in made.stream([Message("user", "a")], GREEDY)]
    assert "".join(pieces) == "ñandú √2"
    assert "ñ" in pieces
    assert not any("\ufffd" in piece for piece in pieces)


def test_a_stream_can_be_left() -> None:
    stream = engine().stream(CONVERSATIONS[0], GREEDY)
    next(stream)
    stream.close()  # type: ignore[attr-defined]
    assert engine().generate([CONVERSATIONS[0]], GREEDY)[0].text


def test_sampling_is_seeded() -> None:
    made = engine()

    def say(seed: int, temperature: float = 2.0) -> str:
        options = GenerationConfig(max_new_tokens=30, temperature=temperature, seed=seed)
        return made.generate([CONVERSATIONS[0]], options)[0].text

    assert say(1) == say(1)
    assert len({say(seed) for seed in range(4)}) > 1
    narrow = GenerationConfig(max_new_tokens=40, temperature=1.0, top_p=1e-9)
    assert (
        made.generate([CONVERSATIONS[0]], narrow)[0].text == made.generate([CONVERSATIONS[0]], GREEDY)[0].text
    )


def test_a_begun_answer_is_continued() -> None:
    made = engine()
    messages = (*CONVERSATIONS[0], Message("assistant", "Son "))
    assert made.tokenizer.decode(encode_prompt(messages, made.tokenizer)).endswith("assistant\nSon ")
    answer = made.generate([messages], GREEDY)[0]
    assert answer.text == made.tokenizer.decode(reference(made, messages, 40), skip_special_tokens=True)


PREFIXES = [
    ([[1, 2, 3], [1, 2, 4]], 2),
    ([[1, 2, 3], [1, 2, 3]], 2),
    ([[1, 2], [1, 2, 3, 4]], 1),
    ([[5], [5]], 0),
    ([[1, 2], [2, 2]], 0),
]


@pytest.mark.parametrize(("given", "length"), PREFIXES)
def test_what_rows_share_leaves_each_a_token(given: list[list[int]], length: int) -> None:
    assert shared_prefix_length(given) == length


def test_the_head_gets_contiguous_input() -> None:
    """Else torch copies a frozen weight matrix once a row: 3.4 GB for 60 rows of the embedded model."""
    made = engine()
    made.model.requires_grad_(False)
    seen: list[bool] = []
    head = made.model.get_output_embeddings()

    def look(weight: torch.nn.Module, inputs: tuple[torch.Tensor, ...], output: torch.Tensor) -> None:
        seen.append(inputs[0].is_contiguous())

    head.register_forward_hook(look)
    made.generate(CONVERSATIONS, GREEDY)
    assert seen
    assert all(seen)


@pytest.mark.parametrize("batch_size", [1, 64])
def test_stop_strings_end_an_answer(batch_size: int) -> None:
    """Each row ends at its own stop; the others are as without."""
    made = engine(batch_size=batch_size)
    whole = [answer.text for answer in made.generate(CONVERSATIONS, GREEDY)]
    stops = [whole[0][5:8], whole[3][2:4]]
    options = GREEDY.model_copy(update={"stop": stops})
    for messages, text, answer in zip(
        CONVERSATIONS, whole, made.generate(CONVERSATIONS, options), strict=True
    ):
        ends = [place for stop in stops if (place := text.find(stop)) >= 0]
        assert answer.text == text[: min(ends, default=len(text))]
        assert not ends or answer.finish_reason == "stop"
        chunks = list(made.stream(messages, options))
        assert "".join(chunk.text for chunk in chunks) == answer.text
        assert chunks[-1].finish_reason == answer.finish_reason
        assert chunks[-1].prompt_tokens == answer.prompt_tokens


def test_a_continued_word_keeps_its_space() -> None:
    """A decoder in the manner of SentencePiece drops the space before the first word that it is given."""
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers
    from transformers import PreTrainedTokenizerFast

    words = ["</s>", "<unk>", "▁Son", "▁cuatro", "▁", "a"]
    backend = Tokenizer(models.WordLevel({word: i for i, word in enumerate(words)}, unk_token="<unk>"))
    backend.pre_tokenizer = pre_tokenizers.Metaspace()
    backend.decoder = decoders.Metaspace()
    tokenizer = PreTrainedTokenizerFast(tokenizer_object=backend, eos_token="</s>", unk_token="<unk>")
    tokenizer.chat_template = "{% for m in messages %}{{ m['content'] }}{% if m['role'] == 'assistant' %}</s>{% endif %}{% endfor %}"
    question = Message("user", "a ")
    answer = WrittenAnswer(tokenizer, [question], GREEDY)
    continued = WrittenAnswer(tokenizer, [question, Message("assistant", "Son")], GREEDY)
    assert not any(answer.add(token) for token in (2, 3))
    assert answer.text() == "Son cuatro"
    assert not continued.add(3)
    assert continued.text() == " cuatro"
