"""Times of day, dates and durations: ``las tres y media``, ``15:30 h``, ``15/03/2024``, ``3 h 20 min``."""

from __future__ import annotations

import re
from fractions import Fraction

from ..number_words import NUMBER_WORDS, SMALL, alternatives, plain_word, read_words, with_numerals
from ..numerals import NUMERAL, read_number
from .tree import number
from .units import Unit, parse_unit
from .values import Label, Scalar, Value

_HALF_DAY = (
    r"(?P<half>a\.? ?m\b\.?|p\.? ?m\b\.?|de la ma[nñ]ana|de la madrugada|de la tarde|de la noche|del mediodia|in the morning"
    r"|in the afternoon|in the evening|at night)"
)
_DIGITAL = re.compile(
    rf"(?:a |at |son |es )?(?:las? )?(?P<h>\d{{1,2}})(?: ?[:.h] ?(?P<m>[0-5]\d)(?:[:.](?P<s>[0-5]\d))?)?"
    rf"(?P<unit> ?(?:hs?|hrs?|horas|o'clock|en punto))?(?: ?{_HALF_DAY})?\.?"
)
_MINUTES = r"(?P<m>(?:un |a )?(?:cuarto|quarter)|half|media|\w+(?:(?: y |-| )\w+)?)(?: minut[eo]s?)?"
_SPOKEN = [
    re.compile(rf"{pattern}(?: {_HALF_DAY})?")
    for pattern in (
        # las ocho, las 8 y media, las ocho menos veinte, las 18 horas con 45 minutos, las ocho veinte
        rf"(?:a |son |es )?las? (?P<h>\w+)(?: horas)?(?: (?:(?P<sign>y|menos|con) )?{_MINUTES})??(?: en punto| horas| hr?s)?",
        # veinte para las ocho, un cuarto para la una
        rf"(?:a |son |es |faltan? )*(?:las? )?{_MINUTES} (?P<sign>para) las? (?P<h>\w+)",
        # twenty to eight, half past six, a quarter of three
        rf"(?:at |it's |it is )?{_MINUTES} (?P<sign>past|to|till?|before|after|(?<=quarter )of) (?P<h>\w+)",
        # eleven, eleven o'clock, seven forty
        r"(?:at |it's |it is )?(?P<h>[a-z]+)(?: (?P<sign>o'clock)| (?P<m>[a-z]+(?:[ -][a-z]+)?))?",
    )
]
_AFTER = {"y", "con", "past", "after", None}
_ARTICLED = ("la", "a la", "son la", "es la")
_HAS_LETTERS = re.compile(r"[^\W\d_]{2}")
_QUARTERS = {"media": 30, "half": 30} | dict.fromkeys(("cuarto", "un cuarto", "quarter", "a quarter"), 15)
_MONTHS = {
    name: index
    for names in (
        "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
        "january february march april may june july august september october november december",
        "jan feb mar apr may jun jul aug sep oct nov dec",
    )
    for index, name in enumerate(names.split(), 1)
} | {"setiembre": 9}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DATES = [
    re.compile(rf"(?:el |on |the )?(?:dia )?(?P<d>\d{{1,2}}|primero|uno)(?:st|nd|rd|th|°)?(?: de| of)? "
               rf"(?P<n>{_MONTH})(?:,? (?:de |del )?(?P<y>\d{{4}}))?"),
    re.compile(rf"(?:on )?(?P<n>{_MONTH}) (?:the )?(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?:,? (?P<y>\d{{4}}))?"),
    re.compile(r"(?P<y>\d{4})[-/](?P<m>\d{1,2})[-/](?P<d>\d{1,2})"),
    re.compile(r"(?P<d>\d{1,2})[-/.](?P<m>\d{1,2})[-/.](?P<y>\d{4}|\d\d)"),
    re.compile(r"(?P<m>\d{1,2})/(?P<d>\d{1,2})/(?P<y>\d{4})"),
]  # fmt: skip
_FEET = re.compile(r"(\d{1,2})'(?: ?(\d{1,2})(?:''|\"))?")
_SECONDS = Unit(Fraction(1), (("time", 1),))
_JOINT = re.compile(r"\s*(?:,|\by\b|\band\b|\bcon\b|&)\s*|\s+|(?<=[°'])")
_PIECE = re.compile(rf"([0-9]+/[0-9]+|{NUMERAL.pattern})\s?([^\W\d_€$£]+|[€$£°'\"]+)(?:\s(cuadrad[oa]s))?")


