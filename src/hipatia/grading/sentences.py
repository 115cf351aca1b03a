"""An answer as sentences that count: ``sentences_of(text)``, last of all the one that claims.

Without reasoning blocks and Markdown, after the last retraction, without checks, remarks and questions.
"""

from __future__ import annotations

import re

from ..number_words import separated
from . import phrases as say
from .notation import ANGLES

TAIL = 12_000
MAX_SENTENCE = 4_000
_ABBREVIATION = re.compile(
    r"(?:\b(?:[ap]|C|C\. ?S|Rta|Rpta|Resp|Sol|Ans|Ej|Sr|Sra|Dr|Mr|Mrs|Ms|aprox|approx|vs|etc|núm|No|Fig|R|i|e|US|EE"
    r"|cta|máx|mín|max|min)|\s[ap]\. ?m)\.$",
    re.I,
)
_ENDLESS = re.compile(r"\d{401,}|\S{1500,}")


def sentences_of(response: str) -> list[str]:
    """The sentences of an answer that count; none where it is empty or still thinking."""
    text = strip_thinking(response)
    if text is None:
        return []
    text = separated(text)
    # No answer has runs this long; they would only make the searches below slow.
    text = _undecorated(_ENDLESS.sub("⍰", text[-TAIL:]))
    if not re.search(r"[\w∅∞]|\{\s*\\?\}", text):
        return []
    return _without_remarks(_after_retraction(_of_this_question(split(text))))


def strip_thinking(text: str) -> str | None:
    """The text without its reasoning blocks; ``None`` where one never ends."""
    if "<" not in text:
        return text
    text = _without_blocks(text)
    text = re.split(r"</(?:think(?:ing)?|reasoning)>", text)[-1]
    text = re.sub(r"</?answer>", "\n", text)
    return None if re.search(r"<(?:think(?:ing)?|reasoning)>", text) else text


_THINKING = re.compile(r"<(think(?:ing)?|reasoning)>")


def _without_blocks(text: str) -> str:
    """Without what stands between ``<think>`` and ``</think>``; in one pass, however many never close."""
    out, position = [], 0
    endless: set[str] = set()
    while match := _THINKING.search(text, position):
        close = f"</{match[1]}>"
        end = -1 if match[1] in endless else text.find(close, match.end())
        if end < 0:
            endless.add(match[1])
            out.append(text[position : match.end()])
            position = match.end()
        else:
            out.append(text[position : match.start()] + " ")
            position = end + len(close)
    return "".join(out) + text[position:]


_ON_ONE_LINE = [
    re.compile(r"(?P<open>\$\$)(?P<inside>.{0,2000}?)\$\$", re.S),
    re.compile(r"(?P<open>\\\[)(?P<inside>.{0,2000}?)\\\]", re.S),
    re.compile(r"(?P<inside>\\begin\{(?P<name>\w+\*?)\}.{0,2000}?\\end\{(?P=name)\})", re.S),
]
_DECORATION = [
    (re.compile(pattern, flags), by)
    for pattern, flags, by in (
        (r"~~[^~\n]{1,200}~~|<(s|del|strike)>.{0,200}?</\1>|\\sout\{[^{}]*\}", 0, ""),  # struck out
        (r"<<[^<>\n]{0,200}>>|<!--.{0,2000}?-->", re.S, ""),
        (r"\\(?:text|mathrm|textbf|mathbf)\s*\{([^{}\\$]*)\}", 0, r"\1"),
        (r"\*\*([^\W\d_])\*\*(?!\w)", 0, r"\1"),  # a vector: 3**i** − 4**j**
        (r"(?<![\w)\]])\*\*|\*\*(?![\w(\[-])|(?<=[\w.:)])\*\*(?=[\s.,;:!?)])|^\*\*|(?<=\s)\*\*", 0, ""),
        (r"(?<!\w)__(?=\S)|(?<=\S)__(?!\w)|```\w*|`|~~~", 0, ""),
        (r"^[ \t]*(?:>+[ \t]+|>+(?=[*_#¡¿]|[^\W\d_]))", re.M, ""),  # quotes
        (r"^[ \t]*(?:=>|->|⇒|→|⟹)[ \t]*(?=\S)", re.M, ""),
        (r"^[ \t]*(?:#{1,3}|#{5,6})[ \t]+|^[ \t]*####[ \t]+(?=[^\W\d_]{4})", re.M, ""),  # headings
        # A list mark, no minus: words, a name or a formula follow it.
        (r"^[ \t]*(?:[-*•+–][ \t]+(?!(?:sen|sin|cos|tan|tg|ln|log|sqrt)\b)|\d{1,2}[.)][ \t]+)"
         r"(?=[*_]*[^\W\d_]{2}|\*|[^\W\d_]\s*=|\$)", re.M, ""),
        (r"(?<![\w*])\*(?=[^\s*])([^*\n]{1,200}?)(?<=\S)\*(?![\w*])", 0, r"\1"),
    )
]  # fmt: skip
_NUMBERED = re.compile(r"^[ \t]*\d{1,2}[.)][ \t]+", re.M)


