"""Where brackets open and close in a run of tokens, and where a run falls into parts."""

from __future__ import annotations

from ..number_words import plain_word
from .tokens import Token

_OPEN, _SHUT = "([{⟦", ")]}⟧"


def levels(tokens: list[Token]) -> list[int]:
    """The bracket depth at each token; reversed square brackets (``]a, b[``) count as a pair."""
    level, out = 0, []
    for token in tokens:
        if token.kind == "op" and token.text in _SHUT:
            level = max(0, level - 1)
        out.append(level)
        if token.kind == "op" and token.text in _OPEN:
            level += 1
    return out


def last(tokens: list[Token], text: str) -> int | None:
    """The place of the last such token outside all brackets."""
    if text not in [token.text for token in tokens]:
        return None
    found = None
    for i, (token, level) in enumerate(zip(tokens, levels(tokens), strict=True)):
        if token.text == text and not level:
            found = i
    return found


def closes(tokens: list[Token]) -> bool:
    """Whether the first bracket closes at the last token."""
    depth = levels(tokens)
    return tokens[-1].text in _SHUT and all(level > 0 for level in depth[1:-1]) and not depth[-1]


def inner(tokens: list[Token]) -> list[list[Token]]:
    """The parts inside a pair of brackets, cut at ``;`` where there is one, else at commas."""
    inside = tokens[1:-1]
    depth = levels(inside)
    cut = ";" if any(t.text == ";" and not lv for t, lv in zip(inside, depth, strict=True)) else ","
    parts: list[list[Token]] = [[]]
    for token, level in zip(inside, depth, strict=True):
        if token.text == cut and not level:
            parts.append([])
        else:
            parts[-1].append(token)
    return parts


def is_interval(tokens: list[Token]) -> bool:
    """``[a, b)``, ``]a; b[``: two ends in brackets of any kind."""
    if len(tokens) < 5 or tokens[0].text not in ("(", "[", "]") or tokens[-1].text not in (")", "]", "["):
        return False
    level, cuts = 0, {",": 0, ";": 0}
    for token in tokens[1:-1]:
        if token.text in ("(", "{"):
            level += 1
        elif token.text in (")", "}"):
            level -= 1
            if level < 0:
                return False
        elif token.text in cuts and not level:
            cuts[token.text] += 1
        elif token.text in ("[", "]"):
            return False
    return level == 0 and (cuts[";"] == 1 or (cuts[","] == 1 and not cuts[";"]))


def is_union(tokens: list[Token]) -> bool:
    """Whether a union sign, or one or a letter U between brackets (``]0, 1[ ∪ ]2, 3[``), joins parts."""
    return last(tokens, "∪") is not None or any(
        token.text in ("∪", "U", "u") and tokens[i - 1].text in ")]}[" and tokens[i + 1].text in "([]{"
        for i, token in enumerate(tokens)
        if 0 < i < len(tokens) - 1
    )


def split(tokens: list[Token]) -> tuple[list[list[Token]], bool]:
    """The parts of a list without brackets, and whether "o"/"or" joins them."""
    if is_interval(tokens):
        return [tokens], False
    depth = levels(tokens)
    semicolons = any(t.text == ";" and not level for t, level in zip(tokens, depth, strict=True))
    parts: list[list[Token]] = [[]]
    alternative = False
    for i, token in enumerate(tokens):
        joins = not depth[i] and (
            token.text == ";"
            or (token.text in (",", "\n") and (not semicolons or token.text != ","))
            or connective(tokens, i)
        )
        if joins:
            alternative |= plain_word(token.text) in ("o", "u", "or")
            if parts[-1]:
                parts.append([])
        else:
            parts[-1].append(token)
    if not parts[-1]:
        parts.pop()
    return parts, alternative


def connective(tokens: list[Token], i: int) -> bool:
    """Whether the token joins two items: ``y`` and ``o`` can also be letters."""
    token = tokens[i]
    if token.kind not in ("sym", "word") and token.text != "&":
        return False
    word = plain_word(token.text)
    if word in ("and", "or", "&", "además", "ademas"):
        return True
    if word not in ("y", "e", "o", "u") or not 0 < i < len(tokens) - 1 or not token.gap:
        return False
    before, after = tokens[i - 1], tokens[i + 1]
    ends = before.kind in ("num", "word", "sym") or before.text in ")]}%°[!⟧,;"
    starts = after.kind in ("num", "sym", "func", "word") or after.text in "([{√-|]⟦±"
    if not (ends and starts and after.gap) or (word == "e" and plain_word(after.text)[:1] not in "iy"):
        return False
    return not (before.kind == "sym" and connective(tokens, i - 1))
