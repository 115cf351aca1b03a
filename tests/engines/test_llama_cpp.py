"""llama.cpp in a process of its own: its answers are the model's, and its end is not the program's."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import psutil
import pytest

pytest.importorskip("xllamacpp")

from hipatia.config import Config, EnginesConfig, GenerationConfig, load_config
from hipatia.engines.llama_cpp import LlamaCppEngine, threads
from hipatia.engines.transformers import TransformersEngine
from hipatia.errors import ModelError
from hipatia.modeling import Hardware, load_base, load_tokenizer, prepared_tokenizer
from hipatia.prompting import encode_prompt
from hipatia.schema import Message

GREEDY = GenerationConfig(max_new_tokens=40)
SETTINGS = EnginesConfig(context=1024, parallel=3)
CPU = Hardware("cpu", "float32", "CPU", 10**10)
QUESTIONS = ["hola", "¿2+2?", "suma <|endoftext|> y", "x", "abc", "¿Por qué?"]
CONVERSATIONS = [[Message("user", question)] for question in QUESTIONS]
LONG = CONVERSATIONS[2]


def open_tiny(path: Path, **changes: Any) -> LlamaCppEngine:
    def tokenizer() -> Any:
        return prepared_tokenizer(load_tokenizer(path), Config())

    return LlamaCppEngine(path, tokenizer, "tiny", SETTINGS, **changes)


@pytest.fixture(scope="module")
def engine(tiny_gguf: Path) -> Iterator[LlamaCppEngine]:
    made = open_tiny(tiny_gguf)
    yield made
    made.close()


@pytest.fixture(scope="module")
def reference(tiny_gguf: Path) -> TransformersEngine:
    base = load_base(str(tiny_gguf), Config(), CPU)
    return TransformersEngine(base.model, base.tokenizer, "tiny")


def test_the_answers_are_those_of_transformers(engine: LlamaCppEngine, reference: TransformersEngine) -> None:
    """Both compute in 32 bits; llama.cpp keeps keys and values in 16, so a near tie may fall otherwise."""
    ours, theirs = (made.generate(CONVERSATIONS, GREEDY) for made in (engine, reference))
    same = [a.text == b.text for a, b in zip(ours, theirs, strict=True)]
    assert sum(same) >= 4
    for a, b, equal in zip(ours, theirs, same, strict=True):
        assert a.prompt_tokens == b.prompt_tokens
        assert not equal or a.finish_reason == b.finish_reason
    assert {answer.finish_reason for answer in ours} == {"stop", "length"}


def test_what_a_user_types_is_no_special_token(engine: LlamaCppEngine) -> None:
    """The end-of-text token typed by a user is fourteen letters, of a byte each."""
    sizes = [
        engine.generate([[Message("user", f"a{word}")]], GREEDY)[0].prompt_tokens
        for word in ("", "<|endoftext|>")
    ]
    assert sizes[1] - sizes[0] == len("<|endoftext|>")


def test_a_stream_is_the_same_answer_in_pieces(engine: LlamaCppEngine) -> None:
    for messages in CONVERSATIONS[:3]:
        whole = engine.generate([messages], GREEDY)[0]
        chunks = list(engine.stream(messages, GREEDY))
        assert "".join(chunk.text for chunk in chunks) == whole.text
        assert sum(chunk.tokens for chunk in chunks) == whole.completion_tokens
        assert [chunk.finish_reason for chunk in chunks if chunk.finish_reason] == [whole.finish_reason]
        assert chunks[-1].prompt_tokens == len(encode_prompt(messages, engine.tokenizer))
        assert whole.tokens_per_second > 0


def test_stop_strings_end_an_answer(engine: LlamaCppEngine) -> None:
    whole = engine.generate([LONG], GREEDY)[0].text
    assert len(whole) == 40
    options = GREEDY.model_copy(update={"stop": ["never", whole[10:13]]})
    answer = engine.generate([LONG], options)[0]
    assert answer.text == whole[: whole.find(whole[10:13])]
    assert answer.finish_reason == "stop"


def test_sampling_is_seeded(engine: LlamaCppEngine) -> None:
    def say(seed: int, **changes: Any) -> str:
        options = GenerationConfig(max_new_tokens=20, temperature=1.5, seed=seed, **changes)
        return engine.generate([LONG], options)[0].text

    assert say(1) == say(1)
    assert len({say(seed) for seed in range(4)}) > 1
    greedy = engine.generate([LONG], GenerationConfig(max_new_tokens=20))[0].text
    assert say(2, top_p=1e-6) == greedy


def test_a_begun_answer_is_continued(engine: LlamaCppEngine) -> None:
    question = LONG
    whole = engine.generate([question], GREEDY)[0].text
    begun = [*question, Message("assistant", whole[:15])]
    rest = engine.generate([begun], GREEDY.model_copy(update={"max_new_tokens": 25}))[0].text
    assert whole[:15] + rest == whole


def test_words_are_put_in(engine: LlamaCppEngine) -> None:
    question = LONG
    whole = engine.generate([question], GREEDY)[0].text
    options = GREEDY.interjecting(lambda text: "¡OJO!" if text == whole[:5] else None)
    for answer in (engine.generate([question], options)[0], *[engine.generate([question] * 3, options)[2]]):
        assert answer.text.startswith(whole[:5] + "¡OJO!")
        assert answer.completion_tokens <= 40
    prompt = [*question, Message("assistant", whole[:5] + "¡OJO!")]
    rest = engine.generate([prompt], GREEDY.model_copy(update={"max_new_tokens": 35}))[0].text
    assert engine.generate([question], options)[0].text == whole[:5] + "¡OJO!" + rest


def test_an_answer_that_is_left_is_not_written_on(engine: LlamaCppEngine) -> None:
    """Its slot is free again: as many answers as there are slots come after as many left ones."""
    endless = GenerationConfig(max_new_tokens=400)
    for _ in range(2 * SETTINGS.parallel):
        stream = engine.stream(LONG, endless)
        next(stream)
        stream.close()  # type: ignore[attr-defined]
    assert len(engine.generate(CONVERSATIONS[:3], GREEDY)) == 3


def test_a_batch_can_be_interrupted(engine: LlamaCppEngine) -> None:
    def interrupt(index: int, answer: object) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        engine.generate(CONVERSATIONS * 3, GREEDY, interrupt)
    assert engine.generate([CONVERSATIONS[0]], GREEDY)[0].text


def test_several_threads_may_ask(engine: LlamaCppEngine) -> None:
    alone = [engine.generate([messages], GREEDY)[0] for messages in CONVERSATIONS[:3]]
    answers: dict[int, str] = {}

    def ask(index: int) -> None:
        pieces = [chunk.text for chunk in engine.stream(CONVERSATIONS[index], GREEDY)]
        answers[index] = "".join(pieces)

    asking = [threading.Thread(target=ask, args=(index,)) for index in range(3)]
    for thread in asking:
        thread.start()
    for thread in asking:
        thread.join(timeout=30)
    assert [answers[index][:3] for index in range(3)] == [answer.text[:3] for answer in alone]


def test_a_prompt_that_does_not_fit_is_refused_and_the_engine_goes_on(engine: LlamaCppEngine) -> None:
    with pytest.raises(ModelError, match="512") as caught:
        list(engine.stream([Message("user", "x" * 600)], GREEDY))
    assert "engines.context" in (caught.value.hint or "")
    assert engine.generate([CONVERSATIONS[0]], GREEDY)[0].text


def test_its_http_side_cannot_be_reached(engine: LlamaCppEngine) -> None:
    process = psutil.Process(engine._process.pid)
    if os.name == "posix":
        assert process.net_connections("inet") == []
        names = [entry.laddr for entry in process.net_connections("unix") if entry.laddr]
        assert names
        assert not any(Path(str(name)).exists() for name in names)
        assert process.pid != os.getpid()


def kill(engine: LlamaCppEngine) -> None:
    process = psutil.Process(engine._process.pid)
    process.kill()
    engine._process._process.wait(timeout=10)


def test_a_crash_is_an_error_and_the_next_question_starts_anew(tiny_gguf: Path) -> None:
    made = open_tiny(tiny_gguf)
    before = made.generate([CONVERSATIONS[0]], GREEDY)[0].text
    stream = made.stream(LONG, GenerationConfig(max_new_tokens=400))
    next(stream)
    kill(made)
    with pytest.raises(ModelError, match=r"tiny\.gguf") as caught:
        list(stream)
    assert "transformers" in (caught.value.hint or "")
    assert made.generate([CONVERSATIONS[0]], GREEDY)[0].text == before
    kill(made)
    assert made.generate([CONVERSATIONS[0]], GREEDY)[0].text == before
    made.close()
    assert not made._process.alive


def damaged(path: Path, tiny: Path, how: str) -> Path:
    data = bytearray(tiny.read_bytes())
    if how == "cut":
        data = data[: len(data) // 2]
    elif how == "text":
        data = bytearray(b"no model\n")
    else:
        key, value = {"sizes": (b"llama.embedding_length", 255), "aborts": (b"llama.block_count", 0)}[how]
        place = data.find(key) + len(key) + 4
        data[place : place + 4] = value.to_bytes(4, "little")
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("how", ["cut", "sizes", "text", "aborts"])
def test_a_bad_file_is_named_with_the_reason(
    how: str, tiny_gguf: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With no layers llama.cpp calls abort(), which would end the program that it runs in."""
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    bad = damaged(tmp_path / "bad.gguf", tiny_gguf, how)
    tokenizer = load_tokenizer(tiny_gguf)
    with pytest.raises(ModelError, match=r"bad\.gguf: ..") as caught:
        LlamaCppEngine(bad, lambda: tokenizer, "bad", SETTINGS)
    assert "Traceback" not in caught.value.message
    assert list((tmp_path / "temporary").iterdir()) == []


