"""Where a response claims its final answer: ``find_claim(text)``. Never "the last number anywhere".

The last ``\\boxed``, ``####`` or announced answer wins; what was taken back, checks, remarks and questions
do not count. Without an announcement the last sentence with a value is the claim.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from . import phrases as say
from .claims import Claim, fault, judged
from .sentences import sentences_of

_BETWEEN = re.compile(
    r"[\s$.,;:]*(?:\\[()\[\]]|\\text\s*\{[^{}]*\}|\\(?:quad|qquad|,|;)|\b(?:y|e|o|u|and|or)\b|[\s$.,;])*"
)
_COMPUTED = re.compile(r"[\w)%}]\s*=\s*[-−$€\\(]?[\d\\(]")


@dataclass(frozen=True, slots=True)
class _Found:
    """A candidate: where it stands, its rank (3 announced, 2 mild, 1 concluded) and the claim."""

    index: int
    rank: int
    claim: Claim


def find_claim(response: str, is_beside: Callable[[str], bool] = lambda _: False) -> Claim | None:
    """The last claim of a response; ``None`` where it makes none (empty, cut off).

    ``is_beside`` tells of a sentence whether it does not count, whatever it says.
    """
    sentences = [sentence for sentence in sentences_of(response) if not is_beside(sentence)]
    if not sentences:
        return None
    if looping := _begins_again(sentences):
        sentences.pop()
    found = _candidates(sentences)
    best = _best(found)
    if best and best.rank == 1 and any(_COMPUTED.search(s) for s in sentences[best.index + 1 :]):
        sentences = sentences[best.index + 1 :]
        best = None
    if best is None:
        return None if looping else _doubted(_unannounced(sentences), sentences)
    whole = not looping and not _breaks_midway(sentences[-1])
    if best.claim.fault or max(item.rank for item in found) == 3 or whole:
        return _doubted(best.claim, sentences[best.index :])
    return None


def _begins_again(sentences: list[str]) -> bool:
    """Whether the last piece is but the beginning of what was said over and over: ``… son 11. … son 11. … son 1``."""
    *before, last = sentences
    longer = [sentence for sentence in before if sentence.startswith(last) and sentence != last]
    return len(longer) > 1 and len(set(longer)) == 1


def _doubted(claim: Claim | None, sentences: list[str]) -> Claim | None:
    """The claim, hedged where a later sentence offers another value ("O quizás 13.")."""
    for sentence in sentences[1:]:
        if claim and not claim.fault and say.SECOND_THOUGHT.search(sentence) and say.VALUE.search(sentence):
            return Claim(claim.text, "doubted")
    return claim


def _best(found: list[_Found]) -> _Found | None:
    """The last announced answer; else the last mild one or conclusion."""
    strong = [item for item in found if item.rank == 3]
    return (strong or found)[-1] if found else None


def _candidates(sentences: list[str]) -> list[_Found]:
    found: list[_Found] = []
    for i, sentence in enumerate(sentences):
        if (items := _items(sentence, sentences[i + 1 :])) and len(sentences) == i + 1 + len(items):
            found.append(_Found(i, 3, judged(" ; ".join(items))))
        elif say.BOX.search(sentence):
            found.append(_Found(i, 3, _boxed(sentence)))
        elif sentence.startswith("####"):
            content = sentence.lstrip("#").strip()
            if content:
                found.append(_Found(i, 3, judged(content)))
        elif candidate := _announced(sentences, i):
            found.append(candidate)
        elif match := say.CONCLUSION.match(sentence):
            rest = sentence[match.end() :]
            rank = 2 if match["firm"] else 1
            if not re.search(r"\w", rest) and i + 1 < len(sentences):
                found.append(_Found(i + 1, rank, judged(sentences[i + 1])))
            elif say.VALUE.search(rest) or (len(sentences) == i + 1 and not say.CONFIRMED.match(rest)):
                found.append(_Found(i, rank, judged(rest, exclaimed=True)))
    return found


def _announced(sentences: list[str], i: int) -> _Found | None:
    sentence = sentences[i]
    bare = sentence.rstrip(" .!")
    if match := say.INVERTED.match(bare):
        return _Found(i, 3, judged(match["claim"]))
    if say.INVERTED_NOT.search(sentence):
        return _Found(i, 3, Claim(bare, "negated"))
    for pattern, rank in ((say.ANSWER, 3), (say.MILD, 2)):
        matches = list(pattern.finditer(sentence))
        for match in reversed(matches):
            rest = sentence[match.end() :]
            if re.search(r"[\w∅∞¬]|\{\s*\\?\}", rest):
                if re.fullmatch(
                    r"\W*(?:correct[ao]?|v[aá]lid[ao]|right|valid|verified|verificad[ao])\W*",
                    rest,
                    re.I,
                ):
                    continue
                if re.search(r"\bno\s*$", sentence[: match.start()]) or re.match(r"\s*(?:not|no)\b", rest):
                    rest = f"no es {rest}" if not re.match(r"\s*(?:no|not)\b", rest) else rest
                clause = re.split(r"[;:,.]|\b(?:pero|but|sino|and|y)\b", sentence[: match.start()])[-1]
                if _HAS_NONE.search(clause) and match[0].rstrip().endswith(":"):
                    continue
                if say.NEGATED.search(clause + match[0]) and rest:
                    rest = f"no es {rest}"
                weak = 1 if say.WEAK.match(match[0]) else 2
                strong = 3 if rank == 3 or say.FINAL.search(match[0]) else weak
                return _Found(i, strong, judged(rest, exclaimed=True))
        if matches and not re.search(r"\w", sentence[matches[-1].end() :]):
            return _next_line(sentences, i, rank)
    denied = re.search(
        r"(?:respuesta|soluci[oó]n|resultado|answer|solution|result)[^.]{0,20}? (?:no es|no son|is not"
        r"|isn't)\b(?P<rest>.*)",
        sentence,
        re.I,
    )
    if denied:
        return _Found(i, 3, judged("no es " + denied["rest"]))
    if say.HEADING.match(sentence):
        return _next_line(sentences, i, 3)
    return None


# "No tiene una única solución: tiene infinitas" announces nothing.
_HAS_NONE = re.compile(r"\bno (?:tienen?|hay|existen?)\b|\b(?:has|have|is|are) no\b|\bnot have\b", re.I)


def _items(heading: str, lines: list[str]) -> list[str]:
    """The items of a list of values: ``Las raíces son:`` and then a line for each."""
    if not say.SEVERAL.search(heading):
        return []
    items: list[str] = []
    for line in lines[:12]:
        if not (_ASSIGNED.fullmatch(line) or _VALUE_ALONE.fullmatch(line)):
            break
        items.append(line.strip("$ ,;."))
    names = {
        item.split("=")[0].strip("$ \\([").rstrip("_0123456789₁₂₃₄₅₆{} ") if "=" in item else ""
        for item in items
    }
    return items if len(items) > 1 and len(names) == 1 else []


_VALUE_ALONE = re.compile(
    r"[$\s\\(\[]*[-−+±]?[\s\d√πi.,/^()\\a-z{}+−-]{0,30}\d[\s\d√πi.,/^()\\{}+−\]-]{0,30}[$\s,;.]*"
)
_ASSIGNED = re.compile(r"[$\s]*[^\W\d]\w{0,3}\s*=\s*[^=,;]{1,40}[$\s,;.]*")


def _next_line(sentences: list[str], i: int, rank: int) -> _Found | None:
    """The claim after ``La respuesta es:`` at the end of its line; several lines of it are a list."""
    rest = sentences[i + 1 :]
    if not rest:
        return _Found(i, rank, Claim("", "cut"))
    if say.WORKED.search(sentences[i].rstrip(" :.*")) and len(rest) > 1:
        return None
    if say.BOX.search(rest[0]) or say.ANSWER.search(rest[0]):
        return None
    together: list[str] = []
    for line in rest[:6]:
        if not _ASSIGNED.fullmatch(line):
            break
        together.append(line.strip("$ ,;."))
    return _Found(i, rank, judged(" ; ".join(together) if len(together) > 1 else rest[0]))


def _boxed(sentence: str) -> Claim:
    """The content of the last box of a sentence; boxes joined by "y" or commas are a list."""
    boxes: list[tuple[int, int, str]] = []
    for match in say.BOX.finditer(sentence):
        depth, i = 1, match.end() + 1
        while i < len(sentence) and depth:
            if sentence[i - 1] != "\\":
                depth += {"{": 1, "}": -1}.get(sentence[i], 0)
            i += 1
        if depth:
            return Claim("", "cut")
        boxes.append((match.start(), i, sentence[match.end() + 1 : i - 1]))
    start, end, content = boxes[-1]
    for before in reversed(boxes[:-1]):
        between = sentence[before[1] : start]
        if len(between) > 30 or not _BETWEEN.fullmatch(between):
            break
        joint = " o " if re.search(r"\b(?:o|or|u)\b", between) else " ; "
        content, start = before[2] + joint + content, before[0]
    if re.search(r"\b(?:no es|no son|is not|isn't|not)\W*$", sentence[:start], re.I):
        return Claim(content, "negated")
    fault = "hedged" if re.search(r"^\W*(?:o|or|o bien)\b\W*[\d\\$]", sentence[end:]) else ""
    after = sentence[end:].strip(" .$,;:\\)]")
    unit = re.match(r"^(?:\\?%|[^\W\d_°]{1,12}(?:\^?\{?[23²³]\}?)?|°C?|€)(?=\W*$)", after)
    if unit and re.fullmatch(r"[\d.,\s/\\a-z{}]+", content) and not say.CLOSER.search(after):
        content = f"{content} {unit[0]}"
    return Claim(content, fault or ("hedged" if say.HEDGE.search(content) else ""))


def _unannounced(sentences: list[str]) -> Claim | None:
    """No announcement: the last sentence that has a value; the only one, whatever it says."""
    if len(sentences) == 1:
        if _breaks_midway(sentences[0]):
            return None
        return judged(sentences[0])
    for i in range(len(sentences) - 1, -1, -1):
        sentence = sentences[i]
        if _breaks_midway(sentence):
            return None
        if say.VALUE.search(sentence) or i == 0:
            return judged(sentence)
        if i == len(sentences) - 1 and not re.search(r"[.!:)$]\W*$", sentence):
            return judged(sentence) if len(sentence.split()) <= 4 else None
        if i == len(sentences) - 1 and len(sentence.split()) <= 6:
            return judged(sentence)
    return judged(sentences[-1])


_APPOSITION = re.compile(
    r"\W*(?:ambos|ambas|both|como|as\b|donde|where|con|with|respectiv|todos|todas|all\b|incluid|inclus|siendo|being"
    r"|que|which|una? decimal|un n[uú]mero|a (?:\w+ )?decimal|por|redonde|rounded|aprox|m[aá]s|menos|es decir|o sea|that is)",
    re.I,
)


def _breaks_midway(sentence: str) -> bool:
    """Whether a sentence stops before its end: no full stop, and a last clause that opens without a value."""
    if re.search(r"[.!)]\W*$", sentence):
        return False
    if say.CUT.search(sentence) and fault(sentence) == "cut":
        return True
    clause = re.split(r",|\b(?:y|and|luego|then|so|pero|but)\b", sentence)[-1]
    return (
        len(clause.split()) >= 2
        and not _APPOSITION.match(clause)
        and not re.search(r"[∈≥≤<>=∅]|\\in\\b", clause)
        and len(sentence.split()) > 4
        and not say.VALUE.search(clause)
        and "," in sentence
    )
