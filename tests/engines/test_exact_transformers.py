"""Exact arithmetic while transformers decodes: the same text in batches and streams, the tokens that it reads."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import torch
from parrot import Parrots, asked
from tiny import CHATML, SPECIALS, tiny_llama, tiny_tokenizer

from hipatia.attention import register_grouped_attention
from hipatia.config import GenerationConfig
from hipatia.engines.decoding import Change, Course, decode
from hipatia.engines.transformers import TransformersEngine
from hipatia.engines.written import WrittenAnswer
from hipatia.schema import Completion, Message

CASES = json.loads(Path(__file__).with_name("exact.json").read_text(encoding="utf-8"))["written"]
OPTIONS = GenerationConfig(max_new_tokens=120)


@pytest.fixture(scope="module")
def engine() -> TransformersEngine:
    model = Parrots([case.get("begun", "") + case["written"] for case in CASES])
    return TransformersEngine(model, model.tokenizer, "parrots", batch_size=48)


@pytest.fixture(scope="module")
def conversations() -> list[list[Message]]:
    return [
        asked(number, case.get("question", ""), case.get("begun", "")) for number, case in enumerate(CASES)
    ]


@pytest.fixture(scope="module")
def answers(engine: TransformersEngine, conversations: list[list[Message]]) -> list[Completion]:
    return engine.generate(conversations, OPTIONS)


@pytest.mark.parametrize("number", range(len(CASES)))
def test_batches(answers: list[Completion], number: int) -> None:
    assert answers[number].text == CASES[number]["result"]
    assert answers[number].finish_reason == "stop"


@pytest.mark.parametrize("number", range(0, len(CASES), 3))
def test_streams_say_the_same(
    engine: TransformersEngine, conversations: list[list[Message]], answers: list[Completion], number: int
) -> None:
    chunks = list(engine.stream(conversations[number], OPTIONS))
    assert "".join(chunk.text for chunk in chunks) == answers[number].text
    assert sum(chunk.tokens for chunk in chunks) == answers[number].completion_tokens
    put = [chunk.text[start:end] for chunk in chunks for start, end in chunk.forced]
    assert put == [answers[number].text[start:end] for start, end in answers[number].forced]


def test_switched_off(engine: TransformersEngine, conversations: list[list[Message]]) -> None:
    options = OPTIONS.model_copy(update={"exact_arithmetic": False})
    for case, answer in zip(CASES, engine.generate(conversations, options), strict=True):
        assert (answer.text, answer.forced) == (case["written"], ())


def test_stops_are_found_in_what_was_put_in() -> None:
    model = Parrots(["12 × 3 = 35\n", "12 × 3 = 35\nSon 36"])
    made = TransformersEngine(model, model.tokenizer, "parrots")
    options = OPTIONS.model_copy(update={"stop": ["36"]})
    for answer in made.generate([asked(0, ""), asked(1, "")], options):
        assert (answer.text, answer.finish_reason) == ("12 × 3 = ", "stop")
    chunks = list(made.stream(asked(1, ""), options))
    assert "".join(chunk.text for chunk in chunks) == "12 × 3 = "


def test_the_length_counts_what_is_there() -> None:
    """Taken back tokens give their room back."""
    model = Parrots(["2 + 2 = 3000000000\nSí, son cuatro"])
    made = TransformersEngine(model, model.tokenizer, "parrots")
    options = GenerationConfig(max_new_tokens=len(b"2 + 2 = 3000000000\n"))
    answer = made.generate([asked(0, "")], options)[0]
    assert (answer.text, answer.finish_reason) == ("2 + 2 = 4\nSí, son c"[: len(answer.text)], "length")
    assert answer.completion_tokens == options.max_new_tokens


# --- taking tokens back, with a model that looks at all that it has read ---------------------------


PROMPTS = [[261, *b"uno"], [261, *b"dos mas"], [261, *b"tr"], [261, *b"cuatro y pico"]]
# row → after how many tokens, how many are dropped, what comes
CHANGES = {0: (5, 3, (65, 66)), 1: (9, 9, (70,)), 2: (4, 0, (80, 81, 82)), 3: (1, 1, (90, 91))}


@pytest.mark.parametrize("attention", ["sdpa", "eager", "grouped"])
@pytest.mark.parametrize("sliding", [False, True])
def test_tokens_taken_back_are_forgotten(attention: str, sliding: bool) -> None:
    model = sliding_model() if sliding else tiny_llama()
    model.set_attn_implementation(register_grouped_attention() if attention == "grouped" else attention)
    options = GenerationConfig(max_new_tokens=24)
    course, written = Course(), [list[int]() for _ in PROMPTS]
    waiting = dict(CHANGES)
    for row, token in decode(model, PROMPTS, options, [], course):
        written[row].append(token)
        if row in waiting and len(written[row]) == waiting[row][0]:
            _, dropped, put = waiting.pop(row)
            del written[row][len(written[row]) - dropped :]
            written[row] += put
            course.changes[row] = Change(dropped, put)
    assert not waiting
    for row, ids in enumerate(written):
        at, dropped, put = CHANGES[row]
        begun = at - dropped + len(put)
        assert ids[at - dropped : begun] == list(put)
        fresh = continued(model, [*PROMPTS[row], *ids[:begun]], 24 - begun)
        assert ids == [*ids[:begun], *fresh]


def continued(model: Any, ids: list[int], most: int) -> list[int]:
    """transformers' own greedy continuation."""
    out = model.generate(
        torch.tensor([ids]), max_new_tokens=most, do_sample=False, eos_token_id=271, pad_token_id=258
    )
    found: list[int] = out[0, len(ids) :].tolist()
    return found


