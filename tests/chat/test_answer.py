"""An answer on the screen: what was drawn on the way leaves no trace, and equalities get their marks."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence

import pytest
from rich.console import Console

from hipatia.chat import mathtext
from hipatia.chat.answer import marked, show_live, show_plain
from hipatia.schema import Chunk

from .screen import screen

ANSWERS = {
    "a line": "Son 4.",
    "paragraphs": "Primero sumamos.\n\nDespués restamos.\n\nRespuesta: 4",
    "a list": "Pasos:\n\n1. Sumar\n2. Restar\n\n   con cuidado\n\n3. Fin",
    "a formula": "Luego\n\n$$\n\\frac{a}{b}\n\n= 3\n$$\n\ny ya está.",
    "code": "```\nx = 1\n\ny = 2\n```\n\nfin",
    "a table": "| x | y |\n|---|---|\n| 1 | 2 |\n| 30000 | 4 |\n\nfin",
    "long": "\n\n".join(f"Párrafo {n}: " + "palabra " * 30 for n in range(12)),
    "one long block": "\n".join(f"- {n} " + "y " * 20 for n in range(40)),
    "unclosed": "Sea \\[ x = \n\n2 + 2",
    "blanks around": "\n\n  hola\n\n\nadiós\n\n",
}


def chunks(text: str, size: int = 3) -> Iterator[Chunk]:
    for at in range(0, len(text), size):
        yield Chunk(text[at : at + size], tokens=1)
    yield Chunk("", finish_reason="stop")


def terminal() -> tuple[Console, io.StringIO]:
    file = io.StringIO()
    return Console(
        file=file, force_terminal=True, width=60, height=12, highlight=False, legacy_windows=False
    ), file


def printed(text: str) -> list[str]:
    console, file = terminal()
    console.print(mathtext.renderable(text))
    return screen(file.getvalue())


def lines_of(shown: Sequence[str]) -> list[str]:
    return [line for line in shown if line]


@pytest.mark.parametrize("name", ANSWERS)
def test_at_the_end_the_screen_is_as_if_it_had_come_at_once(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hipatia.chat.answer._DRAWINGS_A_SECOND", 1e9)  # draw at every piece
    console, file = terminal()
    show_live(chunks(ANSWERS[name], size=1 + len(ANSWERS[name]) // 60), console, marks=False)
    assert lines_of(screen(file.getvalue())) == lines_of(printed(ANSWERS[name].strip()))


def test_it_is_drawn_on_the_way(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hipatia.chat.answer._DRAWINGS_A_SECOND", 1e9)
    console, file = terminal()
    seen: list[list[str]] = []

    def watched() -> Iterator[Chunk]:
        for chunk in chunks("uno dos\n\ntres cuatro"):
            yield chunk
            seen.append(lines_of(screen(file.getvalue())))

    show_live(watched(), console)
    assert seen[1] == ["uno do"]
    assert ["uno dos", "tres cuat"] in seen


def test_a_block_taller_than_the_screen_shows_where_the_writing_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hipatia.chat.answer._DRAWINGS_A_SECOND", 1e9)
    console, file = terminal()
    sizes: list[int] = []

    def watched() -> Iterator[Chunk]:
        for number in range(30):
            yield Chunk(f"- {number}\n")
            shown = lines_of(screen(file.getvalue()))
            sizes.append(len(shown))
            assert not number or str(number) in shown[-1]

    show_live(watched(), console)
    assert max(sizes) <= console.height
    assert len(lines_of(screen(file.getvalue()))) == 30


@pytest.mark.parametrize("error", [KeyboardInterrupt(), RuntimeError("no")])
@pytest.mark.parametrize("live", [True, False])
def test_whatever_ends_it_what_was_written_stays(error: BaseException, live: bool) -> None:
    console, file = terminal()

    def broken() -> Iterator[Chunk]:
        yield Chunk("uno\n\ndo")
        yield Chunk("s")
        raise error

    with pytest.raises(type(error)):
        show_live(broken(), console) if live else show_plain(broken(), console)
    assert lines_of(screen(file.getvalue())) == ["uno", "dos"]


def test_nothing_commands_the_terminal() -> None:
    console, file = terminal()
    show_live(chunks("\x1b]0;título\x07a\x1b[2Jb \x9b31m c\u202ed"), console)
    shown = "".join(screen(file.getvalue()))
    assert "título" not in shown
    assert "\x07" not in file.getvalue()
    assert "\x1b[2J" not in file.getvalue()


MARKS = [
    ("2 + 2 = 4", ["2 + 2 = 4 ✓"]),
    ("2 + 2 = 5", ["2 + 2 = 5 ✗"]),
    ("Son 2 + 2 = 4 y 3 × 3 = 8.\n\nY 10 / 4 = 2,5.", ["2 + 2 = 4 ✓", "3 × 3 = 8 ✗", "10 / 4 = 2,5 ✓"]),
    ("2x = 10\n\nx = 5", ["x = 5 ✓"]),
    ("2x = 10\n\nx = 6", ["x = 6 ✗"]),
    ("Sea f(x) = 3", []),
]


@pytest.mark.parametrize(("text", "expected"), MARKS)
def test_equalities_are_marked(text: str, expected: list[str]) -> None:
    console, file = terminal()
    show_live(chunks(text), console, marks=True)
    shown = "\n".join(screen(file.getvalue()))
    for part in expected:
        assert part in shown
    assert shown.count("✓") + shown.count("✗") == len(expected)
    console, file = terminal()
    show_live(chunks(text), console, marks=False)
    assert not {"✓", "✗"} & set(file.getvalue())


COMPUTED = [
    ("Son 12 × 3 = ", "36", " €.\nY 2 + 2 = 4.", "Son 12 × 3 = 36⁼ €.\nY 2 + 2 = 4 ✓."),
    ("  Son 3 + 4 = ", "7", "", "Son 3 + 4 = 7⁼"),
    ("Uno.\n\nSon $12 \\times 3 = ", "36", "$.\n\nY más.", "Uno.\n\nSon 12 × 3 = 36⁼.\n\nY más."),
]


@pytest.mark.parametrize(("before", "value", "after", "expected"), COMPUTED)
def test_computed_values_are_marked_and_no_merit_of_the_models(
    before: str, value: str, after: str, expected: str
) -> None:
    def pieces() -> Iterator[Chunk]:
        yield Chunk(before, 3)
        yield Chunk(value + after[:1], 1, forced=((0, len(value)),))
        yield from chunks(after[1:])

    console, file = terminal()
    (place,) = show_live(pieces(), console, marks=True)
    assert "\n".join(line.rstrip() for line in screen(file.getvalue())).strip() == expected
    assert (before + value + after).lstrip()[slice(*place)] == value


def test_an_equality_that_was_cut_in_two_is_marked_as_a_whole() -> None:
    console, file = terminal()
    show_live(chunks(" = 4"), console, begun="Sumamos.\n\nAsí 2 + 2", marks=True)
    assert lines_of(screen(file.getvalue())) == ["Así 2 + 2 = 4 ✓"]


def test_marks_of_a_block_know_what_was_said_before() -> None:
    text = "3x = 12\n\nx = 4"
    assert [mark.symbol for mark in marked(text, text.index("x = 4"))] == ["✓"]
    assert marked("x = 4") == []


PLAIN = [
    ("Son 4.", "Son 4.\n"),
    ("\n\nuno\n\n\ndos\n", "uno\n\ndos\n"),
    (r"Es \(\frac{1}{2}\) y $x^2$", "Es 1/2 y x²\n"),
    ("[a, b] [/b] 2*3*4 cuesta $5 y $10 :smile:", "[a, b] [/b] 2*3*4 cuesta $5 y $10 :smile:\n"),
    ("x" * 300, "x" * 300 + "\n"),
    ("2 + 2 = 4", "2 + 2 = 4\n"),
    ("", "\n"),
]


@pytest.mark.parametrize(("text", "expected"), PLAIN)
def test_in_a_pipe_it_is_plain_text(text: str, expected: str) -> None:
    file = io.StringIO()
    show_plain(chunks(text), Console(file=file, highlight=False))
    assert file.getvalue() == expected
