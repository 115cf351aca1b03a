"""Where a response claims its final answer: ``find_claim(text)``. Never "the last number anywhere"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .phrases import ANCHOR, BOUNDED, CHECK, CLOSER, CORRECTION, CUT, HEDGE, NEGATED

TAIL = 20_000


@dataclass(frozen=True, slots=True)
class Claim:
    """The claimed answer. fault: empty, or cut, hedged, negated, bounded."""

    text: str
    fault: str = ""
    sentence: str = ""
    strong: bool = False


def find_claim(response: str) -> Claim | None:
    """The last claim of a response; ``None`` where it makes none (empty, cut off)."""
    text = strip_thinking(response)
    if text is None:
        return None
    text = text[-TAIL:].strip()
    if not re.search(r"[\w∅∞]", text):
        return None
    candidates = [c for c in (_boxed(text), _hashes(text), _anchored(text)) if c]
    if candidates:
        position, claim = max(candidates, key=lambda c: c[0])
        return claim
    return _unmarked(text)


def strip_thinking(text: str) -> str | None:
    """The text without its reasoning blocks; ``None`` where one never ends."""
    text = re.sub(r"<think(?:ing)?>.*?</think(?:ing)?>", " ", text, flags=re.S)
    if "</think>" in text:
        text = text.rsplit("</think>", 1)[1]
    return None if re.search(r"<think(?:ing)?>", text) else text


def _boxed(text: str) -> tuple[int, Claim] | None:
    found: list[tuple[int, int, str]] = []
    for match in re.finditer(r"\\(?:boxed|fbox)\s*\{", text):
        depth, i = 1, match.end()
        while i < len(text) and depth:
            depth += {"{": 1, "}": -1}.get(text[i], 0) if text[i - 1] != "\\" else 0
            i += 1
        if depth:
            return match.start(), Claim("", "cut")
        found.append((match.start(), i, text[match.end() : i - 1]))
    if not found:
        return None
    start, end, inside = found[-1]
    if len(found) > 1:
        first_start, first_end, first = found[-2]
        between = text[first_end:start]
        if (
            re.fullmatch(
                r"[\s$.]*(?:y|e|o|and|or|,|;|\\text\{[^}]*\}|\\quad|\\\)|\\\()*[\s$,]*(?:y|and|o|or)?[\s$]*",
                between,
            )
            and len(between) < 30
        ):
            inside = f"{first} ; {inside}"
    line = text[text.rfind("\n", 0, start) + 1 : start]
    fault = "negated" if NEGATED.search(line[-30:]) and not ANCHOR.search(line[-20:]) else ""
    return end, Claim(inside, fault, inside, True)


def _hashes(text: str) -> tuple[int, Claim] | None:
    found = list(re.finditer(r"####[ \t]*([^\n]*)", text))
    if not found or not found[-1][1].strip():
        return None
    return found[-1].end(), Claim(_clean(found[-1][1]), "", found[-1][1], True)


def _anchored(text: str) -> tuple[int, Claim] | None:
    found = None
    for match in ANCHOR.finditer(text):
        claim = _after(text, match.end())
        if claim is None:
            continue
        if not re.search(r"[\w∅∞]", claim):
            if match.end() >= len(text.rstrip(" *_$")) and re.search(r"(?:es|is|are|son|[:=])\W*$", match[0]):
                found = (match.start(), Claim("", "cut"))
            continue
        found = (match.start(), _judge(claim, match[0]))
    return found


def _after(text: str, position: int) -> str | None:
    """The sentence after an anchor, or the next line where the anchor ends its own."""
    rest = text[position:]
    rest = re.sub(r"^[\s:*_>#\-–—]*(?=[\s*_:])[\s*_:]*", " ", rest) if rest[:1] in ":*_ \n" else rest
    rest = rest.lstrip(" :*_\n\t>#")
    sentence = first_sentence(rest)
    return sentence


def first_sentence(text: str) -> str:
    """Up to the end of the sentence or line; decimals and abbreviations do not end it."""
    text = text.lstrip()
    if text.startswith(("$$", "\\[")):
        close = text.find("$$", 2) if text.startswith("$$") else text.find("\\]")
        if close > 0:
            return text[: close + 2]
    match = re.search(r"\n|(?<=[^\s.])[.!?](?=\s|$)(?!\s*[a-z]?\d)|(?<=[^\s.])\.(?=\*\*|$)", text)
    return text[: match.start()] if match else text


def _judge(claim: str, anchor: str = "") -> Claim:
    sentence = claim
    text = _clean(claim)
    whole = f"{anchor} {text}"
    if CORRECTION.search(text):
        text = _clean(CORRECTION.split(text)[-1])
        return Claim(text, _fault(text), sentence, True)
    return Claim(text, _fault(text) or ("negated" if NEGATED.search(whole[:60]) else ""), sentence)


def _fault(text: str) -> str:
    if CUT.search(text):
        return "cut"
    if NEGATED.search(text):
        return "negated"
    if HEDGE.search(text):
        return "hedged"
    if BOUNDED.search(text):
        return "bounded"
    return ""


def _clean(text: str) -> str:
    text = re.sub(r"^[\s>#*_\-•]+(?=[\s*_])|^\s*[*_]+", " ", text)
    text = text.replace("**", " ").replace("__", " ").strip()
    return text.rstrip("*").strip()


def _unmarked(text: str) -> Claim | None:
    """No anchor: the whole of a short text, else its last sentence that is no remark or check."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    if len(lines) == 1 and len(_sentences(lines[0])) == 1:
        return _judge(lines[0])
    for line in reversed(lines):
        for sentence in reversed(_sentences(line)):
            if CLOSER.search(sentence) or CHECK.search(sentence):
                continue
            if CUT.search(sentence):
                return Claim("", "cut")
            return _judge(sentence)
    return None


def _sentences(line: str) -> list[str]:
    out, rest = [], line
    while rest.strip():
        sentence = first_sentence(rest)
        out.append(sentence.strip())
        rest = rest.lstrip()[len(sentence) :].lstrip(".!? ")
    return [s for s in out if s]
