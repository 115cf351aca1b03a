"""Recorded machines, read by the probe's own parsers: what is found, what is said, what is to be typed."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import pytest
from recorded import SITUATIONS, Recorded
from rich.console import Console

from hipatia import i18n
from hipatia.doctor import advise, capacity, probe
from hipatia.doctor.show import print_examination

NAMES = [row["name"] for row in SITUATIONS]


def machine(row: dict[str, Any]) -> Recorded:
    return Recorded(*row["pieces"], **row.get("more", {}))


def plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def test_there_are_many_situations() -> None:
    assert len(SITUATIONS) >= 40
    assert len(set(NAMES)) == len(NAMES)


def test_every_piece_of_advice_is_given_in_some_situation() -> None:
    """``unanswered`` has a test of its own; the rest of the sentences are no advice."""
    advice = {key.removeprefix("doctor.") for key in i18n.catalog("es") if key.startswith("doctor.")}
    advice = {key for key in advice if not key.startswith(("facts.", "section."))}
    said = {key for row in SITUATIONS for key in (*row["advice"], *row.get("notes", []))}
    assert advice - said == {"all_well", "asking", "asking_torch", "none_kept", "unanswered"}


@pytest.mark.parametrize("row", SITUATIONS, ids=NAMES)
def test_facts(row: dict[str, Any]) -> None:
    facts = probe(machine(row), full=True, compute=True)
    assert facts.unanswered == ()
    known = asdict(facts) | {"gpus": [[gpu.name, gpu.memory, gpu.capability] for gpu in facts.gpus]}
    known["gpu_programs"] = [list(one) for one in facts.gpu_programs]
    for name, value in row.get("facts", {}).items():
        assert plain(known[name]) == value, name


@pytest.mark.parametrize("language", ["es", "en"])
@pytest.mark.parametrize("row", SITUATIONS, ids=NAMES)
def test_advice(row: dict[str, Any], language: str) -> None:
    i18n.set_language(language)
    facts = probe(machine(row), full=True, compute="check" in str(row["pieces"]))
    given = advise(facts)
    said = [one for one in given if one.kind != "note"]
    assert [one.key for one in said] == row["advice"]
    assert (said[0].command if said else None) == row.get("command")
    notes = [one for one in given if one.kind == "note"]
    if "notes" in row:
        assert [one.key for one in notes] == row["notes"]
    if "note_commands" in row:
        assert [one.command for one in notes if one.command] == row["note_commands"]
    for one in given:
        assert one.message.strip()
        assert "None" not in one.message


@pytest.mark.parametrize("row", SITUATIONS, ids=NAMES)
def test_the_quick_part_says_what_keeps_a_card_idle(row: dict[str, Any]) -> None:
    problems = [one.key for one in advise(probe(machine(row))) if one.kind == "problem"]
    wanted = row["quick"] if "quick" in row else next(iter(row["advice"]), None)
    assert problems == ([wanted] if wanted else [])


@pytest.mark.parametrize("row", SITUATIONS, ids=NAMES)
def test_everything_can_be_shown(row: dict[str, Any]) -> None:
    facts = probe(machine(row), full=True, compute=True)
    console = Console(width=100)
    with console.capture() as shown:
        print_examination(console, facts, advise(facts), capacity(facts))
    text = shown.get()
    assert "None" not in text
    assert all(gpu.name in text for gpu in facts.gpus)
    commands = "\n".join(one.command or "" for one in advise(facts))
    assert all(line in text for line in commands.splitlines())
