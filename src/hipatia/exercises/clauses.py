"""Questions composed of clauses: one template stands for dozens of wordings.

    unfold("[Find] [el perímetro|cuánto mide el contorno] de un cuadrado.", rng, "es")
    # Averigua cuánto mide el contorno de un cuadrado.

``[a|b]`` is one of its alternatives (they nest, and may be empty), ``[Find]`` one of the shared clauses.
Every template is as likely as the next, however many wordings it has. ``phrase`` also recasts a third of
the questions: a fact and a question become one conditional sentence, a question becomes a command.
What follows ``->`` at a template's end is the unit of the answer, no part of the question.
"""

from __future__ import annotations

import re
from random import Random

from .questions import clauses

_CHOICE = re.compile(r"\[([^\[\]]*\|[^\[\]]*)\]")
_SHARED = re.compile(r"\[([A-Za-z]+)\]")

UNIT = " -> "
# How often each recasting is tried; what a sentence must look like for it.
RECAST = 0.25
EXTRA = 0.03
# "Un taxi cobra 3 €. ¿Cuánto …?", not "A y B son sucesos. ¿…?", nor a sentence with its own ": " or "; ".
_FACT = {
    "es": re.compile(
        r"^(?=(?:El|La|Los|Las|Una?|En|Del?|Con|Por|Entre|Hay|Se|Dos|Tres|Cada|Desde|Para|Tras|Durante|Queremos"
        r"|Lanzamos|Tiramos|\{[a-z]\w*\}) )(?P<fact>[^.?¿:;]+)\. ¿(?P<asked>[^¿?]+)\?$"
    ),
    "en": re.compile(
        r"^(?=(?:An?(?! and | is )|The|In|Of|On|For|There|Two|Three|Each|From|With|By|After|\{[a-z]\w*\})[ '])"
        r"(?P<fact>[^.?:;]+)\. (?P<asked>(?:What|Which|How|At which|In how|For which|By|After how)[^?]+)\?$"
    ),
}
_CONDITION = {
    "es": re.compile(r"^Si (?P<fact>[^¿?]+), ¿(?P<asked>[^¿?,]+)\?$"),
    "en": re.compile(
        r"^If (?P<fact>[^?]+), (?P<asked>(?:what|which|how|at which|in how|for which)[^?,]+)\?$"
    ),
}
_LEADING = re.compile(r"^((?:en|de|con|por|para|durante) [^,]*), (?=el |la |los |las |\{[pq]\})")
# A question that points back ("su", "it") stays behind what it points to.
_POINTS_BACK = re.compile(r"\b(?:su|sus|lo|le|les|ese|esa|la de|its?|them|their|they|that|each|cada)\b")
# So does "the number" where "a number" comes first.
_KNOWN = re.compile(r"\b(?:the|el|la|los|las) (\w+)")
# What needs no subject from the condition: «¿Cuál es el área si …?», not «¿Qué área tiene si …?».
_NAMED = re.compile(
    r"(?:\w+ )?(?:cuál(?:es)? (?:es|era|fue|son) (?:el|la|los|las) |cuánto (?:es|vale|mide) (?:el |la |[xkA-D]$|\{)"
    r"|(?:cuánt[oa]s?|qué) (?!habrá|.*(?: si |\bse (?:queda|para|come)\b|planta queda|gane|hacer$))"
    r"[^¿?]*\b(?:hay|habrá|había|se|quedan?|faltan?|ha[cr]\w+ falta|resultan?|obtenemos|representa|(?:cuestan?|pesan|caben en|tardan|tardarán|hacen|comen|pagan"
    r"|echan|fabrican|suman)(?= \{))\b)",
    re.IGNORECASE,
)
_DIRECT = {
    "es": re.compile(
        r"¿(?P<asked>(?:(?:[Aa]|[Dd]e|[Ee]n|[Cc]on|[Pp]or|[Pp]ara|[Dd]entro de|[Dd]espués de) )?"
        r"(?:[Cc]uánt[oa]s?|[Cc]uál(?:es)?|[Qq]ué|[Cc]ómo) [^¿?]*)\?$"
    ),
    # Only what needs no other order of words: "What is the area?", "Find the area."
    "en": re.compile(r"\b[Ww]hat is (?P<asked>(?:the|its|their|[xk]\b|f\(|f'|\{[a-z]+\})[^?]*)\?$"),
}
# What may stand before ", ¿…?" where the question becomes a command; "La recta, ¿qué …?" may not.
_LEADS = re.compile(
    r"^(?:Si|Con|Al|En|Del?|Entre|Dad[oa]s?|Sabiendo|Cuando|Sin|Por|Tras|Después|If|Given|With|When|In) "
)
_COMMANDS = {
    "es": ("calcula", "averigua", "di", "determina", "indica", "halla"),
    "en": ("find", "calculate", "work out", "determine", "give", "state"),
}
# «Calcule …» is no neighbour of «Explica …».
_FORMAL = ("Calcule ", "Resuelva ")
_AFTER = {
    "es": (
        "Explica los pasos.",
        "Razona la respuesta.",
        "Muestra el procedimiento.",
        "Justifica la respuesta.",
    ),
    "en": ("Show your work.", "Explain the steps.", "Give reasons.", "Justify the answer."),
}


