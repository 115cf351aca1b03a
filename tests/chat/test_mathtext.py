"""A model's text in, text on the screen out: a table of cases, and what must hold for any text."""

from __future__ import annotations

import io
import json
import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console

from hipatia.chat.mathtext import Mark, render, renderable, settled
from hipatia.chat.mathtext.latex import convert
from hipatia.grading import check_steps
from hipatia.grading.notation import plain
from hipatia.grading.parser import parse
from hipatia.grading.tree import approximate

TABLE = json.loads(Path(__file__).with_name("mathtext.json").read_text(encoding="utf-8"))
CASES = [(f"{group}-{i}", row) for group, rows in TABLE.items() for i, row in enumerate(rows)]
ANSWERS = [row["text"] for row in TABLE["answers"]]


def screen(text: str, marks: list[Mark] | None = None, width: int = 80) -> str:
    """What a person sees, without colour; the ends of lines trimmed."""
    file = io.StringIO()
    Console(width=width, file=file, color_system=None).print(renderable(text, marks or []))
    return "\n".join(line.rstrip() for line in file.getvalue().rstrip("\n").split("\n"))


def coloured(text: str, marks: list[Mark] | None = None) -> str:
    file = io.StringIO()
    Console(width=80, file=file, force_terminal=True, color_system="standard").print(
        renderable(text, marks or [])
    )
    return file.getvalue()


# The table


@pytest.mark.parametrize("row", [row for _, row in CASES], ids=[name for name, _ in CASES])
def test_the_table(row: dict[str, str]) -> None:
    assert render(row["text"]) == row["plain"]
    assert screen(row["text"]) == row.get("screen", row["plain"])


def test_the_table_is_large() -> None:
    assert len(CASES) >= 300
    assert len(ANSWERS) == 10


# Incomplete text


@pytest.mark.parametrize("answer", ANSWERS, ids=range(len(ANSWERS)))
def test_every_beginning_can_be_shown(answer: str) -> None:
    before = 0
    for end in range(len(answer) + 1):
        text = answer[:end]
        assert not hidden(screen(text))
        assert not hidden(render(text))
        assert before <= settled(text) <= end  # what is printed for good stays printed
        before = settled(text)


@pytest.mark.parametrize("answer", ANSWERS, ids=range(len(ANSWERS)))
def test_stretch_after_stretch_is_the_whole(answer: str) -> None:
    """As a terminal prints it: what is settled for good, and the rest below."""
    shown, done = [], 0
    for end in range(len(answer) + 1):
        if size := settled(answer[done:end]):
            shown.append(screen(answer[done : done + size]))
            done += size
    assert "\n\n".join([*shown, screen(answer[done:])]) == screen(answer)


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("uno", ""),
        ("uno\n\ndos", "dos"),
        ("uno\n\n- a\n\n- b", "- b"),
        ("1. a\n\n   más", ""),
        ("```\na\n\nb", ""),
        ("a\n\n```\nb\n\nc\n```\n\nd", "d"),
        ("a\n\n\\[ x = 1\n\ny = 2", "\\[ x = 1\n\ny = 2"),
        ("a\n\n$$\nx\n\ny\n$$\n\nb", "b"),
        ("\\begin{align}\nx\n\n", ""),
        ("\\[ olvidado\n\na\n\nb\n\nc\n\nd\n\ne", "e"),
        ("fin\n\n", ""),
    ],
)
def test_what_is_settled(text: str, start: str) -> None:
    assert text[settled(text) :] == (start or text)


# Marks


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("2 + 2 = 4✓.", "2 + 2 = 4 ✓."),
        ("**2 + 2 = 5✗**", "2 + 2 = 5 ✗"),
        ("**2 + 2 = 4**✓ y `3 + 3 = 7✗`", "2 + 2 = 4 ✓ y 3 + 3 = 7 ✗"),
        (r"Es $\frac{1}{2} + \frac{1}{4} = \frac{3}{4}✓$, bien.", "Es 1/2 + 1/4 = 3/4 ✓, bien."),
        (r"Es $\frac{1}{2} = 0{,}5$✓, bien.", "Es 1/2 = 0,5 ✓, bien."),
        (r"$\boxed{2 \cdot 3 = 7✗}$ y $\boxed{4 = 4}✓$", "2 · 3 = 7 ✗ y 4 = 4 ✓"),
        ("| a |\n|---|\n| 4 + 1 = 6✗ |\n| 2 = 2 |✓", "a\n───────────\n4 + 1 = 6 ✗\n2 = 2 ✓"),
        ("- 3 + 3 = 6✓\n- $2^3 = 9✗$", "• 3 + 3 = 6 ✓\n• 2³ = 9 ✗"),
        ("```\n2 + 2 = 5✗\n```", "  2 + 2 = 5 ✗"),
        ("```python\n2 + 2 = 5✗\n```", "  2 + 2 = 5 ✗"),
        (r"\[ 7 \times 8 = 56✓ \]", "  7 × 8 = 56 ✓"),
        ("\\begin{align}\n1 + 1 &= 2✓ \\\\\n2 + 2 &= 5✗\n\\end{align}", "  1 + 1 = 2 ✓\n  2 + 2 = 5 ✗"),
        (r"\frac{4}{2} = 2✓ y \frac{9}{3} = 2✗", "4/2 = 2 ✓ y 9/3 = 2 ✗"),
        (r"Raro: $\foo{1} = 1✗$", r"Raro: $\foo{1} = 1 ✗$"),
    ],
)
def test_marks_stand_where_they_belong(marked: str, expected: str) -> None:
    marks: list[Mark] = []
    for place in re.finditer("[✓✗]", marked):
        marks.append(Mark(place.start() - len(marks), place[0], "green"))
    assert screen(re.sub("[✓✗]", "", marked), marks) == expected


