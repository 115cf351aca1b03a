"""The verdict on one answer: the claim found, both sides read, the comparison led by what is expected.

``judge(response, expected, question, language)`` gives an Outcome; ``api`` puts it into a sentence.
"""

from __future__ import annotations

import re
from functools import lru_cache, partial
from typing import NamedTuple

from ..schema import GradeStatus
from . import asked, compare, echo, times, verdicts, wording
from .claims import Claim, judged
from .extract import find_claim
from .gathering import gathered
from .phrases import AGAIN, RANGE, VALUE, WHICH_IS
from .reader import read
from .values import Label, Named, Region, Relation, Scalar, Seq, Value

_SPACE = re.compile(r"\s+")
_WORDY = re.compile(r"[^\W\d_]{2} [^\W\d_]{2}")
_ASIDE = re.compile(r"\s*\((?!\s*[-+]?[\d√π]+\s*[,;])([^()]*[^\W\d_]{3}[^()]*)\)[\s.]*$")
_IN_WORDS = re.compile(r"(?<![\\\w])(?!sen|sin|cos|tan|log|mcm|mcd)[^\W\d_]{3}")
_OR = re.compile(r"[\s,;]*\(?\b(?:o bien|o sea|or else|or|o|u)\b,?\s+", re.I)


MAX_DIFFERENCE = 200  # characters by which two spellings of the same text may differ in length


class Outcome(NamedTuple):
    """A status, the text taken for the claim, and the name of the reason (``grading.<reason>``)."""

    status: GradeStatus
    claim: str
    reason: str


def judge(response: str, expected: str, question: str | None, language: str = "auto") -> Outcome:
    """The verdict on an answer. Raises TimedOut where the symbolic layer gives up."""
    if _same_text(response, expected):
        return Outcome("correct", response.strip(), "same_text")
    told = question if question and _is_told(expected) else None
    claim = find_claim(response, partial(_is_beside, told, expected))
    if claim is None or claim.fault == "cut" or not claim.text or _loops(response, expected):
        return Outcome("no_answer", "", "no_answer")
    if claim.fault == "doubted":
        return Outcome("incorrect", claim.text, "hedged")
    if _same_text(claim.text, expected):
        return Outcome("correct", claim.text, "same_text")
    right, given = read(expected), _readings(claim.text)
    if claim.fault == "hedged" and (versions := _same_twice(claim.text)):
        claim, given = Claim(claim.text), versions
    if verdict := verdicts.led(right, given, claim.text, response, question):
        claim, given = Claim(claim.text), [verdict]
    if claim.fault and not _excused(claim, right, given, question):
        return Outcome("incorrect", claim.text, claim.fault)
    given = _moments(right, given, claim.text) or given
    if asked.day(question):
        right, given = _dated(right, given, expected, claim.text)
    if times.day_first(language, f"{expected} {response} {question or ''}"):
        right, given = times.settled(right), [times.settled(values) for values in given]
    if part := _asked_about(right, claim, question):
        claim, given = part, _readings(part.text)
    if _says_all_or_none(right, claim.text):
        return Outcome("incorrect", claim.text, "different")
    results = _results(right, given, response, question)
    return Outcome(*_verdict(results, right, given, claim, expected, told))


def _results(
    right: list[Value], given: list[list[Value]], response: str, question: str | None
) -> list[bool | None]:
    """The comparison of each version of the claim with what is expected."""
    places = asked.places(question)
    results = [_matches(right, values, places) for values in given]
    if False in results and (pi := asked.pi(question)):
        both = [[asked.with_pi(value, pi) for value in values] for values in (right, *given)]
        results = [_matches(both[0], values, places) for values in both[1:]]
    if False in results and (several := gathered(response, right, given)):
        results = [_matches(right, several, places)]
    return results


def _asked_about(right: list[Value], claim: Claim, question: str | None) -> Claim | None:
    """The clause of a claim of several numbers that speaks of what the question asks, where one is expected."""
    if claim.fault or not question or not _are_numbers(right):
        return None
    part = judged(asked.clause(question, claim.text))
    return part if part.text and not part.fault and _readings(part.text) else None


