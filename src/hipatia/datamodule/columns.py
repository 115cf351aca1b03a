"""The names under which people keep questions, answers, topics and roles, in Spanish and English.

FIELD_OF[column_key("Solución")]    # "worked"
"""

from __future__ import annotations

import re
import unicodedata

from ..schema import Role

# Each field with its column names, best first: of two columns for one field the earlier name is taken.
COLUMNS: dict[str, tuple[str, ...]] = {
    "messages": ("messages", "conversations", "conversation", "mensajes", "conversacion", "dialogo"),
    "question": (
        *("instruction", "question", "pregunta", "prompt", "problem", "problema", "enunciado"),
        *("instruccion", "consigna", "ejercicio", "query", "consulta"),
    ),
    "input": ("input", "entrada", "contexto", "context"),
    "response": ("response", "output", "completion", "salida", "reply", "explicacion", "explanation"),
    # A worked solution or a final answer, whichever is the longer of the two.
    "worked": ("solution", "solucion", "desarrollo", "procedimiento", "rationale"),
    "short": ("answer", "respuesta"),
    "final": ("final_answer", "respuesta_final", "respuesta_correcta", "resultado", "result"),
    "system": ("system", "sistema", "system_prompt"),
    "history": ("history", "historial"),
    "topic": ("topic", "tema", "subject", "category", "categoria"),
    "level": ("level", "nivel", "curso"),
    "language": ("language", "lang", "idioma"),
    "family": ("family", "familia"),
    "id": ("id",),
    "text": ("text", "texto"),
}
FIELD_OF: dict[str, str] = {name: field for field, names in COLUMNS.items() for name in names}

ROLES: dict[str, Role] = {
    **dict.fromkeys(("system", "developer", "sistema"), "system"),
    **dict.fromkeys(("user", "human", "student", "usuario", "alumno", "alumna", "estudiante"), "user"),
    **dict.fromkeys(
        (
            "assistant",
            "gpt",
            "chatgpt",
            "model",
            "bot",
            "asistente",
            "tutor",
            "tutora",
            "profesor",
            "profesora",
        ),
        "assistant",
    ),
}
ROLE_COLUMNS = ("role", "from", "rol", "author", "de")
CONTENT_COLUMNS = ("content", "value", "contenido", "text", "texto", "mensaje")
WEIGHT_COLUMNS = ("weight", "loss_weight")

_LEVELS = {
    "primary": ("primary", "primaria", "primary_school", "elementary", "grade_school"),
    "lower_secondary": ("lower_secondary", "eso", "secundaria", "middle_school"),
    "upper_secondary": ("upper_secondary", "bachillerato", "preparatoria", "high_school"),
}
_LEVEL_OF = {name: level for level, names in _LEVELS.items() for name in names}
_NOT_WORD = re.compile(r"[^a-z0-9]+")


def column_key(name: str) -> str:
    """A name without case, accents, spaces or punctuation: ``"Solución "`` is ``"solucion"``."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return _NOT_WORD.sub("_", plain).strip("_")


def level_slug(name: str) -> str:
    """The slug of ``schema.LEVELS`` that a level's usual name means, else the name as it is."""
    return _LEVEL_OF.get(column_key(name), name)