def phrase(template: str, rng: Random, language: str) -> str:
    """The template in one of its wordings, still with its ``{fields}``."""
    text = unfold(template, rng, language)
    if rng.random() < RECAST:
        text = _conditional(text, language)
    if rng.random() < RECAST:
        text = _turned(text, language)
    if rng.random() < RECAST:
        text = _commanded(text, rng, language)
    if rng.random() < EXTRA and text[-1] in ".?" and not text.startswith(_FORMAL):
        text = f"{text} {rng.choice(_AFTER[language])}"
    return text


def _small(text: str) -> str:
    """With a small first letter; a field stays as it is."""
    return text[0].lower() + text[1:]


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]


def _conditional(text: str, language: str) -> str:
    """A fact and a question as one sentence: "Si un taxi cobra 3 €, ¿cuánto …?"."""
    found = _FACT[language].match(text)
    if not found or "{A}" in found["fact"]:
        return text
    fact, asked = _small(found["fact"]), _small(found["asked"])
    if language == "es":  # «En 10 días, Rosa lee …»: «Si en 10 días Rosa lee …»
        fact = _LEADING.sub(r"\1 ", fact)
    return f"Si {fact}, ¿{asked}?" if language == "es" else f"If {fact}, {asked}?"


def _turned(text: str, language: str) -> str:
    """The question before its condition: "¿Cuánto …, si …?"."""
    found = _CONDITION[language].match(text)
    if not found or _POINTS_BACK.search(found["asked"]):
        return text
    if language == "es" and not _NAMED.match(found["asked"]):
        return text
    if any(re.search(rf"\b{name}\b", found["fact"]) for name in _KNOWN.findall(found["asked"])):
        return text
    asked = _capital(found["asked"])
    return f"¿{asked} si {found['fact']}?" if language == "es" else f"{asked} if {found['fact']}?"


def _commanded(text: str, rng: Random, language: str) -> str:
    """A question as a command: "Averigua cuánto …", "Find the …"."""
    found = _DIRECT[language].search(text)
    before = text[: found.start()] if found else ""
    if not found or (before.endswith(", ") and not _LEADS.match(before.split(". ")[-1])):
        return text
    # "Calcula qué sale al calcular" says it twice.
    command = rng.choice([each for each in _COMMANDS[language] if each not in found["asked"]])
    start = not before or before.endswith((". ", "… "))
    end = "" if found["asked"].endswith("…") else "."
    return f"{before}{_capital(command) if start else command} {_small(found['asked'])}{end}"


def unfold(template: str, rng: Random, language: str) -> str:
    """The template with one alternative of each choice; ``{fields}`` stay as they are."""
    shared = clauses(language)
    text = _SHARED.sub(lambda found: f"[{shared[found[1]]}]", template)
    while (found := _CHOICE.search(text)) is not None:
        text = text[: found.start()] + rng.choice(found[1].split("|")) + text[found.end() :]
    return text
