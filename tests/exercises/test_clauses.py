"""Templates with alternatives: every alternative comes up, nothing of the notation is left."""

from __future__ import annotations

from random import Random

import pytest

from hipatia import exercises
from hipatia.exercises.clauses import phrase, unfold

CASES = [
    ("Plain {a}.", {"Plain {a}."}),
    ("[a|b] {x}", {"a {x}", "b {x}"}),
    ("x[| y]", {"x", "x y"}),
    ("[a [b|c]|d]", {"a b", "a c", "d"}),
    ("[a|b][c|d]", {"ac", "ad", "bc", "bd"}),
    ("the interval [0, 3]", {"the interval [0, 3]"}),
]


@pytest.mark.parametrize(("template", "expected"), CASES, ids=[template for template, _ in CASES])
def test_unfold(template: str, expected: set[str]) -> None:
    rng = Random(1)
    assert {unfold(template, rng, "es") for _ in range(80)} == expected


def test_shared_clauses() -> None:
    rng = Random(1)
    assert "Halla x." in {unfold("[Find] x.", rng, "es") for _ in range(80)}
    assert "Find x." in {unfold("[Find] x.", rng, "en") for _ in range(80)}
    with pytest.raises(KeyError):
        unfold("[Misspelt] x.", rng, "es")


@pytest.mark.parametrize("language", ["es", "en"])
def test_no_notation_is_left(language: str) -> None:
    rng = Random(2)
    for family in exercises.FAMILIES:
        for key, templates in family.phrasings.items():
            if key.split(":")[0] == language:
                for template in templates:
                    assert not set("[]|") & set(unfold(template, rng, language)), (family.name, template)


# What a template may become, besides itself and what is put after it.
RECAST = [
    (
        "es",
        "Un taxi cobra {a} €. ¿Cuánto se paga por {n} viajes?",
        {
            "Si un taxi cobra {a} €, ¿cuánto se paga por {n} viajes?",
            "¿Cuánto se paga por {n} viajes si un taxi cobra {a} €?",
            "Un taxi cobra {a} €. Halla cuánto se paga por {n} viajes.",
            "Si un taxi cobra {a} €, halla cuánto se paga por {n} viajes.",
            "Halla cuánto se paga por {n} viajes si un taxi cobra {a} €.",
        },
    ),
    ("es", "Si {e}, ¿cuánto vale x?", {"¿Cuánto vale x si {e}?", "Di cuánto vale x si {e}."}),
    ("es", "Si {e}, ¿cuánto mide su lado?", {"Si {e}, averigua cuánto mide su lado."}),
    (
        "es",
        "En {n} días, {p} lee {a} páginas. ¿Cuántas lee?",
        {"Si en {n} días {p} lee {a} páginas, ¿cuántas lee?"},
    ),
    ("es", "La recta {f}, ¿qué pendiente tiene?", set()),
    ("es", "¿Cuál es el término de {l}…?", {"Calcula cuál es el término de {l}…"}),
    ("es", "A y B son sucesos. ¿Qué es A?", {"A y B son sucesos. Indica qué es A."}),
    ("es", "{e} = ?", set()),
    (
        "en",
        "A taxi charges {a} €. What do {n} trips cost?",
        {"If a taxi charges {a} €, what do {n} trips cost?"},
    ),
    ("en", "If {e}, what is x?", {"What is x if {e}?", "Find x if {e}.", "If {e}, give x."}),
    ("en", "{e} = ?", set()),
    ("en", "A and B exclude each other. What is A?", set()),
]


@pytest.mark.parametrize(("language", "template", "some"), RECAST, ids=[row[1] for row in RECAST])
def test_recast(language: str, template: str, some: set[str]) -> None:
    rng = Random(3)
    found = {phrase(template, rng, language) for _ in range(900)}
    assert template in found
    assert some <= found
    if not some:
        assert all(text.startswith(template) for text in found)
    assert not any(text.endswith(("….", "?.")) for text in found)


@pytest.mark.parametrize(
    "template",
    [
        "Una vela mide {a} m. ¿Qué superficie tiene?",
        "La gráfica de {f} corta al eje Y. ¿A qué altura?",
        "{p} compra dos libros. ¿Cuánto paga?",
        "{p} guarda {b} € cada semana. ¿En cuántas semanas tendrá {t} €?",
        "Si un aparato marca {a}, ¿qué número se anota si se redondea?",
    ],
)
def test_a_question_about_what_the_condition_names_stays_behind_it(template: str) -> None:
    rng = Random(3)
    found = {phrase(template, rng, "es") for _ in range(900)}
    assert any(text.startswith("Si ") for text in found)
    assert not any(text.startswith("¿") or "? si " in text for text in found)
    assert not any(" si " in text.split(". ")[0] for text in found if not text.startswith("Si "))