def read_time(text: str) -> list[Value]:
    """The times, dates and compound measures that a plain text may be."""
    low = plain_word(text).strip()
    if len(low) > 60:
        return []
    found: list[Value] = [*_clock(low), *_date(low)]
    if measure := compound(text):
        found.append(measure)
    if feet := _FEET.fullmatch(text):
        found.append(Scalar(number(12 * int(feet[1]) + int(feet[2] or 0)), unit=parse_unit("inches")))
    if re.fullmatch(r"(?:al? |at |el |la )?(?:mediodia|noon|midday)", low):
        found.append(Label("clock", "", Fraction(12 * 3600)))
    if re.fullmatch(r"(?:a |at |la )?(?:medianoche|midnight)", low):
        found.append(Label("clock", "", Fraction(0)))
    return found


_LONGEST = 9  # words of a time or a date
_MAY_START = re.compile(rf"\d|las?$|half|quarter|a$|at$|noon|midday|midnight|medi|cuarto$|el$|(?:{_MONTH})$")
_SAYS_TIME = re.compile(r"\d:\d\d|\d ?h ?\d|\d\.\d\d ?h|\d[/.-]\d{1,2}[/.-]\d|(?:\bde|\b[ap]\.?) ?(?:m\b|la )|noon|medio|midday|night|\b(?:a|para|son) las? |\b(?:past|to|till?|quarter of|before|after) |o'clock|^at [a-z]+ [a-z]"
                        rf"|\b(?:{_MONTH})\b")  # fmt: skip


def mentions(text: str) -> list[str]:
    """The times of day and the dates that a sentence mentions, as they are written."""
    pieces = text.split()
    words = [plain_word(piece.strip("*_$\"'¡!¿?()")) for piece in pieces[:120]]
    found, i = [], 0
    while i < len(words):
        end = _mention_end(words, i)
        if end:
            found.append(" ".join(piece.strip("*_$") for piece in pieces[i:end]).rstrip(",;:!?"))
        i = end or i + 1
    return found


def _mention_end(words: list[str], i: int) -> int:
    if not (_MAY_START.match(words[i]) or words[i] in SMALL):
        return 0
    for end in range(min(i + _LONGEST, len(words)), i, -1):
        said = " ".join(words[i:end]).rstrip(".,;:")
        if _SAYS_TIME.search(said) and any(isinstance(value, Label) for value in read_time(said)):
            return end
    return 0


def _clock(low: str) -> list[Value]:
    match = _DIGITAL.fullmatch(low)
    if match and (
        match["m"] or match["half"] or match["unit"] and "." not in low and match["unit"].strip()[0] != "h"
    ):
        hour, minute, second = (
            int(match["h"]),
            int(match["m"] or 0),
            int(match["s"] or 0),
        )
        dotted = match["m"] and "." in low[: match.end("m")] and not (match["half"] or match["unit"])
        if hour > 24 or dotted:
            return []
        out: list[Value] = [_of_day(hour, minute, second, match["half"] or "")]
        if match["m"] and not match["half"] and "." not in low[: match.end("m")]:
            out.append(Scalar(number(hour * 3600 + minute * 60 + second), unit=_SECONDS))
        return out
    if not _HAS_LETTERS.search(low):
        return []
    return next((found for pattern in _SPOKEN if (found := _spoken_clock(pattern.fullmatch(low)))), [])


