"""Saved conversations: whole, private, trainable, never in each other's way."""

from __future__ import annotations

import json
import os
import stat
import sys
from pathlib import Path
from typing import Any

import pytest
from tiny import tiny_tokenizer

from hipatia.chat.saved import Saved
from hipatia.chat.session import Timing, Turn
from hipatia.chat.store import Slot, Store, Unreadable, fold, safe_stem
from hipatia.config import load_config
from hipatia.datamodule import get_tokenized_dataset, prepare_conversations_dataset, read_rows
from hipatia.errors import DataError, RunError

TURN = Turn("¿2 + 2?", "2 + 2 = 4\nRespuesta: 4", asked=1_700_000_000.0, timing=Timing(5, 40, 1.5, 0.5))


def saved_of(*turns: Turn, system: str | None = None, **more: Any) -> Saved:
    settings = (
        {"temperature": 0.0, "system_prompt": "Eres Hipatia."}
        if system is None
        else {"system_prompt": system}
    )
    return Saved(id="chat-x", language="es").with_turns(turns or (TURN,), system, settings=settings, **more)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "data" / "conversations")


def test_what_is_saved_is_read_back(store: Store) -> None:
    slot = Slot(store)
    assert slot.write(
        saved_of(TURN, Turn("¿y 3?", "6", "length"), model={"name": "clase", "argument": "clase"})
    )
    assert slot.path is not None
    saved = store.read(slot.path)
    assert saved.turns[0].answer == TURN.answer
    assert saved.turns[0].asked == TURN.asked
    assert saved.turns[0].timing == Timing(5, 0, 1.5, 0.5)
    assert saved.turns[1].finish_reason == "length"
    assert (saved.model_name, saved.model_argument, saved.title) == ("clase", "clase", "¿2 + 2?")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_only_its_owner_can_read_it(store: Store) -> None:
    slot = Slot(store)
    slot.write(saved_of())
    slot.write(saved_of())
    assert slot.path is not None
    assert stat.S_IMODE(slot.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(store.folder.stat().st_mode) == 0o700


@pytest.mark.parametrize(
    ("system", "opening"), [(None, "user"), ("", "user"), ("Eres un pirata.", "system")], ids=str
)
def test_a_saved_conversation_is_a_training_row(system: str | None, opening: str, store: Store) -> None:
    slot = Slot(store)
    slot.write(saved_of(TURN, Turn("¿y 3?", "6"), system=system))
    assert slot.path is not None
    loaded = read_rows(slot.path)
    assert not loaded.rejected
    assert not loaded.warnings
    (row,) = prepare_conversations_dataset(slot.path)
    assert row.messages[0].role == opening
    assert [message.content for message in row.messages if message.role == "assistant"] == [TURN.answer, "6"]
    assert (row.id, row.language) == ("chat-x", "es")
    assert store.read(slot.path).system == system


def test_what_is_learnt_from_it_is_the_answers_under_the_prompt_of_training(
    store: Store, tmp_path: Path
) -> None:
    slot = Slot(store)
    slot.write(saved_of(TURN, Turn("¿y 3?", "6")))
    flags = {"paths.cache": tmp_path / "cache", "data.files": [slot.path]}
    config = load_config(flags=flags, environ={}).config
    tokenizer = tiny_tokenizer()
    (row,) = get_tokenized_dataset(config, tokenizer)
    learnt = tokenizer.decode([token for token in row["labels"] if token != -100])
    assert learnt == f"{TURN.answer}<|im_end|>6<|im_end|>"
    assert config.chat.system_prompt["es"] in tokenizer.decode(row["input_ids"])


def test_what_a_person_adds_is_kept(store: Store) -> None:
    slot = Slot(store)
    slot.write(saved_of())
    assert slot.path is not None
    value = json.loads(slot.path.read_text(encoding="utf-8")) | {"topic": "fractions", "answer": "4"}
    slot.path.write_bytes(b"\xef\xbb\xbf" + json.dumps(value).encode())  # as some editors write it
    saved = store.read(slot.path)
    slot = Slot(store, slot.path)
    slot.write(saved.with_turns([*saved.turns, Turn("¿y 3?", "6")], None))
    assert slot.path is not None
    row = json.loads(slot.path.read_text(encoding="utf-8"))
    assert (row["topic"], row["answer"], len(row["messages"])) == ("fractions", "4", 4)


def test_a_row_of_the_first_version_is_read(store: Store) -> None:
    store.folder.mkdir(parents=True)
    messages = [("system", "Eres Hipatia."), ("user", "¿2 + 2?"), ("assistant", "4")]
    row = {"id": "x", "model": "embedded", "messages": [{"role": r, "content": c} for r, c in messages]}
    (store.folder / "old.json").write_text(json.dumps(row))
    saved = store.read(store.find("old"))
    assert (saved.model_name, saved.system, len(saved.turns)) == ("embedded", "Eres Hipatia.", 1)


BAD_FILES: list[tuple[str, str]] = [
    ("", "damaged"),
    ('{"schema": 1, "messages": [{"role": "us', "damaged"),
    ("\x00\x01", "damaged"),
    ('{"schema": 1, "messages": []}', "damaged"),
    ('{"schema": 1, "messages": [{"role": "user", "content": "?"}]}', "damaged"),
    ('{"schema": 1, "messages": [{"role": "user", "content": 5}]}', "damaged"),
    ('{"schema": "one", "messages": []}', "damaged"),
    ("[" * 100_000, "damaged"),
    ('{"schema": 2, "turns": []}', "newer"),
    ('{"schema": 99}', "newer"),
    ("[1, 2]", "foreign"),
    ("5", "foreign"),
    ('{"question": "¿2 + 2?", "answer": "4"}', "foreign"),
]


@pytest.mark.parametrize(("text", "why"), BAD_FILES, ids=lambda value: value[:40])
def test_what_cannot_be_read_is_set_aside_or_left(text: str, why: str, store: Store) -> None:
    good = Slot(store)
    good.write(saved_of())
    path = store.folder / "later.json"
    path.write_text(text, encoding="utf-8")
    os.utime(path, (2e9, 2e9))
    with pytest.raises(Unreadable) as raised:
        store.read(path)
    assert raised.value.why == why
    told: list[str] = []
    found = store.newest(told.append)
    assert found is not None
    assert found[0].path == good.path
    assert "later.json" in told[0]
    kept = store.folder / ("later.json.damaged" if why == "damaged" else "later.json")
    assert kept.read_text(encoding="utf-8") == text
    assert [path for path, _ in store.readable()] == [good.path]


def test_a_name_set_aside_twice(store: Store) -> None:
    store.folder.mkdir(parents=True)
    for text in ("{", "[{"):
        (store.folder / "x.json").write_text(text)
        store.newest(lambda text: None)
    assert sorted(path.name for path in store.folder.iterdir()) == ["x.json.damaged", "x.json.damaged-2"]


def test_two_chats_of_one_second_do_not_mix(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("time.strftime", lambda pattern: "2026-11-23_101500")
    slots = [Slot(store) for _ in range(3)]
    for number, slot in enumerate(slots):
        slot.write(saved_of(Turn(f"¿{number}?", "sí")))
    for number, slot in enumerate(slots):
        slot.write(saved_of(Turn(f"¿{number}?", "sí"), Turn("¿y?", "no")))
    assert [slot.path.name for slot in slots if slot.path] == [
        f"2026-11-23_101500{end}.json" for end in ("", "-2", "-3")
    ]
    assert [store.read(slot.path).title for slot in slots if slot.path] == ["¿0?", "¿1?", "¿2?"]


def test_two_chats_that_go_on_with_one_conversation_part(store: Store) -> None:
    first = Slot(store)
    first.write(saved_of(TURN))
    second = Slot(store, first.path)
    assert first.write(saved_of(TURN, Turn("¿a?", "a")))
    assert not second.write(saved_of(TURN, Turn("¿b?", "b")))
    assert first.write(saved_of(TURN, Turn("¿a?", "a"), Turn("¿c?", "c")))
    assert second.write(saved_of(TURN, Turn("¿b?", "b"), Turn("¿d?", "d")))
    assert first.path is not None
    assert second.path is not None
    assert [turn.question for turn in store.read(first.path).turns] == ["¿2 + 2?", "¿a?", "¿c?"]
    assert [turn.question for turn in store.read(second.path).turns] == ["¿2 + 2?", "¿b?", "¿d?"]


def test_what_another_chat_writes_while_the_model_loads_is_noticed(store: Store) -> None:
    first = Slot(store)
    first.write(saved_of(TURN))
    taken = store.newest(print)
    assert taken is not None
    first.write(saved_of(TURN, Turn("¿a?", "a")))
    slot, saved = taken
    assert not slot.write(saved.with_turns([*saved.turns, Turn("¿b?", "b")], None))
    assert len(store.paths()) == 2


def test_a_file_that_was_deleted_comes_back(store: Store) -> None:
    slot = Slot(store)
    slot.write(saved_of())
    assert slot.path is not None
    slot.path.unlink()
    assert slot.write(saved_of())
    assert slot.path.is_file()


def test_a_name_of_ones_own(store: Store) -> None:
    slot, other = Slot(store), Slot(store)
    slot.write(saved_of())
    slot.rename("sumas", saved_of())
    other.rename("sumas", saved_of(Turn("¿otra?", "sí")))
    slot.rename("sumas", saved_of())
    assert sorted(path.name for path in store.folder.iterdir()) == ["sumas-2.json", "sumas.json"]


def test_without_hard_links_names_are_taken_once_too(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def unable(source: Path, target: Path) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr("os.link", unable)
    paths = [store.create("sumas", saved_of().text()) for _ in range(2)]
    assert [path.name for path in paths] == ["sumas.json", "sumas-2.json"]
    assert len(list(store.readable())) == 2
    assert len(list(store.folder.iterdir())) == 2


def test_a_failed_save_leaves_what_was_there(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    slot = Slot(store)
    slot.write(saved_of())
    assert slot.path is not None
    before = slot.path.read_bytes()
    monkeypatch.setattr("os.fsync", full)
    for broken in (slot, Slot(store)):
        with pytest.raises(RunError, match="No space left"):
            broken.write(saved_of(Turn("¿otra?", "sí")))
    assert slot.path.read_bytes() == before
    assert list(store.folder.iterdir()) == [slot.path]


NAMES = [
    ("sumas", "sumas"),
    ("sumas.json", "sumas"),
    ("../../etc/passwd", "etc-passwd"),
    ("/abs/olute", "abs-olute"),
    ("..\\..\\windows", "windows"),
    ("C:\\x", "C-x"),
    ("..", "chat"),
    (".hidden", "hidden"),
    ("álgebra 2º", "álgebra-2º"),
    ("a\u0301lgebra", "álgebra"),
    ("a\x00b\nc", "a-b-c"),
    ("con", "_con"),
    ("NUL.x", "_NUL.x"),
    ("", "chat"),
    ("a" * 300, "a" * 120),
    ("ñ" * 300, "ñ" * 60),
    ("\ud800", "chat"),
]


@pytest.mark.parametrize(("name", "expected"), NAMES)
def test_names_stay_in_the_folder(name: str, expected: str, store: Store) -> None:
    assert safe_stem(name) == expected
    assert store.create(name, "{}").parent == store.folder


FOUND = [
    ("sumas", "sumas"),
    ("Sumas.json", "sumas"),
    ("sum", None),
    ("res", "restas"),
    ("ÁLG", "álgebra"),
    ("x", None),
]


@pytest.mark.parametrize(("name", "expected"), FOUND)
def test_find(name: str, expected: str | None, store: Store) -> None:
    for stem in ("sumas", "sumas-2", "restas", "álgebra"):
        store.create(stem, saved_of().text())
    if expected:
        assert store.find(name).stem == expected
    else:
        with pytest.raises(DataError):
            store.find(name)


SEARCHES = [("FRACCION", True), ("fracción", True), ("denominador", True), ("Hipatia", False), ("zzz", False)]


@pytest.mark.parametrize(("text", "found"), SEARCHES)
def test_search(text: str, found: bool, store: Store) -> None:
    turn = Turn("¿Qué es una fracción?", "Una parte: " + "x" * 60 + " el denominador dice de cuántas.")
    store.create("una", saved_of(turn, system="Eres Hipatia.").text())
    store.create("otra", saved_of(Turn("¿?", "!")).text())
    hits = list(store.search(text))
    assert [path.stem for path, _, _ in hits] == (["una"] if found else [])
    assert all(fold(text) in fold(excerpt) and len(excerpt) < 100 for _, _, excerpt in hits)


@pytest.mark.parametrize("text", ["Ñandú Éx", "İstanbul", "ﬁn", "a\u0301", "Straße ½ ∑"])
def test_folding_keeps_places(text: str) -> None:
    import unicodedata

    assert len(fold(text)) == len(unicodedata.normalize("NFC", text))
