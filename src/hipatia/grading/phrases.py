"""The phrases that announce, bound, negate or close an answer, in Spanish and English."""

from __future__ import annotations

import re

ANCHOR = re.compile(
    r"(?:\b(?:la |the |mi |my |nuestra |our |su )?(?:respuesta|soluci[oó]n|resultado|answer|solution|result)s?"
    r"(?: (?:final|correcta|correct|es|is|pedida|del problema|obtenida|to the problem))*"
    r"\**\s*(?:[:=]|\b(?:es|is|son|are|ser[ií]a|would be|queda|sale)\b(?: de)?\s*:?)"
    r"|(?:(?<=^)|(?<=[.,;:!?*\n] )|(?<=[\n*,;]))(?:y |and )?(?:por (?:lo )?tanto|por consiguiente|en conclusi[oó]n|en total|as[ií] que|luego|therefore|thus|hence|so"
    r"|in total|in conclusion|finalmente|finally|en consecuencia|entonces|se obtiene|obtenemos|we get|nos queda)\b,?:?"
    r"|\b(?:rta|rpta|resp|sol|ans)\b\s*[.:]+|\bR\s*[/:=]|∴|⇒)",
    re.I | re.M,
)
CORRECTION = re.compile(
    r"\b(?:sino(?: que)?|mejor dicho|perd[oó]n|quiero decir|quise decir|me equivoqu[eé]|corrijo|rectifico|digo"
    r"|wait|actually|sorry|i mean|scratch that|correction|no, espera|espera|correcci[oó]n)\b(?: (?:es|son|it's|it is))?[,:]?",
    re.I,
)
NEGATED = re.compile(
    r"^\s*no (?:es|son|vale|puede ser|da)\b|\b(?:la respuesta|el resultado|la soluci[oó]n) no es\b"
    r"|\bis not\b|\bare not\b|\bisn't\b|\bcannot be\b|^\s*not\s+[\d-]|\bno es\b(?!.*\bsino\b)",
    re.I,
)
HEDGE = re.compile(
    r"\b(?:either|tal vez|quiz[aá]s?|maybe|perhaps|could be|podr[ií]a ser|puede ser)\b.*\b(?:o|u|or|maybe|tal vez|quiz[aá]s?)\b"
    r"|\bentre \S+ y \S+|\bbetween \S+ and \S+",
    re.I,
)
BOUNDED = re.compile(
    r"\b(?:m[aá]s de|menos de|al menos|como m[aá]ximo|como m[ií]nimo|a lo sumo|por lo menos|casi|hasta|mayor (?:que|de|a)|menor (?:que|de|a)"
    r"|at least|at most|more than|less than|fewer than|over|under|nearly|almost|up to|greater than)\b\s+[-$€]?\d",
    re.I,
)
CUT = re.compile(r"(?:[=+*/×·÷(\[{]|\b(?:es|son|is|are|y|and|de|of|the|el|la|por|que|that|to|a))\s*$", re.I)
CHECK = re.compile(
    r"\b(?:comprobaci[oó]n|comprobamos|verificaci[oó]n|verificamos|check|verify|nota|note)\b", re.I
)
CLOSER = re.compile(
    r"[?]$|^[^\d=]*[!]$|^¿|\b(?:espero|avísame|hope this|let me know|saludos|[aá]nimo)\b", re.I
)
