"""Stories of parts: of several kinds, days, people or places. Their sum, their difference, a missing part.

    parts_difference.make(Random(7), "es")

Some parts may be told that the question does not ask for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from ..core import Draft, Family
from ..steps import Number, Step, sub, total
from ..wording import Noun
from .telling import (
    ASIDES,
    Amount,
    Clause,
    Teller,
    capital,
    enumerate_words,
    infinitive,
    needless,
    noun_fields,
    people_fields,
)
from .words import PAST, PRESENT, chapter, noun, quantity, random_tense, unit


@dataclass(slots=True)
class Parts:
    """Several numbers of a thing: how the parts are called and told. ``raw`` fills templates first."""

    words: dict[str, Any]
    labels: list[str]
    things: list[Noun]
    whole: Noun
    low: int
    high: int
    raw: dict[str, str]
    teller: Teller

    @property
    def rng(self) -> Random:
        return self.teller.rng

    def fill(self, template: str, **raw: str) -> str:
        """The template with labels, verbs and the like; what depends on the telling stays."""
        for key, value in {**self.raw, **raw}.items():
            template = template.replace(f"{{{key}}}", value)
        return template

    def part(self, template: str, i: int) -> str:
        """A template about one part."""
        forms = noun_fields(self.things[i], self.teller.language)
        return self.fill(template, label=self.labels[i], part=str(forms["cosas"]))

    def pair(self, template: str, a: int, b: int) -> str:
        """A template about the parts a and b."""
        raw: dict[str, str] = {}
        for key, i in (("a", a), ("b", b)):
            forms = noun_fields(self.things[i], self.teller.language)
            raw |= {key: self.labels[i], f"{key}_part": str(forms["cosas"])}
            raw |= {f"{key}_{word}": str(forms[word]) for word in ("cuántas", "las") if word in forms}
        return self.fill(template, **raw)

    def listed(self, which: Sequence[int]) -> str:
        return enumerate_words([self.labels[i] for i in which], self.teller.language)

    def asks(self, key: str, which: Sequence[int]) -> list[str]:
        labels = named = self.listed(which)
        if all(self.labels[i].startswith("de ") for i in which):  # «entre las de peras y las de uvas»
            named = enumerate_words([f"{{las}} {self.labels[i]}" for i in which], self.teller.language)
        texts = [text.replace("entre {labels}", "entre {named}") for text in self.words[key]]
        return [self.fill(text, labels=labels, named=named, k=str(len(which))) for text in texts]

    def facts(self, numbers: Sequence[int], which: Sequence[int]) -> str:
        """«Ana leyó 12 y Luis 15», as the solution repeats it."""
        first, rest = self.words["fact"]
        told = [self.part(first if i == which[0] else rest, i).replace("{n}", str(numbers[i])) for i in which]
        return capital(self.teller.format(enumerate_words(told, self.teller.language)))

    def draft(self, lines: Sequence[str], value: Number, check: int, question: str) -> Draft:
        """The story with its solution and its answer."""
        name = unit(self.whole, self.teller.language, check)
        return Draft({}, self.teller.explained(lines), value, check, unit=name, question=question)

    def say(self, template: str) -> str:
        """A filled template as the solution tells it."""
        return capital(self.teller.format(template))


def _teller(rng: Random, language: str, thing: Noun, place: Sequence[str] = ()) -> Teller:
    fields = people_fields(rng, language) | noun_fields(thing, language)
    if place:
        fields["w"] = (place[0], place[1])
    return Teller(rng, language, fields, random_tense(rng, language))


def _kinds(rng: Random, language: str, count: int) -> Parts:
    words = chapter(language, "parts")
    scene = rng.choice(
        [each for each in words["kind"] if len(each.get("adjectives") or each["parts"]) >= count]
    )
    whole = noun(scene["whole"], rng)
    if "adjectives" in scene:
        labels = rng.sample(scene["adjectives"], count)
        es, en = whole.es_plural, whole.en_plural
        things = [Noun(label, f"{es} {label}", whole.feminine, label, f"{label} {en}") for label in labels]
        labels = labels if language == "es" else [thing.en_plural for thing in things]
    else:
        rows = [each.split("|") for each in rng.sample(scene["parts"], count)]
        things = [Noun(row[0], row[1], row[-1] == "f", row[0], row[1]) for row in rows]
        labels = [row[1] for row in rows]
    teller = _teller(rng, language, whole, scene["where"])
    return Parts(words["kinds"], labels, things, whole, 2, scene.get("most", 99), {}, teller)


def _doing(rng: Random, language: str, days: bool) -> tuple[dict[str, Any], Noun, dict[str, str]]:
    """Something that is done, its thing, and its verb for templates."""
    doings = chapter(language, "parts")["doing"]
    doing = rng.choice(
        [each for each in doings if each.get("days", True)]
        if days
        else [each for each in doings if "who" not in each]
    )
    raw = {"verb": doing["verb"], "verbs": doing.get("verbs", ""), "do": infinitive(doing["verb"])}
    return doing, noun(doing["things"], rng), raw | {"tail": doing.get("tail", "")}


def _days(rng: Random, language: str, count: int) -> Parts:
    words = chapter(language, "parts")
    past_only = set(words["calendar"]["past_only"])
    doing, thing, raw = _doing(rng, language, days=True)
    teller = _teller(rng, language, thing)
    teller.tense = rng.choice((PAST, PAST, PRESENT))
    calendar = words["calendar"]["pairs" if count == 2 and rng.random() < 0.4 else "sets"]
    labels = rng.choice([each for each in calendar if teller.tense == PAST or not set(each) & past_only])[
        :count
    ]
    raw["who"] = "{p}"
    if "who" in doing:
        raw["who"] = "{h}"
        teller.fields = {**teller.fields, "h": tuple(doing["who"]), "h_he": doing.get("pronoun", "it")}
    low, high = doing["range"]
    return Parts(words["days"], labels, [thing] * count, thing, low, high, raw, teller)


def people(rng: Random, language: str, count: int) -> Parts:
    """Parts of several people."""
    words = chapter(language, "parts")
    doing, thing, raw = _doing(rng, language, days=False)
    teller = _teller(rng, language, thing)
    raw["todos"] = "{los_dos}" if count == 2 else words["people"]["three"]
    low, high = doing["range"]
    return Parts(
        words["people"], ["{p}", "{q}", "{r}"][:count], [thing] * count, thing, low, high, raw, teller
    )


def places(rng: Random, language: str, count: int) -> Parts:
    """Parts in several places."""
    words = chapter(language, "parts")
    scene = rng.choice(words["place"])
    thing = noun(scene["things"], rng)
    teller = _teller(rng, language, thing)
    labels = scene["labels"][:count]
    return Parts(
        words["places"], labels, [thing] * count, thing, scene.get("least", 3), scene["most"], {}, teller
    )


def _draw(rng: Random, language: str, count: int) -> tuple[Parts, list[int]]:
    parts = rng.choice((_kinds, _days, people, places))(rng, language, count)
    numbers: list[int] = []
    while len(numbers) < count:
        number = quantity(rng, parts.low, parts.high)
        if number not in numbers:
            numbers.append(number)
    return parts, numbers


def _told(parts: Parts, numbers: Sequence[int]) -> list[Clause]:
    """The parts in clauses of their own, or all in one: «el lunes leyó 12 páginas y el martes, 15»."""
    words, rng = parts.words, parts.rng
    one = rng.random() < 0.5
    clauses = []
    for i, number in enumerate(numbers):
        text = parts.part(words["first"] if i == 0 else words["next"][min(i, len(words["next"])) - 1], i)
        amount = Amount(number, parts.things[i])
        clauses.append(
            Clause.of(
                text.replace("{n} {cosas}", "{n}").replace("{n} " + _name(parts, i), "{n}"),
                amount,
                parts.part(words["when"], i),
            )
        )
    if not one:
        return clauses
    style = rng.choice(words["short"]) if len(numbers) == 2 else words["short"][-1].replace(",", "")
    rest = [parts.part(style, i).replace("{n}", str(number)) for i, number in enumerate(numbers) if i]
    first = clauses[0]
    joined = enumerate_words(["", *rest], parts.teller.language)
    return [Clause(first.text + joined, first.amount, first.when)]


def _name(parts: Parts, i: int) -> str:
    thing = parts.things[i]
    return thing.es_plural if parts.teller.language == "es" else thing.en_plural


def _with_aside(parts: Parts, clauses: list[Clause]) -> list[Clause]:
    """Now and then a fact that nobody needs, where the kind of parts has such facts."""
    rng = parts.rng
    words = chapter(parts.teller.language, "parts")
    kind = next(name for name in ("kinds", "days", "people", "places") if words[name] is parts.words)
    asides = words["asides"].get(kind, [])
    if not asides or rng.random() > ASIDES:
        return clauses
    place = rng.randint(0, len(clauses))
    if kind == "people" and len(clauses) == 1:  # «Ana tiene 7 años. Leyó 12 páginas, Luis 15 y Eva 9»
        place = 1
    return [*clauses[:place], needless(rng, rng.choice(asides), parts.fill), *clauses[place:]]


def parts_sum(rng: Random, language: str) -> Draft:
    """The sum of all parts or of two of three."""
    count = rng.choice((2, 2, 3, 3))
    parts, numbers = _draw(rng, language, count)
    which = list(range(count))
    if count == 3 and rng.random() < 0.4:
        which = sorted(rng.sample(which, 2))
    key = "all" if len(which) == count else "some"
    text = parts.teller.tell(_with_aside(parts, _told(parts, numbers)), parts.asks(key, which))
    step = total([numbers[i] for i in which], language)
    line = f"{parts.facts(numbers, which)}: {step}"
    check = sum(numbers) - sum(number for i, number in enumerate(numbers) if i not in which)
    return parts.draft([line], step.value, check, text)


def parts_difference(rng: Random, language: str) -> Draft:
    """How many more, or fewer, of one part than of another; a third part may not be needed."""
    count = rng.choice((2, 2, 3))
    parts, numbers = _draw(rng, language, count)
    a, b = rng.sample(range(count), 2)
    a, b = (a, b) if numbers[a] > numbers[b] else (b, a)
    key = "more" if rng.random() < 0.7 else "fewer"
    asks = [parts.pair(text, a, b) for text in parts.words[key]]
    text = parts.teller.tell(_with_aside(parts, _told(parts, numbers)), asks)
    step = sub(numbers[a], numbers[b], language)
    head = parts.say(parts.pair(parts.words[f"told_{key}"], a, b))
    line = f"{parts.facts(numbers, [a, b])}. {head}: {step}"
    check = next(x for x in range(numbers[a]) if numbers[b] + x == numbers[a])
    return parts.draft([line], step.value, check, text)


def parts_missing(rng: Random, language: str) -> Draft:
    """The whole and all parts but the last are known."""
    count = rng.choice((2, 2, 2, 3))
    parts, numbers = _draw(rng, language, count)
    last, whole = count - 1, sum(numbers)
    labels = parts.listed(range(count))
    text = parts.fill(rng.choice(parts.words["whole"]), labels=labels, k=str(count))
    clauses = [Clause.of(text.replace("{n} {cosas}", "{n}"), Amount(whole, parts.whole))]
    given = rng.choice(parts.words["given"])
    for i in range(last):
        told = Clause.of(parts.part(given, i).replace("{n}", str(numbers[i])), None)
        clauses.append(told)
    asks = [parts.pair(each, 0, last) for each in parts.words["missing"]]
    question = parts.teller.tell(_with_aside(parts, clauses), asks)
    known = list(range(last))
    lines: list[str] = []
    left: Step = sub(whole, numbers[0], language)
    facts = parts.facts(numbers, known)
    if count == 3:
        both = total(numbers[:2], language)
        lines.append(f"{facts}: {both}")
        left = sub(whole, int(both.value), language)
        facts = ""
    told_whole = parts.words["sum"].replace("{n}", str(whole))
    head = (
        f"{capital(told_whole)}; {parts.teller.format(parts.labels[last])}"
        if not facts
        else (f"{capital(told_whole)}. {facts}; {parts.teller.format(parts.labels[last])}")
    )
    lines.append(f"{head}: {left}")
    check = next(x for x in range(whole) if x + sum(numbers[:-1]) == whole)
    return parts.draft(lines, left.value, check, question)


_WORDS = ("word_problems", "primary")
FAMILIES = (
    Family("parts_sum", *_WORDS, parts_sum, weight=4),
    Family("parts_difference", *_WORDS, parts_difference, weight=5),
    Family("parts_missing", *_WORDS, parts_missing, weight=4),
)