def _says_all_or_none(right: list[Value], text: str) -> bool:
    """``0 = 0: hay infinitas soluciones`` claims no number, whatever numbers lead to it."""
    return _are_numbers(right) and bool(verdicts.concluded(text))


def _is_told(expected: str) -> bool:
    """Whether an answer can but be told: words, verdicts and options may also be taken from the question."""
    kinds = {value.kind for value in read(expected) if isinstance(value, Label)}
    return not wording.is_text(expected) and not kinds & {"yes", "no", "none", "all", "option"}


def _is_beside(told: str | None, expected: str, sentence: str) -> bool:
    """Whether a sentence of the response is the question's own, or but an instance of the formula expected."""
    return bool(told and echo.restates(told, sentence)) or asked.is_instance(sentence, expected)


def _loops(response: str, expected: str) -> bool:
    """Whether one value over and over stands where a number is expected."""
    return echo.loops(response) and _are_numbers(read(expected))


def _tells_other(question: str, text: str, given: list[list[Value]]) -> bool:
    """Whether a claim counts another thing than is asked for, or gives the roots and not how many they are."""
    values = [value for values in given for value in values]
    nouns = [value.noun for value in values if isinstance(value, Scalar) and value.noun]
    if nouns and asked.counts_other(question, text, nouns[0]):
        return True
    named = any(isinstance(value, Named) and len(value.name) == 1 for value in values)
    return named and asked.counts_roots(question)


def _are_numbers(values: list[Value]) -> bool:
    plain = [value.value if isinstance(value, Named) else value for value in values]
    return bool(plain) and all(isinstance(value, Scalar | Relation) for value in plain)


def _verdict(
    results: list[bool | None],
    right: list[Value],
    given: list[list[Value]],
    claim: Claim,
    expected: str,
    told: str | None,
) -> tuple[GradeStatus, str, str]:
    if results and all(result is True for result in results):
        if told and (echo.restates(told, claim.text) or echo.repeats(told, claim.text, expected)):
            return "incorrect", claim.text, "repeats_question"
        if told and _tells_other(told, claim.text, given):
            return "incorrect", claim.text, "tells_other"
        return "correct", claim.text, "equal"
    text = wording.is_text(expected)
    typed = right and given  # then the comparison above has the word
    if text and not typed and not claim.fault and wording.same_words(expected, claim.text):
        return "correct", claim.text, "same_words"
    if not given and not text:
        return "unparsable", claim.text, "unparsable"
    if None in results and False not in results:
        return "unparsable", claim.text, "undecided"
    if not right:
        return "incorrect", claim.text, "other_text"
    hedged = _is_choice(given) and not any(isinstance(value, Seq) for value in right)
    return "incorrect", claim.text, "hedged" if hedged else "different"


def _readings(text: str) -> list[list[Value]]:
    """The readings of a claim; of each of its versions where it says the same thing twice."""
    parts = [part for part in AGAIN.split(text) if part]
    if len(parts) > 1:  # "un 6,25, o sea, aprobado"
        parts = [part for part in parts if VALUE.search(part) or read(part)] or parts
    which = WHICH_IS.split(parts[-1]) if parts else []
    if len(which) > 1 and read(which[0]):  # "12, que es 3 más que 9" is no second version
        parts[-1:] = which if all(map(read, which[1:])) else which[:1]
    out: list[tuple[list[Value], bool]] = []
    for i, part in enumerate(parts):
        wordy = i + 1 < len(parts) and bool(_IN_WORDS.search(part))
        versions = _versions(part)
        if wordy and not all(versions):
            continue
        first = versions[0][0] if versions[0] else None
        if not isinstance(first, Scalar) and not _approximate(versions[0]):
            out.clear()  # "0 = 0, es decir, infinitas soluciones", "x − 2 = 0, es decir, x = 2"
        out.extend((values, wordy) for values in versions)
    return _agreed(out) if all(values for values, _ in out) else []


def _versions(part: str) -> list[list[Value]]:
    """What a part says, and what the aside at its end says where only both are understood."""
    values, aside = read(part), _ASIDE.search(part)
    if values or not aside:
        return [values]
    values, inside = read(part[: aside.start()]), read(aside[1])
    told = values and inside and not any(isinstance(v, Label) for v in inside)
    return [inside, values] if told else [values]


