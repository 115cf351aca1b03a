"""Near-duplicates and splits."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from random import Random

import pytest

from hipatia import datamodule, exercises
from hipatia.datamodule.duplicates import near_duplicate_groups, skeleton
from hipatia.datamodule.splits import question_text
from hipatia.schema import Conversation, Message, Pair

CASES = json.loads((Path(__file__).parent / "near_duplicates.json").read_text(encoding="utf-8"))
SYLLABLES = ("ca", "sa", "tri", "lu", "men", "po", "gar", "ti", "ble", "fro", "ñu", "que", "dis", "or")


def row(question: str, response: str = "Sí.") -> Conversation:
    return Conversation((Message("user", question), Message("assistant", response)))


def questions(count: int, seed: int = 0, length: int = 14) -> list[str]:
    rng = Random(seed)
    words = ["".join(rng.choices(SYLLABLES, k=rng.randint(1, 4))) for _ in range(300)]
    return [" ".join(rng.choices(words, k=length)) for _ in range(count)]


@pytest.mark.parametrize(("left", "right", "near"), CASES)
def test_near_duplicates(left: str, right: str, near: bool) -> None:
    first, second = near_duplicate_groups([left, right])
    assert (first == second) is near


def test_skeleton() -> None:
    assert skeleton("¿Cuánto  es 1.234,5 + 2?") == "cuánto es # + #"
    assert skeleton("3/4 de 80 000 km") == "#/# de # km"


def test_groups_do_not_depend_on_the_order() -> None:
    texts = [*questions(60), *(f"{text} {number}" for number, text in enumerate(questions(60)))]
    texts += [text.replace("ca", "sa", 1) for text in texts]
    order = list(range(len(texts)))
    Random(1).shuffle(order)
    shuffled = near_duplicate_groups([texts[index] for index in order])

    def partition(places: list[int], groups: list[int]) -> set[frozenset[int]]:
        sets: dict[int, set[int]] = {}
        for place, group in zip(places, groups, strict=True):
            sets.setdefault(group, set()).add(place)
        return {frozenset(group) for group in sets.values()}

    assert partition(order, shuffled) == partition(list(range(len(texts))), near_duplicate_groups(texts))


def test_a_copy_with_one_word_changed_is_found_among_many() -> None:
    texts = questions(300, length=30)
    copies = [text.rpartition(" ")[0] + " otra" for text in texts[:100]]
    groups = near_duplicate_groups([*texts, *copies])
    found = sum(groups[index] == groups[300 + index] for index in range(100))
    assert found >= 98
    assert len(set(groups)) >= 298


@pytest.mark.parametrize("fraction", [0.05, 0.1, 0.5])
@pytest.mark.parametrize("seed", [0, 1])
def test_split(fraction: float, seed: int) -> None:
    distinct = questions(150)
    rows = [row(text) for text in distinct] + [row(text.upper() + " 7", "No.") for text in distinct[:40]]
    train, held_out = datamodule.split_dataset(rows, fraction, seed)
    assert len(held_out) == pytest.approx(fraction * len(rows), abs=2)
    assert sorted(map(id, train + held_out)) == sorted(map(id, rows))
    groups = dict(zip(map(id, rows), near_duplicate_groups([question_text(r) for r in rows]), strict=True))
    assert not {groups[id(r)] for r in train} & {groups[id(r)] for r in held_out}
    # The order of the rows does not matter; each side keeps it.
    shuffled = rows[:]
    Random(5).shuffle(shuffled)
    again = datamodule.split_dataset(shuffled, fraction, seed)[1]
    assert set(map(id, again)) == set(map(id, held_out))
    assert [id(r) for r in rows if id(r) in set(map(id, train))] == list(map(id, train))


def test_seeds_differ() -> None:
    rows = [row(text) for text in questions(100)]
    assert datamodule.split_dataset(rows, 0.1, 0)[1] != datamodule.split_dataset(rows, 0.1, 1)[1]


@pytest.mark.parametrize(
    ("rows", "fraction", "expected"),
    [([], 0.1, 0), ([row("a")], 0.5, 0), ([row("a"), row("otra cosa")], 0.01, 1), ([row("a")] * 9, 0.0, 0)],
)
def test_small_splits(rows: list[Conversation], fraction: float, expected: int) -> None:
    train, held_out = datamodule.split_dataset(rows, fraction, 0)
    assert len(held_out) == expected
    assert len(train) == len(rows) - expected


@pytest.mark.parametrize("fraction", [-0.1, 1.0, float("nan")])
def test_fractions_that_are_none(fraction: float) -> None:
    with pytest.raises(ValueError, match="eval_fraction"):
        datamodule.split_dataset([row("a")], fraction, 0)


def test_one_giant_template_is_parted_but_equal_questions_are_not() -> None:
    rows = [Pair(f"¿Cuánto es {n} + {n + 1}?", str(answer)) for n in range(100) for answer in (1, 2)]
    train, held_out = datamodule.split_dataset(rows, 0.1, 0)
    assert len(held_out) == 20
    assert not {pair.instruction for pair in train} & {pair.instruction for pair in held_out}


def test_generated_exercises_do_not_collapse() -> None:
    made = exercises.generate(600, seed=0, families=exercises.TRAINING_FAMILIES)
    rows = [exercise.conversation() for exercise in made]
    groups = Counter(near_duplicate_groups([question_text(r) for r in rows]))
    assert len(groups) > 200
    assert max(groups.values()) < 30
    train, held_out = datamodule.split_dataset(rows, 0.05, 0)
    assert len(held_out) == 30
    assert len({r.family for r in held_out}) >= 10
    kept = {skeleton(question_text(r)) for r in train}
    assert not kept & {skeleton(question_text(r)) for r in held_out}
