"""The equalities written in an answer."""

import pytest

from hipatia.grading import check_steps


@pytest.mark.parametrize(
    ("text", "verdicts"),
    [
        ("12 × 3 = 36", ["right"]),
        ("12 × 3 = 35", ["wrong"]),
        ("**Son** 2 + 2 = 4", ["right"]),
        ("**2** + 2 = **5**", ["wrong"]),
        ("Primero 3/4 + 1/4 = 1. Después 1 + 1 = 3.", ["right", "wrong"]),
        ("2 + 3 = 5 = 10/2", ["right", "right"]),
        ("2 + 3 = 5 = 11/2", ["right", "wrong"]),
        ("1,5 + 1,5 = 3", ["right"]),
        ("1.200 + 300 = 1.500", ["right"]),
        ("$1,200 + $300 = $1,500", ["right"]),
        ("\\frac{1}{2} + \\frac{1}{3} = \\frac{5}{6}", ["right"]),
        ("(x+1)^2 = x^2 + 2x + 1", ["right"]),
        ("2x = 10\nx = 5", ["undecided", "right"]),
        ("2x = 10, luego x = 4", ["undecided", "wrong"]),
        ("3x - 7 = 11\n3x = 18\nx = 6", ["undecided", "right", "right"]),
        ("x² = 9, x = 3", ["undecided", "undecided"]),
        ("y = 2x", ["undecided"]),
        ("No hay igualdades aquí.", []),
        ("25 % de 80 = 20", ["right"]),
        ("12 manzanas × 3 € = 36 €", ["right"]),
        ("12 × 3 = 36 manzanas", ["right"]),
        ("1/3 ≈ 0,33", []),
        ("1/3 = 0,33", ["wrong"]),
        ("9^9^9^9 = 1", ["undecided"]),
        ("a = b = c", ["undecided", "undecided"]),
        ("En 4 vale: 8 × 4 = 32", ["right"]),
        ("De 114 quitamos 78: 36 + 78 = 114", ["right"]),
        ("12 : 4 = 3", ["right"]),
        ("12:4 = 3", ["right"]),
        ("x = 2 o bien x = 5", ["undecided", "undecided"]),
        ("2 + 2 = 4 y 3 × 3 = 9.", ["right", "right"]),
        ("$2 + 2 = 4$ y $3 + 3 = 7$", ["right", "wrong"]),
        ("\\(2 + 2 = 4\\) y \\(3 + 3 = 6\\)", ["right", "right"]),
        ("2 + 2 = 4 e igual 5 + 1 = 6", ["right", "right"]),
        ("Y 10 / 4 = 2,5", ["right"]),
        ("x² = 9, x = 3 o x = -3", ["undecided"] * 3),
        ("x + y = 7, x = 4 y y = 3", ["undecided"] * 3),
        ("Si y = 3 y x = 2 y, x = 6", ["undecided"] * 3),
        ("|−7| = 7 y |−3| = 3", ["right", "right"]),
        ("|−7| = 7 y |−3| = −3", ["right", "wrong"]),
        ("2¹² = 4096, mientras que 2¹¹ = 2047", ["right", "wrong"]),
        ("a² · a³ = a⁵ y (a + b)(a − b) = a² − b²", ["right", "right"]),
        ("0,00042 = 4,2 · 10⁻⁴", ["right"]),
        ("0,00042 = 4,2 · 10⁻³", ["wrong"]),
        ("8^(1/3) = ∛8 = 2", ["right", "right"]),
        ("∛64 = 8", ["wrong"]),
        ("log₂ 8 = 3", ["right"]),
        ("tan 45º = 1", ["right"]),
        ("1/3 = 0,333… y 2/3 = 0,666...", ["right", "right"]),
        ("1/3 = 0,444…", ["wrong"]),
        ("√2 = 1,4142…", ["undecided"]),
        ("f(1,9) = 3,9; f(1,99) = 3,99", ["undecided", "undecided"]),
        ("P(2) = 4 + 6 − 4 = 6, P(1) = 1 + 3 − 4 = 0", ["undecided", "right"] * 2),
        ("De x + 3 = 2 sale x = −1; de x + 3 = −2 sale x = −5", ["undecided", "right"] * 2),
        ("x = 0, o bien x − 5 = 0, que da x = 5", ["undecided", "undecided", "right"]),
        ("x − 2 = 0 o x − 3 = 0", ["undecided", "undecided"]),
        ("3x = 18\n2x = 10", ["undecided", "wrong"]),
        ("7 : 2 = 3 resto 1", ["undecided"]),
        ("La mitad de 10 = 5, la raíz de 16 = 4", ["undecided", "undecided"]),
        ("la suma es 3 + 4 = 8", ["wrong"]),
        ("C = 2πr = 6π", ["undecided", "undecided"]),
        ("12cm + 3cm = 15cm", ["right"]),
        ("2 cm² + 3 cm² = 6 cm²", ["wrong"]),
    ],
)
def test_steps(text, verdicts):
    steps = check_steps(text)
    assert [step.verdict for step in steps] == verdicts
    for step in steps:
        assert text[step.start : step.end] == step.text
        assert "=" in step.text


def test_bounded():
    assert len(check_steps("1 = 1\n" * 5000)) <= 500
    assert check_steps("(" * 5000 + "1 = 1") is not None