def test_the_graders_marks() -> None:
    text = r"Es $\frac{1}{2} + \frac{1}{4} = \frac{3}{4}$. Luego 2 + 2 = 5."
    symbols = {"right": "✓", "wrong": "✗"}
    marks = [Mark(step.end, symbols[step.verdict]) for step in check_steps(text)]
    assert screen(text, marks) == "Es 1/2 + 1/4 = 3/4 ✓. Luego 2 + 2 = 5 ✗."


def test_marks_have_their_style_and_stay_inside_the_text() -> None:
    shown = coloured("2 + 2 = 4", [Mark(9, "✓", "bold green")])
    assert "\x1b[1;32m✓" in shown
    marks = [Mark(-5, "a"), Mark(0, "b"), Mark(99, "c\x1b[31m"), Mark(99, "d")]
    assert screen("x", marks).split() == ["a", "bx", "c", "d"]


# What no text may do

FRAGMENTS = (
    r"$ $$ \( \) \[ \] \frac { } {a} \begin{pmatrix} \end{pmatrix} \begin{align} \end{align} \begin{cases} \begin{ "
    r"\end{cases} \begin{array}{c|c} \end{array} & \\ \sqrt [3] ^ _ ' \left \right ( ) [ ] | \text{ \boxed{ \hat "
    r"\overline \not = < > + - * ** *** ` ``` ~~~ a x 5 3,5 de \pi \in \sum \lim \over \choose \binom \mathbf \tag{1} "
    r"\operatorname \underbrace \underset \overset \hline \color{red} \SI \pmod \substack{ \xrightarrow \middle \, "
    r"\quad ~ % \% ! \ ---- === _a_ ~~ \underline{ \vec \mathrm{ }{ }} https://a.b [w](https://a.b) <https://a.b> <br> "
    r"![i](http://a) &#27; $\text{a $b$}$ ¿ ñ 👍 ² √"
).split() + [
    "\n", "\n\n", "\n- ", "\n1. ", "\n> ", "\n# ", "    ", " ", "| a | b |\n|---|---|\n", "\t", "\r", "\x00", "\x1b[31m",
    "\x1b]0;a\x07", "\x1b", "\x9b", "\u202e", "\u200b", "\u2028", "\ue000", "\uf8f0", "\uf8f1", "\U000f0000",
    "\U00100000", "\ud800", "e\u0301\u0301\u0301\u0301",
]  # fmt: skip
HOSTILE = st.lists(st.sampled_from(FRAGMENTS), max_size=25).map("".join) | st.text(max_size=40)


def hidden(text: str) -> list[str]:
    """Characters that command a terminal or cannot be seen."""
    return [
        c for c in text if unicodedata.category(c) in ("Cc", "Cf", "Co", "Cs", "Zl", "Zp") and c not in "\n\t"
    ]


@settings(max_examples=400, deadline=None)
@given(HOSTILE, st.sampled_from([80, 20, 6]), st.integers(0, 60))
def test_any_text_is_shown_and_nothing_hidden_comes_out(text: str, width: int, end: int) -> None:
    assert not hidden(render(text))
    assert not hidden(screen(text, [Mark(end, "✓", "green")], width))
    assert not hidden(re.sub(r"\x1b\[[\d;]*m", "", coloured(text)))  # the styles are ours
    assert 0 <= settled(text) <= len(text)


PROSE = st.lists(
    st.sampled_from([*"abxyñ0123 +-*/=()[].,<>!%_#|", "\n", "\n\n", "\n- ", "\n1. ", "\n> ", " de ", "**"]),
    max_size=40,
).map("".join)


@settings(max_examples=200, deadline=None)
@given(PROSE)
def test_plain_text_stays_as_it_is(text: str) -> None:
    assert render(text) == text