def test_the_process_ends_with_the_program(tiny_gguf: Path) -> None:
    """Even if the program has no time to say good-bye."""
    script = (
        "import os, sys; from hipatia.engines.llama_process import LlamaProcess\n"
        f"made = LlamaProcess({open_settings(tiny_gguf)!r}); made.wait_until_ready()\n"
        "print(made.pid, flush=True); os._exit(1)"
    )
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert run.stdout.strip(), run.stderr
    with suppress(psutil.NoSuchProcess):
        psutil.Process(int(run.stdout)).wait(timeout=20)


def open_settings(path: Path) -> dict[str, Any]:
    return {"model": str(path), "adapter": None, "context": 64, "slots": 1, "threads": 1, "batch": 64}


@pytest.mark.skipif(os.name != "posix", reason="signals to groups of processes")
def test_ctrl_c_does_not_reach_the_process(engine: LlamaCppEngine) -> None:
    assert os.getpgid(engine._process.pid) != os.getpgid(0)


@pytest.mark.parametrize(
    ("set_to", "expected"), [("1", 1), ("3", 3), ("", None), ("many", None), ("0", None)]
)
def test_threads(set_to: str, expected: int | None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OMP_NUM_THREADS", set_to)
    assert threads() == expected if expected else 1 <= threads() <= (os.cpu_count() or 1)


# --- with a LoRA ------------------------------------------------------------------------------------


def write_lora(path: Path, matrices: dict[str, tuple[Any, Any]], alpha: float) -> Path:
    """A GGUF LoRA of (A, B) by the name of the base's tensor."""
    import gguf
    import numpy as np

    writer = gguf.GGUFWriter(path, "llama")
    writer.add_string("general.type", "adapter")
    writer.add_string("adapter.type", "lora")
    writer.add_float32("adapter.lora.alpha", alpha)
    for name, (a, b) in matrices.items():
        writer.add_tensor(f"{name}.lora_a", np.ascontiguousarray(a, np.float32))
        writer.add_tensor(f"{name}.lora_b", np.ascontiguousarray(b, np.float32))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return path


@pytest.fixture(scope="module")
def lora(tiny_gguf: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, TransformersEngine]:
    """A random adapter of the layers whose rows need no other order, as GGUF and in transformers."""
    import torch

    from hipatia.config import LoraConfig
    from hipatia.modeling import apply_lora

    base = load_base(str(tiny_gguf), Config(), CPU)
    adapted = apply_lora(base.model, LoraConfig(rank=4, alpha=8, target_modules=["down_proj", "v_proj"]))
    torch.manual_seed(0)
    names = {"mlp.down_proj": "ffn_down", "self_attn.v_proj": "attn_v"}
    matrices = {}
    for index, layer in enumerate(adapted.base_model.model.model.layers):
        for theirs, ours in names.items():
            module = layer.get_submodule(theirs)
            a, b = module.lora_A["default"].weight, module.lora_B["default"].weight
            b.data.normal_(std=0.1)
            matrices[f"blk.{index}.{ours}.weight"] = (a.detach().numpy(), b.detach().numpy())
    path = write_lora(tmp_path_factory.mktemp("lora") / "adapter.gguf", matrices, alpha=8)
    return path, TransformersEngine(adapted.eval(), base.tokenizer, "tuned")


def test_a_lora_is_applied(
    engine: LlamaCppEngine, lora: tuple[Path, TransformersEngine], tiny_gguf: Path
) -> None:
    made = open_tiny(tiny_gguf, adapter=lora[0])
    ours, theirs, base = (e.generate(CONVERSATIONS, GREEDY) for e in (made, lora[1], engine))
    made.close()
    assert sum(a.text == b.text for a, b in zip(ours, theirs, strict=True)) >= 4
    assert sum(a.text == b.text for a, b in zip(ours, base, strict=True)) <= 2


def test_a_run_is_talked_to_with_its_adapter(
    lora: tuple[Path, TransformersEngine], tiny_gguf: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As training leaves it: adapter and GGUF LoRA beside each other, the base where it was."""
    from hipatia import catalog
    from hipatia.doctor import Facts
    from hipatia.gguf.writer_adapter import write_adapter
    from hipatia.modeling import Base, file_digest, save_lora_adapter

    _, tuned = lora
    base = Base(tuned.model, tuned.tokenizer, str(tiny_gguf), "tiny", file_digest(tiny_gguf))
    run = tmp_path / "runs" / "clase"
    save_lora_adapter(tuned.model, run / "adapter", base)
    (run / "run.json").write_text(json.dumps({"status": "finished", "finished": "2026"}))
    write_adapter(run / "adapter", tiny_gguf, run / "adapter.gguf")
    monkeypatch.setattr(catalog, "probe", Facts)
    flags = {"paths.runs": run.parent, "engines.context": 512, "engines.parallel": 2}
    config = load_config(flags=flags, environ={}).config
    made = catalog.open_engine("clase", config)
    assert isinstance(made, LlamaCppEngine)
    assert "adaptador sobre tiny" in made.describe()
    answers = [made.generate([messages], GREEDY)[0].text for messages in CONVERSATIONS]
    made.close()
    expected = [answer.text for answer in tuned.generate(CONVERSATIONS, GREEDY)]
    assert sum(a == b for a, b in zip(answers, expected, strict=True)) >= 4


def test_a_lora_of_another_model_is_refused(tiny_gguf: Path, tmp_path: Path) -> None:
    import numpy as np

    wrong = write_lora(
        tmp_path / "wrong.gguf", {"blk.0.ffn_down.weight": (np.ones((2, 8)), np.ones((8, 2)))}, 2
    )
    with pytest.raises(ModelError, match=r"tiny\.gguf"):
        open_tiny(tiny_gguf, adapter=wrong)


# --- the real model -----------------------------------------------------------------------------------


def test_the_embedded_model_says_what_transformers_says(embedded_gguf: Path) -> None:
    """On most questions; where the two differ, a near tie fell otherwise and the beginnings agree."""
    config = Config()
    options = GenerationConfig(max_new_tokens=12)
    asked = [
        [Message("user", text)] for text in ("What is 2+2?", "Name a colour.", "Say hello.", "¿Quién eres?")
    ]
    made = LlamaCppEngine(
        embedded_gguf, lambda: prepared_tokenizer(load_tokenizer(embedded_gguf), config), "e", SETTINGS
    )
    ours = [made.generate([messages], options)[0].text for messages in asked]
    made.close()
    base = load_base("embedded", config, CPU)
    theirs = [a.text for a in TransformersEngine(base.model, base.tokenizer, "e").generate(asked, options)]
    assert sum(a == b for a, b in zip(ours, theirs, strict=True)) >= 2, json.dumps([ours, theirs])


def test_what_every_conversation_begins_with_is_read_beforehand(tiny_gguf: Path) -> None:
    """Each pass over a part of the prompt is an empty piece: with the beginning read there are fewer."""
    system = "x" * 400

    def passes(warm: bool) -> tuple[int, str]:
        made = open_tiny(tiny_gguf)
        if warm:
            made.warm(system)
        chunks = list(made.stream([Message("system", system), *LONG], GenerationConfig(max_new_tokens=20)))
        made.close()
        text = "".join(chunk.text for chunk in chunks)
        return [chunk.text for chunk in chunks].index(text[0]), text

    cold, warmed = passes(False), passes(True)
    assert warmed[0] < cold[0]
    assert warmed[1][:3] == cold[1][:3]


def test_warming_without_a_system_message_and_without_a_process(tiny_gguf: Path) -> None:
    made = open_tiny(tiny_gguf)
    made.warm("")
    kill(made)
    assert made.generate([CONVERSATIONS[0]], GREEDY)[0].text
    made.warm("x" * 3000)  # does not fit; the question itself does
    assert made.generate([CONVERSATIONS[0]], GREEDY)[0].text
    made.close()


def test_a_files_chat_template_that_never_ends_is_not_tried(tmp_path: Path) -> None:
    """llama.cpp would render it, in trial conversations, while it loads the model."""
    import gguf_tiny

    endless = "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}"
    vocabulary = gguf_tiny.byte_vocabulary() | {"chat_template": endless}
    path = gguf_tiny.write_vocabulary(tmp_path / "model.gguf", vocabulary)
    engine = open_tiny(path)
    try:
        with pytest.raises(ModelError, match="plantilla"):
            engine.generate([LONG], GREEDY)
    finally:
        engine.close()