# Marks of a list: round ones wherever they begin a line; those that are also signs where several lines begin so.
_BULLETS = re.compile(r"^[ \t]*[•●▪◦‣▸➢·][ \t]+|(?:^[ \t]*[-–][ \t]+.*\n(?:[ \t]*\n)?){1,20}[ \t]*[-–][ \t]+"
                      r"|(?:^[ \t]*[*+][ \t]+.*\n(?:[ \t]*\n)?){1,20}[ \t]*[*+][ \t]+", re.M)  # fmt: skip
_BULLET = re.compile(r"^[ \t]*[-–*+•●▪◦‣▸➢·][ \t]+", re.M)


def _undecorated(text: str) -> str:
    """Without Markdown: bold, headings, quotes, list marks, code; displays on one line."""
    text = say.EMOJI.sub("", text.replace("\r", "\n"))
    for pattern in _ON_ONE_LINE:
        text = pattern.sub(_joined, text)
    text = ANGLES.sub(r"(\1)", text)
    if len(_NUMBERED.findall(text)) > 1:
        text = _NUMBERED.sub("", text)
    text = _BULLETS.sub(lambda match: _BULLET.sub("", match[0]), text)
    for pattern, by in _DECORATION:
        text = pattern.sub(by, text)
    return text.strip()


def _joined(match: re.Match[str]) -> str:
    inside = match["inside"].replace("\n", " ").strip()
    return f"${inside}$" if "open" in match.groupdict() else inside


def split(text: str) -> list[str]:
    """The sentences and lines of a text."""
    out: list[str] = []
    for line in text.split("\n"):
        line = line.strip()
        if not line or re.fullmatch(r"[-=_*]{3,}", line):
            continue
        start = 0
        for match in re.finditer(r"(?<=[.!?])[\"')»*_]*\s+(?=\S)|(?<=[.!?])(?=[¿¡])", line):
            piece = line[start : match.start()]
            if _ends(piece, line[match.end() :]):
                out.append(line[start : match.end()].strip())
                start = match.end()
        out.append(line[start:].strip())
    # Of an endless sentence only an announcement near its end can count; its mark keeps it from being read.
    return [s if len(s) <= MAX_SENTENCE or say.BOX.search(s) else "⍰ " + s[-1000:] for s in out if s]


def _ends(piece: str, rest: str) -> bool:
    """Whether a full stop ends the sentence: not in abbreviations, ``12... no`` or inside mathematics."""
    if len(piece) > MAX_SENTENCE // 2:
        return True
    if re.fullmatch(r"\W*[A-Ha-h]\.", piece):
        return False
    if re.search(r"[\w)]!$", piece) and re.match(r"[-+*/=^)·×÷:]|[a-záéíóú]", rest):
        return False
    if _ABBREVIATION.search(piece[-12:]) or (piece.endswith("..") and rest[:1].islower()):
        return False
    if piece.count("$") % 2 and re.search(r"\$[^$]*[\\=^_+]", piece):
        return False
    return piece.count("{") <= piece.count("}")


_QUESTION = re.compile(
    r"\W*(?:(?:siguiente|otr[ao]|nuev[ao]|next|another|new) )?(?:pregunta|problema|ejercicio|question|problem|exercise|usuario|user|human)"
    r"(?: \d{1,3})?\W*:",
    re.I,
)