@settings(max_examples=200, deadline=None)
@given(HOSTILE)
def test_cleaning_and_reading_twice_changes_nothing(text: str) -> None:
    once = render(text.replace("$", "").replace("\\", ""))
    assert render(once) == once


@settings(max_examples=300, deadline=None)
@given(PROSE.map(lambda text: text.replace("|", "")))
def test_no_letter_and_no_digit_of_prose_is_lost(text: str) -> None:
    def said(shown: str) -> str:
        return "".join(c for c in shown if c.isalnum())

    assert said(screen(text)) == said(text)


@pytest.mark.parametrize(
    "unit",
    [
        *["$", "$ ", "$x", "$$", "{", "}", r"\frac", r"\frac{", r"\(", r"\[", r"\[a", "`", "`a``", r"\begin{align}", "x^{"],
        *[r"\left(", r"\sqrt[", r"\text{", "\\", "\n", "- ", "- a\n", "1\n--\n", "> ", "#", "*", "**a ", "_a", "[", "!["],
        *["[a](", "<", "|a", "a|b\n-|-\n", "&", "\x1b", "\x1b]", "\u0301", "1", "1,", "((", "'", " ", "```\n", r"\pi "],
    ],
)  # fmt: skip
def test_hostile_repetition_ends(unit: str) -> None:
    """Far deeper than Python's stack, and long enough that squares would be noticed."""
    text = unit * (20_000 // len(unit))
    render(text)
    screen(text)
    settled(text)


@pytest.mark.parametrize(
    "text", ["{" * 3000 + "x" + "}" * 3000, r"\sqrt{" * 300 + "}" * 300, "x^" * 200, "x" * 9000]
)
def test_what_is_too_deep_or_too_long_stays_latex(text: str) -> None:
    assert convert(text) is None
    assert render(f"${text}$") == f"${text}$"


# Faithful to the value

SMALL = st.sampled_from(["2", "3", "7", "10", "x", "y", "2x", "3,5"])
FORMS = [
    "{} + {}", "{}-({})", r"({}) \cdot ({})", r"\frac{{{}}}{{{}}}", r"\sqrt{{{}}}", r"\sqrt[3]{{{}}}", "({})^{{2}}",
    r"({})^{{-1}}", r"({})^{{\frac{{1}}{{2}}}}", r"\frac{{{}}}{{{}}}x", r"x\frac{{{}}}{{{}}}", r"({}) \div \frac{{{}}}{{{}}}",
    r"\frac{{{}}}{{{}}}\sqrt{{3}}", r"\sqrt{{2}}\frac{{{}}}{{{}}}", r"\left({}\right)", "-({})", r"\frac{{{}}}{{{}}}(x+1)",
    r"\frac{{{}}}{{{}}}^{{2}}", r"\sqrt{{{}}}x", r"\sqrt{{{}}}^{{2}}", r"(x+1)\frac{{{}}}{{{}}}", r"\sin\frac{{{}}}{{{}}}",
    r"\ln\left|{}\right|", r"\frac{{{}}}{{{}}}\sin x", r"2\sqrt{{{}}}", r"{} - \frac{{-{}}}{{{}}}",
]  # fmt: skip


def filled(parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.tuples(st.sampled_from(FORMS), parts, parts, parts).map(lambda form: form[0].format(*form[1:]))


def value(text: str) -> complex:
    return approximate(parse(plain(text)), {"x": 0.7312, "y": 1.377})


@settings(max_examples=300, deadline=None)
@given(st.recursive(SMALL, filled, max_leaves=6))
def test_the_line_has_the_value_of_the_formula(latex: str) -> None:
    """The brackets that fractions and roots need are there: the grader reads both the same."""
    try:
        expected = value(latex)
    except (ArithmeticError, ValueError):
        return
    shown = render(f"${latex}$")
    assert abs(value(shown) - expected) <= 1e-9 * max(1, abs(expected)), shown


# Where it is narrow, and what colour says


def test_a_matrix_wider_than_the_terminal_becomes_a_line() -> None:
    text = r"$$\begin{pmatrix} 1000 & 2000 \\ 3000 & 4000 \end{pmatrix}$$"
    assert screen(text, width=20) == "  ⎛1000  2000⎞\n  ⎝3000  4000⎠"
    assert " ".join(screen(text, width=12).split()) == "(1000 2000; 3000 4000)"


def test_the_boxed_answer_is_bold_and_headings_are_modest() -> None:
    assert "\x1b[1m42\x1b[0m" in coloured(r"Es $\boxed{42}$.")
    assert coloured("## Paso") == "\x1b[1mPaso\x1b[0m\n"


def test_redrawing_a_growing_answer_keeps_what_was_drawn() -> None:
    text = ANSWERS[0]
    assert screen(text + "\n\nMás") == screen(text) + "\n\nMás"
