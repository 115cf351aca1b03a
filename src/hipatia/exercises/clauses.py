"""Questions composed of clauses: one template stands for dozens of wordings.

    unfold("[Find] [el perímetro|cuánto mide el contorno] de un cuadrado.", rng, "es")
    # Averigua cuánto mide el contorno de un cuadrado.

``[a|b]`` is one of its alternatives (they nest, and may be empty), ``[Find]`` one of the shared clauses.
Every template is as likely as the next, however many wordings it has.
"""

from __future__ import annotations

import re
from random import Random

_CHOICE = re.compile(r"\[([^\[\]]*\|[^\[\]]*)\]")
_SHARED = re.compile(r"\[([A-Za-z]+)\]")

SHARED = {
    "es": {
        "Find": "Calcula|Halla|Determina|Obtén|Averigua|Encuentra|Calcule|Hallar",
        "find": "calcula|halla|determina|obtén|averigua|encuentra",
        "Tell": "Di|Indica|Escribe|Averigua",
        "Know": "Se sabe que|Sabemos que|Nos dicen que|Sabiendo que",
        "Work": "Calcula|Resuelve|Efectúa|Opera|Calcular",
        "Howmuch": "Cuánto es|Cuánto da|Cuál es el resultado de|Cuánto vale|Qué resultado da|Cuánto resulta",
    },
    "en": {
        "Find": "Find|Calculate|Work out|Determine|Compute",
        "find": "find|calculate|work out|determine",
        "Tell": "Say|State|Write down|Give",
        "Know": "We know that|It is known that|We are told that",
        "Work": "Calculate|Work out|Evaluate|Compute",
        "Howmuch": "What is|How much is|What is the value of|What is the result of",
    },
}

# A calculation ``{e}`` that is simply to be done.
PLAIN = {
    "es": (
        "[Find] [|el resultado de |el valor de ]{e}.",
        "[Resuelve|Efectúa|Haz|Realiza] [esta operación|la siguiente operación|este cálculo]: {e}",
        "[Work]: {e}",
        "¿[Howmuch] {e}?",
        "¿Qué [resultado|número] [obtienes|sale|se obtiene] al [calcular|resolver|efectuar] {e}?",
        "{e} = ?",
        "[Escribe|Completa con|Di|Indica] el resultado: {e}",
        "[La profesora|El profesor|Un alumno] escribe {e} en la pizarra. "
        "¿[Cuál es el resultado|Qué número hay que poner después del signo igual|Cuánto da]?",
        "[En un examen|En un cuaderno|En una ficha|En clase] [piden|hay que hallar] el resultado de {e}. "
        "¿Cuál es?",
        "El resultado de {e} es…",
        "¿[Sabes|Puedes decirme|Me dices] [cuánto es|cuánto da|el resultado de] {e}?",
        "[Necesito saber|Quiero saber|Me piden] [cuánto es|el resultado de] {e}.",
        "[Comprueba con lápiz y papel|Piensa y responde|Cálculo|Operación]: ¿cuánto [es|da] {e}?",
    ),
    "en": (
        "[Find] [|the result of |the value of ]{e}.",
        "[Do|Carry out|Work out] [this calculation|the following calculation|the operation]: {e}",
        "[Work]: {e}",
        "[Howmuch] {e}?",
        "{e} = ?",
        "[Write|Give|State] the result: {e}",
        "[A teacher|A pupil] writes {e} on the board. [What is the result|What comes after the equals sign]?",
        "[In a test|On a worksheet|In class] [they ask for|we need] the result of {e}. What is it?",
        "[Can you tell me|Do you know] what {e} is?",
        "[I need to know|I want to know] [the result of|the value of] {e}.",
        "Which number do [you|we] get [from|for] {e}?",
    ),
}


def unfold(template: str, rng: Random, language: str) -> str:
    """The template with one alternative of each choice; ``{fields}`` stay as they are."""
    shared = SHARED[language]
    text = _SHARED.sub(lambda found: f"[{shared[found[1]]}]", template)
    while (found := _CHOICE.search(text)) is not None:
        text = text[: found.start()] + rng.choice(found[1].split("|")) + text[found.end() :]
    return text
