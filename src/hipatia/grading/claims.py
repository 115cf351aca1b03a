"""What a sentence claims and what is wrong with the claim: ``judged("No es 12, sino 15.")`` is ``15``.

Corrections, asides and reasons go; a negated, bounded, hedged or cut-off claim keeps its fault.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..numerals import read_number
from . import phrases as say
from . import prose
from .rewrites import periods
from .verdicts import solutions

MAX_CLAIM = 2_000
MAX_END = 60  # in which a cut shows


@dataclass(frozen=True, slots=True)
class Claim:
    """The claimed answer. fault: empty, or cut, hedged, negated, bounded, doubted (by a later sentence)."""

    text: str
    fault: str = ""


def judged(text: str, exclaimed: bool = False) -> Claim:
    """A claim's text, cleared of corrections and asides, with its fault.

    ``exclaimed``: a final "!" belongs to the sentence, not to a factorial.
    """
    if len(text) > MAX_CLAIM:
        return Claim("⍰ " + text[:100])  # nobody's answer; not to be taken by a piece of it
    text = periods(_unwrapped(text))
    for _ in range(3):
        if match := say.CONCLUSION.match(text) or say.PREFIX.match(text):
            text = text[match.end() :]
    text = _corrected(_without_strays(text))
    text = say.SOFT.sub("", text)
    if (match := say.REASON.search(text)) and match.start() > 0:
        text = text[: match.start()] + text[match.end() :]
    text = _without_other(_after_subject(text)).strip()
    if exclaimed and re.search(r"[^!]!$", text):
        text = text[:-1]
    return _weighed(text)


def _unwrapped(text: str) -> str:
    """Without the marks around it: ``\\(…\\)``, an odd dollar, stars."""
    text = text.strip().lstrip(":").strip()
    text = re.sub(r"^\\\((.*)\\\)(\W*)$", r"\1\2", text)
    if text.endswith("$") and len(re.findall(r"(?<!\\)\$", text)) % 2:
        text = text[:-1].rstrip()  # $Por lo tanto, x = 2$
    return re.sub(r"^(?:[*_\s]|>\s)+(?=\S)|[*_]+$", "", text)


def _without_strays(text: str) -> str:
    """Without closing brackets that nothing opens; those of intervals stay."""
    opening = {"]": "[", "}": "{", ")": "("}
    if re.fullmatch(r"(?:[^\W\d_]+ ){0,6}[A-Ha-h]\)", text):
        return text  # la opción b)
    while text[-1:] in opening and text.count(text[-1]) > text.count(opening[text[-1]]):
        if re.match(r"^[\[\](]", text) or re.search(r"[\[\](][^\[\]()]*[,;][^\[\]()]*[\[\])]$", text):
            break
        text = text[:-1].rstrip()
    return text


def _corrected(text: str) -> str:
    """What remains of a claim that is concluded or corrected: "no es 12, sino 15"."""
    later = say.LATER.split(text)
    if len(later) > 1 and say.VALUE.search(later[-1]):
        text = later[-1]
    for pattern in (say.REJECTED, say.NOT_VALID, say.NO_MORE, say.NONE_BUT):
        if say.VALUE.search(cleared := pattern.sub("", text)):
            text = cleared
    text = re.sub(r"^[Nn]o,\s+(?=(?:es |son |it's )?[-−$\\]?\d\S*(?:\s\S+)?$)", "", text)
    for pattern in (say.SINO, say.NOT_BUT, say.NEITHER, say.THOUGHT, say.CHANGED, say.DISCARDED):
        if (match := pattern.search(text)) and _says(match["new"]):
            text = match["new"]
    match = say.RETRACTION.search(text)
    return text[match.end() :] if match and say.VALUE.search(text[match.end() :]) else text


def _says(text: str) -> bool:
    """Whether a text has a value or is an option's letter."""
    return bool(say.VALUE.search(text) or re.fullmatch(r"(?:la |the )?\(?[A-Ha-h]\)?\W*", text))


def _after_subject(text: str) -> str:
    """``Entre 3 y 4: 7``: a range before the colon, and the value after it."""
    head, colon, tail = text.rpartition(": ")
    plain = say.VALUE.search(tail) and not re.search(r"[^\W\d_\\]{3}", tail)
    return tail if colon and plain and fault(text) == "hedged" and not say.NEGATED.search(head) else text


def _without_other(text: str) -> str:
    """``15, no 12``."""
    cleared = say.NOT_OTHER.sub("", text)
    return cleared if say.VALUE.search(cleared) or re.fullmatch(r"\(?[A-Ha-h]\)?", cleared) else text


_COMPARED = re.compile(
    r"[-\d./√\\{}a-z]*\d[^\s<>]* (?:es|is) (?:mayor|menor|greater|larger|bigger|less|smaller|m[aá]s)\b"
)


def _weighed(text: str) -> Claim:
    """The claim with its fault; without the premise, subject or first version that alone has a fault."""
    name = fault(text)
    if name == "bounded" and _COMPARED.match(text):
        return Claim(text)  # 3/4 es mayor que 2/3
    if name in ("", "cut"):
        return Claim(text, name)
    shorter = [say.AGAIN.split(text)[-1], prose.conclusion(text)]
    if name == "negated" and not solutions(text):  # no tiene solución: 0 = 5
        shorter.append(re.split(r";\s+|:\s+|,\s+(?:creo que|i think|pero|but)\s+", text)[-1])
    if name == "bounded" or (name == "hedged" and say.RANGE.search(text)):
        shorter.append(prose.predicate(text))
    for part in shorter:
        if part and part != text and say.VALUE.search(part) and not fault(part):
            return Claim(part)
    return Claim(text, name)


def fault(text: str) -> str:
    bare = text.rstrip(" .")
    if len(bare) < 60 and (read_number(bare) or bare.lower() in ("si", "sí")):
        return ""
    if not re.search(r"[\w∅∞ℝ]|\{\s*\\?\}", bare) or (
        not text.rstrip().endswith(".") and say.CUT.search(bare[-MAX_END:])
    ):
        return (
            "cut"
            if not re.search(
                r"\b(?:es|is) [aeoy]$|[\d)\w][·*/+^−-]\s?[aeoyu]$|^[^\W\d_]$|\b(?:opci[oó]n|option) a$|^la a$|ℤ$",
                bare,
                re.I,
            )
            else ""
        )
    for name, pattern in (
        ("negated", say.NEGATED),
        ("hedged", say.HEDGE),
        ("bounded", say.BOUNDED),
    ):
        if pattern.search(bare) and not (name == "bounded" and re.match(r"\$?\\?\{", bare)):
            return name
    return ""
