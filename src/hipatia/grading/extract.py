"""Where a response claims its final answer: ``find_claim(text)``. Never "the last number anywhere".

The last ``\\boxed``, ``####`` or announced answer wins; what was taken back, checks, remarks and questions
do not count. Without an announcement the last sentence with a value is the claim.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..number_words import NUMBER_WORDS, plain_word
from ..numerals import read_number
from . import phrases as say
from . import prose
from .notation import ANGLES

TAIL = 12_000
MAX_CLAIM = 2_000
_ABBREVIATION = re.compile(
    r"(?:\b(?:[ap]|Rta|Rpta|Resp|Sol|Ans|Ej|Sr|Sra|Dr|Mr|Mrs|Ms|aprox|approx|vs|etc|núm|No|Fig|R|i|e|US|EE"
    r"|cta|máx|mín|max|min)|\s[ap]\. ?m)\.$",
    re.I,
)
_ENDLESS = re.compile(r"\d{401,}|\S{1500,}")
_BOX = re.compile(r"\\(?:boxed|fbox)\s*(?=\{)")
_BETWEEN = re.compile(
    r"[\s$.,;:]*(?:\\[()\[\]]|\\text\s*\{[^{}]*\}|\\(?:quad|qquad|,|;)|\b(?:y|e|o|u|and|or)\b|[\s$.,;])*"
)
_VALUE = re.compile(
    r"[\d∅∞ℝπ√½¼¾]|\\(?:emptyset|varnothing|infty|frac|sqrt|pi|mathbb)|[^\W\d_]\s*="
    r"|\b(?:imposible|impossible|contradic\w+|incompatible|indeterminado|inconsistent|identi(?:dad|ty)|infinit\w+)\b"
    r"|\b(?:no|sin|ning[uú]na?|every|any|all|todos?|cualquier)\b[^.\d]{0,25}\b(?:soluci[oó]n(?:es)?|solutions?|ra[ií]z|ra[ií]ces"
    r"|roots?|reales|reals?)\b"
    rf"|\b(?:{'|'.join(sorted(NUMBER_WORDS, key=len, reverse=True))})\b",
    re.I,
)


_COMPUTED = re.compile(r"[\w)%}]\s*=\s*[-−$€\\(]?[\d\\(]")


@dataclass(frozen=True, slots=True)
class Claim:
    """The claimed answer. fault: empty, or cut, hedged, negated, bounded, doubted (by a later sentence)."""

    text: str
    fault: str = ""


@dataclass(frozen=True, slots=True)
class _Found:
    """A candidate: where it stands, its rank (3 announced, 2 mild, 1 concluded) and the claim."""

    index: int
    rank: int
    claim: Claim


def find_claim(response: str) -> Claim | None:
    """The last claim of a response; ``None`` where it makes none (empty, cut off)."""
    text = strip_thinking(response)
    if text is None:
        return None
    # No answer has runs this long; they would only make the searches below slow.
    text = _ENDLESS.sub("⍰", text[-TAIL:])
    text = _undecorated(text)
    if not re.search(r"[\w∅∞]|\{\s*\\?\}", text):
        return None
    sentences = _sentences(text)
    if not sentences:
        return None
    sentences = _after_retraction(sentences)
    sentences = _without_remarks(sentences)
    if not sentences:
        return None
    found = _candidates(sentences)
    best = _best(found)
    if best and best.rank == 1 and any(_COMPUTED.search(s) for s in sentences[best.index + 1 :]):
        sentences = sentences[best.index + 1 :]
        best = None
    if best is None:
        return _doubted(_unannounced(sentences), sentences)
    if best.claim.fault or max(item.rank for item in found) == 3 or not _breaks_midway(sentences[-1]):
        return _doubted(best.claim, sentences[best.index :])
    return None


def _doubted(claim: Claim | None, sentences: list[str]) -> Claim | None:
    """The claim, hedged where a later sentence offers another value ("O quizás 13.")."""
    for sentence in sentences[1:]:
        if claim and not claim.fault and say.SECOND_THOUGHT.search(sentence) and _VALUE.search(sentence):
            return Claim(claim.text, "doubted")
    return claim


def strip_thinking(text: str) -> str | None:
    """The text without its reasoning blocks; ``None`` where one never ends."""
    if "<" not in text:
        return text
    text = re.sub(r"<(think(?:ing)?|reasoning)>.*?</\1>", " ", text, flags=re.S)
    text = re.split(r"</(?:think(?:ing)?|reasoning)>", text)[-1]
    text = re.sub(r"</?answer>", "\n", text)
    return None if re.search(r"<(?:think(?:ing)?|reasoning)>", text) else text


def _undecorated(text: str) -> str:
    """Without Markdown: bold, headings, quotes, list marks, code; displays on one line."""
    text = say.EMOJI.sub("", text.replace("\r", "\n"))
    text = re.sub(r"~~[^~\n]{1,200}~~|<(s|del|strike)>.{0,200}?</\1>|\\sout\{[^{}]*\}", "", text)
    text = re.sub(r"<<[^<>\n]{0,200}>>|<!--.{0,2000}?-->", "", text, flags=re.S)
    text = re.sub(
        r"\$\$(.{0,2000}?)\$\$",
        lambda m: "$" + m[1].replace("\n", " ").strip() + "$",
        text,
        flags=re.S,
    )
    text = re.sub(
        r"\\\[(.{0,2000}?)\\\]",
        lambda m: "$" + m[1].replace("\n", " ").strip() + "$",
        text,
        flags=re.S,
    )
    text = re.sub(
        r"\\begin\{(\w+\*?)\}.{0,2000}?\\end\{\1\}",
        lambda m: m[0].replace("\n", " "),
        text,
        flags=re.S,
    )
    text = ANGLES.sub(r"(\1)", text)
    text = re.sub(r"\\(?:text|mathrm|textbf|mathbf)\s*\{([^{}\\$]*)\}", r"\1", text)
    text = re.sub(
        r"(?<![\w)\]])\*\*|\*\*(?![\w(\[-])|(?<=[\w.:)])\*\*(?=[\s.,;:!?)])|^\*\*|(?<=\s)\*\*",
        "",
        text,
    )
    text = re.sub(r"(?<!\w)__(?=\S)|(?<=\S)__(?!\w)|```\w*|`|~~~", "", text)
    text = re.sub(r"^[ \t]*(?:>+[ \t]+|>+(?=[*_#¡¿]|[^\W\d_]))", "", text, flags=re.M)
    if len(re.findall(r"^[ \t]*\d{1,2}[.)][ \t]", text, flags=re.M)) > 1:
        text = re.sub(r"^[ \t]*\d{1,2}[.)][ \t]+", "", text, flags=re.M)
    text = re.sub(r"^[ \t]*(?:=>|->|⇒|→|⟹)[ \t]*(?=\S)", "", text, flags=re.M)
    text = re.sub(r"^[ \t]*(?:#{1,3}|#{5,6})[ \t]+", "", text, flags=re.M)
    text = re.sub(r"^[ \t]*####[ \t]+(?=[^\W\d_]{4})", "", text, flags=re.M)
    text = re.sub(
        r"^[ \t]*(?:[-*•+–][ \t]+(?!(?:sen|sin|cos|tan|tg|ln|log|sqrt)\b)|\d{1,2}[.)][ \t]+)(?=[*_]*[^\W\d_]{2}|\*|[^\W\d_]\s*=|\$)",
        "",
        text,
        flags=re.M,
    )
    text = re.sub(r"(?<![\w*])\*(?=[^\s*])([^*\n]{1,200}?)(?<=\S)\*(?![\w*])", r"\1", text)
    return text.strip()


def _sentences(text: str) -> list[str]:
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
    return [s if len(s) <= 2 * MAX_CLAIM or _BOX.search(s) else "⍰ " + s[-1000:] for s in out if s]


def _ends(piece: str, rest: str) -> bool:
    """Whether a full stop ends the sentence: not in abbreviations, ``12... no`` or inside mathematics."""
    if len(piece) > MAX_CLAIM:
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
        if _VALUE.search(rest) or (rest and not later and re.search(r"\w", rest)):
            return [rest, *later]
        return later if later else ([""] if i else sentences)
    return sentences


def _breaks_off(sentence: str, match: re.Match[str]) -> bool:
    return bool(_VALUE.search(sentence[: match.start()]) and _VALUE.search(sentence[match.end() :]))


def _without_remarks(sentences: list[str]) -> list[str]:
    """Without questions, greetings, remarks, and the check at the end."""
    kept: list[str] = []
    checking = aside = False
    for sentence in sentences:
        if aside or (kept and _ASIDE.match(sentence) and any(_VALUE.search(s) for s in kept)):
            aside = sentence.count(")") <= sentence.count("(") - (not aside)
            continue
        boxed = bool(_BOX.search(sentence) or sentence.startswith("####"))
        announced = boxed or bool(
            say.ANSWER.search(say.CHECK.sub("", sentence, count=1) if kept else sentence)
        )
        if say.CHECK.search(sentence) and kept and re.search(r":\W*\d|=", sentence):
            announced = boxed  # "verify the answer: 5 + 5 = 10"
        if say.CHECK.search(sentence) and not announced and not _assigns_more(sentence, kept):
            checking = bool(kept) and any(_VALUE.search(s) for s in kept)
            if checking:
                continue
        elif checking and not announced and not _concludes(sentence):
            continue
        checking = False if announced else checking
        if kept and not announced and (say.REMARK.search(sentence) or say.CLOSER.search(sentence)):
            continue
        if say.CLOSER.search(sentence) and not announced and not _VALUE.search(sentence):
            continue
        kept.append(sentence)
    return kept


_ASIDE = re.compile(r"[*_]*\((?=(?:[^()]*?\b[^\W\d_]{2,}){2})(?!.*\)\s*\w)")


def _assigns_more(sentence: str, before: list[str]) -> bool:
    """``Sustituyendo: y = 1``: a value for a letter that had none is no check."""
    new = {name for name, _ in _LETTER.findall(sentence.replace("$", " "))}
    return bool(new) and not new & {name for s in before for name, _ in _LETTER.findall(s.replace("$", " "))}


def _candidates(sentences: list[str]) -> list[_Found]:
    found: list[_Found] = []
    for i, sentence in enumerate(sentences):
        if _BOX.search(sentence):
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
            elif _VALUE.search(rest) or (len(sentences) == i + 1 and not say.CONFIRMED.match(rest)):
                found.append(_Found(i, rank, judged(rest, exclaimed=True)))
    return found


def _concludes(sentence: str) -> bool:
    match = say.CONCLUSION.match(sentence)
    return match is not None and not say.CONFIRMED.match(sentence[match.end() :])


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


def _next_line(sentences: list[str], i: int, rank: int) -> _Found | None:
    """The claim after ``La respuesta es:`` at the end of its line; several lines of it are a list."""
    rest = sentences[i + 1 :]
    if not rest:
        return _Found(i, rank, Claim("", "cut"))
    if say.WORKED.search(sentences[i].rstrip(" :.*")) and len(rest) > 1:
        return None
    if _BOX.search(rest[0]) or say.ANSWER.search(rest[0]):
        return None
    together: list[str] = []
    for line in rest[:6]:
        if not _ASSIGNED.fullmatch(line):
            break
        together.append(line.strip("$ ,;."))
    return _Found(i, rank, judged(" ; ".join(together) if len(together) > 1 else rest[0]))


_ASSIGNED = re.compile(r"[$\s]*[^\W\d]\w{0,3}\s*=\s*[^=,;]{1,40}[$\s,;.]*")
_LETTER = re.compile(r"(?<![\w\\^_])([a-zA-Z])\s*=\s*(-?[^\s=,;]+(?: ?[+*/^-] ?[\d√][^\s=,;]*)*)")


def sentences_of(response: str) -> list[str]:
    """The sentences that count: after the last retraction, without checks and remarks."""
    text = strip_thinking(response)
    if text is None or len(text) > TAIL or _ENDLESS.search(text):
        return []
    return _without_remarks(_after_retraction(_sentences(_undecorated(text))))


def assignments(response: str, names: set[str]) -> str:
    """``x = 5 ; y = 1``: the last value that a response gives to each of these letters, where it gives all."""
    sentences = sentences_of(response)
    if not sentences:
        return ""
    last = {
        name: value
        for s in sentences
        for name, value in _LETTER.findall(s.replace("$", " "))
        if name in names
    }
    if set(last) != names or not any(
        name in names for name, _ in _LETTER.findall(sentences[-1].replace("$", " "))
    ):
        return ""
    return " ; ".join(f"{name} = {value.rstrip('.')}" for name, value in last.items())


def fields(response: str, names: set[str]) -> str:
    """``perímetro: 16 cm ; área: 15 cm²``: what the lines of a response that begin with these names end with."""
    last: dict[str, str] = {}
    for sentence in sentences_of(response):
        match = _FIELD_LINE.match(sentence)
        if match and plain_word(match[1]) in names:
            last[plain_word(match[1])] = match[2].rpartition("=")[2].strip(" .")
    return " ; ".join(f"{name}: {value}" for name, value in last.items()) if set(last) == names else ""


_FIELD_LINE = re.compile(
    r"\W*(?:el |la |los |las |the )?([^\W\d_]+)\s*(?:[:=]|\b(?:es|is|son|are|mide)\b)\s*(.+)", re.I
)


def _best(found: list[_Found]) -> _Found | None:
    """The last announced answer; else the last mild one or conclusion."""
    strong = [item for item in found if item.rank == 3]
    return (strong or found)[-1] if found else None


def _boxed(sentence: str) -> Claim:
    """The content of the last box of a sentence; boxes joined by "y" or commas are a list."""
    boxes: list[tuple[int, int, str]] = []
    for match in _BOX.finditer(sentence):
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


def judged(text: str, exclaimed: bool = False) -> Claim:
    """A claim's text, cleared of corrections and asides, with its fault.

    ``exclaimed``: a final "!" belongs to the sentence, not to a factorial.
    """
    if len(text) > MAX_CLAIM:
        return Claim("⍰ " + text[:100])  # nobody's answer; not to be taken by a piece of it
    text = text.strip().lstrip(":").strip()
    text = re.sub(r"^\\\((.*)\\\)(\W*)$", r"\1\2", text)
    if text.endswith("$") and len(re.findall(r"(?<!\\)\$", text)) % 2:
        text = text[:-1].rstrip()  # $Por lo tanto, x = 2$
    text = re.sub(r"^(?:[*_\s]|>\s)+(?=\S)|[*_]+$", "", text)
    for _ in range(3):
        if match := say.CONCLUSION.match(text) or say.PREFIX.match(text):
            text = text[match.end() :]
    while text[-1:] in ("]", "}", ")") and text.count(text[-1]) > text.count(
        {"]": "[", "}": "{", ")": "("}[text[-1]]
    ):
        if re.match(r"^[\[\](]", text) or re.search(r"[\[\](][^\[\]()]*[,;][^\[\]()]*[\[\])]$", text):
            break
        text = text[:-1].rstrip()
    later = say.LATER.split(text)
    if len(later) > 1 and _VALUE.search(later[-1]):
        text = later[-1]
    if _VALUE.search(cleared := say.NOT_VALID.sub("", text)):
        text = cleared
    text = re.sub(r"^[Nn]o,\s+(?=(?:es |son |it's )?[-−$\\]?\d\S*(?:\s\S+)?$)", "", text)
    for pattern in (say.SINO, say.NOT_BUT, say.THOUGHT, say.CHANGED):
        if (match := pattern.search(text)) and _VALUE.search(match["new"]):
            text = match["new"]
    match = say.RETRACTION.search(text)
    if match and _VALUE.search(text[match.end() :]):
        text = text[match.end() :]
    text = say.SOFT.sub("", text)
    if (match := say.REASON.search(text)) and match.start() > 0:
        text = text[: match.start()]
    head, colon, tail = text.rpartition(": ")
    if (
        colon
        and fault(text) == "hedged"
        and _VALUE.search(tail)
        and not re.search(r"[^\W\d_\\]{3}", tail)
        and not say.NEGATED.search(head)
    ):
        text = tail
    cleared = say.NOT_OTHER.sub("", text)
    if _VALUE.search(cleared) or re.fullmatch(r"\(?[A-Ha-h]\)?", cleared):
        text = cleared
    text = text.strip()
    if re.search(r"[^!]!$", text) and exclaimed:
        text = text[:-1]
    return _weighed(text)


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
    if name == "negated":
        shorter.append(re.split(r";\s+|:\s+|,\s+(?:creo que|i think|pero|but)\s+", text)[-1])
    if name == "bounded" or (name == "hedged" and say.RANGE.search(text)):
        shorter.append(prose.predicate(text))
    for part in shorter:
        if part and part != text and _VALUE.search(part) and not fault(part):
            return Claim(part)
    return Claim(text, name)


def fault(text: str) -> str:
    bare = text.rstrip(" .")
    if len(bare) < 60 and (read_number(bare) or bare.lower() in ("si", "sí")):
        return ""
    if not re.search(r"[\w∅∞ℝ]|\{\s*\\?\}", bare) or (
        say.CUT.search(bare) and not text.rstrip().endswith(".")
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
        if _VALUE.search(sentence) or i == 0:
            return judged(sentence)
        if i == len(sentences) - 1 and not re.search(r"[.!:)$]\W*$", sentence):
            return judged(sentence) if len(sentence.split()) <= 4 else None
        if i == len(sentences) - 1 and len(sentence.split()) <= 6:
            return judged(sentence)
    return judged(sentences[-1])


_APPOSITION = re.compile(
    r"\W*(?:ambos|ambas|both|como|as\b|donde|where|con|with|respectiv|todos|todas|all\b|incluid|inclus|siendo|being"
    r"|que|which|por|redonde|rounded|aprox|m[aá]s|menos|es decir|o sea|that is)",
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
        and not _VALUE.search(clause)
        and "," in sentence
    )