def _spoken_clock(match: re.Match[str] | None) -> list[Value]:
    """``las ocho y veinte``; an hour alone is a time only with more words around it."""
    if not match:
        return []
    said = match.groupdict()
    hour, sign, half = _hour(said["h"]), said.get("sign"), said["half"] or ""
    minute = _minute(said["m"], bare=sign is None) if said["m"] else 0
    alone = not said["m"] and (said["h"].isdigit() or not (half or sign or match[0].startswith(_ARTICLED)))
    if minute is None or alone or not 1 <= hour <= (24 if sign in _AFTER else 12):
        return []
    total = 60 * hour + (minute if sign in _AFTER else -minute)
    if half or hour > 12:
        return [_of_day(total // 60, total % 60, 0, half)]
    return [Label("clock", "spoken", Fraction(total * 60))]


def _minute(text: str, bare: bool) -> int | None:
    """``media``, ``25``, ``veinticinco``; with no word before it ("las ocho veinte") ten at least."""
    if text in _QUARTERS:
        return _QUARTERS[text]
    text = re.sub(r" minut[eo]s?$", "", text)
    words = re.split("[ -]", text)
    if bare and words[0] in ("cero", "oh") and len(words) == 2:
        return SMALL.get(words[1]) if SMALL.get(words[1], 10) < 10 else None
    found = (Fraction(int(text)), 1) if text.isdigit() else read_words(words)
    if found is None or found[1] != len(words) or not (10 if bare else 1) <= found[0] < 60 or found[0] % 1:
        return None
    return int(found[0])


def _hour(text: str) -> int:
    return int(text) if text.isdigit() and len(text) < 3 else SMALL.get(text, 0)


def _of_day(hour: int, minute: int, second: int, half: str) -> Label:
    if hour == 12 and "noche" in half:
        hour = 0
    elif (
        half.startswith("p")
        or "mediodia" in half
        or any(word in half for word in ("tarde", "noche", "afternoon", "evening", "night"))
    ):
        hour = hour + 12 if hour < 12 else hour
    elif half and hour == 12:
        hour = 0
    return Label("clock", "", Fraction(hour * 3600 + minute * 60 + second))


def same_clock(a: Label, b: Label) -> bool:
    """Spoken times ("las tres y media") say nothing of morning or afternoon."""
    if a.number is None or b.number is None:
        return False
    period = 43200 if "spoken" in (a.text, b.text) else 86400
    return (a.number - b.number) % period == 0


def _date(low: str) -> list[Value]:
    out: list[Value] = []
    said = with_numerals(low)
    for pattern in _DATES:
        match = pattern.fullmatch(said)
        if not match:
            continue
        groups = match.groupdict()
        month = _MONTHS[groups["n"]] if groups.get("n") else int(groups["m"])
        day = int(groups["d"]) if groups["d"].isdigit() else 1
        year = groups.get("y") or ""
        if 1 <= month <= 12 and 1 <= day <= 31:
            out.append(Label("date", f"{'20' if len(year) == 2 else ''}{year}-{month:02}-{day:02}"))
    return out


def day_and_month(text: str) -> list[Value]:
    """``12/10`` as the twelfth of October, then as the tenth of December; no fraction."""
    match = re.fullmatch(r"\W*(\d{1,2})/(\d{1,2})\W*", text)
    return (
        [
            Label("date", f"-{month:02}-{day:02}")
            for day, month in (map(int, match.groups()), map(int, reversed(match.groups())))
            if 1 <= month <= 12 and 1 <= day <= 31
        ]
        if match
        else []
    )


_HALF_OF = re.compile(r"^(?:un |una |a )?(medi[oa]|half|cuarto de|quarter of)(?: an?| de)? (?=[^\W\d_]+$)")
_PARTS_OF = re.compile(r"^([0-9]+/[0-9]+) (?:de|of)(?: una?| an?)? (?=[^\W\d_]+$)")
_BARE = re.compile(r"^(?:(?:una?|an?|one) )?(?=[^\W\d_]+ (?:y|and|con) )")
_AND_PART = re.compile(
    r"([0-9]+) ([^\W\d_]+) (?:y|and|con) (1/2|3/4|medi[oa]|(?:a )?half|(?:un )?cuarto|a quarter)\b"
)
# What a measure may begin with; then a word or a mark must follow.
_MAY_MEASURE = re.compile(
    rf"(?=.*[^\W\d_€$£]{{1,}}|.*[€°'])(?:\d|(?:una?|an?|one)\b|[^\W\d_]+ (?:y|and|con) |{alternatives(NUMBER_WORDS)}\b)",
    re.I,
)
_MARKS = {"'": Fraction(60), "''": Fraction(1), '"': Fraction(1)}


def _counted(text: str) -> str:
    """``dos horas y media`` as ``5/2 horas``, numbers in words as numerals; other texts as they are."""
    low = plain_word(text)
    said = _PARTS_OF.sub(r"\1 ", _BARE.sub("1 ", with_numerals(low)))
    said = _HALF_OF.sub(lambda m: f"{_part(m[1])} ", said)
    said = _AND_PART.sub(lambda m: f"{int(m[1]) + _part(m[3])} {m[2]}", said)
    return text if said == low else said


def _part(text: str) -> Fraction:
    if "/" in text:
        return Fraction(text)
    return Fraction(1, 4) if "cuarto" in text or "quarter" in text else Fraction(1, 2)


def compound(text: str) -> Scalar | None:
    """``3 h 20 min``, ``2 m y 30 cm``, ``3 euros con 50 céntimos``, ``hora y media``: one measure."""
    if not _MAY_MEASURE.match(text):
        return None
    source = _counted(text)
    position, total, count = 0, Fraction(0), 0
    first: Unit | None = None
    last: Unit | None = None
    while position < len(source):
        joint = _JOINT.match(source, position) if count else None
        match = _PIECE.match(source, joint.end() if joint else position)
        if not match or bool(joint) != bool(count):
            return None
        unit = _smaller(match[2], last) if match[2] in _MARKS or match[2] == "m" else None
        unit = unit or parse_unit(match[2])
        values = read_number(match[1])
        value = values[0] if values else None
        if not unit or value is None or unit.offset or (first and unit.dimensions != first.dimensions):
            return None
        if last is not None and unit.factor >= last.factor:
            return None
        first, last = first or unit, unit
        total += value * unit.factor
        position, count = match.end(), count + 1
    if (count < 2 and source == text) or not first or not first.dimensions:
        return None
    return Scalar(number(total), unit=Unit(Fraction(1), first.dimensions, pi=first.pi))


def _smaller(mark: str, before: Unit | None) -> Unit | None:
    """Minutes and seconds written with strokes: of an hour (``2 h 30'``) or of a degree; ``2 h 30 m``."""
    if mark == "m":
        return (
            Unit(Fraction(60), before.dimensions)
            if before and before.factor == 3600 and not before.pi
            else None
        )
    if before is None or not (before.pi or before.dimensions == _SECONDS.dimensions):
        return None
    factor = _MARKS[mark] / (180 * 3600 if before.pi else 1)
    return Unit(factor, before.dimensions, pi=before.pi)


_SPANISH = re.compile(r"\b(?:el|la|los|las|del?|que|es|son|para|por|una?|con|fecha|d[ií]a|respuesta)\b", re.I)
_ENGLISH_WORDS = re.compile(r"\b(?:the|is|are|of|on|in|date|day|answer|and|was)\b", re.I)


def day_first(language: str, text: str) -> bool:
    """Whether 03/04/2024 is the third of April: in Spanish, by name or by the words around it."""
    if language != "auto" or "/" not in text:
        return language == "es" and "/" in text
    return len(_SPANISH.findall(text)) > len(_ENGLISH_WORDS.findall(text))


def settled(values: list[Value]) -> list[Value]:
    """Of two dates that one text may be, the first, which has the day before the month."""
    dates = [value for value in values if isinstance(value, Label) and value.kind == "date"]
    return [value for value in values if value not in dates[1:]]