def sliding_model() -> Any:
    from transformers import MistralConfig, MistralForCausalLM

    torch.manual_seed(0)
    config = MistralConfig(
        vocab_size=272, hidden_size=32, intermediate_size=64, num_hidden_layers=2, num_attention_heads=4,
        num_key_value_heads=2, sliding_window=64, bos_token_id=261, eos_token_id=257, pad_token_id=258,
    )  # fmt: skip
    return MistralForCausalLM(config).eval()


# --- the tokens of what is put in -----------------------------------------------------------------


def merging_tokenizer(*, splits_digits: bool) -> Any:
    """Byte-level BPE that has learnt to join what stands in sums."""
    from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers, trainers
    from transformers import PreTrainedTokenizerFast

    backend = Tokenizer(models.BPE())
    cuts: list[Any] = [pre_tokenizers.Digits(individual_digits=True)] if splits_digits else []
    backend.pre_tokenizer = pre_tokenizers.Sequence([*cuts, pre_tokenizers.ByteLevel(add_prefix_space=False)])
    backend.decoder = decoders.ByteLevel()
    lines = [f"Son {a} × {b} = {a * b}\nRespuesta: {a * b} €.\n" for a in range(1, 40) for b in range(1, 30)]
    trainer = trainers.BpeTrainer(
        vocab_size=700, initial_alphabet=pre_tokenizers.ByteLevel.alphabet(), show_progress=False
    )
    backend.train_from_iterator(lines, trainer)
    backend.add_special_tokens([AddedToken(text, special=True) for text in SPECIALS])
    tokenizer = PreTrainedTokenizerFast(tokenizer_object=backend, eos_token="<|im_end|>", pad_token="<|pad|>")
    tokenizer.chat_template = CHATML
    return tokenizer


@pytest.mark.parametrize("splits_digits", [False, True])
@pytest.mark.parametrize("number", range(0, len(CASES), 2))
def test_what_is_put_in_has_the_tokens_that_the_model_would_read(splits_digits: bool, number: int) -> None:
    """Token by token from the model's own choice; after a change as if the whole had been read anew."""
    tokenizer = TOKENIZERS[splits_digits]
    case = CASES[number]
    answer = WrittenAnswer(tokenizer, asked(0, case.get("question", ""), case.get("begun", "")), OPTIONS)
    decoded: list[int] = []
    for token in tokenizer.encode(case["written"], add_special_tokens=False):
        decoded.append(token)
        if change := answer.add(token):
            decoded[len(decoded) - change.dropped :] = change.put
            assert change.put
            assert tokenizer.encode(answer.text(), add_special_tokens=False)[-1] == answer.ids[-1]
        assert decoded == answer.ids
    answer.end()
    assert answer.text() == case["result"]
    if not case.get("begun"):
        whole = tokenizer.encode(case["result"], add_special_tokens=False)
        assert answer.ids == whole


TOKENIZERS = {split: merging_tokenizer(splits_digits=split) for split in (False, True)}


def test_unfinished_letters_wait() -> None:
    """In a tokenizer of bytes the sign of a root takes three tokens."""
    tokenizer = tiny_tokenizer()
    answer = WrittenAnswer(tokenizer, [Message("user", "?")], OPTIONS)
    for token in tokenizer.encode("√144 = 13 €, √"):
        answer.add(token)
        assert "\ufffd" not in answer.piece().text
    answer.end()
    assert answer.text() == "√144 = 12 €, √"


@pytest.mark.parametrize("left", [0, 1, 2])
def test_a_letter_cut_off_in_its_middle_is_no_part_of_the_answer(left: int) -> None:
    tokenizer = tiny_tokenizer()
    answer = WrittenAnswer(tokenizer, [Message("user", "?")], OPTIONS)
    for token in [*tokenizer.encode("2·"), *tokenizer.encode("√")[:left]]:
        answer.add(token)
    shown = answer.piece().text
    assert shown + answer.last_piece(0).text == answer.completion(0.0).text == "2·"