def _agreed(versions: list[tuple[list[Value], bool]]) -> list[list[Value]]:
    """The versions that must be right: not what signs say better, nor the rounding of an exact one.

    ``raíz de 5 más 1, entre 2, o sea (√5 + 1)/2``; ``1/6, es decir, aproximadamente 16,67 %``.
    """
    exact = [values for values, _ in versions if not _approximate(values)]
    kept = [
        values
        for values, wordy in versions
        if not wordy and not (_approximate(values) and any(_matches(values, other, None) for other in exact))
    ]
    return kept or exact


def _approximate(values: list[Value]) -> bool:
    plain = [value.value if isinstance(value, Named) else value for value in values]
    return any(isinstance(value, Scalar) and value.approximate for value in plain)


def _moments(right: list[Value], given: list[list[Value]], text: str) -> list[list[Value]]:
    """The one time of day or date that a sentence mentions, where such a one is expected."""
    kinds = {v.kind for v in right if isinstance(v, Label)} & {"clock", "date"}
    if not kinds or any(isinstance(v, Label) and v.kind in kinds for values in given for v in values):
        return []
    found = [read(mention) for mention in times.mentions(text)]
    wanted = [values for values in found if any(isinstance(v, Label) and v.kind in kinds for v in values)]
    return wanted if len(wanted) == 1 else []


def _dated(
    right: list[Value], given: list[list[Value]], expected: str, text: str
) -> tuple[list[Value], list[list[Value]]]:
    """Both sides, where ``12/10`` is a day and a month because the other side is a date."""
    if any(isinstance(v, Label) and v.kind == "date" for values in given for v in values):
        return [*right, *times.day_and_month(expected)], given
    if any(isinstance(v, Label) and v.kind == "date" for v in right):
        return right, [[*values, *times.day_and_month(text)] for values in given]
    return right, given


def _same_twice(text: str) -> list[list[Value]]:
    """The readings of ``0.5 (or 1/2)``, where all alternatives are one value; else nothing."""
    versions = [read(part) for part in _OR.split(text.rstrip(" .)"))]
    if len(versions) < 2 or not all(versions):
        return []
    return versions if all(_matches(versions[0], other, None) for other in versions[1:]) else []


def _matches(right: list[Value], given: list[Value], places: int | None) -> bool | None:
    result: bool | None = False
    options = [_options(side) for side in (right, given)]
    if all(options):
        right, given = options
    for a in right:
        for b in given:
            verdict = compare.same(a, b, places)
            if verdict:
                return True
            result = None if verdict is None else result
    return result


def _options(values: list[Value]) -> list[Value]:
    return [value for value in values if isinstance(value, Label) and value.kind == "option"]


def _excused(claim: Claim, right: list[Value], given: list[list[Value]], question: str | None) -> bool:
    """Whether the words that look like a fault are the answer itself: "no tiene solución", "x ≥ 12"."""
    values = [value for values in given for value in values]
    fault, text = claim.fault, claim.text
    if fault == "negated":
        return any(isinstance(v, Label) and v.kind in ("none", "no", "yes", "all") for v in values)
    if fault == "hedged":
        return bool(RANGE.search(text)) and any(isinstance(v, Region) for v in right)
    if fault == "bounded":
        if any(isinstance(v, Region | Relation | Seq) for v in right):
            return True
        return asked.extreme(question)
    return False


def _is_choice(given: list[list[Value]]) -> bool:
    return any(isinstance(value, Seq) and value.alternative for values in given for value in values)


def _same_text(a: str, b: str) -> bool:
    return bool(b.strip()) and abs(len(a) - len(b)) < MAX_DIFFERENCE and _bare(a) == _bare(b)


@lru_cache(maxsize=64)  # both sides are asked for more than once
def _bare(text: str) -> str:
    """A text without the differences in case of words, space and final stops that mean nothing."""
    text = one_line(text).strip("$ .")
    if _WORDY.search(text):
        text = re.sub(r"[,;](?!\d)", "", text)
    return text.lower() if wording.is_text(text) and len(text) > 1 else text


def one_line(text: str) -> str:
    return _SPACE.sub(" ", text[:20_000]).strip()