def _of_this_question(sentences: list[str]) -> list[str]:
    """The sentences before a question that the response puts to itself, once it has announced an answer."""
    for i, sentence in enumerate(sentences):
        if _QUESTION.match(sentence) and any(
            say.ANSWER.search(s) or say.BOX.search(s) for s in sentences[:i]
        ):
            return sentences[:i]
    return sentences


def _after_retraction(sentences: list[str]) -> list[str]:
    """What follows the last sentence that takes something back, without its phrase."""
    for i in range(len(sentences) - 1, -1, -1):
        match = say.RETRACTION.search(sentences[i])
        if not match or (i == 0 and match.start() > 0 and not _breaks_off(sentences[0], match)):
            continue
        rest = say.SOFT.sub("", sentences[i][match.end() :])
        rest = re.sub(
            r"^(?:[^\d]{0,30}: ?|(?:es|son|it's|it is|is|actually|en realidad|, )\s*)+",
            "",
            rest,
        ).strip()
        later = sentences[i + 1 :]
        if say.VALUE.search(rest) or (rest and not later and re.search(r"\w", rest)):
            return [rest, *later]
        return later if later else ([""] if i else sentences)
    return sentences


def _breaks_off(sentence: str, match: re.Match[str]) -> bool:
    return bool(say.VALUE.search(sentence[: match.start()]) and say.VALUE.search(sentence[match.end() :]))


def _without_remarks(sentences: list[str]) -> list[str]:
    """Without questions, greetings, remarks, and the check at the end."""
    kept = _Kept()
    checking = aside = supposed = False
    for sentence in sentences:
        if aside or (kept and _ASIDE.match(sentence) and kept.have_value()):
            aside = sentence.count(")") <= sentence.count("(") - (not aside)
            continue
        boxed = bool(say.BOX.search(sentence) or sentence.startswith("####"))
        announced = boxed or bool(
            say.ANSWER.search(say.CHECK.sub("", sentence, count=1) if kept else sentence)
        )
        if say.CHECK.search(sentence) and kept and re.search(r":\W*\d|=", sentence):
            announced = boxed  # "verify the answer: 5 + 5 = 10"
        supposed = not announced and (supposed or (bool(say.SUPPOSED.match(sentence)) and kept.have_value()))
        if supposed:
            continue
        if say.CHECK.search(sentence) and not announced and not _assigns_more(sentence, kept):
            checking = kept.have_value()
            if checking:
                continue
        elif checking and not announced and not _concludes(sentence):
            continue
        checking = False if announced else checking
        if kept and not announced and (say.REMARK.search(sentence) or say.CLOSER.search(sentence)):
            continue
        if say.CLOSER.search(sentence) and not announced and not say.VALUE.search(sentence):
            continue
        kept.append(sentence)
    return list(kept)


class _Kept(list[str]):
    """Sentences with what has been found in them; each is searched once, however many follow."""

    def __init__(self) -> None:
        super().__init__()
        self._searched = self._named = 0
        self._valued = False
        self._letters: set[str] = set()

    def have_value(self) -> bool:
        while not self._valued and self._searched < len(self):
            sentence = self[self._searched]
            self._valued = not sentence.endswith("?") and bool(say.VALUE.search(sentence))
            self._searched += 1
        return self._valued

    def letters(self) -> set[str]:
        """The letters that were given a value."""
        for sentence in self[self._named :]:
            self._letters |= _assigned(sentence)
        self._named = len(self)
        return self._letters


_ASIDE = re.compile(r"[*_]*\((?=(?:[^()]*?\b[^\W\d_]{2,}){2})(?!.*\)\s*\w)")


def _assigns_more(sentence: str, before: _Kept) -> bool:
    """``Sustituyendo: y = 1``: a value for a letter that had none is no check."""
    new = _assigned(sentence)
    return bool(new) and not new & before.letters()


def _assigned(sentence: str) -> set[str]:
    return {name for name, _ in LETTER.findall(sentence.replace("$", " "))} if "=" in sentence else set()


def _concludes(sentence: str) -> bool:
    match = say.CONCLUSION.match(sentence)
    return match is not None and not say.CONFIRMED.match(sentence[match.end() :])


LETTER = re.compile(r"(?<![\w\\^_])([a-zA-Z])\s*=\s*(-?[^\s=,;]+(?: ?[+*/^-] ?[\d√][^\s=,;]*)*)")
